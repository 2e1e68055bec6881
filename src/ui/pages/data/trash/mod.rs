//! The trash: what was deleted, to be taken back or to be forgotten for ever.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::domain::sorted::SortedSet;
use crate::record::edit::EditError;
use crate::record::life::Life;
use crate::record::path::Path;
use crate::record::{Record, describe};

use crate::ui::kit::components::authorship_text;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_class, button_with_label, dynamic_view, on_click, or_empty,
};
use crate::ui::state::workspace::Workspace;

/// Something in the trash: a record, or an entry of one.
#[derive(Clone, PartialEq)]
struct TrashedItem {
    id: Id,
    entry: Option<Path>,
    name: String,
    by: String,
    /// Whether it lies there by itself, while what is shown under its id does not.
    is_alone: bool,
}

impl TrashedItem {
    fn change(&self, workspace: Workspace, change: impl FnOnce(&mut Record) -> Result<(), EditError>) {
        if self.is_alone {
            workspace.change_alone(&self.id, change);
        } else {
            workspace.change(&self.id, change);
        }
    }
}

/// The page of what was deleted.
#[component]
pub(crate) fn TrashPage(workspace: Workspace) -> BuiltView {
    let thrown = Memo::new(move |_| thrown(workspace));
    let is_emptying = RwSignal::new(false);
    // What is forgotten is not named again.
    let is_forgotten = RwSignal::new(false);
    let forgotten = dynamic_view(move || {
        or_empty(
            is_forgotten
                .get()
                .then(|| markup!(r#"<p class="all-well" role="status">Det er glemt for altid i denne browser.</p>"#)),
        )
    });
    let list = dynamic_view(move || {
        let items: Vec<_> = thrown
            .get()
            .into_iter()
            .map(|thrown| build_view(view! { <Item workspace thrown is_forgotten/> }))
            .collect();
        if items.is_empty() {
            markup!("<p>Papirkurven er tom. Det, du sletter, kommer her, og du kan hente det tilbage.</p>")
        } else {
            markup!(r#"<ul class="rows">{}</ul>"#, items)
        }
    });
    let empty = dynamic_view(move || {
        let count = thrown.with(Vec::len);
        or_empty((count > 0).then(|| {
            if !is_emptying.get() {
                return button("Tøm papirkurven", move || is_emptying.set(true));
            }
            let act = on_click(move || {
                is_emptying.set(false);
                let author = workspace.author();
                for thrown in thrown.get_untracked() {
                    thrown.change(workspace, |record| record.empty(thrown.entry.as_ref(), &author));
                }
                workspace.save_now();
            });
            markup!(
                r#"
                <div class="report" role="alert">
                    <p>Ordene i det, der ligger her, slettes, også i andres udgaver, når filerne mødes – men ikke det, andre
                    har skrevet i det siden. Så længe siden er åben, kan du fortryde, og øjebliksbillederne har dem i tre uger.
                    Skal noget aldrig kunne komme igen, så vælg «Glem for altid».</p>
                    <div class="buttons">{}{}</div>
                </div>"#,
                button_with_class("", "Ja, tøm papirkurven", act),
                button("Nej, lad det ligge", move || is_emptying.set(false))
            )
        }))
    });
    markup!(
        r#"
        <header class="page-head">
            <h1>Papirkurv</h1>
            <p class="purpose">Det, der er slettet, ligger her, til du henter det tilbage eller glemmer det for altid.</p>
        </header>
        <div>{}</div>
        <div>{}</div>
        <div class="part">{}</div>"#,
        forgotten,
        list,
        empty
    )
}

fn thrown(workspace: Workspace) -> Vec<TrashedItem> {
    let mut all = Vec::new();
    let mut beneath = Vec::new();
    for id in Kind::ALL.iter().flat_map(|kind| workspace.ids(*kind)) {
        let Some(record) = workspace.get(&id) else { continue };
        let is_beneath = workspace.standing_id(&id) != id;
        of_record(workspace, &record, if is_beneath { &mut beneath } else { &mut all });
        if let Some(own) = workspace.alone(&id).filter(|_| workspace.is_joined(&id)) {
            of_record(workspace, &own, &mut beneath);
        }
    }
    // Of what is shown as one, what lies there under each id is named once; what lies there of the one alone, by itself.
    let is_shown =
        |own: &TrashedItem, shown: &TrashedItem| shown.id == workspace.standing_id(&own.id) && shown.entry == own.entry;
    beneath.retain(|own| !all.iter().any(|shown| is_shown(own, shown)));
    all.extend(beneath.into_iter().map(|own| TrashedItem { is_alone: true, ..own }));
    all
}

/// What of a record lies in the trash, as long as any of its words are left.
fn of_record(workspace: Workspace, record: &Record, all: &mut Vec<TrashedItem>) {
    if !record.leaves().keys().any(Path::is_deletion) {
        return;
    }
    let by = |entry: Option<&Path>| {
        let dot = record.deletions_and_changes(entry).0.last().copied();
        dot.map(|dot| authorship_text(workspace, record, dot)).unwrap_or_default()
    };
    if record.life(None) == Life::Deleted {
        if !record.is_hollow() {
            let (id, name) = (record.id().clone(), describe::name(record));
            all.push(TrashedItem { id, entry: None, name, by: by(None), is_alone: false });
        }
        return;
    }
    let entries: SortedSet<Path> = record.leaves().keys().filter_map(|path| record.entry_of(path)).collect();
    for entry in entries.iter() {
        let says = |path: &Path| record.shown_text(path).is_some_and(|text| !text.is_empty());
        let has_words = record.leaves().keys().any(|path| path.is_below(entry) && !path.is_own() && says(path));
        if record.life(Some(entry)) == Life::Deleted && has_words {
            let name = format!("{} i {}", describe::entry_name(record, entry), describe::name(record));
            let (id, by) = (record.id().clone(), by(Some(entry)));
            all.push(TrashedItem { id, entry: Some(entry.clone()), name, by, is_alone: false });
        }
    }
}

/// Something in the trash, and what can be done with it.
#[component]
fn Item(workspace: Workspace, thrown: TrashedItem, is_forgotten: RwSignal<bool>) -> BuiltView {
    let is_asking = RwSignal::new(false);
    let restored = thrown.clone();
    let TrashedItem { id, entry, name, by, .. } = thrown;
    let restore = on_click(move || {
        let author = workspace.author();
        restored.change(workspace, |record| record.restore(restored.entry.as_ref(), &author));
        workspace.save_now();
    });
    let (restores, forgets) = (format!("Hent tilbage: {name}"), format!("Glem for altid: {name}"));
    let ask = on_click(move || is_asking.set(true));
    let question = dynamic_view(move || {
        let (id, entry) = (id.clone(), entry.clone());
        or_empty(is_asking.get().then(|| {
            let forget = on_click(move || {
                let (id, entry) = (id.clone(), entry.clone());
                spawn_local(async move {
                    if workspace.forget(&id, entry.as_ref()).await {
                        is_forgotten.set(true);
                    } else {
                        let words = "Det kunne ikke glemmes overalt. Noget af det kan ligge i browseren endnu. Hent siden \
                                     igen, og prøv en gang til.";
                        workspace.trouble.set(Some(words.to_owned()));
                    }
                });
            });
            markup!(
                r#"
                <div class="report refused" role="alert">
                    <p>Skal det glemmes for altid? Ordene forsvinder fra browseren: fra posten, historikken, øjebliksbillederne
                    og det, der er lagt til side. De forsvinder også hos andre, når deres udgave møder din. De filer, du
                    allerede har gemt eller givet videre, når det ikke. Det kan ikke fortrydes.</p>
                    <div class="buttons">{}{}</div>
                </div>"#,
                button_with_class("", "Ja, glem det for altid", forget),
                button("Nej, lad det ligge", move || is_asking.set(false))
            )
        }))
    });
    let by = if by.is_empty() { String::new() } else { format!("slettet af {by}") };
    markup!(
        r#"<li><span>{}</span><span class="help">{}</span><span class="buttons">{}{}</span><div class="asks">{}</div></li>"#,
        name,
        by,
        button_with_label("", "Hent tilbage", restores, restore),
        button_with_label("", "Glem for altid", forgets, ask),
        question
    )
}
