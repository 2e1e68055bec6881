//! Who wrote what stands in a field, and when: on demand, the same way at every field.

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::record::leaf::Leaf;
use crate::record::path::Path;
use crate::record::{Record, compare};

use super::authorship_text;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, dynamic_view, or_empty, toggle_button};
use crate::ui::state::workspace::Workspace;

/// Who wrote what stands in a field. Where the field is a map (boxes that are ticked, a leaf each) it is said of each.
#[component]
pub(crate) fn Authorship(workspace: Workspace, record: Id, path: Path, label: String) -> BuiltView {
    let is_open = RwSignal::new(false);
    let (id, at) = (record.clone(), path.clone());
    let is_written =
        Memo::new(move |_| workspace.read_at(&id, &at, |record| !written(record, &at).is_empty()).unwrap_or(false));
    let name = format!("Hvem skrev det? {label}");
    let lines = move || {
        let said = |record: &Record| {
            let all = written(record, &path);
            let line = |(at, leaf): (&Path, &Leaf)| {
                let who =
                    leaf.dots().next_back().map(|dot| authorship_text(workspace, record, dot)).unwrap_or_default();
                let who =
                    if who.is_empty() { "Det ved browseren ikke.".to_owned() } else { format!("Skrevet af {who}.") };
                let of = compare::label(record, at).filter(|_| *at != path);
                of.map_or_else(|| who.clone(), |of| format!("{of}: {who}"))
            };
            all.into_iter().map(line).collect::<Vec<_>>()
        };
        workspace.read_at(&record, &path, said).unwrap_or_default()
    };
    dynamic_view(move || {
        let (name, lines) = (name.clone(), lines.clone());
        or_empty(is_written.get().then(|| {
            let button = toggle_button("Hvem skrev det?".to_owned(), name, is_open);
            let said = dynamic_view(move || {
                or_empty(is_open.get().then(|| {
                    let lines: Vec<BuiltView> = lines().into_iter().map(|line| markup!("<p>{}</p>", line)).collect();
                    markup!(
                        r##"<div class="help" role="status">{}<p><a href="#/historik">Se historikken</a></p></div>"##,
                        lines
                    )
                }))
            });
            markup!(r#"<div class="written">{}{}</div>"#, button, said)
        }))
    })
}

/// The leaves of a field in which something stands.
fn written<'r>(record: &'r Record, path: &Path) -> Vec<(&'r Path, &'r Leaf)> {
    let says = |leaf: &Leaf| leaf.shown().is_some_and(|value| !value.is_null());
    let is_of_it = |at: &Path| at == path || at.is_below(path);
    record.leaves().iter().filter(|(at, leaf)| is_of_it(at) && says(leaf)).collect()
}
