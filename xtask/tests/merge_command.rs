//! The command `xtask merge`, run as a program.

use std::path::PathBuf;
use std::process::{Command, Output};

use kvalitetshjul::exchange::read;
use xtask::process::root;

fn merge(files: &[&PathBuf]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).arg("merge").args(files).output().unwrap()
}

fn fixtures() -> Vec<PathBuf> {
    let folders = std::fs::read_dir(root().join("tests/fixtures")).unwrap();
    let files = folders.flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap());
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.to_string_lossy().ends_with(".kvalitetshjul.json"));
    files.sort();
    files
}

#[test]
fn fixtures_merge_equally_in_both_orders() {
    let fixtures = fixtures();
    assert!(fixtures.len() >= 4);
    let records = |output: Output| {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        read::read(&output.stdout).unwrap().records
    };
    for one in &fixtures {
        for other in &fixtures {
            assert_eq!(records(merge(&[one, other])), records(merge(&[other, one])), "{one:?} {other:?}");
        }
    }
}

#[test]
fn unreadable_file_is_an_error_with_exit_code_1() {
    let folder = std::env::temp_dir().join(format!("kvalitetshjul-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let bad = folder.join("bad.json");
    std::fs::write(&bad, r#"{"format":"kvalitetshjul","version":2,"records":["#).unwrap();
    let output = merge(&[&fixtures()[0], &bad]);
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty(), "a failed merge printed a file");
    assert!(String::from_utf8_lossy(&output.stderr).contains("ufuldstændig"));
}
