//! The extent of the log of changes, and the rule by which old texts are dropped. Pure.

/// The largest size of the log, in bytes of its texts: 20 MB. The oldest texts are dropped.
pub const MAX_BYTES: u64 = 20_000_000;

/// The extent of the log. Its texts are stored under consecutive numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogExtent {
    /// The number of the oldest text. Above 0, older texts were dropped.
    pub first: u64,
    /// The number that the next text gets.
    pub next: u64,
    /// The size of all texts, in bytes.
    pub bytes: u64,
}

impl LogExtent {
    /// Parses what [`LogExtent::text`] printed. Any other text gives an empty log.
    pub fn parse(text: &str) -> Self {
        let mut numbers = text.split(' ').map(|number| number.parse().ok());
        let mut number = || numbers.next().flatten();
        match (number(), number(), number()) {
            (Some(first), Some(next), Some(bytes)) if first <= next => Self { first, next, bytes },
            _ => Self::default(),
        }
    }

    /// Prints the extent. The text always has the same length, so that a save writes as much with a long log as with a
    /// short one.
    pub fn text(self) -> String {
        format!("{:012} {:012} {:012}", self.first, self.next, self.bytes)
    }

    /// Appends a text of the given size, and returns its number.
    pub const fn append(&mut self, bytes: u64) -> u64 {
        self.next += 1;
        self.bytes += bytes;
        self.next - 1
    }

    /// The number of the oldest text, if the log is larger than [`MAX_BYTES`].
    pub const fn oldest_if_too_large(self) -> Option<u64> {
        if self.bytes > MAX_BYTES && self.first < self.next { Some(self.first) } else { None }
    }

    /// Removes the oldest text, which has the given size.
    pub const fn drop_first(&mut self, bytes: u64) {
        self.first += 1;
        self.bytes = self.bytes.saturating_sub(bytes);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    #[test]
    fn dropping_oldest_texts_keeps_size_within_bound() {
        let (mut extent, mut texts) = (LogExtent::default(), VecDeque::new());
        for number in 0..1_000 {
            let bytes = 10_000 + number * 977 % 90_000;
            assert_eq!(extent.append(bytes), number);
            texts.push_back(bytes);
            while let Some(first) = extent.oldest_if_too_large() {
                assert_eq!(first, extent.first);
                extent.drop_first(texts.pop_front().unwrap());
            }
            assert_eq!(extent.bytes, texts.iter().sum::<u64>());
            assert!(extent.bytes <= MAX_BYTES && extent.next == number + 1, "the newest text is kept");
        }
        assert!(extent.first > 0 && MAX_BYTES - extent.bytes < 100_000, "no more texts are dropped than necessary");
        assert_eq!(LogExtent::parse(&extent.text()), extent);
    }

    #[test]
    fn single_text_above_bound_is_dropped_and_log_goes_on() {
        let mut extent = LogExtent::default();
        extent.append(MAX_BYTES + 1);
        assert_eq!(extent.oldest_if_too_large(), Some(0));
        extent.drop_first(MAX_BYTES + 1);
        assert_eq!(extent.oldest_if_too_large(), None);
    }

    #[test]
    fn parse_gives_empty_log_for_any_other_text() {
        for text in ["", "x", "1 2", "3 2 1"] {
            assert_eq!(LogExtent::parse(text), LogExtent::default(), "{text}");
        }
    }
}
