//! The guard against CPR numbers: no child's number may come to rest in the data, typed, pasted or imported.
//!
//! A CPR number is DDMMÅÅ-SSSS. A plausible date is all that tells it from other ten digits: since 2007 the modulus-11
//! check no longer holds for all. Replacement numbers are caught as well: the CPR office recommends that the first digit
//! of the day is raised by 6, so days 61–91 count; it raises no month. What the guard cannot catch is a name.
//!
//! One function finds ([`find`]), one masks ([`mask`]); the others are these two for a place: while someone types
//! ([`while_typing`]), in a figure ([`in_figure`], [`in_number`]), among ids ([`find_whole_words`]).
//!
//! Before a text is looked through, signs that take no room (soft hyphens, zero-width signs) are passed over and digits
//! of other scripts are read as digits. Then a number is:
//!
//! * ten or twelve digits in one run (`1503121234`, `150320121234`);
//! * six or eight digits, a joint, four digits (`150312-1234`, `15032012 1234`);
//! * a date in groups of one separator, a joint, four digits (`15-03-12-1234`, `15.03.2012 1234`).
//!
//! A joint is up to four spaces, tabs or line ends; a dash or a slash, with or without them; or a bare point or comma.
//!
//! The tables in the tests list what is caught, and what is allowed with the reason.

use std::ops::Range;

use super::date::Date;
use super::sorted::SortedSet;

/// What a field for a number says when it refuses what looks like a CPR number.
pub const REFUSED: &str = "Det ligner et CPR-nummer. Intet er gemt: CPR-numre må ikke stå her.";

/// A CPR number found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundCpr {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// Its ten digits, without what joins them and without a century.
    pub digits: String,
}

/// The numbers, as ten digits, of which the user has said that they are no CPR numbers.
pub type Allowed = SortedSet<String>;

/// What of a text may be saved while it is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedText {
    /// The text to save.
    pub save: String,
    /// The numbers that were masked in it.
    pub masked: Vec<String>,
    /// Whether a part of the text is held back, since it may become a CPR number.
    pub held_back: bool,
}

/// What a text in a field for a number is to the guard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigitShape {
    /// A number, or anything else that is no CPR number.
    Sound,
    /// What may be the beginning of a CPR number: it is not written before the field is left.
    Begun,
    /// It looks like a CPR number: it is never written.
    Refused,
}

/// What a sign is to the guard.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit(u8),
    Space,
    Dash,
    Slash,
    Point,
    Comma,
    Other,
}

/// A sign of a text that takes room.
#[derive(Clone, Copy)]
struct Sign {
    class: Class,
    from: usize,
    to: usize,
}

impl Sign {
    const fn digit(self) -> Option<u8> {
        match self.class {
            Class::Digit(digit) => Some(digit),
            _ => None,
        }
    }
}

/// The noughts of the scripts whose digits are read.
const NOUGHTS: [u32; 17] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
    0xff10,
];
/// The mathematical digits: five alphabets of ten.
const MATHEMATICAL: Range<u32> = 0x1_d7ce..0x1_d800;

fn digit(char: char) -> Option<u8> {
    let code = u32::from(char);
    let digit = if MATHEMATICAL.contains(&code) {
        (code - MATHEMATICAL.start) % 10
    } else {
        code - NOUGHTS.iter().rev().find(|nought| **nought <= code)?
    };
    u8::try_from(digit).ok().filter(|digit| *digit < 10)
}

/// Whether a sign takes no room: soft hyphens, zero-width signs, marks of direction, variation selectors.
const fn takes_no_room(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn class(char: char) -> Class {
    match char {
        '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => {
            Class::Dash
        }
        '/' | '\\' | '\u{2044}' | '\u{2215}' | '\u{ff0f}' => Class::Slash,
        '.' | '\u{b7}' | '\u{2024}' | '\u{ff0e}' => Class::Point,
        ',' | '\u{ff0c}' => Class::Comma,
        _ if char.is_whitespace() => Class::Space,
        _ => digit(char).map_or(Class::Other, Class::Digit),
    }
}

/// The signs of a text, where it has enough of what may be digits; nearly no text has, and it costs one look at its bytes.
fn signs(text: &str, fewest: usize) -> Vec<Sign> {
    // The digits of other scripts begin with bytes from here on.
    let may_be_digit = |byte: &u8| byte.is_ascii_digit() || *byte >= 0xd9;
    if text.bytes().filter(may_be_digit).take(fewest).count() < fewest {
        return Vec::new();
    }
    let signs = text.char_indices().filter(|(_, char)| !takes_no_room(*char));
    signs.map(|(from, char)| Sign { class: class(char), from, to: from + char.len_utf8() }).collect()
}

/// How many signs of a class stand at the beginning, at most `most`.
fn count(signs: &[Sign], class: Class, most: usize) -> usize {
    signs.iter().take(most).take_while(|sign| sign.class == class).count()
}

/// How many digits stand at the beginning.
fn run(signs: &[Sign]) -> usize {
    signs.iter().take_while(|sign| sign.digit().is_some()).count()
}

/// How many signs join what stands before to digits behind: see the module's documentation.
fn joint(signs: &[Sign]) -> usize {
    let before = count(signs, Class::Space, 4);
    let rest = &signs[before..];
    match rest.first().map(|sign| sign.class) {
        Some(Class::Point | Class::Comma) if before == 0 => 1,
        Some(Class::Dash) => {
            let dashes = count(rest, Class::Dash, 2);
            before + dashes + count(&rest[dashes..], Class::Space, 4)
        }
        Some(Class::Slash) => before + 1 + count(&rest[1..], Class::Space, 4),
        _ => before,
    }
}

/// What some signs begin with: a CPR number, or the beginning of one that has its whole date.
struct NumberShape {
    /// How many signs it is.
    signs: usize,
    /// Its digits, without a century.
    digits: String,
    /// Whether it has all its digits.
    is_whole: bool,
    /// Whether it is one run of digits.
    is_run: bool,
}

/// The date that some signs begin with, and what stands behind it in the same run: how many signs, and how many digits.
fn date_and_more(signs: &[Sign]) -> (usize, usize) {
    let first = run(signs);
    let separator = signs.get(2).map_or(Class::Other, |sign| sign.class);
    let is_grouped = first == 2
        && matches!(separator, Class::Dash | Class::Slash | Class::Point | Class::Space)
        && run(&signs[3..]) == 2
        && signs.get(5).is_some_and(|sign| sign.class == separator);
    if !is_grouped {
        return (first, first);
    }
    let last = run(&signs[6..]);
    (6 + last, 4 + last)
}

fn shape(signs: &[Sign]) -> Option<NumberShape> {
    let (mut used, in_date) = date_and_more(signs);
    let is_run = used == in_date;
    let mut serial = 0;
    if matches!(in_date, 6 | 8) {
        let joint = joint(&signs[used..]);
        let behind = run(&signs[used + joint..]);
        // Of more than four digits none are a serial number.
        if joint > 0 && behind <= 4 {
            used += joint + behind;
            serial = behind;
        }
    }
    let digits: Vec<u8> = signs[..used].iter().filter_map(|sign| sign.digit()).collect();
    let (short, long) = (is_date(&digits, false), is_date(&digits, true));
    let (is_whole, fits, has_century) = match (in_date, serial) {
        (10, _) if short => (true, true, false),
        (6, 4) => (true, short, false),
        (12, _) | (8, 4) => (true, long, true),
        (6 | 7 | 9, _) => (false, short, false),
        (8, 0) => (false, short || long, false),
        (8 | 10 | 11, _) => (false, long, true),
        _ => return None,
    };
    let without_century = digits.iter().enumerate().filter(|(place, _)| !(has_century && matches!(place, 4 | 5)));
    let digits = without_century.map(|(_, digit)| char::from(b'0' + digit)).collect();
    fits.then_some(NumberShape { signs: used, digits, is_whole, is_run: is_run && serial == 0 })
}

/// Whether digits begin with a day of some century, or of the one they name. A replacement number's day is 60 higher.
fn is_date(digits: &[u8], has_century: bool) -> bool {
    let part = |from: usize| Some(digits.get(from)? * 10 + digits.get(from + 1)?);
    let (Some(day), Some(month), Some(year)) = (part(0), part(2), part(4)) else { return false };
    let day = if day > 60 { day - 60 } else { day };
    let is_day = |year: u16| Date::new(year, month, day).is_some();
    if has_century {
        let year = part(6).map(|rest| u16::from(year) * 100 + u16::from(rest));
        return year.is_some_and(|year| (1850..2100).contains(&year) && is_day(year));
    }
    [1800, 1900, 2000].into_iter().any(|century| is_day(century + u16::from(year)))
}

/// Whether a text ends with the words for a P number: `P-nr.`, `p-nummer:`, `P nr`, `Pnr.`.
fn ends_with_p_number(before: &str) -> bool {
    let bare = before.trim_end_matches([' ', '\u{a0}', ':', '.', '=']);
    let last_nine = bare.char_indices().rev().nth(8).map_or(0, |(start, _)| start);
    let lower = bare[last_nine..].to_ascii_lowercase();
    ["nummer", "numre", "nr"].into_iter().any(|word| {
        lower.strip_suffix(word).is_some_and(|rest| {
            let rest = rest.trim_end_matches(['-', '\u{2011}', ' ', '\u{a0}']);
            rest.strip_suffix('p').is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        })
    })
}

/// Whether the heading of a column says that it holds P numbers (*produktionsenhedsnumre*), which look like CPR numbers.
pub fn is_p_number_heading(heading: &str) -> bool {
    ends_with_p_number(heading) || heading.to_ascii_lowercase().contains("produktionsenhed")
}

/// Whether what stands around ten digits says that they are something else: a P number, a telephone number with the code of
/// its country, an amount of money with its decimals and its word.
fn is_excused(before: &str, after: &str, is_run: bool) -> bool {
    if ends_with_p_number(before) {
        return true;
    }
    if !is_run {
        return false;
    }
    let is_abroad = before.strip_suffix('+').is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
    let is_amount = after.strip_prefix(['.', ',']).is_some_and(|rest| {
        let decimals = rest.bytes().take_while(u8::is_ascii_digit).count();
        let word = rest[decimals..].trim_start().to_ascii_lowercase();
        (1..=2).contains(&decimals) && ["kr", "dkk", "mio"].into_iter().any(|money| word.starts_with(money))
    });
    is_abroad || is_amount
}

/// The CPR numbers of a text, and the beginnings of some: each with the bytes it reaches over, and its shape.
fn shapes(text: &str, fewest: usize) -> Vec<(Range<usize>, NumberShape)> {
    let signs = signs(text, fewest);
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(sign) = signs.get(at) {
        let digits = run(&signs[at..]);
        let Some(own) = shape(&signs[at..]) else {
            at += digits.max(1);
            continue;
        };
        let range = sign.from..signs[at + own.signs - 1].to;
        let is_excused = is_excused(&text[..range.start], &text[range.end..], own.is_run);
        // What only begins one may hold another within.
        at += if own.is_whole && !is_excused { own.signs } else { digits };
        if !is_excused {
            found.push((range, own));
        }
    }
    found
}

/// The CPR numbers in a text.
pub fn find(text: &str) -> Vec<FoundCpr> {
    let whole = shapes(text, 10).into_iter().filter(|(_, own)| own.is_whole);
    whole.map(|(range, own)| FoundCpr { range, digits: own.digits }).collect()
}

/// The CPR numbers in what need not be anyone's words: ids, fingerprints, dates. A run of digits inside a longer word of
/// letters and digits counts for nothing there.
pub fn find_whole_words(text: &str) -> Vec<FoundCpr> {
    let is_word = |found: &FoundCpr| {
        !text[..found.range.start].ends_with(char::is_alphanumeric)
            && !text[found.range.end..].starts_with(char::is_alphanumeric)
    };
    find(text).into_iter().filter(is_word).collect()
}

/// Masks the CPR numbers of a text as `DDMMÅÅ-••••`, but for the allowed ones.
pub fn mask(text: &str, allowed: &Allowed) -> TypedText {
    let mut save = String::with_capacity(text.len());
    let (mut done, mut masked) = (0, Vec::new());
    for found in find(text).into_iter().filter(|found| !allowed.contains(&found.digits)) {
        save.push_str(&text[done..found.range.start]);
        save.push_str(&found.digits[..6]);
        save.push_str("-••••");
        done = found.range.end;
        masked.push(found.digits);
    }
    save.push_str(&text[done..]);
    TypedText { save, masked, held_back: false }
}

/// A text with all its CPR numbers masked: where nobody can say of a number that it is none.
pub fn masked(text: &str) -> String {
    mask(text, &Allowed::new()).save
}

/// What of a text may be saved while its author is still typing: CPR numbers masked, and a date at the place that is being
/// written, with what may be the beginning of a serial number, held back until something else follows or the field is left
/// (then [`mask`] decides). `before` is the text as it was before the last key: the place is where the two differ.
pub fn while_typing(text: &str, before: &str, allowed: &Allowed) -> TypedText {
    let caret = end_of_edit(before, text);
    let may_become_one = |(range, own): &(Range<usize>, NumberShape)| {
        !own.is_whole
            && range.start <= caret
            && caret <= range.end
            && !allowed.iter().any(|number| number.starts_with(&own.digits))
    };
    let Some((range, _)) = shapes(text, 6).into_iter().find(may_become_one) else { return mask(text, allowed) };
    // What joins it to words behind it is theirs.
    let own = &text[range.clone()];
    let is_theirs = |char: char| digit(char).is_none() && (char.is_whitespace() || range.end < text.len());
    let end = range.start + own.trim_end_matches(is_theirs).len();
    let mut typed = mask(&[&text[..range.start], &text[end..]].concat(), allowed);
    typed.held_back = true;
    typed
}

/// Where the part of a text ends that was not there before, in bytes.
fn end_of_edit(before: &str, text: &str) -> usize {
    let same = |pair: &(char, char)| pair.0 == pair.1;
    let prefix: usize = before.chars().zip(text.chars()).take_while(same).map(|(char, _)| char.len_utf8()).sum();
    let rest = before[prefix..].chars().rev().zip(text[prefix..].chars().rev());
    let suffix: usize = rest.take_while(same).map(|(char, _)| char.len_utf8()).sum();
    text.len() - suffix
}

/// What a text in a field for a number is. Here points and spaces between thousands join digits, and nine digits are ten
/// whose nought was dropped, as spreadsheets do: no figure of a unit has so many.
pub fn in_figure(text: &str) -> DigitShape {
    let all: Vec<u8> = text.chars().filter_map(digit).collect();
    let before_comma = text.split_once(',').map_or(text, |(whole, _)| whole);
    let whole: Vec<u8> = before_comma.chars().filter_map(digit).collect();
    let is_one = match whole.len() {
        9 => is_date(&[&[0], &whole[..]].concat(), false),
        10 => is_date(&whole, false),
        12 => is_date(&whole, true),
        _ => false,
    };
    match all.len() {
        _ if is_one || !find(text).is_empty() => DigitShape::Refused,
        6..=9 if is_date(&all, false) => DigitShape::Begun,
        8 | 10 | 11 if is_date(&all, true) => DigitShape::Begun,
        _ => DigitShape::Sound,
    }
}

/// Whether a number looks like a CPR number, or like one whose joint was read as a decimal point.
pub fn in_number(number: f64) -> bool {
    let size = number.abs();
    if size < 10_000.0 {
        return false;
    }
    // By the writer of the files, which is in the page anyway.
    let text = serde_json::to_string(&size).unwrap_or_default();
    let text = text.strip_suffix(".0").unwrap_or(&text);
    let nought = if size < 100_000.0 { "0" } else { "" };
    in_figure(&[nought, &text.replace('.', ",")].concat()) == DigitShape::Refused
}

#[cfg(test)]
mod tests;
