//! Undone imports: nothing is deleted at the sender, and the records can be brought back.

use kvalitetshjul::domain::measure::Measure;
use kvalitetshjul::domain::period::Period;
use kvalitetshjul::domain::series::Series;
use kvalitetshjul::record::Record;
use kvalitetshjul::record::life::Life;
use xtask::browser::{Browser, Engine};
use xtask::e2e::records::{agreement, author, exported_records, file_of, id};
use xtask::e2e::{assert_no_errors, go_to, open_first_time, server, start_at_unit, wait_until_saved};
use xtask::server::Server;

/// Saves a file of the user's unit with the form for sharing.
fn save_unit_file(person: &Browser) -> std::path::PathBuf {
    person.go("Filer", "Del med andre").unwrap();
    person.choose_option("Min enhed med alt, hvad der hører til").unwrap();
    person.see("Det følger aldrig med").unwrap();
    person.save_with("Gem filen").unwrap()
}

/// Starts a browser with a unit, its agreement with two goals, and a figure.
fn start_as_sender(server: &Server) -> Browser {
    let mut records = agreement();
    let mut series = Series { unit: Some(id("skolen")), indicator: Some(id("fravaer")), ..Series::default() };
    series.set_figure(Period::SchoolYear(2024), Measure::Percent, Some(9.4));
    let series = Record::create(id("skolen.fravaer"), &series, &author(1, "Sekretariatet")).unwrap();
    records.insert(series.id().clone(), series);
    let person = open_first_time(Engine::Chromium, server);
    person.choose(&file_of("afsender", &records)).unwrap();
    person.press("Luk").unwrap();
    person
}

#[test]
fn undone_import_of_the_same_unit_deletes_nothing_at_the_sender() {
    let server = server();
    let sender = start_as_sender(&server);
    let before = exported_records(&sender);
    let file = save_unit_file(&sender);

    let person = start_at_unit(Engine::Chromium, &server, "Skolen ved Søen");
    person.look_into(&[&file]).unwrap();
    person.pick("«Skolen ved Søen» i filen er den samme enhed som den, du har").unwrap();
    person.take_in().unwrap();
    person.see("Filen er flettet ind.").unwrap();
    person.press("Fortryd import").unwrap();
    person.see("Det, filen kom med, er fortrudt.").unwrap();
    wait_until_saved(&person);
    let exported = exported_records(&person);
    assert!(before.keys().all(|id| !exported.contains_key(id)), "the file holds records of the sender");

    let shared = save_unit_file(&person);
    let text = std::fs::read_to_string(&shared).unwrap();
    assert!(before.keys().all(|id| !text.contains(&format!("\"id\":\"{id}\""))));
    sender.look_into(&[&shared]).unwrap();
    sender.see("Intet er ændret endnu.").unwrap();
    assert!(!sender.sees("Sletter").unwrap());
    sender.take_in().unwrap();
    sender.see("Filen er flettet ind.").unwrap();
    let after = exported_records(&sender);
    for id in before.keys() {
        assert_eq!(after[id].life(None), Life::Living, "{id}");
    }
    sender.press("Luk").unwrap();
    go_to(&sender, &server, "#/papirkurv");
    sender.see("Papirkurven er tom.").unwrap();
    assert_no_errors(&[&person, &sender]);
}

#[test]
fn undone_import_is_out_of_sight_and_can_be_brought_back() {
    let server = server();
    let sender = start_as_sender(&server);
    let file = save_unit_file(&sender);
    let name = file.file_name().unwrap().to_string_lossy().into_owned();

    let mut person = start_at_unit(Engine::Chromium, &server, "Børnehuset");
    person.choose(&file).unwrap();
    person.press("Fortryd import").unwrap();
    person.see("Det, filen kom med, er fortrudt.").unwrap();
    wait_until_saved(&person);
    // The records stay out of sight even if the browser is killed at once.
    person.kill().unwrap();
    person.open(&server.url()).unwrap();
    go_to(&person, &server, "#/papirkurv");
    person.see("Papirkurven er tom.").unwrap();
    go_to(&person, &server, "#/enheder");
    person.see_texts(".unit-table th a", &["Børnehuset"]).unwrap();

    // The records can be brought back by the same file and on the page of files.
    person.choose(&file).unwrap();
    person.see("Filen indeholder intet, du ikke havde i forvejen.").unwrap();
    person.press("Skriv filens ord igen").unwrap();
    person.see("Filen er flettet ind.").unwrap();
    go_to(&person, &server, "#/enheder");
    person.see_texts(".unit-table th a", &["Børnehuset", "Skolen ved Søen"]).unwrap();
    person.undo_by_key().unwrap();
    person.see_texts(".unit-table th a", &["Børnehuset"]).unwrap();
    go_to(&person, &server, "#/filer");
    let count = exported_records(&sender).len();
    person.see(&format!("{count} poster fra {name} er lagt væk her")).unwrap();
    person.press(&format!("Hent dem frem igen: {count} poster fra {name}")).unwrap();
    go_to(&person, &server, "#/enheder");
    person.see_texts(".unit-table th a", &["Børnehuset", "Skolen ved Søen"]).unwrap();
    assert_no_errors(&[&person, &sender]);
}
