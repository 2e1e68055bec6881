//! A unit: its name, and its figures on the indicators.

mod figures;

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::indicator;
use crate::domain::kind::Kind;
use crate::record::path::Path;

use super::components::RecordText;
use super::made::{Made, made};
use super::workspace::Workspace;
use figures::Figures;

/// The page of a unit.
#[component]
pub(super) fn EnhedPage(workspace: Workspace, id: Id) -> Made {
    let is_there = {
        let id = id.clone();
        Memo::new(move |_| workspace.living(&id).is_some_and(|record| record.kind() == Some(Kind::Enhed)))
    };
    let title = {
        let id = id.clone();
        Memo::new(move |_| {
            let name = workspace.get(&id).map(|record| record.title().to_owned()).unwrap_or_default();
            if name.is_empty() { "Enhed uden navn".to_owned() } else { name }
        })
    };
    made(move || {
        if !is_there.get() {
            return made(view! {
                <header class="page-head">
                    <h1>"Enheden er her ikke"</h1>
                    <p class="purpose">"Den ligger ikke i denne browser. Har du den i en fil, så åbn filen; ellers find den i overblikket."</p>
                </header>
                <p><a href="#/">"Til overblikket"</a></p>
            });
        }
        let indicators: Vec<_> = indicator::FIRST
            .iter()
            .map(|indicator| view! { <Figures workspace unit=id.clone() indicator=*indicator/> })
            .collect();
        made(view! {
            <header class="page-head">
                <h1>{title}</h1>
                <p class="purpose">"Skriv jeres tal ind år for år. Tallene står aldrig alene: de åbner en samtale."</p>
            </header>
            <section class="unit-name">
                <RecordText workspace record=id.clone() path=Path::root("name") label="Enhedens navn"/>
            </section>
            {indicators}
        })
    })
}
