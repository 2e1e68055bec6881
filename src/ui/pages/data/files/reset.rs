//! Deletes all data of this app in this browser. The form names what will be lost, offers a backup first, and asks
//! once.

use leptos::prelude::*;

use crate::domain::registry::Kind;
use crate::store;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_text, dynamic_view, on_click, or_empty};
use crate::ui::pages::data::import::Files;
use crate::ui::state::workspace::Workspace;

/// The question before everything is deleted.
const QUESTION: &str = "Skal alt i denne browser slettes nu? Det kan ikke fortrydes. Har du brug for det igen, så gem en \
                        sikkerhedskopi først.";
/// The same question in the demo.
const DEMO_QUESTION: &str = "Skal prøvekommunen slettes? Det kan ikke fortrydes. Den begynder forfra, og dit eget uden for \
                             den røres ikke.";

/// The form that deletes everything.
#[component]
pub(crate) fn ResetForm(workspace: Workspace, files: Files) -> BuiltView {
    let is_asking = RwSignal::new(false);
    let loss_text = dynamic_text(move || {
        let counts = Kind::ALL.iter().filter_map(|&kind| {
            let kind_words = kind.words();
            // Records that are shown only as part of a join are counted under their own ids.
            match workspace.ids(kind).iter().filter(|id| !workspace.is_shown_from_others(id)).count() {
                0 => None,
                1 => Some(format!("1 {}", kind_words.singular)),
                count => Some(format!("{count} {}", kind_words.plural)),
            }
        });
        let counts: Vec<String> = counts.collect();
        let count_text = if counts.is_empty() { "Her er intet skrevet endnu".to_owned() } else { counts.join(", ") };
        format!(
            "Det, der forsvinder: {count_text}, og alle øjebliksbilleder, historikken og det, der er lagt til side. Filer, du \
             har gemt, røres ikke."
        )
    });
    let question = dynamic_view(move || {
        or_empty(is_asking.get().then(|| {
            markup!(
                r#"
                <div class="report refused" role="alert">
                    <p>{}</p>
                    <div class="buttons">{}{}</div>
                </div>"#,
                if store::is_demo() { DEMO_QUESTION } else { QUESTION },
                button("Ja, slet alt", move || workspace.reset()),
                button("Nej, behold det", move || is_asking.set(false))
            )
        }))
    });
    let save = on_click(move || files.save());
    let save = view! { <button type="button" aria-label="Gem sikkerhedskopi, før alt slettes" on:click=save>"Gem sikkerhedskopi"</button> };
    markup!(
        r#"<section class="data-section"><h2>Slet alt</h2><p>{}</p><div class="buttons">{}{}</div>{}</section>"#,
        loss_text,
        build_view(save),
        button("Slet alt i denne browser", move || is_asking.set(true)),
        question
    )
}
