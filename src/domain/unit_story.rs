//! A positive story that a unit tells, any day (EFF).

use super::body::{Body, KindWords};
use super::date::Date;
use super::id::Id;
use super::period::Period;
use super::proevehandling::name_of;
use super::slot::fields;
use super::text::UserText;

/// A positive story that a unit tells.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct UnitStory {
    /// The title.
    pub title: UserText,
    /// The unit that tells it.
    pub unit: Option<Id>,
    /// The story.
    pub text: UserText,
    /// The day on which it was told.
    pub date: Option<Date>,
    /// The series whose figure stands beside the story; `None` for no figure.
    pub series: Option<Id>,
    /// The period of that figure.
    pub period: Option<Period>,
    /// Whether the unit shares it with its network, and shows it first in the public view.
    pub shared: Option<bool>,
}

impl UnitStory {
    /// The name of a story without words.
    pub const UNTITLED: &'static str = "Historie uden ord";

    /// Returns the name of the story in lists: its title, or else the beginning of its text.
    pub fn name(&self) -> String {
        name_of(&self.title, &self.text, Self::UNTITLED)
    }

    /// Returns whether the unit shares the story. Only such a story is shown to others.
    pub fn is_shared(&self) -> bool {
        self.shared == Some(true) && self.has_words()
    }

    /// Returns whether the story is another unit's, was known here by its words, and is no longer shared.
    pub fn is_withdrawn(&self, is_own: bool) -> bool {
        !is_own && self.shared == Some(false) && self.has_words()
    }

    /// Returns the line that says that another unit has withdrawn the story; `None` if it has not. The line has no word
    /// of the story but its title.
    pub fn withdrawn_line(&self, is_own: bool, unit_name: &str) -> Option<String> {
        self.is_withdrawn(is_own).then(|| match self.title.as_str().trim() {
            "" => format!("{unit_name} har trukket en historie tilbage."),
            title => format!("{unit_name} har trukket «{title}» tilbage."),
        })
    }

    /// Returns the sentence on the figure beside the story, in Danish. `figure` is a figure that may be published, with
    /// its measure. `None` for a story without a period.
    pub fn figure_sentence(&self, indicator: &str, figure: &str) -> Option<String> {
        Some(format!("I {} var tallet for «{indicator}» {figure}.", self.period?.danish()))
    }

    fn has_words(&self) -> bool {
        [&self.title, &self.text].into_iter().any(|text| !text.as_str().trim().is_empty())
    }
}

fields!(UnitStory {
    title: text("titlen"),
    unit: parent("enheden"),
    text: text("historien"),
    date: value("datoen"),
    series: value("tallet ved siden af"),
    period: value("tallets periode"),
    shared: value("om historien deles"),
});

impl Body for UnitStory {
    const WORDS: KindWords = KindWords { definite: "historien", singular: "historie", plural: "historier" };
    const TITLE: &'static str = "title";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn story(title: &str, text: &str, shared: Option<bool>) -> UnitStory {
        UnitStory { title: title.into(), text: text.into(), shared, ..UnitStory::default() }
    }

    #[test]
    fn name_is_the_title_or_the_beginning_of_the_text() {
        let long = "To klasser byttede lærer en dag, og bagefter spurgte børnene, hvornår vi gør det igen.";
        for (title, text, name) in [
            (" Alle var med på tur ", "To klasser byttede lærer.", "Alle var med på tur"),
            (long, "", long),
            (" ", "\n To klasser byttede lærer. \nDet gik godt.", "To klasser byttede lærer."),
            ("", long, "To klasser byttede lærer en dag, og bagefter spurgte børnene, hvornår vi gør…"),
            ("", " \n", UnitStory::UNTITLED),
        ] {
            assert_eq!(story(title, text, None).name(), name);
        }
    }

    #[test]
    fn story_with_words_is_shared_or_withdrawn_by_its_flag() {
        for (text, shared, is_own, is_shared, is_withdrawn) in [
            ("De ringede", None, false, false, false),
            ("De ringede", Some(true), false, true, false),
            ("De ringede", Some(true), true, true, false),
            ("De ringede", Some(false), false, false, true),
            // The unit's own story is not withdrawn from the unit itself.
            ("De ringede", Some(false), true, false, false),
            // Of a story without words only the mark is here.
            (" ", Some(true), false, false, false),
            (" ", Some(false), false, false, false),
        ] {
            let story = story("", text, shared);
            assert_eq!(story.is_shared(), is_shared, "{text} {shared:?} {is_own}");
            assert_eq!(story.is_withdrawn(is_own), is_withdrawn, "{text} {shared:?} {is_own}");
            assert_eq!(story.withdrawn_line(is_own, "Engen").is_some(), is_withdrawn, "{text} {shared:?} {is_own}");
        }
    }

    #[test]
    fn line_on_a_withdrawn_story_has_its_title_and_no_word_of_its_text() {
        for (title, line) in [
            ("Alle var med", "Engen har trukket «Alle var med» tilbage."),
            ("", "Engen har trukket en historie tilbage."),
        ] {
            let line_of_story = story(title, "De ringede", Some(false)).withdrawn_line(false, "Engen");
            assert_eq!(line_of_story.as_deref(), Some(line));
        }
    }

    #[test]
    fn figure_is_a_sentence_of_its_period() {
        for (period, sentence) in [
            (None, None),
            (Some(Period::SchoolYear(2023)), Some("I 2023/24 var tallet for «Fravær reduceres» 7 %.")),
            (Some(Period::Quarter(2025, 4)), Some("I 4. kvartal 2025 var tallet for «Fravær reduceres» 7 %.")),
        ] {
            let story = UnitStory { period, ..UnitStory::default() };
            assert_eq!(story.figure_sentence("Fravær reduceres", "7 %").as_deref(), sentence);
        }
    }
}
