//! The walks of files that come and go: looked into, large, locked, given to others, pasted, of another unit. On the release
//! bundle.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use std::path::Path;

use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::measure::Measure;
use kvalitetshjul::domain::period::Period;
use kvalitetshjul::domain::registry::Kind;
use kvalitetshjul::domain::series::Series;
use kvalitetshjul::record::Record;
use kvalitetshjul::record::identity::SameUnitAnswer;
use xtask::browser::{Browser, Engine};
use xtask::municipality;
use xtask::walk::apart::{agreement, all_of, author, edits, file_of, id, with_private_things};
use xtask::walk::{all_is_well, arrived, at_unit, on, server, to_unit};

/// What judges time runs with nothing beside it.
mod alone {
    use super::*;

    #[test]
    fn a_large_file_says_how_far_it_is_can_be_stopped_and_the_page_answers() {
        const LONGEST: &str = "
            window.longest = 0;
            new PerformanceObserver(list => {
                for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
            }).observe({ type: 'longtask', buffered: true });";
        const WATCH: &str = "
            window.said = new Set();
            let stops = true;
            new MutationObserver(() => {
                const words = document.querySelector('progress')?.previousElementSibling?.textContent;
                if (words) window.said.add(words);
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

        // Pressed as soon as it can be: no hand is as quick as this.
        person.run(WATCH).unwrap();
        person.choose_and_go_on(&[&file]).unwrap();
        person.see("Du stoppede. Intet er ændret hos dig.").unwrap();
        assert!(all_of(&person).is_empty());
        person.press("Luk").unwrap();

        person.run("window.longest = 0;").unwrap();
        person.choose_and_go_on(&[&file]).unwrap();
        person.see("Intet er ændret endnu.").unwrap();
        let said = person.texts_of("return [...window.said];").unwrap();
        assert!(
            said.iter().any(|words| words.starts_with("Læser … ") && words.ends_with(&format!("af {}", some.len()))),
            "{said:?}"
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
        all_is_well(&[&person]);
    }
}

/// How many times slower this machine is now than one that has nothing else to do, and at least 1.
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

/// Gives a unit to others, as the form on the page of files has it.
fn shares(person: &Browser, what: &str) {
    person.go("Filer", "Del med andre").unwrap();
    person.choose_option(what).unwrap();
    person.see("Det følger aldrig med").unwrap();
}

#[test]
fn a_file_with_a_password_opens_in_another_engine_and_with_no_other_password() {
    let server = server();
    let sender = at_unit(Engine::Chromium, &server, "Børnehuset Solstrålen");
    shares(&sender, "Min enhed med alt, hvad der hører til");
    sender.press("Frist, navn og adgangskode").unwrap();
    sender.see("Glemmes den, kan ingen åbne filen, heller ikke du.").unwrap();
    sender.write("Dit navn", "Anne").unwrap();
    sender.write("Adgangskode", "lys i øjnene").unwrap();
    let file = sender.save_with("Gem filen").unwrap();
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    assert!(
        name.starts_with("Børnehuset Solstrålen – Anne – enhed – ") && name.ends_with(".kvalitetshjul.json"),
        "{name}"
    );
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(!text.contains("Solstrålen"));

    let receiver = arrived(Engine::Firefox, &server);
    let changed = file.with_file_name("changed.kvalitetshjul.json");
    let at = text.find("\"sealed\":\"").unwrap() + 40;
    let other = if text.as_bytes()[at] == b'A' { "B" } else { "A" };
    std::fs::write(&changed, format!("{}{other}{}", &text[..at], &text[at + 1..])).unwrap();
    receiver.look_into(&[&changed]).unwrap();
    receiver.see("Filen er ændret, efter at den blev låst med adgangskode").unwrap();
    receiver.press("Luk").unwrap();

    receiver.look_into(&[&file]).unwrap();
    receiver.press("Lås op").unwrap();
    receiver.see("Skriv den adgangskode, du har fået af afsenderen.").unwrap();
    receiver.write("Adgangskode", "lys i ojnene").unwrap();
    receiver.press("Lås op").unwrap();
    receiver.see("Adgangskoden passer ikke til filen.").unwrap();
    receiver.write("Adgangskode", "lys i øjnene").unwrap();
    receiver.press("Lås op").unwrap();
    receiver.see("Intet er ændret endnu.").unwrap();
    receiver.take_in().unwrap();
    receiver.see("Filen er flettet ind.").unwrap();
    receiver.press("Luk").unwrap();
    to_unit(&receiver, "Børnehuset Solstrålen");
    all_is_well(&[&sender, &receiver]);
}

#[test]
fn what_is_given_to_others_is_said_before_and_small_numbers_stay() {
    let server = server();
    let person = arrived(Engine::Chromium, &server);
    person.choose(&file_of("privat", &with_private_things())).unwrap();
    shares(&person, "Min enhed med alt, hvad der hører til");
    person.see("1 enhed").unwrap();
    person.see("1 talrække").unwrap();
    person.see("Refleksioner og andet, der kun er dit").unwrap();
    let given = |person: &Browser| std::fs::read_to_string(person.save_with("Gem filen").unwrap()).unwrap();
    let text = given(&person);
    for stays in ["61", "Kun til mig", "Smidt ud"] {
        assert!(!text.contains(stays), "{stays}");
    }
    // For one named recipient, and for no network.
    person.pick("Vis også tal, der bygger på færre end fem personer, til én navngiven modtager").unwrap();
    person.write("Hvem er filen til?", "Bo i forvaltningen").unwrap();
    person.see("Alle tal, også dem, der bygger på færre end fem personer.").unwrap();
    let text = given(&person);
    assert!(text.contains("61") && text.contains("Bo i forvaltningen") && !text.contains("Kun til mig"));
    person.choose_option("Et geografisk netværk").unwrap();
    person.see("Det kan ikke slås fra i et netværk.").unwrap();
    assert!(!given(&person).contains("61"));
    all_is_well(&[&person]);
}

#[test]
fn a_file_can_be_pasted() {
    const PASTE: &str = "
        const pasted = new DataTransfer();
        pasted.setData('text/plain', arguments[0]);
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true, cancelable: true }));";
    let server = server();
    let person = arrived(Engine::Chromium, &server);
    let text = std::fs::read_to_string(file_of("indsat", &agreement())).unwrap();
    person.run_with(PASTE, &["noget andet"]).unwrap();
    person.run_with(PASTE, &[&text]).unwrap();
    person.see("Det indsatte").unwrap();
    // What is not ticked is left.
    person.pick("målet «Flere læser hver dag» – fra Sekretariatet").unwrap();
    person.take_in().unwrap();
    person.see("Filen er flettet ind.").unwrap();
    let all = all_of(&person);
    assert!(all.contains_key(&id("maal1")) && !all.contains_key(&id("maal2")));
    all_is_well(&[&person]);
}

/// Takes in a file in which the unit that is here has another id, an agreement and a figure, and says yes to the question.
fn takes_the_same_unit_in(person: &Browser) {
    let mut records = agreement();
    let mut series = Series { unit: Some(id("skolen")), indicator: Some(id("fravaer")), ..Series::default() };
    series.set_figure(Period::SchoolYear(2024), Measure::Percent, Some(9.4));
    let series = Record::create(id("skolen.fravaer"), &series, &author(1, "Sekretariatet")).unwrap();
    records.insert(series.id().clone(), series);
    person.look_into(&[file_of("samme", &records).as_path() as &Path]).unwrap();
    person.see("Samme enhed?").unwrap();
    person.pick("«Skolen ved Søen» i filen er den samme enhed som den, du har").unwrap();
    person.take_in().unwrap();
    person.see("Filen er flettet ind.").unwrap();
}

/// All that a page shows, with what stands in its fields.
const SHOWN: &str = "
    const page = document.querySelector('main');
    return [page.innerText, ...[...page.querySelectorAll('input')].map(input => input.value)];";

#[test]
fn the_same_unit_under_two_ids_is_asked_about() {
    let server = server();
    let person = at_unit(Engine::Chromium, &server, "Skolen ved Søen");
    let has_figure = || person.texts_of(SHOWN).unwrap().iter().any(|words| words.contains("9,4"));
    takes_the_same_unit_in(&person);
    // Wherever it stands: one unit, with what both have.
    on(&person, &server, "#/enheder");
    person.see_texts("ul.units a", &["Skolen ved Søen"]).unwrap();
    on(&person, &server, "#/aftale");
    person.see("Jeres aftaler").unwrap();
    person.see("2 mål").unwrap();
    on(&person, &server, "#/indikator/fravaer");
    person.wait_for("the figure of the file", || Ok(has_figure())).unwrap();
    // An address of either leads to the one.
    on(&person, &server, "#/enhed/skolen");
    person.see("Vises sammen med «Skolen ved Søen» fra en anden fil.").unwrap();
    // Nothing was copied: the answer is all that was written.
    let all = all_of(&person);
    assert_eq!(all.values().map(|record| record.answers().len()).sum::<usize>(), 1);
    assert_eq!(all.values().filter(|record| record.kind() == Some(Kind::Series)).count(), 1);

    person.press("Fortryd import").unwrap();
    person.see("Det, filen kom med, er fortrudt.").unwrap();
    person.see("Enheden er her ikke").unwrap();
    on(&person, &server, "#/enheder");
    person.see_texts("ul.units a", &["Skolen ved Søen"]).unwrap();
    on(&person, &server, "#/aftale");
    person.see("Begynd med eksempler").unwrap();
    assert!(!person.sees("Jeres aftaler").unwrap());
    on(&person, &server, "#/indikator/fravaer");
    person.see_heading("Fravær reduceres").unwrap();
    assert!(!has_figure());
    all_is_well(&[&person]);
}

#[test]
fn a_unit_that_is_another_one_after_all_gets_its_place_again() {
    let server = server();
    let person = at_unit(Engine::Chromium, &server, "Skolen ved Søen");
    takes_the_same_unit_in(&person);
    person.press("Luk").unwrap();
    to_unit(&person, "Skolen ved Søen");
    person.press("Det er ikke den samme enhed: Skolen ved Søen").unwrap();
    person.see("«Skolen ved Søen» står nu for sig selv igen blandt dine enheder.").unwrap();
    on(&person, &server, "#/enheder");
    person.see_texts("ul.units a", &["Skolen ved Søen", "Skolen ved Søen"]).unwrap();
    // They part completely: the figures of the file go with their unit.
    let figures = || person.texts_of(SHOWN).unwrap().iter().any(|words| words.contains("9,4"));
    on(&person, &server, "#/indikator/fravaer");
    person.see_heading("Fravær reduceres").unwrap();
    assert!(!figures());
    on(&person, &server, "#/enheder");
    person.see_texts("ul.units a", &["Skolen ved Søen", "Skolen ved Søen"]).unwrap();
    person.undo_by_key().unwrap();
    person.see_texts("ul.units a", &["Skolen ved Søen"]).unwrap();
    on(&person, &server, "#/indikator/fravaer");
    person.wait_for("the figure of the file", || Ok(figures())).unwrap();
    all_is_well(&[&person]);
}

#[test]
fn a_unit_of_a_file_that_is_another_one_comes_as_new() {
    let server = server();
    let person = arrived(Engine::Chromium, &server);
    let file = file_of("som-ny", &agreement());
    person.choose(&file).unwrap();
    person.press("Luk").unwrap();
    // The same file again, of a unit that only began as a copy.
    let mut changed = agreement();
    edits(&mut changed, "maal1", &author(2, "Bo"), |goal| goal.text = "Vores eget mål".into());
    person.look_into(&[&file_of("som-ny-2", &changed)]).unwrap();
    person.press("Er en enhed i filen en anden end den, du har?").unwrap();
    person.press("Opret som ny: enheden «Skolen ved Søen»").unwrap();
    person.see("Nyt (4)").unwrap();
    person.take_in().unwrap();
    person.see("Filen er flettet ind.").unwrap();
    let all = all_of(&person);
    assert_eq!(all.len(), 8, "a unit, an agreement and two goals more");
    let goals: Vec<&str> =
        all.values().map(Record::title).filter(|title| title.contains("mål") || title.contains("Flere er")).collect();
    assert_eq!(goals.len(), 2);
    assert_eq!(all[&id("maal1")].title(), "Flere er med i fællesskabet", "what was here is untouched");
    person.press("Fortryd import").unwrap();
    person.see("Det, filen kom med, er fortrudt.").unwrap();
    all_is_well(&[&person]);
}

#[test]
fn what_two_answered_differently_about_a_unit_is_an_open_choice() {
    let server = server();
    let person = arrived(Engine::Chromium, &server);
    let answered = |says: SameUnitAnswer, who: u8| {
        let mut records = agreement();
        let other = Enhed { name: "Skolen ved Åen".into(), ..Enhed::default() };
        let other = Record::create(id("anden"), &other, &author(7, "Sekretariatet")).unwrap();
        records.insert(other.id().clone(), other);
        let lower = records.get_mut(&id("anden")).unwrap();
        lower.answer(&id("skolen"), Some(&says), &author(who, "Bo")).unwrap();
        records
    };
    let (yes, no) = (answered(SameUnitAnswer::Same(id("skolen")), 8), answered(SameUnitAnswer::Two, 9));
    person.choose(&file_of("svar-ja", &yes)).unwrap();
    person.press("Luk").unwrap();
    on(&person, &server, "#/enheder");
    person.see_texts("ul.units a", &["Skolen ved Søen"]).unwrap();
    person.choose(&file_of("svar-nej", &no)).unwrap();
    person.press("Luk").unwrap();
    // Until somebody chooses they are shown apart.
    on(&person, &server, "#/enheder");
    person.see("Skolen ved Åen").unwrap();
    on(&person, &server, "#/valg");
    person.see("Er «Skolen ved Åen» og «Skolen ved Søen» den samme enhed?").unwrap();
    person.press("Ja, det er den samme enhed").unwrap();
    person.see("Der er valgt.").unwrap();
    on(&person, &server, "#/enheder");
    person.see_texts("ul.units a", &["Skolen ved Søen"]).unwrap();
    all_is_well(&[&person]);
}
