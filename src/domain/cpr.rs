//! The guard against CPR numbers: no child's number may come to rest in the data, typed or imported.
//!
//! A CPR number is DDMMÅÅ-SSSS, its parts joined by a dash, a space or nothing. A plausible date is all that tells it
//! from other ten digits: since 2007 the modulus-11 check no longer holds for all. So some innocent numbers are
//! caught as well, and the user may say of one that it is none. What the guard cannot catch is a name.
//!
//! It is for people's own words alone; ids and fingerprints are never looked at.

use std::ops::Range;

use super::date::Date;
use super::sorted::SortedSet;

/// A CPR number found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// Its ten digits, without what joins them.
    pub digits: String,
}

/// The numbers, as ten digits, of which the user has said that they are no CPR numbers.
pub type Allowed = SortedSet<String>;

/// What of a text may be saved while it is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The text to save.
    pub save: String,
    /// The numbers that were masked in it.
    pub masked: Vec<String>,
    /// Whether the end of the text is held back, since it may become a CPR number.
    pub held_back: bool,
}

/// Whether a character can join the date and the serial number.
const fn joins(char: char) -> bool {
    // hyphen, non-breaking hyphen, en dash, minus; space, no-break space, narrow no-break space
    matches!(char, '-' | '\u{2011}' | '\u{2013}' | '\u{2212}' | ' ' | '\u{a0}' | '\u{202f}')
}

/// Whether six digits are a day of some century.
fn is_date(digits: &str) -> bool {
    let part = |range: Range<usize>| digits.get(range).and_then(|part| part.parse::<u8>().ok());
    let (Some(day), Some(month), Some(year)) = (part(0..2), part(2..4), part(4..6)) else { return false };
    [1800, 1900, 2000].into_iter().any(|century| Date::new(century + u16::from(year), month, day).is_some())
}

/// The length of the run of ASCII digits that a text begins with.
fn digits_at_start(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Whether what stands before a number makes it the rest of a longer one (`1.010190…`: at most three digits and a
/// point), or names it a P number. In a list without spaces (`…1234,020290…`) the number before is longer.
fn is_excused(before: &str) -> bool {
    let group =
        before.strip_suffix(['.', ',']).map_or(0, |rest| rest.bytes().rev().take_while(u8::is_ascii_digit).count());
    (1..=3).contains(&group) || ends_with_p_number(before)
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

/// The candidates of a text: each place where a run of digits begins.
fn runs(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    (0..bytes.len()).filter(|&at| bytes[at].is_ascii_digit() && (at == 0 || !bytes[at - 1].is_ascii_digit()))
}

/// The CPR number that a text begins with: its length in bytes and its digits.
fn at_start(text: &str) -> Option<(usize, String)> {
    let first = digits_at_start(text);
    let length = match first {
        10 => 10,
        6 => {
            let joint = text[6..].chars().next().filter(|&char| joins(char))?;
            let serial = &text[6 + joint.len_utf8()..];
            (digits_at_start(serial) == 4).then_some(6 + joint.len_utf8() + 4)?
        }
        _ => return None,
    };
    // An amount has one or two decimals; a list without spaces goes on with a whole number.
    let decimals = text[length..].strip_prefix(['.', ',']).map_or(0, digits_at_start);
    if first == 10 && (1..=2).contains(&decimals) {
        return None;
    }
    let digits: String = text[..length].chars().filter(char::is_ascii_digit).collect();
    is_date(&digits).then_some((length, digits))
}

/// The CPR numbers in a text.
pub fn find(text: &str) -> Vec<Found> {
    runs(text)
        .filter_map(|at| {
            let (length, digits) = at_start(&text[at..])?;
            let found = Found { range: at..at + length, digits };
            // What is written with a dash is written as one, whatever stands before; but for a P number.
            let has_dash = length > 10 && !text[found.range.clone()].contains([' ', '\u{a0}', '\u{202f}']);
            let excused = if has_dash { ends_with_p_number(&text[..at]) } else { is_excused(&text[..at]) };
            (!excused).then_some(found)
        })
        .collect()
}

/// Masks the CPR numbers of a text as `DDMMÅÅ-••••`, but for the allowed ones.
pub fn mask(text: &str, allowed: &Allowed) -> Typed {
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
    Typed { save, masked, held_back: false }
}

/// What of a text may be saved while its author is still typing: CPR numbers masked, and a date at the very end, with
/// what may be the beginning of a serial number, held back until something else follows or the field is left (then
/// [`mask`] decides).
pub fn while_typing(text: &str, allowed: &Allowed) -> Typed {
    let held_from = runs(text)
        .filter(|&at| !is_excused(&text[..at]))
        .find(|&at| may_become_one(&text[at..]))
        .filter(|&at| !allowed.iter().any(|number| number.starts_with(&digits_of(&text[at..]))));
    let mut typed = mask(&text[..held_from.unwrap_or(text.len())], allowed);
    typed.held_back = held_from.is_some();
    typed
}

fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Whether a text is the beginning of a CPR number and nothing more: its date and at most three digits of the rest.
fn may_become_one(text: &str) -> bool {
    let first = digits_at_start(text);
    let rest = &text[first..];
    let whole = match first {
        6 => {
            let serial = rest.strip_prefix(joins).unwrap_or(rest);
            serial.len() <= 3 && digits_at_start(serial) == serial.len()
        }
        7..=9 => rest.is_empty(),
        _ => false,
    };
    whole && is_date(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = find(text).into_iter().map(|found| found.digits).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_is_caught() {
        for joint in ["-", "–", " ", "\u{a0}", "", "\u{2011}", "\u{202f}"] {
            check(&format!("150312{joint}1234"), &["1503121234"]);
            check(&format!("Barnet (150312{joint}1234) trives."), &["1503121234"]);
        }
        check("CPR:1503121234.", &["1503121234"]);
        check("010190-1234, 020290-4321", &["0101901234", "0202904321"]);
        check("290200-1234 er en skuddag", &["2902001234"]);
        check("290204-1234", &["2902041234"]);
        check("010160-0000", &["0101600000"]);
        check("x1503121234x", &["1503121234"]);
        check("150312-1234 og CVR-nr. 12345678", &["1503121234"]);
        check("SP-nr. 1503121234", &["1503121234"]);
        check("010190-1234,020290-4321", &["0101901234", "0202904321"]);
        check("0101901234,0202904321", &["0101901234", "0202904321"]);
        check("2.150312-1234", &["1503121234"]);
    }

    #[test]
    fn what_is_not() {
        for text in [
            "",
            "ring på 12 34 56 78",
            "+45 12345678",
            "+4512345678",
            "004512345678",
            "skoleåret 2024/2025",
            "2019 2020 2021",
            "20242025",
            "20192020 2021",
            "320112-1234",
            "151312-1234",
            "000112-1234",
            "310412-1234",
            "290201-1234",
            "1.503.121.234",
            "1.150312 1234",
            "1503121234,50 kr.",
            "150312-12345",
            "15031212345",
            "9150312-1234",
            "150312--1234",
            "150312\n1234",
            "15-03-12-1234",
            "150312 - 12 børn",
            "P-nr. 1503121234",
            "P-nr: 1503121234",
            "p-nummer 1503121234",
            "P nr. 1503121234",
            "Pnr 1503121234",
            "(P-nr.\u{a0}1503121234)",
            "EAN 5798004123456",
            "institutionsnummer 791234",
            "skole 281065",
            "150312-••••",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn a_column_of_p_numbers_is_known_by_its_heading() {
        for heading in ["P-nr.", "P-nummer", "P-numre", "Pnummer", "Produktionsenhedsnummer"] {
            assert!(is_p_number_heading(heading), "{heading}");
        }
        for heading in ["Personnr.", "CPR-nummer", "Telefonnummer", "Gruppenr.", "Nr."] {
            assert!(!is_p_number_heading(heading), "{heading}");
        }
    }

    #[track_caller]
    fn typing(text: &str, save: &str, held_back: bool) {
        let typed = while_typing(text, &Allowed::new());
        assert_eq!((typed.save.as_str(), typed.held_back), (save, held_back), "{text}");
    }

    #[test]
    fn a_number_being_typed_never_comes_to_rest() {
        typing("Barnet 15031", "Barnet 15031", false);
        for begun in ["150312", "1503121", "15031212", "150312123", "150312-", "150312-1", "150312 123", "150312–12"]
        {
            typing(&format!("Barnet {begun}"), "Barnet ", true);
        }
        typing("Barnet 1503121234", "Barnet 150312-••••", false);
        typing("Barnet 150312-1234", "Barnet 150312-••••", false);
        typing("Barnet 150312-1234 trives", "Barnet 150312-•••• trives", false);
        typing("den 150312, hvor", "den 150312, hvor", false);
        typing("ring 12101234 nu", "ring 12101234 nu", false);
        typing("451234", "451234", false);
    }

    #[test]
    fn a_number_said_to_be_none_is_left() {
        let allowed = Allowed::from(["1503121234".to_owned()]);
        assert_eq!(mask("ordre 1503121234", &allowed).save, "ordre 1503121234");
        assert_eq!(mask("ordre 1503121234, 160312-1234", &allowed).save, "ordre 1503121234, 160312-••••");
        assert!(!while_typing("ordre 15031212", &allowed).held_back);
        assert!(while_typing("ordre 15031213", &allowed).held_back);
    }
}
