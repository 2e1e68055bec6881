use super::*;
use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::indicator::groups;
use crate::domain::measure::Measure;
use crate::domain::period::Period;
use crate::domain::publish::KnownFigures;
use crate::domain::rapport::compose::compose;
use crate::domain::rapport::sources::ReportUnit;
use crate::domain::rapport::{Inclusion, ReportSection, Story};
use crate::domain::series::Series;

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn sources_with_figures() -> Sources {
    let mut unit = ReportUnit { name: "Skolen <ved> Åen".to_owned(), ..ReportUnit::default() };
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
    let groups = groups(crate::domain::fundament::present_at_hand(), &[]);
    Sources { today: Date::new(2026, 8, 12).unwrap(), groups, themes: Vec::new(), units: vec![unit] }
}

#[test]
fn document_has_contents_headings_and_captions_in_order() {
    let sources = sources_with_figures();
    let mut report = Rapport { writers: "Sekretariatet & chefen".into(), ..Rapport::default() };
    report
        .chapters
        .insert(id("indledning"), ReportSection { text: "Først.\n\nSå.".into(), ..ReportSection::default() });
    let html = rapport(&report, &compose(&report, &sources), &sources);
    let text = html.as_str();
    for part in [
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
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("66"), "a hidden figure must not appear in a drawing, a table or a caption");
    assert!(!text.contains("De gode historier"), "an empty chapter is left out");
    assert_eq!(text.matches("<h1>").count(), 1);
    assert_eq!(text.matches("<figure>").count(), text.matches("<figcaption>").count());
    // A chapter that was left out is not in the contents.
    report.chapters.insert(id("indledning"), ReportSection { shown: Some(Inclusion::Out), ..ReportSection::default() });
    let html = rapport(&report, &compose(&report, &sources), &sources);
    assert!(!html.as_str().contains("Indledning"));
}

#[test]
fn catalogue_contains_stories_and_written_greetings() {
    let sources = sources_with_figures();
    let mut report = Rapport { to_parents: "Tak, fordi I er med.".into(), ..Rapport::default() };
    let story =
        Story { title: "Et opkald".into(), text: "Vi ringer.".into(), place: "Skolen".into(), ..Story::default() };
    report.stories.insert(id("s"), story);
    let html = catalogue(&report, &compose(&report, &sources), &sources);
    for part in
        ["<h2>Til forældre</h2><p>Tak, fordi I er med.</p>", "<h3>Et opkald</h3>", "<p>Vi ringer.</p>", "Skolen"]
    {
        assert!(html.as_str().contains(part), "{part}: {}", html.as_str());
    }
    assert!(!html.as_str().contains("Til børn og unge"), "a greeting that nobody wrote is left out");
}
