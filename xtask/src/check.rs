//! Checks the code: formatting, lints, documentation, dependencies, module layers.

use std::path::PathBuf;
use std::process::Command;

use kvalitetshjul::exchange::schema;

use crate::Outcome;
use crate::process::{cargo, root, run as run_command, stage};
use crate::split;
use crate::tools::{self, DENY, MACHETE};

/// The maximum number of packages in `Cargo.lock`. A commit that needs more raises it on purpose.
const MOST_PACKAGES: usize = 345;

/// The target the page is compiled to.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Runs all checks.
///
/// # Errors
/// A check failed; later checks are not run.
pub fn run() -> Outcome {
    tools::rust()?;
    stage("formatting", || run_command(cargo().args(["fmt", "--all", "--check"])))?;
    stage("lints, native", || {
        run_command(cargo().args([
            "clippy",
            "--quiet",
            "--workspace",
            "--all-targets",
            "--locked",
            "--",
            "-D",
            "warnings",
        ]))
    })?;
    stage("lints, wasm", || {
        let mut clippy = cargo();
        clippy.env("CLIPPY_CONF_DIR", root().join("xtask/clippy_wasm"));
        clippy.args([
            "clippy",
            "--quiet",
            "--package",
            "kvalitetshjul",
            "--package",
            "workbook",
            "--target",
            WASM,
            "--locked",
            "--features",
            &format!("kvalitetshjul/{},workbook/read", split::FEATURE),
            "--",
            "-D",
            "warnings",
        ]);
        run_command(&mut clippy)
    })?;
    stage("documentation", check_docs)?;
    stage("unused dependencies", || run_command(Command::new(MACHETE.program()?).current_dir(root())))?;
    stage("licences and sources", check_licences)?;
    stage("number of packages", check_package_count)?;
    stage("module layers", check_layers)
}

/// Runs the tests that fail on an import that runs upward and on a circle between files of different folders.
///
/// The whole workspace is named, so that the crates are compiled with the same features as for all tests.
fn check_layers() -> Outcome {
    run_command(cargo().args([
        "test",
        "--quiet",
        "--package",
        "kvalitetshjul",
        "--test",
        "main",
        "--locked",
        "architecture::",
    ]))
}

/// Builds the documentation natively and for wasm, and fails on a link that leads nowhere.
///
/// Missing doc comments are found by the lints (`missing_docs`).
fn check_docs() -> Outcome {
    let features = format!("kvalitetshjul/{},workbook/read", split::FEATURE);
    let of_wasm = ["--package", "kvalitetshjul", "--package", "workbook", "--target", WASM, "--features", &features];
    for scope in [["--workspace"].as_slice(), &of_wasm] {
        let mut doc = cargo();
        doc.args(["doc", "--quiet", "--no-deps", "--document-private-items", "--locked"]).args(scope);
        run_command(doc.env("RUSTDOCFLAGS", "-D warnings"))?;
    }
    Ok(())
}

/// Checks the licence and the source of every dependency, without a network.
fn check_licences() -> Outcome {
    let mut deny = Command::new(DENY.program()?);
    deny.current_dir(root()).args(["--offline", "--locked", "--workspace", "--config", "xtask/deny.toml"]);
    run_command(deny.args(["check", "--hide-inclusion-graph", "licenses", "bans", "sources"]))
}

fn check_package_count() -> Outcome {
    let lock = std::fs::read_to_string(root().join("Cargo.lock"))?;
    let count = lock.lines().filter(|line| *line == "[[package]]").count();
    println!("{count} packages in Cargo.lock, at most {MOST_PACKAGES}");
    if count > MOST_PACKAGES {
        return Err("more packages than agreed: do without one, or raise the cap on purpose".into());
    }
    Ok(())
}

/// The file of the published schema.
pub fn schema_file() -> PathBuf {
    root().join("public/kvalitetshjul.schema.json")
}

/// The schema as JSON.
///
/// # Errors
/// Serialisation failed.
pub fn schema_text() -> Outcome<String> {
    Ok(serde_json::to_string_pretty(&schema::schema())? + "\n")
}

/// Writes the schema to its file.
///
/// # Errors
/// The file cannot be written.
pub fn write_schema() -> Outcome {
    Ok(std::fs::write(schema_file(), schema_text()?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_schema_matches_the_types() {
        let published = std::fs::read_to_string(schema_file()).unwrap();
        assert!(published == schema_text().unwrap(), "run: cargo xtask schema");
    }
}
