//! What changed in this browser, and how everything was at another time.

mod past_state;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::domain::registry::Kind;
use crate::domain::text::small_letters;
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

/// So many changes are listed at once; more on demand.
const LISTED: usize = 50;

/// By what ways changes came, as they are offered.
const WAYS: [(&str, Option<ChangeOrigin>); 5] = [
    ("Alle", None),
    ("Skrevet her", Some(ChangeOrigin::Hand)),
    ("Fra filer", Some(ChangeOrigin::File)),
    ("Hentet tilbage", Some(ChangeOrigin::Restore)),
    ("Fortrudt", Some(ChangeOrigin::Undo)),
];

/// What is looked for.
#[derive(Clone, Copy)]
struct Filter {
    kind: RwSignal<Option<Kind>>,
    way: RwSignal<Option<ChangeOrigin>>,
    words: RwSignal<String>,
}

/// The page of what changed.
#[component]
pub(crate) fn HistoryPage(workspace: Workspace) -> BuiltView {
    let told = RwSignal::new(None::<Option<(Vec<LogEntry>, bool)>>);
    spawn_local(async move {
        let history = workspace.history().await;
        told.try_set(Some(history));
    });
    let filter = Filter { kind: RwSignal::new(None), way: RwSignal::new(None), words: RwSignal::new(String::new()) };
    let listed = RwSignal::new(LISTED);
    let list = dynamic_view(move || match told.get() {
        None => markup!(r#"<p class="help">Henter historikken …</p>"#),
        Some(None) => {
            markup!("<p>Historikken kan ikke læses i denne browser. Alt, hvad du har skrevet, er her stadig.</p>")
        }
        Some(Some((entries, is_cut))) => {
            let found: Vec<BuiltView> = entries
                .iter()
                .rev()
                .filter_map(|entry| entry_view(workspace, entry, filter))
                .take(listed.get() + 1)
                .collect();
            let has_more = found.len() > listed.get_untracked();
            let is_empty = found.is_empty();
            let found: Vec<BuiltView> = found.into_iter().take(listed.get_untracked()).collect();
            let nothing = is_empty.then(|| markup!("<p>Der er ingen ændringer at vise.</p>"));
            let cut = (is_cut && !has_more)
                .then(|| markup!(r#"<p class="help">Historikken er på 20 MB. Det, der er ældre, er ikke gemt.</p>"#));
            let more = has_more.then(|| button("Vis flere", move || listed.update(|listed| *listed += LISTED)));
            markup!(r#"<div>{}<ol class="told">{}</ol>{}{}</div>"#, nothing, found, more, cut)
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

fn filters(filter: Filter) -> BuiltView {
    let kinds = std::iter::once(("alt".to_owned(), None))
        .chain(Kind::ALL.iter().map(|kind| (kind.words().plural.to_owned(), Some(*kind))));
    let kinds: Vec<_> = kinds
        .enumerate()
        .map(|(place, (words, _))| markup!(r#"<option value="{}">{}</option>"#, place.to_string(), words))
        .collect();
    let ways: Vec<_> = WAYS
        .iter()
        .enumerate()
        .map(|(place, (words, _))| markup!(r#"<option value="{}">{}</option>"#, place.to_string(), *words))
        .collect();
    let pick_kind = move |value: String| {
        let place = value.parse::<usize>().unwrap_or_default();
        filter.kind.set(place.checked_sub(1).and_then(|place| Kind::ALL.get(place).copied()));
    };
    let pick_way = move |value: String| {
        let place = value.parse::<usize>().unwrap_or_default();
        filter.way.set(WAYS.get(place).and_then(|(_, way)| *way));
    };
    let typed = move |event: FieldEvent| {
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
            <select id="by-way" on:change:target=move |event| pick_way(event.target().value())>{ways}</select>
        </div>
        <Field
            id="with-words".to_owned()
            label="Ord, navn eller person"
            value=std::rc::Rc::new(move || filter.words.get())
            sort=FieldType::Line
            on_event=std::rc::Rc::new(typed)
        />
    })
}

/// A change, where it is looked for.
fn entry_view(workspace: Workspace, entry: &LogEntry, filter: Filter) -> Option<BuiltView> {
    let kind = Kind::parse(&entry.kind);
    if filter.kind.get().is_some_and(|wanted| kind != Some(wanted))
        || filter.way.get().is_some_and(|way| way != entry.how)
    {
        return None;
    }
    let record = workspace.record(&entry.id).map(|record| record.get_untracked());
    let name = match (&record, kind) {
        (Some(record), _) => describe::name(record),
        (None, Some(kind)) => format!("{}, som ikke er her mere", kind.words().definite),
        (None, None) => "en post af en ukendt slags".to_owned(),
    };
    let way = match entry.how {
        ChangeOrigin::Hand => "skrevet her",
        ChangeOrigin::File => "fra en fil",
        ChangeOrigin::Restore => "hentet tilbage",
        ChangeOrigin::Undo => "fortrudt",
    };
    let headline = match entry.leaves.as_slice() {
        [] => format!("{name} kom til"),
        [one] => format!("{} i {name}", label(record.as_ref(), one)),
        several => format!("{} felter i {name}", several.len()),
    };
    let newest = entry.leaves.iter().filter_map(|leaf| leaf.at).max();
    let who = entry.leaves.iter().find_map(|leaf| leaf.by.clone());
    let when = newest.map(platform::clock::danish).unwrap_or_default();
    let words = small_letters(&filter.words.get());
    let said = || {
        let all = entry
            .leaves
            .iter()
            .flat_map(|leaf| leaf.before.iter().chain(Some(&leaf.after)).map(LeafValue::display_text));
        all.chain([headline.clone(), who.clone().unwrap_or_default()]).any(|text| small_letters(&text).contains(&words))
    };
    if !words.trim().is_empty() && !said() {
        return None;
    }
    let leaves: Vec<_> = entry.leaves.iter().filter_map(|leaf| leaf_view(workspace, record.as_ref()?, leaf)).collect();
    let about = [Some(when), who, Some(way.to_owned())].into_iter().flatten().filter(|part| !part.is_empty());
    let about = about.collect::<Vec<_>>().join(" · ");
    Some(if leaves.is_empty() {
        markup!(r#"<li><p class="what">{}</p><p class="help">{}</p></li>"#, headline, about)
    } else {
        markup!(
            r#"<li><details><summary><span class="what">{}</span><span class="help">{}</span></summary><dl class="comparison">{}</dl></details></li>"#,
            headline,
            about,
            leaves
        )
    })
}

fn label(record: Option<&Record>, leaf: &LeafChange) -> String {
    let own = if leaf.path.is_deletion() { "sletningen" } else { "et felt" };
    record.and_then(|record| compare::label(record, &leaf.path)).unwrap_or_else(|| own.to_owned())
}

/// A field that changed: what stood there before, what stands there since, and the way back.
fn leaf_view(workspace: Workspace, record: &Record, leaf: &LeafChange) -> Option<BuiltView> {
    let label = compare::label(record, &leaf.path)?;
    let words = |value: &LeafValue| compare::words(record, &leaf.path, value);
    let before = leaf.before.iter().map(words).collect::<Vec<_>>().join(" / ");
    let row = compare::ComparedField { path: leaf.path.clone(), label, now: words(&leaf.after), then: before };
    let back = leaf.before.first().filter(|value| !value.is_null()).map(|value| {
        let (id, path, value) = (record.id().clone(), leaf.path.clone(), value.clone());
        let bring = on_click(move || {
            let author = workspace.author();
            let writes = vec![(path.clone(), value.clone())];
            workspace.change(&id, |record| record.write(writes, &mut Focus::default(), &author));
            workspace.save_now();
        });
        button_with_class("quiet", "Hent denne tekst frem", bring)
    });
    Some(comparison_row(&row, Some(["Derefter", "Før"]), back))
}
