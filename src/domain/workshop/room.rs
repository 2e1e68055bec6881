//! The result of a room: the part of a tally that may be shown and stored.
//!
//! # Invariants
//!
//! * A group is shown only if the group and the sum of everything that is hidden are each empty or have at least
//!   [`FEWEST`] people, because people in a small group could be recognised.
//! * The same rule holds for each item, since not everyone answers every item.
//! * Counts that may not be shown must never be stored, so no file can contain them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};

use super::FEWEST;
use super::tally::{AnswerCounts, Tally};
use crate::domain::instrument::Round;

/// The result of a room. One leaf, because its numbers belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Room"), schemars(default))]
pub struct RoomResult {
    /// The counts of all people in the room.
    pub total: RoomItem,
    /// The counts of each group, in the order of the groups; `null` for a group that may not be shown.
    pub groups: Vec<Option<RoomItem>>,
}

/// The counts of a group of people, without those that may not be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Part"), schemars(default))]
pub struct RoomItem {
    /// The number of people.
    pub people: u16,
    /// The present state: for each item the number of answers for each point; empty for an item that too few answered.
    pub now: Vec<Vec<u16>>,
    /// The wished state, in the same form.
    pub wanted: Vec<Vec<u16>>,
}

/// Written by hand through plain JSON values, because derived code is larger and this code is part of the first
/// download.
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

/// Decides which groups may be shown beside their total.
///
/// Each group that is shown, and all hidden groups together, are either empty or have at least [`FEWEST`] people. If no
/// shown group is left to hide, a smaller number can stay hidden.
pub fn visible(sizes: &[u16]) -> Vec<bool> {
    let mut shown: Vec<bool> = sizes.iter().map(|size| *size == 0 || *size >= FEWEST).collect();
    loop {
        let hidden: u32 =
            sizes.iter().zip(&shown).filter(|(_, shown)| !**shown).map(|(size, _)| u32::from(*size)).sum();
        if hidden == 0 || hidden >= u32::from(FEWEST) {
            return shown;
        }
        // Too few people are hidden: the smallest group that would be shown is hidden with them.
        let smallest =
            (0..sizes.len()).filter(|index| shown[*index] && sizes[*index] > 0).min_by_key(|index| sizes[*index]);
        let Some(smallest) = smallest else { return shown };
        shown[smallest] = false;
    }
}

impl RoomItem {
    /// Reads counts from JSON. A value that is not a count is read as 0.
    fn read(value: &Value) -> Self {
        let count = |value: &Value| value.as_u64().and_then(|count| count.try_into().ok()).unwrap_or_default();
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let items = |value: &Value| list(value).iter().map(|item| list(item).iter().map(count).collect()).collect();
        Self { people: count(&value["people"]), now: items(&value["now"]), wanted: items(&value["wanted"]) }
    }

    /// The counts of a round.
    pub fn counts_of(&self, round: Round) -> &[Vec<u16>] {
        match round {
            Round::Now => &self.now,
            Round::Wanted => &self.wanted,
        }
    }

    /// The counts of an item in a round; empty if too few answered.
    pub fn item(&self, round: Round, item: usize) -> &[u16] {
        self.counts_of(round).get(item).map_or(&[], Vec::as_slice)
    }

    /// Adds the counts of another room or group. An item that only one of the two shows has the counts of that one.
    pub fn add(&mut self, other: &Self) {
        let (mut sum, other) = (AnswerCounts::from(self.clone()), AnswerCounts::from(other.clone()));
        sum.add(&other);
        *self = sum.into();
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
    /// Reduces a tally to what may be shown. Returns `None` if fewer than [`FEWEST`] people have answered, so that
    /// nothing of their answers is stored.
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
            let items = total.counts_of(round).len();
            for item in 0..items {
                close_item(tally, round, item, &mut total, &mut groups);
            }
        }
        // The first entry holds the people without a group. It is never shown, but it hides others like a group does.
        groups = groups.into_iter().skip(1).collect();
        Some(Self { total, groups })
    }

    /// Whether the result has enough people to count. A forged result with fewer than [`FEWEST`] people is ignored.
    pub const fn counts(&self) -> bool {
        self.total.people >= FEWEST
    }
}

/// Reduces the counts of one item in one round to what may be shown, and appends them to the groups that are shown.
fn close_item(tally: &Tally, round: Round, item: usize, total: &mut RoomItem, groups: &mut [Option<RoomItem>]) {
    let counts = |group: &AnswerCounts| group.counts_of(round).get(item).cloned().unwrap_or_default();
    let all = match round {
        Round::Now => &mut total.now[item],
        Round::Wanted => &mut total.wanted[item],
    };
    if all.iter().sum::<u16>() < FEWEST {
        all.clear();
    }
    let is_total_shown = !all.is_empty();
    let sizes: Vec<u16> = tally
        .groups
        .iter()
        .zip(&*groups)
        // A group that is not shown at all counts among the hidden people below.
        .map(|(group, part)| if part.is_some() { counts(group).iter().sum() } else { 0 })
        .collect();
    let hidden: u16 =
        tally.groups.iter().map(|group| counts(group).iter().sum::<u16>()).sum::<u16>() - sizes.iter().sum::<u16>();
    let mut with_hidden = sizes.clone();
    with_hidden.push(hidden);
    let shown = visible(&with_hidden);
    // The people in hidden groups count like one more group. If too few people are hidden, `visible` hides further
    // groups, if necessary all of them.
    for ((part, group), is_group_shown) in groups.iter_mut().zip(&tally.groups).zip(shown) {
        let Some(part) = part else { continue };
        let item_counts = if is_group_shown && is_total_shown { counts(group) } else { Vec::new() };
        match round {
            Round::Now => part.now.push(item_counts),
            Round::Wanted => part.wanted.push(item_counts),
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
    fn room_reads_back_and_invalid_counts_do_not_count() {
        let room = RoomResult::close(&tally(&[0, 2, 9, 14])).unwrap();
        let text = serde_json::to_string(&room).unwrap();
        assert_eq!(serde_json::from_str::<RoomResult>(&text).unwrap(), room);
        for invalid in ["7", "{}", r#"{"total":{"people":-5,"now":[["x"],7]},"groups":[7,{}]}"#] {
            assert!(!serde_json::from_str::<RoomResult>(invalid).unwrap().counts(), "{invalid}");
        }
    }

    #[test]
    fn close_needs_five_people_and_five_answers_per_item() {
        assert_eq!(RoomResult::close(&tally(&[4])), None);
        let room = RoomResult::close(&tally(&[5])).unwrap();
        assert_eq!(room.total.people, 5);
        assert_eq!(room.total.now[0], [1, 1, 1, 1, 1, 0, 0]);
        // Only three people answered the second item.
        assert_eq!(room.total.now[1], [0u16; 0]);
    }

    #[test]
    fn small_groups_cannot_be_computed_from_shown_groups() {
        let room = RoomResult::close(&tally(&[0, 2, 9])).unwrap();
        assert_eq!(room.total.people, 11);
        assert_eq!(room.groups, [None, None]);
        // Beside two large groups, the smaller of them is hidden with the group of two.
        let room = RoomResult::close(&tally(&[0, 2, 9, 14])).unwrap();
        let people: Vec<_> = room.groups.iter().map(|group| group.as_ref().map(|group| group.people)).collect();
        assert_eq!(people, [None, None, Some(14)]);
        // Two small groups hide each other.
        let room = RoomResult::close(&tally(&[0, 2, 3, 9])).unwrap();
        let people: Vec<_> = room.groups.iter().map(|group| group.as_ref().map(|group| group.people)).collect();
        assert_eq!(people, [None, None, Some(9)]);
    }

    proptest! {
        #![proptest_config(crate::property_test_config())]

        /// The total minus all shown groups is nobody or at least five people.
        #[test]
        fn visible_hides_nobody_or_at_least_five(sizes in prop::collection::vec(0u16..12, 1..7)) {
            let shown = visible(&sizes);
            let hidden: u16 = sizes.iter().zip(&shown).filter(|(_, shown)| !**shown).map(|(size, _)| *size).sum();
            for (size, shown) in sizes.iter().zip(&shown) {
                prop_assert!(!shown || *size == 0 || *size >= FEWEST);
            }
            let total: u16 = sizes.iter().sum();
            prop_assert!(hidden == 0 || hidden >= FEWEST || hidden == total);
        }

        #[test]
        fn items_of_a_closed_room_reveal_nobody_or_at_least_five(
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
                    let size: u16 = group.item(Round::Now, item).iter().sum();
                    prop_assert!(size == 0 || size >= FEWEST);
                    rest -= size;
                }
                prop_assert!(rest == 0 || rest >= FEWEST, "{} of {} are left", rest, all);
            }
        }
    }
}
