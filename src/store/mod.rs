//! What the browser keeps. It knows records, and nothing of what they mean.
//!
//! | file | idea |
//! | --- | --- |
//! | [`fast`] | localStorage: what is at hand at once |
//! | [`mirror`] | IndexedDB: what holds everything, and the one place where tabs meet |
//! | [`pause`] | long work a little at a time |
//! | [`preferences`] | what a person prefers on this device, outside the records |
//! | [`tabs`] | what tabs tell one another |
//!
//! # Invariants
//!
//! * Neither store is written before it has been read, or has been silent for long.
//! * The mirror is written by get–merge–put inside one transaction: whatever another tab put there is merged, never
//!   replaced.
//! * Absence from localStorage never means deletion.
//! * A value that cannot be read is never written over: it is put aside first.
//! * What a newer version of the app has written is neither read nor written.

use crate::domain::id::Id;
use crate::record::{Record, Records};

pub mod fast;
pub mod mirror;
pub mod pause;
pub mod preferences;
pub mod tabs;

use fast::{Fast, Refused};
use mirror::{Failure, Mirror};

/// How safe what was last written is, the safest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// The mirror has it: it survives the death of the browser.
    Kept,
    /// The mirror has it; localStorage has no room for it.
    FastFull,
    /// localStorage alone has it: the mirror is denied, failed or silent.
    WithoutMirror,
    /// Neither has it.
    NotKept,
    /// A newer version of the app has written here, and this one may not.
    Outdated,
}

/// Something that was put aside, since it could not be read or was written by an older version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// What it was called where it lay.
    pub name: String,
    /// The text, as it lay there.
    pub text: String,
}

/// The two stores of this browser, as far as it grants them.
#[derive(Clone, Debug)]
pub struct Store {
    fast: Option<Fast>,
    mirror: Option<Mirror>,
    is_outdated: bool,
}

impl Store {
    /// Asks the browser for localStorage. What it denies is done without.
    pub fn open() -> Self {
        Self { fast: Fast::open(), mirror: None, is_outdated: false }
    }

    /// Whether a newer version of the app has written here.
    pub const fn is_outdated(&self) -> bool {
        self.is_outdated
    }

    /// Whether the browser keeps nothing at all.
    pub const fn is_denied(&self) -> bool {
        self.fast.is_none() && self.mirror.is_none()
    }

    /// What is at hand at once.
    pub fn at_hand(&self) -> Records {
        self.fast.as_ref().map(Fast::load).unwrap_or_default()
    }

    /// Whether there is a mirror to try again.
    pub const fn has_mirror(&self) -> bool {
        self.mirror.is_some()
    }

    /// localStorage.
    pub const fn fast(&self) -> Option<&Fast> {
        self.fast.as_ref()
    }

    /// Opens the mirror and gives all that it holds.
    pub async fn load_mirror(&mut self) -> Records {
        let Ok(mirror) = Mirror::open().await else { return Records::new() };
        match mirror.load().await {
            Ok(records) => {
                self.mirror = Some(mirror);
                records
            }
            Err(Failure::Outdated) => {
                self.is_outdated = true;
                Records::new()
            }
            Err(Failure::Refused(_)) => Records::new(),
        }
    }

    /// Some records, as the mirror has them now.
    pub async fn get(&self, ids: &[Id]) -> Vec<Record> {
        match &self.mirror {
            Some(mirror) => mirror.get(ids).await.unwrap_or_default(),
            None => Vec::new(),
        }
    }

    /// All records, as the mirror has them now, if others have written there.
    pub async fn news(&self) -> Option<Records> {
        let mirror = self.mirror.as_ref()?;
        if mirror.has_news().await.ok()? { mirror.load().await.ok() } else { None }
    }

    /// All that was put aside.
    pub async fn aside(&self) -> Vec<Aside> {
        let mut aside = self.fast.as_ref().map(Fast::aside).unwrap_or_default();
        if let Some(mirror) = &self.mirror {
            aside.extend(mirror.aside().await.unwrap_or_default());
        }
        aside
    }

    /// Writes a record to localStorage: all there is time for when a page is being left. One of many may be spared.
    pub fn put_at_hand(&self, record: &Record, may_be_spared: bool) -> AtHand {
        match (&self.fast, self.is_outdated) {
            (_, true) => AtHand::Outdated,
            (None, _) => AtHand::Denied,
            (Some(fast), _) => match fast.put(record, may_be_spared && self.mirror.is_some()) {
                Ok(true) => AtHand::Put,
                Ok(false) => AtHand::Spared,
                Err(Refused::Outdated) => AtHand::Outdated,
                Err(Refused::Full | Refused::Damaged) => AtHand::Refused,
            },
        }
    }

    /// Writes records that are at hand already to the mirror, and gives them as it now has them, merged with what other
    /// tabs put there, and whether it has them. Where one cannot be written with the others, each is written alone.
    pub async fn put(&self, records: Vec<Record>) -> Vec<(Record, Mirrored)> {
        let all = |records: Vec<Record>, how| records.into_iter().map(|record| (record, how)).collect();
        let Some(mirror) = self.mirror.as_ref().filter(|_| !self.is_outdated) else {
            return all(records, if self.is_outdated { Mirrored::Outdated } else { Mirrored::No });
        };
        match mirror.put(&records).await {
            Ok(merged) => return all(merged, Mirrored::Yes),
            Err(Failure::Outdated) => return all(records, Mirrored::Outdated),
            Err(Failure::Refused(_)) => {}
        }
        let mut written = Vec::with_capacity(records.len());
        for record in records {
            let merged = mirror.put(std::slice::from_ref(&record)).await.ok().and_then(|mut merged| merged.pop());
            let how = if merged.is_some() { Mirrored::Yes } else { Mirrored::No };
            written.push((merged.unwrap_or(record), how));
        }
        written
    }
}

/// Whether a record is at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtHand {
    /// It is.
    Put,
    /// There is no room, or what is there is damaged.
    Refused,
    /// It is left to the mirror alone: what is at hand is enough.
    Spared,
    /// There is no localStorage.
    Denied,
    /// A newer version of the app has written here.
    Outdated,
}

/// Whether the mirror has a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mirrored {
    /// It has, on the disk.
    Yes,
    /// It has not.
    No,
    /// A newer version of the app has written there.
    Outdated,
}

impl Safety {
    /// How safe a record is by where it is.
    pub const fn of(at_hand: AtHand, mirrored: Mirrored) -> Self {
        match (mirrored, at_hand) {
            (Mirrored::Outdated, _) | (_, AtHand::Outdated) => Self::Outdated,
            (Mirrored::Yes, AtHand::Refused) => Self::FastFull,
            (Mirrored::Yes, AtHand::Put | AtHand::Spared | AtHand::Denied) => Self::Kept,
            (Mirrored::No, AtHand::Put) => Self::WithoutMirror,
            (Mirrored::No, AtHand::Refused | AtHand::Spared | AtHand::Denied) => Self::NotKept,
        }
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
