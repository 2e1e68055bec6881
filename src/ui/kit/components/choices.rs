//! Open choices: texts that several people wrote in one field without knowing of each other, and records that one
//! person deleted while another changed them.

use std::rc::Rc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::domain::body::FieldRole;
use crate::domain::cpr;
use crate::domain::id::Id;
use crate::record::choice::{Choice, Resolution};
use crate::record::difference::difference;
use crate::record::dot::Dot;
use crate::record::edit::Focus;
use crate::record::path::Path;
use crate::record::value::LeafValue;
use crate::record::view::position;
use crate::record::{Record, compare, describe};

use super::{FieldMenu, MenuItems};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button_with_class, button_with_label, dynamic_view, on_click, or_empty,
};
use crate::ui::platform;
use crate::ui::state::workspace::Workspace;

/// One value of an open choice, as it is shown.
#[derive(Clone, PartialEq)]
struct ShownWording {
    dot: Dot,
    words: String,
    by: String,
}

/// Formats a value as text.
type ValueText = Rc<dyn Fn(&serde_json::Value) -> String>;

/// The longest wording, in characters, that the accessible name of a button repeats in full.
const BUTTON_TEXT_LENGTH: usize = 60;

/// Shows the parts that belong to every field: its menu, and the open choice.
#[component]
pub(crate) fn FieldExtras(
    workspace: Workspace,
    /// The record.
    record: Id,
    /// The field.
    path: Path,
    /// What the choice is about, where its position on the page does not say.
    #[prop(into, default = String::new())]
    about: String,
    /// The label of the field, where it differs from `about`.
    #[prop(into, default = String::new())]
    label: String,
    /// Formats a value, where the default text of the field is not good enough.
    #[prop(optional)]
    words: Option<fn(&serde_json::Value) -> String>,
    /// Formats a value with data of the caller, where a plain function cannot.
    #[prop(optional)]
    name_of: Option<ValueText>,
    /// The items that the page adds to the menu of the field.
    #[prop(default = None)]
    items: Option<MenuItems>,
) -> BuiltView {
    let label = if label.is_empty() { about.clone() } else { label };
    build_view(view! {
        <FieldMenu workspace record=record.clone() path=path.clone() label items/>
        <OpenChoice workspace record path about words name_of/>
    })
}

/// Shows the open choice of a field, where there is one.
#[component]
pub(crate) fn OpenChoice(
    workspace: Workspace,
    /// The record.
    record: Id,
    /// The field.
    path: Path,
    /// What the choice is about, where its position on the page does not say.
    #[prop(into, default = String::new())]
    about: String,
    /// Formats a value, where the default text of the field is not good enough.
    #[prop(default = None)]
    words: Option<fn(&serde_json::Value) -> String>,
    /// Formats a value with data of the caller, where a plain function cannot.
    #[prop(default = None)]
    name_of: Option<ValueText>,
) -> BuiltView {
    let about = if about.is_empty() { about } else { format!(" om {about}") };
    // Rebuilt only when the wordings change, not when another part of the record does: the user may be typing a third
    // wording.
    let (id, read_path, name_of) = (record.clone(), path.clone(), SendWrapper::new(name_of));
    let wordings = Memo::new(move |_| {
        if !workspace.open_choice_counts.with(|counts| counts.contains_key(&id)) {
            return Vec::new();
        }
        workspace
            .get(&id)
            .map(|record| {
                let words: Option<&dyn Fn(&serde_json::Value) -> String> = match (&*name_of, &words) {
                    (Some(name_of), _) => Some(&**name_of),
                    (None, words) => words.as_ref().map(|words| words as _),
                };
                wordings(workspace, &record, &read_path, words)
            })
            .unwrap_or_default()
    });
    dynamic_view(move || {
        let wordings = wordings.get();
        or_empty((wordings.len() > 1).then(|| choice_view(workspace, &record, &path, &about, wordings)))
    })
}

/// Returns the values of the open choice of a field; empty where there is none.
fn wordings(
    workspace: Workspace,
    record: &Record,
    path: &Path,
    words: Option<&dyn Fn(&serde_json::Value) -> String>,
) -> Vec<ShownWording> {
    let open = record.choices().into_iter().find_map(|choice| match choice {
        Choice::Wordings { path: at, wordings } if at == path => Some(wordings),
        _ => None,
    });
    let shown = open.unwrap_or_default().into_iter().filter_map(|wording| {
        let dot = *wording.dots.last()?;
        let words = match words {
            Some(words) => words(wording.value.json()),
            None => compare::danish_value(record, path, wording.value),
        };
        Some(ShownWording { dot, words, by: authorship_text(workspace, record, dot) })
    });
    shown.collect()
}

/// Returns who wrote a value and when, in Danish; empty where the stamp is unknown.
pub(crate) fn authorship_text(workspace: Workspace, record: &Record, dot: Dot) -> String {
    let Some(stamp) = record.stamp(dot) else { return String::new() };
    let day = platform::clock::danish(stamp.at);
    match &stamp.by {
        _ if workspace.is_own(record, dot) => format!("dig, {day}"),
        Some(by) => format!("{by}, {day}"),
        None => day,
    }
}

/// Shows a text with the words marked that another text does not have.
pub(crate) fn marked_text(text: &str, other: &str) -> BuiltView {
    let pieces = difference(text, other).into_iter().map(|piece| {
        // The space after the last word is not marked.
        let (words, space) = piece.words.split_at(piece.words.trim_end().len());
        if piece.is_common {
            markup!("<span>{}{}</span>", words, space)
        } else {
            markup!("<span><mark>{}</mark>{}</span>", words, space)
        }
    });
    build_view(pieces.collect::<Vec<_>>())
}

/// Builds the box of an open choice: each wording with a button to keep it, and further ways to resolve the choice.
fn choice_view(workspace: Workspace, record: &Id, path: &Path, about: &str, wordings: Vec<ShownWording>) -> BuiltView {
    let now = workspace.record(record).map(|record| record.get_untracked());
    let label = now.as_ref().and_then(|record| compare::label(record, path)).unwrap_or_default();
    let is_words = now
        .and_then(|record| position(record.kind()?, path))
        .is_some_and(|position| position.field.role == FieldRole::Text);
    let settle = {
        let (record, path) = (record.clone(), path.clone());
        Rc::new(move |resolution: Resolution| {
            let author = workspace.author();
            workspace.change(&record, |record| {
                let mut shown = Focus::default();
                shown.enter(record, path.clone());
                record.resolve(&path, resolution, &mut shown, &author)
            });
            workspace.save_now();
        })
    };
    let texts: Vec<String> = wordings.iter().map(|wording| wording.words.clone()).collect();
    let items: Vec<_> = wordings
        .iter()
        .enumerate()
        .map(|(index, ShownWording { dot, words, by })| {
            let (settle, dot) = (Rc::clone(&settle), *dot);
            let other = texts.get(usize::from(index == 0)).map_or("", String::as_str);
            let shown = if words.is_empty() { markup!("<em>(tomt)</em>") } else { marked_text(words, other) };
            let mut excerpt: String = words.chars().take(BUTTON_TEXT_LENGTH).collect();
            if excerpt.len() < words.len() {
                excerpt.push('…');
            }
            let name =
                if words.is_empty() { format!("Behold det tomme: {label}") } else { format!("Behold «{excerpt}»") };
            let keep = on_click(move || settle(Resolution::Keep(dot)));
            let button = button_with_label("", "Behold denne", name, keep);
            markup!(r#"<li><p class="wording">«{}»</p><p class="help">{}</p>{}</li>"#, shown, by.clone(), button)
        })
        .collect();
    let further = is_words.then(|| more_resolutions(workspace, record, &label, &texts, settle));
    markup!(
        r#"
        <div class="choice" role="group" aria-label="Åbent valg">
            <p><strong>Åbent valg{}. </strong>Her er skrevet forskelligt. Begge dele er gemt; det, der kun står det ene sted, er markeret.</p>
            <ul>{}</ul>
            {}
        </div>"#,
        about.to_owned(),
        items,
        further
    )
}

/// Builds the further ways to resolve a choice between texts: keep both, or write a third one.
fn more_resolutions(
    workspace: Workspace,
    record: &Id,
    label: &str,
    texts: &[String],
    settle: Rc<impl Fn(Resolution) + 'static>,
) -> BuiltView {
    let draft = RwSignal::new(None::<String>);
    let is_writing = Memo::new(move |_| draft.with(Option::is_some));
    let start = texts.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join("\n\n");
    let (record, label) = (record.clone(), label.to_owned());
    // Unique on the page: a field has at most one open choice.
    let input_id = format!("{record}-{label}").replace(|char: char| !char.is_ascii_alphanumeric(), "-");
    let keep_both = {
        let settle = Rc::clone(&settle);
        let name = format!("Behold begge: {label}");
        let on_press = on_click(move || settle(Resolution::All));
        button_with_label("", "Behold begge", name, on_press)
    };
    let write = {
        let name = format!("Skriv en tredje: {label}");
        let write = on_click(move || draft.set(Some(start.clone())));
        button_with_label("", "Skriv en tredje", name, write)
    };
    let form = dynamic_view(move || {
        or_empty(is_writing.get().then(|| {
            let (settle, record) = (Rc::clone(&settle), record.clone());
            let save = on_click(move || {
                let allowed = workspace.record(&record).map(|record| record.with_untracked(Record::not_cpr));
                let text = draft.get_untracked().unwrap_or_default();
                let text = cpr::mask(&text, &allowed.unwrap_or_default()).save;
                settle(Resolution::Replace(if text.is_empty() {
                    LeafValue::NULL
                } else {
                    LeafValue::from(text.as_str())
                }));
            });
            let name = format!("Din tekst: {label}");
            let id = format!("own-{}", input_id.as_str());
            build_view(view! {
                <div class="own-wording">
                    <textarea
                        id=id
                        rows="3"
                        aria-label=name
                        prop:value=draft.get_untracked().unwrap_or_default()
                        on:input:target=move |event| draft.set(Some(event.target().value()))
                    ></textarea>
                    <div class="buttons">
                        {button_with_class("primary", "Brug min tekst", save)}
                        {button_with_class("quiet", "Lad være", on_click(move || draft.set(None)))}
                    </div>
                </div>
            })
        }))
    });
    markup!(r#"<div class="more-choices"><div class="buttons">{}{}</div><div>{}</div></div>"#, keep_both, write, form)
}

/// Shows that a record, or an entry of it, was deleted by somebody who did not know of a change, and offers to keep or
/// to delete it.
#[component]
pub(crate) fn DeletedButChanged(
    workspace: Workspace,
    /// The record.
    record: Id,
    /// The entry, or `None` for the record itself.
    #[prop(default = None)]
    entry: Option<Path>,
) -> BuiltView {
    dynamic_view(move || {
        // Nearly always nothing is open, and the record need not be read.
        let is_open = workspace.open_choice_counts.with(|counts| counts.contains_key(&record));
        let Some(now) = is_open.then(|| workspace.get(&record)).flatten() else { return or_empty(None) };
        let is_wanted = |choice: &Choice<'_>| matches!(choice, Choice::DeletedButChanged { entry: at } if *at == entry);
        if !now.choices().iter().any(is_wanted) {
            return or_empty(None);
        }
        let (deleted, changes) = now.deletions_and_changes(entry.as_ref());
        let authors = |dots: Vec<Dot>| {
            let mut names: Vec<String> = dots.into_iter().map(|dot| authorship_text(workspace, &now, dot)).collect();
            names.sort();
            names.dedup();
            names.join("; ")
        };
        let name = match &entry {
            Some(entry) => describe::entry_name(&now, entry),
            None => describe::name(&now),
        };
        let changed_fields: Vec<_> = changes
            .iter()
            .filter_map(|(path, _)| {
                let leaf = now.leaf(path)?;
                let label = compare::label(&now, path)?;
                let words = leaf.shown().map(|value| compare::danish_value(&now, path, value)).unwrap_or_default();
                Some(markup!(r#"<li><span class="help">{}: </span><span class="wording">{}</span></li>"#, label, words))
            })
            .collect();
        let resolve_button = |is_kept: bool| {
            let (record, entry) = (record.clone(), entry.clone());
            on_click(move || {
                let author = workspace.author();
                workspace.change(&record, |record| {
                    if is_kept {
                        record.restore(entry.as_ref(), &author)
                    } else {
                        record.delete(entry.as_ref(), &author)
                    }
                });
                workspace.save_now();
            })
        };
        let (keep_it, delete_it) = (format!("Behold: {name}"), format!("Slet alligevel: {name}"));
        markup!(
            r#"
            <div class="choice" role="group" aria-label="Åbent valg">
                <p><strong>Slettet, men ændret: {}. </strong>Slettet af {}. Ændret af {}.</p>
                <ul>{}</ul>
                <div class="buttons">{}{}</div>
            </div>"#,
            name,
            authors(deleted),
            authors(changes.iter().map(|(_, dot)| *dot).collect()),
            changed_fields,
            button_with_label("", "Behold", keep_it, resolve_button(true)),
            button_with_label("", "Slet alligevel", delete_it, resolve_button(false))
        )
    })
}
