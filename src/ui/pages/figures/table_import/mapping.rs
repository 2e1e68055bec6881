//! What the columns of a table and the names in it mean.

use std::rc::Rc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::exchange::table::dry_run::{CellStatus, DryRun, KnownSeries, NameMeaning, mean, mean_all, meaning};
use crate::exchange::table::layout::ColumnRole;
use crate::exchange::table::plain;

use super::preview::preview;
use super::table::{Found, MappedTable, indicators, units};
use super::{TableImport, TableStage, option};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, button_with_class, dynamic_view, empty_view, on_click};

/// So many rows of a table are shown while its columns are agreed on.
const ROWS: usize = 6;
/// So many names are asked about at a time.
const ASKED: usize = 30;

/// The table, its columns, its names, and what it would bring.
impl TableImport {
    pub(crate) fn mapping(self, now: &MappedTable) -> BuiltView {
        let columns = columns(self, now);
        if let Err(words) = now.layout.check(now.cells()) {
            return markup!(r#"<div>{}<p class="error" role="status">{}</p></div>"#, columns, words);
        }
        let now = SendWrapper::new(now.clone());
        let rest = dynamic_view(move || match self.found.get() {
            Some(found) => self.agreed(&now, &found),
            None => self.working("Ser efter, hvad der sker …"),
        });
        markup!(r#"<div class="agree">{}<div>{}</div></div>"#, columns, rest)
    }

    /// The names of the table, what it would bring, and the way to bring it.
    fn agreed(self, now: &MappedTable, found: &Rc<Found>) -> BuiltView {
        let (indicators, units) = (indicators(self.desk), units(self.desk));
        let Found { read, run } = &**found;
        let names = names(self, run, &indicators, &units, now);
        let is_agreed = run.unknown_units.is_empty() && run.unknown_indicators.is_empty();
        let count = run.count(CellStatus::New) + run.count(CellStatus::Changed);
        let bring = {
            let (now, found) = (now.clone(), Rc::clone(found));
            move || self.bring(&now, &found.run.items, count)
        };
        let act = if is_agreed && count > 0 {
            button_with_class("primary", "Hent tallene ind", on_click(bring))
        } else if is_agreed {
            markup!("<p>Der er intet nyt i filen.</p>")
        } else {
            markup!("<p>Vælg først, hvad navnene ovenfor betyder.</p>")
        };
        markup!(
            r#"<div>{}{}<div class="buttons">{}{}</div></div>"#,
            names,
            preview(read, run),
            act,
            button("Fortryd og vælg en anden fil", move || self.stage.set(TableStage::Nothing)),
        )
    }
}

/// The first rows, with what each column is taken for above it.
fn columns(page: TableImport, now: &MappedTable) -> BuiltView {
    let headings = now.cells().get(now.layout.heading).cloned().unwrap_or_default();
    let heads: Vec<BuiltView> = headings
        .iter()
        .enumerate()
        .map(|(column, heading)| {
            let options: Vec<BuiltView> = ColumnRole::ALL
                .into_iter()
                .map(|role| option(role.danish(), role.danish(), now.layout.roles.get(column) == Some(&role)))
                .collect();
            let choose = move |name: String| {
                let role = ColumnRole::ALL.into_iter().find(|role| role.danish() == name).unwrap_or(ColumnRole::Nothing);
                page.change(&|table| {
                    if let Some(own) = table.layout.roles.get_mut(column) {
                        *own = role;
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
    let rows: Vec<BuiltView> = now
        .cells()
        .iter()
        .skip(now.layout.heading + 1)
        .take(ROWS)
        .map(|row| {
            let cells: Vec<BuiltView> = row.iter().map(|cell| markup!("<td>{}</td>", cell.as_str())).collect();
            markup!("<tr>{}</tr>", cells)
        })
        .collect();
    let title =
        (!now.layout.title.is_empty()).then(|| markup!("<p>Over tabellen står: «{}»</p>", now.layout.title.as_str()));
    markup!(
        r#"
        <section class="part">
            <h2>Kolonnerne i «{}»</h2>
            {}
            <div class="wide" tabindex="0" role="group" aria-label="De første linjer i filen"><table class="preview"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>
        </section>"#,
        now.name.as_str(),
        title,
        heads,
        rows
    )
}

/// The names that are not known here, and what they could mean.
fn names(
    page: TableImport,
    run: &DryRun,
    indicators: &[Indicator],
    units: &[(Id, String, String)],
    now: &MappedTable,
) -> BuiltView {
    let (mut asked, series) = (Vec::new(), |_: &Id, _: &str| None);
    let known = KnownSeries { units, indicators, series: &series };
    // What was said of a name can be said otherwise, as long as the table is not brought in.
    let said = now.meant.indicators.iter().map(|(name, _)| name);
    // (What was said the meaning of is not among the unknown.)
    for name in run.unknown_indicators.iter().chain(said).take(ASKED) {
        let likely = known.likely_indicator(name).map(|indicator| indicator.id.clone());
        let all: Vec<(String, String)> = indicators.iter().map(|own| (own.id.clone(), own.name.clone())).collect();
        let said = meaning(&now.meant.indicators, &plain(name)).cloned();
        asked.push(asked_for(
            "Indikatoren",
            name,
            &all,
            likely,
            said,
            "Opret som egen indikator",
            move |name, meaning| {
                page.change(&|table| mean(&mut table.meant.indicators, plain(name), meaning.clone()));
            },
        ));
    }
    for name in run.unknown_units.iter().take(ASKED) {
        let all: Vec<(String, String)> = units.iter().map(|(id, name, _)| (id.to_string(), name.clone())).collect();
        asked.push(asked_for("Enheden", name, &all, None, None, "Opret som ny enhed", move |name, meaning| {
            page.change(&|table| mean(&mut table.meant.units, plain(name), meaning.clone()));
        }));
    }
    if asked.is_empty() {
        return empty_view();
    }
    let all_new = (run.unknown_units.len() > 1).then(|| {
        let unknown = run.unknown_units.clone();
        button("Opret alle ukendte enheder", move || {
            page.change(&|table| mean_all(&mut table.meant.units, &unknown, &NameMeaning::New));
        })
    });
    let none_used = (run.unknown_indicators.len() > 1).then(|| {
        let unknown = run.unknown_indicators.clone();
        button("Brug ingen af de ukendte indikatorer", move || {
            page.change(&|table| mean_all(&mut table.meant.indicators, &unknown, &NameMeaning::Nothing));
        })
    });
    let most = run.unknown_units.len().max(run.unknown_indicators.len());
    let more = (most > ASKED)
        .then(|| markup!("<p>Her står de første {}. Når de er valgt, kommer de næste.</p>", ASKED.to_string()));
    markup!(
        r#"
        <section class="part">
            <h2>Navne, vi ikke kender</h2>
            <p>Vælg, hvad de betyder. Det huskes til næste gang.</p>
            {}{}{}
            <ul class="names">{}</ul>
        </section>"#,
        more,
        none_used,
        all_new,
        asked
    )
}

fn asked_for(
    what: &str,
    name: &str,
    all: &[(String, String)],
    likely: Option<String>,
    said: Option<NameMeaning>,
    new: &str,
    choose: impl Fn(&str, &NameMeaning) + 'static,
) -> BuiltView {
    let is = |value: &str| match &said {
        Some(NameMeaning::Known(id)) => id.as_str() == value,
        Some(NameMeaning::New) => value == "+",
        Some(NameMeaning::Nothing) => value == "-",
        None => value.is_empty(),
    };
    let mut options = vec![option("", "Vælg …", is(""))];
    // What is most likely stands first.
    let (first, rest): (Vec<_>, Vec<_>) = all.iter().partition(|(id, _)| likely.as_ref() == Some(id));
    options.extend(first.into_iter().chain(rest).map(|(id, words)| option(id, words, is(id))));
    options.extend([option("+", new, is("+")), option("-", "Brug den ikke", is("-"))]);
    let label = format!("{what} «{name}» er");
    let name = name.to_owned();
    let chosen = move |value: String| {
        let meaning = match &*value {
            "+" => NameMeaning::New,
            "-" => NameMeaning::Nothing,
            id => match Id::parse(id) {
                Some(id) => NameMeaning::Known(id),
                None => return,
            },
        };
        choose(&name, &meaning);
    };
    build_view(view! {
        <li>
            <label><span>{label}</span><select on:change:target=move |event| chosen(event.target().value())>{options}</select></label>
        </li>
    })
}
