//! Bringing the figures of a table in, and the way back.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::domain::cpr;
use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::domain::indicator::{Indicator, OwnIndicator};
use crate::domain::measure::Measure;
use crate::domain::series::Series;
use crate::exchange::table::dry_run::{CellStatus, DryRunCell, observation};
use crate::exchange::table::plain;
use crate::record::edit::Focus;
use crate::record::undo_stack::UndoDirection;

use super::table::{MappedTable, indicators, remember};
use super::{TableImport, TableStage};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button};
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;
use crate::ui::state::workspace::left_alone;

/// What came of bringing a table in.
#[derive(Clone)]
pub(crate) enum ApplyOutcome {
    /// So many figures, and the number that it can be undone by.
    In(usize, u64),
    /// It was undone; what was left alone, in words.
    Undone(String),
}

impl TableImport {
    /// Brings the figures in, as one act, and says so.
    pub(crate) fn bring(self, table: &MappedTable, items: &[DryRunCell], count: usize) {
        let workspace = self.desk.workspace;
        remember(self.desk, table);
        bring_in(self.desk, items, &table.name, &indicators(self.desk));
        let number = workspace.rename_last_action(format!("hentede tal fra «{}»", cpr::masked(&table.name)));
        workspace.save_now();
        self.stage.set(TableStage::Came(ApplyOutcome::In(count, number)));
    }

    /// What came of it, and the way back.
    pub(crate) fn report(self, came: ApplyOutcome) -> BuiltView {
        let (count, number) = match came {
            ApplyOutcome::In(count, number) => (count, number),
            ApplyOutcome::Undone(words) => {
                return markup!(r#"<section class="report" role="status"><p>{}</p></section>"#, words);
            }
        };
        let undo = move || {
            let words = match self.desk.workspace.undo_or_redo(UndoDirection::Number(number)) {
                None => "Det er allerede fortrudt.".to_owned(),
                Some(left) if left.is_empty() => "Det er fortrudt. Alt er, som det var før filen.".to_owned(),
                Some(left) => format!("Det er fortrudt. {}", left_alone(&left)),
            };
            self.stage.set(TableStage::Came(ApplyOutcome::Undone(words)));
        };
        markup!(
            r##"
            <section class="report" role="status">
                <h2>Tallene er hentet ind</h2>
                <p><strong>{}</strong> tal er skrevet. Du kan fortryde det hele.</p>
                <p><a href="#/indikatorer">Se indikatorerne</a></p>
                {}
            </section>"##,
            count.to_string(),
            button("Fortryd det hele", undo)
        )
    }
}

fn bring_in(desk: AppContext, items: &[DryRunCell], file: &str, indicators: &[Indicator]) {
    let workspace = desk.workspace;
    let source = cpr::masked(file);
    let in_percent = all_in_percent(items);
    let (mut made_units, mut made_indicators) = (BTreeMap::new(), BTreeMap::new());
    let mut by_series: BTreeMap<(Id, String), Vec<&DryRunCell>> = BTreeMap::new();
    for item in items.iter().filter(|item| matches!(item.standing, CellStatus::New | CellStatus::Changed)) {
        let unit = item.unit.clone().unwrap_or_else(|name| {
            one_made(&mut made_units, &name, |id| {
                workspace.create(id, &Enhed { name: cpr::masked(&name).as_str().into(), ..Enhed::default() });
            })
        });
        let indicator = item.indicator.clone().unwrap_or_else(|name| {
            one_made(&mut made_indicators, &name, |id| {
                let own = cpr::masked(&name);
                let measure = Some(measure_of(&name, &in_percent));
                workspace.create(id, &OwnIndicator { name: own.as_str().into(), measure, ..OwnIndicator::default() });
            })
        });
        by_series.entry((unit, indicator.to_string())).or_default().push(item);
    }
    let today = desk.today.get_untracked();
    let measures: BTreeMap<&str, Measure> = indicators.iter().map(|own| (own.id.as_str(), own.measure)).collect();
    for ((unit, indicator), items) in by_series {
        let Some(id) = queries::figures::series_id(&unit, &indicator) else { continue };
        let measure = measures.get(&*indicator).copied();
        let measure = measure.unwrap_or_else(|| measure_of(&items[0].row.indicator, &in_percent));
        queries::figures::ensure_series(desk, &unit, &indicator);
        workspace.edit::<Series>(&id, &mut Focus::default(), |series| {
            for item in items {
                series.observations.insert(item.row.period, observation(item, measure, &source, today));
            }
        });
    }
}

/// The one that was made for a name, made where there is none yet.
fn one_made(there: &mut BTreeMap<String, Id>, name: &str, create: impl FnOnce(Id)) -> Id {
    let make = || {
        let id = platform::ids::mint();
        create(id.clone());
        id
    };
    there.entry(plain(name)).or_insert_with(make).clone()
}

/// The names of what was counted, in plain form, and whether all figures of each could be shares.
fn all_in_percent(items: &[DryRunCell]) -> BTreeMap<String, bool> {
    let mut names = BTreeMap::new();
    for item in items {
        let could_be = item.row.value.is_none_or(|figure| (0.0..=100.0).contains(&figure));
        *names.entry(plain(&item.row.indicator)).or_insert(true) &= could_be;
    }
    names
}

/// What the figures of an unknown indicator are counted in, as far as its name and they say.
fn measure_of(name: &str, in_percent: &BTreeMap<String, bool>) -> Measure {
    let name = plain(name);
    match () {
        () if name.contains("procent") || name.contains('%') || name.contains("andel") => Measure::Percent,
        () if name.contains("indeks") => Measure::Index,
        () if name.contains("mio") => Measure::MillionKroner,
        () if name.contains("dage") => Measure::Days,
        () if in_percent.get(&name) != Some(&false) => Measure::Percent,
        () => Measure::Number,
    }
}
