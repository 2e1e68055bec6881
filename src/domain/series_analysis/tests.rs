use proptest::prelude::*;

use super::*;
use crate::domain::text::UserText;

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn indicator(wanted: Wanted) -> Indicator {
    Indicator {
        id: "fravaer".to_owned(),
        name: "Fravær".to_owned(),
        about: String::new(),
        measure: Measure::Percent,
        wanted,
        is_own: false,
    }
}

/// A series of school years from 2019/20 on. `n` is the number of persons behind each figure.
fn series(figures: &[Option<f64>], n: Option<u32>) -> Series {
    let mut series = Series::default();
    for (year, figure) in (2019..).zip(figures) {
        let state = if figure.is_some() { ObservationState::Value } else { ObservationState::Missing };
        series
            .observations
            .insert(Period::SchoolYear(year), Observation { value: *figure, n, state, ..Observation::default() });
    }
    series
}

fn analyse(series: &Series, wanted: Wanted) -> SeriesAnalysis {
    SeriesAnalysis::of(&indicator(wanted), series, day("2026-03-15"))
}

#[test]
fn description_covers_trend_target_gaps_and_breaks() {
    let mut absence = series(&[Some(6.1), Some(6.4), Some(6.9), Some(6.8), Some(7.1), Some(7.4)], None);
    absence.targets.insert(day("2020-08-01"), 6.0);
    assert_eq!(
        analyse(&absence, Wanted::Down).description(),
        "Fravær, 2019/20–2024/25: fra 6,1 til 7,4 %, mod den ønskede retning, ønsket retning ned, målet 6 % ikke nået"
    );
    absence.observations.remove(&Period::SchoolYear(2021));
    absence.breaks.insert(Period::SchoolYear(2023), UserText::from("Nyt system"));
    assert_eq!(
        analyse(&absence, Wanted::Down).description(),
        "Fravær, 2023/24–2024/25: fra 7,1 til 7,4 %, mod den ønskede retning, ønsket retning ned, målet 6 % ikke nået, \
         mangler 2021/22, opgjort anderledes fra 2023/24"
    );
    assert_eq!(analyse(&Series::default(), Wanted::Up).description(), "Fravær: ingen tal endnu");
    assert_eq!(
        analyse(&series(&[Some(0.0)], None), Wanted::Down).description(),
        "Fravær, 2019/20: 0 %, ønsket retning ned"
    );
    assert_eq!(
        analyse(&series(&[Some(4.0), Some(4.0)], None), Wanted::Down).description(),
        "Fravær, 2019/20–2020/21: uændret 4 %, ønsket retning ned"
    );
}

#[test]
fn headline_states_the_latest_trend_and_possible_chance() {
    for (figures, n, headline) in [
        (vec![], None, "Ingen tal endnu"),
        (vec![Some(7.4)], None, "7,4 % – det første tal"),
        (vec![Some(7.4), Some(7.4)], Some(400), "Uændret på 7,4 %"),
        (
            vec![Some(9.0), Some(6.1), Some(6.8), Some(7.4)],
            None,
            "Steget to år i træk, fra 6,1 til 7,4 % – mod den ønskede retning",
        ),
        // The text names no direction for a change that chance can explain.
        (vec![Some(6.1), Some(7.4)], Some(400), "Fra 6,1 til 7,4 % – kan være et tilfældigt udsving"),
        (vec![Some(7.4), Some(6.9), Some(6.1)], Some(400), "Fra 7,4 til 6,1 % – kan være et tilfældigt udsving"),
        (vec![Some(26.0), Some(7.4)], Some(400), "Faldet fra 26 til 7,4 % – i den ønskede retning"),
        // A missing figure interrupts the sequence of changes.
        (vec![Some(6.0), None, Some(7.0), Some(8.0)], None, "Steget fra 7 til 8 % – mod den ønskede retning"),
    ] {
        assert_eq!(analyse(&series(&figures, n), Wanted::Down).headline(), headline);
    }
}

#[test]
fn figure_out_of_range_is_left_out_until_it_is_confirmed() {
    let mut absence = series(&[Some(6.1), Some(712.0), Some(7.4)], None);
    let analysis = analyse(&absence, Wanted::Down);
    assert_eq!((analysis.points[1].observation.value, analysis.points[1].unconfirmed), (None, Some(712.0)));
    assert_eq!(analysis.runs(), [vec![0], vec![2]], "no line bridges the gap");
    assert_eq!(analysis.headline(), "Steget fra 6,1 til 7,4 % – mod den ønskede retning");
    assert_eq!(
        analysis.description(),
        "Fravær, 2019/20–2021/22: fra 6,1 til 7,4 %, mod den ønskede retning, ønsket retning ned, 1 tal venter på svar"
    );
    absence.confirm(Period::SchoolYear(2020));
    let analysis = analyse(&absence, Wanted::Down);
    assert_eq!((analysis.points[1].observation.value, analysis.points[1].unconfirmed), (Some(712.0), None));
    assert_eq!((analysis.runs(), analysis.unconfirmed_in_words()), (vec![vec![0, 1, 2]], String::new()));
    // Without other figures there is nothing to show yet.
    let analysis = analyse(&series(&[Some(712.0), Some(-3.0)], None), Wanted::Down);
    assert_eq!((analysis.latest(), analysis.change()), (None, None));
    assert_eq!(analysis.description(), "Fravær: ingen tal endnu, 2 tal venter på svar");
}

#[test]
fn budget_deviation_may_be_negative_and_own_measure_decides_the_range() {
    let mut deviation = series(&[Some(-2.5), Some(112.0)], None);
    let budget = Indicator { id: "budgetafvigelse".to_owned(), ..indicator(Wanted::Down) };
    assert_eq!(SeriesAnalysis::of(&budget, &deviation, day("2026-03-15")).unconfirmed_count(), 0);
    assert_eq!(analyse(&deviation, Wanted::Down).unconfirmed_count(), 2);
    for observation in deviation.observations.iter_mut().map(|(_, observation)| observation) {
        observation.measure = Some(Measure::Days);
    }
    assert_eq!(analyse(&deviation, Wanted::Down).unconfirmed_count(), 0);
}

#[test]
fn change_may_be_chance_if_one_known_interval_contains_the_other_figure() {
    for (from, to, words) in [
        ((6.1, Some(400)), (7.4, None), "kan være et tilfældigt udsving"),
        ((7.4, None), (6.1, Some(400)), "kan være et tilfældigt udsving"),
        ((6.1, Some(400)), (9.5, None), "mod den ønskede retning"),
        ((9.5, None), (6.1, Some(400)), "i den ønskede retning"),
        ((6.1, None), (7.4, None), "mod den ønskede retning"),
    ] {
        let mut absence = series(&[Some(from.0), Some(to.0)], None);
        for (year, n) in [(2019, from.1), (2020, to.1)] {
            absence.observations.get_mut(&Period::SchoolYear(year)).unwrap().n = n;
        }
        let analysis = analyse(&absence, Wanted::Down);
        for text in [analysis.headline(), analysis.change_in_words()] {
            assert!(text.ends_with(words), "{from:?} {to:?}: {text}");
        }
    }
}

#[test]
fn change_in_words_uses_percentage_points() {
    let words = |figures: &[Option<f64>], n| analyse(&series(figures, n), Wanted::Down).change_in_words();
    assert_eq!(words(&[Some(6.1), Some(7.4)], None), "Steget 1,3 procentpoint siden 2019/20 – mod den ønskede retning");
    assert_eq!(
        words(&[Some(6.1), None, Some(5.0)], Some(30)),
        "Faldet 1,1 procentpoint siden 2019/20 – kan være et tilfældigt udsving"
    );
    assert_eq!(words(&[Some(6.1)], None), "");
    let mut broken = series(&[Some(6.1), Some(7.4)], None);
    broken.breaks.insert(Period::SchoolYear(2020), UserText::default());
    assert_eq!(analyse(&broken, Wanted::Down).change_in_words(), "Kan ikke sammenlignes med tallene før");
}

#[test]
fn aim_is_reached_near_accepted_or_missed() {
    let mut absence = series(&[Some(6.1)], None);
    let words =
        |series: &Series| analyse(series, Wanted::Down).target_status().map(|aim| aim.in_words(Measure::Percent));
    assert_eq!(words(&absence), None);
    absence.targets.insert(day("2019-08-01"), 6.1);
    assert_eq!(words(&absence).as_deref(), Some("målet 6,1 % nået"));
    absence.targets.insert(day("2019-08-01"), 5.1);
    assert_eq!(words(&absence).as_deref(), Some("tæt på målet 5,1 %"));
    absence.near = Some(0.5);
    assert_eq!(words(&absence).as_deref(), Some("målet 5,1 % ikke nået"));
    absence.accepted.insert(day("2026-03-15"), UserText::from("Byggeri"));
    assert_eq!(
        words(&absence).as_deref(),
        Some("målet 5,1 % ikke nået, accepteret til og med 15. marts 2026 (Byggeri)")
    );
    // The acceptance ended the day before.
    let later = SeriesAnalysis::of(&indicator(Wanted::Down), &absence, day("2026-03-16"));
    assert_eq!(later.target_status(), Some(TargetStatus::Missed(5.1)));
}

#[test]
fn runs_never_bridge_breaks_gaps_measures_or_kinds_of_period() {
    let mut absence = series(&[Some(1.0), Some(2.0), None, Some(4.0), Some(5.0), Some(6.0)], None);
    assert_eq!(analyse(&absence, Wanted::Up).runs(), [vec![0, 1], vec![3, 4, 5]]);
    absence.breaks.insert(Period::SchoolYear(2023), UserText::default());
    assert_eq!(analyse(&absence, Wanted::Up).runs(), [vec![0, 1], vec![3], vec![4, 5]]);
    absence.observations.get_mut(&Period::SchoolYear(2024)).unwrap().measure = Some(Measure::Days);
    assert_eq!(analyse(&absence, Wanted::Up).runs(), [vec![0, 1], vec![3], vec![4], vec![5]]);
    // Interleaved years and school years are two lines.
    let mut mixed = series(&[Some(1.0), Some(2.0), Some(3.0)], None);
    for year in [2020, 2021] {
        mixed.observations.insert(Period::Year(year), Observation { value: Some(9.0), ..Observation::default() });
    }
    let analysis = analyse(&mixed, Wanted::Up);
    assert_eq!(analysis.runs(), [vec![0, 2, 4], vec![1, 3]]);
    assert_eq!(analysis.change().map(|change| (change.from.1, change.to.1)), Some((2.0, 3.0)));
}

#[test]
fn break_without_a_figure_still_ends_the_comparison() {
    let mut absence = series(&[Some(1.0), Some(2.0)], None);
    absence.breaks.insert(Period::SchoolYear(2021), UserText::default());
    assert_eq!(
        analyse(&absence, Wanted::Up).change().map(|change| change.to.1),
        Some(2.0),
        "figures before the break stay comparable"
    );
    absence.observations.insert(Period::SchoolYear(2022), Observation { value: Some(9.0), ..Observation::default() });
    assert_eq!(analyse(&absence, Wanted::Up).change(), None);
}

prop_compose! {
    fn any_series()(
        figures in prop::collection::vec(prop_oneof![1 => Just(None), 4 => (0u32..1000).prop_map(|tenths| Some(f64::from(tenths) / 10.0))], 1..200),
        n in prop::option::of(1u32..2000),
        breaks in prop::collection::vec(any::<prop::sample::Index>(), 0..3),
        target in prop::option::of(0u32..1000),
    ) -> Series {
        let mut series = series(&figures, n);
        for position in breaks {
            let year = 2019 + u16::try_from(position.index(figures.len())).unwrap();
            series.breaks.insert(Period::SchoolYear(year), UserText::default());
        }
        if let Some(target) = target {
            series.targets.insert(day("2019-08-01"), f64::from(target) / 10.0);
        }
        series
    }
}

proptest! {
    #![proptest_config(crate::property_test_config())]

    #[test]
    fn words_never_contradict_the_figures(series in any_series(), is_up in any::<bool>()) {
        let wanted = if is_up { Wanted::Up } else { Wanted::Down };
        let analysis = analyse(&series, wanted);
        let words = [analysis.description(), analysis.headline(), analysis.change_in_words()];
        let figures: Vec<(Period, f64)> =
            series.observations.iter().filter_map(|(period, observation)| Some((*period, observation.value?))).collect();
        let Some(&(last_period, last)) = figures.last() else {
            prop_assert!(words[0].ends_with("ingen tal endnu"));
            return Ok(());
        };
        prop_assert!(words[0].contains(&last_period.danish()) && words[0].contains(&crate::domain::number::format_danish(last)));
        // Comparable figures begin with the last break that is not after the last figure.
        let start = series.breaks.keys().rev().find(|start| **start <= last_period).copied();
        let comparable: Vec<_> =
            figures.iter().filter(|(period, _)| start.is_none_or(|start| *period >= start)).collect();
        let direction = |from: f64, to: f64| if to > from { ("Steget", is_up) } else { ("Faldet", !is_up) };
        for (from, text) in [
            (comparable.first(), &words[0]),
            (comparable.len().checked_sub(2).map(|index| &comparable[index]), &words[2]),
        ] {
            let Some((_, from)) = from.filter(|_| comparable.len() > 1) else { continue };
            if (from - last).abs() < 1e-9 {
                prop_assert!(!text.contains("retning –") && !text.contains("i den ønskede") && !text.contains("mod den ønskede"), "{}", text);
            } else {
                let (way, is_wanted) = direction(*from, last);
                let opposite = if way == "Steget" { "Faldet" } else { "Steget" };
                prop_assert!(!text.contains(opposite), "{} {}", from, text);
                let wrong = if is_wanted { "mod den ønskede retning" } else { "i den ønskede retning" };
                prop_assert!(!text.contains(wrong), "{} → {}: {}", from, last, text);
            }
        }
        if comparable.len() < 2 {
            prop_assert!(analysis.change().is_none() && analysis.overall().is_none());
        }
        let target = series.targets.values().next();
        prop_assert_eq!(analysis.target_status().is_some(), target.is_some());
        if let (Some(TargetStatus::Reached(_)), Some(target)) = (analysis.target_status(), target) {
            let is_reached = if is_up { last >= *target } else { last <= *target };
            prop_assert!(is_reached);
        }
    }

    #[test]
    fn runs_contain_every_figure_once_and_no_missing_figure(series in any_series()) {
        let analysis = analyse(&series, Wanted::Up);
        let mut drawn: Vec<usize> = analysis.runs().concat();
        drawn.sort_unstable();
        let with_figure: Vec<usize> =
            (0..analysis.points.len()).filter(|&at| analysis.points[at].observation.value.is_some()).collect();
        prop_assert_eq!(drawn, with_figure);
        for run in analysis.runs() {
            for pair in run.windows(2) {
                prop_assert_eq!(analysis.points[pair[0]].period.next(), analysis.points[pair[1]].period);
                prop_assert!(!analysis.points[pair[1]].is_break);
            }
        }
    }
}
