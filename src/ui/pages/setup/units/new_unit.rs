//! The form that adds a unit.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::domain::cpr::{self, Allowed};
use crate::domain::enhed::{Enhed, EnhedKind};
use crate::domain::text::UserText;

use super::{kind_index, kinds};
use crate::ui::kit::components::{Field, FieldEvent};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// The id of the field for the name.
const NAME_ID: &str = "new-unit";

/// The form. The new unit becomes the one that the user works with, and its page is shown.
#[component]
pub(crate) fn NewUnit(app: AppContext) -> BuiltView {
    let (name, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let kind = RwSignal::new(None::<EnhedKind>);
    let on_event = move |event: FieldEvent| {
        if let FieldEvent::Typed(text) = event {
            error.set(None);
            name.set(text);
        }
    };
    let field = view! {
        <Field
            id=NAME_ID.to_owned()
            label="Hvad hedder enheden?"
            help="Har du fået en fil med enheden, kan du åbne den i stedet."
            value=std::rc::Rc::new(move || name.get())
            error
            on_event=std::rc::Rc::new(on_event)
        />
    };
    let kind_select = inputs::select_field(
        "new-kind".to_owned(),
        "Hvad er det for en enhed?".to_owned(),
        with_none("Ikke sagt", kinds()),
        move || kind_index(kind.get()),
        move |index| kind.set(index.and_then(|index| EnhedKind::ALL.get(index).copied())),
    );
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        let name = cpr::mask(name.get_untracked().trim(), &Allowed::new()).save;
        if name.is_empty() {
            error.set(Some("Skriv, hvad enheden hedder.".to_owned()));
            inputs::focus_on(NAME_ID.to_owned());
            return;
        }
        // The first unit is the user's own, so the user's role gives its level.
        let is_first = untrack(|| app.units_and_archived()).is_empty();
        let role = app.person.with_untracked(|person| person.role).filter(|_| is_first);
        let id = platform::ids::new_id();
        let mut unit = Enhed { name: UserText(name), ..Enhed::default() };
        // The level of the kind comes first: a director may begin with the area of a chef.
        unit.set_kind(kind.get_untracked());
        unit.level = unit.level.or_else(|| role.and_then(|role| role.level(None)));
        app.workspace.create(id.clone(), &unit);
        app.change_person(|person| {
            person.is_asked = true;
            person.unit = Some(id.clone());
        });
        platform::navigation::go_to(&Route::Enhed(id).to_string());
    };
    let form = markup!(
        r#"
        <div class="about-you">
            <h2>En enhed til</h2>
            {}{}
            <div class="buttons"><button type="submit">Tilføj enheden</button></div>
        </div>"#,
        build_view(field),
        kind_select
    );
    build_view(view! { <form on:submit=on_submit novalidate>{form}</form> })
}

/// Returns the options of a list, preceded by an option for no choice.
pub(super) fn with_none(none: &str, options: Vec<&'static str>) -> Vec<String> {
    std::iter::once(none).chain(options).map(str::to_owned).collect()
}
