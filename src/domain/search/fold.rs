//! Folds a text to words that compare equal however they are spelled.
//!
//! A folded word is a list of bytes, one for each letter: `a`–`z` and digits as they are, [`AE`], [`OE`] and [`AA`] for
//! æ, ø and å. Folded words sort in the order of the Danish alphabet. Letters of other alphabets fold to the remaining
//! bytes. Two of those letters may share a byte; a search then finds more entries than it should.

/// The letter æ, also written `ae` or `ä`.
const AE: u8 = 0x80;
/// The letter ø, also written `oe` or `ö`.
const OE: u8 = 0x81;
/// The letter å, also written `aa`.
const AA: u8 = 0x82;
/// The first byte for letters of other alphabets.
const OTHER: u8 = 0x90;

/// Calls an action with each folded word of a text.
pub(super) fn each_word(text: &str, action: &mut dyn FnMut(&[u8])) {
    let mut word = Vec::new();
    for char in text.chars().chain([' ']) {
        match char {
            // A combining mark changes the letter before: a ring or two dots make a Danish letter, other marks are
            // dropped.
            '\u{300}'..='\u{36f}' => combine(&mut word, char),
            // A soft hyphen and an apostrophe lie within a word.
            '\u{ad}' | '\'' | '’' => {}
            _ => match fold_letter(char) {
                Some(letter) => push(&mut word, letter),
                None if word.is_empty() => {}
                None => {
                    action(&word);
                    word.clear();
                }
            },
        }
    }
}

/// Calls an action with each folded word of a text that is not a filler word.
pub fn meaningful_words(text: &str, action: &mut dyn FnMut(&[u8])) {
    each_word(text, &mut |word| {
        if !is_filler(word) {
            action(word);
        }
    });
}

/// Returns the folded words of a text.
pub(super) fn words(text: &str) -> Vec<Vec<u8>> {
    let mut words = Vec::new();
    each_word(text, &mut |word| words.push(word.to_vec()));
    words
}

/// Returns whether texts are in the order of the Danish alphabet, word by word.
pub fn is_in_danish_order<'t>(texts: impl IntoIterator<Item = &'t str>) -> bool {
    texts.into_iter().map(words).is_sorted()
}

/// Returns whether a folded word is so frequent that it does not help a search.
pub(super) fn is_filler(word: &[u8]) -> bool {
    let fillers: [&[u8]; 15] = [
        b"i",
        b"og",
        b"at",
        b"af",
        b"de",
        b"en",
        b"et",
        b"er",
        b"om",
        b"til",
        b"for",
        b"den",
        b"det",
        b"med",
        &[b'p', AA],
    ];
    fillers.contains(&word)
}

/// Returns the letter without its Danish mark: `a` for æ and å, `o` for ø. People leave the mark out where a keyboard
/// lacks the letter.
pub(super) const fn base(letter: u8) -> u8 {
    match letter {
        AE | AA => b'a',
        OE => b'o',
        letter => letter,
    }
}

/// Returns the set of base letters in a word, as bits. Digits share one bit, and letters of other alphabets another.
pub(super) fn letter_set(word: &[u8]) -> u32 {
    word.iter().fold(0, |set, &letter| {
        set | match base(letter) {
            letter @ b'a'..=b'z' => 1 << (letter - b'a'),
            b'0'..=b'9' => 1 << 26,
            _ => 1 << 27,
        }
    })
}

/// Adds a letter to a word. `ae`, `oe` and `aa` become one letter.
fn push(word: &mut Vec<u8>, letter: u8) {
    let joined = match (word.last(), letter) {
        (Some(b'a'), b'e') => AE,
        (Some(b'o'), b'e') => OE,
        (Some(b'a'), b'a') => AA,
        _ => return word.push(letter),
    };
    word.pop();
    word.push(joined);
}

fn combine(word: &mut Vec<u8>, mark: char) {
    let joined = match (word.last(), mark) {
        (Some(b'a'), '\u{30a}') => AA,
        (Some(b'a'), '\u{308}') => AE,
        (Some(b'o'), '\u{308}') => OE,
        _ => return,
    };
    word.pop();
    word.push(joined);
}

/// Folds a letter or digit; `None` for a character that separates words. Written by hand, since the tables for all of
/// Unicode would enlarge the download.
fn fold_letter(char: char) -> Option<u8> {
    let small = match char {
        '\u{c0}'..='\u{de}' => char::from_u32(u32::from(char) + 0x20)?,
        _ => char.to_ascii_lowercase(),
    };
    Some(match small {
        'a'..='z' | '0'..='9' => u8::try_from(small).ok()?,
        'æ' | 'ä' => AE,
        'ø' | 'ö' => OE,
        'å' => AA,
        'à'..='ã' | '\u{100}'..='\u{105}' => b'a',
        'ç' | '\u{106}'..='\u{10d}' => b'c',
        'ð' | '\u{10e}'..='\u{111}' => b'd',
        'è'..='ë' | '\u{112}'..='\u{11b}' => b'e',
        '\u{11c}'..='\u{123}' => b'g',
        'ì'..='ï' | '\u{128}'..='\u{131}' => b'i',
        '\u{139}'..='\u{142}' => b'l',
        'ñ' | '\u{143}'..='\u{148}' => b'n',
        'ò'..='õ' | '\u{14c}'..='\u{153}' => b'o',
        '\u{154}'..='\u{159}' => b'r',
        'ß' | '\u{15a}'..='\u{161}' => b's',
        'þ' | '\u{162}'..='\u{167}' => b't',
        'ù'..='ü' | '\u{168}'..='\u{173}' => b'u',
        'ý' | 'ÿ' | '\u{176}'..='\u{178}' => b'y',
        '\u{179}'..='\u{17e}' => b'z',
        // Letters of other alphabets. Signs and pictures have other code points and separate words.
        _ if matches!(small, '\u{124}'..='\u{1fff}' | '\u{3040}'..='\u{d7ff}') => {
            OTHER + u8::try_from(u32::from(small) % 0x60).ok()?
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, are_equal: bool) {
        assert_eq!(words(one) == words(other), are_equal, "{one} / {other}: {:?} / {:?}", words(one), words(other));
    }

    #[test]
    fn spellings_of_one_word_fold_to_the_same_letters() {
        check("Møllehøj", "moellehoej", true);
        check("MØLLEHØJ", "møllehøj", true);
        check("Sygefravær", "sygefravaer", true);
        check("Åskolen", "aaskolen", true);
        check("A\u{30a}skolen", "Åskolen", true);
        check("idégenerator", "ide\u{301}generator", true);
        check("Idégenerator", "idegenerator", true);
        check("Müller Šimić", "muller simic", true);
        check("børne\u{ad}hus", "børnehus", true);
        check("Børn & Unge", "børn, unge!", true);
        check("ven/netværk", "ven netværk", true);
        check("4. kvartal 2025–2027", "4 kvartal 2025 2027", true);
        check("får", "far", false);
        check("Мир", "Рим", false);
        check("× ÷ — …", "", true);
    }

    #[test]
    fn letters_without_their_mark_share_a_base() {
        let bases = |text| words(text).concat().into_iter().map(base).collect::<Vec<_>>();
        assert_eq!(bases("Møllehøj"), bases("mollehoj"));
        assert_eq!(bases("får"), bases("far"));
        assert_eq!(letter_set(&words("får")[0]), letter_set(&words("far")[0]));
    }

    #[test]
    fn danish_letters_sort_last() {
        assert!(is_in_danish_order(["Aftale", "Zoo", "Ærlighed", "Øvelse", "Åbent valg"]));
        assert!(!is_in_danish_order(["Åbent valg", "Aftale"]));
    }
}
