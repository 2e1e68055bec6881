//! The units of other files that are shown together with one, and the way apart.

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::record::identity::apart;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button_with_label, dynamic_view, on_click, or_empty};
use crate::ui::state::app_context::AppContext;

/// A line for each of them; once one was taken out, where it is.
pub(crate) fn merged_units(desk: AppContext, unit: &Id) -> BuiltView {
    let workspace = desk.workspace;
    let gone = RwSignal::new(None::<(String, Id)>);
    let others = {
        let unit = unit.clone();
        Memo::new(move |_| {
            let name = |id: &Id| workspace.living(id).map(|unit| unit.title().to_owned()).unwrap_or_default();
            workspace.merged_ids(&unit).into_iter().map(|id| (name(&id), id)).collect::<Vec<_>>()
        })
    };
    dynamic_view(move || {
        let others = others.get();
        // Unless that was taken back.
        let gone_now = gone.get().filter(|(_, gone)| others.iter().all(|(_, id)| id != gone)).map(|(name, _)| {
            let words = format!("«{name}» står nu for sig selv igen blandt dine enheder.");
            markup!(r#"<p class="help" role="status">{}</p>"#, words)
        });
        let rows = others.into_iter().map(|(name, id)| {
            let name = if name.is_empty() { "Enhed uden navn".to_owned() } else { name };
            let words = format!("Vises sammen med «{name}» fra en anden fil.");
            let about = format!("Det er ikke den samme enhed: {name}");
            let apart = on_click(move || {
                gone.set(Some((name.clone(), id.clone())));
                take_out(desk, &id, &name);
            });
            markup!(
                "<li><span>{}</span>{}</li>",
                words,
                button_with_label("", "Det er ikke den samme enhed", about, apart)
            )
        });
        let rows: Vec<BuiltView> = rows.collect();
        if rows.is_empty() {
            return or_empty(gone_now);
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
            gone_now
        )
    })
}

/// Says that a unit is another one after all.
fn take_out(desk: AppContext, unit: &Id, name: &str) {
    let workspace = desk.workspace;
    workspace.answer(apart(&workspace.said(), unit), format!("sagde, at «{name}» er en anden enhed"));
}
