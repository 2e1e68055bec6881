//! Draws a series over its periods: figures as a line, targets as steps, breaks, events, intervals, and the medians of
//! comparable units as faint lines.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, PathElement};
use plotters::style::{Color, RGBColor};

use crate::domain::date::Date;
use crate::domain::number;
use crate::domain::period::Period;
use crate::domain::series_analysis::SeriesAnalysis;

use super::escaped;
use super::labels::{Label, spread_labels};
use super::marks::{BREAK, FIGURES, GRID, INTERVAL, MEDIAN, Marks, TARGET};
use super::scale::Scale;

/// The contents of a line chart.
#[derive(Clone, Debug)]
pub struct LineChart<'d> {
    /// The series.
    pub analysis: &'d SeriesAnalysis,
    /// The days of events, in the order of time. The chart numbers them; the page describes them in words.
    pub events: &'d [Date],
    /// The medians of other units.
    pub medians: &'d [Median],
    /// Whether the axis shows the whole range that figures of this measure can lie in, if the measure has a range.
    pub shows_full_axis: bool,
}

/// The median of other units in each period of the series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Median {
    /// The name of the other units: `netværket`.
    pub label: String,
    /// One median for each period; `None` where there is none.
    pub figures: Vec<Option<f64>>,
}

/// Positions of marks are in tenths of the drawing's unit: plotters rounds positions to whole numbers, which would
/// show.
const TENTHS: i32 = 10;
const WIDTH: i32 = 680;
const HEIGHT: i32 = 280;
/// The room for labels on each side of the plot.
const LEFT: i32 = 52;
const RIGHT: i32 = 128;
const ABOVE: i32 = 22;
const BELOW: i32 = 34;
/// The least distance between two labels at line ends: the height of a line of text on a phone.
const LABEL_DISTANCE: i32 = 25;
/// The size of the flag of an event, with a number in it.
const FLAG_WIDTH: i32 = 20;
const FLAG_HEIGHT: i32 = 16;
/// The largest number of periods that are drawn with intervals and large points.
const FEW: usize = 60;

type DrawingResult = Result<(), DrawingAreaErrorKind<std::fmt::Error>>;

/// Draws a series as SVG text. A description names the drawing for those who do not see it. The page's style gives the
/// colours.
pub fn line_chart(line: &LineChart<'_>) -> String {
    let scale = line.scale();
    let mut marks = String::new();
    let size = (in_tenths(WIDTH), in_tenths(HEIGHT));
    // The backend writes to a `String`, which does not fail.
    drop(line.draw(&Marks { text: &mut marks, size }.into_drawing_area(), scale));
    line.in_frame(&marks, scale)
}

/// Whether the axis shows less than the whole range that figures of this measure can lie in. The page must then say so.
pub fn is_cut(line: &LineChart<'_>) -> bool {
    let scale = line.scale();
    match line.analysis.measure().range() {
        Some((least, most)) => scale.from > least || scale.to < most,
        None => scale.from > 0.0,
    }
}

fn in_tenths(length: i32) -> u32 {
    u32::try_from(length * TENTHS).unwrap_or_default()
}

impl LineChart<'_> {
    /// The scale of the vertical axis, on which everything in the chart lies.
    fn scale(&self) -> Scale {
        let range = self.analysis.measure().range();
        let points = self.analysis.points.iter();
        let figures = points.clone().filter_map(|point| point.observation.value);
        let targets = points.clone().filter_map(|point| point.target);
        let medians = self.medians.iter().flat_map(|median| median.figures.iter().copied().flatten());
        let intervals = points.filter_map(|point| self.analysis.interval(point)).flat_map(|(low, high)| [low, high]);
        let ends = range.filter(|_| self.shows_full_axis).into_iter().flat_map(|(least, most)| [least, most]);
        Scale::around(figures.chain(targets).chain(medians).chain(intervals).chain(ends), range)
    }

    fn count(&self) -> usize {
        self.analysis.points.len()
    }

    /// The horizontal position of a period, in tenths.
    fn x(&self, index: usize) -> i32 {
        let (index, last) = (as_i32(index), as_i32(self.count()) - 1);
        let width = (WIDTH - LEFT - RIGHT - 16) * TENTHS;
        // A single period lies in the middle.
        (LEFT + 8) * TENTHS + if last < 1 { width / 2 } else { width * index / last }
    }

    /// Half the distance between two periods, in tenths.
    fn half_step(&self) -> i32 {
        if self.count() < 2 { 40 * TENTHS } else { (self.x(1) - self.x(0)) / 2 }
    }

    fn draw(&self, area: &DrawingArea<Marks<'_>, Shift>, scale: Scale) -> DrawingResult {
        let stroke = |points: Vec<(i32, i32)>, color: RGBColor, width: u32| {
            area.draw(&PathElement::new(points, color.stroke_width(width)))
        };
        for tick in scale.ticks() {
            let y = y(scale, tick);
            stroke(vec![(LEFT * TENTHS, y), ((WIDTH - RIGHT) * TENTHS, y)], GRID, 10)?;
        }
        for median in self.medians {
            let points: Vec<_> = median
                .figures
                .iter()
                .enumerate()
                .map(|(index, figure)| Some((self.x(index), y(scale, (*figure)?))))
                .collect();
            for run in points.split(Option::is_none).filter(|run| !run.is_empty()) {
                let mut run: Vec<(i32, i32)> = run.iter().copied().flatten().collect();
                // A single median is drawn as a short stroke.
                if let [(x, y)] = *run {
                    run = vec![(x - 60, y), (x + 60, y)];
                }
                stroke(run, MEDIAN, 15)?;
            }
        }
        for step in self.target_steps(scale) {
            stroke(step, TARGET, 15)?;
        }
        for (index, point) in self.analysis.points.iter().enumerate() {
            if let (Some((low, high)), true) = (self.analysis.interval(point), self.count() <= FEW) {
                stroke(vec![(self.x(index), y(scale, low)), (self.x(index), y(scale, high))], INTERVAL, 30)?;
            }
            if point.is_break {
                let (x, foot) = (self.x(index) - self.half_step(), (HEIGHT - BELOW) * TENTHS);
                for x in [x - 25, x + 25] {
                    stroke(vec![(x - 20, foot + 70), (x + 20, foot - 70)], BREAK, 20)?;
                }
                stroke(vec![(x, foot - 90), (x, ABOVE * TENTHS)], BREAK, 8)?;
            }
        }
        for run in self.analysis.runs() {
            let figure = |index: &usize| self.analysis.points[*index].observation.value;
            let points: Vec<_> =
                run.iter().filter_map(|index| Some((self.x(*index), y(scale, figure(index)?)))).collect();
            if points.len() > 1 {
                stroke(points.clone(), FIGURES, 25)?;
            }
            for point in points {
                area.draw(&Circle::new(point, if self.count() > FEW { 20 } else { 45 }, FIGURES.filled()))?;
            }
        }
        Ok(())
    }

    /// The target as steps: horizontal while a target holds, vertical where it changes. One list of points for each
    /// stretch without a gap.
    fn target_steps(&self, scale: Scale) -> Vec<Vec<(i32, i32)>> {
        let half_step = self.half_step();
        let within_plot = |x: i32| x.clamp(LEFT * TENTHS, (WIDTH - RIGHT) * TENTHS);
        let points: Vec<_> = self
            .analysis
            .points
            .iter()
            .enumerate()
            .map(|(index, point)| Some((self.x(index), y(scale, point.target?))))
            .collect();
        let runs = points.split(Option::is_none).filter(|run| !run.is_empty());
        runs.map(|run| {
            run.iter()
                .flatten()
                .flat_map(|&(x, y)| [(within_plot(x - half_step), y), (within_plot(x + half_step), y)])
                .collect()
        })
        .collect()
    }

    /// The horizontal position of a day, in tenths. A period reaches half a step to each side of its figure, as breaks
    /// and targets are drawn, and a day lies where it lies in its period. At the edges of the plot there is less room,
    /// and half a period takes what there is. `None` before the first and after the last period.
    fn x_of_day(&self, day: Date) -> Option<i32> {
        let periods = || self.analysis.points.iter().map(|point| point.period);
        // Of periods of several kinds, a day lies in the one that began last.
        let index = periods().rposition(|period| period.first_day() <= day)?;
        let first = periods().nth(index)?.first_day();
        let next = periods().nth(index + 1).map(Period::first_day);
        let end = next.or(periods().map(Period::last_day).max()?.plus_days(1))?;
        let (elapsed, total) = (day.days_since(first), end.days_since(first).max(1));
        let x = self.x(index);
        let is_first_half = 2 * elapsed < total;
        let room = if is_first_half { x - LEFT * TENTHS } else { (WIDTH - RIGHT) * TENTHS - x };
        let offset = i64::from(room.min(self.half_step())) * (2 * elapsed - total) / total;
        (elapsed < total).then(|| Some(x + i32::try_from(offset).ok()?)).flatten()
    }

    /// The labels at the ends of the lines: where the lines end, or as near as there is room.
    fn end_labels(&self, scale: Scale) -> Vec<Label> {
        let mut labels = Vec::new();
        let points = &self.analysis.points;
        let mut put = |class: &'static str, figure: f64, text: String| {
            labels.push(Label { class, y: y(scale, figure) / TENTHS, text });
        };
        if let Some(point) = self.analysis.latest() {
            let figure = point.observation.value.unwrap_or_default();
            put("last", figure, number::format_danish(figure));
        }
        if let Some(target) = points.last().and_then(|point| point.target) {
            put("target-name", target, format!("mål {}", number::format_danish(target)));
        }
        for median in self.medians {
            if let Some(figure) = median.figures.iter().rev().find_map(|figure| *figure) {
                put(
                    "median-name",
                    figure,
                    format!("{} {}", median.label, number::format_danish(to_hundredths(figure))),
                );
            }
        }
        spread_labels(&mut labels, LABEL_DISTANCE, ABOVE, HEIGHT - BELOW);
        labels
    }

    /// Puts the marks into the SVG element, with its description, and adds all text and the flags of events.
    fn in_frame(&self, marks: &str, scale: Scale) -> String {
        let mut labels = String::new();
        let mut add_label = |class: &str, x: i32, y: i32, text: &str| {
            let (x, y, text) = (x.to_string(), y.to_string(), escaped(text));
            labels.extend(["<text class=\"", class, "\" x=\"", &x, "\" y=\"", &y, "\">", &text, "</text>"]);
        };
        for tick in scale.ticks() {
            add_label("tick value", LEFT - 8, y(scale, tick) / TENTHS + 5, &number::format_danish(tick));
        }
        // At most eight periods are labelled, counted from the last one.
        let interval = self.count().div_ceil(8).max(1);
        for (index, point) in self.analysis.points.iter().enumerate() {
            if (self.count() - 1 - index).is_multiple_of(interval) {
                add_label("tick period", self.x(index) / TENTHS, HEIGHT - 8, &short_name(point.period));
            }
        }
        for label in self.end_labels(scale) {
            add_label(label.class, WIDTH - RIGHT + 8, label.y + 5, &label.text);
        }
        self.add_events(&mut labels);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" viewBox=\"0 0 {WIDTH} {HEIGHT}\">\
             <title>{}</title><g transform=\"scale(0.1)\">{marks}</g>{labels}</svg>",
            escaped(&self.analysis.description())
        )
    }

    /// Adds the events: a stem at the day of each, and a flag with its number. A flag that would cover the one before
    /// is moved to the right, and a line leads to it from the stem.
    fn add_events(&self, labels: &mut String) {
        let mut least_x = 0;
        for (index, day) in self.events.iter().enumerate() {
            let Some(x) = self.x_of_day(*day).map(|x| x / TENTHS) else { continue };
            let flag_x = x.max(least_x).min(WIDTH - FLAG_WIDTH);
            least_x = flag_x + FLAG_WIDTH + 2;
            let to_flag = if flag_x == x { String::new() } else { format!("H{flag_x}") };
            let stem = format!("M{x} {}V{ABOVE}{to_flag}", HEIGHT - BELOW);
            let flag = format!("M{flag_x} {ABOVE}h{FLAG_WIDTH}v-{FLAG_HEIGHT}h-{FLAG_WIDTH}z");
            labels.extend(["<path class=\"stem\" d=\"", &stem, "\"/><path class=\"flag\" d=\"", &flag, "\"/>"]);
            let (x, number) = ((flag_x + FLAG_WIDTH / 2).to_string(), (index + 1).to_string());
            labels.extend(["<text class=\"flag-name\" x=\"", &x, "\" y=\"18\">", &number, "</text>"]);
        }
    }
}

/// The name of a period, shortened where it is long.
fn short_name(period: Period) -> String {
    match period {
        Period::Quarter(year, quarter) => format!("{quarter}. kv. {year}"),
        other => other.danish(),
    }
}

/// Rounds to two decimals: a median can lie between two figures, and is no more exact than they are.
fn to_hundredths(figure: f64) -> f64 {
    (figure * 100.0).round() / 100.0
}

fn as_i32(count: usize) -> i32 {
    i32::try_from(count).unwrap_or_default()
}

/// The vertical position of a figure, in tenths.
#[allow(clippy::cast_possible_truncation, reason = "a place on a chart is small")]
fn y(scale: Scale, figure: f64) -> i32 {
    let height = f64::from((HEIGHT - ABOVE - BELOW) * TENTHS);
    ((HEIGHT - BELOW) * TENTHS) - (scale.place(figure) * height).round() as i32
}

#[cfg(test)]
mod tests;
