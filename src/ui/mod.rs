//! The user interface. Thin: what it shows comes from the modules below, and they carry out what it does.
//!
//! | module | purpose |
//! | --- | --- |
//! | `shell` | the frame around every page, and the loading of pages |
//! | `pages` | the pages, in groups |
//! | `kit` | view primitives, markup, components, form fields |
//! | `state` | the records as signals, the app context, shared queries |
//! | `platform` | what the app asks of the browser |
//! | [`route`] | where the user is, as the fragment of the address |
//! | [`sheet`] | a sheet of cells: cursor, selection, keys |
//!
//! Imports run downward: shell → pages → kit → state → platform, [`route`], [`sheet`]. All but the last two exist only for
//! `wasm32`.
//!
//! # Invariants
//!
//! * `state::workspace` is the only writer of records. A view holds a record only through its signal.
//! * Signals that live as long as the app are made at its root or are reference-counted; no page owns one.
//! * No `style=` attributes. SVG text enters the page only through `kit::components::figure`, or inside a document whose
//!   text is the app's own.

#![cfg_attr(
    target_arch = "wasm32",
    allow(unreachable_pub, clippy::needless_pass_by_value, reason = "so the macro of components has it")
)]

pub mod route;
pub mod sheet;

#[cfg(target_arch = "wasm32")]
mod kit;
#[cfg(target_arch = "wasm32")]
mod pages;
#[cfg(target_arch = "wasm32")]
mod platform;
#[cfg(target_arch = "wasm32")]
mod shell;
#[cfg(target_arch = "wasm32")]
mod state;

#[cfg(target_arch = "wasm32")]
pub use shell::mount;
