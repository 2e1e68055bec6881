//! What must hold of the code before any test runs.

use std::path::PathBuf;
use std::process::Command;

use kvalitetshjul::exchange::schema;

use crate::Outcome;
use crate::process::{cargo, root, run as run_command, stage};
use crate::split;
use crate::tools::{self, DENY, MACHETE};

/// The most packages in `Cargo.lock`. It may be raised, on purpose, in the commit that needs it.
const MOST_PACKAGES: usize = 345;

/// The target the page is compiled to.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Runs all checks.
///
/// # Errors
/// The first that fails.
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
    stage("unused dependencies", || run_command(Command::new(MACHETE.program()?).current_dir(root())))?;
    stage("licences and sources", audit)?;
    stage("number of packages", packages)
}

/// Has all dependencies looked at, without a network: by what licence each is used, and where it comes from.
fn audit() -> Outcome {
    let mut deny = Command::new(DENY.program()?);
    deny.current_dir(root()).args(["--offline", "--locked", "--workspace", "--config", "xtask/deny.toml"]);
    run_command(deny.args(["check", "--hide-inclusion-graph", "licenses", "bans", "sources"]))
}

fn packages() -> Outcome {
    let lock = std::fs::read_to_string(root().join("Cargo.lock"))?;
    let count = lock.lines().filter(|line| *line == "[[package]]").count();
    println!("{count} packages in Cargo.lock, at most {MOST_PACKAGES}");
    if count > MOST_PACKAGES {
        return Err("more packages than agreed: do without one, or raise the cap on purpose".into());
    }
    Ok(())
}

/// Where the published schema lies.
pub fn schema_file() -> PathBuf {
    root().join("public/kvalitetshjul.schema.json")
}

/// The schema as it is published.
///
/// # Errors
/// What serde would say.
pub fn schema_text() -> Outcome<String> {
    Ok(serde_json::to_string_pretty(&schema::schema())? + "\n")
}

/// Writes the schema.
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
    fn core_the_published_schema_is_that_of_the_types() {
        let published = std::fs::read_to_string(schema_file()).unwrap();
        assert!(published == schema_text().unwrap(), "run: cargo xtask schema");
    }
}
