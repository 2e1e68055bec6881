//! A series in the size of a word: on a card, and many beside one another.

use crate::domain::series_analysis::SeriesAnalysis;

use super::escaped;
use super::scale::Scale;

const WIDTH: i32 = 240;
const HEIGHT: i32 = 64;
/// Room around, so that no stroke is cut.
const EDGE: i32 = 6;

/// The scale that several series are seen on together, so that they can be compared.
pub fn common_scale<'r>(readings: impl IntoIterator<Item = &'r SeriesAnalysis>) -> Scale {
    let mut range = None;
    let figures: Vec<f64> = readings
        .into_iter()
        .flat_map(|reading| {
            range = reading.measure().range();
            reading.points.iter().flat_map(|point| [point.observation.value, point.target]).flatten()
        })
        .collect();
    Scale::around(figures, range)
}

/// Draws a series without words, in a scale that may be shared. `name` is for those who do not see it; a drawing without
/// one says nothing that words beside it do not say.
pub fn spark(reading: &SeriesAnalysis, scale: Scale, name: Option<&str>) -> String {
    let mut text = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"spark\" ");
    match name {
        Some(_) => text.push_str("role=\"img\""),
        None => text.push_str("aria-hidden=\"true\""),
    }
    text.extend([format!(" viewBox=\"0 0 {WIDTH} {HEIGHT}\">")]);
    text.extend(name.map(|name| format!("<title>{}</title>", escaped(name))));
    let last = i32::try_from(reading.points.len()).unwrap_or_default() - 1;
    let x = |index: usize| {
        let width = WIDTH - 2 * EDGE;
        EDGE + if last < 1 { width / 2 } else { width * i32::try_from(index).unwrap_or_default() / last }
    };
    let y = |figure: f64| place(scale, figure);
    let latest = reading.points.iter().rposition(|point| point.observation.value.is_some());
    if let Some(target) = latest.and_then(|latest| reading.points[latest].target) {
        text.extend([format!("<path class=\"target\" d=\"M0 {}H{WIDTH}\"/>", y(target))]);
    }
    for run in reading.runs() {
        let mut path = String::new();
        for (place, index) in run.iter().enumerate() {
            if let Some(figure) = reading.points[*index].observation.value {
                let way = if place == 0 { 'M' } else { 'L' };
                path.extend([format!("{way}{} {}", x(*index), y(figure))]);
            }
        }
        // A point between gaps is seen by the round end of a line of no length.
        if run.len() == 1 {
            path.push_str("h0");
        }
        text.extend(["<path class=\"line\" d=\"", &path, "\"/>"]);
    }
    if let Some((index, figure)) = latest.and_then(|at| Some((at, reading.points[at].observation.value?))) {
        text.extend([format!("<circle class=\"point\" cx=\"{}\" cy=\"{}\" r=\"5\"/>", x(index), y(figure))]);
    }
    text.push_str("</svg>");
    text
}

#[allow(clippy::cast_possible_truncation, reason = "a place on a chart is small")]
fn place(scale: Scale, figure: f64) -> i32 {
    HEIGHT - EDGE - (scale.place(figure) * f64::from(HEIGHT - 2 * EDGE)).round() as i32
}
