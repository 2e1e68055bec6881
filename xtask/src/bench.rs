//! What the page costs, as ratios against the least it could, in Chromium on the release bundle. Never as times alone:
//! machines differ, and what else they do.

use std::fs;
use std::path::{Path, PathBuf};

use kvalitetshjul::chart::wheel::{Wheel, wheel};
use kvalitetshjul::domain::cycle::Cycle;
use kvalitetshjul::domain::date::Date;
use kvalitetshjul::domain::fundament;
use kvalitetshjul::domain::progress::Progress;
use kvalitetshjul::domain::wheel::seen;

use crate::Outcome;
use crate::browser::{Browser, Engine};
use crate::build::{bundle, dist};
use crate::municipality::{file, file_of, first_records};
use crate::process::{root, stage};
use crate::server::Server;
use crate::tools;

/// How often each ratio is taken.
const RUNS: usize = 5;
/// How many saves a run's median is of.
const SAVES: usize = 200;

/// Notes, from before a page begins, when its wheel can be used: it is there, and has been painted.
const WHEN_USABLE: &str = "
    new MutationObserver((_, observer) => {
        if (!document.querySelector('svg.wheel a')) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => { window.usable = performance.now(); }));
    }).observe(document, { childList: true, subtree: true });";

/// Counts, from now on, the characters that are put into the browser's stores.
const COUNT_WRITTEN: &str = "
    window.written = 0;
    for (const [owner, name] of [[Storage, 'setItem'], [IDBObjectStore, 'put']]) {
        const own = owner.prototype[name];
        owner.prototype[name] = function (...values) {
            window.written += values.reduce((sum, value) => sum + String(value).length, 0);
            return own.apply(this, values);
        };
    }";

/// Takes every ratio, and says what it may be at most.
///
/// # Errors
/// One is above what is agreed, or could not be taken.
pub fn run() -> Outcome {
    stage("browsers", tools::browsers)?;
    let weight = stage("bundle", bundle)?;
    let ratios = [stage("usable", usable)?, stage("plan", plan)?, stage("start", start)?, stage("save", save)?];
    for ratio in &ratios {
        println!("{ratio}");
    }
    weight.judge()?;
    if ratios.iter().all(Ratio::is_within) { Ok(()) } else { Err("above what is agreed".into()) }
}

/// A ratio, taken several times.
#[derive(Debug)]
struct Ratio {
    what: &'static str,
    taken: Vec<f64>,
    most: f64,
}

impl Ratio {
    fn median(&self) -> f64 {
        median(&self.taken)
    }

    fn is_within(&self) -> bool {
        self.median() <= self.most
    }
}

impl std::fmt::Display for Ratio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let least = self.taken.iter().copied().fold(f64::INFINITY, f64::min);
        let largest = self.taken.iter().copied().fold(0.0, f64::max);
        let (what, median, most) = (self.what, self.median(), self.most);
        let verdict = if self.is_within() { "" } else { "  TOO MUCH" };
        write!(f, "{what}: {least:.2}–{median:.2}–{largest:.2} × (the median at most {most}){verdict}")
    }
}

fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

/// From the address to a wheel that can be used, a first visit, against a page written by hand with the same drawing in
/// it as it stands, a form and the same style.
fn usable() -> Outcome<Ratio> {
    let by_hand = root().join("target/bench/by-hand");
    fs::create_dir_all(&by_hand)?;
    for folder in ["xtask/bench", "style"] {
        for file in fs::read_dir(root().join(folder))? {
            let file = file?.path();
            fs::copy(&file, by_hand.join(file.file_name().unwrap_or_default()))?;
        }
    }
    let page = by_hand.join("index.html");
    fs::write(&page, fs::read_to_string(&page)?.replace("<!-- wheel -->", &drawn_wheel()?))?;
    let time = |folder: PathBuf| -> Outcome<f64> {
        let server = Server::start(folder, "/")?;
        let browser = Browser::start(Engine::Chromium)?;
        browser.before_every_page(WHEN_USABLE)?;
        browser.open(&server.url())?;
        browser.number("return window.usable ?? null;")
    };
    let mut taken = Vec::new();
    for _ in 0..RUNS {
        let least = time(by_hand.clone())?;
        let ours = time(dist())?;
        eprintln!("by hand {least:.0} ms, the app {ours:.0} ms");
        taken.push(ours / least);
    }
    Ok(Ratio { what: "usable, against a page by hand", taken, most: 2.0 })
}

fn drawn_wheel() -> Outcome<String> {
    let edition = fundament::present().ok_or("there is no foundation")?;
    let today = Date::new(2026, 2, 11).ok_or("there is no such day")?;
    let elements = seen(edition, today, None, &Progress::default());
    Ok(wheel(&Wheel {
        id: "wheel",
        cycle: Cycle::of(today),
        today,
        elements: &elements,
        hub: "Lys i øjnene",
        tracks: &[],
    }))
}

/// From the bytes of the municipality's file to the plan, against the browser's `JSON.parse` of the same text.
fn plan() -> Outcome<Ratio> {
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
    Ok(Ratio { what: "bytes to plan, against JSON.parse", taken, most: 5.0 })
}

/// A start with the whole municipality in the browser against one with ten records, until the wheel can be used.
fn start() -> Outcome<Ratio> {
    let (few, many) = (root().join("target/bench/start-few"), root().join("target/bench/start-many"));
    with_file(&few, &file_of(&first_records(10)?)?)?;
    with_file(&many, &file()?)?;
    let filled = |folder: &Path| -> Outcome<(Server, Browser)> {
        let server = Server::start(folder.to_owned(), "/")?;
        let browser = Browser::start(Engine::Chromium)?;
        browser.before_every_page(WHEN_USABLE)?;
        browser.open(&server.url())?;
        browser.choose(&folder.join("bench.json"))?;
        browser.see("Filen er flettet ind.")?;
        browser.see("Gemt ")?;
        Ok((server, browser))
    };
    let ((_few, few), (_many, many)) = (filled(&few)?, filled(&many)?);
    let time = |browser: &Browser| -> Outcome<f64> {
        browser.reload()?;
        let usable = browser.number("return window.usable ?? null;")?;
        // All that was stored is there before the next start.
        browser.see("Alt er gemt i denne browser")?;
        Ok(usable)
    };
    let mut taken = Vec::new();
    for _ in 0..RUNS {
        let (few, many) = (time(&few)?, time(&many)?);
        eprintln!("10 records {few:.0} ms, the municipality {many:.0} ms");
        taken.push(many / few);
    }
    Ok(Ratio { what: "a start, the municipality against 10 records", taken, most: 1.2 })
}

/// A save with 2 000 records in the browser against one with 10, each the median of 200.
fn save() -> Outcome<Ratio> {
    let mut taken = Vec::new();
    for _ in 0..RUNS {
        let (few, few_written) = saves(10)?;
        let (many, many_written) = saves(2_000)?;
        eprintln!("10 records {few:.2} ms, {few_written} written; 2 000 records {many:.2} ms, {many_written} written");
        if few_written != many_written {
            return Err("more is written where there is more".into());
        }
        taken.push(many / few);
    }
    Ok(Ratio { what: "a save, 2 000 records against 10", taken, most: 1.5 })
}

/// The median time of a save in milliseconds, and the characters that all of them wrote.
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

/// When the last save began.
const SAVED_AT: &str = "return performance.getEntriesByName('save', 'measure')[0]?.startTime ?? null;";

/// The bundle with a file beside it.
fn with_file(folder: &Path, text: &str) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    for file in fs::read_dir(dist())? {
        let file = file?.path();
        fs::copy(&file, folder.join(file.file_name().unwrap_or_default()))?;
    }
    Ok(fs::write(folder.join("bench.json"), text)?)
}
