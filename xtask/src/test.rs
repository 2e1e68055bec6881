//! All tests, or those whose name holds a word.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::Value;

use crate::Outcome;
use crate::build;
use crate::check::{self, WASM};
use crate::process::{cargo, output, root, stage};
use crate::tools::{self, GECKODRIVER, WASM_BINDGEN, find};

/// A test that cannot run where it is says so on a line that begins like this, and counts as skipped, not as passed.
pub const SKIPPED: &str = "SKIPPED:";

/// How the names of those programs of tests end that drive the bundle in a browser. On a busy machine a driver loses a
/// press now and then, and a browser a frame: a walk that fails is run again by itself, and it is said.
const NEEDS_BUNDLE: &str = "_walk";

/// The program of tests that is compiled to wasm itself, and runs in browsers.
const IN_BROWSER: &str = "store";

/// What a wasm test is run by: the environment's name for a driver, and the driver.
type Runner = (&'static str, PathBuf);

/// How many tests came to what.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    passed: usize,
    failed: usize,
    skipped: usize,
    /// Of those that passed, those that did only when they were run again.
    again: usize,
}

/// One program of tests.
#[derive(Debug)]
struct Program {
    name: String,
    path: PathBuf,
    folder: PathBuf,
    /// What it is run by, where it is not run by itself.
    runner: Option<Runner>,
}

/// Runs the tests whose full name (`program::module::test`) holds one of the words; without words all, after the checks.
///
/// # Errors
/// A check or a test failed, or no test has such a name.
pub fn run(words: &[&str]) -> Outcome {
    let start = Instant::now();
    if words.is_empty() {
        stage("check", check::run)?;
    }
    let mut programs = stage("building tests", native_programs)?;
    if may_be_in_browsers(words)? {
        programs.extend(stage("building tests for browsers", browser_programs)?);
    }
    let chosen = chosen(programs, words)?;
    if chosen.iter().any(|(program, _)| program.name.ends_with(NEEDS_BUNDLE)) {
        stage("browsers", tools::browsers)?;
        stage("bundle", build::bundle)?;
    }
    let count = stage("tests", || run_all(&chosen))?;
    eprintln!("in all {:.1} min", start.elapsed().as_secs_f64() / 60.0);
    println!("{} passed, {} failed, {} skipped", count.passed, count.failed, count.skipped);
    if count.again > 0 {
        println!("{} of those that passed did when they were run again, alone: see above", count.again);
    }
    match count {
        Count { failed: 0, passed: 0, skipped: 0, .. } => {
            Err(format!("no test has {} in its name", words.join(" or ")).into())
        }
        Count { failed: 0, .. } => Ok(()),
        _ => Err("there are failed tests".into()),
    }
}

/// Whether one of the words may be in the name of a test that runs in browsers: those take long to build.
fn may_be_in_browsers(words: &[&str]) -> Outcome<bool> {
    let source = std::fs::read_to_string(root().join("tests").join(format!("{IN_BROWSER}.rs")))?;
    let may_be = |word: &&str| word.contains("::") || IN_BROWSER.contains(*word) || source.contains(*word);
    Ok(words.is_empty() || words.iter().any(may_be))
}

fn native_programs() -> Outcome<Vec<Program>> {
    let built = built(&["--workspace"])?;
    Ok(built.into_iter().map(|(name, path, folder)| Program { name, path, folder, runner: None }).collect())
}

/// The tests that are compiled to wasm, once for each browser that they can be run in. (For `WebKit` there is no runner;
/// there the walks must do.)
fn browser_programs() -> Outcome<Vec<Program>> {
    tools::rust()?;
    tools::browsers()?;
    let drivers = [
        ("chromium", "CHROMEDRIVER", find("chromedriver").ok_or("chromedriver is missing")?),
        ("firefox", "GECKODRIVER", GECKODRIVER.program()?),
    ];
    let built = built(&["--package", "kvalitetshjul", "--target", WASM, "--test", IN_BROWSER])?;
    let in_each = |(name, path, folder): (String, PathBuf, PathBuf)| {
        drivers.clone().map(|(browser, variable, driver)| Program {
            name: format!("{name}::{browser}"),
            path: path.clone(),
            folder: folder.clone(),
            runner: Some((variable, driver)),
        })
    };
    Ok(built.into_iter().flat_map(in_each).collect())
}

/// Builds tests, and gives the name, the file and the folder of each program.
fn built(of: &[&str]) -> Outcome<Vec<(String, PathBuf, PathBuf)>> {
    let mut build = cargo();
    build.arg("test").args(of).args(["--no-run", "--locked", "--message-format=json-render-diagnostics"]);
    let mut programs = Vec::new();
    for line in output(&mut build)?.lines() {
        let message: Value = serde_json::from_str(line)?;
        let (Some(path), true) = (message["executable"].as_str(), message["profile"]["test"] == true) else { continue };
        let name = message["target"]["name"].as_str().unwrap_or_default();
        let manifest = Path::new(message["manifest_path"].as_str().unwrap_or_default());
        let folder = manifest.parent().unwrap_or(Path::new("."));
        programs.push((name.to_owned(), path.into(), folder.to_owned()));
    }
    Ok(programs)
}

/// The tests to run, by their programs.
fn chosen(programs: Vec<Program>, words: &[&str]) -> Outcome<Vec<(Program, Vec<String>)>> {
    let mut chosen = Vec::new();
    for program in programs {
        let list = output(program.command()?.args(["--list", "--format", "terse"]))?;
        let is_asked_for = |test: &&str| {
            let full = format!("{}::{test}", program.name);
            words.is_empty() || words.iter().any(|word| full.contains(word))
        };
        let tests = list.lines().filter_map(|line| line.strip_suffix(": test")).filter(is_asked_for);
        let tests: Vec<String> = tests.map(str::to_owned).collect();
        if !tests.is_empty() {
            chosen.push((program, tests));
        }
    }
    // By name: what is cheap and tells most comes before browsers do.
    chosen.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
    Ok(chosen)
}

fn run_all(chosen: &[(Program, Vec<String>)]) -> Outcome<Count> {
    let mut count = Count::default();
    for (program, tests) in chosen {
        run_program(program, tests, &mut count)?;
    }
    Ok(count)
}

impl Program {
    fn command(&self) -> Outcome<Command> {
        let mut command = match &self.runner {
            None => Command::new(&self.path),
            Some((variable, driver)) => {
                let mut command = Command::new(WASM_BINDGEN.program()?.with_file_name("wasm-bindgen-test-runner"));
                command.arg(&self.path).env(variable, driver);
                command
            }
        };
        command.current_dir(&self.folder).env("CARGO_MANIFEST_DIR", &self.folder);
        Ok(command)
    }
}

fn run_program(program: &Program, tests: &[String], count: &mut Count) -> Outcome {
    eprintln!("{} ({} tests)", program.name, tests.len());
    let mut outcomes = outcomes(program, tests, &[])?;
    if program.name.ends_with(NEEDS_BUNDLE) {
        for test in tests.iter().filter(|test| !is_fine(&outcomes, test)).cloned().collect::<Vec<_>>() {
            let again = self::outcomes(program, std::slice::from_ref(&test), &["--test-threads=1"])?;
            if is_fine(&again, &test) {
                println!("failed, and passed when it was run again by itself: {}::{test}", program.name);
                count.again += 1;
                outcomes.extend(again);
            }
        }
    }
    for test in tests {
        match outcomes.get(test).map(String::as_str) {
            Some("ok") => count.passed += 1,
            Some("skipped") => count.skipped += 1,
            // A program that died in the middle has not said what became of its tests.
            _ => count.failed += 1,
        }
    }
    Ok(())
}

fn is_fine(outcomes: &BTreeMap<String, String>, test: &str) -> bool {
    outcomes.get(test).is_some_and(|outcome| outcome == "ok" || outcome == "skipped")
}

/// Runs tests of a program, and gives what became of each by its name.
fn outcomes(program: &Program, tests: &[String], how: &[&str]) -> Outcome<BTreeMap<String, String>> {
    let mut run = program.command()?;
    if program.runner.is_none() {
        // Output is shown, so that the figures a test prints are seen, and skipped tests are found.
        run.args(["--show-output", "--exact"]).args(how).args(tests);
    }
    run.stderr(Stdio::inherit());
    let printed = run.output()?;
    let text = String::from_utf8_lossy(&printed.stdout);
    print!("{}", shown(&text));
    let mut outcomes: BTreeMap<String, String> = BTreeMap::new();
    let mut speaking = "";
    for line in text.lines() {
        if let Some((name, outcome)) = line.strip_prefix("test ").and_then(|line| line.rsplit_once(" ... ")) {
            outcomes.insert(name.to_owned(), outcome.to_owned());
        } else if let Some(name) = line.strip_prefix("---- ").and_then(|line| line.strip_suffix(" stdout ----")) {
            speaking = name;
        } else if line.starts_with(SKIPPED) && outcomes.get(speaking).is_some_and(|outcome| outcome == "ok") {
            outcomes.insert(speaking.to_owned(), "skipped".to_owned());
        }
    }
    Ok(outcomes)
}

/// What is worth a reader's time: what tests printed, and what failed; not the lists of what passed in silence.
fn shown(text: &str) -> String {
    let is_list = |line: &str| {
        let passed = line.starts_with("test ") && line.ends_with(" ... ok");
        let is_name = line.strip_prefix("    ").is_some_and(|name| !name.contains(' '));
        let is_frame = ["running ", "successes:", "test result: ok"].iter().any(|frame| line.starts_with(frame));
        passed || is_name || is_frame || line.trim().is_empty()
    };
    text.lines().filter(|line| !is_list(line)).fold(String::new(), |all, line| all + line + "\n")
}
