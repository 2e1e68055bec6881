//! The page: thin. What it shows comes from the rooms below; what it does is done by them.
//!
//! | file | idea |
//! | --- | --- |
//! | [`route`] | where the user is, as the fragment of the address |
//! | `app` | the shell around every page |
//! | `workspace` | the records as signals, and the only way to write them |
//! | `notices` | what the user must know of this browser |
//! | `device` | what the browser is asked for: the moment, random bits, files |
//! | `made` | a view that is built where it is described: what every component gives |
//! | `components` | what pages are made of |
//! | `overblik`, `enhed`, `filer` | a folder a page |
//!
//! All but [`route`] is there in the browser only.
//!
//! # Invariants
//!
//! * [`workspace`] is the only writer; a view never holds a record but through its signal.
//! * Signals that live as long as the app are made at its root or counted, never owned by a page.
//! * No `style=` attributes, and SVG text enters the page through `components::figure` alone.

#![cfg_attr(
    target_arch = "wasm32",
    allow(unreachable_pub, clippy::needless_pass_by_value, reason = "so the macro of components has it")
)]

pub mod route;

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
mod components;
#[cfg(target_arch = "wasm32")]
mod device;
#[cfg(target_arch = "wasm32")]
mod enhed;
#[cfg(target_arch = "wasm32")]
mod filer;
#[cfg(target_arch = "wasm32")]
mod import;
#[cfg(target_arch = "wasm32")]
mod made;
#[cfg(target_arch = "wasm32")]
mod notices;
#[cfg(target_arch = "wasm32")]
mod overblik;
#[cfg(target_arch = "wasm32")]
mod workspace;

#[cfg(target_arch = "wasm32")]
pub use app::mount;
