//! Splits the wasm module into the part of a first visit and the chunks that are fetched on first use.
//!
//! Trunk builds the page; its wasm module and script are replaced here:
//!
//! 1. `wasm-split` splits the module at the functions that `src/ui/shell/lazy.rs` and `src/ui/kit/lazy.rs` declare.
//! 2. `wasm-bindgen` writes the script of the first part.
//! 3. `esbuild` joins that script with the script that fetches chunks. Each names the other, so as two files neither could
//!    contain the final name of the other.
//! 4. `wasm-opt` optimises every module for size.
//! 5. `linkage` shortens the names by which the first part and its script refer to each other.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;
use crate::linkage;
use crate::process::{output, root, run, stage};
use crate::tools::{BINARYEN, ESBUILD, WASM_BINDGEN, WASM_SPLIT};
use crate::worker::is_worker;

/// The prefixes of chunk names: chunks of one split point, and code that several of them share.
const CHUNK_PREFIXES: [&str; 2] = ["split_", "chunk_"];

/// The wasm features that wasm-opt may use: those that rustc uses. Every browser since 2022 has them.
const FEATURES: [&str; 6] =
    ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"];

/// The passes of wasm-opt.
const PASSES: [&str; 5] = ["--flatten", "--rereloop", "-Os", "-Oz", "--low-memory-unused"];

/// The flag of rustc that keeps the relocations in the module. `wasm-split` reads them.
pub const EMIT_RELOCS: &str = "-Clink-args=--emit-relocs";

/// The feature of the app that declares the split points.
pub const FEATURE: &str = "split";

/// Whether a file is a chunk, by its name.
pub fn is_chunk(name: &str) -> bool {
    CHUNK_PREFIXES.iter().any(|begin| name.starts_with(begin))
}

/// Splits the module that cargo built, and replaces the module and script in the page that trunk built.
///
/// # Errors
/// A tool is missing or failed, or the page lacks an expected file.
pub fn split(module: &Path, page: &Path) -> Outcome {
    let work = root().join("target/chunks");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    fs::create_dir_all(&work)?;
    let name = script_name(page)?;
    let first = format!("{name}_bg.wasm");
    stage("splitting the module", || {
        run(Command::new(WASM_SPLIT.program()?).arg(module).arg(&work).args(["--out-name", &name]))?;
        let whole = work.join(format!("{name}.wasm"));
        // The chunks import the table and the memory of the first part under the names that the linker gave them.
        let mut bindgen = Command::new(WASM_BINDGEN.program()?);
        bindgen.arg(whole).args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", &name]);
        run(bindgen.arg("--out-dir").arg(&work))?;
        linkage::remove_unused_classes(&work.join(&first), &work.join(format!("{name}.js")))
    })?;
    stage("optimising the chunks", || {
        let script = fs::read_to_string(work.join(LINK))?;
        fs::write(work.join(LINK), patch_fetch_script(&script)?)?;
        join_scripts(&work.join(format!("{name}.js")), &page.join(format!("{name}.js")))?;
        for file in fs::read_dir(&work)? {
            let own = file?.file_name().to_string_lossy().into_owned();
            if own == first || is_chunk(&own) {
                optimize(&work.join(&own), &page.join(own))?;
            }
        }
        linkage::shorten_imports(&page.join(&first), &page.join(format!("{name}.js")))
    })
}

/// The script of wasm-split that fetches chunks.
const LINK: &str = "__wasm_split.js";

/// The name of the page's script, without its ending.
fn script_name(page: &Path) -> Outcome<String> {
    let names = fs::read_dir(page)?.flatten().map(|file| file.file_name().to_string_lossy().into_owned());
    let modules = names.filter(|name| !is_worker(name));
    let mut modules = modules.filter_map(|name| name.strip_suffix("_bg.wasm").map(str::to_owned));
    modules.next().ok_or_else(|| "trunk made no module".into())
}

/// Replacements in the script that fetches chunks, from and to.
///
/// * `instantiateStreaming` requires the content type of wasm, which some hosts do not send.
/// * A failed fetch is a warning: the page shows an error with a retry, and leaving a page also cancels its fetches.
const REPLACEMENTS: [(&str, &str); 2] = [
    (
        "WebAssembly.instantiateStreaming(src, imports)",
        "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)",
    ),
    ("console.error(e);\n            success = false;", "console.warn(e);\n            success = false;"),
];

fn patch_fetch_script(script: &str) -> Outcome<String> {
    REPLACEMENTS.iter().try_fold(script.to_owned(), |script, (theirs, ours)| {
        if script.contains(theirs) {
            Ok(script.replace(theirs, ours))
        } else {
            Err(format!("{LINK} has changed: it does not contain `{theirs}`").into())
        }
    })
}

fn join_scripts(script: &Path, to: &Path) -> Outcome {
    let mut command = Command::new(ESBUILD.folder()?.join("bin/esbuild"));
    command.arg(script).args(["--bundle", "--format=esm", "--minify", "--target=es2022", "--log-level=error"]);
    run(command.arg("--allow-overwrite").arg(format!("--outfile={}", to.display())))
}

/// Optimises a module for size, measured after brotli.
///
/// Flattened code with rebuilt control flow compresses 1.4 % better than `-Oz` alone, because equal code then has equal
/// bytes. (`--low-memory-unused` is safe: the end of the stack alone is below address 1024.)
///
/// # Errors
/// `wasm-opt` failed.
pub fn optimize(wasm: &Path, to: &Path) -> Outcome {
    let mut command = Command::new(program()?);
    command.args(PASSES).args(FEATURES.map(|feature| format!("--enable-{feature}")));
    // Its warnings about custom sections that it does not know are left out.
    output(command.arg(wasm).arg("--output").arg(to)).map(drop)
}

fn program() -> Outcome<PathBuf> {
    Ok(BINARYEN.folder()?.join("bin/wasm-opt"))
}
