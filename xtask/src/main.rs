//! The commands. Each is a room of its own in the library.

use std::process::ExitCode;

use xtask::{Outcome, bench, build, check, merge, municipality, screens, test, tools};

const USAGE: &str = "\
cargo xtask COMMAND

  serve                        the page on this machine, built again at every change
  build                        the release bundle in dist/, with what it weighs
  bench [WORD ...]             what the page costs against the least it could: min–median–max; all lines, or those named
  screens [WORDS]              pictures of every page in target/screens, for looking at; or of some
  test [WORD ...]              all checks and tests, or the tests whose name holds one of the words; a skipped test is a
                               failure without --may-skip
  check                        formatting, lints (native and wasm), unused dependencies, licences and sources
  merge A.json B.json ... > C  what the page does with files, natively; the report goes to standard error
  municipality OUT.json        the made municipality that everything is measured with
  tools                        what building and testing take, installed where it is missing
  schema                       writes public/kvalitetshjul.schema.json from the types";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Outcome {
    match words {
        ["test", words @ ..] => test::run(words),
        ["build"] => build::run(),
        ["serve"] => build::serve(),
        ["bench", words @ ..] => bench::run(words),
        ["check"] => check::run(),
        ["merge", files @ ..] if !files.is_empty() => merge::run(files),
        ["municipality", file] => Ok(std::fs::write(file, municipality::file()?)?),
        ["schema"] => check::write_schema(),
        ["screens", words @ ..] => screens::run(words),
        ["tools"] => tools::all(),
        _ => Err(USAGE.into()),
    }
}
