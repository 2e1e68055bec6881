//! Finding codes in a pasted text, such as the chat of a meeting with names and other messages. Nothing but the codes
//! is kept.

use super::{AnswerSheet, Codes, is_separator, symbol_of};

/// The codes found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChatCodes {
    /// The codes of this workshop in normal form, with their answers, in the order of the text.
    pub codes: Vec<(String, AnswerSheet)>,
    /// The number of other words that look like codes: mistyped ones and those of other workshops.
    pub rejected_count: usize,
}

/// A word, or several words joined by hyphens.
#[derive(Debug)]
struct ChatChunk {
    text: String,
    /// Whether the chunk contains hyphens.
    is_hyphenated: bool,
    /// Whether exactly one space separates the chunk from the one before.
    follows_one_space: bool,
}

impl Codes {
    /// Finds the codes in a text.
    ///
    /// A code may be written as it is displayed (`K7QM-3XPD`), without hyphens, or with spaces instead. A word in lower
    /// case without hyphens and digits is not taken as a code, even if its letters and its length are possible:
    /// `madpakke` is a Danish word. ([`decode`](Self::decode) does accept such a code.)
    pub fn find(&self, text: &str) -> ChatCodes {
        // The last step of a link to a workshop is the code. The rest of the link is skipped.
        let strip_link = |word: &str| match word.rsplit_once('/') {
            Some((link, code)) if link.contains("#/svar/") => code.to_owned(),
            _ if word.contains("#/svar/") => String::new(),
            _ => word.to_owned(),
        };
        let lines = text.lines().map(|line| line.split(' ').map(strip_link).collect::<Vec<_>>().join(" "));
        let chunks = chunks(&lines.collect::<Vec<_>>().join("\n"));
        let mut found = ChatCodes::default();
        let mut next = 0;
        while next < chunks.len() {
            let (code, count, is_certain) = self.candidate(&chunks[next..]);
            match self.decode(&code) {
                Ok(sheet) if !code.is_empty() => found.codes.push((normalize(&code), sheet)),
                _ if is_certain => found.rejected_count += 1,
                _ => {}
            }
            next += count;
        }
        found
    }

    /// Returns a possible code at the beginning of some chunks, the number of chunks it takes, and whether it is
    /// certainly meant as a code. Without a possible code the text is empty and the number is 1.
    fn candidate(&self, chunks: &[ChatChunk]) -> (String, usize, bool) {
        let none = (String::new(), 1, false);
        let lengths = [self.length(true), self.length(false)];
        let first = &chunks[0];
        if lengths.contains(&normalize(&first.text).len()) {
            let is_well_formed = first.is_hyphenated == first.text.contains('-') && has_code_chars_only(&first.text);
            let is_certain = is_well_formed && has_letters_and_digits(&first.text);
            return if is_well_formed && (first.is_hyphenated || !is_word(&first.text)) {
                (first.text.clone(), 1, is_certain)
            } else {
                none
            };
        }
        for length in lengths {
            let count = length.div_ceil(4);
            let Some(groups) = chunks.get(..count) else { continue };
            let is_complete = groups.iter().enumerate().all(|(index, group)| {
                !group.is_hyphenated
                    && group.text.len() == (length - index * 4).min(4)
                    && (index == 0 || group.follows_one_space)
                    && has_code_chars_only(&group.text)
            });
            let text: String = groups.iter().map(|group| group.text.as_str()).collect();
            // Words of four letters follow each other in many sentences, so only a valid code counts.
            if is_complete && !is_word(&text) && self.decode(&text).is_ok() {
                return (text, count, true);
            }
        }
        none
    }
}

/// Converts a code to normal form: capitals, no separators, and `0` and `1` for letters that look like them.
fn normalize(code: &str) -> String {
    let symbols = code.chars().filter(|char| !is_separator(*char));
    let normalized = symbols.map(|char| match char.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        char => char,
    });
    normalized.collect()
}

/// Returns whether a text consists of symbols and separators of codes only.
fn has_code_chars_only(text: &str) -> bool {
    text.chars().all(|char| is_separator(char) || symbol_of(char).is_some())
}

/// Returns whether a text is written like a word: without digits and not in capitals only.
fn is_word(text: &str) -> bool {
    !text.chars().any(|char| char.is_ascii_digit()) && text.chars().any(|char| char.is_ascii_lowercase())
}

/// Returns whether a text has both letters and digits.
fn has_letters_and_digits(text: &str) -> bool {
    text.chars().any(|char| char.is_ascii_digit()) && text.chars().any(|char| char.is_ascii_alphabetic())
}

/// Splits a text into chunks.
fn chunks(text: &str) -> Vec<ChatChunk> {
    let mut chunks: Vec<ChatChunk> = Vec::new();
    let mut separator = String::new();
    let mut in_word = false;
    for char in text.chars() {
        if !char.is_alphanumeric() {
            separator.push(char);
            in_word = false;
            continue;
        }
        let is_hyphen = separator.chars().count() == 1
            && separator.chars().all(|char| is_separator(char) && char != ' ' && !char.is_control());
        match chunks.last_mut() {
            Some(last) if in_word => last.text.push(char),
            Some(last) if is_hyphen => {
                last.text.extend(['-', char]);
                last.is_hyphenated = true;
            }
            _ => chunks.push(ChatChunk {
                text: char.to_string(),
                is_hyphenated: false,
                follows_one_space: separator == " ",
            }),
        }
        separator.clear();
        in_word = true;
    }
    chunks
}
