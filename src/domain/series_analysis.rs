//! Analysis of a series: which figures can be compared, how they changed, and the result in Danish words.
//!
//! Only figures of one comparable stretch are compared: periods of one kind, in one measure, without a break between
//! them. A change that chance alone can explain is described as such. A figure out of the range of its measure that
//! nobody has confirmed is left out.

use super::date::Date;
use super::indicator::{self, Indicator};
use super::interval;
use super::measure::Measure;
use super::measure::Wanted;
use super::period::Period;
use super::series::{Observation, ObservationState, Series};

/// A period of an analysed series.
#[derive(Clone, Debug, PartialEq)]
pub struct AnalysisPoint {
    /// The period.
    pub period: Period,
    /// The figure, or why there is none. Never holds a figure that does not count.
    pub observation: Observation,
    /// The figure that does not count, since it is out of the range of its measure and nobody has confirmed it.
    pub unconfirmed: Option<f64>,
    /// The target for the period.
    pub target: Option<f64>,
    /// Whether figures are counted differently from this period on.
    pub is_break: bool,
}

/// A series prepared for comparison, drawing and description.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesAnalysis {
    /// The indicator of the series.
    pub indicator: Indicator,
    /// All periods in chronological order, including periods without a figure between others.
    pub points: Vec<AnalysisPoint>,
    /// The distance from the target that counts as close, if the series states one.
    near: Option<f64>,
    /// The last day and the reason of the accepted deviation that applies today.
    accepted: Option<(Date, String)>,
}

/// The direction in which figures moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// The figures rose.
    Up,
    /// The figures fell.
    Down,
    /// The figures did not change.
    Level,
}

/// The change of a figure from one period to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FigureChange {
    /// The first period and its figure.
    pub from: (Period, f64),
    /// The last period and its figure.
    pub to: (Period, f64),
    /// The direction of the change.
    pub trend: Trend,
    /// Whether chance alone can explain the change; `None` if too few numbers of persons are known to tell, or the
    /// figures are not shares.
    pub may_be_chance: Option<bool>,
    /// The number of latest consecutive changes, from period to next period, in this direction.
    pub in_a_row: usize,
}

/// A figure compared with its target. Each variant has the target first.
#[derive(Clone, Debug, PartialEq)]
pub enum TargetStatus {
    /// The target is reached.
    Reached(f64),
    /// The target is missed by a small distance.
    Near(f64),
    /// The target is missed, and the deviation is accepted: last day (inclusive) and reason.
    Accepted(f64, Date, String),
    /// The target is missed.
    Missed(f64),
}

impl SeriesAnalysis {
    /// Analyses a series as of a day.
    pub fn of(indicator: &Indicator, series: &Series, today: Date) -> Self {
        // A period with a break is included even if it has no figure.
        let periods = Period::fill_gaps(series.observations.keys().chain(series.breaks.keys()).copied());
        let missing = || Observation { state: ObservationState::Missing, ..Observation::default() };
        let points = periods.into_iter().map(|period| {
            let mut observation = series.observations.get(&period).cloned().unwrap_or_else(missing);
            let range = indicator::range(&indicator.id, observation.measure.unwrap_or(indicator.measure));
            let unconfirmed = observation.take_uncounted(range);
            let (target, is_break) = (series.target(period), series.breaks.contains_key(&period));
            AnalysisPoint { period, observation, unconfirmed, target, is_break }
        });
        Self {
            indicator: indicator.clone(),
            points: points.collect(),
            near: series.near,
            accepted: series.accepted_on(today).map(|(last, reason)| (last, reason.0.clone())),
        }
    }

    /// Returns the measure of the latest figure.
    pub fn measure(&self) -> Measure {
        self.latest().map_or(self.indicator.measure, |point| self.measure_of(point))
    }

    fn measure_of(&self, point: &AnalysisPoint) -> Measure {
        point.observation.measure.unwrap_or(self.indicator.measure)
    }

    /// Returns the number of figures that wait for an answer, since they are out of the range of their measure.
    pub fn unconfirmed_count(&self) -> usize {
        self.points.iter().filter(|point| point.unconfirmed.is_some()).count()
    }

    /// Says in Danish how many figures wait for an answer: `1 tal venter på svar`. Empty if none does.
    pub fn unconfirmed_in_words(&self) -> String {
        match self.unconfirmed_count() {
            0 => String::new(),
            count => format!("{count} tal venter på svar"),
        }
    }

    /// Returns the last period with a figure.
    pub fn latest(&self) -> Option<&AnalysisPoint> {
        self.points.iter().rev().find(|point| point.observation.value.is_some())
    }

    /// Returns whether two points have the same kind of period and the same measure. Breaks are not considered.
    fn are_comparable(&self, one: &AnalysisPoint, other: &AnalysisPoint) -> bool {
        one.period.is_same_kind(other.period) && self.measure_of(one) == self.measure_of(other)
    }

    /// Returns the runs of points, by index, that a line may connect. A run contains no break, no missing figure and no
    /// change of measure.
    pub fn runs(&self) -> Vec<Vec<usize>> {
        let mut runs: Vec<Vec<usize>> = Vec::new();
        // The last point and the run for each kind of period. A break ends the runs of all kinds.
        let mut last_of_kind: Vec<(usize, usize)> = Vec::new();
        for (index, point) in self.points.iter().enumerate() {
            if point.is_break {
                last_of_kind.clear();
            }
            let previous =
                last_of_kind.iter().position(|(last, _)| self.points[*last].period.is_same_kind(point.period));
            if point.observation.value.is_none() {
                if let Some(slot) = previous {
                    last_of_kind.remove(slot);
                }
                continue;
            }
            match previous.map(|slot| (slot, last_of_kind[slot])) {
                Some((slot, (last, run))) if self.are_comparable(&self.points[last], point) => {
                    runs[run].push(index);
                    last_of_kind[slot] = (index, run);
                }
                other => {
                    if let Some((slot, _)) = other {
                        last_of_kind.remove(slot);
                    }
                    runs.push(vec![index]);
                    last_of_kind.push((index, runs.len() - 1));
                }
            }
        }
        runs
    }

    /// Returns the points with figures that the latest figure can be compared with, in chronological order. The latest
    /// figure is the last of them.
    fn comparable_points(&self) -> Vec<&AnalysisPoint> {
        let Some(latest) = self.latest() else { return Vec::new() };
        let has_figure = |point: &&AnalysisPoint| point.observation.value.is_some();
        let end = self.points.iter().rposition(|point| has_figure(&point)).map_or(0, |index| index + 1);
        let begin = self.points[..end].iter().rposition(|point| point.is_break).unwrap_or(0);
        let mut comparable: Vec<&AnalysisPoint> = Vec::new();
        for point in
            self.points[begin..end].iter().filter(has_figure).rev().filter(|p| p.period.is_same_kind(latest.period))
        {
            if !self.are_comparable(point, latest) {
                break;
            }
            comparable.insert(0, point);
        }
        comparable
    }

    /// Returns the change from the previous comparable figure to the latest.
    pub fn change(&self) -> Option<FigureChange> {
        match &*self.comparable_points() {
            [.., from, to] => Some(self.change_between(from, to)),
            _ => None,
        }
    }

    /// Returns the change from the first comparable figure to the latest.
    pub fn overall(&self) -> Option<FigureChange> {
        match &*self.comparable_points() {
            [from, .., to] => Some(self.change_between(from, to)),
            _ => None,
        }
    }

    /// Returns the change between two comparable points. `in_a_row` counts back from the latest figure.
    fn change_between(&self, from: &AnalysisPoint, to: &AnalysisPoint) -> FigureChange {
        let figure = |point: &AnalysisPoint| point.observation.value.unwrap_or_default();
        let (before, after) = (figure(from), figure(to));
        let way = Trend::of(before, after);
        let may_be_chance = (self.measure_of(to) == Measure::Percent)
            .then(|| interval::may_be_chance((before, from.observation.n), (after, to.observation.n)))
            .flatten();
        let points = self.comparable_points();
        let pairs = points.windows(2).rev();
        let in_a_row = pairs
            .take_while(|pair| {
                pair[0].period.next() == pair[1].period && Trend::of(figure(pair[0]), figure(pair[1])) == way
            })
            .count();
        FigureChange { from: (from.period, before), to: (to.period, after), trend: way, may_be_chance, in_a_row }
    }

    /// Compares the latest figure with its target; `None` if there is no figure or no target.
    pub fn target_status(&self) -> Option<TargetStatus> {
        let latest = self.latest()?;
        let (value, target) = (latest.observation.value?, latest.target?);
        let shortfall = match self.indicator.wanted {
            Wanted::Up => target - value,
            Wanted::Down => value - target,
        };
        let near = self.near.or(self.measure().default_tolerance());
        Some(match (&self.accepted, near) {
            _ if shortfall <= 0.0 => TargetStatus::Reached(target),
            // The tolerance absorbs rounding errors of decimal fractions.
            (_, Some(near)) if shortfall <= near + 1e-9 => TargetStatus::Near(target),
            (Some((last, reason)), _) => TargetStatus::Accepted(target, *last, reason.clone()),
            _ => TargetStatus::Missed(target),
        })
    }

    /// Returns the 95 % confidence interval of a share; `None` if the figure is not a share or the number of persons is
    /// not known.
    pub fn interval(&self, point: &AnalysisPoint) -> Option<(f64, f64)> {
        let is_share = self.measure_of(point) == Measure::Percent;
        is_share.then(|| interval::of_share(point.observation.value?, point.observation.n?)).flatten()
    }

    /// Returns the headline of a drawing in Danish: the latest change or series of changes in a few words. The headline
    /// names no direction for a change that chance can explain.
    pub fn headline(&self) -> String {
        let Some(latest) = self.latest() else { return "Ingen tal endnu".to_owned() };
        let measure = self.measure();
        let Some(change) = self.change() else {
            let figure = measure.format_figure(latest.observation.value.unwrap_or_default());
            let has_earlier = self.points.iter().filter(|point| point.observation.value.is_some()).count() > 1;
            return if has_earlier {
                format!("{figure} – kan ikke sammenlignes med tallene før")
            } else {
                format!("{figure} – det første tal")
            };
        };
        if change.trend == Trend::Level {
            return format!("Uændret på {}", measure.format_figure(change.to.1));
        }
        let points = self.comparable_points();
        // Several changes in the same direction are described as one.
        let first = points.len().saturating_sub(change.in_a_row + 1);
        let described = match &points[first..] {
            [from, .., to] if change.in_a_row > 1 => self.change_between(from, to),
            _ => change,
        };
        let (from, to) = (super::number::format_danish(described.from.1), measure.format_figure(described.to.1));
        if described.may_be_chance == Some(true) {
            return format!("Fra {from} til {to} – kan være et tilfældigt udsving");
        }
        let duration = if change.in_a_row > 1 {
            let unit = if matches!(latest.period, Period::Quarter(..)) { "kvartaler" } else { "år" };
            format!(" {} {unit} i træk,", count_in_words(change.in_a_row))
        } else {
            String::new()
        };
        let assessment = change.trend.compared_to_wanted(self.indicator.wanted);
        format!("{}{duration} fra {from} til {to} – {assessment}", change.trend.danish())
    }

    /// Returns the change of the latest figure in Danish, for a card. Empty if there is no earlier figure.
    pub fn change_in_words(&self) -> String {
        let Some(change) = self.change() else {
            let has_earlier = self.points.iter().filter(|point| point.observation.value.is_some()).count() > 1;
            return if has_earlier { "Kan ikke sammenlignes med tallene før".to_owned() } else { String::new() };
        };
        let since = format!("siden {}", change.from.0.danish());
        if change.trend == Trend::Level {
            return format!("Uændret {since}");
        }
        let by = self.measure().difference(change.to.1, change.from.1);
        let assessment = match change.may_be_chance {
            Some(true) => "kan være et tilfældigt udsving",
            _ => change.trend.compared_to_wanted(self.indicator.wanted),
        };
        format!("{} {by} {since} – {assessment}", change.trend.danish())
    }

    /// Returns everything that a drawing of the series shows, as a Danish text for people who cannot see the drawing.
    pub fn description(&self) -> String {
        let name = &self.indicator.name;
        let Some(latest) = self.latest() else {
            let waits = self.unconfirmed_in_words();
            return format!("{name}: ingen tal endnu{}{waits}", if waits.is_empty() { "" } else { ", " });
        };
        let measure = self.measure();
        let last = measure.format_figure(latest.observation.value.unwrap_or_default());
        let mut parts = match self.overall() {
            Some(change) => {
                let (first, figure) = (change.from.0.danish(), super::number::format_danish(change.from.1));
                let trend = if change.trend == Trend::Level {
                    format!("uændret {last}")
                } else {
                    format!("fra {figure} til {last}, {}", change.trend.compared_to_wanted(self.indicator.wanted))
                };
                vec![format!("{name}, {first}–{}: {trend}", latest.period.danish())]
            }
            None => vec![format!("{name}, {}: {last}", latest.period.danish())],
        };
        parts.push(format!("ønsket retning {}", self.indicator.wanted.danish()));
        if self.overall().is_some_and(|change| change.trend != Trend::Level && change.may_be_chance == Some(true)) {
            parts.push("kan være et tilfældigt udsving".to_owned());
        }
        parts.extend(self.target_status().map(|aim| aim.in_words(measure)));
        for state in [ObservationState::Missing, ObservationState::Unpublished, ObservationState::Hidden] {
            let without = self
                .points
                .iter()
                .filter(|point| point.observation.state == state && point.observation.value.is_none())
                .filter(|point| point.unconfirmed.is_none());
            let periods: Vec<String> = without.map(|point| point.period.danish()).collect();
            if !periods.is_empty() {
                parts.push(format!("{} {}", state.danish(), join_in_words(&periods)));
            }
        }
        let breaks: Vec<String> =
            self.points.iter().filter(|point| point.is_break).map(|point| point.period.danish()).collect();
        if !breaks.is_empty() {
            parts.push(format!("opgjort anderledes fra {}", join_in_words(&breaks)));
        }
        parts.extend(Some(self.unconfirmed_in_words()).filter(|waits| !waits.is_empty()));
        parts.join(", ")
    }
}

impl Trend {
    /// Returns the direction from one figure to another.
    pub fn of(from: f64, to: f64) -> Self {
        match to.total_cmp(&from) {
            _ if (to - from).abs() < 1e-9 => Self::Level,
            std::cmp::Ordering::Greater => Self::Up,
            _ => Self::Down,
        }
    }

    /// Returns the Danish participle: `Steget`.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Up => "Steget",
            Self::Down => "Faldet",
            Self::Level => "Uændret",
        }
    }

    /// Returns in Danish whether the direction is the one wanted.
    pub const fn compared_to_wanted(self, wanted: Wanted) -> &'static str {
        match (self, wanted) {
            (Self::Level, _) => "uændret",
            (Self::Up, Wanted::Up) | (Self::Down, Wanted::Down) => "i den ønskede retning",
            _ => "mod den ønskede retning",
        }
    }
}

impl TargetStatus {
    /// Returns the status in Danish: `målet 6 % ikke nået`.
    pub fn in_words(&self, measure: Measure) -> String {
        match self {
            Self::Reached(target) => format!("målet {} nået", measure.format_figure(*target)),
            Self::Near(target) => format!("tæt på målet {}", measure.format_figure(*target)),
            Self::Missed(target) => format!("målet {} ikke nået", measure.format_figure(*target)),
            Self::Accepted(target, last, reason) => {
                let reason = reason.trim();
                let parenthesis = if reason.is_empty() { String::new() } else { format!(" ({reason})") };
                format!(
                    "målet {} ikke nået, accepteret til og med {}{parenthesis}",
                    measure.format_figure(*target),
                    last.danish()
                )
            }
        }
    }
}

impl Measure {
    /// Returns the distance between two figures in Danish. The distance between shares is in percentage points.
    fn difference(self, one: f64, other: f64) -> String {
        // Rounded, since differences of decimal fractions are inexact.
        let distance = ((one - other).abs() * 1e9).round() / 1e9;
        match self {
            Self::Percent => format!("{} procentpoint", super::number::format_danish(distance)),
            _ => self.format_figure(distance),
        }
    }
}

/// Returns a count as a Danish word up to twelve, then in digits.
fn count_in_words(count: usize) -> String {
    const WORDS: [&str; 13] =
        ["nul", "et", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"];
    WORDS.get(count).map_or_else(|| count.to_string(), |&word| word.to_owned())
}

/// Joins periods into a Danish list. More than four become their number with the first and the last.
fn join_in_words(periods: &[String]) -> String {
    match periods {
        [only] => only.clone(),
        [first @ .., last] if periods.len() <= 4 => format!("{} og {last}", first.join(", ")),
        [first, .., last] => format!("i {} perioder mellem {first} og {last}", periods.len()),
        [] => String::new(),
    }
}

#[cfg(test)]
mod tests;
