//! «Hvem er du?»: the first step of a new user. Every question can be skipped.
//!
//! The form is plain HTML, and is read when an answer changes. The style sheet shows the questions that depend on an
//! answer: the level of a leader, and the kind of a unit with a name.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Event, FormData, HtmlFormElement};

use crate::domain::cpr::{self, Allowed};
use crate::domain::enhed::{Enhed, EnhedKind, Level};
use crate::domain::id::Id;
use crate::domain::person::Role;
use crate::domain::text::UserText;

use super::levels;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, on_click};
use crate::ui::platform;
use crate::ui::platform::focus::move_focus_to_top;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// The questions to a new user.
#[component]
pub(crate) fn AboutYou(app: AppContext) -> BuiltView {
    let person = app.person.get_untracked();
    let roles: Vec<_> = Role::ALL
        .into_iter()
        .enumerate()
        .map(|(index, role)| {
            let class = match (role.levels().len(), role.has_several_units()) {
                (2.., _) => "has-levels",
                (_, true) => "has-several-units",
                _ => "",
            };
            option("role", class, index.to_string(), role.danish(), person.role == Some(role))
        })
        .collect();
    let leader_levels = Role::Leader.levels();
    let leader_levels: Vec<_> = leader_levels
        .iter()
        .zip(levels(leader_levels))
        .map(|(level, words)| option("level", "", level.to_string(), words, false))
        .collect();
    let kinds: Vec<_> = EnhedKind::ALL
        .into_iter()
        .enumerate()
        .map(|(index, kind)| markup!(r#"<option value="{}">{}</option>"#, index.to_string(), kind.danish()))
        .collect();
    let skip = on_click(move || finish(app, None));
    let form = markup!(
        r#"
        <div class="about-you">
            <header>
                <h2>Hvem er du?</h2>
                <p class="help">Så viser siden dit eget næste skridt. Spring over, hvad du vil; du kan altid svare under Indstillinger.</p>
            </header>
            <fieldset class="one-of"><legend>Jeg er</legend><div class="options">{}</div></fieldset>
            <fieldset class="one-of leader-level"><legend>Hvilket niveau leder du på?</legend><div class="options">{}</div></fieldset>
            <div class="field">
                <label for="my-name">Dit navn</label>
                <input id="my-name" name="name" type="text" autocomplete="name" aria-describedby="my-name-help" value="{}">
                <p class="help" id="my-name-help">Kan udelades. Det står ved det, du skriver, når andre får en fil fra dig.</p>
            </div>
            <div class="field">
                <label for="new-unit">Hvad hedder enheden?</label>
                <input id="new-unit" name="unit" type="text" autocomplete="off" placeholder=" " aria-describedby="new-unit-help">
                <p class="help" id="new-unit-help">For eksempel Børnehuset Solstrålen. Har du fået en fil, kan du åbne den i stedet.<span class="several-units"> Har du flere enheder, så begynd med den ene.</span></p>
            </div>
            <div class="field unit-kind">
                <label for="new-kind">Hvad er det for en enhed?</label>
                <select id="new-kind" name="kind"><option value="">Ikke sagt</option>{}</select>
            </div>
            <div class="buttons"><button type="submit" class="primary">Begynd</button>{}</div>
        </div>"#,
        roles,
        leader_levels,
        person.name,
        kinds,
        button_with_class("quiet", "Spring over", skip)
    );
    let on_change = move |event: Event| {
        if let Some(answers) = Answers::in_form(&event) {
            answers.save_person(app);
        }
    };
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(answers) = Answers::in_form(&event) {
            answers.submit(app);
        }
    };
    build_view(view! { <form on:change=on_change on:submit=on_submit novalidate>{form}</form> })
}

/// Builds one option of a question.
fn option(name: &'static str, class: &'static str, value: String, label: &'static str, is_chosen: bool) -> BuiltView {
    if is_chosen {
        return markup!(
            r#"<label class="option"><input type="radio" name="{}" class="{}" value="{}" checked><span>{}</span></label>"#,
            name,
            class,
            value,
            label
        );
    }
    markup!(
        r#"<label class="option"><input type="radio" name="{}" class="{}" value="{}"><span>{}</span></label>"#,
        name,
        class,
        value,
        label
    )
}

/// The answers in the form.
struct Answers {
    role: Option<Role>,
    level: Option<Level>,
    name: String,
    unit: String,
    kind: Option<EnhedKind>,
}

impl Answers {
    /// Reads the form that listens to an event. CPR numbers in the texts are masked.
    fn in_form(event: &Event) -> Option<Self> {
        let form: HtmlFormElement = event.current_target()?.dyn_into().ok()?;
        let data = FormData::new_with_form(&form).ok()?;
        let text = |name: &str| data.get(name).as_string().unwrap_or_default();
        let number = |name: &str| text(name).parse::<u8>().ok();
        let masked = |name: &str| cpr::mask(text(name).trim(), &Allowed::new()).save;
        Some(Self {
            role: number("role").and_then(|index| Role::ALL.get(usize::from(index)).copied()),
            level: number("level").and_then(Level::new),
            name: masked("name"),
            unit: masked("unit"),
            kind: number("kind").and_then(|index| EnhedKind::ALL.get(usize::from(index)).copied()),
        })
    }

    /// Saves role and name. They are saved before the form is sent, because a user may open a file instead of sending
    /// it.
    fn save_person(&self, app: AppContext) {
        app.change_person(|person| {
            person.role = self.role;
            person.name.clone_from(&self.name);
        });
    }

    /// Saves all answers, and creates the unit if it has a name.
    fn submit(self, app: AppContext) {
        self.save_person(app);
        let unit = (!self.unit.is_empty()).then(|| Enhed {
            name: UserText(self.unit),
            kind: self.kind,
            level: self.role.and_then(|role| role.level(self.level)),
            ..Enhed::default()
        });
        let unit = unit.map(|unit| {
            let id = platform::ids::new_id();
            app.workspace.create(id.clone(), &unit);
            id
        });
        finish(app, unit);
    }
}

/// Notes that the questions were answered or skipped. The form disappears, so the focus moves to the top of the page.
fn finish(app: AppContext, unit: Option<Id>) {
    app.change_person(|person| {
        person.is_asked = true;
        person.unit = unit.or_else(|| person.unit.take());
    });
    move_focus_to_top(&Route::Overblik);
}
