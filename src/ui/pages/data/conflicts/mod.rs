//! The page of open choices: fields that several people changed without knowing of each other.

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::sorted::SortedSet;
use crate::record::choice::Choice;
use crate::record::identity::resolve_doubt;
use crate::record::path::Path;
use crate::record::{compare, describe};

use crate::ui::kit::components::{DeletedButChanged, OpenChoice};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_view, on_click};
use crate::ui::state::workspace::Workspace;

/// An open choice.
#[derive(Clone, PartialEq)]
enum PendingChoice {
    /// Several values of a field, and the label of the field.
    Field(Path, String),
    /// A record, or an entry of it, that was deleted and changed.
    Deleted(Option<Path>),
    /// Contradicting answers on whether two units are the same.
    Same(Id, Id),
}

/// The page of open choices.
#[component]
pub(crate) fn ConflictsPage(workspace: Workspace) -> BuiltView {
    // A record stays on the page once it has been shown, so the others do not move while the user chooses.
    let seen = StoredValue::new(SortedSet::<Id>::new());
    let ids = Memo::new(move |_| {
        let open = workspace.open_choices().into_iter().map(|(id, _)| id);
        seen.update_value(|seen| seen.extend(open));
        seen.get_value().iter().cloned().collect::<Vec<_>>()
    });
    let count = Memo::new(move |_| workspace.open_choices().into_iter().map(|(_, count)| count).sum::<usize>());
    let head = dynamic_view(move || {
        let words = match count.get() {
            0 => "Der er ingen åbne valg. Når to har skrevet forskelligt det samme sted, kan du vælge her.".to_owned(),
            1 => "Ét sted er der skrevet forskelligt. Alt er gemt, til du vælger.".to_owned(),
            count => format!("{count} steder er der skrevet forskelligt. Alt er gemt, til du vælger."),
        };
        markup!(r#"<p class="purpose">{}</p>"#, words)
    });
    let list = dynamic_view(move || {
        build_view(
            ids.get().into_iter().map(|id| build_view(view! { <RecordChoices workspace id/> })).collect::<Vec<_>>(),
        )
    });
    markup!(
        r#"
        <header class="page-head"><h1>Åbne valg</h1><div>{}</div></header>
        <div>{}</div>"#,
        head,
        list
    )
}

/// Shows the open choices of a record.
#[component]
fn RecordChoices(workspace: Workspace, id: Id) -> BuiltView {
    let read_id = id.clone();
    let choices = Memo::new(move |_| {
        let Some(record) = workspace.get(&read_id) else { return (String::new(), Vec::new()) };
        let choices = record.choices().into_iter().map(|choice| match choice {
            Choice::Wordings { path, .. } => PendingChoice::Field(
                path.clone(),
                compare::label(&record, path).unwrap_or_else(|| "et felt".to_owned()),
            ),
            Choice::DeletedButChanged { entry } => PendingChoice::Deleted(entry),
        });
        let doubtful_pairs =
            workspace.doubtful_pairs(&read_id).into_iter().map(|(one, other)| PendingChoice::Same(one, other));
        (describe::name(&record), choices.chain(doubtful_pairs).collect())
    });
    dynamic_view(move || {
        let (name, choices) = choices.get();
        let settled = choices.is_empty().then(|| markup!(r#"<p class="help">Der er valgt.</p>"#));
        let items: Vec<_> = choices
            .into_iter()
            .map(|choice| {
                let record = id.clone();
                match choice {
                    PendingChoice::Field(path, about) => {
                        build_view(view! { <OpenChoice workspace record path about/> })
                    }
                    PendingChoice::Deleted(entry) => build_view(view! { <DeletedButChanged workspace record entry/> }),
                    PendingChoice::Same(one, other) => same_unit_question(workspace, one, other),
                }
            })
            .collect();
        markup!(r#"<section class="data-section"><h2>{}</h2>{}{}</section>"#, name, settled, items)
    })
}

/// Asks whether two units are the same, where both answers were given.
fn same_unit_question(workspace: Workspace, one: Id, other: Id) -> BuiltView {
    let name = |id: &Id| match workspace.text(id, &Path::root("name")) {
        name if name.is_empty() => "Enhed uden navn".to_owned(),
        name => name,
    };
    let names = format!("«{}» og «{}»", name(&one), name(&other));
    let question = format!("Er {names} den samme enhed?");
    let answer = move |is_same: bool, answer_text: &'static str| {
        let (one, other, names) = (one.clone(), other.clone(), names.clone());
        on_click(move || {
            let answers = resolve_doubt(&workspace.unit_answers(), (&one, &other), is_same);
            workspace.answer_same_unit(answers, format!("sagde, at {names} {answer_text}"));
        })
    };
    markup!(
        r#"
        <div class="report">
            <p>{}</p>
            <p class="help">Der er svaret forskelligt. Indtil I vælger, vises de hver for sig.</p>
            <div class="buttons">{}{}</div>
        </div>"#,
        question,
        button_with_class("", "Ja, det er den samme enhed", answer(true, "er den samme enhed")),
        button_with_class("", "Nej, det er to enheder", answer(false, "er to enheder"))
    )
}
