//! Detection and masking of CPR numbers (Danish personal identification numbers). No CPR number may ever be stored,
//! whether typed, pasted or imported.
//!
//! A CPR number has the form DDMMÅÅ-SSSS. Only the plausible date distinguishes it from other numbers of ten digits,
//! since numbers issued after 2007 need not satisfy the modulus-11 check. Replacement numbers are detected as well: the
//! CPR office recommends adding 6 to the first digit of the day, so the days 61–91 are accepted. The month is never
//! changed. Names cannot be detected.
//!
//! [`find`] detects numbers and [`mask`] masks them. The other functions apply these two in special places: while a
//! person types ([`while_typing`]), in a field for a figure ([`assess_figure_text`], [`is_like_cpr`]), and among ids
//! ([`find_whole_words`]).
//!
//! Invisible characters (soft hyphens, zero-width characters) are skipped, and digits of other scripts count as digits.
//! A CPR number is then one of:
//!
//! * ten or twelve digits in one run (`1503121234`, `150320121234`);
//! * six or eight digits, a joint, four digits (`150312-1234`, `15032012 1234`);
//! * a date in groups with the same separator, a joint, four digits (`15-03-12-1234`, `15.03.2012 1234`).
//!
//! A joint is up to four spaces, tabs or line ends; a dash or a slash, with or without such spaces; or a single point
//! or comma without spaces.
//!
//! The tables in the tests list the texts that are detected, and those that are allowed with the reason.

use std::ops::Range;

use super::date::Date;
use super::sorted::SortedSet;

/// The Danish message of a number field that refuses a text which looks like a CPR number.
pub const REFUSED: &str = "Det ligner et CPR-nummer. Intet er gemt: CPR-numre må ikke stå her.";

/// A CPR number found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundCpr {
    /// The position in the text, in bytes.
    pub range: Range<usize>,
    /// The ten digits, without joints and without the century.
    pub digits: String,
}

/// Numbers of ten digits that the user has declared not to be CPR numbers.
pub type Allowed = SortedSet<String>;

/// A text with the CPR numbers masked, and what was masked or held back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedText {
    /// The text to save.
    pub save: String,
    /// The digits of the numbers that were masked.
    pub masked: Vec<String>,
    /// Whether a part of the text is left out for now, since it may become a CPR number.
    pub held_back: bool,
}

/// The assessment of a text in a number field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigitShape {
    /// The text is not a CPR number. (It need not be a number at all.)
    Harmless,
    /// The text may be the beginning of a CPR number. It is not saved until the field is left.
    Incomplete,
    /// The text looks like a CPR number. It is never saved.
    Refused,
}

/// The class of a character, as far as CPR numbers are concerned.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CharClass {
    Digit(u8),
    Space,
    Dash,
    Slash,
    Point,
    Comma,
    Other,
}

/// A visible character of a text, with its position in bytes.
#[derive(Clone, Copy)]
struct VisibleChar {
    class: CharClass,
    start: usize,
    end: usize,
}

impl VisibleChar {
    const fn digit(self) -> Option<u8> {
        match self.class {
            CharClass::Digit(digit) => Some(digit),
            _ => None,
        }
    }
}

/// The code points of the zero digits of the scripts that are recognised, ascending.
const ZEROS: [u32; 17] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
    0xff10,
];
/// The mathematical digits: five styles of ten digits each.
const MATHEMATICAL: Range<u32> = 0x1_d7ce..0x1_d800;

/// Returns the value of a digit of any recognised script.
fn digit(char: char) -> Option<u8> {
    let code = u32::from(char);
    let digit = if MATHEMATICAL.contains(&code) {
        (code - MATHEMATICAL.start) % 10
    } else {
        code - ZEROS.iter().rev().find(|zero| **zero <= code)?
    };
    u8::try_from(digit).ok().filter(|digit| *digit < 10)
}

/// Returns whether a character is invisible: soft hyphens, zero-width characters, direction marks, variation selectors.
const fn is_invisible(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn class(char: char) -> CharClass {
    match char {
        '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => {
            CharClass::Dash
        }
        '/' | '\\' | '\u{2044}' | '\u{2215}' | '\u{ff0f}' => CharClass::Slash,
        '.' | '\u{b7}' | '\u{2024}' | '\u{ff0e}' => CharClass::Point,
        ',' | '\u{ff0c}' => CharClass::Comma,
        _ if char.is_whitespace() => CharClass::Space,
        _ => digit(char).map_or(CharClass::Other, CharClass::Digit),
    }
}

/// Returns the visible characters of a text, or nothing if the text has fewer than `min_digits` possible digits. Nearly
/// all texts have fewer, and checking that takes one pass over the bytes.
fn visible_chars(text: &str, min_digits: usize) -> Vec<VisibleChar> {
    // In UTF-8 the digits of other scripts begin with a byte of at least 0xd9.
    let may_be_digit = |byte: &u8| byte.is_ascii_digit() || *byte >= 0xd9;
    if text.bytes().filter(may_be_digit).take(min_digits).count() < min_digits {
        return Vec::new();
    }
    let visible = text.char_indices().filter(|(_, char)| !is_invisible(*char));
    visible.map(|(start, char)| VisibleChar { class: class(char), start, end: start + char.len_utf8() }).collect()
}

/// Returns the number of leading characters of a class, at most `max`.
fn leading_count(chars: &[VisibleChar], class: CharClass, max: usize) -> usize {
    chars.iter().take(max).take_while(|char| char.class == class).count()
}

/// Returns the number of leading digits.
fn leading_digits(chars: &[VisibleChar]) -> usize {
    chars.iter().take_while(|char| char.digit().is_some()).count()
}

/// Returns the length of the joint at the beginning; 0 if there is none. The module documentation defines a joint.
fn joint_length(chars: &[VisibleChar]) -> usize {
    let before = leading_count(chars, CharClass::Space, 4);
    let rest = &chars[before..];
    match rest.first().map(|char| char.class) {
        Some(CharClass::Point | CharClass::Comma) if before == 0 => 1,
        Some(CharClass::Dash) => {
            let dashes = leading_count(rest, CharClass::Dash, 2);
            before + dashes + leading_count(&rest[dashes..], CharClass::Space, 4)
        }
        Some(CharClass::Slash) => before + 1 + leading_count(&rest[1..], CharClass::Space, 4),
        _ => before,
    }
}

/// A CPR number, or the beginning of one that contains at least the complete date.
struct NumberShape {
    /// The number of visible characters.
    length: usize,
    /// The digits, without the century.
    digits: String,
    /// Whether all digits are present.
    is_complete: bool,
    /// Whether the number is a single run of digits.
    is_run: bool,
}

/// Measures the date at the beginning, including the digits that follow it directly. Returns the number of characters
/// and the number of digits.
fn measure_date(chars: &[VisibleChar]) -> (usize, usize) {
    let first = leading_digits(chars);
    let separator = chars.get(2).map_or(CharClass::Other, |char| char.class);
    let is_grouped = first == 2
        && matches!(separator, CharClass::Dash | CharClass::Slash | CharClass::Point | CharClass::Space)
        && leading_digits(&chars[3..]) == 2
        && chars.get(5).is_some_and(|char| char.class == separator);
    if !is_grouped {
        return (first, first);
    }
    let last = leading_digits(&chars[6..]);
    (6 + last, 4 + last)
}

/// Returns the CPR number, or the beginning of one, that starts with the first character; `None` if there is none.
fn shape(chars: &[VisibleChar]) -> Option<NumberShape> {
    let (mut length, date_digits) = measure_date(chars);
    let is_run = length == date_digits;
    let mut serial_digits = 0;
    if matches!(date_digits, 6 | 8) {
        let joint = joint_length(&chars[length..]);
        let following = leading_digits(&chars[length + joint..]);
        // More than four digits are not a serial number.
        if joint > 0 && following <= 4 {
            length += joint + following;
            serial_digits = following;
        }
    }
    let digits: Vec<u8> = chars[..length].iter().filter_map(|char| char.digit()).collect();
    let (is_short_date, is_long_date) = (is_date(&digits, false), is_date(&digits, true));
    let (is_complete, fits, has_century) = match (date_digits, serial_digits) {
        (10, _) if is_short_date => (true, true, false),
        (6, 4) => (true, is_short_date, false),
        (12, _) | (8, 4) => (true, is_long_date, true),
        (6 | 7 | 9, _) => (false, is_short_date, false),
        (8, 0) => (false, is_short_date || is_long_date, false),
        (8 | 10 | 11, _) => (false, is_long_date, true),
        _ => return None,
    };
    let without_century = digits.iter().enumerate().filter(|(index, _)| !(has_century && matches!(index, 4 | 5)));
    let digits = without_century.map(|(_, digit)| char::from(b'0' + digit)).collect();
    fits.then_some(NumberShape { length, digits, is_complete, is_run: is_run && serial_digits == 0 })
}

/// Returns whether digits begin with a valid day. With `has_century` the year has four digits and must be 1850–2099;
/// otherwise the day must exist in some century. The day of a replacement number is 60 higher.
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

/// Returns whether a text ends with a label of a P number: `P-nr.`, `p-nummer:`, `P nr`, `Pnr.`.
fn ends_with_p_number_label(before: &str) -> bool {
    let label = before.trim_end_matches([' ', '\u{a0}', ':', '.', '=']);
    let last_nine = label.char_indices().rev().nth(8).map_or(0, |(start, _)| start);
    let lower = label[last_nine..].to_ascii_lowercase();
    ["nummer", "numre", "nr"].into_iter().any(|word| {
        lower.strip_suffix(word).is_some_and(|rest| {
            let rest = rest.trim_end_matches(['-', '\u{2011}', ' ', '\u{a0}']);
            rest.strip_suffix('p').is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        })
    })
}

/// Returns whether the heading of a column announces P numbers (*produktionsenhedsnumre*), which look like CPR numbers.
pub fn is_p_number_heading(heading: &str) -> bool {
    ends_with_p_number_label(heading) || heading.to_ascii_lowercase().contains("produktionsenhed")
}

/// Returns whether the text around a number shows that it is not a CPR number: a P number; or, for a single run of
/// digits, a telephone number after `+` or an amount of money with decimals and currency.
fn is_excused(before: &str, after: &str, is_run: bool) -> bool {
    if ends_with_p_number_label(before) {
        return true;
    }
    if !is_run {
        return false;
    }
    let is_telephone = before.strip_suffix('+').is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
    let is_amount = after.strip_prefix(['.', ',']).is_some_and(|rest| {
        let decimals = rest.bytes().take_while(u8::is_ascii_digit).count();
        let unit = rest[decimals..].trim_start().to_ascii_lowercase();
        (1..=2).contains(&decimals) && ["kr", "dkk", "mio"].into_iter().any(|currency| unit.starts_with(currency))
    });
    is_telephone || is_amount
}

/// Returns the CPR numbers of a text and the beginnings of CPR numbers, each with its range in bytes. The result is
/// empty if the text has fewer than `min_digits` digits.
fn shapes(text: &str, min_digits: usize) -> Vec<(Range<usize>, NumberShape)> {
    let chars = visible_chars(text, min_digits);
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(first) = chars.get(at) {
        let digits = leading_digits(&chars[at..]);
        let Some(shape) = shape(&chars[at..]) else {
            at += digits.max(1);
            continue;
        };
        let range = first.start..chars[at + shape.length - 1].end;
        let is_excused = is_excused(&text[..range.start], &text[range.end..], shape.is_run);
        // An incomplete number may contain the beginning of another one.
        at += if shape.is_complete && !is_excused { shape.length } else { digits };
        if !is_excused {
            found.push((range, shape));
        }
    }
    found
}

/// Returns the CPR numbers in a text.
pub fn find(text: &str) -> Vec<FoundCpr> {
    let complete = shapes(text, 10).into_iter().filter(|(_, shape)| shape.is_complete);
    complete.map(|(range, shape)| FoundCpr { range, digits: shape.digits }).collect()
}

/// Returns the CPR numbers in a text that people need not have written: ids, fingerprints, dates. Digits inside a
/// longer word of letters and digits are ignored there.
pub fn find_whole_words(text: &str) -> Vec<FoundCpr> {
    let is_word = |found: &FoundCpr| {
        !text[..found.range.start].ends_with(char::is_alphanumeric)
            && !text[found.range.end..].starts_with(char::is_alphanumeric)
    };
    find(text).into_iter().filter(is_word).collect()
}

/// Masks the CPR numbers of a text as `DDMMÅÅ-••••`, except the allowed ones.
pub fn mask(text: &str, allowed: &Allowed) -> TypedText {
    let mut save = String::with_capacity(text.len());
    let (mut copied, mut masked) = (0, Vec::new());
    for found in find(text).into_iter().filter(|found| !allowed.contains(&found.digits)) {
        save.push_str(&text[copied..found.range.start]);
        save.push_str(&found.digits[..6]);
        save.push_str("-••••");
        copied = found.range.end;
        masked.push(found.digits);
    }
    save.push_str(&text[copied..]);
    TypedText { save, masked, held_back: false }
}

/// Masks all CPR numbers of a text. For places in which no number can be declared as allowed.
pub fn mask_all(text: &str) -> String {
    mask(text, &Allowed::new()).save
}

/// Returns the part of a text that may be saved while a person is still typing.
///
/// CPR numbers are masked. A date at the cursor, with the digits after it, may become a CPR number. It is held back
/// until something else follows or the field is left; then [`mask`] decides. `before` is the text before the last key
/// press; the cursor is assumed at the end of the difference.
pub fn while_typing(text: &str, before: &str, allowed: &Allowed) -> TypedText {
    let caret = end_of_edit(before, text);
    let may_become_number = |(range, shape): &(Range<usize>, NumberShape)| {
        !shape.is_complete
            && range.start <= caret
            && caret <= range.end
            && !allowed.iter().any(|number| number.starts_with(&shape.digits))
    };
    let Some((range, _)) = shapes(text, 6).into_iter().find(may_become_number) else { return mask(text, allowed) };
    // Trailing spaces, and before other text any trailing separators, are not held back.
    let candidate = &text[range.clone()];
    let is_separator = |char: char| digit(char).is_none() && (char.is_whitespace() || range.end < text.len());
    let end = range.start + candidate.trim_end_matches(is_separator).len();
    let mut typed = mask(&[&text[..range.start], &text[end..]].concat(), allowed);
    typed.held_back = true;
    typed
}

/// Returns the end of the changed part of a text, in bytes.
fn end_of_edit(before: &str, text: &str) -> usize {
    let is_same = |pair: &(char, char)| pair.0 == pair.1;
    let prefix: usize = before.chars().zip(text.chars()).take_while(is_same).map(|(char, _)| char.len_utf8()).sum();
    let rest = before[prefix..].chars().rev().zip(text[prefix..].chars().rev());
    let suffix: usize = rest.take_while(is_same).map(|(char, _)| char.len_utf8()).sum();
    text.len() - suffix
}

/// Assesses a text in a number field. Points and spaces between thousands are skipped. Nine digits are read as ten
/// whose leading zero a spreadsheet dropped, since no figure of a unit has nine digits.
pub fn assess_figure_text(text: &str) -> DigitShape {
    let digits: Vec<u8> = text.chars().filter_map(digit).collect();
    let before_comma = text.split_once(',').map_or(text, |(before, _)| before);
    let integer_digits: Vec<u8> = before_comma.chars().filter_map(digit).collect();
    let is_cpr_number = match integer_digits.len() {
        9 => is_date(&[&[0], &integer_digits[..]].concat(), false),
        10 => is_date(&integer_digits, false),
        12 => is_date(&integer_digits, true),
        _ => false,
    };
    match digits.len() {
        _ if is_cpr_number || !find(text).is_empty() => DigitShape::Refused,
        6..=9 if is_date(&digits, false) => DigitShape::Incomplete,
        8 | 10 | 11 if is_date(&digits, true) => DigitShape::Incomplete,
        _ => DigitShape::Harmless,
    }
}

/// Returns whether a number looks like a CPR number, possibly one whose joint was read as a decimal point.
pub fn is_like_cpr(number: f64) -> bool {
    let size = number.abs();
    if size < 10_000.0 {
        return false;
    }
    // `serde_json` is in the download anyway.
    let text = serde_json::to_string(&size).unwrap_or_default();
    let text = text.strip_suffix(".0").unwrap_or(&text);
    let leading_zero = if size < 100_000.0 { "0" } else { "" };
    assess_figure_text(&[leading_zero, &text.replace('.', ",")].concat()) == DigitShape::Refused
}

#[cfg(test)]
mod tests;
