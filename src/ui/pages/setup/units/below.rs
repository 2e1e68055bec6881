//! The units that a person follows: what waits for them, the samtaler to hold, the state of each unit, a link that
//! compares two aftaler, and the choice of which units these are.

use leptos::prelude::*;

use crate::domain::aftale::lines::span;
use crate::domain::aftale::next_move::expected_move;
use crate::domain::aftale::state::AftaleState;
use crate::domain::enhed::Enhed;
use crate::domain::followed::{self, SamtaleStatus};
use crate::domain::fractional_index;
use crate::domain::fundament;
use crate::domain::hierarchy::{self, PlacedUnit};
use crate::domain::id::Id;
use crate::domain::person::Role;
use crate::domain::progress::WheelProgress;
use crate::domain::samtale::Samtale;
use crate::domain::sorted::SortedSet;
use crate::record::edit::Focus;

use super::placed_units;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, checkbox, dynamic_view, on_click, or_empty};
use crate::ui::pages::agreement::aftale::{AftaleContext, COMPARE_PREFIX, newest_agreement};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements;

/// A row of the overview.
struct FollowedUnit {
    name: String,
    unit: Id,
    wheel_position: String,
    samtale_status: SamtaleStatus,
    agreement: Option<NewestAgreement>,
}

/// The newest aftale of a unit.
struct NewestAgreement {
    ctx: AftaleContext,
    state: AftaleState,
    about: String,
    waits: Option<String>,
}

/// The own unit of a person, and the units under it.
#[derive(Clone, PartialEq)]
pub(crate) struct UnitOwner {
    /// The person's own unit.
    pub(crate) own_unit: Option<Id>,
    /// The units under the own unit. All other units, as long as none is under it.
    pub(crate) units: Vec<(String, Id)>,
    /// Whether any unit has been declared to be under the own unit.
    pub(crate) is_declared: bool,
}

/// The page of the units that a person follows.
#[component]
pub(crate) fn UnitsBelowPage(app: AppContext) -> BuiltView {
    let owner = Memo::new(move |_| unit_owner(app));
    // The aftaler to compare, at most two. Unchanged here, since the list below is rebuilt.
    let ticked = RwSignal::new(Vec::<Id>::new());
    let overview = dynamic_view(move || owner.with(|owner| overview(app, owner, ticked)));
    // Depends on which units exist and not on which are ticked, so the focus stays where it is.
    let offered = Memo::new(move |_| offered(app));
    let unit_choice = dynamic_view(move || offered.with(|offered| unit_choice(app, offered)));
    let cycle = dynamic_view(move || markup!("<span>{}</span>", app.cycle().to_string()));
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow"><a href="#/enheder">Enheder</a> · {}</p>
            <h1>Mine enheder</h1>
            <p class="purpose">Hvor langt er de, hvad venter på dig, og hvilke samtaler skal holdes? Enhederne står i alfabetisk orden; ingen bliver rangeret.</p>
        </header>
        <div class="agreement-main">{}{}</div>"##,
        cycle,
        overview,
        unit_choice
    )
}

/// Returns the own unit of the person, and the units under it.
pub(crate) fn unit_owner(app: AppContext) -> UnitOwner {
    let units = placed_units(app);
    let own_unit = hierarchy::unit_of_leader(&units, app.unit().as_ref(), app.level()).cloned();
    let under = own_unit.as_ref().map_or_else(SortedSet::new, |own_unit| hierarchy::units_below(&units, own_unit));
    let is_declared = !under.is_empty();
    let all_units = app.units().into_iter();
    let units = if is_declared {
        all_units.filter(|(_, id)| under.contains(id)).collect()
    } else {
        all_units.filter(|(_, id)| Some(id) != own_unit.as_ref()).collect()
    };
    UnitOwner { own_unit, units, is_declared }
}

/// Collects the data of a row.
fn row(app: AppContext, name: &str, unit: &Id) -> FollowedUnit {
    let (cycle, today) = (app.cycle(), app.today.get());
    let progress: WheelProgress = app.body(WheelProgress::id(unit, cycle).as_ref());
    let samtale: Samtale = app.body(Samtale::id(unit, cycle).as_ref());
    let level = app.body::<Enhed>(Some(unit)).level;
    let wheel_position =
        fundament::present_at_hand().map(|edition| followed::wheel_position(edition, today, level, &progress));
    let agreement = newest_agreement(app, unit).map(|ctx| {
        let bundle = agreements::bundle(&ctx);
        let status = bundle.head.status(bundle.open_comments);
        let period = bundle.head.period.map(span).filter(|words| !words.is_empty());
        NewestAgreement {
            state: status.state,
            about: period.unwrap_or_else(|| agreements::title(&bundle.head)),
            waits: agreements::own_party(&ctx).and_then(|party| expected_move(&bundle, &status, party)),
            ctx,
        }
    });
    let samtale_status = SamtaleStatus::of(&samtale, &progress, today);
    FollowedUnit {
        name: name.to_owned(),
        unit: unit.clone(),
        wheel_position: wheel_position.unwrap_or_default(),
        samtale_status,
        agreement,
    }
}

/// Shows all followed units.
fn overview(app: AppContext, owner: &UnitOwner, ticked: RwSignal<Vec<Id>>) -> BuiltView {
    if owner.units.is_empty() {
        return markup!(
            r##"<p>Der er ikke andre enheder i denne browser endnu. De kommer, når du åbner filer fra dem eller datapakken fra sekretariatet, eller du kan <a href="#/enheder">skrive dem</a>.</p>"##
        );
    }
    let rows: Vec<FollowedUnit> = owner.units.iter().map(|(name, unit)| row(app, name, unit)).collect();
    let lines: Vec<_> = rows.iter().map(|row| table_row(row, ticked)).collect();
    markup!(
        r#"
        <div class="agreement-main">
            <div class="agreement-duo">{}{}</div>
            <section class="part">
                <h2>Alle enhederne</h2>
                <ul class="by-state">{}</ul>
                <div class="table-scroll" tabindex="0" role="region" aria-label="Alle enhederne"><table class="units-table">
                    <thead><tr><th scope="col">Enhed</th><th scope="col">I hjulet</th><th scope="col">Samtale</th><th scope="col">Aftale</th><th scope="col">Sammenlign</th></tr></thead>
                    <tbody>{}</tbody>
                </table></div>
                <div>{}</div>
            </section>
        </div>"#,
        waiting_items(&rows),
        samtaler_to_hold(&rows),
        counts_by_state(&rows),
        lines,
        compare_button(app, ticked)
    )
}

/// Lists what waits for the person.
fn waiting_items(rows: &[FollowedUnit]) -> BuiltView {
    let items: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let agreement = row.agreement.as_ref()?;
            let words = format!("{}: {}", row.name, agreement.waits.as_ref()?);
            Some(markup!(r#"<li><a href="{}">{}</a></li>"#, agreement.ctx.address(), words))
        })
        .collect();
    let list = if items.is_empty() {
        markup!(r#"<p class="all-well">Der venter ikke noget på dig.</p>"#)
    } else {
        markup!(r#"<ul class="todo">{}</ul>"#, items)
    };
    markup!(r#"<section class="part"><h2>Venter på dig</h2>{}</section>"#, list)
}

/// Lists the samtaler to hold: those with a date first, soonest first.
fn samtaler_to_hold(rows: &[FollowedUnit]) -> BuiltView {
    let to_hold = rows.iter().filter(|row| row.samtale_status.is_to_hold()).collect();
    let to_hold =
        fractional_index::sorted(to_hold, &|one: &&FollowedUnit, other| one.samtale_status < other.samtale_status);
    let items: Vec<_> = to_hold
        .into_iter()
        .map(|row| {
            let route = Route::Samtale { unit: Some(row.unit.clone()), part: None };
            let words = format!("{}: {}", row.name, row.samtale_status.danish());
            markup!(r#"<li><a href="{}">{}</a></li>"#, route.to_string(), words)
        })
        .collect();
    let list = if items.is_empty() {
        markup!(r#"<p class="all-well">Alle samtaler er holdt.</p>"#)
    } else {
        markup!(r#"<ul class="todo">{}</ul>"#, items)
    };
    markup!(r#"<section class="part"><h2>Samtaler, der skal holdes</h2>{}</section>"#, list)
}

/// Counts the aftaler in each state, in the order of the workflow.
fn counts_by_state(rows: &[FollowedUnit]) -> Vec<BuiltView> {
    let count = |state: Option<AftaleState>| {
        rows.iter().filter(|row| row.agreement.as_ref().map(|agreement| agreement.state) == state).count()
    };
    let states =
        std::iter::once((None, "Ingen aftale")).chain(AftaleState::ALL.map(|state| (Some(state), state.danish())));
    let counted = states.map(|(state, words)| (count(state), words)).filter(|(count, _)| *count > 0);
    counted.map(|(count, words)| markup!("<li><strong>{}</strong> {}</li>", count.to_string(), words)).collect()
}

/// Builds the table row of a unit.
fn table_row(row: &FollowedUnit, ticked: RwSignal<Vec<Id>>) -> BuiltView {
    let agreement = row.agreement.as_ref().map_or_else(
        || markup!(r#"<span class="help">ingen endnu</span>"#),
        |agreement| {
            markup!(
                r#"<span><a href="{}">{}</a> <span class="tag">{}</span></span>"#,
                agreement.ctx.address(),
                agreement.about.as_str(),
                agreement.state.danish()
            )
        },
    );
    let checkbox = row.agreement.as_ref().map(|agreement| compare_checkbox(&row.name, &agreement.ctx.id, ticked));
    markup!(
        r#"<tr><th scope="row"><a href="{}">{}</a></th><td>{}</td><td><a href="{}">{}</a></td><td>{}</td><td>{}</td></tr>"#,
        Route::Enhed(row.unit.clone()).to_string(),
        row.name.as_str(),
        row.wheel_position.as_str(),
        Route::Samtale { unit: Some(row.unit.clone()), part: None }.to_string(),
        row.samtale_status.danish(),
        agreement,
        or_empty(checkbox)
    )
}

/// The checkbox that chooses an aftale to compare. Ticking a third one unticks the first.
fn compare_checkbox(name: &str, id: &Id, ticked: RwSignal<Vec<Id>>) -> BuiltView {
    let (read_id, write_id) = (id.clone(), id.clone());
    let is_ticked = move || ticked.with(|ticked| ticked.contains(&read_id));
    let change = move |is_on: bool| {
        ticked.update(|ticked| {
            ticked.retain(|id| *id != write_id);
            if is_on {
                ticked.push(write_id.clone());
                let too_many = ticked.len().saturating_sub(2);
                ticked.drain(..too_many);
            }
        });
    };
    let change: Box<dyn Fn(bool)> = Box::new(change);
    let name = format!("Sammenlign: {name}");
    build_view(view! {
        <input type="checkbox" aria-label=name prop:checked=is_ticked on:change:target=move |event| change(event.target().checked())/>
    })
}

/// The button that shows two aftaler side by side.
fn compare_button(app: AppContext, ticked: RwSignal<Vec<Id>>) -> BuiltView {
    dynamic_view(move || {
        let both = ticked.get();
        let [one, other] = &*both else {
            let words = if both.is_empty() {
                "Sæt kryds ved to aftaler for at se dem ved siden af hinanden."
            } else {
                "Sæt kryds ved én mere."
            };
            return markup!(r#"<p class="help" role="status">{}</p>"#, words);
        };
        let address = AftaleContext { app, id: one.clone() }.part(&format!("{COMPARE_PREFIX}{other}"));
        let go = on_click(move || platform::navigation::go_to(&address));
        button_with_class("primary", "Vis de to ved siden af hinanden", go)
    })
}

/// The units that a person may declare to be under their own.
#[derive(Clone, PartialEq)]
struct OfferedUnits {
    /// The own unit of the person, with its name.
    own: Option<(String, Id)>,
    /// The other units, each with the name of the unit above, where that is not the own unit.
    units: Vec<(String, Id, Option<String>)>,
    /// Whether the role of the person is that of a leader.
    is_leader: bool,
}

/// Returns the units that the person may declare to be under their own.
fn offered(app: AppContext) -> OfferedUnits {
    let is_leader = app.person.with(|person| person.role).is_some_and(|role| !role.levels().is_empty());
    let (units, names) = (placed_units(app), app.units());
    let own = hierarchy::unit_of_leader(&units, app.unit().as_ref(), app.level());
    let name_of = |id: &Id| names.iter().find(|(_, own)| own == id).map(|(name, _)| name.clone());
    let others = names.iter().filter(|(_, id)| {
        Some(id) != own && own.is_none_or(|own| hierarchy::possible_parents(&units, id).contains(&own))
    });
    let others = others.map(|(name, id)| {
        let above = units.iter().find(|unit| unit.id == *id).and_then(|unit| unit.above.as_ref());
        let elsewhere = above.filter(|above| Some(*above) != own).and_then(name_of);
        (name.clone(), id.clone(), elsewhere)
    });
    let units = others.collect();
    OfferedUnits { own: own.and_then(|own| Some((name_of(own)?, own.clone()))), units, is_leader }
}

/// Lets the person tick the units under their own.
fn unit_choice(app: AppContext, offered: &OfferedUnits) -> BuiltView {
    if !offered.is_leader || offered.units.is_empty() {
        return build_view(());
    }
    let Some((about, own)) = &offered.own else {
        return markup!(
            r##"<section class="part"><h2>Hvilke enheder er dine?</h2><p>Her står alle enheder i denne browser. Vælg din egen enhed øverst, eller <a href="#/enheder">skriv den</a>; så kan du sige, hvilke der hører under den.</p></section>"##
        );
    };
    let boxes: Vec<_> = offered
        .units
        .iter()
        .map(|(name, id, elsewhere)| {
            let words = match elsewhere {
                Some(above) => format!("{name} (hører nu under {above})"),
                None => name.clone(),
            };
            belongs_checkbox(app, own, id, words)
        })
        .collect();
    let list = markup!(
        r#"<div><p class="help">Sæt kryds ved dem, der hører under {}. Det følger med, når du sender dem en fil, og de kan rette det på enhedens side.</p><div class="options">{}</div></div>"#,
        about.as_str(),
        boxes
    );
    if untrack(|| unit_owner(app)).is_declared {
        return markup!(r#"<details class="fold"><summary>Hvilke enheder er dine?</summary>{}</details>"#, list);
    }
    markup!(
        r#"<section class="part"><h2>Hvilke enheder er dine?</h2><p>Du har ikke sagt det endnu, så her står alle enheder i denne browser.</p>{}</section>"#,
        list
    )
}

/// Builds the checkbox that puts a unit under the own unit.
fn belongs_checkbox(app: AppContext, own_id: &Id, unit: &Id, words: String) -> BuiltView {
    let (read_id, above, write_id) = (unit.clone(), own_id.clone(), unit.clone());
    let own_unit = own_id.clone();
    let value = move || app.workspace.is_same_unit(app.body::<Enhed>(Some(&read_id)).above.as_ref(), Some(&own_unit));
    checkbox(words, value, move |is_on| {
        app.workspace.edit::<Enhed>(&write_id, &mut Focus::default(), |unit| unit.above = is_on.then(|| above.clone()));
        app.workspace.save_now();
    })
}

/// Returns whether a person follows several units, by their role or because some units are under theirs.
pub(crate) fn follows_several(app: AppContext) -> bool {
    app.person.with(|person| person.role).is_some_and(Role::has_several_units) || unit_owner(app).is_declared
}

/// Returns the units that may be above a unit, with their names: those in use, and the one that is above it now.
pub(crate) fn may_be_above(app: AppContext, unit: &Id) -> Vec<(String, Id)> {
    let units: Vec<PlacedUnit> = placed_units(app);
    let candidates = hierarchy::possible_parents(&units, unit);
    let above = units.iter().find(|placed| placed.id == *unit).and_then(|placed| placed.above.as_ref());
    let in_use = app.units();
    let is_offered = |id: &Id| above == Some(id) || in_use.iter().any(|(_, other)| other == id);
    let all = app.units_and_archived().into_iter();
    all.filter(|(_, id)| candidates.contains(&id) && is_offered(id)).collect()
}
