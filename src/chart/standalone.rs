//! A drawing by itself, as a file: with its colours in it, a size, a headline and where it comes from.

use crate::domain::date::Date;
use crate::domain::indicator::Indicator;
use crate::domain::publish::PublishedSeries;
use crate::domain::series_analysis::SeriesAnalysis;

use super::escaped;
use super::line::{LineChart, Median, line};

/// What the page's style gives each class, as it is on white paper. Every class is told apart by its stroke as well, so
/// that it can be read in black and white.
const LOOKS: [(&str, &str); 15] = [
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

/// The room above for a headline, and below for its source.
const ABOVE: i32 = 76;
const BELOW: i32 = 34;
/// The size of a drawing in its own unit.
const WIDTH: i32 = 680;
const HEIGHT: i32 = 280;
/// How many points of a screen a unit is.
pub const SCALE: i32 = 2;

/// The size of a drawing by itself, in points of a screen.
pub const SIZE: (i32, i32) = (WIDTH * SCALE, (ABOVE + HEIGHT + BELOW) * SCALE);

/// A drawing inside a document: it keeps its classes, so that the page's style decides where there is one, and has the
/// colours of white paper where there is none.
pub fn inline(svg: &str) -> String {
    let with_look = |drawing: String, (class, look): (&str, &str)| {
        drawing.replace(&format!("class=\"{class}\""), &format!("class=\"{class}\" {look}"))
    };
    LOOKS.into_iter().fold(svg.to_owned(), with_look)
}

/// Makes a file of a unit's series on an indicator, with the medians of units like it.
pub fn of_series(
    unit: &str,
    indicator: &Indicator,
    series: &PublishedSeries,
    medians: &[Median],
    today: Date,
) -> String {
    let reading = SeriesAnalysis::of(indicator, series, today);
    let events: Vec<Date> = series.events.keys().copied().collect();
    let svg = line(&LineChart { reading: &reading, events: &events, medians, is_whole: false });
    standalone(&svg, &format!("{} – {unit}", indicator.name), &reading.headline(), &source(&reading, today))
}

/// Where the figures come from, and when they were taken out.
fn source(reading: &SeriesAnalysis, today: Date) -> String {
    let mut sources: Vec<&str> = Vec::new();
    for point in &reading.points {
        let source = point.observation.source.as_str();
        if !source.is_empty() && !sources.contains(&source) {
            sources.push(source);
        }
    }
    let from = if sources.is_empty() { String::new() } else { format!("Kilde: {}. ", sources.join(", ")) };
    format!("{from}Måles i {}. Trukket {}.", reading.measure().danish(), today.danish())
}

/// Makes a file of a drawing that [`line`] made.
fn standalone(svg: &str, title: &str, headline: &str, source: &str) -> String {
    let mut marks = svg.to_owned();
    for (class, look) in LOOKS {
        marks = marks.replace(&format!("class=\"{class}\""), look);
    }
    let inner = marks.split_once('>').map_or("", |(_, inner)| inner).trim_end_matches("</svg>");
    let (width, height) = SIZE;
    let whole = ABOVE + HEIGHT + BELOW;
    let foot = whole - 12;
    let (title, headline, source) = (escaped(title), escaped(headline), escaped(source));
    // The description stays first: it is what the file is called for those who do not see it.
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {WIDTH} {whole}\" font-family=\"system-ui, Segoe UI, Roboto, sans-serif\">\
         <rect width=\"{WIDTH}\" height=\"{whole}\" fill=\"#ffffff\"/>\
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
    fn agreement_drawings_in_documents_have_colours_of_their_own_and_keep_their_classes() {
        let kept = include_str!("line/kept/alt.svg").replace(">\n<", "><");
        let drawing = inline(&kept);
        assert!(drawing.contains("class=\"line\" fill=\"none\" stroke=\"#0b5c6b\""), "{drawing}");
        assert!(!drawing.contains("style="));
    }

    #[test]
    fn indicators_drawings_as_files_need_no_style_of_the_page() {
        let kept = include_str!("line/kept/alt.svg").replace(">\n<", "><");
        let file = standalone(&kept, "Fravær <reduceres>", "Steget", "Kilde: egen");
        assert!(!file.contains("class="), "{file}");
        assert!(!file.contains("style="));
        assert!(file.contains(">Fravær &lt;reduceres&gt;</text>") && file.contains("<title>"));
        assert_eq!((file.matches("<svg").count(), file.matches("</svg>").count()), (1, 1));
    }
}
