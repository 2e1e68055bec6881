//! What people say of a figure: it never stands alone.

use super::body::{Body, Words};
use super::id::Id;
use super::kind::Kind;
use super::period::Period;
use super::slot::fields;
use super::text::Text;

/// What is said of one indicator in one period by a unit: the professional assessment, three voices, and the note of the
/// conversation. Its id is [`Dialogue::id`], so that whoever writes first, and wherever, writes in the same record.
///
/// A record of its own and no part of the series: figures travel in the secretariat's package, what was said of them
/// does not.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Dialogue {
    /// The series.
    pub series: Option<Id>,
    /// The period.
    pub period: Option<Period>,
    /// What professionals make of the figure.
    pub assessment: Text,
    /// What children and young people say.
    pub children: Text,
    /// What parents say.
    pub parents: Text,
    /// What professionals say from their everyday.
    pub professionals: Text,
    /// The question that the figure raises.
    pub question: Text,
    /// What may lie behind it.
    pub mechanism: Text,
    /// What could be done.
    pub initiative: Text,
    /// What the initiative became: a goal or a trial.
    pub became: Option<Id>,
}

/// What is still to be heard of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unheard {
    /// No professional has assessed it.
    Assessment,
    /// No voice was heard: no child's, no parent's, no professional's.
    Voices,
    /// Nobody has talked about it.
    Note,
}

impl Unheard {
    /// In Danish, after «mangler».
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Assessment => "vurdering",
            Self::Voices => "stemmer",
            Self::Note => "dialognote",
        }
    }
}

impl Dialogue {
    /// The id of what is said of a series in a period; `None` if it would be too long.
    pub fn id(series: &Id, period: Period) -> Option<Id> {
        Id::derived(series, &Id::parse(&period.to_string())?)
    }

    /// What is still to be heard.
    pub fn unheard(&self) -> Vec<Unheard> {
        let is_silent = |texts: &[&Text]| texts.iter().all(|text| text.as_str().trim().is_empty());
        [
            (Unheard::Assessment, is_silent(&[&self.assessment])),
            (Unheard::Voices, is_silent(&[&self.children, &self.parents, &self.professionals])),
            (Unheard::Note, is_silent(&[&self.question, &self.mechanism, &self.initiative])),
        ]
        .into_iter()
        .filter_map(|(unheard, is_silent)| is_silent.then_some(unheard))
        .collect()
    }
}

fields!(Dialogue {
    series: parent("talrækken"),
    period: value("perioden"),
    assessment: words("vurderingen"),
    children: words("børnenes stemme"),
    parents: words("forældrenes stemme"),
    professionals: words("fagprofessionelles stemme"),
    question: words("spørgsmålet"),
    mechanism: words("mekanismen"),
    initiative: words("den mulige indsats"),
    became: value("hvad indsatsen blev til"),
});

impl Body for Dialogue {
    const KIND: Kind = Kind::Dialogue;
    const WORDS: Words = Words { definite: "dialogen", singular: "dialog", plural: "dialoger" };
    const TITLE: &'static str = "question";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indicators_what_is_still_to_be_heard_is_named() {
        let mut said = Dialogue::default();
        assert_eq!(said.unheard(), [Unheard::Assessment, Unheard::Voices, Unheard::Note]);
        said.parents = "Vi ringer først kl. 9.".into();
        assert_eq!(said.unheard(), [Unheard::Assessment, Unheard::Note]);
        said.mechanism = " ".into();
        assert_eq!(said.unheard(), [Unheard::Assessment, Unheard::Note], "blank is nothing said");
        said.assessment = "Fraværet er højest om mandagen.".into();
        said.question = "Hvorfor?".into();
        assert_eq!(said.unheard(), []);
    }

    #[test]
    fn indicators_two_who_write_of_the_same_figure_write_in_the_same_record() {
        let series = Id::parse("skolen.fravaer").unwrap();
        let id = Dialogue::id(&series, Period::SchoolYear(2024)).unwrap();
        assert_eq!(id.as_str(), "skolen.fravaer.2024-25");
    }
}
