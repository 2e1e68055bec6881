//! A table, and what was agreed on of it: now, or the last time one had its headings.

use std::rc::Rc;

use leptos::prelude::*;
use workbook::message::Sheet;

use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::series::Series;
use crate::exchange::table::dry_run::{self, DryRun, Known, Meant, Name};
use crate::exchange::table::layout::{Layout, Role};
use crate::exchange::table::rows::{self, Read};
use crate::exchange::table::{Cells, plain};

use super::super::super::desk::Desk;
use super::super::super::readings;

/// A table, and what was agreed on of it.
#[derive(Clone)]
pub(super) struct Table {
    /// The file's name.
    pub(super) name: String,
    /// Which of the file's sheets it is.
    pub(super) sheet: usize,
    pub(super) cells: Rc<Cells>,
    pub(super) layout: Layout,
    pub(super) meant: Meant,
}

/// The indicators that a table can mean.
pub(super) fn indicators(desk: Desk) -> Vec<Indicator> {
    let unit = untrack(|| desk.unit()).or_else(|| Id::parse("ingen"));
    let groups = unit.map(|unit| untrack(|| readings::groups_of(desk, &unit))).unwrap_or_default();
    groups.into_iter().flat_map(|group| group.indicators).collect()
}

/// The units that a table can mean: each with its name and its number.
pub(super) fn units(desk: Desk) -> Vec<(Id, String, String)> {
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
pub(super) fn agreed(desk: Desk, name: String, sheet: &Sheet, at: usize) -> Table {
    let cells = &sheet.cells;
    let (units, indicators) = (units(desk), indicators(desk));
    let unit_names: Vec<String> = units.iter().map(|(_, name, _)| plain(name)).collect();
    let indicator_names: Vec<String> = indicators.iter().map(|indicator| plain(&indicator.name)).collect();
    let mut layout = Layout::guess(cells, &unit_names, &indicator_names);
    let mut meant = Meant::default();
    let signature = layout.signature(cells);
    let remembered = desk
        .person
        .with_untracked(|person| person.tables.iter().find(|(own, _)| *own == signature).map(|(_, text)| text.clone()));
    if let Some((roles, names)) = remembered.and_then(|text| serde_json::from_str::<(Vec<Role>, Meant)>(&text).ok()) {
        if roles.len() == layout.roles.len() {
            layout.roles = roles;
        }
        meant = names;
        // What was meant then may be shown with another since.
        for (_, name) in &mut meant.units {
            if let Name::Known(unit) = name {
                *unit = untrack(|| desk.workspace.meant(unit));
            }
        }
    }
    Table { name, sheet: at, cells: Rc::new(cells.clone()), layout, meant }
}

/// Remembers what was agreed on, for the next table with these headings.
pub(super) fn remember(desk: Desk, table: &Table) {
    let signature = table.layout.signature(&table.cells);
    let text = serde_json::to_string(&(&table.layout.roles, &table.meant)).unwrap_or_default();
    desk.change_person(|person| {
        person.tables.retain(|(own, _)| *own != signature);
        person.tables.push((signature, text));
        let too_many = person.tables.len().saturating_sub(20);
        person.tables.drain(..too_many);
    });
}

/// What a table says, and what it would bring.
pub(super) fn run(
    desk: Desk,
    table: &Table,
    indicators: &[Indicator],
    units: &[(Id, String, String)],
) -> (Read, DryRun) {
    let read = rows::read(&table.cells, &table.layout);
    let series = |unit: &Id, indicator: &str| {
        let record = desk.workspace.record(&readings::series_id(unit, indicator)?)?;
        record.with_untracked(|record| record.view::<Series>().ok())
    };
    let known = Known { units, indicators, series: &series };
    let run = dry_run::dry_run(&read, &known, &table.meant);
    (read, run)
}
