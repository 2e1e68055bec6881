//! The buttons that save a backup and open files.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::ui::kit::view::{BuiltView, build_view, button};

use super::Files;

/// Shows the buttons.
#[component]
pub(crate) fn FileButtons(files: Files) -> BuiltView {
    let on_choose = move |event: web_sys::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        files.open(input.files().as_ref());
        // Without this, choosing the same file again would fire no event.
        input.set_value("");
    };
    build_view(view! {
        <div class="files">
            {button("Gem som fil", move || files.save("Kvalitetshjul"))}
            <label class="button" for="open-file">"Åbn fil"</label>
            <input id="open-file" class="visually-hidden" type="file" multiple accept=".json,.txt,application/json" on:change=on_choose/>
        </div>
    })
}
