//! The midterm statuses of many units, grouped by theme, for discussion in a lederforum. Units must never be ranked.

use crate::domain::aftale::state::AftaleState;
use crate::domain::fundament;
use crate::domain::id::Id;
use crate::domain::midtvejs::{Difference, MidtvejsTheme, Midtvejsstatus, UnitGoalStatus, UnitMidtvejs, by_theme};
use crate::domain::package::Package;
use crate::domain::registry::Kind;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button_with_class, on_click, or_empty};
use crate::ui::pages::agreement::aftale::{AftaleContext, newest_agreement};
use crate::ui::platform;
use crate::ui::platform::page::DanishOrder;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements;

/// Returns all midterm statuses in this browser, sorted by the names of their units.
fn unit_statuses(app: AppContext) -> Vec<UnitMidtvejs> {
    let name_order = DanishOrder::new();
    let mut statuses: Vec<UnitMidtvejs> = Vec::new();
    for record in app.workspace.ids(Kind::Midtvejsstatus).iter().filter_map(|id| app.workspace.get_unless_deleted(id)) {
        let Some(status) = record.view::<Midtvejsstatus>().ok() else { continue };
        let Some(id) = status.aftale.clone() else { continue };
        let bundle = agreements::bundle(&AftaleContext { app, id });
        let index = statuses.partition_point(|other| !name_order.is_before(&bundle.unit, &other.bundle.unit));
        statuses.insert(index, UnitMidtvejs { bundle, status });
    }
    statuses
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
    let statuses = unit_statuses(app);
    let themes = fundament::present_edition()
        .map(|edition| by_theme(edition, &themes_of_all_cycles(app), &statuses))
        .unwrap_or_default();
    let body = if themes.is_empty() {
        markup!(
            r#"<p class="all-well">Her kommer det, enhederne har skrevet i deres midtvejsstatus. Åbn deres filer, så samles de efter tema. Ingen bliver rangeret.</p>"#
        )
    } else {
        let themes: Vec<_> = themes.iter().map(theme_section).collect();
        markup!("<div>{}</div>", themes)
    };
    markup!(
        r#"
        <header class="page-head">
            <h1>Midtvejsstatus i BU Lederforum</h1>
            <p class="purpose">Enhedernes status efter tema: hvad gjorde en forskel, hvad kan andre bruge, og hvem beder om og tilbyder hjælp?</p>
            <div class="buttons no-print">{}{}</div>
        </header>
        <div>{}{}{}{}</div>"#,
        own_status_link(app),
        button_with_class("", "Udskriv", on_click(platform::page::print)),
        body,
        unit_texts("Det deler enhederne", &statuses, |status| status.shares.as_str()),
        unit_texts("Nogen beder om hjælp til", &statuses, |status| status.asks.as_str()),
        unit_texts("Nogen tilbyder hjælp til", &statuses, |status| status.offers.as_str())
    )
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
