//! A table with its mapping. The mapping of a table is remembered for later tables with the same headings.

use std::rc::Rc;

use leptos::prelude::*;
use workbook::message::WorkbookSheet;

use crate::domain::cpr;
use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::series::Series;
use crate::exchange::table::dry_run::{DryRun, DryRunWork, KnownSeries, NameMeaning, NameMeanings};
use crate::exchange::table::layout::{ColumnRole, Layout};
use crate::exchange::table::rows::{ReadRows, RowReader};
use crate::exchange::table::{Cells, normalize_name};
use crate::store::pause::TimeSlices;

use super::TableImport;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;

/// Number of rows or figures processed in one slice.
const SLICE: usize = 100;

/// A sheet of a file with its mapping.
#[derive(Clone)]
pub(crate) struct MappedTable {
    /// The file's name.
    pub(crate) name: String,
    /// The file's sheets.
    sheets: Rc<Vec<WorkbookSheet>>,
    /// The index of the chosen sheet.
    pub(crate) sheet: usize,
    /// The roles of the columns.
    pub(crate) layout: Layout,
    /// The meanings of names that are not known here.
    pub(crate) meanings: NameMeanings,
}

impl MappedTable {
    /// Returns the cells of the chosen sheet.
    pub(crate) fn cells(&self) -> &Cells {
        &self.sheets[self.sheet].cells
    }
}

/// The rows read from a table, and what importing them would change.
pub(crate) struct DryRunResult {
    pub(crate) rows: ReadRows,
    pub(crate) dry_run: DryRun,
}

/// Returns the indicators that a table can name.
pub(crate) fn indicators(app: AppContext) -> Vec<Indicator> {
    let unit = untrack(|| app.unit()).or_else(|| Id::parse("ingen"));
    let groups = unit.map(|unit| untrack(|| queries::figures::indicator_groups(app, &unit))).unwrap_or_default();
    groups.into_iter().flat_map(|group| group.indicators).collect()
}

/// Returns the units that a table can name, archived ones too: id, name, and institution number.
pub(crate) fn units(app: AppContext) -> Vec<(Id, String, String)> {
    let units = untrack(|| app.units_and_archived());
    units
        .into_iter()
        .map(|(name, id)| {
            let number = untrack(|| app.body::<Enhed>(Some(&id))).institution_number.0;
            (id, name, number)
        })
        .collect()
}

/// Returns the sheet at `index` with the mapping remembered for its headings, or with a guessed mapping.
pub(crate) fn with_remembered_mapping(
    app: AppContext,
    name: String,
    sheets: &Rc<Vec<WorkbookSheet>>,
    index: usize,
) -> MappedTable {
    let cells = &sheets[index].cells;
    let (units, indicators) = (units(app), indicators(app));
    let unit_names: Vec<String> = units.iter().map(|(_, name, _)| normalize_name(name)).collect();
    let indicator_names: Vec<String> = indicators.iter().map(|indicator| normalize_name(&indicator.name)).collect();
    let mut layout = Layout::guess(cells, &unit_names, &indicator_names);
    let mut meanings = NameMeanings::default();
    let signature = layout.signature(cells);
    let remembered = app.person.with_untracked(|person| {
        person.tables.iter().find(|(known_signature, _)| *known_signature == signature).map(|(_, text)| text.clone())
    });
    if let Some((roles, remembered_meanings)) =
        remembered.and_then(|text| serde_json::from_str::<(Vec<ColumnRole>, NameMeanings)>(&text).ok())
    {
        if roles.len() == layout.roles.len() {
            layout.roles = roles;
        }
        meanings = remembered_meanings;
        // A remembered unit may have been merged with another since.
        for (_, meaning) in &mut meanings.units {
            if let NameMeaning::Known(unit) = meaning {
                *unit = untrack(|| app.workspace.representative_id(unit));
            }
        }
    }
    MappedTable { name, sheets: Rc::clone(sheets), sheet: index, layout, meanings }
}

/// Remembers the mapping for later tables with the same headings. At most 20 mappings are kept.
///
/// A mapping with a CPR number must never be kept. Headings are masked; a mapping, new or old, that contains a number
/// elsewhere is dropped.
pub(crate) fn remember(app: AppContext, table: &MappedTable) {
    let signature = table.layout.signature(table.cells());
    let text = serde_json::to_string(&(&table.layout.roles, &table.meanings)).unwrap_or_default();
    app.change_person(|person| {
        person.tables.retain(|(known_signature, _)| *known_signature != signature);
        person.tables.push((signature, text));
        let is_clean = |text: &str| cpr::find_whole_words(text).is_empty();
        person.tables.retain(|(known_signature, text)| is_clean(known_signature) && is_clean(text));
        let surplus = person.tables.len().saturating_sub(20);
        person.tables.drain(..surplus);
    });
}

impl TableImport {
    /// Reads the rows of a table and computes what importing them would change. `None` if the job was stopped.
    pub(crate) async fn compute_dry_run(self, table: &MappedTable, pauses: &mut TimeSlices) -> Option<DryRunResult> {
        let app = self.app;
        let mut reader = RowReader::begin(table.cells(), &table.layout);
        while reader.read_some(SLICE) {
            self.continue_job(pauses, reader.progress()).await?;
        }
        let rows = reader.finish();
        let (indicators, units) = (indicators(app), units(app));
        let series = |unit: &Id, indicator: &str| {
            let record = app.workspace.record(&queries::figures::series_id(unit, indicator)?)?;
            record.with_untracked(|record| record.view::<Series>().ok())
        };
        let known = KnownSeries { units: &units, indicators: &indicators, series: &series };
        let mut work = DryRunWork::begin(&rows, &known, &table.meanings);
        while work.run_some(SLICE) {
            self.continue_job(pauses, work.progress()).await?;
        }
        let dry_run = work.finish();
        Some(DryRunResult { rows, dry_run })
    }
}
