//! The integration tests: one program, so that they are linked once. Each module is one file and is run by itself: see
//! `src/test.rs`.

mod agreement_cycle_walk;
mod agreement_print_walk;
mod agreement_report_walk;
mod agreement_walk;
mod core_measure;
mod core_merge;
mod indicators_csv;
mod indicators_walk;
mod indicators_workbook_walk;
mod reflection_own_walk;
mod reflection_walk;
mod reflection_workshop_walk;
mod safety_files_walk;
mod safety_walk;
mod skeleton_walk;
mod store_tabs_walk;
mod store_trouble_walk;
mod store_walk;
mod trust_cpr_walk;
mod trust_files_walk;
mod trust_walk;
mod wheel_contrast;
mod wheel_walk;

/// A file that no module names would be a test that never runs.
#[test]
fn every_file_is_a_module() {
    let main = include_str!("main.rs");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for file in std::fs::read_dir(folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let module = name.trim_end_matches(".rs");
        assert!(module == "main" || main.contains(&format!("\nmod {module};\n")), "{name} is no module of main.rs");
    }
}
