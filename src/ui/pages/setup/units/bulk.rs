//! One change to all ticked units of the table, as one action that can be undone.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{FormData, HtmlFormElement};

use crate::domain::cpr::{self, Allowed};
use crate::domain::enhed::{Enhed, EnhedKind, Level};
use crate::domain::id::Id;
use crate::domain::sorted::SortedSet;
use crate::domain::text::UserText;
use crate::domain::unit_table::{UnitChange, immovable};
use crate::record::edit::Focus;

use super::removal::rename_action;
use super::{LEVELS, kinds, levels, placed_units};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_text, dynamic_view, on_click, or_empty};
use crate::ui::state::app_context::AppContext;

/// The value of an option that clears a field of the units.
const NONE: &str = "-";

/// The id of the message under the form.
const MESSAGE_ID: &str = "bulk-message";

/// The form, shown while a unit is ticked, and the message about the last change.
pub(super) fn bulk_change(app: AppContext, chosen: Memo<Vec<Id>>, ticked: RwSignal<Vec<Id>>) -> BuiltView {
    let message = RwSignal::new(String::new());
    // A search that hides the ticked units leaves the form, and what is typed in it.
    let has_any = Memo::new(move |_| ticked.with(|ticked| !ticked.is_empty()));
    let form = dynamic_view(move || or_empty(has_any.get().then(|| form(app, chosen, ticked, message))));
    let words = dynamic_text(move || message.get());
    markup!(r#"<div>{}<p class="help" id="bulk-message" role="status" tabindex="-1">{}</p></div>"#, form, words)
}

fn form(app: AppContext, chosen: Memo<Vec<Id>>, ticked: RwSignal<Vec<Id>>, message: RwSignal<String>) -> BuiltView {
    // The options are read once, when the first unit is ticked. Another tick therefore does not reset the form.
    let units = untrack(|| app.units());
    let above = units.iter().map(|(name, id)| (id.to_string(), name.clone()));
    let above = std::iter::once((NONE.to_owned(), "Ingen enhed".to_owned())).chain(above);
    let networks: SortedSet<String> = units
        .iter()
        .map(|(_, id)| untrack(|| app.body::<Enhed>(Some(id))).network.0)
        .filter(|network| !network.is_empty())
        .collect();
    let networks: Vec<_> =
        networks.iter().map(|name| markup!(r#"<option value="{}"></option>"#, name.as_str())).collect();
    let count = dynamic_text(move || match chosen.with(Vec::len) {
        1 => "1 enhed er valgt".to_owned(),
        count => format!("{count} enheder er valgt"),
    });
    let archiving = [("1", "Arkivér"), ("0", "Tag i brug igen")];
    let fields = markup!(
        r#"
        <fieldset class="bulk">
            <legend>{}</legend>
            <p class="help">Det, du vælger her, gælder for dem alle. Resten bliver, som det er.</p>
            <div class="field-row">
                {}
                <div class="field"><label for="bulk-network">Sæt netværk</label><input id="bulk-network" name="network" type="text" autocomplete="off" list="bulk-networks"><datalist id="bulk-networks">{}</datalist></div>
                {}{}{}
            </div>
            <div class="buttons"><button type="submit" class="primary">Ret de valgte</button>{}</div>
        </fieldset>"#,
        count,
        select("kind", "Sæt type", with_numbers(kinds())),
        networks,
        select("level", "Sæt niveau", with_numbers(levels(LEVELS))),
        select("above", "Sæt under", above),
        select("archived", "Arkivering", archiving.map(|(value, words)| (value.to_owned(), words.to_owned()))),
        button_with_class("quiet", "Fjern krydserne", on_click(move || ticked.set(Vec::new())))
    );
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        let form: Option<HtmlFormElement> = event.current_target().and_then(|form| form.dyn_into().ok());
        let Some(form) = form else { return };
        let change = read(&form);
        if change == UnitChange::default() {
            message.set("Vælg først, hvad der skal rettes.".to_owned());
            inputs::focus_on("bulk-kind".to_owned());
            return;
        }
        let chosen = chosen.get_untracked();
        if chosen.is_empty() {
            message.set("Ingen af de valgte enheder vises lige nu, så intet er rettet.".to_owned());
            inputs::focus_on(MESSAGE_ID.to_owned());
            return;
        }
        message.set(apply(app, &change, &chosen));
        form.reset();
        // The filter may hide the changed units, which removes the form. The focus therefore goes to the message.
        inputs::focus_on(MESSAGE_ID.to_owned());
    };
    build_view(view! { <form on:submit=on_submit novalidate>{fields}</form> })
}

/// Numbers options by their index.
fn with_numbers(options: Vec<&'static str>) -> impl Iterator<Item = (String, String)> {
    options.into_iter().enumerate().map(|(index, words)| (index.to_string(), words.to_owned()))
}

/// Builds a list of options whose first option leaves the field unchanged.
fn select(name: &str, label: &str, options: impl IntoIterator<Item = (String, String)>) -> BuiltView {
    let options = options.into_iter().map(|(value, words)| markup!(r#"<option value="{}">{}</option>"#, value, words));
    let options: Vec<_> = options.collect();
    let id = format!("bulk-{name}");
    markup!(
        r#"<div class="field"><label for="{}">{}</label><select id="{}" name="{}"><option value="">Uændret</option>{}</select></div>"#,
        id.as_str(),
        label,
        id.as_str(),
        name,
        options
    )
}

/// Reads the change from the form.
fn read(form: &HtmlFormElement) -> UnitChange {
    // Fails for an invalid submit button only, and no button is passed.
    let Ok(data) = FormData::new_with_form(form) else { return UnitChange::default() };
    let text = |name: &str| data.get(name).as_string().unwrap_or_default();
    let index = |name: &str| text(name).parse::<usize>().ok();
    let network = cpr::mask(text("network").trim(), &Allowed::new()).save;
    let above = text("above");
    UnitChange {
        kind: index("kind").and_then(|index| EnhedKind::ALL.get(index).copied()),
        network: (!network.is_empty()).then_some(UserText(network)),
        level: index("level").and_then(|index| LEVELS.get(index).copied()).and_then(Level::new),
        above: if above == NONE { Some(None) } else { Id::parse(&above).map(Some) },
        is_archived: index("archived").map(|index| index == 1),
    }
}

/// Changes the units, and returns a message about the change.
fn apply(app: AppContext, change: &UnitChange, chosen: &[Id]) -> String {
    let workspace = app.workspace;
    let last = workspace.last_action();
    let above = change.above.as_ref().and_then(Option::as_ref);
    let refused = above.map(|above| immovable(&untrack(|| placed_units(app)), chosen, above)).unwrap_or_default();
    for id in chosen {
        let can_move = !refused.contains(&id);
        workspace.edit::<Enhed>(id, &mut Focus::default(), |unit| change.apply(unit, can_move));
    }
    let done = match chosen.len() {
        1 => "rettede 1 enhed".to_owned(),
        count => format!("rettede {count} enheder"),
    };
    rename_action(app, last, done);
    let names = refused.iter().map(|id| format!("«{}»", untrack(|| app.body::<Enhed>(Some(id))).name.0));
    let names: Vec<String> = names.collect();
    let changed = if chosen.len() == 1 { "Enheden er rettet." } else { "Enhederne er rettet." };
    if names.is_empty() {
        return changed.to_owned();
    }
    format!("{changed} Kun {} hører under det samme som før: en enhed kan ikke høre under sig selv.", names.join(", "))
}
