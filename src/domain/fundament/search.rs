//! Search for items by parts of words.

use super::{Edition, FundamentItem};
use crate::domain::text::to_lowercase_danish;

/// An item found by a search.
#[derive(Clone, Copy, Debug)]
pub struct SearchHit<'e> {
    /// The edition in which the item was found.
    pub edition: &'e Edition,
    /// The item.
    pub item: &'e FundamentItem,
}

/// Returns the items that contain all words of a query, possibly within longer words. Items with all words in their
/// label come first. An item that editions share is found only in the edition that it originates from.
pub fn search<'e>(editions: &'e [Edition], query: &str) -> Vec<SearchHit<'e>> {
    let query = to_lowercase_danish(query);
    let words: Vec<&str> = query.split_whitespace().collect();
    let (mut in_label, mut in_text) = (Vec::new(), Vec::new());
    if words.is_empty() {
        return in_label;
    }
    let contains_all = |text: &str, words: &[&str]| {
        let text = to_lowercase_danish(text);
        words.iter().all(|word| text.contains(word))
    };
    for edition in editions {
        for item in edition.sections().iter().flat_map(FundamentItem::all).filter(|item| item.from.is_none()) {
            if contains_all(&item.label, &words) {
                in_label.push(SearchHit { edition, item });
            } else if contains_all(&format!("{} {}", item.label, item.text), &words) {
                in_text.push(SearchHit { edition, item });
            }
        }
    }
    in_label.append(&mut in_text);
    in_label
}
