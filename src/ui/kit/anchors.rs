//! The boxes for what a goal or practice is anchored to, in groups that are folded.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::anchor_choice::{AnchorGroup, AnchorOption, AnchorSet, not_offered};
use crate::domain::body::Map;
use crate::domain::goal::Anchor;
use crate::domain::id::Id;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, checkbox, dynamic_text, dynamic_view, or_empty};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;

/// Adds an anchor, or removes it.
type WriteAnchor = Rc<dyn Fn(&Anchor, bool)>;

/// The anchors of a record, and how they are written.
#[derive(Clone)]
pub(crate) struct AnchorInput {
    /// The anchors.
    pub(crate) anchors: Memo<Map<Id, Anchor>>,
    /// Adds an anchor, or removes it.
    pub(crate) write: WriteAnchor,
}

/// What can be chosen. The boxes are built again when it changes, not when one is ticked.
#[derive(Clone, Copy)]
pub(crate) struct AnchorChoices {
    /// The themes of the cycle. They are never folded.
    pub(crate) themes: Memo<AnchorSet>,
    /// The groups that are folded.
    pub(crate) groups: Memo<Vec<AnchorGroup>>,
}

/// Builds the boxes. `hint` follows them.
pub(crate) fn anchor_picker(
    app: AppContext,
    choices: AnchorChoices,
    input: &AnchorInput,
    hint: BuiltView,
) -> BuiltView {
    let AnchorChoices { themes, groups } = choices;
    let others = other_anchors(app, choices, input.anchors);
    let group_input = input.clone();
    let groups = dynamic_view(move || {
        groups.with(|groups| build_view(groups.iter().map(|group| group_view(group, &group_input)).collect::<Vec<_>>()))
    });
    markup!(
        r#"<div class="anchor-picker"><div>{}</div><div class="anchor-groups">{}</div><div>{}</div>{}</div>"#,
        open_set(themes, input),
        groups,
        open_set(others, input),
        hint
    )
}

/// Builds a set that is not folded. Empty while it has no boxes.
fn open_set(set: Memo<AnchorSet>, input: &AnchorInput) -> BuiltView {
    let input = input.clone();
    dynamic_view(move || set.with(|set| or_empty((!set.options.is_empty()).then(|| set_view(set, &input, "")))))
}

/// Returns what the record hangs on and what is not offered any more, so that its boxes can be emptied.
fn other_anchors(app: AppContext, choices: AnchorChoices, anchors: Memo<Map<Id, Anchor>>) -> Memo<AnchorSet> {
    let AnchorChoices { themes, groups } = choices;
    let listed = Memo::new(move |listed: Option<&Vec<Anchor>>| {
        let listed = listed.map(Vec::as_slice).unwrap_or_default();
        themes.with(|themes| groups.with(|groups| anchors.with(|own| not_offered(listed, own, themes, groups))))
    });
    Memo::new(move |_| {
        let option = |anchor: &Anchor| {
            let name = format!("{}: {}", anchor.danish(), queries::relations::anchor_name(app, anchor));
            AnchorOption { anchor: anchor.clone(), name }
        };
        let options = listed.with(|listed| listed.iter().map(option).collect());
        AnchorSet { legend: "Valgt, men ikke længere på listerne".to_owned(), options }
    })
}

/// Builds a folded group. Its summary says how many of its boxes are ticked.
fn group_view(group: &AnchorGroup, input: &AnchorInput) -> BuiltView {
    let ids: Vec<Id> =
        group.sets.iter().flat_map(|set| &set.options).map(|option| option.anchor.id().clone()).collect();
    let anchors = input.anchors;
    let count = dynamic_text(move || {
        let count = anchors.with(|anchors| ids.iter().filter(|id| anchors.contains_key(*id)).count());
        if count == 0 { String::new() } else { format!(" · {count} valgt") }
    });
    let sets: Vec<BuiltView> = group.sets.iter().map(|set| set_view(set, input, &group.title)).collect();
    markup!(
        r#"<details class="anchor-group"><summary>{}{}</summary><div>{}</div></details>"#,
        group.title.as_str(),
        count,
        sets
    )
}

/// Builds the boxes of a set. A set without a legend is named by its group, for screen readers.
fn set_view(set: &AnchorSet, input: &AnchorInput, group: &str) -> BuiltView {
    let boxes: Vec<BuiltView> = set.options.iter().map(|option| option_view(option, input)).collect();
    let (class, legend) = if set.legend.is_empty() { ("visually-hidden", group) } else { ("", &*set.legend) };
    markup!(
        r#"<fieldset class="one-of"><legend class="{}">{}</legend><div class="options">{}</div></fieldset>"#,
        class,
        legend,
        boxes
    )
}

/// Builds the box of one anchor.
fn option_view(option: &AnchorOption, input: &AnchorInput) -> BuiltView {
    let AnchorInput { anchors, write } = input.clone();
    let (anchor, id) = (option.anchor.clone(), option.anchor.id().clone());
    checkbox(
        option.name.clone(),
        move || anchors.with(|anchors| anchors.contains_key(&id)),
        move |is_on| write(&anchor, is_on),
    )
}

/// Builds the link to the page where a unit writes its own core services.
pub(crate) fn own_tasks_hint(unit: Memo<Option<Id>>) -> BuiltView {
    dynamic_view(move || {
        or_empty(unit.get().map(|unit| {
            markup!(
                r#"<p class="help">Jeres egne kerneydelser skriver I på <a href="{}">enhedens side</a>.</p>"#,
                Route::Enhed(unit).to_string()
            )
        }))
    })
}
