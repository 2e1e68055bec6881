//! Figures from a spreadsheet: a file is chosen, its columns and names are agreed on, what it would bring is seen, and
//! only then is it brought.
//!
//! | file | idea |
//! | --- | --- |
//! | here | the page, and choosing a file and a sheet |
//! | `file` | from a file to its tables |
//! | `reader` | the worker that reads workbooks |
//! | `table` | a table, and what was agreed on of it, now or the last time |
//! | `agree` | what its columns and names mean |
//! | `outlook` | what it would bring |
//! | `bring` | bringing it, and the way back |

use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use workbook::message::Sheet;

use super::super::desk::Desk;
use super::super::device;
use super::super::made::{Made, button, live, made, nothing};
use super::super::markup::markup;
use super::super::route::Route;
use super::ways;
use bring::Came;
use reader::Reader;
use table::{Table, agreed};

mod agree;
mod bring;
mod file;
mod outlook;
mod reader;
mod table;

/// How far one is with a file.
#[derive(Clone)]
enum Stage {
    /// None was chosen.
    Nothing,
    /// It is being read; a workbook can take long, and can be stopped.
    Reading(String, bool),
    /// It cannot be read, or what was done is not done: a sentence.
    Refused(String),
    /// Its tables, and the one that is meant.
    Look(Rc<Vec<Sheet>>, Table),
    /// Its figures were brought, or it was undone.
    Came(Came),
}

/// What the parts of the page share: a handle.
#[derive(Clone, Copy)]
struct Page {
    desk: Desk,
    stage: RwSignal<Stage, LocalStorage>,
    reader: Reader,
}

/// The page.
#[component]
pub(super) fn Hent(desk: Desk) -> Made {
    let page = Page { desk, stage: RwSignal::new_local(Stage::Nothing), reader: Reader::new() };
    on_cleanup(move || page.reader.stop());
    let input = NodeRef::<html::Input>::new();
    let chosen = move |event: web_sys::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        let file = input.files().and_then(|files| files.get(0));
        // So that choosing the same file again is a choice again.
        input.set_value("");
        if let Some(file) = file {
            page.reader.stop();
            spawn_local(page.read(file));
        }
    };
    let body = live(move || match page.stage.get() {
        Stage::Nothing => nothing(),
        Stage::Reading(name, can_stop) => page.reading(&name, can_stop),
        Stage::Refused(words) => {
            markup!(
                r#"<section class="report refused" role="alert"><p>{} Intet er ændret hos dig.</p></section>"#,
                words
            )
        }
        Stage::Look(sheets, table) => markup!("<div>{}{}</div>", page.sheets(&sheets, &table), page.agree(&table)),
        Stage::Came(came) => page.report(came),
    });
    markup!(
        r#"
        <header class="page-head">
            <h1>Hent fra regneark</h1>
            <p class="purpose">Vælg filen, som I har den: alle enheder og indikatorer må stå i samme ark. Intet ændres, før du har set, hvad der sker.</p>
        </header>
        <div class="bar">{}</div>
        <div class="choose-table">{}<p class="help">Excel (.xlsx), ODS, CSV, tekst med tabulator og JSON-stat. Filen bliver i din browser.</p></div>
        <div>{}</div>"#,
        ways(&Route::Hent),
        made(view! {
            <label class="button primary" for="open-table">"Vælg fil"</label>
            <input id="open-table" class="visually-hidden" type="file" node_ref=input accept=".xlsx,.ods,.csv,.tsv,.txt,.json,text/csv,application/json" on:change=chosen/>
        }),
        body,
    )
}

impl Page {
    /// Reads a file, and shows the table that is most likely meant.
    async fn read(self, chosen: web_sys::File) {
        let name = chosen.name();
        self.stage.set(Stage::Reading(name.clone(), false));
        let read = match device::read_file(&chosen).await {
            Ok(bytes) => file::sheets(self, &name, bytes).await,
            Err(_) => Some(Err("Filen kunne ikke hentes fra din enhed. Prøv at vælge den igen.".to_owned())),
        };
        // Someone has stopped it, or has chosen another since.
        let Some(read) = read else { return };
        self.stage.set(match read {
            Ok(sheets) => {
                let sheets = Rc::new(sheets);
                let likeliest = file::likeliest(&sheets);
                Stage::Look(Rc::clone(&sheets), agreed(self.desk, name, &sheets[likeliest], likeliest))
            }
            Err(words) => Stage::Refused(words),
        });
    }

    fn reading(self, name: &str, can_stop: bool) -> Made {
        let stop = can_stop.then(|| {
            button("Stop", move || {
                self.reader.stop();
                self.stage.set(Stage::Refused("Du stoppede læsningen.".to_owned()));
            })
        });
        markup!(r#"<section class="report" role="status"><p>Læser «{}» …</p>{}</section>"#, name, stop)
    }

    /// The choice among the sheets of a book, where it has several.
    fn sheets(self, sheets: &Rc<Vec<Sheet>>, table: &Table) -> Made {
        if sheets.len() < 2 {
            return nothing();
        }
        let options: Vec<Made> = sheets
            .iter()
            .enumerate()
            .map(|(at, sheet)| option(&at.to_string(), &sheet.name, at == table.sheet))
            .collect();
        let (sheets, file) = (Rc::clone(sheets), table.name.clone());
        let choose = move |at: String| {
            let Some((at, sheet)) = at.parse().ok().and_then(|at: usize| Some((at, sheets.get(at)?))) else { return };
            let table = agreed(self.desk, file.clone(), sheet, at);
            self.stage.set(Stage::Look(Rc::clone(&sheets), table));
        };
        markup!(
            r#"<div class="bar">{}<p class="help">Arket med flest celler er valgt.</p></div>"#,
            made(view! {
                <label class="choose-kind"><span>"Ark"</span><select on:change:target=move |event| choose(event.target().value())>{options}</select></label>
            })
        )
    }

    /// Changes what was agreed on of the table.
    fn change(self, change: &dyn Fn(&mut Table)) {
        self.stage.update(|stage| {
            if let Stage::Look(_, table) = stage {
                change(table);
            }
        });
    }
}

fn option(value: &str, words: &str, is_chosen: bool) -> Made {
    if is_chosen {
        markup!(r#"<option value="{}" selected>{}</option>"#, value, words)
    } else {
        markup!(r#"<option value="{}">{}</option>"#, value, words)
    }
}
