//! Finds the texts that are most similar to a text, while it is typed.
//!
//! A text is taken apart into the sequences of three letters (trigrams) of its folded words. Compounds and inflected
//! words share most of their trigrams, so neither a word list nor grammar is needed. Texts are ranked by BM25 over
//! trigrams (decision 045).

use super::search::meaningful_words;

/// The number of buckets that trigrams are hashed to. Two trigrams in one bucket count as one, which is rare.
const BUCKETS: usize = 1 << 15;
/// How fast further occurrences of a trigram in a text lose weight (`k1` of BM25).
const SATURATION: f64 = 1.2;
/// How much the length of a text counts (`b` of BM25).
const LENGTH_SHARE: f64 = 0.5;
/// The smallest share of a query that a similar text has, weighted by how rare its trigrams are.
const SMALLEST_SHARE: f64 = 0.3;
/// The number of texts that rarity is computed with at least. Among a few texts every trigram of a text looks frequent
/// beside one that no text has, so that hardly any idea would find the first practice of a unit.
const FEWEST_TEXTS: f64 = 10.0;

/// An index of texts.
#[derive(Clone, Debug, Default)]
pub struct SimilarityIndex {
    /// The number of texts.
    texts: usize,
    /// The position in `postings` at which each bucket begins, and the end of the last bucket.
    starts: Vec<usize>,
    /// For each bucket, the texts that have one of its trigrams, with the weight of its occurrences in the text. (A key
    /// has no time to divide.)
    postings: Vec<(usize, f64)>,
}

impl SimilarityIndex {
    /// Indexes texts. A text is given as its title, which counts twice, and its further words.
    pub fn new(texts: &[(String, String)]) -> Self {
        let mut starts = vec![0; BUCKETS + 1];
        let mut last_text = vec![usize::MAX; BUCKETS];
        each_posting(texts, &mut |text, bucket| {
            if last_text.get(bucket) != Some(&text)
                && let (Some(last), Some(count)) = (last_text.get_mut(bucket), starts.get_mut(bucket + 1))
            {
                *last = text;
                *count += 1;
            }
        });
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let (mut ends, mut postings, mut lengths) =
            (starts.clone(), vec![(usize::MAX, 0.0); total], vec![0.0; texts.len()]);
        each_posting(texts, &mut |text, bucket| {
            let (Some(end), Some(length)) = (ends.get_mut(bucket), lengths.get_mut(text)) else { return };
            *length += 1.0;
            // The texts come in order, so the text is the last one of its bucket or a new one.
            let is_new = end.checked_sub(1).filter(|last| starts.get(bucket).is_some_and(|start| start <= last));
            let is_new = is_new.and_then(|last| postings.get(last)).is_none_or(|(last, _)| *last != text);
            if is_new {
                *end += 1;
            }
            if let Some(posting) = end.checked_sub(1).and_then(|last| postings.get_mut(last)) {
                *posting = (text, posting.1 + 1.0);
            }
        });
        let average = lengths.iter().sum::<f64>() / size(texts.len()).max(1.0);
        for (text, weight) in &mut postings {
            let length = lengths.get(*text).copied().unwrap_or_default() / average;
            let saturated = *weight + SATURATION * (1.0 - LENGTH_SHARE + LENGTH_SHARE * length);
            *weight *= (SATURATION + 1.0) / saturated;
        }
        Self { texts: texts.len(), starts, postings }
    }

    /// Returns the positions of at most `count` texts that are similar to a text, the most similar first.
    pub fn most_similar(&self, text: &str, count: usize) -> Vec<usize> {
        let compared = size(self.texts).max(FEWEST_TEXTS);
        let mut buckets = Vec::new();
        each_trigram(text, &mut |bucket| {
            if !buckets.contains(&bucket) {
                buckets.push(bucket);
            }
        });
        let mut scores = vec![(0.0, 0.0); self.texts];
        let mut whole = 0.0;
        for bucket in buckets {
            let postings = self.bucket(bucket);
            let with = size(postings.len());
            let rarity = ((compared - with + 0.5) / (with + 0.5) + 1.0).ln();
            whole += rarity;
            for (text, weight) in postings {
                if let Some((score, share)) = scores.get_mut(*text) {
                    *score += rarity * weight;
                    *share += rarity;
                }
            }
        }
        let mut best: Vec<(f64, usize)> = Vec::new();
        for (text, (score, share)) in scores.into_iter().enumerate() {
            if share < whole * SMALLEST_SHARE || share <= 0.0 {
                continue;
            }
            let position = best.partition_point(|(other, _)| *other >= score);
            if position < count {
                best.insert(position, (score, text));
                best.truncate(count);
            }
        }
        best.into_iter().map(|(_, text)| text).collect()
    }

    /// Returns the postings of a bucket.
    fn bucket(&self, bucket: usize) -> &[(usize, f64)] {
        let range = self.starts.get(bucket).zip(self.starts.get(bucket + 1));
        range.and_then(|(start, end)| self.postings.get(*start..*end)).unwrap_or_default()
    }
}

/// Converts a count for a calculation.
#[allow(clippy::cast_precision_loss, reason = "no device holds more texts than a float counts exactly")]
const fn size(count: usize) -> f64 {
    count as f64
}

/// Calls an action with the position of each text and the bucket of each of its trigrams.
fn each_posting(texts: &[(String, String)], action: &mut dyn FnMut(usize, usize)) {
    for (text, (title, words)) in texts.iter().enumerate() {
        for part in [title, title, words] {
            each_trigram(part, &mut |bucket| action(text, bucket));
        }
    }
}

/// Calls an action with the bucket of each trigram of a text. The beginning and the end of a word count as a letter.
fn each_trigram(text: &str, action: &mut dyn FnMut(usize)) {
    meaningful_words(text, &mut |word| {
        let mut letters = [0, 0, 0];
        for letter in word.iter().copied().chain([0]) {
            letters = [letters[1], letters[2], letter];
            if letters[1] != 0 {
                action(bucket_of(letters));
            }
        }
    });
}

/// Hashes a trigram to a bucket.
fn bucket_of(letters: [u8; 3]) -> usize {
    let hash =
        letters.into_iter().fold(0x811c_9dc5_u32, |hash, letter| (hash ^ u32::from(letter)).wrapping_mul(0x0100_0193));
    usize::try_from(hash >> 17).unwrap_or_default()
}

#[cfg(test)]
mod tests;
