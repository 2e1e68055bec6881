//! The quality report: composed from the units' records, edited, and saved as a web page.

use xtask::browser::{Browser, Engine};
use xtask::e2e::{UserRole, assert_no_errors, go_to, server, start_as};
use xtask::in_every_engine;
use xtask::sample_data::area::{SMALL, UNRELEASED, area_file};
use xtask::server::Server;

in_every_engine! {
    report_is_composed_edited_and_saved_as_a_web_page
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
    chef.pick("«Temaer, vi har arbejdet med» er med i rapporten").unwrap();
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
