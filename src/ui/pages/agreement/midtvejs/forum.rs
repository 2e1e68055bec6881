//! The page for a lederforum: the midterm statuses of many units, grouped by theme, and their meeting. Units must never
//! be ranked.

use leptos::prelude::*;

use crate::domain::aftale::state::AftaleState;
use crate::domain::enhed::Enhed;
use crate::domain::fundament;
use crate::domain::id::Id;
use crate::domain::meeting::Meeting;
use crate::domain::midtvejs::{
    Difference, MidtvejsTheme, Midtvejsstatus, UnitGoalStatus, UnitMidtvejs, by_theme, newest_of_each_unit,
};
use crate::domain::package::Package;
use crate::domain::registry::Kind;

use super::{MeetingContext, decisions, help};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_view, empty_view, on_click, or_empty};
use crate::ui::pages::agreement::aftale::{AftaleContext, newest_agreement};
use crate::ui::platform;
use crate::ui::platform::page::DanishOrder;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements;

/// Returns the newest midterm status of each unit in use, sorted by the names of the units.
fn unit_statuses(app: AppContext) -> Vec<UnitMidtvejs> {
    let workspace = app.workspace;
    let name_order = DanishOrder::new();
    let mut statuses: Vec<UnitMidtvejs> = Vec::new();
    for record in workspace.ids(Kind::Midtvejsstatus).iter().filter_map(|id| workspace.get_unless_deleted(id)) {
        let Some(status) = record.view::<Midtvejsstatus>().ok() else { continue };
        let aftale = status.aftale.clone().filter(|aftale| workspace.has_living(aftale, Kind::Aftale));
        let Some(id) = aftale else { continue };
        let bundle = agreements::bundle(&AftaleContext { app, id });
        let unit = bundle.head.unit.as_ref().map(|unit| workspace.representative_id(unit));
        if app.body::<Enhed>(unit.as_ref()).is_archived() {
            continue;
        }
        let index = statuses.partition_point(|other| !name_order.is_before(&bundle.unit, &other.bundle.unit));
        statuses.insert(index, UnitMidtvejs { bundle, status });
    }
    newest_of_each_unit(statuses, &|one, other| workspace.is_same_unit(Some(one), Some(other)))
}

/// Returns id and title of the themes of all known cycles. One cycle is not enough, since an agreement's period runs on
/// into the next cycle.
fn themes_of_all_cycles(app: AppContext) -> Vec<(Id, String)> {
    let packages = app.workspace.ids(Kind::Package).into_iter().map(|id| app.body::<Package>(Some(&id)));
    let theme_titles = |package: Package| {
        let themes = package.themes_for_units().into_iter();
        themes.map(|(id, theme)| (id.clone(), theme.title.0.clone())).collect::<Vec<_>>()
    };
    packages.flat_map(theme_titles).collect()
}

/// Builds the page.
pub(crate) fn forum(app: AppContext) -> BuiltView {
    let statuses = Memo::new(move |_| unit_statuses(app));
    let cycle = Memo::new(move |_| Meeting::midtvejs_cycle(app.today.get()));
    let is_large = RwSignal::new(false);
    let themes = dynamic_view(move || statuses.with(|statuses| theme_sections(app, statuses)));
    let shared = dynamic_view(move || {
        statuses.with(|statuses| unit_texts("Det deler enhederne", statuses, |status| status.shares.as_str()))
    });
    let meeting = dynamic_view(move || {
        let Some(ctx) = MeetingContext::new(app, cycle.get()) else { return empty_view() };
        let offered = dynamic_view(move || {
            statuses.with(|statuses| unit_texts("Det tilbyder enhederne", statuses, |status| status.offers.as_str()))
        });
        markup!("<div>{}{}{}</div>", help::help(&ctx, statuses), offered, decisions::decisions(&ctx))
    });
    let content = markup!(
        r#"
        <header class="page-head">
            <h1>Midtvejsstatus i BU Lederforum</h1>
            <p class="purpose">Enhedernes status efter tema: hvad gjorde en forskel, hvad kan andre bruge, og hvem beder om og tilbyder hjælp?</p>
            <div class="buttons no-print">{}{}{}</div>
        </header>
        <div>{}{}{}</div>"#,
        dynamic_view(move || or_empty(own_status_link(app))),
        large_type_button(is_large),
        button_with_class("", "Udskriv", on_click(platform::page::print)),
        themes,
        shared,
        meeting
    );
    let class = move || if is_large.get() { "forum large" } else { "forum" };
    build_view(view! { <div class=class>{content}</div> })
}

/// Builds the button that shows the page in large type, for a projector.
fn large_type_button(is_large: RwSignal<bool>) -> BuiltView {
    let is_pressed = move || if is_large.get() { "true" } else { "false" };
    let toggle = on_click(move || is_large.update(|is_large| *is_large = !*is_large));
    build_view(view! {
        <button type="button" aria-pressed=is_pressed on:click=toggle>"Stor skrift til projektor"</button>
    })
}

/// Builds the themes, or says what will be here while no unit has written anything.
fn theme_sections(app: AppContext, statuses: &[UnitMidtvejs]) -> BuiltView {
    let themes = fundament::present_edition()
        .map(|edition| by_theme(edition, &themes_of_all_cycles(app), statuses))
        .unwrap_or_default();
    let has_text = |status: &Midtvejsstatus| {
        [&status.shares, &status.asks, &status.offers].into_iter().any(|text| !text.as_str().trim().is_empty())
    };
    if themes.is_empty() && !statuses.iter().any(|unit| has_text(&unit.status)) {
        return markup!(
            r#"<p class="all-well">Her kommer det, enhederne har skrevet i deres midtvejsstatus. Åbn deres filer, så samles de efter tema. Ingen bliver rangeret.</p>"#
        );
    }
    let themes: Vec<_> = themes.iter().map(theme_section).collect();
    markup!("<div>{}</div>", themes)
}

/// Links to the status of the unit that the user works with, if the unit has an agreement.
fn own_status_link(app: AppContext) -> Option<BuiltView> {
    let ctx = app.unit().and_then(|unit| newest_agreement(app, &unit))?;
    let is_begun = agreements::state(&ctx) == AftaleState::Midterm;
    Some(markup!(
        r#"<a class="button primary" href="{}">{}</a>"#,
        Route::Midtvejs(Some(ctx.id)).to_string(),
        if is_begun { "Skriv jeres midtvejsstatus" } else { "Begynd jeres midtvejsstatus" }
    ))
}

fn theme_section(theme: &MidtvejsTheme) -> BuiltView {
    let counts = Difference::ALL.into_iter().zip(theme.differences).filter(|(_, count)| *count > 0);
    let counts: Vec<String> =
        counts.map(|(difference, count)| format!("{}: {count} mål", difference.danish().to_lowercase())).collect();
    let rows: Vec<_> = theme.statements.iter().map(goal_row).collect();
    markup!(
        r#"<section class="part"><h2>{}</h2><p class="help">Gjorde det en forskel? {}</p><ul class="voices">{}</ul></section>"#,
        theme.name.as_str(),
        if counts.is_empty() { "Ikke sagt endnu".to_owned() } else { counts.join(" · ") },
        rows
    )
}

fn goal_row(status: &UnitGoalStatus) -> BuiltView {
    let next_steps: Vec<_> = status
        .next_steps
        .iter()
        .map(|(label, text)| markup!(r#"<p class="text"><strong>{}: </strong>{}</p>"#, *label, text.as_str()))
        .collect();
    markup!(
        r#"<li><p><strong>{}</strong> <span class="help">{}</span></p><p class="text">{}</p>{}</li>"#,
        status.unit.as_str(),
        status.goal.as_str(),
        status.signs.as_str(),
        next_steps
    )
}

/// Builds a section with one text of each unit, under the unit's name. Empty if no unit has written the text.
fn unit_texts(heading: &str, statuses: &[UnitMidtvejs], text_of: fn(&Midtvejsstatus) -> &str) -> BuiltView {
    let answering = statuses.iter().filter(|unit_status| !text_of(&unit_status.status).trim().is_empty());
    let rows: Vec<_> = answering
        .map(|unit_status| {
            markup!(
                r#"<li><strong>{}</strong><p class="text">{}</p></li>"#,
                unit_status.bundle.unit.as_str(),
                text_of(&unit_status.status)
            )
        })
        .collect();
    or_empty(
        (!rows.is_empty()).then(|| {
            markup!(r#"<section class="part"><h2>{}</h2><ul class="voices">{}</ul></section>"#, heading, rows)
        }),
    )
}
