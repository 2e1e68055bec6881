//! Builds file names, and tells whether a text is one of this app's files.

use crate::domain::date::Date;

use super::format::EXTENSION;
use super::lock::Locked;
use super::scan::has_format_prefix;

/// Builds a file name from a subject, the kind of content and the day.
///
/// Characters that some system forbids in names become spaces. A subject with nothing left is «Kvalitetshjul».
pub fn name(subject: &str, content: &str, day: Date) -> String {
    let forbidden =
        |char: char| char.is_control() || matches!(char, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let subject: String = subject.chars().map(|char| if forbidden(char) { ' ' } else { char }).take(80).collect();
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    let subject = subject.trim_start_matches(['.', ' ']);
    let subject = if subject.is_empty() { "Kvalitetshjul" } else { subject };
    format!("{subject} – {content} – {day}{EXTENSION}")
}

/// Whether a text begins as a file of this app does, locked or not.
pub fn has_file_prefix(text: &str) -> bool {
    has_format_prefix(text) || Locked::has_prefix(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_has_no_character_that_a_system_forbids() {
        let day = Date::new(2026, 11, 23).unwrap();
        for (subject, expected) in [
            ("Børnehuset Solstrålen", "Børnehuset Solstrålen – enhed – 2026-11-23.kvalitetshjul.json"),
            ("../a\\b:c?", "a b c – enhed – 2026-11-23.kvalitetshjul.json"),
            (" \n", "Kvalitetshjul – enhed – 2026-11-23.kvalitetshjul.json"),
        ] {
            assert_eq!(name(subject, "enhed", day), expected);
        }
    }
}
