//! Measures the preview of a file, and a save.

use super::{RUNS, Taken, median, with_file};
use crate::Outcome;
use crate::browser::{Browser, Engine};
use crate::process::root;
use crate::sample_data::municipality::{file, file_of, first_records};
use crate::server::Server;

/// The number of saves in a run.
const SAVES: usize = 200;

/// Script that counts the characters written to the browser's stores. A number counts the same whatever its value, since it
/// is stored as 64 bits: counters that are higher with more records do not change the result.
const COUNT_WRITTEN: &str = "
    window.written = 0;
    const length = value => (typeof value === 'number' ? 8 : String(value).length);
    for (const [owner, name] of [[Storage, 'setItem'], [IDBObjectStore, 'put']]) {
        const own = owner.prototype[name];
        owner.prototype[name] = function (...values) {
            window.written += values.reduce((sum, value) => sum + length(value), 0);
            return own.apply(this, values);
        };
    }";

/// Measures the way from the bytes of the municipality's file to the import plan, against `JSON.parse` of the same text.
pub(super) fn plan() -> Outcome<Taken> {
    let folder = root().join("target/bench/plan");
    with_file(&folder, &file()?)?;
    let server = Server::start(folder.clone(), "/")?;
    let mut taken = Vec::new();
    for _ in 0..RUNS {
        let browser = Browser::start(Engine::Chromium)?;
        browser.open(&server.url())?;
        browser.see("Hvem er du?")?;
        browser.run(
            "
            window.parsed = null;
            fetch('bench.json').then(answer => answer.text()).then(text => {
                const times = [];
                for (let run = 0; run < 5; run += 1) {
                    const start = performance.now();
                    JSON.parse(text);
                    times.push(performance.now() - start);
                }
                window.parsed = times.sort((one, other) => one - other)[2];
            });",
        )?;
        let parse = browser.number("return window.parsed;")?;
        browser.choose(&folder.join("bench.json"))?;
        let plan = browser.number("return performance.getEntriesByName('plan', 'measure')[0]?.duration ?? null;")?;
        eprintln!("JSON.parse {parse:.0} ms, plan {plan:.0} ms");
        taken.push(plan / parse);
    }
    Ok(Taken {
        what: "bytes to plan, against JSON.parse",
        values: taken,
        unit: "×",
        most: 5.0,
        beside: String::new(),
        fault: None,
    })
}

/// Measures a save with 2,000 records in the browser against one with 10 records, each the median of 200.
pub(super) fn save() -> Outcome<Taken> {
    let (mut taken, mut fault) = (Vec::new(), None);
    for _ in 0..RUNS {
        let (few, few_written) = saves(10)?;
        let (many, many_written) = saves(2_000)?;
        eprintln!("10 records {few:.2} ms, {few_written} written; 2 000 records {many:.2} ms, {many_written} written");
        if few_written != many_written {
            fault = Some(format!(
                "{many_written} characters are written where there is more, {few_written} where there is less"
            ));
        }
        taken.push(many / few);
    }
    let what = "a save, 2 000 records against 10";
    Ok(Taken { what, values: taken, unit: "×", most: 1.5, beside: String::new(), fault })
}

/// The median duration of a save in milliseconds, and the characters that all saves wrote.
fn saves(count: usize) -> Outcome<(f64, u64)> {
    let folder = root().join("target/bench").join(format!("save-{count}"));
    with_file(&folder, &file_of(&first_records(count)?)?)?;
    let server = Server::start(folder.clone(), "/")?;
    let browser = Browser::start(Engine::Chromium)?;
    browser.open(&server.url())?;
    browser.choose(&folder.join("bench.json"))?;
    browser.see("Filen er flettet ind.")?;
    browser.see("Gemt ")?;
    browser.press("Luk")?;
    browser.press("Enheder")?;
    browser.press("Enhed 1 ved Søen")?;
    browser.run(COUNT_WRITTEN)?;
    let mut times = Vec::with_capacity(SAVES);
    let mut last = browser.number(SAVED_AT)?;
    for save in 0..SAVES {
        browser.write("Enhedens navn", &format!("Enhed {save:03}"))?;
        last = browser.number_after(SAVED_AT, last)?;
        times.push(browser.number("return performance.getEntriesByName('save', 'measure')[0]?.duration ?? null;")?);
    }
    let written = browser.number("return window.written;")?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of characters")]
    Ok((median(&times), written as u64))
}

/// The time at which the last save began.
const SAVED_AT: &str = "return performance.getEntriesByName('save', 'measure')[0]?.startTime ?? null;";
