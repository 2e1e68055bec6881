//! A person's private reflection on an instrument, such as the nine opposites, the views or the ways of working.

use serde::{Deserialize, Serialize};

use super::body::{Body, FieldRole, KindWords, Map};
use super::date::Date;
use super::id::Id;
use super::instrument::{Answer, Instrument, InstrumentText, resolve_instrument};
use super::slot::fields;
use super::text::UserText;

/// A person's reflection on an instrument. Private: it leaves the device only if it is selected individually.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Reflection {
    /// The title that the person gave it.
    pub title: UserText,
    /// The unit that the reflection is about, if the person named one.
    pub unit: Option<Id>,
    /// The id of the instrument: one of the content, or the record of a unit's own instrument.
    pub instrument: Option<Id>,
    /// The wording of a unit's own instrument. It is copied here so that the answers always have their questions with
    /// them.
    pub wording: Option<InstrumentText>,
    /// The day of the reflection.
    pub date: Option<Date>,
    /// The answers, by the id of the item. Each is one leaf.
    pub answers: Map<Id, Answer>,
    /// Notes on concrete practice, by the id of the item.
    pub thoughts: Map<Id, UserText>,
    /// Weights that sum to 100, for an instrument that is answered by weights. One leaf, since they are only valid
    /// together.
    pub weights: Option<Weights>,
    /// The number of the follow-up question that the person chose, from 1.
    pub prompt: Option<u8>,
    /// The person's answer to the follow-up question.
    pub reply: UserText,
    /// One thing that the person wants to try.
    pub try_next: UserText,
}

/// Weights now and as wished, in the order of the instrument's items. Unit: steps of 5 out of 100.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Weights {
    /// The weights now.
    pub now: Option<Vec<u8>>,
    /// The weights as wished.
    pub wanted: Option<Vec<u8>>,
}

fields!(Reflection {
    title: text("titlen"),
    unit: parent("enheden"),
    instrument: value("redskabet"),
    wording: text_inside("redskabets ord"),
    date: value("datoen"),
    answers: leaves("svaret", FieldRole::Plain),
    thoughts: leaves("tanken", FieldRole::Text),
    weights: value("vægtene"),
    prompt: value("det valgte spørgsmål"),
    reply: text("svaret på spørgsmålet"),
    try_next: text("det, der skal prøves"),
});

impl Reflection {
    /// Returns the instrument that was answered.
    pub fn of(&self) -> Option<&'static Instrument> {
        resolve_instrument(self.instrument.as_ref()?, self.wording.as_ref())
    }

    /// Returns the items with a gap between practice now and as wished, and the size of the gap. The widest gap comes
    /// first; equal gaps keep the order of `items`.
    pub fn widest<'i>(&self, items: impl IntoIterator<Item = &'i Id>) -> Vec<(&'i Id, u8)> {
        let gap = |id: &'i Id| Some((id, self.answers.get(id)?.gap().filter(|gap| *gap > 0)?));
        let mut gaps: Vec<_> = items.into_iter().filter_map(gap).collect();
        gaps.sort_by_key(|(_, gap)| std::cmp::Reverse(*gap));
        gaps
    }

    /// Returns the number of items that are answered for practice now.
    pub fn answered(&self) -> usize {
        self.answers.values().filter(|answer| answer.now.is_some()).count()
    }
}

impl Body for Reflection {
    const WORDS: KindWords = KindWords { definite: "refleksionen", singular: "refleksion", plural: "refleksioner" };
    const TITLE: &'static str = "title";
    const PRIVATE: bool = true;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widest_sorts_by_gap_and_keeps_the_order_of_equal_gaps() {
        let ids: Vec<Id> = ["a", "b", "c", "d"].into_iter().filter_map(Id::parse).collect();
        let mut reflection = Reflection::default();
        for (id, (now, wanted)) in ids.iter().zip([(-3, 1), (0, 0), (-2, 3), (2, -2)]) {
            reflection.answers.insert(id.clone(), Answer { now: Some(now), wanted: Some(wanted) });
        }
        reflection.answers.insert(Id::parse("e").unwrap(), Answer { now: Some(3), wanted: None });
        let widest: Vec<_> = reflection.widest(&ids).into_iter().map(|(id, gap)| (id.as_str(), gap)).collect();
        assert_eq!(widest, [("c", 5), ("a", 4), ("d", 4)]);
        assert_eq!(reflection.answered(), 5);
    }
}
