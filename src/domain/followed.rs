//! The status of a unit as seen from the level above: its position in the wheel and its conversation.
//!
//! Units must never be ranked.

use super::date::Date;
use super::enhed::Level;
use super::fundament::Edition;
use super::progress::WheelProgress;
use super::samtale::Samtale;
use super::wheel;

/// The status of a unit's conversation in a cycle, conversations with a planned day first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SamtaleStatus {
    /// The conversation is planned for a day.
    Planned(Date),
    /// No day has been agreed on.
    Unplanned,
    /// The conversation was held, with the day if it is known.
    Held(Option<Date>),
}

impl SamtaleStatus {
    /// Derives the status from the conversation's day and the unit's progress in the wheel.
    pub fn of(samtale: &Samtale, progress: &WheelProgress, today: Date) -> Self {
        match samtale.date {
            date if progress.is_done("kvalitetssamtale") => Self::Held(date),
            Some(date) if date < today => Self::Held(Some(date)),
            Some(date) => Self::Planned(date),
            None => Self::Unplanned,
        }
    }

    /// Whether the conversation has not been held yet.
    pub const fn is_to_hold(self) -> bool {
        !matches!(self, Self::Held(_))
    }

    /// The status in Danish.
    pub fn danish(self) -> String {
        match self {
            Self::Planned(day) => day.danish(),
            Self::Unplanned => "ingen dag aftalt".to_owned(),
            Self::Held(Some(day)) => format!("holdt {}", day.danish()),
            Self::Held(None) => "holdt".to_owned(),
        }
    }
}

/// The position of a unit in the wheel on a day, in Danish.
///
/// Names the leading element for the level of the unit's leader and its progress. If no element has its turn, says that
/// the unit works with its agreement.
pub fn wheel_position(edition: &Edition, today: Date, level: Option<Level>, progress: &WheelProgress) -> String {
    let is_done = |element: &str| progress.is_done(element);
    let status = wheel::status(edition, today, level, is_done);
    let Some(current) = status.first_for(level, is_done) else { return "arbejder med aftalen".to_owned() };
    let element = &current.element;
    let mark = progress.elements.iter().find(|(id, _)| id.as_str() == element.id).and_then(|(_, entry)| entry.mark);
    let stage = match (is_done(&element.id), mark, current.blocked_by) {
        (true, ..) => "gjort".to_owned(),
        (_, Some(_), _) => "begyndt".to_owned(),
        (.., Some(first)) => format!("venter på «{}»", first.label),
        // For an element that does not concern the unit's level, no stage is named.
        _ if !level.is_some_and(|level| element.concerns.contains(&level.into())) => return element.label.clone(),
        _ => "ikke begyndt".to_owned(),
    };
    format!("{}: {stage}", element.label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fundament;
    use crate::domain::id::Id;
    use crate::domain::progress::{ProgressMark, ProgressStage};

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn progress(marks: &[(&str, ProgressStage)]) -> WheelProgress {
        let mut progress = WheelProgress::default();
        for &(element, stage) in marks {
            let entry = progress.elements.get_or_default(Id::parse(element).unwrap());
            entry.mark = Some(ProgressMark { stage, date: day("2026-02-01") });
        }
        progress
    }

    #[test]
    fn samtale_is_held_after_its_day_or_when_marked_done() {
        let today = day("2026-03-10");
        let check = |date: &str, marks: &[(&str, ProgressStage)], words: &str| {
            let samtale = Samtale { date: Date::parse(date), ..Samtale::default() };
            let status = SamtaleStatus::of(&samtale, &progress(marks), today);
            assert_eq!(status.danish(), words);
            assert_eq!(status.is_to_hold(), !words.starts_with("holdt"));
        };
        check("", &[], "ingen dag aftalt");
        check("2026-03-10", &[], "10. marts 2026");
        check("2026-04-14", &[("kvalitetssamtale", ProgressStage::Started)], "14. april 2026");
        check("2026-03-09", &[], "holdt 9. marts 2026");
        check("2026-03-10", &[("kvalitetssamtale", ProgressStage::Done)], "holdt 10. marts 2026");
        check("", &[("kvalitetssamtale", ProgressStage::Done)], "holdt");
        // A conversation with a day sorts before one without.
        assert!(SamtaleStatus::Planned(today) < SamtaleStatus::Unplanned);
    }

    #[test]
    fn place_names_the_leading_element_of_each_level() {
        let edition = fundament::present_edition().unwrap();
        let check = |today: &str, level: u8, marks: &[(&str, ProgressStage)], words: &str| {
            assert_eq!(
                wheel_position(edition, day(today), Level::new(level), &progress(marks)),
                words,
                "{today}, {level}"
            );
        };
        check("2026-02-11", 3, &[], "Kvalitetssamtale: ikke begyndt");
        check("2026-02-11", 3, &[("kvalitetssamtale", ProgressStage::Started)], "Kvalitetssamtale: begyndt");
        check("2026-05-11", 3, &[("kvalitetssamtale", ProgressStage::Done)], "Sammenhængsaftale: ikke begyndt");
        check("2025-11-05", 3, &[], "Dataindsamling og foranalyse");
        check("2026-08-12", 2, &[], "Kvalitetsrapport");
        check("2026-08-12", 2, &[("kvalitetsrapport", ProgressStage::Done)], "Sammenhængsaftale: ikke begyndt");
        check("2026-11-25", 3, &[], "arbejder med aftalen");
    }
}
