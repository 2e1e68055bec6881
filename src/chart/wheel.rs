//! Draws the quality wheel over time: a ring of two years in calendar quarters, each element an arc over the quarters
//! of its turns, overlapping elements on lanes of their own, the unit's own dates as dots, and a hand at today.
//!
//! The drawing has two layers of names: long ones, and short ones in larger letters for a narrow drawing. The style
//! sheet shows one of them.
//!
//! Every point lies at an eighth of the circle, or is rotated by a transform, so no sine or cosine is computed.

use crate::domain::cycle::Turn;
use crate::domain::cycle::{Cycle, QUARTERS, Quarter, QuarterIndex};
use crate::domain::date::Date;
use crate::domain::fundament::FundamentItem;
use crate::domain::progress::ProgressStage;
use crate::domain::wheel::{ElementStatus, TurnPosition};
use crate::domain::wheel_dates::{WheelDate, WheelDateKind};

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
    /// The dates of the unit in the cycle, the earliest first.
    pub dates: &'e [WheelDate],
    /// The text in the hub: the vision.
    pub hub: &'e str,
    /// The names of the tracks around the wheel, as in an earlier drawing. Empty where they are not shown.
    pub tracks: &'e [&'e str],
}

/// The radius of the hub, in the drawing's own unit, as are all lengths below.
const HUB: i32 = 106;
/// The width of a lane of elements.
const LANE: i32 = 54;
/// The number of lanes between hub and rim.
const LANES: i32 = 3;
/// The inner radius of the rim, which holds the names of the quarters.
const RIM: i32 = HUB + 4 + LANES * LANE;
/// The outer radius of the rim.
const EDGE: i32 = RIM + 28;
/// The height of the flag at the end of the hand.
const FLAG: i32 = 27;
/// The width of a track around the wheel.
const TRACK: i32 = 20;
/// The size of the letters in the long names, in the short names and in the names of the quarters.
const LONG: i32 = 16;
const SHORT: i32 = 23;
const QUARTER: i32 = 18;

/// The points of the unit circle at its eighths, clockwise from the top, in thousandths.
const EIGHTHS: [(i32, i32); 8] =
    [(0, -1000), (707, -707), (1000, 0), (707, 707), (0, 1000), (-707, 707), (-1000, 0), (-707, -707)];

/// Draws the wheel as SVG text. Each element is a link to its page. One link is reached by the Tab key, and the page
/// moves from link to link by the arrow keys.
pub fn wheel(wheel: &Wheel<'_>) -> String {
    let tracks = i32::try_from(wheel.tracks.len()).unwrap_or_default();
    let half = EDGE + 32.max(tracks * TRACK + 4);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"wheel\" role=\"group\" viewBox=\"{} {} {} {}\" \
         aria-label=\"Kvalitetshjulet {}\">",
        -half,
        -half,
        half * 2,
        half * 2,
        wheel.cycle
    );
    text += &quarters(wheel, half);
    text += &hub(wheel.hub);
    let lanes = lanes(wheel.elements);
    let first = wheel.elements.iter().find(|status| status.position == TurnPosition::Now).or(wheel.elements.first());
    for (status, lane) in wheel.elements.iter().zip(lanes) {
        text += &element(wheel, status, lane, first == Some(status));
    }
    text += &free_quarters(wheel);
    text += &tracks_around(wheel);
    text += &dots(wheel);
    text += &hand(wheel);
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

/// The outline of an element's turn on a lane, or across `depth` lanes from there inwards, as the data of a path.
fn slice(from: QuarterIndex, to: QuarterIndex, lane: i32, depth: i32) -> String {
    let outer = outer_radius(lane);
    format!("M{} L{} Z", arc(from, to, outer, false), arc(from, to, outer - LANE * depth, true))
}

/// The way that text runs along an arc.
struct TextPath<'t> {
    id: &'t str,
    class: &'t str,
    from: QuarterIndex,
    to: QuarterIndex,
    /// The radius at the middle of the text.
    middle: i32,
    /// The size of the letters.
    size: i32,
    /// The position of the middle of the text along the arc, clockwise, in percent.
    at: u8,
}

impl TextPath<'_> {
    /// Draws one or two lines of text, never upside down.
    fn draw(&self, lines: &[String]) -> String {
        let &Self { id, class, from, to, middle, size, at } = self;
        // The middle of the arc, in sixteenths of the circle. Below the centre the text runs anticlockwise.
        let is_back = (5..12).contains(&(from + to - 1));
        let at = if is_back { 100 - at } else { at };
        // The distance of each line's baseline from the middle, towards the bottom of the letters.
        let feet = if lines.len() == 1 { [size * 7 / 20, 0] } else { [-size / 5, size] };
        let mut text = String::new();
        for (index, (line, foot)) in lines.iter().zip(feet).enumerate() {
            let arc = arc(from, to, middle + if is_back { foot } else { -foot }, is_back);
            text.extend([format!(
                "<path id=\"{id}-{index}\" class=\"under\" d=\"M{arc}\"/><text class=\"{class}\">\
                 <textPath href=\"#{id}-{index}\" startOffset=\"{at}%\">{}</textPath></text>",
                escaped(line)
            )]);
        }
        text
    }
}

/// The short name of an element, for a narrow drawing.
fn short_name(element: &FundamentItem) -> &str {
    match &*element.id {
        "dataindsamling" => "Data",
        "feedback" => "Feedback",
        "kvalitetssamtale" => "Samtale",
        "kvalitetsrapport" => "Rapport",
        "sammenhaengsaftale" => "Aftale",
        "midtvejsstatus" => "Midtvejs",
        _ => &element.label,
    }
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
        text.extend([format!("<path class=\"slice\" d=\"{}\"/>", slice(from, to, lane, 1))]);
        let levels = turn.levels.iter().map(ToString::to_string).collect::<Vec<_>>().join(" og ");
        // The number of letters that fit along the turn.
        let max_chars =
            usize::from(to - from + 1) * usize::try_from(outer_radius(lane) - LANE).unwrap_or_default() / 11;
        let named = |name: &str| format!("{number} {name}{tick}");
        let (long, short) = match (levels.is_empty(), to > from) {
            (true, _) => (lines(&named(&status.element.label), max_chars), named(short_name(status.element))),
            (false, true) => {
                (vec![named(&status.element.label), format!("niveau {levels}")], named(short_name(status.element)))
            }
            (false, false) => {
                (vec![format!("{number}{tick}"), format!("niveau {levels}")], format!("{number} niv. {levels}"))
            }
        };
        let path_id = format!("{}-{id}-{index}", wheel.id);
        let middle = outer_radius(lane) - LANE / 2;
        let path = TextPath { id: &path_id, class: "name long", from, to, middle, size: LONG, at: 50 };
        text += &path.draw(&long);
        let path_id = format!("{path_id}-short");
        text += &TextPath { id: &path_id, class: "name short", size: SHORT, ..path }.draw(&[short]);
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
    // The text lies further in than the dots of the unit's dates.
    let middle = RIM - LANE * 3 / 2;
    // The text begins after the border of a year, because the line would cross the text.
    let start = (from..=to).find(|&quarter| wheel.cycle.quarter(quarter).number() == 1).unwrap_or(from);
    let path = TextPath { id: &id, class: "name", from: start, to, middle, size: LONG, at: 50 };
    let text = path.draw(&["Vi arbejder med aftalen".to_owned()]);
    format!("<g class=\"{class}\"><path class=\"slice\" d=\"{}\"/>{text}</g>", slice(from, to, 0, 2))
}

/// The rim: the borders of the quarters and their names, and the years at their first border.
fn quarters(wheel: &Wheel<'_>, half: i32) -> String {
    let mut text = format!("<circle class=\"rim\" r=\"{RIM}\"/><circle class=\"rim\" r=\"{EDGE}\"/>");
    let today = Cycle::quarter_index(wheel.today);
    for index in 1..=QUARTERS {
        let quarter = wheel.cycle.quarter(index);
        // A year begins with its first quarter. The border before that quarter reaches from the hub to the name of the
        // year.
        let (class, inner, outer) =
            if quarter.number() == 1 { ("year", HUB, half + 8) } else { ("quarter", RIM, EDGE) };
        text.extend([format!(
            "<path class=\"{class}\" d=\"M{} L{}\"/>",
            point(index - 1, inner),
            point(index - 1, outer)
        )]);
        let (mut name, mut class, mut at) = (format!("{}. kvartal", quarter.number()), "quarter", 50);
        if index == 1 {
            // The cycle begins in a 4th quarter, so the name of that quarter contains the year.
            name = quarter.danish();
        }
        if index == today {
            class = "quarter now";
            // The name is moved aside to leave room for the hand.
            if index > 1 {
                at = if angle(wheel.today) % 450 < 225 { 66 } else { 34 };
            }
        }
        let id = format!("{}-q{index}", wheel.id);
        let middle = i32::midpoint(RIM, EDGE);
        text += &TextPath { id: &id, class, from: index, to: index, middle, size: QUARTER, at }.draw(&[name]);
    }
    let year = wheel.cycle.quarter(1).year();
    let (across, up, down) = (half - 80, half - 82, half - 64);
    text.extend([format!(
        "<text class=\"year-name\" x=\"{across}\" y=\"-{up}\">{}</text>\
         <text class=\"year-name before\" x=\"-{across}\" y=\"{down}\">{}</text>",
        year + 1,
        year + 2
    )]);
    text
}

/// The hub with the vision, broken into lines that fit.
fn hub(vision: &str) -> String {
    /// The largest number of characters in a line.
    const WIDTH: usize = 15;
    let mut lines: Vec<String> = Vec::new();
    for word in vision.split_whitespace() {
        match lines.last_mut().filter(|line| line.chars().count() + word.chars().count() < WIDTH) {
            Some(line) => *line = format!("{line} {word}"),
            None => lines.push(word.to_owned()),
        }
    }
    let top = i32::try_from(lines.len()).unwrap_or_default() * 13 - 20;
    let mut text = format!("<circle class=\"hub\" r=\"{}\"/>", HUB - 4);
    for (index, line) in (0..).zip(&lines) {
        text.extend([format!("<text class=\"vision\" y=\"{}\">{}</text>", index * 26 - top, escaped(line))]);
    }
    text
}

/// The tracks around the wheel, as in the earlier drawing of the wheel.
fn tracks_around(wheel: &Wheel<'_>) -> String {
    let mut text = String::new();
    for (index, name) in (0..).zip(wheel.tracks) {
        let radius = EDGE + index * TRACK + TRACK / 2;
        let id = format!("{}-track-{index}", wheel.id);
        let arc = arc(1, 1, radius - 5, false);
        text.extend([format!(
            "<circle class=\"track\" r=\"{radius}\"/><path id=\"{id}\" class=\"under\" d=\"M{arc}\"/>\
             <text class=\"track-name\"><textPath href=\"#{id}\" startOffset=\"50%\">{}</textPath></text>",
            escaped(name)
        )]);
    }
    text
}

/// The angle of the middle of a day in its cycle, in tenths of a degree.
fn angle(day: Date) -> i64 {
    let quarter = Quarter::of(day);
    let (first, last) = (quarter.first_day(), quarter.last_day());
    let (elapsed, total) = (day.days_since(first), last.days_since(first) + 1);
    i64::from(Cycle::quarter_index(day) - 1) * 450 + (2 * elapsed + 1) * 450 / (2 * total)
}

/// Draws the dates of the unit as dots on the inside of the rim. A dot that would cover the one before is drawn further
/// in.
fn dots(wheel: &Wheel<'_>) -> String {
    /// The angle within which a dot covers another, in tenths of a degree.
    const COVERED: i64 = 34;
    /// The number of dots below each other, and the distance between them.
    const STACK: i32 = 3;
    const STEP: i32 = 17;
    /// The radius of the outermost dots, which leaves the names of the quarters free.
    const OUTERMOST: i32 = RIM - 3;
    let (mut text, mut last, mut depth) = (String::new(), -COVERED, 0);
    for date in wheel.dates {
        let angle = angle(date.day);
        depth = if angle - last < COVERED { (depth + 1) % STACK } else { 0 };
        last = angle;
        let (kind, outline) = match date.kind {
            WheelDateKind::Initiative => ("", "m-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0"),
            WheelDateKind::Trial => (" trial", "m-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0"),
            WheelDateKind::Day => (" day", "m0-9l9 9-9 9-9-9z"),
        };
        // XML does not allow control characters and noncharacters: the browser would refuse the whole drawing.
        let is_allowed = |char: &char| !char.is_control() && !matches!(char, '\u{fffe}' | '\u{ffff}');
        let words: String = date.text.chars().filter(is_allowed).collect();
        text.extend([format!(
            "<path class=\"dot{kind}\" role=\"img\" transform=\"rotate({}.{})\" d=\"M0 -{}{outline}\">\
             <title>{}: {}</title></path>",
            angle / 10,
            angle % 10,
            OUTERMOST - depth * STEP,
            date.day.danish(),
            escaped(&words)
        )]);
    }
    text
}

/// The hand, which points at today, with a flag that says so.
fn hand(wheel: &Wheel<'_>) -> String {
    let angle = angle(wheel.today);
    // Below the centre the flag would be upside down.
    let turn = if (901..2700).contains(&angle) { " rotate(180)" } else { "" };
    let line = format!("M0 -{}V-{EDGE}", HUB - 4);
    format!(
        "<g class=\"hand\" transform=\"rotate({}.{})\"><path class=\"halo\" d=\"{line}\"/><path d=\"{line}\"/>\
         <rect x=\"-38\" y=\"-{}\" width=\"76\" height=\"{FLAG}\" rx=\"6\"/>\
         <text transform=\"translate(0 -{}){turn}\" y=\"7\">i dag</text></g>",
        angle / 10,
        angle % 10,
        EDGE + FLAG,
        EDGE + FLAG / 2
    )
}

#[cfg(test)]
mod tests;
