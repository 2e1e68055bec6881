//! The indicators that a unit's figures are kept on.

use super::fundament::{Item, Sort};
use super::number;
use super::period::Period;
use super::series::Measure;

/// An indicator as the foundation has it: its name states the wanted direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Indicator<'c> {
    /// Its id, the same in every edition that has it.
    pub id: &'c str,
    /// Its name, as the documents have it.
    pub name: &'c str,
    /// How it is measured, as a rule.
    pub about: &'c str,
    /// What it is counted in by default; a proposal, since the documents do not define the measures.
    pub measure: Measure,
    /// Which way is better.
    pub wanted: Wanted,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Up.
    Up,
    /// Down.
    Down,
}

impl<'c> Indicator<'c> {
    /// An item of a foundation as an indicator, if it is one.
    pub fn of(item: &'c Item) -> Option<Self> {
        let (measure, wanted) = (item.measure?, item.wanted?);
        let Item { id, label: name, text: about, .. } = item;
        (item.sort == Sort::Indicator).then_some(Self { id, name, about, measure, wanted })
    }

    /// What figures, in the order of time, come to in a sentence.
    pub fn told(&self, figures: &[(Period, f64)]) -> String {
        let name = self.name;
        match figures {
            [] => format!("{name}: ingen tal endnu"),
            [(period, figure)] => format!("{name}, {}: {}", period.danish(), number::danish(*figure)),
            [(first, from), .., (last, to)] => {
                let way = match (to > from, to < from, self.wanted) {
                    (false, false, _) => "uændret",
                    (true, _, Wanted::Up) | (_, true, Wanted::Down) => "i den ønskede retning",
                    _ => "mod den ønskede retning",
                };
                let (from, to) = (number::danish(*from), number::danish(*to));
                format!("{name}, {} til {}: fra {from} til {to}, {way}", first.danish(), last.danish())
            }
        }
    }
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

impl Measure {
    /// All, by their names in a file.
    pub(super) const ALL: [(&'static str, Self); 5] = [
        ("percent", Self::Percent),
        ("index", Self::Index),
        ("days", Self::Days),
        ("number", Self::Number),
        ("million_kroner", Self::MillionKroner),
    ];

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

    /// The whole range that a figure can lie in, where there is one.
    pub const fn range(self) -> Option<(f64, f64)> {
        match self {
            Self::Percent => Some((0.0, 100.0)),
            Self::Index => Some((1.0, 5.0)),
            Self::Days | Self::Number | Self::MillionKroner => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wanted_direction_is_the_indicators_own() {
        let named = |name, measure, wanted| Indicator { id: "x", name, about: "", measure, wanted };
        let absence = named("Fravær reduceres", Measure::Percent, Wanted::Down);
        let wellbeing = named("Den sociale trivsel styrkes", Measure::Index, Wanted::Up);
        let figures = |from, to| [(Period::SchoolYear(2024), from), (Period::SchoolYear(2025), to)];
        for (indicator, from, to, told) in [
            (absence, 7.4, 6.1, "Fravær reduceres, 2024/25 til 2025/26: fra 7,4 til 6,1, i den ønskede retning"),
            (absence, 6.1, 7.4, "Fravær reduceres, 2024/25 til 2025/26: fra 6,1 til 7,4, mod den ønskede retning"),
            (wellbeing, 4.0, 4.0, "Den sociale trivsel styrkes, 2024/25 til 2025/26: fra 4 til 4, uændret"),
            (
                wellbeing,
                3.9,
                4.0,
                "Den sociale trivsel styrkes, 2024/25 til 2025/26: fra 3,9 til 4, i den ønskede retning",
            ),
        ] {
            assert_eq!(indicator.told(&figures(from, to)), told);
        }
        assert_eq!(absence.told(&[]), "Fravær reduceres: ingen tal endnu");
        assert_eq!(absence.told(&figures(7.4, 0.0)[..1]), "Fravær reduceres, 2024/25: 7,4");
    }
}
