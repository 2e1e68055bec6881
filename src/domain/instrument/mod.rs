//! Instruments of reflection: what a person, or a room of people, places its practice on.
//!
//! They are content. The statements themselves are the foundation's; what is said around them is in
//! `content/instruments.json`. Answers are places on a scale whose points all have words, and none is a mark: of a pair
//! both ends have their place.

mod answer;
mod form;
mod load;
mod own;

use std::sync::LazyLock;

pub use answer::Answer;
pub use form::{Form, Round};
pub use own::{FEWEST_ITEMS, InstrumentGap, InstrumentText, LONGEST, MOST_ITEMS, OwnInstrument, OwnItem};

use super::enhed::EnhedKind;
use super::id::Id;

/// An instrument.
#[derive(Clone, Debug, PartialEq)]
pub struct Instrument {
    /// Its name for life.
    pub id: Id,
    /// What it is called.
    pub title: String,
    /// What it asks.
    pub about: String,
    /// How long it takes one person, in minutes.
    pub minutes: u8,
    /// How it is answered.
    pub form: Form,
    /// What is answered, in order.
    pub items: Vec<InstrumentItem>,
    /// Three questions to go on with alone, of which one is chosen.
    pub prompts: Vec<String>,
    /// Questions for a room to talk about.
    pub talk: Vec<String>,
}

/// One thing that is answered: a pair of opposites, or a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct InstrumentItem {
    /// Its id, in the foundation as here.
    pub id: Id,
    /// What it is called.
    pub label: String,
    /// What it says; of a pair nothing, its ends speak.
    pub text: String,
    /// What it belongs to, where the instrument has parts: one of the four views.
    pub theme: String,
    /// The two ends of a pair.
    pub poles: Option<[Pole; 2]>,
    /// Examples from practice, of both ends, for each sort of unit.
    examples: Vec<(String, [String; 2])>,
}

/// An end of a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Pole {
    /// What it is called.
    pub label: String,
    /// What speaks for it.
    pub text: String,
}

/// All instruments, in the order they are offered. That they load is a test's to say.
pub fn instruments() -> &'static [Instrument] {
    static ALL: LazyLock<Vec<Instrument>> =
        LazyLock::new(|| load::load(include_str!("../../content/instruments.json")).unwrap_or_default());
    &ALL
}

/// The instrument of an id.
pub fn instrument(id: &str) -> Option<&'static Instrument> {
    instruments().iter().find(|instrument| instrument.id.as_str() == id)
}

/// What was answered: the instrument of an id in the content, or of the wording that goes along where it is a unit's own.
pub fn answered(id: &Id, wording: Option<&InstrumentText>) -> Option<&'static Instrument> {
    wording.map_or_else(|| instrument(id.as_str()), |wording| wording.instrument(id))
}

impl Instrument {
    /// What a point of the scale means on an item, in words.
    pub fn point(&self, item: &InstrumentItem, point: i8) -> String {
        self.form.point(item.poles.as_ref().map(|[left, right]| (&*left.label, &*right.label)), point)
    }

    /// An answer on an item in words, each round of it.
    pub fn answer(&self, item: &InstrumentItem, answer: Answer) -> String {
        let said = Round::BOTH.map(|round| {
            let words = answer.of(round).map_or_else(|| "ikke besvaret".to_owned(), |point| self.point(item, point));
            format!("{}: {words}", round.danish())
        });
        said.join(". ")
    }
}

impl InstrumentItem {
    /// An example of both ends from units of a kind; of daycare where nothing is known of the unit.
    pub fn examples(&self, kind: Option<EnhedKind>) -> Option<&[String; 2]> {
        let sort = match kind {
            Some(EnhedKind::Skole | EnhedKind::Klub) => "skole",
            Some(EnhedKind::Familie) => "familie",
            Some(EnhedKind::Administration) => "administration",
            Some(EnhedKind::Omraade | EnhedKind::Boernehus | EnhedKind::Dagpleje) | None => "dagtilbud",
        };
        self.examples.iter().find(|(own, _)| own == sort).map(|(_, both)| both)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reflection_the_instruments_are_those_of_the_documents() {
        let counts: Vec<_> =
            instruments().iter().map(|own| (own.id.as_str(), own.items.len(), own.prompts.len())).collect();
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
    fn reflection_every_pair_has_both_ends_and_examples_for_every_kind_of_unit() {
        let pairs = instrument("modsaetninger").unwrap();
        for item in &pairs.items {
            let ends = item.poles.as_ref().unwrap();
            assert!(ends.iter().all(|end| !end.label.is_empty() && !end.text.is_empty()), "{}", item.id);
            for kind in EnhedKind::ALL.map(Some).into_iter().chain([None]) {
                let examples = item.examples(kind).unwrap_or_else(|| panic!("{} has none for {kind:?}", item.id));
                assert!(examples.iter().all(|example| example.ends_with('.')), "{}", item.id);
            }
        }
        let first = &pairs.items[0];
        assert_eq!(pairs.point(first, -3), "Næsten altid bureaukratisk");
        assert_eq!(pairs.point(first, 0), "Lige meget af begge");
        assert_eq!(pairs.point(first, 2), "Mest transparent");
    }

    #[test]
    fn reflection_every_point_of_every_scale_has_words_of_its_own() {
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
