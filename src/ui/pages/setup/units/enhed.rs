//! A unit: what is known of it, each thing a field that saves itself.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::enhed::{Enhed, EnhedKind, Level};
use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::below::may_be_above;
use super::same_unit::merged_units;
use super::{kind_place, kinds, level_place, levels};
use crate::ui::kit::components::{Choices, DeletedButChanged, RadioGroup, RecordText};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_text, dynamic_view, or_empty};
use crate::ui::state::app_context::AppContext;

/// The levels that a unit's leader can have.
const LEVELS: &[u8] = &[2, 3, 4];

/// The page of a unit.
#[component]
pub(crate) fn EnhedPage(desk: AppContext, id: Id) -> BuiltView {
    let workspace = desk.workspace;
    let is_there = {
        let id = id.clone();
        Memo::new(move |_| workspace.has_living(&id, Kind::Enhed))
    };
    let unit = {
        let id = id.clone();
        move || desk.body::<Enhed>(Some(&id))
    };
    let edit = {
        let id = id.clone();
        move |change: &dyn Fn(&mut Enhed)| workspace.edit::<Enhed>(&id, &mut Focus::default(), change)
    };
    dynamic_view(move || {
        if !is_there.get() {
            return markup!(
                r##"
                <header class="page-head">
                    <h1>Enheden er her ikke</h1>
                    <p class="purpose">Den ligger ikke i denne browser. Har du den i en fil, så åbn filen; ellers find den blandt dine enheder.</p>
                </header>
                <p><a href="#/enheder">Til dine enheder</a></p>"##
            );
        }
        let (set_kind, set_level) = (edit.clone(), edit.clone());
        let text = |name: &str, label: &'static str, help: &'static str| {
            build_view(view! { <RecordText workspace record=id.clone() path=Path::root(name) label help/> })
        };
        let (named, of_kind, of_level, chosen) = (unit.clone(), unit.clone(), unit.clone(), id.clone());
        let title = dynamic_text(move || {
            let name = named().name.0;
            if name.is_empty() { "Enhed uden navn".to_owned() } else { name }
        });
        let work_with = dynamic_view(move || {
            let chosen = chosen.clone();
            let is_shown = desk.unit().as_ref() == Some(&chosen);
            or_empty((!is_shown).then(|| {
                button("Arbejd med denne enhed", move || {
                    desk.change_person(|person| person.unit = Some(chosen.clone()));
                })
            }))
        });
        let kind = view! {
            <RadioGroup
                id="kind"
                legend="Hvad er det for en enhed?"
                options=kinds()
                value=Rc::new(move || kind_place(of_kind().kind))
                on_pick=Rc::new(move |place: usize| set_kind(&|unit| unit.kind = EnhedKind::ALL.get(place).copied()))
            />
            <Choices workspace record=id.clone() path=Path::root("kind") about="slags" words=kind_in_words/>
        };
        let level = view! {
            <RadioGroup
                id="level"
                legend="Lederens niveau"
                options=levels(LEVELS)
                value=Rc::new(move || level_place(LEVELS, of_level().level))
                on_pick=Rc::new(move |place: usize| {
                    set_level(&|unit| unit.level = LEVELS.get(place).copied().and_then(Level::new));
                })
            />
            <Choices workspace record=id.clone() path=Path::root("level") about="niveau" words=level_in_words/>
        };
        markup!(
            r#"
            <header class="page-head">
                <h1>{}</h1>
                <p class="purpose">Det, I skriver her, bruger siden til at vise jeres egne trin. Alt kan ændres senere.</p>
                <div>{}</div>
            </header>
            <div>{}</div>
            <div class="form">{}{}{}{}{}{}</div>
            <div>{}</div>"#,
            title,
            work_with,
            build_view(view! { <DeletedButChanged workspace record=id.clone()/> }),
            text("name", "Enhedens navn", ""),
            build_view(kind),
            build_view(level),
            above(desk, &id),
            text(
                "network",
                "Geografisk netværk",
                "De dagtilbud, skoler og familietilbud, I samarbejder med i området."
            ),
            text(
                "institution_number",
                "Institutionsnummer",
                "Kan udelades. Det gør det lettere at finde jeres tal i fælles datafiler."
            ),
            merged_units(desk, &id),
        )
    })
}

/// The unit above: one of those that are here.
fn above(desk: AppContext, unit: &Id) -> BuiltView {
    let workspace = desk.workspace;
    let offered = {
        let unit = unit.clone();
        Memo::new(move |_| may_be_above(desk, &unit))
    };
    let now = {
        let unit = unit.clone();
        Memo::new(move |_| desk.body::<Enhed>(Some(&unit)).above.map(|above| workspace.standing_id(&above)))
    };
    let unit = unit.clone();
    dynamic_view(move || {
        let offered = offered.get();
        let is_elsewhere = now.get().is_some_and(|above| offered.iter().all(|(_, id)| *id != above));
        let elsewhere = is_elsewhere
            .then(|| markup!(r#"<p class="help">Enheden hører under en enhed, der ikke ligger i denne browser.</p>"#));
        if offered.is_empty() {
            return or_empty(elsewhere);
        }
        let ids: Vec<Id> = offered.iter().map(|(_, id)| id.clone()).collect();
        let (places, write, names) = (ids.clone(), unit.clone(), offered.clone());
        let value = move || now.get().and_then(|above| places.iter().position(|id| *id == above));
        let select = inputs::select_field(
            "above".to_owned(),
            "Hører under".to_owned(),
            std::iter::once("Ikke sagt".to_owned()).chain(offered.into_iter().map(|(name, _)| name)).collect(),
            value,
            move |place| {
                let above = place.and_then(|place| ids.get(place).cloned());
                workspace.edit::<Enhed>(&write, &mut Focus::default(), |unit| unit.above = above);
                workspace.save_now();
            },
        );
        let name_of = move |value: &serde_json::Value| {
            let found = names.iter().find(|(_, id)| value.as_str() == Some(id.as_str()));
            found.map_or_else(|| "en enhed, der ikke ligger her".to_owned(), |(name, _)| name.clone())
        };
        let choices = build_view(view! {
            <Choices workspace record=unit.clone() path=Path::root("above") about="enheden ovenover" name_of=Rc::new(name_of)/>
        });
        markup!("<div>{}{}{}</div>", select, elsewhere, choices)
    })
}

fn kind_in_words(value: &serde_json::Value) -> String {
    let kind = serde_json::from_value::<EnhedKind>(value.clone());
    kind.map_or_else(|_| String::new(), |kind| kind.danish().to_owned())
}

fn level_in_words(value: &serde_json::Value) -> String {
    value.as_u64().map(|level| format!("niveau {level}")).unwrap_or_default()
}
