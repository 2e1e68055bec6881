//! From files to a plan, and from a plan to what it brings: a little at a time.

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::File;

use std::sync::Arc;

use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::exchange::afresh;
use crate::exchange::error::FileError;
use crate::exchange::lock::Locked;
use crate::exchange::plan::{Plan, PlanAction, Planner};
use crate::exchange::read::{FileHead, FileReader, OpenedFile};
use crate::record::Record;
use crate::store::pause::Pauses;

use super::{
    Files, ImportOutcome, ImportPreview, ImportStage, PasswordRequest, PastState, SourceFile, WorkProgress, encryption,
};
use crate::ui::platform;
use crate::ui::platform::clock::Measured;

/// How many records are read before the clock is looked at.
const SOME: usize = 20;

/// The user stopped it.
struct StoppedByUser;

/// What files hold together, the envelope of each, and what could not be read.
#[derive(Default)]
struct ImportState {
    opened: Option<OpenedFile>,
    heads: Vec<(String, FileHead)>,
    refused: Vec<(String, String)>,
}

const STOPPED: &str = "Du stoppede. Intet er ændret hos dig.";
const NOT_TAKEN: &str = "Filen er lukket igen. Intet er ændret hos dig.";
const NOT_FETCHED: &str = "Filen kunne ikke hentes fra din enhed. Intet er ændret hos dig. Prøv at vælge den igen.";

impl Files {
    /// Reads what the user chose, and looks into it.
    pub(crate) async fn read(self, files: Vec<File>) {
        let mut sources: Vec<SourceFile> = Vec::new();
        self.begin();
        for file in files {
            self.work(&file.name(), "Henter filen", 0, 0);
            let Ok(bytes) = platform::files::read_file(&file).await else {
                self.say(file.name(), ImportOutcome::Refused(NOT_FETCHED.to_owned()));
                return;
            };
            sources.push((file.name(), bytes.into()));
        }
        self.preview(sources, Vec::new()).await;
    }

    /// Work begins that nobody has stopped yet.
    pub(crate) fn begin(self) {
        self.is_stopped.with_value(|is_stopped| is_stopped.set(false));
    }

    /// Stops the work that goes on.
    pub(crate) fn stop(self) {
        self.is_stopped.with_value(|is_stopped| is_stopped.set(true));
    }

    /// Says how far the work is.
    fn work(self, name: &str, doing: &'static str, done: usize, all: usize) {
        self.progress.set(WorkProgress { doing, done, all });
        if !self.stage.with_untracked(|stage| matches!(stage, Some(ImportStage::Working(at)) if at == name)) {
            self.stage.set(Some(ImportStage::Working(name.to_owned())));
        }
    }

    /// Lets the page answer, says how far the work is, and whether it goes on.
    async fn go_on(
        self,
        pauses: &mut Pauses,
        name: &str,
        doing: &'static str,
        (done, all): (usize, usize),
    ) -> Result<(), StoppedByUser> {
        if pauses.breathe().await {
            self.work(name, doing, done, all);
        }
        if self.is_stopped.with_value(|is_stopped| is_stopped.get()) { Err(StoppedByUser) } else { Ok(()) }
    }

    /// Looks into files, and shows what they would bring; some of their units as new ones.
    pub(crate) async fn preview(self, sources: Vec<SourceFile>, afresh: Vec<Id>) {
        let locked = sources.iter().enumerate().find_map(|(place, (_, bytes))| match Locked::parse(bytes) {
            Some(Ok(locked)) => Some((place, locked)),
            _ => None,
        });
        if let Some((place, locked)) = locked {
            self.ask(PasswordRequest { sources, place, locked, refused: None });
            return;
        }
        let name = name_of(&sources);
        let measured = Measured::begin("plan");
        let outcome = self.plan(&name, &sources, &afresh).await;
        measured.end();
        let (plan, held) = match outcome {
            Ok((Some(plan), held)) => (plan, held),
            Ok((None, held)) => {
                let why = held.refused.into_iter().map(|(_, why)| why).next().unwrap_or_default();
                self.say(name, ImportOutcome::Refused(why));
                return;
            }
            Err(StoppedByUser) => {
                self.say(name, ImportOutcome::Left(STOPPED));
                return;
            }
        };
        let brings = plan.items.iter().any(crate::exchange::plan::PlanItem::brings) || !plan.same_units.is_empty();
        if brings || !held.refused.is_empty() {
            let ImportState { heads, refused, .. } = held;
            self.stage.set(Some(ImportStage::Preview(Arc::new(ImportPreview {
                name,
                plan,
                heads,
                refused,
                sources,
                afresh,
            }))));
            super::show_from_the_top(&super::Route::Filer);
        } else {
            self.take_in(name, plan, sources).await;
        }
    }

    /// Asks for the password of a locked file.
    fn ask(self, asked: PasswordRequest) {
        self.stage.set(Some(ImportStage::Locked(Arc::new(asked))));
        super::show_from_the_top(&super::Route::Filer);
    }

    /// Tries a password, and goes on where it fits.
    pub(crate) fn unlock(self, asked: &Arc<PasswordRequest>, password: String) {
        let asked = Arc::clone(asked);
        spawn_local(async move {
            self.begin();
            match encryption::unlock(&asked.locked, &password).await {
                Ok(bytes) => {
                    let mut sources = asked.sources.clone();
                    if let Some((_, locked)) = sources.get_mut(asked.place) {
                        *locked = bytes.into();
                    }
                    self.preview(sources, Vec::new()).await;
                }
                Err(error) => self.ask(PasswordRequest {
                    sources: asked.sources.clone(),
                    place: asked.place,
                    locked: asked.locked.clone(),
                    refused: Some(error.to_string()),
                }),
            }
        });
    }

    /// From files' bytes to the plan of what they would do.
    async fn plan(
        self,
        name: &str,
        sources: &[SourceFile],
        afresh: &[Id],
    ) -> Result<(Option<Plan>, ImportState), StoppedByUser> {
        let mut held = ImportState::default();
        let mut pauses = Pauses::begin();
        for (own_name, bytes) in sources {
            self.work(name, "Læser", 0, 0);
            pauses.breathe_now().await;
            match self.opened(name, bytes, &mut pauses).await? {
                Ok((envelope, opened)) => {
                    held.heads.push((own_name.clone(), envelope));
                    match &mut held.opened {
                        Some(all) => all.join(opened),
                        None => held.opened = Some(opened),
                    }
                }
                Err(error) => held.refused.push((own_name.clone(), error.to_string())),
            }
        }
        let Some(mut opened) = held.opened.take() else { return Ok((None, held)) };
        for unit in afresh {
            let made = afresh::afresh(std::mem::take(&mut opened.records), unit, &mut platform::ids::mint);
            opened.records = made.records;
            opened.faults.extend(made.faults);
        }
        let units: Vec<Record> =
            self.workspace.ids(Kind::Enhed).iter().filter_map(|id| self.current_state(id)).collect();
        let mut planner = Planner::begin(&units, self.workspace.out_of_sight(), opened);
        while planner.plan_some(SOME, &|id| self.workspace.stored(id)) {
            self.go_on(&mut pauses, name, "Sammenligner med det, du har", planner.progress()).await?;
        }
        Ok((Some(planner.finish()), held))
    }

    async fn opened(
        self,
        name: &str,
        bytes: &[u8],
        pauses: &mut Pauses,
    ) -> Result<Result<(FileHead, OpenedFile), FileError>, StoppedByUser> {
        if let Some(Err(error)) = Locked::parse(bytes) {
            return Ok(Err(error));
        }
        let mut reader = match FileReader::open(bytes) {
            Ok(reader) => reader,
            Err(error) => return Ok(Err(error)),
        };
        while reader.read_some(SOME) {
            self.go_on(pauses, name, "Læser", reader.progress()).await?;
        }
        Ok(Ok((reader.head().clone(), reader.finish())))
    }

    pub(crate) fn current_state(self, id: &Id) -> Option<Record> {
        self.workspace.alone(id)
    }

    /// Does what a plan says, and says what came of it.
    pub(crate) async fn take_in(self, name: String, plan: Plan, sources: Vec<SourceFile>) {
        let can_again = plan.items.iter().any(|item| item.can_write_again && item.act != PlanAction::WriteAgain);
        let says = |done, all| self.work(&name, "Fletter ind", done, all);
        says(0, plan.items.len());
        self.begin();
        let is_stopped = self.is_stopped.get_value();
        match self.workspace.import_plan(plan, &name, &says, &is_stopped).await {
            Some((report, number)) => {
                self.say(name, ImportOutcome::Taken(report, number, can_again.then_some(sources)));
            }
            None => self.say(name, ImportOutcome::Left(STOPPED)),
        }
    }

    /// Takes in what the user chose of what files would bring.
    pub(crate) fn take(self, look: &Arc<ImportPreview>, plan: Plan) {
        let look = Arc::clone(look);
        spawn_local(async move { self.take_in(look.name.clone(), plan, look.sources.clone()).await });
    }

    /// Looks into files once more, with one more of their units as a new one.
    pub(crate) fn preview_as_new(self, look: &ImportPreview, unit: Id) {
        let (sources, mut afresh) = (look.sources.clone(), look.afresh.clone());
        afresh.push(unit);
        self.begin();
        spawn_local(self.preview(sources, afresh));
    }

    /// Leaves what files would bring.
    pub(crate) fn leave(self, name: &str) {
        self.say(name.to_owned(), ImportOutcome::Left(NOT_TAKEN));
    }

    /// Shows what files hold, beside what is here, without taking it in.
    pub(crate) fn view_without_import(self, look: &ImportPreview) {
        let records = look.plan.items.iter().map(|item| (item.incoming.id().clone(), (*item.incoming).clone()));
        let mut all = crate::record::Records::new();
        all.extend(records);
        self.show(PastState { title: format!("Sådan står det i {}", look.name), records: all });
    }

    /// Writes files' words over what is here.
    pub(crate) fn write_again(self, name: String, sources: Vec<SourceFile>) {
        self.begin();
        spawn_local(async move {
            let Ok((Some(mut plan), _)) = self.plan(&name, &sources, &[]).await else { return };
            for item in plan.items.iter_mut().filter(|item| item.can_write_again) {
                item.act = PlanAction::WriteAgain;
            }
            self.take_in(name, plan, sources).await;
        });
    }
}

/// What several files are called together.
fn name_of(sources: &[SourceFile]) -> String {
    match sources {
        [] => String::new(),
        [(name, _)] => name.clone(),
        [(name, _), rest @ ..] if rest.len() == 1 => format!("{name} og én til"),
        [(name, _), rest @ ..] => format!("{name} og {} til", rest.len()),
    }
}
