//! How an instrument is answered, and what each answer means in words.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// How an instrument is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Between two ends, seven points, from −3 to 3.
    Pairs,
    /// How clearly a statement shows, five points, from 0 to 4.
    Statements,
    /// What happens to a corner, from −2 (falls) to 2 (rises).
    Corners,
    /// Weights that are 100 together, in steps of five: from 0 to 20 steps.
    Weights,
}

/// Weights together, in steps of five.
const ALL: i32 = 20;

/// What an answer is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// How it is.
    Now,
    /// How one would wish it.
    Wanted,
}

impl Round {
    /// Both, in the order they are asked.
    pub const BOTH: [Self; 2] = [Self::Now, Self::Wanted];

    /// In Danish.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Now => "Nu",
            Self::Wanted => "Ønsket",
        }
    }
}

impl Form {
    /// The points of the scale.
    pub const fn points(self) -> RangeInclusive<i8> {
        match self {
            Self::Pairs => -3..=3,
            Self::Statements => 0..=4,
            Self::Corners => -2..=2,
            Self::Weights => 0..=20,
        }
    }

    /// So many bits hold an answer, or that there is none.
    pub const fn bits(self) -> usize {
        match self {
            Self::Pairs | Self::Statements | Self::Corners => 3,
            Self::Weights => 5,
        }
    }

    /// Whether answers can stand beside one another: weights are 100 together, or none is given.
    pub fn hang_together(self, answers: &[Option<i8>]) -> bool {
        let together: i32 = answers.iter().flatten().map(|point| i32::from(*point)).sum();
        let is_none = answers.iter().all(Option::is_none);
        self != Self::Weights || is_none || (answers.iter().all(Option::is_some) && together == ALL)
    }

    /// What a point means, in words; of a pair by what its ends are called.
    pub(super) fn point(self, ends: Option<(&str, &str)>, point: i8) -> String {
        let words: &[&str] = match self {
            Self::Pairs => return between(ends.unwrap_or_default(), point),
            Self::Weights => return format!("{} af 100", i32::from(point) * 5),
            Self::Statements => &["Ikke endnu", "Sjældent", "Nogle gange", "Ofte", "Næsten altid"],
            Self::Corners => &["Falder tydeligt", "Falder lidt", "Uændret", "Stiger lidt", "Stiger tydeligt"],
        };
        let place = usize::try_from(point - self.points().start()).unwrap_or_default();
        words.get(place).copied().unwrap_or_default().to_owned()
    }
}

fn between((left, right): (&str, &str), point: i8) -> String {
    let end = in_a_sentence(if point < 0 { left } else { right });
    match point.unsigned_abs() {
        0 => "Lige meget af begge".to_owned(),
        1 => format!("Lidt mere {end}"),
        2 => format!("Mest {end}"),
        _ => format!("Næsten altid {end}"),
    }
}

/// A name as it stands inside a sentence. What begins with an abbreviation or is another language's keeps its letter.
fn in_a_sentence(name: &str) -> String {
    if name.starts_with("One ") {
        return name.to_owned();
    }
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
