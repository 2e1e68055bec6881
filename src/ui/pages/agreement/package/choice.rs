//! The choice that a forum makes on a pattern or a theme, in a list or by radio buttons; and whether the forums agree.

use leptos::prelude::*;

use crate::domain::package::{FeedbackForum, ForumPosition, PatternWeight, Priority, agreement_in_words};
use crate::record::edit::Focus;
use crate::record::path::Path;
use crate::record::value::LeafValue;

use super::PackageContext;
use crate::ui::kit::components::FieldExtras;
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view};

/// The two sorts of entries of a package on which forums take a position.
#[derive(Clone, Copy)]
pub(crate) enum AnsweredEntry {
    Pattern,
    Theme,
}

impl AnsweredEntry {
    /// Returns the path of the entries in the record.
    pub(crate) fn root(self) -> Path {
        Path::root(match self {
            Self::Pattern => "patterns",
            Self::Theme => "themes",
        })
    }

    /// Names an entry in Danish. `number` counts from 1.
    pub(crate) fn label(self, number: usize) -> String {
        format!("{} {number}", if matches!(self, Self::Pattern) { "mønster" } else { "tema" })
    }

    /// Returns the names of the leaves with a forum's choice and its reason.
    const fn leaves(self, forum: FeedbackForum) -> [&'static str; 2] {
        match self {
            Self::Pattern => forum.pattern_leaves(),
            Self::Theme => forum.theme_leaves(),
        }
    }

    /// Returns the values of a choice as records hold them, each with its Danish name.
    const fn choices(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Pattern => &PatternWeight::CHOICES,
            Self::Theme => &Priority::CHOICES,
        }
    }

    /// Returns the leaf of a forum's choice on the entry at a path.
    pub(crate) fn choice(self, ctx: &PackageContext, path: &Path, forum: FeedbackForum) -> ChoiceLeaf {
        let [choice, _] = self.leaves(forum);
        ChoiceLeaf { ctx: ctx.clone(), path: path.child(choice), choices: self.choices() }
    }

    /// Returns the path of a forum's reason on the entry at a path.
    pub(crate) fn reason(self, path: &Path, forum: FeedbackForum) -> Path {
        let [_, reason] = self.leaves(forum);
        path.child(reason)
    }

    /// Says whether the forums agree on the entry at a path. Tracks the leaves of their positions only.
    pub(crate) fn agreement(self, ctx: &PackageContext, path: &Path) -> String {
        let read = |name: &str| ctx.app.workspace.text(&ctx.record, &path.child(name));
        let texts = FeedbackForum::ALL.map(|forum| self.leaves(forum).map(read));
        let positions: Vec<ForumPosition<'_>> = FeedbackForum::ALL
            .into_iter()
            .zip(&texts)
            .map(|(forum, [choice, reason])| ForumPosition { forum, choice: choice_name(choice), reason })
            .collect();
        agreement_in_words(&positions)
    }
}

/// A leaf of the package that holds one of a few values.
#[derive(Clone)]
pub(crate) struct ChoiceLeaf {
    ctx: PackageContext,
    path: Path,
    choices: &'static [(&'static str, &'static str)],
}

impl ChoiceLeaf {
    /// Returns the leaf at a path that holds a priority.
    pub(crate) fn priority(ctx: &PackageContext, path: Path) -> Self {
        Self { ctx: ctx.clone(), path, choices: &Priority::CHOICES }
    }

    /// Returns the index of the chosen value, tracked.
    fn chosen(&self) -> Option<usize> {
        let value = self.ctx.app.workspace.text(&self.ctx.record, &self.path);
        self.choices.iter().position(|(name, _)| *name == value)
    }

    /// Writes the value with an index, or removes the value.
    fn choose(&self, index: Option<usize>) {
        let chosen = index.and_then(|index| self.choices.get(index));
        let value = chosen.map_or(LeafValue::NULL, |(name, _)| LeafValue::from(*name));
        let workspace = self.ctx.app.workspace;
        let author = workspace.author();
        self.ctx.ensure();
        workspace.change(&self.ctx.record, |record| {
            record.write([(self.path.clone(), value)], &mut Focus::default(), &author)
        });
        workspace.save_now();
    }

    /// Returns an id that is unique on the page.
    fn input_id(&self) -> String {
        format!("{}{}", self.ctx.record, self.path.as_str().replace('/', "-"))
    }

    /// Builds the list to choose from. `none` stands for no choice.
    pub(crate) fn select(&self, label: String, none: &str) -> BuiltView {
        let (reader, writer) = (self.clone(), self.clone());
        let names = self.choices.iter().map(|(_, danish)| (*danish).to_owned());
        let options = std::iter::once(none.to_owned()).chain(names).collect();
        let (value, pick) = (move || reader.chosen(), move |index| writer.choose(index));
        let select = inputs::select_field(self.input_id(), label.clone(), options, value, pick);
        markup!("<div>{}{}</div>", select, self.extras(label.clone(), label))
    }

    /// Builds the radio buttons. `about` tells screen readers which entry they belong to.
    pub(crate) fn radio_group(&self, legend: &'static str, about: &str) -> BuiltView {
        let group = self.input_id();
        let options: Vec<_> = self
            .choices
            .iter()
            .enumerate()
            .map(|(index, (_, danish))| {
                let (reader, writer, name) = (self.clone(), self.clone(), group.clone());
                let (id, hidden) = (format!("{group}-{index}"), format!(" ({about})"));
                build_view(view! {
                    <label class="option">
                        <input
                            id=id
                            type="radio"
                            name=name
                            prop:checked=move || reader.chosen() == Some(index)
                            on:change=move |_| writer.choose(Some(index))
                        />
                        <span>{*danish}<span class="visually-hidden">{hidden}</span></span>
                    </label>
                })
            })
            .collect();
        let buttons = build_view(
            view! { <fieldset class="one-of"><legend>{legend}</legend><div class="options">{options}</div></fieldset> },
        );
        markup!("<div>{}{}</div>", buttons, self.extras(format!("svaret ({about})"), format!("{legend} ({about})")))
    }

    /// Builds the menu and the open choice of the leaf. `about` completes the sentence «Åbent valg om …».
    fn extras(&self, about: String, label: String) -> BuiltView {
        let (workspace, record, path) = (self.ctx.app.workspace, self.ctx.record.clone(), self.path.clone());
        build_view(view! { <FieldExtras workspace record path about label words=choice_in_words/> })
    }
}

/// Returns the Danish name of a value, given its name in records.
fn choice_name(name: &str) -> Option<&'static str> {
    let mut all = [AnsweredEntry::Pattern, AnsweredEntry::Theme].into_iter().flat_map(AnsweredEntry::choices);
    all.find(|(stored, _)| *stored == name).map(|(_, danish)| *danish)
}

/// Returns a value in Danish, for an open choice.
fn choice_in_words(value: &serde_json::Value) -> String {
    value.as_str().and_then(choice_name).unwrap_or_default().to_owned()
}
