//! A first look at a file's text, without parsing it: depth, whether it is whole, checksum, beginning.

use memchr::memchr2;

use super::checksum::Crc32;

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
