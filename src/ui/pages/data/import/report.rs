//! What came of opening files, while it goes on and afterwards; and the question for a password.

use std::rc::Rc;
use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::exchange::apply::ImportReport;
use crate::exchange::plan::ImportStatus;
use crate::record::describe::ChangeLine;
use crate::record::undo_stack::UndoDirection;

use super::{Files, ImportOutcome, PasswordRequest, WorkProgress};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_text, dynamic_view, or_empty, toggle_button};

/// So many lines are shown of what files brought; the rest on demand, so that what can be done stays in sight.
const LINES: usize = 8;
/// So many of the rest.
const MORE_LINES: usize = 300;

/// Work that goes on: how far it is, and the way to stop it.
pub(crate) fn working_view(name: &str, progress: Rc<dyn Fn() -> WorkProgress>, stop: Rc<dyn Fn()>) -> BuiltView {
    let progress = SendWrapper::new(progress);
    let (words, done) = (progress.clone(), progress.clone());
    let words = dynamic_text(move || match words() {
        WorkProgress { doing, all: 0, .. } => format!("{doing} …"),
        WorkProgress { doing, done, all } => format!("{doing} … {done} af {all}"),
    });
    // Without a value it says that work goes on, and not how far it is.
    let value = move || Some(done()).filter(|progress| progress.all > 0).map(|progress| progress.done.to_string());
    let most = move || progress().all.max(1).to_string();
    let bar = view! { <progress aria-label="Arbejder" max=most value=value></progress> };
    markup!(
        r#"
        <div class="report" role="group" aria-label="Om filen">
            <h2>{}</h2>
            <p>{}</p>
            {}
            <div class="buttons">{}</div>
        </div>"#,
        name,
        words,
        build_view(bar),
        button("Stop", move || stop())
    )
}

/// The question for the password of a locked file.
pub(crate) fn password_view(files: Files, asked: Arc<PasswordRequest>) -> BuiltView {
    let typed = RwSignal::new(String::new());
    let name = asked.sources.get(asked.place).map(|(name, _)| name.clone()).unwrap_or_default();
    let leaves = name.clone();
    let refused = asked.refused.clone();
    let unlock = move |event: SubmitEvent| {
        event.prevent_default();
        files.unlock(&asked, typed.get_untracked());
    };
    let described = refused.is_some().then_some("password-error");
    let field = view! {
        <div class="field">
            <label for="password">"Adgangskode"</label>
            <input
                id="password"
                type="password"
                autocomplete="off"
                aria-describedby=described
                aria-invalid=refused.is_some().then_some("true")
                on:input:target=move |event| typed.set(event.target().value())
            />
            {or_empty(refused.map(|why| markup!(r#"<p class="error" id="password-error" role="alert">{}</p>"#, why)))}
        </div>
    };
    let form = markup!(
        r#"
        <div class="report" role="group" aria-label="Om filen">
            <h2>{}</h2>
            <p>Filen er låst med en adgangskode. Du får den af den, der har sendt filen.</p>
            {}
            <div class="buttons"><button type="submit" class="primary">Lås op</button>{}</div>
        </div>"#,
        name,
        build_view(field),
        button("Lad være", move || files.leave(&leaves))
    );
    build_view(view! { <form on:submit=unlock novalidate>{form}</form> })
}

/// What came of it. Without files it is shown to be looked at, and nothing can be done.
pub(crate) fn outcome_view(files: Option<Files>, name: &str, outcome: ImportOutcome) -> BuiltView {
    let is_refused = matches!(outcome, ImportOutcome::Refused(_));
    let said = OutcomeText::of(&outcome);
    let paragraphs: Vec<_> = said.paragraphs.into_iter().map(|words| markup!("<p>{}</p>", words)).collect();
    let items = |lines: &[String]| lines.iter().map(|words| markup!("<li>{}</li>", words.as_str())).collect::<Vec<_>>();
    let (first, more) = said.lines.split_at(said.lines.len().min(LINES));
    let more = (!more.is_empty()).then(|| {
        let (more, is_open) = (more.to_vec(), RwSignal::new(false));
        // Made when they are asked for: there may be thousands.
        let list = dynamic_view(move || {
            or_empty(is_open.get().then(|| {
                let (listed, rest) = more.split_at(more.len().min(MORE_LINES));
                let rest = (!rest.is_empty()).then(|| {
                    markup!(
                        r##"<p>{} til kan du se i <a href="#/historik">historikken</a>.</p>"##,
                        rest.len().to_string()
                    )
                });
                let listed: Vec<_> = listed.iter().map(|words| markup!("<li>{}</li>", words.as_str())).collect();
                markup!(r#"<div><ul class="lines">{}</ul>{}</div>"#, listed, rest)
            }))
        });
        let words = format!("Vis de øvrige {}", said.lines.len() - LINES);
        markup!(r#"<div class="more">{}{}</div>"#, toggle_button(words.clone(), words, is_open), list)
    });
    let ways = files.map(|files| ways(files, name, outcome)).unwrap_or_default();
    let buttons: Vec<_> = ways.into_iter().map(|(label, act)| button(label, move || act())).collect();
    let choose = said.has_choices.then(|| markup!(r##"<a class="button" href="#/valg">Vælg nu</a>"##));
    markup!(
        r#"
        <section class="report {}" role="{}" aria-label="Om filen">
            <h2>{}</h2>
            {}
            <ul class="lines">{}</ul>
            {}
            <ul class="faults">{}</ul>
            <div class="buttons">{}{}</div>
        </section>"#,
        if is_refused { "refused" } else { "" },
        if is_refused { "alert" } else { "status" },
        name.to_owned(),
        paragraphs,
        items(first),
        more,
        items(&said.faults),
        choose,
        buttons
    )
}

/// An outcome in words.
#[derive(Default)]
struct OutcomeText {
    paragraphs: Vec<String>,
    /// What the files brought, a line each.
    lines: Vec<String>,
    /// What of them could not be read.
    faults: Vec<String>,
    has_choices: bool,
}

impl OutcomeText {
    fn of(outcome: &ImportOutcome) -> Self {
        match outcome {
            ImportOutcome::Refused(why) => Self { paragraphs: vec![why.clone()], ..Self::default() },
            ImportOutcome::Left(words) => Self { paragraphs: vec![(*words).to_owned()], ..Self::default() },
            ImportOutcome::Restored(report, _) => {
                let headline = if report.changed.is_empty() {
                    "Alt er, som det var dengang. Intet er ændret."
                } else {
                    "Alt er bragt tilbage til, hvad det var dengang. Det, der er kommet til siden, er lagt væk."
                };
                Self { paragraphs: vec![headline.to_owned()], ..Self::listing(report) }
            }
            ImportOutcome::Undone(words, left) => {
                let mut paragraphs = vec![(*words).to_owned()];
                if !left.is_empty() {
                    paragraphs.push(format!("Det, der er skrevet i siden, er ladt i fred: {}.", left.join(", ")));
                }
                Self { paragraphs, ..Self::default() }
            }
            ImportOutcome::Taken(report, number, again) => Self::taken(report, *number, again.is_some()),
        }
    }

    fn taken(report: &ImportReport, number: u64, can_again: bool) -> Self {
        let brought =
            report.taken.iter().any(|(standing, _)| !matches!(standing, ImportStatus::Same | ImportStatus::Older));
        let headline = if brought || number != 0 {
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
        Self { paragraphs, has_choices: report.new_choices > 0, ..Self::listing(report) }
    }

    /// What a report says line by line.
    fn listing(report: &ImportReport) -> Self {
        let line = |line: &ChangeLine| match &line.by {
            Some(by) => format!("{by} {}", line.what),
            None => line.what.clone(),
        };
        Self {
            lines: report.lines.iter().map(line).collect(),
            faults: report.faults.iter().map(ToString::to_string).collect(),
            ..Self::default()
        }
    }
}

const FILE_UNDONE: &str = "Det, filen kom med, er fortrudt. Åbn filen igen, hvis du fortryder.";
const RESTORE_UNDONE: &str = "Alt er igen, som det var, før du hentede det tilbage.";
const ALREADY: &str = "Det er allerede fortrudt.";

/// Something that can be done: what its button says, and the doing.
type OutcomeAction = (&'static str, Rc<dyn Fn()>);

/// What can be done about files: back, their words once more, or on.
fn ways(files: Files, name: &str, outcome: ImportOutcome) -> Vec<OutcomeAction> {
    let mut ways: Vec<OutcomeAction> = Vec::new();
    let taken = match outcome {
        ImportOutcome::Taken(_, number, again) => Some((number, again, ["Fortryd import", FILE_UNDONE])),
        ImportOutcome::Restored(_, number) => Some((number, None, ["Fortryd det", RESTORE_UNDONE])),
        ImportOutcome::Refused(_) | ImportOutcome::Undone(..) | ImportOutcome::Left(_) => None,
    };
    if let Some((number, again, [undoes, undone])) = taken {
        if number != 0 {
            let name = name.to_owned();
            let undo = move || {
                let (words, left) = match files.workspace.undo_or_redo(UndoDirection::Number(number)) {
                    Some(left) => (undone, left),
                    None => (ALREADY, Vec::new()),
                };
                files.say(name.clone(), ImportOutcome::Undone(words, left));
            };
            ways.push((undoes, Rc::new(undo)));
        }
        if let Some(sources) = again {
            let name = name.to_owned();
            ways.push(("Skriv filens ord igen", Rc::new(move || files.write_again(name.clone(), sources.clone()))));
        }
    }
    ways.push(("Luk", Rc::new(move || files.stage.set(None))));
    ways
}
