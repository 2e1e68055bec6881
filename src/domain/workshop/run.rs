//! A workshop that is being run: which codes came in, as long as they are counted.
//!
//! What is kept of it while it runs is the setup and the counts, written over and over in one place; the codes are in memory
//! alone. So after a reload a code that comes again cannot be recognised, and [`Run::forgot`] says so.

use serde::{Deserialize, Serialize};

use super::{RoomResult, Setup, Tally, Workshop};
use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::svarkode::{AnswerSheet, CodeError};

/// A workshop that is being run in a room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// What was decided beforehand.
    pub setup: Setup,
    /// The room's name for life: its leaf in the workshop's record.
    pub room: Id,
    /// Where the room is.
    pub phase: Phase,
    /// The counts of all that came in.
    tally: Tally,
    /// What came in before the page was loaded again.
    #[serde(skip)]
    before: Tally,
    /// What came in since, plain codes with their answers.
    #[serde(skip)]
    taken: Vec<(String, AnswerSheet)>,
}

/// Where a room is, until it shows its answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Why we are here, and who can see what.
    Welcome,
    /// Each answers.
    Answer,
    /// The codes are gathered in.
    Gather,
}

impl Phase {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Welcome, Self::Answer, Self::Gather];

    /// What it is called, and how many minutes are suggested for an instrument that takes one person so many.
    pub const fn danish(self, minutes: u8) -> (&'static str, u8) {
        match self {
            Self::Welcome => ("Velkommen", 3),
            Self::Answer => ("Svar", minutes),
            Self::Gather => ("Saml ind", 5),
        }
    }
}

/// What became of a code that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeOutcome {
    /// It was counted.
    New,
    /// The same code is here already: two people may agree, so it is asked about, not refused.
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
            taken: Vec::new(),
        }
    }

    /// Goes on with a room after the page was loaded again.
    #[must_use]
    pub fn go_on(self) -> Self {
        Self { before: self.tally.clone(), taken: Vec::new(), ..self }
    }

    /// How many answers came in.
    pub fn people(&self) -> u16 {
        self.tally.total().people
    }

    /// How many of them came before the page was loaded again: their codes are not known any more.
    pub fn forgot(&self) -> u16 {
        self.before.total().people
    }

    /// Takes a code. One that is here already is taken only where it is said to be another person's.
    ///
    /// # Errors
    /// See [`CodeError`].
    pub fn take(&mut self, code: &str, is_another: bool) -> Result<CodeOutcome, CodeError> {
        let codes = self.setup.codes().ok_or(CodeError::Elsewhere)?;
        let sheet = codes.decode(code)?;
        Ok(self.put(codes.encode(&sheet), sheet, is_another))
    }

    /// Takes all codes of a text: how many are new, those that are here already, and how many others look like codes.
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
        (new, again, found.unfit)
    }

    /// Takes answers that were never a code: from paper, or from a device that is passed round. Such are never asked about.
    pub fn take_sheet(&mut self, sheet: AnswerSheet) {
        let code = self.setup.codes().map(|codes| codes.encode(&sheet)).unwrap_or_default();
        self.put(code, sheet, true);
    }

    /// Takes the last one out again; whether there was one.
    pub fn take_back(&mut self) -> bool {
        let has_last = self.taken.pop().is_some();
        if let (true, Some(instrument)) = (has_last, self.setup.of()) {
            self.tally = self.before.clone();
            for (_, sheet) in &self.taken {
                self.tally.count(instrument.form, sheet);
            }
        }
        has_last
    }

    fn put(&mut self, code: String, sheet: AnswerSheet, is_another: bool) -> CodeOutcome {
        if !is_another && self.taken.iter().any(|(taken, _)| *taken == code) {
            return CodeOutcome::Again;
        }
        if let Some(instrument) = self.setup.of() {
            self.tally.count(instrument.form, &sheet);
        }
        self.taken.push((code, sheet));
        CodeOutcome::New
    }

    /// The room as it may be shown; `None` where too few have answered.
    pub fn close(&self) -> Option<RoomResult> {
        RoomResult::close(&self.tally)
    }

    /// The record of the workshop with this room alone in it; `None` where too few have answered.
    pub fn result(&self, unit: Option<Id>, today: Date) -> Option<Workshop> {
        let mut workshop = Workshop {
            title: self.setup.title.as_str().into(),
            unit,
            instrument: Some(self.setup.instrument.clone()),
            wording: self.setup.wording.clone(),
            date: Some(today),
            ..Workshop::default()
        };
        for (place, group) in self.setup.groups.iter().enumerate() {
            workshop.groups.insert(Workshop::group_key(place + 1)?, group.as_str().into());
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
    fn reflection_an_equal_code_is_asked_about_and_never_refused() {
        let mut run = run();
        let code = run.setup.codes().unwrap().encode(&sheet(1, 1));
        assert_eq!(run.take(&code, false), Ok(CodeOutcome::New));
        assert_eq!(run.take(&code.to_lowercase(), false), Ok(CodeOutcome::Again));
        assert_eq!(run.people(), 1);
        assert_eq!(run.take(&code, true), Ok(CodeOutcome::New));
        assert_eq!(run.people(), 2);
        assert!(run.take_back());
        assert_eq!(run.people(), 1);
    }

    #[test]
    fn reflection_what_is_kept_of_a_run_holds_no_code_and_goes_on_counting() {
        let mut run = run();
        let codes = run.setup.codes().unwrap();
        for point in -3..=3 {
            run.take(&codes.encode(&sheet(point, 2)), false).unwrap();
        }
        let kept = serde_json::to_string(&run).unwrap();
        for point in -3..=3 {
            assert!(!kept.contains(&codes.encode(&sheet(point, 2))), "{kept}");
        }
        let mut later = serde_json::from_str::<Run>(&kept).unwrap().go_on();
        assert_eq!((later.people(), later.forgot()), (7, 7));
        // A double cannot be recognised after a reload.
        assert_eq!(later.take(&codes.encode(&sheet(0, 2)), false), Ok(CodeOutcome::New));
        assert!(later.take_back() && !later.take_back());
        assert_eq!(later.people(), 7);
        let day = Date::parse("2026-03-15").unwrap();
        let result = later.result(None, day).unwrap();
        assert_eq!(result.total().people, 7);
        assert_eq!(result.parts().len(), 1);
    }

    #[test]
    fn reflection_four_answers_make_no_record() {
        let mut run = run();
        for point in -2..=1 {
            run.take_sheet(sheet(point, 0));
        }
        assert_eq!(run.result(None, Date::parse("2026-03-15").unwrap()), None);
    }

    #[test]
    fn reflection_a_chat_says_what_it_brought() {
        let mut run = run();
        let codes = run.setup.codes().unwrap();
        let [one, other] = [codes.encode(&sheet(1, 1)), codes.encode(&sheet(-1, 0))];
        let (new, again, unfit) = run.take_all(&format!("Eva: {one}\nBo: {other} hej\nEva igen: {one}"));
        assert_eq!((new, again, unfit), (2, vec![one], 0));
    }
}
