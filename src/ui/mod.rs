//! The user interface. It holds no rules of its own: other modules of the crate compute what it shows and carry out
//! what the user does.
//!
//! | module | purpose |
//! | --- | --- |
//! | `shell` | the frame around every page, and lazy loading of pages |
//! | `pages` | the pages, in groups |
//! | `kit` | view primitives, markup, components, form fields |
//! | `state` | the records as signals, the app context, shared queries |
//! | `platform` | access to features of the browser |
//! | [`route`] | the current page, encoded as the fragment of the address |
//! | [`search_entries`] | everything that the palette finds, as search entries |
//! | [`sheet`] | cursor, selection and keys of a spreadsheet grid |
//!
//! Imports run downward: shell → pages → kit → state → platform, [`route`], [`search_entries`], [`sheet`]. All modules
//! but the last three exist for `wasm32` only.
//!
//! # Invariants
//!
//! * `state::workspace` is the only writer of records. A view reads a record only through its signal.
//! * Signals that live as long as the app are created at its root or are reference-counted; no page owns one.
//! * No `style=` attributes. SVG text enters the page only through `kit::components::figure`, or inside a document that
//!   the app itself generated.

#![cfg_attr(
    target_arch = "wasm32",
    allow(
        unreachable_pub,
        clippy::needless_pass_by_value,
        reason = "the code that the `component` macro generates requires both"
    )
)]

pub mod route;
pub mod search_entries;
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
