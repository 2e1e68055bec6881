use super::*;
use crate::domain::aftale::bundle::AgreementBundle;
use crate::domain::aftale::state::AftaleState;
use crate::domain::cycle::Cycle;
use crate::domain::date::Date;
use crate::domain::dialogue::Dialogue;
use crate::domain::id::Id;
use crate::domain::indicator::groups;
use crate::domain::measure::Measure;
use crate::domain::package::{FoundPattern, Package, PackageTheme, PatternWeight, Priority};
use crate::domain::period::Period;
use crate::domain::publish::KnownFigures;
use crate::domain::rapport::compose::compose;
use crate::domain::rapport::sources::{ReportAgreement, ReportUnit};
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
    let today = Date::new(2026, 8, 12).unwrap();
    Sources { today, cycle: Cycle::of(today), groups, package: Package::default(), units: vec![unit] }
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

/// A report that ends its cycle holds the steps before it: feedback with reasons, patterns, voices, and which
/// agreements it is about.
#[test]
fn document_contains_feedback_patterns_voices_and_both_agreements() {
    let mut sources = sources_with_figures();
    let theme = PackageTheme {
        title: "Til <stede>".into(),
        reason: "Fraværet stiger".into(),
        lederforum: Some(Priority::Prioritised),
        lederforum_reason: "Vi ser det samme".into(),
        committee: Some(Priority::NotNow),
        joint_med: "Vi er bekymrede".into(),
        decision: Some(Priority::Prioritised),
        decision_reason: "Det haster".into(),
        ..PackageTheme::default()
    };
    let pattern = FoundPattern {
        text: "Fraværet er højest om mandagen".into(),
        committee: Some(PatternWeight::High),
        ..FoundPattern::default()
    };
    sources.package.themes.insert(id("t"), theme);
    sources.package.patterns.insert(id("p"), pattern);
    let unit = &mut sources.units[0];
    unit.id = Some(id("skolen"));
    for (year, released) in [(2024, true), (2025, true), (2025, false)] {
        let dialogue = Dialogue {
            series: Some(id("skolen.fravaer")),
            period: Some(Period::SchoolYear(year)),
            parents: format!("Ring tidligere, siger {year} {released}").as_str().into(),
            released: Some(released),
            ..Dialogue::default()
        };
        unit.dialogues.push((id(&format!("d{year}{released}")), dialogue));
    }
    let bundle = AgreementBundle::default();
    unit.new_agreement = Some(ReportAgreement { id: id("ny"), bundle, state: AftaleState::InForce, is_agreed: true });
    let report = Rapport { unit: Some(id("skolen")), ..Rapport::default() };
    let html = rapport(&report, &compose(&report, &sources), &sources);
    let text = html.as_str().replace('\u{a0}', " ");
    for part in [
        "<li><strong>Til &lt;stede&gt;</strong><br>Fraværet stiger<dl>",
        "<dt>BU Lederforum</dt><dd>Prioriteret. Vi ser det samme</dd>",
        "<dt>Børne- og Ungdomsudvalget</dt><dd>Ikke denne gang</dd>",
        "<dt>FællesMED</dt><dd>Vi er bekymrede</dd>",
        "<dt>Beslutning</dt><dd>Prioriteret. Det haster</dd>",
        "<li><strong>Fraværet er højest om mandagen</strong><dl>",
        "<dt>Børne- og Ungdomsudvalget</dt><dd>Vejer tungt</dd>",
        "<h3>Fravær reduceres, 2025/26: 7 %</h3>",
        "<dt>Forældre</dt><dd>Ring tidligere, siger 2025 true</dd>",
        "<td>Den forrige</td><td></td><td>Ingen aftale fra den periode i denne browser</td>",
        "<td>Den nye</td><td></td><td>Indgået</td>",
        "Den forrige er den, der gjaldt i 3. kvartal 2025.</caption>",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    // The figure of 2024/25 is hidden, and the last voice was not released.
    assert!(!text.contains("siger 2024") && !text.contains("siger 2025 false"), "{text}");
}

/// A chart of one point would show empty axes.
#[test]
fn single_figure_is_a_sentence_and_no_drawing() {
    let mut sources = sources_with_figures();
    let mut series = Series { indicator: Some(id("fravaer")), ..Series::default() };
    series.set_figure(Period::SchoolYear(2024), Measure::Percent, Some(6.1));
    let mut known = KnownFigures::default();
    known.add_series(&id("skolen"), &id("fravaer"), &series, None);
    sources.units[0].series.insert("fravaer".to_owned(), known.publish().series(&id("skolen"), &series));
    let report = Rapport::default();
    let html = rapport(&report, &compose(&report, &sources), &sources);
    let text = html.as_str().replace('\u{a0}', " ");
    assert!(text.contains("<p>Fravær reduceres: 6,1 % (2024/25). Det første tal.</p>"), "{text}");
    assert_eq!(text.matches("<figure>").count(), 1, "only the indicator with two figures is drawn");
    assert!(text.contains("Figur 1. Færre med højt fravær"), "{text}");
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
