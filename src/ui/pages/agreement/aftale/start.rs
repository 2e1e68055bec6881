//! No agreement yet: a new one, from what there is. Several: which.

use leptos::prelude::*;

use crate::domain::aftale::begin;
use crate::domain::aftale::lines::span;
use crate::domain::aftale::moment::moment;
use crate::domain::aftale::{Aftale, whole::AgreementBundle};
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

/// The agreements of the unit that is looked at, the newest first.
pub(crate) fn of_unit(desk: AppContext, unit: &Id) -> Vec<AftaleContext> {
    let found: Vec<(Option<crate::domain::date::Date>, Id)> =
        agreements::children_of(desk.workspace, Kind::Aftale, unit, Life::Living)
            .into_iter()
            .filter_map(|record| {
                let from = record.view::<Aftale>().ok()?.period.and_then(|span| span.from);
                Some((from, record.id().clone()))
            })
            .collect();
    fractional_index::sorted(found, &|one, other| one > other)
        .into_iter()
        .map(|(_, id)| AftaleContext { desk, id })
        .collect()
}

/// The page where there is no agreement chosen.
#[component]
pub(crate) fn AftaleStart(desk: AppContext) -> BuiltView {
    dynamic_view(move || {
        let units = or_empty((follows_several(desk) || desk.units().len() > 1).then(|| {
            markup!(r#"<p><a class="button" href="{}">Alle enheders aftaler</a></p>"#, Route::MineEnheder.to_string())
        }));
        let Some(unit) = desk.unit() else {
            return markup!(r"<div>{}{}</div>", needs_unit("aftalen"), units);
        };
        let agreements = of_unit(desk, &unit);
        let moment = fundament::present().map(|edition| {
            let progress = desk.progress();
            moment(edition, desk.today.get(), desk.level(), |element| progress.is_done(element)).danish()
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
            new(desk, &unit, agreements.first())
        )
    })
}

fn row(ctx: &AftaleContext) -> BuiltView {
    let whole = agreements::bundle(ctx);
    let standing = whole.head.standing(whole.open_comments);
    let count = whole.goals.len();
    let about = format!(
        "{} · {count} mål{}",
        whole.head.period.map(span).unwrap_or_default(),
        match whole.open_comments {
            0 => String::new(),
            1 => " · 1 kommentar venter".to_owned(),
            more => format!(" · {more} kommentarer venter"),
        }
    );
    markup!(
        r#"<li><a href="{}">{}</a><span class="tag">{}</span><span class="help">{}</span></li>"#,
        ctx.address(),
        agreements::title(&whole.head),
        standing.state.danish(),
        about
    )
}

/// The ways to begin.
fn new(desk: AppContext, unit: &Id, last: Option<&AftaleContext>) -> BuiltView {
    let is_asked = RwSignal::new(false);
    let has_some = last.is_some();
    let (unit, last) = (unit.clone(), last.cloned());
    dynamic_view(move || {
        // Who has one is seldom here for another.
        if has_some && !is_asked.get() {
            return markup!(
                r#"<p class="new-agreement">{}</p>"#,
                button("Begynd en ny aftale", move || is_asked.set(true))
            );
        }
        let (of_examples, empty) = (unit.clone(), unit.clone());
        let copy = last.clone().map(|last| {
            markup!(
                r"<li><h3>Fra den sidste aftale</h3><p>Mål og indsatser følger med. Tal, datoer og det, der er gjort, gør ikke.</p>{}</li>",
                button("Kopiér planen fra sidst", move || copied(&last))
            )
        });
        let examples = button_with_class(
            if has_some { "" } else { "primary" },
            "Begynd med eksempler",
            on_click(move || {
                begun(desk, &of_examples, true);
            }),
        );
        markup!(
            r#"
            <section class="part">
                <h2>Begynd en ny aftale</h2>
                <ul class="ways">
                    {}
                    <li><h3>Med eksempler</h3><p>Et par mål i hvert område, skrevet til jeres slags enhed. Ret dem til jeres egne, eller slet dem.</p>{}</li>
                    <li><h3>Fra bunden</h3><p>Perioden er foreslået. Resten skriver I.</p>{}</li>
                </ul>
            </section>"#,
            copy,
            examples,
            button("Begynd tomt", move || begun(desk, &empty, false))
        )
    })
}

/// Makes a new agreement, and goes there.
fn begun(desk: AppContext, unit: &Id, has_examples: bool) {
    let id = platform::ids::mint();
    let body: Enhed = untrack(|| desk.body(Some(unit)));
    let level = untrack(|| desk.level()).or(body.level);
    let head = begin::head(Some(unit.clone()), untrack(|| desk.cycle()), level);
    let goals = if has_examples { begin::examples(body.kind, &id, &mut platform::ids::mint) } else { Vec::new() };
    make(desk, id, &head, &goals);
}

fn copied(last: &AftaleContext) {
    let id = platform::ids::mint();
    let before: AgreementBundle = untrack(|| agreements::bundle(last));
    let (head, goals) = begin::copied(&before, &last.id, &id, untrack(|| last.desk.cycle()), &mut platform::ids::mint);
    make(last.desk, id, &head, &goals);
}

fn make(desk: AppContext, id: Id, head: &Aftale, goals: &[Goal]) {
    desk.workspace.create(id.clone(), head);
    for goal in goals {
        desk.workspace.create(platform::ids::mint(), goal);
    }
    desk.workspace.save_now();
    platform::navigation::go_to(&Route::Aftale { id: Some(id), part: None }.to_string());
}
