//! Import of the sample tables through the page.

use std::collections::BTreeSet;
use std::path::PathBuf;

use kvalitetshjul::domain::{indicator, number};
use serde_json::Value;
use xtask::browser::{Browser, Engine};
use xtask::e2e::{assert_no_errors, go_to, server};
use xtask::process::root;

fn samples() -> PathBuf {
    std::env::var_os("SAMPLES").map_or_else(|| root().join("tests/samples"), PathBuf::from)
}

/// A figure: the names of its unit and indicator, its period, its value.
type Figure = (String, String, String, String);

/// Reads the figures of a saved file.
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
        for (path, observation) in leaves {
            if let (Some(period), Some(value)) = (path.strip_prefix("/observations/"), observation["value"].as_f64()) {
                figures.insert((
                    unit.clone(),
                    indicator.clone(),
                    period.replace('-', "/"),
                    number::format_danish(value),
                ));
            }
        }
    }
    figures
}

/// Reads the expected figures of a sample. `indicator` replaces the name of the indicator in the table.
fn expected(name: &str, indicator: Option<&str>) -> BTreeSet<Figure> {
    let text = std::fs::read_to_string(samples().join(format!("{name}.expected.json"))).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    let figure = |row: &Value| {
        let text = |at: usize| row[at].as_str().unwrap().to_owned();
        Some((
            text(0),
            indicator.map_or_else(|| text(1), str::to_owned),
            text(2),
            number::format_danish(row[3].as_f64()?),
        ))
    };
    json["rows"].as_array().unwrap().iter().filter_map(figure).collect()
}

#[test]
fn samples_are_imported_to_their_expected_figures() {
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
        go_to(&person, &server, "#/indikatorer/hent");
        person.choose_at("#open-table", &samples().join(name)).unwrap();
        person.see("Kolonnerne i «").unwrap();
        // Says what each unknown name of an indicator means, as a user would.
        let unknown = person.texts(".name-matching label > span").unwrap();
        let mut meaning = None;
        for label in unknown.iter().filter(|label| label.starts_with("Indikatoren")) {
            let option = if label.contains("fravær") { "Fravær reduceres" } else { "Opret som egen indikator" };
            meaning = (option == "Fravær reduceres").then_some(option).or(meaning);
            person.choose_in(label, option).unwrap();
        }
        person.press("Opret alle ukendte enheder").unwrap();
        person.press("Hent tallene ind").unwrap();
        person.see("Tallene er hentet ind").unwrap();
        let saved = figures_of(&person.save_with("Gem sikkerhedskopi").unwrap());
        assert_eq!(saved, expected(name, meaning), "{name}");
        person.press("Fortryd det hele").unwrap();
        person.see("Det er fortrudt.").unwrap();
        assert_no_errors(&[&person]);
    }
    println!("{} samples through the page: {}", names.len(), names.join(", "));
}
