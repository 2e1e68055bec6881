//! Reading sample tables in the layouts of the users' sources (CSV, XLSX, ODS, JSON-stat).
//!
//! The environment variable `SAMPLES` names another folder of samples. Beside each file `NAME` lies
//! `NAME.expected.json` with the rows of the table.

use std::path::PathBuf;

use kvalitetshjul::domain::date::Date;
use kvalitetshjul::domain::fundament::{self, Edition};
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::indicator::Indicator;
use kvalitetshjul::domain::number;
use kvalitetshjul::domain::period::Period;
use kvalitetshjul::domain::series::{Observation, Series};
use kvalitetshjul::exchange::table::dry_run::{
    CellStatus, KnownSeries, NameMeaning, NameMeanings, dry_run, observation, set_meaning,
};
use kvalitetshjul::exchange::table::layout::Layout;
use kvalitetshjul::exchange::table::rows::{CellError, ReadRows, TableRow, read};
use kvalitetshjul::exchange::table::{Cells, TableFormat, cell_name, csv, jsonstat, normalize_name};
use serde_json::Value;

fn samples() -> PathBuf {
    let default = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    std::env::var_os("SAMPLES").map_or_else(default, PathBuf::from)
}

fn indicators() -> Vec<Indicator> {
    fundament::present_edition()
        .into_iter()
        .flat_map(Edition::indicators)
        .flat_map(|(_, indicators)| indicators)
        .collect()
}

fn read_table(cells: &Cells) -> (Layout, ReadRows) {
    let names: Vec<String> = indicators().iter().map(|indicator| normalize_name(&indicator.name)).collect();
    let layout = Layout::guess(cells, &[], &names);
    layout.check(cells).unwrap();
    let read = read(cells, &layout);
    (layout, read)
}

/// A row as an expected file writes it: unit, indicator, period, value, state, number of persons.
type Line = (String, String, String, Option<String>, String, Option<u64>);

fn lines_of(read: &ReadRows, with_n: bool) -> Vec<Line> {
    let line = |row: &TableRow| {
        let value = row.value.map(number::format_danish);
        let period = row.period.to_string().replace('-', "/");
        (
            row.unit.clone(),
            row.indicator.clone(),
            period,
            value,
            row.state.danish().to_owned(),
            row.n.map(u64::from).filter(|_| with_n),
        )
    };
    let mut lines: Vec<Line> = read.rows.iter().map(line).collect();
    lines.sort();
    lines
}

/// Reads the expected rows of a sample, and whether they have numbers of persons.
fn expected(name: &str) -> (Vec<Line>, bool) {
    let text = std::fs::read_to_string(samples().join(format!("{name}.expected.json"))).unwrap();
    let json: Value = serde_json::from_str(&text).unwrap();
    let rows = json["rows"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let line = |row: &Value| {
        let value = row[3].as_f64().map(number::format_danish);
        (text(&row[0]), text(&row[1]), text(&row[2]), value, text(&row[4]), row[5].as_u64())
    };
    let mut lines: Vec<Line> = rows.iter().map(line).collect();
    lines.sort();
    (lines, rows.iter().any(|row| row[5].is_number()))
}

fn cells_of(name: &str, bytes: &[u8]) -> Cells {
    match TableFormat::of(name, bytes) {
        // The page proposes the sheet with the most filled cells too.
        TableFormat::Workbook => {
            workbook::sheets(bytes).unwrap().into_iter().map(|sheet| sheet.cells).max_by_key(filled_cells).unwrap()
        }
        TableFormat::JsonStat => jsonstat::read(&csv::text(bytes)).unwrap(),
        TableFormat::Text => csv::read(bytes).unwrap(),
    }
}

fn filled_cells(cells: &Cells) -> usize {
    cells.iter().flatten().filter(|cell| !cell.is_empty()).count()
}

#[test]
fn samples_are_read_to_their_expected_rows() {
    let mut files: Vec<String> = std::fs::read_dir(samples())
        .unwrap()
        .filter_map(|file| {
            file.unwrap().file_name().to_string_lossy().strip_suffix(".expected.json").map(str::to_owned)
        })
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no samples in {}", samples().display());
    for name in &files {
        let bytes = std::fs::read(samples().join(name)).unwrap();
        let (_, read) = read_table(&cells_of(name, &bytes));
        let (expected, with_n) = expected(name);
        assert_eq!(read.errors, [], "{name}");
        assert_eq!(lines_of(&read, with_n), expected, "{name}");
    }
    println!("{} tables read to the values in their .expected.json: {}", files.len(), files.join(", "));
}

#[test]
fn rows_of_totals_are_left_out_and_reported() {
    let (layout, read) =
        read_table(&csv::read(&std::fs::read(samples().join("bred-windows1252.csv")).unwrap()).unwrap());
    assert_eq!(read.totals, [("I alt".to_owned(), 10)]);
    assert_eq!(layout.title, "Elevfravær i procent");
}

/// Declares every unit of a table a new one.
fn all_units_new(read: &ReadRows) -> NameMeanings {
    let mut meanings = NameMeanings::default();
    for row in &read.rows {
        set_meaning(&mut meanings.units, normalize_name(&row.unit), NameMeaning::New);
    }
    meanings
}

/// Two of the figures are out of the range of their indicator, and one has a decimal point. They are no mistakes.
#[test]
fn seven_mistakes_are_reported_with_their_seven_cells() {
    let table = "\
Enhed;Skoleår;Fravær reduceres;Den sociale trivsel styrkes;Antal elever
Møllebakkeskolen;2023/24;6,1;3,9;120
Møllebakkeskolen;2024/25;seks;3,8;118
Åløkkeskolen;2023/2025;7,0;3,7;80
Åløkkeskolen;2024/25;104,2;3,6;81
;2024/25;5,5;3,9;44
Østervang Skole;2023/24;5,1;39;60
Østervang Skole;2024/25;5,0.1;3,7;61
Skolen ved Søen;2024/25;4,9;3,5;mange
Skolen ved Søen;2023/24;1.23;3,5;50
Møllebakkeskolen;2023/24;6,2;..;120
Nørremarkens Skole;næste år;4,9;3,5;20
Nørremarkens Skole;2024/25;-;3,5;20
";
    let (_, read) = read_table(&csv::read(table.as_bytes()).unwrap());
    let indicators = indicators();
    let known = KnownSeries { units: &[], indicators: &indicators, series: &|_, _| None };
    let run = dry_run(&read, &known, &all_units_new(&read));
    let cells: Vec<String> = run.errors.iter().map(CellError::name).collect();
    assert_eq!(cells, ["C3", "B4", "A6", "C8", "E9", "C11", "B12"]);
    assert!(run.errors.iter().all(|error| error.message.ends_with('.')), "each message is a sentence");
    let out_of_range: Vec<(String, Option<f64>)> =
        run.out_of_range().map(|item| (cell_name(item.row.place.0, item.row.place.1), item.row.value)).collect();
    assert_eq!(out_of_range, [("C5".to_owned(), Some(104.2)), ("D7".to_owned(), Some(39.0))]);
    assert_eq!((read.decimal_points, read.first_decimal_point), (1, Some(("1.23".to_owned(), 1.23))));
}

#[test]
fn dry_run_counts_new_changed_same_and_kept_figures() {
    let table = "Enhed;Skoleår;Fravær reduceres;Antal børn\nSkolen;2022/23;5,0;40\nSkolen;2023/24;6,1;41\nSkolen;2024/25;7,4;42\nSkolen;2025/26;;43\n";
    let (_, read) = read_table(&csv::read(table.as_bytes()).unwrap());
    let (indicators, unit) = (indicators(), Id::parse("s1").unwrap());
    let run_with = |series: Series| {
        let units = [(unit.clone(), "SKOLEN ".to_owned(), String::new())];
        let of = move |_: &Id, indicator: &str| (indicator == "fravaer").then(|| series.clone());
        dry_run(&read, &KnownSeries { units: &units, indicators: &indicators, series: &of }, &NameMeanings::default())
    };
    let first = run_with(Series::default());
    assert_eq!(
        (first.count(CellStatus::New), first.items.len()),
        (3, 3),
        "a blank cell without an earlier figure is no item"
    );
    let mut series = Series::default();
    let day = Date::parse("2026-03-15").unwrap();
    for item in &first.items {
        series.observations.insert(item.row.period, observation(item, indicators[0].measure, "tal.csv", day));
    }
    assert_eq!(run_with(series.clone()).count(CellStatus::Same), 3, "importing again changes nothing");
    let last = Period::SchoolYear(2024);
    series.observations.get_mut(&last).unwrap().value = Some(7.0);
    let blank = Period::SchoolYear(2025);
    series.observations.insert(blank, Observation { value: Some(8.0), ..Default::default() });
    let again = run_with(series);
    let counts = [CellStatus::New, CellStatus::Changed, CellStatus::Same, CellStatus::MissingInFile]
        .map(|status| again.count(status));
    assert_eq!(counts, [0, 1, 2, 1], "a blank cell removes no figure");
}
