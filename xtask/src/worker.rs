//! The worker that reads workbooks (the package `workbook`). Trunk places it beside the page as a loader, a script and a
//! module.
//!
//! Trunk does not name these files after their bytes; `xtask/src/build.rs` does. The page names the loader in a `<meta>`.

use std::fs;
use std::path::Path;

use crate::Outcome;
use crate::process::{root, stage};
use crate::split;

/// The prefix of the worker's file names.
const NAME: &str = "workbook";

/// The maximum of the worker's files, in bytes after brotli. Most of it is `calamine`, with the formats beside XLSX and ODS
/// and the code pages of old workbooks. The worker is fetched when the first workbook is chosen, so it is part of no other
/// budget.
pub const MOST: usize = 450_000;

/// Whether a file belongs to the worker, by its name.
pub fn is_worker(name: &str) -> bool {
    name.starts_with(NAME)
}

/// Copies the worker's script from the output of wasm-bindgen, and optimises the worker's module in place.
///
/// Trunk's own minifier changes the order of a script's functions from build to build, so two builds of one commit would
/// differ. The copied script is minified by esbuild, together with the others.
///
/// # Errors
/// A file is missing, or a tool failed.
pub fn optimize(page: &Path) -> Outcome {
    let script = format!("{NAME}.js");
    let written = root().join("target/wasm-bindgen/release").join(&script);
    fs::copy(&written, page.join(&script)).map_err(|error| format!("{}: {error}", written.display()))?;
    let module = page.join(format!("{NAME}_bg.wasm"));
    stage("optimising the worker", || split::optimize(&module, &module))
}
