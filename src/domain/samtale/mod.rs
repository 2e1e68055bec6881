//! The conversation that an agreement comes from (*kvalitetssamtale*): both parties prepare it apart, and hold it together.
//!
//! | file | idea |
//! | --- | --- |
//! | `mod` | the conversation and its topics |
//! | [`propose`] | what to talk about, from the data, each with the reason |

pub mod propose;

use serde::{Deserialize, Serialize};

use super::body::{Body, Entries, KindWords};
use super::cycle::Cycle;
use super::date::Date;
use super::fractional_index;
use super::id::Id;
use super::slot::fields;
use super::text::UserText;

/// A conversation of a unit in a cycle. Its id is derived from both, and a topic that the data propose has its
/// indicator's id: so what two people prepare apart meets in one conversation.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Samtale {
    /// What it is called.
    pub title: UserText,
    /// The unit.
    pub unit: Option<Id>,
    /// The day it is held.
    pub date: Option<Date>,
    /// Who takes part.
    pub participants: UserText,
    /// What is talked about.
    pub topics: Entries<Topic>,
    /// What was agreed on as a whole.
    pub conclusion: UserText,
}

/// A topic. Its three moves are the documents': the state of things, the mechanisms behind, possible initiatives.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Topic {
    /// What it is about.
    pub title: UserText,
    /// The indicator it is about.
    pub indicator: Option<Id>,
    /// Whether it is on the agenda; none: nobody has said.
    pub agenda: Option<Agenda>,
    /// What the leader has prepared.
    pub leader: UserText,
    /// What the leader above has prepared.
    pub counterpart: UserText,
    /// Rigets tilstand: what is the state of things?
    pub state: UserText,
    /// Mekanismerne bag: why is it so?
    pub mechanisms: UserText,
    /// Mulige indsatser: what could be done?
    pub ideas: UserText,
    /// What was agreed on.
    pub agreed: UserText,
    /// What was learned, in words that others may read.
    pub learned: UserText,
    /// Whether both have released what was learned to the quality report. Nothing else of a conversation gets there.
    pub released: Option<Released>,
    /// Its place on the agenda: a fractional index.
    pub order: Option<String>,
}

/// Whether a topic is on the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Agenda {
    /// It is.
    On,
    /// It was taken off.
    Off,
}

/// What has been released of a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Released {
    /// What was learned, to the quality report.
    ToReport,
}

impl Topic {
    /// What was learned, where it was released to the report.
    pub fn for_report(&self) -> Option<&str> {
        let learned = self.learned.as_str().trim();
        (self.released.is_some() && !learned.is_empty()).then_some(learned)
    }
}

impl Samtale {
    /// The id of a unit's conversation in a cycle.
    pub fn id(unit: &Id, cycle: Cycle) -> Option<Id> {
        Id::derived(unit, &Id::parse(&format!("samtale-{}", cycle.begins()))?)
    }

    /// The topics on the agenda, in their order.
    pub fn agenda(&self) -> Vec<(&Id, &Topic)> {
        let agenda = self.topics.iter().filter(|(_, topic)| topic.agenda == Some(Agenda::On)).collect();
        let place = |own: &(&Id, &Topic)| (own.1.order.clone().unwrap_or_else(|| "~".to_owned()), own.0.clone());
        fractional_index::sorted(agenda, &|one, other| place(one) < place(other))
    }
}

fields!(Topic {
    title: text("emnet"),
    indicator: value("indikatoren"),
    agenda: value("om emnet er på dagsordenen"),
    leader: text("lederens forberedelse"),
    counterpart: text("modpartens forberedelse"),
    state: text("rigets tilstand"),
    mechanisms: text("mekanismerne bag"),
    ideas: text("de mulige indsatser"),
    agreed: text("det aftalte"),
    learned: text("det lærte"),
    released: value("om det må komme i rapporten"),
    order: order(),
});

fields!(Samtale {
    title: text("titlen"),
    unit: parent("enheden"),
    date: value("datoen"),
    participants: text("deltagerne"),
    topics: entries("emnet", <Topic as super::body::FieldTable>::FIELDS),
    conclusion: text("opsamlingen"),
});

impl Body for Samtale {
    const WORDS: KindWords = KindWords { definite: "samtalen", singular: "samtale", plural: "samtaler" };
    const TITLE: &'static str = "title";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_the_agenda_is_what_was_put_on_it_in_order() {
        let id = |text: &str| Id::parse(text).unwrap();
        let mut samtale = Samtale::default();
        for (own, agenda, order) in [
            ("b", Some(Agenda::On), Some("a1")),
            ("a", Some(Agenda::On), Some("a2")),
            ("c", Some(Agenda::Off), Some("a0")),
            ("d", None, None),
            ("e", Some(Agenda::On), None),
        ] {
            let topic = Topic { agenda, order: order.map(str::to_owned), ..Topic::default() };
            samtale.topics.insert(id(own), topic);
        }
        let agenda: Vec<_> = samtale.agenda().into_iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(agenda, ["b", "a", "e"]);
    }
}
