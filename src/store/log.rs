//! How far the log of changes reaches, and what it drops when it is full. Pure.

/// The most that the log holds, in bytes of its text: 20 MB. The oldest is dropped.
pub const MOST: u64 = 20_000_000;

/// From where to where the log reaches: its texts lie under numbers that follow one another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogExtent {
    /// The number of the oldest text. Above 0 the log does not reach back to its beginning.
    pub first: u64,
    /// The number that the next text gets.
    pub next: u64,
    /// How many bytes there are in all.
    pub bytes: u64,
}

impl LogExtent {
    /// Reads what [`LogExtent::text`] wrote; an empty log where it is nothing of the kind.
    pub fn parse(text: &str) -> Self {
        let mut numbers = text.split(' ').map(|number| number.parse().ok());
        let mut number = || numbers.next().flatten();
        match (number(), number(), number()) {
            (Some(first), Some(next), Some(bytes)) if first <= next => Self { first, next, bytes },
            _ => Self::default(),
        }
    }

    /// The extent as text: always as long, so that a save writes as much however much there is.
    pub fn text(self) -> String {
        format!("{:012} {:012} {:012}", self.first, self.next, self.bytes)
    }

    /// Takes a text in at the end, and gives its number.
    pub const fn append(&mut self, bytes: u64) -> u64 {
        self.next += 1;
        self.bytes += bytes;
        self.next - 1
    }

    /// The number of the text to be dropped, while there is too much.
    pub const fn too_much(self) -> Option<u64> {
        if self.bytes > MOST && self.first < self.next { Some(self.first) } else { None }
    }

    /// The oldest text, of so many bytes, is dropped.
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
    fn the_oldest_is_dropped_and_the_bound_holds() {
        let (mut extent, mut texts) = (LogExtent::default(), VecDeque::new());
        for number in 0..1_000 {
            let bytes = 10_000 + number * 977 % 90_000;
            assert_eq!(extent.append(bytes), number);
            texts.push_back(bytes);
            while let Some(first) = extent.too_much() {
                assert_eq!(first, extent.first);
                extent.drop_first(texts.pop_front().unwrap());
            }
            assert_eq!(extent.bytes, texts.iter().sum::<u64>());
            assert!(extent.bytes <= MOST && extent.next == number + 1, "the newest is there");
        }
        assert!(extent.first > 0 && MOST - extent.bytes < 100_000, "and no more was dropped than had to be");
        assert_eq!(LogExtent::parse(&extent.text()), extent);
    }

    #[test]
    fn one_text_above_the_bound_does_not_stop_the_log() {
        let mut extent = LogExtent::default();
        extent.append(MOST + 1);
        assert_eq!(extent.too_much(), Some(0));
        extent.drop_first(MOST + 1);
        assert_eq!(extent.too_much(), None);
        for nothing in ["", "x", "1 2", "3 2 1"] {
            assert_eq!(LogExtent::parse(nothing), LogExtent::default(), "{nothing}");
        }
    }
}
