//! *Svarkode*: a participant's answers in a workshop as a short code, to be read aloud, typed, pasted or scanned.
//!
//! # The bits
//!
//! A code is a row of symbols of five bits, each a digit of an alphabet of 32 without look-alikes
//! ([`ALPHABET`](super::id::ALPHABET), in capitals; who reads an O, I or L types 0, 1, 1). The bits in their order:
//!
//! ```text
//! binding        which workshop it is for: b bits of a hash of the workshop's id
//! group          3 bits: 0 for none, else the group
//! now            w bits an item: 0 for «ikke besvaret», else the place of the point, from 1
//! wanted         the same once more, in the longer code alone
//! check          5 bits, the last symbol
//! ```
//!
//! `w` is 3 (seven points and none), for weights 5. `b` is the least that fills the last symbol and is at least 5 in the
//! shorter code, at least 10 in the longer one, which has room for it. So the nine opposites take
//!
//! ```text
//! now alone      5 + 3 + 27      = 35 bits = 7 symbols, and the check:  8
//! with wanted   13 + 3 + 27 + 27 = 70 bits = 14 symbols, and the check: 15
//! ```
//!
//! # The check
//!
//! Symbols are numbers of GF(32), of which sums are exclusive ors. Symbol `i` has the weight `i + 1`; the check symbol is
//! such that the weighted sum of all of them is a target, which is a hash of the workshop's id too. With `s` the symbols and
//! `w` the weights:
//!
//! * **one wrong symbol** changes the sum by `w[i] · (s[i] − s'[i])`, a product of two numbers that are not 0: never 0;
//! * **two neighbours swapped** change it by `(w[i] − w[i + 1]) · (s[i] − s[i + 1])`: the weights are distinct, so it is 0 only
//!   where the two are equal, and nothing was changed;
//! * **a code of another workshop** is taken where both the binding and the target happen to be the same: once in
//!   `2⁵ · 2⁵ = 2¹⁰` for the shorter code of the nine opposites, once in `2¹³ · 2⁵ = 2¹⁸` for the longer.
//!
//! There are 31 weights that are not 0, and so a code has at most 31 symbols. Free text never travels in one, and nothing in it
//! says who it is from: whoever sees the code can read the answers.

mod chat;
mod field;

pub use chat::ChatCodes;

use super::id::{ALPHABET, Id};
use super::instrument::Form;

/// Bits a symbol.
const SYMBOL: usize = 5;
/// Bits of the group.
const GROUP: usize = 3;
/// The most groups that a workshop can have.
pub const MOST_GROUPS: usize = 7;
/// The most symbols that a code can have: more weights there are not.
const MOST_SYMBOLS: usize = 31;

/// The answers of one participant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerSheet {
    /// The group, from 1; 0 for none.
    pub group: usize,
    /// How it is: a point for each item of the instrument, or none.
    pub now: Vec<Option<i8>>,
    /// How one would wish it; `None` where it is not said at all.
    pub wanted: Option<Vec<Option<i8>>>,
}

/// Why a code was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeError {
    /// It has so many characters, and those of this workshop have others.
    Length(usize),
    /// It has a character that no code has.
    Character(char),
    /// It is of this workshop, as far as can be seen, and a character is wrong.
    Mistyped,
    /// It is of another workshop, or its beginning is wrong.
    Elsewhere,
}

/// The codes of a workshop.
#[derive(Clone, Debug)]
pub struct Codes {
    seed: u64,
    form: Form,
    items: usize,
    groups: usize,
}

impl Codes {
    /// The codes of a workshop on an instrument of so many items, with so many groups.
    pub fn new(workshop: &Id, form: Form, items: usize, groups: usize) -> Self {
        // FNV-1a.
        let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let seed = workshop.as_str().bytes().fold(0xcbf2_9ce4_8422_2325, hash);
        Self { seed, form, items, groups }
    }

    /// Whether codes can hold an instrument of a form and so many items.
    pub fn can_hold(form: Form, items: usize) -> bool {
        (binding_bits(form, items, 2) + GROUP + 2 * items * form.bits()) / SYMBOL < MOST_SYMBOLS
    }

    /// How many characters a code has; without what it is written in groups by.
    pub fn length(&self, has_wanted: bool) -> usize {
        let rounds = 1 + usize::from(has_wanted);
        (self.binding_bits(rounds) + GROUP + rounds * self.items * self.form.bits()) / SYMBOL + 1
    }

    fn binding_bits(&self, rounds: usize) -> usize {
        binding_bits(self.form, self.items, rounds)
    }

    /// What the workshop is known by in codes of so many rounds: its bits for the binding, and the target of the check.
    fn marks(&self, rounds: usize) -> (u64, u8) {
        let hash = mixed(self.seed.wrapping_add(rounds as u64));
        (hash & ((1 << self.binding_bits(rounds)) - 1), symbol(hash >> (u64::BITS as usize - SYMBOL)))
    }

    /// The code of a participant's answers. What lies off the scale counts as not answered, and so do weights that are not 100
    /// together.
    pub fn encode(&self, sheet: &AnswerSheet) -> String {
        let rounds = 1 + usize::from(sheet.wanted.is_some());
        let (binding, target) = self.marks(rounds);
        let mut bits = Bits::default();
        bits.push(binding, self.binding_bits(rounds));
        bits.push(sheet.group as u64, GROUP);
        for answers in std::iter::once(&sheet.now).chain(&sheet.wanted) {
            let is_said = self.form.hang_together(answers);
            for item in 0..self.items {
                let point = answers.get(item).copied().flatten().filter(|_| is_said);
                bits.push(point.map_or(0, |point| self.place(point)), self.form.bits());
            }
        }
        let mut symbols = bits.symbols();
        let open = field::weighted(&symbols);
        let last = symbols.len();
        let check = (0..32).find(|&check| open ^ field::weight(last, check) == target);
        symbols.push(check.unwrap_or_default());
        symbols.into_iter().map(|symbol| char::from(ALPHABET[usize::from(symbol)].to_ascii_uppercase())).collect()
    }

    /// Reads a code, in capitals or not, with spaces and hyphens anywhere.
    ///
    /// # Errors
    /// See [`CodeError`].
    pub fn decode(&self, code: &str) -> Result<AnswerSheet, CodeError> {
        let mut symbols = Vec::new();
        for char in code.chars().filter(|char| !is_between(*char)) {
            symbols.push(symbol_of(char).ok_or(CodeError::Character(char))?);
        }
        let rounds = (1..=2).find(|&rounds| symbols.len() == self.length(rounds == 2));
        let rounds = rounds.ok_or(CodeError::Length(symbols.len()))?;
        let (binding, target) = self.marks(rounds);
        let mut bits = Bits::of(&symbols);
        if bits.take(self.binding_bits(rounds)) != binding {
            return Err(CodeError::Elsewhere);
        }
        if field::weighted(&symbols) != target {
            return Err(CodeError::Mistyped);
        }
        let group = usize::try_from(bits.take(GROUP)).unwrap_or_default();
        if group > self.groups {
            return Err(CodeError::Mistyped);
        }
        let mut answers = || -> Result<Vec<Option<i8>>, CodeError> {
            let answers: Result<Vec<_>, _> = (0..self.items).map(|_| self.point(bits.take(self.form.bits()))).collect();
            answers.and_then(|all| if self.form.hang_together(&all) { Ok(all) } else { Err(CodeError::Mistyped) })
        };
        let now = answers()?;
        let wanted = (rounds == 2).then(answers).transpose()?;
        Ok(AnswerSheet { group, now, wanted })
    }

    /// The place of a point on the scale, from 1; 0 where it is not on it.
    fn place(&self, point: i8) -> u64 {
        let on_scale = self.form.points().position(|own| own == point);
        on_scale.map_or(0, |place| place as u64 + 1)
    }

    fn point(&self, place: u64) -> Result<Option<i8>, CodeError> {
        let Some(place) = place.checked_sub(1) else { return Ok(None) };
        let point = self.form.points().nth(usize::try_from(place).unwrap_or(usize::MAX));
        point.map(Some).ok_or(CodeError::Mistyped)
    }
}

/// A code as it is shown: in groups of four.
pub fn shown(code: &str) -> String {
    let symbols: Vec<char> = code.chars().collect();
    symbols.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// A code as it is read aloud, by the Danish alphabet of names.
pub fn spoken(code: &str) -> String {
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

fn binding_bits(form: Form, items: usize, rounds: usize) -> usize {
    let rest = GROUP + rounds * items * form.bits();
    let least = SYMBOL * rounds;
    (rest + least).next_multiple_of(SYMBOL) - rest
}

/// What may stand in a code without being of it.
fn is_between(char: char) -> bool {
    char.is_whitespace() || matches!(char, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{2014}')
}

fn symbol_of(char: char) -> Option<u8> {
    let char = match char.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        char => char,
    };
    ALPHABET.iter().position(|digit| char::from(*digit) == char).map(|place| symbol(place as u64))
}

#[allow(clippy::cast_possible_truncation, reason = "what is above five bits is cut off on purpose")]
const fn symbol(bits: u64) -> u8 {
    (bits & 31) as u8
}

/// Spreads every bit of a number over all of it (the finish of `SplitMix64`).
const fn mixed(number: u64) -> u64 {
    let number = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// A row of bits.
#[derive(Debug, Default)]
struct Bits(std::collections::VecDeque<bool>);

impl Bits {
    fn of(symbols: &[u8]) -> Self {
        let mut bits = Self::default();
        for symbol in symbols {
            bits.push(u64::from(*symbol), SYMBOL);
        }
        bits
    }

    fn push(&mut self, number: u64, count: usize) {
        self.0.extend((0..count).rev().map(|place| number >> place & 1 == 1));
    }

    fn take(&mut self, count: usize) -> u64 {
        self.0.drain(..count.min(self.0.len())).fold(0, |number, bit| number << 1 | u64::from(bit))
    }

    /// The whole row; its length is a multiple of a symbol's.
    fn symbols(mut self) -> Vec<u8> {
        (0..self.0.len() / SYMBOL).map(|_| symbol(self.take(SYMBOL))).collect()
    }
}

#[cfg(test)]
mod tests;
