//! What one wording has that another has not, word by word.

/// So many words of a kind are compared with so many others; longer texts are told apart by what they begin and end with.
const MOST: usize = 1_500;

/// A piece of a text, and whether the other has it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextPiece<'t> {
    /// The words, with the white space after them.
    pub words: &'t str,
    /// Whether the other text has them too, in this order.
    pub is_common: bool,
}

/// A text in pieces: what another has too, and what it has not. Put together the pieces are the text.
pub fn difference<'t>(text: &'t str, other: &str) -> Vec<TextPiece<'t>> {
    let (own, theirs) = (words(text), words(other));
    let same = |own: &(usize, &str), theirs: &(usize, &str)| own.1.trim_end() == theirs.1.trim_end();
    let start = own.iter().zip(&theirs).take_while(|(own, theirs)| same(own, theirs)).count();
    let rest = own.len().min(theirs.len()) - start;
    let end =
        own.iter().rev().zip(theirs.iter().rev()).take(rest).take_while(|(own, theirs)| same(own, theirs)).count();
    let (middle, other_middle) = (&own[start..own.len() - end], &theirs[start..theirs.len() - end]);
    let mut is_common = vec![true; start];
    is_common.extend(common(middle, other_middle));
    is_common.resize(own.len(), true);

    let mut pieces: Vec<TextPiece<'t>> = Vec::new();
    let mut from = 0;
    for (place, &(at, word)) in own.iter().enumerate() {
        let to = at + word.len();
        match pieces.last_mut() {
            Some(last) if last.is_common == is_common[place] => last.words = &text[from..to],
            _ => {
                from = at;
                pieces.push(TextPiece { words: word, is_common: is_common[place] });
            }
        }
    }
    pieces
}

/// The words of a text, each with the white space after it, and where it begins.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut words = Vec::new();
    while at < text.len() {
        let rest = &text[at..];
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let space = rest[word..].find(|char: char| !char.is_whitespace()).unwrap_or(rest.len() - word);
        words.push((at, &rest[..word + space]));
        at += word + space;
    }
    words
}

/// Which of the words stand in a longest common row of both.
fn common(own: &[(usize, &str)], theirs: &[(usize, &str)]) -> Vec<bool> {
    let mut is_common = vec![false; own.len()];
    if own.len() > MOST || theirs.len() > MOST {
        return is_common;
    }
    let width = theirs.len() + 1;
    let mut longest = vec![0u16; (own.len() + 1) * width];
    let same = |one: usize, other: usize| own[one].1.trim_end() == theirs[other].1.trim_end();
    for one in (0..own.len()).rev() {
        for other in (0..theirs.len()).rev() {
            let (below, right) = (longest[(one + 1) * width + other], longest[one * width + other + 1]);
            let both = longest[(one + 1) * width + other + 1] + 1;
            longest[one * width + other] = if same(one, other) { both } else { below.max(right) };
        }
    }
    let (mut one, mut other) = (0, 0);
    while one < own.len() && other < theirs.len() {
        if same(one, other) {
            is_common[one] = true;
            (one, other) = (one + 1, other + 1);
        } else if longest[(one + 1) * width + other] >= longest[one * width + other + 1] {
            one += 1;
        } else {
            other += 1;
        }
    }
    is_common
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, other: &str, marked: &str) {
        let shown = difference(text, other)
            .into_iter()
            .map(|piece| if piece.is_common { piece.words.to_owned() } else { format!("[{}]", piece.words) });
        assert_eq!(shown.collect::<String>(), marked);
    }

    #[test]
    fn safety_what_differs_is_marked_word_by_word() {
        check("Flere er med", "Flere er med", "Flere er med");
        check("Flere børn er med", "Flere er med", "Flere [børn ]er med");
        check("Flere er med", "Flere børn er med", "Flere er med");
        check("Alle er med", "Flere er med", "[Alle ]er med");
        check("Solstrålen ved Søen", "Solstrålen i Skoven", "Solstrålen [ved Søen]");
        check("a b c d", "a x c y", "a [b ]c [d]");
        check("", "Flere", "");
        check("Flere", "", "[Flere]");
        check("Linje et\nlinje to", "Linje et\nlinje tre", "Linje et\nlinje [to]");
    }

    proptest! {
        #[test]
        fn safety_the_pieces_are_the_text_and_what_is_common_is_common_both_ways(
            text in "( ?[abcæ]{0,2}\n?){0,12}", other in "( ?[abcæ]{0,2}\n?){0,12}"
        ) {
            let pieces = difference(&text, &other);
            prop_assert_eq!(pieces.iter().map(|piece| piece.words).collect::<String>(), text.clone());
            let shared = |text: &str, other: &str| {
                let shared = difference(text, other).into_iter().filter(|piece| piece.is_common);
                shared.flat_map(|piece| piece.words.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).count()
            };
            prop_assert_eq!(shared(&text, &other), shared(&other, &text));
        }
    }

    #[test]
    fn safety_a_very_long_text_is_still_told_apart() {
        let long = |word: &str| format!("begin {} end", vec![word; 5_000].join(" "));
        let (one, other) = (long("a"), long("b"));
        let pieces = difference(&one, &other);
        assert_eq!(pieces.iter().map(|piece| piece.is_common).collect::<Vec<_>>(), [true, false, true]);
    }
}
