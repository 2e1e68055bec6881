//! The sheet: all indicators of the unit over several periods, to write in as in a spreadsheet.
//!
//! The table is built once. Two effects update it: one sets the texts of cells, the other shows the cursor and the
//! selection. A message appears below a row with refused texts, and a question below a row with figures out of range.
//! Typed keys go into a single input in the current cell. They change nothing else until the input is committed.
//!
//! | file | contents |
//! | --- | --- |
//! | `mod` | the page, and the periods of the sheet |
//! | `view` | the table, the texts of cells, the messages at refused texts, the cursor |
//! | `asking` | the questions about figures out of range, below their row |
//! | `keys` | keys, and the input in the current cell |
//! | `pointer` | mouse, finger and focus |
//! | `clipboard` | copying and pasting blocks of cells |
//! | `write` | writing the texts of cells to records |
//! | `files` | the sheet as a file, and templates to fill in |

use leptos::prelude::*;

use crate::domain::period::PeriodKind;

use super::values::period_kind_select;
use super::{tabs, without_unit};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_view};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;
use files::sheet_files;
use view::SheetView;
use write::InvalidInput;

mod asking;
mod clipboard;
pub(crate) mod files;
mod keys;
mod pointer;
mod view;
mod write;

/// Number of periods shown at first, and added by each press of the button.
const PERIODS: u16 = 6;

/// Page of the sheet for the current unit.
#[component]
pub(crate) fn SheetPage(app: AppContext) -> BuiltView {
    let count = RwSignal::new(PERIODS);
    let kind = RwSignal::new(PeriodKind::SchoolYear);
    dynamic_view(move || {
        let Some(unit) = app.unit() else { return without_unit(app, &Route::Skema, "et skema at skrive tal i") };
        let indicators = {
            let unit = unit.clone();
            Memo::new(move |_| {
                queries::figures::indicator_groups(app, &unit)
                    .into_iter()
                    .flat_map(|group| group.indicators)
                    .collect::<Vec<_>>()
            })
        };
        let invalid = RwSignal::new(Vec::<InvalidInput>::new());
        let periods = Memo::new(move |_| kind.get().last_periods(app.today.get(), count.get()));
        let files = sheet_files(app, unit.clone(), indicators, periods);
        let sheet = dynamic_view(move || {
            let (indicators, periods) = (indicators.get(), periods.get());
            // After the user asks for earlier periods, the sheet shows the earliest ones.
            let shows_newest = periods.len() <= usize::from(PERIODS);
            build_view(view! { <SheetView app unit=unit.clone() indicators periods invalid shows_newest/> })
        });
        markup!(
            r#"
            <header class="page-head">
                <h1>Skriv tal</h1>
                <p class="purpose">Skriv, kopiér og indsæt som i et regneark. Alt gemmes, mens I skriver, og kan fortrydes.</p>
            </header>
            <div class="toolbar">{}{}{}</div>
            <div>{}</div>
            <div>{}{}</div>"#,
            tabs(&Route::Skema),
            period_kind_select(kind),
            button("Vis tidligere perioder", move || count.update(|count| *count += PERIODS)),
            sheet,
            help(),
            files
        )
    })
}

/// Builds the folded list of keys.
fn help() -> BuiltView {
    markup!(
        r#"
        <details class="more">
            <summary>Taster i skemaet</summary>
            <ul class="key-help">
                <li>På en telefon: tryk på en celle, og skriv</li>
                <li><kbd>Pile</kbd>, <kbd>Tab</kbd> og <kbd>Enter</kbd> går fra celle til celle; med <kbd>Skift</kbd> markerer pilene flere</li>
                <li><kbd>Enter</kbd> efter <kbd>Tab</kbd> går til næste række, hvor du begyndte i rækken</li>
                <li><kbd>F2</kbd> retter i cellen, <kbd>Esc</kbd> fortryder rettelsen, <kbd>Delete</kbd> tømmer</li>
                <li><kbd>Ctrl</kbd>+<kbd>C</kbd> og <kbd>Ctrl</kbd>+<kbd>V</kbd> kopierer og indsætter blokke til og fra Excel</li>
                <li><kbd>Ctrl</kbd>+<kbd>D</kbd> fylder ned, <kbd>Ctrl</kbd>+<kbd>Z</kbd> fortryder, <kbd>Ctrl</kbd>+<kbd>Y</kbd> gentager</li>
                <li><kbd>Alt</kbd>+<kbd>Pil ned</kbd> i en celle med et spørgsmål går til svarene, <kbd>Esc</kbd> går tilbage</li>
                <li>«..» eller «-» betyder, at tallet mangler, «*» at det ikke er offentliggjort</li>
            </ul>
        </details>"#
    )
}
