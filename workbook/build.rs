//! Says which version of the reader this is, to both of its sides, and how much memory it may take.
#![allow(clippy::disallowed_methods, reason = "it runs where the compiler does")]

use std::error::Error;
use std::fs;
use std::path::PathBuf;

/// The most memory that the worker may take, in bytes: a book that needs more ends the worker, and not the machine's patience.
const MOST_MEMORY: u32 = 512 * 1024 * 1024;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.toml");
    let mut files = vec![PathBuf::from("Cargo.toml")];
    for file in fs::read_dir("src")? {
        files.extend(Some(file?.path()).filter(|file| file.is_file()));
    }
    files.sort();
    // FNV-1a: whatever the reader is made of, it has another version when that has changed.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for file in files {
        for byte in fs::read(file)? {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    println!("cargo::rustc-env=WORKBOOK_VERSION={hash:016x}");
    if std::env::var("CARGO_CFG_TARGET_ARCH")? == "wasm32" {
        println!("cargo::rustc-link-arg-bins=--max-memory={MOST_MEMORY}");
    }
    Ok(())
}
