//! The sheet: all indicators of the unit over several periods, to write in as in a spreadsheet.
//!
//! The table is made once as text; what stands in its cells, and where the cursor is, is put into it by two effects. A key
//! that is typed goes into one input in the cell, and touches nothing else.
//!
//! | file | idea |
//! | --- | --- |
//! | here | the page, and the periods of the sheet |
//! | `view` | the table, and what is put into it |
//! | `keys` | what keys do, and the one input |
//! | `clipboard` | blocks from and to others |
//! | `write` | from the texts of cells to records |

use leptos::prelude::*;

use crate::domain::period::Period;

use super::super::desk::Desk;
use super::super::made::{Made, button, live, made};
use super::super::markup::markup;
use super::super::needs_unit;
use super::super::readings;
use super::super::route::Route;
use super::ways;
use view::SheetView;

mod clipboard;
mod keys;
mod view;
mod write;

/// How many periods there are at first, and how many more at a time.
/// How many periods there are at first, and how many more at a time.
const PERIODS: u16 = 6;

/// The page of the sheet.
#[component]
pub(super) fn Skema(desk: Desk) -> Made {
    let count = RwSignal::new(PERIODS);
    let kind = RwSignal::new(0usize);
    live(move || {
        let Some(unit) = desk.unit() else { return needs_unit("tal") };
        let indicators = {
            let unit = unit.clone();
            Memo::new(move |_| {
                readings::groups_of(desk, &unit).into_iter().flat_map(|group| group.indicators).collect::<Vec<_>>()
            })
        };
        let sheet = live(move || {
            let (indicators, periods) = (indicators.get(), periods(desk, kind.get(), count.get()));
            made(view! { <SheetView desk unit=unit.clone() indicators periods/> })
        });
        let choose = move |name: String| kind.set(KINDS.iter().position(|kind| **kind == *name).unwrap_or_default());
        let kinds: Vec<Made> = KINDS.iter().map(|kind| markup!("<option>{}</option>", *kind)).collect();
        markup!(
            r#"
            <header class="page-head">
                <h1>Skriv tal</h1>
                <p class="purpose">Skriv, kopiér og indsæt som i et regneark. Alt gemmes, mens I skriver, og kan fortrydes.</p>
            </header>
            <div class="bar">{}{}{}</div>
            <div>{}</div>
            <div class="more-of">{}</div>"#,
            ways(&Route::Skema),
            made(view! {
                <label class="choose-kind"><span>"Perioder"</span><select on:change:target=move |event| choose(event.target().value())>{kinds}</select></label>
            }),
            button("Vis tidligere perioder", move || count.update(|count| *count += PERIODS)),
            sheet,
            help()
        )
    })
}

const KINDS: [&str; 3] = ["Skoleår", "Kalenderår", "Kvartaler"];

fn help() -> Made {
    markup!(
        r#"
        <details class="more">
            <summary>Taster i skemaet</summary>
            <ul class="keys">
                <li><kbd>Pile</kbd>, <kbd>Tab</kbd> og <kbd>Enter</kbd> går fra celle til celle; med <kbd>Skift</kbd> markerer pilene flere</li>
                <li><kbd>F2</kbd> retter i cellen, <kbd>Esc</kbd> fortryder rettelsen, <kbd>Delete</kbd> tømmer</li>
                <li><kbd>Ctrl</kbd>+<kbd>C</kbd> og <kbd>Ctrl</kbd>+<kbd>V</kbd> kopierer og indsætter blokke til og fra Excel</li>
                <li><kbd>Ctrl</kbd>+<kbd>D</kbd> fylder ned, <kbd>Ctrl</kbd>+<kbd>Z</kbd> fortryder, <kbd>Ctrl</kbd>+<kbd>Y</kbd> gentager</li>
                <li>«..» eller «-» betyder, at tallet mangler, «*» at det ikke er offentliggjort</li>
            </ul>
        </details>"#
    )
}

/// The last periods of a kind, up to today.
fn periods(desk: Desk, kind: usize, count: u16) -> Vec<Period> {
    let today = desk.today.get();
    let last = match kind {
        0 => Period::school_year_of(today),
        1 => Period::Year(today.year()),
        _ => Period::Quarter(today.year(), (today.month() - 1) / 3 + 1),
    };
    let back = |steps: u16| match last {
        Period::SchoolYear(year) => Period::SchoolYear(year - steps),
        Period::Year(year) => Period::Year(year - steps),
        Period::Quarter(year, quarter) => {
            let quarters = year * 4 + u16::from(quarter) - 1 - steps;
            Period::Quarter(quarters / 4, u8::try_from(quarters % 4).unwrap_or_default() + 1)
        }
    };
    (0..count).rev().map(back).collect()
}
