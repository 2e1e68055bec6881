//! The import page: preview, progress, pasted and dropped files, records left out, a unit imported as new.

use kvalitetshjul::record::Record;
use kvalitetshjul::record::life::Life;
use xtask::browser::{Browser, Engine};
use xtask::e2e::records::{agreement, author, edits, exported_records, file_of, id};
use xtask::e2e::{assert_no_errors, go_to_unit, open_first_time, own_file, server, start_at_unit};
use xtask::in_every_engine;
use xtask::sample_data::municipality;

use super::assert_no_errors_or_foreign_requests;

in_every_engine! {
    file_can_be_dropped_on_the_window
}

/// Tests that measure time. `cargo xtask test` runs no other test beside them.
mod timing {
    use super::*;

    #[test]
    fn large_import_shows_progress_can_be_stopped_and_keeps_the_page_responsive() {
        const LONGEST: &str = "
            window.longest = 0;
            new PerformanceObserver(list => {
                for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
            }).observe({ type: 'longtask', buffered: true });";
        const WATCH: &str = "
            window.progressTexts = new Set();
            let stops = true;
            new MutationObserver(() => {
                const words = document.querySelector('progress')?.previousElementSibling?.textContent;
                if (words) window.progressTexts.add(words);
                const stop = [...document.querySelectorAll('button')].find(button => button.textContent === 'Stop');
                if (stop && stops && words?.includes(' af ')) { stops = false; stop.click(); }
            }).observe(document.body, { childList: true, characterData: true, subtree: true });";
        const TEN: usize = 10_000_000;
        let all = municipality::records().unwrap();
        let size = municipality::file_of(&all).unwrap().len();
        let some = municipality::first_records(all.len() * TEN / size).unwrap();
        let file = file_of("ti-megabyte", &some);
        let bytes = std::fs::metadata(&file).unwrap().len();
        let server = server();
        let person = Browser::start(Engine::Chromium).unwrap();
        person.before_every_page(LONGEST).unwrap();
        person.open(&server.url()).unwrap();
        person.see("Hvem er du?").unwrap();

        // The script presses «Stop» as soon as the button appears, faster than a hand.
        person.run(WATCH).unwrap();
        person.choose_and_go_on(&[&file]).unwrap();
        person.see("Du stoppede. Intet er ændret hos dig.").unwrap();
        assert!(exported_records(&person).is_empty());
        person.press("Luk").unwrap();

        person.run("window.longest = 0;").unwrap();
        person.choose_and_go_on(&[&file]).unwrap();
        person.see("Intet er ændret endnu.").unwrap();
        let progress_texts = person.texts_of("return [...window.progressTexts];").unwrap();
        assert!(
            progress_texts
                .iter()
                .any(|words| words.starts_with("Læser … ") && words.ends_with(&format!("af {}", some.len()))),
            "{progress_texts:?}"
        );
        let looked = person.number("return window.longest;").unwrap();
        person.run("window.longest = 0;").unwrap();
        person.take_in().unwrap();
        person.see("Filen er flettet ind.").unwrap();
        person.see("Gemt ").unwrap();
        let taken = person.number("return window.longest;").unwrap();
        println!(
            "{:.1} MB, {} records: the longest task was {looked:.0} ms while it was looked into, {taken:.0} ms while it was taken in",
            f64::from(u32::try_from(bytes).unwrap()) / 1e6,
            some.len()
        );
        assert!(looked <= 100.0 * slowness(&person) && taken <= 100.0 * slowness(&person), "{looked} {taken}");
        assert_no_errors(&[&person]);
    }
}

/// Estimates how many times slower the machine is now than without other load; at least 1.
fn slowness(person: &Browser) -> f64 {
    const SPIN: &str = "
        const times = [];
        for (let run = 0; run < 9; run += 1) {
            const start = performance.now();
            for (let n = 0, sum = 0; n < 4e6; n += 1) sum += n * n % 7;
            times.push(performance.now() - start);
        }
        times.sort((one, other) => one - other);
        return times[8] / times[0];";
    person.number(SPIN).unwrap().max(1.0)
}

fn file_can_be_dropped_on_the_window(engine: Engine) {
    let server = server();
    let anne = start_at_unit(engine, &server, "Børnehuset Solstrålen");
    let bo = open_first_time(engine, &server);
    bo.drop_file(&anne.save_with("Gem som fil").unwrap()).unwrap();
    bo.see("Filen er flettet ind.").unwrap();
    bo.press("Luk").unwrap();
    go_to_unit(&bo, "Børnehuset Solstrålen");
    assert_no_errors_or_foreign_requests(&server, &[&anne, &bo]);
}

#[test]
fn truncated_file_is_reported_and_changes_nothing() {
    let server = server();
    let person = start_at_unit(Engine::Chromium, &server, "Skolen");
    let file = own_file("ikke-en-fil.json", br#"{"format":"kvalitetshjul","version":2,"records":[{"kind":"#);
    person.choose(&file).unwrap();
    person.see("Filen er ufuldstændig").unwrap();
    assert_eq!(person.read("Enhedens navn").unwrap(), "Skolen");
    assert_no_errors_or_foreign_requests(&server, &[&person]);
}

#[test]
fn file_can_be_pasted_and_records_left_out() {
    const PASTE: &str = "
        const pasted = new DataTransfer();
        pasted.setData('text/plain', arguments[0]);
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true, cancelable: true }));";
    let server = server();
    let person = open_first_time(Engine::Chromium, &server);
    let text = std::fs::read_to_string(file_of("indsat", &agreement())).unwrap();
    person.run_with(PASTE, &["noget andet"]).unwrap();
    person.run_with(PASTE, &[&text]).unwrap();
    person.see("Det indsatte").unwrap();
    // A record that is not ticked is left out.
    person.pick("målet «Flere læser hver dag» – fra Sekretariatet").unwrap();
    person.take_in().unwrap();
    person.see("Filen er flettet ind.").unwrap();
    let all = exported_records(&person);
    assert!(all.contains_key(&id("maal1")) && !all.contains_key(&id("maal2")));
    assert_no_errors(&[&person]);
}

#[test]
fn preview_names_deletions_first() {
    let server = server();
    let person = open_first_time(Engine::Chromium, &server);
    let mut records = agreement();
    person.choose(&file_of("foer", &records)).unwrap();
    person.press("Luk").unwrap();
    records.get_mut(&id("maal2")).unwrap().delete(None, &author(2, "Bo")).unwrap();
    edits(&mut records, "maal1", &author(2, "Bo"), |goal| goal.text = "Alle er med".into());
    person.look_into(&[&file_of("efter", &records)]).unwrap();
    person.see("Intet er ændret endnu.").unwrap();
    let headings = person.texts(".import-preview h3").unwrap();
    assert_eq!(headings, ["Sletter (1)", "Nyere end det, du har (1)"]);
    person.see("Sletter: målet «Flere læser hver dag» – fra Bo").unwrap();
    person.pick("Sletter: målet «Flere læser hver dag» – fra Bo").unwrap();
    person.take_in().unwrap();
    person.see("Filen er flettet ind.").unwrap();
    let all = exported_records(&person);
    assert_eq!(all[&id("maal2")].life(None), Life::Living, "the deletion is left out");
    person.press("Luk").unwrap();
    go_to_unit(&person, "Skolen ved Søen");
    assert_no_errors(&[&person]);
}

#[test]
fn unit_can_be_imported_as_new() {
    let server = server();
    let person = open_first_time(Engine::Chromium, &server);
    let file = file_of("som-ny", &agreement());
    person.choose(&file).unwrap();
    person.press("Luk").unwrap();
    // A file with the same ids for a unit that only began as a copy.
    let mut changed = agreement();
    edits(&mut changed, "maal1", &author(2, "Bo"), |goal| goal.text = "Vores eget mål".into());
    person.look_into(&[&file_of("som-ny-2", &changed)]).unwrap();
    person.press("Er en enhed i filen en anden end den, du har?").unwrap();
    person.press("Opret som ny: enheden «Skolen ved Søen»").unwrap();
    person.see("Nyt (4)").unwrap();
    person.take_in().unwrap();
    person.see("Filen er flettet ind.").unwrap();
    let all = exported_records(&person);
    assert_eq!(all.len(), 8, "four new records: a unit, an agreement and two goals");
    let goals: Vec<&str> =
        all.values().map(Record::title).filter(|title| title.contains("mål") || title.contains("Flere er")).collect();
    assert_eq!(goals.len(), 2);
    assert_eq!(all[&id("maal1")].title(), "Flere er med i fællesskabet", "the existing goal is unchanged");
    person.press("Fortryd import").unwrap();
    person.see("Det, filen kom med, er fortrudt.").unwrap();
    assert_no_errors(&[&person]);
}
