//! The buttons that save a backup and open files, and the link to sharing.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, on_click, or_empty};

use super::Files;

/// The file types that the system's dialog offers: files of this app, ZIP files, and tables.
const ACCEPTED: &str = ".json,.txt,.zip,.xlsx,.ods,.csv,.tsv,application/json,application/zip,text/csv,text/plain";

/// Shows the buttons. The page of files has the section on sharing itself, so it shows no link to sharing.
#[component]
pub(crate) fn FileButtons(files: Files, has_share_link: bool) -> BuiltView {
    let on_choose = move |event: web_sys::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        files.open(input.files().as_ref());
        // Without this, choosing the same file again would fire no event.
        input.set_value("");
    };
    build_view(view! {
        <div class="files">
            <button type="button" on:click=on_click(move || files.save())>"Gem"<span class="beyond-phone">" sikkerhedskopi"</span></button>
            <label class="button" for="open-file">"Åbn fil"</label>
            <input id="open-file" class="visually-hidden" type="file" multiple accept=ACCEPTED on:change=on_choose/>
            {or_empty(has_share_link.then(|| markup!(r##"<a class="button to-share" href="#/filer">Del</a>"##)))}
        </div>
    })
}
