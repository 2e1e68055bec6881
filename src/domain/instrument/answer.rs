//! The answer to an item of an instrument.

use serde::{Deserialize, Serialize};

use super::Round;

/// Where a person places practice on an item: a point of the instrument's scale for each round, empty if not answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Answer {
    /// Practice now.
    pub now: Option<i8>,
    /// Practice as wished.
    pub wanted: Option<i8>,
}

impl Answer {
    /// Returns the answer of a round.
    pub const fn of(self, round: Round) -> Option<i8> {
        match round {
            Round::Now => self.now,
            Round::Wanted => self.wanted,
        }
    }

    /// Sets the answer of a round.
    pub const fn set(&mut self, round: Round, point: Option<i8>) {
        match round {
            Round::Now => self.now = point,
            Round::Wanted => self.wanted = point,
        }
    }

    /// Returns the number of points between practice now and as wished; `None` if one of them is not answered.
    pub fn gap(self) -> Option<u8> {
        Some(self.wanted?.abs_diff(self.now?))
    }
}
