//! Computes CRC-32, the checksum of files.
//!
//! Hand-written, because the crates for CRC-32 add 1 to 16 KB of tables to the page, which do not compress. Here the
//! tables are computed at run time.

/// A CRC-32 in progress. Takes in eight bytes at a time.
pub(super) struct Crc32 {
    tables: Box<[[u32; 256]; 8]>,
    state: u32,
}

/// The polynomial of IEEE 802.3, with its bits reversed.
const POLYNOMIAL: u32 = 0xedb8_8320;

impl Crc32 {
    /// Computes the tables and starts a checksum of no bytes.
    pub(super) fn new() -> Self {
        let mut tables = Box::new([[0; 256]; 8]);
        for (byte, entry) in (0..=255).zip(&mut tables[0]) {
            *entry = (0..8).fold(byte, |sum: u32, _| if sum & 1 == 1 { (sum >> 1) ^ POLYNOMIAL } else { sum >> 1 });
        }
        for table in 1..8 {
            for byte in 0..256 {
                let sum = tables[table - 1][byte];
                tables[table][byte] = (sum >> 8) ^ tables[0][usize::from(sum.to_le_bytes()[0])];
            }
        }
        Self { tables, state: u32::MAX }
    }

    /// Takes in more bytes.
    pub(super) fn update(&mut self, bytes: &[u8]) {
        let tables = &*self.tables;
        let look_up = |table: usize, byte: u8| tables[table][usize::from(byte)];
        let (chunks, rest) = bytes.as_chunks::<8>();
        for &[a, b, c, d, e, f, g, h] in chunks {
            let [low, mid, high, top] = (self.state ^ u32::from_le_bytes([a, b, c, d])).to_le_bytes();
            self.state = look_up(7, low)
                ^ look_up(6, mid)
                ^ look_up(5, high)
                ^ look_up(4, top)
                ^ look_up(3, e)
                ^ look_up(2, f)
                ^ look_up(1, g)
                ^ look_up(0, h);
        }
        for &byte in rest {
            self.state = (self.state >> 8) ^ look_up(0, self.state.to_le_bytes()[0] ^ byte);
        }
    }

    /// Returns the checksum of all bytes taken in.
    pub(super) fn finish(self) -> u32 {
        !self.state
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn finish_gives_the_standard_check_value() {
        let mut crc = Crc32::new();
        crc.update(b"123456789");
        assert_eq!(crc.finish(), 0xcbf4_3926);
    }

    proptest! {
        #![proptest_config(crate::property_test_config())]

        #[test]
        fn checksum_is_the_same_however_bytes_are_split(bytes: Vec<u8>, cut: prop::sample::Index) {
            let (mut unsplit, mut split) = (Crc32::new(), Crc32::new());
            unsplit.update(&bytes);
            let (head, tail) = bytes.split_at(cut.index(bytes.len() + 1));
            split.update(head);
            split.update(tail);
            prop_assert_eq!(unsplit.finish(), split.finish());
        }
    }
}
