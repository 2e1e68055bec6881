//! The stores in a browser: what only a browser can say of them.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use js_sys::{Array, Function, Promise};
use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::record::Record;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::{Author, Focus};
use kvalitetshjul::record::history::ChangeOrigin;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::store::error::Failure;
use kvalitetshjul::store::indexed_db::IndexedDb;
use kvalitetshjul::store::local_storage::{LocalStorage, StorageRefusal};
use kvalitetshjul::store::log::MOST;
use kvalitetshjul::store::snapshot::Occasion;
use kvalitetshjul::store::{AtHand, Closed, Mirrored, Store};
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

/// Where a record of a version lies in localStorage: a promise to every browser that has one there. (Other tests have
/// deleted all before, as often as the epoch says.)
fn place(version: &str, id: &Id) -> String {
    let epoch = local_storage().get_item("kvalitetshjul/1/#epoch").unwrap();
    let epoch = epoch.map(|epoch| format!("#{epoch}")).unwrap_or_default();
    format!("kvalitetshjul/1/record{version}{epoch}/{id}")
}

fn key(unit: &Record) -> String {
    place("", unit.id())
}

fn local_storage() -> web_sys::Storage {
    web_sys::window().unwrap().local_storage().unwrap().unwrap()
}

#[wasm_bindgen_test]
fn what_is_put_at_hand_is_there_for_the_next() {
    let unit = unit("hand");
    LocalStorage::open().unwrap().put(&unit, true).unwrap();
    assert_eq!(LocalStorage::open().unwrap().load(true).get(unit.id()), Some(&unit));
}

#[wasm_bindgen_test]
fn what_another_tab_put_at_hand_is_merged_with() {
    let (fast, unit) = (LocalStorage::open().unwrap(), unit("hand-tabs"));
    fast.put(&renamed(&unit, 1), true).unwrap();
    fast.put(&renamed(&unit, 2), true).unwrap();
    assert_eq!(names(&fast.load(true)[unit.id()]), 2);
}

#[wasm_bindgen_test]
fn what_cannot_be_read_at_hand_is_left_as_it_is() {
    let (fast, unit) = (LocalStorage::open().unwrap(), unit("hand-damaged"));
    for damaged in ["", "[]", "null", "{\"kind\":\"enhed\"", "{\"kind\":\"enhed\",\"id\":\"x\"}"] {
        local_storage().set_item(&key(&unit), damaged).unwrap();
        assert!(fast.put(&unit, true).is_err(), "{damaged}");
        assert_eq!(local_storage().get_item(&key(&unit)).unwrap().as_deref(), Some(damaged));
        assert_eq!(fast.load(true).get(unit.id()), None);
    }
}

#[wasm_bindgen_test]
fn what_others_keep_here_is_no_record() {
    let (fast, unit) = (LocalStorage::open().unwrap(), unit("neighbour"));
    let text = serde_json::to_string(&unit).unwrap();
    for other in [
        "kvalitetshjul/1/record#77/neighbour",
        "kvalitetshjul/1/record.99/neighbour",
        "kvalitetshjul/1/andet/sted/record/neighbour",
        "kvalitetshjul/1/record/record/neighbour",
        "kvalitetshjul/2/record/neighbour",
        "neighbour",
    ] {
        local_storage().set_item(other, &text).unwrap();
    }
    assert_eq!(fast.load(true).get(unit.id()), None);
}

#[wasm_bindgen_test]
async fn what_the_mirror_holds_is_there_for_the_next() {
    let units = [unit("mirror"), unit("mirror-too")];
    IndexedDb::open().await.unwrap().put(&units, ChangeOrigin::Hand).await.unwrap();
    let held = IndexedDb::open().await.unwrap().load(true).await.unwrap();
    assert!(units.iter().all(|unit| held.get(unit.id()) == Some(unit)));
}

#[wasm_bindgen_test]
async fn tabs_that_write_at_once_are_both_kept() {
    let unit = unit("mirror-tabs");
    let writes = (1..=8).map(|number| {
        let unit = renamed(&unit, number);
        future_to_promise(async move {
            let put = IndexedDb::open().await?.put(&[unit], ChangeOrigin::Hand).await;
            put.map(|_| JsValue::UNDEFINED).map_err(|failure| format!("{failure:?}").into())
        })
    });
    JsFuture::from(js_sys::Promise::all(&writes.collect::<Array>())).await.unwrap();
    let held = IndexedDb::open().await.unwrap().load(true).await.unwrap();
    assert_eq!(names(&held[unit.id()]), 8);
}

#[wasm_bindgen_test]
async fn a_tab_knows_whether_others_have_written() {
    let (one, other) = (IndexedDb::open().await.unwrap(), IndexedDb::open().await.unwrap());
    one.load(true).await.unwrap();
    one.put(&[unit("news")], ChangeOrigin::Hand).await.unwrap();
    assert!(!one.has_news().await.unwrap(), "what it wrote itself is no news to it");
    assert!(other.has_news().await.unwrap());
    other.load(true).await.unwrap();
    other.put(&[unit("more-news")], ChangeOrigin::Hand).await.unwrap();
    assert!(one.has_news().await.unwrap() && !other.has_news().await.unwrap());
}

#[wasm_bindgen_test]
async fn what_contradicts_the_mirror_is_refused_and_changes_nothing() {
    let mirror = IndexedDb::open().await.unwrap();
    // The same id and the same write, with two names: no honest copies.
    let unit = unit("mirror-damaged");
    let other = Enhed { name: "Et andet navn".into(), ..Enhed::default() };
    let other = Record::create(unit.id().clone(), &other, &author(0)).unwrap();
    let beside = self::unit("mirror-beside");
    mirror.put(std::slice::from_ref(&unit), ChangeOrigin::Hand).await.unwrap();
    assert!(mirror.put(&[beside.clone(), other], ChangeOrigin::Hand).await.is_err());
    let held = mirror.load(true).await.unwrap();
    assert_eq!(held.get(unit.id()), Some(&unit));
    assert_eq!(held.get(beside.id()), None, "all that is written together is written, or nothing is");
}

/// Does something to the mirror's own stores, as no part of the app does: `at(store)` is a store, what is given back is
/// the result of the request given.
async fn tamper(script: &str) -> JsValue {
    let script = format!(
        "return new Promise(resolve => {{
            indexedDB.open('kvalitetshjul/1/').onsuccess = event => {{
                const database = event.target.result;
                const transaction = database.transaction([...database.objectStoreNames], 'readwrite');
                const at = store => transaction.objectStore(store);
                const asked = (() => {{ {script} }})();
                transaction.oncomplete = () => {{ database.close(); resolve(asked?.result); }};
            }};
        }});"
    );
    let promise: Promise = Function::new_no_args(&script).call0(&JsValue::NULL).unwrap().into();
    JsFuture::from(promise).await.unwrap()
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(1_800_000_000 + seconds).unwrap()
}

fn is_reset(outcome: Result<impl Sized, Failure>) -> bool {
    matches!(outcome, Err(Failure::Closed(Closed::Reset)))
}

#[wasm_bindgen_test]
async fn the_log_tells_what_stood_there_before_and_after_and_how_it_came() {
    let mirror = IndexedDb::open().await.unwrap();
    let unit = unit("log");
    mirror.put(std::slice::from_ref(&unit), ChangeOrigin::File).await.unwrap();
    mirror.put(&[renamed(&unit, 1)], ChangeOrigin::Hand).await.unwrap();
    let (entries, _) = mirror.history().await.unwrap();
    let told: Vec<_> = entries.iter().filter(|entry| entry.id == *unit.id()).collect();
    assert_eq!((told[0].how, told[0].leaves.len()), (ChangeOrigin::File, 0));
    let [leaf] = told[1].leaves.as_slice() else { panic!("{told:?}") };
    assert_eq!(leaf.path, Path::root("name"));
    assert_eq!((leaf.before.as_slice(), &leaf.after), (["log".into()].as_slice(), &"Navn 1".into()));
    // What is written again tells of nothing.
    mirror.put(&[renamed(&unit, 1)], ChangeOrigin::Hand).await.unwrap();
    assert_eq!(mirror.history().await.unwrap().0.len(), entries.len());
}

#[wasm_bindgen_test]
async fn typing_that_goes_on_is_one_change_and_another_tabs_change_ends_it() {
    let (one, other) = (IndexedDb::open().await.unwrap(), IndexedDb::open().await.unwrap());
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
    other.put(&[self::unit("log-other")], ChangeOrigin::Hand).await.unwrap();
    unit.edit::<Enhed>(&mut Focus::default(), &author(1), |enhed| enhed.name = "Skolen ved".into()).unwrap();
    one.put(std::slice::from_ref(&unit), ChangeOrigin::Hand).await.unwrap();
    let (entries, _) = one.history().await.unwrap();
    assert_eq!(entries.len(), before + 3, "nothing that another tab told is told over");
}

#[wasm_bindgen_test]
async fn a_full_log_drops_its_oldest_and_says_so() {
    let mirror = IndexedDb::open().await.unwrap();
    let unit = unit("log-full");
    for number in 0..20 {
        mirror.put(&[renamed(&unit, number)], ChangeOrigin::File).await.unwrap();
    }
    let (before, _) = mirror.history().await.unwrap();
    // As if what lies there were 20 MB.
    tamper(&format!(
        "at('about').get('log').onsuccess = event => {{
            const [first, next] = event.target.result.split(' ');
            at('about').put(`${{first}} ${{next}} {MOST}`, 'log');
        }};"
    ))
    .await;
    mirror.put(&[renamed(&unit, 30)], ChangeOrigin::File).await.unwrap();
    let (after, dropped) = mirror.history().await.unwrap();
    assert!(dropped && after.len() < before.len() + 1);
    assert_eq!(after.last().unwrap().leaves[0].after, "Navn 30".into(), "the newest is there");
}

#[wasm_bindgen_test]
async fn a_snapshot_holds_what_was_there_and_is_taken_once_an_hour_or_before_a_file() {
    let mirror = IndexedDb::open().await.unwrap();
    let unit = unit("snapshot");
    mirror.put(std::slice::from_ref(&unit), ChangeOrigin::Hand).await.unwrap();
    let there = mirror.snapshots().await.unwrap().len();
    mirror.take_snapshot(at(0), Occasion::Work).await.unwrap();
    mirror.put(&[renamed(&unit, 1)], ChangeOrigin::Hand).await.unwrap();
    mirror.take_snapshot(at(60), Occasion::Work).await.unwrap();
    assert_eq!(mirror.snapshots().await.unwrap().len(), there + 1, "an hour has not gone by");
    mirror.take_snapshot(at(120), Occasion::File).await.unwrap();
    mirror.take_snapshot(at(180), Occasion::File).await.unwrap();
    let snapshots = mirror.snapshots().await.unwrap();
    assert_eq!(snapshots.len(), there + 2, "and nothing has changed since the last");
    let names = |records: &kvalitetshjul::record::Records| records[unit.id()].title().to_owned();
    let [.., first, second] = snapshots.as_slice() else { panic!("{snapshots:?}") };
    assert_eq!(names(&mirror.snapshot(first).await.unwrap()), "snapshot");
    assert_eq!(names(&mirror.snapshot(second).await.unwrap()), "Navn 1");
    assert!(second.records >= 1 && second.bytes > 0 && second.occasion == Occasion::File);
}

#[wasm_bindgen_test]
async fn no_more_snapshots_are_kept_than_agreed() {
    let mirror = IndexedDb::open().await.unwrap();
    let unit = unit("snapshot-many");
    for number in 0..14 {
        mirror.put(&[renamed(&unit, number)], ChangeOrigin::Hand).await.unwrap();
        mirror.take_snapshot(at(20_000_000 + i64::from(number)), Occasion::File).await.unwrap();
    }
    assert_eq!(mirror.snapshots().await.unwrap().len(), 10, "of one day, and of long ago none");
}

#[wasm_bindgen_test]
async fn where_the_browser_packs_nothing_snapshots_are_taken_all_the_same() {
    let mirror = IndexedDb::open().await.unwrap();
    let unit = unit("snapshot-plain");
    mirror.put(std::slice::from_ref(&unit), ChangeOrigin::Hand).await.unwrap();
    let own = Function::new_no_args(
        "const own = globalThis.CompressionStream; delete globalThis.CompressionStream; return own;",
    );
    let own = own.call0(&JsValue::NULL).unwrap();
    mirror.take_snapshot(at(40_000_000), Occasion::File).await.unwrap();
    Function::new_with_args("own", "globalThis.CompressionStream = own;").call1(&JsValue::NULL, &own).unwrap();
    let snapshots = mirror.snapshots().await.unwrap();
    let held = mirror.snapshot(snapshots.last().unwrap()).await.unwrap();
    assert_eq!(held.get(unit.id()), Some(&unit));
}

#[wasm_bindgen_test]
async fn after_a_reset_nobody_who_knew_what_was_there_writes_it_again() {
    let (one, other) = (IndexedDb::open().await.unwrap(), IndexedDb::open().await.unwrap());
    let unit = unit("reset");
    one.put(std::slice::from_ref(&unit), ChangeOrigin::Hand).await.unwrap();
    one.take_snapshot(at(60_000_000), Occasion::File).await.unwrap();
    other.load(true).await.unwrap();
    let fast = LocalStorage::open().unwrap();
    fast.put(&unit, false).unwrap();
    let place_before = key(&unit);

    let epoch = one.reset(0).await.unwrap();
    LocalStorage::open().unwrap().begin(epoch);
    assert!(is_reset(other.put(std::slice::from_ref(&unit), ChangeOrigin::Hand).await));
    assert!(is_reset(other.load(true).await) && is_reset(other.has_news().await) && is_reset(other.get(&[]).await));
    assert!(is_reset(other.take_snapshot(at(60_000_001), Occasion::File).await));
    assert!(is_reset(other.forget(unit.id(), None).await));
    assert!(matches!(fast.put(&unit, false), Err(StorageRefusal::Closed(Closed::Reset))));
    // One that has not heard of it yet, since its process is behind: what it puts at hand is nobody's.
    local_storage().set_item(&place_before, &serde_json::to_string(&unit).unwrap()).unwrap();

    let begun = IndexedDb::open().await.unwrap();
    assert_eq!(begun.load(true).await.unwrap().len(), 0);
    assert_eq!((begun.snapshots().await.unwrap().len(), begun.history().await.unwrap().0.len()), (0, 0));
    assert_eq!(begun.aside().await.unwrap(), []);
    let fast = LocalStorage::open().unwrap();
    assert_eq!(fast.load(true).len(), 0);
    assert_eq!(local_storage().get_item(&place_before).unwrap(), None, "and it is swept away");
    fast.put(&unit, false).unwrap();
    assert_eq!(LocalStorage::open().unwrap().load(true).len(), 1, "in the new epoch all works as before");
}

#[wasm_bindgen_test]
async fn a_reset_that_was_cut_off_before_local_storage_is_brought_to_its_end() {
    let unit = unit("reset-cut");
    LocalStorage::open().unwrap().put(&unit, false).unwrap();
    IndexedDb::open().await.unwrap().reset(0).await.unwrap();
    let mut store = Store::open(false);
    assert!(store.at_hand().contains_key(unit.id()));
    let loaded = store.load_mirror().await;
    assert!(loaded.was_reset && loaded.records.is_empty());
    assert!(store.at_hand().is_empty(), "what was at hand is not to be painted again");
    assert_eq!(store.put_at_hand(&unit, false), AtHand::Put, "and what is written from now on is kept");
}

/// Empties both stores under a page that is open: as a browser does whose user clears the site's data, which deletes the database
/// as well, or as a browser that keeps it.
async fn clear_site_data(deletes: bool) {
    local_storage().clear().unwrap();
    if !deletes {
        tamper("for (const name of ['records', 'aside', 'snapshots', 'log', 'about']) at(name).clear();").await;
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

/// A page's stores, opened and read, with two records in them.
async fn store_of(units: &[Record]) -> Store {
    let mut store = Store::open(false);
    store.load_mirror().await;
    assert_eq!(write(&store, units).await, [Mirrored::Yes; 2]);
    assert!(!store.take_loss(), "what was only written is whole");
    store
}

/// Writes records as a save does.
async fn write(store: &Store, records: &[Record]) -> Vec<Mirrored> {
    for record in records {
        store.put_at_hand(record, false);
    }
    store.put(records.to_vec(), ChangeOrigin::Hand).await.into_iter().map(|(_, mirrored)| mirrored).collect()
}

/// Whether a page that is opened now finds the records in both stores.
async fn is_found_in_both(units: &[Record]) -> bool {
    let mut store = Store::open(false);
    let at_hand = store.at_hand();
    let loaded = store.load_mirror().await;
    !loaded.was_reset
        && units.iter().all(|unit| at_hand.contains_key(unit.id()) && loaded.records.contains_key(unit.id()))
}

#[wasm_bindgen_test]
async fn trust_a_save_into_emptied_stores_notices_once_and_everything_can_be_written_again() {
    for (number, deletes) in [false, true].into_iter().enumerate() {
        let units = [unit(&format!("loss-{number}")), unit(&format!("loss-too-{number}"))];
        let store = store_of(&units).await;
        clear_site_data(deletes).await;
        assert_eq!(write(&store, &[renamed(&units[0], 1)]).await, [Mirrored::Yes], "the database is opened again");
        assert!(store.take_loss(), "deleted: {deletes}");
        assert!(!store.take_loss(), "it is told once");
        assert_eq!(write(&store, &units).await, [Mirrored::Yes; 2]);
        assert!(!store.take_loss() && is_found_in_both(&units).await, "deleted: {deletes}");
    }
}

#[wasm_bindgen_test]
async fn trust_a_store_that_was_begun_anew_by_another_tab_is_noticed() {
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
    assert!(!other.take_loss(), "what another tab writes again is no loss");
    assert!(is_found_in_both(&units).await);
}

#[wasm_bindgen_test]
async fn trust_the_loss_of_one_store_is_noticed_before_and_after_a_reset() {
    for (number, is_reset) in [false, true].into_iter().enumerate() {
        clear_site_data(true).await;
        if is_reset {
            store_of(&[unit("loss-was"), unit("loss-was-too")]).await.reset().await.unwrap();
        }
        let units = [unit(&format!("loss-one-{number}")), unit(&format!("loss-one-too-{number}"))];
        let store = store_of(&units).await;
        local_storage().clear().unwrap();
        assert_eq!(store.put_at_hand(&units[0], false), AtHand::Put, "it is no reset");
        assert_eq!(write(&store, &units[..1]).await, [Mirrored::Yes]);
        assert!(store.take_loss(), "localStorage, reset before: {is_reset}");
        write(&store, &units).await;
        assert!(!store.take_loss() && is_found_in_both(&units).await, "localStorage, reset before: {is_reset}");

        tamper("for (const name of ['records', 'aside', 'snapshots', 'log', 'about']) at(name).clear();").await;
        assert_eq!(write(&store, &units[..1]).await, [Mirrored::Yes], "it is no reset");
        assert!(store.take_loss(), "the mirror, reset before: {is_reset}");
        write(&store, &units).await;
        assert!(!store.take_loss() && is_found_in_both(&units).await, "the mirror, reset before: {is_reset}");
    }
    clear_site_data(true).await;
}

#[wasm_bindgen_test]
async fn trust_after_a_reset_nothing_is_taken_for_lost() {
    let units = [unit("loss-reset"), unit("loss-reset-too")];
    for clears in [false, true] {
        let store = store_of(&units).await;
        if clears {
            clear_site_data(true).await;
        }
        store_of(&[unit("loss-new"), unit("loss-new-too")]).await.reset().await.unwrap();
        let after = write(&store, &units).await;
        assert_eq!(after, [Mirrored::Closed(Closed::Reset); 2], "cleared before: {clears}");
        assert!(!store.take_loss(), "cleared before: {clears}");
        let mut begun = Store::open(false);
        assert!(begun.at_hand().is_empty() && begun.load_mirror().await.records.is_empty(), "cleared before: {clears}");
    }
}

#[wasm_bindgen_test]
async fn a_neighbours_keys_survive_a_reset() {
    let neighbours = [
        ("kvalitetshjul/1/record/version", "2"),
        ("kvalitetshjul/1/record/record/x", "{}"),
        ("kvalitetshjul/1/andet/sted/record/x", "{}"),
        ("kvalitetshjul/1/aside/record/x", "{}"),
        ("andre/record/x", "{}"),
    ];
    for (key, text) in neighbours {
        local_storage().set_item(key, text).unwrap();
    }
    let fast = LocalStorage::open().unwrap();
    fast.load(true);
    fast.begin(fast.epoch() + 1);
    for (key, text) in neighbours {
        assert_eq!(local_storage().get_item(key).unwrap().as_deref(), Some(text), "{key}");
        local_storage().remove_item(key).unwrap();
    }
}

#[wasm_bindgen_test]
async fn what_is_forgotten_is_forgotten_everywhere() {
    let mut store = Store::open(false);
    store.load_mirror().await;
    let mut unit = unit("forget");
    let secret = "Det skal ingen vide";
    unit.edit::<Enhed>(&mut Focus::default(), &author(1), |enhed| enhed.name = secret.into()).unwrap();
    let kept = renamed(&self::unit("forget-not"), 1);
    store.put(vec![unit.clone(), kept.clone()], ChangeOrigin::Hand).await;
    let mirror = IndexedDb::open().await.unwrap();
    mirror.take_snapshot(at(80_000_000), Occasion::File).await.unwrap();
    tamper(&format!("at('aside').put('{{{secret}', 'forget/1'); at('aside').put('{{', 'forget-not/1');")).await;
    local_storage().set_item("kvalitetshjul/1/aside/forget/1", secret).unwrap();
    unit.edit::<Enhed>(&mut Focus::default(), &author(1), |enhed| enhed.name = "Skolen".into()).unwrap();
    store.put(vec![unit.clone()], ChangeOrigin::Hand).await;

    unit.delete(None, &author(1)).unwrap();
    unit.forget(None).unwrap();
    store.put_at_hand(&unit, false);
    store.put(vec![unit.clone()], ChangeOrigin::Hand).await;
    store.forget(unit.id(), None).await.unwrap();

    let all = |store: &str| tamper_text(store.to_owned());
    for place in ["records", "aside", "log"] {
        let text = all(place).await;
        assert!(!text.contains(secret) && !text.contains("\"forget\","), "{place}: {text}");
    }
    let aside = mirror.aside().await.unwrap();
    assert!(aside.iter().any(|piece| piece.name == "forget-not/1"), "and nothing else is gone");
    let snapshot = mirror.snapshots().await.unwrap().pop().unwrap();
    let records = mirror.snapshot(&snapshot).await.unwrap();
    assert!(records[unit.id()].is_hollow());
    assert_eq!(records.get(kept.id()), Some(&kept));
    for key in 0..local_storage().length().unwrap() {
        let key = local_storage().key(key).unwrap().unwrap();
        assert!(!local_storage().get_item(&key).unwrap().unwrap().contains(secret), "{key}");
    }
    assert!(mirror.history().await.unwrap().0.iter().any(|entry| entry.id == *kept.id()));
}

/// All that one of the mirror's stores holds, as text.
async fn tamper_text(store: String) -> String {
    let all = tamper(&format!("return at('{store}').getAll();")).await;
    js_sys::JSON::stringify(&all).unwrap().into()
}

/// What the first version wrote: the effect of a goal was called otherwise.
fn old_goal(name: &str) -> String {
    format!(
        r#"{{"kind":"goal","id":"{name}","leaves":{{"/text":"Flere er med","/effect":"Mere ro"}},"seen":{{"1111111111111111":1}},"writes":[{{"actor":"1111111111111111","n":1,"at":"2025-03-15T09:42:00Z","rest":true}}]}}"#
    )
}

#[wasm_bindgen_test]
async fn what_an_older_version_wrote_is_migrated_after_its_text_was_set_aside() {
    let text = old_goal("migrated");
    // Nothing else is there: the version is that of the whole mirror.
    IndexedDb::open().await.unwrap().reset(0).await.unwrap();
    tamper(&format!("at('records').put('{text}', 'migrated'); at('about').put(1, 'version');")).await;
    let reading = IndexedDb::open_to_read().await.unwrap();
    let read = reading.load(false).await.unwrap();
    assert!(tamper_text("records".to_owned()).await.contains("/effect"), "who only reads has written nothing");

    let mirror = IndexedDb::open().await.unwrap();
    let loaded = mirror.load(true).await.unwrap();
    let effect = |records: &kvalitetshjul::record::Records| {
        records[&id("migrated")].shown_text(&Path::root("expected_effect")).map(str::to_owned)
    };
    assert_eq!((effect(&read).as_deref(), effect(&loaded).as_deref()), (Some("Mere ro"), Some("Mere ro")));
    let aside = mirror.aside().await.unwrap();
    let [piece] = aside.as_slice() else { panic!("{aside:?}") };
    assert!(piece.text == text && !piece.is_damaged(), "to the letter, and called what it is");
    assert_eq!(IndexedDb::open().await.unwrap().load(true).await.unwrap(), loaded, "once");
    assert_eq!(mirror.aside().await.unwrap().len(), 1);
}

#[wasm_bindgen_test]
async fn what_an_older_version_had_at_hand_is_read_and_never_merged_with_before() {
    let (fast, text) = (LocalStorage::open().unwrap(), old_goal("hand-old"));
    let old = &place(".1", &id("hand-old"));
    local_storage().set_item(old, &text).unwrap();
    let goal = fast.load(true).remove(&id("hand-old")).unwrap();
    let effect = Path::root("expected_effect");
    assert_eq!(goal.shown_text(&effect), Some("Mere ro"));
    fast.put(&goal, false).unwrap();
    let goal = LocalStorage::open().unwrap().load(true).remove(&id("hand-old")).unwrap();
    assert_eq!(goal.shown_text(&effect), Some("Mere ro"), "its value stands in both, and in neither's way");
    assert_eq!(local_storage().get_item(old).unwrap(), Some(text), "its text lies where it lay");
    fast.forget(&id("hand-old"));
    assert_eq!(local_storage().get_item(old).unwrap(), None);
}

#[wasm_bindgen_test]
async fn who_wrote_is_said_with_the_first_record() {
    IndexedDb::open().await.unwrap().reset(0).await.unwrap();
    tamper("at('about').delete('version');").await;
    IndexedDb::open().await.unwrap().put(&[unit("version")], ChangeOrigin::Hand).await.unwrap();
    assert_eq!(tamper("return at('about').get('version');").await.as_f64(), Some(2.0));
}

#[wasm_bindgen_test]
async fn a_newer_versions_records_are_not_even_looked_at() {
    let mut store = Store::open(false);
    store.load_mirror().await;
    let unit = unit("newer");
    store.put(vec![unit.clone()], ChangeOrigin::Hand).await;
    tamper("at('about').put(99, 'version');").await;
    assert_eq!(store.get(&[unit.id().clone()]).await.err(), Some(Closed::Outdated));
    assert_eq!(store.changes_elsewhere().await.err(), Some(Closed::Outdated));
    assert_eq!(store.put(vec![unit.clone()], ChangeOrigin::Hand).await[0].1, Mirrored::Closed(Closed::Outdated));
    assert!(store.reset().await.is_err() && store.forget(unit.id(), None).await.is_err());
    tamper("at('about').put(2, 'version');").await;
    assert_eq!(store.get(&[unit.id().clone()]).await.unwrap(), [unit]);
}

#[wasm_bindgen_test]
async fn who_is_to_read_alone_writes_nothing() {
    let mut writing = Store::open(false);
    writing.load_mirror().await;
    let unit = unit("read-only");
    writing.put(vec![unit.clone()], ChangeOrigin::Hand).await;
    local_storage().set_item(&place("", &id("read-only-damaged")), "{").unwrap();
    tamper("at('records').put('{', 'read-only-damaged');").await;
    let everything = || async {
        let mut all = Vec::new();
        for store in ["records", "aside", "snapshots", "log", "about"] {
            all.push(tamper_text(store.to_owned()).await);
        }
        all.push(js_sys::JSON::stringify(&local_storage()).unwrap().into());
        all
    };
    let before = everything().await;

    let mut store = Store::open(true);
    store.at_hand();
    assert_eq!(store.load_mirror().await.records.get(unit.id()), Some(&unit));
    let renamed = renamed(&unit, 1);
    assert_eq!(store.put_at_hand(&renamed, false), AtHand::Closed(Closed::ReadOnly));
    assert_eq!(store.put(vec![renamed], ChangeOrigin::Hand).await[0].1, Mirrored::Closed(Closed::ReadOnly));
    store.take_snapshot(at(100_000_000), Occasion::File).await;
    store.changes_elsewhere().await.unwrap();
    assert!(store.reset().await.is_err() && store.forget(unit.id(), None).await.is_err());
    assert_eq!(everything().await, before);
    local_storage().remove_item(&place("", &id("read-only-damaged"))).unwrap();
    tamper("at('records').delete('read-only-damaged');").await;
}
