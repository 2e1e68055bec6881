//! A file that is locked with a password: its envelope. The locking itself is the browser's (PBKDF2 with SHA-256, AES-GCM);
//! what it needs, and what came of it, stands here. Pure.
//!
//! ```json
//! {"format":"kvalitetshjul-locked","version":1,"rounds":600000,"salt":"…","iv":"…",
//! "sealed":"…",
//! "checksum":"crc32:0a1b2c3d"}
//! ```
//!
//! The checksum tells a byte that was changed on the way from a password that does not fit: the lock alone cannot.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::error::FileError;
use super::format::MAX_BYTES;
use super::scan::{before_checksum, checksum_text, walk};

/// What `format` says.
const FORMAT: &str = "kvalitetshjul-locked";
/// How a locked file begins.
const BEGINS: &str = "{\"format\":\"kvalitetshjul-locked\"";
/// The mark that some editors put before UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";
/// The version of the envelope.
const VERSION: u64 = 1;
/// How often a password is hashed: so much that trying many takes long.
pub const ROUNDS: u32 = 600_000;
/// The most rounds that are worked through for a file from elsewhere.
const MOST_ROUNDS: u32 = 10_000_000;

/// A locked file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    /// How often the password is hashed.
    pub rounds: u32,
    /// What is hashed with it.
    pub salt: Vec<u8>,
    /// What the lock begins with.
    pub iv: Vec<u8>,
    /// The file, locked.
    pub sealed: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
struct LockedEnvelope<'t> {
    format: Cow<'t, str>,
    version: u64,
    rounds: u32,
    salt: Cow<'t, str>,
    iv: Cow<'t, str>,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    sealed: Cow<'t, str>,
    #[serde(default, skip_serializing)]
    checksum: Option<Cow<'t, str>>,
}

impl Locked {
    /// Reads a locked file; `None` where it is another one.
    ///
    /// # Errors
    /// It is a locked one, but not whole, changed, too large, or of a newer version.
    pub fn parse(bytes: &[u8]) -> Option<Result<Self, FileError>> {
        Self::is_begun(bytes).then(|| Self::parse_locked(bytes.strip_prefix(MARK).unwrap_or(bytes)))
    }

    /// Whether bytes begin as a locked file does.
    pub(super) fn is_begun(bytes: &[u8]) -> bool {
        let start = bytes.strip_prefix(MARK).unwrap_or(bytes);
        let start = start.iter().copied().filter(|byte| !byte.is_ascii_whitespace());
        start.take(BEGINS.len()).eq(BEGINS.bytes())
    }

    fn parse_locked(bytes: &[u8]) -> Result<Self, FileError> {
        if bytes.len() > MAX_BYTES * 3 / 2 {
            return Err(FileError::TooLarge);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| FileError::ChangedSinceLocked)?;
        if !walk(bytes).is_whole {
            return Err(FileError::Incomplete);
        }
        let envelope: LockedEnvelope<'_> = serde_json::from_str(text).map_err(|_| FileError::ChangedSinceLocked)?;
        if envelope.version > VERSION {
            return Err(FileError::TooNew { version: envelope.version });
        }
        let sum = before_checksum(text).map(|covered| checksum_text(walk(covered.as_bytes()).checksum));
        let is_unchanged = sum.as_deref() == envelope.checksum.as_deref() && envelope.rounds <= MOST_ROUNDS;
        let parts = (unbase64(&envelope.salt), unbase64(&envelope.iv), unbase64(&envelope.sealed));
        match parts {
            (Some(salt), Some(iv), Some(sealed)) if is_unchanged && envelope.rounds > 0 => {
                Ok(Self { rounds: envelope.rounds, salt, iv, sealed })
            }
            _ => Err(FileError::ChangedSinceLocked),
        }
    }

    /// The text of the locked file.
    pub fn text(&self) -> String {
        let head = LockedEnvelope {
            format: FORMAT.into(),
            version: VERSION,
            rounds: self.rounds,
            salt: base64(&self.salt).into(),
            iv: base64(&self.iv).into(),
            sealed: "".into(),
            checksum: None,
        };
        // Texts and numbers can always be written.
        let mut text = serde_json::to_string(&head).unwrap_or_default();
        text.pop();
        text.extend([",\n\"sealed\":\"", base64(&self.sealed).as_str(), "\""]);
        let checksum = checksum_text(walk(text.as_bytes()).checksum);
        text.extend([",\n\"checksum\":\"", checksum.as_str(), "\"}\n"]);
        text
    }
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes as text: base64 (RFC 4648, 4).
fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |place: usize| u32::from(three.get(place).copied().unwrap_or_default());
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place > three.len() { '=' } else { char::from(digit) });
        }
    }
    text
}

/// The bytes of a base64 text; `None` where it is none.
fn unbase64(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| -> Option<u32> {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        Some(value.into())
    };
    let text = text.trim_end_matches('=').as_bytes();
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for four in text.chunks(4) {
        let mut bits = 0;
        for place in 0..4 {
            bits = bits << 6 | four.get(place).map_or(Some(0), |byte| digit(*byte))?;
        }
        let whole = four.len().checked_sub(1)?;
        bytes.extend(bits.to_be_bytes().into_iter().skip(1).take(whole));
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn locked() -> Locked {
        Locked { rounds: ROUNDS, salt: vec![7; 16], iv: vec![8; 12], sealed: (0..=255).collect() }
    }

    proptest! {
        #[test]
        fn safety_bytes_come_back_from_their_text(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
            prop_assert_eq!(unbase64(&base64(&bytes)), Some(bytes));
        }
    }

    #[test]
    fn safety_base64_is_that_of_the_standard() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(unbase64("Zm9v!"), None);
    }

    #[test]
    fn safety_a_locked_file_reads_back_and_every_changed_byte_is_noticed() {
        let text = locked().text();
        assert_eq!(Locked::parse(text.as_bytes()), Some(Ok(locked())));
        assert_eq!(Locked::parse(text.replace('\n', "\r\n").as_bytes()), Some(Ok(locked())), "as mail leaves it");
        assert_eq!(Locked::parse(b"{\"format\":\"kvalitetshjul\",\"version\":2}"), None);
        for at in BEGINS.len()..text.trim_end().len() {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'x' { b'y' } else { b'x' };
            match Locked::parse(&changed) {
                Some(Err(FileError::ChangedSinceLocked | FileError::Incomplete | FileError::TooNew { .. })) => {}
                // White space outside texts is free.
                Some(Ok(same)) if same == locked() => {}
                other => panic!("{at}: {other:?}"),
            }
        }
        assert_eq!(Locked::parse(&text.as_bytes()[..text.len() / 2]), Some(Err(FileError::Incomplete)));
        let newer = text.replace("\"version\":1", "\"version\":2");
        assert_eq!(Locked::parse(newer.as_bytes()), Some(Err(FileError::TooNew { version: 2 })));
    }
}
