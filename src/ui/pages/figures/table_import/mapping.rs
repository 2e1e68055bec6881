//! The form that maps the columns and the names of a table.

use std::rc::Rc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::exchange::table::dry_run::{
    CellStatus, DryRun, KnownSeries, NameMeaning, meaning_of, set_meaning, set_meanings,
};
use crate::exchange::table::layout::ColumnRole;
use crate::exchange::table::normalize_name;

use super::preview::preview;
use super::table::{DryRunResult, MappedTable, indicators, units};
use super::{TableImport, TableStage, option};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, button_with_class, dynamic_view, empty_view, on_click};

/// Number of rows shown under the headings.
const SHOWN_ROWS: usize = 6;
/// Number of names asked about at a time.
const SHOWN_NAMES: usize = 30;

impl TableImport {
    /// Builds the form, with the preview once the dry run is computed.
    pub(crate) fn mapping_form(self, table: &MappedTable) -> BuiltView {
        let columns = columns(self, table);
        if let Err(error) = table.layout.check(table.cells()) {
            return markup!(r#"<div>{}<p class="error" role="status">{}</p></div>"#, columns, error);
        }
        let table = SendWrapper::new(table.clone());
        let rest = dynamic_view(move || match self.dry_run.get() {
            Some(result) => self.dry_run_view(&table, &result),
            None => self.progress_view("Ser efter, hvad der sker …"),
        });
        markup!("<div>{}<div>{}</div></div>", columns, rest)
    }

    /// Builds the questions about unknown names, the preview, and the button to apply the import.
    fn dry_run_view(self, table: &MappedTable, result: &Rc<DryRunResult>) -> BuiltView {
        let (indicators, units) = (indicators(self.app), units(self.app));
        let DryRunResult { rows, dry_run } = &**result;
        let names = names(self, dry_run, &indicators, &units, table);
        let is_fully_mapped = dry_run.unknown_units.is_empty() && dry_run.unknown_indicators.is_empty();
        let count = dry_run.count(CellStatus::New) + dry_run.count(CellStatus::Changed);
        let apply = {
            let (table, result) = (table.clone(), Rc::clone(result));
            move || self.apply(&table, &result.dry_run.items, count)
        };
        let apply_button = if is_fully_mapped && count > 0 {
            button_with_class("primary", "Hent tallene ind", on_click(apply))
        } else if is_fully_mapped {
            markup!("<p>Der er intet nyt i filen.</p>")
        } else {
            markup!("<p>Vælg først, hvad navnene ovenfor betyder.</p>")
        };
        markup!(
            r#"<div>{}{}<div class="buttons">{}{}</div></div>"#,
            names,
            preview(rows, dry_run),
            apply_button,
            button("Fortryd og vælg en anden fil", move || self.stage.set(TableStage::NoFile)),
        )
    }
}

/// Builds the first rows of the table, with a select for the role of each column.
fn columns(page: TableImport, table: &MappedTable) -> BuiltView {
    let headings = table.cells().get(table.layout.heading).cloned().unwrap_or_default();
    let heads: Vec<BuiltView> = headings
        .iter()
        .enumerate()
        .map(|(column, heading)| {
            let options: Vec<BuiltView> = ColumnRole::ALL
                .into_iter()
                .map(|role| option(role.danish(), role.danish(), table.layout.roles.get(column) == Some(&role)))
                .collect();
            let choose = move |name: String| {
                let role = ColumnRole::ALL.into_iter().find(|role| role.danish() == name).unwrap_or(ColumnRole::Nothing);
                page.change(&|table| {
                    if let Some(column_role) = table.layout.roles.get_mut(column) {
                        *column_role = role;
                    }
                });
            };
            let name = format!("Kolonnen «{heading}» er");
            build_view(view! {
                <th scope="col">
                    <span>{heading.clone()}</span>
                    <select aria-label=name on:change:target=move |event| choose(event.target().value())>{options}</select>
                </th>
            })
        })
        .collect();
    let rows: Vec<BuiltView> = table
        .cells()
        .iter()
        .skip(table.layout.heading + 1)
        .take(SHOWN_ROWS)
        .map(|row| {
            let cells: Vec<BuiltView> = row.iter().map(|cell| markup!("<td>{}</td>", cell.as_str())).collect();
            markup!("<tr>{}</tr>", cells)
        })
        .collect();
    let title = (!table.layout.title.is_empty())
        .then(|| markup!("<p>Over tabellen står: «{}»</p>", table.layout.title.as_str()));
    markup!(
        r#"
        <section class="part">
            <h2>Kolonnerne i «{}»</h2>
            {}
            <div class="table-scroll" tabindex="0" role="group" aria-label="De første linjer i filen"><table class="table-preview"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>
        </section>"#,
        table.name.as_str(),
        title,
        heads,
        rows
    )
}

/// Builds the questions about names that are not known here. Empty if there are none.
fn names(
    page: TableImport,
    dry_run: &DryRun,
    indicators: &[Indicator],
    units: &[(Id, String, String)],
    table: &MappedTable,
) -> BuiltView {
    let (mut questions, series) = (Vec::new(), |_: &Id, _: &str| None);
    let known = KnownSeries { units, indicators, series: &series };
    // Names that already have a meaning are no longer unknown. They are asked about again, so that the user can change
    // the answer until the import is applied.
    let answered = table.meanings.indicators.iter().map(|(name, _)| name);
    for name in dry_run.unknown_indicators.iter().chain(answered).take(SHOWN_NAMES) {
        let likely = known.likely_indicator(name).map(|indicator| indicator.id.clone());
        let choices: Vec<(String, String)> =
            indicators.iter().map(|indicator| (indicator.id.clone(), indicator.name.clone())).collect();
        let chosen = meaning_of(&table.meanings.indicators, &normalize_name(name)).cloned();
        questions.push(name_question(
            "Indikatoren",
            name,
            &choices,
            likely,
            chosen,
            "Opret som egen indikator",
            move |name, meaning| {
                page.change(&|table| {
                    set_meaning(&mut table.meanings.indicators, normalize_name(name), meaning.clone());
                });
            },
        ));
    }
    for name in dry_run.unknown_units.iter().take(SHOWN_NAMES) {
        let choices: Vec<(String, String)> = units.iter().map(|(id, name, _)| (id.to_string(), name.clone())).collect();
        questions.push(name_question(
            "Enheden",
            name,
            &choices,
            None,
            None,
            "Opret som ny enhed",
            move |name, meaning| {
                page.change(&|table| set_meaning(&mut table.meanings.units, normalize_name(name), meaning.clone()));
            },
        ));
    }
    if questions.is_empty() {
        return empty_view();
    }
    let all_new = (dry_run.unknown_units.len() > 1).then(|| {
        let unknown = dry_run.unknown_units.clone();
        button("Opret alle ukendte enheder", move || {
            page.change(&|table| set_meanings(&mut table.meanings.units, &unknown, &NameMeaning::New));
        })
    });
    let none_used = (dry_run.unknown_indicators.len() > 1).then(|| {
        let unknown = dry_run.unknown_indicators.clone();
        button("Brug ingen af de ukendte indikatorer", move || {
            page.change(&|table| set_meanings(&mut table.meanings.indicators, &unknown, &NameMeaning::Nothing));
        })
    });
    let unknown_count = dry_run.unknown_units.len().max(dry_run.unknown_indicators.len());
    let more = (unknown_count > SHOWN_NAMES)
        .then(|| markup!("<p>Her står de første {}. Når de er valgt, kommer de næste.</p>", SHOWN_NAMES.to_string()));
    markup!(
        r#"
        <section class="part">
            <h2>Navne, vi ikke kender</h2>
            <p>Vælg, hvad de betyder. Det huskes til næste gang.</p>
            {}{}{}
            <ul class="name-matching">{}</ul>
        </section>"#,
        more,
        none_used,
        all_new,
        questions
    )
}

/// Builds the select for the meaning of a name. `likely` is the id listed first; `chosen` is the current answer;
/// `new_label` is the label of the option that creates a new record.
fn name_question(
    kind: &str,
    name: &str,
    choices: &[(String, String)],
    likely: Option<String>,
    chosen: Option<NameMeaning>,
    new_label: &str,
    on_choose: impl Fn(&str, &NameMeaning) + 'static,
) -> BuiltView {
    let is_selected = |value: &str| match &chosen {
        Some(NameMeaning::Known(id)) => id.as_str() == value,
        Some(NameMeaning::New) => value == "+",
        Some(NameMeaning::Nothing) => value == "-",
        None => value.is_empty(),
    };
    let mut options = vec![option("", "Vælg …", is_selected(""))];
    // The most likely choice is listed first.
    let (first, rest): (Vec<_>, Vec<_>) = choices.iter().partition(|(id, _)| likely.as_ref() == Some(id));
    options.extend(first.into_iter().chain(rest).map(|(id, label)| option(id, label, is_selected(id))));
    options.extend([option("+", new_label, is_selected("+")), option("-", "Brug den ikke", is_selected("-"))]);
    let label = format!("{kind} «{name}» er");
    let name = name.to_owned();
    let choose = move |value: String| {
        let meaning = match &*value {
            "+" => NameMeaning::New,
            "-" => NameMeaning::Nothing,
            id => match Id::parse(id) {
                Some(id) => NameMeaning::Known(id),
                None => return,
            },
        };
        on_choose(&name, &meaning);
    };
    build_view(view! {
        <li>
            <label><span>{label}</span><select on:change:target=move |event| choose(event.target().value())>{options}</select></label>
        </li>
    })
}
