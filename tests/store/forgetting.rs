//! Deletion of one record's text from all stores.

use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::record::edit::Focus;
use kvalitetshjul::record::history::ChangeOrigin;
use kvalitetshjul::store::Store;
use kvalitetshjul::store::indexed_db::IndexedDb;
use kvalitetshjul::store::snapshot::Occasion;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{at, author, local_storage, renamed, run_in_database, text_of_store, unit};

#[wasm_bindgen_test]
async fn forgotten_text_is_deleted_from_every_store() {
    let mut store = Store::open(false);
    store.load_indexed_db().await;
    let mut unit = unit("forget");
    let secret = "Det skal ingen vide";
    unit.edit::<Enhed>(&mut Focus::default(), &author(1), |enhed| enhed.name = secret.into()).unwrap();
    let other = renamed(&super::unit("forget-not"), 1);
    store.put(vec![unit.clone(), other.clone()], ChangeOrigin::Hand).await;
    let database = IndexedDb::open().await.unwrap();
    database.take_snapshot(at(80_000_000), Occasion::File).await.unwrap();
    run_in_database(&format!("at('aside').put('{{{secret}', 'forget/1'); at('aside').put('{{', 'forget-not/1');"))
        .await;
    local_storage().set_item("kvalitetshjul/1/aside/forget/1", secret).unwrap();
    unit.edit::<Enhed>(&mut Focus::default(), &author(1), |enhed| enhed.name = "Skolen".into()).unwrap();
    store.put(vec![unit.clone()], ChangeOrigin::Hand).await;

    unit.delete(None, &author(1)).unwrap();
    unit.forget(None).unwrap();
    store.write_local(&unit, false);
    store.put(vec![unit.clone()], ChangeOrigin::Hand).await;
    store.forget(unit.id(), None).await.unwrap();

    for store in ["records", "aside", "log"] {
        let text = text_of_store(store.to_owned()).await;
        assert!(!text.contains(secret) && !text.contains("\"forget\","), "{store}: {text}");
    }
    let entries = database.quarantine_entries().await.unwrap();
    assert!(entries.iter().any(|entry| entry.name == "forget-not/1"), "text of another record is kept");
    let snapshot = database.snapshots().await.unwrap().pop().unwrap();
    let records = database.snapshot(&snapshot).await.unwrap();
    assert!(records[unit.id()].has_no_values());
    assert_eq!(records.get(other.id()), Some(&other));
    for key in 0..local_storage().length().unwrap() {
        let key = local_storage().key(key).unwrap().unwrap();
        assert!(!local_storage().get_item(&key).unwrap().unwrap().contains(secret), "{key}");
    }
    assert!(database.history().await.unwrap().0.iter().any(|entry| entry.id == *other.id()));
}
