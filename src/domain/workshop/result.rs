//! The record of a workshop: what its rooms brought, and what they made of it.

use super::room::{RoomItem, RoomResult};
use crate::domain::body::{Body, FieldRole, KindWords, Map};
use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::instrument::{Instrument, InstrumentText, answered};
use crate::domain::slot::fields;
use crate::domain::text::UserText;

/// The result of a workshop. Its id is the workshop's own, so that rooms that were apart come together in one record.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Workshop {
    /// What it is called.
    pub title: UserText,
    /// The unit it was held in, if it was one.
    pub unit: Option<Id>,
    /// The instrument, by its id in the content, or of a unit's own.
    pub instrument: Option<Id>,
    /// What the instrument asks, where it is a unit's own: so a result is whole wherever its file is opened.
    pub wording: Option<InstrumentText>,
    /// The day it was held.
    pub date: Option<Date>,
    /// What its groups are called, by `g1`, `g2`, ….
    pub groups: Map<Id, UserText>,
    /// What each room brought. One leaf each: a room that comes by two ways is still one.
    pub rooms: Map<Id, RoomResult>,
    /// What was said, an item of the instrument.
    pub notes: Map<Id, UserText>,
    /// What was decided, an item of the instrument.
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
    /// The instrument itself.
    pub fn of(&self) -> Option<&'static Instrument> {
        answered(self.instrument.as_ref()?, self.wording.as_ref())
    }

    /// The key of a group, by its place from 1.
    pub fn group_key(place: usize) -> Option<Id> {
        Id::parse(&format!("g{place}"))
    }

    /// Everyone's answers, from all rooms.
    pub fn total(&self) -> RoomItem {
        let mut total = RoomItem::default();
        for room in self.rooms.values().filter(|room| room.counts()) {
            total.add(&room.total);
        }
        total
    }

    /// Each group's answers, from the rooms that show it, with its name; groups that no room shows are left out.
    pub fn parts(&self) -> Vec<(String, RoomItem)> {
        let count = self.rooms.values().map(|room| room.groups.len()).max().unwrap_or_default();
        let mut parts = Vec::new();
        for place in 0..count {
            let mut part = RoomItem::default();
            for room in self.rooms.values().filter(|room| room.counts()) {
                if let Some(Some(own)) = room.groups.get(place) {
                    part.add(own);
                }
            }
            let name = Self::group_key(place + 1).and_then(|key| self.groups.get(&key));
            if let (Some(name), true) = (name, part.people > 0) {
                parts.push((name.as_str().to_owned(), part));
            }
        }
        parts
    }
}

/// How far apart some answers lie: their variance in hundredths of a square step. What a room talks about first.
pub fn spread(counts: &[u16]) -> u64 {
    let (mut n, mut sum, mut squares) = (0u64, 0u64, 0u64);
    for (place, count) in (0u64..).zip(counts) {
        let count = u64::from(*count);
        n += count;
        sum += count * place;
        squares += count * place * place;
    }
    (100 * (n * squares - sum * sum)).checked_div(n * n).unwrap_or_default()
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
    fn reflection_spread_is_least_where_all_agree_and_most_where_two_ends_meet() {
        assert_eq!(spread(&[]), 0);
        assert_eq!(spread(&[0, 0, 9, 0, 0, 0, 0]), 0);
        assert_eq!(spread(&[5, 0, 0, 0, 0, 0, 5]), 900);
        assert!(spread(&[5, 0, 0, 0, 0, 0, 5]) > spread(&[1, 1, 2, 2, 2, 1, 1]));
        assert!(spread(&[0, 1, 3, 2, 0, 0, 0]) < spread(&[1, 1, 2, 2, 2, 1, 1]));
    }

    #[test]
    fn reflection_rooms_add_up_and_a_made_one_under_five_counts_for_nothing() {
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
