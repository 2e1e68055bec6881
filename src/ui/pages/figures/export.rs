//! Export of an indicator's figures and chart: as files, to the clipboard, on paper. Exports must never contain a
//! figure that may not be published.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::chart::standalone::{self, SIZE};
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::publish::PublishedSeries;
use crate::domain::series_analysis::SeriesAnalysis;
use crate::exchange::file;
use crate::exchange::table::{Cells, csv, out};

use super::parts::{self, fold, is_open_at_first};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button, dynamic_text};
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;

/// Buttons that export an indicator's figures and chart.
#[component]
pub(crate) fn ExportActions(app: AppContext, unit: Id, indicator: Indicator) -> BuiltView {
    let message = RwSignal::new(String::new());
    let series: Rc<dyn Fn() -> PublishedSeries> = {
        let (unit, id) = (unit.clone(), indicator.id.clone());
        Rc::new(move || queries::figures::published_series(app, &unit, &id))
    };
    let chart: Rc<dyn Fn() -> String> = {
        let (series, indicator, unit) = (Rc::clone(&series), indicator.clone(), unit.clone());
        Rc::new(move || {
            let (series, today) = (series(), app.today.get_untracked());
            let medians = queries::figures::medians(app, &unit, &SeriesAnalysis::of(&indicator, &series, today));
            standalone::series_file(&unit_name(app, &unit), &indicator, &series, &medians, today)
        })
    };
    let file_name = {
        let (unit, indicator_name) = (unit.clone(), indicator.name.clone());
        move |extension: &str| {
            format!("{}.{extension}", file::sanitized(&format!("{indicator_name} {}", unit_name(app, &unit))))
        }
    };
    let show_result = move |is_saved: bool| {
        message.set(if is_saved { String::new() } else { "Filen kunne ikke gemmes. Prøv igen.".to_owned() });
    };
    let table: Rc<dyn Fn() -> Cells> =
        Rc::new(move || out::of_series(&unit_name(app, &unit), &indicator, &series(), app.today.get_untracked()));
    let (save_csv, copy) = (Rc::clone(&table), table);
    let (save_svg, save_png) = (Rc::clone(&chart), chart);
    let (name_csv, name_svg, name_png) = (file_name.clone(), file_name.clone(), file_name);
    let buttons = markup!(
        r#"
        <div class="export-buttons">
            <div class="buttons">{}{}{}{}{}</div>
            <p class="help">Tal, der hviler på færre end 5 personer, kommer aldrig med ud.</p>
            <p class="help" role="status">{}</p>
        </div>"#,
        button("Gem tal (CSV)", move || show_result(
            platform::files::save_as(&name_csv("csv"), "text/csv", &csv::write(&save_csv())).is_ok()
        )),
        button("Kopiér tal", move || {
            let text = csv::write_block(&copy());
            spawn_local(async move {
                let result_message = if platform::clipboard::copy(&text).await {
                    "Tallene er kopieret."
                } else {
                    "Browseren tillod ikke at kopiere. Gem tallene som CSV."
                };
                message.set(result_message.to_owned());
            });
        }),
        button("Gem tegning (SVG)", move || show_result(
            platform::files::save_as(&name_svg("svg"), "image/svg+xml", &save_svg()).is_ok()
        )),
        button("Gem tegning (PNG)", move || {
            let (svg, file_name) = (save_png(), name_png("png"));
            spawn_local(
                async move { show_result(platform::files::save_picture(&file_name, &svg, SIZE).await.is_ok()) },
            );
        }),
        button("Udskriv", move || {
            // The public view is turned on a frame before printing, so that the printed page shows it.
            app.is_public.set(true);
            request_animation_frame(platform::page::print);
        }),
        dynamic_text(move || message.get()),
    );
    markup!(
        r#"<div class="export">{}</div>"#,
        fold(parts::EXPORT, "Gem, kopiér og udskriv", is_open_at_first(false), buttons)
    )
}

/// Returns the name of a unit. Empty if the unit is not here.
pub(crate) fn unit_name(app: AppContext, unit: &Id) -> String {
    app.workspace.get(unit).map(|unit| unit.title().to_owned()).unwrap_or_default()
}
