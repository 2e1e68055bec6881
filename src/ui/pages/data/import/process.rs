//! From files to a plan, and from a plan to its result, in slices.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use std::sync::Arc;

use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::exchange::archive::{self, Compression};
use crate::exchange::error::FileError;
use crate::exchange::file_kind::{self, FileKind};
use crate::exchange::format::MAX_BYTES;
use crate::exchange::import_as_new;
use crate::exchange::lock::Locked;
use crate::exchange::plan::{Plan, PlanAction, Planner};
use crate::exchange::read::{FileHead, FileReader, OpenedFile};
use crate::record::Record;
use crate::store;
use crate::store::pause::TimeSlices;
use crate::store::report::report;

use super::{Files, ImportOutcome, ImportPreview, ImportStage, PasswordRequest, PastState, WorkProgress, encryption};
use crate::ui::platform;
use crate::ui::platform::clock::Measured;
use crate::ui::route::Route;
use crate::ui::state::app_context::NamedFile;

/// How many records are processed before the clock is checked.
const RECORDS_PER_STEP: usize = 20;

/// The error of work that the user has stopped.
struct StoppedByUser;

/// The state of reading several files.
#[derive(Default)]
struct ImportState {
    /// The records of all files, merged.
    opened: Option<OpenedFile>,
    /// The name and the envelope of each readable file.
    heads: Vec<(String, FileHead)>,
    /// The name of each unreadable file, and the reason.
    refused: Vec<(String, String)>,
}

const STOPPED: &str = "Du stoppede. Intet er ændret hos dig.";
const NOT_IMPORTED: &str = "Filen er lukket igen. Intet er ændret hos dig.";
const NOT_READABLE: &str = "Filen kunne ikke hentes fra din enhed. Intet er ændret hos dig. Prøv at vælge den igen.";

impl Files {
    /// Reads the files that the user chose. Files of this app, also those in an archive, go to the preview, and tables
    /// go to the page that imports them. The preview or the report refuses other files.
    pub(crate) async fn read(self, files: Vec<File>) {
        let (mut sources, mut tables): (Vec<NamedFile>, Vec<NamedFile>) = (Vec::new(), Vec::new());
        self.close_receipt();
        self.start_work();
        for file in files {
            let name = file.name();
            self.report_progress(&name, "Henter filen", 0, 0);
            let Ok(bytes) = read_capped(&file).await else {
                self.show_outcome(name, ImportOutcome::Refused(NOT_READABLE.to_owned()));
                return;
            };
            match file_kind::detect(&name, &bytes) {
                FileKind::Table => tables.push((name, bytes.into())),
                FileKind::Archive => match unpack(&bytes).await {
                    Some(unpacked) => sources.extend(unpacked),
                    None => sources.push((name, bytes.into())),
                },
                FileKind::Own | FileKind::Foreign(_) => sources.push((name, bytes.into())),
            }
        }
        if sources.is_empty() {
            self.stage.set(None);
        } else {
            self.preview(sources, Vec::new()).await;
        }
        if !tables.is_empty() {
            self.app().opened_tables().update(|waiting| waiting.extend(tables));
            platform::navigation::go_to(&Route::Hent.to_string());
        }
    }

    /// Starts work: resets the stop flag.
    pub(crate) fn start_work(self) {
        self.is_stopped.with_value(|is_stopped| is_stopped.set(false));
    }

    /// Stops the current work.
    pub(crate) fn stop(self) {
        self.is_stopped.with_value(|is_stopped| is_stopped.set(true));
    }

    /// Reports the progress of the current work.
    fn report_progress(self, name: &str, activity: &'static str, done: usize, total: usize) {
        self.progress.set(WorkProgress { activity, done, total });
        if !self.stage.with_untracked(|stage| matches!(stage, Some(ImportStage::Working(at)) if at == name)) {
            self.stage.set(Some(ImportStage::Working(name.to_owned())));
        }
    }

    /// Lets the browser handle events if a slice has ended, and reports the progress. Fails if the user has stopped the
    /// work.
    async fn pause_or_stop(
        self,
        pauses: &mut TimeSlices,
        name: &str,
        activity: &'static str,
        (done, total): (usize, usize),
    ) -> Result<(), StoppedByUser> {
        if pauses.yield_if_due().await {
            self.report_progress(name, activity, done, total);
        }
        if self.is_stopped.with_value(|is_stopped| is_stopped.get()) { Err(StoppedByUser) } else { Ok(()) }
    }

    /// Plans the import of files and shows the preview. The units in `as_new` get new ids. Where the files would change
    /// nothing, they are imported at once, which only reports that.
    pub(crate) async fn preview(self, sources: Vec<NamedFile>, as_new: Vec<Id>) {
        let locked = sources.iter().enumerate().find_map(|(index, (_, bytes))| match Locked::parse(bytes) {
            Some(Ok(locked)) => Some((index, locked)),
            _ => None,
        });
        if let Some((index, locked)) = locked {
            self.ask_password(PasswordRequest { sources, index, locked, refused: None });
            return;
        }
        let name = name_of(&sources);
        let measured = Measured::begin("plan");
        let outcome = self.plan(&name, &sources, &as_new).await;
        measured.end();
        let Some((plan, state)) = self.plan_or_show_refusal(&name, outcome) else { return };
        let has_changes =
            plan.items.iter().any(crate::exchange::plan::PlanItem::has_changes) || !plan.same_units.is_empty();
        if has_changes || !state.refused.is_empty() {
            let ImportState { heads, refused, .. } = state;
            self.stage.set(Some(ImportStage::Preview(Arc::new(ImportPreview {
                name,
                plan,
                heads,
                refused,
                sources,
                as_new,
            }))));
            super::move_focus_to_top(&Route::Filer);
        } else {
            self.import(name, plan, sources).await;
        }
    }

    /// Returns a plan with its state, or shows why there is none.
    fn plan_or_show_refusal(
        self,
        name: &str,
        outcome: Result<(Option<Plan>, ImportState), StoppedByUser>,
    ) -> Option<(Plan, ImportState)> {
        let refusal = match outcome {
            Ok((Some(plan), state)) => return Some((plan, state)),
            Ok((None, state)) => {
                let ImportState { mut refused, .. } = state;
                match (refused.pop(), refused.is_empty()) {
                    (Some((_, reason)), true) => ImportOutcome::Refused(reason),
                    (last, _) => ImportOutcome::RefusedFiles(refused.into_iter().chain(last).collect()),
                }
            }
            Err(StoppedByUser) => ImportOutcome::Cancelled(STOPPED),
        };
        self.show_outcome(name.to_owned(), refusal);
        None
    }

    /// Asks for the password of a locked file.
    fn ask_password(self, request: PasswordRequest) {
        self.stage.set(Some(ImportStage::Locked(Arc::new(request))));
        super::move_focus_to_top(&Route::Filer);
    }

    /// Tries a password, and continues with the preview if the password is right.
    pub(crate) fn unlock(self, request: &Arc<PasswordRequest>, password: String) {
        let request = Arc::clone(request);
        spawn_local(async move {
            self.start_work();
            match encryption::unlock(&request.locked, &password).await {
                Ok(bytes) => {
                    let mut sources = request.sources.clone();
                    if let Some((_, locked)) = sources.get_mut(request.index) {
                        *locked = bytes.into();
                    }
                    self.preview(sources, Vec::new()).await;
                }
                Err(error) => self.ask_password(PasswordRequest {
                    sources: request.sources.clone(),
                    index: request.index,
                    locked: request.locked.clone(),
                    refused: Some(error.to_string()),
                }),
            }
        });
    }

    /// Plans the import of files. The plan is `None` where no file could be read.
    async fn plan(
        self,
        name: &str,
        sources: &[NamedFile],
        as_new: &[Id],
    ) -> Result<(Option<Plan>, ImportState), StoppedByUser> {
        let mut state = ImportState::default();
        let mut pauses = TimeSlices::begin();
        for (file_name, bytes) in sources {
            self.report_progress(name, "Læser", 0, 0);
            pauses.yield_now().await;
            match self.open_file(name, (file_name, bytes), &mut pauses).await? {
                Ok((envelope, opened)) => {
                    state.heads.push((file_name.clone(), envelope));
                    match &mut state.opened {
                        Some(merged) => merged.merge(opened),
                        None => state.opened = Some(opened),
                    }
                }
                Err(error) => state.refused.push((file_name.clone(), error.to_string())),
            }
        }
        let Some(mut opened) = state.opened.take() else { return Ok((None, state)) };
        for unit in as_new {
            let renamed =
                import_as_new::import_as_new(std::mem::take(&mut opened.records), unit, &mut platform::ids::new_id);
            opened.records = renamed.records;
            opened.faults.extend(renamed.faults);
        }
        let units: Vec<Record> =
            self.workspace.ids(Kind::Enhed).iter().filter_map(|id| self.current_state(id)).collect();
        let mut planner = Planner::begin(&units, self.workspace.out_of_sight(), opened);
        while planner.plan_some(RECORDS_PER_STEP, &|id| self.workspace.stored(id)) {
            self.pause_or_stop(&mut pauses, name, "Sammenligner med det, du har", planner.progress()).await?;
        }
        Ok((Some(planner.finish()), state))
    }

    /// Reads one file. The outer error means that the user has stopped the work; the inner error means that the file is
    /// unreadable.
    async fn open_file(
        self,
        name: &str,
        (file_name, bytes): (&str, &[u8]),
        pauses: &mut TimeSlices,
    ) -> Result<Result<(FileHead, OpenedFile), FileError>, StoppedByUser> {
        match file_kind::detect(file_name, bytes) {
            FileKind::Foreign(kind) => return Ok(Err(FileError::Foreign(kind))),
            // The caller unpacks archives, so this archive could not be unpacked.
            FileKind::Archive => {
                return Ok(Err(archive::own_entries(bytes).err().unwrap_or(FileError::ArchiveDamaged)));
            }
            FileKind::Own | FileKind::Table => {}
        }
        if let Some(Err(error)) = Locked::parse(bytes) {
            return Ok(Err(error));
        }
        let mut reader = match FileReader::open(bytes) {
            Ok(reader) => reader,
            Err(error) => return Ok(Err(error)),
        };
        while reader.read_some(RECORDS_PER_STEP) {
            self.pause_or_stop(pauses, name, "Læser", reader.progress()).await?;
        }
        let (head, opened) = (reader.head().clone(), reader.finish());
        // Records of the demo are never imported into the user's own stores, nor the other way round.
        match (opened.is_of_demo(), store::is_demo()) {
            (true, false) => Ok(Err(FileError::FromDemo)),
            (false, true) => Ok(Err(FileError::NotFromDemo)),
            _ => Ok(Ok((head, opened))),
        }
    }

    /// Returns the stored record under an id.
    pub(crate) fn current_state(self, id: &Id) -> Option<Record> {
        self.workspace.unjoined_record(id)
    }

    /// Applies a plan, and shows the outcome.
    pub(crate) async fn import(self, name: String, plan: Plan, sources: Vec<NamedFile>) {
        let can_write_again =
            plan.items.iter().any(|item| item.can_write_again && item.action != PlanAction::WriteAgain);
        let on_progress = |done, total| self.report_progress(&name, "Fletter ind", done, total);
        on_progress(0, plan.items.len());
        self.start_work();
        let is_stopped = self.is_stopped.get_value();
        match self.workspace.import_plan(plan, &name, &on_progress, &is_stopped).await {
            Some((report, number)) => {
                let app = self.app();
                app.change_person(|person| person.remember_file(&name, app.today.get_untracked()));
                self.show_outcome(name, ImportOutcome::Imported(report, number, can_write_again.then_some(sources)));
            }
            None => self.show_outcome(name, ImportOutcome::Cancelled(STOPPED)),
        }
    }

    /// Imports what the user has chosen in the preview.
    pub(crate) fn import_chosen(self, preview: &Arc<ImportPreview>, plan: Plan) {
        let preview = Arc::clone(preview);
        spawn_local(async move { self.import(preview.name.clone(), plan, preview.sources.clone()).await });
    }

    /// Shows the preview again, with one more unit imported under a new id.
    pub(crate) fn preview_as_new(self, preview: &ImportPreview, unit: Id) {
        let (sources, mut as_new) = (preview.sources.clone(), preview.as_new.clone());
        as_new.push(unit);
        self.start_work();
        spawn_local(self.preview(sources, as_new));
    }

    /// Dismisses the import.
    pub(crate) fn dismiss(self, name: &str) {
        self.show_outcome(name.to_owned(), ImportOutcome::Cancelled(NOT_IMPORTED));
    }

    /// Shows the content of the files beside the current records, without importing it.
    pub(crate) fn view_without_import(self, preview: &ImportPreview) {
        let incoming = preview.plan.items.iter().map(|item| (item.incoming.id().clone(), (*item.incoming).clone()));
        let mut records_by_id = crate::record::Records::new();
        records_by_id.extend(incoming);
        self.show_past_state(PastState {
            title: format!("Sådan står det i {}", preview.name), records: records_by_id
        });
    }

    /// Imports the files again, writing their values over newer ones.
    pub(crate) fn write_again(self, name: String, sources: Vec<NamedFile>) {
        self.start_work();
        spawn_local(async move {
            let outcome = self.plan(&name, &sources, &[]).await;
            let Some((mut plan, _)) = self.plan_or_show_refusal(&name, outcome) else { return };
            for item in plan.items.iter_mut().filter(|item| item.can_write_again) {
                item.action = PlanAction::WriteAgain;
            }
            self.import(name, plan, sources).await;
        });
    }
}

/// Reads the bytes of a file. Of a file that is too large, reads one byte more than is accepted.
async fn read_capped(file: &File) -> Result<Vec<u8>, ()> {
    #[allow(clippy::cast_precision_loss, reason = "an f64 holds the number exactly")]
    let most = (MAX_BYTES + 1) as f64;
    let part =
        file.slice_with_f64_and_f64(0.0, most.min(file.size())).map_err(|error| report("slicing a file", &error))?;
    platform::files::read_file(&part).await.map_err(|error| report("reading a file", &error))
}

/// Unpacks the files of this app in an archive; `None` where the archive is damaged or too large.
async fn unpack(archive: &[u8]) -> Option<Vec<NamedFile>> {
    let mut unpacked = Vec::new();
    for entry in archive::own_entries(archive).ok()? {
        let content = match entry.compression {
            Compression::Deflated => {
                let inflated = platform::files::inflate(entry.data, entry.size).await;
                inflated.map_err(|error| report("unpacking a file", &error)).ok()?
            }
            Compression::Stored | Compression::Unknown => entry.data.to_vec(),
        };
        if !entry.is_intact(&content) {
            return None;
        }
        unpacked.push((entry.file_name().to_owned(), content.into()));
    }
    Some(unpacked)
}

/// Returns a common name for several files.
fn name_of(sources: &[NamedFile]) -> String {
    match sources {
        [] => String::new(),
        [(name, _)] => name.clone(),
        [(name, _), rest @ ..] if rest.len() == 1 => format!("{name} og én til"),
        [(name, _), rest @ ..] => format!("{name} og {} til", rest.len()),
    }
}
