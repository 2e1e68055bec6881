//! The progress of a goal's indicator: the figure at the start of the agreement, the latest figure, and the wanted
//! figure.

use crate::domain::goal::{Anchor, Figure, Goal};
use crate::domain::measure::Measure;
use crate::domain::measure::Wanted;
use crate::domain::number;
use crate::domain::period::{Period, Span};
use crate::domain::publish::{Published, PublishedProgress};
use crate::domain::series::{Observation, ObservationState, Series};

/// Indicator data that an agreement's goals refer to.
pub trait IndicatorSource {
    /// The name of the thing that a goal is anchored to.
    fn name(&self, anchor: &Anchor) -> String;

    /// The progress of the goal's indicator for an agreement with the given period.
    ///
    /// Returns published figures only, because callers print them and store them in versions.
    fn progress(&self, goal: &Goal, period: Option<Span>) -> Option<PublishedProgress>;
}

/// An [`IndicatorSource`] without data. It uses ids as names.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoIndicators;

impl IndicatorSource for NoIndicators {
    fn name(&self, anchor: &Anchor) -> String {
        anchor.id().to_string()
    }

    fn progress(&self, goal: &Goal, period: Option<Span>) -> Option<PublishedProgress> {
        Published::default().progress(None, goal, None, period)
    }
}

/// The progress of an indicator.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IndicatorProgress {
    /// The name of the indicator.
    pub name: String,
    /// The figure at the start: the goal's baseline, or else the last figure from before the agreement began.
    pub from: Option<Figure>,
    /// Whether `from` follows the indicator. False if the goal has a baseline that was written by hand.
    pub is_followed: bool,
    /// The latest figure.
    pub now: Option<Figure>,
    /// The wanted figure: the one in the goal, or else the indicator's target that applies when the agreement ends.
    pub wanted: Option<Figure>,
    /// Whether `wanted` follows the indicator's target. False if the goal has a wanted figure that was written by hand.
    pub is_wanted_followed: bool,
    /// The direction that is better.
    pub wanted_direction: Option<Wanted>,
}

/// The direction in which an indicator has developed since the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgressCourse {
    /// There are no two figures to compare yet.
    Unknown,
    /// The latest figure is at least as good as the wanted one.
    Reached,
    /// The figure has improved.
    Improving,
    /// The figure has not changed.
    Unchanged,
    /// The figure has become worse.
    Worsening,
}

impl IndicatorProgress {
    /// Reads the progress of a goal from a series.
    ///
    /// The start is the goal's baseline, or else the last figure of a period before the school year in which the
    /// agreement began.
    pub fn of(name: &str, measure: Measure, way: Wanted, goal: &Goal, series: &Series, period: Option<Span>) -> Self {
        let figures = || {
            let figure = |(period, observation): (&Period, &Observation)| {
                let value = observation.counted(series.range(observation, Some(measure)));
                let is_hidden = value.is_none() && observation.state == ObservationState::Hidden;
                let measure = Some(observation.measure.unwrap_or(measure));
                (value.is_some() || is_hidden).then_some(Figure { value, measure, period: Some(*period), is_hidden })
            };
            series.observations.iter().filter_map(figure)
        };
        let start = period.and_then(|span| span.from).map(Period::school_year_of);
        let is_before = |figure: &Figure| start.is_none_or(|start| figure.period.is_some_and(|period| period < start));
        let has_figure = |figure: &Figure| figure.value.is_some() || figure.is_hidden;
        let by_hand = goal.baseline.clone().filter(has_figure);
        let wanted = goal.wanted.clone().filter(has_figure);
        let end = period.and_then(|span| span.to);
        let target = series.targets.iter().rev().find(|(day, _)| end.is_none_or(|end| **day <= end));
        let target =
            target.map(|(_, target)| Figure { value: Some(*target), measure: Some(measure), ..Figure::default() });
        Self {
            name: name.to_owned(),
            is_followed: by_hand.is_none(),
            from: by_hand.or_else(|| figures().rfind(is_before)),
            now: figures().next_back(),
            is_wanted_followed: wanted.is_none() && target.is_some(),
            wanted: wanted.or(target),
            wanted_direction: Some(way),
        }
    }

    /// Compares the latest figure with the wanted figure and the start.
    pub fn course(&self) -> ProgressCourse {
        let value = |figure: &Option<Figure>| figure.as_ref().and_then(|figure| figure.value);
        let (Some(now), Some(way)) = (value(&self.now), self.wanted_direction) else { return ProgressCourse::Unknown };
        let is_better = |one: f64, other: f64| if way == Wanted::Up { one > other } else { one < other };
        if value(&self.wanted).is_some_and(|wanted| !is_better(wanted, now)) {
            return ProgressCourse::Reached;
        }
        match value(&self.from) {
            // Start and latest figure are the same observation.
            Some(_) if self.is_followed && self.from == self.now => ProgressCourse::Unknown,
            Some(from) if is_better(now, from) => ProgressCourse::Improving,
            Some(from) if is_better(from, now) => ProgressCourse::Worsening,
            Some(_) => ProgressCourse::Unchanged,
            None => ProgressCourse::Unknown,
        }
    }

    /// The progress in Danish: `fra 7,2 % (2024/25), nu 6,8 % (2025/26), ønsket 6 %`.
    pub fn danish(&self) -> String {
        let figure = |words: &str, figure: &Option<Figure>| {
            let figure = figure.as_ref()?;
            Some(format!("{words} {}", figure_text(figure)?))
        };
        let now = self.now.clone().filter(|_| self.now != self.from);
        let parts = [figure("fra", &self.from), figure("nu", &now), figure("ønsket", &self.wanted)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

impl ProgressCourse {
    /// The Danish name of the course; empty for [`Self::Unknown`].
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Unknown => "",
            Self::Reached => "nået",
            Self::Improving => "på vej",
            Self::Unchanged => "uændret",
            Self::Worsening => "den anden vej",
        }
    }
}

/// Formats a figure with unit and period: `7,2 % (2024/25)`. Returns `None` if there is no figure.
pub fn figure_text(figure: &Figure) -> Option<String> {
    let period = figure.period.map(|period| format!(" ({})", period.danish()));
    if figure.is_hidden {
        return Some(format!("{}{}", ObservationState::Hidden.danish(), period.unwrap_or_default()));
    }
    let value = number::format_danish(figure.value?);
    let measure = match figure.measure {
        None | Some(Measure::Number | Measure::Index) => String::new(),
        Some(measure) => format!("\u{a0}{}", measure.danish()),
    };
    Some(format!("{value}{measure}{}", period.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Date;

    fn series(figures: &[(u16, f64)]) -> Series {
        let mut series = Series::default();
        for &(year, figure) in figures {
            series.set_figure(Period::SchoolYear(year), Measure::Percent, Some(figure));
        }
        series
    }

    fn since(year: u16) -> Span {
        Span { from: Date::new(year, 8, 1), to: None }
    }

    #[track_caller]
    fn check(figures: &[(u16, f64)], wanted: Option<f64>, course: ProgressCourse, words: &str) {
        let figure = |value| Figure { value: Some(value), measure: Some(Measure::Percent), ..Figure::default() };
        let goal = Goal { wanted: wanted.map(figure), ..Goal::default() };
        let progress = IndicatorProgress::of(
            "Fravær reduceres",
            Measure::Percent,
            Wanted::Down,
            &goal,
            &series(figures),
            Some(since(2025)),
        );
        assert_eq!((progress.course(), progress.danish().replace('\u{a0}', " ").as_str()), (course, words));
    }

    #[test]
    fn progress_follows_the_series_of_the_indicator() {
        check(&[], None, ProgressCourse::Unknown, "");
        check(&[(2024, 7.2)], Some(6.0), ProgressCourse::Unknown, "fra 7,2 % (2024/25), ønsket 6 %");
        check(
            &[(2024, 7.2), (2025, 6.8)],
            Some(6.0),
            ProgressCourse::Improving,
            "fra 7,2 % (2024/25), nu 6,8 % (2025/26), ønsket 6 %",
        );
        check(
            &[(2024, 7.2), (2025, 5.9)],
            Some(6.0),
            ProgressCourse::Reached,
            "fra 7,2 % (2024/25), nu 5,9 % (2025/26), ønsket 6 %",
        );
        check(&[(2024, 7.2), (2025, 7.9)], None, ProgressCourse::Worsening, "fra 7,2 % (2024/25), nu 7,9 % (2025/26)");
        check(&[(2024, 7.2), (2025, 7.2)], None, ProgressCourse::Unchanged, "fra 7,2 % (2024/25), nu 7,2 % (2025/26)");
        // There is no figure from before the agreement began.
        check(&[(2025, 7.2)], None, ProgressCourse::Unknown, "nu 7,2 % (2025/26)");
    }

    #[test]
    fn figure_out_of_range_is_no_progress_before_it_is_confirmed() {
        let mut series = series(&[(2024, 7.2), (2025, 712.0)]);
        let now = |series: &Series| {
            let goal = Goal::default();
            let since = Some(since(2025));
            let progress = IndicatorProgress::of("x", Measure::Percent, Wanted::Down, &goal, series, since);
            progress.now.and_then(|figure| figure.value)
        };
        assert_eq!(now(&series), Some(7.2));
        series.confirm(Period::SchoolYear(2025));
        assert_eq!(now(&series), Some(712.0));
    }

    /// Targets apply from a day on. The one that applies on the agreement's last day is the wanted figure.
    #[test]
    fn wanted_figure_follows_the_target_unless_written_by_hand() {
        let mut series = series(&[(2024, 7.2), (2025, 5.8)]);
        for (day, target) in [("2024-08-01", 7.0), ("2027-08-01", 6.0), ("2029-01-01", 5.0)] {
            series.targets.insert(Date::parse(day).unwrap(), target);
        }
        let of = |goal: &Goal, to: &str| {
            let period = Some(Span { from: Date::parse("2026-08-01"), to: Date::parse(to) });
            let progress = IndicatorProgress::of("x", Measure::Percent, Wanted::Down, goal, &series, period);
            (progress.wanted.as_ref().and_then(|wanted| wanted.value), progress.is_wanted_followed, progress.course())
        };
        let goal = Goal::default();
        assert_eq!(of(&goal, "2028-07-31"), (Some(6.0), true, ProgressCourse::Reached));
        assert_eq!(of(&goal, "2027-07-31").0, Some(7.0));
        assert_eq!(of(&goal, "2030-07-31"), (Some(5.0), true, ProgressCourse::Unknown));
        assert_eq!(of(&goal, "2020-07-31"), (None, false, ProgressCourse::Unknown));
        assert_eq!(of(&goal, "").0, Some(5.0), "an agreement without an end uses the last target");
        let by_hand = Figure { value: Some(4.5), measure: Some(Measure::Percent), ..Figure::default() };
        assert_eq!(
            of(&Goal { wanted: Some(by_hand), ..Goal::default() }, "2028-07-31"),
            (Some(4.5), false, ProgressCourse::Unknown)
        );
    }

    #[test]
    fn baseline_written_by_hand_takes_precedence() {
        let by_hand = Figure { value: Some(8.0), measure: Some(Measure::Percent), ..Figure::default() };
        let goal = Goal { baseline: Some(by_hand.clone()), ..Goal::default() };
        let progress = IndicatorProgress::of(
            "x",
            Measure::Percent,
            Wanted::Down,
            &goal,
            &series(&[(2024, 7.2)]),
            Some(since(2025)),
        );
        assert_eq!((progress.from, progress.is_followed), (Some(by_hand), false));
    }
}
