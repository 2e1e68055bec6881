//! The figures that may leave the device.
//!
//! [`Published`] is made from all figures that are known here, and every way out (files, tables, drawings, documents, the
//! public view) takes its figures as a [`PublishedSeries`], which nothing else can make.
//!
//! | file | idea |
//! | --- | --- |
//! | `mod` | the figures that are known, and those of them that may be published |
//! | `suppress` | the rule: which figures are hidden, over sums of units and over time |
//!
//! # Invariants
//!
//! * **No linear combination of the published figures isolates a group of one to four persons, nor a hidden figure.**
//! * What is published depends on all figures that are known here, never on what one file holds: so no two exits give away
//!   together what neither does alone.
//! * Of a hidden figure nothing is left: neither value, number of persons, source nor note.
//! * A figure that [`Published`] does not know is hidden.

mod suppress;

use std::ops::Deref;

use super::aftale::progress::IndicatorProgress;
use super::goal::{Anchor, Figure, Goal};
use super::id::Id;
use super::indicator::Indicator;
use super::measure::Measure;
use super::period::{Period, Span};
use super::series::{FEWEST_SHOWN, Observation, ObservationState, Series};
use super::sorted::SortedMap;

/// The fewest units that a median is shown of.
pub const FEWEST_UNITS: usize = 5;

/// A figure of a unit on an indicator in a period, as the rule looks at it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// The figure, where there is one.
    pub value: Option<f64>,
    /// How many persons it rests on, where that is known.
    pub n: Option<u32>,
    /// Whether the figure itself is a number of persons or cases.
    pub is_count: bool,
    /// Whether it must not be seen nor worked out, whatever stands beside it.
    pub is_protected: bool,
}

/// All figures that are known here, and which unit lies under which. A unit that has several ids is named by one of them.
#[derive(Clone, Debug, Default)]
pub struct KnownFigures {
    above: SortedMap<Id, Id>,
    /// By indicator; then by unit and period.
    cells: SortedMap<Id, SortedMap<(Id, Period), Cell>>,
}

/// Which of the figures that are known here may be published.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Published {
    /// By indicator; then by unit and period.
    cells: SortedMap<Id, SortedMap<(Id, Period), DisclosureStatus>>,
}

/// What became of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
enum DisclosureStatus {
    /// It may be shown.
    Shown,
    /// It is hidden. The value is kept to recognise copies of it.
    Hidden(Option<f64>),
}

/// A series as it may be published. Only [`Published`] makes one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PublishedSeries(Series);

impl Deref for PublishedSeries {
    type Target = Series;
    fn deref(&self) -> &Series {
        &self.0
    }
}

impl From<PublishedSeries> for Series {
    fn from(published: PublishedSeries) -> Self {
        published.0
    }
}

/// How a goal's indicator moves, as it may be published. Only [`Published`] makes one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PublishedProgress(IndicatorProgress);

impl From<PublishedProgress> for IndicatorProgress {
    fn from(published: PublishedProgress) -> Self {
        published.0
    }
}

impl Deref for PublishedProgress {
    type Target = IndicatorProgress;
    fn deref(&self) -> &IndicatorProgress {
        &self.0
    }
}

impl Cell {
    /// The cell of an observation that is counted in a measure.
    pub fn of(own: &Observation, measure: Option<Measure>) -> Self {
        let is_whole = own.value.is_some_and(|value| (0.0..1e9).contains(&value) && value.fract() == 0.0);
        let is_count = own.measure.or(measure) == Some(Measure::Number) && is_whole;
        let is_unpublished = matches!(own.state, ObservationState::Hidden | ObservationState::Unpublished);
        let is_small_count = is_count && own.n.is_none() && own.value.is_some_and(is_few);
        let is_protected = is_small(own) || is_unpublished || is_small_count;
        Self { value: own.value, n: own.n, is_count, is_protected }
    }

    /// The same figure as it stands elsewhere: in another wording, or under another id of the unit. Where one of them must
    /// not be seen, or where they rest on different numbers of persons, neither is.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        let differ = self.n.zip(other.n).is_some_and(|(one, other)| one != other);
        Self {
            value: self.value.or(other.value),
            n: self.n.or(other.n),
            is_count: self.is_count || other.is_count,
            is_protected: self.is_protected || other.is_protected || differ,
        }
    }
}

impl KnownFigures {
    /// Says that a unit lies under another. Of a unit, the first that is said holds.
    pub fn put_under(&mut self, unit: Id, above: Id) {
        // Files of several people can make a ring: whoever would close it lies under nobody.
        let mut at = Some(&above);
        while let Some(own) = at {
            if *own == unit {
                return;
            }
            at = self.above.get(own);
        }
        self.above.get_or_insert_with(unit, || above);
    }

    /// Adds a figure.
    pub fn add(&mut self, unit: &Id, indicator: &Id, period: Period, cell: Cell) {
        let cells = self.cells.get_or_default(indicator.clone());
        let key = (unit.clone(), period);
        match cells.get_mut(&key) {
            Some(own) => *own = own.join(cell),
            None => drop(cells.insert(key, cell)),
        }
    }

    /// Adds all figures of a series of a unit.
    pub fn add_series(&mut self, unit: &Id, indicator: &Id, series: &Series, measure: Option<Measure>) {
        for (period, own) in series.observations.iter() {
            self.add(unit, indicator, *period, Cell::of(own, measure));
        }
    }

    /// Works out what may be published.
    pub fn publish(&self) -> Published {
        let of_indicator = |(indicator, cells): (&Id, &SortedMap<(Id, Period), Cell>)| {
            let own: Vec<(&Id, Period, Cell)> =
                cells.iter().map(|((unit, period), cell)| (unit, *period, *cell)).collect();
            let hidden = suppress::hidden(&self.above, &own);
            let status = |(cell, is_hidden): (&Cell, bool)| {
                if is_hidden { DisclosureStatus::Hidden(cell.value) } else { DisclosureStatus::Shown }
            };
            let statuses = cells.values().zip(hidden).map(status);
            (indicator.clone(), cells.keys().cloned().zip(statuses).collect())
        };
        Published { cells: self.cells.iter().map(of_indicator).collect() }
    }
}

impl Published {
    fn status(&self, unit: &Id, indicator: &Id, period: Period) -> Option<DisclosureStatus> {
        self.cells.get(indicator)?.get(&(unit.clone(), period)).copied()
    }

    /// Whether the figure of a unit on an indicator in a period may be shown.
    pub fn is_shown(&self, unit: &Id, indicator: &Id, period: Period) -> bool {
        self.status(unit, indicator, period) == Some(DisclosureStatus::Shown)
    }

    /// Whether the figure of a unit on an indicator in a period is hidden.
    pub fn is_hidden(&self, unit: &Id, indicator: &Id, period: Period) -> bool {
        matches!(self.status(unit, indicator, period), Some(DisclosureStatus::Hidden(_)))
    }

    /// The units' hidden figures: unit, indicator and period.
    pub fn hidden(&self) -> impl Iterator<Item = (&Id, &Id, Period)> {
        self.cells.iter().flat_map(|(indicator, cells)| {
            let hidden = cells.iter().filter(|(_, status)| **status != DisclosureStatus::Shown);
            hidden.map(move |((unit, period), _)| (unit, indicator, *period))
        })
    }

    /// A series of a unit as it may be published.
    pub fn series(&self, unit: &Id, series: &Series) -> PublishedSeries {
        let mut published = series.clone();
        let cells = series.indicator.as_ref().and_then(|indicator| self.cells.get(indicator));
        for (period, own) in published.observations.iter_mut() {
            let is_shown =
                || cells.and_then(|cells| cells.get(&(unit.clone(), *period))) == Some(&DisclosureStatus::Shown);
            if is_small(own) || (own.value.is_some() && !is_shown()) {
                *own = masked(own);
            }
        }
        // A unit that has several ids may have the figure in one record and the note in another.
        let is_hidden = |period: &Period| {
            let is_hidden_here = || published.observations.get(period).map(|own| own.state);
            series.indicator.as_ref().is_some_and(|indicator| self.is_hidden(unit, indicator, *period))
                || is_hidden_here() == Some(ObservationState::Hidden)
        };
        let mut notes = series.notes.clone();
        notes.retain(|period, _| !is_hidden(period));
        published.notes = notes;
        PublishedSeries(published)
    }

    /// Whether a figure that somebody wrote or copied is a hidden one: it names its period, or has its value.
    pub fn conceals(&self, unit: &Id, indicator: &Id, figure: &Figure) -> bool {
        let Some(cells) = self.cells.get(indicator) else { return false };
        let named = figure.period.and_then(|period| cells.get(&(unit.clone(), period)));
        let is_copy = |((own, _), status): (&(Id, Period), &DisclosureStatus)| {
            own == unit
                && matches!((status, figure.value), (DisclosureStatus::Hidden(Some(hidden)), Some(value)) if (hidden - value).abs() < 1e-9)
        };
        match named {
            Some(status) => *status != DisclosureStatus::Shown,
            None => cells.iter().any(is_copy),
        }
    }

    /// Whether a figure of a goal is a hidden one of an indicator that the goal hangs on.
    pub fn conceals_of_goal(&self, unit: &Id, goal: &Goal, figure: &Figure) -> bool {
        let mut anchors = goal.anchors.values();
        anchors.any(|anchor| matches!(anchor, Anchor::Indicator(id) if self.conceals(unit, id, figure)))
    }

    /// A goal whose own figures say that they are hidden where they are.
    #[must_use]
    pub fn goal(&self, unit: &Id, mut goal: Goal) -> Goal {
        let hide = |figure: &Option<Figure>| {
            let own = figure.as_ref().filter(|figure| self.conceals_of_goal(unit, &goal, figure))?;
            Some(Figure { value: None, is_hidden: true, ..own.clone() })
        };
        let (baseline, wanted) = (hide(&goal.baseline), hide(&goal.wanted));
        goal.baseline = baseline.or(goal.baseline);
        goal.wanted = wanted.or(goal.wanted);
        goal
    }

    /// How a goal moves, as it may be published: with the unit's series on its indicator, where both are known; else as it
    /// is written in the goal.
    pub fn progress(
        &self,
        unit: Option<&Id>,
        goal: &Goal,
        followed: Option<(&Indicator, &Series)>,
        period: Option<Span>,
    ) -> Option<PublishedProgress> {
        let goal = unit.map_or_else(|| goal.clone(), |unit| self.goal(unit, goal.clone()));
        let Some((indicator, series)) = followed else {
            let is_written = goal.baseline.is_some() || goal.wanted.is_some();
            let written =
                IndicatorProgress { from: goal.baseline, wanted: goal.wanted, ..IndicatorProgress::default() };
            return is_written.then_some(PublishedProgress(written));
        };
        let series = unit.map(|unit| self.series(unit, series)).unwrap_or_default();
        let Indicator { name, measure, wanted, .. } = indicator;
        Some(PublishedProgress(IndicatorProgress::of(name, *measure, *wanted, &goal, &series, period)))
    }
}

impl PublishedSeries {
    /// The medians of published series, period by period, of figures in one measure; none of fewer than five units.
    pub fn median(all: &[&Self], measure: Measure) -> Self {
        let mut periods: Vec<Period> = all.iter().flat_map(|series| series.observations.keys().copied()).collect();
        periods.sort();
        periods.dedup();
        let mut medians = Series::default();
        for period in periods {
            let own = all.iter().filter_map(|series| series.observations.get(&period));
            let like = own.filter(|own| own.measure.is_none_or(|own| own == measure));
            let Some(figure) = median(like.filter_map(|own| own.value)) else { continue };
            // It lies between figures, and is no more exact than they are.
            let value = Some((figure * 100.0).round() / 100.0);
            medians
                .observations
                .insert(period, Observation { value, measure: Some(measure), ..Observation::default() });
        }
        Self(medians)
    }
}

/// The median of figures; `None` of fewer than [`FEWEST_UNITS`].
pub fn median(figures: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut figures: Vec<f64> = figures.into_iter().collect();
    if figures.len() < FEWEST_UNITS {
        return None;
    }
    figures.sort_by(f64::total_cmp);
    let middle = figures.len() / 2;
    Some(if figures.len() % 2 == 1 { figures[middle] } else { f64::midpoint(figures[middle - 1], figures[middle]) })
}

/// Whether so many persons are a group that nobody may be told from.
fn is_few(persons: f64) -> bool {
    persons > 0.5 && persons < f64::from(FEWEST_SHOWN) - 0.5
}

/// Whether a figure rests on too few by its own number of persons.
fn is_small(own: &Observation) -> bool {
    own.n.is_some_and(|n| n < FEWEST_SHOWN)
}

/// An observation of which nothing is left but that it is hidden, and what it would be counted in.
fn masked(own: &Observation) -> Observation {
    Observation { measure: own.measure, state: ObservationState::Hidden, ..Observation::default() }
}

#[cfg(test)]
mod tests;
