//! Which step of the way from conversation to status has its moment on a day, for a leader's level. The wheel decides;
//! here it is said from the agreement's side.

use crate::domain::date::Date;
use crate::domain::enhed::Level;
use crate::domain::fundament::Edition;
use crate::domain::wheel;

/// A step that has its moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AftaleMoment {
    /// Data are gathered, and themes found.
    Data,
    /// The conversation is held.
    Conversation,
    /// The agreement is written.
    Write,
    /// The agreement waits for the final report (niveau 2).
    AfterReport,
    /// The agreement is worked with.
    Work,
    /// The status halfway is made up.
    Midterm,
}

impl AftaleMoment {
    /// In Danish, what it is the time for.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Data => "Data samles nu. Se, hvad jeres tal fortæller, før samtalen.",
            Self::Conversation => "Nu er det tid til kvalitetssamtalen. Aftalen skrives, når den er holdt.",
            Self::Write => "Nu er det tid til at skrive aftalen.",
            Self::AfterReport => "Chefernes aftaler skrives, når kvalitetsrapporten er færdig.",
            Self::Work => "Nu arbejder I med aftalen.",
            Self::Midterm => "Nu er det tid til midtvejsstatus.",
        }
    }
}

/// The step that has its moment. `is_done` tells which elements of the wheel the unit has said are done.
pub fn moment(edition: &Edition, day: Date, level: Option<Level>, is_done: impl Fn(&str) -> bool) -> AftaleMoment {
    let standing = wheel::status(edition, day, level, &is_done);
    let now = |id: &str| standing.now.iter().find(|current| current.element.id == id);
    let waits_for = |id: &str| now(id).and_then(|current| current.waits_for).map(|element| element.id.as_str());
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
        _ if now("kvalitetssamtale").is_some() => AftaleMoment::Conversation,
        _ if now("dataindsamling").is_some() || now("feedback").is_some() => AftaleMoment::Data,
        _ => AftaleMoment::Work,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fundament;

    /// A day of each quarter of a cycle: niveau 4 and 3 write right after the conversation, niveau 2 when the report is
    /// final.
    #[test]
    fn agreement_each_level_has_its_moment_on_eight_dates() {
        use AftaleMoment::{AfterReport, Conversation, Data, Midterm, Work, Write};
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
        let edition = fundament::present().unwrap();
        let check = |levels: &[u8], done: &[&str], expected: [AftaleMoment; 8]| {
            for level in levels {
                for (day, expected) in days.iter().zip(expected) {
                    let found = moment(edition, Date::parse(day).unwrap(), Level::new(*level), |id| done.contains(&id));
                    assert_eq!(found, expected, "niveau {level}, {day}, {done:?} done");
                }
            }
        };
        check(&[3, 4], &[], [Data, Conversation, Conversation, Work, Work, Work, Work, Midterm]);
        check(&[3, 4], &["kvalitetssamtale"], [Data, Write, Write, Work, Work, Work, Work, Midterm]);
        check(&[3], &["kvalitetssamtale", "sammenhaengsaftale"], [Data, Work, Work, Work, Work, Work, Work, Midterm]);
        check(&[2], &["kvalitetssamtale"], [Data, Conversation, Conversation, AfterReport, Work, Work, Work, Midterm]);
        check(
            &[2],
            &["kvalitetssamtale", "kvalitetsrapport"],
            [Data, Conversation, Conversation, Write, Work, Work, Work, Midterm],
        );
    }
}
