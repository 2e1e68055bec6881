//! Places the labels at the ends of lines so that none covers another.

/// A label at the end of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// The CSS class.
    pub(super) class: &'static str,
    /// The distance from the top of the drawing.
    pub(super) y: i32,
    /// The text.
    pub(super) text: String,
}

/// Sorts labels from the top, and moves them until neighbours are at least `distance` apart, between `top` and
/// `bottom`. Where there is no room for all, the upper ones end up above `top`.
pub(super) fn spread_labels(labels: &mut [Label], distance: i32, top: i32, bottom: i32) {
    labels.sort_by_key(|label| label.y);
    let mut min_y = top;
    for label in &mut *labels {
        label.y = label.y.max(min_y);
        min_y = label.y + distance;
    }
    let mut max_y = bottom;
    for label in labels.iter_mut().rev() {
        label.y = label.y.min(max_y);
        max_y = label.y - distance;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(crate::property_test_config())]

        #[test]
        fn spread_labels_never_overlap(heights in prop::collection::vec(0i32..200, 0..8)) {
            let label = |y: &i32| Label { class: "", y: *y, text: String::new() };
            let mut labels: Vec<Label> = heights.iter().map(label).collect();
            spread_labels(&mut labels, 19, 20, 190);
            for pair in labels.windows(2) {
                prop_assert!(pair[1].y - pair[0].y >= 19);
            }
            prop_assert!(labels.iter().all(|label| (20..=190).contains(&label.y)));
            // A label that has room stays where it is.
            if let [only] = &*heights {
                prop_assert_eq!(labels[0].y, (*only).clamp(20, 190));
            }
        }
    }
}
