//! The data that a report is composed from.

use crate::domain::aftale::bundle::AgreementBundle;
use crate::domain::aftale::state::AftaleState;
use crate::domain::cycle::Cycle;
use crate::domain::date::Date;
use crate::domain::deviation::Deviation;
use crate::domain::dialogue::Dialogue;
use crate::domain::enhed::EnhedKind;
use crate::domain::id::Id;
use crate::domain::indicator::Group;
use crate::domain::midtvejs::Midtvejsstatus;
use crate::domain::package::Package;
use crate::domain::proevehandling::{Proevehandling, TrialNext};
use crate::domain::prototype::Prototype;
use crate::domain::publish::PublishedSeries;
use crate::domain::samtale::Samtale;
use crate::domain::sorted::SortedMap;
use crate::domain::unit_story::UnitStory;

use super::Rapport;

/// The data that a report is composed from, as it is on this device.
#[derive(Clone, Debug, PartialEq)]
pub struct Sources {
    /// The day on which the report is composed.
    pub today: Date,
    /// The cycle of the report.
    pub cycle: Cycle,
    /// The indicators, grouped under their headings.
    pub groups: Vec<Group>,
    /// The secretariat's package of the cycle, with the positions of the forums.
    pub package: Package,
    /// The units of the report, in reading order.
    pub units: Vec<ReportUnit>,
}

/// The data of a unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportUnit {
    /// The id of the unit.
    pub id: Option<Id>,
    /// The name of the unit.
    pub name: String,
    /// The kind of unit.
    pub kind: Option<EnhedKind>,
    /// The unit one level above.
    pub above: Option<Id>,
    /// The published figures of the unit, by indicator id.
    pub series: SortedMap<String, PublishedSeries>,
    /// The agreement that the report accounts for. See
    /// [`reported_agreements`](super::evaluated::reported_agreements).
    pub agreement: Option<ReportAgreement>,
    /// The midtvejs status of that agreement.
    pub status: Midtvejsstatus,
    /// The new agreement, made in the cycle of the report.
    pub new_agreement: Option<ReportAgreement>,
    /// The dialogues about the unit's figures, with their ids, released or not.
    pub dialogues: Vec<(Id, Dialogue)>,
    /// The conversation of the cycle, with its id.
    pub samtale: Option<(Id, Samtale)>,
    /// The trials of the unit, with their ids.
    pub trials: Vec<(Id, Proevehandling)>,
    /// The positive deviations of the unit, with their ids, shared or not.
    pub deviations: Vec<(Id, Deviation)>,
    /// The prototypes of the unit, with their ids.
    pub prototypes: Vec<(Id, Prototype)>,
    /// The stories that the unit tells, with their ids, shared or not.
    pub stories: Vec<(Id, UnitStory)>,
}

/// An agreement as a source of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportAgreement {
    /// The id of the agreement.
    pub id: Id,
    /// The agreement with its goals.
    pub bundle: AgreementBundle,
    /// The state of the agreement.
    pub state: AftaleState,
    /// Whether both parties have agreed to a version.
    pub is_agreed: bool,
}

/// A text that could become a good story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryCandidate {
    /// The record that the text is in.
    pub origin: Id,
    /// The proposed title; may be empty.
    pub title: String,
    /// The text.
    pub text: String,
    /// The name of the unit.
    pub place: String,
}

impl Sources {
    /// Lists texts that could become good stories and are not in the report yet.
    ///
    /// These are the texts that units share in their midtvejs status, the stories that they share, and trials that they
    /// want to scale up.
    pub fn stories(&self, report: &Rapport) -> Vec<StoryCandidate> {
        let is_used = |origin: &Id| report.stories.values().any(|story| story.origin.as_ref() == Some(origin));
        let mut found = Vec::new();
        for unit in &self.units {
            let mut add = |origin: Option<Id>, title: &str, text: &str| {
                if let Some(origin) = origin.filter(|origin| !text.trim().is_empty() && !is_used(origin)) {
                    let (title, text) = (title.trim().to_owned(), text.trim().to_owned());
                    found.push(StoryCandidate { origin, title, text, place: unit.name.clone() });
                }
            };
            let status = unit.agreement.as_ref().and_then(|agreement| Midtvejsstatus::id(&agreement.id));
            add(status, "", unit.status.shares.as_str());
            for (id, story) in unit.stories.iter().filter(|(_, story)| story.is_shared()) {
                add(Some(id.clone()), story.title.as_str(), story.text.as_str());
            }
            for (id, trial) in unit.trials.iter().filter(|(_, trial)| trial.next == Some(TrialNext::Scale)) {
                let texts = [trial.learned.as_str(), trial.happened.as_str(), trial.idea.as_str()];
                let text = texts.into_iter().find(|text| !text.trim().is_empty()).unwrap_or_default();
                add(Some(id.clone()), trial.title.as_str(), text);
            }
        }
        found
    }
}
