//! Bits as symbols of five bits, and symbols as characters that are not taken for one another.

use std::collections::VecDeque;

use super::{CodeError, mix};
use crate::domain::id::ALPHABET;

/// The number of bits in a symbol.
pub(super) const SYMBOL_BITS: usize = 5;

/// Returns whether a character may separate the symbols of a code.
pub(super) fn is_separator(char: char) -> bool {
    char.is_whitespace() || matches!(char, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{2014}')
}

/// Returns the symbols of a code in upper or lower case, with spaces and hyphens anywhere.
///
/// # Errors
/// The text has a character that no code has.
pub(super) fn symbols_of(code: &str) -> Result<Vec<u8>, CodeError> {
    let chars = code.chars().filter(|char| !is_separator(*char));
    chars.map(|char| symbol_of(char).ok_or(CodeError::Character(char))).collect()
}

/// Returns the characters of symbols, in capitals.
pub(super) fn text_of(symbols: &[u8]) -> String {
    symbols.iter().map(|symbol| char::from(ALPHABET[usize::from(*symbol)].to_ascii_uppercase())).collect()
}

/// Returns the symbol that a character stands for, with O, I and L read as digits.
pub(super) fn symbol_of(char: char) -> Option<u8> {
    let char = match char.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        char => char,
    };
    ALPHABET.iter().position(|digit| char::from(*digit) == char).map(|index| symbol(index as u64))
}

/// Returns the symbol in the five lowest bits of a number.
#[allow(clippy::cast_possible_truncation, reason = "the mask leaves five bits")]
pub(super) const fn symbol(bits: u64) -> u8 {
    (bits & 31) as u8
}

/// A queue of bits.
#[derive(Debug, Default)]
pub(super) struct Bits(VecDeque<bool>);

impl Bits {
    pub(super) fn from_symbols(symbols: &[u8]) -> Self {
        let mut bits = Self::default();
        for symbol in symbols {
            bits.push(u64::from(*symbol), SYMBOL_BITS);
        }
        bits
    }

    /// Appends the `count` lowest bits of a number, the highest of them first.
    pub(super) fn push(&mut self, number: u64, count: usize) {
        self.0.extend((0..count).rev().map(|position| number >> position & 1 == 1));
    }

    /// Removes the first `count` bits and returns them as a number.
    pub(super) fn take(&mut self, count: usize) -> u64 {
        self.0.drain(..count.min(self.0.len())).fold(0, |number, bit| number << 1 | u64::from(bit))
    }

    /// Converts the queue to symbols. Its length must be a multiple of [`SYMBOL_BITS`].
    pub(super) fn into_symbols(mut self) -> Vec<u8> {
        (0..self.0.len() / SYMBOL_BITS).map(|_| symbol(self.take(SYMBOL_BITS))).collect()
    }
}

/// Writes numbers and texts as the characters of a longer code.
#[derive(Debug, Default)]
pub struct SymbolWriter(Bits);

impl SymbolWriter {
    /// Whether a character is one of the alphabet, in upper or lower case.
    pub fn can_hold(char: char) -> bool {
        ALPHABET.iter().any(|digit| char::from(*digit) == char.to_ascii_lowercase())
    }

    /// Appends the `count` lowest bits of a number.
    pub fn push(&mut self, number: u64, count: usize) {
        self.0.push(number, count);
    }

    /// Appends characters of the alphabet. Returns `None`, and appends nothing, if one of them is not in it.
    pub fn push_text(&mut self, text: &str) -> Option<()> {
        for symbol in symbols_of(text).ok()? {
            self.0.push(u64::from(symbol), SYMBOL_BITS);
        }
        Some(())
    }

    /// Fills the last symbol, appends a check of a whole number of symbols, and returns the text in capitals.
    pub fn finish_with_check(mut self, check_bits: usize) -> String {
        let missing = self.0.0.len().next_multiple_of(SYMBOL_BITS) - self.0.0.len();
        self.0.push(0, missing);
        let mut symbols = self.0.into_symbols();
        let mut check = Bits::default();
        check.push(check_of(&symbols, check_bits), check_bits);
        symbols.extend(check.into_symbols());
        text_of(&symbols)
    }
}

/// Reads what a [`SymbolWriter`] has written.
#[derive(Debug)]
pub struct SymbolReader(Bits);

impl SymbolReader {
    /// Begins to read a text in upper or lower case, with spaces and hyphens anywhere.
    ///
    /// # Errors
    /// The text has a character that no code has, or the check does not fit.
    pub fn with_check(text: &str, check_bits: usize) -> Result<Self, CodeError> {
        let symbols = symbols_of(text)?;
        let length = symbols.len().checked_sub(check_bits / SYMBOL_BITS).ok_or(CodeError::Mistyped)?;
        let (content, check) = symbols.split_at(length);
        if Bits::from_symbols(check).take(check_bits) != check_of(content, check_bits) {
            return Err(CodeError::Mistyped);
        }
        Ok(Self(Bits::from_symbols(content)))
    }

    /// Removes the next bits and returns them as a number; `None` if there are not so many.
    pub fn take(&mut self, count: usize) -> Option<u16> {
        if self.0.0.len() < count {
            return None;
        }
        self.0.take(count).try_into().ok()
    }

    /// Removes the next characters and returns them in lower case; `None` if there are not so many.
    pub fn take_text(&mut self, length: usize) -> Option<String> {
        let symbols: Option<Vec<u8>> = (0..length).map(|_| Some(symbol(u64::from(self.take(SYMBOL_BITS)?)))).collect();
        Some(text_of(&symbols?).to_ascii_lowercase())
    }
}

/// A hash of symbols, of a number of bits.
fn check_of(symbols: &[u8], bits: usize) -> u64 {
    let hash = symbols.iter().fold(symbols.len() as u64, |hash, symbol| mix(hash ^ u64::from(*symbol)));
    hash >> (u64::BITS as usize - bits)
}
