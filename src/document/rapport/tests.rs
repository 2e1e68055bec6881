use super::*;
use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::indicator::groups;
use crate::domain::measure::Measure;
use crate::domain::period::Period;
use crate::domain::publish::KnownFigures;
use crate::domain::rapport::compose::compose;
use crate::domain::rapport::sources::Unit;
use crate::domain::rapport::{Inclusion, ReportSection, Story};
use crate::domain::series::Series;

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn with_figures() -> Sources {
    let mut unit = Unit { name: "Skolen <ved> Åen".to_owned(), ..Unit::default() };
    for indicator in ["fravaer", "hoejt-fravaer"] {
        let mut series = Series { indicator: Some(id(indicator)), ..Series::default() };
        for (year, figure, n) in [(2023, 9.5, 80), (2024, 66.6, 3), (2025, 7.0, 80)] {
            series.set_figure(Period::SchoolYear(year), Measure::Percent, Some(figure));
            series.observations.get_or_default(Period::SchoolYear(year)).n = Some(n);
        }
        let mut known = KnownFigures::default();
        known.add_series(&id("skolen"), &id(indicator), &series, None);
        unit.series.insert(indicator.to_owned(), known.publish().series(&id("skolen"), &series));
    }
    let groups = groups(crate::domain::fundament::at_hand(), &[]);
    Sources { today: Date::new(2026, 8, 12).unwrap(), groups, themes: Vec::new(), units: vec![unit] }
}

#[test]
fn agreement_report_as_a_document_has_contents_headings_and_captions_in_order() {
    let sources = with_figures();
    let mut report = Rapport { writers: "Sekretariatet & chefen".into(), ..Rapport::default() };
    report
        .chapters
        .insert(id("indledning"), ReportSection { text: "Først.\n\nSå.".into(), ..ReportSection::default() });
    let html = rapport(&report, &compose(&report, &sources), &sources);
    let text = html.as_str();
    for words in [
        r##"<li><a href="#afsnit-1">Indledning</a></li>"##,
        r#"<h2 id="afsnit-1">1. Indledning</h2><p>Først.</p><p>Så.</p>"#,
        r##"<li><a href="#afsnit-2">Mønstre: "##,
        "Sekretariatet &amp; chefen",
        "Skolen &lt;ved&gt; Åen",
        "Figur 1. Fravær reduceres",
        "Figur 2. Færre med højt fravær",
        "skjult (færre end 5)",
        "Trukket</dt><dd>12. august 2026",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("66"), "a small figure is nowhere: not in a drawing, a table, a caption");
    assert!(!text.contains("De gode historier"), "a heading over nothing is left out");
    assert_eq!(text.matches("<h1>").count(), 1);
    assert_eq!(text.matches("<figure>").count(), text.matches("<figcaption>").count());
    // What was left out is in the contents no more.
    report.chapters.insert(id("indledning"), ReportSection { shown: Some(Inclusion::Out), ..ReportSection::default() });
    let html = rapport(&report, &compose(&report, &sources), &sources);
    assert!(!html.as_str().contains("Indledning"));
}

#[test]
fn agreement_report_s_stories_are_a_catalogue_of_their_own() {
    let sources = with_figures();
    let mut report = Rapport { to_parents: "Tak, fordi I er med.".into(), ..Rapport::default() };
    let story =
        Story { title: "Et opkald".into(), text: "Vi ringer.".into(), place: "Skolen".into(), ..Story::default() };
    report.stories.insert(id("s"), story);
    let html = catalogue(&report, &compose(&report, &sources), &sources);
    for words in
        ["<h2>Til forældre</h2><p>Tak, fordi I er med.</p>", "<h3>Et opkald</h3>", "<p>Vi ringer.</p>", "Skolen"]
    {
        assert!(html.as_str().contains(words), "{words}: {}", html.as_str());
    }
    assert!(!html.as_str().contains("Til børn og unge"), "a greeting that nobody wrote is left out");
}
