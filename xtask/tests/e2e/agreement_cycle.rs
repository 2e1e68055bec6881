//! A whole two-year cycle: secretariat, chef and leader, each in a browser of their own, exchange nothing but files.
//! And the four views, which a unit takes up again on a day of the cycle.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use xtask::browser::{Browser, Engine};
use xtask::e2e::{UserRole, assert_no_errors, go_to, open_first_time, receive, server, start_as, wait_until_saved};
use xtask::in_every_engine;
use xtask::server::Server;

in_every_engine! {
    data_package_reaches_the_pages_that_use_it
}

const SCHOOLS: [&str; 2] = ["Skolen ved Søen", "Skolen ved Åen"];
const THEME: &str = "Til stede hver dag";
const LEARNED: &str = "Et opkald samme dag virker bedre end et brev.";
const REASON: &str = "Højt fravær er steget to år i træk.";

/// The figures as a spreadsheet holds them. One figure rests on four persons.
const TABLE: &str = "Enhed;Indikator;Periode;Værdi;Antal
Skolen ved Søen;Færre med højt fravær;2023/24;10,0;400
Skolen ved Søen;Færre med højt fravær;2024/25;14,2;400
Skolen ved Åen;Færre med højt fravær;2023/24;9,0;300
Skolen ved Åen;Færre med højt fravær;2024/25;25,0;4
";

/// Starts as the secretariat and imports the figures of two schools.
fn start_as_secretariat(engine: Engine, server: &Server) -> Browser {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let person = open_first_time(engine, server);
    person.pick("Sekretariatet").unwrap();
    person.go("Begynd", "Lav datapakken").unwrap();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let table = std::env::temp_dir().join(format!("agreement-cycle-{}-{count}.csv", std::process::id()));
    std::fs::write(&table, TABLE).unwrap();
    go_to(&person, server, "#/indikatorer/hent?dato=2025-11-05");
    person.choose_at("#open-table", &table).unwrap();
    person.see("Kolonnerne i «").unwrap();
    person.press("Opret alle ukendte enheder").unwrap();
    person.press("Hent tallene ind").unwrap();
    person.see("Tallene er hentet ind").unwrap();
    std::fs::remove_file(&table).unwrap();
    for school in SCHOOLS {
        go_to(&person, server, "#/enheder");
        person.go(school, "Enhedens navn").unwrap();
        person.see_in("Enhedens navn", school).unwrap();
        person.choose_option("Skole").unwrap();
        person.choose_option(UserRole::LEVEL_3).unwrap();
    }
    wait_until_saved(&person);
    person
}

/// Writes the data package, and saves its files: the one for all units, and one for each school.
fn save_package(person: &Browser, server: &Server) -> [PathBuf; 3] {
    go_to(person, server, "#/datapakke/lav?dato=2026-01-20");
    person.see("Skriv de temaer, mønstrene peger på").unwrap();
    person.press("Skriv et mønster").unwrap();
    person.write("Mønster 1", "Flere har højt fravær i udskolingen.").unwrap();
    person.press("Tilføj et tema").unwrap();
    person.write("Tema 1", THEME).unwrap();
    person.write("Hvorfor er det peget ud? Tema 1", REASON).unwrap();
    person.choose_in("BU Lederforum (tema 1)", "Prioriteret").unwrap();
    person.choose_in("Børne- og Ungdomsudvalget (tema 1)", "Prioriteret").unwrap();
    person.write("FællesMEDs feedback til tema 1", "Vi er enige.").unwrap();
    wait_until_saved(person);
    let zip = person.save_as("Gem alle filerne", "zip").unwrap();
    let files = unpack(&zip);
    let find = |name: &str| files.iter().find(|file| file.to_string_lossy().contains(name)).unwrap().clone();
    assert_eq!(files.len(), 3);
    ["Alle enheder", SCHOOLS[0], SCHOOLS[1]].map(find)
}

/// Unpacks a ZIP file into its folder.
fn unpack(zip: &Path) -> Vec<PathBuf> {
    let folder = zip.parent().unwrap();
    let mut archive = zip::ZipArchive::new(std::fs::File::open(zip).unwrap()).unwrap();
    archive.extract(folder).unwrap();
    archive.file_names().map(|name| folder.join(name.unwrap().as_ref())).collect()
}

/// Starts as a leader with the file of the secretariat.
fn start_as_leader(engine: Engine, server: &Server, file: &Path) -> Browser {
    let person = open_first_time(engine, server);
    person.pick("Leder").unwrap();
    receive(&person, file);
    person
}

fn data_package_reaches_the_pages_that_use_it(engine: Engine) {
    let server = server();
    let secretariat = start_as_secretariat(engine, &server);
    let [all_units, soeen, aaen] = save_package(&secretariat, &server);

    // A school's file holds that school and the shared records only. No file holds the figure that rests on four
    // persons.
    let text = |file: &Path| std::fs::read_to_string(file).unwrap();
    assert!(text(&soeen).contains(SCHOOLS[0]) && !text(&soeen).contains(SCHOOLS[1]));
    assert!(text(&aaen).contains(SCHOOLS[1]) && !text(&aaen).contains(SCHOOLS[0]));
    for file in [&all_units, &soeen, &aaen] {
        assert!(text(file).contains(THEME) && text(file).contains(REASON), "{}", file.display());
        assert!(!text(file).contains("\"value\":25"), "{}", file.display());
    }

    // The themes appear on the pages where the leader needs them.
    let leader = start_as_leader(engine, &server, &soeen);
    go_to(&leader, &server, "#/?dato=2026-02-11");
    leader.see("Temaerne i de to år").unwrap();
    leader.see(THEME).unwrap();
    leader.go("Læs datapakken", REASON).unwrap();
    leader.see("Flere har højt fravær i udskolingen.").unwrap();
    leader.see("BU Lederforum og Børne- og Ungdomsudvalget har prioriteret dem").unwrap();
    go_to(&leader, &server, "#/indikatorer");
    leader.see("14,2").unwrap();
    go_to(&leader, &server, "#/samtale");
    leader.press(&format!("Tag med: «{THEME}»")).unwrap();
    leader.see_in("Emne 1", THEME).unwrap();
    go_to(&leader, &server, "#/aftale");
    leader.go("Begynd tomt", "Hvad mangler?").unwrap();
    leader.go("Parter og inddragelse", "Det bygger vi på").unwrap();
    leader.press(&format!("Skriv ind: «{THEME}»")).unwrap();
    leader.see_in("Temaer fra Børne- og Ungdomsudvalget og BU Lederforum", THEME).unwrap();
    assert_no_errors(&[&secretariat, &leader]);
}

#[test]
fn full_cycle_works_by_files_alone() {
    let server = server();
    let secretariat = start_as_secretariat(Engine::Chromium, &server);
    let [all_units, soeen, _] = save_package(&secretariat, &server);
    let leader = start_as_leader(Engine::Chromium, &server, &soeen);
    let chef = start_as(Engine::Chromium, &server, UserRole::chef("Skoleafdelingen"));
    receive(&chef, &all_units);
    choose_units(&chef, &server);
    hold_conversation(&leader, &chef, &server);
    let aftale = make_agreement(&leader, &chef, &server);
    revise(&leader, &chef, &server, &aftale);
    write_midtvejs(&leader, &secretariat, &server, &aftale);
    compose_report(&leader, &secretariat, &server);

    // Both parties of the agreement have every text, whatever way the files took.
    let written = [
        "Det er svært efter vinterferien.",
        "Jeg vil høre om brobygningen.",
        "En voksen ringer hjem samme dag",
        "Kan vi nævne udskolingen?",
        "meget højt fravær",
        THEME,
    ];
    for person in [&leader, &chef] {
        let all = std::fs::read_to_string(person.save_with("Gem sikkerhedskopi").unwrap()).unwrap();
        for words in written {
            assert!(all.contains(words), "{words}");
        }
    }
    assert_no_errors(&[&secretariat, &leader, &chef]);
}

/// Lets the chef choose their units.
fn choose_units(chef: &Browser, server: &Server) {
    go_to(chef, server, "#/enheder/mine?dato=2026-02-11");
    chef.see("Du har ikke sagt det endnu").unwrap();
    for school in SCHOOLS {
        chef.pick(school).unwrap();
    }
    wait_until_saved(chef);
    chef.see("Skolen ved Søen: ingen dag aftalt").unwrap();
    go_to(chef, server, "#/enheder");
    chef.go(SCHOOLS[1], "Hører under").unwrap();
    go_to(chef, server, "#/enheder/mine");
    chef.press("Skolen ved Søen: ingen dag aftalt").unwrap();
    chef.see_heading("Forbered samtalen").unwrap();
}

/// Lets both parties prepare the conversation, and holds it.
fn hold_conversation(leader: &Browser, chef: &Browser, server: &Server) {
    let button = format!("Tag med: «{THEME}»");
    chef.press(&button).unwrap();
    chef.write("Modpartens forberedelse til emne 1", "Jeg vil høre om brobygningen.").unwrap();
    let to_leader = chef.save_with("Gem fil til den anden part").unwrap();
    go_to(leader, server, "#/samtale?dato=2026-02-11");
    leader.press(&button).unwrap();
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
    wait_until_saved(leader);
    go_to(leader, server, "#/hjulet/kvalitetssamtale");
    leader.pick("Gjort").unwrap();
    wait_until_saved(leader);
}

/// Makes the agreement, from the conversation to the consent of both, who change the same text on the way. Returns the
/// id.
fn make_agreement(leader: &Browser, chef: &Browser, server: &Server) -> String {
    go_to(leader, server, "#/aftale?dato=2026-05-11");
    leader.go("Begynd med eksempler", "Hvad mangler?").unwrap();
    let address = leader.address().unwrap();
    let aftale = address.rsplit("#/aftale/").next().unwrap().split('?').next().unwrap().to_owned();
    go_to(leader, server, "#/samtale");
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
    leader.press("Del aftalen").unwrap();
    let to_chef = leader.save_with("Ja, del og gem filen").unwrap();
    receive(chef, &to_chef);

    go_to(chef, server, "#/enheder/mine?dato=2026-05-20");
    chef.press("Skolen ved Søen: aftalen er delt: læs den, og skriv i margenen").unwrap();
    open_goal(chef, "Færre elever har højt fravær");
    chef.open_field_menu("Målet").unwrap();
    chef.press("Kommentér Målet").unwrap();
    chef.write("Kommentar", "Kan vi nævne udskolingen?").unwrap();
    chef.go("Færdig", "Kan vi nævne udskolingen?").unwrap();
    chef.write("Målet", "Færre elever i udskolingen har højt fravær").unwrap();
    wait_until_saved(chef);
    chef.go("Tilbage til aftalen", "Aftalens vej").unwrap();
    let to_leader = chef.save_with("Gem fil til modparten").unwrap();
    open_goal(leader, "Færre elever har højt fravær");
    leader.write("Målet", "Færre elever har højt fravær, og flere siger hvorfor").unwrap();
    wait_until_saved(leader);
    receive(leader, &to_leader);

    // The open choice shows both wordings and blocks the agreement until it is resolved.
    leader.see("Åbent valg").unwrap();
    leader.see("1 åbent valg").unwrap();
    leader.press("Behold «Færre elever i udskolingen har højt fravær»").unwrap();
    leader.see_in("Målet", "Færre elever i udskolingen har højt fravær").unwrap();
    leader.go("Afslut kommentaren til Målet", "Afsluttet 11. maj 2026").unwrap();
    leader.go("Tilbage til aftalen", "Aftalens vej").unwrap();
    sign(leader, chef);
    aftale
}

/// Freezes the text, and lets both parties agree to it.
fn sign(leader: &Browser, chef: &Browser) {
    leader.go("Gør klar til underskrift", "Det står der ikke noget om endnu.").unwrap();
    leader.go("Gør klar alligevel", "Ordene ligger fast.").unwrap();
    leader.go("Sig ja som Anne Holm", "har sagt ja").unwrap();
    let to_sign = leader.save_with("Gem fil til modparten").unwrap();
    receive(chef, &to_sign);
    chef.see("Ordene ligger fast.").unwrap();
    chef.go("Sig ja som Bo Lund", "Aftalen gælder.").unwrap();
    let agreed = chef.save_with("Gem fil til modparten").unwrap();
    receive(leader, &agreed);
    leader.see("Aftalen gælder.").unwrap();
}

/// Revises the agreement a year later.
fn revise(leader: &Browser, chef: &Browser, server: &Server, aftale: &str) {
    let address = format!("#/aftale/{aftale}?dato=2027-05-25");
    go_to(leader, server, &address);
    leader.see("det er tid til den årlige revision").unwrap();
    leader.go("Begynd den årlige revision", "Under revision").unwrap();
    open_goal(leader, "Færre elever i udskolingen har højt fravær");
    leader.write("Målet", "Færre elever i udskolingen har meget højt fravær").unwrap();
    wait_until_saved(leader);
    leader.go("Tilbage til aftalen", "Aftalens vej").unwrap();
    leader.go("Versioner og ændringer", "omskrevet").unwrap();
    leader.see_texts(".comparison ins", &["meget"]).unwrap();
    go_to(leader, server, &address);
    leader.go("Del revisionen", "Den aftale, der gælder, ændres ikke.").unwrap();
    let shared = leader.save_with("Ja, del og gem filen").unwrap();
    receive(chef, &shared);
    go_to(chef, server, &address);
    chef.see("Under revision").unwrap();
    sign(leader, chef);
}

/// Writes the status halfway, and shows it by theme at the secretariat.
fn write_midtvejs(leader: &Browser, secretariat: &Browser, server: &Server, aftale: &str) {
    go_to(leader, server, &format!("#/midtvejs/{aftale}?dato=2027-08-11"));
    leader.go("Begynd midtvejsstatus", "Til BU Lederforum").unwrap();
    let goals = leader.texts(".halfway h2").unwrap();
    let place = goals.iter().position(|goal| goal.contains("En voksen ringer hjem samme dag")).unwrap() + 1;
    leader.choose_in(&format!("Gjorde det en forskel? (mål {place})"), "I høj grad").unwrap();
    leader.write("Det deler vi", "Vi ringer hjem samme dag.").unwrap();
    wait_until_saved(leader);
    leader.go("Tilbage til aftalen", "Midtvejs").unwrap();
    let file = leader.save_with("Gem fil til modparten").unwrap();
    receive(secretariat, &file);
    go_to(secretariat, server, "#/midtvejs?dato=2027-08-20");
    secretariat.see("i høj grad: 1 mål").unwrap();
    secretariat.see("Vi ringer hjem samme dag.").unwrap();
    secretariat.see(THEME).unwrap();
}

/// Composes two reports at the secretariat from the leader's file, and checks what they hold. The report of a cycle has
/// its feedback and conversations; the effect of its agreements is in the report of the next cycle.
fn compose_report(leader: &Browser, secretariat: &Browser, server: &Server) {
    go_to(leader, server, "#/filer?dato=2027-08-20");
    leader.pick("Min enhed med alt, hvad der hører til").unwrap();
    let unit = leader.save_with("Gem filen").unwrap();
    receive(secretariat, &unit);
    let effect = ["En voksen ringer hjem samme dag", "I høj grad"];
    let feedback = [REASON, LEARNED];
    for (day, present, absent) in [("2027-08-20", feedback, effect), ("2028-08-15", effect, feedback)] {
        go_to(secretariat, server, &format!("#/rapport?dato={day}"));
        secretariat.go("Begynd rapporten over alle enheder", "Det mangler").unwrap();
        secretariat.go("Se og udskriv", "Indhold").unwrap();
        let file = secretariat.save_as("Gem som webside", "html").unwrap();
        let text = std::fs::read_to_string(file).unwrap();
        for words in present.iter().chain(&[THEME]) {
            assert!(text.contains(words), "{day}: {words}");
        }
        // Preparations of the conversation are confidential and not in the report.
        for words in absent.iter().chain(&["Det er svært efter vinterferien.", "Jeg vil høre om brobygningen."]) {
            assert!(!text.contains(words), "{day}: {words}");
        }
    }
}

fn open_goal(person: &Browser, words: &str) {
    person.go(words, "Tegn på progression").unwrap();
}

#[test]
fn four_views_are_taken_up_again_when_their_day_comes() {
    const VIEWS: &str = "#/fundament/bu-12/syn?dato=";
    const WAITS: &str = "Tag de fire syn op igen";
    let server = server();
    let leader = open_first_time(Engine::Chromium, &server);
    leader.press("Spring over").unwrap();
    go_to(&leader, &server, &format!("{VIEWS}2026-02-11"));
    leader.see("valgt din enhed").unwrap();
    go_to(&leader, &server, "#/enheder");
    leader.write("Hvad hedder enheden?", "Skolen ved Søen").unwrap();
    leader.go("Tilføj enheden", "Enhedens navn").unwrap();

    // The text belongs to the day; the next day is a year ahead.
    go_to(&leader, &server, &format!("{VIEWS}2026-02-11"));
    let outcome = "Vi vil spørge børnene, før vi svarer for dem.";
    leader.write("Hvad kom der ud af det 11. februar 2026?", outcome).unwrap();
    leader.write("Næste gang I tager synene op", "02102027").unwrap();
    wait_until_saved(&leader);
    go_to(&leader, &server, "#/?dato=2026-02-11");
    leader.see("Det mangler").unwrap();
    assert!(!leader.sees(WAITS).unwrap());

    // Within the month before, the front page names the day and the last outcome.
    go_to(&leader, &server, "#/?dato=2027-01-20");
    leader.see(WAITS).unwrap();
    leader.see(&format!("det er aftalt til 10. februar 2027 · sidst: «{outcome}»")).unwrap();
    go_to(&leader, &server, "#/?dato=2027-02-11");
    leader.see(&format!("dagen var 10. februar 2027 · sidst: «{outcome}»")).unwrap();
    leader.press(WAITS).unwrap();
    leader.see_heading("De fire syn").unwrap();
    leader.see("Dagen er gået.").unwrap();
    leader.write("Hvad kom der ud af det 11. februar 2027?", "Nu spørger vi først.").unwrap();
    wait_until_saved(&leader);
    assert!(!leader.sees("Dagen er gået.").unwrap());
    go_to(&leader, &server, "#/?dato=2027-02-12");
    leader.see("Det mangler").unwrap();
    assert!(!leader.sees(WAITS).unwrap());

    // The earlier times are listed, the newest first, and can be edited and deleted.
    go_to(&leader, &server, &format!("{VIEWS}2027-02-12"));
    leader.see_texts(".rows li strong", &["11. februar 2027", "11. februar 2026"]).unwrap();
    leader.press("Slet: 11. februar 2026").unwrap();
    leader.see_texts(".rows li strong", &["11. februar 2027"]).unwrap();
    leader.press("Ret: 11. februar 2027").unwrap();
    leader.see_in("Hvad kom der ud af det 11. februar 2027?", "Nu spørger vi først.").unwrap();
    leader.see_count(".rows li", 0).unwrap();
    assert_no_errors(&[&leader]);
}
