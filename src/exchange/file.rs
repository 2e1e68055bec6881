//! Builds and parses file names, and recognises texts that are files of this app.

use crate::domain::date::Date;

use super::format::EXTENSION;
use super::lock::Locked;
use super::scan::has_format_prefix;

/// Builds a file name from a subject, the kind of content and the day.
///
/// Characters that some system forbids in names become spaces. A subject with nothing left is «Kvalitetshjul».
pub fn name(subject: &str, content: &str, day: Date) -> String {
    format!("{} – {content} – {day}{EXTENSION}", sanitized(subject))
}

/// Splits a name that [`name`] built into the subject and the kind of content. Returns `None` for other names. A number
/// that a browser added at the end is accepted.
pub fn name_parts(name: &str) -> Option<(&str, &str)> {
    let (before_day, _) = name.strip_suffix(EXTENSION)?.rsplit_once(" – ")?;
    before_day.rsplit_once(" – ")
}

/// Joins the name of a unit and a title to the subject of a file. A title that contains the name is used alone.
pub fn subject(unit: &str, title: &str) -> String {
    match (unit.trim(), title.trim()) {
        ("", title) => title.to_owned(),
        (unit, "") => unit.to_owned(),
        (unit, title) if title.contains(unit) => title.to_owned(),
        (unit, title) => format!("{unit} – {title}"),
    }
}

/// Replaces characters that some system forbids in the name of a file. A text with nothing left is «Kvalitetshjul».
pub fn sanitized(text: &str) -> String {
    let forbidden =
        |char: char| char.is_control() || matches!(char, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let text: String = text.chars().map(|char| if forbidden(char) { ' ' } else { char }).take(80).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_start_matches(['.', ' ']);
    if text.is_empty() { "Kvalitetshjul".to_owned() } else { text.to_owned() }
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

    #[test]
    fn name_parts_are_what_the_name_was_built_of() {
        let day = Date::new(2026, 11, 23).unwrap();
        for subject in ["Solen", "Solen – Anne", "Skolen – aftale – 2"] {
            assert_eq!(name_parts(&name(subject, "enhed", day)), Some((subject, "enhed")));
        }
        assert_eq!(name_parts("Solen – enhed – 2026-11-23 (1).kvalitetshjul.json"), Some(("Solen", "enhed")));
        for other in ["Solen.kvalitetshjul.json", "Solen – enhed – 2026-11-23.html", ""] {
            assert_eq!(name_parts(other), None, "{other}");
        }
    }

    #[test]
    fn subject_has_the_name_of_the_unit_once() {
        for (unit, title, expected) in [
            ("Solen", "Aftale 2026", "Solen – Aftale 2026"),
            ("Solen", "Aftale 2026 – Solen", "Aftale 2026 – Solen"),
            ("Solen", "", "Solen"),
            (" ", "Aftale 2026", "Aftale 2026"),
            ("", "", ""),
        ] {
            assert_eq!(super::subject(unit, title), expected);
        }
    }
}
