//! Compares a word of a query with a word of an entry.

use super::edits::count_edits;
use super::fold::{base, letter_set};

/// The length of the shortest word that may match in the middle of another word.
const SHORTEST_INSIDE: usize = 3;
/// The length of the shortest word whose typing errors are forgiven in the beginning of a longer word.
const SHORTEST_BEGINNING: usize = 5;

/// The length of the shortest word that may match with an ending of Danish grammar.
const SHORTEST_INFLECTED: usize = 4;
/// The endings of Danish nouns.
const ENDINGS: [&[u8]; 11] = [b"n", b"t", b"e", b"r", b"s", b"en", b"et", b"er", b"ne", b"ene", b"erne"];

/// The match between a typed word and another word, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum WordMatch {
    /// The words are equal.
    Equal,
    /// The words are equal but for Danish letters without their mark.
    EqualBase,
    /// The typed word is the beginning of the other.
    Beginning,
    /// The typed word is the beginning of the other but for Danish letters without their mark.
    BeginningBase,
    /// The typed word is the other with an ending of Danish grammar.
    Inflected,
    /// The typed word lies within the other.
    Inside,
    /// The words are equal but for one typing error.
    OneEdit,
    /// The typed word is the beginning of the other but for one typing error.
    BeginningOneEdit,
    /// The words are equal but for two typing errors.
    TwoEdits,
    /// The typed word is the beginning of the other but for two typing errors.
    BeginningTwoEdits,
}

/// A folded word, prepared for matching.
#[derive(Clone, Debug)]
pub(super) struct PreparedWord {
    letters: Box<[u8]>,
    bases: Box<[u8]>,
    set: u32,
}

impl PreparedWord {
    /// Prepares a folded word.
    pub(super) fn new(letters: &[u8]) -> Self {
        Self {
            bases: letters.iter().map(|&letter| base(letter)).collect(),
            set: letter_set(letters),
            letters: letters.into(),
        }
    }

    /// Returns the number of typing errors that are forgiven in a typed word.
    const fn forgiven(&self) -> usize {
        match self.bases.len() {
            0..4 => 0,
            4..8 => 1,
            _ => 2,
        }
    }

    /// Returns the match between this typed word and another word; `None` if they do not match.
    pub(super) fn matches(&self, word: &Self) -> Option<WordMatch> {
        if word.letters.len() >= SHORTEST_INFLECTED
            && let Some(ending) = self.letters.strip_prefix(&*word.letters)
            && ENDINGS.contains(&ending)
        {
            return Some(WordMatch::Inflected);
        }
        // Each letter that the other word lacks is a typing error. This rejects nearly all words at once.
        let missing = (self.set & !word.set).count_ones() as usize;
        let forgiven = self.forgiven();
        if missing > forgiven {
            return None;
        }
        if missing == 0 {
            let found = if self.letters == word.letters {
                Some(WordMatch::Equal)
            } else if self.bases == word.bases {
                Some(WordMatch::EqualBase)
            } else if word.letters.starts_with(&self.letters) {
                Some(WordMatch::Beginning)
            } else if word.bases.starts_with(&self.bases) {
                Some(WordMatch::BeginningBase)
            } else {
                let is_inside = self.bases.len() >= SHORTEST_INSIDE
                    && word.bases.windows(self.bases.len()).any(|part| *part == *self.bases);
                is_inside.then_some(WordMatch::Inside)
            };
            if found.is_some() {
                return found;
            }
        }
        if forgiven == 0 {
            return None;
        }
        let edits = count_edits(&self.bases, &word.bases, forgiven)?;
        let beginning = if self.bases.len() >= SHORTEST_BEGINNING { edits.beginning } else { usize::MAX };
        match (edits.whole, beginning) {
            (1, _) => Some(WordMatch::OneEdit),
            (_, 1) => Some(WordMatch::BeginningOneEdit),
            (2, _) if forgiven == 2 => Some(WordMatch::TwoEdits),
            (_, 2) if forgiven == 2 => Some(WordMatch::BeginningTwoEdits),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold::words;
    use super::*;

    #[track_caller]
    fn check(typed: &str, word: &str, expected: Option<WordMatch>) {
        let [typed_word, other] = [typed, word].map(|text| PreparedWord::new(&words(text)[0]));
        assert_eq!(typed_word.matches(&other), expected, "{typed} / {word}");
    }

    #[test]
    fn spelling_is_forgiven_and_ranked() {
        check("møllehøj", "Møllehøj", Some(WordMatch::Equal));
        check("moellehoej", "Møllehøj", Some(WordMatch::Equal));
        check("mollehoj", "Møllehøj", Some(WordMatch::EqualBase));
        check("moelle", "Møllehøj", Some(WordMatch::Beginning));
        check("moll", "Møllehøj", Some(WordMatch::BeginningBase));
        check("m", "Møllehøj", Some(WordMatch::Beginning));
        check("fravaer", "sygefravær", Some(WordMatch::Inside));
        check("fr", "sygefravær", None);
        check("aftalen", "aftale", Some(WordMatch::Inflected));
        check("prøvehandlingerne", "prøvehandling", Some(WordMatch::Inflected));
        check("synet", "syn", None);
    }

    #[test]
    fn typing_errors_are_forgiven_by_length() {
        check("mål", "mil", None);
        check("ture", "tura", Some(WordMatch::OneEdit));
        check("ture", "turavis", None);
        check("trisvel", "trivsel", Some(WordMatch::OneEdit));
        check("afatl", "aftalen", Some(WordMatch::BeginningOneEdit));
        check("trvisle", "trivsel", None);
        check("sygefravræ", "sygefravær", Some(WordMatch::OneEdit));
        check("sygefravre", "sygefravær", Some(WordMatch::TwoEdits));
        check("sgyefrvær", "sygefravær", Some(WordMatch::TwoEdits));
        check("sgyefrv", "sygefravær", None);
        check("kvlaitetsrapprot", "kvalitetsrapporter", Some(WordMatch::BeginningTwoEdits));
        check("kvalitet", "samtale", None);
    }
}
