//! What is decided before a workshop, and the link that carries it: in the fragment of an address, which no server sees.

use serde::{Deserialize, Serialize};

use crate::domain::id::Id;
use crate::domain::instrument::{Instrument, instrument};
use crate::domain::svarkode::{Codes, MOST_GROUPS};

/// What is decided before a workshop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// The workshop's name for life: the id of its record.
    pub id: Id,
    /// What it is called.
    pub title: String,
    /// The instrument.
    pub instrument: Id,
    /// The groups that a participant can say they belong to.
    pub groups: Vec<String>,
    /// Whether it is asked too how one would wish it.
    pub asks_wanted: bool,
}

/// The longest text in a link, in characters: what has to be scanned must be small.
const LONGEST: usize = 60;

impl Setup {
    /// The instrument itself.
    pub fn of(&self) -> Option<&'static Instrument> {
        instrument(self.instrument.as_str())
    }

    /// The codes of the workshop.
    pub fn codes(&self) -> Option<Codes> {
        let instrument = self.of()?;
        Some(Codes::new(&self.id, instrument.form, instrument.items.len(), self.groups.len()))
    }

    /// The setup as a step of an address.
    pub fn link(&self) -> String {
        let asks = if self.asks_wanted { "2" } else { "1" };
        let mut parts = vec![self.id.to_string(), self.instrument.to_string(), asks.to_owned(), written(&self.title)];
        parts.extend(self.groups.iter().take(MOST_GROUPS).map(|group| written(group)));
        parts.join("~")
    }

    /// Reads a step of an address; `None` where it is no workshop that this version of the app knows.
    pub fn parse(link: &str) -> Option<Self> {
        let mut parts = link.split('~');
        let (id, of) = (Id::parse(parts.next()?)?, Id::parse(parts.next()?)?);
        instrument(of.as_str())?;
        let asks_wanted = match parts.next()? {
            "1" => false,
            "2" => true,
            _ => return None,
        };
        let title = read(parts.next()?)?;
        let groups: Option<Vec<String>> = parts.map(read).collect();
        let groups = groups.filter(|groups| groups.len() <= MOST_GROUPS)?;
        Some(Self { id, title, instrument: of, groups, asks_wanted })
    }
}

/// A text as it stands in an address.
fn written(text: &str) -> String {
    let short: String = text.trim().chars().take(LONGEST).collect();
    let mut written = String::with_capacity(short.len());
    for byte in short.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => written.push(char::from(byte)),
            byte => written.extend([format!("%{byte:02X}")]),
        }
    }
    written
}

fn read(written: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written.bytes();
    while let Some(byte) = rest.next() {
        let of = |digit: Option<u8>| char::from(digit?).to_digit(16);
        bytes.push(if byte == b'%' { u8::try_from(of(rest.next())? * 16 + of(rest.next())?).ok()? } else { byte });
    }
    String::from_utf8(bytes).ok().filter(|text| text.chars().count() <= LONGEST)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn reflection_a_setup_goes_through_its_link(
            title in ".{0,60}",
            groups in prop::collection::vec(".{0,30}", 0..=7),
            asks_wanted: bool,
            bits: [u8; 10],
        ) {
            let setup = Setup {
                id: Id::from_random(bits),
                title: title.trim().to_owned(),
                instrument: Id::parse("modsaetninger").unwrap(),
                groups: groups.into_iter().map(|group| group.trim().to_owned()).collect(),
                asks_wanted,
            };
            let link = setup.link();
            prop_assert!(link.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_~%.".contains(&byte)), "{}", link);
            prop_assert_eq!(Setup::parse(&link), Some(setup));
        }

        #[test]
        fn reflection_no_address_stops_the_page(link in ".{0,80}") {
            Setup::parse(&link);
        }
    }

    #[test]
    fn reflection_what_is_no_workshop_is_none() {
        for bad in [
            "",
            "a",
            "a~modsaetninger~1",
            "a~findes-ikke~1~x",
            "a~modsaetninger~3~x",
            "a~modsaetninger~1~%f",
            "a~modsaetninger~1~x~~~~~~~~",
        ] {
            assert_eq!(Setup::parse(bad), None, "{bad}");
        }
    }
}
