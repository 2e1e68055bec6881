//! What pages are made of.

mod authorship;
mod choices;
mod field;
mod figure;
mod icon;
mod needs_unit;
mod radio_group;
mod scale;
mod shared;

pub(crate) use authorship::Written;
pub(crate) use choices::{Choices, OpenChoice, Revived, by_whom, marked};
pub(crate) use field::{Field, FieldEvent, RecordText, Sort};
pub(crate) use figure::{Drawing, Figure, show_svg};
pub(crate) use icon::icon;
pub(crate) use needs_unit::needs_unit;
pub(crate) use radio_group::OneOf;
pub(crate) use scale::Scale;
pub(crate) use shared::shared;
