//! Files in and out, and the report of what a file brought.

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

use super::device::{self, Measured};
use super::workspace::Workspace;

/// What came of opening a file.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// It could not be read, and why.
    Refused(String),
    /// It was taken in. Its bytes are kept where it says things otherwise that were known here: it can be written again.
    Taken(Report, Option<Arc<[u8]>>),
    /// It was taken in, and undone; but for what is named, which was written in since.
    Undone(Vec<String>),
}

/// For how long the reading of a file may keep the page from answering, in milliseconds.
const AT_A_TIME: f64 = 40.0;
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
            for file in files {
                let outcome = match device::read_file(&file).await {
                    Ok(bytes) => self.take_in(&bytes).await,
                    Err(_) => Outcome::Refused(
                        "Filen kunne ikke hentes fra din enhed. Intet er ændret hos dig. Prøv at vælge den igen."
                            .to_owned(),
                    ),
                };
                self.outcome.set(Some((file.name(), outcome)));
            }
        });
    }

    async fn take_in(self, bytes: &[u8]) -> Outcome {
        match self.plan(bytes).await {
            Ok(plan) => {
                let can_again = plan.items.iter().any(|item| item.can_write_again);
                Outcome::Taken(self.workspace.take_in(plan), can_again.then(|| bytes.into()))
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
                Outcome::Taken(self.workspace.take_in(plan), None)
            }
            Err(error) => Outcome::Refused(error.to_string()),
        }
    }

    /// From a file's bytes to the plan of what it would do, without keeping the user waiting for long at a time.
    async fn plan(self, bytes: &[u8]) -> Result<Plan, FileError> {
        let measured = Measured::begin("plan");
        let mut reader = Reader::open(bytes)?;
        let mut since = device::milliseconds();
        while reader.read_some(SOME) {
            if device::milliseconds() - since > AT_A_TIME {
                device::breathe().await;
                since = device::milliseconds();
            }
        }
        let plan = Plan::make(&self.workspace.all(), reader.finish());
        measured.end();
        Ok(plan)
    }
}

/// What came of the last file, until the user closes it.
#[component]
pub(super) fn FileReport(files: Files) -> impl IntoView {
    let close = move |_| files.outcome.set(None);
    move || {
        files.outcome.get().map(|(name, outcome)| {
            let (class, role) = match outcome {
                Outcome::Refused(_) => ("report refused", "alert"),
                _ => ("report", "status"),
            };
            let words = match outcome {
                Outcome::Refused(why) => (view! { <p>{why}</p> }.into_any(), None),
                Outcome::Undone(left) => (undone(&left).into_any(), None),
                Outcome::Taken(report, again) => (taken(&report).into_any(), ways(files, &name, report, again)),
            };
            view! {
                <section class=class role=role aria-label="Om filen">
                    <h2>{name}</h2>
                    {words.0}
                    <div class="buttons">{words.1}<button type="button" on:click=close>"Luk"</button></div>
                </section>
            }
        })
    }
}

fn taken(report: &Report) -> impl IntoView + use<> {
    let changed = report.taken.iter().any(|(standing, _)| !matches!(standing, Standing::Same | Standing::Older));
    let headline = if changed || !report.steps.is_empty() {
        "Filen er flettet ind."
    } else {
        "Filen indeholder intet, du ikke havde i forvejen."
    };
    let choices = (report.new_choices > 0).then(|| {
        let words = if report.new_choices == 1 {
            "Ét sted er der skrevet forskelligt. Begge ordlyde er gemt, og du kan vælge på siden.".to_owned()
        } else {
            format!(
                "{} steder er der skrevet forskelligt. Alle ordlyde er gemt, og du kan vælge på siden.",
                report.new_choices
            )
        };
        view! { <p><strong>"Åbne valg: "</strong>{words}</p> }
    });
    let cpr = (!report.cpr.is_empty()).then(|| {
        let count = report.cpr.len();
        let texts = if count == 1 { "Én tekst".to_owned() } else { format!("{count} tekster") };
        view! { <p>{texts}" er holdt tilbage, fordi der står et CPR-nummer. CPR-numre må ikke gemmes her."</p> }
    });
    let lines: Vec<_> = report
        .lines
        .iter()
        .map(|line| {
            let by = line.by.clone().map(|by| format!("{by} ")).unwrap_or_default();
            view! { <li>{by}{line.what.clone()}</li> }
        })
        .collect();
    let faults: Vec<_> = report.faults.iter().map(|fault| view! { <li>{fault.to_string()}</li> }).collect();
    view! {
        <p>{headline}</p>
        {choices}
        {cpr}
        <ul>{lines}</ul>
        <ul class="faults">{faults}</ul>
    }
}

fn undone(left: &[String]) -> impl IntoView + use<> {
    let left = (!left.is_empty()).then(|| {
        let names = left.join(", ");
        view! { <p>"Det, der er skrevet i siden, er ladt i fred: "{names}"."</p> }
    });
    view! {
        <p>"Det, filen kom med, er fortrudt. Åbn filen igen, hvis du fortryder."</p>
        {left}
    }
}

/// What can be done about a file: back, or its words once more.
fn ways(files: Files, name: &str, report: Report, again: Option<Arc<[u8]>>) -> Option<AnyView> {
    let (undo_name, again_name) = (name.to_owned(), name.to_owned());
    let again = again.map(|bytes| {
        let write = move |_| {
            let (name, bytes) = (again_name.clone(), Arc::clone(&bytes));
            spawn_local(async move { files.outcome.set(Some((name, files.write_again(&bytes).await))) });
        };
        view! { <button type="button" on:click=write>"Skriv filens ord igen"</button> }
    });
    let undo = (!report.steps.is_empty()).then(|| {
        let undo = move |_| {
            if let Some(left) = files.workspace.undo_import(&report) {
                files.outcome.set(Some((undo_name.clone(), Outcome::Undone(left))));
            }
        };
        view! { <button type="button" on:click=undo>"Fortryd import"</button> }
    });
    (again.is_some() || undo.is_some()).then(|| (undo, again).into_any())
}
