//! Import and export of files.
//!
//! An opened file changes nothing by itself. It is read and planned, shown as a preview, and imported when the user
//! confirms. Long work runs in slices, reports its progress, and can be stopped.
//!
//! | file | purpose |
//! | --- | --- |
//! | `mod.rs` | the handle [`Files`], and saving files |
//! | `process` | from files to a plan, and from a plan to its result |
//! | `preview` | what the files would change, with choices |
//! | `report` | progress, the question for a password, and the result |
//! | `encryption` | encryption by the browser |
//! | `buttons` | the buttons to save and open files |

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{DataTransfer, File, FileList};

use crate::domain::date::Date;
use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::exchange::apply::ImportReport;
use crate::exchange::file;
use crate::exchange::lock::Locked;
use crate::exchange::plan::Plan;
use crate::exchange::read::FileHead;
use crate::exchange::scope::Scope;
use crate::exchange::write;
use crate::record::Records;
use crate::store::snapshot::Snapshot;

use crate::ui::kit::lazy::lazy_fn;
use crate::ui::kit::view::{BuiltView, dynamic_view, empty_view, or_empty};
use crate::ui::platform;
use crate::ui::platform::files::{NotSaved, SavedFile};
use crate::ui::platform::focus::move_focus_to_top;
use crate::ui::route::Route;
use crate::ui::state::app_context::{AppContext, NamedFile};
use crate::ui::state::workspace::Workspace;

mod buttons;
mod encryption;
mod preview;
mod process;
mod report;

pub(crate) use buttons::FileButtons;
pub(crate) use report::{outcome_view, working_view};

/// The stage of the current import.
#[derive(Clone)]
pub(crate) enum ImportStage {
    /// Work on the named files is in progress.
    Working(String),
    /// One of the files is locked; the user is asked for its password.
    Locked(Arc<PasswordRequest>),
    /// The changes are shown, for the user to choose from.
    Preview(Arc<ImportPreview>),
    /// The import has ended. Holds the name of the files and the outcome.
    Finished(String, ImportOutcome),
}

/// The progress of work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WorkProgress {
    /// What is being done, in Danish.
    pub(crate) activity: &'static str,
    /// How many items are done, out of `total`. A total of 0 means unknown.
    pub(crate) done: usize,
    pub(crate) total: usize,
}

/// The question for the password of a locked file.
pub(crate) struct PasswordRequest {
    /// All files of the import.
    pub(crate) sources: Vec<NamedFile>,
    /// The index of the locked file.
    pub(crate) index: usize,
    /// The locked file.
    pub(crate) locked: Locked,
    /// Why the previous password was rejected.
    pub(crate) refused: Option<String>,
}

/// What files would change.
pub(crate) struct ImportPreview {
    /// The name of the files together.
    pub(crate) name: String,
    /// The changes to each record.
    pub(crate) plan: Plan,
    /// The name and the envelope of each file that could be read.
    pub(crate) heads: Vec<(String, FileHead)>,
    /// The name of each file that could not be read, and the reason.
    pub(crate) refused: Vec<(String, String)>,
    /// The files.
    sources: Vec<NamedFile>,
    /// The units of the files that are imported under new ids.
    as_new: Vec<Id>,
}

/// The outcome of opening files or restoring a snapshot.
#[derive(Clone, Debug)]
pub(crate) enum ImportOutcome {
    /// The files could not be read, with the reason.
    Refused(String),
    /// None of several files could be read. Holds the name of each, and the reason.
    RefusedFiles(Vec<(String, String)>),
    /// The files were imported. Holds the report, the number of the action, and the files, where parts of their content
    /// lose against what is already known here and can be written again.
    Imported(ImportReport, u64, Option<Vec<NamedFile>>),
    /// A snapshot was restored. Holds the report and the number of the action.
    Restored(ImportReport, u64),
    /// The import was undone. Holds a message, and the names of records that were left alone because they have been
    /// changed since.
    Undone(&'static str, Vec<String>),
    /// The user stopped or dismissed the import. Holds a message.
    Cancelled(&'static str),
}

/// An earlier state, or the content of a file, to be looked at.
pub(crate) struct PastState {
    /// The title: `Sådan var det 3. november 2026 kl. 10.42`.
    pub(crate) title: String,
    /// The records of the state.
    pub(crate) records: Records,
}

/// The latest saved file, with the details that its name does not contain.
#[derive(Clone, Debug)]
pub(crate) struct Receipt {
    /// The file.
    pub(crate) file: SavedFile,
    /// Whether the file is locked with a password.
    pub(crate) is_locked: bool,
    /// The day by which the recipient is asked to delete the file.
    pub(crate) delete_by: Option<Date>,
}

thread_local! {
    /// The receipt. It is not the value of a signal, because a signal of this type would enlarge the first visit.
    static RECEIPT: RefCell<Option<Receipt>> = const { RefCell::new(None) };
}

/// Import and export of this page. A handle that is copied freely.
#[derive(Clone, Copy)]
pub(crate) struct Files {
    /// The context of every page, behind a handle, because `Files` is copied often.
    app: StoredValue<AppContext, LocalStorage>,
    /// The records.
    pub(crate) workspace: Workspace,
    /// The current import, if any.
    pub(crate) stage: RwSignal<Option<ImportStage>>,
    /// The progress of the current work. A signal of its own, so the view with the stop button is not rebuilt at every
    /// step.
    progress: RwSignal<WorkProgress>,
    /// The state shown on the page of earlier states.
    pub(crate) past_state: RwSignal<Option<Arc<PastState>>>,
    /// Whether the latest saved file has a receipt that the user has not closed.
    has_receipt: RwSignal<bool>,
    /// Whether the user has stopped the current work.
    is_stopped: StoredValue<Rc<Cell<bool>>, LocalStorage>,
}

impl Files {
    /// Creates the handle, which records every file that a page saves. No import is in progress.
    pub(crate) fn new(app: AppContext) -> Self {
        let has_receipt = RwSignal::new(false);
        platform::files::listen_to_saved_files(Box::new(move |file| {
            RECEIPT.set(Some(Receipt { file, is_locked: false, delete_by: None }));
            has_receipt.set(true);
        }));
        Self {
            app: StoredValue::new_local(app),
            workspace: app.workspace,
            has_receipt,
            stage: RwSignal::new(None),
            progress: RwSignal::new(WorkProgress::default()),
            past_state: RwSignal::new(None),
            is_stopped: StoredValue::new_local(Rc::default()),
        }
    }

    /// Returns the context of every page.
    pub(crate) fn app(self) -> AppContext {
        self.app.get_value()
    }

    /// Saves everything as a backup file. Its name contains the unit that pages are about.
    pub(crate) fn save(self) {
        let app = self.app();
        let unit = untrack(|| app.body::<Enhed>(app.unit().as_ref()));
        let name = file::name(unit.name.as_str(), "sikkerhedskopi", platform::clock::today());
        let text = write::write_backup(&self.workspace.all_records(), platform::clock::now());
        match platform::files::save_export(&name, text) {
            Ok(()) => self.workspace.note_backup(|backup| backup.record_backup(platform::clock::now())),
            Err(NotSaved) => self.show_save_error(),
        }
    }

    /// Saves a part as a file for others, encrypted where there is a password.
    pub(crate) fn share(self, name: String, scope: Scope, delete_by: Option<Date>, password: String) {
        let text = write::write_to_be_deleted(&self.workspace.all_records(), &scope, platform::clock::now(), delete_by);
        let is_backup = scope == Scope::Backup;
        let is_locked = !password.is_empty();
        spawn_local(async move {
            let saved = match text {
                Ok(text) if is_locked => match encryption::lock(&text, &password).await {
                    Ok(locked) => platform::files::save_file(&name, &locked.text()),
                    // The cause has been reported.
                    Err(_) => Err(NotSaved),
                },
                text => platform::files::save_export(&name, text),
            };
            if saved.is_err() {
                self.show_save_error();
                return;
            }
            if is_backup {
                self.workspace.note_backup(|backup| backup.record_backup(platform::clock::now()));
            }
            RECEIPT.with_borrow_mut(|receipt| {
                if let Some(receipt) = receipt {
                    (receipt.is_locked, receipt.delete_by) = (is_locked, delete_by);
                }
            });
        });
    }

    /// Returns whether the latest saved file has a receipt, tracked.
    pub(crate) fn has_receipt(self) -> bool {
        self.has_receipt.get()
    }

    /// Returns the receipt of the latest saved file, tracked.
    pub(crate) fn receipt(self) -> Option<Receipt> {
        if self.has_receipt.get() { RECEIPT.with_borrow(Clone::clone) } else { None }
    }

    /// Closes the receipt.
    pub(crate) fn close_receipt(self) {
        RECEIPT.set(None);
        self.has_receipt.set(false);
    }

    /// Returns whether this browser can encrypt files here.
    pub(crate) fn can_lock() -> bool {
        encryption::is_available()
    }

    /// Shows that a file could not be saved.
    fn show_save_error(self) {
        let words = "Filen kunne ikke gemmes. Alt er stadig her på siden. Prøv igen.";
        self.workspace.error_message.set(Some(words.to_owned()));
    }

    /// Opens the files that the user chose or dropped, all of them together.
    pub(crate) fn open(self, files: Option<&FileList>) {
        let files: Vec<File> =
            files.into_iter().flat_map(|files| (0..files.length()).filter_map(|index| files.get(index))).collect();
        if !files.is_empty() {
            spawn_local(async move { self.check_loaded(open_all(self, files).await.is_ok()) });
        }
    }

    /// Shows an error where the code that opens files could not be loaded.
    fn check_loaded(self, is_loaded: bool) {
        if !is_loaded {
            let words = "Det, der skal til for at åbne en fil, kunne ikke hentes. Intet er ændret hos dig. Er du uden net, \
                         så prøv igen, når du er på; ellers genindlæs siden.";
            self.workspace.error_message.set(Some(words.to_owned()));
        }
    }

    /// Returns whether there is something to show about an import.
    pub(crate) fn has_report(self) -> bool {
        self.stage.with(Option::is_some)
    }

    /// Closes the report of an import that needs no further work from the user. Called when another page is opened. The
    /// import can still be undone from there.
    pub(crate) fn leave_report(self) {
        let is_dealt_with = self.stage.with_untracked(|stage| match stage {
            Some(ImportStage::Finished(_, ImportOutcome::Imported(report, _, None))) => {
                report.faults.is_empty() && report.cpr.is_empty() && report.new_choices == 0
            }
            _ => false,
        });
        if is_dealt_with {
            self.stage.set(None);
        }
    }

    /// Opens pasted files, or a pasted text that is a file. Returns `false` where the clipboard has neither.
    pub(crate) fn paste(self, pasted: &DataTransfer) -> bool {
        let text = pasted.get_data("text/plain").unwrap_or_default();
        let files = pasted.files().filter(|files| {
            // Office programs copy a picture along with a text. The user means the text.
            let is_picture = files.get(0).is_some_and(|file| file.type_().starts_with("image/"));
            files.length() > 0 && (text.is_empty() || !is_picture)
        });
        if files.is_some() {
            self.open(files.as_ref());
            return true;
        }
        let is_file = file::has_file_prefix(&text);
        if is_file {
            spawn_local(async move { self.check_loaded(open_pasted(self, text).await.is_ok()) });
        }
        is_file
    }

    /// Restores everything from a snapshot, and shows the outcome at the top of the page.
    pub(crate) fn restore(self, snapshot: Snapshot) {
        spawn_local(async move {
            let name = format!("Sådan var det {}", platform::clock::danish(snapshot.at));
            let outcome = match self.workspace.restore(&snapshot).await {
                Some((report, number)) => ImportOutcome::Restored(report, number),
                None => ImportOutcome::Refused(UNREADABLE.to_owned()),
            };
            self.show_outcome(name, outcome);
        });
    }

    /// Shows the records of a snapshot on the page of earlier states.
    pub(crate) fn view_snapshot(self, snapshot: Snapshot) {
        spawn_local(async move {
            let title = format!("Sådan var det {}", platform::clock::danish(snapshot.at));
            match self.workspace.read_snapshot(&snapshot).await {
                Some(records) => self.show_past_state(PastState { title, records }),
                None => self.show_outcome(title, ImportOutcome::Refused(UNREADABLE.to_owned())),
            }
        });
    }

    /// Shows a state on the page of earlier states.
    fn show_past_state(self, past_state: PastState) {
        self.past_state.set(Some(Arc::new(past_state)));
        platform::navigation::go_to(&Route::Dengang.to_string());
    }

    /// Shows an outcome at the top of the page.
    fn show_outcome(self, name: String, outcome: ImportOutcome) {
        self.stage.set(Some(ImportStage::Finished(name, outcome)));
        move_focus_to_top(&Route::Filer);
    }
}

/// The message about an unreadable snapshot.
const UNREADABLE: &str =
    "Øjebliksbilledet kan ikke læses. Intet er ændret hos dig. Prøv et andet, eller åbn en fil, du har gemt.";

lazy_fn!(data, fetched by _fetch_open_all: fn open_all(files: Files, chosen: Vec<File>) -> () {
    spawn_local(files.read(chosen));
});

lazy_fn!(data, fetched by _fetch_open_pasted: fn open_pasted(files: Files, text: String) -> () {
    files.start_work();
    spawn_local(files.preview(vec![("Det indsatte".to_owned(), text.into_bytes().into())], Vec::new()));
});

/// Shows the current import, until the user closes it.
#[component]
pub(crate) fn ImportReport(files: Files) -> BuiltView {
    dynamic_view(move || match files.stage.get() {
        None => empty_view(),
        Some(ImportStage::Working(name)) => {
            report::working_view(&name, Rc::new(move || files.progress.get()), Rc::new(move || files.stop()))
        }
        Some(ImportStage::Locked(request)) => report::password_view(files, request),
        Some(ImportStage::Preview(import_preview)) => preview::plan_view(files, &import_preview),
        Some(ImportStage::Finished(name, outcome)) => or_empty(Some(outcome_view(Some(files), &name, outcome))),
    })
}
