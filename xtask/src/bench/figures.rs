//! Measures the pages of figures with the invented municipality in the browser: the overview, the matrix, the sheet.

use std::fs;

use kvalitetshjul::domain::series::Series;
use serde_json::{Value, json};

use super::{RECORDS, RUNS, Taken, with_file};
use crate::Outcome;
use crate::browser::{Browser, Engine, KeyLatencies, MOST_KEYS, SLOWER};
use crate::process::root;
use crate::sample_data::municipality::{file, first_records};
use crate::server::Server;
use crate::tools::UPLOT;

/// The maximum duration of a task while the page is scrolled, in milliseconds.
const LONGEST_SCROLLING: f64 = 50.0;

/// Starts a browser with the municipality in it, whose user works with the first unit.
fn filled(name: &str, browser: Browser) -> Outcome<(Server, Browser)> {
    let folder = root().join("target/bench").join(name);
    with_file(&folder, &file()?)?;
    for file in ["uPlot.iife.min.js", "uPlot.min.css"] {
        fs::copy(UPLOT.folder()?.join("dist").join(file), folder.join(file))?;
    }
    let server = Server::start(folder.clone(), "/")?;
    browser.open(&server.url())?;
    browser.choose(&folder.join("bench.json"))?;
    browser.see("Filen er flettet ind.")?;
    browser.see("Gemt ")?;
    browser.press("Luk")?;
    browser.press("Enheder")?;
    browser.press("Enhed 1 ved Søen")?;
    browser.press("Arbejd med denne enhed")?;
    Ok((server, browser))
}

/// Goes to a page as a link does, and waits for a text on it.
fn go(browser: &Browser, fragment: &str, words: &str) -> Outcome {
    browser.run_with("location.hash = arguments[0];", &[fragment])?;
    browser.see(words)
}

/// Script that notes when all charts are drawn and painted.
const DRAWN: &str = "
    window.drawn = null;
    const start = performance.now();
    const painted = () => requestAnimationFrame(() => setTimeout(() => { window.drawn = performance.now() - start; }));";

/// Measures the overview of a unit (12 indicators over 10 years), from the click until it is painted, against the same
/// series drawn by uPlot in the same page.
pub(super) fn overview() -> Outcome<Taken> {
    let (_server, browser) = filled("overview", Browser::start(Engine::Chromium)?)?;
    let series = series_of_first_unit()?.to_string();
    browser.run(
        "for (const [tag, more] of [['link', { rel: 'stylesheet', href: 'uPlot.min.css' }], ['script', { src: 'uPlot.iife.min.js' }]])
            document.head.append(Object.assign(document.createElement(tag), more));",
    )?;
    browser.number("return window.uPlot ? 1 : null;")?;
    let mut taken = Vec::new();
    // The first run of each is not counted, because the module is compiled during it.
    for run in 0..=RUNS {
        go(&browser, "#/enheder", "Dine enheder")?;
        let theirs = {
            browser.run_with(
                &format!(
                    "{DRAWN}
                    const place = document.createElement('div');
                    document.querySelector('main').append(place);
                    for (const figures of JSON.parse(arguments[0])) {{
                        const own = document.createElement('div');
                        place.append(own);
                        new uPlot({{ width: 320, height: 180, scales: {{ x: {{ time: false }} }}, series: [{{}}, {{ stroke: 'teal' }}] }}, figures, own);
                    }}
                    painted();"
                ),
                &[&series],
            )?;
            let time = browser.number("return window.drawn;")?;
            browser.run("document.querySelector('main > div:has(.uplot)').remove();")?;
            time
        };
        let ours = {
            browser.run(&format!(
                "{DRAWN}
                const all = () => document.querySelectorAll('main svg.spark').length >= 12;
                new MutationObserver((_, observer) => {{
                    if (!all()) return;
                    observer.disconnect();
                    painted();
                }}).observe(document.body, {{ childList: true, subtree: true }});
                location.hash = '#/indikatorer';"
            ))?;
            browser.number("return window.drawn;")?
        };
        eprintln!("uPlot {theirs:.1} ms, the overview {ours:.1} ms");
        if run > 0 {
            taken.push(ours / theirs);
        }
    }
    let what = "the overview drawn, 12 indicators × 10 years, against uPlot";
    Ok(Taken { what, values: taken, unit: "×", most: 2.0, beside: String::new(), fault: None })
}

/// The series of the first unit in uPlot's format: the years, then the figures.
fn series_of_first_unit() -> Outcome<Value> {
    let records = first_records(13)?;
    let mut all = Vec::new();
    for record in records.values() {
        if let Ok(series) = record.view::<Series>() {
            let figures: Vec<f64> = series.observations.values().filter_map(|own| own.value).collect();
            let years: Vec<usize> = (2016..2016 + figures.len()).collect();
            all.push(json!([years, figures]));
        }
    }
    if all.len() == 12 { Ok(Value::Array(all)) } else { Err(format!("{} series, of 12", all.len()).into()) }
}

/// Script that scrolls to the bottom and to the right, a little in each frame, and notes how long each frame takes: the
/// page's work, and the browser's until it can answer again.
const SCROLL: &str = "
    window.longest = null;
    const wide = document.querySelector('.matrix');
    const channel = new MessageChannel();
    let [began, longest, frames] = [0, 0, 0];
    const frame = () => requestAnimationFrame(() => {
        began = performance.now();
        scrollBy(0, 120);
        wide.scrollBy(20, 0);
        channel.port2.postMessage(null);
    });
    channel.port1.onmessage = () => {
        longest = Math.max(longest, performance.now() - began);
        frames += 1;
        const isDone = scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
        if (isDone || frames > 600) window.longest = longest; else frame();
    };
    scrollTo(0, 0);
    wide.scrollTo(0, 0);
    frame();";

/// Measures the longest task while the matrix of 150 units × 12 indicators is scrolled.
pub(super) fn scrolling() -> Outcome<Taken> {
    let (_server, browser) = filled("scrolling", Browser::start(Engine::Chromium)?)?;
    go(&browser, "#/indikatorer/enheder", "Enhed 99 ved Søen")?;
    browser.slow_down(SLOWER)?;
    let mut taken = Vec::new();
    for _ in 0..RUNS {
        browser.run(SCROLL)?;
        taken.push(browser.number("return window.longest;")?);
    }
    let longest = taken.iter().copied().fold(0.0, f64::max);
    let beside = format!("; longest {longest:.0} ms");
    let what = "a matrix of 150 units × 12 scrolled at 4 × CPU, longest own task";
    Ok(Taken { what, values: taken, unit: "ms", most: LONGEST_SCROLLING, beside, fault: None })
}

/// Measures the longest task of each key while figures are typed in the sheet.
pub(super) fn typing() -> Outcome<Taken> {
    let record = || {
        let (_server, browser) = filled("typing", Browser::start_recorded()?)?;
        go(&browser, "#/indikatorer/skema", "Skriv, kopiér og indsæt som i et regneark.")?;
        browser.focus("[data-cell='0-0']")?;
        // Row after row: a figure of three keys, then Enter.
        browser.measure_keys(['3', ',', '5', Browser::ENTER].into_iter().cycle().take(MOST_KEYS))
    };
    let records = (0..RECORDS).map(|_| record()).collect::<Outcome<Vec<KeyLatencies>>>()?;
    Ok(Taken::of_keys("typing in the sheet at 4 × CPU, longest own task a key", KeyLatencies::of(records)))
}
