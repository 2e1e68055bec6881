//! Collects the stories of this browser, and puts the figures beside them into words. All reads are tracked.

use crate::domain::enhed::Enhed;
use crate::domain::fractional_index;
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::period::Period;
use crate::domain::publish::PublishedSeries;
use crate::domain::registry::Kind;
use crate::domain::series::Series;
use crate::domain::unit_story::UnitStory;

use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::figures;

/// A story of this browser.
#[derive(Clone, PartialEq)]
pub(super) struct StoryEntry {
    /// The id of the record.
    pub(super) id: Id,
    /// The unit that tells the story, by the id that represents the unit.
    pub(super) unit: Option<Id>,
    /// Whether the unit is the current one. A story without a unit belongs to everyone.
    pub(super) is_own: bool,
    /// The story.
    pub(super) story: UnitStory,
}

impl StoryEntry {
    /// Returns the name of the unit and the day of the story, in Danish.
    pub(super) fn unit_and_day(&self, app: AppContext) -> String {
        let mut words = unit_name(app, self.unit.as_ref());
        if let Some(day) = self.story.date {
            words.push_str(" · ");
            words.push_str(&day.danish());
        }
        words
    }

    /// Returns the figure beside the story as a sentence in Danish. `None` without a figure, and for a figure that must
    /// not be shown to others.
    pub(super) fn figure_sentence(&self, app: AppContext) -> Option<String> {
        let (unit, period) = (self.unit.as_ref()?, self.story.period?);
        let series = app.workspace.representative_id(self.story.series.as_ref()?);
        let indicator = app.body::<Series>(Some(&series)).indicator?;
        // A story tells of its own unit.
        if figures::series_id(unit, indicator.as_str())? != series {
            return None;
        }
        let (_, indicator) = figures::find_indicator(app, unit, indicator.as_str())?;
        let figure = figure_in_words(&figures::published_series(app, unit, &indicator.id), period, &indicator)?;
        self.story.figure_sentence(&indicator.name, &figure)
    }
}

/// Returns the stories of this browser, the newest first.
pub(super) fn story_entries(app: AppContext) -> Vec<StoryEntry> {
    let (workspace, current) = (app.workspace, app.unit());
    let entries = workspace.ids(Kind::UnitStory).into_iter().filter_map(|id| {
        // A record that passed `Record::check` can always be viewed.
        let story = workspace.get_unless_deleted(&id)?.view::<UnitStory>().ok()?;
        let is_own = story.unit.is_none() || workspace.is_same_unit(story.unit.as_ref(), current.as_ref());
        let unit = story.unit.as_ref().map(|unit| workspace.representative_id(unit));
        Some(StoryEntry { id, unit, is_own, story })
    });
    fractional_index::sorted(entries.collect(), &|one: &StoryEntry, other| one.story.date > other.story.date)
}

/// Returns the name of a unit.
pub(super) fn unit_name(app: AppContext, unit: Option<&Id>) -> String {
    let name = app.body::<Enhed>(unit).name.0;
    if name.trim().is_empty() { "En enhed uden navn".to_owned() } else { name }
}

/// Returns the heading of the stories of other units than the current one.
pub(super) fn others_heading(app: AppContext) -> &'static str {
    if app.unit().is_some() { "Fra andre enheder" } else { "Fra enhederne" }
}

/// An indicator with figures that may stand beside a story.
#[derive(Clone, PartialEq)]
pub(super) struct FigureOption {
    /// The series.
    pub(super) series: Id,
    /// The name of the indicator.
    pub(super) name: String,
    /// The periods with a figure, the newest first, each with its figure in words.
    pub(super) periods: Vec<(Period, String)>,
}

/// Returns the figures of a unit that may be published, by indicator. A hidden figure is none of them.
pub(super) fn figure_options(app: AppContext, unit: &Id) -> Vec<FigureOption> {
    let indicators = figures::indicator_groups(app, unit).into_iter().flat_map(|group| group.indicators);
    let options = indicators.filter_map(|indicator| {
        let published = figures::published_series(app, unit, &indicator.id);
        let periods: Vec<(Period, String)> = published
            .observations
            .keys()
            .rev()
            .filter_map(|period| Some((*period, figure_in_words(&published, *period, &indicator)?)))
            .collect();
        let series = figures::series_id(unit, &indicator.id).filter(|_| !periods.is_empty())?;
        Some(FigureOption { series, name: indicator.name, periods })
    });
    options.collect()
}

/// Returns a published figure with its measure, in Danish.
fn figure_in_words(series: &PublishedSeries, period: Period, indicator: &Indicator) -> Option<String> {
    let figure = series.counted(period, Some(indicator.measure))?;
    let measure = series.observations.get(&period)?.measure.unwrap_or(indicator.measure);
    Some(measure.format_figure(figure))
}
