//! What the browser keeps. It knows records, and nothing of what they mean.
//!
//! | file | idea |
//! | --- | --- |
//! | [`fast`] | localStorage: what is at hand at once |
//! | [`mirror`] | IndexedDB: what holds everything, and the one place where tabs meet |
//!
//! # Invariants
//!
//! * Neither store is written before it has been read.
//! * The mirror is written by get–merge–put inside one transaction: whatever another tab put there is merged, never
//!   replaced.
//! * Absence from localStorage never means deletion.
//! * A value that cannot be read is left where it is.

use crate::record::{Record, Records};

pub mod fast;
pub mod mirror;

use fast::Fast;
use mirror::Mirror;

/// How safe what was last written is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// The mirror has it: it survives the death of the browser.
    Kept,
    /// localStorage alone has it: the mirror is denied or failed.
    WithoutMirror,
    /// Neither has it.
    NotKept,
}

/// The two stores of this browser, as far as it grants them.
#[derive(Clone, Debug)]
pub struct Store {
    fast: Option<Fast>,
    mirror: Option<Mirror>,
}

impl Store {
    /// Asks the browser for its stores. What it denies is done without.
    pub fn open() -> Self {
        Self { fast: Fast::open(), mirror: None }
    }

    /// What is at hand at once.
    pub fn at_hand(&self) -> Records {
        self.fast.as_ref().map(Fast::load).unwrap_or_default()
    }

    /// Opens the mirror and gives all that it holds.
    pub async fn load_mirror(&mut self) -> Records {
        let Ok(mirror) = Mirror::open().await else { return Records::new() };
        let records = mirror.load().await.unwrap_or_default();
        self.mirror = Some(mirror);
        records
    }

    /// Writes a record to localStorage: all there is time for when a page is being left.
    pub fn put_at_hand(&self, record: &Record) -> bool {
        self.fast.as_ref().is_some_and(|fast| fast.put(record).is_ok())
    }

    /// Writes records that are at hand already to the mirror, and gives them as it now has them: merged with what other
    /// tabs put there. Where one cannot be written with the others, each is written alone.
    pub async fn put(&self, records: Vec<Record>) -> Vec<(Record, bool)> {
        let Some(mirror) = &self.mirror else { return records.into_iter().map(|record| (record, false)).collect() };
        if let Ok(merged) = mirror.put(&records).await {
            return merged.into_iter().map(|record| (record, true)).collect();
        }
        let mut written = Vec::with_capacity(records.len());
        for record in records {
            let merged = mirror.put(std::slice::from_ref(&record)).await.ok().and_then(|mut merged| merged.pop());
            let is_kept = merged.is_some();
            written.push((merged.unwrap_or(record), is_kept));
        }
        written
    }
}

/// What every key and name begins with: the app, the generation of its data, and the path of this deployment, so that
/// a preview under another path never touches it.
fn prefix() -> String {
    let path = js_sys::global();
    let path = js_sys::Reflect::get(&path, &"location".into())
        .and_then(|location| js_sys::Reflect::get(&location, &"pathname".into()))
        .ok()
        .and_then(|path| path.as_string())
        .unwrap_or_default();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("kvalitetshjul/1{folder}/")
}
