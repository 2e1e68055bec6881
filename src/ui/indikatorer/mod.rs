//! The figures of the unit that is looked at, by pejlemærke.

mod figures;

use leptos::prelude::*;

use crate::domain::fundament::{self, Edition};

use super::desk::Desk;
use super::made::{Made, live, made};
use super::markup::markup;
use super::needs_unit;
use figures::Figures;

/// The page of figures.
#[component]
pub(super) fn Indikatorer(desk: Desk) -> Made {
    live(move || {
        let Some(unit) = desk.unit() else { return needs_unit("tal") };
        let goals: Vec<Made> = fundament::present()
            .into_iter()
            .flat_map(Edition::indicators)
            .map(|(goal, indicators)| {
                let figures: Vec<_> = indicators
                    .into_iter()
                    .map(|indicator| view! { <Figures desk unit=unit.clone() indicator/> })
                    .collect();
                let figures: Vec<_> = figures.into_iter().map(made).collect();
                markup!(
                    r#"<section class="goal {}"><h2>{}</h2>{}</section>"#,
                    goal.id.as_str(),
                    goal.label.as_str(),
                    figures
                )
            })
            .collect();
        markup!(
            r#"
            <header class="page-head">
                <h1>Indikatorer</h1>
                <p class="purpose">Skriv jeres tal ind år for år. Tallene står aldrig alene: de åbner en samtale.</p>
            </header>
            <div>{}</div>"#,
            goals
        )
    })
}
