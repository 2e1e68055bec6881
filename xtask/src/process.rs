//! Runs other programs in the project's folder, and times the stages of a command.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::Outcome;

/// The project's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned()
}

/// The cargo that started this program.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    command.current_dir(root());
    command
}

/// Runs a command to its end. Its output goes to the terminal.
///
/// # Errors
/// The command could not be started, or failed.
pub fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| format!("{}: {error}", name(command)))?;
    if status.success() { Ok(()) } else { Err(format!("failed: {}", name(command)).into()) }
}

/// Runs a command to its end and returns its standard output.
///
/// # Errors
/// The command could not be started, or failed.
pub fn output(command: &mut Command) -> Outcome<String> {
    let output = command.stderr(std::process::Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("failed: {}", name(command)).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn name(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// The stages that have ended: depth of nesting, name, duration.
static STAGES: Mutex<Vec<(usize, String, Duration)>> = Mutex::new(Vec::new());
/// The number of stages that are running.
static DEPTH: Mutex<usize> = Mutex::new(0);

/// Runs one stage of a longer command, and prints its name and how long it took.
///
/// # Errors
/// The error of `work`.
pub fn stage<T>(what: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    eprintln!("── {what}");
    let place = STAGES.lock().map_or(0, |stages| stages.len());
    let depth = DEPTH.lock().map_or(0, |mut depth| {
        *depth += 1;
        *depth - 1
    });
    let start = Instant::now();
    let outcome = work();
    let took = start.elapsed();
    eprintln!("── {what}: {:.1} min", minutes(took));
    if let (Ok(mut stages), Ok(mut depth_now)) = (STAGES.lock(), DEPTH.lock()) {
        *depth_now = depth;
        // Before its own inner stages.
        let place = place.min(stages.len());
        stages.insert(place, (depth, what.to_owned(), took));
    }
    outcome
}

/// Prints how long each stage took, and the sum of the outermost stages.
pub fn print_stages() {
    let Ok(stages) = STAGES.lock() else { return };
    eprintln!("minutes by stage:");
    for (depth, what, took) in stages.iter() {
        eprintln!("{:>7.1}  {}{what}", minutes(*took), "  ".repeat(*depth));
    }
    let sum = stages.iter().filter(|(depth, ..)| *depth == 0).map(|(_, _, took)| *took).sum();
    eprintln!("{:>7.1}  in all", minutes(sum));
}

fn minutes(time: Duration) -> f64 {
    time.as_secs_f64() / 60.0
}
