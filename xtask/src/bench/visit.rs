//! Measures the first visit, and a start with many records.

use std::fs;
use std::path::{Path, PathBuf};

use kvalitetshjul::chart::wheel::{Wheel, wheel};
use kvalitetshjul::domain::cycle::Cycle;
use kvalitetshjul::domain::date::Date;
use kvalitetshjul::domain::fundament;
use kvalitetshjul::domain::progress::WheelProgress;
use kvalitetshjul::domain::wheel::element_statuses;

use super::{RUNS, Taken, with_file};
use crate::Outcome;
use crate::browser::{Browser, Engine};
use crate::build::dist;
use crate::process::root;
use crate::sample_data::municipality::{file, file_of, first_records};
use crate::server::Server;

/// Script that notes when the wheel can be used: when it is on the page and painted.
const WHEN_USABLE: &str = "
    new MutationObserver((_, observer) => {
        if (!document.querySelector('svg.wheel a')) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => { window.usable = performance.now(); }));
    }).observe(document, { childList: true, subtree: true });";

/// Measures a first visit from the address to a usable wheel, against a page by hand with the same drawing, a form and the
/// same style.
pub(super) fn usable() -> Outcome<Taken> {
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
    Ok(Taken {
        what: "usable, against a page by hand",
        values: taken,
        unit: "×",
        most: 2.0,
        beside: String::new(),
        fault: None,
    })
}

fn drawn_wheel() -> Outcome<String> {
    let edition = fundament::present_edition().ok_or("there is no foundation")?;
    let today = Date::new(2026, 2, 11).ok_or("there is no such day")?;
    let elements = element_statuses(edition, today, None, &WheelProgress::default());
    Ok(wheel(&Wheel {
        id: "wheel",
        cycle: Cycle::of(today),
        today,
        elements: &elements,
        dates: &[],
        hub: "Lys i øjnene",
        tracks: &[],
    }))
}

/// Measures a start until the wheel can be used, with the municipality in the browser against one with ten records.
pub(super) fn start() -> Outcome<Taken> {
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
        // The records are stored before the next start.
        browser.see("Alt er gemt i denne browser")?;
        Ok(usable)
    };
    let mut taken = Vec::new();
    for _ in 0..RUNS {
        let (few, many) = (time(&few)?, time(&many)?);
        eprintln!("10 records {few:.0} ms, the municipality {many:.0} ms");
        taken.push(many / few);
    }
    Ok(Taken {
        what: "a start, the municipality against 10 records",
        values: taken,
        unit: "×",
        most: 1.2,
        beside: String::new(),
        fault: None,
    })
}
