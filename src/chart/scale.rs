//! Scales of axes, and their ticks.

/// A linear scale that maps figures to positions on an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The lowest figure on the axis.
    pub from: f64,
    /// The highest figure on the axis.
    pub to: f64,
    /// The distance between two ticks.
    pub step: f64,
}

/// The number of steps between ticks that an axis has at most, before its ends are rounded outward.
const TICKS: f64 = 4.0;

impl Scale {
    /// Builds a scale that contains the figures and ends at round figures. It does not go beyond `range`, the range
    /// that figures of the measure can lie in, unless one of the figures does.
    pub fn around(figures: impl IntoIterator<Item = f64>, range: Option<(f64, f64)>) -> Self {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for figure in figures.into_iter().filter(|figure| figure.is_finite()) {
            (low, high) = (low.min(figure), high.max(figure));
        }
        if low > high {
            (low, high) = range.unwrap_or((0.0, 1.0));
        }
        // A single figure, or equal figures, get some margin above and below.
        if high - low < f64::EPSILON * high.abs().max(1.0) {
            let margin = (high.abs() / 10.0).max(0.5);
            (low, high) = (low - margin, high + margin);
        }
        let step = round_step((high - low) / TICKS);
        let (mut from, mut to) = ((low / step).floor() * step, (high / step).ceil() * step);
        if let Some((least, most)) = range {
            // A figure outside the range is there only if somebody has confirmed it, and is shown all the same.
            if low >= least {
                from = from.max(least);
            }
            if high <= most {
                to = to.min(most);
            }
        }
        Self { from, to, step }
    }

    /// The position of a figure: 0 at the lower end of the axis, 1 at the upper end.
    pub fn place(self, figure: f64) -> f64 {
        (figure - self.from) / (self.to - self.from)
    }

    /// The round figures on the axis.
    pub fn ticks(self) -> Vec<f64> {
        let first = (self.from / self.step).ceil();
        let mut ticks = Vec::new();
        let mut count = first;
        while count * self.step <= self.to + self.step * 1e-9 {
            // Rounded to one decimal more than the step has, so that 0.1 · 3 gives 0.3.
            let power = 10f64.powi((-exponent(self.step)).max(0) + 1);
            ticks.push((count * self.step * power).round() / power);
            count += 1.0;
        }
        ticks
    }
}

/// The exponent of the largest power of ten that is no larger than a distance.
#[allow(clippy::cast_possible_truncation, reason = "the exponent of a float is small; of none, zero does")]
fn exponent(distance: f64) -> i32 {
    distance.log10().floor() as i32
}

/// The smallest of 1, 2, 5, 10, 20 … that is no smaller than a distance.
fn round_step(distance: f64) -> f64 {
    let power = 10f64.powi(exponent(distance));
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * power >= distance * (1.0 - 1e-9));
    factor.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(figures: &[f64], range: Option<(f64, f64)>, ticks: &[f64]) {
        assert_eq!(Scale::around(figures.iter().copied(), range).ticks(), ticks);
    }

    #[test]
    fn ticks_are_round() {
        check(&[6.1, 7.4], Some((0.0, 100.0)), &[6.0, 6.5, 7.0, 7.5]);
        check(&[0.0, 97.0], Some((0.0, 100.0)), &[0.0, 50.0, 100.0]);
        check(&[3.9, 4.3], Some((1.0, 5.0)), &[3.9, 4.0, 4.1, 4.2, 4.3]);
        check(&[5.0], Some((0.0, 100.0)), &[4.5, 5.0, 5.5]);
        check(&[0.0], None, &[-0.5, 0.0, 0.5]);
        check(&[], Some((0.0, 100.0)), &[0.0, 50.0, 100.0]);
    }

    proptest! {
        #![proptest_config(crate::property_test_config())]

        #[test]
        fn every_figure_lies_on_the_axis(figures in prop::collection::vec(-1e6f64..1e6, 0..30), bounded in any::<bool>()) {
            let range = bounded.then_some((0.0, 100.0));
            let scale = Scale::around(figures.iter().copied(), range);
            prop_assert!(scale.from < scale.to && scale.step > 0.0);
            prop_assert!(scale.ticks().len() <= 12);
            for figure in figures {
                prop_assert!((-1e-9..=1.0 + 1e-9).contains(&scale.place(figure)), "{} on {:?}", figure, scale);
            }
        }
    }
}
