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

fn reading(series: &Series, measure: Measure, wanted: Wanted) -> SeriesAnalysis {
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

fn drawn(reading: &SeriesAnalysis) -> String {
    line(&LineChart { reading, events: &[], medians: &[], is_whole: false })
}

fn count(svg: &str, part: &str) -> usize {
    svg.matches(part).count()
}

/// Compares a drawing with the one that was looked at and kept; `SNAPSHOTS=write` keeps it anew, to be looked at.
#[track_caller]
fn is_as_kept(name: &str, svg: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/chart/line/kept").join(format!("{name}.svg"));
    // A mark a line, so that a difference can be read.
    let lines = svg.replace("><", ">\n<");
    if std::env::var_os("SNAPSHOTS").is_some() {
        std::fs::write(&file, &lines).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), lines, "{}", file.display());
}

#[test]
fn indicators_drawings_are_as_they_were_looked_at() {
    let mut whole = series(&[Some(6.1), Some(6.4), None, Some(6.8), Some(7.1), Some(7.4)], Some(240));
    whole.breaks.insert(Period::SchoolYear(2004), UserText::from("Nyt system"));
    whole.targets.insert(day("2000-08-01"), 6.5);
    whole.targets.insert(day("2003-01-01"), 6.0);
    let reading_of_whole = reading(&whole, Measure::Percent, Wanted::Down);
    let medians = [Median {
        label: "netværket".to_owned(),
        figures: vec![Some(6.0), Some(6.2), Some(6.3), None, Some(6.5), Some(6.4)],
    }];
    let all =
        LineChart { reading: &reading_of_whole, events: &[day("2002-03-01")], medians: &medians, is_whole: false };
    is_as_kept("alt", &line(&all));
    is_as_kept("hele-aksen", &line(&LineChart { is_whole: true, ..all.clone() }));
    is_as_kept("et-tal", &drawn(&reading(&series(&[Some(0.0)], None), Measure::Percent, Wanted::Up)));
    is_as_kept("lige", &drawn(&reading(&series(&[Some(3.5); 4], None), Measure::Index, Wanted::Up)));
    is_as_kept("lille", &spark(&reading_of_whole, common_scale([&reading_of_whole]), None));
}

#[test]
fn indicators_gaps_and_breaks_are_drawn_and_never_bridged() {
    let mut gaps = series(&[Some(7.0), Some(6.5), None, Some(6.0), None, Some(5.0), Some(5.5)], None);
    let svg = drawn(&reading(&gaps, Measure::Percent, Wanted::Down));
    assert_eq!((count(&svg, "<polyline class=\"line\""), count(&svg, "class=\"point\"")), (2, 5), "{svg}");
    gaps.breaks.insert(Period::SchoolYear(2006), UserText::default());
    let svg = drawn(&reading(&gaps, Measure::Percent, Wanted::Down));
    assert_eq!((count(&svg, "<polyline class=\"line\""), count(&svg, "<polyline class=\"break\"")), (1, 3), "{svg}");
    assert_eq!(count(&svg, "class=\"point\""), 5);
}

#[test]
fn indicators_an_axis_that_is_cut_is_known() {
    for (figures, measure, cut) in [
        (vec![Some(6.1), Some(7.4)], Measure::Percent, true),
        (vec![Some(0.0), Some(100.0)], Measure::Percent, false),
        (vec![], Measure::Index, false),
        (vec![Some(0.0), Some(7.0)], Measure::Days, false),
        (vec![Some(6.0), Some(7.0)], Measure::Days, true),
    ] {
        let reading = reading(&series(&figures, None), measure, Wanted::Up);
        let mut line = LineChart { reading: &reading, events: &[], medians: &[], is_whole: false };
        assert_eq!(is_cut(&line), cut, "{figures:?}");
        line.is_whole = true;
        assert!(!is_cut(&line) || measure.range().is_none());
    }
}

#[test]
fn indicators_words_in_a_drawing_are_only_words() {
    let svg = drawn(&reading(&series(&[Some(6.1)], None), Measure::Percent, Wanted::Up));
    assert!(svg.contains("<title>Fravær &lt;b&gt;&amp;, 2000/01: 6,1 %"), "{svg}");
    assert!(svg.contains(">6,1</text>"), "the last figure is written at its line's end");
}

proptest! {
    #[test]
    fn indicators_every_series_can_be_drawn_within_its_frame(
        figures in prop::collection::vec(prop::option::of(prop_oneof![Just(0.0), Just(42.0), -20.0f64..120.0]), 1..200),
        n in prop::option::of(1u32..3000),
        measure in prop_oneof![Just(Measure::Percent), Just(Measure::Index), Just(Measure::Days)],
        target in prop::option::of(0.0f64..100.0),
        events in prop::collection::vec(1995u16..2210, 0..4),
        cut in prop::option::of(0u16..200),
        is_whole in any::<bool>(),
    ) {
        let mut series = series(&figures, n);
        series.targets.extend(target.map(|target| (day("2003-01-01"), target)));
        if let Some(cut) = cut {
            series.breaks.insert(Period::SchoolYear(2000 + cut), UserText::default());
        }
        let reading = reading(&series, measure, Wanted::Down);
        let events: Vec<Date> = events.into_iter().filter_map(|year| Date::new(year, 5, 1)).collect();
        let svg = line(&LineChart { reading: &reading, events: &events, medians: &[], is_whole });
        prop_assert!(!svg.contains("NaN") && !svg.contains("inf") && !svg.contains("style=") && !svg.contains("#0"));
        // Missing is never drawn as nought: as many points as figures.
        let known = figures.iter().flatten().count();
        prop_assert_eq!(count(&svg, "class=\"point\""), known);
        for attribute in svg.split("cy=\"").skip(1) {
            let place: i32 = attribute.split('"').next().unwrap().parse().unwrap();
            prop_assert!((0..=HEIGHT * FINE).contains(&place), "{}", place);
        }
        for name in ["<polyline", "<circle", "<text"] {
            prop_assert!(count(&svg, name) <= 6 * figures.len() + 40);
        }
        let small = spark(&reading, common_scale([&reading]), None);
        prop_assert_eq!(count(&small, "<path class=\"line\""), reading.runs().len());
    }
}
