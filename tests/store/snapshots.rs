//! Snapshots in IndexedDB.

use js_sys::Function;
use kvalitetshjul::record::Records;
use kvalitetshjul::record::history::ChangeOrigin;
use kvalitetshjul::store::snapshot::Occasion;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{at, empty_database, renamed, unit};

#[wasm_bindgen_test]
async fn snapshots_are_taken_hourly_or_before_a_file_and_hold_the_records() {
    let database = empty_database().await;
    let unit = unit("snapshot");
    database.put(std::slice::from_ref(&unit), ChangeOrigin::Hand).await.unwrap();
    let count = database.snapshots().await.unwrap().len();
    database.take_snapshot(at(0), Occasion::Work).await.unwrap();
    database.put(&[renamed(&unit, 1)], ChangeOrigin::Hand).await.unwrap();
    database.take_snapshot(at(60), Occasion::Work).await.unwrap();
    assert_eq!(database.snapshots().await.unwrap().len(), count + 1, "less than an hour has passed");
    database.take_snapshot(at(120), Occasion::File).await.unwrap();
    database.take_snapshot(at(180), Occasion::File).await.unwrap();
    let snapshots = database.snapshots().await.unwrap();
    assert_eq!(snapshots.len(), count + 2, "nothing changed since the last snapshot");
    let title = |records: &Records| records[unit.id()].title().to_owned();
    let [.., first, second] = snapshots.as_slice() else { panic!("{snapshots:?}") };
    assert_eq!(title(&database.snapshot(first).await.unwrap()), "snapshot");
    assert_eq!(title(&database.snapshot(second).await.unwrap()), "Navn 1");
    assert!(second.records >= 1 && second.bytes > 0 && second.occasion == Occasion::File);
}

#[wasm_bindgen_test]
async fn only_the_latest_ten_snapshots_are_kept() {
    let database = empty_database().await;
    let unit = unit("snapshot-many");
    database.put(std::slice::from_ref(&unit), ChangeOrigin::Hand).await.unwrap();
    database.take_snapshot(at(0), Occasion::File).await.unwrap();
    for number in 0..14 {
        database.put(&[renamed(&unit, number)], ChangeOrigin::Hand).await.unwrap();
        database.take_snapshot(at(20_000_000 + i64::from(number)), Occasion::File).await.unwrap();
    }
    assert_eq!(database.snapshots().await.unwrap().len(), 10, "ten of the last day, none of long ago");
}

#[wasm_bindgen_test]
async fn snapshots_work_without_compression_streams() {
    let database = empty_database().await;
    let unit = unit("snapshot-plain");
    database.put(std::slice::from_ref(&unit), ChangeOrigin::Hand).await.unwrap();
    let remove = Function::new_no_args(
        "const own = globalThis.CompressionStream; delete globalThis.CompressionStream; return own;",
    );
    let compression = remove.call0(&JsValue::NULL).unwrap();
    database.take_snapshot(at(40_000_000), Occasion::File).await.unwrap();
    Function::new_with_args("own", "globalThis.CompressionStream = own;").call1(&JsValue::NULL, &compression).unwrap();
    let snapshots = database.snapshots().await.unwrap();
    let records = database.snapshot(snapshots.last().unwrap()).await.unwrap();
    assert_eq!(records.get(unit.id()), Some(&unit));
}
