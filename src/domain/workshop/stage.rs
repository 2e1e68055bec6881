//! The stage of a workshop: the phase that it is in, what the wall shows, and the time that is left.
//!
//! The stage is stored in this browser beside the running workshop. The facilitator's page and the wall both follow and
//! change it, so that each of them can be closed and opened again at any time.
//!
//! # Invariants
//!
//! * A stage holds nothing that a participant gave.
//! * No turn of the stage shows the answers: that closes the room, and is decided on the facilitator's page.

use serde::{Deserialize, Serialize};

use crate::domain::id::Id;
use crate::domain::instrument::Instrument;

/// A phase of a workshop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The welcome: the purpose, and who can see what.
    Welcome,
    /// The participants answer.
    Answer,
    /// The codes are collected.
    Gather,
    /// The answers are shown: each item, and then all items.
    Show,
    /// The answers are discussed, one question at a time.
    Talk,
    /// The decisions.
    Decide,
}

impl Phase {
    /// All phases, in order.
    pub const ALL: [Self; 6] = [Self::Welcome, Self::Answer, Self::Gather, Self::Show, Self::Talk, Self::Decide];

    /// Returns the Danish name.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Welcome => "Velkommen",
            Self::Answer => "Svar",
            Self::Gather => "Saml ind",
            Self::Show => "Vis svarene",
            Self::Talk => "Drøft",
            Self::Decide => "Beslut",
        }
    }

    /// Returns the suggested duration in minutes. `answering` is the time that one person needs for the instrument.
    pub const fn minutes(self, answering: u8) -> u8 {
        match self {
            Self::Welcome => 3,
            Self::Answer => answering,
            Self::Gather | Self::Show => 5,
            Self::Talk => 20,
            Self::Decide => 10,
        }
    }

    /// Whether the room is open: answers are neither shown nor stored.
    pub const fn is_before_result(self) -> bool {
        matches!(self, Self::Welcome | Self::Answer | Self::Gather)
    }

    /// The number of steps of the phase.
    fn steps(self, instrument: &Instrument) -> usize {
        match self {
            Self::Show => instrument.items.len() + 1,
            Self::Talk => instrument.items.len() * instrument.talk.len().max(1),
            Self::Welcome | Self::Answer | Self::Gather | Self::Decide => 1,
        }
    }

    /// The phase `by` phases later; `None` if there is none, or if the answers would have to be shown or hidden.
    fn neighbour(self, by: isize) -> Option<Self> {
        let position = Self::ALL.iter().position(|phase| *phase == self)?;
        let neighbour = *Self::ALL.get(position.checked_add_signed(by)?)?;
        (neighbour.is_before_result() == self.is_before_result()).then_some(neighbour)
    }
}

/// A countdown that can be stopped. Nothing happens at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    /// The seconds that are left while the timer stands still.
    left: i64,
    /// The moment at which it ends while it runs, in seconds of the device's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<i64>,
}

impl Timer {
    /// A timer of some minutes that stands still.
    pub fn of_minutes(minutes: u8) -> Self {
        Self { left: i64::from(minutes) * 60, end: None }
    }

    /// Whether the timer runs.
    pub const fn is_running(&self) -> bool {
        self.end.is_some()
    }

    /// The seconds that are left at a moment; 0 when the time is over.
    pub fn left(&self, now: i64) -> i64 {
        self.end.map_or(self.left, |end| end - now).max(0)
    }

    /// Starts the timer, or stops it.
    pub fn toggle(&mut self, now: i64) {
        let left = self.left(now);
        *self = if self.is_running() { Self { left, end: None } } else { Self { left, end: Some(now + left) } };
    }

    /// Adds a minute.
    pub fn add_minute(&mut self, now: i64) {
        let left = self.left(now) + 60;
        *self = Self { left, end: self.end.map(|_| now + left) };
    }

    /// The time that is left in minutes and seconds.
    pub fn danish(&self, now: i64) -> String {
        let left = self.left(now);
        format!("{}.{:02}", left / 60, left % 60)
    }
}

/// The stage of a workshop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// The id of the workshop.
    pub workshop: Id,
    /// The phase.
    pub phase: Phase,
    /// The step of the phase, from 0: the item that is shown, or the question that is discussed.
    pub step: usize,
    /// The time that is left of the phase.
    pub timer: Timer,
    /// The times of the other phases that the stage has been in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_timers: Vec<(Phase, Timer)>,
    /// The earlier workshop that the answers are compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<Id>,
    /// Whether the wall is dark, so that the room looks at each other.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_blank: bool,
}

impl Stage {
    /// The stage of a workshop in a phase.
    pub fn new(workshop: Id, phase: Phase, answering: u8) -> Self {
        Self {
            workshop,
            phase,
            step: 0,
            timer: Timer::of_minutes(phase.minutes(answering)),
            other_timers: Vec::new(),
            earlier: None,
            is_blank: false,
        }
    }

    /// Goes to a phase. A phase that the stage has been in goes on with its time; the one that it is in also keeps its
    /// step.
    pub fn go_to(&mut self, phase: Phase, answering: u8) {
        if self.phase != phase {
            self.other_timers.push((self.phase, self.timer));
            let known = self.other_timers.iter().position(|(other, _)| *other == phase);
            let timer = known.map(|index| self.other_timers.swap_remove(index).1);
            self.phase = phase;
            self.step = 0;
            self.timer = timer.unwrap_or_else(|| Timer::of_minutes(phase.minutes(answering)));
        }
        self.is_blank = false;
    }

    /// Goes a step forward or back, into the next phase after the last step. The room is never closed by it.
    pub fn turn(&mut self, is_forward: bool, instrument: &Instrument) {
        self.is_blank = false;
        let by = if is_forward { 1 } else { -1 };
        let step = self.step.checked_add_signed(by).filter(|step| *step < self.phase.steps(instrument));
        if let Some(step) = step {
            self.step = step;
        } else if let Some(phase) = self.phase.neighbour(by) {
            self.go_to(phase, instrument.minutes);
            if !is_forward {
                self.step = phase.steps(instrument) - 1;
            }
        }
    }

    /// The rank of the item that is shown or discussed, and the number of the question. `None` when all items are shown.
    pub fn item(&self, instrument: &Instrument) -> Option<(usize, usize)> {
        let questions = instrument.talk.len().max(1);
        match self.phase {
            Phase::Show => (self.step < instrument.items.len()).then_some((self.step, 0)),
            Phase::Talk => Some((self.step / questions, self.step % questions)),
            Phase::Welcome | Phase::Answer | Phase::Gather | Phase::Decide => None,
        }
    }

    /// The first step in which an item is discussed, by its rank.
    pub fn talk_step(rank: usize, instrument: &Instrument) -> usize {
        rank * instrument.talk.len().max(1)
    }
}

/// The stages of the workshops that were led in this browser, of which the wall shows one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Stages(Vec<Stage>);

/// The most stages that are kept. Older ones begin anew when their workshop is led again.
const MOST_STAGES: usize = 8;

impl Stages {
    /// The stage of a workshop.
    pub fn of(&self, workshop: &Id) -> Option<&Stage> {
        self.0.iter().find(|stage| stage.workshop == *workshop)
    }

    /// The stage that the wall shows.
    pub fn on_wall(&self) -> Option<&Stage> {
        self.0.first()
    }

    /// Replaces the stage of a workshop. It goes onto the wall if `shows_it`; otherwise the wall goes on with what it
    /// shows.
    pub fn put(&mut self, stage: Stage, shows_it: bool) {
        let place = self.0.iter().position(|other| other.workshop == stage.workshop);
        if let Some(place) = place {
            self.0.remove(place);
        }
        let place = if shows_it { 0 } else { place.unwrap_or(1) };
        self.0.insert(place.min(self.0.len()), stage);
        self.0.truncate(MOST_STAGES);
    }

    /// Removes the stage of a workshop. If the wall showed it, the wall is dark until another one is led: an older workshop
    /// does not come onto the wall by itself.
    pub fn remove(&mut self, workshop: &Id) {
        let was_on_wall = self.on_wall().is_some_and(|stage| stage.workshop == *workshop);
        self.0.retain(|stage| stage.workshop != *workshop);
        if let (true, Some(next)) = (was_on_wall, self.0.first_mut()) {
            next.is_blank = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::instrument::instrument;

    fn stage(phase: Phase) -> Stage {
        Stage::new(Id::parse("w1").unwrap(), phase, 8)
    }

    #[test]
    fn turning_goes_through_every_step_and_back_and_never_opens_or_closes_the_room() {
        let nine = instrument("modsaetninger").unwrap();
        let mut room = stage(Phase::Welcome);
        for phase in [Phase::Answer, Phase::Gather, Phase::Gather] {
            room.turn(true, nine);
            assert_eq!(room.phase, phase);
        }
        let mut result = stage(Phase::Show);
        result.turn(false, nine);
        assert_eq!((result.phase, result.step), (Phase::Show, 0));
        let mut seen = vec![(result.phase, result.step)];
        loop {
            result.turn(true, nine);
            if seen.last() == Some(&(result.phase, result.step)) {
                break;
            }
            seen.push((result.phase, result.step));
        }
        // Nine items and all together, three questions for each item, the decisions.
        assert_eq!(seen.len(), 10 + 27 + 1);
        assert_eq!(result.phase, Phase::Decide);
        for expected in seen.iter().rev().skip(1) {
            result.turn(false, nine);
            assert_eq!((result.phase, result.step), *expected);
        }
    }

    #[test]
    fn steps_name_items_and_questions() {
        let nine = instrument("modsaetninger").unwrap();
        for (phase, step, item) in [
            (Phase::Show, 8, Some((8, 0))),
            (Phase::Show, 9, None),
            (Phase::Talk, 0, Some((0, 0))),
            (Phase::Talk, 5, Some((1, 2))),
            (Phase::Gather, 0, None),
        ] {
            assert_eq!(Stage { step, ..stage(phase) }.item(nine), item, "{phase:?} {step}");
        }
        assert_eq!(Stage::talk_step(4, nine), 12);
    }

    #[test]
    fn timer_keeps_its_time_in_a_stored_stage() {
        let mut stage = stage(Phase::Answer);
        assert_eq!(stage.timer.danish(1000), "8.00");
        stage.timer.toggle(1000);
        let mut stored: Stage = serde_json::from_str(&serde_json::to_string(&stage).unwrap()).unwrap();
        assert_eq!(stored, stage);
        assert_eq!(stored.timer.danish(1061), "6.59");
        stored.timer.add_minute(1061);
        assert_eq!(stored.timer.left(1061), 479);
        stored.timer.toggle(1071);
        assert_eq!((stored.timer.left(5000), stored.timer.is_running()), (469, false));
        stored.timer.toggle(5000);
        assert_eq!(stored.timer.left(9000), 0);
        stored.go_to(Phase::Answer, 8);
        assert_eq!(stored.timer.left(5010), 459, "the phase that the stage is in keeps its time");
        stored.go_to(Phase::Gather, 8);
        assert_eq!((stored.timer.left(5010), stored.timer.is_running()), (300, false));
        stored.go_to(Phase::Answer, 8);
        assert_eq!((stored.timer.left(5020), stored.timer.is_running()), (449, true), "it went on meanwhile");
    }

    #[test]
    fn another_stage_is_changed_without_taking_the_wall() {
        let stage = |id: &str, step| Stage { step, ..Stage::new(Id::parse(id).unwrap(), Phase::Show, 8) };
        let mut stages = Stages::default();
        stages.put(stage("a", 0), true);
        stages.put(stage("b", 0), false);
        stages.put(stage("b", 3), false);
        assert_eq!(stages.on_wall(), Some(&stage("a", 0)));
        assert_eq!(stages.of(&Id::parse("b").unwrap()), Some(&stage("b", 3)));
        stages.put(stage("b", 4), true);
        assert_eq!(stages.on_wall(), Some(&stage("b", 4)));
        stages.remove(&Id::parse("b").unwrap());
        assert_eq!(stages.on_wall(), Some(&Stage { is_blank: true, ..stage("a", 0) }));
        for number in 0..20 {
            stages.put(stage(&format!("n{number}"), 0), true);
        }
        assert_eq!(stages.0.len(), MOST_STAGES);
    }
}
