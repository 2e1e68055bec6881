//! The answers that a participant is giving, and the text that keeps them through a reload of the page.
//!
//! # Invariants
//!
//! * The text holds answers, and never the svarkode that is made of them.
//! * Answers that are damaged, too old or of another workshop must never be shown.

use serde::{Deserialize, Serialize};

use super::Setup;
use crate::domain::date::Timestamp;
use crate::domain::instrument::{Form, Instrument, Round};
use crate::domain::svarkode::AnswerSheet;

/// The age from which a text is not read any more, in seconds: 12 hours.
const MAX_AGE: u64 = 12 * 60 * 60;

/// A step of a participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerStep {
    /// The welcome.
    Welcome,
    /// The item with this index; for weights all items.
    Item(usize),
    /// The code of the answers.
    Code,
}

impl AnswerStep {
    /// The number of steps with items: one for each item, but a single one for weights, which depend on each other.
    pub const fn item_count(instrument: &Instrument) -> usize {
        if matches!(instrument.form, Form::Weights) { 1 } else { instrument.items.len() }
    }
}

/// The answers that a participant is giving in a workshop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParticipantAnswers {
    /// The setup of the workshop.
    pub setup: Setup,
    /// The moment at which the participant left the welcome, or opened it.
    pub begun: Timestamp,
    /// The step that is shown.
    pub step: AnswerStep,
    /// The answers.
    pub sheet: AnswerSheet,
}

/// The answers as they are stored.
#[derive(Serialize, Deserialize)]
struct StoredAnswers {
    /// The link of the workshop.
    link: String,
    begun: Timestamp,
    step: AnswerStep,
    group: usize,
    now: Vec<Option<i8>>,
    wanted: Option<Vec<Option<i8>>>,
}

impl ParticipantAnswers {
    /// Begins a blank sheet at the welcome of a workshop on an instrument.
    pub fn begin(setup: Setup, instrument: &Instrument, now: Timestamp) -> Self {
        let sheet = AnswerSheet { group: 0, now: vec![None; instrument.items.len()], wanted: None };
        Self { setup, begun: now, step: AnswerStep::Welcome, sheet }
    }

    /// Throws the answers away, and begins a blank sheet at the welcome.
    pub fn begin_again(&mut self, now: Timestamp) {
        self.sheet = AnswerSheet { group: 0, now: vec![None; self.sheet.now.len()], wanted: None };
        self.step = AnswerStep::Welcome;
        self.begun = now;
    }

    /// Goes to a step. The time begins when the welcome is left.
    pub fn go_to(&mut self, step: AnswerStep, now: Timestamp) {
        if self.step == AnswerStep::Welcome {
            self.begun = now;
        }
        self.step = step;
    }

    /// The answers of a round, one for each item; `None` if no item is answered for the wished state.
    pub fn round(&self, round: Round) -> Option<&[Option<i8>]> {
        match round {
            Round::Now => Some(self.sheet.now.as_slice()),
            Round::Wanted => self.sheet.wanted.as_deref(),
        }
    }

    /// The answer to an item.
    pub fn item(&self, round: Round, item: usize) -> Option<i8> {
        self.round(round)?.get(item).copied().flatten()
    }

    /// Sets the answers of a round, one for each item.
    pub fn set_round(&mut self, round: Round, points: Vec<Option<i8>>) {
        match round {
            Round::Now => self.sheet.now = points,
            // Without any wanted answer the code is shorter.
            Round::Wanted => self.sheet.wanted = Some(points).filter(|points| points.iter().any(Option::is_some)),
        }
    }

    /// Sets the answer to an item; `None` for an item that is not answered.
    pub fn set_item(&mut self, round: Round, item: usize, point: Option<i8>) {
        let mut points = match self.round(round) {
            Some(points) => points.to_vec(),
            None => vec![None; self.sheet.now.len()],
        };
        if let Some(answer) = points.get_mut(item) {
            *answer = point;
        }
        self.set_round(round, points);
    }

    /// Whether the answers are valid together, so that a code can be made of them: see [`Form::are_answers_valid`].
    pub fn has_code(&self, form: Form) -> bool {
        self.rounds().all(|points| form.are_answers_valid(points))
    }

    /// Whether the answers are of a workshop, which the participant has opened by its link or by its code.
    pub fn is_of(&self, setup: &Setup) -> bool {
        let content = |setup: &Setup| (setup.instrument.clone(), setup.wording.clone());
        self.setup.is_same_workshop(setup)
            && content(&self.setup) == content(setup)
            && self.setup.groups.len() == setup.groups.len()
            && self.setup.asks_wanted == setup.asks_wanted
    }

    /// Writes the answers as a text.
    ///
    /// # Errors
    /// Does not fail for these values.
    pub fn to_text(&self) -> serde_json::Result<String> {
        serde_json::to_string(&StoredAnswers {
            link: self.setup.link(),
            begun: self.begun,
            step: self.step,
            group: self.sheet.group,
            now: self.sheet.now.clone(),
            wanted: self.sheet.wanted.clone(),
        })
    }

    /// Reads the answers from a text. Returns `None` if the text is damaged or too old at the moment `at`.
    pub fn parse(text: &str, at: Timestamp) -> Option<Self> {
        let StoredAnswers { link, begun, step, group, now, wanted } = serde_json::from_str(text).ok()?;
        let answers = Self { setup: Setup::parse(&link)?, begun, step, sheet: AnswerSheet { group, now, wanted } };
        // The clock of the device may have been set back since.
        let is_recent = at.seconds().abs_diff(begun.seconds()) < MAX_AGE;
        (is_recent && answers.fits()).then_some(answers)
    }

    /// Whether step and answers fit the instrument and the setup.
    fn fits(&self) -> bool {
        let Some(instrument) = self.setup.instrument() else { return false };
        let is_step = match self.step {
            AnswerStep::Welcome => true,
            AnswerStep::Item(index) => index < AnswerStep::item_count(instrument),
            AnswerStep::Code => self.has_code(instrument.form),
        };
        let points = instrument.form.points();
        is_step
            && self.sheet.group <= self.setup.groups.len()
            && (self.setup.asks_wanted || self.sheet.wanted.is_none())
            && self.rounds().all(|answers| {
                answers.len() == instrument.items.len() && answers.iter().flatten().all(|point| points.contains(point))
            })
    }

    /// The answers of every round that is answered.
    fn rounds(&self) -> impl Iterator<Item = &Vec<Option<i8>>> {
        std::iter::once(&self.sheet.now).chain(&self.sheet.wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::Id;
    use crate::domain::svarkode::format_code;

    const NOW: i64 = 1_795_411_847;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(NOW + seconds).unwrap()
    }

    fn setup_on(instrument: &str) -> Setup {
        Setup {
            id: Id::from_random([200; 10]),
            title: "Personaledag".to_owned(),
            instrument: Id::parse(instrument).unwrap(),
            wording: None,
            groups: vec!["Skole".to_owned(), "Familie".to_owned()],
            asks_wanted: true,
        }
    }

    fn begun(setup: Setup) -> ParticipantAnswers {
        let instrument = setup.instrument().unwrap();
        ParticipantAnswers::begin(setup, instrument, at(0))
    }

    /// Answers to the first pairs, at the third of them.
    fn answered() -> ParticipantAnswers {
        let mut answers = begun(setup_on("modsaetninger"));
        answers.sheet.group = 2;
        answers.go_to(AnswerStep::Item(2), at(60));
        answers.set_item(Round::Now, 0, Some(-3));
        answers.set_item(Round::Now, 1, Some(2));
        answers.set_item(Round::Wanted, 1, Some(0));
        answers
    }

    #[test]
    fn answers_read_back_from_their_text() {
        for step in [AnswerStep::Welcome, AnswerStep::Item(8), AnswerStep::Code] {
            let answers = ParticipantAnswers { step, ..answered() };
            let read = ParticipantAnswers::parse(&answers.to_text().unwrap(), at(3600));
            assert_eq!(read, Some(answers), "{step:?}");
        }
        let read = ParticipantAnswers::parse(&answered().to_text().unwrap(), at(3600)).unwrap();
        assert_eq!((read.begun, read.sheet.group), (at(60), 2));
        assert_eq!([0, 1, 2].map(|item| read.item(Round::Now, item)), [Some(-3), Some(2), None]);
        assert_eq!([0, 1].map(|item| read.item(Round::Wanted, item)), [None, Some(0)]);
    }

    #[test]
    fn answers_older_than_twelve_hours_are_not_read() {
        let text = answered().to_text().unwrap();
        let limit = 12 * 60 * 60;
        for (seconds, is_read) in [(-3600, true), (limit, true), (limit + 60, false), (-limit, false)] {
            assert_eq!(ParticipantAnswers::parse(&text, at(seconds)).is_some(), is_read, "{seconds}");
        }
    }

    #[test]
    fn answers_are_of_one_workshop_by_its_link_or_its_code() {
        let answers = answered();
        let by_code = Setup::parse(&answers.setup.code().unwrap()).unwrap();
        assert!(answers.is_of(&answers.setup) && answers.is_of(&by_code));
        let begun_by_code = begun(by_code);
        assert!(begun_by_code.is_of(&answers.setup));
        let text = begun_by_code.to_text().unwrap();
        assert!(ParticipantAnswers::parse(&text, at(1)).unwrap().is_of(&answers.setup));
        for other in [
            Setup { id: Id::from_random([100; 10]), ..answers.setup.clone() },
            Setup { groups: Vec::new(), ..answers.setup.clone() },
            Setup { asks_wanted: false, ..answers.setup.clone() },
            setup_on("syn"),
        ] {
            assert!(!answers.is_of(&other), "{other:?}");
        }
    }

    #[test]
    fn damaged_text_gives_no_answers() {
        let mut texts = vec![String::new(), "{}".to_owned(), "[1".to_owned()];
        let changes: [fn(&mut ParticipantAnswers); 6] = [
            |answers| answers.step = AnswerStep::Item(9),
            |answers| answers.sheet.group = 3,
            |answers| answers.sheet.now = vec![None; 8],
            |answers| answers.sheet.now[0] = Some(4),
            |answers| answers.sheet.wanted = Some(Vec::new()),
            |answers| answers.setup.asks_wanted = false,
        ];
        for change in changes {
            let mut answers = answered();
            change(&mut answers);
            texts.push(answers.to_text().unwrap());
        }
        let whole = answered().to_text().unwrap();
        texts.push(whole[..whole.len() - 1].to_owned());
        texts.push(whole.replace("modsaetninger", "findes-ikke"));
        for text in texts {
            assert_eq!(ParticipantAnswers::parse(&text, at(1)), None, "{text}");
        }
    }

    #[test]
    fn text_holds_no_svarkode() {
        let answers = ParticipantAnswers { step: AnswerStep::Code, ..answered() };
        let text = answers.to_text().unwrap().to_uppercase();
        let code = answers.setup.codes().unwrap().encode(&answers.sheet);
        assert_eq!(code.len(), 15);
        assert!(!text.contains(&code) && !text.contains(&format_code(&code)), "{text}");
    }

    #[test]
    fn wanted_round_without_an_answer_is_not_answered() {
        let mut answers = answered();
        answers.set_item(Round::Wanted, 1, None);
        assert_eq!(answers.sheet.wanted, None);
        answers.set_item(Round::Wanted, 9, Some(1));
        assert_eq!(answers.sheet.wanted, None, "there is no tenth item");
    }

    #[test]
    fn weights_that_are_not_complete_are_kept_and_have_no_code() {
        let mut answers = begun(setup_on("medlemskab"));
        answers.go_to(AnswerStep::Item(0), at(1));
        answers.set_round(Round::Now, vec![Some(10), Some(5), Some(0)]);
        let read = |answers: &ParticipantAnswers| ParticipantAnswers::parse(&answers.to_text().unwrap(), at(2));
        assert_eq!(read(&answers), Some(answers.clone()));
        answers.go_to(AnswerStep::Code, at(1));
        assert_eq!(read(&answers), None);
        answers.set_round(Round::Now, vec![Some(10), Some(5), Some(5)]);
        assert_eq!(read(&answers), Some(answers));
    }

    #[test]
    fn begin_again_leaves_no_answer() {
        let mut answers = answered();
        answers.begin_again(at(90));
        assert_eq!(answers, ParticipantAnswers { begun: at(90), ..begun(setup_on("modsaetninger")) });
    }
}
