//! The secretariat's package of a cycle: read by everyone, made and sent by the secretariat.
//!
//! | file | idea |
//! | --- | --- |
//! | `mod` | the package as it is read: themes, patterns, calendar; and which record it is |
//! | `editor` | making it |
//! | `found_patterns` | patterns that the figures themselves show, to be taken in |
//! | `distribute` | a file for each unit, and the whole, by one press |

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

/// The package of a cycle, and where it lies.
#[derive(Clone)]
struct PackageContext {
    desk: AppContext,
    record: Id,
    cycle: Cycle,
}

impl PackageContext {
    /// The package as it is now.
    fn body(&self) -> Package {
        self.desk.body(Some(&self.record))
    }

    /// Makes the record where it is not there yet.
    fn ensure(&self) {
        self.desk.workspace.ensure(&self.record, || Package::of(self.cycle));
    }

    /// Changes the package.
    fn edit(&self, focus: &mut Focus, change: impl FnOnce(&mut Package)) {
        self.ensure();
        agreements::edit::<Package>(self.desk.workspace, &self.record, focus, change);
    }
}

/// The page of the package: to be read, or to be made.
#[component]
pub(crate) fn PackagePage(desk: AppContext, is_made: bool) -> BuiltView {
    dynamic_view(move || {
        let cycle = desk.cycle();
        let Some(record) = Package::id(cycle) else { return build_view(()) };
        let sent = PackageContext { desk, record, cycle };
        if is_made { editor::editor(&sent) } else { read(&sent) }
    })
}

/// Whether the person is one who makes packages.
fn makes_packages(desk: AppContext) -> bool {
    desk.person.with(|person| person.role) == Some(Role::Secretariat)
}

fn read(sent: &PackageContext) -> BuiltView {
    let sent = sent.clone();
    dynamic_view(move || {
        let package = sent.body();
        let makes = makes_packages(sent.desk);
        let make = |words: &'static str| {
            let route = Route::Datapakke { is_made: true }.to_string();
            makes.then(|| markup!(r#"<a class="button primary" href="{}">{}</a>"#, route, words))
        };
        if !package.says_something() {
            return markup!(
                r##"
                <header class="page-head">
                    <p class="eyebrow"><a href="#/hjulet/dataindsamling">Hjulet</a> · {}</p>
                    <h1>Datapakken er her ikke endnu</h1>
                    <p class="purpose">Datapakken er det, de to år begynder med: enhedens tal, de fælles temaer og kalenderen. Den kommer som en fil fra sekretariatet. Åbn filen, så står temaerne her, på forsiden, i samtalens forberedelse og i aftalen.</p>
                    <p class="buttons">{}</p>
                </header>"##,
                sent.cycle.to_string(),
                make("Lav datapakken")
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
            sent.cycle.to_string(),
            sent.cycle.to_string(),
            make("Ret og send"),
            button("Udskriv", platform::page::print),
            letter,
            themes(&package),
            patterns(&package),
            calendar(&sent, &package),
            next(&package)
        )
    })
}

/// The themes: those that hold first, then those that were put off, with the reasons all the same.
fn themes(package: &Package) -> BuiltView {
    let all = package.themes_in_order();
    let of = |decision: &[Decision]| {
        let chosen = all.iter().filter(|(_, theme)| decision.contains(&theme.decision()));
        chosen
            .filter(|(_, theme)| !theme.title.as_str().trim().is_empty())
            .map(|(_, theme)| row(theme))
            .collect::<Vec<_>>()
    };
    let (hold, open, later) = (of(&[Decision::Chosen]), of(&[Decision::Open]), of(&[Decision::NotNow]));
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
            hold,
        ),
        list("På vej", "themes open", "De er peget ud, men ikke prioriteret af begge endnu. De kan ændre sig.", open),
        list("Ikke denne gang", "themes open", "De blev også peget ud.", later),
    ]
    .into_iter()
    .flatten()
    .collect();
    build_view(parts)
}

fn row(theme: &PackageTheme) -> BuiltView {
    let said = |who: &str, said: Option<Priority>| {
        let words = said.map_or("har ikke sagt noget endnu", |said| match said {
            Priority::Prioritised => "har prioriteret det",
            Priority::NotNow => "har valgt det fra denne gang",
        });
        format!("{who} {words}")
    };
    let who = [said("BU Lederforum", theme.lederforum), said("Børne- og Ungdomsudvalget", theme.committee)].join(" · ");
    // Of those that hold the heading says it.
    let who = (theme.decision() != Decision::Chosen).then(|| markup!(r#"<p class="help">{}</p>"#, who));
    let words = |label: &'static str, text: &str| {
        let text = text.trim();
        (!text.is_empty()).then(|| markup!(r#"<p class="text"><strong>{} </strong>{}</p>"#, label, text))
    };
    markup!(
        r"<li><h3>{}</h3>{}{}{}</li>",
        theme.title.as_str(),
        words("Hvorfor:", theme.reason.as_str()),
        words("FællesMED:", theme.joint_med.as_str()),
        who
    )
}

fn patterns(package: &Package) -> Option<BuiltView> {
    let rows: Vec<_> = package
        .patterns_in_order()
        .into_iter()
        .map(|(_, found)| found.text.as_str().trim())
        .filter(|text| !text.is_empty())
        .map(|text| markup!(r#"<li class="text">{}</li>"#, text))
        .collect();
    (!rows.is_empty()).then(|| {
        markup!(
            r#"<section class="part"><h2>Mønstrene i tallene</h2><p class="help">De siger, hvor det er værd at spørge. De svarer ikke.</p><ul class="found">{}</ul></section>"#,
            rows
        )
    })
}

/// When each element has its turn: on the secretariat's days, else in the wheel's quarters.
fn calendar(sent: &PackageContext, package: &Package) -> BuiltView {
    let rows: Vec<_> = wheel::seen(sent.desk)
        .into_iter()
        .map(|seen| {
            let own = package.turn(&seen.element.id).map(span).filter(|words| !words.is_empty());
            let when = own.unwrap_or_else(|| seen.when(sent.cycle));
            markup!(
                r#"<div><dt><a href="{}">{}</a></dt><dd>{}</dd></div>"#,
                Route::Element(seen.element.id.clone()).to_string(),
                seen.element.label.as_str(),
                when
            )
        })
        .collect();
    let edition = package.edition.as_ref().and_then(|id| {
        let edition = fundament::editions_at_hand().iter().find(|edition| edition.id() == id.as_str())?;
        let count = edition.indicators().map(|(_, indicators)| indicators.len()).sum::<usize>();
        Some(markup!(r#"<p class="help">Indikatorsæt: {} indikatorer.</p>"#, count.to_string()))
    });
    markup!(r#"<section class="side"><h2>Kalenderen</h2><dl class="calendar">{}</dl>{}</section>"#, rows, edition)
}

fn next(package: &Package) -> Option<BuiltView> {
    (!package.themes_for_units().is_empty()).then(|| {
        markup!(
            r##"
            <section class="side no-print"><h2>Her bruger I den</h2><ul class="todo">
                <li><a href="#/indikatorer">Se jeres egne tal</a></li>
                <li><a href="#/samtale">Tag temaerne med i samtalen</a></li>
                <li><a href="#/aftale">Skriv dem ind i aftalen</a></li>
            </ul></section>"##
        )
    })
}
