//! From the one module that cargo makes to the part a first visit takes and the pieces that are fetched on first use.
//!
//! Trunk makes the page and what stands beside the module. What it makes of the module itself is put aside here: the
//! module is split where the app says a piece begins (`src/ui/shell/lazy.rs`), wasm-bindgen writes the script of the first
//! part, wasm-opt makes all of them small, and esbuild joins the script with the one that fetches pieces: the two name
//! each other, and no file can have the other's finished name in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;
use crate::process::{output, root, run, stage};
use crate::tools::{BINARYEN, ESBUILD, WASM_BINDGEN, WASM_SPLIT};
use crate::worker::is_worker;

/// How the names of the pieces begin: those of one place in the app, and what several of them need.
const PIECES: [&str; 2] = ["split_", "chunk_"];

/// What wasm-opt may use: what Rust's compiler uses, and every browser has since 2022.
const FEATURES: [&str; 6] =
    ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"];

/// What the linker must leave in the module for it to be split, as a flag of rustc.
pub const LINKED: &str = "-Clink-args=--emit-relocs";

/// The feature of the app under which its pieces begin somewhere.
pub const FEATURE: &str = "split";

/// Whether a file is a piece, by its name.
pub fn is_piece(name: &str) -> bool {
    PIECES.iter().any(|begin| name.starts_with(begin))
}

/// Splits the module that cargo made, and puts what comes of it into the page that trunk made, in the place of trunk's own.
///
/// # Errors
/// A tool is missing or failed, or the page is not as it is expected.
pub fn split(module: &Path, page: &Path) -> Outcome {
    let work = root().join("target/pieces");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    fs::create_dir_all(&work)?;
    let name = script_name(page)?;
    stage("splitting the module", || {
        run(Command::new(WASM_SPLIT.program()?).arg(module).arg(&work).args(["--out-name", &name]))?;
        let first = work.join(format!("{name}.wasm"));
        // The pieces are given the first part's table and memory by the names that the linker gave them.
        let mut bindgen = Command::new(WASM_BINDGEN.program()?);
        bindgen.arg(first).args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", &name]);
        run(bindgen.arg("--out-dir").arg(&work))
    })?;
    stage("making the pieces small", || {
        let script = fs::read_to_string(work.join(LINK))?;
        fs::write(work.join(LINK), fetching_as_ours(&script)?)?;
        join_scripts(&work.join(format!("{name}.js")), &page.join(format!("{name}.js")))?;
        let first = format!("{name}_bg.wasm");
        for file in fs::read_dir(&work)? {
            let own = file?.file_name().to_string_lossy().into_owned();
            if own == first || is_piece(&own) {
                optimize(&work.join(&own), &page.join(own))?;
            }
        }
        Ok(())
    })
}

/// The script that fetches pieces, as wasm-split calls it.
const LINK: &str = "__wasm_split.js";

/// What the page's script is called, without its ending.
fn script_name(page: &Path) -> Outcome<String> {
    let names = fs::read_dir(page)?.flatten().map(|file| file.file_name().to_string_lossy().into_owned());
    let modules = names.filter(|name| !is_worker(name));
    let mut modules = modules.filter_map(|name| name.strip_suffix("_bg.wasm").map(str::to_owned));
    modules.next().ok_or_else(|| "trunk made no module".into())
}

/// What the script that fetches pieces does otherwise here, and what it does instead. Streaming takes only what a host says
/// is wasm, and not every host does. A piece that does not come is no error of the page: the page says it, or asks again
/// (and whoever leaves a page in the middle of a fetch leaves none).
const OURS: [(&str, &str); 2] = [
    (
        "WebAssembly.instantiateStreaming(src, imports)",
        "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)",
    ),
    ("console.error(e);\n            success = false;", "console.warn(e);\n            success = false;"),
];

fn fetching_as_ours(script: &str) -> Outcome<String> {
    OURS.iter().try_fold(script.to_owned(), |script, (theirs, ours)| {
        if script.contains(theirs) {
            Ok(script.replace(theirs, ours))
        } else {
            Err(format!("{LINK} fetches pieces in a new way: look at it").into())
        }
    })
}

fn join_scripts(script: &Path, to: &Path) -> Outcome {
    let mut command = Command::new(ESBUILD.folder()?.join("bin/esbuild"));
    command.arg(script).args(["--bundle", "--format=esm", "--minify", "--target=es2022", "--log-level=error"]);
    run(command.arg("--allow-overwrite").arg(format!("--outfile={}", to.display())))
}

/// Makes a module smaller.
///
/// # Errors
/// The tool failed.
pub fn optimize(wasm: &Path, to: &Path) -> Outcome {
    let mut command = Command::new(program()?);
    command.arg("-Oz").args(FEATURES.map(|feature| format!("--enable-{feature}")));
    // What it says of names that it does not know is no news.
    output(command.arg(wasm).arg("--output").arg(to)).map(drop)
}

fn program() -> Outcome<PathBuf> {
    Ok(BINARYEN.folder()?.join("bin/wasm-opt"))
}
