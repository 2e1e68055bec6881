use super::*;
use crate::domain::date::Date;

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// A unit of a test table: its id, the unit above it, and its number of persons (`?` if unknown).
type Row = (&'static str, &'static str, &'static str);

/// Adds the figures of a table in a period to the known figures.
fn add_rows(rows: &[Row], period: &str, known: &mut KnownFigures) {
    for (unit, above, n) in rows {
        if let Some(above) = Id::parse(above) {
            known.put_under(id(unit), above);
        }
        let n = n.parse().ok();
        let observation =
            Observation { value: Some(7.25), measure: Some(Measure::Percent), n, ..Observation::default() };
        known.add(&id(unit), &id("fravaer"), Period::parse(period).unwrap(), Cell::of(&observation, None));
    }
}

/// The hidden figures in order, as `hus` or `hus 2024K1`.
fn hidden(known: &KnownFigures, with_period: bool) -> Vec<String> {
    let name = |(unit, _, period): (&Id, &Id, Period)| {
        if with_period { format!("{unit} {period}") } else { unit.to_string() }
    };
    known.publish().hidden().map(name).collect()
}

#[track_caller]
fn check(rows: &[Row], expected: &[&str]) {
    let mut figures = KnownFigures::default();
    add_rows(rows, "2024", &mut figures);
    assert_eq!(hidden(&figures, false), expected, "{rows:?}");
}

#[test]
fn small_figure_is_hidden_together_with_a_figure_that_reveals_it() {
    check(&[("a", "", "4"), ("b", "", "5")], &["a"]);
    // An area of three houses: the smallest other house is hidden too.
    check(&[("area", "", "71"), ("a", "area", "4"), ("b", "area", "60"), ("c", "area", "7")], &["a", "c"]);
    // Two hidden houses protect each other if they have at least five persons together.
    check(&[("area", "", "27"), ("a", "area", "4"), ("b", "area", "3"), ("c", "area", "20")], &["a", "b"]);
    // No other house exists, so the total is hidden.
    check(&[("area", "", "4"), ("a", "area", "4")], &["a", "area"]);
    check(&[("area", "", "44"), ("a", "area", "4"), ("b", "area", "?")], &["a", "b"]);
}

#[test]
fn remainder_of_a_total_has_nobody_or_at_least_five() {
    // 62 - 60 leaves two persons, even if each is in a house of its own.
    check(&[("area", "", "62"), ("a", "area", "60"), ("b", "area", "1"), ("c", "area", "1")], &["a", "b", "c"]);
    // Some houses are unknown on this device.
    check(&[("area", "", "62"), ("a", "area", "60")], &["a"]);
    check(&[("area", "", "60"), ("a", "area", "60")], &[]);
    check(&[("area", "", "65"), ("a", "area", "60")], &[]);
    // The smaller one of several houses is hidden.
    check(&[("area", "", "62"), ("a", "area", "40"), ("b", "area", "20")], &["b"]);
    // The size of the total is unknown, but follows from its parts.
    check(&[("area", "", "?"), ("a", "area", "60"), ("b", "area", "1"), ("c", "area", "1")], &["a", "b", "c"]);
    // A house of unknown size, for which at most two persons remain.
    check(&[("area", "", "62"), ("a", "area", "60"), ("b", "area", "?")], &["a", "b"]);
}

#[test]
fn rule_holds_at_any_depth() {
    // area 45 › {44 › 44 › 44, 1}
    let chain = [("area", "", "45"), ("a", "area", "44"), ("b", "a", "44"), ("c", "b", "44"), ("d", "area", "1")];
    check(&chain, &["a", "b", "c", "d"]);
    // The unit in between has no figure.
    let mut figures = KnownFigures::default();
    figures.put_under(id("wing"), id("area"));
    add_rows(&[("area", "", "64"), ("b", "area", "60"), ("house", "wing", "4")], "2024", &mut figures);
    assert_eq!(hidden(&figures, false), ["b", "house"]);
    // A cycle of units, as in merged files of several people.
    check(&[("a", "b", "60"), ("b", "a", "64")], &["a"]);
}

#[test]
fn count_without_n_is_protected_if_it_is_small() {
    for (value, n, is_hidden) in [
        (3.0, None, true),
        (0.0, None, false),
        (5.0, None, false),
        (3.5, None, false),
        (3.0, Some(200), false),
        (300.0, Some(3), true),
    ] {
        let observation =
            Observation { value: Some(value), n, measure: Some(Measure::Number), ..Observation::default() };
        assert_eq!(Cell::of(&observation, None).is_protected, is_hidden, "{value} {n:?}");
        assert_eq!(
            Cell::of(&Observation { measure: None, ..observation }, Some(Measure::Number)).is_protected,
            is_hidden
        );
    }
    // The remainder of a sum of counts is small.
    let mut figures = KnownFigures::default();
    for (unit, value) in [("area", 63.0), ("a", 40.0), ("b", 20.0)] {
        let observation = Observation { value: Some(value), measure: Some(Measure::Number), ..Observation::default() };
        figures.put_under(id("a"), id("area"));
        figures.put_under(id("b"), id("area"));
        figures.add(&id(unit), &id("klager"), Period::Year(2024), Cell::of(&observation, None));
    }
    assert_eq!(hidden(&figures, false).len(), 1);
}

/// Checks the hidden figures of tables in several periods.
#[track_caller]
fn check_periods(periods: &[(&str, &[Row])], expected: &[&str]) {
    let mut figures = KnownFigures::default();
    for (period, rows) in periods {
        add_rows(rows, period, &mut figures);
    }
    assert_eq!(hidden(&figures, true), expected);
}

#[test]
fn year_never_reveals_a_hidden_quarter() {
    let (twenty, four): (&[Row], &[Row]) = (&[("a", "", "20")], &[("a", "", "4")]);
    let quarters = ["2024K1", "2024K2", "2024K3"];
    let year = |n: &'static [Row], last: &'static [Row]| {
        let mut all = vec![("2024", n), ("2024K4", last)];
        all.extend(quarters.map(|quarter| (quarter, twenty)));
        all
    };
    check_periods(&year(&[("a", "", "80")], twenty), &[]);
    check_periods(&year(&[("a", "", "64")], four), &["a 2024K1", "a 2024K2", "a 2024K3", "a 2024K4"]);
    // The remainder of the year is the missing quarter.
    let three = |n: &'static [Row]| {
        let mut all = vec![("2024", n)];
        all.extend(quarters.map(|quarter| (quarter, twenty)));
        all
    };
    check_periods(&three(&[("a", "", "80")]), &[]);
    check_periods(&three(&[("a", "", "64")]), &["a 2024K1", "a 2024K2", "a 2024K3"]);
    // Another year is not affected.
    let mut years = year(&[("a", "", "64")], four);
    years.extend([("2025K1", twenty), ("2025", twenty)]);
    check_periods(&years, &["a 2024K1", "a 2024K2", "a 2024K3", "a 2024K4"]);
}

#[test]
fn combined_sums_over_units_and_time_reveal_nothing() {
    let area = |all: &'static str, one: &'static str, other: &'static str| -> [Row; 3] {
        [("area", "", all), ("a", "area", one), ("b", "area", other)]
    };
    // Each period has a remainder of five or more, but the rest of the year has three.
    let year = area("130", "60", "62");
    let quarter = area("65", "30", "30");
    check_periods(&[("2024", &year), ("2024K1", &quarter)], &["a 2024K1", "area 2024K1", "b 2024K1"]);
    let year = area("140", "60", "62");
    check_periods(&[("2024", &year), ("2024K1", &quarter)], &[]);
    // A unit lacks the quarter, so only one kind of period is shown.
    let some: [Row; 2] = [("area", "", "65"), ("a", "area", "30")];
    check_periods(&[("2024", &year), ("2024K1", &some)], &["a 2024K1", "area 2024K1"]);
}

#[test]
fn school_year_hides_overlapping_calendar_year_if_a_figure_is_hidden() {
    let plain: [Row; 1] = [("a", "", "?")];
    check_periods(&[("2024", &plain), ("2023-24", &plain), ("2024-25", &plain)], &[]);
    let small: [Row; 1] = [("a", "", "4")];
    check_periods(&[("2024", &plain), ("2023-24", &plain), ("2024-25", &small)], &["a 2024", "a 2024-25"]);
    // These periods do not overlap.
    check_periods(&[("2024", &plain), ("2025-26", &small)], &["a 2025-26"]);
}

#[test]
fn join_of_cells_protects_copies_that_disagree_on_n() {
    let cell = |n: Option<u32>| Cell { value: Some(7.0), n, ..Cell::default() };
    assert_eq!(cell(None).join(cell(Some(20))), cell(Some(20)));
    assert!(!cell(Some(20)).join(cell(Some(20))).is_protected);
    assert!(cell(Some(20)).join(cell(Some(30))).is_protected, "either number could be right");
    let small = Cell { is_protected: true, ..cell(Some(4)) };
    assert!(small.join(cell(Some(4))).is_protected);
}

#[test]
fn figure_hidden_by_its_source_cannot_be_computed() {
    for state in [ObservationState::Unpublished, ObservationState::Hidden] {
        let mut figures = KnownFigures::default();
        add_rows(&[("area", "", "?"), ("a", "area", "?"), ("b", "area", "?")], "2024", &mut figures);
        figures.put_under(id("c"), id("area"));
        let observation = Observation { state, ..Observation::default() };
        figures.add(&id("c"), &id("fravaer"), Period::Year(2024), Cell::of(&observation, None));
        assert_eq!(hidden(&figures, false), ["a", "c"]);
    }
}

#[test]
fn hidden_figure_leaves_no_value_source_or_note() {
    let unit = id("hus");
    let mut series = Series { indicator: Some(id("fravaer")), ..Series::default() };
    for (year, n) in [(2023, 4), (2024, 40)] {
        let observation =
            Observation { value: Some(7.0), n: Some(n), source: "Skolen".into(), ..Observation::default() };
        series.observations.insert(Period::SchoolYear(year), observation);
        series.notes.insert(Period::SchoolYear(year), "Fire børn svarede".into());
    }
    series.targets.insert(Date::new(2024, 8, 1).unwrap(), 6.0);
    let mut figures = KnownFigures::default();
    figures.add_series(&unit, &id("fravaer"), &series, None);
    let published = figures.publish();
    let shown = published.series(&unit, &series);
    let hidden = Observation { state: ObservationState::Hidden, ..Observation::default() };
    assert_eq!(shown.observations[&Period::SchoolYear(2023)], hidden);
    assert_eq!(shown.notes.keys().collect::<Vec<_>>(), [&Period::SchoolYear(2024)]);
    assert_eq!(shown.observations[&Period::SchoolYear(2024)], series.observations[&Period::SchoolYear(2024)]);
    assert_eq!(published.series(&unit, &shown), shown, "publishing a published series changes nothing");
    // Figures of an unknown unit or indicator are hidden.
    assert!(!published.series(&id("andet"), &series).has_figures());
    let other = Series { indicator: Some(id("andet")), ..series };
    assert!(!published.series(&unit, &other).has_figures());
}

#[test]
fn figure_out_of_range_is_published_only_when_it_is_confirmed() {
    let unit = id("hus");
    let year = Period::SchoolYear(2024);
    let published_figure = |n: u32, is_confirmed: bool| {
        let mut series = Series { indicator: Some(id("fravaer")), ..Series::default() };
        series.set_figure(year, Measure::Percent, Some(712.0));
        series.observations.get_mut(&year).unwrap().n = Some(n);
        if is_confirmed {
            series.confirm(year);
        }
        let mut figures = KnownFigures::default();
        figures.add_series(&unit, &id("fravaer"), &series, None);
        let observation = figures.publish().series(&unit, &series).observations[&year].clone();
        (observation.value, observation.state)
    };
    assert_eq!(published_figure(40, false), (None, ObservationState::Missing));
    assert_eq!(published_figure(40, true), (Some(712.0), ObservationState::Value));
    assert_eq!(published_figure(4, true), (None, ObservationState::Hidden));
}

#[test]
fn median_leaves_out_figures_out_of_range() {
    let year = Period::SchoolYear(2024);
    let series = |figure: f64| {
        let mut series = Series { indicator: Some(id("fravaer")), ..Series::default() };
        // The figure has no measure of its own, so the median's measure decides.
        series.observations.insert(year, Observation { value: Some(figure), ..Observation::default() });
        PublishedSeries(series)
    };
    let median_of = |figures: &[f64]| {
        let all: Vec<PublishedSeries> = figures.iter().map(|figure| series(*figure)).collect();
        PublishedSeries::median(&all.iter().collect::<Vec<_>>(), Measure::Percent).figure(year)
    };
    assert_eq!(median_of(&[5.0, 6.0, 7.0, 8.0, 9.0]), Some(7.0));
    assert_eq!(median_of(&[5.0, 6.0, 7.0, 8.0, 9.0, 712.0]), Some(7.0));
    assert_eq!(median_of(&[5.0, 6.0, 7.0, 8.0, 712.0]), None, "four figures are too few");
}

#[test]
fn hides_copy_recognises_copies_by_period_or_value() {
    let mut figures = KnownFigures::default();
    let unit = id("hus");
    for (year, value, n) in [(2023, 77.7, 4), (2024, 12.0, 40)] {
        let observation = Observation { value: Some(value), n: Some(n), ..Observation::default() };
        figures.add(&unit, &id("fravaer"), Period::SchoolYear(year), Cell::of(&observation, None));
    }
    let published = figures.publish();
    for (value, period, is_hidden) in [
        (77.7, Some(2023), true),
        (78.0, Some(2023), true),
        (77.7, None, true),
        (77.7, Some(2020), true),
        (12.0, Some(2024), false),
        (12.0, None, false),
    ] {
        let figure = Figure { value: Some(value), period: period.map(Period::SchoolYear), ..Figure::default() };
        assert_eq!(published.hides_copy(&unit, &id("fravaer"), &figure), is_hidden, "{value} {period:?}");
        assert!(!published.hides_copy(&unit, &id("andet"), &figure));
        assert!(!published.hides_copy(&id("andet"), &id("fravaer"), &figure));
    }
}

#[test]
fn median_needs_five_figures() {
    assert_eq!(median([1.0, 2.0, 3.0, 4.0]), None);
    assert_eq!(median([9.0, 1.0, 3.0, 2.0, 4.0]), Some(3.0));
    assert_eq!(median([9.0, 1.0, 3.0, 2.0, 4.0, 5.0]), Some(3.5));
}

/// An administration with ten areas and the houses under them, four of which are small.
#[test]
fn few_figures_of_a_municipality_are_hidden() {
    let mut figures = KnownFigures::default();
    let units: Vec<String> = (0..150).map(|at| format!("u{at:03}")).collect();
    let mut sizes = vec![0u32; units.len()];
    for at in (11..units.len()).rev() {
        sizes[at] = if at % 33 == 0 { 3 } else { 20 + u32::try_from(at).unwrap() };
        sizes[1 + at % 10] += sizes[at];
        figures.put_under(id(&units[at]), id(&units[1 + at % 10]));
    }
    sizes[0] = sizes[1..11].iter().sum();
    (1..11).for_each(|at| figures.put_under(id(&units[at]), id(&units[0])));
    let (mut all, years) = (0, 2015..2025);
    for indicator in 0..12 {
        for year in years.clone() {
            for (unit, n) in units.iter().zip(&sizes) {
                let observation = Observation { value: Some(7.25), n: Some(*n), ..Observation::default() };
                figures.add(
                    &id(unit),
                    &id(&format!("i{indicator}")),
                    Period::SchoolYear(year),
                    Cell::of(&observation, None),
                );
                all += 1;
            }
        }
    }
    let hidden = figures.publish().hidden().count();
    println!("{hidden} of {all} figures are hidden");
    // Four small houses, and another house for each.
    assert_eq!((hidden, all), (120 * (4 + 4), 18_000));
}
