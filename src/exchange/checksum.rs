//! CRC-32, the checksum of the file.
//!
//! By hand, since the crates for it carry 1 to 16 KB of tables into the page that no packing makes smaller; here they
//! are made when a file is read.

/// A checksum that is being taken, eight bytes at a time.
pub(super) struct Crc32 {
    tables: Box<[[u32; 256]; 8]>,
    state: u32,
}

/// The polynomial of IEEE 802.3, its bits turned round.
const POLYNOMIAL: u32 = 0xedb8_8320;

impl Crc32 {
    pub(super) fn new() -> Self {
        let mut tables = Box::new([[0; 256]; 8]);
        for (byte, entry) in (0..=255).zip(&mut tables[0]) {
            *entry = (0..8).fold(byte, |sum: u32, _| if sum & 1 == 1 { (sum >> 1) ^ POLYNOMIAL } else { sum >> 1 });
        }
        for further in 1..8 {
            for byte in 0..256 {
                let sum = tables[further - 1][byte];
                tables[further][byte] = (sum >> 8) ^ tables[0][usize::from(sum.to_le_bytes()[0])];
            }
        }
        Self { tables, state: u32::MAX }
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        let tables = &*self.tables;
        let look_up = |table: usize, byte: u8| tables[table][usize::from(byte)];
        let (eights, rest) = bytes.as_chunks::<8>();
        for &[a, b, c, d, e, f, g, h] in eights {
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

    pub(super) fn finish(self) -> u32 {
        !self.state
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn it_is_the_checksum_that_everyone_has() {
        let mut crc = Crc32::new();
        crc.update(b"123456789");
        assert_eq!(crc.finish(), 0xcbf4_3926);
    }

    proptest! {
        #[test]
        fn it_does_not_matter_how_the_bytes_are_cut(bytes: Vec<u8>, cut: prop::sample::Index) {
            let (mut whole, mut cut_up) = (Crc32::new(), Crc32::new());
            whole.update(&bytes);
            let (one, other) = bytes.split_at(cut.index(bytes.len() + 1));
            cut_up.update(one);
            cut_up.update(other);
            prop_assert_eq!(whole.finish(), cut_up.finish());
        }
    }
}
