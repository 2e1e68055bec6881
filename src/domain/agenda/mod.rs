//! The agenda of the front page: the items that wait for a person on a day, the state of the person's own work, and a
//! suggestion for a day on which nothing waits.
//!
//! | file | contents |
//! | --- | --- |
//! | `mod` | the agenda with its lines, their order and where they lead |
//! | [`facts`] | the input: person, day, and the records of the units that concern the person |
//! | `own_unit` | items about the person's own unit: agreement, conversation, midterm, four views, trials, figures |
//! | `meetings` | items that the meeting about the midterm statuses left for the person's own unit |
//! | `followed_units` | items about the units that a chef, the director or the secretariat follows |
//! | `forums` | the item about the positions of the forums on the data package |
//! | `work` | sections about the person's own work |
//! | `suggestion` | suggestions for a day on which nothing waits |
//!
//! # Order
//!
//! Items are ordered by [`Urgency`], then by day (the earliest first), then in the order in which the rules add them.
//!
//! | urgency | item |
//! | --- | --- |
//! | `Choice` | texts written differently by several people: nothing can be agreed on before one is chosen |
//! | `Signature` | an agreement that waits for this person's yes |
//! | `Overdue` | an initiative or a trial whose last day is over, a day for the four views that is past |
//! | `Reply` | an agreement to read, comments or offers of help to answer |
//! | `Season` | what the quarter of the wheel calls for and the unit has not done |
//! | `Begin` | an initiative that should have begun |
//! | `Soon` | a day within the next month |
//! | `Figure` | a figure that moved against the wanted direction and that nobody has assessed |
//! | `Gap` | units without figures, kind or records of their own |
//! | `Draft` | an agreement that is being written |
//! | `Other` | an agreement that waits for somebody else |
//! | `Reminder` | yearly revision, log, end of a period |
//! | `Backup` | a backup that is due |
//!
//! # Invariants
//!
//! * An agenda must never be empty while something in the table above waits. Only an empty agenda has a suggestion.
//! * Units must never be ranked: they keep the order in which the input gives them.

pub mod facts;
mod followed_units;
mod forums;
mod meetings;
mod own_unit;
mod suggestion;
mod work;

use super::cycle::Cycle;
use super::date::Date;
use super::fractional_index;
use super::id::Id;
use super::missing::{Missing, missing};
use super::package::FeedbackForum;
use super::person::Role;
use facts::AgendaFacts;

/// The agenda of a person on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonAgenda {
    /// The items that wait, the most urgent first.
    pub items: Vec<AgendaItem>,
    /// The information about the person and their unit that the app lacks.
    pub missing: Vec<Missing>,
    /// The sections about the person's own work.
    pub work: Vec<WorkSection>,
    /// A suggestion of something to do; only if there are no items.
    pub suggestion: Option<AgendaLine>,
}

/// Something that waits for the person.
#[derive(Clone, Debug, PartialEq)]
pub struct AgendaItem {
    /// How urgent the item is.
    pub urgency: Urgency,
    /// The day that the item is about.
    pub day: Option<Date>,
    /// The text of the item, and the target of its link.
    pub line: AgendaLine,
}

/// The urgency of an item, the most urgent first. The module's documentation has the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Several people wrote a text differently.
    Choice,
    /// An agreement waits for this person's yes.
    Signature,
    /// The last day of an initiative or a trial is over, or the day for the four views is past.
    Overdue,
    /// An agreement waits to be read, or comments or offers of help wait for an answer.
    Reply,
    /// The quarter of the wheel calls for something that the unit has not done.
    Season,
    /// An initiative should have begun.
    Begin,
    /// The day of the item lies within the next month.
    Soon,
    /// A figure moved against the wanted direction.
    Figure,
    /// Units lack figures, a kind or records of their own.
    Gap,
    /// An agreement is being written.
    Draft,
    /// An agreement waits for somebody else.
    Other,
    /// A reminder of an agreement.
    Reminder,
    /// A backup is due.
    Backup,
}

/// A line of the front page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaLine {
    /// The target of the line; `None` for a line without a link.
    pub target: Option<AgendaTarget>,
    /// The text of the line, in Danish.
    pub text: String,
    /// A reason, a day or a progress, in Danish; may be empty.
    pub detail: String,
}

/// Lines under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkSection {
    /// The heading, in Danish.
    pub heading: String,
    /// The lines, at least one.
    pub lines: Vec<AgendaLine>,
}

/// The target that a line links to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgendaTarget {
    /// The open choices.
    OpenChoices,
    /// The page of files.
    Files,
    /// The agreements of the current unit.
    Agreements,
    /// An agreement.
    Agreement(Id),
    /// A goal of an agreement: the agreement, then the goal.
    Goal(Id, Id),
    /// The midterm status of an agreement; without one, all midterm statuses.
    Midtvejs(Option<Id>),
    /// The conversation of a unit.
    Samtale(Id),
    /// The trials of the current unit.
    Trials,
    /// A trial.
    Trial(Id),
    /// The indicators of the current unit.
    Figures,
    /// An indicator of the current unit.
    Indicator(String),
    /// The figures across units.
    UnitFigures,
    /// The import of figures.
    ImportFigures,
    /// All units.
    Units,
    /// A unit.
    Unit(Id),
    /// The units that the person follows.
    UnitsBelow,
    /// The data package.
    Package,
    /// The editor of the data package.
    PackageEditor,
    /// The answer of a forum on the data package; without one, the choice of a forum.
    Feedback(Option<FeedbackForum>),
    /// A report; without one, the ways to begin one.
    Report(Option<Id>),
    /// The reflections.
    Reflections,
    /// Setting up a workshop.
    Workshops,
    /// The result of a workshop.
    Workshop(Id),
    /// An element of the wheel.
    Element(&'static str),
    /// The foundation.
    Foundation,
    /// The four views in the foundation, with the days on which the unit takes them up.
    FourViews,
}

/// Composes the agenda.
pub fn agenda(facts: &AgendaFacts) -> PersonAgenda {
    let mut items = Vec::new();
    if facts.open_choices > 0 {
        let count = count_in_words(facts.open_choices, "åbent valg", "åbne valg");
        let line =
            AgendaLine::new(AgendaTarget::OpenChoices, "Vælg, hvad der skal stå", format!("{count} mellem ordlyde"));
        items.push(AgendaItem { urgency: Urgency::Choice, day: None, line });
    }
    own_unit::add(&mut items, facts);
    meetings::add(&mut items, facts);
    followed_units::add(&mut items, facts);
    forums::add(&mut items, facts);
    if let Some(changes) = facts.changes_without_backup {
        let changes = count_in_words(changes, "ændring", "ændringer");
        let line = AgendaLine::new(AgendaTarget::Files, "Gem en sikkerhedskopi", format!("{changes} uden kopi"));
        items.push(AgendaItem { urgency: Urgency::Backup, day: None, line });
    }
    let key = |item: &AgendaItem| (item.urgency, item.day.unwrap_or(Date::LAST));
    let items = fractional_index::sorted(items, &|one, other| key(one) < key(other));
    let own_unit = facts.own.as_ref();
    let missing = missing(
        facts.role,
        own_unit.map(|unit| &unit.body),
        own_unit.is_some() || !facts.followed.is_empty() || facts.has_units,
        own_unit.is_some_and(|unit| unit.has_figures),
    );
    let suggestion = items.is_empty().then(|| suggestion::suggestion(facts.role, Cycle::quarter_index(facts.day)));
    PersonAgenda { items, missing, work: work::sections(facts), suggestion }
}

impl AgendaLine {
    /// Creates a line with a link.
    fn new(target: AgendaTarget, text: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { target: Some(target), text: text.into(), detail: detail.into() }
    }
}

/// Returns whether a role makes or follows the agreement of its own unit. `None` is included, because a person without
/// a role may be a leader.
const fn leads(role: Option<Role>) -> bool {
    matches!(role, None | Some(Role::Leader | Role::Head | Role::Director))
}

/// Formats a number with its Danish noun.
fn count_in_words(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// Joins names into a Danish list: up to three names, and the number of the others.
fn names_in_words(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] if names.len() <= 3 => format!("{} og {last}", first.join(", ")),
        [one, two, three, rest @ ..] => format!("{one}, {two}, {three} og {} mere", rest.len()),
        [_, ..] => names.join(", "),
    }
}

/// Capitalises the first letter of a sentence.
fn capitalise(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
