//! A table, and what was agreed on of it: now, or the last time one had its headings.

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
use crate::exchange::table::{Cells, plain};
use crate::store::pause::Pauses;

use super::TableImport;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;

/// How many rows and figures are looked at before the clock is.
const SOME: usize = 100;

/// A table, and what was agreed on of it.
#[derive(Clone)]
pub(crate) struct MappedTable {
    /// The file's name.
    pub(crate) name: String,
    /// The file's sheets, and which of them it is.
    sheets: Rc<Vec<WorkbookSheet>>,
    pub(crate) sheet: usize,
    pub(crate) layout: Layout,
    pub(crate) meant: NameMeanings,
}

impl MappedTable {
    pub(crate) fn cells(&self) -> &Cells {
        &self.sheets[self.sheet].cells
    }
}

/// What a table says, and what it would bring.
pub(crate) struct Found {
    pub(crate) read: ReadRows,
    pub(crate) run: DryRun,
}

/// The indicators that a table can mean.
pub(crate) fn indicators(desk: AppContext) -> Vec<Indicator> {
    let unit = untrack(|| desk.unit()).or_else(|| Id::parse("ingen"));
    let groups = unit.map(|unit| untrack(|| queries::figures::indicator_groups(desk, &unit))).unwrap_or_default();
    groups.into_iter().flat_map(|group| group.indicators).collect()
}

/// The units that a table can mean: each with its name and its number.
pub(crate) fn units(desk: AppContext) -> Vec<(Id, String, String)> {
    let units = untrack(|| desk.units());
    units
        .into_iter()
        .map(|(name, id)| {
            let number = untrack(|| desk.body::<Enhed>(Some(&id))).institution_number.0;
            (id, name, number)
        })
        .collect()
}

/// A table with what was agreed on the last time for one with these headings, or with what can be guessed.
pub(crate) fn with_remembered_mapping(
    desk: AppContext,
    name: String,
    sheets: &Rc<Vec<WorkbookSheet>>,
    at: usize,
) -> MappedTable {
    let cells = &sheets[at].cells;
    let (units, indicators) = (units(desk), indicators(desk));
    let unit_names: Vec<String> = units.iter().map(|(_, name, _)| plain(name)).collect();
    let indicator_names: Vec<String> = indicators.iter().map(|indicator| plain(&indicator.name)).collect();
    let mut layout = Layout::guess(cells, &unit_names, &indicator_names);
    let mut meant = NameMeanings::default();
    let signature = layout.signature(cells);
    let remembered = desk
        .person
        .with_untracked(|person| person.tables.iter().find(|(own, _)| *own == signature).map(|(_, text)| text.clone()));
    if let Some((roles, names)) =
        remembered.and_then(|text| serde_json::from_str::<(Vec<ColumnRole>, NameMeanings)>(&text).ok())
    {
        if roles.len() == layout.roles.len() {
            layout.roles = roles;
        }
        meant = names;
        // What was meant then may be shown with another since.
        for (_, name) in &mut meant.units {
            if let NameMeaning::Known(unit) = name {
                *unit = untrack(|| desk.workspace.standing_id(unit));
            }
        }
    }
    MappedTable { name, sheets: Rc::clone(sheets), sheet: at, layout, meant }
}

/// Remembers what was agreed on, for the next table with these headings. No CPR number is remembered: headings are masked, and
/// what else holds one is not kept, be it from before.
pub(crate) fn remember(desk: AppContext, table: &MappedTable) {
    let signature = table.layout.signature(table.cells());
    let text = serde_json::to_string(&(&table.layout.roles, &table.meant)).unwrap_or_default();
    desk.change_person(|person| {
        person.tables.retain(|(own, _)| *own != signature);
        person.tables.push((signature, text));
        let is_clean = |text: &str| cpr::find_whole_words(text).is_empty();
        person.tables.retain(|(own, text)| is_clean(own) && is_clean(text));
        let too_many = person.tables.len().saturating_sub(20);
        person.tables.drain(..too_many);
    });
}

impl TableImport {
    /// Works out what a table says, and what it would bring; `None` where it was stopped.
    pub(crate) async fn find(self, table: &MappedTable, pauses: &mut Pauses) -> Option<Found> {
        let desk = self.desk;
        let mut reader = RowReader::begin(table.cells(), &table.layout);
        while reader.read_some(SOME) {
            self.go_on(pauses, reader.progress()).await?;
        }
        let read = reader.finish();
        let (indicators, units) = (indicators(desk), units(desk));
        let series = |unit: &Id, indicator: &str| {
            let record = desk.workspace.record(&queries::figures::series_id(unit, indicator)?)?;
            record.with_untracked(|record| record.view::<Series>().ok())
        };
        let known = KnownSeries { units: &units, indicators: &indicators, series: &series };
        let mut run = DryRunWork::begin(&read, &known, &table.meant);
        while run.run_some(SOME) {
            self.go_on(pauses, run.progress()).await?;
        }
        let run = run.finish();
        Some(Found { read, run })
    }
}
