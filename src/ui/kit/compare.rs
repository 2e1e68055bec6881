//! Two states of a record side by side, word by word.

use crate::record::Record;
use crate::record::compare::{ComparedField, rows};

use crate::ui::kit::components::marked_text;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::BuiltView;

/// The fields that differ between what is here now and another state, with what the two are called. Of a record that is
/// not here everything that the other says.
pub(crate) fn comparison(now: Option<&Record>, then: &Record, names: [&'static str; 2]) -> BuiltView {
    let rows: Vec<ComparedField> = rows(now, then).into_iter().filter(ComparedField::differs).collect();
    if rows.is_empty() {
        return markup!(r#"<p class="help">Der er ingen forskel i det, man kan læse.</p>"#);
    }
    let rows: Vec<_> = rows.iter().map(|row| comparison_row(row, now.map(|_| names), None)).collect();
    markup!(r#"<dl class="comparison">{}</dl>"#, rows)
}

/// A field in two states; with what the two are called, or the other alone; and what can be done with it.
pub(crate) fn comparison_row(
    row: &ComparedField,
    names: Option<[&'static str; 2]>,
    act: Option<BuiltView>,
) -> BuiltView {
    let text = |text: &str, other: &str| {
        if text.is_empty() { markup!("<em>(tomt)</em>") } else { marked_text(text, other) }
    };
    let then = if row.differs() && names.is_some() { text(&row.then, &row.now) } else { text(&row.then, &row.then) };
    let now = names.filter(|_| row.differs()).map(|[now, _]| {
        markup!(
            r#"<p><span class="help">{}: </span><span class="wording">{}</span></p>"#,
            now,
            text(&row.now, &row.then)
        )
    });
    let name = names.filter(|_| row.differs()).map(|[_, then]| markup!(r#"<span class="help">{}: </span>"#, then));
    markup!(
        r#"<div class="compared-row"><dt>{}</dt><dd>{}<p>{}<span class="wording">{}</span></p>{}</dd></div>"#,
        row.label.clone(),
        now,
        name,
        then,
        act
    )
}
