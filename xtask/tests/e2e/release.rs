//! What files and other outputs hold, made on their pages, and which files may bring links.

use kvalitetshjul::domain::goal::Anchor;
use kvalitetshjul::domain::links::Links;
use kvalitetshjul::domain::measure::Measure;
use kvalitetshjul::domain::period::Period;
use kvalitetshjul::domain::series::Series;
use kvalitetshjul::exchange::scope::{Scope, SharedPart};
use kvalitetshjul::record::{Record, Records};
use xtask::browser::{Browser, Engine};
use xtask::e2e::records::{agreement, author, edits, file_of, id};
use xtask::e2e::{UserRole, assert_no_errors, go_to, open_first_time, server, start_as, wait_until_saved};
use xtask::pdf::Pdf;

use crate::canary_words::{CanaryWorkspace, SMALL_FIGURE, canary_workspace, share_scopes};

/// The options of the sharing form, each with the name of its scope.
const OPTIONS: [(&str, &str); 6] = [
    ("Min enhed med alt, hvad der hører til", "unit"),
    ("Én samtale, til den anden part", "conversation"),
    ("Én aftale med mål og tal", "agreement"),
    ("Datapakke: alle enheder og deres tal, temaer og kalender", "package"),
    ("Et geografisk netværk", "network"),
    ("Resultatet af en workshop", "workshop"),
];

/// Saves a file and returns its text.
fn saved_text(person: &Browser, button: &str) -> String {
    std::fs::read_to_string(person.save_with(button).unwrap()).unwrap()
}

/// Returns the scope of a name.
fn scope(workspace: &CanaryWorkspace, name: &str) -> Scope {
    share_scopes(workspace).into_iter().find(|(scope_name, _)| *scope_name == name).unwrap().1
}

#[test]
fn each_file_holds_exactly_the_released_words() {
    for is_shared in [true, false] {
        let server = server();
        let person = open_first_time(Engine::Chromium, &server);
        let workspace = canary_workspace(is_shared);
        person.choose(&file_of("plantet", &workspace.records)).unwrap();
        go_to(&person, &server, "#/filer?dato=2026-03-12");
        for (option, name) in OPTIONS {
            person.choose_option(option).unwrap();
            person.see("Det følger aldrig med").unwrap();
            let (text, scope) = (saved_text(&person, "Gem filen"), scope(&workspace, name));
            workspace.assert_holds_released_words(&text, &scope, is_shared);
            assert!(!text.contains(SMALL_FIGURE), "{name}");
        }
        assert_no_errors(&[&person]);
    }
}

#[test]
fn goal_is_shared_with_the_network_by_a_tick() {
    const GOAL: &str = "Flere er med i fællesskabet";
    let server = server();
    let person = start_as(Engine::Chromium, &server, UserRole::leader(UserRole::LEVEL_3, "Skolen ved Åen"));
    person.choose(&file_of("aftale", &agreement())).unwrap();
    go_to(&person, &server, "#/enhed/skolen");
    person.write("Geografisk netværk", "Vest").unwrap();
    wait_until_saved(&person);
    let network = || {
        go_to(&person, &server, "#/filer");
        person.choose_option("Et geografisk netværk").unwrap();
        person.see("Mål, I ikke har valgt at dele").unwrap();
        saved_text(&person, "Gem filen")
    };
    assert!(!network().contains(GOAL));
    go_to(&person, &server, "#/aftale/aftalen/maal1");
    person.pick("Del med netværket").unwrap();
    wait_until_saved(&person);
    let text = network();
    person.see("1 mål, som I har valgt at dele").unwrap();
    assert!(text.contains(GOAL) && !text.contains("Flere læser hver dag"));
    assert_no_errors(&[&person]);
}

/// The host is named before the import and beside the link.
#[test]
fn link_names_its_host_and_comes_from_the_secretariat_only() {
    let server = server();
    let person = open_first_time(Engine::Chromium, &server);
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
    go_to(&person, &server, "#/fundament/bu-12/syn");
    person.see("Fører til viborg.dk").unwrap();
    assert_no_errors(&[&person]);
}

/// The outputs are table, drawing, document and paper.
#[test]
fn figure_on_four_persons_is_in_no_output() {
    let server = server();
    let person = open_first_time(Engine::Chromium, &server);
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
    go_to(&person, &server, "#/indikator/fravaer?dato=2026-03-12");
    person.see("Det siger vi om tallet").unwrap();
    person.see("77,125 %").unwrap();

    let check_hidden = |output: &str, text: &str| {
        assert!(!text.contains("77,1") && !text.contains("77.1"), "{output}: {text}");
        text.to_owned()
    };
    let paper = |name: &str| -> String {
        let pages = Pdf::keep(name, &person.printed(false).unwrap()).unwrap().pages().unwrap();
        let lines = pages.iter().flat_map(|page| &page.lines).map(|line| line.text.as_str());
        lines.collect::<Vec<_>>().join("\n")
    };
    let file = |button: &str, ending: &str| std::fs::read_to_string(person.save_as(button, ending).unwrap()).unwrap();
    let table = check_hidden("table", &file("Gem tal (CSV)", "csv"));
    assert!(table.contains("5,5") && table.contains("skjult (færre end 5)"), "{table}");
    check_hidden("drawing", &file("Gem tegning (SVG)", "svg"));
    check_hidden("the indicator on paper", &paper("fire-indikator"));

    go_to(&person, &server, "#/aftale/aftalen/udskrift?dato=2026-03-12");
    person.see("Underskrifter").unwrap();
    let document = check_hidden("document", &file("Gem som webside", "html"));
    assert!(document.contains("Flere er med i fællesskabet"), "{document}");
    check_hidden("the agreement on paper", &paper("fire-aftale"));
    assert_no_errors(&[&person]);
}
