//! Turns the decision on an item into a goal of the unit's agreement, or into a trial.
//!
//! The new record stores its origin. The decision finds the record by that origin, and links to it.

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
use crate::ui::pages::agreement::aftale::newest_agreement;
use crate::ui::pages::practice::trials::begin_trial;
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements;

/// Links to the goal and the trial that a decision became, or buttons that create them.
pub(crate) fn follow_up(app: AppContext, workshop: &Id, item: &'static InstrumentItem) -> BuiltView {
    let Some(origin) = Id::derived(workshop, &item.id) else { return markup!("<span></span>") };
    let workshop = workshop.clone();
    dynamic_view(move || {
        let (goal, trial) = (goal(app, &workshop, item, &origin), trial(app, &workshop, item, &origin));
        markup!(r#"<div class="buttons">{}{}</div>"#, goal, trial)
    })
}

/// The current text of the decision on an item, read without following its changes.
fn decision(app: AppContext, workshop: &Id, item: &InstrumentItem) -> UserText {
    untrack(|| app.body::<Workshop>(Some(workshop))).decisions.get(&item.id).cloned().unwrap_or_default()
}

/// The id of the record that has the given origin.
fn find_by_origin(records: &[Record], origin_of: impl Fn(&Record) -> Option<Id>, origin: &Id) -> Option<Id> {
    records.iter().find(|record| origin_of(record).as_ref() == Some(origin)).map(|record| record.id().clone())
}

/// The goal that a decision became, or the button that creates it.
fn goal(app: AppContext, workshop: &Id, item: &'static InstrumentItem, origin: &Id) -> BuiltView {
    let Some(agreement) = app.unit().and_then(|unit| newest_agreement(app, &unit)) else {
        return markup!(
            r#"<a class="button" href="{}">Begynd en aftale at skrive det ind i</a>"#,
            Route::Aftale { id: None, part: None }.to_string()
        );
    };
    let goals = agreements::children_of(app.workspace, Kind::Goal, &agreement.id, Life::Living);
    // A record that passed `Record::check` can always be viewed.
    let origin_of = |record: &Record| record.view::<Goal>().ok()?.origin;
    if let Some(goal) = find_by_origin(&goals, origin_of, origin) {
        return markup!(r#"<a class="button" href="{}">Se målet i aftalen</a>"#, agreement.part(goal.as_str()));
    }
    if !agreements::is_open(&agreement) {
        return markup!(
            r#"<p class="help">Aftalens ord ligger fast lige nu, så et nyt mål må vente på en revision.</p>"#
        );
    }
    let (workshop, origin) = (workshop.clone(), origin.clone());
    button("Gør beslutningen til et mål i aftalen", move || {
        let goals = untrack(|| agreements::children_of(app.workspace, Kind::Goal, &agreement.id, Life::Living));
        let last = goals.iter().filter_map(|record| record.view::<Goal>().ok()?.order).max();
        let goal = Goal {
            text: decision(app, &workshop, item),
            aftale: Some(agreement.id.clone()),
            area: Some(Area::Quality),
            origin: Some(origin.clone()),
            order: Some(fractional_index::after(last.as_deref())),
            ..Goal::default()
        };
        let id = platform::ids::new_id();
        app.workspace.create(id.clone(), &goal);
        app.workspace.save_now();
        platform::navigation::go_to(&agreement.part(id.as_str()));
    })
}

/// The trial that a decision became, or the button that creates it.
fn trial(app: AppContext, workshop: &Id, item: &'static InstrumentItem, origin: &Id) -> BuiltView {
    let trials: Vec<Record> =
        app.workspace.ids(Kind::Proevehandling).iter().filter_map(|id| app.workspace.get_unless_deleted(id)).collect();
    let origin_of = |record: &Record| record.view::<Proevehandling>().ok()?.origin;
    if let Some(trial) = find_by_origin(&trials, origin_of, origin) {
        return markup!(
            r#"<a class="button" href="{}">Se prøvehandlingen</a>"#,
            Route::Proevehandling(trial).to_string()
        );
    }
    let (workshop, origin) = (workshop.clone(), origin.clone());
    button("Gør beslutningen til en prøvehandling", move || {
        let context = format!("I talte om: {}.", item.label).as_str().into();
        let idea = decision(app, &workshop, item);
        begin_trial(app, Proevehandling { idea, context, origin: Some(origin.clone()), ..Proevehandling::default() });
    })
}
