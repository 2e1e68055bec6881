use super::*;
use crate::domain::date::Date;

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// A unit in a table: its name, the unit above it, and its number of persons; `?` where that is not known.
type Row = (&'static str, &'static str, &'static str);

fn known(rows: &[Row], period: &str, known: &mut KnownFigures) {
    for (unit, above, n) in rows {
        if let Some(above) = Id::parse(above) {
            known.put_under(id(unit), above);
        }
        let n = n.parse().ok();
        let own = Observation { value: Some(7.25), measure: Some(Measure::Percent), n, ..Observation::default() };
        known.add(&id(unit), &id("fravaer"), Period::parse(period).unwrap(), Cell::of(&own, None));
    }
}

/// The hidden figures: `hus` or `hus 2024K1`, in their order.
fn hidden(known: &KnownFigures, with_period: bool) -> Vec<String> {
    let name = |(unit, _, period): (&Id, &Id, Period)| {
        if with_period { format!("{unit} {period}") } else { unit.to_string() }
    };
    known.publish().hidden().map(name).collect()
}

#[track_caller]
fn check(rows: &[Row], expected: &[&str]) {
    let mut figures = KnownFigures::default();
    known(rows, "2024", &mut figures);
    assert_eq!(hidden(&figures, false), expected, "{rows:?}");
}

#[test]
fn trust_what_rests_on_few_is_hidden_and_what_gives_it_away() {
    check(&[("a", "", "4"), ("b", "", "5")], &["a"]);
    // The area of three houses: the next smallest goes with the small one.
    check(&[("area", "", "71"), ("a", "area", "4"), ("b", "area", "60"), ("c", "area", "7")], &["a", "c"]);
    // Two hidden ones hide each other, where they are five together.
    check(&[("area", "", "27"), ("a", "area", "4"), ("b", "area", "3"), ("c", "area", "20")], &["a", "b"]);
    // Nothing to hide behind: the total goes.
    check(&[("area", "", "4"), ("a", "area", "4")], &["a", "area"]);
    check(&[("area", "", "44"), ("a", "area", "4"), ("b", "area", "?")], &["a", "b"]);
}

#[test]
fn trust_what_is_left_of_a_total_rests_on_nobody_or_on_five() {
    // 62 - 60: two persons, be they one house each.
    check(&[("area", "", "62"), ("a", "area", "60"), ("b", "area", "1"), ("c", "area", "1")], &["a", "b", "c"]);
    // Not all houses are known here.
    check(&[("area", "", "62"), ("a", "area", "60")], &["a"]);
    check(&[("area", "", "60"), ("a", "area", "60")], &[]);
    check(&[("area", "", "65"), ("a", "area", "60")], &[]);
    // Of several the smallest goes.
    check(&[("area", "", "62"), ("a", "area", "40"), ("b", "area", "20")], &["b"]);
    // The number of the total is not known, but those of all its parts are.
    check(&[("area", "", "?"), ("a", "area", "60"), ("b", "area", "1"), ("c", "area", "1")], &["a", "b", "c"]);
    // A house of which no number is known, and for which two are left.
    check(&[("area", "", "62"), ("a", "area", "60"), ("b", "area", "?")], &["a", "b"]);
}

#[test]
fn trust_it_holds_at_any_depth() {
    // area 45 › {44 › 44 › 44, 1}
    let chain = [("area", "", "45"), ("a", "area", "44"), ("b", "a", "44"), ("c", "b", "44"), ("d", "area", "1")];
    check(&chain, &["a", "b", "c", "d"]);
    // The unit between has no figure itself.
    let mut figures = KnownFigures::default();
    figures.put_under(id("wing"), id("area"));
    known(&[("area", "", "64"), ("b", "area", "60"), ("house", "wing", "4")], "2024", &mut figures);
    assert_eq!(hidden(&figures, false), ["b", "house"]);
    // A ring, as files of several people can make one.
    check(&[("a", "b", "60"), ("b", "a", "64")], &["a"]);
}

#[test]
fn trust_a_count_without_a_number_of_persons_is_a_small_number() {
    for (value, n, is_hidden) in [
        (3.0, None, true),
        (0.0, None, false),
        (5.0, None, false),
        (3.5, None, false),
        (3.0, Some(200), false),
        (300.0, Some(3), true),
    ] {
        let own = Observation { value: Some(value), n, measure: Some(Measure::Number), ..Observation::default() };
        assert_eq!(Cell::of(&own, None).is_protected, is_hidden, "{value} {n:?}");
        assert_eq!(Cell::of(&Observation { measure: None, ..own }, Some(Measure::Number)).is_protected, is_hidden);
    }
    // What is left of a sum of counts.
    let mut figures = KnownFigures::default();
    for (unit, value) in [("area", 63.0), ("a", 40.0), ("b", 20.0)] {
        let own = Observation { value: Some(value), measure: Some(Measure::Number), ..Observation::default() };
        figures.put_under(id("a"), id("area"));
        figures.put_under(id("b"), id("area"));
        figures.add(&id(unit), &id("klager"), Period::Year(2024), Cell::of(&own, None));
    }
    assert_eq!(hidden(&figures, false).len(), 1);
}

/// The figures of one unit, or of an area (`area`) and its houses, period by period.
#[track_caller]
fn check_periods(periods: &[(&str, &[Row])], expected: &[&str]) {
    let mut figures = KnownFigures::default();
    for (period, rows) in periods {
        known(rows, period, &mut figures);
    }
    assert_eq!(hidden(&figures, true), expected);
}

#[test]
fn trust_a_year_does_not_give_a_quarter_away() {
    let (twenty, four): (&[Row], &[Row]) = (&[("a", "", "20")], &[("a", "", "4")]);
    let quarters = ["2024K1", "2024K2", "2024K3"];
    let year = |n: &'static [Row], last: &'static [Row]| {
        let mut all = vec![("2024", n), ("2024K4", last)];
        all.extend(quarters.map(|quarter| (quarter, twenty)));
        all
    };
    check_periods(&year(&[("a", "", "80")], twenty), &[]);
    check_periods(&year(&[("a", "", "64")], four), &["a 2024K1", "a 2024K2", "a 2024K3", "a 2024K4"]);
    // What is left of the year: the missing quarter.
    let three = |n: &'static [Row]| {
        let mut all = vec![("2024", n)];
        all.extend(quarters.map(|quarter| (quarter, twenty)));
        all
    };
    check_periods(&three(&[("a", "", "80")]), &[]);
    check_periods(&three(&[("a", "", "64")]), &["a 2024K1", "a 2024K2", "a 2024K3"]);
    // Another year is untouched by it.
    let mut years = year(&[("a", "", "64")], four);
    years.extend([("2025K1", twenty), ("2025", twenty)]);
    check_periods(&years, &["a 2024K1", "a 2024K2", "a 2024K3", "a 2024K4"]);
}

#[test]
fn trust_sums_over_units_and_over_time_together_give_nothing_away() {
    let area = |all: &'static str, one: &'static str, other: &'static str| -> [Row; 3] {
        [("area", "", all), ("a", "area", one), ("b", "area", other)]
    };
    // In each period five or more are left; in the rest of the year it is three.
    let year = area("130", "60", "62");
    let quarter = area("65", "30", "30");
    check_periods(&[("2024", &year), ("2024K1", &quarter)], &["a 2024K1", "area 2024K1", "b 2024K1"]);
    let year = area("140", "60", "62");
    check_periods(&[("2024", &year), ("2024K1", &quarter)], &[]);
    // Not all have both: one kind is kept.
    let some: [Row; 2] = [("area", "", "65"), ("a", "area", "30")];
    check_periods(&[("2024", &year), ("2024K1", &some)], &["a 2024K1", "area 2024K1"]);
}

#[test]
fn trust_a_school_year_is_not_shown_beside_a_calendar_year_around_a_hidden_figure() {
    let plain: [Row; 1] = [("a", "", "?")];
    check_periods(&[("2024", &plain), ("2023-24", &plain), ("2024-25", &plain)], &[]);
    let small: [Row; 1] = [("a", "", "4")];
    check_periods(&[("2024", &plain), ("2023-24", &plain), ("2024-25", &small)], &["a 2024", "a 2024-25"]);
    // They do not overlap.
    check_periods(&[("2024", &plain), ("2025-26", &small)], &["a 2025-26"]);
}

#[test]
fn trust_a_unit_under_several_ids_is_one_figure() {
    let cell = |n: Option<u32>| Cell { value: Some(7.0), n, ..Cell::default() };
    assert_eq!(cell(None).join(cell(Some(20))), cell(Some(20)));
    assert!(!cell(Some(20)).join(cell(Some(20))).is_protected);
    assert!(cell(Some(20)).join(cell(Some(30))).is_protected, "nobody knows which of them holds");
    let small = Cell { is_protected: true, ..cell(Some(4)) };
    assert!(small.join(cell(Some(4))).is_protected);
}

/// What a source does not publish must not be worked out from what stands beside it.
#[test]
fn trust_what_a_source_hides_is_not_given_away() {
    for state in [ObservationState::Unpublished, ObservationState::Hidden] {
        let mut figures = KnownFigures::default();
        known(&[("area", "", "?"), ("a", "area", "?"), ("b", "area", "?")], "2024", &mut figures);
        figures.put_under(id("c"), id("area"));
        let own = Observation { state, ..Observation::default() };
        figures.add(&id("c"), &id("fravaer"), Period::Year(2024), Cell::of(&own, None));
        assert_eq!(hidden(&figures, false), ["a", "c"]);
    }
}

#[test]
fn trust_nothing_is_left_of_a_hidden_figure() {
    let unit = id("hus");
    let mut whole = Series { indicator: Some(id("fravaer")), ..Series::default() };
    for (year, n) in [(2023, 4), (2024, 40)] {
        let own = Observation { value: Some(7.0), n: Some(n), source: "Skolen".into(), ..Observation::default() };
        whole.observations.insert(Period::SchoolYear(year), own);
        whole.notes.insert(Period::SchoolYear(year), "Fire børn svarede".into());
    }
    whole.targets.insert(Date::new(2024, 8, 1).unwrap(), 6.0);
    let mut figures = KnownFigures::default();
    figures.add_series(&unit, &id("fravaer"), &whole, None);
    let published = figures.publish();
    let shown = published.series(&unit, &whole);
    let hidden = Observation { state: ObservationState::Hidden, ..Observation::default() };
    assert_eq!(shown.observations[&Period::SchoolYear(2023)], hidden);
    assert_eq!(shown.notes.keys().collect::<Vec<_>>(), [&Period::SchoolYear(2024)]);
    assert_eq!(shown.observations[&Period::SchoolYear(2024)], whole.observations[&Period::SchoolYear(2024)]);
    assert_eq!(published.series(&unit, &shown), shown, "what was published is published as it is");
    // Of another unit, or another indicator, nothing is known: nothing is shown.
    assert!(!published.series(&id("andet"), &whole).has_figures());
    let other = Series { indicator: Some(id("andet")), ..whole };
    assert!(!published.series(&unit, &other).has_figures());
}

#[test]
fn trust_a_copy_of_a_hidden_figure_is_known_as_one() {
    let mut figures = KnownFigures::default();
    let unit = id("hus");
    for (year, value, n) in [(2023, 77.7, 4), (2024, 12.0, 40)] {
        let own = Observation { value: Some(value), n: Some(n), ..Observation::default() };
        figures.add(&unit, &id("fravaer"), Period::SchoolYear(year), Cell::of(&own, None));
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
        assert_eq!(published.conceals(&unit, &id("fravaer"), &figure), is_hidden, "{value} {period:?}");
        assert!(!published.conceals(&unit, &id("andet"), &figure));
        assert!(!published.conceals(&id("andet"), &id("fravaer"), &figure));
    }
}

#[test]
fn trust_there_is_no_median_of_few_units() {
    assert_eq!(median([1.0, 2.0, 3.0, 4.0]), None);
    assert_eq!(median([9.0, 1.0, 3.0, 2.0, 4.0]), Some(3.0));
    assert_eq!(median([9.0, 1.0, 3.0, 2.0, 4.0, 5.0]), Some(3.5));
}

/// A municipality: an administration, ten areas, the houses under them, of which some are small.
#[test]
fn trust_of_a_municipality_little_is_hidden() {
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
                let own = Observation { value: Some(7.25), n: Some(*n), ..Observation::default() };
                figures.add(&id(unit), &id(&format!("i{indicator}")), Period::SchoolYear(year), Cell::of(&own, None));
                all += 1;
            }
        }
    }
    let hidden = figures.publish().hidden().count();
    println!("{hidden} of {all} figures are hidden");
    // Four small houses, and for each one beside it.
    assert_eq!((hidden, all), (120 * (4 + 4), 18_000));
}
