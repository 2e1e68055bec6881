//! Making the package: calendar, patterns, themes with who prioritised them and why; and what is still missing.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::aftale::lines::span;
use crate::domain::date::Date;
use crate::domain::fractional_index;
use crate::domain::fundament::{self, FundamentItem};
use crate::domain::id::Id;
use crate::domain::package::{FoundPattern, Package, PackageTheme, Priority};
use crate::domain::period::Span;
use crate::domain::registry::Kind;
use crate::domain::series::Series;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::{PackageContext, distribute, found_patterns};
use crate::ui::kit::components::{Choices, FieldType, RadioGroup, RecordText};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, button_with_label, dynamic_view, on_click, or_empty};
use crate::ui::pages::wheel;
use crate::ui::platform;
use crate::ui::route::Route;

/// The page.
pub(crate) fn editor(sent: &PackageContext) -> BuiltView {
    markup!(
        r#"
        <header class="page-head">
            <p class="eyebrow"><a href="{}">Datapakke {}</a></p>
            <h1>Lav datapakken</h1>
            <p class="purpose">Sekretariatet samler her det, som de to år begynder med. Tallene kommer med af sig selv, når de er hentet ind. Alt gemmes, mens du skriver.</p>
        </header>
        <div class="agreement">
            <div class="agreement-main sheet">
                <section><h2>Mønstrene i tallene</h2>{}</section>
                <section><h2>Temaerne</h2><p class="help">Temaerne peges ud fra mønstrene. BU Lederforum og Børne- og Ungdomsudvalget prioriterer; FællesMED giver feedback.</p>{}</section>
                <section><h2>Kalender og indikatorsæt</h2>{}</section>
                <section><h2>Brevet</h2>{}</section>
                <section id="send"><h2>Send den ud</h2>{}</section>
            </div>
            <aside class="agreement-aside" aria-label="Om datapakken">{}</aside>
        </div>"#,
        Route::Datapakke { is_made: false }.to_string(),
        sent.cycle.to_string(),
        patterns(sent),
        themes(sent),
        calendar(sent),
        text(sent, Path::root("letter"), "Det vil vi sige til enhederne".to_owned(), "Kan udelades.", FieldType::Text),
        distribute::distribute(sent),
        missing(sent)
    )
}

/// A text of the package.
fn text(sent: &PackageContext, path: Path, label: String, help: &'static str, sort: FieldType) -> BuiltView {
    let (make, workspace) = (sent.clone(), sent.desk.workspace);
    build_view(view! {
        <RecordText workspace record=sent.record.clone() path label help sort make=Rc::new(move || make.ensure())/>
    })
}

/// A way to delete an entry; it can be undone, and lies in the record's trash.
fn delete(sent: &PackageContext, path: Path, name: String) -> BuiltView {
    let sent = sent.clone();
    let delete = on_click(move || {
        let author = sent.desk.workspace.author();
        sent.desk.workspace.change(&sent.record, |record| record.delete(Some(&path), &author));
        sent.desk.workspace.save_now();
    });
    button_with_label("quiet", "Slet", name, delete)
}

fn patterns(sent: &PackageContext) -> BuiltView {
    let ids = {
        let sent = sent.clone();
        Memo::new(move |_| sent.body().patterns_in_order().into_iter().map(|(id, _)| id.clone()).collect::<Vec<_>>())
    };
    let rows = {
        let sent = sent.clone();
        dynamic_view(move || {
            let rows = ids.get();
            let rows: Vec<_> = rows
                .iter()
                .enumerate()
                .map(|(index, id)| {
                    let path = Path::root("patterns").child(id.as_str());
                    let number = index + 1;
                    let field = text(&sent, path.child("text"), format!("Mønster {number}"), "", FieldType::Text);
                    markup!("<li>{}{}</li>", field, delete(&sent, path, format!("Slet mønster {number}")))
                })
                .collect();
            markup!(r#"<ol class="topics">{}</ol>"#, rows)
        })
    };
    let own = sent.clone();
    markup!(
        r#"<div class="stack">{}<div class="buttons">{}</div>{}</div>"#,
        rows,
        button("Skriv et mønster", move || add_pattern(&own, "")),
        found_patterns::found_patterns(sent)
    )
}

/// Puts a pattern last.
pub(crate) fn add_pattern(sent: &PackageContext, words: &str) {
    sent.edit(&mut Focus::default(), |package| {
        let last = package.patterns.values().filter_map(|found| found.order.as_deref()).max();
        let found = FoundPattern { text: words.into(), order: Some(fractional_index::after(last)) };
        package.patterns.insert(platform::ids::mint(), found);
    });
    sent.desk.workspace.save_now();
}

fn themes(sent: &PackageContext) -> BuiltView {
    let ids = {
        let sent = sent.clone();
        Memo::new(move |_| sent.body().themes_in_order().into_iter().map(|(id, _)| id.clone()).collect::<Vec<_>>())
    };
    let rows = {
        let sent = sent.clone();
        dynamic_view(move || {
            let ids = ids.get();
            let rows: Vec<_> = ids.iter().enumerate().map(|(index, id)| theme(&sent, &ids, id, index)).collect();
            markup!(r#"<ol class="topics">{}</ol>"#, rows)
        })
    };
    let sent = sent.clone();
    let add = move || {
        sent.edit(&mut Focus::default(), |package| {
            let last = package.themes.values().filter_map(|theme| theme.order.as_deref()).max();
            let theme = PackageTheme { order: Some(fractional_index::after(last)), ..PackageTheme::default() };
            package.themes.insert(platform::ids::mint(), theme);
        });
        sent.desk.workspace.save_now();
    };
    markup!(r#"<div class="stack">{}<div class="buttons">{}</div></div>"#, rows, button("Tilføj et tema", add))
}

fn theme(sent: &PackageContext, ids: &[Id], id: &Id, index: usize) -> BuiltView {
    let path = Path::root("themes").child(id.as_str());
    let number = index + 1;
    let said = |name: &'static str, who: &'static str, of: fn(&mut PackageTheme) -> &mut Option<Priority>| {
        let (read, write, own, key) = (sent.clone(), sent.clone(), id.clone(), id.clone());
        let value = move || {
            let said = (*of(read.body().themes.get_mut(&own)?))?;
            Priority::ALL.iter().position(|priority| *priority == said)
        };
        let options = ["Ikke sagt endnu"].into_iter().chain(Priority::ALL.map(Priority::danish));
        let select = inputs::select_field(
            format!("{id}-{name}"),
            format!("{who} (tema {number})"),
            options.map(str::to_owned).collect(),
            value,
            move |place| {
                write.edit(&mut Focus::default(), |package| {
                    if let Some(theme) = package.themes.get_mut(&key) {
                        *of(theme) = place.and_then(|place| Priority::ALL.get(place).copied());
                    }
                });
                write.desk.workspace.save_now();
            },
        );
        let (workspace, record, path) = (sent.desk.workspace, sent.record.clone(), path.child(name));
        let choices = build_view(view! { <Choices workspace record path about=who words=priority_in_words/> });
        markup!("<div>{}{}</div>", select, choices)
    };
    let up = (index > 0).then(|| {
        let (sent, own, ids) = (sent.clone(), id.clone(), ids.to_vec());
        let up = on_click(move || {
            sent.edit(&mut Focus::default(), |package| {
                let places: Vec<_> =
                    ids.iter().map(|id| package.themes.get(id).and_then(|theme| theme.order.clone())).collect();
                if let Some(theme) = package.themes.get_mut(&own) {
                    theme.order = Some(fractional_index::one_up(&places, index));
                }
            });
            sent.desk.workspace.save_now();
        });
        button_with_label("quiet", "Flyt op", format!("Flyt op: tema {number}"), up)
    });
    let of = |name: &str, label: &str, help: &'static str, sort: FieldType| {
        text(sent, path.child(name), format!("{label} {number}"), help, sort)
    };
    markup!(
        r#"<li>{}{}<div class="three">{}{}</div>{}<div class="buttons">{}{}</div></li>"#,
        of("title", "Tema", "Et par ord, som alle kan huske.", FieldType::Line),
        of(
            "reason",
            "Hvorfor er det peget ud? Tema",
            "Hvad i tallene og i det, I har hørt, peger på det?",
            FieldType::Text
        ),
        said("lederforum", "BU Lederforum", |theme| &mut theme.lederforum),
        said("committee", "Børne- og Ungdomsudvalget", |theme| &mut theme.committee),
        of("joint_med", "FællesMEDs feedback til tema", "", FieldType::Text),
        or_empty(up),
        delete(sent, path.clone(), format!("Slet tema {number}"))
    )
}

fn priority_in_words(value: &serde_json::Value) -> String {
    serde_json::from_value::<Priority>(value.clone()).map(Priority::danish).unwrap_or_default().to_owned()
}

/// When each element has its turn, and whose indicators hold.
fn calendar(sent: &PackageContext) -> BuiltView {
    let elements: Vec<_> = untrack(|| wheel::seen(sent.desk))
        .into_iter()
        .map(|seen| {
            let days = days(sent, seen.element);
            markup!(
                r#"<div><h3>{}</h3><p class="help">Hjulet siger {}.</p>{}</div>"#,
                seen.element.label.as_str(),
                seen.when(sent.cycle),
                days
            )
        })
        .collect();
    markup!(
        r#"<div class="calendar-form">{}<details class="others"><summary>Sæt datoer på kalenderen</summary><div>{}</div></details></div>"#,
        edition(sent),
        elements
    )
}

fn days(sent: &PackageContext, element: &'static FundamentItem) -> Option<BuiltView> {
    let key = Id::parse(&element.id)?;
    let path = Path::root("calendar").child(key.as_str());
    let workspace = sent.desk.workspace;
    let end = |name: &str, label: &'static str, of: fn(&mut Span) -> &mut Option<Date>| {
        let at = inputs::LeafInput { workspace, record: sent.record.clone(), path: path.clone() };
        let (read, write, key) = (sent.clone(), sent.clone(), key.clone());
        let value = move || *of(&mut read.body().turn(&element.id).unwrap_or_default());
        inputs::day_input(
            element.label.clone(),
            at,
            format!("{key}-{name}"),
            label,
            value,
            move |day, focus: &mut Focus| {
                write.edit(focus, |package| {
                    let mut span = package.turn(&element.id).unwrap_or_default();
                    *of(&mut span) = day;
                    if span == Span::default() {
                        package.calendar.remove(&key);
                    } else {
                        package.calendar.insert(key.clone(), span);
                    }
                });
            },
        )
    };
    let (from, to) = (end("from", "Fra", |span| &mut span.from), end("to", "Til", |span| &mut span.to));
    let record = sent.record.clone();
    let choices =
        build_view(view! { <Choices workspace record path=path.clone() about="datoerne" words=days_in_words/> });
    Some(markup!(r#"<div><div class="days">{}{}</div>{}</div>"#, from, to, choices))
}

fn days_in_words(value: &serde_json::Value) -> String {
    serde_json::from_value::<Span>(value.clone()).map(span).unwrap_or_default()
}

fn edition(sent: &PackageContext) -> BuiltView {
    let offered: Vec<_> =
        fundament::editions_at_hand().iter().filter(|edition| edition.indicators().next().is_some()).collect();
    let ids: Vec<Option<Id>> = offered.iter().map(|edition| Id::parse(edition.id())).collect();
    let options = offered.iter().map(|edition| edition.about().label.as_str()).collect();
    let (read, write, own) = (sent.clone(), sent.clone(), ids.clone());
    let value = move || {
        let chosen = read.body().edition;
        // Where nothing was said, the present one holds.
        if chosen.is_none() { Some(0) } else { own.iter().position(|id| *id == chosen) }
    };
    let pick = move |place: usize| {
        write.edit(&mut Focus::default(), |package| package.edition = ids.get(place).cloned().flatten());
        write.desk.workspace.save_now();
    };
    let (workspace, record) = (sent.desk.workspace, sent.record.clone());
    build_view(view! {
        <RadioGroup id="edition" legend="Indikatorsæt" options value=Rc::new(value) on_pick=Rc::new(pick)/>
        <Choices workspace record path=Path::root("edition") about="indikatorsættet"/>
    })
}

/// What is missing before it is sent.
fn missing(sent: &PackageContext) -> BuiltView {
    let gaps = {
        let sent = sent.clone();
        Memo::new(move |_| {
            let workspace = sent.desk.workspace;
            let has_figures = workspace.ids(Kind::Series).iter().any(|id| {
                let series = workspace
                    .record(id)
                    .and_then(|record| record.with_untracked(|record| record.view::<Series>().ok()));
                series.is_some_and(|series| series.has_figures())
            });
            let package: Package = sent.body();
            package.gaps(has_figures)
        })
    };
    dynamic_view(move || {
        let gaps = gaps.get();
        if gaps.is_empty() {
            return markup!(
                r#"<section class="side"><h2>Hvad mangler?</h2><p class="all-well">Ikke noget. Datapakken er klar til at blive sendt ud.</p></section>"#
            );
        }
        let items: Vec<_> = gaps
            .into_iter()
            .map(|words| {
                // The figures are taken in elsewhere; the rest is on this page.
                if words.contains("Indikatorer") {
                    markup!(r##"<li><a href="#/indikatorer/hent">{}</a></li>"##, words)
                } else {
                    markup!("<li>{}</li>", words)
                }
            })
            .collect();
        markup!(r#"<section class="side"><h2>Hvad mangler?</h2><ul class="todo">{}</ul></section>"#, items)
    })
}
