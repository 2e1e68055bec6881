//! The setup of a workshop, and the link that brings it to the participants. The link is in the fragment of an address,
//! which no server sees.

use serde::{Deserialize, Serialize};

use crate::domain::cpr::mask_all;
use crate::domain::id::Id;
use crate::domain::instrument::{Instrument, InstrumentText, instrument, resolve_instrument};
use crate::domain::svarkode::{Codes, MOST_GROUPS};
use crate::domain::text::{decode_from_address, encode_for_address};

/// The decisions made before a workshop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// The permanent id of the workshop, and of its record.
    pub id: Id,
    /// The title of the workshop.
    pub title: String,
    /// The id of the instrument.
    pub instrument: Id,
    /// The texts of a unit's own instrument. The participants' phones get them only through the link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<InstrumentText>,
    /// The names of the groups that a participant can choose from.
    pub groups: Vec<String>,
    /// Whether participants also answer for the wished state.
    pub asks_wanted: bool,
}

/// The maximum length of a title or group name in a link, in characters. A link must be short to be scanned.
const MAX_TEXT: usize = 60;
/// The maximum length of a link, in bytes. With the address of the page before it, the QR code has about a hundred
/// modules on a side, which the camera of a phone can still read from a screen across a room.
const MAX_LINK: usize = 850;

impl Setup {
    /// The instrument of the workshop.
    pub fn instrument(&self) -> Option<&'static Instrument> {
        resolve_instrument(&self.instrument, self.wording.as_ref())
    }

    /// The encoding of the workshop's codes; `None` if the instrument is unknown.
    pub fn codes(&self) -> Option<Codes> {
        let instrument = self.instrument()?;
        Some(Codes::new(&self.id, instrument.form, instrument.items.len(), self.groups.len()))
    }

    /// Writes the setup as one segment of an address.
    pub fn link(&self) -> String {
        let asks = match (&self.wording, self.asks_wanted) {
            (None, false) => "1",
            (None, true) => "2",
            (Some(_), false) => "3",
            (Some(_), true) => "4",
        };
        let mut parts =
            vec![self.id.to_string(), self.instrument.to_string(), asks.to_owned(), encode_text(&self.title)];
        parts.extend(self.wording.as_ref().map(InstrumentText::encode_for_address));
        parts.extend(self.groups.iter().take(MOST_GROUPS).map(|group| encode_text(group)));
        parts.join("~")
    }

    /// Whether the link is short enough for a QR code that a phone reads from a screen.
    pub fn fits(&self) -> bool {
        self.link().len() <= MAX_LINK
    }

    /// Parses a segment of an address. Returns `None` if it is not a workshop that this version of the app knows.
    ///
    /// CPR numbers in the texts are masked, because people who open a link may store its content.
    pub fn parse(link: &str) -> Option<Self> {
        let mut parts = link.split('~');
        let (id, instrument_id) = (Id::parse(parts.next()?)?, Id::parse(parts.next()?)?);
        let (is_own, asks_wanted) = match parts.next()? {
            "1" => (false, false),
            "2" => (false, true),
            "3" => (true, false),
            "4" => (true, true),
            _ => return None,
        };
        let title = decode_text(parts.next()?)?;
        let wording = if is_own { Some(InstrumentText::decode_from_address(parts.next()?)?) } else { None };
        if !is_own {
            instrument(instrument_id.as_str())?;
        }
        let groups: Option<Vec<String>> = parts.map(decode_text).collect();
        let groups = groups.filter(|groups| groups.len() <= MOST_GROUPS)?;
        Some(Self { id, title, instrument: instrument_id, wording, groups, asks_wanted })
    }
}

/// Encodes a text for an address, cut to [`MAX_TEXT`] characters.
fn encode_text(text: &str) -> String {
    encode_for_address(&text.trim().chars().take(MAX_TEXT).collect::<String>())
}

/// Decodes a text from an address and masks CPR numbers. Returns `None` if the text is invalid or too long.
fn decode_text(encoded: &str) -> Option<String> {
    Some(mask_all(&decode_from_address(encoded).filter(|text| text.chars().count() <= MAX_TEXT)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::instrument::Form;

    proptest! {
        #![proptest_config(crate::property_test_config())]

        #[test]
        fn setup_reads_back_from_its_link(
            title in ".{0,60}",
            groups in prop::collection::vec(".{0,30}", 0..=7),
            asks_wanted: bool,
            is_own: bool,
            texts in prop::collection::vec(".{1,12}", 2..=9),
            bits: [u8; 10],
        ) {
            let setup = Setup {
                id: Id::from_random(bits),
                title: title.trim().to_owned(),
                instrument: Id::parse(if is_own { "eget" } else { "modsaetninger" }).unwrap(),
                wording: is_own.then(|| {
                    let texts: Vec<(String, String)> = texts.iter().map(|text| (text.clone(), format!("{text}!"))).collect();
                    InstrumentText::new(Form::Pairs, "Vores", &texts)
                }),
                groups: groups.into_iter().map(|group| group.trim().to_owned()).collect(),
                asks_wanted,
            };
            let link = setup.link();
            prop_assert!(link.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_~%.".contains(&byte)), "{}", link);
            prop_assert_eq!(Setup::parse(&link), Some(setup));
        }

        #[test]
        fn parse_never_panics(link in ".{0,80}") {
            Setup::parse(&link);
        }
    }

    #[test]
    fn parse_masks_cpr_numbers_in_every_text() {
        let texts = ["Tillid", "15-03-12-1234"].map(|text| (text.to_owned(), "１５０３１２1234".to_owned()));
        let setup = Setup {
            id: Id::parse("w1").unwrap(),
            title: "Om 150312-1234".to_owned(),
            instrument: Id::parse("eget").unwrap(),
            wording: Some(InstrumentText::new(Form::Pairs, "Vores 1503121234", &texts)),
            groups: vec!["Anna 150312 1234".to_owned(), "Skole".to_owned()],
            asks_wanted: false,
        };
        let parsed = Setup::parse(&setup.link()).unwrap();
        let text = serde_json::to_string(&parsed).unwrap();
        assert!(!text.contains("1234") && text.contains("150312-••••"), "{text}");
        assert_eq!(parsed.groups[1], "Skole");
        assert!(parsed.instrument().is_some());
    }

    #[test]
    fn parse_rejects_other_addresses() {
        for bad in [
            "",
            "a",
            "a~modsaetninger~1",
            "a~findes-ikke~1~x",
            "a~modsaetninger~3~x",
            "a~modsaetninger~1~%f",
            "a~eget~3~x",
            "a~eget~3~x~pairs.Vores",
            "a~eget~3~x~weights.Vores.a.b.c.d",
            "a~eget~3~x~pairs.Vores.a.b.c",
            "a~modsaetninger~1~x~~~~~~~~",
        ] {
            assert_eq!(Setup::parse(bad), None, "{bad}");
        }
    }
}
