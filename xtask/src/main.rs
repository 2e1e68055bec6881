//! `cargo xtask COMMAND`: reads the command line. Each command is a module of the library.

use std::process::ExitCode;

use xtask::{Outcome, bench, build, check, merge, sample_data::municipality, screens, test, tools};

const USAGE: &str = "\
cargo xtask COMMAND

  serve                        serve the page on this machine, and rebuild it at every change
  build                        build the release bundle in dist/ and print its sizes
  bench [WORD ...]             measure the page against a minimal equivalent: min–median–max of all lines, or of those named
  screens [WORD ...]           photograph every page, or those whose name contains a word, into target/screens
  test [WORD ...]              run all checks and tests, or the tests whose name contains a word; a skipped test is a
                               failure without --may-skip
  check                        formatting, lints (native and wasm), documentation, dependencies, licences, module layers
  merge A.json B.json ... > C  merge files as the page does; the report goes to standard error
  municipality OUT.json        write the invented municipality that the measurements use
  tools                        install what building and testing need, where it is missing
  schema                       write public/kvalitetshjul.schema.json from the types";

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
