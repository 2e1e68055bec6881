//! No CPR number comes to rest in the browser, whatever it is typed into, pasted into or read from.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::period::Period;
use xtask::browser::{Browser, Engine};
use xtask::walk::{all_is_well, begun, on, saved, server};

const NUMBER: &str = "1503121234";
const ENTER: &str = "\u{e007}";
const UP: &str = "\u{e013}";
const DOWN: &str = "\u{e015}";
const REFUSED: &str = "Det ligner et CPR-nummer. Intet er gemt";

/// The label of the field of the last school year.
fn last_year() -> String {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let day = Timestamp::from_seconds(i64::try_from(seconds).unwrap()).unwrap().date();
    let year = if day.month() >= 8 { day.year() } else { day.year() - 1 };
    format!("Fravær reduceres, {}", Period::SchoolYear(year).danish())
}

/// No number is kept, in no way that it was written.
#[track_caller]
fn nothing_is_kept(person: &Browser) {
    let stored = person.stored().unwrap();
    for written in [NUMBER, "150312-1234", "150312.1234", "150312,1234", "1.503.121.234"] {
        assert!(!stored.contains(written), "{written} is kept");
    }
}

#[test]
fn trust_cpr_is_caught_in_every_number_field() {
    let server = server();
    let person = begun(Engine::Chromium, &server, "Skolen");
    person.go("Indikatorer", "Tallene står aldrig alene").unwrap();
    person.go("Fravær reduceres", "Det siger vi om tallet").unwrap();
    let year = last_year();
    person.write(&year, "6,1").unwrap();
    person.see_in(&year, "6,1").unwrap();
    for typed in [NUMBER, "150312-1234", "150312,1234", "1.503.121.234"] {
        person.write(&year, typed).unwrap();
        person.see(REFUSED).unwrap();
    }
    person.reload().unwrap();
    // What stood there stands there.
    person.see_in(&year, "6,1").unwrap();
    person.write("Antal personer bag tallet", "24").unwrap();
    person.write("Antal personer bag tallet", NUMBER).unwrap();
    person.see(REFUSED).unwrap();
    person.reload().unwrap();
    person.see_in("Antal personer bag tallet", "24").unwrap();
    nothing_is_kept(&person);

    // The sheet: typed and pasted.
    on(&person, &server, "#/indikatorer/skema");
    person.see("Skriv, kopiér og indsæt som i et regneark.").unwrap();
    person.focus("[data-cell='0-0']").unwrap();
    person.keys(NUMBER).unwrap();
    person.keys(ENTER).unwrap();
    person.see_focus("data-cell", "1-0").unwrap();
    person.keys(UP).unwrap();
    person.see_focus("data-cell", "0-0").unwrap();
    person.see(REFUSED).unwrap();
    person.keys(&format!("{DOWN}{DOWN}")).unwrap();
    person.see_focus("data-cell", "2-0").unwrap();
    person.paste("5,5\t1503121234\r\n150312-1234\t7,5").unwrap();
    person.see("Det, der ligner CPR-numre, er ikke gemt.").unwrap();
    saved(&person);
    nothing_is_kept(&person);
    all_is_well(&[&person]);
}

/// Digits before words are held back as digits behind them are.
#[test]
fn trust_cpr_typed_before_other_words_is_never_kept() {
    let server = server();
    let person = begun(Engine::Chromium, &server, "Skolen");
    person.go("Indikatorer", "Tallene står aldrig alene").unwrap();
    person.go("Fravær reduceres", "Det siger vi om tallet").unwrap();
    person.write("Bemærkning til tallet", " trives").unwrap();
    saved(&person);
    person
        .run("const field = [...document.querySelectorAll('textarea')].find(own => own.value === ' trives'); field.focus(); field.setSelectionRange(0, 0);")
        .unwrap();
    for part in ["1503", "12", "-12"] {
        person.keys(part).unwrap();
        saved(&person);
        assert!(!person.stored().unwrap().contains("150312"), "after {part}");
    }
    person.keys("34").unwrap();
    person.see("Et CPR-nummer er skjult").unwrap();
    saved(&person);
    let stored = person.stored().unwrap();
    assert!(!stored.contains("150312-1234") && stored.contains("150312-••••"));
    all_is_well(&[&person]);
}

/// A table with children's numbers brings none of them, and the memory of its names has none; one that is too wide is refused.
#[test]
fn trust_cpr_in_a_table_is_named_and_a_wide_table_is_refused() {
    let server = server();
    let person = begun(Engine::Chromium, &server, "Skolen");
    let table = std::env::temp_dir().join(format!("trust-{}-cpr.csv", std::process::id()));
    let rows = "Enhed;150312-1234;Fravær reduceres;Skoleår\nSkolen;x;6,1;2024/25\n1503121234;x;6,2;2024/25\nSkolen;x;1503121234;2023/24\n";
    std::fs::write(&table, rows).unwrap();
    on(&person, &server, "#/indikatorer/hent");
    person.choose_at("#open-table", &table).unwrap();
    person.see("Det ligner et CPR-nummer. Cellen kommer ikke med.").unwrap();
    person.press("Hent tallene ind").unwrap();
    person.see("Tallene er hentet ind").unwrap();
    saved(&person);
    nothing_is_kept(&person);
    assert!(!person.stored().unwrap().contains("150312-1234"));

    let wide = (0..200_000).map(|column| column.to_string()).collect::<Vec<_>>().join(",");
    std::fs::write(&table, format!("{wide}\n{wide}\n")).unwrap();
    person.choose_at("#open-table", &table).unwrap();
    person.see("Tabellen er for bred: der læses højst 500 kolonner.").unwrap();
    std::fs::remove_file(&table).unwrap();
    all_is_well(&[&person]);
}
