//! The walks of what leaves in files, on the release bundle: a word is planted in every leaf, each file is made on its page, and
//! its bytes are searched. And of what a file may bring: links from the secretariat alone.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use kvalitetshjul::domain::links::Links;
use kvalitetshjul::exchange::scope::{Scope, SharedPart};
use kvalitetshjul::record::{Record, Records};
use xtask::browser::{Browser, Engine};
use xtask::walk::apart::{agreement, author, file_of, id};
use xtask::walk::{Who, all_is_well, arrived, begun_as, on, saved, server};

#[path = "../../tests/planted/mod.rs"]
mod planted;

use planted::{Planted, SMALL, planted, shares};

/// What the page of files offers, and the scope that it is.
const OFFERED: [(&str, &str); 6] = [
    ("Min enhed med alt, hvad der hører til", "unit"),
    ("Én samtale, til den anden part", "conversation"),
    ("Én aftale med mål og tal", "agreement"),
    ("Datapakke: alle enheder og deres tal, temaer og kalender", "package"),
    ("Et geografisk netværk", "network"),
    ("Resultatet af en workshop", "workshop"),
];

fn saved_text(person: &Browser, button: &str) -> String {
    std::fs::read_to_string(person.save_with(button).unwrap()).unwrap()
}

fn scope(planted: &Planted, name: &str) -> Scope {
    shares(planted).into_iter().find(|(own, _)| *own == name).unwrap().1
}

#[test]
fn trust_each_file_that_is_made_on_its_page_has_what_the_table_lets_through() {
    for is_shared in [true, false] {
        let server = server();
        let person = arrived(Engine::Chromium, &server);
        let planted = planted(is_shared);
        person.choose(&file_of("plantet", &planted.records)).unwrap();
        on(&person, &server, "#/filer?dato=2026-03-12");
        for (what, name) in OFFERED {
            person.choose_option(what).unwrap();
            person.see("Det følger aldrig med").unwrap();
            let (text, scope) = (saved_text(&person, "Gem filen"), scope(&planted, name));
            for word in &planted.words {
                let goes = word.goes(&scope, is_shared);
                assert_eq!(text.contains(&word.text), goes, "{name}, shared {is_shared}: {}", word.place());
                assert_eq!(text.contains(&word.by), goes, "{name}, shared {is_shared}: who wrote {}", word.place());
            }
            assert!(!text.contains(SMALL), "{name}");
        }
        all_is_well(&[&person]);
    }
}

/// A goal goes to the network once its unit says so, and not before.
#[test]
fn trust_a_goal_is_shared_with_the_network_by_a_tick() {
    const GOAL: &str = "Flere er med i fællesskabet";
    let server = server();
    let person = begun_as(Engine::Chromium, &server, Who::leader(Who::LEVEL_3, "Skolen ved Åen"));
    person.choose(&file_of("aftale", &agreement())).unwrap();
    on(&person, &server, "#/enhed/skolen");
    person.write("Geografisk netværk", "Vest").unwrap();
    saved(&person);
    let network = || {
        on(&person, &server, "#/filer");
        person.choose_option("Et geografisk netværk").unwrap();
        person.see("Mål, I ikke har valgt at dele").unwrap();
        saved_text(&person, "Gem filen")
    };
    assert!(!network().contains(GOAL));
    on(&person, &server, "#/aftale/aftalen/maal1");
    person.pick("Del med netværket").unwrap();
    saved(&person);
    let text = network();
    person.see("1 mål, som I har valgt at dele").unwrap();
    assert!(text.contains(GOAL) && !text.contains("Flere læser hver dag"));
    all_is_well(&[&person]);
}

/// Links come from the secretariat, with the name of where they lead before they are taken, and where they are followed.
#[test]
fn trust_a_link_says_where_it_leads_and_comes_from_the_secretariat_alone() {
    let server = server();
    let person = arrived(Engine::Chromium, &server);
    let mut links = Links { title: "Kommunens egne sider".into(), ..Links::default() };
    links.addresses.insert(id("faelles-grundlag"), "https://viborg.dk/grundlag".into());
    let record = Record::create(Links::id().unwrap(), &links, &author(1, "Sekretariatet")).unwrap();
    let mut records: Records = agreement().into_iter().filter(|(own, _)| *own == id("skolen")).collect();
    records.insert(record.id().clone(), record);
    let package = SharedPart::DataPackage { units: vec![id("skolen")], package: None };
    for (part, words) in [
        (SharedPart::Network { name: "Vest".to_owned() }, "De kommer kun fra sekretariatets datapakke."),
        (package, "der fører til viborg.dk"),
    ] {
        let file = file_of("links", &records);
        let scope = serde_json::to_string(&Scope::Share { part, unmasked_for: None }).unwrap();
        let text = std::fs::read_to_string(&file).unwrap().replacen("\"backup\"", &scope, 1);
        std::fs::write(&file, text).unwrap();
        person.look_into(&[&file]).unwrap();
        person.see(words).unwrap();
        if words.contains("viborg.dk") {
            person.take_in().unwrap();
            person.see("Filen er flettet ind.").unwrap();
        } else {
            person.press("Lad være").unwrap();
        }
    }
    on(&person, &server, "#/fundament/bu-12/syn");
    person.see("Fører til viborg.dk").unwrap();
    all_is_well(&[&person]);
}
