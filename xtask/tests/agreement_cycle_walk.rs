//! The walk of a whole cycle, on the release bundle: the secretariat, a chef and a leader, each in a browser of their own,
//! who exchange nothing but files.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use xtask::browser::{Browser, Engine};
use xtask::in_every_engine;
use xtask::server::Server;
use xtask::walk::{Who, all_is_well, arrived, begun_as, on, receive, saved, server};

in_every_engine! {
    a_package_goes_out_and_is_met_where_it_is_needed
}

const SCHOOLS: [&str; 2] = ["Skolen ved Søen", "Skolen ved Åen"];
const THEME: &str = "Til stede hver dag";
const LEARNED: &str = "Et opkald samme dag virker bedre end et brev.";
const REASON: &str = "Højt fravær er steget to år i træk.";

/// The figures as they come from a spreadsheet; at one school they rest on four.
const TABLE: &str = "Enhed;Indikator;Periode;Værdi;Antal
Skolen ved Søen;Færre med højt fravær;2023/24;10,0;400
Skolen ved Søen;Færre med højt fravær;2024/25;14,2;400
Skolen ved Åen;Færre med højt fravær;2023/24;9,0;300
Skolen ved Åen;Færre med højt fravær;2024/25;25,0;4
";

/// The secretariat, with the figures of two schools.
fn secretariat(engine: Engine, server: &Server) -> Browser {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let person = arrived(engine, server);
    person.pick("Sekretariatet").unwrap();
    person.go("Begynd", "Lav datapakken").unwrap();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let table = std::env::temp_dir().join(format!("agreement-cycle-{}-{count}.csv", std::process::id()));
    std::fs::write(&table, TABLE).unwrap();
    on(&person, server, "#/indikatorer/hent?dato=2025-11-05");
    person.choose_at("#open-table", &table).unwrap();
    person.see("Kolonnerne i «").unwrap();
    person.press("Opret alle ukendte enheder").unwrap();
    person.press("Hent tallene ind").unwrap();
    person.see("Tallene er hentet ind").unwrap();
    std::fs::remove_file(&table).unwrap();
    for school in SCHOOLS {
        on(&person, server, "#/enheder");
        person.go(school, "Enhedens navn").unwrap();
        person.see_in("Enhedens navn", school).unwrap();
        person.choose_option("Skole").unwrap();
        person.choose_option(Who::LEVEL_3).unwrap();
    }
    saved(&person);
    person
}

/// Makes the package, and gives the files of one press: the whole, and each school's.
fn package(person: &Browser, server: &Server) -> [PathBuf; 3] {
    on(person, server, "#/datapakke/lav?dato=2026-01-20");
    person.see("Skriv de temaer, mønstrene peger på").unwrap();
    person.press("Skriv et mønster").unwrap();
    person.write("Mønster 1", "Flere har højt fravær i udskolingen.").unwrap();
    person.press("Tilføj et tema").unwrap();
    person.write("Tema 1", THEME).unwrap();
    person.write("Hvorfor er det peget ud? Tema 1", REASON).unwrap();
    person.choose_in("BU Lederforum (tema 1)", "Prioriteret").unwrap();
    person.choose_in("Børne- og Ungdomsudvalget (tema 1)", "Prioriteret").unwrap();
    person.write("FællesMEDs feedback til tema 1", "Vi er enige.").unwrap();
    saved(person);
    let zip = person.save_as("Gem alle filerne", "zip").unwrap();
    let files = unpacked(&zip);
    let of = |name: &str| files.iter().find(|file| file.to_string_lossy().contains(name)).unwrap().clone();
    assert_eq!(files.len(), 3);
    ["Alle enheder", SCHOOLS[0], SCHOOLS[1]].map(of)
}

/// Unpacks a ZIP file beside itself, as a person does.
fn unpacked(zip: &Path) -> Vec<PathBuf> {
    let folder = zip.parent().unwrap();
    let mut archive = zip::ZipArchive::new(std::fs::File::open(zip).unwrap()).unwrap();
    archive.extract(folder).unwrap();
    archive.file_names().map(|name| folder.join(name.unwrap().as_ref())).collect()
}

/// A leader who begins with the file that the secretariat sent.
fn leader(engine: Engine, server: &Server, file: &Path) -> Browser {
    let person = arrived(engine, server);
    person.pick("Leder").unwrap();
    receive(&person, file);
    person
}

fn a_package_goes_out_and_is_met_where_it_is_needed(engine: Engine) {
    let server = server();
    let secretariat = secretariat(engine, &server);
    let [whole, soeen, aaen] = package(&secretariat, &server);

    // Each file has its own unit and what is common, and nothing else; what rests on few is in none of them.
    let text = |file: &Path| std::fs::read_to_string(file).unwrap();
    assert!(text(&soeen).contains(SCHOOLS[0]) && !text(&soeen).contains(SCHOOLS[1]));
    assert!(text(&aaen).contains(SCHOOLS[1]) && !text(&aaen).contains(SCHOOLS[0]));
    for file in [&whole, &soeen, &aaen] {
        assert!(text(file).contains(THEME) && text(file).contains(REASON), "{}", file.display());
        assert!(!text(file).contains("\"value\":25"), "{}", file.display());
    }

    // The themes are where the leader needs them.
    let leader = leader(engine, &server, &soeen);
    on(&leader, &server, "#/?dato=2026-02-11");
    leader.see("Temaerne i de to år").unwrap();
    leader.see(THEME).unwrap();
    leader.go("Læs datapakken", REASON).unwrap();
    leader.see("Flere har højt fravær i udskolingen.").unwrap();
    leader.see("BU Lederforum og Børne- og Ungdomsudvalget har prioriteret dem").unwrap();
    on(&leader, &server, "#/indikatorer");
    leader.see("14,2").unwrap();
    on(&leader, &server, "#/samtale");
    leader.press(&format!("Tag med: «{THEME}»")).unwrap();
    leader.see_in("Emne 1", THEME).unwrap();
    on(&leader, &server, "#/aftale");
    leader.go("Begynd tomt", "Hvad mangler?").unwrap();
    leader.go("Parter og inddragelse", "Det bygger vi på").unwrap();
    leader.press(&format!("Skriv ind: «{THEME}»")).unwrap();
    leader.see_in("Temaer fra Børne- og Ungdomsudvalget og BU Lederforum", THEME).unwrap();
    all_is_well(&[&secretariat, &leader]);
}

/// The whole cycle, and a year of the next.
#[test]
fn a_whole_cycle_by_files_alone() {
    let server = server();
    let secretariat = secretariat(Engine::Chromium, &server);
    let [whole, soeen, _] = package(&secretariat, &server);
    let leader = leader(Engine::Chromium, &server, &soeen);
    let chef = begun_as(Engine::Chromium, &server, Who::chef("Skoleafdelingen"));
    receive(&chef, &whole);
    chef_says_which_are_theirs(&chef, &server);
    conversation(&leader, &chef, &server);
    let aftale = agreement(&leader, &chef, &server);
    revision(&leader, &chef, &server, &aftale);
    midterm(&leader, &secretariat, &server, &aftale);
    report(&leader, &secretariat, &server);

    // Whatever way the files took: what anyone wrote is with both who made the agreement.
    let written = [
        "Det er svært efter vinterferien.",
        "Jeg vil høre om brobygningen.",
        "En voksen ringer hjem samme dag",
        "Kan vi nævne udskolingen?",
        "meget højt fravær",
        THEME,
    ];
    for person in [&leader, &chef] {
        let all = std::fs::read_to_string(person.save_with("Gem som fil").unwrap()).unwrap();
        for words in written {
            assert!(all.contains(words), "{words}");
        }
    }
    all_is_well(&[&secretariat, &leader, &chef]);
}

fn chef_says_which_are_theirs(chef: &Browser, server: &Server) {
    on(chef, server, "#/enheder/mine?dato=2026-02-11");
    chef.see("Du har ikke sagt det endnu").unwrap();
    for school in SCHOOLS {
        chef.pick(school).unwrap();
    }
    saved(chef);
    chef.see("Skolen ved Søen: ingen dag aftalt").unwrap();
    on(chef, server, "#/enheder");
    chef.go(SCHOOLS[1], "Hører under").unwrap();
    on(chef, server, "#/enheder/mine");
    chef.press("Skolen ved Søen: ingen dag aftalt").unwrap();
    chef.see_heading("Forbered samtalen").unwrap();
}

/// Both prepare apart, and hold it together; what was agreed to goes on.
fn conversation(leader: &Browser, chef: &Browser, server: &Server) {
    let take = format!("Tag med: «{THEME}»");
    chef.press(&take).unwrap();
    chef.write("Modpartens forberedelse til emne 1", "Jeg vil høre om brobygningen.").unwrap();
    let to_leader = chef.save_with("Gem fil til den anden part").unwrap();
    on(leader, server, "#/samtale?dato=2026-02-11");
    leader.press(&take).unwrap();
    leader.write("Lederens forberedelse til emne 1", "Det er svært efter vinterferien.").unwrap();
    let to_chef = leader.save_with("Gem fil til den anden part").unwrap();
    receive(chef, &to_chef);
    receive(leader, &to_leader);

    leader.go("Begynd samtalen", "Emne 1 af 1").unwrap();
    leader.see("Det er svært efter vinterferien.").unwrap();
    leader.see("Jeg vil høre om brobygningen.").unwrap();
    leader.write("Det aftaler vi", "En voksen ringer hjem samme dag").unwrap();
    leader.press("Til opsamlingen").unwrap();
    leader.see("En voksen ringer hjem samme dag").unwrap();
    leader.write("Det lærte vi af emne 1", LEARNED).unwrap();
    leader.pick("Må komme i kvalitetsrapporten (emne 1)").unwrap();
    saved(leader);
    on(leader, server, "#/hjulet/kvalitetssamtale");
    leader.pick("Gjort").unwrap();
    saved(leader);
}

/// From the conversation to what both have agreed to, with the same words changed by both on the way. Gives its address.
fn agreement(leader: &Browser, chef: &Browser, server: &Server) -> String {
    on(leader, server, "#/aftale?dato=2026-05-11");
    leader.go("Begynd med eksempler", "Hvad mangler?").unwrap();
    let address = leader.address().unwrap();
    let aftale = address.rsplit("#/aftale/").next().unwrap().split('?').next().unwrap().to_owned();
    on(leader, server, "#/samtale");
    leader.press("Opsamling og referat").unwrap();
    leader.press("Skriv ind i aftalen").unwrap();
    leader.press("Se målet i aftalen").unwrap();
    leader.see_in("Målet", "En voksen ringer hjem samme dag").unwrap();
    leader.pick(THEME).unwrap();
    leader.go("Tilbage til aftalen", "Aftalens vej").unwrap();
    leader.press("Parter og inddragelse").unwrap();
    leader.press(&format!("Skriv ind: «{THEME}»")).unwrap();
    leader.write("Leder", "Anne Holm").unwrap();
    leader.write("Modpart", "Bo Lund").unwrap();
    leader.go("Tilbage til aftalen", "Aftalens vej").unwrap();
    let to_chef = leader.save_with("Del aftalen").unwrap();
    receive(chef, &to_chef);

    on(chef, server, "#/enheder/mine?dato=2026-05-20");
    chef.press("Skolen ved Søen: aftalen er delt: læs den, og skriv i margenen").unwrap();
    open_goal(chef, "Færre elever har højt fravær");
    chef.press("Kommentér Målet").unwrap();
    chef.write("Kommentar", "Kan vi nævne udskolingen?").unwrap();
    chef.go("Færdig", "Kan vi nævne udskolingen?").unwrap();
    chef.write("Målet", "Færre elever i udskolingen har højt fravær").unwrap();
    saved(chef);
    chef.go("Tilbage til aftalen", "Aftalens vej").unwrap();
    let to_leader = chef.save_with("Gem fil til modparten").unwrap();
    open_goal(leader, "Færre elever har højt fravær");
    leader.write("Målet", "Færre elever har højt fravær, og flere siger hvorfor").unwrap();
    saved(leader);
    receive(leader, &to_leader);

    // The open choice is shown with both wordings, blocks, and is solved.
    leader.see("Åbent valg").unwrap();
    leader.see("1 åbent valg").unwrap();
    leader.press("Behold «Færre elever i udskolingen har højt fravær»").unwrap();
    leader.see_in("Målet", "Færre elever i udskolingen har højt fravær").unwrap();
    leader.go("Afslut kommentaren til Målet", "Afsluttet 11. maj 2026").unwrap();
    leader.go("Tilbage til aftalen", "Aftalens vej").unwrap();
    sign(leader, chef);
    aftale
}

/// Lays the words down, and both agree to them.
fn sign(leader: &Browser, chef: &Browser) {
    leader.go("Gør klar til underskrift", "Ordene ligger fast.").unwrap();
    leader.go("Sig ja som Anne Holm", "har sagt ja").unwrap();
    let to_sign = leader.save_with("Gem fil til modparten").unwrap();
    receive(chef, &to_sign);
    chef.see("Ordene ligger fast.").unwrap();
    chef.go("Sig ja som Bo Lund", "Aftalen gælder.").unwrap();
    let agreed = chef.save_with("Gem fil til modparten").unwrap();
    receive(leader, &agreed);
    leader.see("Aftalen gælder.").unwrap();
}

/// A year later.
fn revision(leader: &Browser, chef: &Browser, server: &Server, aftale: &str) {
    let address = format!("#/aftale/{aftale}?dato=2027-05-25");
    on(leader, server, &address);
    leader.see("det er tid til den årlige revision").unwrap();
    leader.go("Begynd den årlige revision", "Under revision").unwrap();
    open_goal(leader, "Færre elever i udskolingen har højt fravær");
    leader.write("Målet", "Færre elever i udskolingen har meget højt fravær").unwrap();
    saved(leader);
    leader.go("Tilbage til aftalen", "Aftalens vej").unwrap();
    leader.go("Versioner og ændringer", "omskrevet").unwrap();
    leader.see_texts(".comparison ins", &["meget"]).unwrap();
    on(leader, server, &address);
    let shared = leader.save_with("Del revisionen").unwrap();
    receive(chef, &shared);
    on(chef, server, &address);
    chef.see("Under revision").unwrap();
    sign(leader, chef);
}

/// The status halfway, and many units' by theme at the secretariat.
fn midterm(leader: &Browser, secretariat: &Browser, server: &Server, aftale: &str) {
    on(leader, server, &format!("#/midtvejs/{aftale}?dato=2027-08-11"));
    leader.go("Begynd midtvejsstatus", "Til BU Lederforum").unwrap();
    let goals = leader.texts(".halfway h2").unwrap();
    let place = goals.iter().position(|goal| goal.contains("En voksen ringer hjem samme dag")).unwrap() + 1;
    leader.choose_in(&format!("Gjorde det en forskel? (mål {place})"), "I høj grad").unwrap();
    leader.write("Det deler vi", "Vi ringer hjem samme dag.").unwrap();
    saved(leader);
    leader.go("Tilbage til aftalen", "Midtvejs").unwrap();
    let file = leader.save_with("Gem fil til modparten").unwrap();
    receive(secretariat, &file);
    on(secretariat, server, "#/midtvejs?dato=2027-08-20");
    secretariat.see("i høj grad: 1 mål").unwrap();
    secretariat.see("Vi ringer hjem samme dag.").unwrap();
    secretariat.see(THEME).unwrap();
}

/// The report of the cycle: what was released of all this, composed by the secretariat from what the leader sends.
fn report(leader: &Browser, secretariat: &Browser, server: &Server) {
    on(leader, server, "#/filer?dato=2027-08-20");
    leader.pick("Min enhed med alt, hvad der hører til").unwrap();
    let unit = leader.save_with("Gem filen").unwrap();
    receive(secretariat, &unit);
    on(secretariat, server, "#/rapport?dato=2027-08-20");
    secretariat.go("Begynd rapporten over alle enheder", "Det mangler").unwrap();
    secretariat.go("Se og udskriv", "Indhold").unwrap();
    let file = secretariat.save_as("Gem som webside", "html").unwrap();
    let text = std::fs::read_to_string(file).unwrap();
    for words in [THEME, REASON, LEARNED, "En voksen ringer hjem samme dag", "I høj grad"] {
        assert!(text.contains(words), "{words}");
    }
    // What was said in confidence, or rests on too few, is not in it.
    for secret in ["Det er svært efter vinterferien.", "Jeg vil høre om brobygningen."] {
        assert!(!text.contains(secret), "{secret}");
    }
}

fn open_goal(person: &Browser, words: &str) {
    person.go(words, "Tegn på progression").unwrap();
}
