//! Draws the quality wheel over time: a ring of two years in calendar quarters, each element an arc over the quarters
//! of its turns, overlapping elements on lanes of their own, and a hand at today.
//!
//! Every point lies at an eighth of the circle, or is rotated by a transform, so no sine or cosine is computed.

use crate::domain::cycle::Turn;
use crate::domain::cycle::{Cycle, QUARTERS, QuarterIndex};
use crate::domain::date::Date;
use crate::domain::progress::ProgressStage;
use crate::domain::wheel::{ElementStatus, TurnPosition};

use super::escaped;

/// The contents of the drawing.
#[derive(Clone, Debug)]
pub struct Wheel<'e> {
    /// A prefix for the ids in the drawing, unique on the page.
    pub id: &'e str,
    /// The cycle of two years.
    pub cycle: Cycle,
    /// The day that the hand points at. It lies in the cycle.
    pub today: Date,
    /// The elements.
    pub elements: &'e [ElementStatus<'e>],
    /// The text in the hub: the vision.
    pub hub: &'e str,
    /// The names of the tracks around the wheel, as in the earlier drawing of the wheel. Empty where they are not shown.
    pub tracks: &'e [&'e str],
}

/// The radius of the hub, in the drawing's own unit, as are all lengths below.
const HUB: i32 = 112;
/// The width of a lane of elements.
const LANE: i32 = 68;
/// The number of lanes between hub and rim.
const LANES: i32 = 3;
/// The inner radius of the rim, which holds the names of the quarters.
const RIM: i32 = HUB + 8 + LANES * LANE;
/// The radius on which the names of the quarters lie.
const NAMES: i32 = RIM + 44;
/// The outer radius of the rim.
const EDGE: i32 = RIM + 84;
/// The width of a track around the wheel.
const TRACK: i32 = 26;
/// The length of the hand's pointer outside the rim.
const POINTER: i32 = 20;

/// The points of the unit circle at its eighths, clockwise from the top, in thousandths.
const EIGHTHS: [(i32, i32); 8] =
    [(0, -1000), (707, -707), (1000, 0), (707, 707), (0, 1000), (-707, 707), (-1000, 0), (-707, -707)];

/// Draws the wheel as SVG text. Each element is a link to its page. One link is reached by the Tab key, and the page
/// moves from link to link by the arrow keys.
pub fn wheel(wheel: &Wheel<'_>) -> String {
    let tracks = i32::try_from(wheel.tracks.len()).unwrap_or_default();
    let edge = EDGE + POINTER.max(tracks * TRACK);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"wheel\" role=\"group\" viewBox=\"{} {} {} {}\" \
         aria-label=\"Kvalitetshjulet {}\">",
        -edge,
        -edge,
        edge * 2,
        edge * 2,
        wheel.cycle
    );
    text += &quarters(wheel);
    text += &hub(wheel.hub);
    // Before the elements, so that it lies under them and does not cross out their names.
    text += &hand(wheel);
    let lanes = lanes(wheel.elements);
    let first = wheel.elements.iter().find(|status| status.position == TurnPosition::Now).or(wheel.elements.first());
    for (status, lane) in wheel.elements.iter().zip(lanes) {
        text += &element(wheel, status, lane, first == Some(status));
    }
    text += &free_quarters(wheel);
    text += &tracks_around(wheel);
    text + "</svg>"
}

/// The lane of each element: the outermost one (0 is the outermost) on which the element overlaps with no earlier one.
fn lanes(elements: &[ElementStatus<'_>]) -> Vec<i32> {
    let mut occupied: Vec<(i32, &Turn)> = Vec::new();
    let mut lanes = Vec::new();
    for status in elements {
        let overlaps = |lane: i32| {
            let turns = || status.turns.iter();
            occupied.iter().any(|(other_lane, other)| {
                *other_lane == lane && turns().any(|turn| turn.from <= other.to && other.from <= turn.to)
            })
        };
        let lane = (0..LANES).find(|&lane| !overlaps(lane)).unwrap_or(LANES - 1);
        occupied.extend(status.turns.iter().map(|&turn| (lane, turn)));
        lanes.push(lane);
    }
    lanes
}

/// A point at an eighth of the circle.
fn point(eighth: QuarterIndex, radius: i32) -> String {
    let (x, y) = EIGHTHS[usize::from(eighth % QUARTERS)];
    format!("{} {}", x * radius / 1000, y * radius / 1000)
}

/// The data of an arc over some quarters at a radius, from its first point (without the `M` or `L` before it). The arc
/// runs anticlockwise if `is_back`.
fn arc(from: QuarterIndex, to: QuarterIndex, radius: i32, is_back: bool) -> String {
    let (start, end, sweep) = if is_back { (to, from - 1, 0) } else { (from - 1, to, 1) };
    let is_large = i32::from(to - from >= QUARTERS / 2);
    format!("{} A{radius} {radius} 0 {is_large} {sweep} {}", point(start, radius), point(end, radius))
}

/// The radius of the outer edge of a lane.
const fn outer_radius(lane: i32) -> i32 {
    RIM - lane * LANE
}

/// The outline of an element's turn on a lane, as the data of a path.
fn slice(from: QuarterIndex, to: QuarterIndex, lane: i32) -> String {
    let inner = outer_radius(lane) - LANE;
    format!("M{} L{} Z", arc(from, to, outer_radius(lane), false), arc(from, to, inner, true))
}

/// Text along a lane, in one line or two, never upside down.
fn curved_text(id: &str, class: &str, from: QuarterIndex, to: QuarterIndex, lane: i32, lines: &[String]) -> String {
    // The middle of the text, in sixteenths of the circle. Below the centre the text runs anticlockwise.
    let is_back = (5..12).contains(&(from + to - 1));
    let middle = outer_radius(lane) - LANE / 2;
    let offsets: &[i32] = match (lines.len(), is_back) {
        (1, false) => &[-7],
        (1, true) => &[7],
        (_, false) => &[4, -20],
        (_, true) => &[-4, 20],
    };
    let mut text = String::new();
    for (index, (line, offset)) in lines.iter().zip(offsets).enumerate() {
        let arc = arc(from, to, middle + offset, is_back);
        text.extend([format!(
            "<path id=\"{id}-{index}\" class=\"under\" d=\"M{arc}\"/><text class=\"{class}\"><textPath href=\"#{id}-{index}\" \
             startOffset=\"50%\">{}</textPath></text>",
            escaped(line)
        )]);
    }
    text
}

/// Breaks a name that is longer than `max_chars` into two lines, at the space where the lines are most alike in length.
fn lines(name: &str, max_chars: usize) -> Vec<String> {
    if name.chars().count() <= max_chars {
        return vec![name.to_owned()];
    }
    let breaks = name.char_indices().filter(|(_, char)| *char == ' ').map(|(index, _)| index);
    match breaks.min_by_key(|index| name.len().abs_diff(index * 2)) {
        Some(index) => vec![name[..index].to_owned(), name[index + 1..].to_owned()],
        None => vec![name.to_owned()],
    }
}

/// An element: a link with its name, and a slice with text for each of its turns.
fn element(wheel: &Wheel<'_>, status: &ElementStatus<'_>, lane: i32, is_first: bool) -> String {
    let id = &status.element.id;
    let moment = match status.position {
        TurnPosition::Past => "past",
        TurnPosition::Now => "now",
        TurnPosition::Ahead => "ahead",
    };
    let mine_class = if status.concerns_level { " mine" } else { "" };
    let progress = match status.mark.map(|mark| mark.stage) {
        Some(ProgressStage::Done) => ", gjort",
        Some(ProgressStage::Started) => ", begyndt",
        None => "",
    };
    let name = format!(
        "{} {}, {}, {}{progress}{}",
        status.number,
        status.element.label,
        status.turns_in_words(wheel.cycle),
        status.position.danish(),
        if status.concerns_level { ", angår dig" } else { "" }
    );
    let tab_index = if is_first { 0 } else { -1 };
    let mut text = format!(
        "<a href=\"#/hjulet/{id}\" class=\"element {moment}{mine_class}\" data-element=\"{id}\" tabindex=\"{tab_index}\"><title>{}</title>",
        escaped(&name)
    );
    let number = status.number;
    let tick = if status.mark.is_some_and(|mark| mark.stage == ProgressStage::Done) { " ✓" } else { "" };
    for (index, turn) in status.turns.iter().enumerate() {
        let (from, to) = (turn.from, turn.to);
        text.extend([format!("<path class=\"slice\" d=\"{}\"/>", slice(from, to, lane))]);
        let levels = turn.levels.iter().map(ToString::to_string).collect::<Vec<_>>().join(" og ");
        // The number of letters that fit along the turn.
        let max_chars =
            usize::from(to - from + 1) * usize::try_from(outer_radius(lane) - LANE).unwrap_or_default() / 13;
        let lines = match (levels.is_empty(), to > from) {
            (true, _) => lines(&format!("{number} {}{tick}", status.element.label), max_chars),
            (false, true) => vec![format!("{number} {}{tick}", status.element.label), format!("niveau {levels}")],
            (false, false) => vec![format!("{number}{tick}"), format!("niveau {levels}")],
        };
        text += &curved_text(&format!("{}-{id}-{index}", wheel.id), "name", from, to, lane, &lines);
    }
    text + "</a>"
}

/// The quarters that no element has, as one slice with its own text. Empty where they are not consecutive.
fn free_quarters(wheel: &Wheel<'_>) -> String {
    let is_occupied = |quarter: QuarterIndex| {
        let mut turns = wheel.elements.iter().flat_map(|status| &status.element.quarters);
        turns.any(|turn| (turn.from..=turn.to).contains(&quarter))
    };
    let free: Vec<QuarterIndex> = (1..=QUARTERS).filter(|&quarter| !is_occupied(quarter)).collect();
    let (Some(&from), Some(&to)) = (free.first(), free.last()) else { return String::new() };
    if usize::from(to - from) + 1 != free.len() {
        return String::new();
    }
    let class = if free.contains(&Cycle::quarter_index(wheel.today)) { "quiet now" } else { "quiet" };
    let id = format!("{}-quiet", wheel.id);
    let text = curved_text(&id, "name", from, to, 0, &["Vi arbejder med aftalen".to_owned()]);
    format!("<g class=\"{class}\"><path class=\"slice\" d=\"{}\"/>{text}</g>", slice(from, to, 0))
}

/// The rim: the borders of the quarters and their names.
fn quarters(wheel: &Wheel<'_>) -> String {
    let mut text = format!("<circle class=\"rim\" r=\"{RIM}\"/><circle class=\"rim\" r=\"{EDGE}\"/>");
    let today = Cycle::quarter_index(wheel.today);
    for index in 1..=QUARTERS {
        let quarter = wheel.cycle.quarter(index);
        // A year begins with its first quarter: that border reaches down to the hub.
        let (class, inner) = if quarter.number() == 1 { ("year", HUB) } else { ("quarter", RIM) };
        // The middle of the quarter, as whole degrees and tenths.
        let half_degrees = (i32::from(index) * 2 - 1) * 45;
        let (degrees, tenths) = (half_degrees / 2, half_degrees % 2 * 5);
        let now_class = if index == today { " now" } else { "" };
        text.extend([format!(
            "<path class=\"{class}\" d=\"M{} L{}\"/>\
             <g transform=\"rotate({degrees}.{tenths}) translate(0 {}) rotate(-{degrees}.{tenths})\">\
             <text class=\"quarter{now_class}\" y=\"-3\">{}. kvartal</text><text class=\"quarter-year{now_class}\" y=\"18\">{}</text></g>",
            point(index - 1, inner),
            point(index - 1, EDGE),
            -NAMES,
            quarter.number(),
            quarter.year()
        )]);
    }
    text
}

/// The hub with the vision, broken into lines that fit.
fn hub(vision: &str) -> String {
    /// The largest number of characters in a line.
    const WIDTH: usize = 17;
    let mut lines: Vec<String> = Vec::new();
    for word in vision.split_whitespace() {
        match lines.last_mut().filter(|line| line.chars().count() + word.chars().count() < WIDTH) {
            Some(line) => *line = format!("{line} {word}"),
            None => lines.push(word.to_owned()),
        }
    }
    let top = i32::try_from(lines.len()).unwrap_or_default() * 12 - 18;
    let mut text = format!("<circle class=\"hub\" r=\"{}\"/>", HUB - 6);
    for (index, line) in (0..).zip(&lines) {
        text.extend([format!("<text class=\"vision\" y=\"{}\">{}</text>", index * 24 - top, escaped(line))]);
    }
    text
}

/// The tracks around the wheel, as in the earlier drawing of the wheel.
fn tracks_around(wheel: &Wheel<'_>) -> String {
    let mut text = String::new();
    for (index, name) in (0..).zip(wheel.tracks) {
        let radius = EDGE + index * TRACK + TRACK / 2;
        let id = format!("{}-track-{index}", wheel.id);
        let arc = arc(1, 2, radius - 5, false);
        text.extend([format!(
            "<circle class=\"track\" r=\"{radius}\"/><path id=\"{id}\" class=\"under\" d=\"M{arc}\"/>\
             <text class=\"track-name\"><textPath href=\"#{id}\" startOffset=\"50%\">{}</textPath></text>",
            escaped(name)
        )]);
    }
    text
}

/// The hand, which points at today.
fn hand(wheel: &Wheel<'_>) -> String {
    let quarter = wheel.cycle.quarter(Cycle::quarter_index(wheel.today));
    let (first, last) = (quarter.first_day(), quarter.last_day());
    let (elapsed, total) = (wheel.today.days_since(first), last.days_since(first) + 1);
    // The angle of the middle of the day, in tenths of a degree.
    let angle = i64::from(Cycle::quarter_index(wheel.today) - 1) * 450 + (2 * elapsed + 1) * 450 / (2 * total);
    format!(
        "<g class=\"hand\" transform=\"rotate({}.{})\"><path d=\"M0 -{} V-{RIM}\"/>\
         <path class=\"pointer\" d=\"M0 -{EDGE} l-10 -{POINTER} h20 z\"/></g>",
        angle / 10,
        angle % 10,
        HUB - 6
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::enhed::Level;
    use crate::domain::fundament::present_edition;
    use crate::domain::progress::WheelProgress;
    use crate::domain::wheel::element_statuses;

    fn draw(day: &str, level: Option<u8>, tracks: &[&str]) -> String {
        let (today, level) = (Date::parse(day).unwrap(), level.and_then(Level::new));
        let elements = element_statuses(present_edition().unwrap(), today, level, &WheelProgress::default());
        wheel(&Wheel { id: "w", cycle: Cycle::of(today), today, elements: &elements, hub: "Lys i øjnene", tracks })
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
        assert!(
            head.contains("<title>3 Kvalitetssamtale, 1. og 2. kvartal 2026, i gang nu, angår dig</title>"),
            "{head}"
        );
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
}
