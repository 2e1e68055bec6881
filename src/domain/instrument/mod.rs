//! Instruments of reflection: sets of items on which a person or a group places its practice.
//!
//! Instruments are content. The items come from the foundation; titles, prompts and examples come from
//! `content/instruments.json`. Every point of a scale has a meaning in words. Points are not grades: both poles of a
//! pair can be right.
//!
//! | file | contents |
//! | --- | --- |
//! | `mod` | instruments and their items |
//! | `form` | scales and the words for their points |
//! | `answer` | the answer to an item |
//! | `load` | reading the content |
//! | `own` | instruments that units write themselves |

mod answer;
mod form;
mod load;
mod own;

use std::sync::LazyLock;

pub use answer::Answer;
pub use form::{CORNER_WORDS, Form, Round};
pub use own::{FEWEST_ITEMS, InstrumentGap, InstrumentText, MAX_ENCODED_LENGTH, MOST_ITEMS, OwnInstrument, OwnItem};

use super::enhed::EnhedKind;
use super::id::Id;

/// An instrument of reflection.
#[derive(Clone, Debug, PartialEq)]
pub struct Instrument {
    /// The permanent id.
    pub id: Id,
    /// The title.
    pub title: String,
    /// What the instrument asks, in a sentence or two.
    pub about: String,
    /// The time that one person needs, in minutes.
    pub minutes: u8,
    /// The way in which it is answered.
    pub form: Form,
    /// The items, in order.
    pub items: Vec<InstrumentItem>,
    /// Three follow-up questions for one person, who chooses one of them.
    pub prompts: Vec<String>,
    /// Questions for the discussion in a group.
    pub talk: Vec<String>,
}

/// An item of an instrument: a pair of opposites or a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct InstrumentItem {
    /// The id of the item, the same as in the foundation.
    pub id: Id,
    /// The label.
    pub label: String,
    /// The text. Empty for a pair, whose poles have texts.
    pub text: String,
    /// The view (*syn*) that the item belongs to; empty if the instrument is not divided into views.
    pub theme: String,
    /// The two poles of a pair, left and right.
    pub poles: Option<[Pole; 2]>,
    /// Examples from practice: for each kind of institution one for each pole.
    examples: Vec<(String, [String; 2])>,
}

/// One pole of a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Pole {
    /// The label.
    pub label: String,
    /// What speaks in favour of the pole.
    pub text: String,
}

/// Returns all instruments of the content, in the order of menus. Empty if the content cannot be read, which a test
/// rules out.
pub fn instruments() -> &'static [Instrument] {
    static ALL: LazyLock<Vec<Instrument>> =
        LazyLock::new(|| load::load(include_str!("../../content/instruments.json")).unwrap_or_default());
    &ALL
}

/// Returns the instrument of the content with an id.
pub fn instrument(id: &str) -> Option<&'static Instrument> {
    instruments().iter().find(|instrument| instrument.id.as_str() == id)
}

/// Returns the instrument that was answered. `wording` is the wording of a unit's own instrument; without it the
/// instrument is looked up in the content.
pub fn resolve_instrument(id: &Id, wording: Option<&InstrumentText>) -> Option<&'static Instrument> {
    wording.map_or_else(|| instrument(id.as_str()), |wording| wording.instrument(id))
}

impl Instrument {
    /// Returns the meaning of a point of the scale on an item, in Danish.
    pub fn point(&self, item: &InstrumentItem, point: i8) -> String {
        self.form.point(item.poles.as_ref().map(|[left, right]| (&*left.label, &*right.label)), point)
    }

    /// Returns an answer to an item in Danish, with both rounds.
    pub fn answer(&self, item: &InstrumentItem, answer: Answer) -> String {
        let rounds = Round::BOTH.map(|round| {
            let words = answer.of(round).map_or_else(|| "ikke besvaret".to_owned(), |point| self.point(item, point));
            format!("{}: {words}", round.danish())
        });
        rounds.join(". ")
    }
}

impl InstrumentItem {
    /// Returns an example for each pole from a kind of unit. If the kind is not known, the examples are from daycare.
    pub fn examples(&self, kind: Option<EnhedKind>) -> Option<&[String; 2]> {
        let key = match kind {
            Some(EnhedKind::Skole | EnhedKind::Klub) => "skole",
            Some(EnhedKind::Familie) => "familie",
            Some(EnhedKind::Chefomraade | EnhedKind::Administration) => "administration",
            Some(EnhedKind::Omraade | EnhedKind::Boernehus | EnhedKind::Dagpleje) | None => "dagtilbud",
        };
        self.examples.iter().find(|(kind, _)| kind == key).map(|(_, examples)| examples)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_has_the_instruments_of_the_documents() {
        let counts: Vec<_> =
            instruments().iter().map(|one| (one.id.as_str(), one.items.len(), one.prompts.len())).collect();
        assert_eq!(
            counts,
            [
                ("modsaetninger", 9, 3),
                ("syn", 14, 3),
                ("praksis", 4, 3),
                ("adfaerd", 10, 3),
                ("tek", 3, 3),
                ("kriterier", 6, 3),
                ("medlemskab", 3, 3)
            ]
        );
    }

    #[test]
    fn every_pair_has_two_poles_and_examples_for_every_kind_of_unit() {
        let pairs = instrument("modsaetninger").unwrap();
        for item in &pairs.items {
            let poles = item.poles.as_ref().unwrap();
            assert!(poles.iter().all(|pole| !pole.label.is_empty() && !pole.text.is_empty()), "{}", item.id);
            for kind in EnhedKind::ALL.map(Some).into_iter().chain([None]) {
                let examples =
                    item.examples(kind).unwrap_or_else(|| panic!("{} has no examples for {kind:?}", item.id));
                assert!(examples.iter().all(|example| example.ends_with('.')), "{}", item.id);
            }
        }
        let first = &pairs.items[0];
        assert_eq!(pairs.point(first, -3), "Næsten altid bureaukratisk");
        assert_eq!(pairs.point(first, 0), "Lige meget af begge");
        assert_eq!(pairs.point(first, 2), "Mest transparent");
    }

    #[test]
    fn points_of_a_scale_have_distinct_words() {
        for instrument in instruments() {
            for item in &instrument.items {
                let words: std::collections::BTreeSet<String> =
                    instrument.form.points().map(|point| instrument.point(item, point)).collect();
                assert_eq!(words.len(), instrument.form.points().count(), "{} {}", instrument.id, item.id);
                assert!(words.iter().all(|words| !words.is_empty()));
            }
        }
    }
}
