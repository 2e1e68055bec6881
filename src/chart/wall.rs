//! Drawings for the wall of a workshop. They hold no text: the wall's text is HTML, so that it keeps its size while a
//! drawing is stretched to the width of the wall.

use super::escaped;
use crate::domain::workshop::Quartiles;

/// The width of a column of bars.
const COLUMN: usize = 40;
/// The height of the highest bar.
const BAR_HEIGHT: usize = 100;
/// The height of a row of the overview, and the radius of its dots.
const ROW: (usize, usize) = (40, 13);

/// Draws how many people chose each point as bars that fill the width. `earlier` are the counts of an earlier workshop,
/// drawn as a stroke over each column; it may be empty. The height of a bar is its share of those who answered. `name` is
/// the drawing's name for those who do not see it. With `has_ends`, each half has the hue of its end.
pub fn answer_bars(counts: &[u16], earlier: &[u16], name: &str, has_ends: bool) -> String {
    let total = |counts: &[u16]| counts.iter().map(|count| usize::from(*count)).sum::<usize>();
    // In thousandths.
    let share = |counts: &[u16], index: usize| {
        let count = counts.get(index).map_or(0, |count| usize::from(*count));
        (count * 1000).checked_div(total(counts)).unwrap_or_default()
    };
    let shares = (0..counts.len()).flat_map(|index| [share(counts, index), share(earlier, index)]);
    // The full height stands for at least three in ten, so that widely spread answers have lower bars.
    let highest = shares.max().unwrap_or_default().max(300);
    let height = |share: usize| share * BAR_HEIGHT / highest;
    let mut marks = String::new();
    for index in 0..counts.len() {
        let (x, bar, before) = (index * COLUMN, height(share(counts, index)), height(share(earlier, index)));
        if bar > 0 {
            marks.extend([format!(
                r#"<rect class="bar p{index}" x="{}" y="{}" width="{}" height="{bar}"/>"#,
                x + 3,
                BAR_HEIGHT - bar,
                COLUMN - 6
            )]);
        }
        if before > 0 {
            marks.extend([format!(r#"<path class="before" d="M{x} {}h{COLUMN}"/>"#, BAR_HEIGHT - before)]);
        }
    }
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" class="distribution wall-bars{}" viewBox="0 0 {} {BAR_HEIGHT}" preserveAspectRatio="none" role="img" aria-label="{}">{marks}</svg>"#,
        if has_ends { " two-ends" } else { "" },
        counts.len() * COLUMN,
        escaped(name)
    )
}

/// Draws where a group lies on a scale: a band over the middle half of the answers, a dot for the person in the middle
/// now and a ring for the person in the middle as wished, joined by a line. Returns an empty text without answers.
pub fn answer_spread(now: &[u16], wanted: &[u16], name: &str) -> String {
    let (row, radius) = ROW;
    let middle = row / 2;
    let x = |position: usize| position * COLUMN + COLUMN / 2;
    let Some(spread) = Quartiles::of(now) else { return String::new() };
    let width = now.len() * COLUMN;
    let ticks: Vec<String> = (0..now.len()).map(|point| format!("M{} {}v8", x(point), middle - 4)).collect();
    let ticks = ticks.concat();
    let (from, to) = (x(spread.lower) - radius, x(spread.upper) + radius);
    let mut marks = format!(
        r#"<path class="track" d="M{} {middle}H{}{ticks}"/><rect class="band" x="{from}" y="{}" width="{}" height="{}" rx="{radius}"/>"#,
        x(0),
        x(now.len() - 1),
        middle - radius,
        to - from,
        2 * radius
    );
    if let Some(wanted) = Quartiles::of(wanted) {
        marks.extend([format!(
            r#"<path class="link" d="M{} {middle}H{}"/><circle class="wanted" cx="{}" cy="{middle}" r="{}"/>"#,
            x(spread.median),
            x(wanted.median),
            x(wanted.median),
            radius - 3
        )]);
    }
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" class="wall-spread" viewBox="0 0 {width} {row}" role="img" aria-label="{}">{marks}<circle class="now" cx="{}" cy="{middle}" r="{}"/></svg>"#,
        escaped(name),
        x(spread.median),
        radius - 5
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_shares_of_those_who_answered() {
        let svg = answer_bars(&[2, 0, 6], &[0, 4, 0], "Nu & før", true);
        assert!(svg.contains("aria-label=\"Nu &amp; før\"") && svg.contains("two-ends"), "{svg}");
        // The stroke of the earlier workshop is the highest share; six of eight are three quarters of it.
        assert!(svg.contains(r#"d="M40 0h40""#) && svg.contains(r#"height="75""#), "{svg}");
        assert_eq!(svg.matches("class=\"bar").count(), 2);
        assert!(!answer_bars(&[0; 7], &[], "", false).contains("class=\"bar"));
        assert!(!svg.contains("<text"));
    }

    #[test]
    fn spread_shows_the_middle_half_and_the_person_in_the_middle() {
        let svg = answer_spread(&[1, 1, 1, 1, 1, 1, 1], &[0, 0, 0, 0, 0, 0, 7], "Frihed");
        assert!(svg.contains(r#"class="now" cx="140""#) && svg.contains(r#"class="wanted" cx="260""#), "{svg}");
        assert!(svg.contains(r#"class="band" x="47""#), "{svg}");
        assert_eq!(answer_spread(&[], &[], ""), "");
        assert!(!answer_spread(&[0, 5], &[], "").contains("wanted"));
    }
}
