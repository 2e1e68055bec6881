//! What is decided before a workshop, and the link that carries it: in the fragment of an address, which no server sees.

use serde::{Deserialize, Serialize};

use crate::domain::cpr::masked;
use crate::domain::id::Id;
use crate::domain::instrument::{Instrument, InstrumentText, answered, instrument};
use crate::domain::svarkode::{Codes, MOST_GROUPS};
use crate::domain::text::{from_address, in_address};

/// What is decided before a workshop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// The workshop's name for life: the id of its record.
    pub id: Id,
    /// What it is called.
    pub title: String,
    /// The instrument.
    pub instrument: Id,
    /// What the instrument asks, where it is a unit's own: the participants' phones have it from nowhere else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<InstrumentText>,
    /// The groups that a participant can say they belong to.
    pub groups: Vec<String>,
    /// Whether it is asked too how one would wish it.
    pub asks_wanted: bool,
}

/// The longest title, and name of a group, in a link, in characters: what has to be scanned must be small.
const LONGEST: usize = 60;
/// The longest link. With the page's own address before it, its code has some hundred modules a side, which the camera of a
/// phone still reads off a screen across a room.
const LONGEST_LINK: usize = 850;

impl Setup {
    /// The instrument itself.
    pub fn of(&self) -> Option<&'static Instrument> {
        answered(&self.instrument, self.wording.as_ref())
    }

    /// The codes of the workshop.
    pub fn codes(&self) -> Option<Codes> {
        let instrument = self.of()?;
        Some(Codes::new(&self.id, instrument.form, instrument.items.len(), self.groups.len()))
    }

    /// The setup as a step of an address.
    pub fn link(&self) -> String {
        let asks = match (&self.wording, self.asks_wanted) {
            (None, false) => "1",
            (None, true) => "2",
            (Some(_), false) => "3",
            (Some(_), true) => "4",
        };
        let mut parts = vec![self.id.to_string(), self.instrument.to_string(), asks.to_owned(), written(&self.title)];
        parts.extend(self.wording.as_ref().map(InstrumentText::in_address));
        parts.extend(self.groups.iter().take(MOST_GROUPS).map(|group| written(group)));
        parts.join("~")
    }

    /// Whether the link is short enough for a code that a phone reads off a wall.
    pub fn fits(&self) -> bool {
        self.link().len() <= LONGEST_LINK
    }

    /// Reads a step of an address; `None` where it is no workshop that this version of the app knows. CPR numbers in its words
    /// are masked: whoever opens a link may keep what it says.
    pub fn parse(link: &str) -> Option<Self> {
        let mut parts = link.split('~');
        let (id, of) = (Id::parse(parts.next()?)?, Id::parse(parts.next()?)?);
        let (is_own, asks_wanted) = match parts.next()? {
            "1" => (false, false),
            "2" => (false, true),
            "3" => (true, false),
            "4" => (true, true),
            _ => return None,
        };
        let title = read(parts.next()?)?;
        let wording = if is_own { Some(InstrumentText::from_address(parts.next()?)?) } else { None };
        if !is_own {
            instrument(of.as_str())?;
        }
        let groups: Option<Vec<String>> = parts.map(read).collect();
        let groups = groups.filter(|groups| groups.len() <= MOST_GROUPS)?;
        Some(Self { id, title, instrument: of, wording, groups, asks_wanted })
    }
}

fn written(text: &str) -> String {
    in_address(&text.trim().chars().take(LONGEST).collect::<String>())
}

fn read(written: &str) -> Option<String> {
    Some(masked(&from_address(written).filter(|text| text.chars().count() <= LONGEST)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::instrument::Form;

    proptest! {
        #[test]
        fn reflection_a_setup_goes_through_its_link(
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
        fn reflection_no_address_stops_the_page(link in ".{0,80}") {
            Setup::parse(&link);
        }
    }

    #[test]
    fn trust_cpr_number_in_a_link_is_masked_in_every_word_of_the_workshop() {
        let texts = ["Tillid", "15-03-12-1234"].map(|text| (text.to_owned(), "１５０３１２1234".to_owned()));
        let setup = Setup {
            id: Id::parse("w1").unwrap(),
            title: "Om 150312-1234".to_owned(),
            instrument: Id::parse("eget").unwrap(),
            wording: Some(InstrumentText::new(Form::Pairs, "Vores 1503121234", &texts)),
            groups: vec!["Anna 150312 1234".to_owned(), "Skole".to_owned()],
            asks_wanted: false,
        };
        let read = Setup::parse(&setup.link()).unwrap();
        let text = serde_json::to_string(&read).unwrap();
        assert!(!text.contains("1234") && text.contains("150312-••••"), "{text}");
        assert_eq!(read.groups[1], "Skole");
        assert!(read.of().is_some());
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
