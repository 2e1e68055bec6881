//! The buttons that save everything as a file and open files.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::ui::kit::view::{BuiltView, build_view, button};

use super::Files;

/// Everything as a file, and files in.
#[component]
pub(crate) fn FileButtons(files: Files) -> BuiltView {
    let chosen = move |event: web_sys::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        files.open(input.files().as_ref());
        // So that choosing the same file again is a choice again.
        input.set_value("");
    };
    build_view(view! {
        <div class="files">
            {button("Gem som fil", move || files.save("Kvalitetshjul"))}
            <label class="button" for="open-file">"Åbn fil"</label>
            <input id="open-file" class="visually-hidden" type="file" multiple accept=".json,.txt,application/json" on:change=chosen/>
        </div>
    })
}
