//! The components that pages share.

mod choices;
mod field;
mod field_menu;
mod figure;
mod icon;
mod page_unit;
mod radio_group;
mod scale;
mod shared;

pub(crate) use choices::{DeletedButChanged, FieldExtras, OpenChoice, authorship_text, marked_text};
pub(crate) use field::{Field, FieldEvent, FieldType, RecordText, no_names_note};
pub(crate) use field_menu::{FieldMenu, MenuItems, listen_to_field_menus};
pub(crate) use figure::{Drawing, Figure, show_svg};
pub(crate) use icon::icon;
pub(crate) use page_unit::{needs_unit, with_representative_id};
pub(crate) use radio_group::RadioGroup;
pub(crate) use scale::Scale;
pub(crate) use shared::share_checkbox;
