//! Files in and out.
//!
//! A file is looked into before it does anything: read and planned, shown as what it would bring, and taken in when its
//! user says so. Long work goes on a little at a time, says how far it is, and can be stopped.
//!
//! | file | idea |
//! | --- | --- |
//! | here | the handle, and handing files out |
//! | `process` | from files to a plan, and from a plan to what it brings |
//! | `preview` | what a file would bring, to be chosen among |
//! | `report` | what came of it |
//! | `encryption` | the browser's lock |

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{DataTransfer, File, FileList};

use crate::domain::date::Date;
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

use crate::ui::kit::lazy::in_piece;
use crate::ui::kit::view::{BuiltView, dynamic_view, empty_view, or_empty};
use crate::ui::platform;
use crate::ui::platform::focus::show_from_the_top;
use crate::ui::route::Route;
use crate::ui::state::workspace::Workspace;

mod buttons;
mod encryption;
mod preview;
mod process;
mod report;

pub(crate) use buttons::FileButtons;
pub(crate) use report::{outcome_view, working_view};

/// A file's name and its bytes.
pub(crate) type SourceFile = (String, Arc<[u8]>);

/// How far it is with what the user opened.
#[derive(Clone)]
pub(crate) enum ImportStage {
    /// Work is going on with what is named.
    Working(String),
    /// One of the files is locked: its password is asked for.
    Locked(Arc<PasswordRequest>),
    /// What the files would bring, to be chosen among.
    Preview(Arc<ImportPreview>),
    /// What came of it: the name of what was opened, and the outcome.
    Finished(String, ImportOutcome),
}

/// How far the work is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WorkProgress {
    /// What is being done, in words.
    pub(crate) doing: &'static str,
    /// How much is done, of how much.
    pub(crate) done: usize,
    pub(crate) all: usize,
}

/// A locked file among those that were opened.
pub(crate) struct PasswordRequest {
    pub(crate) sources: Vec<SourceFile>,
    pub(crate) place: usize,
    pub(crate) locked: Locked,
    /// Why the last password did not do.
    pub(crate) refused: Option<String>,
}

/// What files would bring.
pub(crate) struct ImportPreview {
    pub(crate) name: String,
    pub(crate) plan: Plan,
    /// The envelope of each file that could be read.
    pub(crate) heads: Vec<(String, FileHead)>,
    /// What could not be read at all, and why.
    pub(crate) refused: Vec<(String, String)>,
    sources: Vec<SourceFile>,
    /// The units of them that come as new ones.
    afresh: Vec<Id>,
}

/// What came of opening files.
#[derive(Clone, Debug)]
pub(crate) enum ImportOutcome {
    /// They could not be read, and why.
    Refused(String),
    /// They were taken in, and that is undone by a number. The files are kept where they say things otherwise that were
    /// known here: their words can be written again.
    Taken(ImportReport, u64, Option<Vec<SourceFile>>),
    /// All was brought back to what it was at a moment, and that is undone by a number.
    Restored(ImportReport, u64),
    /// What it brought was undone, in words; but for what is named, which was written in since.
    Undone(&'static str, Vec<String>),
    /// The user stopped it, or left it.
    Left(&'static str),
}

/// An earlier state, or what a file holds, to be looked at.
pub(crate) struct PastState {
    /// What it is: `Sådan var det 3. november 2026 kl. 10.42`.
    pub(crate) title: String,
    pub(crate) records: Records,
}

/// The files of this page: a handle, as the workspace is.
#[derive(Clone, Copy)]
pub(crate) struct Files {
    pub(crate) workspace: Workspace,
    pub(crate) stage: RwSignal<Option<ImportStage>>,
    /// How far the work that goes on is. Apart, so that what shows it, and the way to stop it, stay where they are.
    progress: RwSignal<WorkProgress>,
    /// What is looked at on the page of earlier states.
    pub(crate) then: RwSignal<Option<Arc<PastState>>>,
    is_stopped: StoredValue<Rc<Cell<bool>>, LocalStorage>,
}

impl Files {
    pub(crate) fn new(workspace: Workspace) -> Self {
        Self {
            workspace,
            stage: RwSignal::new(None),
            progress: RwSignal::new(WorkProgress::default()),
            then: RwSignal::new(None),
            is_stopped: StoredValue::new_local(Rc::default()),
        }
    }

    /// Hands everything to the user as a file.
    pub(crate) fn save(self, what: &str) {
        let name = file::name(what, "sikkerhedskopi", platform::clock::today());
        let text = write::write_backup(&self.workspace.all_records(), platform::clock::now());
        let saved = text.map_err(drop).and_then(|text| platform::files::save_file(&name, &text).map_err(drop));
        match saved {
            Ok(()) => self.workspace.note_backup(|backup| backup.save(platform::clock::now())),
            Err(()) => self.could_not_save(),
        }
    }

    /// Hands a part to the user as a file, locked where there is a password.
    pub(crate) fn share(self, name: String, scope: Scope, delete_by: Option<Date>, password: String) {
        let text = write::write_to_be_deleted(&self.workspace.all_records(), &scope, platform::clock::now(), delete_by);
        let is_backup = scope == Scope::Backup;
        spawn_local(async move {
            let text = match text {
                Ok(text) if password.is_empty() => Ok(text),
                Ok(text) => encryption::lock(&text, &password).await.map(|locked| locked.text()).map_err(drop),
                Err(_) => Err(()),
            };
            match text.and_then(|text| platform::files::save_file(&name, &text).map_err(drop)) {
                Ok(()) if is_backup => self.workspace.note_backup(|backup| backup.save(platform::clock::now())),
                Ok(()) => {}
                Err(()) => self.could_not_save(),
            }
        });
    }

    /// Whether this browser can lock a file here.
    pub(crate) fn can_lock() -> bool {
        encryption::is_there()
    }

    fn could_not_save(self) {
        let words = "Filen kunne ikke gemmes. Alt er stadig her på siden. Prøv igen.";
        self.workspace.trouble.set(Some(words.to_owned()));
    }

    /// Opens the files that the user chose or dropped, all at once.
    pub(crate) fn open(self, files: Option<&FileList>) {
        let files: Vec<File> =
            files.into_iter().flat_map(|files| (0..files.length()).filter_map(|index| files.get(index))).collect();
        if !files.is_empty() {
            spawn_local(async move { self.came(open_all(self, files).await.is_ok()) });
        }
    }

    /// Whether what is needed to open a file came.
    fn came(self, has_come: bool) {
        if !has_come {
            let words = "Det, der skal til for at åbne en fil, kunne ikke hentes. Intet er ændret hos dig. Er du uden net, \
                         så prøv igen, når du er på; ellers genindlæs siden.";
            self.workspace.trouble.set(Some(words.to_owned()));
        }
    }

    /// Whether there is something to say of a file.
    pub(crate) fn has_news(self) -> bool {
        self.stage.with(Option::is_some)
    }

    /// Opens what was pasted: files, or the text of one. `false` where it is neither.
    pub(crate) fn paste(self, pasted: &DataTransfer) -> bool {
        if pasted.files().is_some_and(|files| files.length() > 0) {
            self.open(pasted.files().as_ref());
            return true;
        }
        let text = pasted.get_data("text/plain").unwrap_or_default();
        let is_file = file::begins_as_one(&text);
        if is_file {
            spawn_local(async move { self.came(open_pasted(self, text).await.is_ok()) });
        }
        is_file
    }

    /// Brings everything back to what it was in a snapshot, and says at the top of the page what came of it.
    pub(crate) fn restore(self, snapshot: Snapshot) {
        spawn_local(async move {
            let name = format!("Sådan var det {}", platform::clock::danish(snapshot.at));
            let outcome = match self.workspace.restore(&snapshot).await {
                Some((report, number)) => ImportOutcome::Restored(report, number),
                None => ImportOutcome::Refused(UNREADABLE.to_owned()),
            };
            self.say(name, outcome);
        });
    }

    /// Shows how everything was in a snapshot, to be looked at.
    pub(crate) fn look_back(self, snapshot: Snapshot) {
        spawn_local(async move {
            let title = format!("Sådan var det {}", platform::clock::danish(snapshot.at));
            match self.workspace.read_snapshot(&snapshot).await {
                Some(records) => self.show(PastState { title, records }),
                None => self.say(title, ImportOutcome::Refused(UNREADABLE.to_owned())),
            }
        });
    }

    /// Shows something on the page of earlier states.
    fn show(self, then: PastState) {
        self.then.set(Some(Arc::new(then)));
        platform::navigation::go_to(&Route::Dengang.to_string());
    }

    /// Says what came of something, at the top of the page.
    fn say(self, name: String, outcome: ImportOutcome) {
        self.stage.set(Some(ImportStage::Finished(name, outcome)));
        show_from_the_top(&Route::Filer);
    }
}

const UNREADABLE: &str =
    "Øjebliksbilledet kan ikke læses. Intet er ændret hos dig. Prøv et andet, eller åbn en fil, du har gemt.";

in_piece!(files, fetched by _fetch_open_all: fn open_all(files: Files, chosen: Vec<File>) -> () {
    spawn_local(files.read(chosen));
});

in_piece!(files, fetched by _fetch_open_pasted: fn open_pasted(files: Files, text: String) -> () {
    files.begin();
    spawn_local(files.preview(vec![("Det indsatte".to_owned(), text.into_bytes().into())], Vec::new()));
});

/// What was opened last, until the user closes it.
#[component]
pub(crate) fn ImportReport(files: Files) -> BuiltView {
    dynamic_view(move || match files.stage.get() {
        None => empty_view(),
        Some(ImportStage::Working(name)) => {
            report::working_view(&name, Rc::new(move || files.progress.get()), Rc::new(move || files.stop()))
        }
        Some(ImportStage::Locked(asked)) => report::password_view(files, asked),
        Some(ImportStage::Preview(look)) => preview::plan_view(files, &look),
        Some(ImportStage::Finished(name, outcome)) => or_empty(Some(outcome_view(Some(files), &name, outcome))),
    })
}
