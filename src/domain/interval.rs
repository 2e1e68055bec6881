//! Confidence intervals of shares, and whether chance alone can explain a change.
//!
//! The figures of a unit rest on few persons: in a class of 20, one person is five percentage points. The app therefore
//! marks a change that chance alone can explain.

/// The 97.5th percentile of the normal distribution, for intervals of 95 %.
const Z: f64 = 1.959_963_985;

/// Returns the 95 % interval of a share of `n` persons, in per cent, by Wilson's score interval. The interval stays
/// within 0 and 100 and is valid for small `n`. `None` if `n` is 0 or `percent` is not between 0 and 100.
///
/// Absence is a share of days rather than persons. The days of one person are not independent, so `n` is the number of
/// persons there too, which gives the wider interval.
pub fn of_share(percent: f64, n: u32) -> Option<(f64, f64)> {
    if n == 0 || !(0.0..=100.0).contains(&percent) {
        return None;
    }
    let (share, n) = (percent / 100.0, f64::from(n));
    let spread = Z * Z / n;
    let middle = (share + spread / 2.0) / (1.0 + spread);
    let half = Z / (1.0 + spread) * (share * (1.0 - share) / n + spread / (4.0 * n)).sqrt();
    // At 0 and 100 % the bound is exact; the comparisons remove the rounding error.
    let low = if percent <= 0.0 { 0.0 } else { (middle - half).max(0.0) };
    let high = if percent >= 100.0 { 1.0 } else { (middle + half).min(1.0) };
    Some((low * 100.0, high * 100.0))
}

/// Returns whether chance alone can explain the change from one share to another. Each share is given in per cent with
/// its number of persons, if that is known.
///
/// If both have an interval, chance can explain the change if Newcombe's interval of the difference contains 0. If one
/// has an interval, chance can explain the change if the other share lies within it; otherwise the result is `None`,
/// since the other share is uncertain too. `None` as well if neither has an interval.
pub fn may_be_chance(from: (f64, Option<u32>), to: (f64, Option<u32>)) -> Option<bool> {
    let interval = |(percent, n): (f64, Option<u32>)| of_share(percent, n?);
    let ((low_from, high_from), (low_to, high_to)) = match (interval(from), interval(to)) {
        (Some(interval_from), Some(interval_to)) => (interval_from, interval_to),
        (Some((low, high)), None) => return (low..=high).contains(&to.0).then_some(true),
        (None, Some((low, high))) => return (low..=high).contains(&from.0).then_some(true),
        (None, None) => return None,
    };
    let difference = to.0 - from.0;
    let below = ((to.0 - low_to).powi(2) + (high_from - from.0).powi(2)).sqrt();
    let above = ((high_to - to.0).powi(2) + (from.0 - low_from).powi(2)).sqrt();
    Some(difference - below <= 0.0 && difference + above >= 0.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The examples of Newcombe's papers (1998): 81 of 263; 56 of 70 against 48 of 80.
    #[test]
    fn intervals_match_newcombes_published_examples() {
        let (low, high) = of_share(100.0 * 81.0 / 263.0, 263).unwrap();
        assert!((low - 25.53).abs() < 0.01 && (high - 36.62).abs() < 0.01, "{low} {high}");
        let (low, high) = of_share(0.0, 20).unwrap();
        assert!(low == 0.0 && (high - 16.11).abs() < 0.01, "{low} {high}");
        assert_eq!(may_be_chance((60.0, Some(80)), (80.0, Some(70))), Some(false));
        assert_eq!(may_be_chance((60.0, Some(8)), (80.0, Some(7))), Some(true));
        assert_eq!(may_be_chance((6.1, Some(400)), (7.4, Some(410))), Some(true));
        assert_eq!(of_share(103.0, 10), None);
    }

    /// The interval of 6.1 % of 400 persons is 4.1–8.9 %, and that of 20 % of 40 persons is 10.5–34.8 %.
    #[test]
    fn one_interval_suffices_to_suspect_chance_and_never_to_rule_it_out() {
        for (from, to, expected) in [
            ((6.1, Some(400)), (7.4, None), Some(true)),
            ((7.4, None), (6.1, Some(400)), Some(true)),
            ((6.1, Some(400)), (9.5, None), None),
            ((9.5, None), (6.1, Some(400)), None),
            ((20.0, Some(40)), (34.0, None), Some(true)),
            ((20.0, Some(40)), (36.0, None), None),
            // No persons, and a figure that is no share, give no interval.
            ((6.1, Some(0)), (7.4, Some(410)), Some(true)),
            ((6.1, Some(0)), (7.4, Some(0)), None),
            ((103.0, Some(40)), (98.0, Some(40)), None),
            ((6.1, None), (7.4, None), None),
        ] {
            assert_eq!(may_be_chance(from, to), expected, "{from:?} {to:?}");
        }
    }

    proptest! {
        #![proptest_config(crate::property_test_config())]

        #[test]
        fn share_lies_within_its_interval(percent in 0.0f64..=100.0, n in 1u32..100_000) {
            let (low, high) = of_share(percent, n).unwrap();
            prop_assert!(0.0 <= low && low <= percent + 1e-9 && percent - 1e-9 <= high && high <= 100.0);
            for other in [Some(n), None] {
                prop_assert_eq!(may_be_chance((percent, Some(n)), (percent, other)), Some(true));
            }
        }

        #[test]
        fn may_be_chance_is_symmetric(
            a in 0.0f64..=100.0,
            b in 0.0f64..=100.0,
            n in prop::option::of(1u32..5_000),
            m in prop::option::of(1u32..5_000),
        ) {
            prop_assert_eq!(may_be_chance((a, n), (b, m)), may_be_chance((b, m), (a, n)));
        }
    }
}
