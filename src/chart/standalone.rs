//! A line chart outside the page: as a file, with colours, size, headline and source; or inside a document.

use crate::domain::date::Date;
use crate::domain::indicator::Indicator;
use crate::domain::publish::PublishedSeries;
use crate::domain::series_analysis::SeriesAnalysis;

use super::escaped;
use super::line::{LineChart, Median, line_chart};

/// The attributes of each class on white paper, in place of the page's style. Strokes differ as well as colours, so
/// that the drawing can be read in black and white.
const ATTRIBUTES: [(&str, &str); 15] = [
    ("grid", "fill=\"none\" stroke=\"#dad7ce\""),
    ("line", "fill=\"none\" stroke=\"#0b5c6b\" stroke-linejoin=\"round\""),
    ("point", "fill=\"#0b5c6b\""),
    ("target", "fill=\"none\" stroke=\"#1e2a31\" stroke-dasharray=\"60 40\""),
    ("median", "fill=\"none\" stroke=\"#7c8489\" stroke-dasharray=\"15 30\""),
    ("interval", "fill=\"none\" stroke=\"#9cc4c9\""),
    ("break", "fill=\"none\" stroke=\"#1e2a31\""),
    ("stem", "fill=\"none\" stroke=\"#7c8489\" stroke-dasharray=\"2 3\""),
    ("flag", "fill=\"#1e2a31\""),
    ("flag-name", "fill=\"#ffffff\" text-anchor=\"middle\" font-size=\"12\" font-weight=\"600\""),
    ("tick value", "fill=\"#55626a\" text-anchor=\"end\" font-size=\"13\""),
    ("tick period", "fill=\"#55626a\" text-anchor=\"middle\" font-size=\"13\""),
    ("last", "fill=\"#1e2a31\" font-size=\"17\" font-weight=\"600\""),
    ("target-name", "fill=\"#1e2a31\" font-size=\"13\""),
    ("median-name", "fill=\"#55626a\" font-size=\"13\""),
];

/// The room above the drawing for title and headline, and below it for the source.
const ABOVE: i32 = 76;
const BELOW: i32 = 34;
/// The size of a line chart, in its own unit.
const WIDTH: i32 = 680;
const HEIGHT: i32 = 280;
/// The number of pixels for each unit.
pub const SCALE: i32 = 2;

/// The size of a drawing as a file, in pixels.
pub const SIZE: (i32, i32) = (WIDTH * SCALE, (ABOVE + HEIGHT + BELOW) * SCALE);

/// Adds the colours of white paper to a drawing for a document. The drawing keeps its classes, so that a style sheet
/// still decides where there is one.
pub fn with_paper_colors(svg: &str) -> String {
    let add_attributes = |drawing: String, (class, attributes): (&str, &str)| {
        drawing.replace(&format!("class=\"{class}\""), &format!("class=\"{class}\" {attributes}"))
    };
    ATTRIBUTES.into_iter().fold(svg.to_owned(), add_attributes)
}

/// Draws a unit's series on an indicator, with the medians of comparable units, as the text of an SVG file.
pub fn series_file(
    unit: &str,
    indicator: &Indicator,
    series: &PublishedSeries,
    medians: &[Median],
    today: Date,
) -> String {
    let analysis = SeriesAnalysis::of(indicator, series, today);
    let events: Vec<Date> = series.events.keys().copied().collect();
    let svg = line_chart(&LineChart { analysis: &analysis, events: &events, medians, shows_full_axis: false });
    standalone(&svg, &format!("{} – {unit}", indicator.name), &analysis.headline(), &source(&analysis, today))
}

/// The sentence on the sources of the figures, their measure, and the day of the file.
fn source(analysis: &SeriesAnalysis, today: Date) -> String {
    let mut sources: Vec<&str> = Vec::new();
    for point in &analysis.points {
        let source = point.observation.source.as_str();
        if !source.is_empty() && !sources.contains(&source) {
            sources.push(source);
        }
    }
    let origin = if sources.is_empty() { String::new() } else { format!("Kilde: {}. ", sources.join(", ")) };
    format!("{origin}Måles i {}. Trukket {}.", analysis.measure().danish(), today.danish())
}

/// Composes the file from a drawing that [`line`] made: its classes are replaced by attributes.
fn standalone(svg: &str, title: &str, headline: &str, source: &str) -> String {
    let mut marks = svg.to_owned();
    for (class, attributes) in ATTRIBUTES {
        marks = marks.replace(&format!("class=\"{class}\""), attributes);
    }
    let inner = marks.split_once('>').map_or("", |(_, inner)| inner).trim_end_matches("</svg>");
    let (width, height) = SIZE;
    let total_height = ABOVE + HEIGHT + BELOW;
    let foot = total_height - 12;
    let (title, headline, source) = (escaped(title), escaped(headline), escaped(source));
    // The description (`<title>`) is part of `inner`: it names the drawing for those who do not see it.
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {WIDTH} {total_height}\" font-family=\"system-ui, Segoe UI, Roboto, sans-serif\">\
         <rect width=\"{WIDTH}\" height=\"{total_height}\" fill=\"#ffffff\"/>\
         <text x=\"12\" y=\"30\" fill=\"#1e2a31\" font-size=\"20\" font-weight=\"600\">{title}</text>\
         <text x=\"12\" y=\"54\" fill=\"#1e2a31\" font-size=\"15\">{headline}</text>\
         <g transform=\"translate(0 {ABOVE})\">{inner}</g>\
         <text x=\"12\" y=\"{foot}\" fill=\"#55626a\" font-size=\"12\">{source}</text></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawing_in_document_has_colors_and_keeps_classes() {
        let snapshot = include_str!("line/snapshots/alt.svg").replace(">\n<", "><");
        let drawing = with_paper_colors(&snapshot);
        assert!(drawing.contains("class=\"line\" fill=\"none\" stroke=\"#0b5c6b\""), "{drawing}");
        assert!(!drawing.contains("style="));
    }

    #[test]
    fn drawing_as_file_needs_no_style_sheet() {
        let snapshot = include_str!("line/snapshots/alt.svg").replace(">\n<", "><");
        let file = standalone(&snapshot, "Fravær <reduceres>", "Steget", "Kilde: egen");
        assert!(!file.contains("class="), "{file}");
        assert!(!file.contains("style="));
        assert!(file.contains(">Fravær &lt;reduceres&gt;</text>") && file.contains("<title>"));
        assert_eq!((file.matches("<svg").count(), file.matches("</svg>").count()), (1, 1));
    }
}
