//! What may be shown and kept of a tally.
//!
//! Who is in a small group can be told by those who know the group. So a group is shown only where it, and all that is not
//! shown, are each nobody or at least [`FEWEST`]; the same holds for every item, since not everyone answers each. What a
//! room keeps is what may be shown, and nothing else: no file can hold more.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};

use super::FEWEST;
use super::tally::{AnswerCounts, Tally};
use crate::domain::instrument::Round;

/// What a room brought to a workshop. One leaf: its numbers belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Room"), schemars(default))]
pub struct RoomResult {
    /// Everyone.
    pub total: RoomItem,
    /// Each group that can be shown, by its place from 1; `null` where it cannot.
    pub groups: Vec<Option<RoomItem>>,
}

/// The counts of some persons, as they may be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Part"), schemars(default))]
pub struct RoomItem {
    /// How many persons.
    pub people: u16,
    /// How it is: for each item how many chose each point; empty where too few answered.
    pub now: Vec<Vec<u16>>,
    /// How one would wish it.
    pub wanted: Vec<Vec<u16>>,
}

/// By hand, and by way of plain JSON: it is in what a first visit downloads, and derived code for the same weighs more.
impl Serialize for RoomResult {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let part = |part: &RoomItem| json!({ "people": part.people, "now": part.now, "wanted": part.wanted });
        let groups: Vec<Value> = self.groups.iter().map(|group| group.as_ref().map_or(Value::Null, part)).collect();
        let room = json!({ "total": part(&self.total), "groups": groups });
        room.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RoomResult {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let room = Value::deserialize(deserializer)?;
        let groups = room["groups"].as_array().into_iter().flatten();
        Ok(Self {
            total: RoomItem::read(&room["total"]),
            groups: groups.map(|group| group.is_object().then(|| RoomItem::read(group))).collect(),
        })
    }
}

/// Which of some groups can be shown beside their total: each is nobody or at least five, and so are all others together.
pub fn visible(sizes: &[u16]) -> Vec<bool> {
    let mut shown: Vec<bool> = sizes.iter().map(|size| *size == 0 || *size >= FEWEST).collect();
    loop {
        let hidden: u32 =
            sizes.iter().zip(&shown).filter(|(_, shown)| !**shown).map(|(size, _)| u32::from(*size)).sum();
        if hidden == 0 || hidden >= u32::from(FEWEST) {
            return shown;
        }
        // What is hidden hides behind the smallest that was to be shown.
        let smallest =
            (0..sizes.len()).filter(|place| shown[*place] && sizes[*place] > 0).min_by_key(|place| sizes[*place]);
        let Some(smallest) = smallest else { return shown };
        shown[smallest] = false;
    }
}

impl RoomItem {
    /// Reads what there is; what is no count counts nobody.
    fn read(value: &Value) -> Self {
        let count = |value: &Value| value.as_u64().and_then(|count| count.try_into().ok()).unwrap_or_default();
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let items = |value: &Value| list(value).iter().map(|item| list(item).iter().map(count).collect()).collect();
        Self { people: count(&value["people"]), now: items(&value["now"]), wanted: items(&value["wanted"]) }
    }

    /// A round's counts.
    pub fn of(&self, round: Round) -> &[Vec<u16>] {
        match round {
            Round::Now => &self.now,
            Round::Wanted => &self.wanted,
        }
    }

    /// The counts of an item in a round; empty where too few answered.
    pub fn item(&self, round: Round, item: usize) -> &[u16] {
        self.of(round).get(item).map_or(&[], Vec::as_slice)
    }

    /// Counts another's in. An item that one of the two does not show counts what the other shows.
    pub fn add(&mut self, other: &Self) {
        let (mut own, other) = (AnswerCounts::from(self.clone()), AnswerCounts::from(other.clone()));
        own.add(&other);
        *self = own.into();
    }
}

impl From<RoomItem> for AnswerCounts {
    fn from(RoomItem { people, now, wanted }: RoomItem) -> Self {
        Self { people, now, wanted }
    }
}

impl From<AnswerCounts> for RoomItem {
    fn from(AnswerCounts { people, now, wanted }: AnswerCounts) -> Self {
        Self { people, now, wanted }
    }
}

impl RoomResult {
    /// Closes a tally; `None` where fewer than five have answered: nothing of theirs is kept.
    pub fn close(tally: &Tally) -> Option<Self> {
        let total = tally.total();
        if total.people < FEWEST {
            return None;
        }
        let sizes: Vec<u16> = tally.groups.iter().map(|group| group.people).collect();
        let shown = visible(&sizes);
        let mut total = RoomItem::from(total);
        let mut groups: Vec<Option<RoomItem>> = tally
            .groups
            .iter()
            .zip(shown)
            .map(|(group, is_shown)| is_shown.then(|| RoomItem { people: group.people, ..RoomItem::default() }))
            .collect();
        for round in Round::BOTH {
            let items = total.of(round).len();
            for item in 0..items {
                close_item(tally, round, item, &mut total, &mut groups);
            }
        }
        // The first are those of no group. They are never shown as one, but hide others like one.
        groups = groups.into_iter().skip(1).collect();
        Some(Self { total, groups })
    }

    /// Whether the room is one that this app could have closed: a made one with fewer than five counts for nothing.
    pub const fn counts(&self) -> bool {
        self.total.people >= FEWEST
    }
}

fn close_item(tally: &Tally, round: Round, item: usize, total: &mut RoomItem, groups: &mut [Option<RoomItem>]) {
    let counts = |group: &AnswerCounts| group.of(round).get(item).cloned().unwrap_or_default();
    let all = match round {
        Round::Now => &mut total.now[item],
        Round::Wanted => &mut total.wanted[item],
    };
    if all.iter().sum::<u16>() < FEWEST {
        all.clear();
    }
    let is_shown = !all.is_empty();
    let sizes: Vec<u16> = tally
        .groups
        .iter()
        .zip(&*groups)
        // A group that is not shown at all hides whole.
        .map(|(group, part)| if part.is_some() { counts(group).iter().sum() } else { 0 })
        .collect();
    let hidden: u16 =
        tally.groups.iter().map(|group| counts(group).iter().sum::<u16>()).sum::<u16>() - sizes.iter().sum::<u16>();
    let mut with_hidden = sizes.clone();
    with_hidden.push(hidden);
    let shown = visible(&with_hidden);
    // Where those who are hidden whole would be told by the rest, and no group can hide them, none is shown.
    for ((part, group), fits) in groups.iter_mut().zip(&tally.groups).zip(shown) {
        let Some(part) = part else { continue };
        let own = if fits && is_shown { counts(group) } else { Vec::new() };
        match round {
            Round::Now => part.now.push(own),
            Round::Wanted => part.wanted.push(own),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::instrument::Form;
    use crate::domain::svarkode::AnswerSheet;

    fn tally(groups: &[u16]) -> Tally {
        let mut tally = Tally::default();
        for (group, size) in groups.iter().enumerate() {
            for person in 0..*size {
                let point = i8::try_from(person % 7).unwrap() - 3;
                let now = vec![Some(point), (person % 2 == 0).then_some(0)];
                tally.count(Form::Pairs, &AnswerSheet { group, now, wanted: None });
            }
        }
        tally
    }

    #[test]
    fn reflection_a_room_reads_back_and_what_is_no_count_counts_nobody() {
        let room = RoomResult::close(&tally(&[0, 2, 9, 14])).unwrap();
        let text = serde_json::to_string(&room).unwrap();
        assert_eq!(serde_json::from_str::<RoomResult>(&text).unwrap(), room);
        for made in ["7", "{}", r#"{"total":{"people":-5,"now":[["x"],7]},"groups":[7,{}]}"#] {
            assert!(!serde_json::from_str::<RoomResult>(made).unwrap().counts(), "{made}");
        }
    }

    #[test]
    fn reflection_four_answers_are_nothing_and_five_are_a_room() {
        assert_eq!(RoomResult::close(&tally(&[4])), None);
        let room = RoomResult::close(&tally(&[5])).unwrap();
        assert_eq!(room.total.people, 5);
        assert_eq!(room.total.now[0], [1, 1, 1, 1, 1, 0, 0]);
        // Three alone answered the second.
        assert_eq!(room.total.now[1], [0u16; 0]);
    }

    #[test]
    fn reflection_a_group_of_two_beside_one_of_nine_cannot_be_worked_out() {
        let room = RoomResult::close(&tally(&[0, 2, 9])).unwrap();
        assert_eq!(room.total.people, 11);
        assert_eq!(room.groups, [None, None]);
        // Beside two large ones the smaller of them hides it.
        let room = RoomResult::close(&tally(&[0, 2, 9, 14])).unwrap();
        let people: Vec<_> = room.groups.iter().map(|group| group.as_ref().map(|group| group.people)).collect();
        assert_eq!(people, [None, None, Some(14)]);
        // Two small ones hide one another.
        let room = RoomResult::close(&tally(&[0, 2, 3, 9])).unwrap();
        let people: Vec<_> = room.groups.iter().map(|group| group.as_ref().map(|group| group.people)).collect();
        assert_eq!(people, [None, None, Some(9)]);
    }

    proptest! {
        /// Whatever is known from the outside (the total, and every group shown), what is left is nobody or at least five.
        #[test]
        fn reflection_what_is_hidden_hides(sizes in prop::collection::vec(0u16..12, 1..7)) {
            let shown = visible(&sizes);
            let hidden: u16 = sizes.iter().zip(&shown).filter(|(_, shown)| !**shown).map(|(size, _)| *size).sum();
            for (size, shown) in sizes.iter().zip(&shown) {
                prop_assert!(!shown || *size == 0 || *size >= FEWEST);
            }
            let total: u16 = sizes.iter().sum();
            prop_assert!(hidden == 0 || hidden >= FEWEST || hidden == total);
        }

        #[test]
        fn reflection_no_item_of_a_closed_room_tells_of_fewer_than_five(
            sheets in prop::collection::vec((0usize..4, prop::collection::vec(prop::option::of(-3i8..=3), 3)), 0..40),
        ) {
            let mut tally = Tally::default();
            for (group, now) in sheets {
                tally.count(Form::Pairs, &AnswerSheet { group, now, wanted: None });
            }
            let Some(room) = RoomResult::close(&tally) else {
                prop_assert!(tally.total().people < FEWEST);
                return Ok(());
            };
            for item in 0..3 {
                let all: u16 = room.total.item(Round::Now, item).iter().sum();
                prop_assert!(all == 0 || all >= FEWEST);
                let mut rest = all;
                for group in room.groups.iter().flatten() {
                    let own: u16 = group.item(Round::Now, item).iter().sum();
                    prop_assert!(own == 0 || own >= FEWEST);
                    rest -= own;
                }
                prop_assert!(rest == 0 || rest >= FEWEST, "{} of {} are left", rest, all);
            }
        }
    }
}
