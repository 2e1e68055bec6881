//! The worker that reads workbooks (the package `workbook`), as trunk leaves it beside the page: a loader, a script, a module.
//! Trunk gives them no names by their bytes, and the page names the loader in a `<meta>`: `xtask/src/build.rs` sees to both.

use std::fs;
use std::path::Path;

use crate::Outcome;
use crate::process::{root, stage};
use crate::split::optimize;

/// How the names of its files begin.
const NAME: &str = "workbook";

/// The most that it may take, in bytes of brotli: what `calamine` takes with all that it reads beside XLSX and ODS, and the
/// tables of the letters of old books. It is no part of what a visit downloads, nor of what whoever works here is
/// given: it is fetched when the first workbook is chosen.
pub const MOST: usize = 450_000;

/// Whether a file is the worker's, by its name.
pub fn is_worker(name: &str) -> bool {
    name.starts_with(NAME)
}

/// Puts the worker's script in the page as wasm-bindgen wrote it, and makes its module small where it lies.
///
/// Trunk's own minifier writes the functions of a script in another order at each build, so two builds of one commit would
/// differ. (It gives up on the page's own script.) The script is made small with the others, by esbuild.
///
/// # Errors
/// A file is not there, or a tool failed.
pub fn make_small(page: &Path) -> Outcome {
    let script = format!("{NAME}.js");
    let written = root().join("target/wasm-bindgen/release").join(&script);
    fs::copy(&written, page.join(&script)).map_err(|error| format!("{}: {error}", written.display()))?;
    let module = page.join(format!("{NAME}_bg.wasm"));
    stage("making the worker small", || optimize(&module, &module))
}
