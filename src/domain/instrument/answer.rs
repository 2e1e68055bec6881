//! An answer on an item of an instrument.

use serde::{Deserialize, Serialize};

use super::Round;

/// Where a person places practice on an item, from −3 to 3; none where it was left open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Answer {
    /// Now.
    pub now: Option<i8>,
    /// As wanted.
    pub wanted: Option<i8>,
}

impl Answer {
    /// The answer of a round.
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

    /// How many steps lie between now and wanted; none where one of them is open.
    pub fn gap(self) -> Option<u8> {
        Some(self.wanted?.abs_diff(self.now?))
    }
}
