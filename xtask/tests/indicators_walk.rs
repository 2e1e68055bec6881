//! The walks of the figures, on the release bundle.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use std::collections::BTreeSet;
use std::path::PathBuf;

use kvalitetshjul::domain::indicator;
use kvalitetshjul::domain::number;
use serde_json::Value;
use xtask::browser::{Browser, Engine};
use xtask::in_every_engine;
use xtask::process::root;
use xtask::walk::{Who, all_is_well, begun, begun_as, on, server};

in_every_engine! {
    a_leader_writes_a_year_by_the_keyboard_alone
}

/// The rows of the sheet: the 12 indicators, economy and staff.
const ROWS: usize = 14;
const COLUMNS: usize = 6;
const END: &str = "\u{e010}";
const HOME: &str = "\u{e011}";
const CONTROL: &str = "\u{e009}";
const ESCAPE: &str = "\u{e00c}";
const F2: &str = "\u{e032}";
const BACKSPACE: &str = "\u{e003}";

/// The texts of a column of the sheet, from the top.
fn see_column(person: &Browser, column: usize, expected: &[&str]) {
    person.see_texts(&format!("[data-cell$='-{column}']"), expected).unwrap();
}

fn a_leader_writes_a_year_by_the_keyboard_alone(engine: Engine) {
    let server = server();
    let leader = begun(engine, &server, "Skolen ved Søen");
    on(&leader, &server, "#/indikatorer/skema");
    leader.see("Skriv, kopiér og indsæt som i et regneark.").unwrap();
    leader.focus("[data-cell='0-0']").unwrap();

    // A year of all indicators: the last column, one figure after another.
    leader.keys(END).unwrap();
    leader.see_focus("data-cell", "0-5").unwrap();
    let figures: Vec<String> =
        (0..12).map(|row| if matches!(row, 2 | 7) { "3,9".to_owned() } else { format!("{},5", row + 4) }).collect();
    for (row, figure) in figures.iter().enumerate() {
        leader.keys(figure).unwrap();
        leader.keys("\u{e007}").unwrap();
        leader.see_focus("data-cell", &format!("{}-5", row + 1)).unwrap();
    }
    let mut year: Vec<&str> = figures.iter().map(String::as_str).collect();
    year.resize(ROWS, "");
    see_column(&leader, 5, &year);

    // A block of 12 × 6 over it, and undone.
    leader.focus("[data-cell='0-0']").unwrap();
    leader.keys(&format!("{CONTROL}{HOME}")).unwrap();
    leader.see_focus("data-cell", "0-0").unwrap();
    let line = |row: usize| (0..COLUMNS).map(|column| format!("{},{column}", row + 1)).collect::<Vec<_>>().join("\t");
    leader.paste(&(0..12).map(line).collect::<Vec<_>>().join("\r\n")).unwrap();
    let pasted: Vec<String> =
        (0..12).map(|row| format!("{},5", row + 1)).chain([String::new(), String::new()]).collect();
    see_column(&leader, 5, &pasted.iter().map(String::as_str).collect::<Vec<_>>());
    leader.keys(&format!("{CONTROL}z")).unwrap();
    see_column(&leader, 5, &year);
    see_column(&leader, 0, &[""; ROWS]);
    leader.keys(&format!("{CONTROL}y")).unwrap();
    see_column(&leader, 5, &pasted.iter().map(String::as_str).collect::<Vec<_>>());

    // A wrong cell stays as it was typed, says what is wrong, and is mended.
    leader.keys(END).unwrap();
    leader.see_focus("data-cell", "0-5").unwrap();
    leader.keys("seks").unwrap();
    leader.keys("\u{e007}").unwrap();
    leader.keys("\u{e013}").unwrap();
    leader.see("«seks» er ikke et tal og er ikke gemt.").unwrap();
    leader.see_texts("[data-cell='0-5'][aria-invalid]", &["seks"]).unwrap();
    leader.keys("6,2").unwrap();
    leader.keys("\u{e007}").unwrap();
    leader.see_texts("[data-cell='0-5']", &["6,2"]).unwrap();
    assert_eq!(leader.count("[aria-invalid]").unwrap(), 0);
    // F2 mends within, Esc leaves it as it was.
    leader.keys("\u{e013}").unwrap();
    leader.see_focus("data-cell", "0-5").unwrap();
    leader.keys(F2).unwrap();
    leader.keys(&format!("{BACKSPACE}4")).unwrap();
    leader.keys("\u{e007}").unwrap();
    leader.see_texts("[data-cell='0-5']", &["6,4"]).unwrap();
    leader.keys("9").unwrap();
    leader.keys(ESCAPE).unwrap();
    leader.see_texts("[data-cell='1-5']", &["2,5"]).unwrap();

    leader.see("Gemt i denne browser").unwrap();
    leader.reload().unwrap();
    leader.see_texts("[data-cell='0-5']", &["6,4"]).unwrap();
    // What was written is seen, described and told from chance nowhere it cannot be.
    leader.press("Oversigt").unwrap();
    leader.press("Fravær reduceres").unwrap();
    leader.see("Steget").unwrap();
    let drawing = leader.drawings().unwrap().into_iter().find(|svg| svg.contains("class=\"chart\"")).unwrap();
    assert!(drawing.contains("til 6,4 %, mod den ønskede retning, ønsket retning ned"), "{drawing}");
    all_is_well(&[&leader]);
}

/// What a leader says of a figure, and what it is held against, is kept; and what rests on few is not shown to others.
#[test]
fn what_is_said_of_a_figure_is_kept_and_few_are_hidden() {
    let server = server();
    let leader = begun(Engine::Chromium, &server, "Børnehuset Solstrålen");
    on(&leader, &server, "#/indikatorer");
    leader.press("Fravær reduceres").unwrap();
    leader.see("Det siger vi om tallet").unwrap();
    let labels = leader.texts(".years label").unwrap();
    leader.write(&labels[4], "7,0").unwrap();
    leader.write(&labels[5], "8,0").unwrap();
    leader.see("Steget fra 7 til 8 % – mod den ønskede retning").unwrap();
    leader.write("Antal personer bag tallet", "4").unwrap();
    leader.write("Hvad læser I ud af tallet?", "Det er de samme fire.").unwrap();
    leader.write("Målet gælder fra", "08012020").unwrap();
    leader.write("Måltal", "6,0").unwrap();
    leader.press("Tilføj målet").unwrap();
    leader.see("Målet 6 % ikke nået").unwrap();
    leader.pick("Offentlig visning").unwrap();
    leader.see("7 % – det første tal").unwrap();
    leader.see("skjult (færre end 5)").unwrap();
    let drawing = leader.drawings().unwrap().into_iter().find(|svg| svg.contains("class=\"chart\"")).unwrap();
    assert_eq!(drawing.matches("class=\"point\"").count(), 1, "no coordinate gives it away: {drawing}");
    leader.pick("Offentlig visning").unwrap();
    leader.see("Steget fra 7 til 8 %").unwrap();
    leader.see("Gemt i denne browser").unwrap();
    leader.reload().unwrap();
    leader.see_in("Hvad læser I ud af tallet?", "Det er de samme fire.").unwrap();
    leader.see_in("Antal personer bag tallet", "4").unwrap();
    all_is_well(&[&leader]);
}

/// What could be done becomes something to do, with one press, and each knows of the other.
#[test]
fn a_note_becomes_a_trial_or_a_goal_and_shows_where_it_went() {
    let server = server();
    let leader = begun_as(Engine::Chromium, &server, Who::leader(Who::LEVEL_3, "Skolen ved Søen"));
    on(&leader, &server, "#/aftale?dato=2026-05-11");
    leader.go("Begynd med eksempler", "Hvad mangler?").unwrap();
    on(&leader, &server, "#/indikator/fravaer");
    leader.see("Det siger vi om tallet").unwrap();
    assert!(!leader.sees("Prøv det af").unwrap(), "where nothing is noted, nothing can come of it");
    leader.write("Spørgsmål", "Hvorfor er det om mandagen?").unwrap();
    leader.write("Mulig indsats", "Vi ringer hjem samme dag.").unwrap();
    leader.press("Prøv det af").unwrap();
    leader.see("Den mulige indsats er blevet til en prøvehandling").unwrap();
    leader.go("en prøvehandling", "Det vil vi prøve").unwrap();
    leader.see_in("Hvad vil I prøve?", "Vi ringer hjem samme dag.").unwrap();
    leader.see("Kommer af dialogen om Fravær reduceres").unwrap();
    leader.back().unwrap();
    leader.see("Den mulige indsats er blevet til en prøvehandling").unwrap();
    // It was one act: the trial and the note's word of it.
    leader.press("Fortryd: gjorde en mulig indsats til en prøvehandling").unwrap();
    leader.press("Skriv ind i aftalen").unwrap();
    leader.see("Den mulige indsats er blevet til et mål i aftalen").unwrap();
    leader.go("et mål i aftalen", "Tegn på progression").unwrap();
    leader.see_in("Målet", "Vi ringer hjem samme dag.").unwrap();
    leader.see("Kommer af dialogen om Fravær reduceres").unwrap();
    all_is_well(&[&leader]);
}

fn samples() -> PathBuf {
    std::env::var_os("SAMPLES").map_or_else(|| root().join("tests/samples"), PathBuf::from)
}

/// A figure by the names of its unit and indicator, its period and its value.
type Figure = (String, String, String, String);

/// The figures of a saved file.
fn figures_of(file: &PathBuf) -> BTreeSet<Figure> {
    let file: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let records = file["records"].as_array().unwrap();
    let name_of = |kind: &str, id: &str| {
        let record = records.iter().find(|record| record["kind"] == kind && record["id"] == id);
        record.and_then(|record| record["leaves"]["/name"].as_str()).map(str::to_owned)
    };
    let mut figures = BTreeSet::new();
    for series in records.iter().filter(|record| record["kind"] == "series") {
        let leaves = series["leaves"].as_object().unwrap();
        let unit = name_of("enhed", leaves["/unit"].as_str().unwrap()).unwrap();
        let id = leaves["/indicator"].as_str().unwrap();
        let indicator = indicator::name(id).map(str::to_owned).or_else(|| name_of("indicator", id)).unwrap();
        for (path, own) in leaves {
            if let (Some(period), Some(value)) = (path.strip_prefix("/observations/"), own["value"].as_f64()) {
                figures.insert((unit.clone(), indicator.clone(), period.replace('-', "/"), number::danish(value)));
            }
        }
    }
    figures
}

fn expected(name: &str, indicator: Option<&str>) -> BTreeSet<Figure> {
    let text = std::fs::read_to_string(samples().join(format!("{name}.expected.json"))).unwrap();
    let told: Value = serde_json::from_str(&text).unwrap();
    let figure = |row: &Value| {
        let text = |at: usize| row[at].as_str().unwrap().to_owned();
        Some((text(0), indicator.map_or_else(|| text(1), str::to_owned), text(2), number::danish(row[3].as_f64()?)))
    };
    told["rows"].as_array().unwrap().iter().filter_map(figure).collect()
}

#[test]
fn samples_come_in_through_the_page_to_the_values_in_them() {
    let server = server();
    let mut names: Vec<String> = std::fs::read_dir(samples())
        .unwrap()
        .filter_map(|file| {
            file.unwrap().file_name().to_string_lossy().strip_suffix(".expected.json").map(str::to_owned)
        })
        .collect();
    names.sort();
    assert!(!names.is_empty());
    for name in &names {
        let person = Browser::start(Engine::Chromium).unwrap();
        on(&person, &server, "#/indikatorer/hent");
        person.choose_at("#open-table", &samples().join(name)).unwrap();
        person.see("Kolonnerne i «").unwrap();
        // What a person would say of the names that nobody here knows.
        let unknown = person.texts(".names label > span").unwrap();
        let mut meant = None;
        for label in unknown.iter().filter(|label| label.starts_with("Indikatoren")) {
            let option = if label.contains("fravær") { "Fravær reduceres" } else { "Opret som egen indikator" };
            meant = (option == "Fravær reduceres").then_some(option).or(meant);
            person.choose_in(label, option).unwrap();
        }
        person.press("Opret alle ukendte enheder").unwrap();
        person.press("Hent tallene ind").unwrap();
        person.see("Tallene er hentet ind").unwrap();
        let saved = figures_of(&person.save_with("Gem som fil").unwrap());
        assert_eq!(saved, expected(name, meant), "{name}");
        person.press("Fortryd det hele").unwrap();
        person.see("Det er fortrudt.").unwrap();
        all_is_well(&[&person]);
    }
    println!("{} samples through the page: {}", names.len(), names.join(", "));
}

/// Figures and drawings leave the page as files.
#[test]
fn figures_and_drawings_leave_as_files() {
    let server = server();
    let leader = begun(Engine::Chromium, &server, "Skolen ved Søen");
    on(&leader, &server, "#/indikator/fravaer");
    leader.see("Det siger vi om tallet").unwrap();
    let labels = leader.texts(".years label").unwrap();
    leader.write(&labels[4], "7,0").unwrap();
    leader.write(&labels[5], "8,0").unwrap();
    leader.see("Steget fra 7 til 8 %").unwrap();
    let table = std::fs::read_to_string(leader.save_as("Gem tal (CSV)", "csv").unwrap()).unwrap();
    assert!(table.starts_with("\u{feff}Enhed;Indikator;Periode;Tal;") && table.contains(";8;%;"), "{table}");
    let drawing = std::fs::read_to_string(leader.save_as("Gem tegning (SVG)", "svg").unwrap()).unwrap();
    assert!(drawing.starts_with("<svg ") && !drawing.contains("class=") && drawing.contains("Skolen ved Søen"));
    let picture = std::fs::read(leader.save_as("Gem tegning (PNG)", "png").unwrap()).unwrap();
    assert!(picture.starts_with(b"\x89PNG") && picture.len() > 5_000, "{} bytes", picture.len());
    all_is_well(&[&leader]);
}

/// Periods of another kind have fields of their own, and those that the figures are of are the first to be offered.
#[test]
fn quarters_are_written_in_fields_of_their_own() {
    let server = server();
    let leader = begun(Engine::Chromium, &server, "Børnehuset Solstrålen");
    on(&leader, &server, "#/indikator/sygefravaer?dato=2026-05-11");
    leader.see("Det siger vi om tallet").unwrap();
    leader.see_count(".years input", COLUMNS).unwrap();
    leader.choose_in("Perioder", "Kvartaler").unwrap();
    leader.see("2. kvartal 2026").unwrap();
    leader.see_count(".years input", 8).unwrap();
    leader.write("Sygefraværet falder, 4. kvartal 2025", "5,5").unwrap();
    leader.write("Sygefraværet falder, 1. kvartal 2026", "6,5").unwrap();
    leader.see("Steget fra 5,5 til 6,5").unwrap();
    leader.see("Gemt i denne browser").unwrap();
    leader.reload().unwrap();
    leader.see_in("Sygefraværet falder, 1. kvartal 2026", "6,5").unwrap();
    all_is_well(&[&leader]);
}

/// The matrix has its columns in one's own order; its units are in that of the alphabet, and nothing sorts them by figures.
#[test]
fn columns_stand_in_ones_own_order_and_no_unit_is_ranked() {
    const HEADS: &str = "return [...document.querySelectorAll('.matrix thead th')].slice(1, 4).map(head => head.firstChild.data.trim());";
    let server = server();
    let secretariat = begun(Engine::Chromium, &server, "Sekretariatet");
    let table = std::env::temp_dir().join(format!("indicators-{}-columns.csv", std::process::id()));
    std::fs::write(&table, "Enhed;Indikator;2024/25\r\nÅdalsskolen;Fravær reduceres;5,0\r\nAskeskolen;Fravær reduceres;9,0\r\nBirkeskolen;Fravær reduceres;2,0\r\n").unwrap();
    on(&secretariat, &server, "#/indikatorer/hent");
    secretariat.choose_at("#open-table", &table).unwrap();
    secretariat.press("Opret alle ukendte enheder").unwrap();
    secretariat.press("Hent tallene ind").unwrap();
    secretariat.see("Tallene er hentet ind").unwrap();
    std::fs::remove_file(&table).unwrap();
    on(&secretariat, &server, "#/indikatorer/enheder");
    secretariat.see("Enhederne står alfabetisk og bliver aldrig rangordnet").unwrap();
    secretariat.see_texts(".matrix tbody th", &["Askeskolen", "Birkeskolen", "Sekretariatet", "Ådalsskolen"]).unwrap();
    let before = secretariat.texts_of(HEADS).unwrap();
    secretariat.press("Rækkefølge af kolonner").unwrap();
    secretariat.press(&format!("Længere tilbage: {}", before[0])).unwrap();
    let after = [&before[1], &before[0], &before[2]];
    secretariat
        .wait_for("the first two to have changed places", || Ok(secretariat.texts_of(HEADS)?.iter().eq(after)))
        .unwrap();
    secretariat.reload().unwrap();
    secretariat.wait_for("the order to be kept", || Ok(secretariat.texts_of(HEADS)?.iter().eq(after))).unwrap();
    secretariat.press("Rækkefølge af kolonner").unwrap();
    secretariat.press("Som i fundamentet").unwrap();
    secretariat.wait_for("the order of the foundation", || Ok(secretariat.texts_of(HEADS)? == before)).unwrap();
    all_is_well(&[&secretariat]);
}
