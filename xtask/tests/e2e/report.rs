//! The quality report: composed from the units' records, edited, and saved as a web page; which agreements it looks
//! back at on each day; the voices that a unit releases to it.

use xtask::browser::{Browser, Engine};
use xtask::e2e::{UserRole, assert_no_errors, go_to, server, start_as, wait_until_saved};
use xtask::in_every_engine;
use xtask::sample_data::area::{
    FEEDBACK, NEW_GOAL, NEW_SCHOOL, RELEASED_VOICE, SMALL, UNRELEASED, UNRELEASED_VOICES, area_file,
};
use xtask::server::Server;

in_every_engine! {
    report_is_composed_edited_and_saved_as_a_web_page
    report_looks_back_at_the_agreements_of_the_midterm_before
}

const LEARNED: &str = "Vi skal spørge på andendagen og ikke i anden uge.";

/// Starts as a chef with the records of six schools and three daycare houses.
fn start_with_area(engine: Engine, server: &Server) -> Browser {
    let chef = start_as(engine, server, UserRole::chef("Skoleafdelingen"));
    let file = std::env::temp_dir().join(format!("report-{}-{engine:?}.kvalitetshjul.json", std::process::id()));
    area_file(&file).unwrap();
    chef.choose(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    chef.press("Luk").unwrap();
    chef
}

/// Returns the titles in the list of chapters.
fn chapters(person: &Browser) -> Vec<String> {
    person.texts(".chapters .chapter-title").unwrap()
}

/// Unfolds a chapter.
fn unfold(person: &Browser, chapter: &str) {
    person.follow(&format!("#afsnit-{chapter} > summary")).unwrap();
    see_unfolded(person, chapter);
}

/// Waits until a chapter is unfolded. Some browsers report folded text as visible, but it cannot be edited.
fn see_unfolded(person: &Browser, chapter: &str) {
    let is_open = || Ok(person.count(&format!("#afsnit-{chapter}[open]"))? == 1);
    person.wait_for("the chapter to be unfolded", is_open).unwrap();
    // The text field takes the focus only after layout, which some engines delay.
    person.focus(&format!("#afsnit-{chapter}[open] textarea")).unwrap();
}

fn report_is_composed_edited_and_saved_as_a_web_page(engine: Engine) {
    let server = server();
    let chef = start_with_area(engine, &server);

    // From a conversation, only a released text goes into the report.
    go_to(&chef, &server, "#/samtale/engskolen/referat?dato=2026-03-12");
    chef.write("Det lærte vi af emne 1", LEARNED).unwrap();
    chef.pick("Må komme i kvalitetsrapporten (emne 1)").unwrap();
    chef.see("Gemt i denne browser kl.").unwrap();

    // The report is composed automatically and says what is missing.
    go_to(&chef, &server, "#/rapport?dato=2026-08-12");
    chef.go("Begynd rapporten over alle enheder", "Det mangler").unwrap();
    chef.see_heading("Kvalitetsrapport 2025–2027").unwrap();
    let proposed = chapters(&chef);
    assert_eq!(proposed.first().map(String::as_str), Some("Indledning"));
    assert_eq!(proposed.last().map(String::as_str), Some("Aftalerne på et blik"));
    chef.press("Skriv afsnittet «Indledning»").unwrap();
    see_unfolded(&chef, "indledning");
    chef.write("Jeres egne ord: Indledning", "To år med øje for fraværet.").unwrap();
    chef.write("Hvem er den fra?", "Skolechefen").unwrap();

    // A chapter is left out, one is moved and renamed, and an item of another is left out.
    unfold(&chef, "temaer");
    chef.pick("«Temaer og prioriteringer» er med i rapporten").unwrap();
    unfold(&chef, "aftaler");
    chef.press("Flyt op: Aftalerne på et blik").unwrap();
    chef.write("Overskrift: Aftalerne på et blik", "Alle aftaler").unwrap();
    unfold(&chef, "praksis");
    chef.pick("Makkere på tur (Engskolen)").unwrap();
    let last = |titles: &[String]| titles[titles.len() - 2..].to_vec();
    chef.wait_for("the chapter to be moved", || Ok(last(&chapters(&chef)) == ["Alle aftaler", "De gode historier"]))
        .unwrap();
    chef.press("Gode historier").unwrap();
    chef.press("Tag med: Bakkeskolen").unwrap();
    chef.write("Overskrift på historie 1", "Et opkald samme dag").unwrap();
    chef.see("Gemt i denne browser kl.").unwrap();

    // Everything is there after a reload.
    chef.reload().unwrap();
    assert_eq!(chef.read_when_loaded("Overskrift på historie 1").unwrap(), "Et opkald samme dag");
    go_to(&chef, &server, "#/rapport/rapport-2025?dato=2026-08-12");
    chef.wait_for("the chapters", || Ok(last(&chapters(&chef)) == ["Alle aftaler", "De gode historier"])).unwrap();
    unfold(&chef, "indledning");
    chef.see_in("Jeres egne ord: Indledning", "To år med øje for fraværet.").unwrap();

    // In the next cycle the report is listed as an earlier one.
    go_to(&chef, &server, "#/rapport?dato=2028-02-01");
    chef.see("Tidligere rapporter").unwrap();
    chef.press("2025–2027 over alle enheder").unwrap();

    // The report is read, and saved as a file that needs no other file.
    chef.go("Se og udskriv", "Figur 1.").unwrap();
    let contents = chef.texts(".paper-contents a").unwrap();
    assert_eq!(contents[0], "Indledning");
    assert_eq!(last(&contents), ["Alle aftaler", "De gode historier"]);
    assert!(!contents.iter().any(|chapter| chapter.starts_with("Temaer")), "{contents:?}");
    chef.press("Alle aftaler").unwrap();
    chef.see_focus("id", &format!("afsnit-{}", contents.len() - 1)).unwrap();
    assert_no_errors(&[&chef]);
    let file = chef.save_as("Gem som webside", "html").unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    for words in ["To år med øje for fraværet.", LEARNED, "Et opkald samme dag", "Skolechefen", "I høj grad"] {
        assert!(text.contains(words), "{words}");
    }
    for voice in UNRELEASED_VOICES {
        assert!(!text.contains(voice) && text.contains(RELEASED_VOICE), "{voice}");
    }
    for secret in [SMALL.1, "77.7", UNRELEASED, "Makkere på tur (Engskolen)", "<script", "src=", "@import"] {
        assert!(!text.contains(secret), "{secret} is in the file");
    }
    chef.open(&format!("file://{}", file.display())).unwrap();
    chef.see_heading("Kvalitetsrapport 2025–2027").unwrap();
    assert_eq!(chef.texts(".paper-contents a").unwrap(), contents);
    assert_eq!(chef.count("figure > svg").unwrap(), chef.count("figure > figcaption").unwrap());
    chef.press("Alle aftaler").unwrap();
    assert!(chef.address().unwrap().ends_with(&format!("#afsnit-{}", contents.len() - 1)));
}

/// Opens the report of a day as a document, and returns the rows of its table of agreements that begin with a name.
/// `asks_for_status` is whether the agreements that the report looks back at lack a midterm status.
fn open_report(
    person: &Browser,
    server: &Server,
    (day, quarter): (&str, &str),
    name: &str,
    asks_for_status: bool,
) -> Vec<String> {
    go_to(person, server, &format!("#/rapport?dato={day}"));
    person.go("Begynd rapporten over alle enheder", "Det mangler").unwrap();
    assert_eq!(person.sees("det er ikke sagt i midtvejsstatus").unwrap(), asks_for_status, "{day}");
    person.go("Se og udskriv", &format!("Den forrige er den, der gjaldt i {quarter}.")).unwrap();
    let rows = person.texts(".paper-agreements tbody tr").unwrap();
    rows.into_iter().filter(|row| row.starts_with(name)).collect()
}

/// In 2026 the agreements of 2024–2026 had their midterm status a year ago, and those of 2026–2028 have just begun.
fn report_looks_back_at_the_agreements_of_the_midterm_before(engine: Engine) {
    let server = server();
    let chef = start_with_area(engine, &server);
    for day in ["2025-11-05", "2026-02-11", "2026-08-12", "2027-09-01"] {
        let rows = open_report(&chef, &server, (day, "3. kvartal 2025"), "Bakkeskolen", false);
        assert_eq!(rows.len(), 2, "{day}: {rows:?}");
        let (previous, new) = (&rows[0], &rows[1]);
        assert!(previous.contains("Den forrige") && previous.contains("2024"), "{day}: {previous}");
        assert!(new.contains("Den nye") && new.contains("2028"), "{day}: {new}");
        chef.see(&format!("Ingen aftale fra den periode i denne browser: {NEW_SCHOOL}.")).unwrap();
        chef.see("I høj grad: ").unwrap();
        assert!(!chef.sees(NEW_GOAL).unwrap(), "{day}: the effect of a new agreement is in the report");
    }

    // The three steps before the report stand in it, with reasons; what was not released does not.
    for words in FEEDBACK.iter().chain(&[RELEASED_VOICE]) {
        chef.see(words).unwrap();
    }
    for secret in UNRELEASED_VOICES.iter().chain(&[UNRELEASED, SMALL.1]) {
        assert!(!chef.sees(secret).unwrap(), "{secret}");
    }
    let headings = chef.texts(".paper-contents a").unwrap();
    let at = |heading: &str| headings.iter().position(|own| own.starts_with(heading)).unwrap();
    let steps = ["Temaer", "Mønstre, som", "Mønstre: ", "Stemmerne", "Det har vi lært", "Det gjorde", "Aftalerne"];
    assert!(steps.map(at).is_sorted(), "{headings:?}");

    // The report of the next cycle looks back at the agreements that are new in this one.
    let rows = open_report(&chef, &server, ("2028-08-15", "3. kvartal 2027"), "Bakkeskolen", true);
    assert!(rows.len() == 1 && rows[0].contains("Den forrige") && rows[0].contains("2028"), "{rows:?}");
    assert!(!chef.sees("I høj grad: ").unwrap() && !chef.sees(FEEDBACK[0]).unwrap());
    let rows = open_report(&chef, &server, ("2024-08-15", "3. kvartal 2023"), "Bakkeskolen", false);
    assert!(rows[0].contains("Ingen aftale fra den periode i denne browser"), "{rows:?}");
    assert_no_errors(&[&chef]);
}

/// A figure on few persons hides what is said about it, released or not.
#[test]
fn released_voices_are_in_the_report_with_their_only_figure() {
    const VOICE: &str = "Ring til os, før der er gået en uge.";
    let server = server();
    let leader = start_as(Engine::Chromium, &server, UserRole::leader(UserRole::LEVEL_3, "Skolen ved Åen"));
    go_to(&leader, &server, "#/indikator/fravaer?dato=2026-06-01");
    leader.see("Det siger vi om tallet").unwrap();
    let labels = leader.texts(".years label").unwrap();
    leader.write(labels.last().unwrap(), "6,1").unwrap();
    leader.write("Antal personer bag tallet", "80").unwrap();
    leader.write("Forældre", VOICE).unwrap();
    leader.write("Spørgsmål", "Hvorfor mest om mandagen?").unwrap();
    wait_until_saved(&leader);

    // The only figure is a sentence. Nothing is said about it before it is released.
    go_to(&leader, &server, "#/rapport?dato=2026-08-12");
    leader.go("Begynd rapporten over Skolen ved Åen", "Det mangler").unwrap();
    leader.see("Ingen stemmer om tallene er frigivet til rapporten.").unwrap();
    leader.go("Se og udskriv", "Det første tal.").unwrap();
    leader.see_count(".paper figure", 0).unwrap();
    assert!(!leader.sees(VOICE).unwrap());
    let report = leader.address().unwrap();

    go_to(&leader, &server, "#/indikator/fravaer");
    leader.pick("Vurderingen og stemmerne må komme i kvalitetsrapporten").unwrap();
    wait_until_saved(&leader);
    leader.open(&report).unwrap();
    leader.see(VOICE).unwrap();
    let paper = leader.texts(".paper").unwrap().concat();
    assert!(paper.contains(VOICE) && !paper.contains("mandagen"), "the note of the dialogue is in the report");

    go_to(&leader, &server, "#/indikator/fravaer");
    leader.write("Antal personer bag tallet", "4").unwrap();
    wait_until_saved(&leader);
    leader.open(&report).unwrap();
    leader.see("Tal, der hviler på færre end 5 personer, er skjult").unwrap();
    assert!(!leader.sees(VOICE).unwrap() && !leader.sees("6,1").unwrap());
    assert_no_errors(&[&leader]);
}
