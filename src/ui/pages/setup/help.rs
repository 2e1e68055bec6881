//! The help dialog: the page in three sentences, and the keys of the app.

use leptos::prelude::*;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button};
use crate::ui::pages::setup::dialog::{ModalDialog, close_dialog};
use crate::ui::state::app_context::{AppContext, OpenDialog};

/// The dialog with the help for a page.
#[component]
pub(crate) fn HelpDialog(app: AppContext, help: [&'static str; 3]) -> BuiltView {
    let [purpose, first_step, words] = help;
    let content = markup!(
        r##"
        <div class="modal-head"><h2>Hjælp til siden</h2>{}</div>
        <ol class="page-help"><li>{}</li><li>{}</li><li>{}</li></ol>
        <p><a href="#/ordliste">Slå et ord op i ordlisten</a></p>
        <p><a href="?proevekommune">Se dig om i en opdigtet kommune</a></p>
        <div class="keyboard">
        <h3>Taster</h3>
        <dl class="keys">
            <dt><kbd>Ctrl+K</kbd> eller <kbd>/</kbd></dt><dd>Find en side, en enhed, et mål eller et ord</dd>
            <dt><kbd>?</kbd></dt><dd>Vis denne hjælp</dd>
            <dt><kbd>Ctrl+Z</kbd></dt><dd>Fortryd det seneste</dd>
            <dt><kbd>Ctrl+Y</kbd></dt><dd>Gentag det fortrudte</dd>
            <dt><kbd>Esc</kbd></dt><dd>Luk det, der er åbnet</dd>
        </dl>
        <h3>I skemaet med tal</h3>
        <dl class="keys">
            <dt><kbd>Piletaster</kbd></dt><dd>Gå til feltet ved siden af; hold <kbd>Shift</kbd> nede for at markere flere</dd>
            <dt><kbd>Enter</kbd> eller <kbd>Tab</kbd></dt><dd>Gem tallet, og gå videre</dd>
            <dt><kbd>Ctrl+C</kbd> og <kbd>Ctrl+V</kbd></dt><dd>Kopiér og sæt ind, også fra et regneark</dd>
            <dt><kbd>Ctrl+D</kbd></dt><dd>Fyld nedad</dd>
            <dt><kbd>Delete</kbd></dt><dd>Tøm de markerede felter</dd>
        </dl>
        <p class="help">I et felt, hvor du skriver, er / og ? almindelige tegn. På en Mac bruger du ⌘ i stedet for Ctrl.</p>
        </div>"##,
        button("Luk", close_dialog),
        purpose,
        first_step,
        words
    );
    build_view(view! { <ModalDialog app which=OpenDialog::Help label="Hjælp til siden" content/> })
}
