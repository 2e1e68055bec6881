//! The browser's stores, tested in browsers.
//!
//! | file | content |
//! | --- | --- |
//! | `local_storage` | records in localStorage |
//! | `indexed_db` | records in IndexedDB, with several tabs |
//! | `change_log` | the log of changes in IndexedDB |
//! | `snapshots` | snapshots in IndexedDB |
//! | `reset` | deletion of everything |
//! | `loss` | stores that were emptied under an open page |
//! | `forgetting` | deletion of one record's text from all stores |
//! | `versions` | data of older and newer versions, and a page that must not write |
//!
//! All tests share one origin and its stores, so each uses record ids of its own. `cargo xtask test` starts the
//! browsers as `webdriver.json` says.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that meets what it did not expect should stop there")]

mod change_log;
mod forgetting;
mod indexed_db;
mod local_storage;
mod loss;
mod reset;
mod snapshots;
mod versions;

use js_sys::{Function, Promise};
use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::record::Record;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::{Author, Focus};
use kvalitetshjul::record::path::Path;
use kvalitetshjul::store::indexed_db::IndexedDb;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn author(number: u8) -> Author {
    Author { actor: Actor::from_random([number; 10]), at: Timestamp::from_seconds(0).unwrap(), by: None }
}

/// Creates a unit, always by the same author.
fn unit(name: &str) -> Record {
    Record::create(id(name), &Enhed { name: name.into(), ..Enhed::default() }, &author(0)).unwrap()
}

/// Returns the unit renamed by an author.
fn renamed(unit: &Record, number: u8) -> Record {
    let mut unit = unit.clone();
    let name = format!("Navn {number}");
    unit.edit::<Enhed>(&mut Focus::default(), &author(number), |enhed| enhed.name = name.as_str().into()).unwrap();
    unit
}

/// Counts the wordings of a unit's name.
fn count_names(unit: &Record) -> usize {
    unit.leaf(&Path::root("name")).unwrap().wordings().len()
}

/// The current version in the keys of localStorage.
const CURRENT: &str = ".3";

/// Returns the localStorage key of a record as a version of the app writes it. Browsers hold data under these keys, so
/// they must never change. The epoch counts the resets by other tests.
fn key_of_version(version: &str, id: &Id) -> String {
    let epoch = local_storage().get_item("kvalitetshjul/1/#epoch").unwrap();
    let epoch = epoch.map(|epoch| format!("#{epoch}")).unwrap_or_default();
    format!("kvalitetshjul/1/record{version}{epoch}/{id}")
}

fn key(unit: &Record) -> String {
    key_of_version(CURRENT, unit.id())
}

fn local_storage() -> web_sys::Storage {
    web_sys::window().unwrap().local_storage().unwrap().unwrap()
}

/// Runs a script on IndexedDB's object stores, past the app's code. In the script `at(name)` is an object store. A
/// request that the script returns gives the result.
async fn run_in_database(script: &str) -> JsValue {
    let script = format!(
        "return new Promise(resolve => {{
            indexedDB.open('kvalitetshjul/1/').onsuccess = event => {{
                const database = event.target.result;
                const transaction = database.transaction([...database.objectStoreNames], 'readwrite');
                const at = store => transaction.objectStore(store);
                const request = (() => {{ {script} }})();
                transaction.oncomplete = () => {{ database.close(); resolve(request?.result); }};
            }};
        }});"
    );
    let promise: Promise = Function::new_no_args(&script).call0(&JsValue::NULL).unwrap().into();
    JsFuture::from(promise).await.unwrap()
}

/// Returns everything in an object store, as JSON text.
async fn text_of_store(store: String) -> String {
    let all = run_in_database(&format!("return at('{store}').getAll();")).await;
    js_sys::JSON::stringify(&all).unwrap().into()
}

/// Resets IndexedDB, so that a test of the log or the snapshots does not depend on the tests before it.
async fn empty_database() -> IndexedDb {
    IndexedDb::open().await.unwrap().reset(0).await.unwrap();
    IndexedDb::open().await.unwrap()
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(1_800_000_000 + seconds).unwrap()
}
