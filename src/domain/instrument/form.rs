//! The ways to answer an instrument, and the meaning of each point of a scale in Danish words.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// The way in which an instrument is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A position between two poles: seven points, from −3 to 3.
    Pairs,
    /// How clearly a statement shows in practice: five points, from 0 to 4.
    Statements,
    /// How a corner of the triangle changes: five points, from −2 (falls) to 2 (rises).
    Corners,
    /// A weight for each item, in steps of 5 out of 100: from 0 to 20 steps. All weights together are 100.
    Weights,
}

/// How a corner of the TEK triangle changes, in Danish: one text for each point from −2 to 2. Trials, goals and
/// workshops use the same words.
pub const CORNER_WORDS: [&str; 5] = ["Falder tydeligt", "Falder lidt", "Uændret", "Stiger lidt", "Stiger tydeligt"];

/// The sum of all weights, in steps of 5 out of 100.
const TOTAL_STEPS: i32 = 20;

/// The question that an answer is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// Practice now.
    Now,
    /// Practice as wished.
    Wanted,
}

impl Round {
    /// Both rounds, in the order in which they are asked.
    pub const BOTH: [Self; 2] = [Self::Now, Self::Wanted];

    /// Returns the Danish heading.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Now => "Nu",
            Self::Wanted => "Ønsket",
        }
    }
}

impl Form {
    /// Returns the points of the scale.
    pub const fn points(self) -> RangeInclusive<i8> {
        match self {
            Self::Pairs => -3..=3,
            Self::Statements => 0..=4,
            Self::Corners => -2..=2,
            Self::Weights => 0..=20,
        }
    }

    /// Returns the number of bits that hold a point or «not answered».
    pub const fn bits(self) -> usize {
        match self {
            Self::Pairs | Self::Statements | Self::Corners => 3,
            Self::Weights => 5,
        }
    }

    /// Returns whether answers are valid together: weights must sum to 100 or all be empty. Other forms have no such
    /// rule.
    pub fn are_answers_valid(self, answers: &[Option<i8>]) -> bool {
        let sum: i32 = answers.iter().flatten().map(|point| i32::from(*point)).sum();
        let are_all_empty = answers.iter().all(Option::is_none);
        self != Self::Weights || are_all_empty || (answers.iter().all(Option::is_some) && sum == TOTAL_STEPS)
    }

    /// Returns the meaning of a point in Danish. A pair needs the labels of its poles, left and right.
    pub(super) fn point(self, poles: Option<(&str, &str)>, point: i8) -> String {
        let words: &[&str] = match self {
            Self::Pairs => return describe_between(poles.unwrap_or_default(), point),
            Self::Weights => return format!("{} af 100", i32::from(point) * 5),
            Self::Statements => &["Ikke endnu", "Sjældent", "Nogle gange", "Ofte", "Næsten altid"],
            Self::Corners => &CORNER_WORDS,
        };
        let index = usize::try_from(point - self.points().start()).unwrap_or_default();
        words.get(index).copied().unwrap_or_default().to_owned()
    }
}

/// Describes a point between two poles in Danish.
fn describe_between((left, right): (&str, &str), point: i8) -> String {
    let pole = lowercase_first(if point < 0 { left } else { right });
    match point.unsigned_abs() {
        0 => "Lige meget af begge".to_owned(),
        1 => format!("Lidt mere {pole}"),
        2 => format!("Mest {pole}"),
        _ => format!("Næsten altid {pole}"),
    }
}

/// Returns a label with a small first letter, for use within a sentence. The English label «One size fits all» is
/// unchanged.
fn lowercase_first(name: &str) -> String {
    if name.starts_with("One ") {
        return name.to_owned();
    }
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
