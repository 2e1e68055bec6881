//! The walks of the first page, on the release bundle, served in a folder of a host as it will be.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use std::process::{Command, Stdio};

use xtask::browser::{Browser, Engine, Media};
use xtask::build::dist;
use xtask::in_every_engine;
use xtask::pages;
use xtask::server::Server;
use xtask::walk::{self, arrived, at_unit, own_file, server, to_unit};

in_every_engine! {
    what_is_typed_is_there_after_a_reload
    a_fresh_profile_shows_what_a_file_brings
    two_people_edit_apart_and_exchange_files_both_ways
    a_file_can_be_dropped_on_the_window
    going_back_while_typing_keeps_what_was_typed
}

/// The current school year's field, and the one before it, whatever the year: the last two of the row.
struct Years {
    last: String,
    before: String,
}

fn years() -> Years {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let moment = kvalitetshjul::domain::date::Timestamp::from_seconds(i64::try_from(seconds).unwrap()).unwrap();
    let (year, month) = (moment.date().year(), moment.date().month());
    let current = if month >= 8 { year } else { year - 1 };
    let name = |year| format!("Fravær reduceres, {}", kvalitetshjul::domain::period::Period::SchoolYear(year).danish());
    Years { last: name(current), before: name(current - 1) }
}

fn to_figures(person: &Browser) {
    person.go("Indikatorer", "Tallene står aldrig alene").unwrap();
    person.go("Fravær reduceres", "Det siger vi om tallet").unwrap();
}

/// Nothing failed, and nothing was asked of anyone but the page's own folder.
fn all_is_well(server: &Server, people: &[&Browser]) {
    walk::all_is_well(people);
    for asked in server.asked() {
        assert!(asked.starts_with("200 /et/sted/"), "{asked}");
    }
}

fn what_is_typed_is_there_after_a_reload(engine: Engine) {
    let (server, years) = (server(), years());
    let person = at_unit(engine, &server, "Børnehuset Solstrålen");
    to_figures(&person);
    person.write(&years.before, "7,4").unwrap();
    person.write(&years.last, "6,1").unwrap();
    person.see("fra 7,4 til 6,1 % – i den ønskede retning").unwrap();
    person.see("Gemt i denne browser kl.").unwrap();
    let address = person.address().unwrap();
    person.reload().unwrap();
    person.see_in(&years.before, "7,4").unwrap();
    person.see_in(&years.last, "6,1").unwrap();
    assert_eq!(person.address().unwrap(), address);
    to_unit(&person, "Børnehuset Solstrålen");
    all_is_well(&server, &[&person]);
}

fn a_fresh_profile_shows_what_a_file_brings(engine: Engine) {
    let (server, years) = (server(), years());
    let anne = at_unit(engine, &server, "Børnehuset Solstrålen");
    to_figures(&anne);
    anne.write(&years.before, "7,4").unwrap();
    anne.write(&years.last, "6,1").unwrap();
    anne.see("fra 7,4 til 6,1 % – i den ønskede retning").unwrap();
    let bo = arrived(engine, &server);
    bo.choose(&anne.save_with("Gem som fil").unwrap()).unwrap();
    bo.see("Filen er flettet ind.").unwrap();
    bo.press("Luk").unwrap();
    to_figures(&bo);
    bo.see("fra 7,4 til 6,1 % – i den ønskede retning").unwrap();
    bo.wait_for("the same picture", || Ok(bo.drawings()? == anne.drawings()?)).unwrap();
    all_is_well(&server, &[&anne, &bo]);
}

fn going_back_while_typing_keeps_what_was_typed(engine: Engine) {
    let server = server();
    let person = at_unit(engine, &server, "Skolen");
    person.type_on("Enhedens navn", " ved Søen").unwrap();
    person.back().unwrap();
    person.see("Dine enheder").unwrap();
    person.see("Skolen ved Søen").unwrap();
    person.see("Gemt i denne browser kl.").unwrap();
    person.reload().unwrap();
    person.see("Skolen ved Søen").unwrap();
    all_is_well(&server, &[&person]);
}

fn a_file_can_be_dropped_on_the_window(engine: Engine) {
    let server = server();
    let anne = at_unit(engine, &server, "Børnehuset Solstrålen");
    let bo = arrived(engine, &server);
    bo.drop_file(&anne.save_with("Gem som fil").unwrap()).unwrap();
    bo.see("Filen er flettet ind.").unwrap();
    bo.press("Luk").unwrap();
    to_unit(&bo, "Børnehuset Solstrålen");
    all_is_well(&server, &[&anne, &bo]);
}

#[test]
fn what_cannot_be_a_figure_is_said_and_stays_in_its_field() {
    let (server, years) = (server(), years());
    let person = at_unit(Engine::Chromium, &server, "Skolen");
    to_figures(&person);
    person.write(&years.last, "seks").unwrap();
    person.see("Skriv et tal, for eksempel 6,1.").unwrap();
    assert_eq!(person.read(&years.last).unwrap(), "seks");
    person.write(&years.last, "6").unwrap();
    person.see("6 % – det første tal").unwrap();
    person.see_in(&years.last, "6").unwrap();
    all_is_well(&server, &[&person]);
}

#[test]
fn a_cpr_number_in_a_name_is_never_kept() {
    let server = server();
    let person = at_unit(Engine::Chromium, &server, "Skolen");
    person.write("Enhedens navn", "Skolen 150312-1234").unwrap();
    person.see_in("Enhedens navn", "Skolen 150312-••••").unwrap();
    person.see("Et CPR-nummer er skjult").unwrap();
    let file = std::fs::read_to_string(person.save_with("Gem som fil").unwrap()).unwrap();
    assert!(!file.contains("1234") && file.contains("150312-••••"));
    person.press("Det er ikke et CPR-nummer").unwrap();
    person.see_in("Enhedens navn", "Skolen 150312-1234").unwrap();
    person.see("Gemt i denne browser kl.").unwrap();
    person.reload().unwrap();
    person.see_in("Enhedens navn", "Skolen 150312-1234").unwrap();
    all_is_well(&server, &[&person]);
}

fn two_people_edit_apart_and_exchange_files_both_ways(engine: Engine) {
    let (server, years) = (server(), years());
    let anne = at_unit(engine, &server, "Børnehuset Solstrålen");
    to_figures(&anne);
    anne.write(&years.last, "6,1").unwrap();
    let from_anne = anne.save_with("Gem som fil").unwrap();

    let bo = arrived(engine, &server);
    bo.choose(&from_anne).unwrap();
    bo.see("Filen er flettet ind.").unwrap();
    bo.press("Luk").unwrap();
    to_figures(&bo);
    bo.see_in(&years.last, "6,1").unwrap();

    // Apart: the same name and different figures.
    anne.write(&years.before, "7,4").unwrap();
    to_unit(&anne, "Børnehuset Solstrålen");
    anne.write("Enhedens navn", "Solstrålen ved Søen").unwrap();
    to_unit(&bo, "Børnehuset Solstrålen");
    bo.write("Enhedens navn", "Solstrålen i Skoven").unwrap();
    let (from_anne, from_bo) = (anne.save_with("Gem som fil").unwrap(), bo.save_with("Gem som fil").unwrap());
    anne.choose(&from_bo).unwrap();
    bo.choose(&from_anne).unwrap();
    for person in [&anne, &bo] {
        person.see("Ét sted er der skrevet forskelligt.").unwrap();
        person.see("«Solstrålen ved Søen»").unwrap();
        person.see("«Solstrålen i Skoven»").unwrap();
    }
    assert_eq!(anne.read("Enhedens navn").unwrap(), bo.read("Enhedens navn").unwrap(), "both see the same");

    let unit = bo.address().unwrap();
    to_figures(&bo);
    bo.see_in(&years.before, "7,4").unwrap();
    bo.open(&unit).unwrap();

    // One chooses; the other is not asked again.
    bo.press("Behold «Solstrålen i Skoven»").unwrap();
    bo.see_in("Enhedens navn", "Solstrålen i Skoven").unwrap();
    anne.press("Luk").unwrap();
    anne.choose(&bo.save_with("Gem som fil").unwrap()).unwrap();
    anne.see_in("Enhedens navn", "Solstrålen i Skoven").unwrap();

    // And what a file brought can be undone.
    anne.press("Fortryd import").unwrap();
    anne.see("Det, filen kom med, er fortrudt.").unwrap();
    anne.see("«Solstrålen ved Søen»").unwrap();

    // And written again, if that was regretted.
    anne.press("Luk").unwrap();
    anne.choose(&bo.save_with("Gem som fil").unwrap()).unwrap();
    anne.press("Skriv filens ord igen").unwrap();
    anne.see("Filen er flettet ind.").unwrap();
    anne.see_in("Enhedens navn", "Solstrålen i Skoven").unwrap();
    all_is_well(&server, &[&anne, &bo]);
}

#[test]
fn a_file_that_is_none_is_said_to_be_and_changes_nothing() {
    let server = server();
    let person = at_unit(Engine::Chromium, &server, "Skolen");
    let file = own_file("ikke-en-fil.json", br#"{"format":"kvalitetshjul","version":2,"records":[{"kind":"#);
    person.choose(&file).unwrap();
    person.see("Filen er ufuldstændig").unwrap();
    assert_eq!(person.read("Enhedens navn").unwrap(), "Skolen");
    all_is_well(&server, &[&person]);
}

#[test]
fn an_address_that_leads_nowhere_says_so_and_leads_back() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    person.open(&format!("{}#/findes/ikke", server.url())).unwrap();
    person.see("Siden findes ikke").unwrap();
    person.press("Til overblikket").unwrap();
    person.see("Hvem er du?").unwrap();
    for (address, words) in [
        ("#/enhed/ukendt", "Enheden er her ikke"),
        ("#/hjulet/ukendt", "Elementet findes ikke"),
        ("#/fundament/bu-12/ukendt", "Det står ikke i fundamentet"),
        ("#/fundament/bu-13", "Det står ikke i fundamentet"),
    ] {
        person.open(&format!("{}{address}", server.url())).unwrap();
        person.see(words).unwrap();
    }
    all_is_well(&server, &[&person]);
}

#[test]
fn the_address_without_its_last_slash_works() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    person.open(server.url().trim_end_matches('/')).unwrap();
    person.see("Hvem er du?").unwrap();
}

#[test]
fn pythons_server_is_enough() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let mut python = Command::new("python3");
    python.args(["-m", "http.server", &port.to_string(), "--bind", "127.0.0.1", "--directory"]).arg(dist());
    let mut python = python.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let person = Browser::start(Engine::Chromium).unwrap();
    let seen = person.open_when_there(&format!("http://127.0.0.1:{port}")).and_then(|()| person.see("Hvem er du?"));
    python.kill().unwrap();
    python.wait().unwrap();
    seen.unwrap();
}

#[test]
fn no_page_keeps_anyone_out() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    let mut pages = 0;
    pages::each(&server, &person, |name| {
        for media in [Media::Light, Media::Dark] {
            assert_eq!(person.barriers(media)?, Vec::<String>::new(), "{name}, {media:?}");
        }
        pages += 1;
        Ok(())
    })
    .unwrap();
    println!("axe-core: {pages} pages, light and dark, nothing found");
    all_is_well(&server, &[&person]);
}

#[test]
fn no_file_of_the_bundle_loads_from_elsewhere() {
    let folder = std::fs::read_dir(dist()).unwrap();
    for file in folder {
        let file = file.unwrap();
        let bytes = std::fs::read(file.path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for (at, _) in line.match_indices("://") {
                let scheme = line[..at].chars().rev().take_while(char::is_ascii_alphabetic).collect::<String>();
                let is_address = matches!(scheme.as_str(), "ptth" | "sptth");
                let is_name = ["www.w3.org/", "json-schema.org/"].iter().any(|name| line[at + 3..].starts_with(name));
                assert!(
                    is_name || !is_address,
                    "{:?}: {}",
                    file.file_name(),
                    line[at..].chars().take(80).collect::<String>()
                );
            }
        }
    }
}
