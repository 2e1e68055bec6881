//! Deleting all that this app has in this browser: what goes is named, the file is offered first, and it is asked once.

use leptos::prelude::*;

use crate::domain::kind::Kind;

use super::super::import::Files;
use super::super::made::{Made, made};
use super::super::workspace::Workspace;

/// The way to delete everything.
#[component]
pub(super) fn Reset(workspace: Workspace, files: Files) -> Made {
    let is_asking = RwSignal::new(false);
    let goes = move || {
        let counted = Kind::ALL.iter().filter_map(|&kind| {
            let words = kind.words();
            match workspace.ids(kind).len() {
                0 => None,
                1 => Some(format!("1 {}", words.singular)),
                count => Some(format!("{count} {}", words.plural)),
            }
        });
        let counted: Vec<String> = counted.collect();
        let there = if counted.is_empty() { "Her er intet skrevet endnu".to_owned() } else { counted.join(", ") };
        format!(
            "Det, der forsvinder: {there}, og alle øjebliksbilleder, historikken og det, der er lagt til side. Filer, du \
             har gemt, røres ikke."
        )
    };
    let question = move || {
        is_asking.get().then(|| {
            made(view! {
                <div class="report refused" role="alert">
                    <p>"Skal alt i denne browser slettes nu? Det kan ikke fortrydes. Har du brug for det igen, så gem det som fil først."</p>
                    <div class="buttons">
                        <button type="button" on:click=move |_| workspace.reset()>"Ja, slet alt"</button>
                        <button type="button" on:click=move |_| is_asking.set(false)>"Nej, behold det"</button>
                    </div>
                </div>
            })
        })
    };
    made(view! {
        <section class="room">
            <h2>"Slet alt"</h2>
            <p>{goes}</p>
            <div class="buttons">
                <button type="button" aria-label="Gem som fil, før alt slettes" on:click=move |_| files.save("Kvalitetshjul")>"Gem som fil"</button>
                <button type="button" on:click=move |_| is_asking.set(true)>"Slet alt i denne browser"</button>
            </div>
            {question}
        </section>
    })
}
