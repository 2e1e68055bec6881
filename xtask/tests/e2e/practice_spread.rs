//! Practice that spreads through four schools by files alone: what works at one is tried, made better and taken up at
//! the others, becomes an initiative and a part of a report, and is withdrawn by the school that found it.

use std::path::{Path, PathBuf};

use xtask::browser::{Browser, Engine};
use xtask::e2e::{UserRole, assert_no_errors, go_to, receive, server, start_as, wait_until_saved};
use xtask::server::Server;

const LIBRARY: &str = "#/praksis/bibliotek";
/// The positive deviation of the first school: its title, what people do, and why they think that it works.
const FOUND: &str = "Rolig garderobe";
const IDEA: &str = "Fem børn går ud ad gangen.";
const REASON: &str = "Der er plads til selv at tage tøj på.";
/// The prototype of the second school, and its second version.
const PROTOTYPE: &str = "Garderobe i to hold";
const VERSION_2: &str = "Det ene hold leger, mens det andet tager tøj på.";
const GOAL: &str = "Flere kommer roligt ud";
/// The title of an unshared positive deviation of the first school, and what people do.
const UNSHARED: [&str; 2] = ["Morgen ved gyngestativet", "Vi står der, før de første kommer."];
/// The plain words for the catalogue of the first school.
const PLAIN: &str = "Hos os er der ro, når vi skal ud.";

/// Starts as the leader of a school in the network.
fn start_in_network(server: &Server, school: &str) -> Browser {
    let person = start_as(Engine::Chromium, server, UserRole::leader(UserRole::LEVEL_3, school));
    go_to(&person, server, "#/enheder");
    person.go(school, "Enhedens navn").unwrap();
    person.write("Geografisk netværk", "Vest").unwrap();
    wait_until_saved(&person);
    person
}

/// Saves the file for the network.
fn network_file(person: &Browser, server: &Server) -> PathBuf {
    go_to(person, server, "#/filer");
    person.choose_option("Et geografisk netværk").unwrap();
    let file = person.save_with("Gem filen").unwrap();
    person.press("Luk beskeden om filen").unwrap();
    file
}

fn text(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap()
}

/// Returns the address of the practice whose page is shown.
fn practice_address(person: &Browser) -> String {
    let address = person.address().unwrap();
    let (_, id) = address.split_once("#/praksis/").unwrap();
    format!("#/praksis/{}", id.split('?').next().unwrap())
}

/// Writes a positive deviation, and stays on its page.
fn write_deviation(person: &Browser, server: &Server, title: &str, practice: &str) {
    go_to(person, server, "#/praksis");
    person.press("Ny positiv afvigelse").unwrap();
    person.write("Hvad skal den positive afvigelse hedde?", title).unwrap();
    person.write("Hvad gør de?", practice).unwrap();
    person.press("Opret den").unwrap();
    person.see_heading(title).unwrap();
}

fn share(person: &Browser) {
    person.pick("Del med netværket").unwrap();
    wait_until_saved(person);
}

/// Writes what works at the first school, and shares one of two. Returns the address of the shared one.
fn find_what_works(anne: &Browser, server: &Server) -> String {
    write_deviation(anne, server, UNSHARED[0], UNSHARED[1]);
    write_deviation(anne, server, FOUND, IDEA);
    anne.write("Hvorfor tror vi, det virker?", REASON).unwrap();
    anne.pick("Sæt i kataloget").unwrap();
    anne.write("Med enkle ord", PLAIN).unwrap();
    share(anne);
    practice_address(anne)
}

/// Tries the positive deviation at the second school, and makes it better in a prototype of two versions. Both are
/// shared. Returns the address of the prototype.
fn try_and_make_better(bo: &Browser, server: &Server) -> String {
    go_to(bo, server, LIBRARY);
    bo.see("Positiv afvigelse · Skolen ved Søen").unwrap();
    bo.press(&format!("Vi prøver også: {FOUND}")).unwrap();
    bo.see_in("Hvad vil I prøve?", IDEA).unwrap();
    bo.see("Efter en idé fra Skolen ved Søen").unwrap();
    share(bo);
    bo.go("Gør det til en prototype", "Versioner").unwrap();
    bo.see_in("Hvordan er version 1?", IDEA).unwrap();
    bo.write("Kort navn", PROTOTYPE).unwrap();
    bo.see_heading(PROTOTYPE).unwrap();
    bo.press("Lav en ny version").unwrap();
    bo.write("Hvordan er version 2?", VERSION_2).unwrap();
    bo.pick("Version 2 gælder").unwrap();
    bo.see_texts(".version > summary", &["Version 1", "Version 2 · gælder"]).unwrap();
    share(bo);
    practice_address(bo)
}

/// Takes the prototype up at another school, from the file of the second one. Returns the file of this school.
fn take_up(person: &Browser, server: &Server, file: &Path) -> PathBuf {
    receive(person, file);
    go_to(person, server, LIBRARY);
    person.press(&format!("Vi prøver også: {PROTOTYPE}")).unwrap();
    person.see_in("Hvad vil I prøve?", VERSION_2).unwrap();
    person.see("Efter en idé fra Skolen ved Åen").unwrap();
    share(person);
    network_file(person, server)
}

/// Makes the prototype an initiative of the agreement, and checks the report of the school.
fn scale_and_report(bo: &Browser, server: &Server, prototype: &str) {
    go_to(bo, server, "#/aftale?dato=2026-05-11");
    bo.go("Begynd tomt", "Hvad mangler?").unwrap();
    bo.go("Tilføj et mål for kvalitet", "Hvad hænger målet på?").unwrap();
    bo.write("Målet", GOAL).unwrap();
    wait_until_saved(bo);
    go_to(bo, server, prototype);
    bo.pick("Skalér – gør mere af det").unwrap();
    bo.go("Gør det til en indsats i aftalen", "Den er en indsats under målet").unwrap();
    bo.follow("#practice-initiative").unwrap();
    bo.see_in("Målet", GOAL).unwrap();
    bo.see_in("Indsats 1", PROTOTYPE).unwrap();
    wait_until_saved(bo);

    go_to(bo, server, "#/rapport?dato=2026-08-12");
    bo.go("Begynd rapporten over Skolen ved Åen", "Det mangler").unwrap();
    bo.go("Se og udskriv", "Indhold").unwrap();
    let report = text(&bo.save_as("Gem som webside", "html").unwrap());
    for words in ["Praksis, der virker", PROTOTYPE, VERSION_2, "efter en idé fra Skolen ved Søen"] {
        assert!(report.contains(words), "«{words}» is not in the report");
    }
    // The trial before it is only an idea, and the practice of the first school is in the report of that school.
    for words in [IDEA, REASON] {
        assert!(!report.contains(words), "«{words}» is in the report");
    }
}

#[test]
fn practice_spreads_by_files_and_is_withdrawn_everywhere() {
    let server = server();
    let [anne, bo, carl, dorte] = ["Skolen ved Søen", "Skolen ved Åen", "Engskolen", "Møllehøj Skole"]
        .map(|school| start_in_network(&server, school));
    let found = find_what_works(&anne, &server);
    let from_anne = network_file(&anne, &server);
    for words in [FOUND, IDEA, REASON] {
        assert!(text(&from_anne).contains(words), "«{words}» is shared");
    }
    receive(&bo, &from_anne);
    let prototype = try_and_make_better(&bo, &server);
    let from_bo = network_file(&bo, &server);
    let from_others = [&carl, &dorte].map(|person| take_up(person, &server, &from_bo));

    // The second school sees who goes on with its prototype, and the first one how far its practice went.
    for (person, file) in [(&anne, 0), (&anne, 1), (&bo, 0), (&bo, 1)] {
        receive(person, &from_others[file]);
    }
    go_to(&bo, &server, LIBRARY);
    for words in ["Taget op af 2: ", "Taget op af 3: ", "Engskolen (en idé)", "Møllehøj Skole (en idé)"] {
        bo.see(words).unwrap();
    }
    go_to(&anne, &server, &found);
    anne.see("Taget op af 3").unwrap();
    scale_and_report(&bo, &server, &prototype);

    // The first school no longer shares what it found. The others have its words until then.
    let found_link = format!(".practice-card h2 a[href='{found}']");
    for person in [&bo, &carl, &dorte] {
        go_to(person, &server, &found);
        person.see(REASON).unwrap();
        go_to(person, &server, LIBRARY);
        person.see_count(&found_link, 1).unwrap();
    }
    anne.pick("Del med netværket").unwrap();
    wait_until_saved(&anne);
    let withdrawal = network_file(&anne, &server);
    anne.see("1 positiv afvigelse, som I har trukket tilbage: kun beskeden om det").unwrap();
    for person in [&bo, &carl, &dorte] {
        receive(person, &withdrawal);
        person.see(&format!("Skolen ved Søen har trukket «{FOUND}» tilbage.")).unwrap();
        person.see_count(&found_link, 0).unwrap();
        go_to(person, &server, &found);
        person.see_heading("Trukket tilbage").unwrap();
        assert!(!person.sees(REASON).unwrap(), "the words of the withdrawn practice are shown");
    }
    // What the second school made of it stays, with the credit.
    go_to(&bo, &server, LIBRARY);
    bo.see("Lavet efter en idé fra Skolen ved Søen").unwrap();

    // What the first school does not share left its browser in its backup alone.
    go_to(&anne, &server, LIBRARY);
    let backup = text(&anne.save_with("Gem sikkerhedskopi").unwrap());
    let after = network_file(&bo, &server);
    let files = [&from_anne, &from_bo, &from_others[0], &from_others[1], &withdrawal, &after];
    for words in [UNSHARED[0], UNSHARED[1], PLAIN] {
        assert!(backup.contains(words), "«{words}» is in the backup");
        for file in files {
            assert!(!text(file).contains(words), "«{words}» is in {}", file.display());
        }
    }
    for file in [&withdrawal, &after] {
        assert!(!text(file).contains(REASON), "withdrawn words are in {}", file.display());
    }
    assert_no_errors(&[&anne, &bo, &carl, &dorte]);
}
