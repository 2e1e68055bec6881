//! The front page: the user's units, and the way to begin.

use std::rc::Rc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::domain::cpr::{self, Allowed};
use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::domain::kind::Kind;
use crate::domain::text::Text;

use super::components::{Field, FieldEvent};
use super::device::{self, DanishOrder};
use super::made::{Made, made};
use super::route::Route;
use super::workspace::Workspace;

/// The front page.
#[component]
pub(super) fn Overblik(workspace: Workspace) -> Made {
    let units = Memo::new(move |_| {
        let collator = DanishOrder::new();
        let mut units: Vec<(String, Id)> = Vec::new();
        for unit in workspace.ids(Kind::Enhed).into_iter().filter_map(|id| workspace.living(&id)) {
            let place = units.partition_point(|(title, _)| !collator.is_before(unit.title(), title));
            units.insert(place, (unit.title().to_owned(), unit.id().clone()));
        }
        units
    });
    let name = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let begin = move |event: SubmitEvent| {
        event.prevent_default();
        let named = cpr::mask(name.get_untracked().trim(), &Allowed::new()).save;
        if named.is_empty() {
            error.set(Some("Skriv, hvad enheden hedder.".to_owned()));
            return;
        }
        let id = Id::from_random(device::random_bits());
        workspace.create(id.clone(), &Enhed { name: Text(named), ..Enhed::default() });
        name.set(String::new());
        device::go_to(&Route::Enhed(id).to_string());
    };
    let on_event = move |event: FieldEvent| {
        if let FieldEvent::Typed(text) = event {
            error.set(None);
            name.set(text);
        }
    };
    made(view! {
        <header class="page-head">
            <h1>"Overblik"</h1>
            <p class="purpose">"Her er de enheder, du arbejder med. Alt bliver i din egen browser, indtil du gemmer det som fil."</p>
        </header>
        {move || {
            let units = units.get();
            (!units.is_empty()).then(|| {
                let items: Vec<_> = units
                    .into_iter()
                    .map(|(title, id)| {
                        let title = if title.is_empty() { "Enhed uden navn".to_owned() } else { title };
                        made(view! { <li><a href=Route::Enhed(id).to_string()>{title}</a></li> })
                    })
                    .collect();
                made(view! { <nav aria-label="Enheder"><ul class="units">{items}</ul></nav> })
            })
        }}
        <form class="begin" on:submit=begin novalidate>
            <h2>{move || if units.with(Vec::is_empty) { "Begynd med din enhed" } else { "En enhed til" }}</h2>
            <Field
                id="new-unit".to_owned()
                label="Hvad hedder enheden?"
                help="For eksempel Børnehuset Solstrålen. Har du fået en fil, kan du åbne den i stedet."
                value=name
                error=error
                on_event=Rc::new(on_event)
            />
            <button type="submit" class="primary">"Begynd"</button>
        </form>
    })
}
