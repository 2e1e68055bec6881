//! Practice of all three sorts in one view: positive deviations, trials and prototypes [FIF-12].
//!
//! Pages that treat the three alike (the library, what is similar, the catalogue, the report) use this view alone.
//!
//! # Invariants
//!
//! * A chain of practices is derived from what each one builds on. Files that are merged can close such a chain to a
//!   circle; following it must always end.

use super::body::Map;
use super::date::Date;
use super::deviation::Deviation;
use super::fractional_index;
use super::goal::{Anchor, Goal, Initiative};
use super::id::Id;
use super::indicator;
use super::proevehandling::{Proevehandling, Tek, TrialNext, TrialState, first_line};
use super::prototype::{Prototype, PrototypeVersion};
use super::registry::Kind;
use super::sorted::SortedSet;
use super::text::UserText;

/// The item of the foundation whose parts are the questions that a digital trial begins with.
pub const DIGITAL_START: &str = "begynd-digitalt";
/// The lever that a digital trial hangs on: to prioritise, to think anew and to raise productivity [FIF-12].
pub const DIGITAL_LEVER: &str = "gentaenke";

/// The longest summary, in characters.
const SUMMARY_LENGTH: usize = 140;

/// The three sorts of practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PracticeSort {
    /// Practice that already works somewhere, against the odds.
    Deviation,
    /// A small, time-limited test of a new practice.
    Trial,
    /// One thing in numbered versions that are tried and changed.
    Prototype,
}

impl PracticeSort {
    /// All sorts, in the order of the documents [FIF-12].
    pub const ALL: [Self; 3] = [Self::Deviation, Self::Trial, Self::Prototype];

    /// Returns the kind of record that holds practice of the sort.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Deviation => Kind::Deviation,
            Self::Trial => Kind::Proevehandling,
            Self::Prototype => Kind::Prototype,
        }
    }

    /// Returns the sort of practice that a kind of record holds; `None` for other kinds.
    pub fn of_kind(kind: Kind) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.kind() == kind)
    }

    /// Returns the Danish name.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Deviation => "Positiv afvigelse",
            Self::Trial => "Prøvehandling",
            Self::Prototype => "Prototype",
        }
    }

    /// Returns the Danish plural.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Deviation => "Positive afvigelser",
            Self::Trial => "Prøvehandlinger",
            Self::Prototype => "Prototyper",
        }
    }

    /// Returns the name of practice of the sort that has no words.
    pub const fn untitled(self) -> &'static str {
        match self {
            Self::Deviation => Deviation::UNTITLED,
            Self::Trial => Proevehandling::UNTITLED,
            Self::Prototype => Prototype::UNTITLED,
        }
    }
}

/// The state of practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PracticeState {
    /// A trial whose period is over, without a decision on what comes next.
    Due,
    /// A trial in its period, or a prototype with a version that is in use.
    Running,
    /// A trial or a prototype that has not begun.
    Idea,
    /// A trial or a prototype with the decision to do more of it.
    Scaled,
    /// A prototype with a version that stands.
    Standing,
    /// A positive deviation: it works already.
    Working,
    /// A trial or a prototype with the decision to try it in another way.
    Adjusted,
    /// A trial or a prototype with the decision to stop.
    Stopped,
}

impl PracticeState {
    /// All states: those that ask for an action first, then what works.
    pub const ALL: [Self; 8] = [
        Self::Due,
        Self::Running,
        Self::Idea,
        Self::Scaled,
        Self::Standing,
        Self::Working,
        Self::Adjusted,
        Self::Stopped,
    ];

    /// Returns the Danish heading of a list of practices in the state.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Due => "Skal samles op",
            Self::Running => "I gang",
            Self::Idea => "Idéer",
            Self::Scaled => "Skaleret",
            Self::Standing => "Gælder nu",
            Self::Working => "Virker allerede",
            Self::Adjusted => "Justeres",
            Self::Stopped => "Stoppet",
        }
    }

    /// Returns the Danish words after a name: «Møllehøj (skaleret)».
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Due => "skal samles op",
            Self::Running => "i gang",
            Self::Idea => "en idé",
            Self::Scaled => "skaleret",
            Self::Standing => "gælder nu",
            Self::Working => "virker allerede",
            Self::Adjusted => "justeres",
            Self::Stopped => "stoppet",
        }
    }

    /// Returns the state after a decision on what comes next.
    const fn after(next: TrialNext) -> Self {
        match next {
            TrialNext::Scale => Self::Scaled,
            TrialNext::Adjust => Self::Adjusted,
            TrialNext::Stop => Self::Stopped,
        }
    }
}

/// Practice of any sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Practice {
    /// The id of the record.
    pub id: Id,
    /// The sort.
    pub sort: PracticeSort,
    /// The name in lists: the title, or else the beginning of another text.
    pub title: String,
    /// Whether somebody has written a title.
    pub has_title: bool,
    /// The unit whose practice it is, as the record has it. Chains compare these ids: see [`Practice::with_unit`].
    pub unit: Option<Id>,
    /// One line that says what people do.
    pub summary: String,
    /// What people do, in full. Of a prototype, the version that stands, or else the last one.
    pub idea: String,
    /// The situation that it comes from; empty for a positive deviation.
    pub need: String,
    /// Everything that is written about it, beside the title and the plain words.
    pub words: String,
    /// What it is anchored to.
    pub anchors: Map<Id, Anchor>,
    /// The weights on the TEK triangle before.
    pub tek_before: Option<Tek>,
    /// The weights on the TEK triangle after.
    pub tek_after: Option<Tek>,
    /// The state.
    pub state: PracticeState,
    /// The decision on what comes next.
    pub next: Option<TrialNext>,
    /// What people have learned: of a prototype the outcome of a version, of a positive deviation why it works.
    pub learned: String,
    /// The day on which it began: of a trial its first day, of a prototype the day of its latest version.
    pub date: Option<Date>,
    /// The practice that it builds on.
    pub built_on: Option<Id>,
    /// Whose idea it builds on, in words.
    pub credit: String,
    /// The practice in plain words, for the catalogue.
    pub plain: String,
    /// Whether the unit has put it in its catalogue.
    pub is_in_catalogue: bool,
    /// Whether the unit shares it with its network; `Some(false)` if the unit has withdrawn it.
    pub shared: Option<bool>,
}

/// Builds a practice: the fields that all three bodies have are taken from the body, the others are given.
macro_rules! practice {
    ($id:ident, $body:ident, { $($field:ident $(: $value:expr)?),* $(,)? }) => {
        Practice {
            id: $id,
            title: $body.name(),
            has_title: !$body.title.as_str().trim().is_empty(),
            unit: $body.unit.clone(),
            anchors: $body.anchors.clone(),
            tek_before: $body.tek_before,
            tek_after: $body.tek_after,
            built_on: $body.built_on.clone(),
            credit: $body.credit.0.clone(),
            plain: $body.plain.0.clone(),
            is_in_catalogue: $body.in_catalogue == Some(true),
            shared: $body.shared,
            $($field $(: $value)?),*
        }
    };
}

impl Practice {
    /// Builds the view of a positive deviation.
    pub fn of_deviation(id: Id, deviation: &Deviation) -> Self {
        let Deviation { place, practice, reason, elsewhere, .. } = deviation;
        practice!(id, deviation, {
            sort: PracticeSort::Deviation,
            summary: summary([practice, place]),
            idea: practice.0.clone(),
            need: String::new(),
            words: joined(&[place, practice, reason, elsewhere]),
            state: PracticeState::Working,
            next: None,
            learned: reason.0.clone(),
            date: None,
        })
    }

    /// Builds the view of a trial as it is on a day.
    pub fn of_trial(id: Id, trial: &Proevehandling, today: Date) -> Self {
        let Proevehandling { context, idea, happened, learned, signs_of_progression, expected_effect, .. } = trial;
        let state = match (trial.state(today), trial.next) {
            (_, Some(next)) => PracticeState::after(next),
            (TrialState::Due, None) => PracticeState::Due,
            (TrialState::Running, None) => PracticeState::Running,
            (TrialState::Idea | TrialState::Ended, None) => PracticeState::Idea,
        };
        practice!(id, trial, {
            sort: PracticeSort::Trial,
            summary: summary([idea, context]),
            idea: idea.0.clone(),
            need: context.0.clone(),
            words: joined(&[context, idea, signs_of_progression, expected_effect, happened, learned]),
            state,
            next: trial.next,
            learned: learned.0.clone(),
            date: trial.period.and_then(|period| period.from),
        })
    }

    /// Builds the view of a prototype as it is on a day.
    pub fn of_prototype(id: Id, prototype: &Prototype, today: Date) -> Self {
        let need = &prototype.need;
        let versions: Vec<&PrototypeVersion> =
            prototype.versions_in_order().into_iter().map(|(_, version)| version).collect();
        let texts = |version: &&PrototypeVersion| {
            let PrototypeVersion { text, change, reason, outcome, .. } = version;
            joined(&[text, change, reason, outcome])
        };
        let words: Vec<String> = std::iter::once(need.0.clone()).chain(versions.iter().map(texts)).collect();
        let is_in_use = |version: &&PrototypeVersion| version.date.is_some_and(|date| date <= today);
        let state = match prototype.next {
            Some(next) => PracticeState::after(next),
            None if prototype.standing_version().is_some() => PracticeState::Standing,
            None if versions.iter().any(is_in_use) => PracticeState::Running,
            None => PracticeState::Idea,
        };
        let current = prototype.current_version().cloned().unwrap_or_default();
        let outcomes = prototype.standing_version().into_iter().chain(versions.iter().rev().copied());
        let learned = outcomes.map(|version| version.outcome.as_str()).find(|outcome| !outcome.is_empty());
        practice!(id, prototype, {
            sort: PracticeSort::Prototype,
            summary: summary([&current.text, need]),
            idea: current.text.0.clone(),
            need: need.0.clone(),
            words: words.join("\n").trim().to_owned(),
            state,
            next: prototype.next,
            learned: learned.unwrap_or_default().to_owned(),
            date: versions.iter().filter_map(|version| version.date).max(),
        })
    }

    /// Returns the practice with another id of its unit. Chains compare units by `==`, so a caller who knows two ids
    /// of one unit gives the same one to all practices.
    #[must_use]
    pub fn with_unit(mut self, unit: Option<Id>) -> Self {
        self.unit = unit;
        self
    }

    /// Returns whether the practice has no words at all. Only its existence is known, as of practice that was withdrawn
    /// before it came here.
    pub fn is_blank(&self) -> bool {
        self.title == self.sort.untitled() && self.words.is_empty()
    }

    /// Returns whether the practice is another unit's and that unit has withdrawn it. The library leaves it out.
    pub fn is_withdrawn(&self, is_own: bool) -> bool {
        !is_own && self.shared == Some(false)
    }

    /// Returns whether the library shows the practice. It shows neither what was withdrawn nor what has no words.
    pub fn is_in_library(&self, is_own: bool) -> bool {
        !self.is_withdrawn(is_own) && !self.is_blank()
    }

    /// Returns the line that says that another unit has withdrawn the practice; `None` if it has not, or if the
    /// practice was never known here by its words. The line repeats the title, and no other word.
    pub fn withdrawn_line(&self, is_own: bool, unit_name: &str) -> Option<String> {
        let is_missed = self.is_withdrawn(is_own) && !self.is_blank();
        is_missed.then(|| {
            let sort = self.sort.danish().to_lowercase();
            let name = if self.has_title { format!("«{}»", self.title) } else { format!("en {sort}") };
            format!("{unit_name} har trukket {name} tilbage.")
        })
    }

    /// Returns whether people have found that the practice works: a positive deviation, a trial that is scaled, a
    /// prototype with a version that stands.
    pub const fn is_found_to_work(&self) -> bool {
        matches!(self.state, PracticeState::Scaled | PracticeState::Standing | PracticeState::Working)
    }

    /// Returns whether the practice can become an initiative of an agreement: it works, or is changed and tried again.
    pub const fn can_be_initiative(&self) -> bool {
        self.is_found_to_work() || matches!(self.state, PracticeState::Adjusted)
    }

    /// Returns whether the practice may be in a report at all.
    pub const fn may_be_reported(&self) -> bool {
        match self.state {
            PracticeState::Scaled | PracticeState::Adjusted | PracticeState::Standing => true,
            // A positive deviation is about people in one place. The unit decides who hears of it.
            PracticeState::Working => matches!(self.shared, Some(true)),
            PracticeState::Due | PracticeState::Running | PracticeState::Idea | PracticeState::Stopped => false,
        }
    }

    /// Returns the weights on the TEK triangle: of each corner what was seen, or else what a trial is expected to
    /// change. Of the other sorts the first weighing is how it was before, which is no expectation.
    pub fn tek(&self) -> Tek {
        let expected = self.tek_before.filter(|_| self.sort == PracticeSort::Trial);
        let (before, after) = (expected.unwrap_or_default(), self.tek_after.unwrap_or_default());
        Tek {
            trivsel: after.trivsel.or(before.trivsel),
            effekt: after.effekt.or(before.effekt),
            kvalitet: after.kvalitet.or(before.kvalitet),
        }
    }

    /// Returns the ids of the corners of the TEK triangle that rise.
    pub fn rising_corners(&self) -> Vec<&'static str> {
        let mut tek = self.tek();
        let corners = tek.corners().into_iter();
        corners.filter_map(|(corner, weight)| weight.is_some_and(|weight| weight > 0).then_some(corner)).collect()
    }

    /// Returns the start of new practice that builds on this one. `from` is the name of the unit whose practice this
    /// is, if the new one is another unit's.
    ///
    /// Within a unit the situation, the anchors and the credit are kept. Another unit gets a credit of its own, and no
    /// anchors to what only the first unit has.
    pub fn draft(&self, from: Option<&str>) -> PracticeDraft {
        let mut anchors = self.anchors.clone();
        if from.is_some() {
            anchors.retain(|_, anchor| match anchor {
                Anchor::Goal(_) | Anchor::CoreService(_) => false,
                Anchor::Indicator(id) => indicator::name(id.as_str()).is_some(),
                _ => true,
            });
        }
        let has_title = self.title != self.sort.untitled();
        PracticeDraft {
            title: if has_title { self.title.clone() } else { String::new() },
            idea: self.idea.clone(),
            need: if from.is_some() { String::new() } else { self.need.clone() },
            anchors,
            built_on: Some(self.id.clone()),
            credit: from.map_or_else(|| self.credit.clone(), |name| format!("efter en idé fra {name}")),
        }
    }

    /// Creates the initiative that the practice becomes in a goal.
    ///
    /// A page stores the initiative under the id of the practice, so that one practice becomes one initiative of a
    /// goal, on whichever devices that happens.
    pub fn initiative(&self, order: String) -> Initiative {
        Initiative {
            text: UserText(self.title.clone()),
            origin: Some(self.id.clone()),
            order: Some(order),
            ..Initiative::default()
        }
    }

    /// Returns whether a goal has an initiative that comes from the practice.
    pub fn is_initiative_of(&self, goal: &Goal) -> bool {
        goal.initiatives.values().any(|initiative| initiative.origin.as_ref() == Some(&self.id))
    }
}

/// The start of new practice: what was typed so far, or what was copied from practice that it builds on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PracticeDraft {
    /// The title.
    pub title: String,
    /// What people do.
    pub idea: String,
    /// The situation that it comes from.
    pub need: String,
    /// What it is anchored to.
    pub anchors: Map<Id, Anchor>,
    /// The practice that it builds on.
    pub built_on: Option<Id>,
    /// Whose idea it builds on, in words.
    pub credit: String,
}

impl PracticeDraft {
    /// Creates a positive deviation.
    pub fn deviation(&self, unit: Option<Id>) -> Deviation {
        Deviation {
            title: UserText(self.title.clone()),
            unit,
            practice: UserText(self.idea.clone()),
            anchors: self.anchors.clone(),
            built_on: self.built_on.clone(),
            credit: UserText(self.credit.clone()),
            ..Deviation::default()
        }
    }

    /// Creates a trial.
    pub fn trial(&self, unit: Option<Id>) -> Proevehandling {
        Proevehandling {
            title: UserText(self.title.clone()),
            unit,
            context: UserText(self.need.clone()),
            idea: UserText(self.idea.clone()),
            anchors: self.anchors.clone(),
            built_on: self.built_on.clone(),
            credit: UserText(self.credit.clone()),
            ..Proevehandling::default()
        }
    }

    /// Creates a prototype. An idea becomes its first version, under the id `version`.
    pub fn prototype(&self, unit: Option<Id>, version: Id) -> Prototype {
        let mut prototype = Prototype {
            title: UserText(self.title.clone()),
            unit,
            need: UserText(self.need.clone()),
            anchors: self.anchors.clone(),
            built_on: self.built_on.clone(),
            credit: UserText(self.credit.clone()),
            ..Prototype::default()
        };
        if !self.idea.is_empty() {
            let (text, order) = (UserText(self.idea.clone()), Some(fractional_index::after(None)));
            prototype.versions.insert(version, PrototypeVersion { text, order, ..PrototypeVersion::default() });
        }
        prototype
    }
}

/// Returns the title of the next version of a trial: `Opkald samme dag, version 2`. No title has no next one.
pub fn next_version_title(title: &str) -> String {
    if title.is_empty() {
        return String::new();
    }
    let numbered = title.rsplit_once(", version ").and_then(|(name, number)| Some((name, number.parse::<u16>().ok()?)));
    let (name, number) = numbered.unwrap_or((title, 1));
    format!("{name}, version {}", number.saturating_add(1))
}

/// Returns the practices that a practice builds on, the nearest first.
pub fn line_of<'p>(practices: &'p [Practice], id: &Id) -> Vec<&'p Practice> {
    let mut line: Vec<&Practice> = Vec::new();
    let mut current = find(practices, id);
    while let Some(above) = current.and_then(|practice| find(practices, practice.built_on.as_ref()?)) {
        if above.id == *id || line.iter().any(|other| other.id == above.id) {
            break;
        }
        line.push(above);
        current = Some(above);
    }
    line
}

/// Returns the practices with which other units have taken a practice up, directly or from each other, the nearest
/// first.
///
/// What a unit makes of its own practice later is not a further taker.
pub fn takers_of<'p>(practices: &'p [Practice], id: &Id) -> Vec<&'p Practice> {
    let Some(first) = find(practices, id) else { return Vec::new() };
    let mut built_on_it = descendants(practices, id);
    built_on_it.retain(|practice| {
        let above = practice.built_on.as_ref().and_then(|above| find(practices, above));
        practice.unit != first.unit && above.is_some_and(|above| above.unit != practice.unit)
    });
    built_on_it
}

/// Returns the number of units that practices belong to. Two people of one unit can take the same practice up.
pub fn count_units(practices: &[&Practice]) -> usize {
    let units: SortedSet<&Option<Id>> = practices.iter().map(|practice| &practice.unit).collect();
    units.len()
}

/// Returns the practices of the same unit that grew directly out of a practice: a trial out of a positive deviation, a
/// prototype out of a trial.
pub fn grown_from<'p>(practices: &'p [Practice], id: &Id) -> Vec<&'p Practice> {
    let Some(first) = find(practices, id) else { return Vec::new() };
    let grew = |practice: &&Practice| {
        practice.id != *id && practice.unit == first.unit && practice.built_on.as_ref() == Some(id)
    };
    practices.iter().filter(grew).collect()
}

/// Returns the practices that build on a practice, at any distance, the nearest first.
fn descendants<'p>(practices: &'p [Practice], id: &Id) -> Vec<&'p Practice> {
    let mut found: Vec<&Practice> = Vec::new();
    let (mut current, mut index) = (id, 0);
    loop {
        for practice in practices.iter().filter(|practice| practice.built_on.as_ref() == Some(current)) {
            if practice.id != *id && !found.iter().any(|other| other.id == practice.id) {
                found.push(practice);
            }
        }
        let Some(next) = found.get(index) else { return found };
        (current, index) = (&next.id, index + 1);
    }
}

/// Returns the practice with an id.
fn find<'p>(practices: &'p [Practice], id: &Id) -> Option<&'p Practice> {
    practices.iter().find(|practice| practice.id == *id)
}

/// Returns the first line of the first text that has words, cut between two words if it is long.
fn summary(texts: [&UserText; 2]) -> String {
    texts.into_iter().find_map(|text| first_line(text.as_str(), SUMMARY_LENGTH)).unwrap_or_default()
}

/// Joins the texts that have words, one on each line.
fn joined(texts: &[&UserText]) -> String {
    let texts = texts.iter().map(|text| text.as_str().trim()).filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
