//! Running other programs, in the project's own folder.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::Outcome;

/// The project's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned()
}

/// The cargo that runs this.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    command.current_dir(root());
    command
}

/// Runs a command to its end.
///
/// # Errors
/// It could not be started, or failed; what it printed has been seen by then.
pub fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| format!("{}: {error}", name(command)))?;
    if status.success() { Ok(()) } else { Err(format!("failed: {}", name(command)).into()) }
}

/// Runs a command to its end and gives what it printed on standard output.
///
/// # Errors
/// It could not be started, or failed.
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

/// Does one stage of a longer command, and says what it is and how long it took.
///
/// # Errors
/// Those of the stage.
pub fn stage<T>(what: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    eprintln!("── {what}");
    let start = Instant::now();
    let outcome = work();
    eprintln!("── {what}: {:.1} min", start.elapsed().as_secs_f64() / 60.0);
    outcome
}
