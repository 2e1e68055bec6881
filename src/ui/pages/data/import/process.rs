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
use crate::exchange::plan::{Act, Plan, Planner};
use crate::exchange::read::{Head, Opened, Reader};
use crate::record::Record;
use crate::store::pause::Pauses;

use super::{Asked, Files, Look, Outcome, Progress, Source, Stage, Then, encryption};
use crate::ui::platform;
use crate::ui::platform::clock::Measured;

/// How many records are read before the clock is looked at.
const SOME: usize = 20;

/// The user stopped it.
struct Stopped;

/// What files hold together, the envelope of each, and what could not be read.
#[derive(Default)]
struct Held {
    opened: Option<Opened>,
    heads: Vec<(String, Head)>,
    refused: Vec<(String, String)>,
}

const STOPPED: &str = "Du stoppede. Intet er ændret hos dig.";
const NOT_TAKEN: &str = "Filen er lukket igen. Intet er ændret hos dig.";
const NOT_FETCHED: &str = "Filen kunne ikke hentes fra din enhed. Intet er ændret hos dig. Prøv at vælge den igen.";

impl Files {
    /// Reads what the user chose, and looks into it.
    pub(crate) async fn read(self, files: Vec<File>) {
        let mut sources: Vec<Source> = Vec::new();
        self.begin();
        for file in files {
            self.work(&file.name(), "Henter filen", 0, 0);
            let Ok(bytes) = platform::files::read_file(&file).await else {
                self.say(file.name(), Outcome::Refused(NOT_FETCHED.to_owned()));
                return;
            };
            sources.push((file.name(), bytes.into()));
        }
        self.look(sources, Vec::new()).await;
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
        self.progress.set(Progress { doing, done, all });
        if !self.stage.with_untracked(|stage| matches!(stage, Some(Stage::Working(at)) if at == name)) {
            self.stage.set(Some(Stage::Working(name.to_owned())));
        }
    }

    /// Lets the page answer, says how far the work is, and whether it goes on.
    async fn go_on(
        self,
        pauses: &mut Pauses,
        name: &str,
        doing: &'static str,
        (done, all): (usize, usize),
    ) -> Result<(), Stopped> {
        if pauses.breathe().await {
            self.work(name, doing, done, all);
        }
        if self.is_stopped.with_value(|is_stopped| is_stopped.get()) { Err(Stopped) } else { Ok(()) }
    }

    /// Looks into files, and shows what they would bring; some of their units as new ones.
    pub(crate) async fn look(self, sources: Vec<Source>, afresh: Vec<Id>) {
        let locked = sources.iter().enumerate().find_map(|(place, (_, bytes))| match Locked::parse(bytes) {
            Some(Ok(locked)) => Some((place, locked)),
            _ => None,
        });
        if let Some((place, locked)) = locked {
            self.ask(Asked { sources, place, locked, refused: None });
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
                self.say(name, Outcome::Refused(why));
                return;
            }
            Err(Stopped) => {
                self.say(name, Outcome::Left(STOPPED));
                return;
            }
        };
        let brings = plan.items.iter().any(crate::exchange::plan::Item::brings) || !plan.same_units.is_empty();
        if brings || !held.refused.is_empty() {
            let Held { heads, refused, .. } = held;
            self.stage.set(Some(Stage::Look(Arc::new(Look { name, plan, heads, refused, sources, afresh }))));
            super::show_from_the_top(&super::Route::Filer);
        } else {
            self.take_in(name, plan, sources).await;
        }
    }

    /// Asks for the password of a locked file.
    fn ask(self, asked: Asked) {
        self.stage.set(Some(Stage::Locked(Arc::new(asked))));
        super::show_from_the_top(&super::Route::Filer);
    }

    /// Tries a password, and goes on where it fits.
    pub(crate) fn unlock(self, asked: &Arc<Asked>, password: String) {
        let asked = Arc::clone(asked);
        spawn_local(async move {
            self.begin();
            match encryption::unlock(&asked.locked, &password).await {
                Ok(bytes) => {
                    let mut sources = asked.sources.clone();
                    if let Some((_, locked)) = sources.get_mut(asked.place) {
                        *locked = bytes.into();
                    }
                    self.look(sources, Vec::new()).await;
                }
                Err(error) => self.ask(Asked {
                    sources: asked.sources.clone(),
                    place: asked.place,
                    locked: asked.locked.clone(),
                    refused: Some(error.to_string()),
                }),
            }
        });
    }

    /// From files' bytes to the plan of what they would do.
    async fn plan(self, name: &str, sources: &[Source], afresh: &[Id]) -> Result<(Option<Plan>, Held), Stopped> {
        let mut held = Held::default();
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
        let units: Vec<Record> = self.workspace.ids(Kind::Enhed).iter().filter_map(|id| self.here(id)).collect();
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
    ) -> Result<Result<(Head, Opened), FileError>, Stopped> {
        if let Some(Err(error)) = Locked::parse(bytes) {
            return Ok(Err(error));
        }
        let mut reader = match Reader::open(bytes) {
            Ok(reader) => reader,
            Err(error) => return Ok(Err(error)),
        };
        while reader.read_some(SOME) {
            self.go_on(pauses, name, "Læser", reader.progress()).await?;
        }
        Ok(Ok((reader.head().clone(), reader.finish())))
    }

    pub(crate) fn here(self, id: &Id) -> Option<Record> {
        self.workspace.alone(id)
    }

    /// Does what a plan says, and says what came of it.
    pub(crate) async fn take_in(self, name: String, plan: Plan, sources: Vec<Source>) {
        let can_again = plan.items.iter().any(|item| item.can_write_again && item.act != Act::WriteAgain);
        let says = |done, all| self.work(&name, "Fletter ind", done, all);
        says(0, plan.items.len());
        self.begin();
        let is_stopped = self.is_stopped.get_value();
        match self.workspace.take_in(plan, &name, &says, &is_stopped).await {
            Some((report, number)) => {
                self.say(name, Outcome::Taken(report, number, can_again.then_some(sources)));
            }
            None => self.say(name, Outcome::Left(STOPPED)),
        }
    }

    /// Takes in what the user chose of what files would bring.
    pub(crate) fn take(self, look: &Arc<Look>, plan: Plan) {
        let look = Arc::clone(look);
        spawn_local(async move { self.take_in(look.name.clone(), plan, look.sources.clone()).await });
    }

    /// Looks into files once more, with one more of their units as a new one.
    pub(crate) fn look_afresh(self, look: &Look, unit: Id) {
        let (sources, mut afresh) = (look.sources.clone(), look.afresh.clone());
        afresh.push(unit);
        self.begin();
        spawn_local(self.look(sources, afresh));
    }

    /// Leaves what files would bring.
    pub(crate) fn leave(self, name: &str) {
        self.say(name.to_owned(), Outcome::Left(NOT_TAKEN));
    }

    /// Shows what files hold, beside what is here, without taking it in.
    pub(crate) fn look_at(self, look: &Look) {
        let records = look.plan.items.iter().map(|item| (item.incoming.id().clone(), (*item.incoming).clone()));
        let mut all = crate::record::Records::new();
        all.extend(records);
        self.show(Then { title: format!("Sådan står det i {}", look.name), records: all });
    }

    /// Writes files' words over what is here.
    pub(crate) fn write_again(self, name: String, sources: Vec<Source>) {
        self.begin();
        spawn_local(async move {
            let Ok((Some(mut plan), _)) = self.plan(&name, &sources, &[]).await else { return };
            for item in plan.items.iter_mut().filter(|item| item.can_write_again) {
                item.act = Act::WriteAgain;
            }
            self.take_in(name, plan, sources).await;
        });
    }
}

/// What several files are called together.
fn name_of(sources: &[Source]) -> String {
    match sources {
        [] => String::new(),
        [(name, _)] => name.clone(),
        [(name, _), rest @ ..] if rest.len() == 1 => format!("{name} og én til"),
        [(name, _), rest @ ..] => format!("{name} og {} til", rest.len()),
    }
}
