//! Shows on demand who wrote the content of a field, and when.

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::record::leaf::Leaf;
use crate::record::path::Path;
use crate::record::{Record, compare};

use super::authorship_text;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, dynamic_view, or_empty, toggle_button};
use crate::ui::state::workspace::Workspace;

/// Shows who wrote the content of a field. Where the field is a map (tick boxes, a leaf each) there is a line for each
/// entry.
#[component]
pub(crate) fn Authorship(workspace: Workspace, record: Id, path: Path, label: String) -> BuiltView {
    let is_open = RwSignal::new(false);
    let (id, field_path) = (record.clone(), path.clone());
    let is_written = Memo::new(move |_| {
        workspace.read_at(&id, &field_path, |record| !filled_leaves(record, &field_path).is_empty()).unwrap_or(false)
    });
    let name = format!("Hvem skrev det? {label}");
    let lines = move || {
        let describe = |record: &Record| {
            let all = filled_leaves(record, &path);
            let line = |(leaf_path, leaf): (&Path, &Leaf)| {
                let author =
                    leaf.dots().next_back().map(|dot| authorship_text(workspace, record, dot)).unwrap_or_default();
                let author = if author.is_empty() {
                    "Det ved browseren ikke.".to_owned()
                } else {
                    format!("Skrevet af {author}.")
                };
                let field_name = compare::label(record, leaf_path).filter(|_| *leaf_path != path);
                field_name.map_or_else(|| author.clone(), |field_name| format!("{field_name}: {author}"))
            };
            all.into_iter().map(line).collect::<Vec<_>>()
        };
        workspace.read_at(&record, &path, describe).unwrap_or_default()
    };
    dynamic_view(move || {
        let (name, lines) = (name.clone(), lines.clone());
        or_empty(is_written.get().then(|| {
            let button = toggle_button("Hvem skrev det?".to_owned(), name, is_open);
            let details = dynamic_view(move || {
                or_empty(is_open.get().then(|| {
                    let lines: Vec<BuiltView> = lines().into_iter().map(|line| markup!("<p>{}</p>", line)).collect();
                    markup!(
                        r##"<div class="help" role="status">{}<p><a href="#/historik">Se historikken</a></p></div>"##,
                        lines
                    )
                }))
            });
            markup!(r#"<div class="authorship">{}{}</div>"#, button, details)
        }))
    })
}

/// Returns the leaves of a field that have a value.
fn filled_leaves<'r>(record: &'r Record, path: &Path) -> Vec<(&'r Path, &'r Leaf)> {
    let has_value = |leaf: &Leaf| leaf.shown().is_some_and(|value| !value.is_null());
    let is_in_field = |leaf_path: &Path| leaf_path == path || leaf_path.is_below(path);
    record.leaves().iter().filter(|(leaf_path, leaf)| is_in_field(leaf_path) && has_value(leaf)).collect()
}
