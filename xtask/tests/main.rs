//! The integration tests of the tools and of the app as a whole: one program, so that they are linked once. Each module
//! is run by itself: see `src/test.rs`.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

#[path = "../../tests/canary_words.rs"]
mod canary_words;
mod colour_contrast;
mod csv_spectrum;
mod e2e;
mod merge_command;
mod merge_speed;
mod search;

/// A file without a `mod` line would hold tests that never run.
#[test]
fn every_file_in_xtask_tests_is_a_module() {
    let tests = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for (folder, list, text) in
        [(tests.clone(), "main", include_str!("main.rs")), (tests.join("e2e"), "mod", include_str!("e2e/mod.rs"))]
    {
        for file in std::fs::read_dir(folder).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            let module = name.trim_end_matches(".rs");
            assert!(module == list || text.contains(&format!("\nmod {module};\n")), "{name} is no module of {list}.rs");
        }
    }
}
