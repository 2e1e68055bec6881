//! A person's own reflection on an instrument: the nine opposites, the views, the ways of working.

use serde::{Deserialize, Serialize};

use super::body::{Body, FieldRole, KindWords, Map};
use super::date::Date;
use super::id::Id;
use super::instrument::{Answer, Instrument, InstrumentText, answered};
use super::slot::fields;
use super::text::UserText;

/// A reflection. Private: it leaves the device only if it is chosen itself.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Reflection {
    /// What the person calls it.
    pub title: UserText,
    /// The unit it is about, if the person says so.
    pub unit: Option<Id>,
    /// The instrument, by its id in the content, or of a unit's own.
    pub instrument: Option<Id>,
    /// What the instrument asks, where it is a unit's own: so the answers keep their questions wherever they go.
    pub wording: Option<InstrumentText>,
    /// The day it was made.
    pub date: Option<Date>,
    /// An answer an item of the instrument. One leaf each.
    pub answers: Map<Id, Answer>,
    /// A thought an item: what do we do, concretely?
    pub thoughts: Map<Id, UserText>,
    /// Weights that are 100 together, in the order of the instrument's items, in steps of five. One leaf: they hang together.
    pub weights: Option<Weights>,
    /// Which of the instrument's questions to go on with was chosen, from 1.
    pub prompt: Option<u8>,
    /// What the person answers it.
    pub reply: UserText,
    /// One thing to try.
    pub try_next: UserText,
}

/// Weights now and as wanted, each in steps of five of 100.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Weights {
    /// Now.
    pub now: Option<Vec<u8>>,
    /// As wanted.
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
    /// The instrument itself.
    pub fn of(&self) -> Option<&'static Instrument> {
        answered(self.instrument.as_ref()?, self.wording.as_ref())
    }

    /// The items with the widest way from now to wanted, the widest first; in the order given where two are as wide. Those
    /// without a way are left out.
    pub fn widest<'i>(&self, items: impl IntoIterator<Item = &'i Id>) -> Vec<(&'i Id, u8)> {
        let gap = |id: &'i Id| Some((id, self.answers.get(id)?.gap().filter(|gap| *gap > 0)?));
        let mut gaps: Vec<_> = items.into_iter().filter_map(gap).collect();
        gaps.sort_by_key(|(_, gap)| std::cmp::Reverse(*gap));
        gaps
    }

    /// How many items have an answer to how it is.
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
    fn reflection_the_widest_ways_come_first() {
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
