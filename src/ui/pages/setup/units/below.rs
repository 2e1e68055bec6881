//! The units under a person: what waits, which conversations are to be held, how far each is, two agreements beside one
//! another; and which units those are.

use leptos::prelude::*;

use crate::domain::aftale::lines::span;
use crate::domain::aftale::state::AftaleState;
use crate::domain::aftale::waits::waits;
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

use super::placed;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, checkbox, dynamic_view, on_click, or_empty};
use crate::ui::pages::agreement::aftale::{AftaleContext, BESIDE, newest};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements;

/// A unit that is followed.
struct FollowedUnit {
    name: String,
    unit: Id,
    place: String,
    talk: SamtaleStatus,
    agreement: Option<NewestAgreement>,
}

/// Its newest agreement.
struct NewestAgreement {
    ctx: AftaleContext,
    state: AftaleState,
    about: String,
    waits: Option<String>,
}

/// Whose units they are.
#[derive(Clone, PartialEq)]
struct UnitOwner {
    /// The person's own unit.
    own: Option<Id>,
    /// Those under it; as long as there are none, all others.
    units: Vec<(String, Id)>,
    /// Whether it was said which they are.
    is_said: bool,
}

/// The page.
#[component]
pub(crate) fn UnitsBelowPage(desk: AppContext) -> BuiltView {
    let mine = Memo::new(move |_| mine(desk));
    // Kept while the list is made anew around it: up to two agreements that are ticked.
    let ticked = RwSignal::new(Vec::<Id>::new());
    let glance = dynamic_view(move || mine.with(|mine| glance(desk, mine, ticked)));
    // By which units there are, and not by which are ticked: the keyboard stays where it is.
    let offered = Memo::new(move |_| offered(desk));
    let which = dynamic_view(move || offered.with(|offered| which(desk, offered)));
    let cycle = dynamic_view(move || markup!("<span>{}</span>", desk.cycle().to_string()));
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow"><a href="#/enheder">Enheder</a> · {}</p>
            <h1>Mine enheder</h1>
            <p class="purpose">Hvor langt er de, hvad venter på dig, og hvilke samtaler skal holdes? Enhederne står i alfabetisk orden; ingen bliver rangeret.</p>
        </header>
        <div class="agreement-main">{}{}</div>"##,
        cycle,
        glance,
        which
    )
}

fn mine(desk: AppContext) -> UnitOwner {
    let units = placed(desk);
    let own = hierarchy::own(&units, desk.unit().as_ref(), desk.level()).cloned();
    let under = own.as_ref().map_or_else(SortedSet::new, |own| hierarchy::under(&units, own));
    let is_said = !under.is_empty();
    let all = desk.units().into_iter();
    let units = if is_said {
        all.filter(|(_, id)| under.contains(id)).collect()
    } else {
        all.filter(|(_, id)| Some(id) != own.as_ref()).collect()
    };
    UnitOwner { own, units, is_said }
}

fn row(desk: AppContext, name: &str, unit: &Id) -> FollowedUnit {
    let (cycle, today) = (desk.cycle(), desk.today.get());
    let progress: WheelProgress = desk.body(WheelProgress::id(unit, cycle).as_ref());
    let samtale: Samtale = desk.body(Samtale::id(unit, cycle).as_ref());
    let level = desk.body::<Enhed>(Some(unit)).level;
    let place = fundament::at_hand().map(|edition| followed::place(edition, today, level, &progress));
    let agreement = newest(desk, unit).map(|ctx| {
        let whole = agreements::bundle(&ctx);
        let standing = whole.head.standing(whole.open_comments);
        let period = whole.head.period.map(span).filter(|words| !words.is_empty());
        NewestAgreement {
            state: standing.state,
            about: period.unwrap_or_else(|| agreements::title(&whole.head)),
            waits: agreements::own_party(&ctx).and_then(|me| waits(&whole, &standing, me)),
            ctx,
        }
    });
    let talk = SamtaleStatus::of(&samtale, &progress, today);
    FollowedUnit { name: name.to_owned(), unit: unit.clone(), place: place.unwrap_or_default(), talk, agreement }
}

/// All of them at a glance.
fn glance(desk: AppContext, mine: &UnitOwner, ticked: RwSignal<Vec<Id>>) -> BuiltView {
    if mine.units.is_empty() {
        return markup!(
            r##"<p>Der er ikke andre enheder i denne browser endnu. De kommer, når du åbner filer fra dem eller datapakken fra sekretariatet, eller du kan <a href="#/enheder">skrive dem</a>.</p>"##
        );
    }
    let rows: Vec<FollowedUnit> = mine.units.iter().map(|(name, unit)| row(desk, name, unit)).collect();
    let lines: Vec<_> = rows.iter().map(|row| line(row, ticked)).collect();
    markup!(
        r#"
        <div class="agreement-main">
            <div class="agreement-duo">{}{}</div>
            <section class="part">
                <h2>Alle enhederne</h2>
                <ul class="by-state">{}</ul>
                <div class="scrolls" tabindex="0" role="region" aria-label="Alle enhederne"><table class="units-table">
                    <thead><tr><th scope="col">Enhed</th><th scope="col">I hjulet</th><th scope="col">Samtale</th><th scope="col">Aftale</th><th scope="col">Sammenlign</th></tr></thead>
                    <tbody>{}</tbody>
                </table></div>
                <div>{}</div>
            </section>
        </div>"#,
        waiting(&rows),
        talks(&rows),
        by_state(&rows),
        lines,
        beside(desk, ticked)
    )
}

/// What waits for the person.
fn waiting(rows: &[FollowedUnit]) -> BuiltView {
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

/// The conversations that are to be held: those with a day first, the soonest first.
fn talks(rows: &[FollowedUnit]) -> BuiltView {
    let to_hold = rows.iter().filter(|row| row.talk.is_to_hold()).collect();
    let to_hold = fractional_index::sorted(to_hold, &|one: &&FollowedUnit, other| one.talk < other.talk);
    let items: Vec<_> = to_hold
        .into_iter()
        .map(|row| {
            let route = Route::Samtale { unit: Some(row.unit.clone()), part: None };
            let words = format!("{}: {}", row.name, row.talk.danish());
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

/// How many agreements are how far, in the order of their course.
fn by_state(rows: &[FollowedUnit]) -> Vec<BuiltView> {
    let count = |state: Option<AftaleState>| {
        rows.iter().filter(|row| row.agreement.as_ref().map(|agreement| agreement.state) == state).count()
    };
    let states =
        std::iter::once((None, "Ingen aftale")).chain(AftaleState::ALL.map(|state| (Some(state), state.danish())));
    let counted = states.map(|(state, words)| (count(state), words)).filter(|(count, _)| *count > 0);
    counted.map(|(count, words)| markup!("<li><strong>{}</strong> {}</li>", count.to_string(), words)).collect()
}

fn line(row: &FollowedUnit, ticked: RwSignal<Vec<Id>>) -> BuiltView {
    let agreement = row.agreement.as_ref().map_or_else(
        || markup!(r#"<span class="help">ingen endnu</span>"#),
        |own| {
            markup!(
                r#"<span><a href="{}">{}</a> <span class="tag">{}</span></span>"#,
                own.ctx.address(),
                own.about.as_str(),
                own.state.danish()
            )
        },
    );
    let compare = row.agreement.as_ref().map(|own| compare(&row.name, &own.ctx.id, ticked));
    markup!(
        r#"<tr><th scope="row"><a href="{}">{}</a></th><td>{}</td><td><a href="{}">{}</a></td><td>{}</td><td>{}</td></tr>"#,
        Route::Enhed(row.unit.clone()).to_string(),
        row.name.as_str(),
        row.place.as_str(),
        Route::Samtale { unit: Some(row.unit.clone()), part: None }.to_string(),
        row.talk.danish(),
        agreement,
        or_empty(compare)
    )
}

/// The box by which an agreement is laid beside another. Of three that are ticked the first is put back.
fn compare(name: &str, id: &Id, ticked: RwSignal<Vec<Id>>) -> BuiltView {
    let (own, write) = (id.clone(), id.clone());
    let is_ticked = move || ticked.with(|ticked| ticked.contains(&own));
    let change = move |is_on: bool| {
        ticked.update(|ticked| {
            ticked.retain(|id| *id != write);
            if is_on {
                ticked.push(write.clone());
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

/// The way to two agreements beside one another.
fn beside(desk: AppContext, ticked: RwSignal<Vec<Id>>) -> BuiltView {
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
        let address = AftaleContext { desk, id: one.clone() }.part(&format!("{BESIDE}{other}"));
        let go = on_click(move || platform::navigation::go_to(&address));
        button_with_class("primary", "Vis de to ved siden af hinanden", go)
    })
}

/// The units that a person may say are theirs.
#[derive(Clone, PartialEq)]
struct OfferedUnits {
    /// The person's own unit, and what it is called.
    own: Option<(String, Id)>,
    /// The others, and where they are now if that is elsewhere.
    units: Vec<(String, Id, Option<String>)>,
    leads: bool,
}

fn offered(desk: AppContext) -> OfferedUnits {
    let leads = desk.person.with(|person| person.role).is_some_and(|role| !role.levels().is_empty());
    let (units, names) = (placed(desk), desk.units());
    let own = hierarchy::own(&units, desk.unit().as_ref(), desk.level());
    let name_of = |id: &Id| names.iter().find(|(_, own)| own == id).map(|(name, _)| name.clone());
    let others = names
        .iter()
        .filter(|(_, id)| Some(id) != own && own.is_none_or(|own| hierarchy::may_be_above(&units, id).contains(&own)));
    let others = others.map(|(name, id)| {
        let above = units.iter().find(|unit| unit.id == *id).and_then(|unit| unit.above.as_ref());
        let elsewhere = above.filter(|above| Some(*above) != own).and_then(name_of);
        (name.clone(), id.clone(), elsewhere)
    });
    let units = others.collect();
    OfferedUnits { own: own.and_then(|own| Some((name_of(own)?, own.clone()))), units, leads }
}

/// Which units are the person's: ticked, one by one.
fn which(desk: AppContext, offered: &OfferedUnits) -> BuiltView {
    if !offered.leads || offered.units.is_empty() {
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
            belongs(desk, own, id, words)
        })
        .collect();
    let list = markup!(
        r#"<div><p class="help">Sæt kryds ved dem, der hører under {}. Det følger med, når du sender dem en fil, og de kan rette det på enhedens side.</p><div class="options">{}</div></div>"#,
        about.as_str(),
        boxes
    );
    if untrack(|| mine(desk)).is_said {
        return markup!(r#"<details class="others"><summary>Hvilke enheder er dine?</summary>{}</details>"#, list);
    }
    markup!(
        r#"<section class="part"><h2>Hvilke enheder er dine?</h2><p>Du har ikke sagt det endnu, så her står alle enheder i denne browser.</p>{}</section>"#,
        list
    )
}

fn belongs(desk: AppContext, own: &Id, unit: &Id, words: String) -> BuiltView {
    let (read, above, id) = (unit.clone(), own.clone(), unit.clone());
    let mine = own.clone();
    let value = move || desk.workspace.is_same_unit(desk.body::<Enhed>(Some(&read)).above.as_ref(), Some(&mine));
    checkbox(words, value, move |is_on| {
        desk.workspace.edit::<Enhed>(&id, &mut Focus::default(), |unit| unit.above = is_on.then(|| above.clone()));
        desk.workspace.save_now();
    })
}

/// Whether a person follows several units: by what they are, or because some lie under theirs.
pub(crate) fn follows_several(desk: AppContext) -> bool {
    desk.person.with(|person| person.role).is_some_and(Role::has_several_units) || mine(desk).is_said
}

/// What a unit may be put under, each with its name.
pub(crate) fn may_be_above(desk: AppContext, unit: &Id) -> Vec<(String, Id)> {
    let units: Vec<PlacedUnit> = placed(desk);
    let may = hierarchy::may_be_above(&units, unit);
    desk.units().into_iter().filter(|(_, id)| may.contains(&id)).collect()
}
