//! The integration tests of the library: one program, so that they are linked once. Each module covers one feature.
//!
//! The tests of the browser's stores are compiled to wasm and are a program of their own: `store/`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that meets what it did not expect should stop there")]

mod agenda;
mod agreement_merge;
mod agreement_versions;
mod architecture;
mod canary_words;
mod demo;
mod dialogue_scope;
mod disclosure;
mod file_reading;
mod file_round_trip;
mod merge_laws;
mod package_files;
mod record_edits;
mod release;
mod restore;
mod table_samples;
mod unit_identity;

/// Configures a property test: `cases` random cases, or as many as `PROPTEST_CASES` says. Seeds of failed cases are stored
/// beside the source file of the test.
fn property_test_config(cases: u32) -> proptest::test_runner::Config {
    use proptest::test_runner::{Config, FileFailurePersistence};

    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(cases);
    let failure_persistence = Some(Box::new(FileFailurePersistence::WithSource("regressions")) as _);
    Config { cases, failure_persistence, ..Config::default() }
}

/// Folders that hold no modules of this program: test data, and the tests of the stores.
const OTHER_FOLDERS: [&str; 3] = ["fixtures", "samples", "store"];

/// A file without a `mod` line would hold tests that never run.
#[test]
fn every_file_in_tests_is_a_module() {
    let main = include_str!("main.rs");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for file in std::fs::read_dir(folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let module = name.trim_end_matches(".rs");
        let is_known = module == "main" || OTHER_FOLDERS.contains(&module);
        assert!(is_known || main.contains(&format!("\nmod {module};\n")), "{name} is no module of main.rs");
    }
}
