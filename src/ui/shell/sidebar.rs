//! The sidebar of every page: finding things, navigation, the unit switch, and the file buttons.

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::ui::kit::components::icon;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, empty_view, on_click};
use crate::ui::pages::data::import::{FileButtons, Files};
use crate::ui::route::{NavItem, Route};
use crate::ui::shell::find::find_buttons;
use crate::ui::state::app_context::AppContext;

/// Shows the sidebar.
#[component]
pub(crate) fn Sidebar(app: AppContext, files: Files, route: RwSignal<Route>) -> BuiltView {
    let links: Vec<_> = NavItem::ALL
        .into_iter()
        .map(|item| {
            let (target, label) = item.target();
            // A page without a navigation item of its own marks the item it belongs to.
            let current = move || route.with(|route| (route.page().nav == Some(item)).then_some("page"));
            let class = if is_on_phone_bar(item) { "" } else { "secondary" };
            build_view(view! {
                <li class=class><a href=target.to_string() aria-current=current>{icon(item)}<span>{label}</span></a></li>
            })
        })
        .collect();
    // On a phone five items are within reach of the thumb; the others are behind a button.
    let is_open = RwSignal::new(false);
    let expanded = move || if is_open.get() { "true" } else { "false" };
    let navigation = view! {
        <ul class:open=is_open on:click=on_click(move || is_open.set(false))>{links}</ul>
        <button type="button" class="quiet more-navigation" aria-expanded=expanded on:click=on_click(move || is_open.update(|open| *open = !*open))>
            "Mere"
        </button>
    };
    markup!(
        r##"
        <header class="sidebar">
            <a class="brand" href="#/">Kvalitetshjul</a>
            {}
            {}
            <nav class="navigation" aria-label="Sider">{}</nav>
            {}
        </header>"##,
        find_buttons(app),
        build_view(view! { <UnitSwitch app/> }),
        build_view(navigation),
        // The page of files shows the buttons itself.
        dynamic_view(move || if route.get() == Route::Filer {
            empty_view()
        } else {
            build_view(view! { <FileButtons files has_share_link=true/> })
        })
    )
}

/// Returns whether an item is in the bar at the foot of a phone screen. The others are behind «Mere».
const fn is_on_phone_bar(item: NavItem) -> bool {
    matches!(item, NavItem::Overview | NavItem::Wheel | NavItem::Figures | NavItem::Agreement | NavItem::Reflection)
}

/// Shows the current unit, and lets the user choose another.
#[component]
fn UnitSwitch(app: AppContext) -> BuiltView {
    dynamic_view(move || {
        let (units, unit) = (app.units(), app.unit());
        if units.is_empty() {
            return markup!(r##"<a class="button to-units" href="#/enheder">Skriv din enhed</a>"##);
        }
        let placeholder = unit.is_none().then(|| ("Vælg enhed".to_owned(), String::new()));
        let units = units.into_iter().map(|(title, id)| (title, id.to_string()));
        let options: Vec<_> = placeholder
            .into_iter()
            .chain(units)
            .map(|(title, id)| {
                let is_chosen = unit.as_ref().map_or("", Id::as_str) == id;
                if is_chosen {
                    markup!(r#"<option value="{}" selected>{}</option>"#, id, title)
                } else {
                    markup!(r#"<option value="{}">{}</option>"#, id, title)
                }
            })
            .collect();
        let choose = move |value: String| app.change_person(|person| person.unit = Id::parse(&value));
        build_view(view! {
            <div class="unit-switch">
                <label>
                    <span class="visually-hidden">"Enhed"</span>
                    <select on:change:target=move |event| choose(event.target().value())>{options}</select>
                </label>
                <a class="to-units" href="#/enheder">"Ret"</a>
            </div>
        })
    })
}
