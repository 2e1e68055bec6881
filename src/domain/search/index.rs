//! Indexes all entries and searches the index.
//!
//! The index holds each distinct word once, with the entries that have it. A query is compared with these words instead
//! of the entries, so the result of a key appears within a frame even with a whole municipality's goals.

use std::collections::HashMap;

use super::fold::{each_word, is_filler, words};
use super::matching::{PreparedWord, WordMatch};
use super::{SearchEntry, SearchKind};

/// The number of words at the beginning of a title that are compared with the whole query.
const TITLE_WORDS: usize = 5;
/// The largest number of words of a query. Further words are left out.
const QUERY_WORDS: usize = 8;
/// The rank of an entry that the query does not match.
const NOT_FOUND: u8 = u8::MAX;
/// The lowest rank of an entry that matches only with typing errors.
const FIRST_EDITED: u8 = rank(WordMatch::OneEdit, true);

/// The highest rank of an entry whose title or aliases contain words that equal the words of the query or begin with
/// them.
const LAST_BEGINNING: u8 = rank(WordMatch::BeginningBase, true);

/// Entries, prepared for searching.
#[derive(Debug)]
pub struct SearchIndex {
    entries: Vec<SearchEntry>,
    words: Vec<IndexedWord>,
    /// The beginning of each title.
    titles: Vec<TitleWords>,
}

/// A distinct word, with the positions of the entries that have it in their title or aliases, and elsewhere.
#[derive(Debug)]
struct IndexedWord {
    word: PreparedWord,
    in_names: Vec<usize>,
    elsewhere: Vec<usize>,
}

/// The first words of a title, as positions in the list of words.
#[derive(Clone, Copy, Debug, Default)]
struct TitleWords {
    first: [usize; TITLE_WORDS],
    count: usize,
}

/// The result of a search.
#[derive(Debug)]
pub struct SearchOutcome<'i> {
    /// The best entries, the best first.
    pub best: Vec<&'i SearchEntry>,
    /// The number of all matching entries.
    pub count: usize,
}

/// The sort key of an entry: rank, kind, whether the entry belongs to others, length of the title, position.
type SortKey = (u8, SearchKind, bool, usize, usize);

/// Returns the rank of an entry that matches one word of a query, the lowest being the best. Ranks 0 and 1 are for
/// titles that equal the query or begin with it. An item of the foundation never gets rank 0, so that pages and records
/// whose titles begin with the query come first.
const fn rank(how: WordMatch, is_in_name: bool) -> u8 {
    let (in_name, elsewhere) = match how {
        WordMatch::Equal => (2, 8),
        WordMatch::EqualBase => (3, 8),
        WordMatch::Beginning => (4, 9),
        WordMatch::BeginningBase => (5, 9),
        WordMatch::Inflected => (6, 10),
        WordMatch::Inside => (7, 10),
        WordMatch::OneEdit => (11, 13),
        WordMatch::BeginningOneEdit => (12, 13),
        WordMatch::TwoEdits => (14, 16),
        WordMatch::BeginningTwoEdits => (15, 16),
    };
    if is_in_name { in_name } else { elsewhere }
}

impl SearchIndex {
    /// Indexes entries.
    pub fn new(entries: Vec<SearchEntry>) -> Self {
        let mut positions: HashMap<Vec<u8>, usize> = HashMap::new();
        let mut words: Vec<IndexedWord> = Vec::new();
        let mut titles = vec![TitleWords::default(); entries.len()];
        for (number, entry) in entries.iter().enumerate() {
            let texts = [
                (&*entry.title, true),
                (&*entry.aliases, true),
                (&*entry.place, false),
                (&*entry.details, false),
                (entry.kind.danish(), false),
            ];
            for (at, (text, is_name)) in texts.into_iter().enumerate() {
                each_word(text, &mut |word| {
                    if is_filler(word) {
                        return;
                    }
                    let position = positions.get(word).copied().unwrap_or_else(|| {
                        positions.insert(word.to_vec(), words.len());
                        let word = PreparedWord::new(word);
                        words.push(IndexedWord { word, in_names: Vec::new(), elsewhere: Vec::new() });
                        words.len() - 1
                    });
                    let indexed = &mut words[position];
                    if at == 0 {
                        titles[number].push(position);
                    }
                    let list = if is_name { &mut indexed.in_names } else { &mut indexed.elsewhere };
                    // Entries are indexed in order, so an entry that is already in the list is its last element.
                    if list.last() != Some(&number) {
                        list.push(number);
                    }
                });
            }
        }
        Self { entries, words, titles }
    }

    /// Returns all entries, in the order in which they were given.
    pub fn entries(&self) -> &[SearchEntry] {
        &self.entries
    }

    /// Finds the entries that match every word of a query, and returns the best of them, at most `limit`. Nothing is
    /// found for a query without words.
    pub fn search(&self, query: &str, limit: usize) -> SearchOutcome<'_> {
        let typed = prepare_query(query);
        let mut ranks = vec![if typed.is_empty() { NOT_FOUND } else { 0 }; self.entries.len()];
        // For each word of the query, the match with each indexed word.
        let mut matches: Vec<Vec<Option<WordMatch>>> = Vec::with_capacity(typed.len());
        for typed in &typed {
            let found: Vec<Option<WordMatch>> = self.words.iter().map(|indexed| typed.matches(&indexed.word)).collect();
            let mut best = vec![NOT_FOUND; self.entries.len()];
            for (indexed, how) in self.words.iter().zip(&found) {
                let Some(how) = *how else { continue };
                for (list, is_name) in [(&indexed.in_names, true), (&indexed.elsewhere, false)] {
                    let rank = rank(how, is_name);
                    for &entry in list {
                        best[entry] = best[entry].min(rank);
                    }
                }
            }
            for (rank, best) in ranks.iter_mut().zip(best) {
                *rank = (*rank).max(best);
            }
            matches.push(found);
        }
        let has_exact = ranks.iter().any(|rank| *rank < FIRST_EDITED);
        let worst = if has_exact { FIRST_EDITED } else { NOT_FOUND };
        let (mut best, mut count): (Vec<SortKey>, usize) = (Vec::new(), 0);
        for (number, rank) in ranks.into_iter().enumerate().filter(|(_, rank)| *rank < worst) {
            count += 1;
            let entry = &self.entries[number];
            // Only such a rank allows the title to equal the query or to begin with it.
            let title = (rank <= LAST_BEGINNING).then(|| self.titles[number].rank(&matches)).flatten();
            let title = title.map(|rank| if entry.kind == SearchKind::Foundation { rank.max(1) } else { rank });
            let rank = title.unwrap_or(rank);
            let key = (rank, entry.kind, !entry.is_own, entry.title.len(), number);
            let at = best.partition_point(|other| *other < key);
            if at < limit {
                best.insert(at, key);
                best.truncate(limit);
            }
        }
        SearchOutcome { best: best.into_iter().map(|(.., number)| &self.entries[number]).collect(), count }
    }
}

/// Prepares the words of a query. Filler words are left out. The last word is always kept, because it may be the
/// beginning of another word.
fn prepare_query(query: &str) -> Vec<PreparedWord> {
    let words = words(query);
    let last = words.len().saturating_sub(1);
    let counts = words.iter().enumerate().filter(|(at, word)| *at == last || !is_filler(word));
    counts.take(QUERY_WORDS).map(|(_, word)| PreparedWord::new(word)).collect()
}

impl TitleWords {
    fn push(&mut self, word: usize) {
        if let Some(free) = self.first.get_mut(self.count) {
            *free = word;
        }
        self.count += 1;
    }

    /// Returns the rank of a title that equals the query or begins with it; `None` for others.
    fn rank(&self, matches: &[Vec<Option<WordMatch>>]) -> Option<u8> {
        let count = matches.len();
        if count == 0 || count > self.count.min(TITLE_WORDS) {
            return None;
        }
        let worst_of = |count| {
            let mut found = self.first.iter().zip(matches).take(count).map(|(&word, found)| found[word]);
            found.try_fold(WordMatch::Equal, |worst, how| how.map(|how| worst.max(how)))
        };
        let (before, all) = (worst_of(count - 1)?, worst_of(count)?);
        if all <= WordMatch::EqualBase && count == self.count {
            Some(0)
        } else if before <= WordMatch::EqualBase && all <= WordMatch::BeginningBase {
            Some(1)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::search::SearchTarget;

    fn entry(kind: SearchKind, title: &str, place: &str) -> SearchEntry {
        SearchEntry {
            kind,
            title: title.to_owned(),
            aliases: String::new(),
            place: place.to_owned(),
            details: String::new(),
            is_own: false,
            target: SearchTarget::Command(0),
        }
    }

    fn index() -> SearchIndex {
        use SearchKind::{Foundation, Goal, Page, Term, Unit};
        SearchIndex::new(vec![
            entry(Foundation, "De fire syn", "Forskellige i fællesskab"),
            entry(Foundation, "Børnesyn", "De fire syn"),
            entry(Term, "Syn", ""),
            entry(Goal, "Færre har højt fravær", "Møllehøj Skole"),
            entry(Goal, "Fravær tages op på Møllehøj hver uge", "Engskolen"),
            entry(Unit, "Møllehøj Skole", "Skole"),
            entry(Unit, "Børnehuset Møllehøj", "Børnehus"),
            entry(Unit, "Engskolen", "Skole"),
            entry(Page, "Aftale", ""),
            SearchEntry { aliases: "dagsorden".to_owned(), ..entry(Page, "Kvalitetssamtale", "") },
            SearchEntry { is_own: true, ..entry(Goal, "Færre har meget højt fravær", "Bakkeskolen") },
        ])
    }

    /// Checks the titles of the entries that a query finds.
    #[track_caller]
    fn check(query: &str, titles: &[&str]) {
        let index = index();
        let found = index.search(query, 12);
        let found: Vec<&str> = found.best.iter().map(|entry| &*entry.title).collect();
        assert_eq!(found, titles, "{query}");
    }

    #[test]
    fn order_is_whole_title_then_beginning_then_words_then_parts() {
        check("syn", &["Syn", "De fire syn", "Børnesyn"]);
        check(
            "moellehoej",
            &["Møllehøj Skole", "Børnehuset Møllehøj", "Fravær tages op på Møllehøj hver uge", "Færre har højt fravær"],
        );
        check(
            "mollehoj",
            &["Møllehøj Skole", "Børnehuset Møllehøj", "Fravær tages op på Møllehøj hver uge", "Færre har højt fravær"],
        );
        check(
            "fravær",
            &["Fravær tages op på Møllehøj hver uge", "Færre har meget højt fravær", "Færre har højt fravær"],
        );
        check("samtale", &["Kvalitetssamtale"]);
        check("dagsordenen", &["Kvalitetssamtale"]);
        check("aftalen", &["Aftale"]);
    }

    #[test]
    fn words_match_in_any_order_and_across_title_place_and_kind() {
        check("skole møllehøj", &["Møllehøj Skole", "Færre har højt fravær", "Fravær tages op på Møllehøj hver uge"]);
        check("fravær møllehøj skole", &["Færre har højt fravær", "Fravær tages op på Møllehøj hver uge"]);
        check("mål engskolen", &["Fravær tages op på Møllehøj hver uge"]);
        check("de syn", &["Syn", "De fire syn", "Børnesyn"]);
    }

    #[test]
    fn typing_errors_are_forgiven_only_where_nothing_matches_without() {
        check("kvalitetssamtlae", &["Kvalitetssamtale"]);
        check(
            "mlølehøj",
            &["Møllehøj Skole", "Børnehuset Møllehøj", "Fravær tages op på Møllehøj hver uge", "Færre har højt fravær"],
        );
        check("atfale", &["Aftale"]);
        check("aftale", &["Aftale"]);
        check("xyz", &[]);
        check("møllehøj xyz", &[]);
    }

    #[test]
    fn nothing_is_found_for_nothing_and_counts_go_beyond_the_limit() {
        check("", &[]);
        check(" – ", &[]);
        let index = index();
        let found = index.search("skole", 2);
        assert_eq!((found.best.len(), found.count), (2, 5));
    }
}
