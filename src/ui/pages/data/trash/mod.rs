//! The trash: deleted records and entries, to be restored, emptied, or forgotten for ever.

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

/// A record, or an entry of one, in the trash.
#[derive(Clone, PartialEq)]
struct TrashedItem {
    id: Id,
    /// The entry, or `None` for the record itself.
    entry: Option<Path>,
    name: String,
    /// Who deleted it, and when.
    deleted_by: String,
    /// Whether only the stored record is in the trash, while the record shown under its id is not.
    is_unjoined: bool,
}

impl TrashedItem {
    /// Changes the record that the item belongs to.
    fn change(&self, workspace: Workspace, change: impl FnOnce(&mut Record) -> Result<(), EditError>) {
        if self.is_unjoined {
            workspace.change_unjoined(&self.id, change);
        } else {
            workspace.change(&self.id, change);
        }
    }
}

/// The page of the trash.
#[component]
pub(crate) fn TrashPage(workspace: Workspace) -> BuiltView {
    let items = Memo::new(move |_| trashed_items(workspace));
    let is_emptying = RwSignal::new(false);
    // The notice does not name what was forgotten.
    let is_forgotten = RwSignal::new(false);
    let forgotten_notice = dynamic_view(move || {
        or_empty(
            is_forgotten
                .get()
                .then(|| markup!(r#"<p class="all-well" role="status">Det er glemt for altid i denne browser.</p>"#)),
        )
    });
    let list = dynamic_view(move || {
        let items: Vec<_> =
            items.get().into_iter().map(|item| build_view(view! { <Item workspace item is_forgotten/> })).collect();
        if items.is_empty() {
            markup!("<p>Papirkurven er tom. Det, du sletter, kommer her, og du kan hente det tilbage.</p>")
        } else {
            markup!(r#"<ul class="rows">{}</ul>"#, items)
        }
    });
    let empty_button = dynamic_view(move || {
        let count = items.with(Vec::len);
        or_empty((count > 0).then(|| {
            if !is_emptying.get() {
                return button("Tøm papirkurven", move || is_emptying.set(true));
            }
            let on_press = on_click(move || {
                is_emptying.set(false);
                let author = workspace.author();
                for item in items.get_untracked() {
                    item.change(workspace, |record| record.empty_trash(item.entry.as_ref(), &author));
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
                button_with_class("", "Ja, tøm papirkurven", on_press),
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
        forgotten_notice,
        list,
        empty_button
    )
}

/// Lists all items in the trash.
fn trashed_items(workspace: Workspace) -> Vec<TrashedItem> {
    let mut items = Vec::new();
    let mut unjoined_items = Vec::new();
    for id in Kind::ALL.iter().flat_map(|kind| workspace.ids(*kind)) {
        let Some(record) = workspace.get(&id) else { continue };
        let is_merged = workspace.representative_id(&id) != id;
        add_items_of(workspace, &record, if is_merged { &mut unjoined_items } else { &mut items });
        if let Some(unjoined) = workspace.unjoined_record(&id).filter(|_| workspace.is_joined(&id)) {
            add_items_of(workspace, &unjoined, &mut unjoined_items);
        }
    }
    // An item of a join is listed once, not again for each stored record. Items that only a stored record has are
    // listed by themselves.
    let is_shown = |unjoined: &TrashedItem, shown: &TrashedItem| {
        shown.id == workspace.representative_id(&unjoined.id) && shown.entry == unjoined.entry
    };
    unjoined_items.retain(|unjoined| !items.iter().any(|shown| is_shown(unjoined, shown)));
    items.extend(unjoined_items.into_iter().map(|unjoined| TrashedItem { is_unjoined: true, ..unjoined }));
    items
}

/// Adds the items of a record to the list, as long as any text of them is left.
fn add_items_of(workspace: Workspace, record: &Record, items: &mut Vec<TrashedItem>) {
    if !record.leaves().keys().any(Path::is_deletion) {
        return;
    }
    let by = |entry: Option<&Path>| {
        let dot = record.deletions_and_changes(entry).0.last().copied();
        dot.map(|dot| authorship_text(workspace, record, dot)).unwrap_or_default()
    };
    if record.life(None) == Life::Deleted {
        if !record.has_no_values() {
            let (id, name) = (record.id().clone(), describe::name(record));
            items.push(TrashedItem { id, entry: None, name, deleted_by: by(None), is_unjoined: false });
        }
        return;
    }
    let entries: SortedSet<Path> = record.leaves().keys().filter_map(|path| record.entry_of(path)).collect();
    for entry in entries.iter() {
        let has_text = |path: &Path| record.shown_text(path).is_some_and(|text| !text.is_empty());
        let has_text_left = record.leaves().keys().any(|path| path.is_below(entry) && !path.is_own() && has_text(path));
        if record.life(Some(entry)) == Life::Deleted && has_text_left {
            let name = format!("{} i {}", describe::entry_name(record, entry), describe::name(record));
            let (id, by) = (record.id().clone(), by(Some(entry)));
            items.push(TrashedItem { id, entry: Some(entry.clone()), name, deleted_by: by, is_unjoined: false });
        }
    }
}

/// Shows an item with buttons to restore and to forget it.
#[component]
fn Item(workspace: Workspace, item: TrashedItem, is_forgotten: RwSignal<bool>) -> BuiltView {
    let is_asking = RwSignal::new(false);
    let item_to_restore = item.clone();
    let TrashedItem { id, entry, name, deleted_by, .. } = item;
    let restore = on_click(move || {
        let author = workspace.author();
        item_to_restore.change(workspace, |record| record.restore(item_to_restore.entry.as_ref(), &author));
        workspace.save_now();
    });
    let (restore_label, forget_label) = (format!("Hent tilbage: {name}"), format!("Glem for altid: {name}"));
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
                        workspace.error_message.set(Some(words.to_owned()));
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
    let deleted_by = if deleted_by.is_empty() { String::new() } else { format!("slettet af {deleted_by}") };
    markup!(
        r#"<li><span>{}</span><span class="help">{}</span><span class="buttons">{}{}</span><div class="delete-question">{}</div></li>"#,
        name,
        deleted_by,
        button_with_label("", "Hent tilbage", restore_label, restore),
        button_with_label("", "Glem for altid", forget_label, ask),
        question
    )
}
