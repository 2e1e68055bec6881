//! What was decided on an item, taken on: as a goal of the unit's agreement, or as a trial. What is made knows where it comes
//! from, and the decision what came of it.

use leptos::prelude::*;

use crate::domain::fractional_index;
use crate::domain::goal::{Area, Goal};
use crate::domain::id::Id;
use crate::domain::instrument::InstrumentItem;
use crate::domain::proevehandling::Proevehandling;
use crate::domain::registry::Kind;
use crate::domain::text::UserText;
use crate::domain::workshop::Workshop;
use crate::record::Record;
use crate::record::life::Life;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button, dynamic_view};
use crate::ui::pages::agreement::aftale::newest;
use crate::ui::pages::practice::trials::begin_trial;
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements;

/// What a decision became, and the ways to take it on.
pub(crate) fn follow_up(desk: AppContext, workshop: &Id, item: &'static InstrumentItem) -> BuiltView {
    let Some(origin) = Id::derived(workshop, &item.id) else { return markup!("<span></span>") };
    let of = workshop.clone();
    dynamic_view(move || {
        markup!(r#"<div class="buttons">{}{}</div>"#, goal(desk, &of, item, &origin), trial(desk, &of, item, &origin))
    })
}

/// The decision, once it is asked for.
fn decided(desk: AppContext, workshop: &Id, item: &InstrumentItem) -> UserText {
    untrack(|| desk.body::<Workshop>(Some(workshop))).decisions.get(&item.id).cloned().unwrap_or_default()
}

/// The records of a kind that were made of something.
fn made_of(records: &[Record], origin: impl Fn(&Record) -> Option<Id>, own: &Id) -> Option<Id> {
    records.iter().find(|record| origin(record).as_ref() == Some(own)).map(|record| record.id().clone())
}

fn goal(desk: AppContext, workshop: &Id, item: &'static InstrumentItem, origin: &Id) -> BuiltView {
    let Some(agreement) = desk.unit().and_then(|unit| newest(desk, &unit)) else {
        return markup!(
            r#"<a class="button" href="{}">Begynd en aftale at skrive det ind i</a>"#,
            Route::Aftale { id: None, part: None }.to_string()
        );
    };
    let goals = agreements::children_of(desk.workspace, Kind::Goal, &agreement.id, Life::Living);
    let of = |record: &Record| record.view::<Goal>().ok()?.origin;
    if let Some(own) = made_of(&goals, of, origin) {
        return markup!(r#"<a class="button" href="{}">Se målet i aftalen</a>"#, agreement.part(own.as_str()));
    }
    if !agreements::is_open(&agreement) {
        return markup!(
            r#"<p class="help">Aftalens ord ligger fast lige nu, så et nyt mål må vente på en revision.</p>"#
        );
    }
    let (workshop, origin) = (workshop.clone(), origin.clone());
    button("Gør beslutningen til et mål i aftalen", move || {
        let places = untrack(|| agreements::children_of(desk.workspace, Kind::Goal, &agreement.id, Life::Living));
        let last = places.iter().filter_map(|record| record.view::<Goal>().ok()?.order).max();
        let goal = Goal {
            text: decided(desk, &workshop, item),
            aftale: Some(agreement.id.clone()),
            area: Some(Area::Quality),
            origin: Some(origin.clone()),
            order: Some(fractional_index::after(last.as_deref())),
            ..Goal::default()
        };
        let id = platform::ids::mint();
        desk.workspace.create(id.clone(), &goal);
        desk.workspace.save_now();
        platform::navigation::go_to(&agreement.part(id.as_str()));
    })
}

fn trial(desk: AppContext, workshop: &Id, item: &'static InstrumentItem, origin: &Id) -> BuiltView {
    let trials: Vec<Record> =
        desk.workspace.ids(Kind::Proevehandling).iter().filter_map(|id| desk.workspace.living(id)).collect();
    let of = |record: &Record| record.view::<Proevehandling>().ok()?.origin;
    if let Some(own) = made_of(&trials, of, origin) {
        return markup!(
            r#"<a class="button" href="{}">Se prøvehandlingen</a>"#,
            Route::Proevehandling(own).to_string()
        );
    }
    let (workshop, origin) = (workshop.clone(), origin.clone());
    button("Gør beslutningen til en prøvehandling", move || {
        let context = format!("I talte om: {}.", item.label).as_str().into();
        let idea = decided(desk, &workshop, item);
        begin_trial(desk, Proevehandling { idea, context, origin: Some(origin.clone()), ..Proevehandling::default() });
    })
}
