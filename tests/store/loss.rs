//! Stores that were emptied under an open page, as when a user clears the site's data.

use js_sys::{Function, Promise};
use kvalitetshjul::record::Record;
use kvalitetshjul::record::history::ChangeOrigin;
use kvalitetshjul::store::{IndexedDbWrite, LocalWrite, Store, WriteBlock};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{local_storage, renamed, run_in_database, unit};

/// Empties both stores under an open page. `deletes_database` says whether the database is deleted, as browsers do when
/// a user clears the site's data, or only emptied.
async fn clear_site_data(deletes_database: bool) {
    local_storage().clear().unwrap();
    if !deletes_database {
        run_in_database("for (const name of ['records', 'aside', 'snapshots', 'log', 'about']) at(name).clear();")
            .await;
        return;
    }
    let deleted: Promise = Function::new_no_args(
        "return new Promise((resolve, reject) => {
            const request = indexedDB.deleteDatabase('kvalitetshjul/1/');
            request.onsuccess = resolve;
            request.onerror = reject;
        });",
    )
    .call0(&JsValue::NULL)
    .unwrap()
    .into();
    JsFuture::from(deleted).await.unwrap();
}

/// Opens and loads the stores of a page, and writes two records.
async fn store_of(units: &[Record]) -> Store {
    let mut store = Store::open(false);
    store.load_indexed_db().await;
    assert_eq!(write(&store, units).await, [IndexedDbWrite::Written; 2]);
    assert!(!store.take_loss(), "writing is no loss");
    store
}

/// Writes records to both stores, as a save does.
async fn write(store: &Store, records: &[Record]) -> Vec<IndexedDbWrite> {
    for record in records {
        store.write_local(record, false);
    }
    store.put(records.to_vec(), ChangeOrigin::Hand).await.into_iter().map(|(_, mirrored)| mirrored).collect()
}

/// Returns whether a newly opened page finds the records in both stores.
async fn are_in_both_stores(units: &[Record]) -> bool {
    let mut store = Store::open(false);
    let at_hand = store.load_local();
    let loaded = store.load_indexed_db().await;
    !loaded.was_reset
        && units.iter().all(|unit| at_hand.contains_key(unit.id()) && loaded.records.contains_key(unit.id()))
}

#[wasm_bindgen_test]
async fn loss_is_reported_once_and_all_records_can_be_written_again() {
    for (number, deletes_database) in [false, true].into_iter().enumerate() {
        let units = [unit(&format!("loss-{number}")), unit(&format!("loss-too-{number}"))];
        let store = store_of(&units).await;
        clear_site_data(deletes_database).await;
        assert_eq!(
            write(&store, &[renamed(&units[0], 1)]).await,
            [IndexedDbWrite::Written],
            "the database is opened again"
        );
        assert!(store.take_loss(), "deleted: {deletes_database}");
        assert!(!store.take_loss(), "the loss is reported once");
        assert_eq!(write(&store, &units).await, [IndexedDbWrite::Written; 2]);
        assert!(!store.take_loss() && are_in_both_stores(&units).await, "deleted: {deletes_database}");
    }
}

#[wasm_bindgen_test]
async fn store_recreated_by_another_tab_is_a_loss() {
    let units = [unit("loss-begun"), unit("loss-begun-too")];
    let store = store_of(&units).await;
    clear_site_data(true).await;
    let other = store_of(&[unit("loss-other"), unit("loss-other-too")]).await;
    for number in 1..20 {
        write(&other, &[renamed(&unit("loss-other"), number)]).await;
    }
    write(&store, &units).await;
    assert!(store.take_loss() && !other.take_loss());
    write(&other, &[unit("loss-other-too")]).await;
    assert!(!other.take_loss(), "records that another tab writes again are no loss");
    assert!(are_in_both_stores(&units).await);
}

#[wasm_bindgen_test]
async fn loss_of_one_store_is_noticed_before_and_after_a_reset() {
    for (number, is_reset) in [false, true].into_iter().enumerate() {
        clear_site_data(true).await;
        if is_reset {
            store_of(&[unit("loss-was"), unit("loss-was-too")]).await.reset().await.unwrap();
        }
        let units = [unit(&format!("loss-one-{number}")), unit(&format!("loss-one-too-{number}"))];
        let store = store_of(&units).await;
        local_storage().clear().unwrap();
        assert_eq!(store.write_local(&units[0], false), LocalWrite::Written, "a loss is not taken for a reset");
        assert_eq!(write(&store, &units[..1]).await, [IndexedDbWrite::Written]);
        assert!(store.take_loss(), "localStorage, reset before: {is_reset}");
        write(&store, &units).await;
        assert!(!store.take_loss() && are_in_both_stores(&units).await, "localStorage, reset before: {is_reset}");

        run_in_database("for (const name of ['records', 'aside', 'snapshots', 'log', 'about']) at(name).clear();")
            .await;
        assert_eq!(write(&store, &units[..1]).await, [IndexedDbWrite::Written], "a loss is not taken for a reset");
        assert!(store.take_loss(), "IndexedDB, reset before: {is_reset}");
        write(&store, &units).await;
        assert!(!store.take_loss() && are_in_both_stores(&units).await, "IndexedDB, reset before: {is_reset}");
    }
    clear_site_data(true).await;
}

#[wasm_bindgen_test]
async fn reset_is_not_taken_for_a_loss() {
    let units = [unit("loss-reset"), unit("loss-reset-too")];
    for is_cleared in [false, true] {
        let store = store_of(&units).await;
        if is_cleared {
            clear_site_data(true).await;
        }
        store_of(&[unit("loss-new"), unit("loss-new-too")]).await.reset().await.unwrap();
        let after = write(&store, &units).await;
        assert_eq!(after, [IndexedDbWrite::Closed(WriteBlock::Reset); 2], "cleared before: {is_cleared}");
        assert!(!store.take_loss(), "cleared before: {is_cleared}");
        let mut reopened = Store::open(false);
        assert!(
            reopened.load_local().is_empty() && reopened.load_indexed_db().await.records.is_empty(),
            "cleared before: {is_cleared}"
        );
    }
}
