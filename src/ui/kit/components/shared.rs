//! A checkbox that shares a record with the geographic network of the unit. A record is not shared until somebody ticks
//! the box.

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::record::edit::Focus;
use crate::record::leaf::Leaf;
use crate::record::path::Path;
use crate::record::value::LeafValue;

use super::FieldExtras;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, checkbox};
use crate::ui::state::workspace::Workspace;

/// Builds the checkbox. `what` names the record in the help text, in Danish. `make` is called before the write and
/// creates the record where it does not exist yet.
pub(crate) fn share_checkbox(
    workspace: Workspace,
    record: &Id,
    what: &'static str,
    make: impl Fn() + 'static,
) -> BuiltView {
    let path = Path::root("shared");
    let (read_id, write_id, read_path, write_path) = (record.clone(), record.clone(), path.clone(), path.clone());
    let is_shared = move || {
        let is_ticked = workspace.read_at(&read_id, &read_path, |record| {
            record.leaf(&read_path).and_then(Leaf::shown).is_some_and(|value| *value.json() == true)
        });
        is_ticked.unwrap_or_default()
    };
    let share = move |is_shared: bool| {
        make();
        let author = workspace.author();
        let value = LeafValue::new(is_shared.into());
        workspace
            .change(&write_id, |record| record.write([(write_path.clone(), value)], &mut Focus::default(), &author));
        workspace.save_now();
    };
    markup!(
        r#"<div class="no-print">{}<p class="help">Så følger {} med i de filer, der laves til jeres geografiske netværk.</p>{}</div>"#,
        checkbox("Del med netværket".to_owned(), is_shared, share),
        what,
        build_view(
            view! { <FieldExtras workspace record=record.clone() path about="om det deles med netværket" label="Del med netværket" words=value_text/> }
        )
    )
}

fn value_text(value: &serde_json::Value) -> String {
    if *value == true { "Del med netværket" } else { "Del ikke" }.to_owned()
}
