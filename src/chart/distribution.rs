//! Draws how many answers each point of a scale got, one bar a point. No mean is drawn, on purpose: a group of
//! people is not reduced to one number.

use super::escaped;

/// The width of a column: on a scale of at most [`FEW`] points, and on a longer one.
const COLUMN_WIDTHS: (usize, usize) = (40, 20);
/// The largest number of points that get wide columns.
const FEW: usize = 10;
/// The height of the highest bar.
const HEIGHT: usize = 96;
/// The height of the highest bar of a small drawing.
const SMALL_HEIGHT: usize = 48;
/// The room above the bars for their counts.
const ABOVE: usize = 22;

/// Draws how many people chose each point. `earlier` are the counts of an earlier workshop, drawn as a stroke over each
/// column; it may be empty. The height of a bar is its share of those who answered, because the two groups are seldom
/// of the same size. `name` is the drawing's name for those who do not see it. With `has_ends`, each half has the hue
/// of its end.
pub fn distribution(counts: &[u16], earlier: &[u16], name: &str, has_ends: bool) -> String {
    draw(counts, earlier, name, has_ends, HEIGHT)
}

/// Draws how many people chose each point with lower bars, so that many drawings fit on a sheet of paper. See
/// [`distribution`].
pub fn small_distribution(counts: &[u16], name: &str, has_ends: bool) -> String {
    draw(counts, &[], name, has_ends, SMALL_HEIGHT)
}

/// Draws the bars. `full_height` is the height of the highest possible bar.
fn draw(counts: &[u16], earlier: &[u16], name: &str, has_ends: bool, full_height: usize) -> String {
    // In thousandths.
    let share = |counts: &[u16], index: usize| {
        let total: usize = counts.iter().map(|count| usize::from(*count)).sum();
        let count = counts.get(index).map_or(0, |count| usize::from(*count));
        (count * 1000).checked_div(total).unwrap_or_default()
    };
    let columns = counts.len();
    let column_width = if columns > FEW { COLUMN_WIDTHS.1 } else { COLUMN_WIDTHS.0 };
    let gap = column_width / 8;
    let shares = (0..columns).flat_map(|index| [share(counts, index), share(earlier, index)]);
    // The full height stands for at least four in ten, so that widely spread answers have low bars.
    let highest = shares.max().unwrap_or_default().max(400);
    let height = |share: usize| share * full_height / highest;
    let (width, base) = (columns * column_width, ABOVE + full_height);
    let mut marks = String::new();
    for (index, count) in counts.iter().enumerate() {
        let (x, bar_height) = (index * column_width, height(share(counts, index)));
        if *count > 0 {
            let (left, top, middle) = (x + gap, base - bar_height, x + column_width / 2);
            marks.extend([format!(
                r#"<rect class="bar p{index}" x="{left}" y="{top}" width="{}" height="{bar_height}" rx="2"/><text class="count" x="{middle}" y="{}">{count}</text>"#,
                column_width - 2 * gap,
                top - 6
            )]);
        }
        let earlier_height = height(share(earlier, index));
        if earlier_height > 0 {
            marks.extend([format!(
                r#"<path class="before" d="M{} {}h{}"/>"#,
                x + 2,
                base - earlier_height,
                column_width - 4
            )]);
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
    fn bars_are_shares_labelled_with_counts() {
        let svg = distribution(&[2, 0, 6], &[1, 3, 0], "Nu & før", true);
        assert!(svg.contains("aria-label=\"Nu &amp; før\""));
        // Six of eight is the highest share and fills the height; two of eight is a third of it.
        assert!(svg.contains(r#"y="22" width="30" height="96""#), "{svg}");
        assert!(svg.contains(r#"height="32""#), "{svg}");
        assert_eq!(svg.matches("class=\"bar").count(), 2);
        assert_eq!(svg.matches("class=\"before").count(), 2);
        assert!(svg.contains("class=\"chart distribution two-ends\""));
        // A scale of many points has narrower columns.
        assert!(distribution(&[1; 21], &[], "", false).contains("viewBox=\"0 0 420 "));
        assert!(!distribution(&[], &[], "", false).contains("class=\"bar"));
    }

    #[test]
    fn small_drawing_has_the_same_bars_at_half_the_height() {
        let svg = small_distribution(&[2, 0, 6], "Nu & før", true);
        assert!(svg.contains("viewBox=\"0 0 120 72\"") && svg.contains("aria-label=\"Nu &amp; før\""), "{svg}");
        assert!(svg.contains(r#"y="22" width="30" height="48""#) && svg.contains(r#"height="16""#), "{svg}");
        assert_eq!(svg.matches("class=\"bar").count(), 2);
    }
}
