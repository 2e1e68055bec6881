//! `cargo xtask merge`: merges files as the page does, natively.

use std::time::{SystemTime, UNIX_EPOCH};

use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::exchange::plan::Plan;
use kvalitetshjul::exchange::scope::Scope;
use kvalitetshjul::exchange::{apply, read, write};
use kvalitetshjul::record::Records;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::Author;

use crate::Outcome;

/// Merges files in the given order, and prints the resulting file. The report goes to standard error.
///
/// # Errors
/// A file cannot be read: nothing is printed. A record is invalid or damaged: the other records are printed, and the command
/// fails.
pub fn run(files: &[&str]) -> Outcome {
    let now = now()?;
    let mut records = Records::new();
    let mut faults = 0;
    for file in files {
        let bytes = std::fs::read(file).map_err(|error| format!("{file}: {error}"))?;
        let opened = read::read(&bytes).map_err(|error| format!("{file}: {error}"))?;
        let plan = Plan::make(&records, opened);
        eprintln!("{file}");
        if plan.head.is_changed_after_export {
            eprintln!("  ændret efter eksport");
        }
        for line in plan.summary() {
            eprintln!("  {line}");
        }
        // A merge writes nothing of its own, so the author is never used.
        let nobody = Author { actor: Actor::from_random([0; 10]), at: now, by: None };
        let report = apply::apply(&mut records, plan, &nobody);
        for fault in &report.faults {
            eprintln!("  {fault}");
        }
        for (id, path) in &report.cpr {
            eprintln!("  {path} i {id} er holdt tilbage: der står et CPR-nummer i teksten");
        }
        if report.new_choices > 0 {
            eprintln!("  åbne valg: {}", report.new_choices);
        }
        faults += report.faults.len();
    }
    print!("{}", write::write(&records, &Scope::Backup, now)?);
    if faults == 0 { Ok(()) } else { Err(format!("{faults} poster er sat til side").into()) }
}

fn now() -> Outcome<Timestamp> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    Timestamp::from_seconds(i64::try_from(seconds)?).ok_or_else(|| "the clock is off".into())
}
