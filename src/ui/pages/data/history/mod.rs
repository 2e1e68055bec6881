//! The history of changes in this browser, and how everything was at another time.

mod past_state;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::domain::registry::Kind;
use crate::domain::text::to_lowercase_danish;
use crate::record::edit::Focus;
use crate::record::history::{ChangeOrigin, LeafChange, LogEntry};
use crate::record::value::LeafValue;
use crate::record::{Record, compare, describe};

use crate::ui::kit::compare::comparison_row;
use crate::ui::kit::components::{Field, FieldEvent, FieldType};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, button_with_class, dynamic_view, on_click};
use crate::ui::platform;
use crate::ui::state::workspace::Workspace;

pub(crate) use past_state::PastStatePage;

/// How many changes are listed at a time.
const PAGE_SIZE: usize = 50;

/// The origins of changes that the user can filter by.
const ORIGINS: [(&str, Option<ChangeOrigin>); 5] = [
    ("Alle", None),
    ("Skrevet her", Some(ChangeOrigin::Hand)),
    ("Fra filer", Some(ChangeOrigin::File)),
    ("Hentet tilbage", Some(ChangeOrigin::Restore)),
    ("Fortrudt", Some(ChangeOrigin::Undo)),
];

/// The filter of the list.
#[derive(Clone, Copy)]
struct Filter {
    kind: RwSignal<Option<Kind>>,
    origin: RwSignal<Option<ChangeOrigin>>,
    words: RwSignal<String>,
}

/// The page of the history.
#[component]
pub(crate) fn HistoryPage(workspace: Workspace) -> BuiltView {
    let history_result = RwSignal::new(None::<Option<(Vec<LogEntry>, bool)>>);
    spawn_local(async move {
        let history = workspace.history().await;
        history_result.try_set(Some(history));
    });
    let filter = Filter { kind: RwSignal::new(None), origin: RwSignal::new(None), words: RwSignal::new(String::new()) };
    let shown_count = RwSignal::new(PAGE_SIZE);
    let list = dynamic_view(move || match history_result.get() {
        None => markup!(r#"<p class="help">Henter historikken …</p>"#),
        Some(None) => {
            markup!("<p>Historikken kan ikke læses i denne browser. Alt, hvad du har skrevet, er her stadig.</p>")
        }
        Some(Some((entries, is_truncated))) => {
            let found: Vec<BuiltView> = entries
                .iter()
                .rev()
                .filter_map(|entry| entry_view(workspace, entry, filter))
                .take(shown_count.get() + 1)
                .collect();
            let has_more = found.len() > shown_count.get_untracked();
            let is_empty = found.is_empty();
            let found: Vec<BuiltView> = found.into_iter().take(shown_count.get_untracked()).collect();
            let empty_notice = is_empty.then(|| markup!("<p>Der er ingen ændringer at vise.</p>"));
            let truncated_notice = (is_truncated && !has_more)
                .then(|| markup!(r#"<p class="help">Historikken er på 20 MB. Det, der er ældre, er ikke gemt.</p>"#));
            let more_button =
                has_more.then(|| button("Vis flere", move || shown_count.update(|count| *count += PAGE_SIZE)));
            markup!(
                r#"<div>{}<ol class="history-list">{}</ol>{}{}</div>"#,
                empty_notice,
                found,
                more_button,
                truncated_notice
            )
        }
    });
    markup!(
        r##"
        <header class="page-head">
            <h1>Historik</h1>
            <p class="purpose">Hvad der er ændret i denne browser, af hvem og hvornår. Historikken bliver her: den følger aldrig med i en fil.</p>
            <p>Vil du se, hvordan alt var på et tidspunkt, så find det under <a href="#/filer">Filer</a>.</p>
        </header>
        <div class="filters">{}</div>
        <div>{}</div>"##,
        filters(filter),
        list
    )
}

/// Builds the fields of the filter.
fn filters(filter: Filter) -> BuiltView {
    let kinds = std::iter::once(("alt".to_owned(), None))
        .chain(Kind::ALL.iter().map(|kind| (kind.words().plural.to_owned(), Some(*kind))));
    let kinds: Vec<_> = kinds
        .enumerate()
        .map(|(index, (words, _))| markup!(r#"<option value="{}">{}</option>"#, index.to_string(), words))
        .collect();
    let origins: Vec<_> = ORIGINS
        .iter()
        .enumerate()
        .map(|(index, (words, _))| markup!(r#"<option value="{}">{}</option>"#, index.to_string(), *words))
        .collect();
    let pick_kind = move |value: String| {
        let index = value.parse::<usize>().unwrap_or_default();
        filter.kind.set(index.checked_sub(1).and_then(|index| Kind::ALL.get(index).copied()));
    };
    let pick_origin = move |value: String| {
        let index = value.parse::<usize>().unwrap_or_default();
        filter.origin.set(ORIGINS.get(index).and_then(|(_, origin)| *origin));
    };
    let on_event = move |event: FieldEvent| {
        if let FieldEvent::Typed(words) = event {
            filter.words.set(words);
        }
    };
    build_view(view! {
        <div class="field">
            <label for="of-kind">"Hvad"</label>
            <select id="of-kind" on:change:target=move |event| pick_kind(event.target().value())>{kinds}</select>
        </div>
        <div class="field">
            <label for="by-way">"Hvordan"</label>
            <select id="by-way" on:change:target=move |event| pick_origin(event.target().value())>{origins}</select>
        </div>
        <Field
            id="with-words".to_owned()
            label="Ord, navn eller person"
            value=std::rc::Rc::new(move || filter.words.get())
            sort=FieldType::Line
            on_event=std::rc::Rc::new(on_event)
        />
    })
}

/// Shows a change, if the filter accepts it.
fn entry_view(workspace: Workspace, entry: &LogEntry, filter: Filter) -> Option<BuiltView> {
    let kind = Kind::parse(&entry.kind);
    if filter.kind.get().is_some_and(|wanted| kind != Some(wanted))
        || filter.origin.get().is_some_and(|origin| origin != entry.origin)
    {
        return None;
    }
    let record = workspace.record(&entry.id).map(|record| record.get_untracked());
    let name = match (&record, kind) {
        (Some(record), _) => describe::name(record),
        (None, Some(kind)) => format!("{}, som ikke er her mere", kind.words().definite),
        (None, None) => "en post af en ukendt slags".to_owned(),
    };
    let origin_text = match entry.origin {
        ChangeOrigin::Hand => "skrevet her",
        ChangeOrigin::File => "fra en fil",
        ChangeOrigin::Restore => "hentet tilbage",
        ChangeOrigin::Undo => "fortrudt",
    };
    let headline = match entry.leaves.as_slice() {
        [] => format!("{name} kom til"),
        [leaf] => format!("{} i {name}", label(record.as_ref(), leaf)),
        leaves => format!("{} felter i {name}", leaves.len()),
    };
    let newest = entry.leaves.iter().filter_map(|leaf| leaf.at).max();
    let author = entry.leaves.iter().find_map(|leaf| leaf.by.clone());
    let when = newest.map(platform::clock::danish).unwrap_or_default();
    let search_words = to_lowercase_danish(&filter.words.get());
    let matches_words = || {
        let all = entry
            .leaves
            .iter()
            .flat_map(|leaf| leaf.before.iter().chain(Some(&leaf.after)).map(LeafValue::display_text));
        all.chain([headline.clone(), author.clone().unwrap_or_default()])
            .any(|text| to_lowercase_danish(&text).contains(&search_words))
    };
    if !search_words.trim().is_empty() && !matches_words() {
        return None;
    }
    let leaves: Vec<_> = entry.leaves.iter().filter_map(|leaf| leaf_view(workspace, record.as_ref()?, leaf)).collect();
    let details =
        [Some(when), author, Some(origin_text.to_owned())].into_iter().flatten().filter(|part| !part.is_empty());
    let details = details.collect::<Vec<_>>().join(" · ");
    Some(if leaves.is_empty() {
        markup!(r#"<li><p class="history-headline">{}</p><p class="help">{}</p></li>"#, headline, details)
    } else {
        markup!(
            r#"<li><details><summary><span class="history-headline">{}</span><span class="help">{}</span></summary><dl class="comparison">{}</dl></details></li>"#,
            headline,
            details,
            leaves
        )
    })
}

/// Returns the label of a changed field, or a general word for it.
fn label(record: Option<&Record>, leaf: &LeafChange) -> String {
    let general_label = if leaf.path.is_deletion() { "sletningen" } else { "et felt" };
    record.and_then(|record| compare::label(record, &leaf.path)).unwrap_or_else(|| general_label.to_owned())
}

/// Shows a changed field: the earlier value, the later value, and a button to restore the earlier one.
fn leaf_view(workspace: Workspace, record: &Record, leaf: &LeafChange) -> Option<BuiltView> {
    let label = compare::label(record, &leaf.path)?;
    let words = |value: &LeafValue| compare::danish_value(record, &leaf.path, value);
    let before = leaf.before.iter().map(words).collect::<Vec<_>>().join(" / ");
    let row = compare::ComparedField { path: leaf.path.clone(), label, now: words(&leaf.after), other: before };
    let restore_button = leaf.before.first().filter(|value| !value.is_null()).map(|value| {
        let (id, path, value) = (record.id().clone(), leaf.path.clone(), value.clone());
        let on_press = on_click(move || {
            let author = workspace.author();
            let writes = vec![(path.clone(), value.clone())];
            workspace.change(&id, |record| record.write(writes, &mut Focus::default(), &author));
            workspace.save_now();
        });
        button_with_class("quiet", "Hent denne tekst frem", on_press)
    });
    Some(comparison_row(&row, Some(["Derefter", "Før"]), restore_button))
}
