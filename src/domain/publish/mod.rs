//! Statistical disclosure control: which figures may leave the device.
//!
//! [`Published`] is computed from all figures known on this device. Every output (files, tables, drawings, documents,
//! the public view) takes its figures as a [`PublishedSeries`], which only [`Published`] can make.
//!
//! | file | contents |
//! | --- | --- |
//! | `mod` | the known figures, and the series and progress that may be published |
//! | `suppress` | the rule that selects the figures to hide, over sums of units and over time |
//!
//! # Invariants
//!
//! * **No linear combination of published figures isolates a group of one to four persons or a hidden figure.**
//! * The selection depends on all figures known on this device, never on the contents of one file. Two outputs together
//!   therefore reveal no more than each of them alone.
//! * A hidden figure leaves nothing behind: no value, number of persons, source or note.
//! * A figure that [`Published`] does not know is hidden.
//! * A figure out of the range of its measure is left out until a person has confirmed it
//!   ([`Observation::counted`]). It counts among the known figures, so that leaving it out reveals nothing.

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

/// The smallest number of units whose median is shown.
pub const FEWEST_UNITS: usize = 5;

/// A figure of a unit on an indicator in a period, as input to the rule.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// The figure, if there is one.
    pub value: Option<f64>,
    /// The number of persons that the figure is based on, if known.
    pub n: Option<u32>,
    /// Whether the value of the figure is itself a number of persons or cases.
    pub is_count: bool,
    /// Whether the figure must be neither shown nor computable from other figures.
    pub is_protected: bool,
}

/// All figures known on this device, and the hierarchy of units. A unit with several ids is represented by one of them.
#[derive(Clone, Debug, Default)]
pub struct KnownFigures {
    /// For each unit the unit directly above it. Never contains a cycle.
    above: SortedMap<Id, Id>,
    /// The figures by indicator, then by unit and period.
    cells: SortedMap<Id, SortedMap<(Id, Period), Cell>>,
}

/// The known figures with the decision which of them may be published.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Published {
    /// The decisions by indicator, then by unit and period.
    cells: SortedMap<Id, SortedMap<(Id, Period), DisclosureStatus>>,
}

/// The decision on one figure.
#[derive(Clone, Copy, Debug, PartialEq)]
enum DisclosureStatus {
    /// The figure may be shown.
    Shown,
    /// The figure is hidden. Its value is kept in order to recognise copies of it.
    Hidden(Option<f64>),
}

/// A series in which all figures that must not be published are hidden. Only [`Published`] makes one.
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

/// The progress of a goal's indicator, without figures that must not be published. Only [`Published`] makes one.
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
    /// Converts an observation. `measure` is the measure to assume if the observation has none.
    pub fn of(observation: &Observation, measure: Option<Measure>) -> Self {
        let Observation { value, n, state, .. } = *observation;
        let is_whole_number = value.is_some_and(|value| (0.0..1e9).contains(&value) && value.fract() == 0.0);
        let is_count = observation.measure.or(measure) == Some(Measure::Number) && is_whole_number;
        let is_unpublished = matches!(state, ObservationState::Hidden | ObservationState::Unpublished);
        let is_small_count = is_count && n.is_none() && value.is_some_and(is_few);
        let is_protected = is_based_on_few(observation) || is_unpublished || is_small_count;
        Self { value, n, is_count, is_protected }
    }

    /// Combines two copies of the same figure: concurrent values, or values under several ids of the unit. The result
    /// is protected if one copy is, or if the copies give different numbers of persons.
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
    /// Records that a unit lies directly under another. Only the first call for a unit has an effect.
    pub fn put_under(&mut self, unit: Id, above: Id) {
        // Merged files of several people can contain a cycle of units. The link that would close it is dropped.
        let mut ancestor = Some(&above);
        while let Some(id) = ancestor {
            if *id == unit {
                return;
            }
            ancestor = self.above.get(id);
        }
        self.above.get_or_insert_with(unit, || above);
    }

    /// Adds a figure, combining it with a copy that is already known.
    pub fn add(&mut self, unit: &Id, indicator: &Id, period: Period, cell: Cell) {
        let cells = self.cells.get_or_default(indicator.clone());
        let key = (unit.clone(), period);
        match cells.get_mut(&key) {
            Some(known) => *known = known.join(cell),
            None => drop(cells.insert(key, cell)),
        }
    }

    /// Adds all figures of a unit's series. `measure` is the measure to assume for observations without one.
    pub fn add_series(&mut self, unit: &Id, indicator: &Id, series: &Series, measure: Option<Measure>) {
        for (period, observation) in series.observations.iter() {
            self.add(unit, indicator, *period, Cell::of(observation, measure));
        }
    }

    /// Decides for every known figure whether it may be published.
    pub fn publish(&self) -> Published {
        let decide = |(indicator, cells): (&Id, &SortedMap<(Id, Period), Cell>)| {
            let entries: Vec<(&Id, Period, Cell)> =
                cells.iter().map(|((unit, period), cell)| (unit, *period, *cell)).collect();
            let hidden = suppress::hidden(&self.above, &entries);
            let status = |(cell, is_hidden): (&Cell, bool)| {
                if is_hidden { DisclosureStatus::Hidden(cell.value) } else { DisclosureStatus::Shown }
            };
            let statuses = cells.values().zip(hidden).map(status);
            (indicator.clone(), cells.keys().cloned().zip(statuses).collect())
        };
        Published { cells: self.cells.iter().map(decide).collect() }
    }
}

impl Published {
    fn status(&self, unit: &Id, indicator: &Id, period: Period) -> Option<DisclosureStatus> {
        self.cells.get(indicator)?.get(&(unit.clone(), period)).copied()
    }

    /// Returns whether the figure of a unit on an indicator in a period may be shown. False for unknown figures.
    pub fn is_shown(&self, unit: &Id, indicator: &Id, period: Period) -> bool {
        self.status(unit, indicator, period) == Some(DisclosureStatus::Shown)
    }

    /// Returns whether the figure of a unit on an indicator in a period is known and hidden.
    pub fn is_hidden(&self, unit: &Id, indicator: &Id, period: Period) -> bool {
        matches!(self.status(unit, indicator, period), Some(DisclosureStatus::Hidden(_)))
    }

    /// Returns unit, indicator and period of all hidden figures.
    pub fn hidden(&self) -> impl Iterator<Item = (&Id, &Id, Period)> {
        self.cells.iter().flat_map(|(indicator, cells)| {
            let hidden = cells.iter().filter(|(_, status)| **status != DisclosureStatus::Shown);
            hidden.map(move |((unit, period), _)| (unit, indicator, *period))
        })
    }

    /// Returns a copy of a unit's series in which hidden figures, and the notes about them, are removed. So are figures
    /// that do not count.
    pub fn series(&self, unit: &Id, series: &Series) -> PublishedSeries {
        let mut published = series.clone();
        let cells = series.indicator.as_ref().and_then(|indicator| self.cells.get(indicator));
        for (period, observation) in published.observations.iter_mut() {
            let is_shown =
                || cells.and_then(|cells| cells.get(&(unit.clone(), *period))) == Some(&DisclosureStatus::Shown);
            if is_based_on_few(observation) || (observation.value.is_some() && !is_shown()) {
                *observation = masked(observation);
            } else {
                let range = series.range(observation, None);
                observation.take_uncounted(range);
            }
        }
        // A unit with several ids can have the figure in one record and the note in another.
        let is_hidden = |period: &Period| {
            let state = || published.observations.get(period).map(|observation| observation.state);
            series.indicator.as_ref().is_some_and(|indicator| self.is_hidden(unit, indicator, *period))
                || state() == Some(ObservationState::Hidden)
        };
        let mut notes = series.notes.clone();
        notes.retain(|period, _| !is_hidden(period));
        published.notes = notes;
        PublishedSeries(published)
    }

    /// Returns whether a figure that somebody wrote or copied elsewhere is a hidden figure of a unit's series: one with
    /// the same period or, if the period is unknown there, with the same value.
    pub fn hides_copy(&self, unit: &Id, indicator: &Id, figure: &Figure) -> bool {
        let Some(cells) = self.cells.get(indicator) else { return false };
        let same_period = figure.period.and_then(|period| cells.get(&(unit.clone(), period)));
        let is_copy = |((cell_unit, _), status): (&(Id, Period), &DisclosureStatus)| {
            cell_unit == unit
                && matches!((status, figure.value), (DisclosureStatus::Hidden(Some(hidden)), Some(value)) if (hidden - value).abs() < 1e-9)
        };
        match same_period {
            Some(status) => *status != DisclosureStatus::Shown,
            None => cells.iter().any(is_copy),
        }
    }

    /// Returns whether a figure written in a goal is a hidden figure of an indicator that the goal refers to.
    pub fn hides_figure_of_goal(&self, unit: &Id, goal: &Goal, figure: &Figure) -> bool {
        let mut anchors = goal.anchors.values();
        anchors.any(|anchor| matches!(anchor, Anchor::Indicator(id) if self.hides_copy(unit, id, figure)))
    }

    /// Returns a goal in which figures that copy a hidden figure are replaced by a mark that they are hidden.
    #[must_use]
    pub fn goal(&self, unit: &Id, mut goal: Goal) -> Goal {
        let hide = |figure: &Option<Figure>| {
            let hidden = figure.as_ref().filter(|figure| self.hides_figure_of_goal(unit, &goal, figure))?;
            Some(Figure { value: None, is_hidden: true, ..hidden.clone() })
        };
        let (baseline, wanted) = (hide(&goal.baseline), hide(&goal.wanted));
        goal.baseline = baseline.or(goal.baseline);
        goal.wanted = wanted.or(goal.wanted);
        goal
    }

    /// Returns the progress of a goal without hidden figures. It is computed from the series in `followed`, if given;
    /// otherwise it is what the goal itself states, or `None` if the goal states no figures.
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
    /// Returns the median of published series in each period, over the figures in one measure. A period with fewer than
    /// [`FEWEST_UNITS`] figures has no median.
    pub fn median(all: &[&Self], measure: Measure) -> Self {
        let mut periods: Vec<Period> = all.iter().flat_map(|series| series.observations.keys().copied()).collect();
        periods.sort();
        periods.dedup();
        let mut medians = Series::default();
        for period in periods {
            let figures = all.iter().filter_map(|series| {
                let own_measure = series.observations.get(&period)?.measure;
                series.counted(period, Some(measure)).filter(|_| own_measure.is_none_or(|own| own == measure))
            });
            let Some(figure) = median(figures) else { continue };
            // The mean of two figures is rounded, since it is no more exact than they are.
            let value = Some((figure * 100.0).round() / 100.0);
            medians
                .observations
                .insert(period, Observation { value, measure: Some(measure), ..Observation::default() });
        }
        Self(medians)
    }
}

/// Returns the median of figures; `None` for fewer than [`FEWEST_UNITS`].
pub fn median(figures: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut figures: Vec<f64> = figures.into_iter().collect();
    if figures.len() < FEWEST_UNITS {
        return None;
    }
    figures.sort_by(f64::total_cmp);
    let middle = figures.len() / 2;
    Some(if figures.len() % 2 == 1 { figures[middle] } else { f64::midpoint(figures[middle - 1], figures[middle]) })
}

/// Returns whether a number of persons is 1 to 4, allowing for rounding errors. Such a group must not be isolated.
fn is_few(persons: f64) -> bool {
    persons > 0.5 && persons < f64::from(FEWEST_SHOWN) - 0.5
}

/// Returns whether a figure's own number of persons is too small for publication. 0 persons count as too few here.
fn is_based_on_few(observation: &Observation) -> bool {
    observation.n.is_some_and(|n| n < FEWEST_SHOWN)
}

/// Returns the hidden form of an observation: only the measure remains.
fn masked(observation: &Observation) -> Observation {
    Observation { measure: observation.measure, state: ObservationState::Hidden, ..Observation::default() }
}

#[cfg(test)]
mod tests;
