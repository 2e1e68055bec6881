//! Many units' statuses together, by theme: what a lederforum talks from. No unit is ranked.

use crate::domain::fundament;
use crate::domain::id::Id;
use crate::domain::midtvejs::{Difference, MidtvejsTheme, Midtvejsstatus, UnitGoalStatus, UnitMidtvejs, by_theme};
use crate::domain::package::Package;
use crate::domain::registry::Kind;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button_with_class, on_click, or_empty};
use crate::ui::pages::agreement::aftale::AftaleContext;
use crate::ui::platform;
use crate::ui::platform::page::DanishOrder;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements;

/// The statuses that are here, by the names of their units.
fn all(desk: AppContext) -> Vec<UnitMidtvejs> {
    let order = DanishOrder::new();
    let mut all: Vec<UnitMidtvejs> = Vec::new();
    for record in desk.workspace.ids(Kind::Midtvejsstatus).iter().filter_map(|id| desk.workspace.living(id)) {
        let Some(status) = record.view::<Midtvejsstatus>().ok() else { continue };
        let Some(id) = status.aftale.clone() else { continue };
        let whole = agreements::bundle(&AftaleContext { desk, id });
        let place = all.partition_point(|other| !order.is_before(&whole.unit, &other.whole.unit));
        all.insert(place, UnitMidtvejs { whole, status });
    }
    all
}

/// The themes of all cycles that are known here: an agreement's time goes on into the next.
fn common(desk: AppContext) -> Vec<(Id, String)> {
    let packages = desk.workspace.ids(Kind::Package).into_iter().map(|id| desk.body::<Package>(Some(&id)));
    let of = |package: Package| {
        let themes = package.themes_for_units().into_iter();
        themes.map(|(id, theme)| (id.clone(), theme.title.0.clone())).collect::<Vec<_>>()
    };
    packages.flat_map(of).collect()
}

/// The page.
pub(crate) fn forum(desk: AppContext) -> BuiltView {
    let all = all(desk);
    let themes = fundament::present().map(|edition| by_theme(edition, &common(desk), &all)).unwrap_or_default();
    let body = if themes.is_empty() {
        markup!(
            r#"<p class="all-well">Her kommer det, enhederne har skrevet i deres midtvejsstatus. Åbn deres filer, så samles de efter tema. Ingen bliver rangeret.</p>"#
        )
    } else {
        let themes: Vec<_> = themes.iter().map(theme).collect();
        markup!(r#"<div class="forum">{}</div>"#, themes)
    };
    markup!(
        r#"
        <header class="page-head">
            <h1>Midtvejsstatus i BU Lederforum</h1>
            <p class="purpose">Enhedernes status efter tema: hvad gjorde en forskel, hvad kan andre bruge, og hvem beder om og tilbyder hjælp?</p>
            <div class="no-print">{}</div>
        </header>
        <div>{}{}{}{}</div>"#,
        button_with_class("", "Udskriv", on_click(platform::page::print)),
        body,
        voices("Det deler enhederne", &all, |status| status.shares.as_str()),
        voices("Nogen beder om hjælp til", &all, |status| status.asks.as_str()),
        voices("Nogen tilbyder hjælp til", &all, |status| status.offers.as_str())
    )
}

fn theme(theme: &MidtvejsTheme) -> BuiltView {
    let degrees = Difference::ALL.into_iter().zip(theme.differences).filter(|(_, count)| *count > 0);
    let degrees: Vec<String> =
        degrees.map(|(degree, count)| format!("{}: {count} mål", degree.danish().to_lowercase())).collect();
    let said: Vec<_> = theme.said.iter().map(said).collect();
    markup!(
        r#"<section class="part"><h2>{}</h2><p class="help">Gjorde det en forskel? {}</p><ul class="voices">{}</ul></section>"#,
        theme.name.as_str(),
        if degrees.is_empty() { "Ikke sagt endnu".to_owned() } else { degrees.join(" · ") },
        said
    )
}

fn said(said: &UnitGoalStatus) -> BuiltView {
    let next: Vec<_> = said
        .next
        .iter()
        .map(|(word, text)| markup!(r#"<p class="text"><strong>{}: </strong>{}</p>"#, *word, text.as_str()))
        .collect();
    markup!(
        r#"<li><p><strong>{}</strong> <span class="help">{}</span></p><p class="text">{}</p>{}</li>"#,
        said.unit.as_str(),
        said.goal.as_str(),
        said.signs.as_str(),
        next
    )
}

/// What units say under a heading, each with its name.
fn voices(heading: &str, all: &[UnitMidtvejs], of: fn(&Midtvejsstatus) -> &str) -> BuiltView {
    let said = all.iter().filter(|seen| !of(&seen.status).trim().is_empty());
    let rows: Vec<_> = said
        .map(|seen| {
            markup!(r#"<li><strong>{}</strong><p class="text">{}</p></li>"#, seen.whole.unit.as_str(), of(&seen.status))
        })
        .collect();
    or_empty(
        (!rows.is_empty()).then(|| {
            markup!(r#"<section class="part"><h2>{}</h2><ul class="voices">{}</ul></section>"#, heading, rows)
        }),
    )
}
