//! A series as it is read: what it shows in words, and what must not be read out of it.
//!
//! What is compared lies in one stretch: periods of one kind, counted in one way, with no break between. A change that
//! chance alone could have made is said to be one that may be.

use super::date::Date;
use super::indicator::Indicator;
use super::interval;
use super::measure::Measure;
use super::measure::Wanted;
use super::period::Period;
use super::series::{Observation, ObservationState, Series};

/// A period of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct AnalysisPoint {
    /// The period.
    pub period: Period,
    /// The figure, or why there is none.
    pub observation: Observation,
    /// The target that the period is held against.
    pub target: Option<f64>,
    /// Whether it is counted otherwise from here on.
    pub is_break: bool,
}

/// A series as it is read.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesAnalysis {
    /// What it is a series of.
    pub indicator: Indicator,
    /// Its periods, those without a figure between others among them, in the order of time.
    pub points: Vec<AnalysisPoint>,
    near: Option<f64>,
    /// Why a missed target is accepted today, and until when.
    accepted: Option<(Date, String)>,
}

/// Which way figures went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// Up.
    Up,
    /// Down.
    Down,
    /// Neither.
    Level,
}

/// What became of a figure from one period to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FigureChange {
    /// The period and figure that it began with.
    pub from: (Period, f64),
    /// The period and figure that it came to.
    pub to: (Period, f64),
    /// Which way.
    pub way: Trend,
    /// Whether chance alone could have made it; `None` where nobody can tell, since the number of persons is not known.
    pub may_be_chance: Option<bool>,
    /// How many changes in a row, one period after another, went this way.
    pub in_a_row: usize,
}

/// How a figure stands to its target.
#[derive(Clone, Debug, PartialEq)]
pub enum TargetStatus {
    /// It is reached.
    Reached(f64),
    /// It is not, but nearly.
    Near(f64),
    /// It is not, and that is accepted until a day, that day included.
    Accepted(f64, Date, String),
    /// It is not.
    Missed(f64),
}

impl SeriesAnalysis {
    /// A series as it is read on a day.
    pub fn of(indicator: &Indicator, series: &Series, today: Date) -> Self {
        // A break is a place of its own, even where nothing was counted in the period.
        let periods = Period::without_holes(series.observations.keys().chain(series.breaks.keys()).copied());
        let nothing = || Observation { state: ObservationState::Missing, ..Observation::default() };
        let points = periods.into_iter().map(|period| AnalysisPoint {
            period,
            observation: series.observations.get(&period).cloned().unwrap_or_else(nothing),
            target: series.target(period),
            is_break: series.breaks.contains_key(&period),
        });
        Self {
            indicator: indicator.clone(),
            points: points.collect(),
            near: series.near,
            accepted: series.accepted_on(today).map(|(last, why)| (last, why.0.clone())),
        }
    }

    /// What the figures are counted in: as the last of them is.
    pub fn measure(&self) -> Measure {
        self.latest().map_or(self.indicator.measure, |point| self.measure_of(point))
    }

    fn measure_of(&self, point: &AnalysisPoint) -> Measure {
        point.observation.measure.unwrap_or(self.indicator.measure)
    }

    /// The last period with a figure.
    pub fn latest(&self) -> Option<&AnalysisPoint> {
        self.points.iter().rev().find(|point| point.observation.value.is_some())
    }

    /// Whether two points can be compared, as far as they themselves say.
    fn are_like(&self, one: &AnalysisPoint, other: &AnalysisPoint) -> bool {
        one.period.is_like(other.period) && self.measure_of(one) == self.measure_of(other)
    }

    /// The runs that a line may be drawn through: no break, no missing figure and no change of measure lies within one.
    pub fn runs(&self) -> Vec<Vec<usize>> {
        let mut runs: Vec<Vec<usize>> = Vec::new();
        // A break cuts where it lies, whatever kind of period it was written at.
        let mut last_of_kind: Vec<(usize, usize)> = Vec::new();
        for (index, point) in self.points.iter().enumerate() {
            if point.is_break {
                last_of_kind.clear();
            }
            let before = last_of_kind.iter().position(|(last, _)| self.points[*last].period.is_like(point.period));
            if point.observation.value.is_none() {
                if let Some(place) = before {
                    last_of_kind.remove(place);
                }
                continue;
            }
            match before.map(|place| (place, last_of_kind[place])) {
                Some((place, (last, run))) if self.are_like(&self.points[last], point) => {
                    runs[run].push(index);
                    last_of_kind[place] = (index, run);
                }
                other => {
                    if let Some((place, _)) = other {
                        last_of_kind.remove(place);
                    }
                    runs.push(vec![index]);
                    last_of_kind.push((index, runs.len() - 1));
                }
            }
        }
        runs
    }

    /// The points that the last figure can be compared with, itself the last of them; those with a figure alone.
    fn stretch(&self) -> Vec<&AnalysisPoint> {
        let Some(latest) = self.latest() else { return Vec::new() };
        let with_figure = |point: &&AnalysisPoint| point.observation.value.is_some();
        let end = self.points.iter().rposition(|point| with_figure(&point)).map_or(0, |place| place + 1);
        let begin = self.points[..end].iter().rposition(|point| point.is_break).unwrap_or(0);
        let mut like: Vec<&AnalysisPoint> = Vec::new();
        for point in
            self.points[begin..end].iter().filter(with_figure).rev().filter(|p| p.period.is_like(latest.period))
        {
            if !self.are_like(point, latest) {
                break;
            }
            like.insert(0, point);
        }
        like
    }

    /// What became of the last figure since the one before it.
    pub fn change(&self) -> Option<FigureChange> {
        match &*self.stretch() {
            [.., from, to] => Some(self.between(from, to)),
            _ => None,
        }
    }

    /// What became of the figures over all that can be compared.
    pub fn overall(&self) -> Option<FigureChange> {
        match &*self.stretch() {
            [from, .., to] => Some(self.between(from, to)),
            _ => None,
        }
    }

    fn between(&self, from: &AnalysisPoint, to: &AnalysisPoint) -> FigureChange {
        let figure = |point: &AnalysisPoint| point.observation.value.unwrap_or_default();
        let (before, after) = (figure(from), figure(to));
        let way = Trend::of(before, after);
        let shares = (self.measure_of(to) == Measure::Percent)
            .then(|| Some(((before, from.observation.n?), (after, to.observation.n?))))
            .flatten();
        let may_be_chance = shares.and_then(|(before, after)| interval::may_be_chance(before, after));
        let stretch = self.stretch();
        let steps = stretch.windows(2).rev();
        let in_a_row = steps
            .take_while(|pair| {
                pair[0].period.next() == pair[1].period && Trend::of(figure(pair[0]), figure(pair[1])) == way
            })
            .count();
        FigureChange { from: (from.period, before), to: (to.period, after), way, may_be_chance, in_a_row }
    }

    /// How the last figure stands to its target.
    pub fn aim(&self) -> Option<TargetStatus> {
        let latest = self.latest()?;
        let (value, target) = (latest.observation.value?, latest.target?);
        let short = match self.indicator.wanted {
            Wanted::Up => target - value,
            Wanted::Down => value - target,
        };
        let near = self.near.or(self.measure().near());
        Some(match (&self.accepted, near) {
            _ if short <= 0.0 => TargetStatus::Reached(target),
            // Sums of decimals are a hair off.
            (_, Some(near)) if short <= near + 1e-9 => TargetStatus::Near(target),
            (Some((last, why)), _) => TargetStatus::Accepted(target, *last, why.clone()),
            _ => TargetStatus::Missed(target),
        })
    }

    /// The interval in which the true share lies, with a certainty of 95 %, where it can be said.
    pub fn interval(&self, point: &AnalysisPoint) -> Option<(f64, f64)> {
        let of_share = self.measure_of(point) == Measure::Percent;
        of_share.then(|| interval::of_share(point.observation.value?, point.observation.n?)).flatten()
    }

    /// What is seen, in a few words: what stands above a drawing.
    pub fn headline(&self) -> String {
        let Some(latest) = self.latest() else { return "Ingen tal endnu".to_owned() };
        let measure = self.measure();
        let Some(change) = self.change() else {
            let figure = measure.figure(latest.observation.value.unwrap_or_default());
            let has_earlier = self.points.iter().filter(|point| point.observation.value.is_some()).count() > 1;
            return if has_earlier {
                format!("{figure} – kan ikke sammenlignes med tallene før")
            } else {
                format!("{figure} – det første tal")
            };
        };
        if change.way == Trend::Level {
            return format!("Uændret på {}", measure.figure(change.to.1));
        }
        let stretch = self.stretch();
        // Over the whole row, where there is one.
        let first = stretch.len().saturating_sub(change.in_a_row + 1);
        let whole = match &stretch[first..] {
            [from, .., to] if change.in_a_row > 1 => self.between(from, to),
            _ => change,
        };
        let row = if change.in_a_row > 1 {
            let unit = if matches!(latest.period, Period::Quarter(..)) { "kvartaler" } else { "år" };
            format!(" {} {unit} i træk,", counted(change.in_a_row))
        } else {
            String::new()
        };
        let (from, to) = (super::number::danish(whole.from.1), measure.figure(whole.to.1));
        let doubt = if whole.may_be_chance == Some(true) {
            " – kan være et tilfældigt udsving".to_owned()
        } else {
            format!(" – {}", change.way.against(self.indicator.wanted))
        };
        format!("{}{row} fra {from} til {to}{doubt}", change.way.danish())
    }

    /// What became of the last figure, in words: what stands on a card.
    pub fn change_in_words(&self) -> String {
        let Some(change) = self.change() else {
            let has_earlier = self.points.iter().filter(|point| point.observation.value.is_some()).count() > 1;
            return if has_earlier { "Kan ikke sammenlignes med tallene før".to_owned() } else { String::new() };
        };
        let since = format!("siden {}", change.from.0.danish());
        if change.way == Trend::Level {
            return format!("Uændret {since}");
        }
        let by = self.measure().difference(change.to.1, change.from.1);
        let doubt = match change.may_be_chance {
            Some(true) => "kan være et tilfældigt udsving",
            _ => change.way.against(self.indicator.wanted),
        };
        format!("{} {by} {since} – {doubt}", change.way.danish())
    }

    /// All that a drawing of it shows, in a sentence: what it is called for those who do not see it.
    pub fn description(&self) -> String {
        let name = &self.indicator.name;
        let Some(latest) = self.latest() else { return format!("{name}: ingen tal endnu") };
        let measure = self.measure();
        let last = measure.figure(latest.observation.value.unwrap_or_default());
        let mut parts = match self.overall() {
            Some(change) => {
                let (first, figure) = (change.from.0.danish(), super::number::danish(change.from.1));
                let told = if change.way == Trend::Level {
                    format!("uændret {last}")
                } else {
                    format!("fra {figure} til {last}, {}", change.way.against(self.indicator.wanted))
                };
                vec![format!("{name}, {first}–{}: {told}", latest.period.danish())]
            }
            None => vec![format!("{name}, {}: {last}", latest.period.danish())],
        };
        parts.push(format!("ønsket retning {}", self.indicator.wanted.danish()));
        if self.overall().is_some_and(|change| change.way != Trend::Level && change.may_be_chance == Some(true)) {
            parts.push("kan være et tilfældigt udsving".to_owned());
        }
        parts.extend(self.aim().map(|aim| aim.in_words(measure)));
        for state in [ObservationState::Missing, ObservationState::Unpublished, ObservationState::Hidden] {
            let without = self
                .points
                .iter()
                .filter(|point| point.observation.state == state && point.observation.value.is_none());
            let periods: Vec<String> = without.map(|point| point.period.danish()).collect();
            if !periods.is_empty() {
                parts.push(format!("{} {}", state.danish(), listed(&periods)));
            }
        }
        let breaks: Vec<String> =
            self.points.iter().filter(|point| point.is_break).map(|point| point.period.danish()).collect();
        if !breaks.is_empty() {
            parts.push(format!("opgjort anderledes fra {}", listed(&breaks)));
        }
        parts.join(", ")
    }
}

impl Trend {
    /// From one figure to another.
    pub fn of(from: f64, to: f64) -> Self {
        match to.total_cmp(&from) {
            _ if (to - from).abs() < 1e-9 => Self::Level,
            std::cmp::Ordering::Greater => Self::Up,
            _ => Self::Down,
        }
    }

    /// In Danish: `Steget`.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Up => "Steget",
            Self::Down => "Faldet",
            Self::Level => "Uændret",
        }
    }

    /// Whether it is the wanted way, in words.
    pub const fn against(self, wanted: Wanted) -> &'static str {
        match (self, wanted) {
            (Self::Level, _) => "uændret",
            (Self::Up, Wanted::Up) | (Self::Down, Wanted::Down) => "i den ønskede retning",
            _ => "mod den ønskede retning",
        }
    }
}

impl TargetStatus {
    /// In Danish: `målet 6 % ikke nået`.
    pub fn in_words(&self, measure: Measure) -> String {
        match self {
            Self::Reached(target) => format!("målet {} nået", measure.figure(*target)),
            Self::Near(target) => format!("tæt på målet {}", measure.figure(*target)),
            Self::Missed(target) => format!("målet {} ikke nået", measure.figure(*target)),
            Self::Accepted(target, last, why) => {
                let why = why.trim();
                let because = if why.is_empty() { String::new() } else { format!(" ({why})") };
                format!("målet {} ikke nået, accepteret til og med {}{because}", measure.figure(*target), last.danish())
            }
        }
    }
}

impl Measure {
    /// How far two figures are apart, in words: shares differ by points.
    fn difference(self, one: f64, other: f64) -> String {
        // A difference of decimals is a hair off.
        let far = ((one - other).abs() * 1e9).round() / 1e9;
        match self {
            Self::Percent => format!("{} procentpoint", super::number::danish(far)),
            _ => self.figure(far),
        }
    }
}

/// A count in words, as one says it.
fn counted(count: usize) -> String {
    const WORDS: [&str; 13] =
        ["nul", "et", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"];
    WORDS.get(count).map_or_else(|| count.to_string(), |&word| word.to_owned())
}

/// A list as one says it; a long one by how many it is.
fn listed(words: &[String]) -> String {
    match words {
        [only] => only.clone(),
        [first @ .., last] if words.len() <= 4 => format!("{} og {last}", first.join(", ")),
        [first, .., last] => format!("i {} perioder mellem {first} og {last}", words.len()),
        [] => String::new(),
    }
}

#[cfg(test)]
mod tests;
