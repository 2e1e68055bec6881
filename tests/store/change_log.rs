//! The log of changes in IndexedDB.

use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::record::edit::Focus;
use kvalitetshjul::record::history::ChangeOrigin;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::store::indexed_db::IndexedDb;
use kvalitetshjul::store::log::MAX_BYTES;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{author, empty_database, renamed, run_in_database, unit};

#[wasm_bindgen_test]
async fn log_holds_old_text_new_text_and_origin_of_each_change() {
    let database = empty_database().await;
    let unit = unit("log");
    database.put(std::slice::from_ref(&unit), ChangeOrigin::File).await.unwrap();
    database.put(&[renamed(&unit, 1)], ChangeOrigin::Hand).await.unwrap();
    let (entries, _) = database.history().await.unwrap();
    let changes: Vec<_> = entries.iter().filter(|entry| entry.id == *unit.id()).collect();
    assert_eq!((changes[0].origin, changes[0].leaves.len()), (ChangeOrigin::File, 0));
    let [leaf] = changes[1].leaves.as_slice() else { panic!("{changes:?}") };
    assert_eq!(leaf.path, Path::root("name"));
    assert_eq!((leaf.before.as_slice(), &leaf.after), (["log".into()].as_slice(), &"Navn 1".into()));
    // Writing an equal record adds no entry.
    database.put(&[renamed(&unit, 1)], ChangeOrigin::Hand).await.unwrap();
    assert_eq!(database.history().await.unwrap().0.len(), entries.len());
}

#[wasm_bindgen_test]
async fn consecutive_typing_is_one_entry_until_another_tab_writes() {
    let (one, other) = (empty_database().await, IndexedDb::open().await.unwrap());
    let mut unit = unit("log-typing");
    one.put(std::slice::from_ref(&unit), ChangeOrigin::Hand).await.unwrap();
    let before = one.history().await.unwrap().0.len();
    for name in ["S", "Sk", "Skolen"] {
        unit.edit::<Enhed>(&mut Focus::default(), &author(1), |enhed| enhed.name = name.into()).unwrap();
        one.put(std::slice::from_ref(&unit), ChangeOrigin::Hand).await.unwrap();
    }
    let (entries, _) = one.history().await.unwrap();
    assert_eq!(entries.len(), before + 1);
    let last = &entries.last().unwrap().leaves[0];
    assert_eq!((last.before.as_slice(), &last.after), (["log-typing".into()].as_slice(), &"Skolen".into()));
    other.put(&[super::unit("log-other")], ChangeOrigin::Hand).await.unwrap();
    unit.edit::<Enhed>(&mut Focus::default(), &author(1), |enhed| enhed.name = "Skolen ved".into()).unwrap();
    one.put(std::slice::from_ref(&unit), ChangeOrigin::Hand).await.unwrap();
    let (entries, _) = one.history().await.unwrap();
    assert_eq!(entries.len(), before + 3, "typing after another tab's entry begins a new entry");
}

#[wasm_bindgen_test]
async fn full_log_drops_its_oldest_entries_and_reports_it() {
    let database = empty_database().await;
    let unit = unit("log-full");
    for number in 0..20 {
        database.put(&[renamed(&unit, number)], ChangeOrigin::File).await.unwrap();
    }
    let (before, _) = database.history().await.unwrap();
    // Sets the recorded size of the log to its limit.
    run_in_database(&format!(
        "at('about').get('log').onsuccess = event => {{
            const [first, next] = event.target.result.split(' ');
            at('about').put(`${{first}} ${{next}} {MAX_BYTES}`, 'log');
        }};"
    ))
    .await;
    database.put(&[renamed(&unit, 30)], ChangeOrigin::File).await.unwrap();
    let (after, dropped) = database.history().await.unwrap();
    assert!(dropped && after.len() < before.len() + 1);
    assert_eq!(after.last().unwrap().leaves[0].after, "Navn 30".into(), "the newest entry is kept");
}
