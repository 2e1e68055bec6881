//! The words that one text has and another has not.

/// The highest number of words on either side that are compared with each other. In longer texts only the common
/// beginning and end are found.
const MAX_WORDS: usize = 1_500;

/// A piece of a text, and whether the other text has it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextPiece<'t> {
    /// The words, with the white space that follows them.
    pub words: &'t str,
    /// Whether the other text has them too, in this order.
    pub is_common: bool,
}

/// Splits a text into pieces that another text has too and pieces that it has not. Concatenated, the pieces are the
/// text. Words are compared without the white space that follows them.
pub fn difference<'t>(text: &'t str, other: &str) -> Vec<TextPiece<'t>> {
    let (local_words, other_words) = (words(text), words(other));
    let is_same = |one: &(usize, &str), other: &(usize, &str)| one.1.trim_end() == other.1.trim_end();
    let start = local_words.iter().zip(&other_words).take_while(|(one, other)| is_same(one, other)).count();
    let rest = local_words.len().min(other_words.len()) - start;
    let end = local_words
        .iter()
        .rev()
        .zip(other_words.iter().rev())
        .take(rest)
        .take_while(|(one, other)| is_same(one, other))
        .count();
    let (middle, other_middle) =
        (&local_words[start..local_words.len() - end], &other_words[start..other_words.len() - end]);
    let mut is_common = vec![true; start];
    is_common.extend(common(middle, other_middle));
    is_common.resize(local_words.len(), true);

    let mut pieces: Vec<TextPiece<'t>> = Vec::new();
    let mut from = 0;
    for (index, &(at, word)) in local_words.iter().enumerate() {
        let to = at + word.len();
        match pieces.last_mut() {
            Some(last) if last.is_common == is_common[index] => last.words = &text[from..to],
            _ => {
                from = at;
                pieces.push(TextPiece { words: word, is_common: is_common[index] });
            }
        }
    }
    pieces
}

/// Returns the words of a text, each with its byte offset and the white space that follows it.
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

/// Returns which of the words are in a longest common subsequence of both lists; none if a list is too long.
fn common(local_words: &[(usize, &str)], other_words: &[(usize, &str)]) -> Vec<bool> {
    let mut is_common = vec![false; local_words.len()];
    if local_words.len() > MAX_WORDS || other_words.len() > MAX_WORDS {
        return is_common;
    }
    let width = other_words.len() + 1;
    let mut longest = vec![0u16; (local_words.len() + 1) * width];
    let is_same = |one: usize, other: usize| local_words[one].1.trim_end() == other_words[other].1.trim_end();
    for one in (0..local_words.len()).rev() {
        for other in (0..other_words.len()).rev() {
            let (below, right) = (longest[(one + 1) * width + other], longest[one * width + other + 1]);
            let both = longest[(one + 1) * width + other + 1] + 1;
            longest[one * width + other] = if is_same(one, other) { both } else { below.max(right) };
        }
    }
    let (mut one, mut other) = (0, 0);
    while one < local_words.len() && other < other_words.len() {
        if is_same(one, other) {
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
    fn difference_marks_the_words_that_differ() {
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
        #![proptest_config(crate::property_test_config())]

        #[test]
        fn pieces_concatenate_to_the_text_and_common_words_are_symmetric(
            text in "( ?[abcæ]{0,2}\n?){0,12}", other in "( ?[abcæ]{0,2}\n?){0,12}"
        ) {
            let pieces = difference(&text, &other);
            prop_assert_eq!(pieces.iter().map(|piece| piece.words).collect::<String>(), text.clone());
            let common_words = |text: &str, other: &str| {
                let common = difference(text, other).into_iter().filter(|piece| piece.is_common);
                common.flat_map(|piece| piece.words.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).count()
            };
            prop_assert_eq!(common_words(&text, &other), common_words(&other, &text));
        }
    }

    #[test]
    fn long_texts_differ_between_common_start_and_end() {
        let long = |word: &str| format!("begin {} end", vec![word; 5_000].join(" "));
        let (one, other) = (long("a"), long("b"));
        let pieces = difference(&one, &other);
        assert_eq!(pieces.iter().map(|piece| piece.is_common).collect::<Vec<_>>(), [true, false, true]);
    }
}
