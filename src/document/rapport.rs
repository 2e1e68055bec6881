//! Builds a quality report as a document, and its good stories as a catalogue.

use crate::chart::line::LineChart;
use crate::domain::number;
use crate::domain::rapport::Rapport;
use crate::domain::rapport::compose::{AGREEMENT_HEADS, Chapter, ChapterItem, ChapterTopic, ItemContent, degrees};
use crate::domain::rapport::figures::{FigureView, ReportedIndicator};
use crate::domain::rapport::sources::Sources;
use crate::domain::series_analysis::SeriesAnalysis;

use super::html::Html;

/// Builds the document of a report, with the chapters that are included in it.
pub fn rapport(report: &Rapport, chapters: &[Chapter], sources: &Sources) -> Html {
    let mut html = Html::default();
    let shown: Vec<&Chapter> = chapters.iter().filter(|chapter| chapter.is_included && !is_empty(chapter)).collect();
    html.put(
        r#"<article class="paper paper-report"><header class="paper-cover"><p class="paper-kind">Kvalitetsrapport"#,
    );
    html.put(if report.finished.is_none() { " · kladde" } else { "" }).put("</p><h1>").say(title(report)).put("</h1>");
    cover_details(&mut html, report, sources);
    html.put("</header>");
    html.put(r#"<nav class="paper-contents" aria-label="Indhold"><h2>Indhold</h2><ol>"#);
    for (index, chapter) in shown.iter().enumerate() {
        html.put(r##"<li><a href="#afsnit-"##)
            .say(&(index + 1).to_string())
            .put(r#"">"#)
            .say(&chapter.title)
            .put("</a></li>");
    }
    html.put("</ol></nav>");
    let mut counts = FigureCounts::default();
    for (index, chapter) in shown.iter().enumerate() {
        html.put(r#"<section class="paper-chapter"><h2 id="afsnit-"#).say(&(index + 1).to_string()).put(r#"">"#);
        html.say(&format!("{}. {}", index + 1, chapter.title)).put("</h2>");
        html.paragraphs(&chapter.text);
        items(&mut html, chapter, sources, &mut counts);
        html.put("</section>");
    }
    html.put(r#"<footer class="paper-foot"><p>Tal, der hviler på færre end 5 personer, er skjult, og det samme er tal, de kunne regnes ud af. "#);
    html.put("Den færdige rapport hører til i kommunens ESDH-system.</p></footer></article>");
    html
}

/// Builds the catalogue of a report's good stories, with greetings to parents, to children and young people, and to
/// staff.
pub fn catalogue(report: &Rapport, chapters: &[Chapter], sources: &Sources) -> Html {
    let mut html = Html::default();
    html.put(r#"<article class="paper paper-catalogue"><header class="paper-cover"><p class="paper-kind">Gode historier</p><h1>Det lykkes hos os</h1>"#);
    html.put("<p>").say(&units_in_words(sources)).put("</p></header>");
    for (heading, greeting) in [
        ("Til forældre", &report.to_parents),
        ("Til børn og unge", &report.to_children),
        ("Til medarbejdere", &report.to_staff),
    ] {
        if !greeting.as_str().trim().is_empty() {
            html.put(r#"<section class="paper-greeting"><h2>"#).put(heading).put("</h2>");
            html.paragraphs(greeting.as_str()).put("</section>");
        }
    }
    html.put(r#"<section class="paper-chapter"><h2>Historierne</h2>"#);
    let stories =
        chapters.iter().filter(|chapter| chapter.topic == ChapterTopic::Stories).flat_map(|chapter| &chapter.items);
    for item in stories.filter(|item| item.is_included) {
        contribution(&mut html, item);
    }
    html.put("</section></article>");
    html
}

/// The title of a report.
pub fn title(report: &Rapport) -> &str {
    let title = report.title.as_str().trim();
    if title.is_empty() { "Kvalitetsrapport" } else { title }
}

/// Counts figures and tables, to number their captions.
#[derive(Debug, Default)]
struct FigureCounts {
    figures: usize,
    tables: usize,
}

impl FigureCounts {
    /// The beginning of the next figure's caption.
    fn next_figure(&mut self) -> String {
        self.figures += 1;
        format!("Figur {}. ", self.figures)
    }

    /// The beginning of the next table's caption.
    fn next_table(&mut self) -> String {
        self.tables += 1;
        format!("Tabel {}. ", self.tables)
    }
}

/// Whether a chapter has neither text nor items, and would be a heading over nothing.
fn is_empty(chapter: &Chapter) -> bool {
    chapter.text.is_empty() && !chapter.items.iter().any(|item| item.is_included)
}

/// The names of the report's units, or their number where there are more than six.
fn units_in_words(sources: &Sources) -> String {
    let names: Vec<&str> = sources.units.iter().map(|unit| unit.name.as_str()).collect();
    match &*names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        several if several.len() <= 6 => several.join(", "),
        many => format!("{} enheder i Børn & Unge", many.len()),
    }
}

/// The details on the cover: units, writers, date.
fn cover_details(html: &mut Html, report: &Rapport, sources: &Sources) {
    let day = report.finished.unwrap_or(sources.today).danish();
    let lines = [
        (if sources.units.len() == 1 { "Enhed" } else { "Enheder" }, units_in_words(sources)),
        ("Skrevet af", report.writers.as_str().trim().to_owned()),
        (if report.finished.is_some() { "Endelig" } else { "Trukket" }, day),
    ];
    html.put("<dl>");
    for (label, text) in lines.into_iter().filter(|(_, text)| !text.is_empty()) {
        html.put("<div><dt>").put(label).put("</dt><dd>").say(&text).put("</dd></div>");
    }
    html.put("</dl>");
}

/// The items of a chapter.
fn items(html: &mut Html, chapter: &Chapter, sources: &Sources, counts: &mut FigureCounts) {
    let shown = || chapter.items.iter().filter(|item| item.is_included);
    match chapter.topic {
        ChapterTopic::Introduction | ChapterTopic::Own => {}
        ChapterTopic::Themes | ChapterTopic::FoundPatterns => feedback(html, chapter, sources.units.len() > 1),
        ChapterTopic::Agreements if shown().next().is_some() => agreements(html, chapter, counts),
        ChapterTopic::Effects => {
            html.put("<p>").say(&chapter.note).put("</p>");
            let degrees = degrees(sources);
            if !degrees.is_empty() {
                html.put("<p><strong>Gjorde det en forskel?</strong> ").say(&degrees).put("</p>");
            }
            shown().for_each(|item| contribution(html, item));
        }
        _ => {
            for item in shown() {
                match &item.content {
                    ItemContent::Figures(indicators) => figures(html, &item.name, indicators, counts),
                    _ => contribution(html, item),
                }
            }
        }
    }
}

/// The themes or patterns with what the forums say about them. With `has_units` a theme names the units that take it
/// up.
fn feedback(html: &mut Html, chapter: &Chapter, has_units: bool) {
    let mut shown = chapter.items.iter().filter(|item| item.is_included).peekable();
    if shown.peek().is_none() {
        return;
    }
    html.put(r#"<ul class="paper-themes">"#);
    for item in shown {
        html.put("<li><strong>").say(&item.name).put("</strong>");
        if let ItemContent::Texts { by, lines } = &item.content {
            if has_units && !by.is_empty() {
                html.put(r#" <span class="paper-by">"#).say(by).put("</span>");
            }
            for (_, text) in lines.iter().filter(|(label, _)| label.is_empty()) {
                html.put("<br>").text(text);
            }
            labelled(html, lines);
        }
        html.put("</li>");
    }
    html.put("</ul>");
}

/// The texts with labels as a list; nothing if there are none.
fn labelled(html: &mut Html, lines: &[(&'static str, String)]) {
    if lines.iter().all(|(label, _)| label.is_empty()) {
        return;
    }
    html.put("<dl>");
    for (label, text) in lines.iter().filter(|(label, _)| !label.is_empty()) {
        html.put("<div><dt>").put(label).put("</dt><dd>").text(text).put("</dd></div>");
    }
    html.put("</dl>");
}

/// The figures of an indicator: a drawing with its data, a sentence about its only figure, or a table of units.
fn figures(html: &mut Html, name: &str, indicators: &[ReportedIndicator], counts: &mut FigureCounts) {
    html.put(r#"<section class="paper-part"><h3>"#).say(name).put("</h3>");
    for indicator in indicators {
        match &indicator.view {
            FigureView::Line(analysis, units, pattern) => {
                // The headline stands over the drawing and is part of the same `figure`.
                html.put(r#"<figure><p class="paper-seen"><strong>"#).say(&analysis.headline()).put("</strong></p>");
                html.drawing(&LineChart { analysis, events: &[], medians: &[], shows_full_axis: false });
                html.put("<figcaption>").say(&counts.next_figure()).say(name);
                if !indicator.sector.is_empty() {
                    html.say(&format!(", {}: medianen af {units} enheder", indicator.sector.to_lowercase()));
                }
                html.say(&format!(". Måles i {}.", analysis.measure().danish()));
                if let Some(pattern) = pattern {
                    html.say(&format!(" {}.", pattern.in_words()));
                }
                html.put("</figcaption>");
                data_table(html, name, analysis);
                html.put("</figure>");
            }
            FigureView::Sentence(sentence) => {
                html.put("<p>").say(sentence).put("</p>");
            }
            FigureView::Units(rows) => {
                html.put(r#"<table class="paper-units"><caption>"#)
                    .say(&counts.next_table())
                    .say(&format!("{name}, {}.", indicator.sector.to_lowercase()));
                html.put("</caption><thead><tr><th scope=\"col\">Enhed</th><th scope=\"col\">Seneste tal</th><th scope=\"col\">Udvikling</th></tr></thead><tbody>");
                for [unit, figure, change] in rows {
                    html.put("<tr><th scope=\"row\">")
                        .say(unit)
                        .put("</th><td>")
                        .say(figure)
                        .put("</td><td>")
                        .say(change);
                    html.put("</td></tr>");
                }
                html.put("</tbody></table>");
            }
        }
    }
    html.put("</section>");
}

/// The figures of a drawing as a table, for those who do not see it. The style sheet leaves it out on paper.
fn data_table(html: &mut Html, name: &str, analysis: &SeriesAnalysis) {
    html.put(r#"<details class="paper-data"><summary>Tallene i figuren<span class="paper-of">: "#).say(name);
    html.put("</span></summary><table><thead><tr><th scope=\"col\">Periode</th><th scope=\"col\">Tal</th></tr></thead><tbody>");
    for point in &analysis.points {
        let figure = point.observation.value.map(number::format_danish);
        let figure = figure.unwrap_or_else(|| point.observation.state.danish().to_owned());
        html.put("<tr><th scope=\"row\">").say(&point.period.danish()).put("</th><td>").say(&figure).put("</td></tr>");
    }
    html.put("</tbody></table></details>");
}

/// A text that somebody contributed, under its heading. Other items are skipped.
fn contribution(html: &mut Html, item: &ChapterItem) {
    let ItemContent::Texts { by, lines } = &item.content else { return };
    html.put(r#"<section class="paper-part">"#);
    if item.name.is_empty() {
        html.put("<h3>").say(by).put("</h3>");
    } else {
        html.put("<h3>").say(&item.name).put("</h3>");
        if !by.is_empty() {
            html.put(r#"<p class="paper-by">"#).say(by).put("</p>");
        }
    }
    for (_, text) in lines.iter().filter(|(label, _)| label.is_empty()) {
        html.paragraphs(text);
    }
    labelled(html, lines);
    html.put("</section>");
}

/// The table of agreements.
fn agreements(html: &mut Html, chapter: &Chapter, counts: &mut FigureCounts) {
    // The table is wider than a phone: the element around it scrolls, by touch and by keys.
    html.put(r#"<div class="paper-wide" tabindex="0" role="region" aria-label="Aftalerne"><table class="paper-agreements"><caption>"#);
    html.say(&counts.next_table());
    html.put("Aftalerne, med antal mål i hvert område. ").say(&chapter.note).put("</caption><thead><tr>");
    for head in AGREEMENT_HEADS {
        html.put("<th scope=\"col\">").put(head).put("</th>");
    }
    html.put("</tr></thead><tbody>");
    for item in chapter.items.iter().filter(|item| item.is_included) {
        let ItemContent::Row(row) = &item.content else { continue };
        html.put("<tr>");
        for (column, cell) in row.iter().enumerate() {
            html.put(if column == 0 { "<th scope=\"row\">" } else { "<td>" }).say(cell);
            html.put(if column == 0 { "</th>" } else { "</td>" });
        }
        html.put("</tr>");
    }
    html.put("</tbody></table></div>");
}

#[cfg(test)]
mod tests;
