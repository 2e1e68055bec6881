//! The data package (datapakke) of a cycle. The secretariat makes and sends the package; everyone reads it.
//!
//! | file | contents |
//! | --- | --- |
//! | `mod` | the page to read the package: themes, patterns, calendar; the record |
//! | `editor` | the page to make the package |
//! | `forums` | what the forums say: side by side for the secretariat, and as text |
//! | `choice` | the choice of a forum on a pattern or a theme |
//! | `fields` | fields and buttons that the page on which a forum answers uses too |
//! | `found_patterns` | patterns computed from the figures, to be taken into the package |
//! | `distribute` | the files to send: one for each unit, and one with everything |

pub(crate) mod choice;
mod distribute;
mod editor;
pub(crate) mod fields;
pub(crate) mod forums;
mod found_patterns;

use leptos::prelude::*;

use crate::domain::aftale::lines::span;
use crate::domain::cycle::Cycle;
use crate::domain::fundament;
use crate::domain::id::Id;
use crate::domain::package::{Decision, FoundPattern, Package, PackageTheme, agreement_in_words};
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
pub(crate) struct PackageContext {
    pub(crate) app: AppContext,
    pub(crate) record: Id,
    pub(crate) cycle: Cycle,
}

impl PackageContext {
    /// Returns the package of the current cycle, tracked.
    pub(crate) fn current(app: AppContext) -> Option<Self> {
        let cycle = app.cycle();
        Some(Self { app, record: Package::id(cycle)?, cycle })
    }

    /// Returns the package as it is now. Tracked.
    pub(crate) fn body(&self) -> Package {
        self.app.body(Some(&self.record))
    }

    /// Creates the record if it does not exist.
    fn ensure(&self) {
        self.app.workspace.ensure(&self.record, || Package::new(self.cycle));
    }

    /// Changes the package. Creates the record if it does not exist.
    pub(crate) fn edit(&self, focus: &mut Focus, change: impl FnOnce(&mut Package)) {
        self.ensure();
        agreements::edit::<Package>(self.app.workspace, &self.record, focus, change);
    }
}

/// Page of the package: to edit if `is_editing`, otherwise to read.
#[component]
pub(crate) fn PackagePage(app: AppContext, is_editing: bool) -> BuiltView {
    dynamic_view(move || {
        let Some(ctx) = PackageContext::current(app) else { return build_view(()) };
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
                <aside class="agreement-aside" aria-label="Kalender og næste skridt">{}{}{}</aside>
            </div>"##,
            ctx.cycle.to_string(),
            ctx.cycle.to_string(),
            edit_link("Ret og send"),
            button("Udskriv", platform::page::print),
            letter,
            themes(&package),
            patterns(&package),
            calendar(&ctx, &package),
            forums::forums_section(&package),
            next_steps(&package)
        )
    })
}

/// Builds the sections of themes: chosen, undecided, and not chosen this time. All are shown with their reasons.
fn themes(package: &Package) -> BuiltView {
    let all = package.themes_in_order();
    let rows_of = |decisions: &[Decision]| {
        let matching = all.iter().filter(|(_, theme)| decisions.contains(&theme.outcome()));
        matching.filter(|(_, theme)| theme.has_title()).map(|(_, theme)| row(theme)).collect::<Vec<_>>()
    };
    let is_prioritised = |(_, theme): &(&Id, &PackageTheme)| {
        theme.outcome() != Decision::Chosen || theme.outcome_of_priorities() == Decision::Chosen
    };
    let chosen_by = if all.iter().all(is_prioritised) {
        "BU Lederforum og Børne- og Ungdomsudvalget har prioriteret dem for de to år."
    } else {
        "De er besluttet for de to år. Begrundelsen står ved hvert tema."
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
        list("Temaerne", "themes", chosen_by, chosen_rows),
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

/// Builds one theme with what the forums say about it, and why it was decided so.
fn row(theme: &PackageTheme) -> BuiltView {
    let labelled_text = |label: &'static str, text: &str| {
        let text = text.trim();
        (!text.is_empty()).then(|| markup!(r#"<p class="text"><strong>{} </strong>{}</p>"#, label, text))
    };
    let proposer = theme.proposed_by.map(|forum| markup!(r#"<p class="help">Foreslået af {}</p>"#, forum.danish()));
    let positions = theme.positions();
    let waiting = (theme.outcome() == Decision::Open)
        .then(|| markup!(r#"<p class="help">{}</p>"#, agreement_in_words(&positions)));
    markup!(
        r"<li><h3>{}</h3>{}{}{}{}{}</li>",
        theme.title.as_str(),
        proposer,
        labelled_text("Hvorfor:", theme.reason.as_str()),
        labelled_text("Beslutningen:", theme.decision_reason.as_str()),
        forums::positions_list(&positions),
        waiting
    )
}

/// Builds the section of patterns with what the forums say about them. `None` if there are none.
fn patterns(package: &Package) -> Option<BuiltView> {
    let row = |pattern: &FoundPattern| {
        let positions = forums::positions_list(&pattern.positions());
        markup!(r#"<li><p class="text">{}</p>{}</li>"#, pattern.text.as_str().trim(), positions)
    };
    let patterns = package.patterns_in_order().into_iter();
    let rows: Vec<_> = patterns.filter(|(_, pattern)| pattern.has_text()).map(|(_, pattern)| row(pattern)).collect();
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
