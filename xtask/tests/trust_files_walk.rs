//! The walks of what leaves in files, on the release bundle: a word is planted in every leaf, each file is made on its page, and
//! its bytes are searched. And of what a file may bring: links from the secretariat alone.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use kvalitetshjul::domain::goal::Anchor;
use kvalitetshjul::domain::links::Links;
use kvalitetshjul::domain::measure::Measure;
use kvalitetshjul::domain::period::Period;
use kvalitetshjul::domain::series::Series;
use kvalitetshjul::exchange::scope::{Scope, SharedPart};
use kvalitetshjul::record::{Record, Records};
use xtask::browser::{Browser, Engine};
use xtask::pdf::Pdf;
use xtask::walk::apart::{agreement, author, edits, file_of, id};
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

/// A figure that rests on four persons is in no way out: table, drawing, document, paper.
#[test]
fn trust_a_figure_on_four_persons_is_in_no_way_out() {
    let server = server();
    let person = arrived(Engine::Chromium, &server);
    let mut records = agreement();
    let mut series = Series { unit: Some(id("skolen")), indicator: Some(id("fravaer")), ..Series::default() };
    for (year, value, n) in [(2023, 5.5, 40), (2024, 77.125, 4)] {
        let period = Period::SchoolYear(year);
        series.set_figure(period, Measure::Percent, Some(value));
        series.observations.get_mut(&period).unwrap().n = Some(n);
    }
    let series = Record::create(id("skolen.fravaer"), &series, &author(1, "Sekretariatet")).unwrap();
    records.insert(series.id().clone(), series);
    edits(&mut records, "maal1", &author(1, "Sekretariatet"), |goal| {
        goal.anchors.insert(id("fravaer"), Anchor::Indicator(id("fravaer")));
    });
    person.choose(&file_of("fire", &records)).unwrap();
    person.press("Luk").unwrap();
    on(&person, &server, "#/indikator/fravaer?dato=2026-03-12");
    person.see("Det siger vi om tallet").unwrap();
    person.see("77,125 %").unwrap();

    let is_hidden = |what: &str, text: &str| {
        assert!(!text.contains("77,1") && !text.contains("77.1"), "{what}: {text}");
        text.to_owned()
    };
    let paper = |name: &str| -> String {
        let pages = Pdf::keep(name, &person.printed(false).unwrap()).unwrap().pages().unwrap();
        let lines = pages.iter().flat_map(|page| &page.lines).map(|line| line.text.as_str());
        lines.collect::<Vec<_>>().join("\n")
    };
    let file = |button: &str, ending: &str| std::fs::read_to_string(person.save_as(button, ending).unwrap()).unwrap();
    let table = is_hidden("table", &file("Gem tal (CSV)", "csv"));
    assert!(table.contains("5,5") && table.contains("skjult (færre end 5)"), "{table}");
    is_hidden("drawing", &file("Gem tegning (SVG)", "svg"));
    is_hidden("the indicator on paper", &paper("fire-indikator"));

    on(&person, &server, "#/aftale/aftalen/udskrift?dato=2026-03-12");
    person.see("Underskrifter").unwrap();
    let document = is_hidden("document", &file("Gem som webside", "html"));
    assert!(document.contains("Flere er med i fællesskabet"), "{document}");
    is_hidden("the agreement on paper", &paper("fire-aftale"));
    all_is_well(&[&person]);
}
