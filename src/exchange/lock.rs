//! Defines the envelope of a file that is locked with a password. Pure.
//!
//! The browser encrypts (PBKDF2 with SHA-256, AES-GCM). This module reads and writes the parameters and the result.
//!
//! ```json
//! {"format":"kvalitetshjul-locked","version":1,"rounds":600000,"salt":"…","iv":"…",
//! "sealed":"…",
//! "checksum":"crc32:0a1b2c3d"}
//! ```
//!
//! The checksum tells a byte that was changed in transit from a wrong password. Decryption alone cannot.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::error::FileError;
use super::format::MAX_BYTES;
use super::scan::{before_checksum, checksum_text, walk};

/// The value of `format`.
const FORMAT: &str = "kvalitetshjul-locked";
/// The beginning of a locked file, white space aside.
const PREFIX: &str = "{\"format\":\"kvalitetshjul-locked\"";
/// The byte order mark that some editors put before UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// The version of the envelope.
const VERSION: u64 = 1;
/// The number of PBKDF2 rounds for new files: high enough to make guessing passwords slow.
pub const ROUNDS: u32 = 600_000;
/// The highest number of rounds that is accepted from a file.
const MAX_ROUNDS: u32 = 10_000_000;

/// A locked file: the encrypted content, and what is needed to decrypt it with the password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    /// The number of PBKDF2 rounds.
    pub rounds: u32,
    /// The salt of PBKDF2.
    pub salt: Vec<u8>,
    /// The initialisation vector of AES-GCM.
    pub iv: Vec<u8>,
    /// The encrypted file.
    pub sealed: Vec<u8>,
}

/// The JSON object of a locked file. Bytes are base64.
///
/// Writing leaves out `sealed` and `checksum`: [`Locked::text`] appends each on a line of its own.
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
    /// Parses a locked file; `None` if the bytes do not begin as one.
    ///
    /// # Errors
    /// The file is locked, but incomplete, changed, too large, or of a newer version.
    pub fn parse(bytes: &[u8]) -> Option<Result<Self, FileError>> {
        Self::has_prefix(bytes).then(|| Self::parse_locked(bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)))
    }

    /// Whether bytes begin as a locked file does.
    pub(super) fn has_prefix(bytes: &[u8]) -> bool {
        let start = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        let start = start.iter().copied().filter(|byte| !byte.is_ascii_whitespace());
        start.take(PREFIX.len()).eq(PREFIX.bytes())
    }

    fn parse_locked(bytes: &[u8]) -> Result<Self, FileError> {
        if bytes.len() > MAX_BYTES * 3 / 2 {
            return Err(FileError::TooLarge);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| FileError::ChangedSinceLocked)?;
        if !walk(bytes).is_complete {
            return Err(FileError::Incomplete);
        }
        let envelope: LockedEnvelope<'_> = serde_json::from_str(text).map_err(|_| FileError::ChangedSinceLocked)?;
        if envelope.version > VERSION {
            return Err(FileError::TooNew { version: envelope.version });
        }
        let checksum = before_checksum(text).map(|covered| checksum_text(walk(covered.as_bytes()).checksum));
        let is_valid = checksum.as_deref() == envelope.checksum.as_deref() && envelope.rounds <= MAX_ROUNDS;
        let fields = (decode_base64(&envelope.salt), decode_base64(&envelope.iv), decode_base64(&envelope.sealed));
        match fields {
            (Some(salt), Some(iv), Some(sealed)) if is_valid && envelope.rounds > 0 => {
                Ok(Self { rounds: envelope.rounds, salt, iv, sealed })
            }
            _ => Err(FileError::ChangedSinceLocked),
        }
    }

    /// Returns the text of the locked file.
    pub fn text(&self) -> String {
        let head = LockedEnvelope {
            format: FORMAT.into(),
            version: VERSION,
            rounds: self.rounds,
            salt: encode_base64(&self.salt).into(),
            iv: encode_base64(&self.iv).into(),
            sealed: "".into(),
            checksum: None,
        };
        // Serialising strings and numbers cannot fail.
        let mut text = serde_json::to_string(&head).unwrap_or_default();
        text.pop();
        text.extend([",\n\"sealed\":\"", encode_base64(&self.sealed).as_str(), "\""]);
        let checksum = checksum_text(walk(text.as_bytes()).checksum);
        text.extend([",\n\"checksum\":\"", checksum.as_str(), "\"}\n"]);
        text
    }
}

/// The base64 alphabet.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Encodes bytes as base64 (RFC 4648, section 4).
fn encode_base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte_at = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let bits = byte_at(0) << 16 | byte_at(1) << 8 | byte_at(2);
        for index in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * index) & 63) as usize];
            text.push(if index > chunk.len() { '=' } else { char::from(digit) });
        }
    }
    text
}

/// Decodes a base64 text; `None` if it has a character outside the alphabet.
fn decode_base64(text: &str) -> Option<Vec<u8>> {
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
    for chunk in text.chunks(4) {
        let mut bits = 0;
        for index in 0..4 {
            bits = bits << 6 | chunk.get(index).map_or(Some(0), |byte| digit(*byte))?;
        }
        let byte_count = chunk.len().checked_sub(1)?;
        bytes.extend(bits.to_be_bytes().into_iter().skip(1).take(byte_count));
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
        #![proptest_config(crate::property_test_config())]

        #[test]
        fn base64_round_trips(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
            prop_assert_eq!(decode_base64(&encode_base64(&bytes)), Some(bytes));
        }
    }

    #[test]
    fn base64_matches_rfc_4648() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(encode_base64(bytes.as_bytes()), text);
        }
        assert_eq!(decode_base64("Zm9v!"), None);
    }

    #[test]
    fn parse_reads_back_text_and_notices_every_changed_byte() {
        let text = locked().text();
        assert_eq!(Locked::parse(text.as_bytes()), Some(Ok(locked())));
        assert_eq!(Locked::parse(text.replace('\n', "\r\n").as_bytes()), Some(Ok(locked())), "CRLF from mail");
        assert_eq!(Locked::parse(b"{\"format\":\"kvalitetshjul\",\"version\":2}"), None);
        for index in PREFIX.len()..text.trim_end().len() {
            let mut changed = text.clone().into_bytes();
            changed[index] = if changed[index] == b'x' { b'y' } else { b'x' };
            match Locked::parse(&changed) {
                Some(Err(FileError::ChangedSinceLocked | FileError::Incomplete | FileError::TooNew { .. })) => {}
                // A change in white space outside JSON strings is allowed.
                Some(Ok(same)) if same == locked() => {}
                other => panic!("byte {index}: {other:?}"),
            }
        }
        assert_eq!(Locked::parse(&text.as_bytes()[..text.len() / 2]), Some(Err(FileError::Incomplete)));
        let newer = text.replace("\"version\":1", "\"version\":2");
        assert_eq!(Locked::parse(newer.as_bytes()), Some(Err(FileError::TooNew { version: 2 })));
    }
}
