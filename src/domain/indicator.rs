//! The indicators that a unit's figures are kept on.

use super::series::Measure;

/// An indicator as the foundation has it: its name states the wanted direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Its id, the same in every edition that has it.
    pub id: &'static str,
    /// Its name, as the documents have it.
    pub name: &'static str,
    /// The pejlemærke it belongs to.
    pub pejlemaerke: &'static str,
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

impl Wanted {
    /// In Danish: `op`, `ned`.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Up => "op",
            Self::Down => "ned",
        }
    }
}

impl Measure {
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

/// The name of an indicator, where the foundation has it.
pub fn name(id: &str) -> Option<&'static str> {
    FIRST.iter().find(|indicator| indicator.id == id).map(|indicator| indicator.name)
}

/// One indicator of each pejlemærke: those that a unit can keep figures on so far. (Source: the booklet with 12.)
pub const FIRST: [Indicator; 3] = [
    Indicator {
        id: "fravaer",
        name: "Fravær reduceres",
        pejlemaerke: "Flere skal have en ungdomsuddannelse (og en tilknytning til arbejdsmarkedet)",
        measure: Measure::Percent,
        wanted: Wanted::Down,
    },
    Indicator {
        id: "social-trivsel",
        name: "Den sociale trivsel styrkes",
        pejlemaerke: "Færre føler sig ensomme",
        measure: Measure::Index,
        wanted: Wanted::Up,
    },
    Indicator {
        id: "idraetsforeninger",
        name: "Flere er aktive i idrætsforeninger",
        pejlemaerke: "Flere er sunde og fysisk aktive",
        measure: Measure::Percent,
        wanted: Wanted::Up,
    },
];
