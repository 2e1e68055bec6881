//! Words at the ends of lines, that must not stand over one another.

/// Words at the end of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// What they are called in the page's style.
    pub(super) class: &'static str,
    /// How far down they stand.
    pub(super) y: i32,
    /// The words.
    pub(super) text: String,
}

/// Moves labels as little as it takes for them to stand `apart` from one another, between `top` and `bottom`; where there
/// is no room for all, they go on above. They come to stand in their order from the top.
pub(super) fn spread_labels(labels: &mut [Label], apart: i32, top: i32, bottom: i32) {
    labels.sort_by_key(|label| label.y);
    let mut least = top;
    for label in &mut *labels {
        label.y = label.y.max(least);
        least = label.y + apart;
    }
    let mut most = bottom;
    for label in labels.iter_mut().rev() {
        label.y = label.y.min(most);
        most = label.y - apart;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn indicators_words_never_stand_over_one_another(places in prop::collection::vec(0i32..200, 0..8)) {
            let label = |y: &i32| Label { class: "", y: *y, text: String::new() };
            let mut labels: Vec<Label> = places.iter().map(label).collect();
            spread_labels(&mut labels, 19, 20, 190);
            for pair in labels.windows(2) {
                prop_assert!(pair[1].y - pair[0].y >= 19);
            }
            prop_assert!(labels.iter().all(|label| (20..=190).contains(&label.y)));
            // Who has room stays.
            if let [only] = &*places {
                prop_assert_eq!(labels[0].y, (*only).clamp(20, 190));
            }
        }
    }
}
