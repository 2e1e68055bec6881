//! How some answers lie: a bar a point of the scale. No mean is drawn: a room is not a number.

use super::escaped;

/// How wide a column is, of a scale of a few points and of one of many.
const COLUMNS: (usize, usize) = (40, 20);
/// So many points are a few.
const FEW: usize = 10;
const HEIGHT: usize = 96;
const ABOVE: usize = 22;

/// Draws how many chose each point, with the earlier answers as an outline behind, where there are some. Bars are as high as
/// their share of those who answered, since then and now are seldom as many. Between two ends each half has its end's hue.
pub fn distribution(counts: &[u16], earlier: &[u16], name: &str, has_ends: bool) -> String {
    let share = |counts: &[u16], place: usize| {
        let all: usize = counts.iter().map(|count| usize::from(*count)).sum();
        let own = counts.get(place).map_or(0, |count| usize::from(*count));
        (own * 1000).checked_div(all).unwrap_or_default()
    };
    let columns = counts.len();
    let column = if columns > FEW { COLUMNS.1 } else { COLUMNS.0 };
    let gap = column / 8;
    let shares = (0..columns).flat_map(|place| [share(counts, place), share(earlier, place)]);
    // At least four in ten, so that a wide spread looks as low as it is.
    let most = shares.max().unwrap_or_default().max(400);
    let height = |share: usize| share * HEIGHT / most;
    let (width, base) = (columns * column, ABOVE + HEIGHT);
    let mut marks = String::new();
    for (place, count) in counts.iter().enumerate() {
        let (x, tall) = (place * column, height(share(counts, place)));
        if *count > 0 {
            let (left, top, middle) = (x + gap, base - tall, x + column / 2);
            marks.extend([format!(
                r#"<rect class="bar p{place}" x="{left}" y="{top}" width="{}" height="{tall}" rx="2"/><text class="count" x="{middle}" y="{}">{count}</text>"#,
                column - 2 * gap,
                top - 6
            )]);
        }
        let before = height(share(earlier, place));
        if before > 0 {
            marks.extend([format!(r#"<path class="before" d="M{} {}h{}"/>"#, x + 2, base - before, column - 4)]);
        }
    }
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" class="chart distribution{}" viewBox="0 0 {width} {}" role="img" aria-label="{}">{marks}<path class="grid" d="M0 {base}h{width}"/></svg>"#,
        if has_ends {
            " two-ends"
        } else if columns > FEW {
            " many"
        } else {
            ""
        },
        base + 2,
        escaped(name)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reflection_bars_are_shares_and_say_their_counts() {
        let svg = distribution(&[2, 0, 6], &[1, 3, 0], "Nu & før", true);
        assert!(svg.contains("aria-label=\"Nu &amp; før\""));
        // Six of eight is the most and fills the height; two of eight is a third of it.
        assert!(svg.contains(r#"y="22" width="30" height="96""#), "{svg}");
        assert!(svg.contains(r#"height="32""#), "{svg}");
        assert_eq!(svg.matches("class=\"bar").count(), 2);
        assert_eq!(svg.matches("class=\"before").count(), 2);
        assert!(svg.contains("class=\"chart distribution two-ends\""));
        // Of many points the columns are narrower.
        assert!(distribution(&[1; 21], &[], "", false).contains("viewBox=\"0 0 420 "));
        assert!(!distribution(&[], &[], "", false).contains("class=\"bar"));
    }
}
