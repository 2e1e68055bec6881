//! The input of the agenda: the person, the day, and the records of the units that concern the person.

use crate::domain::aftale::Party;
use crate::domain::aftale::bundle::AgreementBundle;
use crate::domain::aftale::moment::{AftaleMoment, moment};
use crate::domain::aftale::state::{AftaleState, AgreementStatus};
use crate::domain::cycle::Cycle;
use crate::domain::date::Date;
use crate::domain::enhed::{Enhed, Level};
use crate::domain::fundament;
use crate::domain::id::Id;
use crate::domain::measure::Wanted;
use crate::domain::meeting::MeetingDecision;
use crate::domain::midtvejs::Midtvejsstatus;
use crate::domain::package::Package;
use crate::domain::person::Role;
use crate::domain::proevehandling::Proevehandling;
use crate::domain::progress::WheelProgress;
use crate::domain::samtale::Samtale;
use crate::domain::series_analysis::{SeriesAnalysis, Trend};
use crate::domain::syn_review::SynReview;

/// Everything that the agenda is composed from.
#[derive(Clone, Debug, PartialEq)]
pub struct AgendaFacts {
    /// The role of the person, if it is known.
    pub role: Option<Role>,
    /// The day that the agenda is composed for.
    pub day: Date,
    /// The level of leader that the pages are written for; `None` if unknown.
    pub level: Option<Level>,
    /// The unit that the person works in.
    pub own: Option<UnitFacts>,
    /// The other units that the person follows, in the order of their names. Empty for a role that follows none.
    pub followed: Vec<UnitFacts>,
    /// What the meeting about the midterm statuses brought the person's unit.
    pub meeting: MeetingFacts,
    /// The trials of the person's unit and those of no unit.
    pub trials: Vec<(Id, Proevehandling)>,
    /// Whether there are units at all.
    pub has_units: bool,
    /// The data package of the current cycle.
    pub package: Package,
    /// The newest report on all units.
    pub report: Option<ReportFacts>,
    /// The results of workshops, the newest first: id, title and day.
    pub workshops: Vec<(Id, String, Option<Date>)>,
    /// How many figures of the followed units changed, by group of indicators.
    pub change_counts: Vec<ChangeCounts>,
    /// The names of the files that were opened last, each with the day, the newest first.
    pub files: Vec<(String, Date)>,
    /// The number of open choices.
    pub open_choices: usize,
    /// The number of changes since the last backup, if a backup is due.
    pub changes_without_backup: Option<usize>,
}

/// What a meeting brought a unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MeetingFacts {
    /// The names of the units whose offers of help the unit has not answered, in the order of the offers.
    pub offers: Vec<String>,
    /// The decisions about the unit or all units, in their order.
    pub decisions: Vec<(Id, MeetingDecision)>,
}

/// The report of a cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFacts {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// The cycle that it is about.
    pub cycle: Cycle,
    /// The day on which it became final.
    pub finished: Option<Date>,
}

/// A unit with the records that belong to it.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitFacts {
    /// The id of the unit.
    pub id: Id,
    /// The name of the unit.
    pub name: String,
    /// The unit.
    pub body: Enhed,
    /// Its progress through the current cycle.
    pub progress: WheelProgress,
    /// Its conversation in the current cycle.
    pub samtale: Samtale,
    /// When it takes up the four views again.
    pub syn_review: SynReview,
    /// Its agreements, the newest first.
    pub agreements: Vec<AgreementFacts>,
    /// Its indicators that have figures.
    pub figures: Vec<FigureFacts>,
    /// Whether it has figures on any indicator.
    pub has_figures: bool,
    /// Whether there are records of the unit's own work: an agreement, a conversation, a trial.
    pub has_own_records: bool,
}

/// An agreement with its midterm status.
#[derive(Clone, Debug, PartialEq)]
pub struct AgreementFacts {
    /// The id of the agreement.
    pub id: Id,
    /// The agreement with its goals.
    pub bundle: AgreementBundle,
    /// The party of the agreement that the person is, if any.
    pub party: Option<Party>,
    /// The midterm status, if it was begun.
    pub midtvejs: Option<Midtvejsstatus>,
}

/// The figures of an indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureFacts {
    /// The analysis of the figures on the day.
    pub analysis: SeriesAnalysis,
    /// Whether the latest figure has an assessment.
    pub has_assessment: bool,
}

/// How many figures of a group of indicators changed, counted over units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeCounts {
    /// The name of the group: a pejlemærke, economy or staff.
    pub name: String,
    /// The number of figures that moved in the wanted direction.
    pub better: usize,
    /// The number of figures that moved against the wanted direction.
    pub worse: usize,
    /// The number of figures that did not move, or whose change chance can explain.
    pub unsure: usize,
}

/// The direction in which the latest figure moved, compared with the wanted direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeDirection {
    /// In the wanted direction.
    Better,
    /// Against the wanted direction.
    Worse,
    /// Unchanged, or a change that chance can explain.
    Unsure,
}

impl ChangeDirection {
    /// Returns the direction of the latest change; `None` if the latest figure cannot be compared with an earlier one.
    pub fn of(analysis: &SeriesAnalysis) -> Option<Self> {
        let change = analysis.change()?;
        Some(match (change.trend, analysis.indicator.wanted) {
            (Trend::Level, _) => Self::Unsure,
            _ if change.may_be_chance == Some(true) => Self::Unsure,
            (Trend::Up, Wanted::Up) | (Trend::Down, Wanted::Down) => Self::Better,
            _ => Self::Worse,
        })
    }
}

impl ChangeCounts {
    /// Counts the latest change of an indicator of a unit.
    pub fn count(&mut self, analysis: &SeriesAnalysis) {
        match ChangeDirection::of(analysis) {
            Some(ChangeDirection::Better) => self.better += 1,
            Some(ChangeDirection::Worse) => self.worse += 1,
            Some(ChangeDirection::Unsure) => self.unsure += 1,
            None => {}
        }
    }
}

impl AgendaFacts {
    /// Creates the facts of a person about whom nothing is known.
    pub fn new(day: Date) -> Self {
        Self {
            role: None,
            day,
            level: None,
            own: None,
            followed: Vec::new(),
            meeting: MeetingFacts::default(),
            trials: Vec::new(),
            has_units: false,
            package: Package::default(),
            report: None,
            workshops: Vec::new(),
            files: Vec::new(),
            change_counts: Vec::new(),
            open_choices: 0,
            changes_without_backup: None,
        }
    }
}

impl UnitFacts {
    /// Creates the facts of a unit of which only the id and the name are known.
    pub fn new(id: Id, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            body: Enhed { name: name.into(), ..Enhed::default() },
            progress: WheelProgress::default(),
            samtale: Samtale::default(),
            syn_review: SynReview::default(),
            agreements: Vec::new(),
            figures: Vec::new(),
            has_figures: false,
            has_own_records: false,
        }
    }

    /// Returns the step of the process that the day calls for in this unit.
    pub(super) fn moment(&self, day: Date, level: Option<Level>) -> AftaleMoment {
        let is_done = |element: &str| self.progress.is_done(element);
        fundament::present_at_hand().map_or(AftaleMoment::Work, |edition| moment(edition, day, level, is_done))
    }

    /// Returns the agreement that comes into force in the cycle of a day, or that has no first day.
    pub(super) fn agreement_of_cycle(&self, day: Date) -> Option<&AgreementFacts> {
        let starts = |agreement: &&AgreementFacts| agreement.bundle.head.period.and_then(|span| span.from);
        let is_of_cycle = |agreement: &&AgreementFacts| match starts(agreement) {
            Some(from) => Cycle::of(from) == Cycle::of(day),
            // An agreement without days may be the one that is being written.
            None => agreement.status().state != AftaleState::Closed,
        };
        self.agreements.iter().find(is_of_cycle)
    }
}

impl AgreementFacts {
    /// Returns the status of the agreement.
    pub(super) fn status(&self) -> AgreementStatus {
        self.bundle.head.status(self.bundle.open_comments)
    }
}
