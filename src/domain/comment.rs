//! A comment at a record, or at one of its fields.

use super::body::{Body, KindWords};
use super::date::Date;
use super::id::Id;
use super::slot::fields;
use super::text::UserText;

/// A comment. A record of its own, so that two people commenting never write into one another.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Comment {
    /// What is said.
    pub text: UserText,
    /// The record it is about.
    pub on: Option<Id>,
    /// The field it is about, as a JSON Pointer; none for the whole record.
    pub field: Option<String>,
    /// The day it was settled.
    pub settled: Option<Date>,
    /// Who says it: a name, or what they are.
    pub author: UserText,
    /// The day it was said.
    pub date: Option<Date>,
}

fields!(Comment {
    text: text("kommentarens tekst"),
    on: parent("det, kommentaren hører til"),
    field: value("feltet, kommentaren hører til"),
    settled: value("om kommentaren er afsluttet"),
    author: text("hvem der kommenterer"),
    date: value("kommentarens dato"),
});

impl Body for Comment {
    const WORDS: KindWords = KindWords { definite: "kommentaren", singular: "kommentar", plural: "kommentarer" };
    const TITLE: &'static str = "text";
}
