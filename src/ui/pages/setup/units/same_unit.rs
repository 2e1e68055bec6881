//! The units of other files that are merged with a unit, and how to separate them again.

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::record::identity::separate_unit;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button_with_label, dynamic_view, on_click, or_empty};
use crate::ui::state::app_context::AppContext;

/// Lists the merged units, each with a button to separate it. Names a unit that has just been separated.
pub(crate) fn merged_units(app: AppContext, unit: &Id) -> BuiltView {
    let workspace = app.workspace;
    let separated = RwSignal::new(None::<(String, Id)>);
    let others = {
        let unit = unit.clone();
        Memo::new(move |_| {
            let name =
                |id: &Id| workspace.get_unless_deleted(id).map(|unit| unit.title().to_owned()).unwrap_or_default();
            workspace.merged_ids(&unit).into_iter().map(|id| (name(&id), id)).collect::<Vec<_>>()
        })
    };
    dynamic_view(move || {
        let others = others.get();
        // The unit may have been merged again by an undo.
        let separated_notice =
            separated.get().filter(|(_, separated)| others.iter().all(|(_, id)| id != separated)).map(|(name, _)| {
                let words = format!("«{name}» står nu for sig selv igen blandt dine enheder.");
                markup!(r#"<p class="help" role="status">{}</p>"#, words)
            });
        let rows = others.into_iter().map(|(name, id)| {
            let name = if name.is_empty() { "Enhed uden navn".to_owned() } else { name };
            let words = format!("Vises sammen med «{name}» fra en anden fil.");
            let about = format!("Det er ikke den samme enhed: {name}");
            let on_press = on_click(move || {
                separated.set(Some((name.clone(), id.clone())));
                separate(app, &id, &name);
            });
            markup!(
                "<li><span>{}</span>{}</li>",
                words,
                button_with_label("", "Det er ikke den samme enhed", about, on_press)
            )
        });
        let rows: Vec<BuiltView> = rows.collect();
        if rows.is_empty() {
            return or_empty(separated_notice);
        }
        markup!(
            r#"
            <section class="part">
                <h2>Den samme enhed i en anden fil</h2>
                <ul class="rows">{}</ul>
                <p class="help">Tal og ord fra begge vises her som ét. Er det ikke den samme enhed, skilles de helt igen: hver med sine egne tal, ord og aftaler.</p>
                {}
            </section>"#,
            rows,
            separated_notice
        )
    })
}

/// Declares that a unit is not the same as the one it is merged with.
fn separate(app: AppContext, unit: &Id, name: &str) {
    let workspace = app.workspace;
    workspace.answer_same_unit(
        separate_unit(&workspace.unit_answers(), unit),
        format!("sagde, at «{name}» er en anden enhed"),
    );
}
