//! Whether a record is shared with the unit's network. It is not, as long as nobody says so.

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::record::edit::Focus;
use crate::record::leaf::Leaf;
use crate::record::path::Path;
use crate::record::value::LeafValue;

use super::Choices;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, checkbox};
use crate::ui::state::workspace::Workspace;

/// The box that shares a record. `what` goes, as it is called; `make` sees to it that the record is there.
pub(crate) fn shared(workspace: Workspace, record: &Id, what: &'static str, make: impl Fn() + 'static) -> BuiltView {
    let path = Path::root("shared");
    let (read, write, at, to) = (record.clone(), record.clone(), path.clone(), path.clone());
    let is_shared = move || {
        let says = workspace.read_at(&read, &at, |record| {
            record.leaf(&at).and_then(Leaf::shown).is_some_and(|value| *value.json() == true)
        });
        says.unwrap_or_default()
    };
    let share = move |is_shared: bool| {
        make();
        let author = workspace.author();
        let value = LeafValue::new(is_shared.into());
        workspace.change(&write, |record| record.write([(to.clone(), value)], &mut Focus::default(), &author));
        workspace.save_now();
    };
    markup!(
        r#"<div class="no-print">{}<p class="help">Så følger {} med i de filer, der laves til jeres geografiske netværk.</p>{}</div>"#,
        checkbox("Del med netværket".to_owned(), is_shared, share),
        what,
        build_view(
            view! { <Choices workspace record=record.clone() path about="om det deles med netværket" words=in_words/> }
        )
    )
}

fn in_words(value: &serde_json::Value) -> String {
    if *value == true { "Del med netværket" } else { "Del ikke" }.to_owned()
}
