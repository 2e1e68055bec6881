//! The quality report. The secretariat or a chef writes it about all units, a leader about their own unit.
//!
//! | file | contents |
//! | --- | --- |
//! | `mod` | chooses the page for an address; the list of reports |
//! | `sources` | reads the records that a report is composed from |
//! | `chapters` | the chapters: own text, order, what is included |
//! | `completion` | gaps of the report, its title and writers, the day on which it is final |
//! | `stories` | the good stories, in plain words |
//! | `document` | the report and the catalogue of stories as documents |

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

/// The report of the current page. `unit` is `None` for the report about all units.
#[derive(Clone)]
struct RapportContext {
    app: AppContext,
    id: Id,
    unit: Option<Id>,
    cycle: Cycle,
}

impl RapportContext {
    /// Returns the report as it is now. Tracked.
    fn body(&self) -> Rapport {
        self.app.body(Some(&self.id))
    }

    /// Creates the record if it does not exist.
    fn ensure(&self) {
        self.app.workspace.ensure(&self.id, || Rapport::new(self.unit.clone(), self.cycle));
    }

    /// Changes the report and saves it at once. For choices, not for typed text.
    fn change(&self, change: impl FnOnce(&mut Rapport)) {
        self.ensure();
        edit::<Rapport>(self.app.workspace, &self.id, &mut Focus::default(), change);
        self.app.workspace.save_now();
    }

    /// Builds a text field of the report.
    fn text(&self, path: Path, label: &str, help: &'static str, sort: FieldType) -> BuiltView {
        let (ctx, workspace) = (self.clone(), self.app.workspace);
        build_view(view! {
            <RecordText workspace record=self.id.clone() path label=label.to_owned() help sort make=Rc::new(move || ctx.ensure())/>
        })
    }

    /// Returns the address of a part of the report; `None` for its main page.
    fn part(&self, part: Option<&str>) -> String {
        Route::Rapport { id: Some(self.id.clone()), part: part.map(str::to_owned) }.to_string()
    }

    /// Returns what the report is about: the unit's name, or all units. Tracked.
    fn subject(&self) -> String {
        match &self.unit {
            Some(unit) => self.app.body::<Enhed>(Some(unit)).name.0,
            None => "alle enheder".to_owned(),
        }
    }
}

/// The sources of a report and its chapters. They follow choices, not typed text, since composing reads all figures of
/// all units.
#[derive(Clone, Copy)]
struct Composed {
    sources: Memo<Sources>,
    /// The report with its texts shortened, so that it does not change while someone types.
    outline: Memo<Rapport>,
    chapters: Memo<Vec<Chapter>>,
}

impl Composed {
    fn of(ctx: &RapportContext) -> Self {
        let report = ctx.clone();
        let outline = Memo::new(move |_| report.body().outline());
        let report = ctx.clone();
        let sources = Memo::new(move |_| sources::sources(&report));
        let chapters = Memo::new(move |_| outline.with(|outline| sources.with(|sources| compose(outline, sources))));
        Self { sources, outline, chapters }
    }
}

/// Scrolls to an element of the page and gives it focus.
fn scroll_to(selector: &str) {
    let element = document().query_selector(selector).ok().flatten();
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        if element.tab_index() < 0 {
            drop(element.set_attribute("tabindex", "-1"));
        }
        // An element that cannot take focus is scrolled to all the same.
        drop(element.focus());
        element.scroll_into_view();
    }
}

/// Page of one report, or the list of reports if `id` is `None`.
#[component]
pub(crate) fn RapportPage(app: AppContext, id: Option<Id>, part: Option<String>) -> BuiltView {
    let Some(id) = id else { return dynamic_view(move || start(app)) };
    let Some((unit, cycle)) = Rapport::parse_id(&id) else {
        return markup!(
            r##"
            <header class="page-head"><h1>Rapporten findes ikke</h1>
            <p class="purpose">Adressen nævner en rapport, som appen ikke kender. Måske er den skrevet forkert.</p></header>
            <p><a href="#/rapport">Til rapporterne</a></p>"##
        );
    };
    let ctx = RapportContext { app, id, unit, cycle };
    match part.as_deref() {
        Some("udskrift") => document::report(&ctx),
        Some("katalog") => document::catalogue(&ctx),
        Some("historier") => stories::stories(&ctx),
        _ => chapters::page(&ctx),
    }
}

/// Builds the list of reports: about all units, about the own unit, and those of earlier cycles.
fn start(app: AppContext) -> BuiltView {
    let cycle = app.cycle();
    let follows_several = app.person.with(|person| person.role).is_some_and(Role::has_several_units);
    let unit = app.unit();
    let report_link = |unit: Option<Id>, is_first: bool| {
        let ctx = RapportContext { app, id: Rapport::id(unit.as_ref(), cycle)?, unit, cycle };
        let exists = app.workspace.get_unless_deleted(&ctx.id).is_some();
        let (heading, about) = match &ctx.unit {
            Some(_) => (ctx.subject(), "Jeres egen rapport: jeres tal, jeres aftale og det, I har lært."),
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
            format!("{} rapporten over {}", if exists { "Skriv videre på" } else { "Begynd" }, ctx.subject())
        ))
    };
    let own_report = unit.clone().and_then(|unit| report_link(Some(unit), !follows_several));
    let all_units_report = report_link(None, follows_several || unit.is_none());
    let links: Vec<BuiltView> = if follows_several {
        all_units_report.into_iter().chain(own_report)
    } else {
        own_report.into_iter().chain(all_units_report)
    }
    .collect();
    let earlier_reports: Vec<_> = app
        .workspace
        .ids(Kind::Rapport)
        .into_iter()
        .filter(|id| app.workspace.representative_id(id) == *id && app.workspace.get_unless_deleted(id).is_some())
        .filter_map(|id| {
            let (unit, of_cycle) = Rapport::parse_id(&id).filter(|(_, of_cycle)| *of_cycle != cycle)?;
            let ctx = RapportContext { app, id, unit, cycle: of_cycle };
            Some(markup!(
                r#"<li><a href="{}">{} over {}</a></li>"#,
                ctx.part(None),
                of_cycle.to_string(),
                ctx.subject()
            ))
        })
        .collect();
    let earlier_reports = (!earlier_reports.is_empty()).then(|| {
        markup!(r#"<section class="part"><h2>Tidligere rapporter</h2><ul>{}</ul></section>"#, earlier_reports)
    });
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow"><a href="#/hjulet/kvalitetsrapport">Hjulet</a> · {}</p>
            <h1>Kvalitetsrapport</h1>
            <p class="purpose">Rapporten samler sig selv af det, I allerede har skrevet: mønstre og feedback, tal og stemmer, samtaler, aftaler og midtvejsstatus. I vælger, hvad der er med, og skriver jeres egne ord til.</p>
        </header>
        <ul class="report-ways">{}</ul>
        {}"##,
        cycle.to_string(),
        links,
        or_empty(earlier_reports)
    )
}
