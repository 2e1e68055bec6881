//! All tests, or those whose name holds a word.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::Outcome;
use crate::build;
use crate::check::{self, WASM};
use crate::process::{cargo, output, print_stages, root, stage};
use crate::tools::{self, GECKODRIVER, WASM_BINDGEN, find};

/// A test that cannot run where it is prints a line that begins like this. It counts as skipped, not as passed.
pub const SKIPPED: &str = "SKIPPED:";

/// The option that allows tests to be skipped. Without it a skipped test is a failure: nothing was shown.
pub const MAY_SKIP: &str = "--may-skip";

/// The module of the end-to-end tests, which drive the bundle in a browser. These tests form a group of their own.
const END_TO_END: &str = "e2e";

/// Tests in a module of this name measure time, and run with no other test beside them.
const TIMING: &str = "::timing::";

/// The program of tests that is compiled to wasm itself, and runs in browsers.
const IN_BROWSER: &str = "store";

/// How `wasm-bindgen-test-runner` starts the browsers.
const WEBDRIVER: &str = "tests/store/webdriver.json";

/// The name of the program that holds all integration tests of a crate.
const OF_A_CRATE: &str = "main";

/// What a wasm test is run by: the environment's name for a driver, and the driver.
type Runner = (&'static str, PathBuf);

/// What became of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TestResult {
    Passed,
    Failed,
    Skipped,
}

/// What became of the tests that were run, by their full names.
#[derive(Debug, Default)]
struct Results {
    tests: BTreeMap<String, TestResult>,
    /// The beginning of what each failed test says.
    reasons: BTreeMap<String, String>,
}

impl Results {
    fn named(&self, result: TestResult) -> Vec<&str> {
        self.tests.iter().filter(|(_, own)| **own == result).map(|(name, _)| name.as_str()).collect()
    }

    /// Whether the run as a whole has passed: every test was run and passed. A test is run once: one that passes when it is
    /// run again has failed all the same.
    ///
    /// # Errors
    /// A test failed; none was run; or one was skipped and skipping was not allowed.
    fn judge(&self, may_skip: bool) -> Result<(), String> {
        let [passed, failed, skipped] =
            [TestResult::Passed, TestResult::Failed, TestResult::Skipped].map(|own| self.named(own));
        if !failed.is_empty() {
            let with_reason = |name: &str| match self.reasons.get(name) {
                Some(reason) => format!("\n  {name}: {reason}"),
                None => format!("\n  {name}"),
            };
            return Err(format!("failed:{}", failed.into_iter().map(with_reason).collect::<String>()));
        }
        if passed.is_empty() {
            let what = if skipped.is_empty() { "no test was run" } else { "every test was skipped" };
            return Err(what.to_owned());
        }
        if !skipped.is_empty() && !may_skip {
            return Err(format!("skipped ({MAY_SKIP} allows it):\n  {}", skipped.join("\n  ")));
        }
        Ok(())
    }
}

/// One program of tests.
#[derive(Clone, Debug)]
struct Program {
    name: String,
    path: PathBuf,
    folder: PathBuf,
    /// What it is run by, where it is not run by itself.
    runner: Option<Runner>,
}

/// The tests of a group that were asked for, by the names that their program knows them by.
#[derive(Debug)]
struct Group {
    program: Program,
    tests: Vec<String>,
}

/// Runs the tests whose full name (`group::module::test`) holds one of the words; without words all, after the checks.
///
/// # Errors
/// A check or a test failed, a test was skipped that was not allowed to be, or no test has such a name.
pub fn run(words: &[&str]) -> Outcome {
    let (options, words): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| word.starts_with("--"));
    if let Some(unknown) = options.iter().find(|option| **option != MAY_SKIP) {
        return Err(format!("no such option: {unknown}; there is {MAY_SKIP}").into());
    }
    let outcome = run_chosen(&words, !options.is_empty());
    print_stages();
    outcome
}

fn run_chosen(words: &[&str], may_skip: bool) -> Outcome {
    if words.is_empty() {
        stage("check", check::run)?;
    }
    let mut programs = stage("building tests", native_programs)?;
    if may_be_in_browsers(words)? {
        programs.extend(stage("building tests for browsers", browser_programs)?);
    }
    let groups = chosen(programs, words)?;
    if groups.is_empty() {
        return Err(format!("no test has {} in its name", words.join(" or ")).into());
    }
    if groups.iter().any(|group| is_end_to_end(&group.program.name)) {
        stage("browsers", tools::browsers)?;
        stage("bundle", build::bundle)?;
    }
    let results = stage("tests", || run_all(&groups))?;
    let [passed, failed, skipped] =
        [TestResult::Passed, TestResult::Failed, TestResult::Skipped].map(|result| results.named(result).len());
    println!("{passed} passed, {failed} failed, {skipped} skipped");
    Ok(results.judge(may_skip)?)
}

/// Whether one of the words may be in the name of a test that runs in browsers: those take long to build.
fn may_be_in_browsers(words: &[&str]) -> Outcome<bool> {
    let mut source = String::new();
    for file in std::fs::read_dir(root().join("tests").join(IN_BROWSER))? {
        source += &std::fs::read_to_string(file?.path())?;
    }
    let may_be = |word: &&str| word.contains("::") || IN_BROWSER.contains(*word) || source.contains(*word);
    Ok(words.is_empty() || words.iter().any(may_be))
}

fn native_programs() -> Outcome<Vec<Program>> {
    let built = built(&["--workspace"])?;
    Ok(built.into_iter().map(|(name, path, folder)| Program { name, path, folder, runner: None }).collect())
}

/// The tests that are compiled to wasm, once for each browser that they can be run in. (For `WebKit` there is no runner;
/// there the end-to-end tests must do.)
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

/// The tests to run, by their groups.
fn chosen(programs: Vec<Program>, words: &[&str]) -> Outcome<Vec<Group>> {
    let mut groups = Vec::new();
    for program in programs {
        let list = output(program.command()?.args(["--list", "--format", "terse"]))?;
        let tests = list.lines().filter_map(|line| line.strip_suffix(": test"));
        for (name, tests) in grouped(&program.name, tests, words) {
            groups.push(Group { program: Program { name, ..program.clone() }, tests });
        }
    }
    // By name; the end-to-end tests come last, since they take longest.
    groups.sort_by_cached_key(|group| (is_end_to_end(&group.program.name), group.program.name.clone()));
    Ok(groups)
}

/// The tests of a program whose full name holds one of the words, by the names of their groups.
fn grouped<'a>(program: &str, tests: impl Iterator<Item = &'a str>, words: &[&str]) -> BTreeMap<String, Vec<String>> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for test in tests {
        let full = full_name(program, test);
        if words.is_empty() || words.iter().any(|word| full.contains(word)) {
            let group = if is_end_to_end(test) { END_TO_END } else { program };
            groups.entry(group.to_owned()).or_default().push(test.to_owned());
        }
    }
    groups
}

/// Whether a test or a group belongs to the end-to-end tests, by its name.
fn is_end_to_end(name: &str) -> bool {
    name.split("::").next() == Some(END_TO_END)
}

/// What a test is called: in a crate's one program the test's own path begins with its group.
fn full_name(program: &str, test: &str) -> String {
    if program == OF_A_CRATE || test.starts_with(&format!("{program}::")) {
        test.to_owned()
    } else {
        format!("{program}::{test}")
    }
}

fn run_all(groups: &[Group]) -> Outcome<Results> {
    let mut results = Results::default();
    for Group { program, tests } in groups {
        eprintln!("{} ({} tests)", program.name, tests.len());
        let (timing, together): (Vec<&String>, Vec<&String>) = tests.iter().partition(|test| measures_time(test));
        for (tests, how) in [(together, None), (timing, Some("--test-threads=1"))] {
            if tests.is_empty() {
                continue;
            }
            let (text, is_success) = program.run(&tests, how)?;
            for (test, result) in results_of(&text, is_success, &tests) {
                let name = full_name(&program.name, test);
                if let Some(reason) = reason(&text, test) {
                    results.reasons.insert(name.clone(), reason);
                }
                results.tests.insert(name, result);
            }
        }
    }
    Ok(results)
}

/// Whether a test measures time, by its path.
fn measures_time(test: &str) -> bool {
    format!("::{test}").contains(TIMING)
}

impl Program {
    fn command(&self) -> Outcome<Command> {
        let mut command = match &self.runner {
            None => Command::new(&self.path),
            Some((variable, driver)) => {
                let mut command = Command::new(WASM_BINDGEN.program()?.with_file_name("wasm-bindgen-test-runner"));
                command.arg(&self.path).env(variable, driver);
                command.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", root().join(WEBDRIVER));
                command
            }
        };
        command.current_dir(&self.folder).env("CARGO_MANIFEST_DIR", &self.folder);
        Ok(command)
    }

    /// Runs tests and prints their output line by line. Returns what the program printed and whether it ended well.
    ///
    /// All tests of a program run in one process, so that a core whose module is finished takes tests of the next
    /// module.
    fn run(&self, tests: &[&String], how: Option<&str>) -> Outcome<(String, bool)> {
        let mut run = self.command()?;
        if self.runner.is_none() {
            // Output is shown, so that the figures a test prints are seen, and skipped tests are found.
            run.args(["--show-output", "--exact"]).args(how).args(tests);
        }
        let mut program = run.stdout(Stdio::piped()).spawn()?;
        let mut text = String::new();
        // A test may print bytes that are not text.
        for line in BufReader::new(program.stdout.take().ok_or("a program without output")?).split(b'\n') {
            let line = String::from_utf8_lossy(&line?).into_owned();
            if is_shown(&line) || is_end_to_end(&self.name) && is_result(&line) {
                println!("{line}");
            }
            text += &line;
            text.push('\n');
        }
        Ok((text, program.wait()?.success()))
    }
}

/// What became of each test that was asked for, by what its program printed and by how it ended.
fn results_of<'a>(text: &str, is_success: bool, tests: &[&'a String]) -> BTreeMap<&'a str, TestResult> {
    let mut told: BTreeMap<&str, TestResult> = BTreeMap::new();
    let mut speaking = "";
    for line in text.lines() {
        if let Some((name, outcome)) = line.strip_prefix("test ").and_then(|line| line.rsplit_once(" ... ")) {
            let result = match outcome.split(',').next() {
                Some("ok") => TestResult::Passed,
                Some("ignored") => TestResult::Skipped,
                _ => TestResult::Failed,
            };
            told.insert(name, result);
        } else if let Some(name) = line.strip_prefix("---- ").and_then(|line| line.strip_suffix(" stdout ----")) {
            speaking = name;
        } else if line.starts_with(SKIPPED) && told.get(speaking) == Some(&TestResult::Passed) {
            told.insert(speaking, TestResult::Skipped);
        }
    }
    // A program that died in the middle has not said what became of its tests; one that ends badly and names no test that
    // failed has shown nothing.
    let is_explained = is_success || told.values().any(|result| *result == TestResult::Failed);
    let result = |test: &str| told.get(test).copied().filter(|_| is_explained).unwrap_or(TestResult::Failed);
    tests.iter().map(|test| (test.as_str(), result(test))).collect()
}

/// Returns the beginning of what a test said as it failed, by what its program printed.
fn reason(printed: &str, test: &str) -> Option<String> {
    /// Enough for what was waited for and the beginning of the page that was there.
    const MOST: usize = 400;
    let (_, said) = printed.split_once(&format!("\n---- {test} stdout ----\n"))?;
    let (_, panic) = said.split("\n---- ").next()?.split_once(" panicked at ")?;
    let panic = panic.split("\nstack backtrace:").next()?.split("\nnote: ").next()?;
    Some(panic.trim_end().chars().take(MOST).collect::<String>().replace('\n', " "))
}

/// Returns whether a line of a program's output is shown: the output of tests and failures, but not the lists of passed
/// tests.
fn is_shown(line: &str) -> bool {
    let passed = is_result(line) && line.ends_with(" ... ok");
    let is_name = line.strip_prefix("    ").is_some_and(|name| !name.contains(' '));
    let is_frame = ["running ", "successes:", "test result: ok"].iter().any(|frame| line.starts_with(frame));
    !(passed || is_name || is_frame || line.trim().is_empty())
}

/// Returns whether a line tells the result of a test. Results of end-to-end tests are shown as progress.
fn is_result(line: &str) -> bool {
    line.starts_with("test ") && line.contains(" ... ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "\
running 4 tests
test undo::one ... ok
test undo::two ... ok
test undo::three ... FAILED
test undo::four ... ignored, takes long

successes:

---- undo::two stdout ----
SKIPPED: no camera

failures:
";

    fn results(text: &str, is_success: bool) -> Results {
        let tests: Vec<String> = ["one", "two", "three", "four"].map(|name| format!("undo::{name}")).to_vec();
        let tests: Vec<&String> = tests.iter().collect();
        let results = results_of(text, is_success, &tests);
        let tests = results.into_iter().map(|(name, result)| (name.to_owned(), result)).collect();
        Results { tests, reasons: BTreeMap::new() }
    }

    fn of(all: &[(&str, TestResult)]) -> Results {
        let tests = all.iter().map(|(name, result)| ((*name).to_owned(), *result)).collect();
        Results { tests, reasons: BTreeMap::new() }
    }

    #[test]
    fn each_test_has_the_result_that_its_program_prints() {
        let results = results(PRINTED, false);
        assert_eq!(results.named(TestResult::Passed), ["undo::one"]);
        assert_eq!(results.named(TestResult::Failed), ["undo::three"]);
        assert_eq!(results.named(TestResult::Skipped), ["undo::four", "undo::two"]);
    }

    #[test]
    fn program_that_dies_or_fails_without_a_failed_test_has_passed_nothing() {
        let cut = &PRINTED[..PRINTED.find("test undo::three").unwrap()];
        assert_eq!(results(cut, false).named(TestResult::Failed).len(), 4, "it died after two tests");
        assert_eq!(results("", true).named(TestResult::Failed).len(), 4, "it ran none of those that were asked for");
        let fine = PRINTED.replace("FAILED", "ok");
        assert_eq!(results(&fine, true).named(TestResult::Failed), Vec::<&str>::new());
        assert_eq!(results(&fine, false).named(TestResult::Failed).len(), 4, "it says no test failed, and fails");
    }

    #[test]
    fn run_passes_only_if_every_test_passed() {
        use TestResult::{Failed, Passed, Skipped};
        #[track_caller]
        fn check(all: &[(&str, TestResult)], without: bool, with: bool) {
            assert_eq!((of(all).judge(false).is_ok(), of(all).judge(true).is_ok()), (without, with), "{all:?}");
        }
        check(&[("a", Passed)], true, true);
        check(&[("a", Passed), ("b", Passed)], true, true);
        check(&[("a", Passed), ("b", Failed)], false, false);
        check(&[("a", Passed), ("b", Skipped)], false, true);
        check(&[("a", Skipped), ("b", Skipped)], false, false);
        check(&[("a", Skipped), ("b", Failed)], false, false);
        check(&[], false, false);
        let told = of(&[("a", Passed), ("undo::b", Failed)]).judge(true).unwrap_err();
        assert!(told.contains("undo::b"), "{told}");
    }

    #[test]
    fn reason_of_a_failed_test_is_the_beginning_of_its_panic() {
        const FAILED: &str = "
failures:

---- undo::two stdout ----
measured 3 ms

---- undo::three stdout ----
thread 'undo::three' (7) panicked at tests/undo.rs:9:5:
waited in vain for one button «Fortryd»
stack backtrace:
   0: rust_begin_unwind

---- undo::four stdout ----
thread 'undo::four' (8) panicked at tests/undo.rs:20:5:
assertion failed
note: run with `RUST_BACKTRACE=1`
";
        assert_eq!(reason(FAILED, "undo::two"), None);
        let of_three = reason(FAILED, "undo::three").unwrap();
        assert_eq!(of_three, "tests/undo.rs:9:5: waited in vain for one button «Fortryd»");
        assert_eq!(reason(FAILED, "undo::four").unwrap(), "tests/undo.rs:20:5: assertion failed");
        let mut results = of(&[("undo::three", TestResult::Failed)]);
        results.reasons.insert("undo::three".to_owned(), of_three.clone());
        assert!(results.judge(false).unwrap_err().contains(&of_three));
    }

    #[test]
    fn every_file_of_integration_tests_is_a_module() {
        for (folder, list) in [("tests", OF_A_CRATE), ("xtask/tests", OF_A_CRATE), ("xtask/tests/e2e", "mod")] {
            let folder = root().join(folder);
            let modules = std::fs::read_to_string(folder.join(format!("{list}.rs"))).unwrap();
            for file in std::fs::read_dir(&folder).unwrap() {
                let name = file.unwrap().file_name().to_string_lossy().into_owned();
                if let Some(module) = name.strip_suffix(".rs").filter(|module| *module != list) {
                    let is_listed = modules.contains(&format!("\nmod {module};"));
                    assert!(is_listed, "{}/{list}.rs does not name {module}", folder.display());
                }
            }
        }
    }

    #[test]
    fn end_to_end_tests_are_a_group_of_their_own() {
        let tests = ["e2e::undo::chromium::redo", "merge_speed::timing::merge", "e2e::tabs::timing::pace"];
        let names = |program: &str, words: &[&str]| {
            grouped(program, tests.into_iter(), words)
                .into_iter()
                .map(|(name, own)| (name, own.len()))
                .collect::<Vec<_>>()
        };
        let group = |name: &str, count| (name.to_owned(), count);
        assert_eq!(names("main", &[]), [group("e2e", 2), group("main", 1)]);
        assert_eq!(names("main", &["undo"]), [group("e2e", 1)]);
        assert_eq!(names("main", &["redo", "merge"]), [group("e2e", 1), group("main", 1)]);
        assert_eq!(names("main", &["no such test"]), []);
        assert!(measures_time(tests[2]) && !measures_time(tests[0]));
        assert!(measures_time("timing::pace"));
        assert!(is_end_to_end("e2e::undo") && !is_end_to_end("e2e_other::undo"));
    }

    #[test]
    fn results_of_passed_tests_and_frames_are_not_shown() {
        let shown: Vec<&str> = PRINTED.lines().filter(|line| is_shown(line)).collect();
        let expected = [
            "test undo::three ... FAILED",
            "test undo::four ... ignored, takes long",
            "---- undo::two stdout ----",
            "SKIPPED: no camera",
            "failures:",
        ];
        assert_eq!(shown, expected);
    }
}
