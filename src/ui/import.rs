//! Files in and out, and the report of what a file brought, or an earlier state.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{File, FileList};

use crate::exchange::apply::Report;
use crate::exchange::error::FileError;
use crate::exchange::file;
use crate::exchange::plan::{Act, Plan, Standing};
use crate::exchange::read::Reader;
use crate::exchange::scope::Scope;
use crate::exchange::write;
use crate::record::describe::Line;
use crate::store::pause::Pauses;
use crate::store::snapshot::Snapshot;

use super::app::show_from_the_top;
use super::device::{self, Measured};
use super::made::{Made, button, live, maybe};
use super::markup::markup;
use super::pieces::in_piece;
use super::route::Route;
use super::workspace::Workspace;

/// What came of opening a file.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// It could not be read, and why.
    Refused(String),
    /// It was taken in. Its bytes are kept where it says things otherwise that were known here: it can be written again.
    Taken(Report, Option<Arc<[u8]>>),
    /// All was brought back to what it was at a moment.
    Restored(Report),
    /// What it brought was undone, in words; but for what is named, which was written in since.
    Undone(&'static str, Vec<String>),
}

/// So many lines are shown of what a file brought; the rest on demand, so that what can be done stays in sight.
const LINES: usize = 8;
/// How many records are read before the clock is looked at.
const SOME: usize = 20;

/// The files of this page: a handle, as the workspace is.
#[derive(Clone, Copy)]
pub(super) struct Files {
    workspace: Workspace,
    outcome: RwSignal<Option<(String, Outcome)>>,
}

impl Files {
    pub(super) fn new(workspace: Workspace) -> Self {
        Self { workspace, outcome: RwSignal::new(None) }
    }

    /// Hands everything to the user as a file.
    pub(super) fn save(self, what: &str) {
        let name = file::name(what, "sikkerhedskopi", device::today());
        let text = write::write(&self.workspace.all(), &Scope::Backup, device::now());
        let saved = text.map_err(drop).and_then(|text| device::save_file(&name, &text).map_err(drop));
        if saved.is_err() {
            let words = "Filen kunne ikke gemmes. Alt er stadig her på siden. Prøv igen.";
            self.workspace.trouble.set(Some(words.to_owned()));
        }
    }

    /// Opens the files that the user chose or dropped, one after the other.
    pub(super) fn open(self, files: Option<&FileList>) {
        let files: Vec<File> =
            files.into_iter().flat_map(|files| (0..files.length()).filter_map(|index| files.get(index))).collect();
        spawn_local(async move {
            if open_all(self, files).await.is_err() {
                let words = "Det, der skal til for at åbne en fil, kunne ikke hentes. Intet er ændret hos dig. Er du \
                             uden net, så prøv igen, når du er på; ellers genindlæs siden.";
                self.workspace.trouble.set(Some(words.to_owned()));
            }
        });
    }

    /// Whether there is something to say of a file.
    pub(super) fn has_news(self) -> bool {
        self.outcome.with(Option::is_some)
    }

    /// Brings everything back to what it was in a snapshot, and says at the top of the page what came of it.
    pub(super) fn restore(self, snapshot: Snapshot) {
        spawn_local(async move {
            let name = format!("Sådan var det {}", device::danish(snapshot.at));
            let outcome = match self.workspace.restore(&snapshot).await {
                Some(report) => Outcome::Restored(report),
                None => Outcome::Refused(
                    "Øjebliksbilledet kan ikke læses. Intet er ændret hos dig. Prøv et andet, eller åbn en fil, du har gemt."
                        .to_owned(),
                ),
            };
            self.outcome.set(Some((name, outcome)));
            show_from_the_top(&Route::Filer);
        });
    }

    async fn take_in(self, bytes: &[u8]) -> Outcome {
        match self.plan(bytes).await {
            Ok(plan) => {
                let can_again = plan.items.iter().any(|item| item.can_write_again);
                Outcome::Taken(self.workspace.take_in(plan).await, can_again.then(|| bytes.into()))
            }
            Err(error) => Outcome::Refused(error.to_string()),
        }
    }

    /// Writes a file's words over what is here.
    async fn write_again(self, bytes: &[u8]) -> Outcome {
        match self.plan(bytes).await {
            Ok(mut plan) => {
                for item in plan.items.iter_mut().filter(|item| item.can_write_again) {
                    item.act = Act::WriteAgain;
                }
                Outcome::Taken(self.workspace.take_in(plan).await, None)
            }
            Err(error) => Outcome::Refused(error.to_string()),
        }
    }

    /// From a file's bytes to the plan of what it would do, without keeping the user waiting for long at a time.
    async fn plan(self, bytes: &[u8]) -> Result<Plan, FileError> {
        let measured = Measured::begin("plan");
        let mut reader = Reader::open(bytes)?;
        let mut pauses = Pauses::begin();
        while reader.read_some(SOME) {
            pauses.breathe().await;
        }
        let plan = Plan::make(&self.workspace.all(), reader.finish());
        measured.end();
        Ok(plan)
    }
}

in_piece!(files, fetched by _fetch_open_all: fn open_all(files: Files, chosen: Vec<File>) -> () {
    spawn_local(async move {
        for file in chosen {
            let outcome = match device::read_file(&file).await {
                Ok(bytes) => files.take_in(&bytes).await,
                Err(_) => Outcome::Refused(
                    "Filen kunne ikke hentes fra din enhed. Intet er ændret hos dig. Prøv at vælge den igen."
                        .to_owned(),
                ),
            };
            files.outcome.set(Some((file.name(), outcome)));
        }
    });
});

/// What came of the last file, until the user closes it.
#[component]
pub(super) fn FileReport(files: Files) -> Made {
    live(move || {
        maybe(files.outcome.get().map(|(name, outcome)| {
            let is_refused = matches!(outcome, Outcome::Refused(_));
            let said = Said::of(&outcome);
            let paragraphs: Vec<_> = said.paragraphs.into_iter().map(|words| markup!("<p>{}</p>", words)).collect();
            let items =
                |lines: &[String]| lines.iter().map(|words| markup!("<li>{}</li>", words.as_str())).collect::<Vec<_>>();
            let (first, more) = said.lines.split_at(said.lines.len().min(LINES));
            let more = (!more.is_empty()).then(|| {
                markup!(
                    r#"<details class="more"><summary>Vis de øvrige {}</summary><ul class="lines">{}</ul></details>"#,
                    more.len().to_string(),
                    items(more)
                )
            });
            let buttons: Vec<_> =
                ways(files, &name, outcome).into_iter().map(|(label, act)| button(label, move || act())).collect();
            markup!(
                r#"
                <section class="report {}" role="{}" aria-label="Om filen">
                    <h2>{}</h2>
                    {}
                    <ul class="lines">{}</ul>
                    {}
                    <ul class="faults">{}</ul>
                    <div class="buttons">{}</div>
                </section>"#,
                if is_refused { "refused" } else { "" },
                if is_refused { "alert" } else { "status" },
                name,
                paragraphs,
                items(first),
                more,
                items(&said.faults),
                buttons
            )
        }))
    })
}

/// An outcome in words.
#[derive(Default)]
struct Said {
    paragraphs: Vec<String>,
    /// What the file brought, a line each.
    lines: Vec<String>,
    /// What of it could not be read.
    faults: Vec<String>,
}

impl Said {
    fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Refused(why) => Self { paragraphs: vec![why.clone()], ..Self::default() },
            Outcome::Restored(report) => {
                let headline = if report.changed.is_empty() {
                    "Alt er, som det var dengang. Intet er ændret."
                } else {
                    "Alt er bragt tilbage til, hvad det var dengang. Det, der er kommet til siden, er lagt væk."
                };
                Self { paragraphs: vec![headline.to_owned()], ..Self::listing(report) }
            }
            Outcome::Undone(words, left) => {
                let mut paragraphs = vec![(*words).to_owned()];
                if !left.is_empty() {
                    paragraphs.push(format!("Det, der er skrevet i siden, er ladt i fred: {}.", left.join(", ")));
                }
                Self { paragraphs, ..Self::default() }
            }
            Outcome::Taken(report, again) => Self::taken(report, again.is_some()),
        }
    }

    fn taken(report: &Report, can_again: bool) -> Self {
        let brought = report.taken.iter().any(|(standing, _)| !matches!(standing, Standing::Same | Standing::Older));
        let headline = if brought || !report.steps.is_empty() {
            "Filen er flettet ind."
        } else {
            "Filen indeholder intet, du ikke havde i forvejen."
        };
        let mut paragraphs = vec![headline.to_owned()];
        match report.new_choices {
            0 => {}
            1 => paragraphs.push(
                "Ét sted er der skrevet forskelligt. Begge ordlyde er gemt, og du kan vælge på siden.".to_owned(),
            ),
            count => paragraphs.push(format!(
                "{count} steder er der skrevet forskelligt. Alle ordlyde er gemt, og du kan vælge på siden."
            )),
        }
        if !report.cpr.is_empty() {
            let count = report.cpr.len();
            let texts = if count == 1 { "Én tekst".to_owned() } else { format!("{count} tekster") };
            paragraphs
                .push(format!("{texts} er holdt tilbage, fordi der står et CPR-nummer. CPR-numre må ikke gemmes her."));
        }
        if can_again {
            paragraphs.push(
                "Noget af det, filen siger, er siden fortrudt eller skrevet om hos dig. Vil du have filens ord \
                 tilbage, så skriv dem igen."
                    .to_owned(),
            );
        }
        Self { paragraphs, ..Self::listing(report) }
    }

    /// What a report says line by line.
    fn listing(report: &Report) -> Self {
        let line = |line: &Line| match &line.by {
            Some(by) => format!("{by} {}", line.what),
            None => line.what.clone(),
        };
        Self {
            paragraphs: Vec::new(),
            lines: report.lines.iter().map(line).collect(),
            faults: report.faults.iter().map(ToString::to_string).collect(),
        }
    }
}

const FILE_UNDONE: &str = "Det, filen kom med, er fortrudt. Åbn filen igen, hvis du fortryder.";
const RESTORE_UNDONE: &str = "Alt er igen, som det var, før du hentede det tilbage.";

/// Something that can be done: what its button says, and the doing.
type Way = (&'static str, Rc<dyn Fn()>);

/// What can be done about a file: back, its words once more, or on.
fn ways(files: Files, name: &str, outcome: Outcome) -> Vec<Way> {
    let mut ways: Vec<Way> = Vec::new();
    let taken = match outcome {
        Outcome::Taken(report, again) => Some((report, again, ["Fortryd import", FILE_UNDONE])),
        Outcome::Restored(report) => Some((report, None, ["Fortryd det", RESTORE_UNDONE])),
        Outcome::Refused(_) | Outcome::Undone(..) => None,
    };
    if let Some((report, again, [undoes, undone])) = taken {
        if !report.steps.is_empty() {
            let name = name.to_owned();
            let undo = move || {
                if let Some(left) = files.workspace.undo_import(&report) {
                    files.outcome.set(Some((name.clone(), Outcome::Undone(undone, left))));
                }
            };
            ways.push((undoes, Rc::new(undo)));
        }
        if let Some(bytes) = again {
            let name = name.to_owned();
            let write = move || {
                let (name, bytes) = (name.clone(), Arc::clone(&bytes));
                spawn_local(async move { files.outcome.set(Some((name, files.write_again(&bytes).await))) });
            };
            ways.push(("Skriv filens ord igen", Rc::new(write)));
        }
    }
    ways.push(("Luk", Rc::new(move || files.outcome.set(None))));
    ways
}
