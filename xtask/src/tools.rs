//! Installs the tools that the project needs beside Rust.
//!
//! Each tool has a pinned version and its own folder, named by tool and version, in a cache of the user. Clones of the
//! project share the cache, and a second run installs nothing.

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
    /// Whether the tool is built with its own lock file.
    locked: bool,
    /// The options of `cargo install` that choose features.
    features: &'static [&'static str],
    /// How far the compiler optimises the tool: `1` where it works through the page's code, otherwise `0`.
    opt_level: &'static str,
}

/// The build settings of every tool. A tool runs for seconds, so the time to build it counts. The settings do not change
/// what a tool does, and are not part of its folder's name.
const FAST_BUILD: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "false"),
];

/// Checks the licences and the sources of all dependencies.
pub const DENY: Crate =
    Crate { name: "cargo-deny", version: "0.20.2", program: "cargo-deny", locked: true, features: &[], opt_level: "0" };
/// Finds dependencies that nothing uses.
pub const MACHETE: Crate = Crate {
    name: "cargo-machete",
    version: "0.9.2",
    program: "cargo-machete",
    locked: true,
    features: &[],
    opt_level: "0",
};
/// Builds the page. (0.22 needs a newer Rust.)
pub const TRUNK: Crate =
    Crate { name: "trunk", version: "0.21.14", program: "trunk", locked: true, features: &[], opt_level: "0" };
/// Writes the page's JavaScript. Its version must equal that of the crate `wasm-bindgen`. (Its own lock file names a
/// withdrawn version of a dependency, so it is built without.)
pub const WASM_BINDGEN: Crate = Crate {
    name: "wasm-bindgen-cli",
    version: "0.2.130",
    program: "wasm-bindgen",
    locked: false,
    features: &[],
    opt_level: "1",
};

/// Splits the wasm module into a first part and chunks. Its version must match the macros of Leptos.
pub const WASM_SPLIT: Crate = Crate {
    name: "wasm_split_cli_support",
    version: "0.2.4",
    program: "wasm-split-cli",
    locked: true,
    features: &["build-binary"],
    opt_level: "1",
};

/// Drives Firefox.
pub const GECKODRIVER: Crate = Crate {
    name: "geckodriver",
    version: "0.37.1",
    program: "geckodriver",
    locked: true,
    features: &[],
    opt_level: "0",
};

impl Crate {
    /// Returns the path of the program, and builds it first where it is missing.
    ///
    /// # Errors
    /// The build failed.
    pub fn program(self) -> Outcome<PathBuf> {
        let Self { name, version, program, locked, features, opt_level } = self;
        let home = cache()?.join(format!("{name}-{version}"));
        let program = home.join("bin").join(program);
        if !program.exists() {
            stage(&format!("building {name} {version} (once; minutes)"), || {
                let mut install = cargo();
                install.args(["install", "--version", version, name, "--root"]).arg(&home);
                install.args(locked.then_some("--locked")).envs(FAST_BUILD);
                install.args(features.iter().flat_map(|feature| ["--features", feature]));
                install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", opt_level);
                run(&mut install)
            })?;
        }
        Ok(program)
    }
}

/// A package from the npm registry. Of these, [`JSQR`] alone is part of the page.
#[derive(Clone, Copy, Debug)]
pub struct Npm {
    name: &'static str,
    version: &'static str,
}

/// Optimises wasm for size.
pub const BINARYEN: Npm = Npm { name: "binaryen", version: "132.0.0" };
/// Minifies JavaScript. (Trunk's own minifier fails on the output of wasm-bindgen.)
pub const ESBUILD: Npm = Npm { name: "esbuild", version: "0.28.1" };
/// CSV files in many dialects, for tests.
pub const CSV_SPECTRUM: Npm = Npm { name: "csv-spectrum", version: "2.0.0" };
/// Finds violations of the accessibility guidelines.
pub const AXE: Npm = Npm { name: "axe-core", version: "4.14.1" };
/// Draws the charts that ours are compared with in measurements.
pub const UPLOT: Npm = Npm { name: "uplot", version: "1.6.32" };
/// Reads QR codes in the page's worker `scanner`.
pub const JSQR: Npm = Npm { name: "jsqr", version: "1.4.0" };
/// Reads QR codes, independently of our encoder and of the page's reader.
pub const ZXING: Npm = Npm { name: "zxing-wasm", version: "2.2.4" };

impl Npm {
    /// Returns the folder of the package, and fetches it first where it is missing.
    ///
    /// # Errors
    /// The download failed.
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

/// Installs the targets and components that `rust-toolchain.toml` names, where they are missing. (Rustup does so itself
/// only when it installs the toolchain.)
///
/// # Errors
/// An installation failed.
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

/// Installs everything that building and testing need.
///
/// # Errors
/// An installation failed.
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

/// Installs the browsers and drivers that the tests use.
///
/// # Errors
/// An installation failed.
pub fn browsers() -> Outcome {
    AXE.folder()?;
    ZXING.folder()?;
    GECKODRIVER.program()?;
    system(BROWSERS)
}

/// A program of the system, and the Debian package that contains it.
type System = (&'static str, &'static str);

/// The browsers and their drivers. (Debian has no package for the driver of Firefox: see [`GECKODRIVER`].)
const BROWSERS: &[System] = &[
    ("chromium", "chromium"),
    ("chromedriver", "chromium-driver"),
    ("firefox-esr", "firefox-esr"),
    ("WebKitWebDriver", "webkit2gtk-driver"),
    ("Xvfb", "xvfb"),
    // Reads the text of printed pages.
    ("pdftotext", "poppler-utils"),
];

/// Installs missing programs on Debian as root; elsewhere the error names the command to run.
///
/// # Errors
/// A program is missing and cannot be installed from here, or the installation failed.
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

/// Finds a program on the search path.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// The folder that the tools are installed in.
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
