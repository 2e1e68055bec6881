//! The progress of an import, the question for a password, and the outcome.

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
use crate::ui::state::workspace::UndoResult;

/// How many lines of the outcome are shown at once. The rest is shown on demand, so the buttons stay in sight.
const FIRST_LINES: usize = 8;
/// How many of the remaining lines are shown on demand.
const MORE_LINES: usize = 300;

/// Shows the progress of work, with a button to stop it.
pub(crate) fn working_view(name: &str, progress: Rc<dyn Fn() -> WorkProgress>, stop: Rc<dyn Fn()>) -> BuiltView {
    let progress = SendWrapper::new(progress);
    let (words, done) = (progress.clone(), progress.clone());
    let words = dynamic_text(move || match words() {
        WorkProgress { activity, total: 0, .. } => format!("{activity} …"),
        WorkProgress { activity, done, total } => format!("{activity} … {done} af {total}"),
    });
    // Without a value, the bar shows work of unknown length.
    let value = move || Some(done()).filter(|progress| progress.total > 0).map(|progress| progress.done.to_string());
    let most = move || progress().total.max(1).to_string();
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

/// Asks for the password of a locked file.
pub(crate) fn password_view(files: Files, request: Arc<PasswordRequest>) -> BuiltView {
    let password = RwSignal::new(String::new());
    let name = request.sources.get(request.index).map(|(name, _)| name.clone()).unwrap_or_default();
    let name_to_dismiss = name.clone();
    let error = request.refused.clone();
    let unlock = move |event: SubmitEvent| {
        event.prevent_default();
        files.unlock(&request, password.get_untracked());
    };
    let described = error.is_some().then_some("password-error");
    let field = view! {
        <div class="field">
            <label for="password">"Adgangskode"</label>
            <input
                id="password"
                type="password"
                autocomplete="off"
                aria-describedby=described
                aria-invalid=error.is_some().then_some("true")
                on:input:target=move |event| password.set(event.target().value())
            />
            {or_empty(error.map(|why| markup!(r#"<p class="error" id="password-error" role="alert">{}</p>"#, why)))}
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
        button("Lad være", move || files.dismiss(&name_to_dismiss))
    );
    build_view(view! { <form on:submit=unlock novalidate>{form}</form> })
}

/// Shows an outcome. Without `files` (in the gallery) the outcome has no buttons.
pub(crate) fn outcome_view(files: Option<Files>, name: &str, outcome: ImportOutcome) -> BuiltView {
    let is_refused = matches!(outcome, ImportOutcome::Refused(_) | ImportOutcome::RefusedFiles(_));
    let text = OutcomeText::of(&outcome);
    let paragraphs: Vec<_> = text.paragraphs.into_iter().map(|words| markup!("<p>{}</p>", words)).collect();
    let items = |lines: &[String]| lines.iter().map(|words| markup!("<li>{}</li>", words.as_str())).collect::<Vec<_>>();
    let (first_lines, remaining) = text.lines.split_at(text.lines.len().min(FIRST_LINES));
    let remaining = (!remaining.is_empty()).then(|| {
        let (remaining, is_open) = (remaining.to_vec(), RwSignal::new(false));
        // Built on demand, since there may be thousands of lines.
        let list = dynamic_view(move || {
            or_empty(is_open.get().then(|| {
                let (listed, rest) = remaining.split_at(remaining.len().min(MORE_LINES));
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
        let words = format!("Vis de øvrige {}", text.lines.len() - FIRST_LINES);
        markup!(r#"<div class="more">{}{}</div>"#, toggle_button(words.clone(), words, is_open), list)
    });
    let actions = files.map(|files| outcome_actions(files, name, outcome)).unwrap_or_default();
    let buttons: Vec<_> = actions.into_iter().map(|(label, action)| button(label, move || action())).collect();
    let choices = files.filter(|_| text.new_choices > 0).map(|files| new_choices_view(files, text.new_choices));
    markup!(
        r#"
        <section class="report {}" role="{}" aria-label="Om filen">
            <h2>{}</h2>
            {}
            {}
            <ul class="lines">{}</ul>
            {}
            <ul class="faults">{}</ul>
            <div class="buttons">{}</div>
        </section>"#,
        if is_refused { "refused" } else { "" },
        if is_refused { "alert" } else { "status" },
        name.to_owned(),
        paragraphs,
        choices,
        items(first_lines),
        remaining,
        items(&text.faults),
        buttons
    )
}

/// Reports new open choices, with a link to them. The message disappears when no open choice is left.
fn new_choices_view(files: Files, new_choices: usize) -> BuiltView {
    let words = match new_choices {
        1 => "Ét sted er der skrevet forskelligt. Begge ordlyde er gemt, og du kan vælge på siden.".to_owned(),
        count => format!("{count} steder er der skrevet forskelligt. Alle ordlyde er gemt, og du kan vælge på siden."),
    };
    let is_open = Memo::new(move |_| !files.workspace.open_choices().is_empty());
    dynamic_view(move || {
        or_empty(is_open.get().then(|| {
            markup!(
                r##"<div class="new-choices"><p>{}</p><p><a class="button" href="#/valg">Vælg nu</a></p></div>"##,
                words.as_str()
            )
        }))
    })
}

/// The texts of an outcome.
#[derive(Default)]
struct OutcomeText {
    /// Paragraphs, the first of which is the headline.
    paragraphs: Vec<String>,
    /// The changes, a line each.
    lines: Vec<String>,
    /// What could not be read, a line each.
    faults: Vec<String>,
    /// The number of new open choices.
    new_choices: usize,
}

impl OutcomeText {
    /// Composes the texts of an outcome.
    fn of(outcome: &ImportOutcome) -> Self {
        match outcome {
            ImportOutcome::Refused(why) => Self { paragraphs: vec![why.clone()], ..Self::default() },
            ImportOutcome::RefusedFiles(refused) => Self {
                paragraphs: vec!["Ingen af filerne kunne åbnes.".to_owned()],
                faults: refused.iter().map(|(name, reason)| format!("{name}: {reason}")).collect(),
                ..Self::default()
            },
            ImportOutcome::Cancelled(words) => Self { paragraphs: vec![(*words).to_owned()], ..Self::default() },
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
            ImportOutcome::Imported(report, number, sources) => Self::imported(report, *number, sources.is_some()),
        }
    }

    /// Composes the texts of an import.
    fn imported(report: &ImportReport, number: u64, can_write_again: bool) -> Self {
        let has_changes =
            report.counts.iter().any(|(status, _)| !matches!(status, ImportStatus::Same | ImportStatus::Older));
        let headline = if has_changes || number != 0 {
            "Filen er flettet ind."
        } else {
            "Filen indeholder intet, du ikke havde i forvejen."
        };
        let mut paragraphs = vec![headline.to_owned()];
        if !report.cpr.is_empty() {
            let count = report.cpr.len();
            let texts = if count == 1 { "Én tekst".to_owned() } else { format!("{count} tekster") };
            paragraphs
                .push(format!("{texts} er holdt tilbage, fordi der står et CPR-nummer. CPR-numre må ikke gemmes her."));
        }
        if can_write_again {
            paragraphs.push(
                "Noget af det, filen siger, er siden fortrudt eller skrevet om hos dig. Vil du have filens ord \
                 tilbage, så skriv dem igen."
                    .to_owned(),
            );
        }
        Self { paragraphs, new_choices: report.new_choices, ..Self::listing(report) }
    }

    /// Lists the changes and the faults of a report.
    fn listing(report: &ImportReport) -> Self {
        let line = |line: &ChangeLine| match &line.by {
            Some(by) => format!("{by} {}", line.description),
            None => line.description.clone(),
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
const ALREADY_UNDONE: &str = "Det er allerede fortrudt.";

/// The label of a button, and what the button does.
type OutcomeAction = (&'static str, Rc<dyn Fn()>);

/// Returns the actions that an outcome offers: undo it, write the values of the files again, close the report.
fn outcome_actions(files: Files, name: &str, outcome: ImportOutcome) -> Vec<OutcomeAction> {
    let mut actions: Vec<OutcomeAction> = Vec::new();
    let undoable = match outcome {
        ImportOutcome::Imported(_, number, sources) => Some((number, sources, ["Fortryd import", FILE_UNDONE])),
        ImportOutcome::Restored(_, number) => Some((number, None, ["Fortryd det", RESTORE_UNDONE])),
        ImportOutcome::Refused(_)
        | ImportOutcome::RefusedFiles(_)
        | ImportOutcome::Undone(..)
        | ImportOutcome::Cancelled(_) => None,
    };
    if let Some((number, sources, [undo_label, undone_message])) = undoable {
        if number != 0 {
            let name = name.to_owned();
            let undo = move || {
                let (message, skipped) = match files.workspace.undo_or_redo(UndoDirection::Number(number)) {
                    UndoResult::Done(skipped) => (undone_message, skipped),
                    UndoResult::NothingToUndo => (ALREADY_UNDONE, Vec::new()),
                    UndoResult::Failed => return,
                };
                files.show_outcome(name.clone(), ImportOutcome::Undone(message, skipped));
            };
            actions.push((undo_label, Rc::new(undo)));
        }
        if let Some(sources) = sources {
            let name = name.to_owned();
            actions.push(("Skriv filens ord igen", Rc::new(move || files.write_again(name.clone(), sources.clone()))));
        }
    }
    actions.push(("Luk", Rc::new(move || files.stage.set(None))));
    actions
}
