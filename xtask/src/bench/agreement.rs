//! Measures typing in a large agreement.

use super::{RECORDS, Taken, with_file};
use crate::Outcome;
use crate::browser::{Browser, KeyLatencies, MOST_KEYS};
use crate::process::root;
use crate::sample_data::large_agreement::{self, FIRST_GOAL, FIRST_TEXT, Size};
use crate::server::Server;

/// Measures the longest task of each key while a goal of a large agreement is edited.
pub(super) fn typing() -> Outcome<Taken> {
    let folder = root().join("target/bench/agreement");
    with_file(&folder, &large_agreement::agreement(Size::LARGE)?)?;
    let server = Server::start(folder.clone(), "/")?;
    let record = || {
        let browser = Browser::start_recorded()?;
        browser.open(&server.url())?;
        browser.choose(&folder.join("bench.json"))?;
        browser.see("Filen er flettet ind.")?;
        browser.see("Gemt ")?;
        browser.press("Luk")?;
        browser.run_with("location.hash = arguments[0];", &[FIRST_GOAL])?;
        browser.see("Tegn på progression")?;
        browser.focus(FIRST_TEXT)?;
        browser.measure_keys(['d', 'e', ' ', 'ø'].into_iter().cycle().take(MOST_KEYS))
    };
    let records = (0..RECORDS).map(|_| record()).collect::<Outcome<Vec<KeyLatencies>>>()?;
    Ok(Taken::of_keys(
        "typing in an agreement of 60 goals at 4 × CPU, longest own task a key",
        KeyLatencies::of(records),
    ))
}
