//! A trial (*prøvehandling*): a small, time-limited try at a new practice.

use serde::{Deserialize, Serialize};

use super::body::{Body, KindWords};
use super::date::Date;
use super::id::Id;
use super::period::Span;
use super::slot::fields;
use super::text::UserText;

/// A trial.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Proevehandling {
    /// What it is called.
    pub title: UserText,
    /// The unit that tries it.
    pub unit: Option<Id>,
    /// The situation it comes out of.
    pub context: UserText,
    /// What is tried.
    pub idea: UserText,
    /// Signs that it is on its way.
    pub signs_of_progression: UserText,
    /// What it is expected to bring.
    pub expected_effect: UserText,
    /// From when to when. One leaf.
    pub period: Option<Span>,
    /// When to stop before time.
    pub stop_rule: UserText,
    /// Its weight on the corners of the TEK triangle before it began. One leaf.
    pub tek_before: Option<Tek>,
    /// The same, afterwards. One leaf.
    pub tek_after: Option<Tek>,
    /// What happened.
    pub happened: UserText,
    /// What was learned.
    pub learned: UserText,
    /// What comes next.
    pub next: Option<TrialNext>,
    /// The record it grew out of: a reflection, an indicator's series, a conversation.
    pub origin: Option<Id>,
    /// Whether the unit shares it with its network.
    pub shared: Option<bool>,
}

/// A weighing on the three corners of the TEK triangle, each from −2 (falls) to 2 (rises).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Tek {
    /// Trivsel.
    pub trivsel: Option<i8>,
    /// Effekt(ivitet).
    pub effekt: Option<i8>,
    /// Kvalitet.
    pub kvalitet: Option<i8>,
}

/// What comes after a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Next"))]
#[serde(rename_all = "snake_case")]
pub enum TrialNext {
    /// More of it.
    Scale,
    /// Once more, otherwise.
    Adjust,
    /// No more of it.
    Stop,
}

impl TrialNext {
    /// All, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Scale, Self::Adjust, Self::Stop];

    /// In Danish, as it is offered.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Scale => "Skalér – gør mere af det",
            Self::Adjust => "Justér – prøv igen på en anden måde",
            Self::Stop => "Stop – vi ved nu, at det ikke er vejen",
        }
    }
}

/// Where a trial is in its short life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TrialState {
    /// Its time is over, and nobody has said what comes next.
    Due,
    /// It is being tried.
    Running,
    /// It has not begun.
    Idea,
    /// It has been gathered up: what comes next is said.
    Ended,
}

impl TrialState {
    /// All, what asks for something first.
    pub const ALL: [Self; 4] = [Self::Due, Self::Running, Self::Idea, Self::Ended];

    /// In Danish, as a heading over several.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Due => "Skal samles op",
            Self::Running => "I gang",
            Self::Idea => "Idéer",
            Self::Ended => "Samlet op",
        }
    }
}

impl Proevehandling {
    /// Where it is on a day. The last day still belongs to it.
    pub fn state(&self, today: Date) -> TrialState {
        let Span { from, to } = self.period.unwrap_or_default();
        if self.next.is_some() {
            TrialState::Ended
        } else if to.is_some_and(|to| to < today) {
            TrialState::Due
        } else if from.is_some_and(|from| from <= today) {
            TrialState::Running
        } else {
            TrialState::Idea
        }
    }
}

fields!(Proevehandling {
    title: text("titlen"),
    unit: parent("enheden"),
    context: text("situationen"),
    idea: text("idéen"),
    signs_of_progression: text("tegn på progression"),
    expected_effect: text("forventet effekt"),
    period: value("perioden"),
    stop_rule: text("stopreglen"),
    tek_before: value("TEK-vægtningen før"),
    tek_after: value("TEK-vægtningen efter"),
    happened: text("hvad der skete"),
    learned: text("det lærte"),
    next: value("næste skridt"),
    origin: value("hvor den kommer fra"),
    shared: value("om prøvehandlingen deles med netværket"),
});

impl Tek {
    /// The corners, in the order they are shown: the ids of the foundation, and how each is weighed.
    pub const fn corners(&mut self) -> [(&'static str, &mut Option<i8>); 3] {
        [
            ("tek-trivsel", &mut self.trivsel),
            ("tek-effektivitet", &mut self.effekt),
            ("tek-kvalitet", &mut self.kvalitet),
        ]
    }
}

impl Body for Proevehandling {
    const WORDS: KindWords =
        KindWords { definite: "prøvehandlingen", singular: "prøvehandling", plural: "prøvehandlinger" };
    const TITLE: &'static str = "title";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reflection_a_trial_is_where_its_days_say() {
        let day = Date::parse;
        let today = day("2026-03-15").unwrap();
        for (from, to, next, state) in [
            (None, None, None, TrialState::Idea),
            (day("2026-03-16"), day("2026-03-30"), None, TrialState::Idea),
            (day("2026-03-15"), None, None, TrialState::Running),
            (day("2026-03-01"), day("2026-03-15"), None, TrialState::Running),
            (day("2026-03-01"), day("2026-03-14"), None, TrialState::Due),
            (None, day("2026-03-14"), None, TrialState::Due),
            (day("2026-03-01"), day("2026-03-14"), Some(TrialNext::Stop), TrialState::Ended),
        ] {
            let trial = Proevehandling { period: Some(Span { from, to }), next, ..Proevehandling::default() };
            assert_eq!(trial.state(today), state, "{from:?} {to:?} {next:?}");
        }
    }
}
