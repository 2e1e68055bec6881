//! The settings of this browser: its user, and the colours of the pages.
//!
//! The settings are stored on this device only. The name alone goes into files, as the author of the user's texts.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::cpr::{self, Allowed};
use crate::domain::person::{Colours, Role};

use crate::ui::kit::components::{Field, FieldEvent, RadioGroup};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view};
use crate::ui::state::app_context::AppContext;

/// The colour schemes a user can choose.
const COLOURS: [Option<Colours>; 3] = [None, Some(Colours::Light), Some(Colours::Dark)];

/// The page of settings. Each answer is saved at once.
#[component]
pub(crate) fn SettingsPage(app: AppContext) -> BuiltView {
    markup!(
        r##"
        <header class="page-head">
            <h1>Indstillinger</h1>
            <p class="purpose">Hvem du er, og hvordan siden ser ud. Det gælder i denne browser, gemmes med det samme og kan altid ændres.</p>
        </header>
        <section class="part about-you">
            <h2>Hvem du er</h2>
            {}
            <p class="help">Rollen afgør, hvad overblikket begynder med. Den følger aldrig med i en fil.</p>
            {}
        </section>
        <section class="part about-you"><h2>Farver</h2>{}</section>
        <section class="part">
            <h2>Noget andet</h2>
            <ul class="link-list">
                <li><a href="#/enheder">Ret, arkivér eller slet enheder</a></li>
                <li><a href="#/filer">Gem, del og ryd det, der ligger i browseren</a></li>
            </ul>
        </section>"##,
        role_choice(app),
        name_field(app),
        colours(app)
    )
}

/// Lets the user choose their role.
fn role_choice(app: AppContext) -> BuiltView {
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

/// Lets the user choose light or dark colours.
fn colours(app: AppContext) -> BuiltView {
    let pick = move |index: usize| app.change_person(|person| person.colours = COLOURS.get(index).copied().flatten());
    let chosen = move || COLOURS.iter().position(|colours| *colours == app.person.with(|person| person.colours));
    build_view(view! {
        <RadioGroup
            id="colours"
            legend="Siden vises"
            options=vec!["Som din telefon eller computer", "Lyst", "Mørkt"]
            value=Rc::new(chosen)
            on_pick=Rc::new(pick)
        />
    })
}
