//! What pages are made of.

mod choices;
mod field;
mod figure;
mod icon;
mod one_of;
mod scale;
mod shared;
mod written;

pub(super) use choices::{Choices, OpenChoice, Revived, by_whom, marked};
pub(super) use field::{Field, FieldEvent, RecordText, Sort};
pub(super) use figure::{Drawing, Figure, show_svg};
pub(super) use icon::{Icon, icon};
pub(super) use one_of::OneOf;
pub(super) use scale::Scale;
pub(super) use shared::shared;
pub(super) use written::Written;
