//! Deletion of everything, which begins a new epoch.

use kvalitetshjul::record::history::ChangeOrigin;
use kvalitetshjul::store::error::StoreError;
use kvalitetshjul::store::indexed_db::IndexedDb;
use kvalitetshjul::store::local_storage::{LocalStorage, StorageRefusal};
use kvalitetshjul::store::snapshot::Occasion;
use kvalitetshjul::store::{LocalWrite, Store, WriteBlock};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{at, key, local_storage, unit};

/// Returns whether a call was refused because of a reset.
fn is_refused(outcome: Result<impl Sized, StoreError>) -> bool {
    matches!(outcome, Err(StoreError::Closed(WriteBlock::Reset)))
}

#[wasm_bindgen_test]
async fn pages_of_the_old_epoch_write_nothing_after_a_reset() {
    let (one, other) = (IndexedDb::open().await.unwrap(), IndexedDb::open().await.unwrap());
    let unit = unit("reset");
    one.put(std::slice::from_ref(&unit), ChangeOrigin::Hand).await.unwrap();
    one.take_snapshot(at(60_000_000), Occasion::File).await.unwrap();
    other.load(true).await.unwrap();
    let storage = LocalStorage::open().unwrap();
    storage.put(&unit, false).unwrap();
    let key_before = key(&unit);

    let epoch = one.reset(0).await.unwrap();
    LocalStorage::open().unwrap().begin_epoch(epoch);
    assert!(is_refused(other.put(std::slice::from_ref(&unit), ChangeOrigin::Hand).await));
    assert!(
        is_refused(other.load(true).await) && is_refused(other.has_news().await) && is_refused(other.get(&[]).await)
    );
    assert!(is_refused(other.take_snapshot(at(60_000_001), Occasion::File).await));
    assert!(is_refused(other.forget(unit.id(), None).await));
    assert!(matches!(storage.put(&unit, false), Err(StorageRefusal::Closed(WriteBlock::Reset))));
    // A page whose process has not heard of the reset yet writes to localStorage under the old key.
    local_storage().set_item(&key_before, &serde_json::to_string(&unit).unwrap()).unwrap();

    let reopened = IndexedDb::open().await.unwrap();
    assert_eq!(reopened.load(true).await.unwrap().len(), 0);
    assert_eq!((reopened.snapshots().await.unwrap().len(), reopened.history().await.unwrap().0.len()), (0, 0));
    assert_eq!(reopened.quarantine_entries().await.unwrap(), []);
    let storage = LocalStorage::open().unwrap();
    assert_eq!(storage.load(true).len(), 0);
    assert_eq!(local_storage().get_item(&key_before).unwrap(), None, "the record under the old key is deleted");
    storage.put(&unit, false).unwrap();
    assert_eq!(LocalStorage::open().unwrap().load(true).len(), 1, "the new epoch stores records");
}

#[wasm_bindgen_test]
async fn interrupted_reset_is_completed_on_load() {
    let unit = unit("reset-cut");
    LocalStorage::open().unwrap().put(&unit, false).unwrap();
    IndexedDb::open().await.unwrap().reset(0).await.unwrap();
    let mut store = Store::open(false);
    assert!(store.load_local().contains_key(unit.id()));
    let loaded = store.load_indexed_db().await;
    assert!(loaded.was_reset && loaded.records.is_empty());
    assert!(store.load_local().is_empty(), "localStorage holds no record any more");
    assert_eq!(store.write_local(&unit, false), LocalWrite::Written, "new records are stored");
}

#[wasm_bindgen_test]
async fn keys_of_other_deployments_survive_a_reset() {
    let foreign_keys = [
        ("kvalitetshjul/1/record/version", "2"),
        ("kvalitetshjul/1/record/record/x", "{}"),
        ("kvalitetshjul/1/andet/sted/record/x", "{}"),
        ("kvalitetshjul/1/aside/record/x", "{}"),
        ("andre/record/x", "{}"),
    ];
    for (key, text) in foreign_keys {
        local_storage().set_item(key, text).unwrap();
    }
    let storage = LocalStorage::open().unwrap();
    storage.load(true);
    storage.begin_epoch(storage.epoch() + 1);
    for (key, text) in foreign_keys {
        assert_eq!(local_storage().get_item(key).unwrap().as_deref(), Some(text), "{key}");
        local_storage().remove_item(key).unwrap();
    }
}
