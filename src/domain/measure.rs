//! The units of measure of figures, and the direction that is better.

use serde::{Deserialize, Serialize};

use super::number;

/// The unit of measure of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Per cent.
    Percent,
    /// An index from 1 to 5.
    Index,
    /// Days.
    Days,
    /// A plain number.
    Number,
    /// Million kroner.
    MillionKroner,
}

impl Measure {
    /// All measures with their names in a file.
    pub(super) const ALL: [(&'static str, Self); 5] = [
        ("percent", Self::Percent),
        ("index", Self::Index),
        ("days", Self::Days),
        ("number", Self::Number),
        ("million_kroner", Self::MillionKroner),
    ];

    /// Returns all measures, in the order of menus.
    pub fn each() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().map(|(_, measure)| measure)
    }

    /// Returns the Danish name that follows a figure or heads a column.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Percent => "%",
            Self::Index => "indeks 1–5",
            Self::Days => "dage",
            Self::Number => "antal",
            Self::MillionKroner => "mio. kr.",
        }
    }

    /// Formats a figure with its measure: `7,4 %`, `3,5`, `1,2 mio. kr.`.
    pub fn format_figure(self, figure: f64) -> String {
        let number = number::format_danish(figure);
        match self {
            Self::Percent | Self::Days | Self::MillionKroner => format!("{number} {}", self.danish()),
            Self::Index | Self::Number => number,
        }
    }

    /// Returns the lowest and highest possible figure; `None` if the measure has no limits.
    pub const fn range(self) -> Option<(f64, f64)> {
        match self {
            Self::Percent => Some((0.0, 100.0)),
            Self::Index => Some((1.0, 5.0)),
            Self::Days | Self::Number | Self::MillionKroner => None,
        }
    }

    /// Returns the default distance from the target at which a figure still counts as close to it; `None` for measures
    /// without a default.
    pub const fn default_tolerance(self) -> Option<f64> {
        match self {
            Self::Percent => Some(1.0),
            Self::Index => Some(0.1),
            Self::Days | Self::Number | Self::MillionKroner => None,
        }
    }
}

/// The direction in which figures should move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// Higher is better.
    #[default]
    Up,
    /// Lower is better.
    Down,
}

impl Wanted {
    /// Both directions with their names in a file.
    pub(super) const ALL: [(&'static str, Self); 2] = [("up", Self::Up), ("down", Self::Down)];

    /// Returns the Danish word: `op`, `ned`.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Up => "op",
            Self::Down => "ned",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figure_is_formatted_with_its_measure() {
        for (measure, formatted) in [
            (Measure::Percent, "7,4 %"),
            (Measure::Index, "7,4"),
            (Measure::Days, "7,4 dage"),
            (Measure::Number, "7,4"),
            (Measure::MillionKroner, "7,4 mio. kr."),
        ] {
            assert_eq!(measure.format_figure(7.4), formatted);
        }
        assert_eq!(Measure::each().count(), 5);
    }
}
