use std::path::PathBuf;

use proptest::prelude::*;

use super::*;
use crate::chart::spark::{common_scale, spark};
use crate::domain::indicator::Indicator;
use crate::domain::measure::Measure;
use crate::domain::measure::Wanted;
use crate::domain::period::Period;
use crate::domain::series::{Observation, ObservationState, Series};
use crate::domain::text::UserText;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn series(figures: &[Option<f64>], n: Option<u32>) -> Series {
    let mut series = Series::default();
    for (year, figure) in (2000..).zip(figures) {
        let state = if figure.is_some() { ObservationState::Value } else { ObservationState::Missing };
        let observation = Observation { value: *figure, n, state, ..Observation::default() };
        series.observations.insert(Period::SchoolYear(year), observation);
    }
    series
}

fn analyse(series: &Series, measure: Measure, wanted: Wanted) -> SeriesAnalysis {
    let indicator = Indicator {
        id: "fravaer".to_owned(),
        name: "Fravær <b>&".to_owned(),
        about: String::new(),
        measure,
        wanted,
        is_own: false,
    };
    SeriesAnalysis::of(&indicator, series, day("2026-03-15"))
}

fn draw(analysis: &SeriesAnalysis) -> String {
    line_chart(&LineChart { analysis, events: &[], medians: &[], shows_full_axis: false })
}

fn count(svg: &str, part: &str) -> usize {
    svg.matches(part).count()
}

/// Compares a drawing with its snapshot, which a person has checked. `SNAPSHOTS=write` writes a new snapshot, to be
/// checked.
#[track_caller]
fn assert_snapshot(name: &str, svg: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/chart/line/snapshots").join(format!("{name}.svg"));
    // One element a line, so that a difference can be read.
    let lines = svg.replace("><", ">\n<");
    if std::env::var_os("SNAPSHOTS").is_some() {
        std::fs::write(&file, &lines).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), lines, "{}", file.display());
}

#[test]
fn drawings_match_snapshots() {
    let mut full = series(&[Some(6.1), Some(6.4), None, Some(6.8), Some(7.1), Some(7.4)], Some(240));
    full.breaks.insert(Period::SchoolYear(2004), UserText::from("Nyt system"));
    full.targets.insert(day("2000-08-01"), 6.5);
    full.targets.insert(day("2003-01-01"), 6.0);
    let analysis = analyse(&full, Measure::Percent, Wanted::Down);
    let medians = [Median {
        label: "netværket".to_owned(),
        figures: vec![Some(6.0), Some(6.2), Some(6.3), None, Some(6.5), Some(6.4)],
    }];
    let all =
        LineChart { analysis: &analysis, events: &[day("2002-03-01")], medians: &medians, shows_full_axis: false };
    assert_snapshot("alt", &line_chart(&all));
    assert_snapshot("hele-aksen", &line_chart(&LineChart { shows_full_axis: true, ..all.clone() }));
    assert_snapshot("et-tal", &draw(&analyse(&series(&[Some(0.0)], None), Measure::Percent, Wanted::Up)));
    assert_snapshot("lige", &draw(&analyse(&series(&[Some(3.5); 4], None), Measure::Index, Wanted::Up)));
    assert_snapshot("lille", &spark(&analysis, common_scale([&analysis]), None));
}

#[test]
fn line_is_interrupted_at_gaps_and_breaks() {
    let mut gaps = series(&[Some(7.0), Some(6.5), None, Some(6.0), None, Some(5.0), Some(5.5)], None);
    let svg = draw(&analyse(&gaps, Measure::Percent, Wanted::Down));
    assert_eq!((count(&svg, "<polyline class=\"line\""), count(&svg, "class=\"point\"")), (2, 5), "{svg}");
    gaps.breaks.insert(Period::SchoolYear(2006), UserText::default());
    let svg = draw(&analyse(&gaps, Measure::Percent, Wanted::Down));
    assert_eq!((count(&svg, "<polyline class=\"line\""), count(&svg, "<polyline class=\"break\"")), (1, 3), "{svg}");
    assert_eq!(count(&svg, "class=\"point\""), 5);
}

/// The figures are those of the school years 2000/01 to 2003/04, whose points lie at 60, 221, 382 and 544.
#[test]
fn event_lies_at_its_day_within_its_period() {
    let figures = series(&[Some(6.0), Some(6.5), Some(7.0), Some(7.5)], None);
    let analysis = analyse(&figures, Measure::Percent, Wanted::Down);
    let stems = |days: &[&str]| -> Vec<i32> {
        let events: Vec<Date> = days.iter().map(|text| day(text)).collect();
        let svg = line_chart(&LineChart { analysis: &analysis, events: &events, medians: &[], shows_full_axis: false });
        let stems = svg.split("<path class=\"stem\" d=\"M").skip(1);
        stems.map(|stem| stem.split(' ').next().unwrap().parse().unwrap()).collect()
    };
    for (text, x) in [
        // Where the period begins and a break would be drawn, in its middle, and on its last day.
        ("2001-08-01", 140),
        ("2002-01-30", 221),
        ("2002-07-31", 301),
        // Half of the first and of the last period take the edge of the plot.
        ("2000-08-01", 52),
        ("2004-07-31", 551),
    ] {
        assert_eq!(stems(&[text]), [x], "{text}");
    }
    assert_eq!(stems(&["2000-07-31", "2004-08-01"]), [0_i32; 0], "these days are not on the axis");
    let days = stems(&["2000-09-01", "2001-02-01", "2001-12-24", "2003-01-01", "2004-05-01"]);
    assert!(days.is_sorted(), "{days:?}");
}

#[test]
fn flags_of_near_events_stand_beside_each_other() {
    let analysis = analyse(&series(&[Some(6.0), Some(6.5)], None), Measure::Percent, Wanted::Down);
    let events = [day("2001-03-01"), day("2001-03-05"), day("2001-03-05")];
    let svg = line_chart(&LineChart { analysis: &analysis, events: &events, medians: &[], shows_full_axis: false });
    let flags: Vec<i32> = svg
        .split("<path class=\"flag\" d=\"M")
        .skip(1)
        .map(|flag| flag.split(' ').next().unwrap().parse().unwrap())
        .collect();
    assert_eq!(flags.len(), 3);
    assert!(flags.windows(2).all(|pair| pair[1] - pair[0] >= FLAG_WIDTH), "{flags:?}");
}

#[test]
fn is_cut_tells_whether_axis_shows_whole_range() {
    for (figures, measure, is_cut_expected) in [
        (vec![Some(6.1), Some(7.4)], Measure::Percent, true),
        (vec![Some(0.0), Some(100.0)], Measure::Percent, false),
        (vec![], Measure::Index, false),
        (vec![Some(0.0), Some(7.0)], Measure::Days, false),
        (vec![Some(6.0), Some(7.0)], Measure::Days, true),
    ] {
        let analysis = analyse(&series(&figures, None), measure, Wanted::Up);
        let mut line = LineChart { analysis: &analysis, events: &[], medians: &[], shows_full_axis: false };
        assert_eq!(is_cut(&line), is_cut_expected, "{figures:?}");
        line.shows_full_axis = true;
        assert!(!is_cut(&line) || measure.range().is_none());
    }
}

#[test]
fn names_in_a_drawing_are_escaped() {
    let svg = draw(&analyse(&series(&[Some(6.1)], None), Measure::Percent, Wanted::Up));
    assert!(svg.contains("<title>Fravær &lt;b&gt;&amp;, 2000/01: 6,1 %"), "{svg}");
    assert!(svg.contains(">6,1</text>"), "the last figure is written at the end of the line");
}

proptest! {
    #![proptest_config(crate::property_test_config())]

    #[test]
    fn every_series_is_drawn_within_its_frame(
        figures in prop::collection::vec(prop::option::of(prop_oneof![Just(0.0), Just(42.0), -20.0f64..120.0]), 1..200),
        n in prop::option::of(1u32..3000),
        measure in prop_oneof![Just(Measure::Percent), Just(Measure::Index), Just(Measure::Days)],
        target in prop::option::of(0.0f64..100.0),
        events in prop::collection::vec(1995u16..2210, 0..4),
        break_after in prop::option::of(0u16..200),
        is_whole in any::<bool>(),
    ) {
        let mut series = series(&figures, n);
        series.targets.extend(target.map(|target| (day("2003-01-01"), target)));
        if let Some(years) = break_after {
            series.breaks.insert(Period::SchoolYear(2000 + years), UserText::default());
        }
        let analysis = analyse(&series, measure, Wanted::Down);
        let events: Vec<Date> = events.into_iter().filter_map(|year| Date::new(year, 5, 1)).collect();
        let svg = line_chart(&LineChart { analysis: &analysis, events: &events, medians: &[], shows_full_axis: is_whole });
        prop_assert!(!svg.contains("NaN") && !svg.contains("inf") && !svg.contains("style=") && !svg.contains("#0"));
        // A missing figure is never drawn as zero, and one out of range is not drawn: there are as many points as
        // figures that count.
        let counts = |figure: &&f64| measure.range().is_none_or(|(least, most)| (least..=most).contains(*figure));
        let known = figures.iter().flatten().filter(counts).count();
        prop_assert_eq!(count(&svg, "class=\"point\""), known);
        for attribute in svg.split("cy=\"").skip(1) {
            let y: i32 = attribute.split('"').next().unwrap().parse().unwrap();
            prop_assert!((0..=HEIGHT * TENTHS).contains(&y), "{}", y);
        }
        for name in ["<polyline", "<circle", "<text"] {
            prop_assert!(count(&svg, name) <= 6 * figures.len() + 40);
        }
        let small = spark(&analysis, common_scale([&analysis]), None);
        prop_assert_eq!(count(&small, "<path class=\"line\""), analysis.runs().len());
    }
}
