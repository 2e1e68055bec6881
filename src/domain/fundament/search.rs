//! Finding items by a part of a word.

use super::super::text::small_letters;
use super::{Edition, FundamentItem};

/// An item that was found, and where.
#[derive(Clone, Copy, Debug)]
pub struct SearchHit<'e> {
    /// The edition.
    pub edition: &'e Edition,
    /// The item.
    pub item: &'e FundamentItem,
}

/// The items in which all words of a question stand, as parts of words; those first that have them in their name. What
/// editions share is found once, in the first of them.
pub fn search<'e>(editions: &'e [Edition], question: &str) -> Vec<SearchHit<'e>> {
    let question = small_letters(question);
    let words: Vec<&str> = question.split_whitespace().collect();
    let (mut named, mut said) = (Vec::new(), Vec::new());
    if words.is_empty() {
        return named;
    }
    let holds = |text: &str, words: &[&str]| {
        let text = small_letters(text);
        words.iter().all(|word| text.contains(word))
    };
    for edition in editions {
        for item in edition.sections().iter().flat_map(FundamentItem::all).filter(|item| item.from.is_none()) {
            if holds(&item.label, &words) {
                named.push(SearchHit { edition, item });
            } else if holds(&format!("{} {}", item.label, item.text), &words) {
                said.push(SearchHit { edition, item });
            }
        }
    }
    named.append(&mut said);
    named
}
