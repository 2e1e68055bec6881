//! The data package (datapakke) of a cycle. The secretariat makes and sends the package; everyone reads it.
//!
//! | file | contents |
//! | --- | --- |
//! | `mod` | the page to read the package: themes, patterns, calendar; the record |
//! | `editor` | the page to make the package |
//! | `found_patterns` | patterns computed from the figures, to be taken into the package |
//! | `distribute` | the files to send: one for each unit, and one with everything |

mod distribute;
mod editor;
mod found_patterns;

use leptos::prelude::*;

use crate::domain::aftale::lines::span;
use crate::domain::cycle::Cycle;
use crate::domain::fundament;
use crate::domain::id::Id;
use crate::domain::package::{Decision, Package, PackageTheme, Priority};
use crate::domain::person::Role;
use crate::record::edit::Focus;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_view};
use crate::ui::pages::wheel;
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements;

/// The package of the current page: its cycle and the id of its record.
#[derive(Clone)]
struct PackageContext {
    app: AppContext,
    record: Id,
    cycle: Cycle,
}

impl PackageContext {
    /// Returns the package as it is now. Tracked.
    fn body(&self) -> Package {
        self.app.body(Some(&self.record))
    }

    /// Creates the record if it does not exist.
    fn ensure(&self) {
        self.app.workspace.ensure(&self.record, || Package::new(self.cycle));
    }

    /// Changes the package. Creates the record if it does not exist.
    fn edit(&self, focus: &mut Focus, change: impl FnOnce(&mut Package)) {
        self.ensure();
        agreements::edit::<Package>(self.app.workspace, &self.record, focus, change);
    }
}

/// Page of the package: to edit if `is_editing`, otherwise to read.
#[component]
pub(crate) fn PackagePage(app: AppContext, is_editing: bool) -> BuiltView {
    dynamic_view(move || {
        let cycle = app.cycle();
        let Some(record) = Package::id(cycle) else { return build_view(()) };
        let ctx = PackageContext { app, record, cycle };
        if is_editing { editor::editor(&ctx) } else { reading_page(&ctx) }
    })
}

/// Returns whether the person makes packages: only the secretariat does.
fn makes_packages(app: AppContext) -> bool {
    app.person.with(|person| person.role) == Some(Role::Secretariat)
}

/// Builds the page to read the package.
fn reading_page(ctx: &PackageContext) -> BuiltView {
    let ctx = ctx.clone();
    dynamic_view(move || {
        let package = ctx.body();
        let can_edit = makes_packages(ctx.app);
        let edit_link = |words: &'static str| {
            let route = Route::Datapakke { is_editing: true }.to_string();
            can_edit.then(|| markup!(r#"<a class="button primary" href="{}">{}</a>"#, route, words))
        };
        if !package.has_content() {
            return markup!(
                r##"
                <header class="page-head">
                    <p class="eyebrow"><a href="#/hjulet/dataindsamling">Hjulet</a> · {}</p>
                    <h1>Datapakken er her ikke endnu</h1>
                    <p class="purpose">Datapakken er det, de to år begynder med: enhedens tal, de fælles temaer og kalenderen. Den kommer som en fil fra sekretariatet. Åbn filen, så står temaerne her, på forsiden, i samtalens forberedelse og i aftalen.</p>
                    <p class="buttons">{}</p>
                </header>"##,
                ctx.cycle.to_string(),
                edit_link("Lav datapakken")
            );
        }
        let letter = package.letter.as_str().trim();
        let letter = (!letter.is_empty()).then(|| markup!(r#"<p class="text letter">{}</p>"#, letter));
        markup!(
            r##"
            <header class="page-head">
                <p class="eyebrow"><a href="#/hjulet/dataindsamling">Hjulet</a> · {}</p>
                <h1>Datapakke {}</h1>
                <p class="purpose">Det, de to år begynder med: de fælles temaer og hvorfor netop de, mønstrene i tallene og kalenderen.</p>
                <p class="buttons no-print">{}{}</p>
            </header>
            <div class="agreement">
                <div class="agreement-main">{}{}{}</div>
                <aside class="agreement-aside" aria-label="Kalender og næste skridt">{}{}</aside>
            </div>"##,
            ctx.cycle.to_string(),
            ctx.cycle.to_string(),
            edit_link("Ret og send"),
            button("Udskriv", platform::page::print),
            letter,
            themes(&package),
            patterns(&package),
            calendar(&ctx, &package),
            next_steps(&package)
        )
    })
}

/// Builds the sections of themes: chosen, undecided, and not chosen this time. All are shown with their reasons.
fn themes(package: &Package) -> BuiltView {
    let all = package.themes_in_order();
    let rows_of = |decisions: &[Decision]| {
        let matching = all.iter().filter(|(_, theme)| decisions.contains(&theme.outcome()));
        matching
            .filter(|(_, theme)| !theme.title.as_str().trim().is_empty())
            .map(|(_, theme)| row(theme))
            .collect::<Vec<_>>()
    };
    let (chosen_rows, open_rows, later_rows) =
        (rows_of(&[Decision::Chosen]), rows_of(&[Decision::Open]), rows_of(&[Decision::NotNow]));
    let list = |heading: &str, class: &str, help: &str, rows: Vec<BuiltView>| {
        (!rows.is_empty()).then(|| {
            markup!(
                r#"<section class="part"><h2>{}</h2><p class="help">{}</p><ol class="{}">{}</ol></section>"#,
                heading,
                help,
                class,
                rows
            )
        })
    };
    let parts: Vec<BuiltView> = [
        list(
            "Temaerne",
            "themes",
            "BU Lederforum og Børne- og Ungdomsudvalget har prioriteret dem for de to år.",
            chosen_rows,
        ),
        list(
            "På vej",
            "themes open",
            "De er peget ud, men ikke prioriteret af begge endnu. De kan ændre sig.",
            open_rows,
        ),
        list("Ikke denne gang", "themes open", "De blev også peget ud.", later_rows),
    ]
    .into_iter()
    .flatten()
    .collect();
    build_view(parts)
}

/// Builds one theme.
fn row(theme: &PackageTheme) -> BuiltView {
    let priority_text = |body: &str, priority: Option<Priority>| {
        let words = priority.map_or("har ikke sagt noget endnu", |priority| match priority {
            Priority::Prioritised => "har prioriteret det",
            Priority::NotNow => "har valgt det fra denne gang",
        });
        format!("{body} {words}")
    };
    let priorities =
        [priority_text("BU Lederforum", theme.lederforum), priority_text("Børne- og Ungdomsudvalget", theme.committee)]
            .join(" · ");
    // The heading of the chosen themes says who prioritised them.
    let priorities = (theme.outcome() != Decision::Chosen).then(|| markup!(r#"<p class="help">{}</p>"#, priorities));
    let labelled_text = |label: &'static str, text: &str| {
        let text = text.trim();
        (!text.is_empty()).then(|| markup!(r#"<p class="text"><strong>{} </strong>{}</p>"#, label, text))
    };
    markup!(
        r"<li><h3>{}</h3>{}{}{}</li>",
        theme.title.as_str(),
        labelled_text("Hvorfor:", theme.reason.as_str()),
        labelled_text("FællesMED:", theme.joint_med.as_str()),
        priorities
    )
}

/// Builds the section of patterns. `None` if there are none.
fn patterns(package: &Package) -> Option<BuiltView> {
    let rows: Vec<_> = package
        .patterns_in_order()
        .into_iter()
        .map(|(_, pattern)| pattern.text.as_str().trim())
        .filter(|text| !text.is_empty())
        .map(|text| markup!(r#"<li class="text">{}</li>"#, text))
        .collect();
    (!rows.is_empty()).then(|| {
        markup!(
            r#"<section class="part"><h2>Mønstrene i tallene</h2><p class="help">De siger, hvor det er værd at spørge. De svarer ikke.</p><ul class="pattern-list">{}</ul></section>"#,
            rows
        )
    })
}

/// Builds the calendar: the secretariat's dates for each element, or the wheel's quarters where there are no dates.
fn calendar(ctx: &PackageContext, package: &Package) -> BuiltView {
    let rows: Vec<_> = wheel::element_statuses(ctx.app)
        .into_iter()
        .map(|status| {
            let dates = package.element_dates(&status.element.id).map(span).filter(|words| !words.is_empty());
            let when = dates.unwrap_or_else(|| status.turns_in_words(ctx.cycle));
            markup!(
                r#"<div><dt><a href="{}">{}</a></dt><dd>{}</dd></div>"#,
                Route::Element(status.element.id.clone()).to_string(),
                status.element.label.as_str(),
                when
            )
        })
        .collect();
    let edition = package.edition.as_ref().and_then(|id| {
        let edition = fundament::editions_at_hand().iter().find(|edition| edition.id() == id.as_str())?;
        let count = edition.indicators().map(|(_, indicators)| indicators.len()).sum::<usize>();
        Some(markup!(r#"<p class="help">Indikatorsæt: {} indikatorer.</p>"#, count.to_string()))
    });
    markup!(
        r#"<section class="aside-section"><h2>Kalenderen</h2><dl class="calendar">{}</dl>{}</section>"#,
        rows,
        edition
    )
}

/// Builds the links to where a unit uses the package. `None` if the package has no themes for units.
fn next_steps(package: &Package) -> Option<BuiltView> {
    (!package.themes_for_units().is_empty()).then(|| {
        markup!(
            r##"
            <section class="aside-section no-print"><h2>Her bruger I den</h2><ul class="todo">
                <li><a href="#/indikatorer">Se jeres egne tal</a></li>
                <li><a href="#/samtale">Tag temaerne med i samtalen</a></li>
                <li><a href="#/aftale">Skriv dem ind i aftalen</a></li>
            </ul></section>"##
        )
    })
}
