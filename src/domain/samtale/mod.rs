//! The conversation that an agreement comes from (*kvalitetssamtale*). Both parties prepare it separately and hold it
//! together.
//!
//! | file | contents |
//! | --- | --- |
//! | `mod` | the conversation and its topics |
//! | [`propose`] | topics proposed from the data, each with its reasons |
//! | [`worsening`] | the rule that a figure gets worse, several times in a row |
//! | [`evidence`] | what is known about the subject of a topic, beside its figures |

pub mod evidence;
pub mod propose;
pub mod worsening;

use serde::{Deserialize, Serialize};

use super::body::{Body, Entries, KindWords};
use super::cycle::Cycle;
use super::date::Date;
use super::fractional_index;
use super::goal::{Anchor, Area, Goal};
use super::id::Id;
use super::indicator;
use super::slot::fields;
use super::text::UserText;

/// The conversation of a unit in a cycle.
///
/// The id is derived from unit and cycle, and a topic proposed from the data has the id of its indicator. Records that
/// two people prepare separately are therefore merged into one conversation.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Samtale {
    /// The title of the conversation.
    pub title: UserText,
    /// The unit.
    pub unit: Option<Id>,
    /// The day on which the conversation is held.
    pub date: Option<Date>,
    /// The people who take part.
    pub participants: UserText,
    /// The topics, on the agenda or not.
    pub topics: Entries<Topic>,
    /// The overall conclusion.
    pub conclusion: UserText,
}

/// A topic of a conversation. Its three steps come from the documents: the state of things, the mechanisms behind it,
/// and possible initiatives.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Topic {
    /// The title of the topic.
    pub title: UserText,
    /// The indicator that the topic is about.
    pub indicator: Option<Id>,
    /// Whether the topic is on the agenda; `None` if nobody has decided.
    pub agenda: Option<Agenda>,
    /// The notes that the leader has prepared.
    pub leader: UserText,
    /// The notes that the leader one level above has prepared.
    pub counterpart: UserText,
    /// Rigets tilstand: what is the state of things?
    pub state: UserText,
    /// Mekanismerne bag: why is it so?
    pub mechanisms: UserText,
    /// Mulige indsatser: what could be done?
    pub ideas: UserText,
    /// What was agreed on.
    pub agreed: UserText,
    /// What was learned, in a text that others may read.
    pub learned: UserText,
    /// Whether both parties have released `learned` to the quality report. Nothing else of a conversation enters the
    /// report.
    pub released: Option<Released>,
    /// The position on the agenda: a fractional index.
    pub order: Option<String>,
}

/// Whether a topic is on the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Agenda {
    /// The topic is on the agenda.
    On,
    /// The topic was taken off the agenda.
    Off,
}

/// The release of a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Released {
    /// `learned` is released to the quality report.
    ToReport,
}

impl Topic {
    /// The text of `learned`, if it was released to the report and is not empty.
    pub fn for_report(&self) -> Option<&str> {
        let learned = self.learned.as_str().trim();
        (self.released.is_some() && !learned.is_empty()).then_some(learned)
    }

    /// What came out of the topic: what was agreed on, otherwise the ideas, otherwise the title.
    pub fn outcome(&self) -> UserText {
        let texts = [&self.agreed, &self.ideas, &self.title];
        texts.into_iter().find(|text| !text.as_str().trim().is_empty()).cloned().unwrap_or_default()
    }

    /// Converts the outcome to a goal at the end of an agreement, in the area of the topic's indicator and anchored to
    /// it.
    ///
    /// `origin` is the id of the topic, derived from the conversation's. `last` is the position of the agreement's last
    /// goal.
    pub fn as_goal(&self, origin: &Id, aftale: &Id, last: Option<&str>) -> Goal {
        let area = self.indicator.as_ref().and_then(|id| indicator::area(id.as_str()));
        let mut goal = Goal {
            text: self.outcome(),
            aftale: Some(aftale.clone()),
            area: Some(area.unwrap_or(Area::Quality)),
            origin: Some(origin.clone()),
            order: Some(fractional_index::after(last)),
            ..Goal::default()
        };
        if let Some(id) = &self.indicator {
            goal.anchors.insert(id.clone(), Anchor::Indicator(id.clone()));
        }
        goal
    }
}

impl Samtale {
    /// The id of a unit's conversation in a cycle.
    pub fn id(unit: &Id, cycle: Cycle) -> Option<Id> {
        Id::derived(unit, &Id::parse(&format!("samtale-{}", cycle.first_year()))?)
    }

    /// The topics on the agenda, in order. Topics without a position come last.
    pub fn agenda(&self) -> Vec<(&Id, &Topic)> {
        let agenda = self.topics.iter().filter(|(_, topic)| topic.agenda == Some(Agenda::On)).collect();
        let sort_key =
            |entry: &(&Id, &Topic)| (entry.1.order.clone().unwrap_or_else(|| "~".to_owned()), entry.0.clone());
        fractional_index::sorted(agenda, &|one, other| sort_key(one) < sort_key(other))
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
    fn agenda_holds_topics_on_it_in_order() {
        let id = |text: &str| Id::parse(text).unwrap();
        let mut samtale = Samtale::default();
        for (name, agenda, order) in [
            ("b", Some(Agenda::On), Some("a1")),
            ("a", Some(Agenda::On), Some("a2")),
            ("c", Some(Agenda::Off), Some("a0")),
            ("d", None, None),
            ("e", Some(Agenda::On), None),
        ] {
            let topic = Topic { agenda, order: order.map(str::to_owned), ..Topic::default() };
            samtale.topics.insert(id(name), topic);
        }
        let agenda: Vec<_> = samtale.agenda().into_iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(agenda, ["b", "a", "e"]);
    }

    #[test]
    fn topic_becomes_a_goal_in_the_area_of_its_indicator() {
        let id = |text: &str| Id::parse(text).unwrap();
        for (indicator, area) in [
            (None, Area::Quality),
            (Some("fravaer"), Area::Quality),
            (Some("budgetafvigelse"), Area::Economy),
            (Some("sygefravaer"), Area::StaffWellbeing),
        ] {
            let topic = Topic {
                title: "Emnet".into(),
                agreed: " ".into(),
                ideas: "Vi ringer samme dag".into(),
                indicator: indicator.map(id),
                ..Topic::default()
            };
            let goal = topic.as_goal(&id("u.samtale-2025.a"), &id("aftale"), Some("m"));
            assert_eq!((goal.area, goal.text.as_str()), (Some(area), "Vi ringer samme dag"), "{indicator:?}");
            assert_eq!((goal.origin, goal.aftale), (Some(id("u.samtale-2025.a")), Some(id("aftale"))));
            let anchors: Vec<&Id> = goal.anchors.keys().collect();
            assert_eq!(anchors, topic.indicator.iter().collect::<Vec<_>>());
            assert!(goal.order.as_deref() > Some("m"));
        }
    }
}
