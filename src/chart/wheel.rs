//! The quality wheel as it lies in time: a ring of two years, its quarters as an almanac names them, each element an arc
//! where it has its turn, elements that overlap on lanes of their own, and a hand at today.
//!
//! Everything stands at an eighth of the circle or is turned there by a transform: no angle is ever worked out.

use crate::domain::cycle::Turn;
use crate::domain::cycle::{Cycle, QUARTERS, QuarterIndex};
use crate::domain::date::Date;
use crate::domain::progress::ProgressStage;
use crate::domain::wheel::{ElementStatus, TurnPosition};

use super::escaped;

/// What is drawn.
#[derive(Clone, Debug)]
pub struct Wheel<'e> {
    /// Begins the ids of what is drawn: unique on the page.
    pub id: &'e str,
    /// The cycle.
    pub cycle: Cycle,
    /// The day the hand points at, which lies in the cycle.
    pub today: Date,
    /// The elements.
    pub elements: &'e [ElementStatus<'e>],
    /// What stands in the hub.
    pub hub: &'e str,
    /// The names of the earlier drawing's tracks, where they are shown.
    pub tracks: &'e [&'e str],
}

/// How far from the centre things lie, in the drawing's own unit.
const HUB: i32 = 112;
const LANE: i32 = 68;
const LANES: i32 = 3;
const RIM: i32 = HUB + 8 + LANES * LANE;
const NAMES: i32 = RIM + 44;
const EDGE: i32 = RIM + 84;
const TRACK: i32 = 26;
const POINTER: i32 = 20;

/// The points of the unit circle at its eighths, from the top with the clock, in thousandths.
const EIGHTHS: [(i32, i32); 8] =
    [(0, -1000), (707, -707), (1000, 0), (707, 707), (0, 1000), (-707, 707), (-1000, 0), (-707, -707)];

/// Draws the wheel as SVG text. Each element is a link to its page; one of them can be reached by the tab key, and the
/// page's arrow keys go on from there.
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
    // Under the elements: it must not strike out their names.
    text += &hand(wheel);
    let lanes = lanes(wheel.elements);
    let first = wheel.elements.iter().find(|seen| seen.moment == TurnPosition::Now).or(wheel.elements.first());
    for (seen, lane) in wheel.elements.iter().zip(lanes) {
        text += &element(wheel, seen, lane, first == Some(seen));
    }
    text += &quiet_time(wheel);
    text += &rings(wheel);
    text + "</svg>"
}

/// Which lane each element lies on, from the outermost: the first where it meets no other.
fn lanes(elements: &[ElementStatus<'_>]) -> Vec<i32> {
    let mut taken: Vec<(i32, &Turn)> = Vec::new();
    let mut lanes = Vec::new();
    for seen in elements {
        let meets = |lane: i32| {
            let turns = || seen.turns.iter();
            taken
                .iter()
                .any(|(own, other)| *own == lane && turns().any(|turn| turn.from <= other.to && other.from <= turn.to))
        };
        let lane = (0..LANES).find(|&lane| !meets(lane)).unwrap_or(LANES - 1);
        taken.extend(seen.turns.iter().map(|&turn| (lane, turn)));
        lanes.push(lane);
    }
    lanes
}

/// A point at an eighth of the circle.
fn point(eighth: QuarterIndex, radius: i32) -> String {
    let (x, y) = EIGHTHS[usize::from(eighth % QUARTERS)];
    format!("{} {}", x * radius / 1000, y * radius / 1000)
}

/// The arc along a radius over some quarters, as a path goes on; against the clock where it is to be read from below.
fn along(from: QuarterIndex, to: QuarterIndex, radius: i32, is_back: bool) -> String {
    let (start, end, sweep) = if is_back { (to, from - 1, 0) } else { (from - 1, to, 1) };
    let is_large = i32::from(to - from >= QUARTERS / 2);
    format!("{} A{radius} {radius} 0 {is_large} {sweep} {}", point(start, radius), point(end, radius))
}

/// The radius of the outer edge of a lane.
const fn outer(lane: i32) -> i32 {
    RIM - lane * LANE
}

fn slice(from: QuarterIndex, to: QuarterIndex, lane: i32) -> String {
    let inner = outer(lane) - LANE;
    format!("M{} L{} Z", along(from, to, outer(lane), false), along(from, to, inner, true))
}

/// Words along a lane, in one line or two, never upside down.
fn words(id: &str, class: &str, from: QuarterIndex, to: QuarterIndex, lane: i32, lines: &[String]) -> String {
    // Where its middle lies, in sixteenths of the circle: below the centre it is read from the left.
    let is_back = (5..12).contains(&(from + to - 1));
    let middle = outer(lane) - LANE / 2;
    let offsets: &[i32] = match (lines.len(), is_back) {
        (1, false) => &[-7],
        (1, true) => &[7],
        (_, false) => &[4, -20],
        (_, true) => &[-4, 20],
    };
    let mut text = String::new();
    for (index, (line, offset)) in lines.iter().zip(offsets).enumerate() {
        let arc = along(from, to, middle + offset, is_back);
        text.extend([format!(
            "<path id=\"{id}-{index}\" class=\"under\" d=\"M{arc}\"/><text class=\"{class}\"><textPath href=\"#{id}-{index}\" \
             startOffset=\"50%\">{}</textPath></text>",
            escaped(line)
        )]);
    }
    text
}

/// A name in as many lines as its room has, broken where the lines come out most alike.
fn lines(name: &str, room: usize) -> Vec<String> {
    if name.chars().count() <= room {
        return vec![name.to_owned()];
    }
    let breaks = name.char_indices().filter(|(_, char)| *char == ' ').map(|(at, _)| at);
    match breaks.min_by_key(|at| name.len().abs_diff(at * 2)) {
        Some(at) => vec![name[..at].to_owned(), name[at + 1..].to_owned()],
        None => vec![name.to_owned()],
    }
}

fn element(wheel: &Wheel<'_>, seen: &ElementStatus<'_>, lane: i32, is_first: bool) -> String {
    let id = &seen.element.id;
    let moment = match seen.moment {
        TurnPosition::Past => "past",
        TurnPosition::Now => "now",
        TurnPosition::Ahead => "ahead",
    };
    let mine = if seen.is_mine { " mine" } else { "" };
    let mark = match seen.mark.map(|mark| mark.stage) {
        Some(ProgressStage::Done) => ", gjort",
        Some(ProgressStage::Started) => ", begyndt",
        None => "",
    };
    let name = format!(
        "{} {}, {}, {}{mark}{}",
        seen.number,
        seen.element.label,
        seen.when(wheel.cycle),
        seen.moment.danish(),
        if seen.is_mine { ", angår dig" } else { "" }
    );
    let tab = if is_first { 0 } else { -1 };
    let mut text = format!(
        "<a href=\"#/hjulet/{id}\" class=\"element {moment}{mine}\" data-element=\"{id}\" tabindex=\"{tab}\"><title>{}</title>",
        escaped(&name)
    );
    let number = seen.number;
    let tick = if seen.mark.is_some_and(|mark| mark.stage == ProgressStage::Done) { " ✓" } else { "" };
    for (index, turn) in seen.turns.iter().enumerate() {
        let (from, to) = (turn.from, turn.to);
        text.extend([format!("<path class=\"slice\" d=\"{}\"/>", slice(from, to, lane))]);
        let levels = turn.levels.iter().map(ToString::to_string).collect::<Vec<_>>().join(" og ");
        // So many letters lie along one quarter of a lane.
        let room = usize::from(to - from + 1) * usize::try_from(outer(lane) - LANE).unwrap_or_default() / 13;
        let said = match (levels.is_empty(), to > from) {
            (true, _) => lines(&format!("{number} {}{tick}", seen.element.label), room),
            (false, true) => vec![format!("{number} {}{tick}", seen.element.label), format!("niveau {levels}")],
            (false, false) => vec![format!("{number}{tick}"), format!("niveau {levels}")],
        };
        text += &words(&format!("{}-{id}-{index}", wheel.id), "name", from, to, lane, &said);
    }
    text + "</a>"
}

/// The quarters that no element has.
fn quiet_time(wheel: &Wheel<'_>) -> String {
    let is_taken = |place: QuarterIndex| {
        wheel.elements.iter().flat_map(|seen| &seen.element.quarters).any(|turn| (turn.from..=turn.to).contains(&place))
    };
    let free: Vec<QuarterIndex> = (1..=QUARTERS).filter(|&place| !is_taken(place)).collect();
    let (Some(&from), Some(&to)) = (free.first(), free.last()) else { return String::new() };
    if usize::from(to - from) + 1 != free.len() {
        return String::new();
    }
    let class = if free.contains(&Cycle::place(wheel.today)) { "quiet now" } else { "quiet" };
    let id = format!("{}-quiet", wheel.id);
    let said = words(&id, "name", from, to, 0, &["Vi arbejder med aftalen".to_owned()]);
    format!("<g class=\"{class}\"><path class=\"slice\" d=\"{}\"/>{said}</g>", slice(from, to, 0))
}

/// The rim: where each quarter ends, and what it is called.
fn quarters(wheel: &Wheel<'_>) -> String {
    let mut text = format!("<circle class=\"rim\" r=\"{RIM}\"/><circle class=\"rim\" r=\"{EDGE}\"/>");
    let today = Cycle::place(wheel.today);
    for place in 1..=QUARTERS {
        let quarter = wheel.cycle.quarter(place);
        // The years part where a first quarter begins.
        let (class, inner) = if quarter.number() == 1 { ("year", HUB) } else { ("quarter", RIM) };
        let half_degrees = (i32::from(place) * 2 - 1) * 45;
        let (whole, half) = (half_degrees / 2, half_degrees % 2 * 5);
        let now = if place == today { " now" } else { "" };
        text.extend([format!(
            "<path class=\"{class}\" d=\"M{} L{}\"/>\
             <g transform=\"rotate({whole}.{half}) translate(0 {}) rotate(-{whole}.{half})\">\
             <text class=\"quarter{now}\" y=\"-3\">{}. kvartal</text><text class=\"quarter-year{now}\" y=\"18\">{}</text></g>",
            point(place - 1, inner),
            point(place - 1, EDGE),
            -NAMES,
            quarter.number(),
            quarter.year()
        )]);
    }
    text
}

/// The vision, in lines that fit into the hub.
fn hub(words: &str) -> String {
    const WIDTH: usize = 17;
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut().filter(|line| line.chars().count() + word.chars().count() < WIDTH) {
            Some(line) => *line = format!("{line} {word}"),
            None => lines.push(word.to_owned()),
        }
    }
    let above = i32::try_from(lines.len()).unwrap_or_default() * 12 - 18;
    let mut text = format!("<circle class=\"hub\" r=\"{}\"/>", HUB - 6);
    for (index, line) in (0..).zip(&lines) {
        text.extend([format!("<text class=\"vision\" y=\"{}\">{}</text>", index * 24 - above, escaped(line))]);
    }
    text
}

/// The tracks of the earlier drawing, around the wheel.
fn rings(wheel: &Wheel<'_>) -> String {
    let mut text = String::new();
    for (index, name) in (0..).zip(wheel.tracks) {
        let radius = EDGE + index * TRACK + TRACK / 2;
        let id = format!("{}-track-{index}", wheel.id);
        let arc = along(1, 2, radius - 5, false);
        text.extend([format!(
            "<circle class=\"track\" r=\"{radius}\"/><path id=\"{id}\" class=\"under\" d=\"M{arc}\"/>\
             <text class=\"track-name\"><textPath href=\"#{id}\" startOffset=\"50%\">{}</textPath></text>",
            escaped(name)
        )]);
    }
    text
}

/// The hand at today.
fn hand(wheel: &Wheel<'_>) -> String {
    let quarter = wheel.cycle.quarter(Cycle::place(wheel.today));
    let (first, last) = (quarter.first_day(), quarter.last_day());
    let (gone, all) = (wheel.today.days_since(first), last.days_since(first) + 1);
    // In tenths of a degree; the middle of the day.
    let turn = i64::from(Cycle::place(wheel.today) - 1) * 450 + (2 * gone + 1) * 450 / (2 * all);
    format!(
        "<g class=\"hand\" transform=\"rotate({}.{})\"><path d=\"M0 -{} V-{RIM}\"/>\
         <path class=\"pointer\" d=\"M0 -{EDGE} l-10 -{POINTER} h20 z\"/></g>",
        turn / 10,
        turn % 10,
        HUB - 6
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::enhed::Level;
    use crate::domain::fundament::present;
    use crate::domain::progress::WheelProgress;
    use crate::domain::wheel::element_statuses;

    fn drawn(day: &str, level: Option<u8>, tracks: &[&str]) -> String {
        let (today, level) = (Date::parse(day).unwrap(), level.and_then(Level::new));
        let elements = element_statuses(present().unwrap(), today, level, &WheelProgress::default());
        wheel(&Wheel { id: "w", cycle: Cycle::of(today), today, elements: &elements, hub: "Lys i øjnene", tracks })
    }

    fn count(svg: &str, part: &str) -> usize {
        svg.matches(part).count()
    }

    #[test]
    fn wheel_every_element_is_drawn_once_for_each_of_its_turns() {
        let everyone = drawn("2026-02-01", None, &[]);
        assert_eq!((count(&everyone, "data-element="), count(&everyone, "class=\"slice\"")), (6, 8));
        let head = drawn("2026-02-01", Some(2), &[]);
        assert_eq!(count(&head, "class=\"slice\""), 7);
        assert_eq!(count(&head, "tabindex=\"0\""), 1, "one tab stop");
        assert!(
            head.contains("<title>3 Kvalitetssamtale, 1. og 2. kvartal 2026, i gang nu, angår dig</title>"),
            "{head}"
        );
        assert!(head.contains("5 Sammenhængsaftale, 3. kvartal 2026, kommer"), "{head}");
    }

    #[test]
    fn wheel_overlapping_elements_lie_on_lanes_of_their_own() {
        let elements =
            element_statuses(present().unwrap(), Date::parse("2026-02-01").unwrap(), None, &WheelProgress::default());
        assert_eq!(lanes(&elements), [0, 0, 1, 0, 2, 0]);
    }

    #[test]
    fn wheel_the_hand_goes_round_with_the_days() {
        for (day, turn) in
            [("2025-10-01", "0.2"), ("2025-12-31", "44.7"), ("2026-11-25", "207.1"), ("2027-09-30", "359.7")]
        {
            assert!(drawn(day, None, &[]).contains(&format!("class=\"hand\" transform=\"rotate({turn})\"")), "{day}");
        }
    }

    #[test]
    fn wheel_the_quarters_without_an_element_say_what_they_are_for() {
        assert_eq!(count(&drawn("2026-02-01", None, &[]), "class=\"quiet\""), 1);
        assert_eq!(count(&drawn("2026-11-25", None, &[]), "class=\"quiet now\""), 1);
        assert_eq!(count(&drawn("2026-11-25", None, &["Skolespor", "<DT>"]), "class=\"track\""), 2);
    }

    proptest! {
        #[test]
        fn wheel_is_well_formed_on_any_day(days in 7_305i64..48_212, level in prop::option::of(1u8..=4)) {
            let day = Date::from_days_since_epoch(days).unwrap().to_string();
            let svg = drawn(&day, level, &["a & b"]);
            prop_assert!(!svg.contains("style=") && !svg.contains("--") && !svg.contains("& "));
            prop_assert_eq!(count(&svg, "<text"), count(&svg, "</text"));
            prop_assert_eq!(count(&svg, "class=\"quarter now\""), 1);
        }
    }
}
