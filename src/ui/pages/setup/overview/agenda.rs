//! The part of the front page that is composed from the records: the items that wait for the person, missing
//! information, and the person's own work.

use leptos::prelude::*;

use crate::domain::agenda::{AgendaItem, AgendaLine, AgendaTarget, PersonAgenda, WorkSection, agenda};
use crate::domain::fundament::{self, Edition};
use crate::domain::id::Id;
use crate::domain::missing::Missing;

use super::facts::collect_facts;
use super::own_dates::follow_own_dates;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, dynamic_view};
use crate::ui::pages::practice::stories::front_stories;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::workspace::SaveStatus;

/// The number of waiting items that are shown at once. The others are folded away.
const SHOWN_ITEMS: usize = 3;

/// Builds the part of the front page that depends on role and records. The stories come first where they are shown.
pub(crate) fn agenda_section(app: AppContext) -> BuiltView {
    let agenda = Memo::new(move |_| agenda(&collect_facts(app)));
    follow_own_dates(app);
    // While the stores are being read, an empty agenda does not mean that nothing waits.
    let is_loading = Memo::new(move |_| app.workspace.save_status.with(|status| *status == SaveStatus::Loading));
    let sections = dynamic_view(move || {
        agenda.with(|agenda| {
            markup!(
                "<div>{}{}{}</div>",
                waiting(agenda, is_loading.get()),
                missing_section(app, &agenda.missing),
                agenda.work.iter().map(work_section).collect::<Vec<_>>()
            )
        })
    });
    markup!("<div>{}{}</div>", front_stories(app), sections)
}

/// Builds the list of waiting items. For an empty agenda, says that nothing waits and shows the suggestion.
fn waiting(agenda: &PersonAgenda, is_loading: bool) -> Option<BuiltView> {
    let PersonAgenda { items, missing, suggestion, .. } = agenda;
    if items.is_empty() {
        let suggestion = suggestion.as_ref().filter(|_| missing.is_empty() && !is_loading)?;
        return Some(markup!(
            r#"<section class="part agenda"><h2>Intet venter på dig lige nu</h2><p class="help">Der er ro til noget andet. Du kan for eksempel:</p><ul class="agenda-items">{}</ul></section>"#,
            line(suggestion)
        ));
    }
    let mut rows: Vec<BuiltView> = items.iter().map(|AgendaItem { line: words, .. }| line(words)).collect();
    let more = rows.split_off(items.len().min(SHOWN_ITEMS));
    let more = (!more.is_empty()).then(|| {
        markup!(
            r#"<details><summary>{}</summary><ol class="agenda-items">{}</ol></details>"#,
            format!("og {} mere", more.len()),
            more
        )
    });
    Some(markup!(
        r#"<section class="part agenda"><h2>Det venter på dig</h2><ol class="agenda-items">{}</ol>{}</section>"#,
        rows,
        more
    ))
}

/// Builds the row of a line.
fn line(line: &AgendaLine) -> BuiltView {
    let detail = (!line.detail.is_empty()).then(|| markup!(r#"<p class="help">{}</p>"#, line.detail.as_str()));
    match &line.target {
        Some(target) => {
            markup!(r#"<li><a href="{}">{}</a>{}</li>"#, route(target).to_string(), line.text.as_str(), detail)
        }
        None => markup!("<li><strong>{}</strong>{}</li>", line.text.as_str(), detail),
    }
}

/// Builds a section on the person's own work.
fn work_section(section: &WorkSection) -> BuiltView {
    markup!(
        r#"<section class="part front-work"><h2>{}</h2><ul class="work-lines">{}</ul></section>"#,
        section.heading.as_str(),
        section.lines.iter().map(line).collect::<Vec<_>>()
    )
}

/// Builds the list of missing information about the person and their unit, with links to the pages to enter it.
fn missing_section(app: AppContext, all: &[Missing]) -> Option<BuiltView> {
    let unit = app.unit();
    let items: Vec<_> = all
        .iter()
        .map(|missing| {
            let route = match (missing, &unit) {
                (Missing::Role, _) => Route::Indstillinger,
                (Missing::Unit | Missing::ChosenUnit, _) | (_, None) => Route::Enheder,
                (Missing::Figures, _) => Route::Indikatorer,
                (_, Some(unit)) => Route::Enhed(unit.clone()),
            };
            markup!(r#"<li><a href="{}">{}</a></li>"#, route.to_string(), missing.danish())
        })
        .collect();
    (!items.is_empty())
        .then(|| markup!(r#"<section class="part"><h2>Det mangler</h2><ul class="todo">{}</ul></section>"#, items))
}

/// Returns the route of a target.
pub(super) fn route(target: &AgendaTarget) -> Route {
    let aftale = |id: Option<&Id>, part: Option<String>| Route::Aftale { id: id.cloned(), part };
    match target {
        AgendaTarget::OpenChoices => Route::Valg,
        AgendaTarget::Files => Route::Filer,
        AgendaTarget::Agreements => aftale(None, None),
        AgendaTarget::Agreement(id) => aftale(Some(id), None),
        AgendaTarget::Goal(id, goal) => aftale(Some(id), Some(goal.to_string())),
        AgendaTarget::Midtvejs(id) => Route::Midtvejs(id.clone()),
        AgendaTarget::Samtale(unit) => Route::Samtale { unit: Some(unit.clone()), part: None },
        AgendaTarget::Trials => Route::Praksis,
        AgendaTarget::Trial(id) => Route::Practice(id.clone()),
        AgendaTarget::Figures => Route::Indikatorer,
        AgendaTarget::Indicator(id) => Route::Indikator(id.clone()),
        AgendaTarget::UnitFigures => Route::Enhedstal,
        AgendaTarget::ImportFigures => Route::Hent,
        AgendaTarget::Units => Route::Enheder,
        AgendaTarget::Unit(id) => Route::Enhed(id.clone()),
        AgendaTarget::UnitsBelow => Route::MineEnheder,
        AgendaTarget::Package => Route::Datapakke { is_editing: false },
        AgendaTarget::PackageEditor => Route::Datapakke { is_editing: true },
        AgendaTarget::Feedback(forum) => Route::Feedback(forum.map(|forum| forum.name().to_owned())),
        AgendaTarget::Report(id) => Route::Rapport { id: id.clone(), part: None },
        AgendaTarget::Reflections => Route::Refleksion,
        AgendaTarget::Workshops => Route::Workshops,
        AgendaTarget::Workshop(id) => Route::Workshop(id.clone()),
        AgendaTarget::Element(id) => Route::Element((*id).to_owned()),
        AgendaTarget::Foundation => Route::Fundament { edition: None, item: None },
        AgendaTarget::FourViews => Route::item(fundament::present_at_hand().map_or("", Edition::id), "syn"),
    }
}
