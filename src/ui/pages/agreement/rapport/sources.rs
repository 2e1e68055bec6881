//! Reads the records that a report is composed from.

use leptos::prelude::Get as _;

use crate::domain::deviation::Deviation;
use crate::domain::dialogue::Dialogue;
use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::domain::midtvejs::Midtvejsstatus;
use crate::domain::package::Package;
use crate::domain::proevehandling::Proevehandling;
use crate::domain::prototype::Prototype;
use crate::domain::rapport::evaluated::{AgreementDates, reported_agreements};
use crate::domain::rapport::sources::{ReportAgreement, ReportUnit, Sources};
use crate::domain::registry::{Kind, RegisteredBody};
use crate::domain::samtale::Samtale;
use crate::domain::sorted::SortedMap;
use crate::domain::unit_story::UnitStory;
use crate::record::Record;
use crate::record::life::Life;
use crate::record::path::Path;

use super::RapportContext;
use crate::ui::pages::agreement::aftale::{AftaleContext, agreements_of_unit};
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;
use crate::ui::state::queries::agreements;

/// Reads everything in this browser about the units of the report: the package, figures, dialogues, agreements,
/// conversations, practice, stories.
pub(crate) fn sources(ctx: &RapportContext) -> Sources {
    let app = ctx.app;
    let (groups, units) = match &ctx.unit {
        Some(unit) => (queries::figures::indicator_groups(app, unit), vec![unit.clone()]),
        None => (queries::figures::common_groups(app), app.units().into_iter().map(|(_, id)| id).collect()),
    };
    let is_about_all_units = ctx.unit.is_none();
    let mut dialogues = dialogues_by_unit(app);
    let units = units.into_iter().map(|id| {
        let body: Enhed = app.body(Some(&id));
        let above = body.above.map(|above| app.workspace.representative_id(&above));
        let mut unit = ReportUnit { name: body.name.0, kind: body.kind, above, ..ReportUnit::default() };
        for indicator in groups.iter().flat_map(|group| &group.indicators) {
            let series = queries::figures::published_series(app, &id, &indicator.id);
            if series.has_figures() {
                unit.series.insert(indicator.id.clone(), series);
            }
        }
        unit.dialogues = dialogues.remove(&app.workspace.representative_id(&id)).unwrap_or_default();
        add_records(ctx, &id, &mut unit);
        unit.id = Some(id);
        unit
    });
    // The person who writes the report often belongs to a unit without anything to report.
    let units = units.filter(|unit| !is_about_all_units || has_content(unit)).collect();
    let package: Package = app.body(Package::id(ctx.cycle).as_ref());
    Sources { today: app.today.get(), cycle: ctx.cycle, groups, package, units }
}

/// Returns the dialogues about figures, with their ids, by unit.
fn dialogues_by_unit(app: AppContext) -> SortedMap<Id, Vec<(Id, Dialogue)>> {
    let workspace = app.workspace;
    let mut dialogues: SortedMap<Id, Vec<(Id, Dialogue)>> = SortedMap::new();
    // Of merged units the joined dialogues are shown under the id of the representative.
    for id in workspace.ids(Kind::Dialogue).into_iter().filter(|id| workspace.representative_id(id) == *id) {
        let Some(record) = workspace.get_unless_deleted(&id) else { continue };
        let Ok(mut dialogue) = record.view::<Dialogue>() else { continue };
        if is_disputed(&record, &Path::root("released")) {
            dialogue.released = None;
        }
        if let Some((unit, _)) = dialogue.about() {
            dialogues.get_or_default(workspace.representative_id(&unit)).push((id, dialogue));
        }
    }
    dialogues
}

/// Adds the agreements, midterm status, conversation, practice and stories of a unit.
fn add_records(ctx: &RapportContext, id: &Id, unit: &mut ReportUnit) {
    let app: AppContext = ctx.app;
    let found = agreements_of_unit(app, id);
    let status_of = |aftale: &AftaleContext| app.body::<Midtvejsstatus>(Midtvejsstatus::id(&aftale.id).as_ref());
    let dates: Vec<AgreementDates> = found
        .iter()
        .map(|aftale| {
            let head = agreements::head(aftale);
            let is_agreed = !head.status(0).agreed.is_empty();
            AgreementDates { period: head.period, is_agreed, status_finished: status_of(aftale).finished }
        })
        .collect();
    let (evaluated, new) = reported_agreements(ctx.cycle, &dates);
    if let Some(aftale) = evaluated.and_then(|index| found.get(index)) {
        unit.status = status_of(aftale);
        unit.agreement = Some(report_agreement(aftale));
    }
    unit.new_agreement = new.and_then(|index| found.get(index)).map(report_agreement);
    unit.samtale = Samtale::id(id, ctx.cycle).and_then(|samtale_id| {
        let record = app.workspace.get_unless_deleted(&samtale_id)?;
        let mut samtale: Samtale = record.view().ok()?;
        for (topic_id, topic) in samtale.topics.iter_mut() {
            if is_disputed(&record, &Path::root("topics").child(topic_id.as_str()).child("released")) {
                topic.released = None;
            }
        }
        Some((samtale_id, samtale))
    });
    unit.trials = children(app, id, |trial: &mut Proevehandling| trial.shared = None);
    unit.deviations = children(app, id, |deviation: &mut Deviation| deviation.shared = None);
    unit.prototypes = children(app, id, |prototype: &mut Prototype| prototype.shared = None);
    unit.stories = children(app, id, |story: &mut UnitStory| story.shared = None);
}

/// Reads the living records of a kind that belong to a unit, with their ids. `withdraw` takes back that a record is
/// shared, where two people disagree about it.
fn children<B: RegisteredBody>(app: AppContext, unit: &Id, withdraw: fn(&mut B)) -> Vec<(Id, B)> {
    let read = |record: Record| {
        let mut body: B = record.view().ok()?;
        if is_disputed(&record, &Path::root("shared")) {
            withdraw(&mut body);
        }
        Some((record.id().clone(), body))
    };
    agreements::children_of(app.workspace, B::KIND, unit, Life::Living).into_iter().filter_map(read).collect()
}

/// Returns whether two people disagree about a leaf. While they disagree about a release, nothing is released, as in
/// files ([`crate::exchange::release`]).
fn is_disputed(record: &Record, path: &Path) -> bool {
    record.leaf(path).is_some_and(|leaf| leaf.wordings().len() > 1)
}

/// Reads an agreement with its goals and its state.
fn report_agreement(aftale: &AftaleContext) -> ReportAgreement {
    let bundle = agreements::bundle(aftale);
    let status = bundle.head.status(bundle.open_comments);
    let is_agreed = !status.agreed.is_empty();
    ReportAgreement { id: aftale.id.clone(), bundle, state: status.state, is_agreed }
}

fn has_content(unit: &ReportUnit) -> bool {
    let has_agreement = unit.agreement.is_some() || unit.new_agreement.is_some();
    let has_practice = !unit.trials.is_empty() || !unit.deviations.is_empty() || !unit.prototypes.is_empty();
    let has_words = unit.samtale.is_some() || has_practice || !unit.stories.is_empty();
    has_agreement || !unit.series.is_empty() || has_words
}
