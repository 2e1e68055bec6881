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
mod wheel_contrast;
mod wheel_walk;
