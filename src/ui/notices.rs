//! What the user must know of this browser: that it keeps nothing, that the page is outdated, that something was put
//! aside.

use leptos::prelude::*;

use super::device;
use super::made::{Made, button, live, made, maybe};
use super::markup::markup;
use super::workspace::{Standing, Workspace};

/// What the user must know of this browser.
#[component]
pub(super) fn Notices(workspace: Workspace) -> Made {
    let standing = live(move || {
        maybe(workspace.standing.get().map(|standing| match standing {
            Standing::Denied => markup!(
                r#"
                <section class="report refused" role="alert">
                    <h2>Browseren gemmer ikke noget her</h2>
                    <p>Det kan være et privat vindue eller en spærring. Du kan arbejde videre, men det forsvinder, når siden lukkes. Gem det som fil, før du går.</p>
                </section>"#
            ),
            Standing::Outdated => markup!(
                r#"
                <section class="report refused" role="alert">
                    <h2>Siden er forældet</h2>
                    <p>En nyere udgave af Kvalitetshjul har gemt i denne browser. Denne side gemmer ikke mere, så intet bliver overskrevet. Gem som fil, hvis du lige har skrevet noget, og hent så siden igen.</p>
                    <div class="buttons">{}</div>
                </section>"#,
                button("Hent siden igen", device::reload)
            ),
        }))
    });
    let aside = live(move || {
        let is_hidden = workspace.aside.with(Vec::is_empty);
        maybe((!is_hidden).then(|| {
            markup!(
                r#"
                <section class="report" role="status">
                    <h2>Noget kunne ikke læses</h2>
                    <p>Noget af det, der lå i browseren, var beskadiget. Det er lagt til side, og alt andet er her.</p>
                    <div class="buttons">{}{}</div>
                </section>"#,
                button("Gem det som fil", move || save_aside(workspace)),
                button("Luk", move || workspace.aside.set(Vec::new()))
            )
        }))
    });
    made((standing, aside))
}

/// Hands what was put aside to the user, as it lay there: whoever can mend it needs every byte.
fn save_aside(workspace: Workspace) {
    let pieces = workspace.aside.with_untracked(|aside| {
        let pieces = aside.iter().flat_map(|piece| [piece.name.as_str(), "\n", piece.text.as_str(), "\n\n"]);
        pieces.collect::<String>()
    });
    let name = format!("Kvalitetshjul – lagt til side – {}.txt", device::today());
    if device::save_file(&name, &pieces).is_err() {
        workspace.trouble.set(Some("Filen kunne ikke gemmes. Det ligger stadig i browseren. Prøv igen.".to_owned()));
    }
}
