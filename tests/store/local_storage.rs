//! Records in localStorage.

use kvalitetshjul::store::local_storage::LocalStorage;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{count_names, key, local_storage, renamed, unit};

#[wasm_bindgen_test]
fn put_record_is_loaded_again() {
    let unit = unit("hand");
    LocalStorage::open().unwrap().put(&unit, true).unwrap();
    assert_eq!(LocalStorage::open().unwrap().load(true).get(unit.id()), Some(&unit));
}

#[wasm_bindgen_test]
fn put_merges_with_the_record_of_another_tab() {
    let (storage, unit) = (LocalStorage::open().unwrap(), unit("hand-tabs"));
    storage.put(&renamed(&unit, 1), true).unwrap();
    storage.put(&renamed(&unit, 2), true).unwrap();
    assert_eq!(count_names(&storage.load(true)[unit.id()]), 2);
}

#[wasm_bindgen_test]
fn put_never_overwrites_an_unreadable_record() {
    let (storage, unit) = (LocalStorage::open().unwrap(), unit("hand-damaged"));
    for damaged in ["", "[]", "null", "{\"kind\":\"enhed\"", "{\"kind\":\"enhed\",\"id\":\"x\"}"] {
        local_storage().set_item(&key(&unit), damaged).unwrap();
        assert!(storage.put(&unit, true).is_err(), "{damaged}");
        assert_eq!(local_storage().get_item(&key(&unit)).unwrap().as_deref(), Some(damaged));
        assert_eq!(storage.load(true).get(unit.id()), None);
    }
}

#[wasm_bindgen_test]
fn load_ignores_keys_of_other_deployments() {
    let (storage, unit) = (LocalStorage::open().unwrap(), unit("neighbour"));
    let text = serde_json::to_string(&unit).unwrap();
    for foreign_key in [
        "kvalitetshjul/1/record#77/neighbour",
        "kvalitetshjul/1/record.99/neighbour",
        "kvalitetshjul/1/andet/sted/record/neighbour",
        "kvalitetshjul/1/record/record/neighbour",
        "kvalitetshjul/2/record/neighbour",
        "neighbour",
    ] {
        local_storage().set_item(foreign_key, &text).unwrap();
    }
    assert_eq!(storage.load(true).get(unit.id()), None);
}
