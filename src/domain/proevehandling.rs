//! A trial (*prøvehandling*): a small, time-limited test of a new practice.

use serde::{Deserialize, Serialize};

use super::body::{Body, FieldRole, KindWords, Map};
use super::date::Date;
use super::goal::Anchor;
use super::id::Id;
use super::period::Span;
use super::slot::fields;
use super::text::UserText;

/// A trial of a new practice in a unit.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Proevehandling {
    /// The title of the trial.
    pub title: UserText,
    /// The unit that carries out the trial.
    pub unit: Option<Id>,
    /// The situation that the trial comes from.
    pub context: UserText,
    /// The practice that is tried.
    pub idea: UserText,
    /// The signs that show progress.
    pub signs_of_progression: UserText,
    /// The expected effect.
    pub expected_effect: UserText,
    /// The person or team responsible.
    pub responsible: UserText,
    /// The first and last day. One leaf.
    pub period: Option<Span>,
    /// The rule for stopping early.
    pub stop_rule: UserText,
    /// The weights on the TEK triangle, given before the trial. One leaf.
    pub tek_before: Option<Tek>,
    /// The weights on the TEK triangle, given after the trial. One leaf.
    pub tek_after: Option<Tek>,
    /// What happened.
    pub happened: UserText,
    /// What was learned.
    pub learned: UserText,
    /// The decision on what comes next.
    pub next: Option<TrialNext>,
    /// The things that the trial is anchored to. One leaf per anchor.
    pub anchors: Map<Id, Anchor>,
    /// The record that the trial came from: a reflection, a series, a dialogue, a conversation.
    pub origin: Option<Id>,
    /// Who takes part, by the id of the group.
    pub participants: Map<Id, UserText>,
    /// The practice that it builds on.
    pub built_on: Option<Id>,
    /// Whose idea it builds on, in words.
    pub credit: UserText,
    /// The practice in plain words, for the catalogue.
    pub plain: UserText,
    /// Whether the unit has put it in its catalogue for parents, children and staff.
    pub in_catalogue: Option<bool>,
    /// Whether the unit shares the trial with its network.
    pub shared: Option<bool>,
}

/// Weights on the three corners of the TEK triangle, each from −2 (falls) to 2 (rises).
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

/// The decision on what comes after a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Next"))]
#[serde(rename_all = "snake_case")]
pub enum TrialNext {
    /// Do more of it.
    Scale,
    /// Try again in another way.
    Adjust,
    /// Stop doing it.
    Stop,
}

impl TrialNext {
    /// All values, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Scale, Self::Adjust, Self::Stop];

    /// The Danish text of the choice.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Scale => "Skalér – gør mere af det",
            Self::Adjust => "Justér – prøv igen på en anden måde",
            Self::Stop => "Stop – vi ved nu, at det ikke er vejen",
        }
    }
}

/// The state of a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrialState {
    /// The period is over, and no decision on what comes next was made.
    Due,
    /// The trial is running.
    Running,
    /// The trial has not begun.
    Idea,
    /// The trial is evaluated: a decision on what comes next was made.
    Ended,
}

/// The longest title, in characters, that is made from another text.
const MADE_TITLE_LENGTH: usize = 60;

/// The longest name, in characters, of practice without a title.
const MADE_NAME_LENGTH: usize = 80;

impl Proevehandling {
    /// The name of a trial without words.
    pub const UNTITLED: &'static str = "Prøvehandling uden titel";

    /// Returns the trial with a title. A trial without a title gets the beginning of its idea, or else of its
    /// situation. The title stays empty if both texts are empty.
    #[must_use]
    pub fn with_title(mut self) -> Self {
        if self.title.as_str().trim().is_empty() {
            let texts = [&self.idea, &self.context];
            let title = texts.into_iter().find_map(|text| first_line(text.as_str(), MADE_TITLE_LENGTH));
            self.title = UserText(title.unwrap_or_default());
        }
        self
    }

    /// Returns the name of the trial: its title, or else the beginning of its idea.
    pub fn name(&self) -> String {
        name_of(&self.title, &self.idea, Self::UNTITLED)
    }

    /// The state of the trial on a day. The last day belongs to the trial.
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

/// Returns the name of practice: its whole title, or else the beginning of another text, or else a name for no words.
pub(super) fn name_of(title: &UserText, text: &UserText, untitled: &str) -> String {
    let title = title.as_str().trim();
    if !title.is_empty() {
        return title.to_owned();
    }
    first_line(text.as_str(), MADE_NAME_LENGTH).unwrap_or_else(|| untitled.to_owned())
}

/// Returns the first line of a text, cut between two words if it has more than `length` characters. `None` for a text
/// without words.
pub(super) fn first_line(text: &str, length: usize) -> Option<String> {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let Some((end, _)) = line.char_indices().nth(length) else { return Some(line.to_owned()) };
    let start = &line[..end];
    let words = start.rsplit_once(' ').map_or(start, |(words, _)| words);
    Some(format!("{}…", words.trim_end_matches([' ', ',', '.', ':', ';'])))
}

fields!(Proevehandling {
    title: text("titlen"),
    unit: parent("enheden"),
    context: text("situationen"),
    idea: text("idéen"),
    signs_of_progression: text("tegn på progression"),
    expected_effect: text("forventet effekt"),
    responsible: text("den ansvarlige"),
    period: value("perioden"),
    stop_rule: text("stopreglen"),
    tek_before: value("TEK-vægtningen før"),
    tek_after: value("TEK-vægtningen efter"),
    happened: text("hvad der skete"),
    learned: text("det lærte"),
    next: value("næste skridt"),
    anchors: leaves("det, prøvehandlingen hænger på", FieldRole::Plain),
    origin: value("hvor den kommer fra"),
    participants: leaves("hvem der er med", FieldRole::Text),
    built_on: value("den praksis, den bygger på"),
    credit: text("hvis idé det er"),
    plain: text("praksis med enkle ord"),
    in_catalogue: value("om den er i kataloget"),
    shared: value("om prøvehandlingen deles med netværket"),
});

impl Tek {
    /// The corners in display order: the id in the foundation, and the weight.
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
    fn title_is_made_from_idea_or_situation_where_it_is_missing() {
        #[track_caller]
        fn check(title: &str, idea: &str, context: &str, expected: &str) {
            let trial = Proevehandling {
                title: title.into(),
                idea: idea.into(),
                context: context.into(),
                ..Proevehandling::default()
            };
            assert_eq!(trial.with_title().title.as_str(), expected);
        }
        check("Opkald", "Vi ringer hjem", "", "Opkald");
        check("", "Vi ringer hjem\nsamme dag", "Fravær", "Vi ringer hjem");
        check(" ", "\n ", " I talte om fravær. ", "I talte om fravær.");
        check("", "", "", "");
        let long = "Vi ringer hjem samme dag, som et barn er væk fra skole, og spørger";
        check("", long, "", "Vi ringer hjem samme dag, som et barn er væk fra skole, og…");
        check("", &"ø".repeat(61), "", &format!("{}…", "ø".repeat(60)));
    }

    /// New practice takes the name over as its title, so no title that someone typed is cut.
    #[test]
    fn name_is_the_whole_title_or_one_line_of_another_text() {
        let long = "ord ".repeat(30);
        for (title, idea, name) in [
            (long.as_str(), "Vi ringer hjem", long.trim()),
            (" ", "Vi ringer hjem\nsamme dag", "Vi ringer hjem"),
            ("", "\n ", Proevehandling::UNTITLED),
        ] {
            let trial = Proevehandling { title: title.into(), idea: idea.into(), ..Proevehandling::default() };
            assert_eq!(trial.name(), name);
        }
        let trial = Proevehandling { idea: long.as_str().into(), ..Proevehandling::default() };
        assert!(trial.name().ends_with("ord…") && trial.name().chars().count() <= MADE_NAME_LENGTH + 1);
    }

    #[test]
    fn state_follows_period_and_decision() {
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
