//! Instruments that units write themselves: pairs or statements.
//!
//! An instrument can be edited as long as it is a draft. Once in use it never changes: its wording is stored verbatim
//! as one leaf and copied into everything that is answered on it (a reflection, a workshop, a workshop's link), so that
//! answers always have their questions. To change an instrument in use, the unit makes a copy of it.

use std::cell::RefCell;

use serde::{Deserialize, Serialize};

use super::{Form, Instrument, InstrumentItem, Pole, instruments};
use crate::domain::body::{Body, Entries, FieldTable, KindWords};
use crate::domain::cpr::mask_all;
use crate::domain::fractional_index;
use crate::domain::id::Id;
use crate::domain::slot::fields;
use crate::domain::text::{UserText, decode_from_address, encode_for_address};

/// The smallest number of items in an instrument.
pub const FEWEST_ITEMS: usize = 2;
/// The largest number of items in an instrument. More would be too many on a phone.
pub const MOST_ITEMS: usize = 14;
/// The greatest length of the encoded wording in a workshop's link, in characters. The link must fit into a QR code
/// that can be read from a wall.
pub const MAX_ENCODED_LENGTH: usize = 600;

/// An instrument that a unit wrote itself.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct OwnInstrument {
    /// The title.
    pub title: UserText,
    /// The unit that wrote it.
    pub unit: Option<Id>,
    /// The way in which it is answered: pairs or statements; pairs if empty.
    pub form: Option<Form>,
    /// The items of the draft.
    pub items: Entries<OwnItem>,
    /// The wording since the instrument was taken into use. One leaf, which never changes again.
    pub in_use: Option<InstrumentText>,
}

/// An item: a pair of poles, or a statement.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct OwnItem {
    /// The left pole, or the statement.
    pub text: UserText,
    /// The right pole; not used by statements.
    pub opposite: UserText,
    /// The position in the list, a fractional index.
    pub order: Option<String>,
}

/// The wording of an instrument, verbatim: its form, its title, then the texts of its items, two for each pair.
///
/// It is a flat list of texts, as it is encoded in a link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Wording"))]
#[serde(transparent)]
pub struct InstrumentText(Vec<String>);

/// Why an instrument cannot be taken into use yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstrumentGap {
    /// It has no title.
    Title,
    /// There are fewer than [`FEWEST_ITEMS`] items.
    Few,
    /// There are too many items, by this number.
    Many(usize),
    /// This number of items lack text.
    Empty(usize),
    /// The encoded wording is too long for a link, by this number of characters.
    Long(usize),
}

impl InstrumentGap {
    /// Returns what to do, in Danish.
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
    /// Returns the way in which the instrument is answered.
    pub fn form(&self) -> Form {
        if self.form == Some(Form::Statements) { Form::Statements } else { Form::Pairs }
    }

    /// Returns the items in their order.
    pub fn ordered(&self) -> Vec<(&Id, &OwnItem)> {
        fractional_index::sorted(self.items.iter().collect(), &|(_, one), (_, other)| one.order < other.order)
    }

    /// Returns the current wording of the draft, without leading and trailing white space.
    pub fn written(&self) -> InstrumentText {
        let texts = self.ordered().into_iter().map(|(_, item)| {
            let text = |text: &UserText| text.as_str().trim().to_owned();
            (text(&item.text), text(&item.opposite))
        });
        InstrumentText::new(self.form(), self.title.as_str().trim(), &texts.collect::<Vec<_>>())
    }

    /// Returns what must be done before the instrument can be taken into use.
    pub fn unfinished(&self) -> Vec<InstrumentGap> {
        let (is_pairs, count) = (self.form() == Form::Pairs, self.items.len());
        let is_empty = |text: &UserText| text.as_str().trim().is_empty();
        let lacks_text = |item: &OwnItem| is_empty(&item.text) || (is_pairs && is_empty(&item.opposite));
        let empty = self.items.values().filter(|item| lacks_text(item)).count();
        let excess = self.written().encode_for_address().len().saturating_sub(MAX_ENCODED_LENGTH);
        let gaps = [
            is_empty(&self.title).then_some(InstrumentGap::Title),
            (count < FEWEST_ITEMS).then_some(InstrumentGap::Few),
            (count > MOST_ITEMS).then(|| InstrumentGap::Many(count - MOST_ITEMS)),
            (empty > 0).then_some(InstrumentGap::Empty(empty)),
            (excess > 0).then_some(InstrumentGap::Long(excess)),
        ];
        gaps.into_iter().flatten().collect()
    }

    /// Returns a copy of the instrument as a draft.
    #[must_use]
    pub fn copy(&self) -> Self {
        let title = format!("{} (kopi)", self.title.as_str().trim());
        Self { title: title.as_str().into(), in_use: None, ..self.clone() }
    }
}

impl InstrumentText {
    /// Makes the wording of an instrument. For statements only the first text of each item is used.
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

    /// Encodes the wording for one step of an address.
    pub fn encode_for_address(&self) -> String {
        self.0.iter().map(|text| encode_for_address(text)).collect::<Vec<_>>().join(".")
    }

    /// Decodes a wording from a step of an address and masks its CPR numbers; `None` if it is not a valid instrument.
    pub fn decode_from_address(encoded: &str) -> Option<Self> {
        let texts: Option<Vec<String>> =
            encoded.split('.').map(|text| Some(mask_all(&decode_from_address(text)?))).collect();
        let wording = Self(texts?);
        wording.items().is_some().then_some(wording)
    }

    /// Returns the form and the texts of each item; `None` if the wording is not a valid instrument.
    fn items(&self) -> Option<(Form, Vec<&[String]>)> {
        let [form, _, texts @ ..] = &self.0[..] else { return None };
        let (form, texts_per_item) = match &**form {
            PAIRS => (Form::Pairs, 2),
            STATEMENTS => (Form::Statements, 1),
            _ => return None,
        };
        let items: Vec<&[String]> = texts.chunks(texts_per_item).collect();
        let is_valid = texts.len().is_multiple_of(texts_per_item) && (FEWEST_ITEMS..=MOST_ITEMS).contains(&items.len());
        is_valid.then_some((form, items))
    }

    /// Returns the instrument with this wording; `None` if the wording is not valid.
    ///
    /// The instrument is kept as long as the page lives, like those of the content. A page uses only a few of them.
    pub fn instrument(&self, id: &Id) -> Option<&'static Instrument> {
        let built = self.build_instrument(id)?;
        INTERNED.with_borrow_mut(|interned| {
            if let Some(instrument) = interned.iter().find(|instrument| ***instrument == built) {
                return Some(*instrument);
            }
            let instrument: &'static Instrument = Box::leak(Box::new(built));
            interned.push(instrument);
            Some(instrument)
        })
    }

    fn build_instrument(&self, id: &Id) -> Option<Instrument> {
        let (form, texts) = self.items()?;
        let count = texts.len();
        let items = texts.into_iter().enumerate().map(|(index, texts)| item(index, texts));
        // Follow-up questions come from the first instrument of the content with the same form.
        let template = instruments().iter().find(|instrument| instrument.form == form)?;
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
            // One minute for each item and one for the start.
            minutes: u8::try_from(count + 1).ok()?,
            form,
            items: items.collect::<Option<_>>()?,
            prompts: template.prompts.clone(),
            talk: template.talk.clone(),
        })
    }
}

thread_local! {
    /// The units' own instruments that the page has used so far.
    static INTERNED: RefCell<Vec<&'static Instrument>> = const { RefCell::new(Vec::new()) };
}

const PAIRS: &str = "pairs";
const STATEMENTS: &str = "statements";

/// Makes the item at an index of a wording.
fn item(index: usize, texts: &[String]) -> Option<InstrumentItem> {
    let pole = |label: &String| Pole { label: label.clone(), text: String::new() };
    let (label, poles) = match texts {
        [left, right] => (format!("{left} – {right}"), Some([pole(left), pole(right)])),
        [statement] => (statement.clone(), None),
        _ => return None,
    };
    let id = Id::parse(&format!("p{}", index + 1))?;
    Some(InstrumentItem { id, label, text: String::new(), theme: String::new(), poles, examples: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::svarkode::Codes;

    fn draft(form: Form, texts: &[(&str, &str)]) -> OwnInstrument {
        let mut draft = OwnInstrument { title: "Vores tone".into(), form: Some(form), ..OwnInstrument::default() };
        for (index, (text, opposite)) in texts.iter().enumerate() {
            // The ids are in reverse order, since only `order` may count.
            let id = Id::parse(&format!("x{}", 50 - index)).unwrap();
            let order = Some(format!("a{index}"));
            draft.items.insert(id, OwnItem { text: (*text).into(), opposite: (*opposite).into(), order });
        }
        draft
    }

    #[test]
    fn wording_survives_an_address_and_gives_a_complete_instrument() {
        let pairs = draft(Form::Pairs, &[("Ro", "Fart"), ("Nær", "Fjern")]);
        assert_eq!(pairs.unfinished(), []);
        let wording = pairs.written();
        assert_eq!(InstrumentText::decode_from_address(&wording.encode_for_address()).as_ref(), Some(&wording));
        let instrument = wording.instrument(&Id::parse("eget").unwrap()).unwrap();
        assert_eq!(instrument.point(&instrument.items[0], -3), "Næsten altid ro");
        assert_eq!(instrument.items[1].label, "Nær – Fjern");
        assert!(!instrument.prompts.is_empty() && !instrument.talk.is_empty());
        let again = wording.instrument(&Id::parse("eget").unwrap()).unwrap();
        assert!(std::ptr::eq(instrument, again), "the same wording gives the same instrument");
        let statements = draft(Form::Statements, &[("Vi griner", ""), ("Vi hilser", "ikke brugt")]).written();
        let instrument = statements.instrument(&Id::parse("eget").unwrap()).unwrap();
        assert_eq!((instrument.form, instrument.items[1].label.as_str()), (Form::Statements, "Vi hilser"));
    }

    #[test]
    fn unfinished_lists_every_gap() {
        assert_eq!(OwnInstrument::default().unfinished(), [InstrumentGap::Title, InstrumentGap::Few]);
        assert_eq!(draft(Form::Pairs, &[("Ro", "Fart"), ("Nær", " ")]).unfinished(), [InstrumentGap::Empty(1)]);
        assert_eq!(draft(Form::Statements, &[("Ro", ""), ("Nær", "")]).unfinished(), []);
        assert_eq!(draft(Form::Pairs, &[("Ro", "Fart"); 16]).unfinished(), [InstrumentGap::Many(2)]);
        let long = "o".repeat(200);
        let statements = draft(Form::Statements, &[(long.as_str(), ""); 4]);
        // Four texts of 200, and 25 characters for the form, the title and the separators.
        assert_eq!(statements.unfinished(), [InstrumentGap::Long(225)]);
    }

    #[test]
    fn every_allowed_number_of_items_fits_into_codes_and_a_copy_is_a_draft() {
        for form in [Form::Pairs, Form::Statements] {
            for count in FEWEST_ITEMS..=MOST_ITEMS {
                assert!(Codes::can_hold(form, count), "{count}");
                let codes = Codes::new(&Id::parse("w").unwrap(), form, count, 7);
                assert_ne!(codes.length(false), codes.length(true), "{count}");
            }
        }
        let mut used = draft(Form::Pairs, &[("Ro", "Fart"), ("Nær", "Fjern")]);
        used.in_use = Some(used.written());
        let copy = used.copy();
        assert_eq!((copy.in_use.is_none(), copy.items.len(), copy.title.as_str()), (true, 2, "Vores tone (kopi)"));
    }
}
