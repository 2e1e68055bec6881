//! The tools that the project needs beyond Rust itself: each at a pinned version, in a per-user cache named by tool and
//! version, so that no two projects or clones fight over one, and a second run installs nothing.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Outcome;
use crate::check::WASM;
use crate::process::{cargo, output, root, run, stage};

/// A tool that cargo builds.
#[derive(Clone, Copy, Debug)]
pub struct Crate {
    name: &'static str,
    version: &'static str,
    program: &'static str,
    /// Whether the tool's own lock file can be followed.
    locked: bool,
    /// Its features that the program needs.
    features: &'static [&'static str],
}

/// How every tool is built. A tool works for seconds, so what counts is how long it takes to build; what it does is the same,
/// and so the name of its folder says nothing of it.
const QUICKLY: [(&str, &str); 4] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "false"),
];

/// Looks at the licences and the sources of all dependencies.
pub const DENY: Crate =
    Crate { name: "cargo-deny", version: "0.20.2", program: "cargo-deny", locked: true, features: &[] };
/// Finds dependencies that nothing uses.
pub const MACHETE: Crate =
    Crate { name: "cargo-machete", version: "0.9.2", program: "cargo-machete", locked: true, features: &[] };
/// Builds the page. (0.22 needs a newer Rust.)
pub const TRUNK: Crate = Crate { name: "trunk", version: "0.21.14", program: "trunk", locked: true, features: &[] };
/// Makes the page's JavaScript. It must equal the version of the crate `wasm-bindgen`. (Its own lock file names a
/// version of a dependency that was withdrawn.)
pub const WASM_BINDGEN: Crate =
    Crate { name: "wasm-bindgen-cli", version: "0.2.130", program: "wasm-bindgen", locked: false, features: &[] };

/// Splits the release's module into a first part and pieces. Its version goes with the macros that Leptos brings.
pub const WASM_SPLIT: Crate = Crate {
    name: "wasm_split_cli_support",
    version: "0.2.4",
    program: "wasm-split-cli",
    locked: true,
    features: &["build-binary"],
};

/// Drives Firefox.
pub const GECKODRIVER: Crate =
    Crate { name: "geckodriver", version: "0.37.1", program: "geckodriver", locked: true, features: &[] };

impl Crate {
    /// The program, built first where it is missing.
    ///
    /// # Errors
    /// It could not be built.
    pub fn program(self) -> Outcome<PathBuf> {
        let Self { name, version, program, locked, features } = self;
        let home = cache()?.join(format!("{name}-{version}"));
        let program = home.join("bin").join(program);
        if !program.exists() {
            stage(&format!("building {name} {version} (once; minutes)"), || {
                let mut install = cargo();
                install.args(["install", "--version", version, name, "--root"]).arg(&home);
                install.args(locked.then_some("--locked")).envs(QUICKLY);
                install.args(features.iter().flat_map(|feature| ["--features", feature]));
                run(&mut install)
            })?;
        }
        Ok(program)
    }
}

/// A package from the npm registry, for building and testing alone.
#[derive(Clone, Copy, Debug)]
pub struct Npm {
    name: &'static str,
    version: &'static str,
}

/// Makes the wasm smaller.
pub const BINARYEN: Npm = Npm { name: "binaryen", version: "132.0.0" };
/// Makes JavaScript smaller. (Trunk's own minifier gives up on what wasm-bindgen writes.)
pub const ESBUILD: Npm = Npm { name: "esbuild", version: "0.28.1" };
/// CSV as others write it, for tests.
pub const CSV_SPECTRUM: Npm = Npm { name: "csv-spectrum", version: "2.0.0" };
/// Finds what keeps people out who see, hear or move otherwise.
pub const AXE: Npm = Npm { name: "axe-core", version: "4.14.1" };
/// Draws charts, for what ours are measured against.
pub const UPLOT: Npm = Npm { name: "uplot", version: "1.6.32" };
/// Reads QR codes, by nobody's code but its own.
pub const JSQR: Npm = Npm { name: "jsqr", version: "1.4.0" };

impl Npm {
    /// The package's folder, fetched first where it is missing.
    ///
    /// # Errors
    /// It could not be fetched.
    pub fn folder(self) -> Outcome<PathBuf> {
        let Self { name, version } = self;
        let home = cache()?.join(format!("{name}-{version}"));
        let folder = home.join("node_modules").join(name);
        if !folder.join("package.json").exists() {
            stage(&format!("fetching {name} {version} (once)"), || {
                std::fs::create_dir_all(&home)?;
                let mut install = Command::new("npm");
                install.args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"]).arg(&home);
                install.arg(format!("{name}@{version}")).stdout(Stdio::null());
                run(&mut install).map_err(|error| format!("{error}; npm comes with Node.js 20 or later").into())
            })?;
        }
        Ok(folder)
    }
}

/// Sees to it that Rust has the parts that `rust-toolchain.toml` names. (Rustup does so by itself only for a toolchain
/// that it has yet to install.)
///
/// # Errors
/// A part could not be installed.
pub fn rust() -> Outcome {
    for (sort, name) in [("target", WASM), ("component", "clippy"), ("component", "rustfmt")] {
        let installed = output(Command::new("rustup").current_dir(root()).args([sort, "list", "--installed"]))?;
        if !installed.lines().any(|line| line.starts_with(name)) {
            stage(&format!("installing {sort} {name} (once)"), || {
                run(Command::new("rustup").current_dir(root()).args([sort, "add", name]))
            })?;
        }
    }
    Ok(())
}

/// Sees to it that all is there that building and testing take.
///
/// # Errors
/// Something could not be installed.
pub fn all() -> Outcome {
    rust()?;
    BINARYEN.folder()?;
    ESBUILD.folder()?;
    WASM_BINDGEN.program()?;
    TRUNK.program()?;
    WASM_SPLIT.program()?;
    MACHETE.program()?;
    DENY.program()?;
    browsers()
}

/// Sees to it that every browser is there that the tests drive, each with its driver.
///
/// # Errors
/// Something could not be installed.
pub fn browsers() -> Outcome {
    AXE.folder()?;
    JSQR.folder()?;
    GECKODRIVER.program()?;
    system(BROWSERS)
}

/// A program of the system, and the Debian package it comes in.
type System = (&'static str, &'static str);

/// The browsers and their drivers, and what looks at what they print. (Firefox' driver is no package of Debian's.)
const BROWSERS: &[System] = &[
    ("chromium", "chromium"),
    ("chromedriver", "chromium-driver"),
    ("firefox-esr", "firefox-esr"),
    ("WebKitWebDriver", "webkit2gtk-driver"),
    ("Xvfb", "xvfb"),
    // Looks at what was printed.
    ("pdftotext", "poppler-utils"),
];

/// Installs what is missing where it may (Debian, as root), and else names the command that would.
///
/// # Errors
/// Something is missing and may not be installed, or could not be.
fn system(programs: &[System]) -> Outcome {
    let missing: Vec<&str> =
        programs.iter().filter(|(program, _)| find(program).is_none()).map(|(_, package)| *package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    let may = Path::new("/etc/debian_version").exists() && is_root();
    if !may {
        return Err(format!("missing: {list}. On Debian: sudo apt-get install {list}").into());
    }
    stage(&format!("installing {list} (once)"), || {
        let apt = |words: &[&str]| {
            let mut apt = Command::new("apt-get");
            apt.args(words).env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null());
            run(&mut apt)
        };
        apt(&["update", "--quiet"])?;
        apt(&[&["install", "--yes", "--quiet", "--no-install-recommends"], missing.as_slice()].concat())
    })
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

/// A program on the search path.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

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
