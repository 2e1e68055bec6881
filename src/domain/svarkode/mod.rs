//! *Svarkode*: a participant's answers in a workshop as a short code that can be read aloud, typed, pasted or scanned.
//!
//! | file | contents |
//! | --- | --- |
//! | `mod` | encoding and decoding |
//! | `chat` | finding codes in a pasted text |
//! | `field` | arithmetic for the check symbol |
//! | `symbols` | bits as symbols and characters |
//! | `workshop_code` | the code of a workshop, for participants who have no link |
//!
//! # Format
//!
//! A code is a sequence of symbols of five bits. Each symbol is a digit of an alphabet of 32 characters without
//! look-alikes ([`ALPHABET`](super::id::ALPHABET), in capitals). A typed O, I or L is read as 0, 1, 1. The bits are, in
//! order:
//!
//! ```text
//! binding        b bits of a hash of the workshop's key
//! group          3 bits: 0 for none, else the group
//! now            w bits for each item: 0 for «ikke besvaret», else the index of the point, from 1
//! wanted         w bits for each item, in the longer code only
//! check          5 bits, the last symbol
//! ```
//!
//! `w` is 3 (up to seven points and «ikke besvaret»), and 5 for weights. `b` is the smallest number that fills the last
//! symbol and is at least 5 in the shorter code and at least 10 in the longer code. The nine opposites therefore take:
//!
//! ```text
//! now only       5 + 3 + 27      = 35 bits = 7 symbols, with the check:  8
//! with wanted   13 + 3 + 27 + 27 = 70 bits = 14 symbols, with the check: 15
//! ```
//!
//! # Check symbol
//!
//! Symbols are elements of GF(32), where addition and subtraction are exclusive or. Symbol `i` has the weight `i + 1`.
//! The check symbol is chosen so that the weighted sum of all symbols is a target, which is also a hash of the
//! workshop's key. With the symbols `s` and the weights `w`:
//!
//! * **One wrong symbol** changes the sum by `w[i] · (s[i] − s'[i])`. Both factors are not 0, so the product is not 0
//!   and the error is detected.
//! * **Two swapped neighbours** change the sum by `(w[i] − w[i + 1]) · (s[i] − s[i + 1])`. The weights are distinct, so
//!   this is 0 only if the two symbols are equal, in which case nothing was changed.
//! * **A code of another workshop** is accepted if binding and target happen to be equal: once in `2⁵ · 2⁵ = 2¹⁰` for
//!   the shorter code of the nine opposites, once in `2¹³ · 2⁵ = 2¹⁸` for the longer code.
//!
//! The key is the first [`KEY_LENGTH`] characters of the workshop's id, 20 bits. Binding and target take at most 18 of
//! them, so a longer key would not tell more workshops apart, and it fits into the short code of a workshop.
//!
//! There are 31 weights that are not 0, so a code has at most 31 symbols. A code must never contain free text or
//! identify the participant, since everybody who sees it can read the answers.

mod chat;
mod field;
mod symbols;
mod workshop_code;

pub use chat::ChatCodes;
pub use symbols::{SymbolReader, SymbolWriter};
pub use workshop_code::WorkshopCode;

use super::id::Id;
use super::instrument::Form;
use symbols::{Bits, SYMBOL_BITS, is_separator, symbol, symbol_of, symbols_of, text_of};

/// The number of bits for the group.
const GROUP_BITS: usize = 3;
/// The largest number of groups in a workshop.
pub const MOST_GROUPS: usize = 7;
/// The number of characters of a workshop's id that its codes depend on.
pub const KEY_LENGTH: usize = 4;
/// The largest number of symbols in a code: the number of weights that are not 0.
const MOST_SYMBOLS: usize = 31;

/// The answers of one participant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerSheet {
    /// The group, from 1; 0 for none.
    pub group: usize,
    /// Practice now: a point for each item of the instrument, `None` if not answered.
    pub now: Vec<Option<i8>>,
    /// Practice as wished, in the same form; `None` if the participant was not asked or did not answer this round.
    pub wanted: Option<Vec<Option<i8>>>,
}

/// Why a code is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeError {
    /// The code has this number of characters; the codes of the workshop have other lengths.
    Length(usize),
    /// The code has a character that never occurs in codes.
    Character(char),
    /// The code begins like a code of this workshop, but is not valid.
    Mistyped,
    /// The code is of another workshop, or its beginning is wrong.
    Elsewhere,
}

/// Encoder and decoder for the codes of one workshop.
#[derive(Clone, Debug)]
pub struct Codes {
    /// A hash of the workshop's key.
    seed: u64,
    form: Form,
    /// The number of items of the instrument.
    items: usize,
    /// The number of groups.
    groups: usize,
}

impl Codes {
    /// Makes the encoder for a workshop, of whose id the first [`KEY_LENGTH`] characters count, an instrument of a form with `items` items, and a number of groups.
    pub fn new(workshop: &Id, form: Form, items: usize, groups: usize) -> Self {
        // FNV-1a.
        let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let seed = workshop.as_str().bytes().take(KEY_LENGTH).fold(0xcbf2_9ce4_8422_2325, hash);
        Self { seed, form, items, groups }
    }

    /// Returns whether the answers on an instrument of a form with a number of items fit into a code.
    pub fn can_hold(form: Form, items: usize) -> bool {
        (binding_bits(form, items, 2) + GROUP_BITS + 2 * items * form.bits()) / SYMBOL_BITS < MOST_SYMBOLS
    }

    /// Returns the number of characters in a code, without separators.
    pub fn length(&self, has_wanted: bool) -> usize {
        let rounds = 1 + usize::from(has_wanted);
        (self.binding_bits(rounds) + GROUP_BITS + rounds * self.items * self.form.bits()) / SYMBOL_BITS + 1
    }

    fn binding_bits(&self, rounds: usize) -> usize {
        binding_bits(self.form, self.items, rounds)
    }

    /// Returns the bits of the binding and the target of the check, for codes with a number of rounds.
    fn binding_and_target(&self, rounds: usize) -> (u64, u8) {
        let hash = mix(self.seed.wrapping_add(rounds as u64));
        (hash & ((1 << self.binding_bits(rounds)) - 1), symbol(hash >> (u64::BITS as usize - SYMBOL_BITS)))
    }

    /// Encodes a participant's answers. A point that is not on the scale counts as not answered. Weights that do not
    /// sum to 100 all count as not answered.
    pub fn encode(&self, sheet: &AnswerSheet) -> String {
        let rounds = 1 + usize::from(sheet.wanted.is_some());
        let (binding, target) = self.binding_and_target(rounds);
        let mut bits = Bits::default();
        bits.push(binding, self.binding_bits(rounds));
        bits.push(sheet.group as u64, GROUP_BITS);
        for answers in std::iter::once(&sheet.now).chain(&sheet.wanted) {
            let is_valid = self.form.are_answers_valid(answers);
            for item in 0..self.items {
                let point = answers.get(item).copied().flatten().filter(|_| is_valid);
                bits.push(point.map_or(0, |point| self.point_index(point)), self.form.bits());
            }
        }
        let mut symbols = bits.into_symbols();
        let sum = field::weighted_sum(&symbols);
        let last = symbols.len();
        let check = (0..32).find(|&check| sum ^ field::weigh(last, check) == target);
        symbols.push(check.unwrap_or_default());
        text_of(&symbols)
    }

    /// Decodes a code in upper or lower case, with spaces and hyphens anywhere.
    ///
    /// # Errors
    /// See [`CodeError`].
    pub fn decode(&self, code: &str) -> Result<AnswerSheet, CodeError> {
        let symbols = symbols_of(code)?;
        let rounds = (1..=2).find(|&rounds| symbols.len() == self.length(rounds == 2));
        let rounds = rounds.ok_or(CodeError::Length(symbols.len()))?;
        let (binding, target) = self.binding_and_target(rounds);
        let mut bits = Bits::from_symbols(&symbols);
        if bits.take(self.binding_bits(rounds)) != binding {
            return Err(CodeError::Elsewhere);
        }
        if field::weighted_sum(&symbols) != target {
            return Err(CodeError::Mistyped);
        }
        let group = usize::try_from(bits.take(GROUP_BITS)).unwrap_or_default();
        if group > self.groups {
            return Err(CodeError::Mistyped);
        }
        let mut answers = || -> Result<Vec<Option<i8>>, CodeError> {
            let answers: Result<Vec<_>, _> =
                (0..self.items).map(|_| self.point_at(bits.take(self.form.bits()))).collect();
            answers.and_then(|all| if self.form.are_answers_valid(&all) { Ok(all) } else { Err(CodeError::Mistyped) })
        };
        let now = answers()?;
        let wanted = (rounds == 2).then(answers).transpose()?;
        Ok(AnswerSheet { group, now, wanted })
    }

    /// Returns the index of a point on the scale, from 1; 0 if the point is not on the scale.
    fn point_index(&self, point: i8) -> u64 {
        let index = self.form.points().position(|candidate| candidate == point);
        index.map_or(0, |index| index as u64 + 1)
    }

    /// Returns the point with an index on the scale, from 1; `None` for the index 0.
    fn point_at(&self, index: u64) -> Result<Option<i8>, CodeError> {
        let Some(index) = index.checked_sub(1) else { return Ok(None) };
        let point = self.form.points().nth(usize::try_from(index).unwrap_or(usize::MAX));
        point.map(Some).ok_or(CodeError::Mistyped)
    }
}

/// Formats a code for display, in groups of four characters joined by hyphens.
pub fn format_code(code: &str) -> String {
    let symbols: Vec<char> = code.chars().collect();
    symbols.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// Formats a code for reading aloud, with the names of the Danish spelling alphabet.
pub fn spell_code(code: &str) -> String {
    const NAMES: [&str; 22] = [
        "Anna",
        "Bernhard",
        "Cecilie",
        "David",
        "Erik",
        "Frederik",
        "Georg",
        "Hans",
        "Johan",
        "Karen",
        "Mari",
        "Nikolaj",
        "Peter",
        "Quintus",
        "Rasmus",
        "Søren",
        "Theodor",
        "Viggo",
        "William",
        "Xerxes",
        "Yrsa",
        "Zackarias",
    ];
    let words = code.chars().map(|char| {
        let name = NAMES.iter().find(|name| name.starts_with(char.to_ascii_uppercase()));
        name.map_or_else(|| char.to_string(), |name| (*name).to_owned())
    });
    words.collect::<Vec<_>>().join(" · ")
}

/// Returns the number of bits of the binding: at least five for each round, and enough to fill the last symbol.
fn binding_bits(form: Form, items: usize, rounds: usize) -> usize {
    let other_bits = GROUP_BITS + rounds * items * form.bits();
    let min_bits = SYMBOL_BITS * rounds;
    (other_bits + min_bits).next_multiple_of(SYMBOL_BITS) - other_bits
}

/// Mixes the bits of a number, so that every input bit affects all output bits (the finalizer of `SplitMix64`).
const fn mix(number: u64) -> u64 {
    let number = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests;
