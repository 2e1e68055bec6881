//! CSV as others write it: the files of csv-spectrum.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use kvalitetshjul::exchange::table::csv;
use serde_json::{Map, Value};
use xtask::tools::CSV_SPECTRUM;

#[test]
fn indicators_csv_spectrum_is_read_right() {
    let folder = CSV_SPECTRUM.folder().unwrap();
    let mut count = 0;
    for file in std::fs::read_dir(folder.join("csvs")).unwrap() {
        let file = file.unwrap().path();
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let mut rows = csv::read(&std::fs::read(&file).unwrap()).unwrap().into_iter();
        let heading = rows.next().unwrap();
        let object = |row: Vec<String>| {
            assert_eq!(row.len(), heading.len(), "{name}");
            Value::Object(heading.iter().cloned().zip(row.into_iter().map(Value::String)).collect::<Map<_, _>>())
        };
        let mut read: Vec<Value> = rows.map(object).collect();
        let told: Value =
            serde_json::from_slice(&std::fs::read(folder.join("json").join(format!("{name}.json"))).unwrap()).unwrap();
        let mut told: Vec<Value> = if told.is_object() { vec![told] } else { told.as_array().unwrap().clone() };
        if name == "location_coordinates" {
            // What is told of it has another number, and letters of another encoding, than the table itself.
            for row in read.iter_mut().chain(&mut told) {
                let row = row.as_object_mut().unwrap();
                row.retain(|heading, _| matches!(&**heading, "Cities" | "Counties"));
            }
        }
        assert_eq!(read, told, "{name}");
        count += 1;
    }
    assert!(count >= 10, "{count} files");
    println!("csv-spectrum: {count} files read right");
}
