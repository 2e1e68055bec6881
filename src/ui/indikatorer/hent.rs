//! Figures from a spreadsheet: a file is chosen, its columns and names are agreed on, what it would bring is seen, and
//! only then is it brought.

use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::domain::cpr::{self, Allowed};
use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::domain::indicator::{Indicator, OwnIndicator};
use crate::domain::number;
use crate::domain::series::{Measure, Series};
use crate::exchange::table::dry_run::{self, DryRun, Item, Known, Meant, Name, Standing, mean, meaning, observation};
use crate::exchange::table::layout::{Layout, Role};
use crate::exchange::table::rows::{self, Read};
use crate::exchange::table::{Cells, MAX_CELLS, csv, jsonstat, plain, workbook, zip};
use crate::record::edit::Focus;
use crate::record::step::Step;
use crate::store::pack::inflated;

use super::super::desk::Desk;
use super::super::device;
use super::super::made::{Made, button, button_of, live, made, maybe, nothing, press};
use super::super::markup::markup;
use super::super::readings;
use super::super::route::Route;
use super::ways;

/// So many rows of a table are shown while its columns are agreed on.
const ROWS: usize = 6;
/// So many cells are named; of more it is said how many there are.
const NAMED: usize = 40;
/// The largest file that is read, in bytes.
const MAX_BYTES: usize = 20_000_000;

/// A table, and what was agreed on of it.
#[derive(Clone)]
struct Table {
    name: String,
    cells: Rc<Cells>,
    layout: Layout,
    meant: Meant,
}

/// What came of bringing a table in.
#[derive(Clone)]
enum Came {
    /// So many figures, and what was changed by it.
    In(usize, Rc<Vec<Step>>),
    /// It was undone.
    Undone,
}

/// The page.
#[component]
pub(super) fn Hent(desk: Desk) -> Made {
    let table = RwSignal::new_local(None::<Table>);
    let trouble = RwSignal::new(None::<String>);
    let came = RwSignal::new_local(None::<Came>);
    let input = NodeRef::<html::Input>::new();
    let chosen = move |event: web_sys::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        let file = input.files().and_then(|files| files.get(0));
        // So that choosing the same file again is a choice again.
        input.set_value("");
        let Some(file) = file else { return };
        spawn_local(async move {
            came.set(None);
            let name = file.name();
            let read = match device::read_file(&file).await {
                Ok(bytes) => cells_of(&name, &bytes).await,
                Err(_) => Err("Filen kunne ikke hentes fra din enhed. Prøv at vælge den igen.".to_owned()),
            };
            match read {
                Ok(cells) => {
                    trouble.set(None);
                    table.set(Some(agreed(desk, name, cells)));
                }
                Err(words) => {
                    table.set(None);
                    trouble.set(Some(words));
                }
            }
        });
    };
    let body = live(move || match (table.get(), came.get()) {
        (_, Some(came_now)) => report(desk, came, &came_now),
        (Some(now), None) => agree(desk, table, came, &now),
        (None, None) => nothing(),
    });
    markup!(
        r#"
        <header class="page-head">
            <h1>Hent fra regneark</h1>
            <p class="purpose">Vælg filen, som I har den: alle enheder og indikatorer må stå i samme ark. Intet ændres, før du har set, hvad der sker.</p>
        </header>
        <div class="bar">{}</div>
        <div class="choose-table">{}<p class="help">Excel (.xlsx), ODS, CSV, tekst med tabulator og JSON-stat. Af flere ark tages det, der står mest i.</p></div>
        <div>{}{}</div>"#,
        ways(&Route::Hent),
        made(view! {
            <label class="button primary" for="open-table">"Vælg fil"</label>
            <input id="open-table" class="visually-hidden" type="file" node_ref=input accept=".xlsx,.ods,.csv,.tsv,.txt,.json,text/csv,application/json" on:change=chosen/>
        }),
        live(move || maybe(trouble.get().map(|words| {
            markup!(
                r#"<section class="report refused" role="alert"><p>{} Intet er ændret hos dig.</p></section>"#,
                words
            )
        }))),
        body,
    )
}

/// The cells of a file, by what it is.
async fn cells_of(name: &str, bytes: &[u8]) -> Result<Cells, String> {
    if bytes.len() > MAX_BYTES {
        return Err("Filen er for stor. Hent et mindre udsnit.".to_owned());
    }
    let is_json = name.to_lowercase().ends_with(".json") || bytes.trim_ascii_start().starts_with(b"{");
    let cells = if bytes.starts_with(b"PK") {
        let sheets = workbook::sheets(&unpacked(bytes).await?)?;
        workbook::likeliest(sheets).map(|(_, cells)| cells).unwrap_or_default()
    } else if is_json {
        jsonstat::read(&csv::text(bytes))?
    } else {
        csv::read(bytes)
    };
    let count: usize = cells.iter().map(Vec::len).sum();
    match count {
        0..=1 => Err("Der er ingen tabel i filen.".to_owned()),
        _ if count > MAX_CELLS => Err("Tabellen er for stor. Hent et mindre udsnit.".to_owned()),
        _ => Ok(cells),
    }
}

/// The files of a workbook that are read, unpacked.
async fn unpacked(bytes: &[u8]) -> Result<Vec<(String, String)>, String> {
    const DAMAGED: &str = "Filen er beskadiget eller låst med en kode. Åbn den i regnearket, og gem den igen.";
    let mut files = Vec::new();
    for entry in zip::entries(bytes).ok_or(DAMAGED)?.into_iter().filter(|entry| workbook::is_wanted(&entry.name)) {
        let packed = bytes.get(entry.place.0..entry.place.1).ok_or(DAMAGED)?;
        let text = if entry.is_packed { inflated(packed).await.map_err(|_| DAMAGED)? } else { csv::text(packed) };
        files.push((entry.name, text));
    }
    Ok(files)
}

/// The indicators that a table can mean.
fn indicators(desk: Desk) -> Vec<Indicator> {
    let unit = untrack(|| desk.unit()).or_else(|| Id::parse("ingen"));
    let groups = unit.map(|unit| untrack(|| readings::groups_of(desk, &unit))).unwrap_or_default();
    groups.into_iter().flat_map(|group| group.indicators).collect()
}

fn units(desk: Desk) -> Vec<(Id, String, String)> {
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
fn agreed(desk: Desk, name: String, cells: Cells) -> Table {
    let (units, indicators) = (units(desk), indicators(desk));
    let unit_names: Vec<String> = units.iter().map(|(_, name, _)| plain(name)).collect();
    let indicator_names: Vec<String> = indicators.iter().map(|indicator| plain(&indicator.name)).collect();
    let mut layout = Layout::guess(&cells, &unit_names, &indicator_names);
    let mut meant = Meant::default();
    let signature = layout.signature(&cells);
    let remembered = desk
        .person
        .with_untracked(|person| person.tables.iter().find(|(own, _)| *own == signature).map(|(_, text)| text.clone()));
    if let Some((roles, names)) = remembered.and_then(|text| serde_json::from_str::<(Vec<Role>, Meant)>(&text).ok()) {
        if roles.len() == layout.roles.len() {
            layout.roles = roles;
        }
        meant = names;
    }
    Table { name, cells: Rc::new(cells), layout, meant }
}

/// Remembers what was agreed on, for the next table with these headings.
fn remember(desk: Desk, table: &Table) {
    let signature = table.layout.signature(&table.cells);
    let text = serde_json::to_string(&(&table.layout.roles, &table.meant)).unwrap_or_default();
    desk.change_person(|person| {
        person.tables.retain(|(own, _)| *own != signature);
        person.tables.push((signature, text));
        let too_many = person.tables.len().saturating_sub(20);
        person.tables.drain(..too_many);
    });
}

fn run(desk: Desk, table: &Table, indicators: &[Indicator], units: &[(Id, String, String)]) -> (Read, DryRun) {
    let read = rows::read(&table.cells, &table.layout);
    let series = |unit: &Id, indicator: &str| {
        let record = desk.workspace.record(&readings::series_id(unit, indicator)?)?;
        record.with_untracked(|record| record.view::<Series>().ok())
    };
    let known = Known { units, indicators, series: &series };
    let run = dry_run::dry_run(&read, &known, &table.meant);
    (read, run)
}

/// The table, its columns, its names, and what it would bring.
fn agree(
    desk: Desk,
    table: RwSignal<Option<Table>, LocalStorage>,
    came: RwSignal<Option<Came>, LocalStorage>,
    now: &Table,
) -> Made {
    let change = move |change: &dyn Fn(&mut Table)| table.update(|table| table.iter_mut().for_each(change));
    let columns = columns(now, change);
    if let Err(words) = now.layout.check(&now.cells) {
        return markup!(r#"<div>{}<p class="error" role="status">{}</p></div>"#, columns, words);
    }
    let (indicators, units) = (indicators(desk), units(desk));
    let (read, run) = run(desk, now, &indicators, &units);
    let names = names(&run, &indicators, &units, now, change);
    let is_agreed = run.unknown_units.is_empty() && run.unknown_indicators.is_empty();
    let count = run.count(Standing::New) + run.count(Standing::Changed);
    let bring = {
        let (now, items) = (now.clone(), run.items.clone());
        move || {
            remember(desk, &now);
            let steps = bring_in(desk, &items, &now.name, &indicators_of(desk));
            came.set(Some(Came::In(count, Rc::new(steps))));
        }
    };
    let act = if is_agreed && count > 0 {
        button_of("primary", "Hent tallene ind", press(bring))
    } else if is_agreed {
        markup!("<p>Der er intet nyt i filen.</p>")
    } else {
        markup!("<p>Vælg først, hvad navnene ovenfor betyder.</p>")
    };
    markup!(
        r#"<div class="agree">{}{}{}<div class="buttons">{}{}</div></div>"#,
        columns,
        names,
        outlook(&read, &run),
        act,
        button("Fortryd og vælg en anden fil", move || table.set(None)),
    )
}

fn indicators_of(desk: Desk) -> Vec<Indicator> {
    indicators(desk)
}

/// The first rows, with what each column is taken for above it.
fn columns(now: &Table, change: impl Fn(&dyn Fn(&mut Table)) + Copy + 'static) -> Made {
    let headings = now.cells.get(now.layout.heading).cloned().unwrap_or_default();
    let heads: Vec<Made> = headings
        .iter()
        .enumerate()
        .map(|(column, heading)| {
            let options: Vec<Made> = Role::ALL
                .into_iter()
                .map(|role| option(role.danish(), role.danish(), now.layout.roles.get(column) == Some(&role)))
                .collect();
            let choose = move |name: String| {
                let role = Role::ALL.into_iter().find(|role| role.danish() == name).unwrap_or(Role::Nothing);
                change(&|table| {
                    if let Some(own) = table.layout.roles.get_mut(column) {
                        *own = role;
                    }
                });
            };
            let name = format!("Kolonnen «{heading}» er");
            made(view! {
                <th scope="col">
                    <span>{heading.clone()}</span>
                    <select aria-label=name on:change:target=move |event| choose(event.target().value())>{options}</select>
                </th>
            })
        })
        .collect();
    let rows: Vec<Made> = now
        .cells
        .iter()
        .skip(now.layout.heading + 1)
        .take(ROWS)
        .map(|row| {
            let cells: Vec<Made> = row.iter().map(|cell| markup!("<td>{}</td>", cell.as_str())).collect();
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

fn option(value: &str, words: &str, is_chosen: bool) -> Made {
    if is_chosen {
        markup!(r#"<option value="{}" selected>{}</option>"#, value, words)
    } else {
        markup!(r#"<option value="{}">{}</option>"#, value, words)
    }
}

/// The names that are not known here, and what they could mean.
fn names(
    run: &DryRun,
    indicators: &[Indicator],
    units: &[(Id, String, String)],
    now: &Table,
    change: impl Fn(&dyn Fn(&mut Table)) + Copy + 'static,
) -> Made {
    let (mut asked, series) = (Vec::new(), |_: &Id, _: &str| None);
    let known = Known { units, indicators, series: &series };
    // What was said of a name can be said otherwise, as long as the table is not brought in.
    let said = |of: &[(String, Name)], unknown: &[String]| -> Vec<String> {
        of.iter().map(|(name, _)| name.clone()).filter(|name| !unknown.iter().any(|own| plain(own) == *name)).collect()
    };
    for name in run.unknown_indicators.iter().cloned().chain(said(&now.meant.indicators, &run.unknown_indicators)) {
        let likely = known.likely_indicator(&name).map(|indicator| indicator.id.clone());
        let all: Vec<(String, String)> = indicators.iter().map(|own| (own.id.clone(), own.name.clone())).collect();
        let said = meaning(&now.meant.indicators, &plain(&name)).cloned();
        asked.push(asked_for(
            "Indikatoren",
            &name,
            &all,
            likely,
            said,
            "Opret som egen indikator",
            move |name, meaning| {
                change(&|table| mean(&mut table.meant.indicators, plain(name), meaning.clone()));
            },
        ));
    }
    let unknown = run.unknown_units.clone();
    for name in run.unknown_units.iter().take(ROWS * 5) {
        let all: Vec<(String, String)> = units.iter().map(|(id, name, _)| (id.to_string(), name.clone())).collect();
        asked.push(asked_for("Enheden", name, &all, None, None, "Opret som ny enhed", move |name, meaning| {
            change(&|table| mean(&mut table.meant.units, plain(name), meaning.clone()));
        }));
    }
    if asked.is_empty() {
        return nothing();
    }
    let all_new = (unknown.len() > 1).then(|| {
        let unknown = unknown.clone();
        button("Opret alle ukendte enheder", move || {
            change(&|table| unknown.iter().for_each(|name| mean(&mut table.meant.units, plain(name), Name::New)));
        })
    });
    markup!(
        r#"
        <section class="part">
            <h2>Navne, vi ikke kender</h2>
            <p>Vælg, hvad de betyder. Det huskes til næste gang.</p>
            {}
            <ul class="names">{}</ul>
        </section>"#,
        all_new,
        asked
    )
}

fn asked_for(
    what: &str,
    name: &str,
    all: &[(String, String)],
    likely: Option<String>,
    said: Option<Name>,
    new: &str,
    choose: impl Fn(&str, &Name) + 'static,
) -> Made {
    let is = |value: &str| match &said {
        Some(Name::Known(id)) => id.as_str() == value,
        Some(Name::New) => value == "+",
        Some(Name::Nothing) => value == "-",
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
            "+" => Name::New,
            "-" => Name::Nothing,
            id => match Id::parse(id) {
                Some(id) => Name::Known(id),
                None => return,
            },
        };
        choose(&name, &meaning);
    };
    made(view! {
        <li>
            <label><span>{label}</span><select on:change:target=move |event| chosen(event.target().value())>{options}</select></label>
        </li>
    })
}

/// What would happen, in numbers and cell by cell.
fn outlook(read: &Read, run: &DryRun) -> Made {
    let counts = [
        (run.count(Standing::New), "nye tal"),
        (run.count(Standing::Changed), "ændrede tal"),
        (run.count(Standing::Same), "er her allerede"),
        (run.count(Standing::Kept), "mangler i filen og bliver stående her"),
        (run.errors.len(), "celler med fejl, som ikke kommer med"),
    ];
    let counts: Vec<Made> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| markup!("<li><strong>{}</strong> {}</li>", count.to_string(), words))
        .collect();
    let totals = (!read.totals.is_empty()).then(|| {
        let names: Vec<&str> = read.totals.iter().map(|(name, _)| name.as_str()).collect();
        markup!("<p>Linjer med totaler er udeladt: {}.</p>", names.join(", "))
    });
    let errors: Vec<Made> = run
        .errors
        .iter()
        .take(NAMED)
        .map(|error| {
            markup!(
                r#"<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>"#,
                error.name(),
                error.cell.as_str(),
                error.words.as_str()
            )
        })
        .collect();
    let errors = (!errors.is_empty()).then(|| {
        markup!(
            r#"<h3>Celler med fejl</h3><div class="wide" tabindex="0" role="group" aria-label="Celler med fejl"><table class="faults"><thead><tr><th scope="col">Celle</th><th scope="col">Der står</th><th scope="col">Hvad er galt?</th></tr></thead><tbody>{}</tbody></table></div>"#,
            errors
        )
    });
    let changed: Vec<Made> =
        run.items.iter().filter(|item| item.standing == Standing::Changed).take(NAMED).map(changed_row).collect();
    let changed = (!changed.is_empty()).then(|| {
        markup!(
            r#"<h3>Tal, der ændres</h3><div class="wide" tabindex="0" role="group" aria-label="Tal, der ændres"><table class="changes"><thead><tr><th scope="col">Enhed</th><th scope="col">Indikator</th><th scope="col">Periode</th><th scope="col">Nu</th><th scope="col">I filen</th></tr></thead><tbody>{}</tbody></table></div>"#,
            changed
        )
    });
    markup!(
        r#"
        <section class="part" aria-live="polite">
            <h2>Det sker der</h2>
            <ul class="counts">{}</ul>
            {}
            <div>{}{}</div>
        </section>"#,
        counts,
        totals,
        errors,
        changed
    )
}

fn changed_row(item: &Item) -> Made {
    let figure = |value: Option<f64>| value.map_or_else(|| "mangler".to_owned(), number::danish);
    let before = item.before.as_ref().and_then(|before| before.value);
    markup!(
        r#"<tr><th scope="row">{}</th><td>{}</td><td>{}</td><td class="number">{}</td><td class="number">{}</td></tr>"#,
        item.row.unit.as_str(),
        item.row.indicator.as_str(),
        item.row.period.danish(),
        figure(before),
        figure(item.row.value)
    )
}

/// Brings the figures in, and gives what was changed by it.
fn bring_in(desk: Desk, items: &[Item], file: &str, indicators: &[Indicator]) -> Vec<Step> {
    let workspace = desk.workspace;
    let source = cpr::mask(file, &Allowed::default()).save;
    let mut made_units: Vec<(String, Id)> = Vec::new();
    let mut made_indicators: Vec<(String, Id)> = Vec::new();
    let mut steps = Vec::new();
    let mut by_series: Vec<((Id, String), Vec<&Item>)> = Vec::new();
    for item in items.iter().filter(|item| matches!(item.standing, Standing::New | Standing::Changed)) {
        let unit = item.unit.clone().unwrap_or_else(|name| {
            one_made(&mut made_units, &name, |id| {
                let name = cpr::mask(&name, &Allowed::default()).save;
                workspace.create(id, &Enhed { name: name.as_str().into(), ..Enhed::default() });
            })
        });
        let indicator = item.indicator.clone().unwrap_or_else(|name| {
            one_made(&mut made_indicators, &name, |id| {
                let own = cpr::mask(&name, &Allowed::default()).save;
                let measure = Some(measure_of(items, &name));
                workspace.create(id, &OwnIndicator { name: own.as_str().into(), measure, ..OwnIndicator::default() });
            })
        });
        let key = (unit, indicator.to_string());
        match by_series.iter_mut().rev().find(|(own, _)| *own == key) {
            Some((_, items)) => items.push(item),
            None => by_series.push((key, vec![item])),
        }
    }
    let new_ids = made_units.iter().chain(&made_indicators).map(|(_, id)| id);
    steps.extend(new_ids.filter_map(|id| Some(Step::between(None, &workspace.record(id)?.get_untracked()))));
    let today = desk.today.get_untracked();
    for ((unit, indicator), items) in by_series {
        let Some(id) = readings::series_id(&unit, &indicator) else { continue };
        let measure = indicators.iter().find(|own| own.id == indicator).map(|own| own.measure);
        let measure = measure.unwrap_or_else(|| {
            measure_of(&items.iter().map(|item| (*item).clone()).collect::<Vec<_>>(), &items[0].row.indicator)
        });
        let before = workspace.record(&id).map(|record| record.get_untracked());
        readings::ensure(desk, &unit, &indicator);
        workspace.edit::<Series>(&id, &mut Focus::default(), |series| {
            for item in items {
                series.observations.insert(item.row.period, observation(item, measure, &source, today));
            }
        });
        if let Some(after) = workspace.record(&id) {
            steps.push(Step::between(before.as_ref(), &after.get_untracked()));
        }
    }
    workspace.save_now();
    steps
}

/// The one that was made for a name, made where there is none yet.
fn one_made(there: &mut Vec<(String, Id)>, name: &str, create: impl FnOnce(Id)) -> Id {
    let name = plain(name);
    if let Some((_, id)) = there.iter().find(|(own, _)| *own == name) {
        return id.clone();
    }
    let id = Id::from_random(device::random_bits());
    create(id.clone());
    there.push((name, id.clone()));
    id
}

/// What the figures of an unknown indicator are counted in, as far as its name and they say.
fn measure_of(items: &[Item], name: &str) -> Measure {
    let name = plain(name);
    let mut figures = items.iter().filter(|item| plain(&item.row.indicator) == name).filter_map(|item| item.row.value);
    match () {
        () if name.contains("procent") || name.contains('%') || name.contains("andel") => Measure::Percent,
        () if name.contains("indeks") => Measure::Index,
        () if name.contains("mio") => Measure::MillionKroner,
        () if name.contains("dage") => Measure::Days,
        () if figures.all(|figure| (0.0..=100.0).contains(&figure)) => Measure::Percent,
        () => Measure::Number,
    }
}

/// What came of it, and the way back.
fn report(desk: Desk, came: RwSignal<Option<Came>, LocalStorage>, now: &Came) -> Made {
    match now {
        Came::In(count, steps) => {
            let steps = Rc::clone(steps);
            let undo = move || {
                readings::undo(desk, &steps);
                came.set(Some(Came::Undone));
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
        Came::Undone => markup!(
            r#"<section class="report" role="status"><p>Det er fortrudt. Alt er, som det var før filen.</p></section>"#
        ),
    }
}
