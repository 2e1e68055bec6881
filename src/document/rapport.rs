//! A quality report as a document, and its good stories as a catalogue.

use crate::chart::line::LineChart as Drawn;
use crate::domain::number;
use crate::domain::rapport::Rapport;
use crate::domain::rapport::compose::{AGREEMENT_HEADS, Chapter, ChapterItem, ChapterTopic, ItemContent, degrees};
use crate::domain::rapport::figures::{FigureView, ReportedIndicator};
use crate::domain::rapport::sources::Sources;
use crate::domain::series_analysis::SeriesAnalysis;

use super::html::Html;

/// The report: the chapters that are in it.
pub fn rapport(report: &Rapport, chapters: &[Chapter], sources: &Sources) -> Html {
    let mut html = Html::default();
    let shown: Vec<&Chapter> = chapters.iter().filter(|chapter| chapter.is_in && !is_bare(chapter)).collect();
    html.put(
        r#"<article class="paper paper-report"><header class="paper-cover"><p class="paper-kind">Kvalitetsrapport"#,
    );
    html.put(if report.finished.is_none() { " · kladde" } else { "" }).put("</p><h1>").say(title(report)).put("</h1>");
    about(&mut html, report, sources);
    html.put("</header>");
    html.put(r#"<nav class="paper-contents" aria-label="Indhold"><h2>Indhold</h2><ol>"#);
    for (at, chapter) in shown.iter().enumerate() {
        html.put(r##"<li><a href="#afsnit-"##)
            .say(&(at + 1).to_string())
            .put(r#"">"#)
            .say(&chapter.title)
            .put("</a></li>");
    }
    html.put("</ol></nav>");
    let mut counts = FigureCounts::default();
    for (at, chapter) in shown.iter().enumerate() {
        html.put(r#"<section class="paper-chapter"><h2 id="afsnit-"#).say(&(at + 1).to_string()).put(r#"">"#);
        html.say(&format!("{}. {}", at + 1, chapter.title)).put("</h2>");
        html.paragraphs(&chapter.words);
        body(&mut html, chapter, sources, &mut counts);
        html.put("</section>");
    }
    html.put(r#"<footer class="paper-foot"><p>Tal, der hviler på færre end 5 personer, er skjult, og det samme er tal, de kunne regnes ud af. "#);
    html.put("Den færdige rapport hører til i kommunens ESDH-system.</p></footer></article>");
    html
}

/// The stories by themselves: for parents, for children and young people, for staff.
pub fn catalogue(report: &Rapport, chapters: &[Chapter], sources: &Sources) -> Html {
    let mut html = Html::default();
    html.put(r#"<article class="paper paper-catalogue"><header class="paper-cover"><p class="paper-kind">Gode historier</p><h1>Det lykkes hos os</h1>"#);
    html.put("<p>").say(&whose(sources)).put("</p></header>");
    for (to, words) in [
        ("Til forældre", &report.to_parents),
        ("Til børn og unge", &report.to_children),
        ("Til medarbejdere", &report.to_staff),
    ] {
        if !words.as_str().trim().is_empty() {
            html.put(r#"<section class="paper-greeting"><h2>"#).put(to).put("</h2>");
            html.paragraphs(words.as_str()).put("</section>");
        }
    }
    html.put(r#"<section class="paper-chapter"><h2>Historierne</h2>"#);
    let stories =
        chapters.iter().filter(|chapter| chapter.part == ChapterTopic::Stories).flat_map(|chapter| &chapter.items);
    for item in stories.filter(|item| item.is_in) {
        said(&mut html, item);
    }
    html.put("</section></article>");
    html
}

/// What a report is called.
pub fn title(report: &Rapport) -> &str {
    let title = report.title.as_str().trim();
    if title.is_empty() { "Kvalitetsrapport" } else { title }
}

/// How many figures and tables there were.
#[derive(Debug, Default)]
struct FigureCounts {
    figures: usize,
    tables: usize,
}

impl FigureCounts {
    fn figure(&mut self) -> String {
        self.figures += 1;
        format!("Figur {}. ", self.figures)
    }

    fn table(&mut self) -> String {
        self.tables += 1;
        format!("Tabel {}. ", self.tables)
    }
}

/// A chapter that would be a heading over nothing.
fn is_bare(chapter: &Chapter) -> bool {
    chapter.words.is_empty() && !chapter.items.iter().any(|item| item.is_in)
}

fn whose(sources: &Sources) -> String {
    let names: Vec<&str> = sources.units.iter().map(|unit| unit.name.as_str()).collect();
    match &*names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        several if several.len() <= 6 => several.join(", "),
        many => format!("{} enheder i Børn & Unge", many.len()),
    }
}

fn about(html: &mut Html, report: &Rapport, sources: &Sources) {
    let day = report.finished.unwrap_or(sources.today).danish();
    let lines = [
        (if sources.units.len() == 1 { "Enhed" } else { "Enheder" }, whose(sources)),
        ("Skrevet af", report.writers.as_str().trim().to_owned()),
        (if report.finished.is_some() { "Endelig" } else { "Trukket" }, day),
    ];
    html.put("<dl>");
    for (label, text) in lines.into_iter().filter(|(_, text)| !text.is_empty()) {
        html.put("<div><dt>").put(label).put("</dt><dd>").say(&text).put("</dd></div>");
    }
    html.put("</dl>");
}

fn body(html: &mut Html, chapter: &Chapter, sources: &Sources, counts: &mut FigureCounts) {
    let shown = || chapter.items.iter().filter(|item| item.is_in);
    match chapter.part {
        ChapterTopic::Introduction | ChapterTopic::Own => {}
        ChapterTopic::Themes if shown().next().is_some() => {
            html.put(r#"<ul class="paper-themes">"#);
            for item in shown() {
                html.put("<li><strong>").say(&item.name).put("</strong>");
                if let ItemContent::Said { by, lines } = &item.content {
                    if sources.units.len() > 1 && !by.is_empty() {
                        html.put(r#" <span class="paper-by">"#).say(by).put("</span>");
                    }
                    for (_, why) in lines {
                        html.put("<br>").say(why);
                    }
                }
                html.put("</li>");
            }
            html.put("</ul>");
        }
        ChapterTopic::Agreements if shown().next().is_some() => agreements(html, &chapter.items, counts),
        ChapterTopic::Effects => {
            let degrees = degrees(sources);
            if !degrees.is_empty() {
                html.put("<p><strong>Gjorde det en forskel?</strong> ").say(&degrees).put("</p>");
            }
            shown().for_each(|item| said(html, item));
        }
        _ => {
            for item in shown() {
                match &item.content {
                    ItemContent::Figures(seen) => figures(html, &item.name, seen, counts),
                    _ => said(html, item),
                }
            }
        }
    }
}

fn figures(html: &mut Html, name: &str, all: &[ReportedIndicator], counts: &mut FigureCounts) {
    html.put(r#"<section class="paper-part"><h3>"#).say(name).put("</h3>");
    for seen in all {
        match &seen.view {
            FigureView::Line(reading, units, pattern) => {
                // What is seen stands over the drawing, and belongs to it.
                html.put(r#"<figure><p class="paper-seen"><strong>"#).say(&reading.headline()).put("</strong></p>");
                html.drawing(&Drawn { reading, events: &[], medians: &[], is_whole: false });
                html.put("<figcaption>").say(&counts.figure()).say(name);
                if !seen.of.is_empty() {
                    html.say(&format!(", {}: medianen af {units} enheder", seen.of.to_lowercase()));
                }
                html.say(&format!(". Måles i {}.", reading.measure().danish()));
                if let Some(pattern) = pattern {
                    html.say(&format!(" {}.", pattern.in_words()));
                }
                html.put("</figcaption>");
                data(html, name, reading);
                html.put("</figure>");
            }
            FigureView::Units(rows) => {
                html.put(r#"<table class="paper-units"><caption>"#)
                    .say(&counts.table())
                    .say(&format!("{name}, {}.", seen.of.to_lowercase()));
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

/// The figures of a drawing as a table, for whoever does not see it. Not on paper, where there is the drawing alone.
fn data(html: &mut Html, name: &str, reading: &SeriesAnalysis) {
    html.put(r#"<details class="paper-data"><summary>Tallene i figuren<span class="paper-of">: "#).say(name);
    html.put("</span></summary><table><thead><tr><th scope=\"col\">Periode</th><th scope=\"col\">Tal</th></tr></thead><tbody>");
    for point in &reading.points {
        let figure = point.observation.value.map(number::danish);
        let figure = figure.unwrap_or_else(|| point.observation.state.danish().to_owned());
        html.put("<tr><th scope=\"row\">").say(&point.period.danish()).put("</th><td>").say(&figure).put("</td></tr>");
    }
    html.put("</tbody></table></details>");
}

/// Somebody's words under their heading.
fn said(html: &mut Html, item: &ChapterItem) {
    let ItemContent::Said { by, lines } = &item.content else { return };
    html.put(r#"<section class="paper-part">"#);
    if item.name.is_empty() {
        html.put("<h3>").say(by).put("</h3>");
    } else {
        html.put("<h3>").say(&item.name).put("</h3>");
        if !by.is_empty() {
            html.put(r#"<p class="paper-by">"#).say(by).put("</p>");
        }
    }
    if lines.iter().any(|(label, _)| !label.is_empty()) {
        html.put("<dl>");
        for (label, text) in lines {
            html.put("<div><dt>").put(label).put("</dt><dd>").text(text).put("</dd></div>");
        }
        html.put("</dl>");
    } else {
        for (_, text) in lines {
            html.paragraphs(text);
        }
    }
    html.put("</section>");
}

fn agreements(html: &mut Html, items: &[ChapterItem], counts: &mut FigureCounts) {
    // On a phone it is wider than the page: it is gone along by touch or by keys.
    html.put(r#"<div class="paper-wide" tabindex="0" role="region" aria-label="Aftalerne"><table class="paper-agreements"><caption>"#);
    html.say(&counts.table());
    html.put("Aftalerne, med antal mål i hvert område.</caption><thead><tr>");
    for head in AGREEMENT_HEADS {
        html.put("<th scope=\"col\">").put(head).put("</th>");
    }
    html.put("</tr></thead><tbody>");
    for item in items.iter().filter(|item| item.is_in) {
        let ItemContent::Row(row) = &item.content else { continue };
        html.put("<tr>");
        for (at, cell) in row.iter().enumerate() {
            html.put(if at == 0 { "<th scope=\"row\">" } else { "<td>" }).say(cell);
            html.put(if at == 0 { "</th>" } else { "</td>" });
        }
        html.put("</tr>");
    }
    html.put("</tbody></table></div>");
}

#[cfg(test)]
mod tests;
