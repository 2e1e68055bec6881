//! What the user must know of this browser: that it keeps nothing, that this page writes nothing and why, that something
//! was put aside.

use leptos::prelude::*;

use crate::store::{Aside, Closed};

use super::device;
use super::made::{Made, button, live, made, maybe};
use super::markup::markup;
use super::workspace::{Standing, Workspace};

/// What the user must know of this browser.
#[component]
pub(super) fn Notices(workspace: Workspace) -> Made {
    let standing = live(move || {
        maybe(workspace.standing.get().map(|standing| {
            let said = said(standing);
            let way = said.way.map(|label| {
                button(label, move || {
                    if standing == Standing::Closed(Closed::Outdated) {
                        device::reload();
                    } else {
                        device::begin_anew();
                    }
                })
            });
            markup!(
                r#"
                <section class="report refused" role="alert">
                    <h2>{}</h2>
                    <p>{}</p>
                    <div class="buttons">{}</div>
                </section>"#,
                said.heading,
                said.words,
                way
            )
        }))
    });
    let is_closed = RwSignal::new(false);
    let aside = live(move || {
        // What was migrated lies aside too, and is nobody's trouble.
        let is_damaged = workspace.aside.with(|aside| aside.iter().any(Aside::is_damaged));
        maybe((is_damaged && !is_closed.get()).then(|| {
            markup!(
                r#"
                <section class="report" role="status">
                    <h2>Noget kunne ikke læses</h2>
                    <p>Noget af det, der lå i browseren, var beskadiget. Det er lagt til side, og alt andet er her.</p>
                    <div class="buttons">{}{}</div>
                </section>"#,
                button("Gem det som fil", move || save_aside(workspace)),
                button("Luk", move || is_closed.set(true))
            )
        }))
    });
    made((standing, aside))
}

/// What is said of how this browser stands, and the way on where there is one.
pub(super) struct Said {
    pub(super) heading: &'static str,
    pub(super) words: &'static str,
    way: Option<&'static str>,
}

pub(super) const fn said(standing: Standing) -> Said {
    match standing {
        Standing::Denied => Said {
            heading: "Browseren gemmer ikke noget her",
            words: "Det kan være et privat vindue eller en spærring. Du kan arbejde videre, men det forsvinder, når siden \
                    lukkes. Gem det som fil, før du går.",
            way: None,
        },
        Standing::Closed(Closed::Outdated) => Said {
            heading: "Siden er forældet",
            words: "En nyere udgave af Kvalitetshjul har gemt i denne browser. Denne side gemmer ikke mere, så intet \
                    bliver overskrevet. Gem som fil, hvis du lige har skrevet noget, og hent så siden igen.",
            way: Some("Hent siden igen"),
        },
        Standing::Closed(Closed::Reset) => Said {
            heading: "Alt er slettet i en anden fane",
            words: "Nogen har valgt at slette alt, hvad Kvalitetshjul havde i denne browser. Denne fane viser og gemmer \
                    derfor ikke mere. Begynd forfra, eller åbn en fil, du har gemt, når du er begyndt forfra.",
            way: Some("Begynd forfra"),
        },
        Standing::Closed(Closed::ReadOnly) => Said {
            heading: "Der gemmes ikke",
            words: "Du er startet uden at gemme. Her er det, der ligger i browseren, og det bliver ikke ændret. Det, du \
                    skriver nu, forsvinder, når siden lukkes, medmindre du gemmer det som fil.",
            way: Some("Start almindeligt"),
        },
    }
}

/// Hands what was put aside to the user, as it lay there: whoever can mend it needs every byte.
pub(super) fn save_aside(workspace: Workspace) {
    let pieces = workspace.aside.with_untracked(|aside| {
        let pieces = aside.iter().flat_map(|piece| [piece.name.as_str(), "\n", piece.text.as_str(), "\n\n"]);
        pieces.collect::<String>()
    });
    let name = format!("Kvalitetshjul – lagt til side – {}.txt", device::today());
    if device::save_file(&name, &pieces).is_err() {
        workspace.trouble.set(Some("Filen kunne ikke gemmes. Det ligger stadig i browseren. Prøv igen.".to_owned()));
    }
}
