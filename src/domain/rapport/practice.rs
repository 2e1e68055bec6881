//! Practice that may be in a report: what a unit has found to work, and what it changes and tries again.

use crate::domain::deviation::Deviation;
use crate::domain::id::Id;
use crate::domain::practice::Practice;
use crate::domain::proevehandling::Proevehandling;
use crate::domain::prototype::Prototype;

use super::compose::{ItemContent, non_empty_lines};
use super::sources::{ReportUnit, Sources};

/// A text with its label.
type LabelledText = (&'static str, String);

/// Returns the practice of the units: id, title, whether it is proposed for the report, and content. What works is
/// proposed: trials to be scaled up, prototypes that stand, and positive deviations that the unit shares.
pub(super) fn practice(sources: &Sources) -> Vec<(Id, String, bool, ItemContent)> {
    let mut found = Vec::new();
    for unit in &sources.units {
        for (view, lines) in practice_of_unit(unit, sources) {
            if view.may_be_reported() && !lines.is_empty() {
                let is_proposed = view.is_found_to_work();
                found.push((view.id, view.title, is_proposed, ItemContent::Texts { by: unit.name.clone(), lines }));
            }
        }
    }
    found
}

/// Returns the practice of a unit, each with what is written about it.
fn practice_of_unit(unit: &ReportUnit, sources: &Sources) -> Vec<(Practice, Vec<LabelledText>)> {
    let today = sources.today;
    let trials = unit.trials.iter().map(|(id, body)| (Practice::of_trial(id.clone(), body, today), trial_lines(body)));
    let prototypes = unit
        .prototypes
        .iter()
        .map(|(id, body)| (Practice::of_prototype(id.clone(), body, today), prototype_lines(body)));
    let deviations =
        unit.deviations.iter().map(|(id, body)| (Practice::of_deviation(id.clone(), body), deviation_lines(body)));
    trials.chain(prototypes).chain(deviations).collect()
}

fn trial_lines(trial: &Proevehandling) -> Vec<LabelledText> {
    non_empty_lines([
        ("Vi prøvede", trial.idea.0.clone()),
        ("Det skete", trial.happened.0.clone()),
        ("Det lærte vi", trial.learned.0.clone()),
        ("Inspiration", trial.credit.0.clone()),
    ])
}

fn prototype_lines(prototype: &Prototype) -> Vec<LabelledText> {
    let current = prototype.current_version().cloned().unwrap_or_default();
    non_empty_lines([
        ("Det skulle den løse", prototype.need.0.clone()),
        ("Sådan er den nu", current.text.0),
        ("Det ændrede vi", current.change.0),
        ("Det skete", current.outcome.0),
        ("Inspiration", prototype.credit.0.clone()),
    ])
}

fn deviation_lines(deviation: &Deviation) -> Vec<LabelledText> {
    non_empty_lines([
        ("Her virker det", deviation.place.0.clone()),
        ("Det gør de", deviation.practice.0.clone()),
        ("Derfor tror vi, det virker", deviation.reason.0.clone()),
        ("Det kan prøves andre steder", deviation.elsewhere.0.clone()),
        ("Inspiration", deviation.credit.0.clone()),
    ])
}
