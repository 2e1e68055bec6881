//! The page of the word list.

use leptos::prelude::*;

use crate::domain::glossary::TERMS;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::BuiltView;

/// The page of the word list. Each word can be linked to.
#[component]
pub(crate) fn GlossaryPage() -> BuiltView {
    let terms: Vec<_> = TERMS
        .iter()
        .map(|term| {
            markup!(
                r#"<div id="{}"><dt>{}</dt><dd>{} <a href="{}">{}</a></dd></div>"#,
                term.id,
                term.word,
                term.meaning,
                term.address,
                term.page
            )
        })
        .collect();
    markup!(
        r#"
        <header class="page-head">
            <h1>Ordliste</h1>
            <p class="purpose">Slå de ord op, som appen og jeres dokumenter bruger. Linket fører til det sted, hvor ordet er i brug.</p>
        </header>
        <dl class="glossary">{}</dl>"#,
        terms
    )
}
