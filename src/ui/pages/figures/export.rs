//! Figures and drawings out of the page: as files, to the clipboard, on paper. Always as they may be published.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::chart::standalone::{self, SIZE};
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::publish::PublishedSeries;
use crate::domain::series_analysis::SeriesAnalysis;
use crate::exchange::table::{Cells, csv, out};

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button, dynamic_text};
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;

/// The ways out for an indicator.
#[component]
pub(crate) fn ExportActions(desk: AppContext, unit: Id, indicator: Indicator) -> BuiltView {
    let said = RwSignal::new(String::new());
    let series: Rc<dyn Fn() -> PublishedSeries> = {
        let (unit, id) = (unit.clone(), indicator.id.clone());
        Rc::new(move || queries::figures::published_series(desk, &unit, &id))
    };
    let drawing: Rc<dyn Fn() -> String> = {
        let (series, indicator, unit) = (Rc::clone(&series), indicator.clone(), unit.clone());
        Rc::new(move || {
            let (series, today) = (series(), desk.today.get_untracked());
            let medians = queries::figures::medians(desk, &unit, &SeriesAnalysis::of(&indicator, &series, today));
            standalone::of_series(&name_of(desk, &unit), &indicator, &series, &medians, today)
        })
    };
    let name = {
        let (unit, name) = (unit.clone(), indicator.name.clone());
        move |ending: &str| format!("{} {}.{ending}", name, name_of(desk, &unit)).replace(['/', '\\', ':'], "-")
    };
    let failed = move |outcome: bool| {
        said.set(if outcome { String::new() } else { "Filen kunne ikke gemmes. Prøv igen.".to_owned() });
    };
    let table: Rc<dyn Fn() -> Cells> =
        Rc::new(move || out::of_series(&name_of(desk, &unit), &indicator, &series(), desk.today.get_untracked()));
    let (save_csv, copy) = (Rc::clone(&table), table);
    let (save_svg, save_png) = (Rc::clone(&drawing), drawing);
    let (name_csv, name_svg, name_png) = (name.clone(), name.clone(), name);
    markup!(
        r#"
        <div class="out">
            <div class="buttons">{}{}{}{}{}</div>
            <p class="help">Tal, der hviler på færre end 5 personer, kommer aldrig med ud.</p>
            <p class="help" role="status">{}</p>
        </div>"#,
        button("Gem tal (CSV)", move || failed(
            platform::files::save_as(&name_csv("csv"), "text/csv", &csv::write(&save_csv())).is_ok()
        )),
        button("Kopiér tal", move || {
            let text = csv::write_block(&copy());
            spawn_local(async move {
                let words = if platform::clipboard::copy(&text).await {
                    "Tallene er kopieret."
                } else {
                    "Browseren tillod ikke at kopiere. Gem tallene som CSV."
                };
                said.set(words.to_owned());
            });
        }),
        button("Gem tegning (SVG)", move || failed(
            platform::files::save_as(&name_svg("svg"), "image/svg+xml", &save_svg()).is_ok()
        )),
        button("Gem tegning (PNG)", move || {
            let (svg, name) = (save_png(), name_png("png"));
            spawn_local(async move { failed(platform::files::save_picture(&name, &svg, SIZE).await.is_ok()) });
        }),
        button("Udskriv", move || {
            // Shown so first: a page that is printed by a script has no time to change.
            desk.is_public.set(true);
            request_animation_frame(platform::page::print);
        }),
        dynamic_text(move || said.get()),
    )
}

fn name_of(desk: AppContext, unit: &Id) -> String {
    desk.workspace.get(unit).map(|unit| unit.title().to_owned()).unwrap_or_default()
}
