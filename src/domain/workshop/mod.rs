//! A workshop: a room of people who place their practice on an instrument, each on a device of their own, and talk about
//! what it shows.
//!
//! | file | idea |
//! | --- | --- |
//! | `setup` | what is decided beforehand, and the link that carries it to the participants |
//! | `tally` | the answers counted, as they come in; no row is a person's |
//! | `run` | a room that is gathering codes |
//! | `paper` | answers from paper, typed in |
//! | `room` | what may be shown and kept of a tally: small groups are not |
//! | `result` | the record of a workshop, from one room or several |
//!
//! # Invariants
//!
//! * Nothing here holds who answered what, in which order, or when.
//! * What is closed over fewer than [`FEWEST`] is nothing; and what is hidden cannot be worked out from what is shown.

mod paper;
mod result;
mod room;
mod run;
mod setup;
mod tally;

pub use paper::typed;
pub use result::{Workshop, spread};
pub use room::{RoomItem, RoomResult, visible};
pub use run::{CodeOutcome, Phase, Run};
pub use setup::Setup;
pub use tally::Tally;

/// So many persons at least stand behind everything that is shown.
pub const FEWEST: u16 = 5;
