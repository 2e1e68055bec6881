//! Finds the offers of help that fit a request for help, by the words that both have.
//!
//! Words are folded as the search folds them. Two words match if their stems are equal, or if they share a part:
//! Danish compounds are matched in part (`skolefravær` and `fraværsteam`). Words that nearly every unit writes are
//! ignored.
//!
//! # Invariants
//!
//! * Units must never be ranked: fitting offers keep the order in which they are given, and have no score.

use super::fractional_index;
use super::search::meaningful_words;
use super::text::to_lowercase_danish;

/// The largest number of offers that fit a request.
pub const MOST_FITTING: usize = 3;

/// The number of letters of the shortest stem that matches an equal one.
const SHORTEST_STEM: usize = 3;
/// The number of letters that an ending leaves at least.
const SHORTEST_WITHOUT_ENDING: usize = 4;
/// The number of letters of the shortest stem that matches at the beginning of a longer one.
const SHORTEST_BEGINNING: usize = 4;
/// The number of letters of the shortest part that lies within a word, or ends one word and begins the other.
const SHORTEST_PART: usize = 5;
/// The number of letters that two words must have in common at the beginning if neither is the beginning of the other.
const COMMON_BEGINNING: usize = 6;
/// The same, for words with at most [`LONGEST_REST`] further letters: `trivsel` and `trivslen`.
const COMMON_BEGINNING_OF_FORMS: usize = 5;
/// The number of letters by which two forms of one word differ at most.
const LONGEST_REST: usize = 2;
/// The number of letters that two words must have in common at the end if neither is the end of the other. Danish words
/// of different meaning share long endings: `inddragelse` and `opdragelse`.
const COMMON_END: usize = 9;

/// The endings of Danish words, longer ones before those that they end with.
const ENDINGS: [&[u8]; 14] =
    [b"ernes", b"erne", b"enes", b"ene", b"ens", b"ets", b"es", b"en", b"et", b"er", b"ne", b"te", b"e", b"s"];

/// The words that say nothing about the matter of a request. Those that begin longer words (`arbejdsglæde`) count for
/// the beginning too.
const COMMON_WORDS: &str = "vi os vores jeg du jer jeres han hun dem deres man hvad hvem hvor hvordan hvornår hvilke som der når så da men \
     eller også ikke kun lige mere mest meget mange flere fler få færre nogen noget nogle alle alt andre anden andet \
     begge hver hele samme sådan kan kunne vil ville skal skulle må har have haft være været blive bliver gøre gør \
     gjort få får fået tage tager give giver giv bruge bruger lave laver se ser sige komme kommer vide ved hjælp \
     hjælpe hjælper tilbyde tilbyder gerne godt god gode bedre bedst svært svær svære nemt lettere fra hos over under \
     efter mellem uden ind ud op ned igen før nu her hen børn barn unge elev elever skole skoler dagtilbud børnehus \
     børnehave enhed leder ledere medarbejder personale voksne team hold gruppe arbejde arbejder samarbejde erfaring \
     viden idé ideer måde måder dag dage uge uger år tid gang gange time timer del mål indsats indsatser praksis \
     sammen";

/// An offer that fits a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpMatch {
    /// The position of the offer.
    pub offer: usize,
    /// The words of the offer that match, in small letters and in the order of the offer.
    pub words: Vec<String>,
}

/// A word of a text.
struct HelpWord {
    /// The word as it is written, in small letters.
    written: String,
    /// The folded word without its ending.
    stem: Vec<u8>,
}

/// Returns the offers that fit a request, at most [`MOST_FITTING`], in the order in which they are given.
///
/// The offers with the most matching words are chosen. Of equal ones, the first are.
pub fn fitting_offers(request: &str, offers: &[&str]) -> Vec<HelpMatch> {
    let common: Vec<Vec<u8>> = words(COMMON_WORDS, &[]).into_iter().map(|word| word.stem).collect();
    let requested = words(request, &common);
    let mut fitting: Vec<HelpMatch> = Vec::new();
    for (offer, text) in offers.iter().enumerate() {
        let mut matching: Vec<String> = Vec::new();
        for word in words(text, &common) {
            let is_requested = requested.iter().any(|other| are_related(&word.stem, &other.stem, &common));
            if is_requested && !matching.contains(&word.written) {
                matching.push(word.written);
            }
        }
        if !matching.is_empty() {
            let position = fitting.partition_point(|other| other.words.len() >= matching.len());
            fitting.insert(position, HelpMatch { offer, words: matching });
            fitting.truncate(MOST_FITTING);
        }
    }
    fractional_index::sorted(fitting, &|one, other| one.offer < other.offer)
}

/// Returns the words of a text whose stems are long enough and not common.
fn words(text: &str, common: &[Vec<u8>]) -> Vec<HelpWord> {
    let is_separator = |char: char| {
        char.is_whitespace() || char.is_ascii_punctuation() || matches!(char, '«' | '»' | '–' | '—' | '…' | '”' | '“')
    };
    let mut found = Vec::new();
    for token in text.split(is_separator) {
        meaningful_words(token, &mut |folded| {
            let stem = without_ending(folded);
            if stem.len() >= SHORTEST_STEM && !common.iter().any(|word| *word == stem) {
                found.push(HelpWord { written: to_lowercase_danish(token), stem: stem.to_vec() });
            }
        });
    }
    found
}

/// Returns a folded word without its ending.
fn without_ending(word: &[u8]) -> &[u8] {
    let mut stems = ENDINGS.iter().filter_map(|ending| word.strip_suffix(*ending));
    stems.find(|stem| stem.len() >= SHORTEST_WITHOUT_ENDING).unwrap_or(word)
}

/// Returns whether two stems are equal, or share a part that is no common word.
fn are_related(one: &[u8], other: &[u8], common: &[Vec<u8>]) -> bool {
    if one == other {
        return true;
    }
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let is_contained = (short.len() >= SHORTEST_BEGINNING && long.starts_with(short))
        || (short.len() >= SHORTEST_PART && long.windows(short.len()).any(|part| part == short));
    if is_contained {
        return true;
    }
    let beginning = one.iter().zip(other).take_while(|(letter, other)| letter == other).count();
    let are_forms = beginning >= COMMON_BEGINNING_OF_FORMS && long.len() <= beginning + LONGEST_REST;
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(letter, other)| letter == other).count();
    let is_common = |part: Option<&[u8]>| part.is_none_or(|part| is_common_part(part, common));
    ((beginning >= COMMON_BEGINNING || are_forms) && !is_common(short.get(..beginning)))
        || (end >= COMMON_END && !is_common(short.get(short.len() - end..)))
        || [(one, other), (other, one)].into_iter().any(|(first, second)| !is_common(overlap(first, second)))
}

/// Returns the longest part that ends one word and begins the other; `None` if the part is too short.
fn overlap<'w>(first: &'w [u8], second: &[u8]) -> Option<&'w [u8]> {
    let lengths = (SHORTEST_PART..first.len().min(second.len())).rev();
    lengths.filter_map(|length| first.get(first.len() - length..)).find(|part| second.starts_with(part))
}

/// Returns whether a part of two words is a common word, or one with at most two further letters: a letter that joins
/// the parts of a compound, and the first letter of the next part.
fn is_common_part(part: &[u8], common: &[Vec<u8>]) -> bool {
    let is_of_length = |word: &[u8]| word.len() >= SHORTEST_BEGINNING && word.len() + LONGEST_REST >= part.len();
    common.iter().any(|word| is_of_length(word) && part.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the words of one offer that match a request; empty if the offer does not fit.
    #[track_caller]
    fn check(request: &str, offer: &str, expected: &[&str]) {
        let fitting = fitting_offers(request, &[offer]);
        let found: Vec<&str> = fitting.iter().flat_map(|fit| &fit.words).map(String::as_str).collect();
        assert_eq!(found, expected, "{request} / {offer}");
    }

    #[test]
    fn equal_words_match_in_any_form_and_spelling() {
        check("Højt fravær i udskolingen", "Vi fik fraværet ned", &["fraværet"]);
        check("hoejt fravaer", "Fravær!", &["fravær"]);
        check("Overgange mellem klasser", "En god overgang til 1. klasse", &["overgang", "klasse"]);
        check("Forældrene kommer ikke", "Forældremøder, som forældre vil til", &["forældremøder", "forældre"]);
        check("Trivslen i klassen", "Trivsel for alle", &["trivsel"]);
        check("uro", "Ro og uro i timerne", &["uro"]);
    }

    #[test]
    fn compounds_match_in_part() {
        check("Skolefravær", "Et fraværsteam, der ringer hjem", &["fraværsteam"]);
        check("Læsning", "Makkerlæsning hver morgen", &["makkerlæsning"]);
        check("Makkerlæsning", "Vi begyndte med læsning", &["læsning"]);
        check("Sygefravær blandt personalet", "Fraværssamtaler", &["fraværssamtaler"]);
        check("Sprog hos de små", "Sprogvurderinger/sprogleg", &["sprogvurderinger", "sprogleg"]);
    }

    #[test]
    fn common_words_and_shared_endings_do_not_match() {
        check("Vi vil gerne have hjælp til vores børn", "Vi kan hjælpe andre med børn og unge", &[]);
        check("Arbejdsglæde", "Samarbejde med klubben", &[]);
        check("Skolestart", "Skolehave", &[]);
        check("Inddragelse", "Opdragelse", &[]);
        check("Forberedelse", "Forbedring", &[]);
        check("Uge 7", "7 uger", &[]);
        check("", "Fravær", &[]);
        check("Fravær", " \n", &[]);
    }

    #[test]
    fn at_most_three_offers_fit_and_keep_their_order() {
        let offers = [
            "Vi har sunget os til ro om morgenen",
            "Fravær",
            "Natur og udeliv",
            "Fravær og morgenmad",
            "Fravær, morgenmad og opkald",
            "Fravær hos de ældste",
        ];
        let fitting = fitting_offers("Fravær om morgenen: opkald eller morgenmad?", &offers);
        let found: Vec<(usize, usize)> = fitting.iter().map(|fit| (fit.offer, fit.words.len())).collect();
        assert_eq!(found, [(0, 1), (3, 2), (4, 3)]);
        assert!(fitting_offers("Svømning", &offers).is_empty());
    }

    #[test]
    fn matching_word_is_named_once() {
        check("Motorik", "Motorik ude, motorik inde", &["motorik"]);
    }
}
