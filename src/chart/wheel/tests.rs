//! Tests of the drawing of the wheel.

use proptest::prelude::*;

use super::*;
use crate::domain::enhed::Level;
use crate::domain::fundament::present_edition;
use crate::domain::progress::WheelProgress;
use crate::domain::wheel::element_statuses;

fn draw(day: &str, level: Option<u8>, tracks: &[&str]) -> String {
    draw_with_dates(day, level, tracks, &[])
}

fn draw_with_dates(day: &str, level: Option<u8>, tracks: &[&str], dates: &[WheelDate]) -> String {
    let (today, level) = (Date::parse(day).unwrap(), level.and_then(Level::new));
    let elements = element_statuses(present_edition().unwrap(), today, level, &WheelProgress::default());
    let cycle = Cycle::of(today);
    wheel(&Wheel { id: "w", cycle, today, elements: &elements, dates, hub: "Lys i øjnene", tracks })
}

fn count(svg: &str, part: &str) -> usize {
    svg.matches(part).count()
}

#[test]
fn element_is_drawn_once_for_each_of_its_turns() {
    let everyone = draw("2026-02-01", None, &[]);
    assert_eq!((count(&everyone, "data-element="), count(&everyone, "class=\"slice\"")), (6, 8));
    let head = draw("2026-02-01", Some(2), &[]);
    assert_eq!(count(&head, "class=\"slice\""), 7);
    assert_eq!(count(&head, "tabindex=\"0\""), 1, "there is one tab stop");
    assert!(head.contains("<title>3 Kvalitetssamtale, 1. og 2. kvartal 2026, i gang nu, angår dig</title>"), "{head}");
    assert!(head.contains("5 Sammenhængsaftale, 3. kvartal 2026, kommer"), "{head}");
}

#[test]
fn overlapping_elements_get_different_lanes() {
    let elements = element_statuses(
        present_edition().unwrap(),
        Date::parse("2026-02-01").unwrap(),
        None,
        &WheelProgress::default(),
    );
    assert_eq!(lanes(&elements), [0, 0, 1, 0, 2, 0]);
}

#[test]
fn hand_moves_with_the_days() {
    for (day, angle) in
        [("2025-10-01", "0.2"), ("2025-12-31", "44.7"), ("2026-11-25", "207.1"), ("2027-09-30", "359.7")]
    {
        assert!(draw(day, None, &[]).contains(&format!("class=\"hand\" transform=\"rotate({angle})\"")), "{day}");
    }
}

#[test]
fn free_quarters_and_tracks_are_drawn() {
    assert_eq!(count(&draw("2026-02-01", None, &[]), "class=\"quiet\""), 1);
    assert_eq!(count(&draw("2026-11-25", None, &[]), "class=\"quiet now\""), 1);
    assert_eq!(count(&draw("2026-11-25", None, &["Skolespor", "<DT>"]), "class=\"track\""), 2);
}

#[test]
fn years_and_quarters_are_named_around_the_wheel() {
    let svg = draw("2026-11-25", None, &[]);
    for name in [">4. kvartal 2025<", ">1. kvartal<", ">2026</text>", ">2027</text>", ">i dag</text>"] {
        assert!(svg.contains(name), "{name}: {svg}");
    }
    assert!(svg.find("class=\"hand\"") > svg.rfind("class=\"slice\""), "the hand lies above the elements");
}

#[test]
fn name_of_the_current_quarter_leaves_room_for_the_hand() {
    for (day, start) in [("2026-01-05", "66"), ("2026-03-20", "34"), ("2026-10-05", "34"), ("2025-10-05", "50")] {
        let svg = draw(day, None, &[]);
        let (_, after) = svg.split_once("class=\"quarter now\"").unwrap();
        let (_, after) = after.split_once("startOffset=\"").unwrap();
        assert!(after.starts_with(start), "{day}: {after}");
    }
}

#[test]
fn every_element_has_a_long_and_a_short_name() {
    let svg = draw("2026-02-01", Some(3), &[]);
    assert_eq!(count(&svg, "class=\"name short\""), 6);
    for name in [">1 Data<", ">2 Feedback<", ">3 Samtale<", ">4 Rapport<", ">5 Aftale<", ">6 Midtvejs<"] {
        assert!(svg.contains(name), "{name}: {svg}");
    }
    assert!(svg.contains(">5 Sammenhængsaftale<"), "{svg}");
}

#[test]
fn dots_that_would_cover_each_other_lie_below_each_other() {
    let date = |day: &str, kind: WheelDateKind| WheelDate {
        day: Date::parse(day).unwrap(),
        kind,
        text: "Indsats begynder: A\u{b} & B\u{ffff}".to_owned(),
    };
    let dates = [
        date("2026-10-01", WheelDateKind::Initiative),
        date("2026-10-03", WheelDateKind::Trial),
        date("2026-10-05", WheelDateKind::Day),
        date("2026-12-01", WheelDateKind::Initiative),
    ];
    let svg = draw_with_dates("2026-11-25", None, &[], &dates);
    let radii: Vec<&str> = svg
        .split("class=\"dot")
        .skip(1)
        .filter_map(|dot| dot.split_once("d=\"M0 -")?.1.split_once('m').map(|(radius, _)| radius))
        .collect();
    assert_eq!(radii, ["269", "252", "235", "269"]);
    assert!(svg.contains("<title>1. oktober 2026: Indsats begynder: A &amp; B</title>"), "{svg}");
}

proptest! {
    #![proptest_config(crate::property_test_config())]

    #[test]
    fn drawing_is_well_formed_on_any_day(days in 7_305i64..48_212, level in prop::option::of(1u8..=4)) {
        let day = Date::from_days_since_epoch(days).unwrap().to_string();
        let svg = draw(&day, level, &["a & b"]);
        prop_assert!(!svg.contains("style=") && !svg.contains("--") && !svg.contains("& "));
        prop_assert_eq!(count(&svg, "<text"), count(&svg, "</text"));
        prop_assert_eq!(count(&svg, "class=\"quarter now\""), 1);
    }
}
