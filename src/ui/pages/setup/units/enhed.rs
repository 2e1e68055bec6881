//! The page of a unit. Each field saves itself.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::enhed::{Enhed, EnhedKind, Level};
use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::below::may_be_above;
use super::removal::{archived_notice, removal_section};
use super::same_unit::merged_units;
use super::tasks::own_tasks;
use super::{LEVELS, kind_index, kinds, level_index, levels};
use crate::ui::kit::components::{DeletedButChanged, FieldExtras, RadioGroup, RecordText};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_text, dynamic_view, or_empty};
use crate::ui::state::app_context::AppContext;

/// The page of a unit.
#[component]
pub(crate) fn EnhedPage(app: AppContext, id: Id) -> BuiltView {
    let workspace = app.workspace;
    let is_there = {
        let id = id.clone();
        Memo::new(move |_| workspace.has_living(&id, Kind::Enhed))
    };
    let unit = {
        let id = id.clone();
        move || app.body::<Enhed>(Some(&id))
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
        let (unit_for_title, unit_for_kind, unit_for_level, unit_id) =
            (unit.clone(), unit.clone(), unit.clone(), id.clone());
        let title = dynamic_text(move || {
            let name = unit_for_title().name.0;
            if name.is_empty() { "Enhed uden navn".to_owned() } else { name }
        });
        let work_with = dynamic_view(move || {
            let unit_id = unit_id.clone();
            let is_chosen = app.unit().as_ref() == Some(&unit_id);
            let is_archived = app.body::<Enhed>(Some(&unit_id)).is_archived();
            or_empty((!is_chosen && !is_archived).then(|| {
                button("Arbejd med denne enhed", move || {
                    app.change_person(|person| person.unit = Some(unit_id.clone()));
                })
            }))
        });
        let kind = view! {
            <RadioGroup
                id="kind"
                legend="Hvad er det for en enhed?"
                options=kinds()
                value=Rc::new(move || kind_index(unit_for_kind().kind))
                on_pick=Rc::new(move |index: usize| set_kind(&|unit| unit.set_kind(EnhedKind::ALL.get(index).copied())))
            />
            <FieldExtras workspace record=id.clone() path=Path::root("kind") about="slags" words=kind_text/>
        };
        let level = view! {
            <RadioGroup
                id="level"
                legend="Lederens niveau"
                options=levels(LEVELS)
                value=Rc::new(move || level_index(LEVELS, unit_for_level().level))
                on_pick=Rc::new(move |index: usize| {
                    set_level(&|unit| unit.level = LEVELS.get(index).copied().and_then(Level::new));
                })
            />
            <FieldExtras workspace record=id.clone() path=Path::root("level") about="niveau" words=level_text/>
        };
        markup!(
            r#"
            <header class="page-head">
                <h1>{}</h1>
                <p class="purpose">Det, I skriver her, bruger siden til at vise jeres egne trin. Alt kan ændres senere.</p>
                <div>{}</div>
            </header>
            <div>{}{}</div>
            <div class="form">{}{}{}{}{}{}</div>
            <div>{}{}{}</div>"#,
            title,
            work_with,
            build_view(view! { <DeletedButChanged workspace record=id.clone()/> }),
            archived_notice(app, &id),
            text("name", "Enhedens navn", ""),
            with_kind_note(app, &id, build_view(kind)),
            build_view(level),
            above(app, &id),
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
            own_tasks(app, &id),
            merged_units(app, &id),
            removal_section(app, &id),
        )
    })
}

/// Adds a note to the choice of the kind, while the unit is the area of a chef.
fn with_kind_note(app: AppContext, unit: &Id, choice: BuiltView) -> BuiltView {
    let unit = unit.clone();
    let is_head_area = Memo::new(move |_| app.body::<Enhed>(Some(&unit)).kind == Some(EnhedKind::Chefomraade));
    let note = dynamic_view(move || {
        or_empty(is_head_area.get().then(|| {
            markup!(
                r#"<p class="help">Et chefområde er det, en chef leder: dagtilbud, skoler eller familier. Tallene sammenlignes ikke med andre enheders.</p>"#
            )
        }))
    });
    // Siblings, since the form places the menu of a field by what stands before it.
    build_view(vec![choice, note])
}

/// Lets the user choose the unit above, among the units of this browser.
pub(super) fn above(app: AppContext, unit: &Id) -> BuiltView {
    let workspace = app.workspace;
    let candidates = {
        let unit = unit.clone();
        Memo::new(move |_| may_be_above(app, &unit))
    };
    let current = {
        let unit = unit.clone();
        Memo::new(move |_| app.body::<Enhed>(Some(&unit)).above.map(|above| workspace.representative_id(&above)))
    };
    let unit = unit.clone();
    dynamic_view(move || {
        let candidates = candidates.get();
        let is_elsewhere = current.get().is_some_and(|above| candidates.iter().all(|(_, id)| *id != above));
        let elsewhere = is_elsewhere
            .then(|| markup!(r#"<p class="help">Enheden hører under en enhed, der ikke ligger i denne browser.</p>"#));
        if candidates.is_empty() {
            return or_empty(elsewhere);
        }
        let ids: Vec<Id> = candidates.iter().map(|(_, id)| id.clone()).collect();
        let (option_ids, unit_id, names) = (ids.clone(), unit.clone(), candidates.clone());
        let value = move || current.get().and_then(|above| option_ids.iter().position(|id| *id == above));
        let select = inputs::select_field(
            "above".to_owned(),
            "Hører under".to_owned(),
            std::iter::once("Ikke sagt".to_owned()).chain(candidates.into_iter().map(|(name, _)| name)).collect(),
            value,
            move |index| {
                let above = index.and_then(|index| ids.get(index).cloned());
                workspace.edit::<Enhed>(&unit_id, &mut Focus::default(), |unit| unit.above = above);
                workspace.save_now();
            },
        );
        let name_of = move |value: &serde_json::Value| {
            let option = names.iter().find(|(_, id)| value.as_str() == Some(id.as_str()));
            option.map_or_else(|| "en enhed, der ikke ligger her".to_owned(), |(name, _)| name.clone())
        };
        let choices = build_view(view! {
            <FieldExtras workspace record=unit.clone() path=Path::root("above") about="enheden ovenover" name_of=Rc::new(name_of)/>
        });
        markup!("<div>{}{}{}</div>", select, elsewhere, choices)
    })
}

/// Formats a kind for an open choice.
fn kind_text(value: &serde_json::Value) -> String {
    let kind = serde_json::from_value::<EnhedKind>(value.clone());
    kind.map_or_else(|_| String::new(), |kind| kind.danish().to_owned())
}

/// Formats a level for an open choice.
fn level_text(value: &serde_json::Value) -> String {
    value.as_u64().map(|level| format!("niveau {level}")).unwrap_or_default()
}
