//! A unit as whoever is above it follows it: where it is in the wheel, and its conversation. Nobody is ranked.

use super::date::Date;
use super::enhed::Level;
use super::fundament::Edition;
use super::progress::WheelProgress;
use super::samtale::Samtale;
use super::wheel;

/// How it stands with a unit's conversation in a cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SamtaleStatus {
    /// It is to be held on a day.
    Planned(Date),
    /// No day is agreed on.
    Unplanned,
    /// It was held; on a day, where that is known.
    Held(Option<Date>),
}

impl SamtaleStatus {
    /// By the conversation as it is prepared, and what the unit has said of the wheel.
    pub fn of(samtale: &Samtale, progress: &WheelProgress, today: Date) -> Self {
        match samtale.date {
            date if progress.is_done("kvalitetssamtale") => Self::Held(date),
            Some(date) if date < today => Self::Held(Some(date)),
            Some(date) => Self::Planned(date),
            None => Self::Unplanned,
        }
    }

    /// Whether it is still to be held.
    pub const fn is_to_hold(self) -> bool {
        !matches!(self, Self::Held(_))
    }

    /// In Danish.
    pub fn danish(self) -> String {
        match self {
            Self::Planned(day) => day.danish(),
            Self::Unplanned => "ingen dag aftalt".to_owned(),
            Self::Held(Some(day)) => format!("holdt {}", day.danish()),
            Self::Held(None) => "holdt".to_owned(),
        }
    }
}

/// Where a unit is in the wheel on a day, in Danish: the element that comes first for its leader's level, and whether it was
/// begun; between the elements that it works with its agreement.
pub fn place(edition: &Edition, today: Date, level: Option<Level>, progress: &WheelProgress) -> String {
    let is_done = |element: &str| progress.is_done(element);
    let standing = wheel::status(edition, today, level, is_done);
    let Some(current) = standing.leading(level, is_done) else { return "arbejder med aftalen".to_owned() };
    let element = &current.element;
    let mark = progress.elements.iter().find(|(id, _)| id.as_str() == element.id).and_then(|(_, step)| step.mark);
    let how = match (is_done(&element.id), mark, current.waits_for) {
        (true, ..) => "gjort".to_owned(),
        (_, Some(_), _) => "begyndt".to_owned(),
        (.., Some(first)) => format!("venter på «{}»", first.label),
        // What the unit has no part in, it has not begun either.
        _ if !level.is_some_and(|level| element.concerns.contains(&level.into())) => return element.label.clone(),
        _ => "ikke begyndt".to_owned(),
    };
    format!("{}: {how}", element.label)
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
            let step = progress.elements.get_or_default(Id::parse(element).unwrap());
            step.mark = Some(ProgressMark { stage, date: day("2026-02-01") });
        }
        progress
    }

    #[test]
    fn chef_a_conversation_is_to_be_held_until_it_was() {
        let today = day("2026-03-10");
        let check = |date: &str, marks: &[(&str, ProgressStage)], words: &str| {
            let samtale = Samtale { date: Date::parse(date), ..Samtale::default() };
            let talk = SamtaleStatus::of(&samtale, &progress(marks), today);
            assert_eq!(talk.danish(), words);
            assert_eq!(talk.is_to_hold(), !words.starts_with("holdt"));
        };
        check("", &[], "ingen dag aftalt");
        check("2026-03-10", &[], "10. marts 2026");
        check("2026-04-14", &[("kvalitetssamtale", ProgressStage::Started)], "14. april 2026");
        check("2026-03-09", &[], "holdt 9. marts 2026");
        check("2026-03-10", &[("kvalitetssamtale", ProgressStage::Done)], "holdt 10. marts 2026");
        check("", &[("kvalitetssamtale", ProgressStage::Done)], "holdt");
        // What has a day comes before what has none.
        assert!(SamtaleStatus::Planned(today) < SamtaleStatus::Unplanned);
    }

    #[test]
    fn chef_each_level_is_where_its_own_turn_is() {
        let edition = fundament::present().unwrap();
        let check = |today: &str, level: u8, marks: &[(&str, ProgressStage)], words: &str| {
            assert_eq!(place(edition, day(today), Level::new(level), &progress(marks)), words, "{today}, {level}");
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
