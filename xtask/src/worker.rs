//! The web workers beside the page: the package `workbook`, and the script in `scanner/`.
//!
//! Trunk does not name these files after their bytes; `xtask/src/build.rs` does. The page names each in a `<meta>`.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::Outcome;
use crate::process::{root, run, stage};
use crate::split;
use crate::tools::{ESBUILD, JSQR};

/// A web worker.
#[derive(Clone, Copy, Debug)]
pub struct Worker {
    /// The prefix of the names of its files.
    pub name: &'static str,
    /// The words for the worker in messages.
    pub title: &'static str,
    /// The moment at which the page fetches the worker, in words.
    pub fetched: &'static str,
    /// The maximum of its files, in bytes after brotli. A worker is fetched on first use, so it is part of no other
    /// budget.
    pub most: usize,
}

/// Reads workbooks. Most of it is `calamine`, with the formats beside XLSX and ODS and the code pages of old workbooks.
const WORKBOOK: Worker = Worker {
    name: "workbook",
    title: "the reader of workbooks",
    fetched: "when a workbook is first chosen",
    most: 450_000,
};

/// Reads QR codes. Nearly all of it is jsQR.
const SCANNER: Worker = Worker {
    name: "scanner",
    title: "the reader of QR codes",
    fetched: "on the pages of workshops, in a browser that reads no QR codes",
    most: 28_000,
};

/// All workers.
pub const WORKERS: [Worker; 2] = [WORKBOOK, SCANNER];

/// Returns the position in [`WORKERS`] of the worker that a file belongs to, by the file's name.
pub fn position(file: &str) -> Option<usize> {
    WORKERS.iter().position(|worker| file.starts_with(worker.name))
}

/// Whether a file belongs to a worker, by its name.
pub fn is_worker(file: &str) -> bool {
    position(file).is_some()
}

/// Copies the script of the workbook worker from the output of wasm-bindgen, and optimises the worker's module in place.
///
/// Trunk's own minifier changes the order of a script's functions from build to build, so two builds of one commit would
/// differ. The copied script is minified by esbuild, together with the others.
///
/// # Errors
/// A file is missing, or a tool failed.
pub fn optimize(page: &Path) -> Outcome {
    let script = format!("{}.js", WORKBOOK.name);
    let written = root().join("target/wasm-bindgen/release").join(&script);
    fs::copy(&written, page.join(&script)).map_err(|error| format!("{}: {error}", written.display()))?;
    let module = page.join(format!("{}_bg.wasm", WORKBOOK.name));
    stage("optimising the worker", || split::optimize(&module, &module))
}

/// Bundles the scanner with jsQR into the file that `index.html` names.
///
/// # Errors
/// A tool could not be fetched, or failed.
pub fn bundle_scanner() -> Outcome {
    let modules = JSQR.folder()?;
    let modules = modules.parent().ok_or("jsQR is in no folder")?;
    let mut esbuild = Command::new(ESBUILD.folder()?.join("bin/esbuild"));
    esbuild.arg(root().join("scanner/worker.js")).env("NODE_PATH", modules);
    esbuild.args(["--bundle", "--minify", "--target=es2022", "--log-level=warning"]);
    // The licence asks for a notice where the code is published.
    esbuild.arg("--banner:js=/*! With jsQR of Cosmo Wolfe, licensed under Apache-2.0 */");
    run(esbuild.arg(format!("--outfile={}", root().join("target/scanner/scanner.js").display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_belong_to_the_worker_that_their_names_begin_with() {
        for (file, name) in [
            ("workbook_loader-0123456789abcdef.js", Some("workbook")),
            ("scanner-0123456789abcdef.js", Some("scanner")),
            ("kvalitetshjul_bg.wasm", None),
            ("split_scanner.wasm", None),
        ] {
            assert_eq!(position(file).map(|worker| WORKERS[worker].name), name, "{file}");
        }
    }
}
