//! The walks of what a file may bring about at the one it came from. On the release bundle.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use kvalitetshjul::domain::measure::Measure;
use kvalitetshjul::domain::period::Period;
use kvalitetshjul::domain::series::Series;
use kvalitetshjul::record::Record;
use kvalitetshjul::record::life::Life;
use xtask::browser::{Browser, Engine};
use xtask::server::Server;
use xtask::walk::apart::{agreement, all_of, author, edits, file_of, id};
use xtask::walk::{all_is_well, arrived, at_unit, on, saved, server, to_unit};

/// Gives the own unit to others, as the form on the page of files has it.
fn unit_file(person: &Browser) -> std::path::PathBuf {
    person.go("Filer", "Del med andre").unwrap();
    person.choose_option("Min enhed med alt, hvad der hører til").unwrap();
    person.see("Det følger aldrig med").unwrap();
    person.save_with("Gem filen").unwrap()
}

/// A person who has a unit with an agreement, two goals and a figure of their own.
fn sender(server: &Server) -> Browser {
    let mut records = agreement();
    let mut series = Series { unit: Some(id("skolen")), indicator: Some(id("fravaer")), ..Series::default() };
    series.set_figure(Period::SchoolYear(2024), Measure::Percent, Some(9.4));
    let series = Record::create(id("skolen.fravaer"), &series, &author(1, "Sekretariatet")).unwrap();
    records.insert(series.id().clone(), series);
    let person = arrived(Engine::Chromium, server);
    person.choose(&file_of("afsender", &records)).unwrap();
    person.press("Luk").unwrap();
    person
}

#[test]
fn trust_undoing_an_import_of_the_same_unit_deletes_nothing_at_the_senders() {
    let server = server();
    let sender = sender(&server);
    let before = all_of(&sender);
    let file = unit_file(&sender);

    let person = at_unit(Engine::Chromium, &server, "Skolen ved Søen");
    person.look_into(&[&file]).unwrap();
    person.pick("«Skolen ved Søen» i filen er den samme enhed som den, du har").unwrap();
    person.take_in().unwrap();
    person.see("Filen er flettet ind.").unwrap();
    person.press("Fortryd import").unwrap();
    person.see("Det, filen kom med, er fortrudt.").unwrap();
    saved(&person);
    let kept = all_of(&person);
    assert!(before.keys().all(|id| !kept.contains_key(id)), "nothing of the sender's leaves this device");

    let shared = unit_file(&person);
    let text = std::fs::read_to_string(&shared).unwrap();
    assert!(before.keys().all(|id| !text.contains(&format!("\"id\":\"{id}\""))));
    sender.look_into(&[&shared]).unwrap();
    sender.see("Intet er ændret endnu.").unwrap();
    assert!(!sender.sees("Sletter").unwrap());
    sender.take_in().unwrap();
    sender.see("Filen er flettet ind.").unwrap();
    let after = all_of(&sender);
    for id in before.keys() {
        assert_eq!(after[id].life(None), Life::Living, "{id}");
    }
    sender.press("Luk").unwrap();
    on(&sender, &server, "#/papirkurv");
    sender.see("Papirkurven er tom.").unwrap();
    all_is_well(&[&person, &sender]);
}

#[test]
fn trust_what_was_undone_is_out_of_sight_here_and_can_be_brought_back() {
    let server = server();
    let sender = sender(&server);
    let file = unit_file(&sender);
    let name = file.file_name().unwrap().to_string_lossy().into_owned();

    let mut person = at_unit(Engine::Chromium, &server, "Børnehuset");
    person.choose(&file).unwrap();
    person.press("Fortryd import").unwrap();
    person.see("Det, filen kom med, er fortrudt.").unwrap();
    saved(&person);
    // A browser that dies at once has lost nothing of it, and another tab has heard of it.
    person.kill().unwrap();
    person.open(&server.url()).unwrap();
    on(&person, &server, "#/papirkurv");
    person.see("Papirkurven er tom.").unwrap();
    on(&person, &server, "#/enheder");
    person.see_texts("ul.units a", &["Børnehuset"]).unwrap();

    // The same file offers to bring it back; so does the page of files.
    person.choose(&file).unwrap();
    person.see("Filen indeholder intet, du ikke havde i forvejen.").unwrap();
    person.press("Skriv filens ord igen").unwrap();
    person.see("Filen er flettet ind.").unwrap();
    on(&person, &server, "#/enheder");
    person.see_texts("ul.units a", &["Børnehuset", "Skolen ved Søen"]).unwrap();
    person.undo_by_key().unwrap();
    person.see_texts("ul.units a", &["Børnehuset"]).unwrap();
    on(&person, &server, "#/filer");
    let count = all_of(&sender).len();
    person.see(&format!("{count} poster fra {name} er lagt væk her")).unwrap();
    person.press(&format!("Hent dem frem igen: {count} poster fra {name}")).unwrap();
    on(&person, &server, "#/enheder");
    person.see_texts("ul.units a", &["Børnehuset", "Skolen ved Søen"]).unwrap();
    all_is_well(&[&person, &sender]);
}

#[test]
fn trust_a_preview_names_what_it_deletes_before_all_else() {
    let server = server();
    let person = arrived(Engine::Chromium, &server);
    let mut records = agreement();
    person.choose(&file_of("foer", &records)).unwrap();
    person.press("Luk").unwrap();
    records.get_mut(&id("maal2")).unwrap().delete(None, &author(2, "Bo")).unwrap();
    edits(&mut records, "maal1", &author(2, "Bo"), |goal| goal.text = "Alle er med".into());
    person.look_into(&[&file_of("efter", &records)]).unwrap();
    person.see("Intet er ændret endnu.").unwrap();
    let headings = person.texts(".look h3").unwrap();
    assert_eq!(headings, ["Sletter (1)", "Nyere end det, du har (1)"]);
    person.see("Sletter: målet «Flere læser hver dag» – fra Bo").unwrap();
    person.pick("Sletter: målet «Flere læser hver dag» – fra Bo").unwrap();
    person.take_in().unwrap();
    person.see("Filen er flettet ind.").unwrap();
    let all = all_of(&person);
    assert_eq!(all[&id("maal2")].life(None), Life::Living, "what is not ticked is left");
    person.press("Luk").unwrap();
    to_unit(&person, "Skolen ved Søen");
    all_is_well(&[&person]);
}
