//! The quality report: written by the secretariat or a chef over all units, by a leader over their own.
//!
//! | file | idea |
//! | --- | --- |
//! | `mod` | which report an address asks for; the ways to begin |
//! | `sources` | what it is composed from, as it lies in the records |
//! | `chapters` | its chapters: own words, order, what is in |
//! | `completion` | what would make it better, who writes it, when it is final |
//! | `stories` | the good stories, in plain words |
//! | `document` | the documents: the report, and the catalogue of stories |

mod chapters;
mod completion;
mod document;
mod sources;
mod stories;

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::domain::cycle::Cycle;
use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::domain::person::Role;
use crate::domain::rapport::Rapport;
use crate::domain::rapport::compose::{Chapter, compose};
use crate::domain::rapport::sources::Sources;
use crate::domain::registry::Kind;
use crate::record::edit::Focus;
use crate::record::path::Path;

use crate::ui::kit::components::{FieldType, RecordText};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, or_empty};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements::edit;

/// A report that is looked at.
#[derive(Clone)]
struct RapportContext {
    desk: AppContext,
    id: Id,
    unit: Option<Id>,
    cycle: Cycle,
}

impl RapportContext {
    /// The report as it is now.
    fn body(&self) -> Rapport {
        self.desk.body(Some(&self.id))
    }

    /// Makes the record where it is not there yet.
    fn ensure(&self) {
        self.desk.workspace.ensure(&self.id, || Rapport::new(self.unit.clone(), self.cycle));
    }

    /// Changes it, and saves it at once: what is chosen and not typed.
    fn change(&self, change: impl FnOnce(&mut Rapport)) {
        self.ensure();
        edit::<Rapport>(self.desk.workspace, &self.id, &mut Focus::default(), change);
        self.desk.workspace.save_now();
    }

    /// A text of it.
    fn text(&self, path: Path, label: &str, help: &'static str, sort: FieldType) -> BuiltView {
        let (make, workspace) = (self.clone(), self.desk.workspace);
        build_view(view! {
            <RecordText workspace record=self.id.clone() path label=label.to_owned() help sort make=Rc::new(move || make.ensure())/>
        })
    }

    /// The address of a part of it.
    fn part(&self, part: Option<&str>) -> String {
        Route::Rapport { id: Some(self.id.clone()), part: part.map(str::to_owned) }.to_string()
    }

    /// What it is over.
    fn over(&self) -> String {
        match &self.unit {
            Some(unit) => self.desk.body::<Enhed>(Some(unit)).name.0,
            None => "alle enheder".to_owned(),
        }
    }
}

/// What a report is composed from, and its chapters. They follow what is chosen, and not the words as they are typed: to
/// compose is to go through all figures of all units.
#[derive(Clone, Copy)]
struct Composed {
    sources: Memo<Sources>,
    outline: Memo<Rapport>,
    chapters: Memo<Vec<Chapter>>,
}

impl Composed {
    fn of(ctx: &RapportContext) -> Self {
        let own = ctx.clone();
        let outline = Memo::new(move |_| own.body().outline());
        let own = ctx.clone();
        let sources = Memo::new(move |_| sources::sources(&own));
        let chapters = Memo::new(move |_| outline.with(|outline| sources.with(|sources| compose(outline, sources))));
        Self { sources, outline, chapters }
    }
}

/// Leads the eye and the keyboard to a place of the page.
fn lead_to(selector: &str) {
    let place = document().query_selector(selector).ok().flatten();
    if let Some(place) = place.and_then(|place| place.dyn_into::<HtmlElement>().ok()) {
        if place.tab_index() < 0 {
            drop(place.set_attribute("tabindex", "-1"));
        }
        // A page without focus is still a page.
        drop(place.focus());
        place.scroll_into_view();
    }
}

/// The page of reports: of one, or the ways to begin.
#[component]
pub(crate) fn RapportPage(desk: AppContext, id: Option<Id>, part: Option<String>) -> BuiltView {
    let Some(id) = id else { return dynamic_view(move || start(desk)) };
    let Some((unit, cycle)) = Rapport::of_id(&id) else {
        return markup!(
            r##"
            <header class="page-head"><h1>Rapporten findes ikke</h1>
            <p class="purpose">Adressen nævner en rapport, som appen ikke kender. Måske er den skrevet forkert.</p></header>
            <p><a href="#/rapport">Til rapporterne</a></p>"##
        );
    };
    let ctx = RapportContext { desk, id, unit, cycle };
    match part.as_deref() {
        Some("udskrift") => document::report(&ctx),
        Some("katalog") => document::catalogue(&ctx),
        Some("historier") => stories::stories(&ctx),
        _ => chapters::page(&ctx),
    }
}

/// No report chosen: over all units, or over one's own; and those of earlier cycles.
fn start(desk: AppContext) -> BuiltView {
    let cycle = desk.cycle();
    let follows_several = desk.person.with(|person| person.role).is_some_and(Role::has_several_units);
    let unit = desk.unit();
    let way = |unit: Option<Id>, is_first: bool| {
        let ctx = RapportContext { desk, id: Rapport::id(unit.as_ref(), cycle)?, unit, cycle };
        let is_begun = desk.workspace.living(&ctx.id).is_some();
        let (heading, about) = match &ctx.unit {
            Some(_) => (ctx.over(), "Jeres egen rapport: jeres tal, jeres aftale og det, I har lært."),
            None => {
                ("Alle enheder".to_owned(), "Hele områdets rapport, samlet af de enheder, hvis filer er åbnet her.")
            }
        };
        let class = if is_first { "button primary" } else { "button" };
        Some(markup!(
            r#"<li><h2>{}</h2><p>{}</p><a class="{}" href="{}">{}</a></li>"#,
            heading.as_str(),
            about,
            class,
            ctx.part(None),
            format!("{} rapporten over {}", if is_begun { "Skriv videre på" } else { "Begynd" }, ctx.over())
        ))
    };
    let own = unit.clone().and_then(|unit| way(Some(unit), !follows_several));
    let all = way(None, follows_several || unit.is_none());
    let ways: Vec<BuiltView> =
        if follows_several { all.into_iter().chain(own) } else { own.into_iter().chain(all) }.collect();
    let earlier: Vec<_> = desk
        .workspace
        .ids(Kind::Rapport)
        .into_iter()
        .filter(|id| desk.workspace.standing_id(id) == *id && desk.workspace.living(id).is_some())
        .filter_map(|id| {
            let (unit, of) = Rapport::of_id(&id).filter(|(_, of)| *of != cycle)?;
            let ctx = RapportContext { desk, id, unit, cycle: of };
            Some(markup!(r#"<li><a href="{}">{} over {}</a></li>"#, ctx.part(None), of.to_string(), ctx.over()))
        })
        .collect();
    let earlier = (!earlier.is_empty())
        .then(|| markup!(r#"<section class="part"><h2>Tidligere rapporter</h2><ul>{}</ul></section>"#, earlier));
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow"><a href="#/hjulet/kvalitetsrapport">Hjulet</a> · {}</p>
            <h1>Kvalitetsrapport</h1>
            <p class="purpose">Rapporten samler sig selv af det, I allerede har skrevet: tal, samtaler, aftaler og midtvejsstatus. I vælger, hvad der er med, og skriver jeres egne ord til.</p>
        </header>
        <ul class="report-ways">{}</ul>
        {}"##,
        cycle.to_string(),
        ways,
        or_empty(earlier)
    )
}
