//! What the page costs, in Chromium on the release bundle. As ratios against the least it could, wherever there is such a
//! thing: machines differ, and what else they do. What a hand notices is measured on a machine made four times slower.
//!
//! | file | idea |
//! | --- | --- |
//! | `visit` | the first visit, and a start with much in the browser |
//! | `records` | a file that is looked into, a save |
//! | `agreement` | a large agreement typed in |
//! | `figures` | the overview drawn, the matrix scrolled, the sheet typed in |

mod agreement;
mod figures;
mod records;
mod visit;

use std::fs;
use std::path::Path;

use crate::Outcome;
use crate::browser::Pace;
use crate::build::{bundle, dist};
use crate::process::stage;
use crate::tools;

/// How often each ratio is taken.
const RUNS: usize = 5;
/// How many records of keys a median is of: 200 keys.
const RECORDS: usize = 4;
/// The longest that the page may work at one go without an answer while it is typed in, in milliseconds.
const LONGEST_TYPING: f64 = 16.0;

/// A line of the bench: its name, and how it is taken.
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

/// Takes the lines whose name holds one of the words, or all without words, and says what each may be at most.
///
/// # Errors
/// One is above what is agreed, or could not be taken, or none has such a name.
pub fn run(words: &[&str]) -> Outcome {
    let is_asked_for = |name: &str| words.is_empty() || words.iter().any(|word| name.contains(word));
    let lines: Vec<Line> = LINES.into_iter().filter(|(name, _)| is_asked_for(name)).collect();
    if lines.is_empty() {
        return Err(format!("the lines are {}", LINES.map(|(name, _)| name).join(", ")).into());
    }
    stage("browsers", tools::browsers)?;
    let weight = stage("bundle", bundle)?;
    let taken = lines.into_iter().map(|(name, take)| stage(name, take)).collect::<Outcome<Vec<Taken>>>()?;
    for line in &taken {
        println!("{line}");
    }
    weight.judge()?;
    if taken.iter().all(Taken::is_within) { Ok(()) } else { Err("above what is agreed".into()) }
}

/// What was taken, several times; the median is judged.
#[derive(Debug)]
struct Taken {
    what: &'static str,
    values: Vec<f64>,
    unit: &'static str,
    most: f64,
    /// What is worth knowing beside it.
    beside: String,
}

impl Taken {
    fn of_keys(what: &'static str, pace: Pace) -> Self {
        let beside = format!("; p95 {:.1} ms of {} keys", pace.percentile(95), pace.keys.len());
        Self { what, values: pace.keys, unit: "ms", most: LONGEST_TYPING, beside }
    }

    fn median(&self) -> f64 {
        median(&self.values)
    }

    fn is_within(&self) -> bool {
        self.median() <= self.most
    }
}

impl std::fmt::Display for Taken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let least = self.values.iter().copied().fold(f64::INFINITY, f64::min);
        let largest = self.values.iter().copied().fold(0.0, f64::max);
        let Self { what, unit, most, beside, .. } = self;
        let (median, verdict) = (self.median(), if self.is_within() { "" } else { "  TOO MUCH" });
        write!(f, "{what}: {least:.2}–{median:.2}–{largest:.2} {unit} (the median at most {most}){beside}{verdict}")
    }
}

fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

/// The bundle with a file beside it.
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
