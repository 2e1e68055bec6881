//! The record of a workshop: the results of its rooms, with notes and decisions.

use super::room::{RoomItem, RoomResult};
use crate::domain::body::{Body, FieldRole, KindWords, Map};
use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::instrument::{Instrument, InstrumentText, resolve_instrument};
use crate::domain::slot::fields;
use crate::domain::text::UserText;

/// The result of a workshop. Its id is the id of the workshop, so that the results of several rooms are merged into one
/// record.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Workshop {
    /// The title of the workshop.
    pub title: UserText,
    /// The unit that held the workshop, if it was a single unit.
    pub unit: Option<Id>,
    /// The id of the instrument, in the content or of a unit's own instrument.
    pub instrument: Option<Id>,
    /// The texts of a unit's own instrument, so that the result is complete wherever its file is opened.
    pub wording: Option<InstrumentText>,
    /// The day on which the workshop was held.
    pub date: Option<Date>,
    /// The names of the groups, by the keys `g1`, `g2`, ….
    pub groups: Map<Id, UserText>,
    /// The result of each room, by room id. One leaf per room, so that a room that arrives in two files counts once.
    pub rooms: Map<Id, RoomResult>,
    /// The notes, by item of the instrument.
    pub notes: Map<Id, UserText>,
    /// The decisions, by item of the instrument.
    pub decisions: Map<Id, UserText>,
}

fields!(Workshop {
    title: text("titlen"),
    unit: parent("enheden"),
    instrument: value("redskabet"),
    wording: text_inside("redskabets ord"),
    date: value("datoen"),
    groups: leaves("gruppens navn", FieldRole::Text),
    rooms: leaves("rummets svar", FieldRole::Plain),
    notes: leaves("noten", FieldRole::Text),
    decisions: leaves("beslutningen", FieldRole::Text),
});

impl Body for Workshop {
    const WORDS: KindWords = KindWords { definite: "workshoppen", singular: "workshop", plural: "workshopper" };
    const TITLE: &'static str = "title";
}

impl Workshop {
    /// The instrument of the workshop.
    pub fn instrument(&self) -> Option<&'static Instrument> {
        resolve_instrument(self.instrument.as_ref()?, self.wording.as_ref())
    }

    /// The key of a group by its number, counted from 1.
    pub fn group_key(number: usize) -> Option<Id> {
        Id::parse(&format!("g{number}"))
    }

    /// The answers of all people in all rooms.
    pub fn total(&self) -> RoomItem {
        let mut total = RoomItem::default();
        for room in self.rooms.values().filter(|room| room.counts()) {
            total.add(&room.total);
        }
        total
    }

    /// The name and the answers of each group, from the rooms that show it. Groups that no room shows are left out.
    pub fn parts(&self) -> Vec<(String, RoomItem)> {
        let count = self.rooms.values().map(|room| room.groups.len()).max().unwrap_or_default();
        let mut parts = Vec::new();
        for index in 0..count {
            let mut part = RoomItem::default();
            for room in self.rooms.values().filter(|room| room.counts()) {
                if let Some(Some(group)) = room.groups.get(index) {
                    part.add(group);
                }
            }
            let name = Self::group_key(index + 1).and_then(|key| self.groups.get(&key));
            if let (Some(name), true) = (name, part.people > 0) {
                parts.push((name.as_str().to_owned(), part));
            }
        }
        parts
    }
}

/// The variance of counted answers, in hundredths of a squared step. `counts` holds the number of answers for each
/// point. Items with a high variance are discussed first.
pub fn spread(counts: &[u16]) -> u64 {
    let (mut n, mut sum, mut squares) = (0u64, 0u64, 0u64);
    for (point, count) in (0u64..).zip(counts) {
        let count = u64::from(*count);
        n += count;
        sum += count * point;
        squares += count * point * point;
    }
    (100 * (n * squares - sum * sum)).checked_div(n * n).unwrap_or_default()
}

/// Where the answers of a group lie: positions on the scale, from 0. No mean, because a group of people is not reduced to
/// one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quartiles {
    /// The lowest position of the middle half.
    pub lower: usize,
    /// The position of the person in the middle.
    pub median: usize,
    /// The highest position of the middle half.
    pub upper: usize,
}

impl Quartiles {
    /// The quartiles of counted answers. `None` without answers.
    pub fn of(counts: &[u16]) -> Option<Self> {
        let total: usize = counts.iter().map(|count| usize::from(*count)).sum();
        // The position of the person with a rank, from 0, in the order of the scale.
        let position = |rank: usize| {
            let mut before = 0;
            counts.iter().position(|count| {
                before += usize::from(*count);
                before > rank
            })
        };
        let last = total.checked_sub(1)?;
        Some(Self { lower: position(last / 4)?, median: position(last / 2)?, upper: position(last - last / 4)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::instrument::{Form, Round};
    use crate::domain::svarkode::AnswerSheet;
    use crate::domain::workshop::Tally;

    fn room(people: u16, point: i8) -> RoomResult {
        let mut tally = Tally::default();
        for _ in 0..people {
            tally.count(Form::Pairs, &AnswerSheet { group: 1, now: vec![Some(point)], wanted: None });
        }
        RoomResult::close(&tally).unwrap()
    }

    #[test]
    fn spread_is_zero_for_agreement_and_highest_for_two_extremes() {
        assert_eq!(spread(&[]), 0);
        assert_eq!(spread(&[0, 0, 9, 0, 0, 0, 0]), 0);
        assert_eq!(spread(&[5, 0, 0, 0, 0, 0, 5]), 900);
        assert!(spread(&[5, 0, 0, 0, 0, 0, 5]) > spread(&[1, 1, 2, 2, 2, 1, 1]));
        assert!(spread(&[0, 1, 3, 2, 0, 0, 0]) < spread(&[1, 1, 2, 2, 2, 1, 1]));
    }

    #[test]
    fn quartiles_are_positions_of_people() {
        #[track_caller]
        fn check(counts: &[u16], expected: Option<(usize, usize, usize)>) {
            assert_eq!(Quartiles::of(counts).map(|found| (found.lower, found.median, found.upper)), expected);
        }
        check(&[], None);
        check(&[0, 0], None);
        check(&[0, 0, 9], Some((2, 2, 2)));
        check(&[5, 0, 0, 0, 0, 0, 5], Some((0, 0, 6)));
        check(&[1, 1, 1, 1, 1, 1, 1], Some((1, 3, 5)));
        check(&[1, 0, 0, 8, 0, 0, 1], Some((3, 3, 3)));
    }

    #[test]
    fn total_adds_rooms_and_ignores_a_forged_room_under_five() {
        let mut workshop = Workshop::default();
        workshop.groups.insert(Workshop::group_key(1).unwrap(), "Skole".into());
        workshop.rooms.insert(Id::parse("a").unwrap(), room(6, -3));
        workshop.rooms.insert(Id::parse("b").unwrap(), room(7, 3));
        let small = RoomItem { people: 4, now: vec![vec![4, 0, 0, 0, 0, 0, 0]], wanted: Vec::new() };
        workshop.rooms.insert(Id::parse("c").unwrap(), RoomResult { total: small.clone(), groups: vec![Some(small)] });
        assert_eq!(workshop.total().people, 13);
        assert_eq!(workshop.total().item(Round::Now, 0), [6, 0, 0, 0, 0, 0, 7]);
        let [(name, part)] = &workshop.parts()[..] else { panic!() };
        assert_eq!((name.as_str(), part.people), ("Skole", 13));
    }
}
