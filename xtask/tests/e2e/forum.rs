//! The midterm in a lederforum: units ask and offer, the host notes offers and decisions, and everyone takes the
//! meeting home and sends it back, by files only.

use std::path::{Path, PathBuf};

use xtask::browser::{Browser, Engine, Media, Viewport};
use xtask::e2e::workshop::set_day;
use xtask::e2e::{UserRole, assert_no_errors, go_to, receive, server, start_as, wait_until_saved};
use xtask::in_every_engine;
use xtask::server::Server;

in_every_engine! {
    meeting_is_held_taken_home_and_sent_back
}

const DAY: &str = "?dato=2027-08-20";
/// A goal of the examples of a school.
const GOAL: &str = "Færre elever har højt fravær";

/// A leader with an agreement and a shared midterm status.
struct Participant {
    person: Browser,
    /// The address of the status.
    status: String,
    /// The file of the unit.
    file: PathBuf,
}

/// Starts as the leader of a school, and writes and shares one text of the midterm status.
fn start_with_status(engine: Engine, server: &Server, school: &str, label: &str, words: &str) -> Participant {
    let person = start_as(engine, server, UserRole::leader(UserRole::LEVEL_3, school));
    go_to(&person, server, &format!("#/aftale{DAY}"));
    person.go("Begynd med eksempler", "Hvad mangler?").unwrap();
    person.see_heading("Sammenhængsaftale 2026–2028").unwrap();
    let address = person.address().unwrap();
    let id = address.split("#/aftale/").nth(1).unwrap().split(['/', '?']).next().unwrap();
    let status = format!("#/midtvejs/{id}{DAY}");
    go_to(&person, server, &status);
    person.write(label, words).unwrap();
    person.pick("Del med netværket").unwrap();
    wait_until_saved(&person);
    go_to(&person, server, &format!("#/filer{DAY}"));
    person.pick("Min enhed med alt, hvad der hører til").unwrap();
    let file = person.save_with("Gem filen").unwrap();
    Participant { person, status, file }
}

/// Goes to the page of the meeting.
fn go_to_meeting(person: &Browser, server: &Server) {
    go_to(person, server, &format!("#/midtvejs{DAY}"));
    person.see_heading("Midtvejsstatus i BU Lederforum").unwrap();
}

/// Starts as the host with the files of the participants, notes an offer and a decision, and saves the meeting.
fn hold_meeting(engine: Engine, server: &Server, files: [&Path; 2]) -> (Browser, PathBuf) {
    let host = start_as(engine, server, UserRole::chef("Skoleafdelingen"));
    for file in files {
        receive(&host, file);
    }
    go_to_meeting(&host, server);
    host.see("Skolen ved Søen beder om hjælp til").unwrap();
    host.see("Fælles ord: fravær").unwrap();
    host.press("Vi byder os til: Skolen ved Søen").unwrap();
    host.wait_for("the focus in the new offer", || Ok(host.focused("id")?.ends_with("-text"))).unwrap();
    host.choose_in("Hvem byder sig til? (tilbud 1 til Skolen ved Søen)", "Skolen ved Åen").unwrap();
    host.write("Det kan vi gøre (tilbud 1 til Skolen ved Søen)", "Vi kommer på besøg en mandag.").unwrap();
    host.press("Skriv en beslutning").unwrap();
    host.write("Beslutning 1", "Vi besøger hinanden i oktober.").unwrap();
    host.write("Hvem gør det? (beslutning 1)", "Anne Holm").unwrap();
    host.choose_in("Enhed (beslutning 1)", "Skolen ved Søen").unwrap();
    set_day(&host, "Beslutning 1, Gjort senest", "2027-10-01");
    host.write("Noter fra mødet", "God stemning.").unwrap();
    wait_until_saved(&host);
    let file = host.save_with("Gem mødet som fil til deltagerne").unwrap();
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    assert!(name.starts_with("Midtvejsmøde 2027 – møde – "), "{name}");
    host.press("Luk beskeden om filen").unwrap();
    let content = std::fs::read_to_string(&file).unwrap();
    assert!(content.contains("Fraværet er højt i udskolingen.") && !content.contains(GOAL), "only what is shared goes");
    (host, file)
}

fn meeting_is_held_taken_home_and_sent_back(engine: Engine) {
    let server = server();
    let ask = ("Det vil vi gerne have hjælp til", "Fraværet er højt i udskolingen.");
    let offer = ("Det kan vi hjælpe andre med", "Vi ringer hjem samme dag ved fravær.");
    let soeen = start_with_status(engine, &server, "Skolen ved Søen", ask.0, ask.1);
    let aaen = start_with_status(engine, &server, "Skolen ved Åen", offer.0, offer.1);
    let (host, home) = hold_meeting(engine, &server, [&soeen.file, &aaen.file]);

    // The unit that asked sees the offer on its own status, and says yes.
    let anne = &soeen.person;
    receive(anne, &home);
    go_to(anne, &server, &soeen.status);
    anne.see("Fra Midtvejsmøde 2027").unwrap();
    anne.see("Tilbud om hjælp til jer").unwrap();
    anne.see("Vi kommer på besøg en mandag.").unwrap();
    anne.see("Ikke besvaret endnu").unwrap();
    anne.press("Ja tak: tilbuddet fra Skolen ved Åen").unwrap();
    anne.see("Der er sagt ja tak").unwrap();

    // The decision becomes an initiative of a goal, once.
    anne.see("Anne Holm · Skolen ved Søen · senest 1. oktober 2027").unwrap();
    anne.go("Gør til indsats: beslutning 1", "Se indsatsen i mål 1").unwrap();
    assert!(!anne.sees("Gør til indsats").unwrap());
    let from_anne = anne.save_with("Gem mødet som fil").unwrap();
    anne.press("Luk beskeden om filen").unwrap();
    anne.go("Se indsatsen i mål 1", "Tegn på progression").unwrap();
    anne.see_in("Indsats 2", "Vi besøger hinanden i oktober.").unwrap();

    // The unit that was offered sees its offer, and makes another one. Its own unit is chosen already.
    let bo = &aaen.person;
    receive(bo, &home);
    go_to(bo, &server, &aaen.status);
    bo.see("I har budt jer til").unwrap();
    bo.go("Se hele mødet, og byd jer til", "Skolen ved Søen beder om hjælp til").unwrap();
    bo.press("Vi byder os til: Skolen ved Søen").unwrap();
    bo.see_texts("select[id$='-from'] option:checked", &["Skolen ved Åen", "Skolen ved Åen"]).unwrap();
    bo.write("Det kan vi gøre (tilbud 2 til Skolen ved Søen)", "I får vores brev til forældrene.").unwrap();
    wait_until_saved(bo);
    let from_bo = bo.save_with("Gem mødet som fil til deltagerne").unwrap();
    bo.press("Luk beskeden om filen").unwrap();

    // The host has both answers.
    receive(&host, &from_anne);
    receive(&host, &from_bo);
    go_to_meeting(&host, &server);
    host.see("Der er sagt ja tak").unwrap();
    host.see_in("Det kan vi gøre (tilbud 2 til Skolen ved Søen)", "I får vores brev til forældrene.").unwrap();
    host.see_in("Noter fra mødet", "God stemning.").unwrap();

    // A deleted offer is gone at home too.
    host.press("Slet tilbud 2 til Skolen ved Søen").unwrap();
    host.wait_for("the focus near the deleted offer", || Ok(host.focused("id")?.starts_with("offer-to-"))).unwrap();
    host.see_count(".help-requests .topics > li", 1).unwrap();
    let again = host.save_with("Gem mødet som fil til deltagerne").unwrap();
    host.press("Luk beskeden om filen").unwrap();
    receive(bo, &again);
    go_to_meeting(bo, &server);
    bo.see_count(".help-requests .topics > li", 1).unwrap();
    if engine == Engine::Chromium {
        check_screens(&host, "the meeting");
        host.press("Stor skrift til projektor").unwrap();
        let faults = host.layout_faults(Viewport::LAPTOP).unwrap();
        assert_eq!(faults, Vec::<String>::new(), "the meeting in large type");
        go_to(anne, &server, &soeen.status);
        anne.see("Fra Midtvejsmøde 2027").unwrap();
        check_screens(anne, "the status of a unit");
    }
    assert_no_errors(&[&host, anne, bo]);
}

/// Checks a page on a phone and a laptop, and with axe-core.
#[track_caller]
fn check_screens(person: &Browser, page: &str) {
    for screen in [Viewport::PHONE, Viewport::LAPTOP] {
        assert_eq!(person.layout_faults(screen).unwrap(), Vec::<String>::new(), "{page}, {}", screen.name);
    }
    for media in [Media::Light, Media::Dark, Media::ForcedColors] {
        assert_eq!(person.barriers(media).unwrap(), Vec::<String>::new(), "{page}, {media:?}");
    }
    assert_eq!(person.borderless_controls().unwrap(), Vec::<String>::new(), "{page}, in forced colours");
}
