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

use crate::domain::period::PeriodKind;

use super::values::kinds;
use super::ways;
use crate::ui::kit::components::needs_unit;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_view};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;
use view::SheetView;

mod clipboard;
mod keys;
mod view;
mod write;

/// How many periods there are at first, and how many more at a time.
const PERIODS: u16 = 6;

/// The page of the sheet.
#[component]
pub(crate) fn SheetPage(desk: AppContext) -> BuiltView {
    let count = RwSignal::new(PERIODS);
    let kind = RwSignal::new(PeriodKind::SchoolYear);
    dynamic_view(move || {
        let Some(unit) = desk.unit() else { return needs_unit("tal") };
        let indicators = {
            let unit = unit.clone();
            Memo::new(move |_| {
                queries::figures::indicator_groups(desk, &unit)
                    .into_iter()
                    .flat_map(|group| group.indicators)
                    .collect::<Vec<_>>()
            })
        };
        let sheet = dynamic_view(move || {
            let (indicators, periods) = (indicators.get(), kind.get().last(desk.today.get(), count.get()));
            build_view(view! { <SheetView desk unit=unit.clone() indicators periods/> })
        });
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
            kinds(kind),
            button("Vis tidligere perioder", move || count.update(|count| *count += PERIODS)),
            sheet,
            help()
        )
    })
}

fn help() -> BuiltView {
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
