//! The step between conversation and midtvejs status that a day calls for, derived from the wheel for a leader's level.

use crate::domain::date::Date;
use crate::domain::enhed::Level;
use crate::domain::fundament::Edition;
use crate::domain::wheel;

/// A step of the process that a day calls for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AftaleMoment {
    /// Data is collected and themes are found.
    Data,
    /// The conversation is held.
    Samtale,
    /// The agreement is written.
    Write,
    /// The agreement waits for the final report (niveau 2).
    AfterReport,
    /// The agreement is worked with.
    Work,
    /// The midtvejs status is written.
    Midterm,
}

impl AftaleMoment {
    /// The step in Danish, as a sentence.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Data => "Data samles nu. Se, hvad jeres tal fortæller, før samtalen.",
            Self::Samtale => "Nu er det tid til kvalitetssamtalen. Aftalen skrives, når den er holdt.",
            Self::Write => "Nu er det tid til at skrive aftalen.",
            Self::AfterReport => "Chefernes aftaler skrives, når kvalitetsrapporten er færdig.",
            Self::Work => "Nu arbejder I med aftalen.",
            Self::Midterm => "Nu er det tid til midtvejsstatus.",
        }
    }
}

/// The step that a day calls for. `is_done` says which elements of the wheel the unit has marked as done.
pub fn moment(edition: &Edition, day: Date, level: Option<Level>, is_done: impl Fn(&str) -> bool) -> AftaleMoment {
    let status = wheel::status(edition, day, level, &is_done);
    let now = |id: &str| status.now.iter().find(|current| current.element.id == id);
    let waits_for = |id: &str| now(id).and_then(|current| current.blocked_by).map(|element| element.id.as_str());
    match waits_for("sammenhaengsaftale") {
        None if now("sammenhaengsaftale").is_some() => {
            if is_done("sammenhaengsaftale") {
                AftaleMoment::Work
            } else {
                AftaleMoment::Write
            }
        }
        Some("kvalitetsrapport") => AftaleMoment::AfterReport,
        _ if now("midtvejsstatus").is_some() => AftaleMoment::Midterm,
        _ if now("kvalitetssamtale").is_some() => AftaleMoment::Samtale,
        _ if now("dataindsamling").is_some() || now("feedback").is_some() => AftaleMoment::Data,
        _ => AftaleMoment::Work,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fundament;

    /// Checks one day in each quarter of a cycle. Niveau 4 and 3 write right after the conversation, niveau 2 when the
    /// report is final.
    #[test]
    fn moment_follows_level_and_done_elements_through_a_cycle() {
        use AftaleMoment::{AfterReport, Data, Midterm, Samtale, Work, Write};
        let days = [
            "2025-11-05",
            "2026-02-11",
            "2026-05-11",
            "2026-08-12",
            "2026-11-25",
            "2027-02-10",
            "2027-05-12",
            "2027-08-11",
        ];
        let edition = fundament::present_edition().unwrap();
        let check = |levels: &[u8], done: &[&str], expected: [AftaleMoment; 8]| {
            for level in levels {
                for (day, expected) in days.iter().zip(expected) {
                    let found = moment(edition, Date::parse(day).unwrap(), Level::new(*level), |id| done.contains(&id));
                    assert_eq!(found, expected, "niveau {level}, {day}, {done:?} done");
                }
            }
        };
        check(&[3, 4], &[], [Data, Samtale, Samtale, Work, Work, Work, Work, Midterm]);
        check(&[3, 4], &["kvalitetssamtale"], [Data, Write, Write, Work, Work, Work, Work, Midterm]);
        check(&[3], &["kvalitetssamtale", "sammenhaengsaftale"], [Data, Work, Work, Work, Work, Work, Work, Midterm]);
        check(&[2], &["kvalitetssamtale"], [Data, Samtale, Samtale, AfterReport, Work, Work, Work, Midterm]);
        check(
            &[2],
            &["kvalitetssamtale", "kvalitetsrapport"],
            [Data, Samtale, Samtale, Write, Work, Work, Work, Midterm],
        );
    }
}
