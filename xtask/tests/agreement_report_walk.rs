//! The walk of the quality report, on the release bundle: what units have written becomes a report, chosen and worded by
//! its writers, and a file that anyone can read.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use xtask::browser::{Browser, Engine};
use xtask::in_every_engine;
use xtask::made::{SMALL, UNRELEASED, area_file};
use xtask::server::Server;
use xtask::walk::{Who, all_is_well, begun_as, on, server};

in_every_engine! {
    a_report_is_composed_chosen_worded_and_handed_out
}

const LEARNED: &str = "Vi skal spørge på andendagen og ikke i anden uge.";

/// A chef with the files of six schools and three houses.
fn with_area(engine: Engine, server: &Server) -> Browser {
    let chef = begun_as(engine, server, Who::chef("Skoleafdelingen"));
    let file = std::env::temp_dir().join(format!("report-{}-{engine:?}.kvalitetshjul.json", std::process::id()));
    area_file(&file).unwrap();
    chef.choose(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    chef.press("Luk").unwrap();
    chef
}

/// The headings of the chapters, as they stand in the list of them.
fn chapters(person: &Browser) -> Vec<String> {
    person.texts(".chapters .title").unwrap()
}

fn unfold(person: &Browser, chapter: &str) {
    person.follow(&format!("#afsnit-{chapter} > summary")).unwrap();
    see_unfolded(person, chapter);
}

/// What is folded counts as seen in some browsers, and takes no words.
fn see_unfolded(person: &Browser, chapter: &str) {
    let is_open = || Ok(person.count(&format!("#afsnit-{chapter}[open]"))? == 1);
    person.wait_for("the chapter to be unfolded", is_open).unwrap();
    // One can write in it once it has been laid out, which is not at once in every engine.
    person.focus(&format!("#afsnit-{chapter}[open] textarea")).unwrap();
}

fn a_report_is_composed_chosen_worded_and_handed_out(engine: Engine) {
    let server = server();
    let chef = with_area(engine, &server);

    // Of a conversation what was learned goes on, and only when it is released.
    on(&chef, &server, "#/samtale/engskolen/referat?dato=2026-03-12");
    chef.write("Det lærte vi af emne 1", LEARNED).unwrap();
    chef.pick("Må komme i kvalitetsrapporten (emne 1)").unwrap();
    chef.see("Gemt i denne browser kl.").unwrap();

    // It is composed by itself, and says what would make it better.
    on(&chef, &server, "#/rapport?dato=2026-08-12");
    chef.go("Begynd rapporten over alle enheder", "Det mangler").unwrap();
    chef.see_heading("Kvalitetsrapport 2025–2027").unwrap();
    let proposed = chapters(&chef);
    assert_eq!(proposed.first().map(String::as_str), Some("Indledning"));
    assert_eq!(proposed.last().map(String::as_str), Some("Aftalerne på et blik"));
    chef.press("Skriv afsnittet «Indledning»").unwrap();
    see_unfolded(&chef, "indledning");
    chef.write("Jeres egne ord: Indledning", "To år med øje for fraværet.").unwrap();
    chef.write("Hvem er den fra?", "Skolechefen").unwrap();

    // One is left out, one moved, one renamed; of another something is left out.
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

    // All of it is there again.
    chef.reload().unwrap();
    assert_eq!(chef.read_when_loaded("Overskrift på historie 1").unwrap(), "Et opkald samme dag");
    on(&chef, &server, "#/rapport/rapport-2025?dato=2026-08-12");
    chef.wait_for("the chapters", || Ok(last(&chapters(&chef)) == ["Alle aftaler", "De gode historier"])).unwrap();
    unfold(&chef, "indledning");
    chef.see_in("Jeres egne ord: Indledning", "To år med øje for fraværet.").unwrap();

    // In the next cycle it is one of the earlier ones, and led back to.
    on(&chef, &server, "#/rapport?dato=2028-02-01");
    chef.see("Tidligere rapporter").unwrap();
    chef.press("2025–2027 over alle enheder").unwrap();

    // Read, and handed out as a file that needs nothing beside it.
    chef.go("Se og udskriv", "Figur 1.").unwrap();
    let contents = chef.texts(".paper-contents a").unwrap();
    assert_eq!(contents[0], "Indledning");
    assert_eq!(last(&contents), ["Alle aftaler", "De gode historier"]);
    assert!(!contents.iter().any(|chapter| chapter.starts_with("Temaer")), "{contents:?}");
    chef.press("Alle aftaler").unwrap();
    chef.see_focus("id", &format!("afsnit-{}", contents.len() - 1)).unwrap();
    all_is_well(&[&chef]);
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
