//! A workshop: people in one or several rooms answer an instrument about their practice, each on their own device, and
//! discuss the result.
//!
//! | file | contents |
//! | --- | --- |
//! | `setup` | the decisions made before a workshop, and the link or code that brings them to the participants |
//! | `stage` | the phase, what the wall shows, the time that is left |
//! | `tally` | counts of answers by group, round and item; no row belongs to a person |
//! | `run` | a room that collects codes |
//! | `answers` | the answers that a participant is giving, and the text that keeps them through a reload |
//! | `rehearsal` | invented answers to try a workshop out with |
//! | `sight` | which of the codes before a camera are passed on |
//! | `transfer` | the counts of one device as a code for another |
//! | `paper` | answers from paper, typed in as numbers |
//! | `room` | the part of a tally that may be shown and stored: small groups are hidden |
//! | `result` | the record of a workshop, from one room or several |
//!
//! # Invariants
//!
//! * Who answered what, in which order, or when must never be stored.
//! * A room with fewer than [`FEWEST`] people gives no result. Hidden counts must never be computable from the counts
//!   that are shown.

mod answers;
mod paper;
mod rehearsal;
mod result;
mod room;
mod run;
mod setup;
mod sight;
mod stage;
mod tally;
mod transfer;

pub use answers::{AnswerStep, ParticipantAnswers};
pub use paper::parse_paper_sheet;
pub use result::{Quartiles, Workshop, spread};
pub use room::{RoomItem, RoomResult, visible};
pub use run::{CodeOutcome, Run};
pub use setup::Setup;
pub use sight::SightFilter;
pub use stage::{Phase, Stage, Stages, Timer};
pub use tally::Tally;

/// The smallest number of people that a count may be shown for.
pub const FEWEST: u16 = 5;
