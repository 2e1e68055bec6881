//! The trash: restoring, forgetting, emptying.

use kvalitetshjul::domain::aftale::Aftale;
use kvalitetshjul::record::Record;
use xtask::browser::Engine;
use xtask::e2e::records::{author, exported_records, file_of, id, with_private_things};
use xtask::e2e::{assert_no_errors, go_to, go_to_unit, open_first_time, server};

#[test]
fn forgotten_record_is_in_no_store_and_deleted_record_can_be_restored() {
    let server = server();
    let person = open_first_time(Engine::Chromium, &server);
    let mut records = with_private_things();
    let second = Aftale { title: "Hemmelige ord".into(), unit: Some(id("skolen")), ..Aftale::default() };
    let mut second = Record::create(id("anden"), &second, &author(1, "Anne")).unwrap();
    second.delete(None, &author(1, "Anne")).unwrap();
    records.insert(id("anden"), second);
    let file = file_of("papirkurv", &records);
    person.choose(&file).unwrap();
    go_to(&person, &server, "#/papirkurv");
    person.press("Hent tilbage: aftalen «Smidt ud»").unwrap();
    person.see("Gemt i denne browser").unwrap();
    person.see_count(".rows li", 1).unwrap();
    person.press("Glem for altid: aftalen «Hemmelige ord»").unwrap();
    person.see("De filer, du allerede har gemt eller givet videre, når det ikke.").unwrap();
    person.press("Ja, glem det for altid").unwrap();
    person.see("Det er glemt for altid i denne browser.").unwrap();
    person.see("Papirkurven er tom.").unwrap();
    assert!(!person.stored().unwrap().contains("Hemmelige ord"));
    // A file that still holds the text does not bring it back.
    person.choose(&file).unwrap();
    let all = exported_records(&person);
    assert!(!serde_json::to_string(&all[&id("anden")]).unwrap().contains("Hemmelige ord"));
    assert_eq!(all[&id("aftalen")].title(), "Smidt ud");
    assert_no_errors(&[&person]);
}

#[test]
fn emptied_trash_stays_empty_in_every_tab() {
    let server = server();
    let person = open_first_time(Engine::Chromium, &server);
    person.choose(&file_of("tabs", &with_private_things())).unwrap();
    person.see("Gemt ").unwrap();
    let first = person.this_tab().unwrap();
    let second = person.new_tab().unwrap();
    go_to(&person, &server, "#/papirkurv");
    person.see("aftalen «Smidt ud»").unwrap();
    person.tab(&first).unwrap();
    go_to(&person, &server, "#/papirkurv");
    person.press("Tøm papirkurven").unwrap();
    person.press("Ja, tøm papirkurven").unwrap();
    person.see("Papirkurven er tom.").unwrap();
    // The other tab had loaded the deleted records and goes on writing.
    person.tab(&second).unwrap();
    person.see("Papirkurven er tom.").unwrap();
    go_to_unit(&person, "Skolen ved Søen");
    person.write("Enhedens navn", "Skolen ved Åen").unwrap();
    person.see("Gemt i denne browser").unwrap();
    person.reload().unwrap();
    go_to(&person, &server, "#/papirkurv");
    person.see("Papirkurven er tom.").unwrap();
    assert_no_errors(&[&person]);
}
