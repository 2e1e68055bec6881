//! Decides which codes are taken while a camera looks at one code after the other.
//!
//! A code is held up for a second or more, and read several times meanwhile. It is to be taken once.

/// The time after which a code that is not seen has left the camera's sight, in milliseconds.
const OUT_OF_SIGHT: f64 = 1500.0;

/// The codes that a camera has in sight. They are in memory only.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SightFilter {
    /// Each code in sight, with the moment at which it was last seen.
    in_sight: Vec<(String, f64)>,
}

impl SightFilter {
    /// Takes in the codes that a picture shows, and returns those that have come into sight with it, in order.
    ///
    /// A code leaves sight when it is not seen for a second and a half, and not earlier: a reader that reads one code a
    /// picture sees two phones in turn. `now` is the moment of the picture in milliseconds, by any clock that never goes
    /// back.
    pub fn new_codes(&mut self, codes: &[String], now: f64) -> Vec<String> {
        self.in_sight.retain(|(_, last_seen)| now - last_seen < OUT_OF_SIGHT);
        let mut new: Vec<String> = Vec::new();
        for code in codes {
            if let Some((_, last_seen)) = self.in_sight.iter_mut().find(|(known, _)| known == code) {
                *last_seen = now;
            } else if !new.contains(code) {
                new.push(code.clone());
            }
        }
        self.in_sight.extend(new.iter().map(|code| (code.clone(), now)));
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks at pictures, and compares the codes that are taken from each: the moment, the codes in the picture, and the
    /// expected ones, each separated by spaces.
    #[track_caller]
    fn check(pictures: &[(f64, &str, &str)]) {
        let split = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let mut filter = SightFilter::default();
        for &(now, seen, expected) in pictures {
            assert_eq!(filter.new_codes(&split(seen), now), split(expected), "at {now}");
        }
    }

    #[test]
    fn code_that_stays_in_sight_is_taken_once() {
        check(&[(0.0, "A", "A"), (100.0, "A", ""), (1500.0, "", ""), (1590.0, "A", ""), (3000.0, "A", "")]);
    }

    #[test]
    fn code_is_taken_again_after_it_was_out_of_sight() {
        check(&[(0.0, "A", "A"), (1499.0, "A", ""), (2000.0, "B", "B"), (2999.0, "A", "A")]);
    }

    #[test]
    fn two_codes_that_are_read_in_turn_are_taken_once_each() {
        check(&[(0.0, "A", "A"), (100.0, "B", "B"), (200.0, "A", ""), (1300.0, "B", ""), (1400.0, "A", "")]);
        check(&[(0.0, "A B", "A B"), (100.0, "A", ""), (200.0, "B A", ""), (300.0, "B", ""), (400.0, "A B B", "")]);
    }

    #[test]
    fn code_that_a_picture_shows_twice_is_taken_once() {
        check(&[(0.0, "A A", "A")]);
    }
}
