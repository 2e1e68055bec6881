//! How everything was at another time, or what a file holds: to be looked at, and to bring a text back from.

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

/// So many records are listed at once; more on demand.
const LISTED: usize = 60;

/// The page of another time.
#[component]
pub(crate) fn PastStatePage(files: Files) -> BuiltView {
    dynamic_view(move || match files.then.get() {
        None => markup!(
            r##"
            <header class="page-head">
                <h1>Dengang</h1>
                <p class="purpose">Her kan du se, hvordan alt var på et tidspunkt, eller hvad der står i en fil, uden at noget ændres.</p>
                <p><a class="button" href="#/filer">Vælg et øjebliksbillede</a></p>
            </header>"##
        ),
        Some(then) => build_view(view! { <Shown files then/> }),
    })
}

/// The records of another time.
#[component]
fn Shown(files: Files, then: Arc<PastState>) -> BuiltView {
    let only_different = RwSignal::new(true);
    let listed = RwSignal::new(LISTED);
    let ids: Vec<Id> = Kind::ALL
        .iter()
        .flat_map(|kind| then.records.values().filter(|record| record.kind() == Some(*kind)))
        .filter(|record| record.life(None) != Life::Deleted)
        .map(|record| record.id().clone())
        .collect();
    let title = then.title.clone();
    let list = dynamic_view(move || {
        let (only, most) = (only_different.get(), listed.get());
        let differs = |id: &&Id| {
            let now = files.workspace.record(id).map(|record| record.get_untracked());
            let then = then.records.get(*id);
            then.is_some_and(|then| {
                now.as_ref() != Some(then) && rows(now.as_ref(), then).iter().any(ComparedField::differs)
            })
        };
        let mut found = ids.iter().filter(|id| !only || differs(id));
        let shown: Vec<_> = found
            .by_ref()
            .take(most)
            .map(|id| build_view(view! { <OfRecord files then=Arc::clone(&then) id=id.clone() only/> }))
            .collect();
        let has_more = found.next().is_some();
        let nothing = shown
            .is_empty()
            .then(|| markup!("<p>Der er intet, der var anderledes: alt, hvad der stod dengang, står her også nu.</p>"));
        let more = has_more
            .then(|| button_with_class("", "Vis flere", on_click(move || listed.update(|most| *most += LISTED))));
        markup!("<div>{}{}{}</div>", nothing, shown, more)
    });
    let words = "Vis kun det, der er anderledes nu".to_owned();
    let tick = checkbox(words, move || only_different.get(), move |only| only_different.set(only));
    markup!(
        r##"
        <div class="another-time">
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

/// A record of another time, beside how it is now.
#[component]
fn OfRecord(files: Files, then: Arc<PastState>, id: Id, only: bool) -> BuiltView {
    let workspace = files.workspace;
    dynamic_view(move || {
        let Some(record) = then.records.get(&id).cloned() else { return or_empty(None) };
        let now = workspace.get(&id);
        let is_there = now.as_ref().is_some_and(|now| now.life(None) != Life::Deleted);
        let rows: Vec<ComparedField> = rows(now.as_ref(), &record);
        let differing = rows.iter().filter(|row| row.differs()).count();
        let shown = rows.iter().filter(|row| !only || row.differs() || !is_there).map(|row| {
            let act = (row.differs() && !row.then.is_empty()).then(|| {
                let (record, path) = (record.clone(), row.path.clone());
                let bring = on_click(move || {
                    workspace.restore_from(&record, Some(&path));
                    workspace.save_now();
                });
                let name = format!("Hent denne tekst frem: {}", row.label);
                button_with_label("quiet", "Hent denne tekst frem", name, bring)
            });
            comparison_row(row, now.as_ref().map(|_| ["Nu", "Dengang"]), act.filter(|_| is_there))
        });
        let shown: Vec<_> = shown.collect();
        let name = describe::name(&record);
        let all = (differing > 0 || !is_there).then(|| {
            let record = record.clone();
            let bring = on_click(move || {
                workspace.restore_from(&record, None);
                workspace.save_now();
            });
            let label = format!("Hent det hele frem: {name}");
            button_with_label("", "Hent det hele frem", label, bring)
        });
        let state = match (is_there, differing) {
            (false, _) => "er her ikke nu",
            (true, 0) => "er, som det var",
            (true, _) => "er anderledes nu",
        };
        markup!(
            r#"<section class="room"><h2>{}</h2><p class="help">{}</p><dl class="comparison">{}</dl>{}</section>"#,
            name.clone(),
            state,
            shown,
            all
        )
    })
}
