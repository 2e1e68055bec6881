//! The unit's own core services (*kerneydelser*) on the page of the unit.

use leptos::prelude::*;

use crate::domain::fractional_index;
use crate::domain::fundament;
use crate::domain::id::Id;
use crate::domain::relations::RelationMap;
use crate::domain::unit_task::UnitTask;
use crate::record::edit::Focus;
use crate::record::path::Path;

use crate::ui::kit::components::{DeletedButChanged, RecordText};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::relations::relations;
use crate::ui::kit::view::{BuiltView, build_view, button_with_label, dynamic_view, on_click};
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;

/// The id of the button that adds a core service.
const ADD_BUTTON: &str = "add-unit-task";

/// Builds the part with the core services of a unit, each with what hangs on it.
pub(super) fn own_tasks(app: AppContext, unit: &Id) -> BuiltView {
    let unit = unit.clone();
    // Only the ids: typing in a title must not build the rows again.
    let ids = {
        let unit = unit.clone();
        Memo::new(move |_| {
            let tasks = queries::relations::tasks(app, &unit).into_iter();
            tasks.filter(|(_, task)| task.above.is_none()).map(|(id, _)| id).collect::<Vec<_>>()
        })
    };
    let map = {
        let unit = unit.clone();
        let unit = Memo::new(move |_| Some(unit.clone()));
        queries::relations::map_of_unit(app, fundament::present_edition(), unit)
    };
    let rows = {
        let unit = unit.clone();
        dynamic_view(move || {
            let ids = ids.get();
            let rows: Vec<BuiltView> =
                ids.iter().enumerate().map(|(index, id)| row(app, &unit, id, (index, ids.len()), map)).collect();
            let none = rows.is_empty().then(|| markup!(r#"<p class="help">I har ikke skrevet nogen endnu.</p>"#));
            markup!(r#"<div>{}<ol class="unit-tasks">{}</ol></div>"#, none, rows)
        })
    };
    let add = on_click(move || {
        let id = platform::ids::new_id();
        let tasks = untrack(|| queries::relations::tasks(app, &unit));
        let last = tasks.iter().filter_map(|(_, task)| task.order.as_deref()).max();
        let order = Some(fractional_index::after(last));
        app.workspace.create(id.clone(), &UnitTask { unit: Some(unit.clone()), order, ..UnitTask::default() });
        app.workspace.save_now();
        inputs::focus_on(format!("{id}-title"));
    });
    markup!(
        r#"
        <section class="part unit-tasks-part">
            <h2>Jeres kerneydelser</h2>
            <p>Det, I er her for at gøre. Hver kerneydelse hænger på den fælles kerneopgave. Mål, prøvehandlinger og anden praksis kan hænge på en kerneydelse, så I kan se, hvad I prioriterer.</p>
            {}
            <div>{}</div>
        </section>"#,
        rows,
        build_view(view! { <button type="button" id=ADD_BUTTON on:click=add>"Tilføj en kerneydelse"</button> })
    )
}

/// Builds the row of a task: its title, its position, and what it hangs on. `index` counts from 0.
fn row(app: AppContext, unit: &Id, id: &Id, (index, count): (usize, usize), map: Memo<RelationMap>) -> BuiltView {
    let workspace = app.workspace;
    let number = index + 1;
    let label = format!("Kerneydelse {number}");
    let title = build_view(view! { <RecordText workspace record=id.clone() path=Path::root("title") label/> });
    let button_id = |is_up: bool| format!("{id}-{}", if is_up { "up" } else { "down" });
    let move_button = |label: &'static str, is_up: bool| {
        let unit = unit.clone();
        // Moving the next one up moves this one down.
        let (moved, new_index) = if is_up { (index, index.saturating_sub(1)) } else { (number, number) };
        // The rows are built again. The first has no button up, and the last none down.
        let next_focus = button_id(if is_up { new_index > 0 } else { new_index + 1 == count });
        let move_task = on_click(move || {
            move_up(app, &unit, moved);
            inputs::focus_on(next_focus.clone());
        });
        let (own_id, name) = (button_id(is_up), format!("{label}: kerneydelse {number}"));
        build_view(view! {
            <button type="button" class="quiet" id=own_id aria-label=name on:click=move_task>{label}</button>
        })
    };
    let up = (index > 0).then(|| move_button("Flyt op", true));
    let down = (number < count).then(|| move_button("Flyt ned", false));
    let deleted_id = id.clone();
    let delete = on_click(move || {
        let author = workspace.author();
        workspace.change(&deleted_id, |record| record.delete(None, &author));
        workspace.save_now();
        inputs::focus_on(ADD_BUTTON.to_owned());
    });
    markup!(
        r#"
        <li>
            {}{}
            <div class="buttons">{}{}{}</div>
            <details class="relations-fold"><summary>Sådan hænger det sammen<span class="visually-hidden">: kerneydelse {}</span></summary><div>{}</div></details>
        </li>"#,
        build_view(view! { <DeletedButChanged workspace record=id.clone()/> }),
        title,
        up,
        down,
        button_with_label("quiet", "Slet", format!("Slet kerneydelse {number}"), delete),
        number.to_string(),
        relations(
            app,
            map,
            id.as_str(),
            ("Den hænger ikke på noget.", "Intet mål og ingen praksis hænger på den endnu.")
        )
    )
}

/// Moves the core service at an index one step up.
fn move_up(app: AppContext, unit: &Id, index: usize) {
    let mut tasks = untrack(|| queries::relations::tasks(app, unit));
    tasks.retain(|(_, task)| task.above.is_none());
    let orders: Vec<Option<String>> = tasks.iter().map(|(_, task)| task.order.clone()).collect();
    if let Some((id, _)) = tasks.get(index) {
        let order = fractional_index::move_up(&orders, index);
        app.workspace.edit::<UnitTask>(id, &mut Focus::default(), |task| task.order = Some(order));
        app.workspace.save_now();
    }
}
