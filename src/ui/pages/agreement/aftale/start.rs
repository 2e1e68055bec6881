//! The page without a chosen agreement: the unit's agreements, and the ways to begin a new one.

use leptos::prelude::*;

use crate::domain::aftale::begin;
use crate::domain::aftale::lines::span;
use crate::domain::aftale::moment::moment;
use crate::domain::aftale::{Aftale, bundle::AgreementBundle};
use crate::domain::enhed::Enhed;
use crate::domain::fractional_index;
use crate::domain::fundament;
use crate::domain::goal::Goal;
use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::record::life::Life;

use super::AftaleContext;
use crate::ui::kit::components::needs_unit;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button, button_with_class, dynamic_view, on_click, or_empty};
use crate::ui::pages::setup::units::follows_several;
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements;

/// Returns the agreements of a unit, the newest first.
pub(crate) fn agreements_of_unit(app: AppContext, unit: &Id) -> Vec<AftaleContext> {
    let found: Vec<(Option<crate::domain::date::Date>, Id)> =
        agreements::children_of(app.workspace, Kind::Aftale, unit, Life::Living)
            .into_iter()
            .filter_map(|record| {
                let from = record.view::<Aftale>().ok()?.period.and_then(|span| span.from);
                Some((from, record.id().clone()))
            })
            .collect();
    fractional_index::sorted(found, &|one, other| one > other)
        .into_iter()
        .map(|(_, id)| AftaleContext { app, id })
        .collect()
}

/// Page shown when no agreement is chosen.
#[component]
pub(crate) fn AftaleStart(app: AppContext) -> BuiltView {
    dynamic_view(move || {
        let units = or_empty((follows_several(app) || app.units().len() > 1).then(|| {
            markup!(r#"<p><a class="button" href="{}">Alle enheders aftaler</a></p>"#, Route::MineEnheder.to_string())
        }));
        let Some(unit) = app.unit() else {
            return markup!(r"<div>{}{}</div>", needs_unit("aftalen"), units);
        };
        let agreements = agreements_of_unit(app, &unit);
        let moment = fundament::present_edition().map(|edition| {
            let progress = app.progress();
            moment(edition, app.today.get(), app.level(), |element| progress.is_done(element)).danish()
        });
        let list = or_empty((!agreements.is_empty()).then(|| {
            let items: Vec<_> = agreements.iter().map(row).collect();
            markup!(r#"<section class="part"><h2>Jeres aftaler</h2><ul class="agreements">{}</ul></section>"#, items)
        }));
        markup!(
            r#"
            <header class="page-head">
                <h1>Sammenhængsaftale</h1>
                <p class="purpose">Jeres plan for to år: kvalitet, økonomi og medarbejdertrivsel i ét redskab. {}</p>
            </header>
            <div>{}{}{}</div>"#,
            moment.unwrap_or_default(),
            units,
            list,
            begin_options(app, &unit, agreements.first())
        )
    })
}

fn row(ctx: &AftaleContext) -> BuiltView {
    let bundle = agreements::bundle(ctx);
    let status = bundle.head.status(bundle.open_comments);
    let count = bundle.goals.len();
    let about = format!(
        "{} · {count} mål{}",
        bundle.head.period.map(span).unwrap_or_default(),
        match bundle.open_comments {
            0 => String::new(),
            1 => " · 1 kommentar venter".to_owned(),
            more => format!(" · {more} kommentarer venter"),
        }
    );
    markup!(
        r#"<li><a href="{}">{}</a><span class="tag">{}</span><span class="help">{}</span></li>"#,
        ctx.address(),
        agreements::title(&bundle.head),
        status.state.danish(),
        about
    )
}

/// Builds the ways to begin a new agreement. `last` is the unit's newest agreement.
fn begin_options(app: AppContext, unit: &Id, last: Option<&AftaleContext>) -> BuiltView {
    let is_unfolded = RwSignal::new(false);
    let has_agreement = last.is_some();
    let (unit, last) = (unit.clone(), last.cloned());
    dynamic_view(move || {
        // A unit that has an agreement rarely wants another, so the ways are folded behind a button.
        if has_agreement && !is_unfolded.get() {
            return markup!(
                r#"<p class="new-agreement">{}</p>"#,
                button("Begynd en ny aftale", move || is_unfolded.set(true))
            );
        }
        let (unit_for_examples, unit_for_empty) = (unit.clone(), unit.clone());
        let copy = last.clone().map(|last| {
            markup!(
                r"<li><h3>Fra den sidste aftale</h3><p>Mål og indsatser følger med. Tal, datoer og det, der er gjort, gør ikke.</p>{}</li>",
                button("Kopiér planen fra sidst", move || copy_last(&last))
            )
        });
        let examples = button_with_class(
            if has_agreement { "" } else { "primary" },
            "Begynd med eksempler",
            on_click(move || {
                begin_new(app, &unit_for_examples, true);
            }),
        );
        markup!(
            r#"
            <section class="part">
                <h2>Begynd en ny aftale</h2>
                <ul class="start-options">
                    {}
                    <li><h3>Med eksempler</h3><p>Et par mål i hvert område, skrevet til jeres slags enhed. Ret dem til jeres egne, eller slet dem.</p>{}</li>
                    <li><h3>Fra bunden</h3><p>Perioden er foreslået. Resten skriver I.</p>{}</li>
                </ul>
            </section>"#,
            copy,
            examples,
            button("Begynd tomt", move || begin_new(app, &unit_for_empty, false))
        )
    })
}

/// Begins a new agreement, empty or with example goals, and opens it.
fn begin_new(app: AppContext, unit: &Id, has_examples: bool) {
    let id = platform::ids::new_id();
    let body: Enhed = untrack(|| app.body(Some(unit)));
    let level = untrack(|| app.level()).or(body.level);
    let head = begin::head(Some(unit.clone()), untrack(|| app.cycle()), level);
    let goals = if has_examples { begin::examples(body.kind, &id, &mut platform::ids::new_id) } else { Vec::new() };
    create_and_open(app, id, &head, &goals);
}

/// Begins a new agreement with the plan of an earlier one, and opens it.
fn copy_last(last: &AftaleContext) {
    let id = platform::ids::new_id();
    let before: AgreementBundle = untrack(|| agreements::bundle(last));
    let (head, goals) =
        begin::copy_previous(&before, &last.id, &id, untrack(|| last.app.cycle()), &mut platform::ids::new_id);
    create_and_open(last.app, id, &head, &goals);
}

/// Creates the records of an agreement and its goals, and opens the agreement.
fn create_and_open(app: AppContext, id: Id, head: &Aftale, goals: &[Goal]) {
    app.workspace.create(id.clone(), head);
    for goal in goals {
        app.workspace.create(platform::ids::new_id(), goal);
    }
    app.workspace.save_now();
    platform::navigation::go_to(&Route::Aftale { id: Some(id), part: None }.to_string());
}
