//! Figures from a spreadsheet: a file is chosen, its columns and names are agreed on, what it would bring is seen, and
//! only then is it brought.
//!
//! | file | idea |
//! | --- | --- |
//! | here | the page, and choosing a file and a sheet |
//! | `open` | from a file to its tables |
//! | `workbook_worker` | the worker that reads workbooks |
//! | `table` | a table, and what was agreed on of it, now or the last time |
//! | `mapping` | what its columns and names mean |
//! | `preview` | what it would bring |
//! | `apply` | bringing it, and the way back |

use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use workbook::message::WorkbookSheet;

use crate::store::pause::Pauses;

use super::ways;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_view, empty_view};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use apply::ApplyOutcome;
use table::{Found, MappedTable, with_remembered_mapping};
use workbook_worker::WorkbookReader;

mod apply;
mod mapping;
mod open;
mod preview;
mod table;
mod workbook_worker;

/// How far one is with a file.
#[derive(Clone)]
enum TableStage {
    /// None was chosen.
    Nothing,
    /// It is being read, and can be stopped.
    Reading(String),
    /// It cannot be read, or what was done is not done: a sentence.
    Refused(String),
    /// Its tables, and the one that is meant.
    Look(Rc<Vec<WorkbookSheet>>, MappedTable),
    /// Its figures were brought, or it was undone.
    Came(ApplyOutcome),
}

/// What the parts of the page share: a handle.
#[derive(Clone, Copy)]
struct TableImport {
    desk: AppContext,
    stage: RwSignal<TableStage, LocalStorage>,
    /// What the table says and would bring, once that is worked out.
    found: RwSignal<Option<Rc<Found>>, LocalStorage>,
    reader: WorkbookReader,
}

/// The page.
#[component]
pub(crate) fn TableImportPage(desk: AppContext) -> BuiltView {
    let page = TableImport {
        desk,
        stage: RwSignal::new_local(TableStage::Nothing),
        found: RwSignal::new_local(None),
        reader: WorkbookReader::new(),
    };
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
    let body = dynamic_view(move || match page.stage.get() {
        TableStage::Nothing => empty_view(),
        TableStage::Reading(name) => page.working(&format!("Læser «{name}» …")),
        TableStage::Refused(words) => {
            markup!(
                r#"<section class="report refused" role="alert"><p>{} Intet er ændret hos dig.</p></section>"#,
                words
            )
        }
        TableStage::Look(sheets, table) => {
            markup!("<div>{}{}</div>", page.sheets(&sheets, &table), page.mapping(&table))
        }
        TableStage::Came(came) => page.report(came),
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
        build_view(view! {
            <label class="button primary" for="open-table">"Vælg fil"</label>
            <input id="open-table" class="visually-hidden" type="file" node_ref=input accept=".xlsx,.ods,.csv,.tsv,.txt,.json,text/csv,application/json" on:change=chosen/>
        }),
        body,
    )
}

impl TableImport {
    /// Reads a file, and shows the table that is most likely meant.
    async fn read(self, chosen: web_sys::File) {
        let name = chosen.name();
        self.reader.progress().set((0, 0));
        self.stage.set(TableStage::Reading(name.clone()));
        let turn = self.reader.turn();
        let bytes = platform::files::read_file(&chosen).await;
        // Someone has stopped it, or has chosen another since.
        if self.reader.turn() != turn {
            return;
        }
        let read = match bytes {
            Ok(bytes) => open::sheets(self, &name, bytes).await,
            Err(_) => Some(Err("Filen kunne ikke hentes fra din enhed. Prøv at vælge den igen.".to_owned())),
        };
        let Some(read) = read else { return };
        match read {
            Ok(sheets) => {
                let likeliest = open::likeliest(&sheets);
                self.look(name, &Rc::new(sheets), likeliest);
            }
            Err(words) => self.stage.set(TableStage::Refused(words)),
        }
    }

    /// Shows a sheet of a file, and works out what it would bring.
    fn look(self, name: String, sheets: &Rc<Vec<WorkbookSheet>>, at: usize) {
        let table = with_remembered_mapping(self.desk, name, sheets, at);
        self.stage.set(TableStage::Look(Rc::clone(sheets), table));
        self.work_out();
    }

    /// Works out what the table would bring, as it is agreed on now.
    fn work_out(self) {
        self.reader.stop();
        self.found.set(None);
        self.reader.progress().set((0, 0));
        let TableStage::Look(_, table) = self.stage.get_untracked() else { return };
        if table.layout.check(table.cells()).is_err() {
            return;
        }
        spawn_local(async move {
            if let Some(found) = self.find(&table, &mut Pauses::begin()).await {
                self.found.set(Some(Rc::new(found)));
            }
        });
    }

    /// That something is being worked at, how far it is, and the way to stop it.
    fn working(self, words: &str) -> BuiltView {
        let stop = move || {
            self.reader.stop();
            self.stage.set(TableStage::Refused("Du stoppede læsningen.".to_owned()));
        };
        let progress = self.reader.progress();
        let of = progress.clone();
        let value = move || Some(progress.get()).filter(|(_, all)| *all > 0).map(|(done, _)| done.to_string());
        let most = move || of.get().1.max(1).to_string();
        let bar = view! { <progress aria-label="Arbejder" max=most value=value></progress> };
        markup!(
            r#"<section class="report" role="status"><p>{}</p>{}{}</section>"#,
            words,
            build_view(bar),
            button("Stop", stop)
        )
    }

    /// The choice among the sheets of a book, where it has several.
    fn sheets(self, sheets: &Rc<Vec<WorkbookSheet>>, table: &MappedTable) -> BuiltView {
        if sheets.len() < 2 {
            return empty_view();
        }
        let options: Vec<BuiltView> = sheets
            .iter()
            .enumerate()
            .map(|(at, sheet)| option(&at.to_string(), &sheet.name, at == table.sheet))
            .collect();
        let (sheets, file) = (Rc::clone(sheets), table.name.clone());
        let choose = move |at: String| {
            if let Some(at) = at.parse().ok().filter(|at| *at < sheets.len()) {
                self.look(file.clone(), &sheets, at);
            }
        };
        markup!(
            r#"<div class="bar">{}<p class="help">Arket med flest celler er valgt.</p></div>"#,
            build_view(view! {
                <label class="choose-kind"><span>"Ark"</span><select on:change:target=move |event| choose(event.target().value())>{options}</select></label>
            })
        )
    }

    /// Changes what was agreed on of the table.
    fn change(self, change: &dyn Fn(&mut MappedTable)) {
        self.stage.update(|stage| {
            if let TableStage::Look(_, table) = stage {
                change(table);
            }
        });
        self.work_out();
    }
}

fn option(value: &str, words: &str, is_chosen: bool) -> BuiltView {
    if is_chosen {
        markup!(r#"<option value="{}" selected>{}</option>"#, value, words)
    } else {
        markup!(r#"<option value="{}">{}</option>"#, value, words)
    }
}
