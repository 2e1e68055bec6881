//! The import page: preview, progress, pasted and dropped files, archives and tables among them, records left out, a
//! unit imported as new.

use std::path::PathBuf;

use kvalitetshjul::domain::date::Date;
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::goal::Goal;
use kvalitetshjul::exchange::archive::archive;
use kvalitetshjul::record::life::Life;
use kvalitetshjul::record::{Record, Records};
use xtask::browser::{Browser, Engine};
use xtask::e2e::records::{agreement, author, edits, exported_records, file_of, id, three_versions};
use xtask::e2e::{assert_no_errors, go_to, go_to_unit, open_first_time, own_file, server, start_at_unit};
use xtask::in_every_engine;
use xtask::process::root;
use xtask::sample_data::municipality;

use super::assert_no_errors_or_foreign_requests;

in_every_engine! {
    file_can_be_dropped_on_the_window
    archive_is_unpacked_and_all_its_files_are_opened
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
    bo.drop_file(&anne.save_with("Gem sikkerhedskopi").unwrap()).unwrap();
    bo.see("Filen er flettet ind.").unwrap();
    bo.press("Luk").unwrap();
    go_to_unit(&bo, "Børnehuset Solstrålen");
    assert_no_errors_or_foreign_requests(&server, &[&anne, &bo]);
}

/// Returns the text of a file with one unit.
fn text_of_unit(name: &str) -> String {
    let unit = Enhed { name: name.into(), ..Enhed::default() };
    let record = Record::create(id(&name.to_lowercase()), &unit, &author(1, "Sekretariatet")).unwrap();
    let records: Records = [(record.id().clone(), record)].into_iter().collect();
    std::fs::read_to_string(file_of(name, &records)).unwrap()
}

/// Packs a text with the method *deflate*, as other programs do, here in one uncompressed block.
fn deflated_archive(name: &str, text: &str) -> Vec<u8> {
    let stored = archive(&[(name.to_owned(), text.to_owned())], Date::new(2026, 1, 15).unwrap()).unwrap();
    let size = u16::try_from(text.len()).unwrap();
    let block = [&[1][..], &size.to_le_bytes(), &(!size).to_le_bytes(), text.as_bytes()].concat();
    let name_size = u16::try_from(name.len()).unwrap();
    let mut header = stored[4..26].to_vec();
    header[4] = 8;
    header[14..18].copy_from_slice(&u32::try_from(block.len()).unwrap().to_le_bytes());
    let header = [&header[..], &name_size.to_le_bytes(), &[0; 2]].concat();
    let mut bytes = [&b"PK\x03\x04"[..], &header, name.as_bytes(), &block].concat();
    let directory = [&b"PK\x01\x02"[..], &[20, 0], &header, &[0; 14], name.as_bytes()].concat();
    let end = [directory.len(), bytes.len()].map(|number| u32::try_from(number).unwrap().to_le_bytes()).concat();
    bytes.extend([&directory[..], b"PK\x05\x06", &[0, 0, 0, 0, 1, 0, 1, 0], &end, &[0, 0]].concat());
    bytes
}

fn archive_is_unpacked_and_all_its_files_are_opened(engine: Engine) {
    let server = server();
    let person = open_first_time(engine, &server);
    let files = ["Solen", "Maanen"].map(|name| (format!("mappe/{name}.kvalitetshjul.json"), text_of_unit(name)));
    let packed = archive(&files, Date::new(2026, 1, 15).unwrap()).unwrap();
    person.drop_and_look_into(&[&own_file("Datapakke.zip", &packed)]).unwrap();
    person.see("Solen.kvalitetshjul.json og én til").unwrap();
    person.see("Nyt (2)").unwrap();
    person.take_in().unwrap();
    person.see("Filen er flettet ind.").unwrap();
    person.press("Luk").unwrap();

    let repacked = deflated_archive("Stjernen.kvalitetshjul.json", &text_of_unit("Stjernen"));
    person.choose(&own_file("pakket igen.zip", &repacked)).unwrap();
    person.see("Filen er flettet ind.").unwrap();
    person.press("Luk").unwrap();
    go_to(&person, &server, "#/enheder");
    for name in ["Solen", "Maanen", "Stjernen"] {
        person.see(name).unwrap();
    }
    assert_no_errors(&[&person]);
}

#[test]
fn foreign_files_are_named_and_change_nothing() {
    let server = server();
    let person = start_at_unit(Engine::Chromium, &server, "Skolen");
    let picture = own_file("billede.kvalitetshjul.json", b"\x89PNG\r\n\x1a\n");
    person.drop_and_look_into(&[&picture]).unwrap();
    person.see("Det er et billede. Intet er ændret hos dig.").unwrap();
    person.press("Luk").unwrap();
    let archive = own_file("andet.zip", &archive(&[("x.txt".to_owned(), "x".to_owned())], Date::LAST).unwrap());
    let cut = own_file("klippet.zip", b"PK\x03\x04 og saa ikke mere");
    person.look_into(&[&picture, &archive, &cut]).unwrap();
    person.see("Ingen af filerne kunne åbnes.").unwrap();
    person.see("andet.zip: Det er en pakket fil uden filer fra Kvalitetshjul.").unwrap();
    person.see("klippet.zip: ZIP-filen kan ikke pakkes ud her").unwrap();
    person.press("Luk").unwrap();
    assert_eq!(person.read("Enhedens navn").unwrap(), "Skolen");
    assert_no_errors(&[&person]);
}

fn sample(name: &str) -> PathBuf {
    root().join("tests/samples").join(name)
}

#[test]
fn files_of_several_kinds_go_to_their_pages() {
    let server = server();
    let person = open_first_time(Engine::Chromium, &server);
    let (own, picture) = (file_of("skolen", &agreement()), own_file("billede.png", b"\x89PNG\r\n\x1a\n"));
    person.drop_and_look_into(&[&own, &sample("trivsel.xlsx"), &picture]).unwrap();
    person.see("billede.png: Det er et billede.").unwrap();
    person.see("Kolonnerne i «trivsel.xlsx»").unwrap();
    assert!(person.address().unwrap().ends_with("#/indikatorer/hent"));
    person.take_in().unwrap();
    person.see("Filen er flettet ind.").unwrap();
    person.press("Luk").unwrap();

    // A table dropped during an import waits until the user asks for it.
    let tables = [sample("bred-windows1252.csv"), sample("jsonstat2.json")];
    person.drop_and_go_on(&tables.each_ref().map(PathBuf::as_path)).unwrap();
    person.see("Her venter «bred-windows1252.csv», «jsonstat2.json».").unwrap();
    person.see("Kolonnerne i «trivsel.xlsx»").unwrap();
    person.press("Åbn den næste: «bred-windows1252.csv»").unwrap();
    person.see("Kolonnerne i «bred-windows1252.csv»").unwrap();
    person.press("Åbn den næste: «jsonstat2.json»").unwrap();
    person.see("Kolonnerne i «jsonstat2.json»").unwrap();
    person.see_count("[aria-label=\"Filer, der venter\"]", 0).unwrap();
    assert_no_errors(&[&person]);
}

#[test]
fn preview_groups_records_by_unit_and_kind_and_keeps_its_buttons_in_sight() {
    const IS_IN_SIGHT: &str = "
        [...document.querySelectorAll('.import-items input')].at(-1).scrollIntoView({ block: 'end' });
        const box = document.querySelector('.import-actions .primary').getBoundingClientRect();
        return box.top >= 0 && box.bottom <= innerHeight ? box.top + 1 : null;";
    let server = server();
    let person = open_first_time(Engine::Chromium, &server);
    let mut records = agreement();
    for number in 0..60 {
        let goal = Goal {
            text: format!("Mål nummer {number}").as_str().into(),
            aftale: Some(id("aftalen")),
            ..Goal::default()
        };
        let record = Record::create(id(&format!("nr{number}")), &goal, &author(1, "Sekretariatet")).unwrap();
        records.insert(record.id().clone(), record);
    }
    let file = file_of("mange", &records);
    person.look_into(&[&file]).unwrap();
    person.see("Nyt (64)").unwrap();
    assert!(!person.sees("Målet «Flere læser hver dag»").unwrap(), "a long list is folded");
    person.press("Skolen ved Søen: 1 enhed, 1 aftale, 62 mål").unwrap();
    person.see("Målet «Flere er med i fællesskabet»").unwrap();
    person.press("Vis flere fra Skolen ved Søen").unwrap();
    person.see_count(".import-items input", 64).unwrap();
    person.number(IS_IN_SIGHT).unwrap();
    person.pick("målet «Mål nummer 7» – fra Sekretariatet").unwrap();
    person.take_in().unwrap();
    person.see("Filen er flettet ind.").unwrap();
    assert!(!exported_records(&person).contains_key(&id("nr7")));
    assert_no_errors(&[&person]);
}

#[test]
fn preview_compares_what_is_written_differently_and_the_report_forgets_settled_choices() {
    let server = server();
    let person = open_first_time(Engine::Chromium, &server);
    let [of_anne, of_bo, _] = three_versions();
    person.choose(&of_anne).unwrap();
    person.press("Luk").unwrap();
    person.look_into(&[&of_bo]).unwrap();
    person.see("Skrevet forskelligt hos jer").unwrap();
    let wordings = person.texts(".import-comparison .wording").unwrap();
    for words in ["Flere børn er med i fællesskabet", "Alle er med i fællesskabet"] {
        assert!(wordings.iter().any(|wording| wording == words), "{words}: {wordings:?}");
    }
    person.take_in().unwrap();
    person.see("Ét sted er der skrevet forskelligt.").unwrap();
    go_to(&person, &server, "#/valg");
    person.press("Behold «Alle er med i fællesskabet»").unwrap();
    person.see("Der er ingen åbne valg.").unwrap();
    person.wait_for("the settled choice to go", || Ok(!person.sees("Ét sted er der skrevet forskelligt.")?)).unwrap();
    person.see("Filen er flettet ind.").unwrap();
    assert_no_errors(&[&person]);
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
    // A spreadsheet copies a text and a picture of the text.
    const PASTE_FROM_SPREADSHEET: &str = "
        const pasted = new DataTransfer();
        pasted.setData('text/plain', '1\\t2');
        pasted.items.add(new File([new Uint8Array([137, 80, 78, 71])], 'image.png', { type: 'image/png' }));
        const event = new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
        if (event.defaultPrevented) throw new Error('the picture was opened as a file');";
    let server = server();
    let person = open_first_time(Engine::Chromium, &server);
    let text = std::fs::read_to_string(file_of("indsat", &agreement())).unwrap();
    person.run_with(PASTE, &["noget andet"]).unwrap();
    person.run(PASTE_FROM_SPREADSHEET).unwrap();
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
