//! Sparklines: a series in the size of a word, on a card or in a table of many.

use crate::domain::series_analysis::SeriesAnalysis;

use super::escaped;
use super::scale::Scale;

const WIDTH: i32 = 240;
const HEIGHT: i32 = 64;
/// The margin on all sides, so that no stroke is cut off.
const MARGIN: i32 = 6;

/// The scale that contains the figures and targets of several series, so that their sparklines can be compared.
pub fn common_scale<'r>(analyses: impl IntoIterator<Item = &'r SeriesAnalysis>) -> Scale {
    let mut range = None;
    let figures: Vec<f64> = analyses
        .into_iter()
        .flat_map(|analysis| {
            range = analysis.measure().range();
            analysis.points.iter().flat_map(|point| [point.observation.value, point.target]).flatten()
        })
        .collect();
    Scale::around(figures, range)
}

/// Draws a series without text, on a scale that several drawings can share. `name` is the drawing's name for those who
/// do not see it. A drawing without a name is hidden from them: the text beside it must say the same.
pub fn spark(analysis: &SeriesAnalysis, scale: Scale, name: Option<&str>) -> String {
    let mut text = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"spark\" ");
    match name {
        Some(_) => text.push_str("role=\"img\""),
        None => text.push_str("aria-hidden=\"true\""),
    }
    text.extend([format!(" viewBox=\"0 0 {WIDTH} {HEIGHT}\">")]);
    text.extend(name.map(|name| format!("<title>{}</title>", escaped(name))));
    let last = i32::try_from(analysis.points.len()).unwrap_or_default() - 1;
    let x = |index: usize| {
        let width = WIDTH - 2 * MARGIN;
        MARGIN + if last < 1 { width / 2 } else { width * i32::try_from(index).unwrap_or_default() / last }
    };
    let y = |figure: f64| y_of(scale, figure);
    let latest = analysis.points.iter().rposition(|point| point.observation.value.is_some());
    if let Some(target) = latest.and_then(|latest| analysis.points[latest].target) {
        text.extend([format!("<path class=\"target\" d=\"M0 {}H{WIDTH}\"/>", y(target))]);
    }
    for run in analysis.runs() {
        let mut path = String::new();
        for (rank, index) in run.iter().enumerate() {
            if let Some(figure) = analysis.points[*index].observation.value {
                let command = if rank == 0 { 'M' } else { 'L' };
                path.extend([format!("{command}{} {}", x(*index), y(figure))]);
            }
        }
        // A single point between gaps is a line of no length, whose round ends show.
        if run.len() == 1 {
            path.push_str("h0");
        }
        text.extend(["<path class=\"line\" d=\"", &path, "\"/>"]);
    }
    if let Some((index, figure)) = latest.and_then(|index| Some((index, analysis.points[index].observation.value?))) {
        text.extend([format!("<circle class=\"point\" cx=\"{}\" cy=\"{}\" r=\"5\"/>", x(index), y(figure))]);
    }
    text.push_str("</svg>");
    text
}

#[allow(clippy::cast_possible_truncation, reason = "a place on a chart is small")]
fn y_of(scale: Scale, figure: f64) -> i32 {
    HEIGHT - MARGIN - (scale.place(figure) * f64::from(HEIGHT - 2 * MARGIN)).round() as i32
}
