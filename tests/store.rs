//! The stores in a browser: what only a browser can say of them.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use js_sys::Array;
use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::record::Record;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::{Author, Focus};
use kvalitetshjul::record::path::Path;
use kvalitetshjul::store::fast::Fast;
use kvalitetshjul::store::mirror::Mirror;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn author(number: u8) -> Author {
    Author { actor: Actor::from_random([number; 10]), at: Timestamp::from_seconds(0).unwrap(), by: None }
}

/// A unit, as its first author made it.
fn unit(name: &str) -> Record {
    Record::create(id(name), &Enhed { name: name.into(), ..Enhed::default() }, &author(0)).unwrap()
}

/// The unit, renamed by someone.
fn renamed(unit: &Record, number: u8) -> Record {
    let mut unit = unit.clone();
    let name = format!("Navn {number}");
    unit.edit::<Enhed>(&mut Focus::default(), &author(number), |enhed| enhed.name = name.as_str().into()).unwrap();
    unit
}

fn names(unit: &Record) -> usize {
    unit.leaf(&Path::root("name")).unwrap().wordings().len()
}

/// Where a record lies in localStorage: a promise to every browser that has one there.
fn key(unit: &Record) -> String {
    format!("kvalitetshjul/1/record/{}", unit.id())
}

fn local_storage() -> web_sys::Storage {
    web_sys::window().unwrap().local_storage().unwrap().unwrap()
}

#[wasm_bindgen_test]
fn what_is_put_at_hand_is_there_for_the_next() {
    let unit = unit("hand");
    Fast::open().unwrap().put(&unit, true).unwrap();
    assert_eq!(Fast::open().unwrap().load().get(unit.id()), Some(&unit));
}

#[wasm_bindgen_test]
fn what_another_tab_put_at_hand_is_merged_with() {
    let (fast, unit) = (Fast::open().unwrap(), unit("hand-tabs"));
    fast.put(&renamed(&unit, 1), true).unwrap();
    fast.put(&renamed(&unit, 2), true).unwrap();
    assert_eq!(names(&fast.load()[unit.id()]), 2);
}

#[wasm_bindgen_test]
fn what_cannot_be_read_at_hand_is_left_as_it_is() {
    let (fast, unit) = (Fast::open().unwrap(), unit("hand-damaged"));
    for damaged in ["", "[]", "null", "{\"kind\":\"enhed\"", "{\"kind\":\"enhed\",\"id\":\"x\"}"] {
        local_storage().set_item(&key(&unit), damaged).unwrap();
        assert!(fast.put(&unit, true).is_err(), "{damaged}");
        assert_eq!(local_storage().get_item(&key(&unit)).unwrap().as_deref(), Some(damaged));
        assert_eq!(fast.load().get(unit.id()), None);
    }
}

#[wasm_bindgen_test]
fn what_others_keep_here_is_no_record() {
    let (fast, unit) = (Fast::open().unwrap(), unit("neighbour"));
    let text = serde_json::to_string(&unit).unwrap();
    for other in [
        "kvalitetshjul/1/andet/sted/record/neighbour",
        "kvalitetshjul/1/record/record/neighbour",
        "kvalitetshjul/2/record/neighbour",
        "neighbour",
    ] {
        local_storage().set_item(other, &text).unwrap();
    }
    assert_eq!(fast.load().get(unit.id()), None);
}

#[wasm_bindgen_test]
async fn what_the_mirror_holds_is_there_for_the_next() {
    let units = [unit("mirror"), unit("mirror-too")];
    Mirror::open().await.unwrap().put(&units).await.unwrap();
    let held = Mirror::open().await.unwrap().load().await.unwrap();
    assert!(units.iter().all(|unit| held.get(unit.id()) == Some(unit)));
}

#[wasm_bindgen_test]
async fn tabs_that_write_at_once_are_both_kept() {
    let unit = unit("mirror-tabs");
    let writes = (1..=8).map(|number| {
        let unit = renamed(&unit, number);
        future_to_promise(async move {
            let put = Mirror::open().await?.put(&[unit]).await;
            put.map(|_| JsValue::UNDEFINED).map_err(|failure| format!("{failure:?}").into())
        })
    });
    JsFuture::from(js_sys::Promise::all(&writes.collect::<Array>())).await.unwrap();
    let held = Mirror::open().await.unwrap().load().await.unwrap();
    assert_eq!(names(&held[unit.id()]), 8);
}

#[wasm_bindgen_test]
async fn a_tab_knows_whether_others_have_written() {
    let (one, other) = (Mirror::open().await.unwrap(), Mirror::open().await.unwrap());
    one.load().await.unwrap();
    one.put(&[unit("news")]).await.unwrap();
    assert!(!one.has_news().await.unwrap(), "what it wrote itself is no news to it");
    assert!(other.has_news().await.unwrap());
    other.load().await.unwrap();
    other.put(&[unit("more-news")]).await.unwrap();
    assert!(one.has_news().await.unwrap() && !other.has_news().await.unwrap());
}

#[wasm_bindgen_test]
async fn what_contradicts_the_mirror_is_refused_and_changes_nothing() {
    let mirror = Mirror::open().await.unwrap();
    // The same id and the same write, with two names: no honest copies.
    let unit = unit("mirror-damaged");
    let other = Enhed { name: "Et andet navn".into(), ..Enhed::default() };
    let other = Record::create(unit.id().clone(), &other, &author(0)).unwrap();
    let beside = self::unit("mirror-beside");
    mirror.put(std::slice::from_ref(&unit)).await.unwrap();
    assert!(mirror.put(&[beside.clone(), other]).await.is_err());
    let held = mirror.load().await.unwrap();
    assert_eq!(held.get(unit.id()), Some(&unit));
    assert_eq!(held.get(beside.id()), None, "all that is written together is written, or nothing is");
}
