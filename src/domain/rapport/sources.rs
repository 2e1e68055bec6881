//! What a report is composed from.

use crate::domain::aftale::state::AftaleState;
use crate::domain::aftale::whole::AgreementBundle;
use crate::domain::date::Date;
use crate::domain::enhed::EnhedKind;
use crate::domain::id::Id;
use crate::domain::indicator::Group;
use crate::domain::midtvejs::Midtvejsstatus;
use crate::domain::proevehandling::{Proevehandling, TrialNext};
use crate::domain::publish::PublishedSeries;
use crate::domain::samtale::Samtale;
use crate::domain::sorted::SortedMap;

use super::Rapport;

/// What a report is composed from, as it is here.
#[derive(Clone, Debug, PartialEq)]
pub struct Sources {
    /// The day it is composed on.
    pub today: Date,
    /// The indicators under their headings.
    pub groups: Vec<Group>,
    /// The themes that the cycle was given, in their order: each with its name, and why it was chosen.
    pub themes: Vec<(Id, String, String)>,
    /// The units it is of, in the order they are read.
    pub units: Vec<Unit>,
}

/// What is known of a unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unit {
    /// Its id.
    pub id: Option<Id>,
    /// What it is called.
    pub name: String,
    /// What kind of unit it is.
    pub kind: Option<EnhedKind>,
    /// The unit above it.
    pub above: Option<Id>,
    /// Its figures as they may be published, by the indicators' ids.
    pub series: SortedMap<String, PublishedSeries>,
    /// Its newest agreement.
    pub agreement: Option<ReportAgreement>,
    /// The status halfway through that.
    pub status: Midtvejsstatus,
    /// Its conversation of the cycle.
    pub samtale: Option<(Id, Samtale)>,
    /// Its trials.
    pub trials: Vec<(Id, Proevehandling)>,
}

/// An agreement.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportAgreement {
    /// Its id.
    pub id: Id,
    /// All of it.
    pub whole: AgreementBundle,
    /// How far it is.
    pub state: AftaleState,
    /// Whether a version of it was agreed to.
    pub is_agreed: bool,
}

/// Words that could become a good story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportPattern {
    /// The record they stand in.
    pub origin: Id,
    /// What it could be called.
    pub title: String,
    /// The words.
    pub text: String,
    /// Whose they are.
    pub place: String,
}

impl Sources {
    /// What units have told that could become a good story, and has not yet: what they share in their status, and trials
    /// that they want more of.
    pub fn stories(&self, report: &Rapport) -> Vec<ReportPattern> {
        let is_taken = |origin: &Id| report.stories.values().any(|story| story.origin.as_ref() == Some(origin));
        let mut found = Vec::new();
        for unit in &self.units {
            let mut add = |origin: Option<Id>, title: &str, text: &str| {
                if let Some(origin) = origin.filter(|origin| !text.trim().is_empty() && !is_taken(origin)) {
                    let (title, text) = (title.trim().to_owned(), text.trim().to_owned());
                    found.push(ReportPattern { origin, title, text, place: unit.name.clone() });
                }
            };
            let status = unit.agreement.as_ref().and_then(|agreement| Midtvejsstatus::id(&agreement.id));
            add(status, "", unit.status.shares.as_str());
            for (id, trial) in unit.trials.iter().filter(|(_, trial)| trial.next == Some(TrialNext::Scale)) {
                let words = [trial.learned.as_str(), trial.happened.as_str(), trial.idea.as_str()];
                let words = words.into_iter().find(|words| !words.trim().is_empty()).unwrap_or_default();
                add(Some(id.clone()), trial.title.as_str(), words);
            }
        }
        found
    }
}
