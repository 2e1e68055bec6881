//! A running workshop in a room that collects codes.
//!
//! # Invariants
//!
//! * Only the setup and the counts are stored while a workshop runs, each time in the same place. Codes are in memory
//!   only and must never be stored.
//! * After a reload, a code that comes a second time can therefore not be recognised. [`Run::forgotten_count`] gives the number
//!   of such codes.

use serde::{Deserialize, Serialize};

use super::{RoomResult, Setup, Tally, Workshop};
use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::svarkode::{AnswerSheet, CodeError};

/// A workshop that is running in a room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The setup of the workshop.
    pub setup: Setup,
    /// The permanent id of the room: the key of its leaf in the record of the workshop.
    pub room: Id,
    /// The phase that the room is in.
    pub phase: Phase,
    /// The counts of all answers.
    tally: Tally,
    /// The counts of answers from before the last reload of the page.
    #[serde(skip)]
    before: Tally,
    /// The codes that arrived since then, with their answers.
    #[serde(skip)]
    codes: Vec<(String, AnswerSheet)>,
}

/// A phase of a room before its result is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Welcome: the purpose, and who can see what.
    Welcome,
    /// The participants answer.
    Answer,
    /// The codes are collected.
    Gather,
}

impl Phase {
    /// All phases, in order.
    pub const ALL: [Self; 3] = [Self::Welcome, Self::Answer, Self::Gather];

    /// The Danish name and the suggested duration in minutes. `minutes` is the time that one person needs for the
    /// instrument.
    pub const fn danish(self, minutes: u8) -> (&'static str, u8) {
        match self {
            Self::Welcome => ("Velkommen", 3),
            Self::Answer => ("Svar", minutes),
            Self::Gather => ("Saml ind", 5),
        }
    }
}

/// The outcome of adding a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeOutcome {
    /// The code was counted.
    New,
    /// The same code was already counted. Two people may have given the same answers, so the app asks instead of
    /// refusing.
    Again,
}

impl Run {
    /// Begins a room.
    pub fn begin(setup: Setup, room: Id) -> Self {
        Self {
            setup,
            room,
            phase: Phase::Welcome,
            tally: Tally::default(),
            before: Tally::default(),
            codes: Vec::new(),
        }
    }

    /// Continues a room after the page was reloaded.
    #[must_use]
    pub fn resume(self) -> Self {
        Self { before: self.tally.clone(), codes: Vec::new(), ..self }
    }

    /// The number of people who have answered.
    pub fn people(&self) -> u16 {
        self.tally.total().people
    }

    /// The number of people whose codes are no longer known, because they arrived before the last reload of the page.
    pub fn forgotten_count(&self) -> u16 {
        self.before.total().people
    }

    /// Counts a code. A code that was already counted is counted again only if `is_another` says that it is from
    /// another person.
    ///
    /// # Errors
    /// See [`CodeError`].
    pub fn take(&mut self, code: &str, is_another: bool) -> Result<CodeOutcome, CodeError> {
        let codes = self.setup.codes().ok_or(CodeError::Elsewhere)?;
        let sheet = codes.decode(code)?;
        Ok(self.put(codes.encode(&sheet), sheet, is_another))
    }

    /// Counts all codes in a text. Returns the number of new codes, the codes that were already counted, and the number
    /// of words that look like codes and are not valid.
    pub fn take_all(&mut self, text: &str) -> (usize, Vec<String>, usize) {
        let Some(codes) = self.setup.codes() else { return (0, Vec::new(), 0) };
        let found = codes.find(text);
        let (mut new, mut again) = (0, Vec::new());
        for (code, sheet) in found.codes {
            match self.put(code.clone(), sheet, false) {
                CodeOutcome::New => new += 1,
                CodeOutcome::Again => again.push(code),
            }
        }
        (new, again, found.rejected_count)
    }

    /// Counts answers that never were a code: from paper, or from a device that is passed round. Equal answers are
    /// always counted.
    pub fn take_sheet(&mut self, sheet: AnswerSheet) {
        let code = self.setup.codes().map(|codes| codes.encode(&sheet)).unwrap_or_default();
        self.put(code, sheet, true);
    }

    /// Removes the last answers that were counted since the last reload. Returns whether there were any.
    pub fn remove_last(&mut self) -> bool {
        let has_last = self.codes.pop().is_some();
        if let (true, Some(instrument)) = (has_last, self.setup.instrument()) {
            self.tally = self.before.clone();
            for (_, sheet) in &self.codes {
                self.tally.count(instrument.form, sheet);
            }
        }
        has_last
    }

    /// Counts a sheet, unless its code was already counted and `is_another` is false.
    fn put(&mut self, code: String, sheet: AnswerSheet, is_another: bool) -> CodeOutcome {
        if !is_another && self.codes.iter().any(|(counted, _)| *counted == code) {
            return CodeOutcome::Again;
        }
        if let Some(instrument) = self.setup.instrument() {
            self.tally.count(instrument.form, &sheet);
        }
        self.codes.push((code, sheet));
        CodeOutcome::New
    }

    /// The result of the room; `None` if too few people have answered.
    pub fn close(&self) -> Option<RoomResult> {
        RoomResult::close(&self.tally)
    }

    /// The record of the workshop with the result of this room; `None` if too few people have answered.
    pub fn result(&self, unit: Option<Id>, today: Date) -> Option<Workshop> {
        let mut workshop = Workshop {
            title: self.setup.title.as_str().into(),
            unit,
            instrument: Some(self.setup.instrument.clone()),
            wording: self.setup.wording.clone(),
            date: Some(today),
            ..Workshop::default()
        };
        for (index, group) in self.setup.groups.iter().enumerate() {
            workshop.groups.insert(Workshop::group_key(index + 1)?, group.as_str().into());
        }
        workshop.rooms.insert(self.room.clone(), self.close()?);
        Some(workshop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run() -> Run {
        let id = |text| Id::parse(text).unwrap();
        let setup = Setup {
            id: id("w1"),
            title: "Vores praksis".to_owned(),
            instrument: id("modsaetninger"),
            wording: None,
            groups: vec!["Skole".to_owned(), "Familie".to_owned()],
            asks_wanted: true,
        };
        Run::begin(setup, id("r1"))
    }

    fn sheet(point: i8, group: usize) -> AnswerSheet {
        AnswerSheet { group, now: vec![Some(point); 9], wanted: None }
    }

    #[test]
    fn take_asks_about_an_equal_code_and_counts_it_as_another_person() {
        let mut run = run();
        let code = run.setup.codes().unwrap().encode(&sheet(1, 1));
        assert_eq!(run.take(&code, false), Ok(CodeOutcome::New));
        assert_eq!(run.take(&code.to_lowercase(), false), Ok(CodeOutcome::Again));
        assert_eq!(run.people(), 1);
        assert_eq!(run.take(&code, true), Ok(CodeOutcome::New));
        assert_eq!(run.people(), 2);
        assert!(run.remove_last());
        assert_eq!(run.people(), 1);
    }

    #[test]
    fn stored_run_holds_no_code_and_continues_counting() {
        let mut run = run();
        let codes = run.setup.codes().unwrap();
        for point in -3..=3 {
            run.take(&codes.encode(&sheet(point, 2)), false).unwrap();
        }
        let stored = serde_json::to_string(&run).unwrap();
        for point in -3..=3 {
            assert!(!stored.contains(&codes.encode(&sheet(point, 2))), "{stored}");
        }
        let mut reloaded = serde_json::from_str::<Run>(&stored).unwrap().resume();
        assert_eq!((reloaded.people(), reloaded.forgotten_count()), (7, 7));
        // A duplicate cannot be recognised after a reload.
        assert_eq!(reloaded.take(&codes.encode(&sheet(0, 2)), false), Ok(CodeOutcome::New));
        assert!(reloaded.remove_last() && !reloaded.remove_last());
        assert_eq!(reloaded.people(), 7);
        let day = Date::parse("2026-03-15").unwrap();
        let result = reloaded.result(None, day).unwrap();
        assert_eq!(result.total().people, 7);
        assert_eq!(result.parts().len(), 1);
    }

    #[test]
    fn result_is_none_for_four_people() {
        let mut run = run();
        for point in -2..=1 {
            run.take_sheet(sheet(point, 0));
        }
        assert_eq!(run.result(None, Date::parse("2026-03-15").unwrap()), None);
    }

    #[test]
    fn take_all_counts_new_repeated_and_invalid_codes() {
        let mut run = run();
        let codes = run.setup.codes().unwrap();
        let [one, other] = [codes.encode(&sheet(1, 1)), codes.encode(&sheet(-1, 0))];
        let (new, again, unfit) = run.take_all(&format!("Eva: {one}\nBo: {other} hej\nEva igen: {one}"));
        assert_eq!((new, again, unfit), (2, vec![one], 0));
    }
}
