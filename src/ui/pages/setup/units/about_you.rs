//! "Hvem er du?": the questions about a person and their unit, which let the app show each person their own next step.

use std::rc::Rc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::domain::cpr::{self, Allowed};
use crate::domain::enhed::{Enhed, EnhedKind, Level};
use crate::domain::person::Role;
use crate::domain::text::UserText;

use super::{kind_index, kinds, level_index, levels};
use crate::ui::kit::components::{Field, FieldEvent, RadioGroup};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_view, on_click, or_empty};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// The questions. On a first visit the user may skip them. Later the same form adds a further unit.
#[component]
pub(crate) fn AboutYou(
    app: AppContext,
    /// Whether the form adds a further unit, instead of welcoming a new user.
    #[prop(default = false)]
    is_more: bool,
) -> BuiltView {
    let unit = RwSignal::new(Enhed::default());
    let error = RwSignal::new(None::<String>);
    let role = move || app.person.with(|person| person.role);
    let answers = PersonAnswers { unit, error };
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        answers.submit(app, is_more);
    };
    let on_skip = move || app.change_person(|person| person.is_asked = true);
    let level_choice = dynamic_view(move || {
        or_empty(role().filter(|role| role.levels().len() > 1).map(|role| {
            build_view(view! {
                <RadioGroup
                    id="who-level"
                    legend="Hvilket niveau leder du på?"
                    options=levels(role.levels())
                    value=Rc::new(move || unit.with(|unit| level_index(role.levels(), unit.level)))
                    on_pick=Rc::new(move |index: usize| {
                        unit.update(|unit| unit.level = role.levels().get(index).copied().and_then(Level::new));
                    })
                />
            })
        }))
    });
    let several_units_help = dynamic_view(move || {
        or_empty(role().is_some_and(Role::has_several_units).then(|| {
            markup!(r#"<p class="help">Har du flere enheder, så begynd med den ene. De øvrige kan du tilføje under Enheder, eller de kommer med filer.</p>"#)
        }))
    });
    let kind = view! {
        <RadioGroup
            id="new-kind"
            legend="Hvad er det for en enhed?"
            options=kinds()
            value=Rc::new(move || unit.with(|unit| kind_index(unit.kind)))
            on_pick=Rc::new(move |index: usize| unit.update(|unit| unit.kind = EnhedKind::ALL.get(index).copied()))
        />
    };
    let form = markup!(
        r#"
        <div class="about-you">
            <header>
                <h2>{}</h2>
                <p class="help">{}</p>
            </header>
            {}{}{}{}{}
            <details class="more">
                <summary>Netværk og institutionsnummer</summary>
                <div class="form">{}{}</div>
            </details>
            <div class="buttons"><button type="submit" class="primary">{}</button>{}</div>
        </div>"#,
        if is_more { "En enhed til" } else { "Hvem er du?" },
        if is_more {
            "Har du fået en fil med enheden, kan du åbne den i stedet."
        } else {
            "Så viser siden dit eget næste skridt. Svaret bliver i denne browser, og du kan altid ændre det."
        },
        (!is_more).then(|| role_choice(app)),
        level_choice,
        answers.field(
            "new-unit",
            "Hvad hedder enheden?",
            "For eksempel Børnehuset Solstrålen. Har du fået en fil, kan du åbne den i stedet.",
            |unit| &mut unit.name
        ),
        several_units_help,
        build_view(kind),
        answers.field(
            "new-network",
            "Geografisk netværk",
            "De dagtilbud, skoler og familietilbud, I samarbejder med i området.",
            |unit| &mut unit.network
        ),
        answers.field(
            "new-number",
            "Institutionsnummer",
            "Kan udelades. Det gør det lettere at finde jeres tal i fælles datafiler.",
            |unit| &mut unit.institution_number
        ),
        if is_more { "Tilføj enheden" } else { "Begynd" },
        (!is_more).then(|| button_with_class("quiet", "Spring over", on_click(on_skip)))
    );
    build_view(view! { <form on:submit=on_submit novalidate>{form}</form> })
}

/// Lets the user choose their role.
pub(crate) fn role_choice(app: AppContext) -> BuiltView {
    let role = move || app.person.with(|person| person.role);
    build_view(view! {
        <RadioGroup
            id="role"
            legend="Jeg er"
            options=Role::ALL.into_iter().map(Role::danish).collect()
            value=Rc::new(move || Role::ALL.into_iter().position(|other| Some(other) == role()))
            on_pick=Rc::new(move |index: usize| app.change_person(|person| person.role = Role::ALL.get(index).copied()))
        />
    })
}

/// The name that the user writes under.
pub(crate) fn name_field(app: AppContext) -> BuiltView {
    let on_event = move |event: FieldEvent| {
        if let FieldEvent::Left(Some(text)) = event {
            let name = cpr::mask(text.trim(), &Allowed::new()).save;
            app.change_person(|person| person.name = name);
        }
    };
    build_view(view! {
        <Field
            id="my-name".to_owned()
            label="Dit navn"
            help="Kan udelades. Så kan modtageren se, hvem der har skrevet det, du skriver fra nu af."
            value=Rc::new(move || app.person.with(|person| person.name.clone()))
            on_event=Rc::new(on_event)
        />
    })
}

/// The answers so far.
#[derive(Clone, Copy)]
struct PersonAnswers {
    unit: RwSignal<Enhed>,
    error: RwSignal<Option<String>>,
}

impl PersonAnswers {
    /// Builds the field of one text of the unit.
    fn field(
        self,
        id: &'static str,
        label: &'static str,
        help: &'static str,
        text_of: fn(&mut Enhed) -> &mut UserText,
    ) -> BuiltView {
        let Self { unit, error } = self;
        let on_event = move |event: FieldEvent| {
            if let FieldEvent::Typed(text) = event {
                error.set(None);
                unit.update(|unit| text_of(unit).0 = text);
            }
        };
        let value = Rc::new(move || text_of(&mut unit.get()).0.clone());
        let error = if id == "new-unit" { error } else { RwSignal::new(None) };
        build_view(view! { <Field id=id.to_owned() label help value error on_event=Rc::new(on_event)/> })
    }

    /// Creates the named unit, and notes that the questions were answered. Without a name a role is enough, but not
    /// where the form adds a further unit.
    fn submit(self, app: AppContext, is_more: bool) {
        let mut new_unit = self.unit.get_untracked();
        for text in [&mut new_unit.name, &mut new_unit.network, &mut new_unit.institution_number] {
            *text = UserText(cpr::mask(text.as_str().trim(), &Allowed::new()).save);
        }
        let role = app.person.with_untracked(|person| person.role);
        let is_named = !new_unit.name.as_str().is_empty();
        if !is_named && (is_more || role.is_none()) {
            self.error.set(Some("Skriv, hvad enheden hedder.".to_owned()));
            crate::ui::kit::inputs::focus_on("new-unit".to_owned());
            return;
        }
        // The level of a head or the director follows from the role.
        new_unit.level = role.and_then(|role| role.level(new_unit.level)).or(new_unit.level);
        let id = is_named.then(platform::ids::new_id);
        if let Some(id) = &id {
            app.workspace.create(id.clone(), &new_unit);
        }
        self.unit.set(Enhed::default());
        app.change_person(|person| {
            person.is_asked = true;
            person.unit = id.clone().or_else(|| person.unit.take());
        });
        platform::navigation::go_to(&id.filter(|_| is_more).map_or(Route::Overblik, Route::Enhed).to_string());
    }
}
