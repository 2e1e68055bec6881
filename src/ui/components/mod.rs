//! What pages are made of.

mod choices;
mod field;
mod figure;

pub(super) use choices::Choices;
pub(super) use field::{Field, FieldEvent, RecordText};
pub(super) use figure::Figure;
