//! Invented answers, with which a facilitator tries a workshop out before it is held.

use crate::domain::instrument::{Form, Instrument};
use crate::domain::svarkode::AnswerSheet;

/// The number of invented people.
const PEOPLE: usize = 12;

/// The answers of [`PEOPLE`] invented people: some items unite them, others divide them, so that every kind of result
/// can be seen. The first half is in the first group, the others in the second one.
pub(super) fn rehearsal_sheets(instrument: &Instrument, groups: usize, asks_wanted: bool) -> Vec<AnswerSheet> {
    (0..PEOPLE)
        .map(|person| {
            let group = if groups == 0 { 0 } else { (1 + person * 2 / PEOPLE).min(groups) };
            let wanted = asks_wanted.then(|| answers(instrument, person, 1));
            AnswerSheet { group, now: answers(instrument, person, 0), wanted }
        })
        .collect()
}

/// The answers of a person. `shift` moves them towards the last point.
fn answers(instrument: &Instrument, person: usize, shift: usize) -> Vec<Option<i8>> {
    let items = instrument.items.len();
    if instrument.form == Form::Weights {
        return weights(items, person, shift);
    }
    let points: Vec<i8> = instrument.form.points().collect();
    (0..items)
        .map(|item| {
            // The answers to an item lie on the points from `first` on. Every third item has the widest spread now.
            let width = if item % 3 == 1 && shift == 0 { points.len() } else { 2 + item % 3 };
            let first = (item + shift * 2).min(points.len() - width.min(points.len()));
            points.get(first + (person + item) % width).copied()
        })
        .collect()
}

/// Weights in steps of five that are 100 together. `shift` moves weight from the last item to the first one.
fn weights(items: usize, person: usize, shift: usize) -> Vec<Option<i8>> {
    const STEPS: usize = 20;
    let mut rest = STEPS;
    (0..items)
        .map(|item| {
            let more = if item == 0 { shift * 3 } else { 0 };
            let steps = if item + 1 == items { rest } else { (4 + (person + item) % (4 + item) + more).min(rest) };
            rest -= steps;
            i8::try_from(steps).ok()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::instrument::{Round, instruments};
    use crate::domain::workshop::{RoomResult, Tally};

    #[test]
    fn invented_answers_fit_every_instrument_and_spread_differently() {
        for instrument in instruments() {
            let mut tally = Tally::default();
            for sheet in rehearsal_sheets(instrument, 3, true) {
                for answers in std::iter::once(&sheet.now).chain(&sheet.wanted) {
                    assert!(instrument.form.are_answers_valid(answers), "{}", instrument.id);
                    assert!(answers.iter().all(Option::is_some), "{}", instrument.id);
                }
                tally.count(instrument.form, &sheet);
            }
            let room = RoomResult::close(&tally).unwrap();
            assert_eq!(room.total.people, 12);
            let used = |item: usize| room.total.item(Round::Now, item).iter().filter(|count| **count > 0).count();
            let used: Vec<usize> = (0..instrument.items.len()).map(used).collect();
            assert!(used.iter().max() > used.iter().min(), "{}: {used:?}", instrument.id);
            assert_ne!(room.total.now, room.total.wanted, "{}", instrument.id);
        }
    }
}
