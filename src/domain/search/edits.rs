//! Counts the typing errors between two words.

/// The longest word in which typing errors are looked for, in letters.
const LONGEST: usize = 32;

/// The number of typing errors between a typed word and another word, and between the typed word and a beginning of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edits {
    /// The errors between the typed word and the whole other word.
    pub(super) whole: usize,
    /// The errors between the typed word and the nearest beginning of the other word.
    pub(super) beginning: usize,
}

/// Counts the typing errors between a typed word and a word: letters left out, added or replaced, and neighbours that
/// changed places. `None` for a typed word that is too long, or that is longer than the word by more than `limit`.
pub(super) fn count_edits(typed: &[u8], word: &[u8], limit: usize) -> Option<Edits> {
    if typed.len() > LONGEST || word.len() + limit < typed.len() {
        return None;
    }
    // A beginning longer than this differs from the typed word by more than `limit`, so further letters are left out.
    let is_cut = word.len() > typed.len() + limit;
    let compared = if is_cut { &word[..typed.len() + limit] } else { word };
    // Computes the table of distances between the beginnings of both words, row by row. The row before the last one is
    // needed for neighbours that changed places.
    let mut two_back = vec![0; compared.len() + 1];
    let mut last: Vec<usize> = (0..=compared.len()).collect();
    for (row, &letter) in typed.iter().enumerate() {
        let mut next = vec![row + 1; compared.len() + 1];
        for (column, &other) in compared.iter().enumerate() {
            let replaced = last[column] + usize::from(letter != other);
            let mut nearest = replaced.min(last[column + 1] + 1).min(next[column] + 1);
            if row > 0 && column > 0 && letter == compared[column - 1] && typed[row - 1] == other {
                nearest = nearest.min(two_back[column - 1] + 1);
            }
            next[column + 1] = nearest;
        }
        two_back = std::mem::replace(&mut last, next);
    }
    let beginning = last.iter().copied().min().unwrap_or_default();
    let whole = if is_cut { usize::MAX } else { last[compared.len()] };
    Some(Edits { whole, beginning })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, word: &str, whole: usize, beginning: usize) {
        let edits = count_edits(typed.as_bytes(), word.as_bytes(), 2);
        assert_eq!(edits, Some(Edits { whole, beginning }), "{typed} / {word}");
    }

    #[test]
    fn each_typing_error_counts_one() {
        check("trivsel", "trivsel", 0, 0);
        check("trivsl", "trivsel", 1, 1);
        check("trivssel", "trivsel", 1, 1);
        check("trovsel", "trivsel", 1, 1);
        check("trisvel", "trivsel", 1, 1);
        check("rtisvel", "trivsel", 2, 2);
        check("aftel", "aftale", 2, 1);
        check("afatle", "aftalen", 2, 1);
        check("fravre", "fraver", 1, 1);
    }

    #[test]
    fn words_of_other_lengths_are_compared_by_their_beginning_only() {
        check("fravr", "fraversdage", usize::MAX, 1);
        assert_eq!(count_edits(b"kvalitet", b"kval", 2), None);
        assert_eq!(count_edits(&[b'a'; 40], &[b'a'; 40], 2), None);
    }
}
