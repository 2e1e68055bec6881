//! Writes the figures of a table to records, and undoes the import.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::domain::cpr;
use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::domain::indicator::{self, Indicator, OwnIndicator};
use crate::domain::measure::Measure;
use crate::domain::series::Series;
use crate::exchange::table::dry_run::{CellStatus, DryRunCell, observation};
use crate::exchange::table::normalize_name;
use crate::record::edit::Focus;
use crate::record::undo_stack::UndoDirection;

use super::table::{MappedTable, indicators, remember};
use super::{TableImport, TableStage};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button};
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;
use crate::ui::state::workspace::{UndoResult, left_alone_message};

/// The result of an import.
#[derive(Clone)]
pub(crate) enum ApplyOutcome {
    /// The number of figures written, how many of them are out of range, and the number of the action, by which it can
    /// be undone.
    Imported(usize, usize, u64),
    /// The import was undone: a sentence in Danish that also names what was not undone.
    Undone(String),
}

impl TableImport {
    /// Writes the figures as one action and shows the report. `count` is the number of new and changed figures.
    pub(crate) fn apply(self, table: &MappedTable, items: &[DryRunCell], count: usize) {
        let workspace = self.app.workspace;
        remember(self.app, table);
        let out_of_range = write_figures(self.app, items, &table.name, &indicators(self.app));
        let action = workspace.rename_last_action(format!("hentede tal fra «{}»", cpr::mask_all(&table.name)));
        workspace.save_now();
        self.stage.set(TableStage::Applied(ApplyOutcome::Imported(count, out_of_range, action)));
    }

    /// Builds the report, with a button to undo the import.
    pub(crate) fn report(self, outcome: ApplyOutcome) -> BuiltView {
        let (count, out_of_range, action) = match outcome {
            ApplyOutcome::Imported(count, out_of_range, action) => (count, out_of_range, action),
            ApplyOutcome::Undone(message) => {
                return markup!(r#"<section class="report" role="status"><p>{}</p></section>"#, message);
            }
        };
        let undo = move || {
            let message = match self.app.workspace.undo_or_redo(UndoDirection::Number(action)) {
                UndoResult::NothingToUndo => "Det er allerede fortrudt.".to_owned(),
                UndoResult::Done(skipped) if skipped.is_empty() => {
                    "Det er fortrudt. Alt er, som det var før filen.".to_owned()
                }
                UndoResult::Done(skipped) => format!("Det er fortrudt. {}", left_alone_message(&skipped)),
                UndoResult::Failed => return,
            };
            self.stage.set(TableStage::Applied(ApplyOutcome::Undone(message)));
        };
        let waits = (out_of_range > 0).then(|| {
            let count = out_of_range.to_string();
            markup!(
                "<p><strong>{}</strong> tal ligger uden for det mulige og venter på svar ved indikatoren.</p>",
                count
            )
        });
        markup!(
            r##"
            <section class="report" role="status">
                <h2>Tallene er hentet ind</h2>
                <p><strong>{}</strong> tal er skrevet. Du kan fortryde det hele.</p>
                {}
                <p><a href="#/indikatorer">Se indikatorerne</a></p>
                {}
            </section>"##,
            count.to_string(),
            waits,
            button("Fortryd det hele", undo)
        )
    }
}

/// Writes new and changed figures. Creates the units and indicators that the user chose to create. Returns the number
/// of written figures that are out of range.
fn write_figures(app: AppContext, items: &[DryRunCell], file: &str, indicators: &[Indicator]) -> usize {
    let workspace = app.workspace;
    let source = cpr::mask_all(file);
    let possible = possible_measures(items);
    let (mut created_units, mut created_indicators) = (BTreeMap::new(), BTreeMap::new());
    let mut by_series: BTreeMap<(Id, String), Vec<&DryRunCell>> = BTreeMap::new();
    for item in items.iter().filter(|item| matches!(item.status, CellStatus::New | CellStatus::Changed)) {
        let unit = item.unit.clone().unwrap_or_else(|name| {
            created_id(&mut created_units, &name, |id| {
                workspace.create(id, &Enhed { name: cpr::mask_all(&name).as_str().into(), ..Enhed::default() });
            })
        });
        let indicator = item.indicator.clone().unwrap_or_else(|name| {
            created_id(&mut created_indicators, &name, |id| {
                let masked_name = cpr::mask_all(&name);
                let measure = Some(measure_of(&name, &possible));
                workspace.create(
                    id,
                    &OwnIndicator { name: masked_name.as_str().into(), measure, ..OwnIndicator::default() },
                );
            })
        });
        by_series.entry((unit, indicator.to_string())).or_default().push(item);
    }
    let today = app.today.get_untracked();
    let measures: BTreeMap<&str, Measure> =
        indicators.iter().map(|indicator| (indicator.id.as_str(), indicator.measure)).collect();
    let mut out_of_range = 0;
    for ((unit, indicator), items) in by_series {
        let Some(id) = queries::figures::series_id(&unit, &indicator) else { continue };
        let measure = measures.get(&*indicator).copied();
        let measure = measure.unwrap_or_else(|| measure_of(&items[0].row.indicator, &possible));
        queries::figures::ensure_series(app, &unit, &indicator);
        let range = indicator::range(&indicator, measure);
        workspace.edit::<Series>(&id, &mut Focus::default(), |series| {
            for item in items {
                let observation = observation(item, measure, &source, today);
                out_of_range += usize::from(observation.value.is_some() && observation.counted(range).is_none());
                series.observations.insert(item.row.period, observation);
            }
        });
    }
    out_of_range
}

/// Returns the id created for a name. Calls `create` with a new id if there is none yet.
fn created_id(created_ids: &mut BTreeMap<String, Id>, name: &str, create: impl FnOnce(Id)) -> Id {
    let create_with_new_id = || {
        let id = platform::ids::new_id();
        create(id.clone());
        id
    };
    created_ids.entry(normalize_name(name)).or_insert_with(create_with_new_id).clone()
}

/// Returns, for the plain name of each indicator, whether all of its figures could be percentages, and whether any of
/// them could be an index from 1 to 5.
fn possible_measures(items: &[DryRunCell]) -> BTreeMap<String, (bool, bool)> {
    let mut names = BTreeMap::new();
    for item in items {
        let Some(figure) = item.row.value else { continue };
        let (is_percent, is_index) = names.entry(normalize_name(&item.row.indicator)).or_insert((true, false));
        *is_percent &= (0.0..=100.0).contains(&figure);
        *is_index |= (1.0..=5.0).contains(&figure);
    }
    names
}

/// Guesses the measure of an unknown indicator from its name and its figures. An index of another scale is a number,
/// since each of its figures would be asked about otherwise.
fn measure_of(name: &str, possible: &BTreeMap<String, (bool, bool)>) -> Measure {
    let name = normalize_name(name);
    let (could_be_percent, could_be_index) = possible.get(&name).copied().unwrap_or((true, true));
    match () {
        () if name.contains("procent") || name.contains('%') || name.contains("andel") => Measure::Percent,
        () if name.contains("indeks") && could_be_index => Measure::Index,
        () if name.contains("indeks") => Measure::Number,
        () if name.contains("mio") => Measure::MillionKroner,
        () if name.contains("dage") => Measure::Days,
        () if could_be_percent => Measure::Percent,
        () => Measure::Number,
    }
}
