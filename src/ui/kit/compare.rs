//! Two states of a record side by side, with the differences marked word by word.

use crate::record::Record;
use crate::record::compare::{ComparedField, rows};

use crate::ui::kit::components::marked_text;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::BuiltView;

/// Shows the fields that differ between the current state of a record and another state. `names` are the captions of
/// the current and of the other state.
///
/// Where the record does not exist here, shows every field of the other state.
pub(crate) fn comparison(now: Option<&Record>, then: &Record, names: [&'static str; 2]) -> BuiltView {
    let rows: Vec<ComparedField> = rows(now, then).into_iter().filter(ComparedField::differs).collect();
    if rows.is_empty() {
        return markup!(r#"<p class="help">Der er ingen forskel i det, man kan læse.</p>"#);
    }
    let rows: Vec<_> = rows.iter().map(|row| comparison_row(row, now.map(|_| names), None)).collect();
    markup!(r#"<dl class="comparison">{}</dl>"#, rows)
}

/// Shows one field in two states, with an optional button.
///
/// Without `names`, shows the other state only.
pub(crate) fn comparison_row(
    row: &ComparedField,
    names: Option<[&'static str; 2]>,
    action: Option<BuiltView>,
) -> BuiltView {
    let text = |text: &str, other: &str| {
        if text.is_empty() { markup!("<em>(tomt)</em>") } else { marked_text(text, other) }
    };
    let then = if row.differs() && names.is_some() { text(&row.other, &row.now) } else { text(&row.other, &row.other) };
    let now = names.filter(|_| row.differs()).map(|[now, _]| {
        markup!(
            r#"<p><span class="help">{}: </span><span class="wording">{}</span></p>"#,
            now,
            text(&row.now, &row.other)
        )
    });
    let name = names.filter(|_| row.differs()).map(|[_, then]| markup!(r#"<span class="help">{}: </span>"#, then));
    markup!(
        r#"<div><dt>{}</dt><dd>{}<p>{}<span class="wording">{}</span></p>{}</dd></div>"#,
        row.label.clone(),
        now,
        name,
        then,
        action
    )
}
