//! Brings the counts of one device to another, so that several facilitators can collect at the same time.
//!
//! The text is shown as a QR code or pasted. It holds counts, no row of answers, but also those of groups under five. It
//! is therefore made for the moment alone: it is shown when asked for, and never stored.
//!
//! ```text
//! mark           the letter U, which no participant's code has
//! workshop       4 symbols, its key
//! device         4 symbols, the first characters of the room's id
//! groups         for each group, the first being that of people without one:
//!   people       8 bits
//!   wanted       1 bit: whether any of them answered for the wished state (missing without people)
//!   counts       for each round, item and point as many bits as `people` needs
//! check          4 symbols, a hash of all symbols before
//! ```

use super::Setup;
use super::tally::{AnswerCounts, Tally};
use crate::domain::svarkode::{CodeError, KEY_LENGTH, SymbolReader, SymbolWriter};

/// The first letter of the text.
const MARK: char = 'U';
/// The number of characters that tell a device.
const DEVICE_LENGTH: usize = 4;
/// The number of bits for the people of a group.
const PEOPLE_BITS: usize = 8;
/// The number of bits of the check.
const CHECK_BITS: usize = 20;
/// The most characters of a text. A QR code of more is hard to read off a screen.
const MAX_LENGTH: usize = 900;

/// The counts of a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Transfer {
    /// The first characters of the room's id on that device.
    pub(super) device: String,
    /// The counts.
    pub(super) tally: Tally,
}

impl Transfer {
    /// The counts of a room. Returns `None` without people.
    pub(super) fn of(room: &str, tally: Tally, setup: &Setup) -> Option<Self> {
        setup.instrument()?;
        (tally.people() > 0).then(|| Self { device: device_of(room), tally })
    }

    /// Whether a text claims to be a transfer.
    pub(super) fn is_transfer_code(text: &str) -> bool {
        text.trim_start().starts_with([MARK, MARK.to_ascii_lowercase()])
    }

    /// Whether the counts are those of a room.
    pub(super) fn is_from(&self, room: &str) -> bool {
        self.device == device_of(room)
    }

    /// Encodes the counts. Returns `None` if a count is too large, or if the text is too long for one QR code.
    pub(super) fn encode(&self, setup: &Setup) -> Option<String> {
        let instrument = setup.instrument()?;
        let points = instrument.form.points().count();
        let mut writer = SymbolWriter::default();
        writer.push_text(&key_of(setup))?;
        writer.push_text(&self.device)?;
        for group in 0..=setup.groups.len() {
            let none = AnswerCounts::default();
            let counts = self.tally.groups.get(group).unwrap_or(&none);
            if counts.people >> PEOPLE_BITS > 0 {
                return None;
            }
            writer.push(u64::from(counts.people), PEOPLE_BITS);
            if counts.people == 0 {
                continue;
            }
            let has_wanted = counts.wanted.iter().flatten().any(|count| *count > 0);
            writer.push(u64::from(has_wanted), 1);
            for round in std::iter::once(&counts.now).chain(has_wanted.then_some(&counts.wanted)) {
                for (item, point) in
                    (0..instrument.items.len()).flat_map(|item| (0..points).map(move |point| (item, point)))
                {
                    let count = round.get(item).and_then(|counts| counts.get(point)).copied().unwrap_or_default();
                    writer.push(u64::from(count), width_of(counts.people));
                }
            }
        }
        let text = format!("{MARK}{}", writer.finish_with_check(CHECK_BITS));
        (text.len() <= MAX_LENGTH).then_some(text)
    }

    /// Parses a text that another device has made for the same workshop.
    ///
    /// # Errors
    /// The text is of another workshop, or is not complete.
    pub(super) fn parse(text: &str, setup: &Setup) -> Result<Self, CodeError> {
        let instrument = setup.instrument().ok_or(CodeError::Elsewhere)?;
        let points = instrument.form.points().count();
        let rest = text.trim_start().get(MARK.len_utf8()..).unwrap_or_default();
        let mut reader = SymbolReader::with_check(rest, CHECK_BITS)?;
        if reader.take_text(KEY_LENGTH) != Some(key_of(setup)) {
            return Err(CodeError::Elsewhere);
        }
        let device = reader.take_text(DEVICE_LENGTH).ok_or(CodeError::Mistyped)?;
        let mut groups = Vec::new();
        for _ in 0..=setup.groups.len() {
            let mut counts = AnswerCounts {
                people: reader.take(PEOPLE_BITS).ok_or(CodeError::Mistyped)?,
                ..AnswerCounts::default()
            };
            if counts.people > 0 {
                let has_wanted = reader.take(1) == Some(1);
                for is_wanted in [false, true].into_iter().take(1 + usize::from(has_wanted)) {
                    let mut round = Vec::new();
                    for _ in 0..instrument.items.len() {
                        let item: Option<Vec<u16>> =
                            (0..points).map(|_| reader.take(width_of(counts.people))).collect();
                        let item = item.filter(|item| {
                            item.iter().map(|count| u32::from(*count)).sum::<u32>() <= u32::from(counts.people)
                        });
                        round.push(item.ok_or(CodeError::Mistyped)?);
                    }
                    if is_wanted {
                        counts.wanted = round;
                    } else {
                        counts.now = round;
                    }
                }
            }
            groups.push(counts);
        }
        let tally = Tally { groups };
        if tally.people() == 0 { Err(CodeError::Mistyped) } else { Ok(Self { device, tally }) }
    }
}

/// The number of bits that hold a count of up to `people`.
const fn width_of(people: u16) -> usize {
    (u16::BITS - people.leading_zeros()) as usize
}

/// The key of a workshop, padded for ids that are too short.
fn key_of(setup: &Setup) -> String {
    padded(setup.id.as_str(), KEY_LENGTH)
}

/// The first characters of a room's id.
fn device_of(room: &str) -> String {
    padded(room, DEVICE_LENGTH)
}

/// The first characters of an id that are in the alphabet of codes, padded with zeros. Random ids are in it throughout.
fn padded(id: &str, length: usize) -> String {
    let allowed = id.chars().map(|char| if SymbolWriter::can_hold(char) { char.to_ascii_lowercase() } else { '0' });
    allowed.chain(std::iter::repeat('0')).take(length).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::id::Id;
    use crate::domain::instrument::{Instrument, instruments};
    use crate::domain::svarkode::AnswerSheet;

    fn setup(instrument: &Instrument, groups: usize) -> Setup {
        Setup {
            id: Id::parse("k7qm3xpd").unwrap(),
            title: "Workshop".to_owned(),
            instrument: instrument.id.clone(),
            wording: None,
            groups: (0..groups).map(|group| format!("Gruppe {group}")).collect(),
            asks_wanted: true,
        }
    }

    fn tally(instrument: &Instrument, people: usize, groups: usize, has_wanted: bool) -> Tally {
        let points: Vec<i8> = instrument.form.points().collect();
        let mut tally = Tally { groups: vec![AnswerCounts::default(); groups + 1] };
        for person in 0..people {
            let answers = |shift: usize| {
                let point = |item: usize| points.get((person + item * 3 + shift) % (points.len() + 1)).copied();
                (0..instrument.items.len()).map(point).collect::<Vec<_>>()
            };
            let sheet =
                AnswerSheet { group: person % (groups + 1), now: answers(0), wanted: has_wanted.then(|| answers(2)) };
            tally.count(instrument.form, &sheet);
        }
        tally
    }

    #[test]
    fn forty_people_in_seven_groups_fit_into_one_code_for_every_instrument() {
        for instrument in instruments() {
            let setup = setup(instrument, 7);
            let transfer = Transfer::of("r00m1234", tally(instrument, 40, 7, true), &setup).unwrap();
            let text = transfer.encode(&setup);
            println!("{}: {:?} characters", instrument.id, text.as_ref().map(String::len));
            assert_eq!(Transfer::parse(&text.unwrap(), &setup), Ok(transfer), "{}", instrument.id);
        }
    }

    proptest! {
        #![proptest_config(crate::property_test_config())]

        #[test]
        fn counts_read_back_from_the_text(people in 1usize..60, groups in 0usize..=2, has_wanted: bool, number in 0usize..7) {
            let instrument = &instruments()[number];
            let setup = setup(instrument, groups);
            let transfer = Transfer::of("r00m1234", tally(instrument, people, groups, has_wanted), &setup).unwrap();
            if let Some(text) = transfer.encode(&setup) {
                prop_assert!(Transfer::is_transfer_code(&text));
                prop_assert_eq!(Transfer::parse(&text, &setup), Ok(transfer.clone()));
                prop_assert_eq!(Transfer::parse(&text.to_lowercase(), &setup), Ok(transfer));
            }
        }

        #[test]
        fn a_wrong_or_missing_character_is_detected(position in 0usize..400, by in 1usize..32) {
            let instrument = &instruments()[0];
            let setup = setup(instrument, 1);
            let text = Transfer::of("r00m1234", tally(instrument, 9, 1, true), &setup).unwrap().encode(&setup).unwrap();
            let position = 1 + position % (text.len() - 1);
            let alphabet: Vec<char> = crate::domain::id::ALPHABET.iter().map(|byte| char::from(byte.to_ascii_uppercase())).collect();
            let mut chars: Vec<char> = text.chars().collect();
            let index = alphabet.iter().position(|char| *char == chars[position]).unwrap();
            chars[position] = alphabet[(index + by) % 32];
            prop_assert!(Transfer::parse(&chars.iter().collect::<String>(), &setup).is_err());
            prop_assert!(Transfer::parse(&text[..position], &setup).is_err());
        }

        #[test]
        fn parse_never_panics(text in "[Uu]?[0-9a-zA-Z -]{0,80}") {
            drop(Transfer::parse(&text, &setup(&instruments()[0], 2)));
        }
    }
}
