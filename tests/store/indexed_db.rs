//! Records in IndexedDB, with several tabs.

use js_sys::Array;
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::record::Record;
use kvalitetshjul::record::history::ChangeOrigin;
use kvalitetshjul::store::indexed_db::IndexedDb;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{author, count_names, renamed, unit};

#[wasm_bindgen_test]
async fn put_records_are_loaded_again() {
    let units = [unit("mirror"), unit("mirror-too")];
    IndexedDb::open().await.unwrap().put(&units, ChangeOrigin::Hand).await.unwrap();
    let loaded = IndexedDb::open().await.unwrap().load(true).await.unwrap();
    assert!(units.iter().all(|unit| loaded.get(unit.id()) == Some(unit)));
}

#[wasm_bindgen_test]
async fn concurrent_puts_of_several_tabs_are_all_kept() {
    let unit = unit("mirror-tabs");
    let writes = (1..=8).map(|number| {
        let unit = renamed(&unit, number);
        future_to_promise(async move {
            let put = IndexedDb::open().await?.put(&[unit], ChangeOrigin::Hand).await;
            put.map(|_| JsValue::UNDEFINED).map_err(|error| format!("{error:?}").into())
        })
    });
    JsFuture::from(js_sys::Promise::all(&writes.collect::<Array>())).await.unwrap();
    let loaded = IndexedDb::open().await.unwrap().load(true).await.unwrap();
    assert_eq!(count_names(&loaded[unit.id()]), 8);
}

#[wasm_bindgen_test]
async fn has_news_only_after_writes_of_other_tabs() {
    let (one, other) = (IndexedDb::open().await.unwrap(), IndexedDb::open().await.unwrap());
    one.load(true).await.unwrap();
    one.put(&[unit("news")], ChangeOrigin::Hand).await.unwrap();
    assert!(!one.has_news().await.unwrap(), "a tab's own write is no news");
    assert!(other.has_news().await.unwrap());
    other.load(true).await.unwrap();
    other.put(&[unit("more-news")], ChangeOrigin::Hand).await.unwrap();
    assert!(one.has_news().await.unwrap() && !other.has_news().await.unwrap());
}

#[wasm_bindgen_test]
async fn put_of_a_contradicting_record_fails_and_writes_nothing() {
    let database = IndexedDb::open().await.unwrap();
    // The copies contradict each other: one write with two names.
    let unit = unit("mirror-damaged");
    let other = Enhed { name: "Et andet navn".into(), ..Enhed::default() };
    let other = Record::create(unit.id().clone(), &other, &author(0)).unwrap();
    let second = super::unit("mirror-beside");
    database.put(std::slice::from_ref(&unit), ChangeOrigin::Hand).await.unwrap();
    assert!(database.put(&[second.clone(), other], ChangeOrigin::Hand).await.is_err());
    let loaded = database.load(true).await.unwrap();
    assert_eq!(loaded.get(unit.id()), Some(&unit));
    assert_eq!(loaded.get(second.id()), None, "one failing record fails the whole put");
}
