//! A comment on a record or on one of its fields.

use super::body::{Body, KindWords};
use super::date::Date;
use super::id::Id;
use super::slot::fields;
use super::text::UserText;

/// A comment. Each comment is a separate record, so that two people who comment never change each other's text.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Comment {
    /// The text of the comment.
    pub text: UserText,
    /// The record that the comment is about.
    pub on: Option<Id>,
    /// The field that the comment is about, as a JSON Pointer; `None` for the whole record.
    pub field: Option<String>,
    /// The day on which the comment was settled; `None` while it is open.
    pub settled: Option<Date>,
    /// The author: a name or a role.
    pub author: UserText,
    /// The day on which the comment was written.
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
