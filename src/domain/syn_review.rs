//! When a unit takes up the four views (*de fire syn*) again, and what came of the earlier times [FIF-11, FIF-12].

use super::body::{Body, FieldRole, KindWords, Map};
use super::date::Date;
use super::id::Id;
use super::slot::fields;
use super::text::UserText;

/// A unit's conversations about the four views.
///
/// The id is derived from the unit, so that all people of the unit write to the same record.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct SynReview {
    /// The unit.
    pub unit: Option<Id>,
    /// The day on which the unit takes up the views next.
    pub next: Option<Date>,
    /// What came of each time the unit took them up, by day.
    pub visits: Map<Date, UserText>,
}

impl SynReview {
    /// The id of a unit's record.
    pub fn id(unit: &Id) -> Option<Id> {
        Id::derived(unit, &Id::parse("syn")?)
    }

    /// The day on which the unit takes up the views next, unless it took them up on that day or later.
    pub fn planned(&self) -> Option<Date> {
        let is_held = |next: &Date| self.visits.keys().next_back().is_some_and(|last| last >= next);
        self.next.filter(|next| !is_held(next))
    }

    /// The latest time that the unit took up the views: the day, and the first words of what came of it.
    pub fn last_visit(&self) -> Option<(Date, String)> {
        let written = self.visits.iter().rev().find(|(_, text)| !text.as_str().trim().is_empty());
        written.map(|(day, text)| (*day, first_words(text.as_str())))
    }
}

/// The largest number of characters of [`first_words`], without the ellipsis.
const MAX_FIRST_WORDS: usize = 60;

/// Returns the first words of a text on one line, with an ellipsis where words are left out.
fn first_words(text: &str) -> String {
    let mut first = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        length += word.chars().count() + usize::from(!first.is_empty());
        if length > MAX_FIRST_WORDS {
            if first.is_empty() {
                first.extend(word.chars().take(MAX_FIRST_WORDS));
            }
            first.push('…');
            break;
        }
        if !first.is_empty() {
            first.push(' ');
        }
        first.push_str(word);
    }
    first
}

fields!(SynReview {
    unit: parent("enheden"),
    next: value("hvornår I tager synene op igen"),
    visits: leaves("det, der kom ud af det", FieldRole::Text),
});

impl Body for SynReview {
    const WORDS: KindWords =
        KindWords { definite: "samtalen om synene", singular: "samtale om synene", plural: "samtaler om synene" };
    // A map has no text of its own, so lists name the record by its kind. A unit has only one.
    const TITLE: &'static str = "visits";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn review(next: &str, visits: &[(&str, &str)]) -> SynReview {
        let mut review = SynReview { next: Date::parse(next), ..SynReview::default() };
        for (on, text) in visits {
            review.visits.insert(day(on), (*text).into());
        }
        review
    }

    #[track_caller]
    fn check_planned(next: &str, visits: &[(&str, &str)], expected: Option<&str>) {
        assert_eq!(review(next, visits).planned(), expected.map(day), "{next} {visits:?}");
    }

    #[test]
    fn planned_day_holds_until_the_views_were_taken_up() {
        let (may, early, on_time, late) =
            ("2026-05-20", ("2025-03-03", "Tillid"), ("2026-05-20", "Mod"), ("2026-06-01", "Mod"));
        check_planned("", &[], None);
        check_planned("", &[early], None);
        check_planned(may, &[], Some(may));
        check_planned(may, &[early], Some(may));
        check_planned(may, &[early, on_time], None);
        check_planned(may, &[late], None);
        check_planned("2027-05-20", &[late], Some("2027-05-20"));
    }

    #[test]
    fn last_visit_is_the_newest_with_a_text_in_its_first_words() {
        assert_eq!(review("2026-05-20", &[]).last_visit(), None);
        let visits = [("2025-03-03", "Vi øver os\n i at spørge."), ("2024-03-03", "Tillid"), ("2026-01-05", " ")];
        let last = (day("2025-03-03"), "Vi øver os i at spørge.".to_owned());
        assert_eq!(review("", &visits).last_visit(), Some(last));
    }

    #[track_caller]
    fn check_first_words(text: &str, expected: &str) {
        assert_eq!(first_words(text), expected, "{text}");
    }

    #[test]
    fn first_words_end_between_words() {
        check_first_words("", "");
        check_first_words(" Tillid \n og mod ", "Tillid og mod");
        let words = "abcde ".repeat(10);
        check_first_words(&words, words.trim());
        check_first_words(&format!("{words}f"), &format!("{}…", words.trim()));
        check_first_words(&"æ".repeat(60), &"æ".repeat(60));
        check_first_words(&"æ".repeat(61), &format!("{}…", "æ".repeat(60)));
    }
}
