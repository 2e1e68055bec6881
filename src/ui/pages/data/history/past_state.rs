//! An earlier state, or the content of a file: to be looked at, and to restore texts or whole records from.

use std::sync::Arc;

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::record::compare::{ComparedField, rows};
use crate::record::describe;
use crate::record::life::Life;

use crate::ui::kit::compare::comparison_row;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button_with_class, button_with_label, checkbox, dynamic_view, on_click, or_empty,
};
use crate::ui::pages::data::import::{Files, PastState};

/// How many records are listed at a time.
const PAGE_SIZE: usize = 60;

/// The page of the chosen state.
#[component]
pub(crate) fn PastStatePage(files: Files) -> BuiltView {
    dynamic_view(move || match files.past_state.get() {
        None => markup!(
            r##"
            <header class="page-head">
                <h1>Dengang</h1>
                <p class="purpose">Her kan du se, hvordan alt var på et tidspunkt, eller hvad der står i en fil, uden at noget ændres.</p>
                <p><a class="button" href="#/filer">Vælg et øjebliksbillede</a></p>
            </header>"##
        ),
        Some(then) => build_view(view! { <StateRecords files then/> }),
    })
}

/// Lists the records of the state.
#[component]
fn StateRecords(files: Files, then: Arc<PastState>) -> BuiltView {
    let only_different = RwSignal::new(true);
    let list_length = RwSignal::new(PAGE_SIZE);
    let ids: Vec<Id> = Kind::ALL
        .iter()
        .flat_map(|kind| then.records.values().filter(|record| record.kind() == Some(*kind)))
        .filter(|record| record.life(None) != Life::Deleted)
        .map(|record| record.id().clone())
        .collect();
    let title = then.title.clone();
    let list = dynamic_view(move || {
        let (only_differing, shown_count) = (only_different.get(), list_length.get());
        let differs = |id: &&Id| {
            let now = files.workspace.record(id).map(|record| record.get_untracked());
            let then = then.records.get(*id);
            then.is_some_and(|then| {
                now.as_ref() != Some(then) && rows(now.as_ref(), then).iter().any(ComparedField::differs)
            })
        };
        let mut matching = ids.iter().filter(|id| !only_differing || differs(id));
        let views: Vec<_> = matching
            .by_ref()
            .take(shown_count)
            .map(|id| {
                build_view(view! { <RecordComparison files then=Arc::clone(&then) id=id.clone() only_differing/> })
            })
            .collect();
        let has_more = matching.next().is_some();
        let empty_notice = views
            .is_empty()
            .then(|| markup!("<p>Der er intet, der var anderledes: alt, hvad der stod dengang, står her også nu.</p>"));
        let more_button = has_more.then(|| {
            button_with_class("", "Vis flere", on_click(move || list_length.update(|length| *length += PAGE_SIZE)))
        });
        markup!("<div>{}{}{}</div>", empty_notice, views, more_button)
    });
    let words = "Vis kun det, der er anderledes nu".to_owned();
    let tick = checkbox(words, move || only_different.get(), move |only_differing| only_different.set(only_differing));
    markup!(
        r##"
        <div class="past-state">
            <p class="notice"><span><strong>Du ser tilbage. </strong>Intet her kan ændres, og intet er hentet frem endnu.</span> <a href="#/">Tilbage til nu</a></p>
            <header class="page-head"><h1>{}</h1><p class="purpose">Hent en enkelt tekst eller en hel post frem, som den var. Det kan fortrydes.</p></header>
            {}
            <div>{}</div>
        </div>"##,
        title,
        tick,
        list
    )
}

/// Compares a record of the state with the current one.
#[component]
fn RecordComparison(files: Files, then: Arc<PastState>, id: Id, only_differing: bool) -> BuiltView {
    let workspace = files.workspace;
    dynamic_view(move || {
        let Some(record) = then.records.get(&id).cloned() else { return or_empty(None) };
        let now = workspace.get(&id);
        let is_there = now.as_ref().is_some_and(|now| now.life(None) != Life::Deleted);
        let rows: Vec<ComparedField> = rows(now.as_ref(), &record);
        let differing = rows.iter().filter(|row| row.differs()).count();
        let row_views = rows.iter().filter(|row| !only_differing || row.differs() || !is_there).map(|row| {
            let restore_button = (row.differs() && !row.other.is_empty()).then(|| {
                let (record, path) = (record.clone(), row.path.clone());
                let on_press = on_click(move || {
                    workspace.restore_from(&record, Some(&path));
                    workspace.save_now();
                });
                let name = format!("Hent denne tekst frem: {}", row.label);
                button_with_label("quiet", "Hent denne tekst frem", name, on_press)
            });
            comparison_row(row, now.as_ref().map(|_| ["Nu", "Dengang"]), restore_button.filter(|_| is_there))
        });
        let row_views: Vec<_> = row_views.collect();
        let name = describe::name(&record);
        let restore_all_button = (differing > 0 || !is_there).then(|| {
            let record = record.clone();
            let on_press = on_click(move || {
                workspace.restore_from(&record, None);
                workspace.save_now();
            });
            let label = format!("Hent det hele frem: {name}");
            button_with_label("", "Hent det hele frem", label, on_press)
        });
        let state = match (is_there, differing) {
            (false, _) => "er her ikke nu",
            (true, 0) => "er, som det var",
            (true, _) => "er anderledes nu",
        };
        markup!(
            r#"<section class="data-section"><h2>{}</h2><p class="help">{}</p><dl class="comparison">{}</dl>{}</section>"#,
            name.clone(),
            state,
            row_views,
            restore_all_button
        )
    })
}
