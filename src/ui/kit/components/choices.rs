//! Open choices: the wordings that several people wrote of one field without knowing of one another, and what one deleted
//! while another changed it.

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

use super::Authorship;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button_with_class, button_with_label, dynamic_view, on_click, or_empty,
};
use crate::ui::platform;
use crate::ui::state::workspace::Workspace;

/// A wording as it is shown.
#[derive(Clone, PartialEq)]
struct ShownWording {
    dot: Dot,
    words: String,
    by: String,
}

/// A value in words.
type ValueText = Rc<dyn Fn(&serde_json::Value) -> String>;

/// The longest wording that a button says.
const SAID: usize = 60;

/// What stands under a field: who wrote it, on demand, and its open choice.
#[component]
pub(crate) fn Choices(
    workspace: Workspace,
    /// The record.
    record: Id,
    /// The field.
    path: Path,
    /// What it is about, where the place alone does not say.
    #[prop(into, default = String::new())]
    about: String,
    /// What the field is called, where that is not what it is about.
    #[prop(into, default = String::new())]
    label: String,
    /// A value in words, where the words that every value has are not the best.
    #[prop(optional)]
    words: Option<fn(&serde_json::Value) -> String>,
    /// The same, by what is known where it is shown.
    #[prop(optional)]
    name_of: Option<ValueText>,
) -> BuiltView {
    let label = if label.is_empty() { about.clone() } else { label };
    build_view(view! {
        <Authorship workspace record=record.clone() path=path.clone() label/>
        <OpenChoice workspace record path about words name_of/>
    })
}

/// The open choice of a field, where there is one.
#[component]
pub(crate) fn OpenChoice(
    workspace: Workspace,
    /// The record.
    record: Id,
    /// The field.
    path: Path,
    /// What it is about, where the place alone does not say.
    #[prop(into, default = String::new())]
    about: String,
    /// A value in words, where the words that every value has are not the best.
    #[prop(default = None)]
    words: Option<fn(&serde_json::Value) -> String>,
    /// The same, by what is known where it is shown.
    #[prop(default = None)]
    name_of: Option<ValueText>,
) -> BuiltView {
    let about = if about.is_empty() { about } else { format!(" om {about}") };
    // Built anew when the wordings change, not when something else of the record does: someone may be writing their own.
    let (id, at, name_of) = (record.clone(), path.clone(), SendWrapper::new(name_of));
    let wordings = Memo::new(move |_| {
        if !workspace.open.with(|open| open.contains_key(&id)) {
            return Vec::new();
        }
        workspace
            .get(&id)
            .map(|record| {
                let words: Option<&dyn Fn(&serde_json::Value) -> String> = match (&*name_of, &words) {
                    (Some(name_of), _) => Some(&**name_of),
                    (None, words) => words.as_ref().map(|words| words as _),
                };
                wordings(workspace, &record, &at, words)
            })
            .unwrap_or_default()
    });
    dynamic_view(move || {
        let wordings = wordings.get();
        or_empty((wordings.len() > 1).then(|| choice_view(workspace, &record, &path, &about, wordings)))
    })
}

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
            None => compare::words(record, path, wording.value),
        };
        Some(ShownWording { dot, words, by: authorship_text(workspace, record, dot) })
    });
    shown.collect()
}

/// Who wrote something, and when.
pub(crate) fn authorship_text(workspace: Workspace, record: &Record, dot: Dot) -> String {
    let Some(stamp) = record.stamp(dot) else { return String::new() };
    let day = platform::clock::danish(stamp.at);
    match &stamp.by {
        _ if workspace.is_own(record, dot) => format!("dig, {day}"),
        Some(by) => format!("{by}, {day}"),
        None => day,
    }
}

/// A text, with what another has not marked word by word.
pub(crate) fn marked_text(text: &str, other: &str) -> BuiltView {
    let pieces = difference(text, other).into_iter().map(|piece| {
        // What follows the last word is no word.
        let (words, space) = piece.words.split_at(piece.words.trim_end().len());
        if piece.is_common {
            markup!("<span>{}{}</span>", words, space)
        } else {
            markup!("<span><mark>{}</mark>{}</span>", words, space)
        }
    });
    build_view(pieces.collect::<Vec<_>>())
}

fn choice_view(workspace: Workspace, record: &Id, path: &Path, about: &str, wordings: Vec<ShownWording>) -> BuiltView {
    let now = workspace.record(record).map(|record| record.get_untracked());
    let label = now.as_ref().and_then(|record| compare::label(record, path)).unwrap_or_default();
    let is_words =
        now.and_then(|record| position(record.kind()?, path)).is_some_and(|place| place.field.role == FieldRole::Text);
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
        .map(|(place, ShownWording { dot, words, by })| {
            let (settle, dot) = (Rc::clone(&settle), *dot);
            let other = texts.get(usize::from(place == 0)).map_or("", String::as_str);
            let shown = if words.is_empty() { markup!("<em>(tomt)</em>") } else { marked_text(words, other) };
            let mut short: String = words.chars().take(SAID).collect();
            if short.len() < words.len() {
                short.push('…');
            }
            let name =
                if words.is_empty() { format!("Behold det tomme: {label}") } else { format!("Behold «{short}»") };
            let keep = on_click(move || settle(Resolution::Keep(dot)));
            let button = button_with_label("", "Behold denne", name, keep);
            markup!(r#"<li><p class="wording">«{}»</p><p class="help">{}</p>{}</li>"#, shown, by.clone(), button)
        })
        .collect();
    let more = is_words.then(|| own_words(workspace, record, &label, &texts, settle));
    markup!(
        r#"
        <div class="choice" role="group" aria-label="Åbent valg">
            <p><strong>Åbent valg{}. </strong>Her er skrevet forskelligt. Begge dele er gemt; det, der kun står det ene sted, er markeret.</p>
            <ul>{}</ul>
            {}
        </div>"#,
        about.to_owned(),
        items,
        more
    )
}

/// Both wordings, or one's own.
fn own_words(
    workspace: Workspace,
    record: &Id,
    label: &str,
    texts: &[String],
    settle: Rc<impl Fn(Resolution) + 'static>,
) -> BuiltView {
    let own = RwSignal::new(None::<String>);
    let is_writing = Memo::new(move |_| own.with(Option::is_some));
    let start = texts.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join("\n\n");
    let (record, label) = (record.clone(), label.to_owned());
    // Unique on the page: a field has one open choice.
    let own_id = format!("{record}-{label}").replace(|char: char| !char.is_ascii_alphanumeric(), "-");
    let both = {
        let settle = Rc::clone(&settle);
        let name = format!("Behold begge: {label}");
        let both = on_click(move || settle(Resolution::All));
        button_with_label("", "Behold begge", name, both)
    };
    let write = {
        let name = format!("Skriv en tredje: {label}");
        let write = on_click(move || own.set(Some(start.clone())));
        button_with_label("", "Skriv en tredje", name, write)
    };
    let form = dynamic_view(move || {
        or_empty(is_writing.get().then(|| {
            let (settle, record) = (Rc::clone(&settle), record.clone());
            let save = on_click(move || {
                let allowed = workspace.record(&record).map(|record| record.with_untracked(Record::not_cpr));
                let text = own.get_untracked().unwrap_or_default();
                let text = cpr::mask(&text, &allowed.unwrap_or_default()).save;
                settle(Resolution::Own(if text.is_empty() { LeafValue::NULL } else { LeafValue::from(text.as_str()) }));
            });
            let name = format!("Din tekst: {label}");
            let id = format!("own-{}", own_id.as_str());
            build_view(view! {
                <div class="own">
                    <textarea
                        id=id
                        rows="3"
                        aria-label=name
                        prop:value=own.get_untracked().unwrap_or_default()
                        on:input:target=move |event| own.set(Some(event.target().value()))
                    ></textarea>
                    <div class="buttons">
                        {button_with_class("primary", "Brug min tekst", save)}
                        {button_with_class("quiet", "Lad være", on_click(move || own.set(None)))}
                    </div>
                </div>
            })
        }))
    });
    markup!(r#"<div class="more-choices"><div class="buttons">{}{}</div><div>{}</div></div>"#, both, write, form)
}

/// That a record, or an entry of it, was deleted by one who did not know of a change, where it was.
#[component]
pub(crate) fn DeletedButChanged(
    workspace: Workspace,
    /// The record.
    record: Id,
    /// The entry of it.
    #[prop(default = None)]
    entry: Option<Path>,
) -> BuiltView {
    dynamic_view(move || {
        // Nearly always nothing waits, and the record need not be looked at.
        let waits = workspace.open.with(|open| open.contains_key(&record));
        let Some(now) = waits.then(|| workspace.get(&record)).flatten() else { return or_empty(None) };
        let of_it = |choice: &Choice<'_>| matches!(choice, Choice::DeletedButChanged { entry: at } if *at == entry);
        if !now.choices().iter().any(of_it) {
            return or_empty(None);
        }
        let (deleted, later) = now.deletions_and_changes(entry.as_ref());
        let who = |dots: Vec<Dot>| {
            let mut who: Vec<String> = dots.into_iter().map(|dot| authorship_text(workspace, &now, dot)).collect();
            who.sort();
            who.dedup();
            who.join("; ")
        };
        let name = match &entry {
            Some(entry) => describe::entry_name(&now, entry),
            None => describe::name(&now),
        };
        let changed: Vec<_> = later
            .iter()
            .filter_map(|(path, _)| {
                let leaf = now.leaf(path)?;
                let label = compare::label(&now, path)?;
                let words = leaf.shown().map(|value| compare::words(&now, path, value)).unwrap_or_default();
                Some(markup!(r#"<li><span class="help">{}: </span><span class="wording">{}</span></li>"#, label, words))
            })
            .collect();
        let act = |is_kept: bool| {
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
            who(deleted),
            who(later.iter().map(|(_, dot)| *dot).collect()),
            changed,
            button_with_label("", "Behold", keep_it, act(true)),
            button_with_label("", "Slet alligevel", delete_it, act(false))
        )
    })
}
