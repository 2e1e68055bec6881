//! The code of a workshop: seven characters that bring a participant to a workshop without its link.
//!
//! A code cannot hold the texts of a workshop. A participant who comes by the code sees «Gruppe 1» instead of the name
//! of a group, and a workshop on an instrument with texts of its own has no code.
//!
//! ```text
//! key            4 symbols, the first characters of the workshop's id
//! instrument     4 bits, its position in the content; and 1 bit: whether the wished state is asked for
//! groups         3 bits; and 2 bits that are 0
//! check          5 bits, the last symbol: the weighted sum of all symbols is [`TARGET`]
//! ```

use super::{Bits, CodeError, GROUP_BITS, KEY_LENGTH, SYMBOL_BITS, field, format_code, symbols_of, text_of};

/// The number of bits for the position of the instrument.
const INSTRUMENT_BITS: usize = 4;
/// The number of symbols, with the check.
const LENGTH: usize = KEY_LENGTH + 3;
/// The weighted sum of all symbols. Any number but 0 would do, for which a row of zeros would be a code.
const TARGET: u8 = 21;

/// What the code of a workshop tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkshopCode {
    /// The first characters of the workshop's id, on which the codes of its participants depend.
    pub key: String,
    /// The position of the instrument in the content.
    pub instrument: usize,
    /// Whether participants also answer for the wished state.
    pub asks_wanted: bool,
    /// The number of groups.
    pub groups: usize,
}

impl WorkshopCode {
    /// Encodes the code for display. Returns `None` if the key has characters that no code has, or a number is too large.
    pub fn encode(&self) -> Option<String> {
        let key = symbols_of(&self.key).ok().filter(|key| key.len() == KEY_LENGTH)?;
        if self.instrument >> INSTRUMENT_BITS > 0 || self.groups >> GROUP_BITS > 0 {
            return None;
        }
        let mut bits = Bits::from_symbols(&key);
        bits.push(self.instrument as u64, INSTRUMENT_BITS);
        bits.push(u64::from(self.asks_wanted), 1);
        bits.push(self.groups as u64, GROUP_BITS);
        bits.push(0, SYMBOL_BITS - GROUP_BITS);
        let mut symbols = bits.into_symbols();
        let sum = field::weighted_sum(&symbols);
        symbols.push((0..32).find(|&check| sum ^ field::weigh(LENGTH - 1, check) == TARGET)?);
        Some(format_code(&text_of(&symbols)))
    }

    /// Decodes a code in upper or lower case, with spaces and hyphens anywhere.
    ///
    /// # Errors
    /// The text has another length, a character that no code has, or is mistyped.
    pub fn decode(text: &str) -> Result<Self, CodeError> {
        let symbols = symbols_of(text)?;
        if symbols.len() != LENGTH {
            return Err(CodeError::Length(symbols.len()));
        }
        if field::weighted_sum(&symbols) != TARGET {
            return Err(CodeError::Mistyped);
        }
        let (key, rest) = symbols.split_at(KEY_LENGTH);
        let mut bits = Bits::from_symbols(rest);
        let instrument = usize::try_from(bits.take(INSTRUMENT_BITS)).unwrap_or_default();
        let asks_wanted = bits.take(1) == 1;
        let groups = usize::try_from(bits.take(GROUP_BITS)).unwrap_or_default();
        // A later version of the app may use these bits.
        if bits.take(SYMBOL_BITS - GROUP_BITS) != 0 {
            return Err(CodeError::Mistyped);
        }
        Ok(Self { key: text_of(key).to_ascii_lowercase(), instrument, asks_wanted, groups })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(crate::property_test_config())]

        #[test]
        fn code_decodes_back(
            key in "[0-9a-hj-km-np-tv-z]{4}",
            instrument in 0usize..16,
            asks_wanted: bool,
            groups in 0usize..=7,
        ) {
            let code = WorkshopCode { key, instrument, asks_wanted, groups };
            let text = code.encode().unwrap();
            prop_assert_eq!(text.len(), LENGTH + 1);
            for written in [text.clone(), text.to_lowercase(), text.replace('-', " ")] {
                prop_assert_eq!(WorkshopCode::decode(&written), Ok(code.clone()));
            }
        }

        #[test]
        fn one_wrong_character_is_detected(key in "[0-9a-hj-km-np-tv-z]{4}", position in 0usize..LENGTH, by in 1u8..32) {
            let code = WorkshopCode { key, instrument: 2, asks_wanted: true, groups: 3 };
            let mut symbols = symbols_of(&code.encode().unwrap()).unwrap();
            symbols[position] = (symbols[position] + by) % 32;
            prop_assert_eq!(WorkshopCode::decode(&text_of(&symbols)), Err(CodeError::Mistyped));
        }

        #[test]
        fn decode_never_panics(text in ".{0,12}") {
            drop(WorkshopCode::decode(&text));
        }
    }

    #[test]
    fn what_no_code_can_hold_is_not_encoded() {
        let code = WorkshopCode { key: "k7qm".to_owned(), instrument: 0, asks_wanted: false, groups: 0 };
        for bad in [
            WorkshopCode { key: "w1".to_owned(), ..code.clone() },
            WorkshopCode { key: "w-12".to_owned(), ..code.clone() },
            WorkshopCode { instrument: 16, ..code.clone() },
            WorkshopCode { groups: 8, ..code.clone() },
        ] {
            assert_eq!(bad.encode(), None, "{bad:?}");
        }
        assert_eq!(WorkshopCode::decode("K7QM-3XPD"), Err(CodeError::Length(8)));
        assert_eq!(WorkshopCode::decode("K7QM-3X!"), Err(CodeError::Character('!')));
    }
}
