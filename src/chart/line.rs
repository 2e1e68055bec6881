//! A series over its periods: figures as a line, with its targets in steps, breaks, events, intervals, and the medians of
//! others as quiet lines.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, PathElement};
use plotters::style::{Color, RGBColor};

use crate::domain::date::Date;
use crate::domain::number;
use crate::domain::series_analysis::SeriesAnalysis;

use super::escaped;
use super::labels::{Label, spread_labels};
use super::marks::{BREAK, FIGURES, GRID, INTERVAL, MEDIAN, Marks, TARGET};
use super::scale::Scale;

/// What is drawn.
#[derive(Clone, Debug)]
pub struct LineChart<'d> {
    /// The series.
    pub reading: &'d SeriesAnalysis,
    /// The days on which something happened, in the order of time; they are numbered, and told in words beside the
    /// drawing.
    pub events: &'d [Date],
    /// What others have.
    pub medians: &'d [Median],
    /// Whether the axis shows the whole range that a figure can lie in, where there is one.
    pub is_whole: bool,
}

/// What others have, in the periods of the series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Median {
    /// Who they are: `netværket`.
    pub label: String,
    /// Their median in each period; `None` where there is none.
    pub figures: Vec<Option<f64>>,
}

/// Places are given in tenths: plotters draws at whole numbers, and would step.
const FINE: i32 = 10;
const WIDTH: i32 = 680;
const HEIGHT: i32 = 280;
/// Room for words: left, right, above, below.
const LEFT: i32 = 52;
const RIGHT: i32 = 128;
const ABOVE: i32 = 22;
const BELOW: i32 = 34;
/// How far apart the words at the line's end stand at least: a line of them as they are on a phone.
const APART: i32 = 25;
/// So many periods have their number beside their interval; of more only the line is seen.
const FEW: usize = 60;

type Drawn = Result<(), DrawingAreaErrorKind<std::fmt::Error>>;

/// Draws a series as SVG text, named for those who do not see it. The page's style gives the colours.
pub fn line(line: &LineChart<'_>) -> String {
    let scale = line.scale();
    let mut marks = String::new();
    let size = (fine(WIDTH), fine(HEIGHT));
    // What it is drawn on is a text, and takes everything.
    drop(line.draw(&Marks { text: &mut marks, size }.into_drawing_area(), scale));
    line.framed(&marks, scale)
}

/// Whether the axis shows less than the whole range that a figure can lie in: then it has to be said.
pub fn is_cut(line: &LineChart<'_>) -> bool {
    let scale = line.scale();
    match line.reading.measure().range() {
        Some((least, most)) => scale.from > least || scale.to < most,
        None => scale.from > 0.0,
    }
}

fn fine(length: i32) -> u32 {
    u32::try_from(length * FINE).unwrap_or_default()
}

impl LineChart<'_> {
    /// The scale that all that is drawn lies on.
    fn scale(&self) -> Scale {
        let range = self.reading.measure().range();
        let points = self.reading.points.iter();
        let own = points.clone().filter_map(|point| point.observation.value);
        let targets = points.clone().filter_map(|point| point.target);
        let medians = self.medians.iter().flat_map(|median| median.figures.iter().copied().flatten());
        let intervals = points.filter_map(|point| self.reading.interval(point)).flat_map(|(low, high)| [low, high]);
        let ends = range.filter(|_| self.is_whole).into_iter().flat_map(|(least, most)| [least, most]);
        Scale::around(own.chain(targets).chain(medians).chain(intervals).chain(ends), range)
    }

    fn count(&self) -> usize {
        self.reading.points.len()
    }

    /// Where a period stands, in tenths.
    fn x(&self, index: usize) -> i32 {
        let (index, last) = (whole(index), whole(self.count()) - 1);
        let width = (WIDTH - LEFT - RIGHT - 16) * FINE;
        // A single point stands in the middle.
        (LEFT + 8) * FINE + if last < 1 { width / 2 } else { width * index / last }
    }

    /// Half the way from one period to the next, in tenths.
    fn half(&self) -> i32 {
        if self.count() < 2 { 40 * FINE } else { (self.x(1) - self.x(0)) / 2 }
    }

    fn draw(&self, area: &DrawingArea<Marks<'_>, Shift>, scale: Scale) -> Drawn {
        let stroke = |places: Vec<(i32, i32)>, color: RGBColor, width: u32| {
            area.draw(&PathElement::new(places, color.stroke_width(width)))
        };
        for tick in scale.ticks() {
            let y = y(scale, tick);
            stroke(vec![(LEFT * FINE, y), ((WIDTH - RIGHT) * FINE, y)], GRID, 10)?;
        }
        for median in self.medians {
            let places: Vec<_> = median
                .figures
                .iter()
                .enumerate()
                .map(|(at, figure)| Some((self.x(at), y(scale, (*figure)?))))
                .collect();
            for run in places.split(Option::is_none).filter(|run| !run.is_empty()) {
                let mut run: Vec<(i32, i32)> = run.iter().copied().flatten().collect();
                // A single one is a short stroke.
                if let [(x, y)] = *run {
                    run = vec![(x - 60, y), (x + 60, y)];
                }
                stroke(run, MEDIAN, 15)?;
            }
        }
        for step in self.target_steps(scale) {
            stroke(step, TARGET, 15)?;
        }
        for (index, point) in self.reading.points.iter().enumerate() {
            if let (Some((low, high)), true) = (self.reading.interval(point), self.count() <= FEW) {
                stroke(vec![(self.x(index), y(scale, low)), (self.x(index), y(scale, high))], INTERVAL, 30)?;
            }
            if point.is_break {
                let (x, foot) = (self.x(index) - self.half(), (HEIGHT - BELOW) * FINE);
                for x in [x - 25, x + 25] {
                    stroke(vec![(x - 20, foot + 70), (x + 20, foot - 70)], BREAK, 20)?;
                }
                stroke(vec![(x, foot - 90), (x, ABOVE * FINE)], BREAK, 8)?;
            }
        }
        for run in self.reading.runs() {
            let figure = |index: &usize| self.reading.points[*index].observation.value;
            let places: Vec<_> =
                run.iter().filter_map(|index| Some((self.x(*index), y(scale, figure(index)?)))).collect();
            if places.len() > 1 {
                stroke(places.clone(), FIGURES, 25)?;
            }
            for place in places {
                area.draw(&Circle::new(place, if self.count() > FEW { 20 } else { 45 }, FIGURES.filled()))?;
            }
        }
        Ok(())
    }

    /// The target as steps: level as long as it holds, and upright where it changes.
    fn target_steps(&self, scale: Scale) -> Vec<Vec<(i32, i32)>> {
        let half = self.half();
        let within = |x: i32| x.clamp(LEFT * FINE, (WIDTH - RIGHT) * FINE);
        let places: Vec<_> = self
            .reading
            .points
            .iter()
            .enumerate()
            .map(|(at, point)| Some((self.x(at), y(scale, point.target?))))
            .collect();
        let runs = places.split(Option::is_none).filter(|run| !run.is_empty());
        runs.map(|run| {
            run.iter().flatten().flat_map(|&(x, y)| [(within(x - half), y), (within(x + half), y)]).collect()
        })
        .collect()
    }

    /// Where a day stands between the ends of its period and of the one before, in tenths.
    fn x_of(&self, day: Date) -> Option<i32> {
        let points = &self.reading.points;
        let index = points.iter().position(|point| point.period.last_day() >= day)?;
        let Some(before) = index.checked_sub(1) else { return Some(self.x(0)) };
        let (from, to) = (points[before].period.last_day(), points[index].period.last_day());
        let (gone, all) = (day.days_since(from), to.days_since(from).max(1));
        let width = i64::from(self.x(index) - self.x(before));
        Some(self.x(before) + i32::try_from(width * gone.clamp(0, all) / all).unwrap_or_default())
    }

    /// The words at the ends of the lines: they stand where the lines end, or as near as there is room.
    fn end_labels(&self, scale: Scale) -> Vec<Label> {
        let mut labels = Vec::new();
        let points = &self.reading.points;
        let mut put = |class: &'static str, figure: f64, text: String| {
            labels.push(Label { class, y: y(scale, figure) / FINE, text });
        };
        if let Some(point) = self.reading.latest() {
            let figure = point.observation.value.unwrap_or_default();
            put("last", figure, number::danish(figure));
        }
        if let Some(target) = points.last().and_then(|point| point.target) {
            put("target-name", target, format!("mål {}", number::danish(target)));
        }
        for median in self.medians {
            if let Some(figure) = median.figures.iter().rev().find_map(|figure| *figure) {
                put("median-name", figure, format!("{} {}", median.label, number::danish(rounded(figure))));
            }
        }
        spread_labels(&mut labels, APART, ABOVE, HEIGHT - BELOW);
        labels
    }

    /// Puts the marks into a frame of our own: named, scalable, with classes for colours, and our words.
    fn framed(&self, marks: &str, scale: Scale) -> String {
        let mut words = String::new();
        let mut word = |class: &str, x: i32, y: i32, text: &str| {
            let (x, y, text) = (x.to_string(), y.to_string(), escaped(text));
            words.extend(["<text class=\"", class, "\" x=\"", &x, "\" y=\"", &y, "\">", &text, "</text>"]);
        };
        for tick in scale.ticks() {
            word("tick value", LEFT - 8, y(scale, tick) / FINE + 5, &number::danish(tick));
        }
        // Every period has its place; its name only where there is room for it.
        let every = self.count().div_ceil(8).max(1);
        for (index, point) in self.reading.points.iter().enumerate() {
            if (self.count() - 1 - index).is_multiple_of(every) {
                word("tick period", self.x(index) / FINE, HEIGHT - 8, &short(point.period));
            }
        }
        for label in self.end_labels(scale) {
            word(label.class, WIDTH - RIGHT + 8, label.y + 5, &label.text);
        }
        for (index, x) in
            self.events.iter().enumerate().filter_map(|(index, day)| Some((index, self.x_of(*day)? / FINE)))
        {
            let (stem, flag) = (format!("M{x} {}V{ABOVE}", HEIGHT - BELOW), format!("M{x} {ABOVE}h20v-16h-20z"));
            words.extend(["<path class=\"stem\" d=\"", &stem, "\"/><path class=\"flag\" d=\"", &flag, "\"/>"]);
            let (x, number) = ((x + 10).to_string(), (index + 1).to_string());
            words.extend(["<text class=\"flag-name\" x=\"", &x, "\" y=\"", "18\">", &number, "</text>"]);
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" viewBox=\"0 0 {WIDTH} {HEIGHT}\">\
             <title>{}</title><g transform=\"scale(0.1)\">{marks}</g>{words}</svg>",
            escaped(&self.reading.description())
        )
    }
}

/// A period where room is scarce.
fn short(period: crate::domain::period::Period) -> String {
    match period {
        crate::domain::period::Period::Quarter(year, quarter) => format!("{quarter}. kv. {year}"),
        other => other.danish(),
    }
}

/// A median lies between figures, and is no more exact than they are.
fn rounded(figure: f64) -> f64 {
    (figure * 100.0).round() / 100.0
}

fn whole(count: usize) -> i32 {
    i32::try_from(count).unwrap_or_default()
}

/// Where a figure stands, in tenths.
#[allow(clippy::cast_possible_truncation, reason = "a place on a chart is small")]
fn y(scale: Scale, figure: f64) -> i32 {
    let height = f64::from((HEIGHT - ABOVE - BELOW) * FINE);
    ((HEIGHT - BELOW) * FINE) - (scale.place(figure) * height).round() as i32
}

#[cfg(test)]
mod tests;
