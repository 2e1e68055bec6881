//! A comment at a record, or at one of its fields.

use serde::{Deserialize, Serialize};

use super::body::{Body, Field, Words};
use super::date::Date;
use super::id::Id;
use super::kind::Kind;
use super::text::Text;

/// A comment. A record of its own, so that two people commenting never write into one another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Comment {
    /// What is said.
    pub text: Text,
    /// The record it is about.
    pub on: Option<Id>,
    /// The field it is about, as a JSON Pointer; none for the whole record.
    pub field: Option<String>,
    /// The day it was settled.
    pub settled: Option<Date>,
}

impl Body for Comment {
    const KIND: Kind = Kind::Comment;
    const WORDS: Words = Words { definite: "kommentaren", singular: "kommentar", plural: "kommentarer" };
    const TITLE: &'static str = "text";
    const FIELDS: &'static [Field] = &[
        Field::words("text", "kommentarens tekst"),
        Field::parent("on", "det, kommentaren hører til"),
        Field::value("field", "feltet, kommentaren hører til"),
        Field::value("settled", "om kommentaren er afsluttet"),
    ];
}
