//! A line of figures over periods.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, PathElement};
use plotters::style::Color;

use crate::domain::number;

use super::escaped;
use super::marks::{FIGURES, GRID, Marks};
use super::scale::Scale;

/// One period of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// What the period is called.
    pub label: String,
    /// The figure; `None` where it is missing.
    pub figure: Option<f64>,
}

/// Places are given in tenths: plotters draws at whole numbers, and would step.
const FINE: i32 = 10;
const WIDTH: i32 = 640;
const HEIGHT: i32 = 240;
/// Room for words: left, right, above, below.
const LEFT: i32 = 52;
const RIGHT: i32 = 64;
const ABOVE: i32 = 14;
const BELOW: i32 = 32;

/// Draws a line as SVG text, named for those who do not see it. The figures of the axis and of the last point are
/// written; the page's style gives the rest.
pub fn line(points: &[Point], range: Option<(f64, f64)>, name: &str) -> String {
    let scale = Scale::around(points.iter().filter_map(|point| point.figure), range);
    let mut marks = String::new();
    let size = (fine(WIDTH), fine(HEIGHT));
    // What it is drawn on is a text, and takes everything.
    drop(draw(&Marks { text: &mut marks, size }.into_drawing_area(), points, scale));
    framed(&marks, points, scale, name)
}

/// Whether the axis shows less than the whole range that a figure can lie in: then it has to be said.
pub fn is_cut(points: &[Point], range: Option<(f64, f64)>) -> bool {
    let scale = Scale::around(points.iter().filter_map(|point| point.figure), range);
    match range {
        Some((least, most)) => scale.from > least || scale.to < most,
        None => scale.from > 0.0,
    }
}

fn fine(length: i32) -> u32 {
    u32::try_from(length * FINE).unwrap_or_default()
}

fn draw(
    area: &DrawingArea<Marks<'_>, Shift>,
    points: &[Point],
    scale: Scale,
) -> Result<(), DrawingAreaErrorKind<std::fmt::Error>> {
    for tick in scale.ticks() {
        let y = y(scale, tick) * FINE;
        area.draw(&PathElement::new(vec![(LEFT * FINE, y), ((WIDTH - RIGHT) * FINE, y)], GRID.stroke_width(10)))?;
    }
    let places: Vec<Option<(i32, i32)>> = points
        .iter()
        .enumerate()
        .map(|(index, point)| point.figure.map(|figure| (x(index, points.len()) * FINE, y_fine(scale, figure))))
        .collect();
    for run in places.split(Option::is_none) {
        let run: Vec<(i32, i32)> = run.iter().copied().flatten().collect();
        if run.len() > 1 {
            area.draw(&PathElement::new(run.clone(), FIGURES.stroke_width(25)))?;
        }
        for place in run {
            area.draw(&Circle::new(place, 4 * FINE, FIGURES.filled()))?;
        }
    }
    Ok(())
}

fn x(index: usize, count: usize) -> i32 {
    let (index, last) = (i32::try_from(index).unwrap_or(0), i32::try_from(count).unwrap_or(1) - 1);
    let width = WIDTH - LEFT - RIGHT;
    // A single point stands in the middle.
    if last < 1 { LEFT + width / 2 } else { LEFT + width * index / last }
}

#[allow(clippy::cast_possible_truncation, reason = "a place on a chart is small")]
fn y_fine(scale: Scale, figure: f64) -> i32 {
    let height = f64::from((HEIGHT - ABOVE - BELOW) * FINE);
    ((HEIGHT - BELOW) * FINE) - (scale.place(figure) * height).round() as i32
}

fn y(scale: Scale, figure: f64) -> i32 {
    y_fine(scale, figure) / FINE
}

/// Puts the marks into a frame of our own: named, scalable, with classes for colours, and our words.
fn framed(marks: &str, points: &[Point], scale: Scale, name: &str) -> String {
    let mut words = String::new();
    let mut word = |class: &str, x: i32, y: i32, text: &str| {
        let (x, y, text) = (x.to_string(), y.to_string(), escaped(text));
        words.extend(["<text class=\"", class, "\" x=\"", &x, "\" y=\"", &y, "\">", &text, "</text>"]);
    };
    for tick in scale.ticks() {
        word("tick value", LEFT - 8, y(scale, tick) + 5, &number::danish(tick));
    }
    // Every period has its place; its name only where there is room for it.
    let every = points.len().div_ceil(8).max(1);
    for (index, point) in points.iter().enumerate().filter(|(index, _)| index.is_multiple_of(every)) {
        word("tick period", x(index, points.len()), HEIGHT - 8, &point.label);
    }
    if let Some((index, figure)) =
        points.iter().enumerate().rev().find_map(|(index, point)| Some((index, point.figure?)))
    {
        word("last", x(index, points.len()) + 10, y(scale, figure) + 6, &number::danish(figure));
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" viewBox=\"0 0 {WIDTH} {HEIGHT}\">\
         <title>{}</title><g transform=\"scale(0.1)\">{marks}</g>{words}</svg>",
        escaped(name)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(figures: &[Option<f64>]) -> Vec<Point> {
        let label = |index: usize| format!("{}/{:02}", 2019 + index, 20 + index);
        figures.iter().enumerate().map(|(index, &figure)| Point { label: label(index), figure }).collect()
    }

    fn count(svg: &str, part: &str) -> usize {
        svg.matches(part).count()
    }

    #[test]
    fn a_gap_is_a_gap() {
        let svg = line(&points(&[Some(7.0), Some(6.5), None, Some(6.0), None, Some(5.0), Some(5.5)]), None, "x");
        assert_eq!((count(&svg, "<polyline class=\"line\""), count(&svg, "class=\"point\"")), (2, 5), "{svg}");
    }

    #[test]
    fn nothing_and_one_and_many_are_drawn() {
        for (figures, drawn) in [(vec![], 0), (vec![None], 0), (vec![Some(0.0)], 1), (vec![Some(4.2); 200], 200)] {
            let svg = line(&points(&figures), Some((0.0, 100.0)), "x");
            assert_eq!(count(&svg, "class=\"point\""), drawn);
            assert!(!svg.contains("NaN") && !svg.contains("style=") && !svg.contains("#0"), "{svg}");
        }
    }

    #[test]
    fn an_axis_that_is_cut_is_known() {
        for (figures, range, cut) in [
            (vec![Some(6.1), Some(7.4)], Some((0.0, 100.0)), true),
            (vec![Some(0.0), Some(100.0)], Some((0.0, 100.0)), false),
            (vec![], Some((1.0, 5.0)), false),
            (vec![Some(0.0), Some(7.0)], None, false),
            (vec![Some(6.0), Some(7.0)], None, true),
        ] {
            assert_eq!(is_cut(&points(&figures), range), cut, "{figures:?}");
        }
    }

    #[test]
    fn words_are_ours_and_only_words() {
        let mut named = points(&[Some(6.1)]);
        named[0].label = "<script>&".to_owned();
        let svg = line(&named, None, "Fravær <b>");
        assert!(svg.contains("<title>Fravær &lt;b&gt;</title>") && svg.contains(">&lt;script&gt;&amp;</text>"));
        assert!(svg.contains(">6,1</text>"), "the last figure is written at its point");
    }
}
