//! CPR numbers that are typed, pasted or imported are never stored.

use xtask::browser::{Browser, Engine};
use xtask::e2e::{assert_no_errors, go_to, server, start_at_unit, start_with_unit, wait_until_saved};

use super::{assert_no_errors_or_foreign_requests, years};

const NUMBER: &str = "1503121234";
const ENTER: &str = "\u{e007}";
const UP: &str = "\u{e013}";
const DOWN: &str = "\u{e015}";
const REFUSED: &str = "Det ligner et CPR-nummer. Intet er gemt";

/// Checks that the browser stores the number in none of its spellings.
#[track_caller]
fn check_not_stored(person: &Browser) {
    let stored = person.stored().unwrap();
    for written in [NUMBER, "150312-1234", "150312.1234", "150312,1234", "1.503.121.234"] {
        assert!(!stored.contains(written), "{written} is stored");
    }
}

#[test]
fn cpr_number_in_a_name_is_masked_until_declared_another_number() {
    let server = server();
    let person = start_at_unit(Engine::Chromium, &server, "Skolen");
    person.write("Enhedens navn", "Skolen 150312-1234").unwrap();
    person.see_in("Enhedens navn", "Skolen 150312-••••").unwrap();
    person.see("Et CPR-nummer er skjult").unwrap();
    let file = std::fs::read_to_string(person.save_with("Gem sikkerhedskopi").unwrap()).unwrap();
    assert!(!file.contains("1234") && file.contains("150312-••••"));
    person.press("Det er ikke et CPR-nummer").unwrap();
    person.see_in("Enhedens navn", "Skolen 150312-1234").unwrap();
    person.see("Gemt i denne browser kl.").unwrap();
    person.reload().unwrap();
    person.see_in("Enhedens navn", "Skolen 150312-1234").unwrap();
    assert_no_errors_or_foreign_requests(&server, &[&person]);
}

#[test]
fn cpr_number_is_refused_in_every_number_field() {
    let server = server();
    let person = start_with_unit(Engine::Chromium, &server, "Skolen");
    person.go("Indikatorer", "Tallene står aldrig alene").unwrap();
    person.go("Fravær reduceres", "Det siger vi om tallet").unwrap();
    let year = years().last;
    person.write(&year, "6,1").unwrap();
    person.see_in(&year, "6,1").unwrap();
    for typed in [NUMBER, "150312-1234", "150312,1234", "1.503.121.234"] {
        person.write(&year, typed).unwrap();
        person.see(REFUSED).unwrap();
    }
    person.reload().unwrap();
    // The earlier figure is still there.
    person.see_in(&year, "6,1").unwrap();
    person.write("Antal personer bag tallet", "24").unwrap();
    person.write("Antal personer bag tallet", NUMBER).unwrap();
    person.see(REFUSED).unwrap();
    person.reload().unwrap();
    person.see_in("Antal personer bag tallet", "24").unwrap();
    check_not_stored(&person);

    // In the sheet, typed and pasted.
    go_to(&person, &server, "#/indikatorer/skema");
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
    wait_until_saved(&person);
    check_not_stored(&person);
    assert_no_errors(&[&person]);
}

/// Digits typed before a text are held back like digits typed after it.
#[test]
fn cpr_number_typed_before_other_words_is_masked() {
    let server = server();
    let person = start_with_unit(Engine::Chromium, &server, "Skolen");
    person.go("Indikatorer", "Tallene står aldrig alene").unwrap();
    person.go("Fravær reduceres", "Det siger vi om tallet").unwrap();
    person.write("Bemærkning til tallet", " trives").unwrap();
    wait_until_saved(&person);
    person
        .run("const field = [...document.querySelectorAll('textarea')].find(own => own.value === ' trives'); field.focus(); field.setSelectionRange(0, 0);")
        .unwrap();
    for part in ["1503", "12", "-12"] {
        person.keys(part).unwrap();
        wait_until_saved(&person);
        assert!(!person.stored().unwrap().contains("150312"), "after {part}");
    }
    person.keys("34").unwrap();
    person.see("Et CPR-nummer er skjult").unwrap();
    wait_until_saved(&person);
    let stored = person.stored().unwrap();
    assert!(!stored.contains("150312-1234") && stored.contains("150312-••••"));
    assert_no_errors(&[&person]);
}

/// Neither the imported figures nor the stored meanings of the table's names hold a CPR number.
#[test]
fn cpr_number_in_a_table_is_reported_and_a_wide_table_is_refused() {
    let server = server();
    let person = start_with_unit(Engine::Chromium, &server, "Skolen");
    let table = std::env::temp_dir().join(format!("trust-{}-cpr.csv", std::process::id()));
    let rows = "Enhed;150312-1234;Fravær reduceres;Skoleår\nSkolen;x;6,1;2024/25\n1503121234;x;6,2;2024/25\nSkolen;x;1503121234;2023/24\n";
    std::fs::write(&table, rows).unwrap();
    go_to(&person, &server, "#/indikatorer/hent");
    person.choose_at("#open-table", &table).unwrap();
    person.see("Det ligner et CPR-nummer. Cellen kommer ikke med.").unwrap();
    person.press("Hent tallene ind").unwrap();
    person.see("Tallene er hentet ind").unwrap();
    wait_until_saved(&person);
    check_not_stored(&person);
    assert!(!person.stored().unwrap().contains("150312-1234"));

    let wide = (0..200_000).map(|column| column.to_string()).collect::<Vec<_>>().join(",");
    std::fs::write(&table, format!("{wide}\n{wide}\n")).unwrap();
    person.choose_at("#open-table", &table).unwrap();
    person.see("Tabellen er for bred: der læses højst 500 kolonner.").unwrap();
    std::fs::remove_file(&table).unwrap();
    assert_no_errors(&[&person]);
}
