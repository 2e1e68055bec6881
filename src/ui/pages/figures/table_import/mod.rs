//! Import of figures from a spreadsheet. The user chooses a file, or opens one anywhere in the app, maps its columns
//! and names, and sees a preview. Only then does the user apply the import. No record must change before that.
//!
//! | file | contents |
//! | --- | --- |
//! | `mod` | the page, and the choice of a file and a sheet |
//! | `open` | reads the tables of a file |
//! | `workbook_worker` | the worker that reads workbooks |
//! | `table` | a table with its mapping; remembers mappings; the dry run |
//! | `mapping` | the form that maps columns and names |
//! | `preview` | the preview of the import |
//! | `apply` | writes the figures, and undoes the import |

use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use workbook::message::WorkbookSheet;

use crate::store::pause::TimeSlices;

use super::sheet::files::template_of_all_units;
use super::tabs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_label, dynamic_view, empty_view, on_click, or_empty,
};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::{AppContext, NamedFile};
use apply::ApplyOutcome;
use table::{DryRunResult, MappedTable, with_remembered_mapping};
use workbook_worker::WorkbookReader;

mod apply;
mod mapping;
mod open;
mod preview;
mod table;
mod workbook_worker;

/// The stage of an import.
#[derive(Clone)]
enum TableStage {
    /// No file is chosen.
    NoFile,
    /// The file with this name is being read. Reading can be stopped.
    Reading(String),
    /// The file cannot be read, or reading was stopped: a sentence in Danish.
    Failed(String),
    /// The file is read: its sheets, and the chosen sheet with its mapping.
    Mapping(Rc<Vec<WorkbookSheet>>, MappedTable),
    /// The figures were written, or the import was undone.
    Applied(ApplyOutcome),
}

/// State shared by the parts of the page. A handle that is cheap to copy.
#[derive(Clone, Copy)]
struct TableImport {
    app: AppContext,
    stage: RwSignal<TableStage, LocalStorage>,
    /// The dry run of the current table, once it is computed.
    dry_run: RwSignal<Option<Rc<DryRunResult>>, LocalStorage>,
    reader: WorkbookReader,
}

/// Page of the import.
#[component]
pub(crate) fn TableImportPage(app: AppContext) -> BuiltView {
    let page = TableImport {
        app,
        stage: RwSignal::new_local(TableStage::NoFile),
        dry_run: RwSignal::new_local(None),
        reader: WorkbookReader::new(),
    };
    on_cleanup(move || page.reader.stop());
    // Opens a table that was opened elsewhere in the app. While the page is at work on another table, the table waits.
    Effect::new(move |_| {
        let has_waiting = !app.opened_tables().with(Vec::is_empty);
        let is_busy = matches!(page.stage.get_untracked(), TableStage::Reading(_) | TableStage::Mapping(..));
        if has_waiting && !is_busy {
            page.open_next();
        }
    });
    let input = NodeRef::<html::Input>::new();
    let read_chosen_file = move |event: web_sys::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        let file = input.files().and_then(|files| files.get(0));
        // Cleared, so that choosing the same file again fires an event.
        input.set_value("");
        if let Some(file) = file {
            page.reader.stop();
            spawn_local(page.read(file));
        }
    };
    let body = dynamic_view(move || match page.stage.get() {
        TableStage::NoFile => empty_view(),
        TableStage::Reading(name) => page.progress_view(&format!("Læser «{name}» …")),
        TableStage::Failed(words) => {
            markup!(
                r#"<section class="report refused" role="alert"><p>{} Intet er ændret hos dig.</p></section>"#,
                words
            )
        }
        TableStage::Mapping(sheets, table) => {
            markup!("<div>{}{}</div>", page.sheet_select(&sheets, &table), page.mapping_form(&table))
        }
        TableStage::Applied(outcome) => page.report(outcome),
    });
    markup!(
        r#"
        <header class="page-head">
            <h1>Hent fra regneark</h1>
            <p class="purpose">Vælg filen, som I har den: alle enheder og indikatorer må stå i samme ark. Intet ændres, før du har set, hvad der sker.</p>
        </header>
        <div class="toolbar">{}</div>
        <div class="choose-table">{}<p class="help">Excel (.xlsx), ODS, CSV, tekst med tabulator og JSON-stat. Filen bliver i din browser.</p>{}</div>
        <div>{}</div>
        <div>{}</div>"#,
        tabs(&Route::Hent),
        build_view(view! {
            <label class="button primary" for="open-table">"Vælg fil"</label>
            <input id="open-table" class="visually-hidden" type="file" node_ref=input accept=".xlsx,.ods,.csv,.tsv,.txt,.json,text/csv,application/json" on:change=read_chosen_file/>
        }),
        template_of_all_units(page.app),
        page.waiting_tables(),
        body,
    )
}

impl TableImport {
    /// Reads a file and shows its most likely sheet.
    async fn read(self, file: web_sys::File) {
        let name = file.name();
        self.reader.progress().set((0, 0));
        self.stage.set(TableStage::Reading(name.clone()));
        let job = self.reader.current_job();
        let bytes = platform::files::read_file(&file).await;
        // Reading was stopped, or another file was chosen meanwhile.
        if self.reader.current_job() != job {
            return;
        }
        if let Ok(bytes) = bytes {
            self.read_bytes(name, &bytes).await;
        } else {
            let words = "Filen kunne ikke hentes fra din enhed. Prøv at vælge den igen.";
            self.stage.set(TableStage::Failed(words.to_owned()));
        }
    }

    /// Reads the bytes of a file and shows its most likely sheet.
    async fn read_bytes(self, name: String, bytes: &[u8]) {
        match open::sheets(self, &name, bytes).await {
            // The user stopped the reading.
            None => {}
            Some(Ok(sheets)) => {
                let likeliest = open::likeliest_sheet(&sheets);
                self.show_sheet(name, &Rc::new(sheets), likeliest);
            }
            Some(Err(words)) => self.stage.set(TableStage::Failed(words)),
        }
    }

    /// Opens the first of the files that wait.
    fn open_next(self) {
        let next = self.app.opened_tables().try_update(|waiting| {
            let next: Option<NamedFile> = (!waiting.is_empty()).then(|| waiting.remove(0));
            next
        });
        let Some((name, bytes)) = next.flatten() else { return };
        self.reader.stop();
        self.reader.progress().set((0, 0));
        self.stage.set(TableStage::Reading(name.clone()));
        spawn_local(async move { self.read_bytes(name, &bytes).await });
    }

    /// Lists the tables that wait while the page is at work on another, if any.
    fn waiting_tables(self) -> BuiltView {
        let waiting = self.app.opened_tables();
        dynamic_view(move || {
            let names: Vec<String> =
                waiting.with(|waiting| waiting.iter().map(|(name, _)| format!("«{name}»")).collect());
            or_empty(names.first().map(|next| {
                let label = format!("Åbn den næste: {next}");
                let all = waiting.clone();
                markup!(
                    r#"<section class="notice" aria-label="Filer, der venter"><p>Du har åbnet flere tabeller. Her venter {}.</p><div class="buttons">{}{}</div></section>"#,
                    names.join(", "),
                    button_with_label("", "Åbn den næste", label, on_click(move || self.open_next())),
                    button("Luk dem", move || all.set(Vec::new()))
                )
            }))
        })
    }

    /// Shows the sheet at `index` and starts its dry run.
    fn show_sheet(self, name: String, sheets: &Rc<Vec<WorkbookSheet>>, index: usize) {
        let table = with_remembered_mapping(self.app, name, sheets, index);
        self.stage.set(TableStage::Mapping(Rc::clone(sheets), table));
        self.start_dry_run();
    }

    /// Starts the dry run of the table with its current mapping. Stops a dry run that is under way.
    fn start_dry_run(self) {
        self.reader.stop();
        self.dry_run.set(None);
        self.reader.progress().set((0, 0));
        let TableStage::Mapping(_, table) = self.stage.get_untracked() else { return };
        if table.layout.check(table.cells()).is_err() {
            return;
        }
        spawn_local(async move {
            if let Some(result) = self.compute_dry_run(&table, &mut TimeSlices::begin()).await {
                self.dry_run.set(Some(Rc::new(result)));
            }
        });
    }

    /// Builds the progress bar with a button to stop the work.
    fn progress_view(self, message: &str) -> BuiltView {
        let stop = move || {
            self.reader.stop();
            self.stage.set(TableStage::Failed("Du stoppede læsningen.".to_owned()));
        };
        let progress = self.reader.progress();
        let total_progress = progress.clone();
        let value = move || Some(progress.get()).filter(|(_, total)| *total > 0).map(|(done, _)| done.to_string());
        let max = move || total_progress.get().1.max(1).to_string();
        let bar = view! { <progress aria-label="Arbejder" max=max value=value></progress> };
        markup!(
            r#"<section class="report" role="status"><p>{}</p>{}{}</section>"#,
            message,
            build_view(bar),
            button("Stop", stop)
        )
    }

    /// Builds the select of a workbook's sheets. Empty if there is only one sheet.
    fn sheet_select(self, sheets: &Rc<Vec<WorkbookSheet>>, table: &MappedTable) -> BuiltView {
        if sheets.len() < 2 {
            return empty_view();
        }
        let options: Vec<BuiltView> = sheets
            .iter()
            .enumerate()
            .map(|(index, sheet)| option(&index.to_string(), &sheet.name, index == table.sheet))
            .collect();
        let (sheets, file) = (Rc::clone(sheets), table.name.clone());
        let choose = move |index: String| {
            if let Some(index) = index.parse().ok().filter(|index| *index < sheets.len()) {
                self.show_sheet(file.clone(), &sheets, index);
            }
        };
        markup!(
            r#"<div class="toolbar">{}<p class="help">Arket med flest celler er valgt.</p></div>"#,
            build_view(view! {
                <label class="choose-kind"><span>"Ark"</span><select on:change:target=move |event| choose(event.target().value())>{options}</select></label>
            })
        )
    }

    /// Changes the mapping of the table and starts the dry run again.
    fn change(self, change: &dyn Fn(&mut MappedTable)) {
        self.stage.update(|stage| {
            if let TableStage::Mapping(_, table) = stage {
                change(table);
            }
        });
        self.start_dry_run();
    }
}

/// Builds an option of a select.
fn option(value: &str, words: &str, is_chosen: bool) -> BuiltView {
    if is_chosen {
        markup!(r#"<option value="{}" selected>{}</option>"#, value, words)
    } else {
        markup!(r#"<option value="{}">{}</option>"#, value, words)
    }
}
