//! An instrument of a unit's own: pairs or statements that it has written itself.
//!
//! It is written as long as it is a draft. Taken into use it stands as it was: its wording is one leaf, verbatim, and goes
//! along with everything that is answered on it (a reflection, a workshop, a workshop's link), so that no answer ever loses
//! its question. Who wishes it otherwise makes a copy.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};

use super::{Form, Instrument, InstrumentItem, Pole, instruments};
use crate::domain::body::{Body, Entries, FieldTable, KindWords};
use crate::domain::cpr::masked;
use crate::domain::fractional_index;
use crate::domain::id::Id;
use crate::domain::slot::fields;
use crate::domain::text::{UserText, from_address, in_address};

/// So many items at least make an instrument.
pub const FEWEST_ITEMS: usize = 2;
/// So many at most: more is too much on a phone.
pub const MOST_ITEMS: usize = 14;
/// The longest wording as it stands in a workshop's link, in characters: the link must be small enough for a code on a wall.
pub const LONGEST: usize = 600;

/// An instrument of a unit's own.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct OwnInstrument {
    /// What it is called.
    pub title: UserText,
    /// The unit that made it.
    pub unit: Option<Id>,
    /// How it is answered: pairs, or statements; pairs where nobody has said.
    pub form: Option<Form>,
    /// What is answered, as long as it is written.
    pub items: Entries<OwnItem>,
    /// What it asks since it was taken into use. One leaf: nothing in it changes any more.
    pub in_use: Option<InstrumentText>,
}

/// A pair of ends, or a statement.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct OwnItem {
    /// The one end, or the statement.
    pub text: UserText,
    /// The other end.
    pub opposite: UserText,
    /// Its place: a fractional index.
    pub order: Option<String>,
}

/// What an instrument asks, verbatim: its form, its title, then its texts, of a pair both ends. A list of texts, since that
/// is what goes into a link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Wording"))]
#[serde(transparent)]
pub struct InstrumentText(Vec<String>);

/// Why an instrument cannot be taken into use yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstrumentGap {
    /// It has no name.
    Title,
    /// There are too few items.
    Few,
    /// There are so many too many.
    Many(usize),
    /// So many items lack words.
    Empty(usize),
    /// It is so many characters too long for a link.
    Long(usize),
}

impl InstrumentGap {
    /// In Danish: what to do.
    pub fn danish(self, form: Form) -> String {
        let noun = if form == Form::Pairs { "par" } else { "udsagn" };
        match self {
            Self::Title => "Giv redskabet et navn.".to_owned(),
            Self::Few => format!("Skriv mindst {FEWEST_ITEMS} {noun}."),
            Self::Many(over) => format!("Der kan være {MOST_ITEMS} {noun}. Tag {over} ud."),
            Self::Empty(1) => format!("Ét af jeres {noun} mangler ord."),
            Self::Empty(count) => format!("{count} af jeres {noun} mangler ord."),
            Self::Long(over) => {
                format!("Ordene fylder {over} tegn for meget til en QR-kode, der kan læses på en væg. Skriv kortere.")
            }
        }
    }
}

fields!(OwnItem { text: text("ordene"), opposite: text("den anden ende"), order: order() });

fields!(OwnInstrument {
    title: text("titlen"),
    unit: parent("enheden"),
    form: value("måden at svare på"),
    items: entries("punktet", <OwnItem as FieldTable>::FIELDS),
    in_use: text_inside("ordene, som det blev taget i brug med"),
});

impl Body for OwnInstrument {
    const WORDS: KindWords = KindWords { definite: "redskabet", singular: "redskab", plural: "redskaber" };
    const TITLE: &'static str = "title";
}

impl OwnInstrument {
    /// How it is answered.
    pub fn form(&self) -> Form {
        if self.form == Some(Form::Statements) { Form::Statements } else { Form::Pairs }
    }

    /// The items in their order.
    pub fn ordered(&self) -> Vec<(&Id, &OwnItem)> {
        fractional_index::sorted(self.items.iter().collect(), &|(_, one), (_, other)| one.order < other.order)
    }

    /// What it asks as it is written now.
    pub fn written(&self) -> InstrumentText {
        let texts = self.ordered().into_iter().map(|(_, item)| {
            let text = |text: &UserText| text.as_str().trim().to_owned();
            (text(&item.text), text(&item.opposite))
        });
        InstrumentText::new(self.form(), self.title.as_str().trim(), &texts.collect::<Vec<_>>())
    }

    /// What is to be done before it can be taken into use.
    pub fn unfinished(&self) -> Vec<InstrumentGap> {
        let (is_pairs, count) = (self.form() == Form::Pairs, self.items.len());
        let is_empty = |text: &UserText| text.as_str().trim().is_empty();
        let lacks = |item: &OwnItem| is_empty(&item.text) || (is_pairs && is_empty(&item.opposite));
        let empty = self.items.values().filter(|item| lacks(item)).count();
        let long = self.written().in_address().len().saturating_sub(LONGEST);
        let found = [
            is_empty(&self.title).then_some(InstrumentGap::Title),
            (count < FEWEST_ITEMS).then_some(InstrumentGap::Few),
            (count > MOST_ITEMS).then(|| InstrumentGap::Many(count - MOST_ITEMS)),
            (empty > 0).then_some(InstrumentGap::Empty(empty)),
            (long > 0).then_some(InstrumentGap::Long(long)),
        ];
        found.into_iter().flatten().collect()
    }

    /// A draft of the same, to be written on.
    #[must_use]
    pub fn copy(&self) -> Self {
        let title = format!("{} (kopi)", self.title.as_str().trim());
        Self { title: title.as_str().into(), in_use: None, ..self.clone() }
    }
}

impl InstrumentText {
    /// The wording of some items: of a pair both ends, of a statement the first text.
    pub fn new(form: Form, title: &str, items: &[(String, String)]) -> Self {
        let name = if form == Form::Statements { STATEMENTS } else { PAIRS };
        let mut texts = vec![name.to_owned(), title.to_owned()];
        for (text, opposite) in items {
            texts.push(text.clone());
            if form != Form::Statements {
                texts.push(opposite.clone());
            }
        }
        Self(texts)
    }

    /// As it stands in a step of an address.
    pub fn in_address(&self) -> String {
        self.0.iter().map(|text| in_address(text)).collect::<Vec<_>>().join(".")
    }

    /// Reads what stands in a step of an address, its CPR numbers masked; `None` where it is no instrument.
    pub fn from_address(written: &str) -> Option<Self> {
        let texts: Option<Vec<String>> = written.split('.').map(|text| Some(masked(&from_address(text)?))).collect();
        let wording = Self(texts?);
        wording.items().is_some().then_some(wording)
    }

    /// The texts of the items, of a pair both; `None` where there is no instrument in it.
    fn items(&self) -> Option<(Form, Vec<&[String]>)> {
        let [form, _, texts @ ..] = &self.0[..] else { return None };
        let (form, each) = match &**form {
            PAIRS => (Form::Pairs, 2),
            STATEMENTS => (Form::Statements, 1),
            _ => return None,
        };
        let items: Vec<&[String]> = texts.chunks(each).collect();
        let is_whole = texts.len().is_multiple_of(each) && (FEWEST_ITEMS..=MOST_ITEMS).contains(&items.len());
        is_whole.then_some((form, items))
    }

    /// The instrument of the wording; `None` where there is none in it. It lives as long as the page does, like those of the
    /// content: a page meets a few.
    pub fn instrument(&self, id: &Id) -> Option<&'static Instrument> {
        let made = self.made(id)?;
        MET.with_borrow_mut(|met| {
            if let Some(own) = met.iter().find(|own| ***own == made) {
                return Some(*own);
            }
            let own: &'static Instrument = Box::leak(Box::new(made));
            met.push(own);
            Some(own)
        })
    }

    fn made(&self, id: &Id) -> Option<Instrument> {
        let (form, texts) = self.items()?;
        let count = texts.len();
        let items = texts.into_iter().enumerate().map(|(place, texts)| item(place, texts));
        // What to go on with, and to talk about, is that of the documents' own instrument of the form.
        let like = instruments().iter().find(|own| own.form == form)?;
        let about = match form {
            Form::Pairs => {
                format!("Hvor ligger jeres praksis mellem to ender? {count} par, som enheden selv har skrevet.")
            }
            _ => format!("Hvor tydeligt viser det sig i jeres hverdag? {count} udsagn, som enheden selv har skrevet."),
        };
        Some(Instrument {
            id: id.clone(),
            title: self.0.get(1)?.clone(),
            about,
            // A minute an item, and one to arrive.
            minutes: u8::try_from(count + 1).ok()?,
            form,
            items: items.collect::<Option<_>>()?,
            prompts: like.prompts.clone(),
            talk: like.talk.clone(),
        })
    }
}

thread_local! {
    /// The instruments of units' own that were met.
    static MET: RefCell<Vec<&'static Instrument>> = const { RefCell::new(Vec::new()) };
}

const PAIRS: &str = "pairs";
const STATEMENTS: &str = "statements";

fn item(place: usize, texts: &[String]) -> Option<InstrumentItem> {
    let pole = |label: &String| Pole { label: label.clone(), text: String::new() };
    let (label, poles) = match texts {
        [left, right] => (format!("{left} – {right}"), Some([pole(left), pole(right)])),
        [statement] => (statement.clone(), None),
        _ => return None,
    };
    let id = Id::parse(&format!("p{}", place + 1))?;
    Some(InstrumentItem { id, label, text: String::new(), theme: String::new(), poles, examples: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::svarkode::Codes;

    fn own(form: Form, texts: &[(&str, &str)]) -> OwnInstrument {
        let mut own = OwnInstrument { title: "Vores tone".into(), form: Some(form), ..OwnInstrument::default() };
        for (place, (text, opposite)) in texts.iter().enumerate() {
            // The ids the other way round: the order decides.
            let id = Id::parse(&format!("x{}", 50 - place)).unwrap();
            let order = Some(format!("a{place}"));
            own.items.insert(id, OwnItem { text: (*text).into(), opposite: (*opposite).into(), order });
        }
        own
    }

    #[test]
    fn reflection_an_instrument_of_ones_own_is_answered_like_the_others() {
        let pairs = own(Form::Pairs, &[("Ro", "Fart"), ("Nær", "Fjern")]);
        assert_eq!(pairs.unfinished(), []);
        let wording = pairs.written();
        assert_eq!(InstrumentText::from_address(&wording.in_address()).as_ref(), Some(&wording));
        let instrument = wording.instrument(&Id::parse("eget").unwrap()).unwrap();
        assert_eq!(instrument.point(&instrument.items[0], -3), "Næsten altid ro");
        assert_eq!(instrument.items[1].label, "Nær – Fjern");
        assert!(!instrument.prompts.is_empty() && !instrument.talk.is_empty());
        let again = wording.instrument(&Id::parse("eget").unwrap()).unwrap();
        assert!(std::ptr::eq(instrument, again), "met once, kept once");
        let statements = own(Form::Statements, &[("Vi griner", ""), ("Vi hilser", "ikke brugt")]).written();
        let instrument = statements.instrument(&Id::parse("eget").unwrap()).unwrap();
        assert_eq!((instrument.form, instrument.items[1].label.as_str()), (Form::Statements, "Vi hilser"));
    }

    #[test]
    fn reflection_what_is_missing_is_said() {
        let said = |own: &OwnInstrument| own.unfinished();
        assert_eq!(said(&OwnInstrument::default()), [InstrumentGap::Title, InstrumentGap::Few]);
        assert_eq!(said(&own(Form::Pairs, &[("Ro", "Fart"), ("Nær", " ")])), [InstrumentGap::Empty(1)]);
        assert_eq!(said(&own(Form::Statements, &[("Ro", ""), ("Nær", "")])), []);
        assert_eq!(said(&own(Form::Pairs, &[("Ro", "Fart"); 16])), [InstrumentGap::Many(2)]);
        let long = "o".repeat(200);
        let [InstrumentGap::Long(over)] = said(&own(Form::Statements, &[(long.as_str(), ""); 4]))[..] else { panic!() };
        // The form, the title and the dots between come to 25.
        assert_eq!(over, 225);
    }

    #[test]
    fn reflection_every_number_of_items_has_codes_and_a_copy_can_be_written() {
        for form in [Form::Pairs, Form::Statements] {
            for count in FEWEST_ITEMS..=MOST_ITEMS {
                assert!(Codes::can_hold(form, count), "{count}");
                let codes = Codes::new(&Id::parse("w").unwrap(), form, count, 7);
                assert_ne!(codes.length(false), codes.length(true), "{count}");
            }
        }
        let mut used = own(Form::Pairs, &[("Ro", "Fart"), ("Nær", "Fjern")]);
        used.in_use = Some(used.written());
        let copy = used.copy();
        assert_eq!((copy.in_use.is_none(), copy.items.len(), copy.title.as_str()), (true, 2, "Vores tone (kopi)"));
    }
}
