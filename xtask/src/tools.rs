//! The tools that the project needs beyond Rust itself: each at a pinned version, in a per-user cache named by tool and
//! version, so that no two projects or clones fight over one.

use std::path::PathBuf;

use crate::Outcome;
use crate::process;

/// A tool that cargo builds.
#[derive(Clone, Copy, Debug)]
pub struct Tool {
    /// The crate, and the program in it.
    pub name: &'static str,
    /// The version.
    pub version: &'static str,
}

/// Finds dependencies that nothing uses.
pub const MACHETE: Tool = Tool { name: "cargo-machete", version: "0.9.2" };

/// Where the tools are kept.
///
/// # Errors
/// There is no home directory.
pub fn cache() -> Outcome<PathBuf> {
    let base = match (std::env::var_os("XDG_CACHE_HOME"), std::env::var_os("HOME")) {
        (Some(cache), _) if !cache.is_empty() => PathBuf::from(cache),
        (_, Some(home)) => PathBuf::from(home).join(".cache"),
        _ => return Err("no home directory to keep tools in: set HOME or XDG_CACHE_HOME".into()),
    };
    Ok(base.join("kvalitetshjul").join("tools"))
}

impl Tool {
    /// The program, built first where it is missing.
    ///
    /// # Errors
    /// It could not be built.
    pub fn program(self) -> Outcome<PathBuf> {
        let Self { name, version } = self;
        let home = cache()?.join(format!("{name}-{version}"));
        let program = home.join("bin").join(name);
        if !program.exists() {
            process::stage(&format!("building {name} {version} (once)"), || {
                let mut install = process::cargo();
                install.args(["install", "--locked", "--version", version, name, "--root"]).arg(&home);
                process::run(&mut install)
            })?;
        }
        Ok(program)
    }
}
