//! The open choice of a field: the wordings that several people wrote without knowing of one another.

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::record::choice::{Choice, Resolution};
use crate::record::dot::Dot;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::super::made::{Made, live, made, maybe, press};
use super::super::markup::markup;
use super::super::workspace::Workspace;

/// A wording as it is shown.
#[derive(Clone, PartialEq)]
struct Shown {
    dot: Dot,
    words: String,
    by: String,
}

/// The open choice of a field, where there is one.
#[component]
pub(in super::super) fn Choices(
    workspace: Workspace,
    /// The record.
    record: Id,
    /// The field.
    path: Path,
    /// What it is about, where the place alone does not say.
    #[prop(into, default = String::new())]
    about: String,
    /// A value in words; a text speaks for itself.
    #[prop(optional)]
    words: Option<fn(&serde_json::Value) -> String>,
) -> Made {
    let wordings = {
        let (record, path) = (record.clone(), path.clone());
        move || {
            let Some(record) = workspace.get(&record) else { return Vec::new() };
            let shown = record.choices().into_iter().find_map(|choice| match choice {
                Choice::Wordings { path: at, wordings } if *at == path => Some(wordings),
                _ => None,
            });
            let shown = shown.unwrap_or_default().into_iter().filter_map(|wording| {
                let dot = *wording.dots.last()?;
                let stamp = record.stamp(dot)?;
                Some(Shown {
                    dot,
                    words: words.map_or_else(|| wording.value.plain(), |words| words(wording.value.json())),
                    by: stamp
                        .by
                        .clone()
                        .map_or_else(|| stamp.at.date().danish(), |by| format!("{by}, {}", stamp.at.date().danish())),
                })
            });
            shown.collect::<Vec<_>>()
        }
    };
    let about = if about.is_empty() { about } else { format!(" om {about}") };
    let keep = move |dot: Dot| {
        let author = workspace.author();
        workspace.change(&record, |record| {
            let mut shown = Focus::default();
            shown.enter(record, path.clone());
            record.resolve(&path, Resolution::Keep(dot), &mut shown, &author)
        });
    };
    live(move || {
        let wordings = wordings();
        maybe((wordings.len() > 1).then(|| {
            let items: Vec<_> = wordings
                .into_iter()
                .map(|Shown { dot, words, by }| {
                    let keep = keep.clone();
                    let said = if words.is_empty() { "(tomt)".to_owned() } else { format!("«{words}»") };
                    let name = format!("Behold {said}");
                    let keep = press(move || keep(dot));
                    let button = view! { <button type="button" aria-label=name on:click=keep>"Behold denne"</button> };
                    markup!(
                        r#"<li><span class="wording">{}</span><span class="help">{}</span>{}</li>"#,
                        said,
                        by,
                        made(button)
                    )
                })
                .collect();
            markup!(
                r#"
                <div class="choice" role="group" aria-label="Åbent valg">
                    <p><strong>Åbent valg{}. </strong>Her er skrevet forskelligt. Begge dele er gemt.</p>
                    <ul>{}</ul>
                </div>"#,
                about.clone(),
                items
            )
        }))
    })
}
