//! The library of practice: filtered by its address, taken up with credit, withdrawn by its unit; and the catalogue for
//! parents, children and staff.

use std::path::PathBuf;

use kvalitetshjul::domain::date::{Date, Timestamp};
use kvalitetshjul::domain::deviation::Deviation;
use kvalitetshjul::domain::enhed::{Enhed, EnhedKind};
use kvalitetshjul::domain::goal::Anchor;
use kvalitetshjul::domain::period::Span;
use kvalitetshjul::domain::proevehandling::{Proevehandling, Tek, TrialNext};
use kvalitetshjul::exchange::scope::{Scope, SharedPart};
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::record::edit::Focus;
use kvalitetshjul::record::{Record, Records};
use xtask::browser::{Browser, Engine, Media, Viewport};
use xtask::e2e::records::{author, file_of, id};
use xtask::e2e::workshop::wait_until_loaded;
use xtask::e2e::{
    UserRole, assert_no_errors, go_to, open_first_time, own_file, receive, server, start_as, wait_until_saved,
};
use xtask::in_every_engine;
use xtask::pdf::Pdf;
use xtask::server::Server;

in_every_engine! {
    practice_is_found_taken_up_and_withdrawn
}

const LIBRARY: &str = "#/praksis/bibliotek";
const NETWORK: &str = "Vest";
const CALLS: &str = "Opkald samme dag";
const CALLS_OF_HOUSE: &str = "Opkald i børnehaven";
const CLOAKROOM: &str = "Rolig garderobe";

/// A scaled trial of a school, and a trial and a positive deviation of a house that took the trial up. All are shared.
fn network_records() -> Records {
    let by = author(1, "Møllehøj");
    let unit =
        |name: &str, kind| Enhed { name: name.into(), kind: Some(kind), network: NETWORK.into(), ..Enhed::default() };
    let mut calls = Proevehandling {
        title: CALLS.into(),
        unit: Some(id("moellehoej")),
        idea: "Vi ringer hjem, når et barn mangler.".into(),
        tek_before: Some(Tek { trivsel: Some(2), kvalitet: Some(1), ..Tek::default() }),
        tek_after: Some(Tek { trivsel: Some(1), ..Tek::default() }),
        next: Some(TrialNext::Scale),
        shared: Some(true),
        ..Proevehandling::default()
    };
    calls.anchors.insert(id("gentaenke"), Anchor::Lever(id("gentaenke")));
    let calls_of_house = Proevehandling {
        title: CALLS_OF_HOUSE.into(),
        unit: Some(id("soendervang")),
        period: Some(Span { from: Date::parse("2020-01-01"), to: None }),
        learned: "Forældrene svarer hurtigere.".into(),
        built_on: Some(id("opkald")),
        credit: "efter en idé fra Møllehøj Skole".into(),
        shared: Some(true),
        ..Proevehandling::default()
    };
    let cloakroom = Deviation {
        title: CLOAKROOM.into(),
        unit: Some(id("soendervang")),
        practice: "Fem børn går ud ad gangen.".into(),
        shared: Some(true),
        ..Deviation::default()
    };
    let records = [
        Record::create(id("moellehoej"), &unit("Møllehøj Skole", EnhedKind::Skole), &by).unwrap(),
        Record::create(id("soendervang"), &unit("Børnehuset Søndervang", EnhedKind::Boernehus), &by).unwrap(),
        Record::create(id("opkald"), &calls, &by).unwrap(),
        Record::create(id("opkald2"), &calls_of_house, &by).unwrap(),
        Record::create(id("garderobe"), &cloakroom, &by).unwrap(),
    ];
    records.into_iter().map(|record| (record.id().clone(), record)).collect()
}

/// Writes the file of the network.
fn network_file(name: &str, records: &Records) -> PathBuf {
    let scope = Scope::Share { part: SharedPart::Network { name: NETWORK.to_owned() }, unmasked_for: None };
    let text = write(records, &scope, Timestamp::from_seconds(1_790_000_000).unwrap()).unwrap();
    own_file(&format!("{name}.kvalitetshjul.json"), text.as_bytes())
}

/// Starts as the leader of another school, with the file of the network, in the library.
fn start_in_library(engine: Engine, server: &Server, records: &Records) -> Browser {
    let person = start_as(engine, server, UserRole::leader(UserRole::LEVEL_3, "Skolen ved Søen"));
    receive(&person, &network_file("netvaerk", records));
    go_to(&person, server, LIBRARY);
    person.see_heading("Bibliotek").unwrap();
    person.see("3 i alt").unwrap();
    person
}

/// Filters the library, goes back, and searches by words.
fn filter_and_search(person: &Browser) {
    person.press("Filtre").unwrap();
    person.choose_in("Greb mod mangel på arbejdskraft", "Prioritere, gentænke og øge produktiviteten (1)").unwrap();
    person.see("1 af 3").unwrap();
    person.see_texts(".practice-card h2", &[CALLS]).unwrap();
    person.see_focus("id", "library-greb").unwrap();
    let address = person.address().unwrap();
    assert!(address.ends_with("#/praksis/bibliotek/greb=gentaenke"), "{address}");
    person.choose_in("Slags enhed", "Dagtilbud (0)").unwrap();
    person.see("Ingen fundet").unwrap();
    person.press("Uden «Prioritere, gentænke og øge produktiviteten»: 2").unwrap();
    person.see("2 af 3").unwrap();
    for count in ["0 af 3", "1 af 3", "3 i alt"] {
        person.back().unwrap();
        person.see(count).unwrap();
    }
    person.write("Søg med ord", "garderoben").unwrap();
    person.see_texts(".practice-card h2", &[CLOAKROOM]).unwrap();
    person.wait_for("the words in the address", || Ok(person.address()?.ends_with("/ord=garderoben"))).unwrap();
    person.press("Fjern alle valg").unwrap();
    person.see("3 i alt").unwrap();
    person.see_in("Søg med ord", "").unwrap();
}

fn practice_is_found_taken_up_and_withdrawn(engine: Engine) {
    let server = server();
    let mut records = network_records();
    let person = start_in_library(engine, &server, &records);
    person.see_texts(".practice-card h2", &[CALLS, CLOAKROOM, CALLS_OF_HOUSE]).unwrap();
    person.see("Prøvehandling · Møllehøj Skole").unwrap();
    // Of each corner what was seen, or else what is expected, which is said.
    person.see("Trivsel stiger lidt").unwrap();
    person.see("Kvalitet stiger lidt (ventet)").unwrap();
    person.see("Taget op af 1: Børnehuset Søndervang (i gang)").unwrap();
    person.go("Det lærte de", "Forældrene svarer hurtigere.").unwrap();
    filter_and_search(&person);

    // An address that a colleague sent shows the same list. What is unknown here is not used.
    go_to(&person, &server, &format!("{LIBRARY}/tema=andres~greb=gentaenke"));
    person.see("Adressen har et valg, der ikke findes her.").unwrap();
    person.see("1 af 3").unwrap();

    // The own trial keeps the credit, and the neighbour's card names it.
    person.press("Vi prøver også: Opkald samme dag").unwrap();
    person.see_heading(CALLS).unwrap();
    wait_until_saved(&person);
    go_to(&person, &server, LIBRARY);
    person.see("4 i alt").unwrap();
    person.see("Taget op af 2:").unwrap();
    person.see("jer selv (en idé)").unwrap();
    person.see("I prøver den også (en idé)").unwrap();
    person.see("Bygger på Opkald samme dag fra Møllehøj Skole").unwrap();
    person.see("Kun hos jer").unwrap();
    person.see_count("button[aria-label='Vi prøver også: Opkald samme dag']", 0).unwrap();

    // The neighbour no longer shares its trial.
    let by = author(2, "Møllehøj");
    let calls = records.get_mut(&id("opkald")).unwrap();
    calls.edit::<Proevehandling>(&mut Focus::default(), &by, |trial| trial.shared = Some(false)).unwrap();
    receive(&person, &network_file("tilbage", &records));
    person.see("Møllehøj Skole har trukket «Opkald samme dag» tilbage.").unwrap();
    person.see("3 i alt").unwrap();
    person.see_count(".practice-card a[href$='/praksis/opkald']", 0).unwrap();
    person.see("Lavet efter en idé fra Møllehøj Skole").unwrap();
    assert_no_errors(&[&person]);
}

/// On a phone the cards come first: seven lists would fill the screen.
#[test]
fn filters_are_folded_on_a_phone() {
    const LISTS: &str =
        "return [...document.querySelectorAll('.library-filters select')].filter(seen).map(node => node.id);";
    let server = server();
    let person = start_in_library(Engine::Chromium, &server, &network_records());
    person
        .on_screen(Viewport::PHONE, Media::Light, || {
            assert_eq!(person.texts_of(LISTS)?, Vec::<String>::new());
            person.press("Filtre")?;
            person.wait_for("the lists", || Ok(person.texts_of(LISTS)?.len() == 7))?;
            person.choose_in("Slags praksis", "Positive afvigelser (1)")?;
            person.see("Filtre · 1 valgt")?;
            person.see("1 af 3")?;
            // A choice does not fold the lists, so that the next one can be made.
            assert_eq!(person.texts_of(LISTS)?.len(), 7);
            person.press("Fjern valget Positive afvigelser")?;
            person.see("3 i alt")
        })
        .unwrap();
    check_screens(&person, "the library");
    assert_no_errors(&[&person]);
}

#[test]
fn catalogue_holds_only_what_the_unit_chose_in_plain_words() {
    const PLAIN: &str = "Vi ringer til dig, hvis dit barn mangler.";
    let server = server();
    let by = author(1, "Anne");
    let unit = Enhed { name: "Skolen ved Søen".into(), ..Enhed::default() };
    let calls = Proevehandling {
        title: CALLS.into(),
        unit: Some(id("skolen")),
        idea: "Kontoret har en fast rækkefølge.".into(),
        ..Proevehandling::default()
    };
    let cloakroom = Deviation { title: CLOAKROOM.into(), unit: Some(id("skolen")), ..Deviation::default() };
    let records = [
        Record::create(id("skolen"), &unit, &by).unwrap(),
        Record::create(id("opkald"), &calls, &by).unwrap(),
        Record::create(id("garderobe"), &cloakroom, &by).unwrap(),
    ];
    let records: Records = records.into_iter().map(|record| (record.id().clone(), record)).collect();
    let person = open_first_time(Engine::Chromium, &server);
    receive(&person, &file_of("enheden", &records));
    go_to(&person, &server, "#/praksis/katalog");
    person.see_heading("Katalog").unwrap();
    person.see("Her kommer kataloget").unwrap();
    person.pick(CALLS).unwrap();
    person.see("«Opkald samme dag» kommer med, når I har skrevet det med enkle ord.").unwrap();
    person.write("Med enkle ord: Opkald samme dag", PLAIN).unwrap();
    person.see_texts(".paper h2", &[CALLS]).unwrap();
    wait_until_saved(&person);
    wait_until_loaded(&person);
    person.reload().unwrap();
    person.see_texts(".paper h2", &[CALLS]).unwrap();
    check_screens(&person, "the catalogue");

    // On paper is the sheet alone.
    let pdf = Pdf::keep("katalog", &person.printed(false).unwrap()).unwrap();
    let pages = pdf.pages().unwrap();
    let printed: Vec<&str> = pages.iter().flat_map(|page| &page.lines).map(|line| line.text.as_str()).collect();
    let printed = printed.join(" ");
    for words in ["Skolen ved Søen", "Sådan gør vi", CALLS, PLAIN] {
        assert!(printed.contains(words), "«{words}» is not on paper: {printed}");
    }
    for words in [CLOAKROOM, "fast rækkefølge", "Vælg", "Udskriv", "Prøvehandling"] {
        assert!(!printed.contains(words), "«{words}» is on paper: {printed}");
    }

    // What is taken out again keeps its words.
    person.pick(CALLS).unwrap();
    person.see("Her kommer kataloget").unwrap();
    person.pick(CALLS).unwrap();
    person.see_in("Med enkle ord: Opkald samme dag", PLAIN).unwrap();
    go_to(&person, &server, LIBRARY);
    person.see("I kataloget").unwrap();
    assert_no_errors(&[&person]);
}

/// The name of practice without a title is the beginning of its idea, which is for the unit alone.
#[test]
fn catalogue_takes_no_title_from_other_texts() {
    const PLAIN: &str = "Vi ringer til dig, hvis dit barn mangler.";
    const IDEA: &str = "Kontoret har en fast rækkefølge.";
    let server = server();
    let by = author(1, "Anne");
    let unit = Enhed { name: "Skolen ved Søen".into(), ..Enhed::default() };
    let untitled = Proevehandling {
        unit: Some(id("skolen")),
        idea: IDEA.into(),
        plain: PLAIN.into(),
        in_catalogue: Some(true),
        ..Proevehandling::default()
    };
    let records =
        [Record::create(id("skolen"), &unit, &by).unwrap(), Record::create(id("opkald"), &untitled, &by).unwrap()];
    let records: Records = records.into_iter().map(|record| (record.id().clone(), record)).collect();
    let person = open_first_time(Engine::Chromium, &server);
    receive(&person, &file_of("uden-titel", &records));
    go_to(&person, &server, "#/praksis/katalog");
    person.see_texts(".paper-greeting", &[PLAIN]).unwrap();
    person.see(IDEA).unwrap();
    assert!(!person.texts(".paper").unwrap().concat().contains(IDEA));
    assert_no_errors(&[&person]);
}

/// Checks a page on a phone and a laptop, and with axe-core.
#[track_caller]
fn check_screens(person: &Browser, page: &str) {
    for screen in [Viewport::PHONE, Viewport::SMALL_PHONE, Viewport::LAPTOP] {
        assert_eq!(person.layout_faults(screen).unwrap(), Vec::<String>::new(), "{page}, {}", screen.name);
    }
    for media in [Media::Light, Media::Dark, Media::ForcedColors] {
        assert_eq!(person.barriers(media).unwrap(), Vec::<String>::new(), "{page}, {media:?}");
    }
    assert_eq!(person.borderless_controls().unwrap(), Vec::<String>::new(), "{page}, in forced colours");
}
