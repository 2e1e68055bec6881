//! The sheet as a file and on the clipboard, and templates to fill in. A file or a copy must never contain a figure
//! that may not be published.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::domain::id::Id;
use crate::domain::indicator::{Group, Indicator};
use crate::domain::period::{Period, PeriodKind};
use crate::exchange::table::{Cells, csv, out};

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button, dynamic_text, dynamic_view, or_empty};
use crate::ui::pages::figures::export::unit_name;
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;

/// Number of school years in the template of all units.
const YEARS: u16 = 6;

/// Section with the sheet as a file and on the clipboard, and as a template.
pub(super) fn sheet_files(
    app: AppContext,
    unit: Id,
    indicators: Memo<Vec<Indicator>>,
    periods: Memo<Vec<Period>>,
) -> BuiltView {
    let message = RwSignal::new(String::new());
    let name = {
        let unit = unit.clone();
        move |what: &str| format!("{what} {}.csv", unit_name(app, &unit))
    };
    let cells: Rc<dyn Fn(bool) -> Cells> = Rc::new(move |has_figures| {
        let (indicators, unit_name) = (indicators.get_untracked(), unit_name(app, &unit));
        let published =
            |indicator: &Indicator| untrack(|| queries::figures::published_series(app, &unit, &indicator.id));
        let rows: Vec<out::SheetRow<'_>> = indicators
            .iter()
            .map(|indicator| (unit_name.as_str(), indicator, has_figures.then(|| published(indicator))))
            .collect();
        out::sheet(&rows, &periods.get_untracked())
    });
    let (name_template, cells_to_save, cells_to_copy, template) =
        (name.clone(), Rc::clone(&cells), Rc::clone(&cells), cells);
    markup!(
        r#"
        <section class="part sheet-files no-print">
            <h2>Skemaet i et regneark</h2>
            <p>Gem en skabelon, udfyld den i Excel, og åbn den under «Hent fra regneark». Kolonnerne bliver kendt igen, og tomme celler ændrer intet.</p>
            <div class="buttons">{}{}{}</div>
            <p class="help">Tal, der hviler på færre end 5 personer, kommer aldrig med ud.</p>
            <p class="help" role="status">{}</p>
        </section>"#,
        button("Gem en skabelon (CSV)", move || save(&name_template("Skabelon"), &template(false), message)),
        button("Gem skemaet (CSV)", move || save(&name("Skema"), &cells_to_save(true), message)),
        button("Kopiér skemaet", move || copy(&cells_to_copy(true), message)),
        dynamic_text(move || message.get()),
    )
}

/// Builds the button that saves a template of all units in this browser, for the page that imports templates. Empty
/// without units.
pub(crate) fn template_of_all_units(app: AppContext) -> BuiltView {
    let message = RwSignal::new(String::new());
    dynamic_view(move || {
        or_empty((!app.units().is_empty()).then(|| {
            markup!(
                r#"<div class="sheet-files">{}<p class="help">Jeres enheder, indikatorer og de seneste {} skoleår. Udfyld den i Excel, og vælg den her.</p><p class="help" role="status">{}</p></div>"#,
                button("Gem en skabelon (CSV)", move || save("Skabelon.csv", &untrack(|| all_units(app)), message)),
                YEARS.to_string(),
                dynamic_text(move || message.get())
            )
        }))
    })
}

/// Lays out a template of all units in this browser. The rows of the current unit include its own indicators.
fn all_units(app: AppContext) -> Cells {
    let units = app.units();
    let indicators = |unit: &Id| -> Vec<Indicator> {
        let groups: Vec<Group> = if app.unit().as_ref() == Some(unit) {
            queries::figures::indicator_groups(app, unit)
        } else {
            queries::figures::common_groups(app)
        };
        groups.into_iter().flat_map(|group| group.indicators).collect()
    };
    let indicators: Vec<Vec<Indicator>> = units.iter().map(|(_, unit)| indicators(unit)).collect();
    let rows: Vec<out::SheetRow<'_>> = units
        .iter()
        .zip(&indicators)
        .flat_map(|((name, _), indicators)| indicators.iter().map(|indicator| (name.as_str(), indicator, None)))
        .collect();
    out::sheet(&rows, &PeriodKind::SchoolYear.last_periods(app.today.get(), YEARS))
}

/// Saves cells as a CSV file. Shows a message if saving fails.
fn save(name: &str, cells: &Cells, message: RwSignal<String>) {
    let name = name.replace(['/', '\\', ':'], "-");
    let is_saved = platform::files::save_as(&name, "text/csv", &csv::write(cells)).is_ok();
    message.set(if is_saved { String::new() } else { "Filen kunne ikke gemmes. Prøv igen.".to_owned() });
}

/// Copies cells to the clipboard. Shows a message that says whether the browser allowed it.
fn copy(cells: &Cells, message: RwSignal<String>) {
    let text = csv::write_block(cells);
    spawn_local(async move {
        let result_message = if platform::clipboard::copy(&text).await {
            "Skemaet er kopieret. Sæt det ind i et regneark."
        } else {
            "Browseren tillod ikke at kopiere. Gem skemaet som CSV."
        };
        message.set(result_message.to_owned());
    });
}
