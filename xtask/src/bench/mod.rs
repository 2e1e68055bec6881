//! Measures the release bundle in Chromium.
//!
//! Where possible a measurement is a ratio to a minimal equivalent (a page by hand, `JSON.parse`, uPlot), because machines
//! and their load differ. Typing is measured on a processor slowed down four times.
//!
//! | file | measures |
//! | --- | --- |
//! | `visit` | the first visit, and a start with many records |
//! | `records` | the preview of a file, a save |
//! | `agreement` | typing in a large agreement |
//! | `figures` | drawing the overview, scrolling the matrix, typing in the sheet |

mod agreement;
mod figures;
mod records;
mod visit;

use std::fs;
use std::path::Path;

use crate::Outcome;
use crate::browser::KeyLatencies;
use crate::build::{bundle, dist};
use crate::process::stage;
use crate::tools;

/// The number of runs of each ratio.
const RUNS: usize = 5;
/// The number of recordings of a median of keys: 200 keys together.
const RECORDS: usize = 4;
/// The maximum duration of a task while the user types, in milliseconds.
const LONGEST_TYPING: f64 = 16.0;

/// A measurement: its name, and the function that runs it.
type Line = (&'static str, fn() -> Outcome<Taken>);

const LINES: [Line; 8] = [
    ("usable", visit::usable),
    ("plan", records::plan),
    ("start", visit::start),
    ("save", records::save),
    ("overview", figures::overview),
    ("scrolling", figures::scrolling),
    ("typing-sheet", figures::typing),
    ("typing-agreement", agreement::typing),
];

/// Runs the measurements whose name contains one of the words (all without words), and prints each with its maximum.
///
/// Every measurement is run and judged, even if an earlier one failed.
///
/// # Errors
/// Measurements exceed their maximum or failed: the error names them. Or no measurement has such a name.
pub fn run(words: &[&str]) -> Outcome {
    let is_asked_for = |name: &str| words.is_empty() || words.iter().any(|word| name.contains(word));
    let lines: Vec<Line> = LINES.into_iter().filter(|(name, _)| is_asked_for(name)).collect();
    if lines.is_empty() {
        return Err(format!("the lines are {}", LINES.map(|(name, _)| name).join(", ")).into());
    }
    stage("browsers", tools::browsers)?;
    let weight = stage("bundle", bundle)?;
    let mut taken = Vec::new();
    for (name, take) in lines {
        let line = stage(name, take);
        match &line {
            Ok(line) => println!("{line}"),
            Err(error) => println!("{name}: COULD NOT BE TAKEN: {error}"),
        }
        taken.push((name, line));
    }
    let mut failed: Vec<String> = failed(&taken).into_iter().map(str::to_owned).collect();
    failed.extend(weight.judge().err().map(|error| error.to_string()));
    if failed.is_empty() { Ok(()) } else { Err(format!("these do not hold: {}", failed.join(", ")).into()) }
}

/// The names of the measurements that exceed their maximum or failed.
fn failed<'a>(taken: &[(&'a str, Outcome<Taken>)]) -> Vec<&'a str> {
    let holds = |line: &Outcome<Taken>| line.as_ref().is_ok_and(Taken::is_within);
    taken.iter().filter(|(_, line)| !holds(line)).map(|(name, _)| *name).collect()
}

/// The values of several runs. The median is judged.
#[derive(Debug)]
struct Taken {
    what: &'static str,
    values: Vec<f64>,
    unit: &'static str,
    most: f64,
    /// Further figures, printed after the values.
    beside: String,
    /// A fault that fails the measurement whatever its values.
    fault: Option<String>,
}

impl Taken {
    fn of_keys(what: &'static str, pace: KeyLatencies) -> Self {
        let beside = format!("; p95 {:.1} ms of {} keys", pace.percentile(95), pace.keys.len());
        Self { what, values: pace.keys, unit: "ms", most: LONGEST_TYPING, beside, fault: None }
    }

    fn median(&self) -> f64 {
        median(&self.values)
    }

    fn is_within(&self) -> bool {
        self.fault.is_none() && !self.values.is_empty() && self.median() <= self.most
    }
}

impl std::fmt::Display for Taken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let least = self.values.iter().copied().fold(f64::INFINITY, f64::min);
        let largest = self.values.iter().copied().fold(0.0, f64::max);
        let Self { what, unit, most, beside, .. } = self;
        let verdict = match &self.fault {
            Some(fault) => format!("  {fault}"),
            None if self.is_within() => String::new(),
            None => "  TOO MUCH".to_owned(),
        };
        let median = self.median();
        write!(f, "{what}: {least:.2}–{median:.2}–{largest:.2} {unit} (the median at most {most}){beside}{verdict}")
    }
}

fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

/// Copies the bundle into a folder, and adds a file.
fn with_file(folder: &Path, text: &str) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    for file in fs::read_dir(dist())? {
        let file = file?.path();
        fs::copy(&file, folder.join(file.file_name().unwrap_or_default()))?;
    }
    Ok(fs::write(folder.join("bench.json"), text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(values: &[f64], fault: Option<&str>) -> Taken {
        let fault = fault.map(str::to_owned);
        Taken { what: "a line", values: values.to_vec(), unit: "×", most: 2.0, beside: String::new(), fault }
    }

    #[test]
    fn every_line_is_judged_whatever_became_of_those_before_it() {
        let taken = [
            ("fine", Ok(line(&[1.0, 2.0, 9.0], None))),
            ("not taken", Err("no browser".into())),
            ("slow", Ok(line(&[1.0, 2.1, 9.0], None))),
            ("faulty", Ok(line(&[1.0], Some("more is written")))),
            ("empty", Ok(line(&[], None))),
            ("fine too", Ok(line(&[0.5], None))),
        ];
        assert_eq!(failed(&taken), ["not taken", "slow", "faulty", "empty"]);
    }
}
