//! Data of older and newer versions, and a page that must not write.

use kvalitetshjul::record::Records;
use kvalitetshjul::record::history::ChangeOrigin;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::store::indexed_db::IndexedDb;
use kvalitetshjul::store::local_storage::LocalStorage;
use kvalitetshjul::store::snapshot::Occasion;
use kvalitetshjul::store::{IndexedDbWrite, LocalWrite, Store, WriteBlock};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{CURRENT, at, id, key_of_version, local_storage, renamed, run_in_database, text_of_store, unit};

/// Returns a goal as version 1 wrote it, where the expected effect had another name.
fn old_goal(name: &str) -> String {
    format!(
        r#"{{"kind":"goal","id":"{name}","leaves":{{"/text":"Flere er med","/effect":"Mere ro"}},"seen":{{"1111111111111111":1}},"writes":[{{"actor":"1111111111111111","n":1,"at":"2025-03-15T09:42:00Z","rest":true}}]}}"#
    )
}

#[wasm_bindgen_test]
async fn older_data_is_migrated_after_its_text_was_quarantined() {
    let text = old_goal("migrated");
    // The version counts for the whole database, so the database is emptied first.
    IndexedDb::open().await.unwrap().reset(0).await.unwrap();
    run_in_database(&format!("at('records').put('{text}', 'migrated'); at('about').put(1, 'version');")).await;
    let read_only = IndexedDb::open_to_read().await.unwrap();
    let read = read_only.load(false).await.unwrap();
    assert!(text_of_store("records".to_owned()).await.contains("/effect"), "reading wrote nothing");

    let database = IndexedDb::open().await.unwrap();
    let loaded = database.load(true).await.unwrap();
    let effect =
        |records: &Records| records[&id("migrated")].shown_text(&Path::root("expected_effect")).map(str::to_owned);
    assert_eq!((effect(&read).as_deref(), effect(&loaded).as_deref()), (Some("Mere ro"), Some("Mere ro")));
    let entries = database.quarantine_entries().await.unwrap();
    let [entry] = entries.as_slice() else { panic!("{entries:?}") };
    assert!(entry.text == text && !entry.is_damaged(), "the original text is kept and not called damaged");
    assert_eq!(IndexedDb::open().await.unwrap().load(true).await.unwrap(), loaded, "the migration runs once");
    assert_eq!(database.quarantine_entries().await.unwrap().len(), 1);
}

#[wasm_bindgen_test]
async fn older_data_in_local_storage_is_read_and_left_under_its_key() {
    let (storage, text) = (LocalStorage::open().unwrap(), old_goal("hand-old"));
    let old = &key_of_version(".1", &id("hand-old"));
    local_storage().set_item(old, &text).unwrap();
    let goal = storage.load(true).remove(&id("hand-old")).unwrap();
    let effect = Path::root("expected_effect");
    assert_eq!(goal.shown_text(&effect), Some("Mere ro"));
    storage.put(&goal, false).unwrap();
    let goal = LocalStorage::open().unwrap().load(true).remove(&id("hand-old")).unwrap();
    assert_eq!(goal.shown_text(&effect), Some("Mere ro"), "the value is equal in both copies");
    assert_eq!(local_storage().get_item(old).unwrap(), Some(text), "the old text is unchanged");
    storage.forget(&id("hand-old"));
    assert_eq!(local_storage().get_item(old).unwrap(), None);
}

#[wasm_bindgen_test]
async fn version_is_stored_with_the_first_record() {
    IndexedDb::open().await.unwrap().reset(0).await.unwrap();
    run_in_database("at('about').delete('version');").await;
    IndexedDb::open().await.unwrap().put(&[unit("version")], ChangeOrigin::Hand).await.unwrap();
    assert_eq!(run_in_database("return at('about').get('version');").await.as_f64(), Some(3.0));
}

#[wasm_bindgen_test]
async fn newer_data_is_neither_read_nor_written() {
    let mut store = Store::open(false);
    store.load_indexed_db().await;
    let unit = unit("newer");
    store.put(vec![unit.clone()], ChangeOrigin::Hand).await;
    run_in_database("at('about').put(99, 'version');").await;
    assert_eq!(store.get(&[unit.id().clone()]).await.err(), Some(WriteBlock::Outdated));
    assert_eq!(store.changes_by_others().await.err(), Some(WriteBlock::Outdated));
    assert_eq!(
        store.put(vec![unit.clone()], ChangeOrigin::Hand).await[0].1,
        IndexedDbWrite::Closed(WriteBlock::Outdated)
    );
    assert!(store.reset().await.is_err() && store.forget(unit.id(), None).await.is_err());
    run_in_database("at('about').put(3, 'version');").await;
    assert_eq!(store.get(&[unit.id().clone()]).await.unwrap(), [unit]);
}

#[wasm_bindgen_test]
async fn read_only_store_writes_nothing() {
    let mut writing = Store::open(false);
    writing.load_indexed_db().await;
    let unit = unit("read-only");
    writing.put(vec![unit.clone()], ChangeOrigin::Hand).await;
    local_storage().set_item(&key_of_version(CURRENT, &id("read-only-damaged")), "{").unwrap();
    run_in_database("at('records').put('{', 'read-only-damaged');").await;
    let all_data = || async {
        let mut all = Vec::new();
        for store in ["records", "aside", "snapshots", "log", "about"] {
            all.push(text_of_store(store.to_owned()).await);
        }
        all.push(js_sys::JSON::stringify(&local_storage()).unwrap().into());
        all
    };
    let before = all_data().await;

    let mut store = Store::open(true);
    store.load_local();
    assert_eq!(store.load_indexed_db().await.records.get(unit.id()), Some(&unit));
    let renamed = renamed(&unit, 1);
    assert_eq!(store.write_local(&renamed, false), LocalWrite::Closed(WriteBlock::ReadOnly));
    assert_eq!(store.put(vec![renamed], ChangeOrigin::Hand).await[0].1, IndexedDbWrite::Closed(WriteBlock::ReadOnly));
    store.take_snapshot(at(100_000_000), Occasion::File).await;
    store.changes_by_others().await.unwrap();
    assert!(store.reset().await.is_err() && store.forget(unit.id(), None).await.is_err());
    assert_eq!(all_data().await, before);
    local_storage().remove_item(&key_of_version(CURRENT, &id("read-only-damaged"))).unwrap();
    run_in_database("at('records').delete('read-only-damaged');").await;
}
