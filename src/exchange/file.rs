//! The name of a file, and whether a text is one of this app's files.

use crate::domain::date::Date;

use super::format::EXTENSION;
use super::lock::Locked;
use super::scan::begins_as_ours;

/// The name of a file: what it is of, what it is, and the day; without what no system takes in a name.
pub fn name(what: &str, is: &str, day: Date) -> String {
    let forbidden =
        |char: char| char.is_control() || matches!(char, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let what: String = what.chars().map(|char| if forbidden(char) { ' ' } else { char }).take(80).collect();
    let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
    let what = what.trim_start_matches(['.', ' ']);
    let what = if what.is_empty() { "Kvalitetshjul" } else { what };
    format!("{what} – {is} – {day}{EXTENSION}")
}

/// Whether a text begins as a file of this app does, a locked one too.
pub fn begins_as_one(text: &str) -> bool {
    begins_as_ours(text) || Locked::is_begun(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_that_every_system_takes() {
        let day = Date::new(2026, 11, 23).unwrap();
        for (what, file) in [
            ("Børnehuset Solstrålen", "Børnehuset Solstrålen – enhed – 2026-11-23.kvalitetshjul.json"),
            ("../a\\b:c?", "a b c – enhed – 2026-11-23.kvalitetshjul.json"),
            (" \n", "Kvalitetshjul – enhed – 2026-11-23.kvalitetshjul.json"),
        ] {
            assert_eq!(name(what, "enhed", day), file);
        }
    }
}
