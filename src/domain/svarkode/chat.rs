//! Codes in a text: a whole chat, with names and chatter around them. Nothing but the codes is kept.

use super::{AnswerSheet, Codes, is_between, symbol_of};

/// What was found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChatCodes {
    /// The codes of this workshop, plain, with their answers, in the order they stand.
    pub codes: Vec<(String, AnswerSheet)>,
    /// How many more look like codes, and are mistyped or of another workshop.
    pub unfit: usize,
}

/// Words that hyphens join.
#[derive(Debug)]
struct ChatChunk {
    text: String,
    is_joined: bool,
    /// Whether nothing but one space stands between it and the chunk before.
    follows: bool,
}

impl Codes {
    /// Finds the codes in a text.
    ///
    /// A code may stand as it is shown (`K7QM-3XPD`), without its hyphens, or with spaces for them. A word that could be
    /// one by its letters alone is none: `madpakke` is a word. So what is written small, without hyphens and without a
    /// digit is passed over; typed by itself it is taken.
    pub fn find(&self, text: &str) -> ChatCodes {
        // Of a link with a code in it the last step is the code; the rest of the link is no text.
        let last_step = |word: &str| match word.rsplit_once('/') {
            Some((link, code)) if link.contains("#/svar/") => code.to_owned(),
            _ if word.contains("#/svar/") => String::new(),
            _ => word.to_owned(),
        };
        let lines = text.lines().map(|line| line.split(' ').map(last_step).collect::<Vec<_>>().join(" "));
        let chunks = chunks(&lines.collect::<Vec<_>>().join("\n"));
        let mut found = ChatCodes::default();
        let mut place = 0;
        while place < chunks.len() {
            let (code, count, is_sure) = self.candidate(&chunks[place..]);
            match self.decode(&code) {
                Ok(sheet) if !code.is_empty() => found.codes.push((plain(&code), sheet)),
                _ if is_sure => found.unfit += 1,
                _ => {}
            }
            place += count;
        }
        found
    }

    /// What could be a code at the beginning of some chunks, how many of them it takes, and whether it is surely meant to be
    /// one. An empty text where there is none.
    fn candidate(&self, chunks: &[ChatChunk]) -> (String, usize, bool) {
        let none = (String::new(), 1, false);
        let lengths = [self.length(true), self.length(false)];
        let first = &chunks[0];
        if lengths.contains(&plain(&first.text).len()) {
            let has_form = first.is_joined == first.text.contains('-') && could_be(&first.text);
            let is_sure = has_form && is_mixed(&first.text);
            return if has_form && (first.is_joined || !is_word(&first.text)) {
                (first.text.clone(), 1, is_sure)
            } else {
                none
            };
        }
        for length in lengths {
            let count = length.div_ceil(4);
            let Some(groups) = chunks.get(..count) else { continue };
            let is_whole = groups.iter().enumerate().all(|(place, group)| {
                !group.is_joined
                    && group.text.len() == (length - place * 4).min(4)
                    && (place == 0 || group.follows)
                    && could_be(&group.text)
            });
            let text: String = groups.iter().map(|group| group.text.as_str()).collect();
            // Words of four letters stand beside one another in any sentence: only what fits is a code.
            if is_whole && !is_word(&text) && self.decode(&text).is_ok() {
                return (text, count, true);
            }
        }
        none
    }
}

/// A code without what stands between its symbols, in capitals and in the symbols' own letters.
fn plain(code: &str) -> String {
    let symbols = code.chars().filter(|char| !is_between(*char));
    let own = symbols.map(|char| match char.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        char => char,
    });
    own.collect()
}

fn could_be(text: &str) -> bool {
    text.chars().all(|char| is_between(char) || symbol_of(char).is_some())
}

/// Whether it is written as words are: without digits, and not in capitals.
fn is_word(text: &str) -> bool {
    !text.chars().any(|char| char.is_ascii_digit()) && text.chars().any(|char| char.is_ascii_lowercase())
}

/// Whether it has both letters and digits.
fn is_mixed(text: &str) -> bool {
    text.chars().any(|char| char.is_ascii_digit()) && text.chars().any(|char| char.is_ascii_alphabetic())
}

/// The chunks of a text, in order.
fn chunks(text: &str) -> Vec<ChatChunk> {
    let mut chunks: Vec<ChatChunk> = Vec::new();
    let mut between = String::new();
    let mut in_word = false;
    for char in text.chars() {
        if !char.is_alphanumeric() {
            between.push(char);
            in_word = false;
            continue;
        }
        let is_hyphen = between.chars().count() == 1
            && between.chars().all(|char| is_between(char) && char != ' ' && !char.is_control());
        match chunks.last_mut() {
            Some(last) if in_word => last.text.push(char),
            Some(last) if is_hyphen => {
                last.text.extend(['-', char]);
                last.is_joined = true;
            }
            _ => chunks.push(ChatChunk { text: char.to_string(), is_joined: false, follows: between == " " }),
        }
        between.clear();
        in_word = true;
    }
    chunks
}
