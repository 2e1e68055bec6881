//! What figures are counted in, and which way is better.

use serde::{Deserialize, Serialize};

use super::number;

/// What a figure is counted in.
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
    /// All, by their names in a file.
    pub(super) const ALL: [(&'static str, Self); 5] = [
        ("percent", Self::Percent),
        ("index", Self::Index),
        ("days", Self::Days),
        ("number", Self::Number),
        ("million_kroner", Self::MillionKroner),
    ];

    /// All, in the order they are offered.
    pub fn each() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().map(|(_, measure)| measure)
    }

    /// In Danish, as it stands after a figure or over a column.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Percent => "%",
            Self::Index => "indeks 1–5",
            Self::Days => "dage",
            Self::Number => "antal",
            Self::MillionKroner => "mio. kr.",
        }
    }

    /// A figure with its measure: `7,4 %`, `3,5`, `1,2 mio. kr.`.
    pub fn figure(self, figure: f64) -> String {
        let number = number::danish(figure);
        match self {
            Self::Percent | Self::Days | Self::MillionKroner => format!("{number} {}", self.danish()),
            Self::Index | Self::Number => number,
        }
    }

    /// The whole range that a figure can lie in, where there is one.
    pub const fn range(self) -> Option<(f64, f64)> {
        match self {
            Self::Percent => Some((0.0, 100.0)),
            Self::Index => Some((1.0, 5.0)),
            Self::Days | Self::Number | Self::MillionKroner => None,
        }
    }

    /// How far from its target a figure is still close to it, where nobody has said so; none where it is never said.
    pub const fn near(self) -> Option<f64> {
        match self {
            Self::Percent => Some(1.0),
            Self::Index => Some(0.1),
            Self::Days | Self::Number | Self::MillionKroner => None,
        }
    }
}

/// Which way is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    /// Up.
    #[default]
    Up,
    /// Down.
    Down,
}

impl Wanted {
    /// Both, by their names in a file.
    pub(super) const ALL: [(&'static str, Self); 2] = [("up", Self::Up), ("down", Self::Down)];

    /// In Danish: `op`, `ned`.
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
    fn indicators_figures_are_told_with_their_measure() {
        for (measure, told) in [
            (Measure::Percent, "7,4 %"),
            (Measure::Index, "7,4"),
            (Measure::Days, "7,4 dage"),
            (Measure::Number, "7,4"),
            (Measure::MillionKroner, "7,4 mio. kr."),
        ] {
            assert_eq!(measure.figure(7.4), told);
        }
        assert_eq!(Measure::each().count(), 5);
    }
}
