//! Computes the version of the reader, for page and worker alike, and limits the memory of the worker.
#![allow(clippy::disallowed_methods, reason = "it runs where the compiler does")]

use std::error::Error;
use std::fs;
use std::path::PathBuf;

/// The maximum memory of the worker, in bytes. A workbook that needs more ends the worker instead of slowing down the
/// computer.
const MAX_MEMORY: u32 = 512 * 1024 * 1024;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.toml");
    let mut files = vec![PathBuf::from("Cargo.toml")];
    for file in fs::read_dir("src")? {
        files.extend(Some(file?.path()).filter(|file| file.is_file()));
    }
    files.sort();
    // FNV-1a over the sources and `Cargo.toml`: any change in them gives another version.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for file in files {
        for byte in fs::read(file)? {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    println!("cargo::rustc-env=WORKBOOK_VERSION={hash:016x}");
    if std::env::var("CARGO_CFG_TARGET_ARCH")? == "wasm32" {
        println!("cargo::rustc-link-arg-bins=--max-memory={MAX_MEMORY}");
    }
    Ok(())
}
