//! A person's own reflection on an instrument: the nine opposites, the views, the ways of working.

use serde::{Deserialize, Serialize};

use super::body::{Body, Map, Role, Words};
use super::date::Date;
use super::id::Id;
use super::kind::Kind;
use super::slot::fields;
use super::text::Text;

/// A reflection. Private: it leaves the device only if it is chosen itself.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Reflection {
    /// What the person calls it.
    pub title: Text,
    /// The unit it is about, if the person says so.
    pub unit: Option<Id>,
    /// The instrument, by its id in the content.
    pub instrument: Option<Id>,
    /// The day it was made.
    pub date: Option<Date>,
    /// An answer an item of the instrument. One leaf each.
    pub answers: Map<Id, Answer>,
    /// A thought an item: what do we do, concretely?
    pub thoughts: Map<Id, Text>,
}

/// Where a person places practice on an item, from −3 to 3; none where it was left open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Answer {
    /// Now.
    pub now: Option<i8>,
    /// As wanted.
    pub wanted: Option<i8>,
}

fields!(Reflection {
    title: words("titlen"),
    unit: parent("enheden"),
    instrument: value("redskabet"),
    date: value("datoen"),
    answers: leaves("svaret", Role::Plain),
    thoughts: leaves("tanken", Role::Words),
});

impl Body for Reflection {
    const KIND: Kind = Kind::Reflection;
    const WORDS: Words = Words { definite: "refleksionen", singular: "refleksion", plural: "refleksioner" };
    const TITLE: &'static str = "title";
    const PRIVATE: bool = true;
}
