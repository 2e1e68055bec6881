//! The envelope of a file: one readable JSON object, a record a line.
//!
//! ```json
//! {"format":"kvalitetshjul","version":2,"app":"0.1.0","exported":"2026-11-23T08:00:00Z","scope":"backup",
//! "records":[
//! {"kind":"enhed",…},
//! {"kind":"goal",…}
//! ],
//! "checksum":"crc32:0a1b2c3d"}
//! ```
//!
//! `format` stands first, so that a cut-off file is known for what it is; `checksum` last. The checksum is the CRC-32 of
//! all that stands before it but white space outside texts, so that mail and editors may change line ends and indents.

use memchr::memchr2;

use crate::domain::date::Date;

use super::checksum::Crc32;
use super::lock::Locked;

/// What `format` says.
pub const FORMAT: &str = "kvalitetshjul";

/// The version of the files that this app writes. It goes up when older apps would misread a file, not when a leaf or a
/// kind is added: those they carry along.
pub const VERSION: u64 = 2;

/// The ending of the files' names.
pub const EXTENSION: &str = ".kvalitetshjul.json";

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

/// What a walk over a text finds, without parsing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Walk {
    /// How deep its parts lie in one another.
    pub(super) depth: usize,
    /// Whether every part and every text that was begun is ended.
    pub(super) is_whole: bool,
    /// The CRC-32 of what is not white space outside texts, up to where it was asked for.
    pub(super) checksum: u32,
}

/// Walks over a JSON text: cheap, never recursive, and content with any bytes.
pub(super) fn walk(text: &[u8]) -> Walk {
    walk_to(text, text.len())
}

/// The same, with the checksum of what stands before a place in the text.
pub(super) fn walk_to(text: &[u8], place: usize) -> Walk {
    let mut checksum = Crc32::new();
    let (mut depth, mut deepest, mut at, mut hashed_to) = (0usize, 0, 0, 0);
    let mut in_text = false;
    while let Some(&byte) = text.get(at) {
        match byte {
            b'"' => {
                in_text = true;
                at += 1;
                while let Some(found) = memchr2(b'"', b'\\', text.get(at..).unwrap_or_default()) {
                    let escape = text[at + found] == b'\\';
                    at += found + if escape { 2 } else { 1 };
                    if !escape {
                        in_text = false;
                        break;
                    }
                }
                if in_text {
                    break;
                }
                continue;
            }
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b' ' | b'\t' | b'\r' | b'\n' => {
                checksum.update(text.get(hashed_to..at.min(place)).unwrap_or_default());
                hashed_to = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    checksum.update(text.get(hashed_to..place).unwrap_or_default());
    Walk { depth: deepest, is_whole: depth == 0 && !in_text, checksum: checksum.finish() }
}

/// The checksum as a file writes it.
pub(super) fn checksum_text(checksum: u32) -> String {
    format!("crc32:{checksum:08x}")
}

/// What stands before the checksum, where the text ends in one.
pub(super) fn before_checksum(text: &str) -> Option<&str> {
    // It stands last, and has no comma in it.
    let (before, last) = text.rsplit_once(',')?;
    last.trim_start().starts_with("\"checksum\"").then_some(before)
}

/// Whether a text begins as a file of this app does, a locked one too.
pub fn begins_as_one(text: &str) -> bool {
    begins_as_ours(text) || Locked::is_begun(text.as_bytes())
}

/// Whether a text begins as a file of this app does, as far as it goes.
pub(super) fn begins_as_ours(text: &str) -> bool {
    let mut rest = text;
    ["{", "\"format\"", ":", "\"kvalitetshjul\""].into_iter().all(|part| match rest.trim_start().strip_prefix(part) {
        Some(after) => {
            rest = after;
            true
        }
        None => false,
    })
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

    #[test]
    fn a_walk_sees_depth_and_ends() {
        for (text, depth, is_whole) in [
            ("", 0, true),
            ("{}", 1, true),
            (r#"{"a":[{"b":"]}"}]}"#, 3, true),
            (r#"{"a":"\"}"#, 1, false),
            (r#"{"a":"\\"}"#, 1, true),
            (r#"["\"#, 1, false),
            ("[[[", 3, false),
            ("]]]", 0, true),
        ] {
            let walk = walk(text.as_bytes());
            assert_eq!((walk.depth, walk.is_whole), (depth, is_whole), "{text}");
        }
    }

    #[test]
    fn a_walk_takes_the_checksum_of_what_stands_before_a_place() {
        let text = "{\"a\": [1, 2],\r\n \"b c\": \"d \\\" e\" , \t\"checksum\":\"x y\"}\n".as_bytes();
        for place in 0..=text.len() {
            let whole = walk_to(text, place);
            assert_eq!(whole.checksum, walk(&text[..place]).checksum, "{place}");
            assert!(whole.depth == 2 && whole.is_whole, "{place}");
        }
    }

    #[test]
    fn white_space_outside_texts_alone_is_free() {
        let sum = |text: &str| walk(text.as_bytes()).checksum;
        assert_eq!(sum("{\"a\":\r\n\t [1, 2]}\r\n"), sum(r#"{"a":[1,2]}"#));
        assert_ne!(sum(r#"{"a":"b c"}"#), sum(r#"{"a":"bc"}"#));
    }
}
