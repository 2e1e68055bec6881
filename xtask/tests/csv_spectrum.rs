//! Reading CSV: the files of csv-spectrum.

use kvalitetshjul::exchange::table::csv;
use serde_json::{Map, Value};
use xtask::tools::CSV_SPECTRUM;

#[test]
fn csv_spectrum_files_are_read_correctly() {
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
        let expected: Value =
            serde_json::from_slice(&std::fs::read(folder.join("json").join(format!("{name}.json"))).unwrap()).unwrap();
        let mut expected: Vec<Value> =
            if expected.is_object() { vec![expected] } else { expected.as_array().unwrap().clone() };
        if name == "location_coordinates" {
            // The expected file has other numbers, and letters in another encoding, than the table.
            for row in read.iter_mut().chain(&mut expected) {
                let row = row.as_object_mut().unwrap();
                row.retain(|heading, _| matches!(&**heading, "Cities" | "Counties"));
            }
        }
        assert_eq!(read, expected, "{name}");
        count += 1;
    }
    assert!(count >= 10, "{count} files");
    println!("csv-spectrum: {count} files read correctly");
}
