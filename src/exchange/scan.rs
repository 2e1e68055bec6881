//! Scans the text of a file without parsing it: nesting depth, completeness, checksum, prefix.

use memchr::memchr2;

use super::checksum::Crc32;

/// The result of a walk over a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Walk {
    /// The maximum nesting depth of objects and arrays.
    pub(super) depth: usize,
    /// Whether every object, array and string that was opened is closed.
    pub(super) is_complete: bool,
    /// The CRC-32 of everything except white space outside strings, up to the end that was asked for.
    pub(super) checksum: u32,
}

/// Walks over a JSON text. Fast, never recursive, and accepts any bytes.
pub(super) fn walk(text: &[u8]) -> Walk {
    walk_to(text, text.len())
}

/// Walks over a JSON text as [`walk`] does, but computes the checksum of the bytes before `end` only.
pub(super) fn walk_to(text: &[u8], end: usize) -> Walk {
    let mut checksum = Crc32::new();
    let (mut depth, mut deepest, mut position, mut hashed_to) = (0usize, 0, 0, 0);
    let mut is_in_string = false;
    while let Some(&byte) = text.get(position) {
        match byte {
            b'"' => {
                is_in_string = true;
                position += 1;
                while let Some(offset) = memchr2(b'"', b'\\', text.get(position..).unwrap_or_default()) {
                    let is_escape = text[position + offset] == b'\\';
                    position += offset + if is_escape { 2 } else { 1 };
                    if !is_escape {
                        is_in_string = false;
                        break;
                    }
                }
                if is_in_string {
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
                checksum.update(text.get(hashed_to..position.min(end)).unwrap_or_default());
                hashed_to = position + 1;
            }
            _ => {}
        }
        position += 1;
    }
    checksum.update(text.get(hashed_to..end).unwrap_or_default());
    Walk { depth: deepest, is_complete: depth == 0 && !is_in_string, checksum: checksum.finish() }
}

/// Formats a checksum as files write it.
pub(super) fn checksum_text(checksum: u32) -> String {
    format!("crc32:{checksum:08x}")
}

/// Returns the text before the checksum; `None` if the text does not end in one.
pub(super) fn before_checksum(text: &str) -> Option<&str> {
    // The checksum is the last member and has no comma in it.
    let (before, last) = text.rsplit_once(',')?;
    last.trim_start().starts_with("\"checksum\"").then_some(before)
}

/// Whether a text begins with `{"format":"kvalitetshjul"`, with any white space between the parts.
pub(super) fn has_format_prefix(text: &str) -> bool {
    let mut rest = text;
    ["{", "\"format\"", ":", "\"kvalitetshjul\""].into_iter().all(|part| match rest.trim_start().strip_prefix(part) {
        Some(remainder) => {
            rest = remainder;
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walk_finds_depth_and_completeness() {
        for (text, depth, is_complete) in [
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
            assert_eq!((walk.depth, walk.is_complete), (depth, is_complete), "{text}");
        }
    }

    #[test]
    fn walk_to_computes_the_checksum_before_the_end() {
        let text = "{\"a\": [1, 2],\r\n \"b c\": \"d \\\" e\" , \t\"checksum\":\"x y\"}\n".as_bytes();
        for end in 0..=text.len() {
            let full_walk = walk_to(text, end);
            assert_eq!(full_walk.checksum, walk(&text[..end]).checksum, "{end}");
            assert!(full_walk.depth == 2 && full_walk.is_complete, "{end}");
        }
    }

    #[test]
    fn checksum_ignores_white_space_outside_strings_only() {
        let checksum = |text: &str| walk(text.as_bytes()).checksum;
        assert_eq!(checksum("{\"a\":\r\n\t [1, 2]}\r\n"), checksum(r#"{"a":[1,2]}"#));
        assert_ne!(checksum(r#"{"a":"b c"}"#), checksum(r#"{"a":"bc"}"#));
    }
}
