//! The setup of a workshop, and the link that brings it to the participants. The link is in the fragment of an address,
//! which no server sees.

use serde::{Deserialize, Serialize};

use crate::domain::cpr::mask_all;
use crate::domain::id::Id;
use crate::domain::instrument::{Instrument, InstrumentText, instrument, instruments, resolve_instrument};
use crate::domain::svarkode::{CodeError, Codes, KEY_LENGTH, MOST_GROUPS, WorkshopCode};
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

    /// The code that brings a participant to the workshop without the link: see [`Setup::from_code`]. `None` for an
    /// instrument that is not in the content, because a code has no room for its texts.
    pub fn code(&self) -> Option<String> {
        let position = instruments().iter().position(|instrument| instrument.id == self.instrument);
        let code = WorkshopCode {
            key: self.id.as_str().get(..KEY_LENGTH)?.to_owned(),
            instrument: position.filter(|_| self.wording.is_none())?,
            asks_wanted: self.asks_wanted,
            groups: self.groups.len(),
        };
        code.encode()
    }

    /// The setup of the workshop with a code. The title and the names of the groups are not in the code, and of the id
    /// only the beginning.
    ///
    /// # Errors
    /// The text is no code of a workshop, or its instrument is not in the content.
    pub fn from_code(text: &str) -> Result<Self, CodeError> {
        let code = WorkshopCode::decode(text)?;
        let instrument = instruments().get(code.instrument).ok_or(CodeError::Mistyped)?;
        Ok(Self {
            id: Id::parse(&code.key).ok_or(CodeError::Mistyped)?,
            title: "Workshop".to_owned(),
            instrument: instrument.id.clone(),
            wording: None,
            groups: (1..=code.groups).map(|number| format!("Gruppe {number}")).collect(),
            asks_wanted: code.asks_wanted,
        })
    }

    /// Whether the setup came by a link, with the whole id. Only then can another room be opened for the workshop.
    pub fn is_whole(&self) -> bool {
        self.id.as_str().len() > KEY_LENGTH
    }

    /// Whether two setups are of one workshop, though one of them may have come by a code.
    pub fn is_same_workshop(&self, other: &Self) -> bool {
        let is_beginning = |one: &Self, other: &Self| !one.is_whole() && other.id.as_str().starts_with(one.id.as_str());
        self.id == other.id || is_beginning(self, other) || is_beginning(other, self)
    }

    /// Parses a segment of an address: a link, or the code of a workshop. Returns `None` if it is not a workshop that this version of the app knows.
    ///
    /// CPR numbers in the texts are masked, because people who open a link may store its content.
    pub fn parse(link: &str) -> Option<Self> {
        if !link.contains('~') {
            return Self::from_code(link).ok();
        }
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
    fn participants_with_a_code_or_a_link_give_the_same_codes() {
        for (number, instrument) in instruments().iter().enumerate() {
            let setup = Setup {
                id: Id::from_random([200; 10]),
                title: "Personaledag".to_owned(),
                instrument: instrument.id.clone(),
                wording: None,
                groups: vec!["Skole".to_owned(), "Familie".to_owned()],
                asks_wanted: number % 2 == 0,
            };
            let code = setup.code().unwrap();
            let by_code = Setup::parse(&code).unwrap();
            assert_eq!((by_code.asks_wanted, by_code.groups.len()), (setup.asks_wanted, 2), "{}", instrument.id);
            assert!(setup.is_whole() && !by_code.is_whole() && setup.is_same_workshop(&by_code));
            let now = instrument.items.iter().map(|_| None).collect();
            let sheet = crate::domain::svarkode::AnswerSheet { group: 1, now, wanted: None };
            let svarkode = by_code.codes().unwrap().encode(&sheet);
            assert_eq!(setup.codes().unwrap().decode(&svarkode), Ok(sheet), "{}", instrument.id);
        }
        let own = Setup::parse("a1b2c3~eget~3~x~pairs.Vores.a.b.c.d").unwrap();
        assert_eq!(own.code(), None);
    }

    #[test]
    fn the_code_of_a_workshop_numbers_the_instruments_in_this_order() {
        // A code that is written on a wall must lead to the same instrument in every version of the app. New instruments
        // are appended to the content.
        let ids: Vec<&str> = instruments().iter().map(|instrument| instrument.id.as_str()).collect();
        assert_eq!(ids, ["modsaetninger", "syn", "praksis", "adfaerd", "tek", "kriterier", "medlemskab"]);
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
