//! The first visit, settings, units, and the foundation.

use kvalitetshjul::domain::enhed::{Enhed, EnhedKind};
use kvalitetshjul::record::{Record, Records};
use xtask::browser::{Browser, Engine, Media, Viewport};
use xtask::e2e::records::{author, file_of, id, with_private_things};
use xtask::e2e::{
    assert_no_errors, finish_first_step, go_to, go_to_unit, open_first_time, receive, server, start_with_unit,
    wait_until_saved,
};
use xtask::server::Server;

/// The links of the table of units.
const UNIT_LINKS: &str = ".unit-table th a";

/// Opens the app with three units, the first of which is a børnehus in a network, and goes to the page of units.
fn start_with_three_units(server: &Server) -> Browser {
    let first = author(1, "Sekretariatet");
    let unit = |name: &str| Enhed { name: name.into(), ..Enhed::default() };
    let birken = Enhed { kind: Some(EnhedKind::Boernehus), network: "Nord".into(), ..unit("Birken") };
    let records: Records = [("birken", birken), ("engen", unit("Engen")), ("lunden", unit("Lunden"))]
        .into_iter()
        .map(|(name, unit)| (id(name), Record::create(id(name), &unit, &first).unwrap()))
        .collect();
    let person = open_first_time(Engine::Chromium, server);
    receive(&person, &file_of("enheder", &records));
    go_to(&person, server, "#/enheder");
    person.see_texts(UNIT_LINKS, &["Birken", "Engen", "Lunden"]).unwrap();
    person
}

/// Waits until a column of the table shows these texts; empty cells are left out.
fn see_column(person: &Browser, column: &str, expected: &[&str]) {
    person.see_texts(&format!(".unit-table td[data-label='{column}']"), expected).unwrap();
}

#[test]
fn first_step_can_be_skipped_and_answered_later() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    person.open(&server.url()).unwrap();
    person.press("Spring over").unwrap();
    person.see("Skriv, hvilken enhed du arbejder i").unwrap();
    person.reload().unwrap();
    person.see("Skriv, hvilken enhed du arbejder i").unwrap();
    person.press("Indikatorer").unwrap();
    person.see("Vælg en enhed først").unwrap();
    person.press("Skriv din enhed").unwrap();
    // A unit without a name is not created, and the focus moves to the field for the name.
    person.press("Tilføj enheden").unwrap();
    person.see("Skriv, hvad enheden hedder.").unwrap();
    person.see_focus("id", "new-unit").unwrap();
    person.write("Hvad hedder enheden?", "Børn & Unge").unwrap();
    person.choose_in("Hvad er det for en enhed?", "Administration").unwrap();
    person.press("Tilføj enheden").unwrap();
    person.see_in("Enhedens navn", "Børn & Unge").unwrap();
    person.see_texts("input[name=kind]:checked + span", &["Administration"]).unwrap();
    assert_no_errors(&[&person]);
}

#[test]
fn first_step_without_any_answer_leads_on() {
    let server = server();
    let person = open_first_time(Engine::Chromium, &server);
    assert_eq!(person.count(".about-you input:checked").unwrap(), 0, "no role is chosen beforehand");
    finish_first_step(&person);
    person.reload().unwrap();
    person.see("Skriv, hvilken enhed du arbejder i").unwrap();
    assert_no_errors(&[&person]);
}

#[test]
fn first_step_asks_what_follows_from_the_answers_and_keeps_them() {
    let server = server();
    let person = open_first_time(Engine::Chromium, &server);
    for question in ["Hvilket niveau leder du på?", "Hvad er det for en enhed?"] {
        assert!(!person.sees(question).unwrap(), "{question}");
    }
    person.pick("Leder").unwrap();
    person.pick("Niveau 4 – fx børnehusleder").unwrap();
    person.write("Dit navn", "Anne").unwrap();
    person.write("Hvad hedder enheden?", "Solstrålen").unwrap();
    person.choose_in("Hvad er det for en enhed?", "Børnehus").unwrap();
    finish_first_step(&person);
    wait_until_saved(&person);
    person.reload().unwrap();
    go_to_unit(&person, "Solstrålen");
    person.see_texts("input[name=kind]:checked + span", &["Børnehus"]).unwrap();
    person.see_texts("input[name=level]:checked + span", &["Niveau 4 – fx børnehusleder"]).unwrap();
    go_to(&person, &server, "#/indstillinger");
    person.see_in("Dit navn", "Anne").unwrap();
    person.see_texts("input[name=role]:checked + span", &["Leder"]).unwrap();
    assert_no_errors(&[&person]);
}

#[test]
fn settings_change_role_name_and_colours_and_survive_a_reload() {
    let server = server();
    let person = start_with_unit(Engine::Chromium, &server, "Skolen");
    person.press("Indstillinger").unwrap();
    person.see_heading("Indstillinger").unwrap();
    person.pick("Chef").unwrap();
    person.write("Dit navn", "Bo").unwrap();
    person.pick("Mørkt").unwrap();
    person.see_count("html[data-colours='dark']", 1).unwrap();
    person.reload().unwrap();
    person.see_heading("Indstillinger").unwrap();
    person.see_count("html[data-colours='dark']", 1).unwrap();
    person.see_in("Dit navn", "Bo").unwrap();
    person.see_texts("input[name=role]:checked + span", &["Chef"]).unwrap();
    person.pick("Som din telefon eller computer").unwrap();
    person.see_count("html[data-colours]", 0).unwrap();
    assert_no_errors(&[&person]);
}

#[test]
fn three_units_are_changed_at_once_and_undone_at_once() {
    let server = server();
    let person = start_with_three_units(&server);
    person.pick("Sæt kryds ved alle").unwrap();
    person.see("3 enheder er valgt").unwrap();
    person.press("Ret de valgte").unwrap();
    person.see("Vælg først, hvad der skal rettes.").unwrap();
    person.write("Sæt netværk", "Vest").unwrap();
    person.choose_in("Sæt type", "Skole").unwrap();
    // A unit cannot be put under itself.
    person.choose_in("Sæt under", "Birken").unwrap();
    person.press("Ret de valgte").unwrap();
    person.see("Kun «Birken» hører under det samme som før").unwrap();
    see_column(&person, "Netværk", &["Vest", "Vest", "Vest"]);
    see_column(&person, "Type", &["Skole", "Skole", "Skole"]);
    see_column(&person, "Hører under", &["Birken", "Birken"]);
    person.press("Fortryd: rettede 3 enheder").unwrap();
    see_column(&person, "Netværk", &["Nord"]);
    see_column(&person, "Type", &["Børnehus"]);
    see_column(&person, "Hører under", &[]);
    // Archived units leave the table, and appear again when the user asks for them.
    person.choose_in("Arkivering", "Arkivér").unwrap();
    person.pick("Vælg Birken").unwrap();
    person.see("2 enheder er valgt").unwrap();
    person.press("Ret de valgte").unwrap();
    person.see_texts(UNIT_LINKS, &["Birken"]).unwrap();
    person.pick("Vis arkiverede enheder").unwrap();
    person.see_texts(UNIT_LINKS, &["Birken", "Engen", "Lunden"]).unwrap();
    person.see_texts(".unit-table .tag", &["arkiveret", "arkiveret"]).unwrap();
    assert_no_errors(&[&person]);
}

#[test]
fn row_of_the_table_is_edited_in_its_place() {
    let server = server();
    let person = start_with_three_units(&server);
    person.press("Ret Birken").unwrap();
    person.see_focus("id", "birken-name").unwrap();
    // The row stays where it is while it is renamed.
    person.write("Navn", "Østerbirken").unwrap();
    person.choose_in("Type", "Skole").unwrap();
    person.choose_in("Hører under", "Lunden").unwrap();
    person.see_count(".unit-table tbody tr:first-child.edited", 1).unwrap();
    person.press("Færdig").unwrap();
    person.see_texts(UNIT_LINKS, &["Engen", "Lunden", "Østerbirken"]).unwrap();
    see_column(&person, "Hører under", &["Lunden"]);
    person.see_focus("id", "edit-birken").unwrap();
    // Escape closes the edited row, and keeps the typed text.
    person.press("Ret Engen").unwrap();
    person.see_focus("id", "engen-name").unwrap();
    person.type_on("Netværk", "Vest").unwrap();
    person.keys("\u{e00c}").unwrap();
    see_column(&person, "Netværk", &["Vest", "Nord"]);
    person.see_focus("id", "edit-engen").unwrap();
    assert_no_errors(&[&person]);
}

#[test]
fn unit_is_archived_and_deleted_on_its_page_and_comes_back() {
    let server = server();
    let person = open_first_time(Engine::Chromium, &server);
    receive(&person, &file_of("udgaaet", &with_private_things()));
    go_to_unit(&person, "Skolen ved Søen");
    person.press("Arkivér enheden").unwrap();
    person.see("Enheden er arkiveret.").unwrap();
    person.see("Fortryd: arkiverede enheden «Skolen ved Søen»").unwrap();
    // Pages no longer offer the archived unit.
    person.press("Indikatorer").unwrap();
    person.see("Vælg en enhed først").unwrap();
    go_to(&person, &server, "#/enhed/skolen");
    person.press("Tag enheden i brug igen").unwrap();
    // Nothing is left of the two changes, so there is nothing of them to undo.
    person.see("Arkivér enheden").unwrap();
    person.see("Fortryd: flettede «udgaaet.kvalitetshjul.json» ind").unwrap();

    person.press("Slet enheden").unwrap();
    person.see("1 talrække og 1 refleksion.").unwrap();
    person.press("Nej, behold den").unwrap();
    person.press("Slet enheden").unwrap();
    person.press("Ja, slet enheden").unwrap();
    person.see("Her kommer de enheder, du opretter eller får i en fil.").unwrap();
    go_to(&person, &server, "#/papirkurv");
    person.see("refleksionen «Kun til mig»").unwrap();
    person.press("Fortryd: slettede enheden «Skolen ved Søen» med alt, hvad der hører til").unwrap();
    person.wait_for("the reflection to come back", || Ok(!person.sees("refleksionen «Kun til mig»")?)).unwrap();
    // The agreement was deleted before the unit.
    person.see("aftalen «Smidt ud»").unwrap();
    go_to_unit(&person, "Skolen ved Søen");
    assert_no_errors(&[&person]);
}

#[test]
fn pages_without_a_unit_lead_on() {
    let server = server();
    let person = start_with_three_units(&server);
    go_to(&person, &server, "#/indstillinger");
    person.pick("Sekretariatet").unwrap();
    for address in ["#/indikatorer", "#/indikatorer/skema", "#/indikatorer/moenstre", "#/indikator/fravaer"] {
        go_to(&person, &server, address);
        person.see("Vælg en enhed først").unwrap();
        person.see_count("nav[aria-label='Tal'] a", 5).unwrap();
    }
    person.press("Se alle enheder på tværs").unwrap();
    person.see_heading("Enheder ved siden af hinanden").unwrap();
    person.see_texts(".matrix tbody th", &["Birken", "Engen", "Lunden"]).unwrap();
    // The midterm status of a unit leads to its agreement, or to beginning one.
    go_to(&person, &server, "#/enhed/birken");
    person.press("Arbejd med denne enhed").unwrap();
    go_to(&person, &server, "#/hjulet/midtvejsstatus");
    person.press("Skriv jeres midtvejsstatus").unwrap();
    person.press("Begynd en aftale").unwrap();
    person.go("Begynd tomt", "Hvad mangler?").unwrap();
    go_to(&person, &server, "#/midtvejs");
    person.press("Begynd jeres midtvejsstatus").unwrap();
    person.see("Til BU Lederforum").unwrap();
    assert_no_errors(&[&person]);
}

/// A newcomer reads on a phone: each step shows its button without scrolling.
#[test]
fn tour_of_the_fundament_takes_one_phone_screen_a_step() {
    const IS_BUTTON_ON_SCREEN: &str = "
        const button = document.querySelector('.introduction .primary');
        const box = button && button.getBoundingClientRect();
        const hit = box && document.elementFromPoint(box.left + box.width / 2, box.bottom - 3);
        return hit && button.contains(hit) ? 1 : 0;";
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    person.open(&server.url()).unwrap();
    person.press("Læs fundamentet på ti minutter").unwrap();
    person
        .on_screen(Viewport::PHONE, Media::Light, || {
            for step in 1..=11 {
                person.see(&format!("{step} af 11"))?;
                let what = format!("the button of step {step} on the first screen");
                person.wait_for(&what, || Ok(person.number(IS_BUTTON_ON_SCREEN)? > 0.5))?;
                person.press("Næste")?;
            }
            Ok(())
        })
        .unwrap();
    person.see("Nu kender du fundamentet").unwrap();
    person.press("Til overblikket").unwrap();
    person.see("Hvem er du?").unwrap();
    assert_no_errors(&[&person]);
}

/// A reader sees what is a proposal, which document says it, and what has become of earlier goals.
#[test]
fn fundament_shows_proposals_sources_and_the_goals_of_the_draft() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    let slides = "Kilde: Oplæg om effektmåling og fælles mål";
    go_to(&person, &server, "#/fundament/bu-12/syn");
    person.see_texts("#kp-1 .tag", &["forslag"]).unwrap();
    person.see_texts("#boernesyn > p > .tag", &[]).unwrap();
    // The two tools come from the same document, which is named once for both.
    person.see_texts(".fundament-items > .item-source", &[slides]).unwrap();
    person.see_texts("#syn-droeftelse .item-source", &[slides]).unwrap();
    go_to(&person, &server, "#/fundament/bu-12/maal-kost");
    person.see("Mål 7: Sund kost").unwrap();
    person.see_texts("#maal-kost > p > .tag", &["historie: 2025"]).unwrap();
    person.see_texts("#maal-ensomme > p > .tag", &[]).unwrap();
    go_to(&person, &server, "#/fundament/udkast/maal-matrix");
    person.see_texts(".goal-matrix thead th", &["De mindre børn", "De skolesøgende børn", "De unge"]).unwrap();
    person.see("Flere udsatte unge får en tidlig, forebyggende indsats.").unwrap();
    person.see_count(".goal-matrix tbody", 3).unwrap();
    person.follow("#udd-smaa-1 a").unwrap();
    person.see_heading("Pejlemærker").unwrap();
    person.see_focus("id", "fravaer").unwrap();
    assert_no_errors(&[&person]);
}

/// The foundation has places for links that only the municipality can fill in.
#[test]
fn municipality_link_is_shown_only_for_web_addresses() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    go_to(&person, &server, "#/fundament/bu-12/faelles-grundlag");
    person.press("Skriv adressen").unwrap();
    person.write("Adresse", "javascript:alert(1)").unwrap();
    person.see("Der er ikke skrevet en adresse endnu.").unwrap();
    person.write("Adresse", "https://intra.example/grundlag").unwrap();
    person.see("Fælles grundlag for børns læring (åbner i et nyt vindue)").unwrap();
    let followed =
        person.texts_of("return [...document.querySelectorAll('a[target]')].map(link => link.href);").unwrap();
    assert_eq!(followed, ["https://intra.example/grundlag"]);
    assert_no_errors(&[&person]);
}
