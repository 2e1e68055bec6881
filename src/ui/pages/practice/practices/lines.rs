//! Where practice comes from, and what came of it: what it builds on, who took it up, what it grew into.

use leptos::prelude::*;

use crate::domain::deviation::Deviation;
use crate::domain::id::Id;
use crate::domain::practice::{Practice, PracticeSort, count_units, grown_from, line_of, takers_of};
use crate::domain::text::UserText;
use crate::record::path::Path;

use super::parts::{PracticeContext, capitalised, unit_of};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, dynamic_view, empty_view};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::practice::{is_of_other_unit, practices, unit_name};

/// The practices that are connected with a practice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PracticeLines {
    /// What it builds on, the nearest first.
    above: Vec<ConnectedPractice>,
    /// Whether it builds on practice that is not here.
    is_above_unknown: bool,
    /// Whose idea it builds on, in words.
    credit: String,
    /// The practices with which other units took it up.
    pub(super) takers: Vec<ConnectedPractice>,
    /// The number of those units.
    taker_units: usize,
    /// The practices of its own unit that grew out of it.
    pub(super) grown: Vec<ConnectedPractice>,
}

/// A practice that is connected with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ConnectedPractice {
    /// The id.
    pub(super) id: Id,
    /// The sort.
    pub(super) sort: PracticeSort,
    /// The title.
    pub(super) title: String,
    /// Whether it belongs to the unit that the person works with.
    pub(super) is_own: bool,
    /// The name of the unit.
    unit: String,
    /// The state in words.
    state: &'static str,
    /// What people learned.
    learned: String,
    /// Whether another unit has withdrawn it.
    is_withdrawn: bool,
}

impl ConnectedPractice {
    fn new(app: AppContext, practice: &Practice) -> Self {
        let is_own = !is_of_other_unit(app, practice);
        Self {
            id: practice.id.clone(),
            sort: practice.sort,
            title: practice.title.clone(),
            is_own,
            unit: unit_name(app, practice.unit.as_ref()),
            state: practice.state.danish(),
            learned: practice.learned.trim().to_owned(),
            is_withdrawn: practice.is_withdrawn(is_own),
        }
    }

    /// Builds the link. Practice of another unit that is withdrawn is named by its unit alone.
    fn link(&self, words: &str, note: &str) -> BuiltView {
        if self.is_withdrawn {
            return markup!("<li>{}</li>", format!("Praksis, som {} har trukket tilbage", self.unit));
        }
        markup!(
            r#"<li><a href="{}">{}</a> <span class="help">({})</span></li>"#,
            Route::Practice(self.id.clone()).to_string(),
            words,
            note
        )
    }

    /// Builds the link by its title, with its unit and state.
    fn link_by_title(&self) -> BuiltView {
        let note = if self.is_own { self.state.to_owned() } else { format!("{}, {}", self.unit, self.state) };
        self.link(&self.title, &note)
    }
}

/// Returns the practices that are connected with a practice. Typing in its texts does not compute them again.
pub(super) fn practice_lines(ctx: &PracticeContext) -> Memo<PracticeLines> {
    let (ctx, unit) = (ctx.clone(), unit_of(ctx));
    Memo::new(move |_| {
        let app = ctx.app;
        let built_on: Option<Id> = ctx.leaf(&Path::root("built_on"));
        // The chains depend on the unit and on what the practice builds on alone, whatever its sort.
        let own = Deviation { built_on, ..Deviation::default() };
        let own = Practice::of_deviation(ctx.id.clone(), &own).with_unit(unit.get());
        let has_above = own.built_on.is_some();
        let mut all = practices(app, Some(&ctx.id));
        all.push(own);
        let connected = |found: Vec<&Practice>| -> Vec<ConnectedPractice> {
            found.into_iter().map(|practice| ConnectedPractice::new(app, practice)).collect()
        };
        let above = connected(line_of(&all, &ctx.id));
        let takers = takers_of(&all, &ctx.id);
        PracticeLines {
            is_above_unknown: has_above && above.is_empty(),
            above,
            credit: ctx.leaf(&Path::root("credit")).map(|credit: UserText| credit.0).unwrap_or_default(),
            taker_units: count_units(&takers),
            takers: connected(takers),
            grown: connected(grown_from(&all, &ctx.id)),
        }
    })
}

/// Builds the list of connected practices. Empty without any.
pub(super) fn lines_view(lines: Memo<PracticeLines>) -> BuiltView {
    dynamic_view(move || lines.with(all_lines))
}

fn all_lines(lines: &PracticeLines) -> BuiltView {
    let mut above: Vec<BuiltView> = lines.above.iter().map(ConnectedPractice::link_by_title).collect();
    if lines.is_above_unknown {
        above.push(markup!("<li>Praksis, som ikke ligger i denne browser</li>"));
    }
    let credit = lines.credit.trim();
    if !credit.is_empty() {
        above.push(markup!(r#"<li class="help">{}</li>"#, capitalised(credit)));
    }
    let with_learning = |practice: &ConnectedPractice| {
        let learned = (!practice.is_withdrawn && !practice.learned.is_empty())
            .then(|| markup!(r#"<li class="taker-learned">«{}»</li>"#, practice.learned.as_str()));
        [Some(practice.link(&practice.unit, practice.state)), learned]
    };
    let takers: Vec<BuiltView> = lines.takers.iter().flat_map(with_learning).flatten().collect();
    let grown: Vec<BuiltView> = lines.grown.iter().map(ConnectedPractice::link_by_title).collect();
    let groups = [
        ("Bygger på".to_owned(), above),
        (format!("Taget op af {}", lines.taker_units), takers),
        ("Blev til".to_owned(), grown),
    ];
    let groups: Vec<BuiltView> = groups
        .into_iter()
        .filter(|(_, links)| !links.is_empty())
        .map(|(label, links)| {
            markup!(r#"<div><dt>{}</dt><dd><ul class="relation-links">{}</ul></dd></div>"#, label, links)
        })
        .collect();
    if groups.is_empty() { empty_view() } else { markup!(r#"<dl class="practice-lines">{}</dl>"#, groups) }
}
