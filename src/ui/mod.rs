//! The page: thin. What it shows comes from the rooms below; what it does is done by them.
//!
//! | file | idea |
//! | --- | --- |
//! | [`sheet`] | a sheet of cells: cursor, selection, keys |
//! | [`route`] | where the user is, as the fragment of the address |
//! | `app` | the shell around every page |
//! | `desk` | what every page works with: the records, the person, the day |
//! | `rail` | what stands beside every page |
//! | `pieces` | the pages that are fetched when they are first gone to |
//! | `rail`, `strip` | what stands beside every page; how safe everything is |
//! | `undo` | undoing and doing again |
//! | `import` | files in and out |
//! | `compare` | two states of a record side by side |
//! | `inputs` | fields that are no texts: a choice in a list, a day, a figure |
//! | `origin` | where a goal or a trial comes from |
//! | `paper` | a document in the page, and the ways out of it |
//! | `readings` | what pages show of figures: indicators, series as they are read, medians |
//! | `workspace` | the records as signals, and the only way to write them |
//! | `notices` | what the user must know of this browser |
//! | `device` | what the browser is asked for: the moment, random bits, files |
//! | `made` | a view that is built where it is described: what every component gives |
//! | `markup` | a view that is mostly words |
//! | `components` | what pages are made of |
//! | `overblik`, `hjulet`, `indikatorer`, `datapakke`, `aftale`, `samtale`, `midtvejs`, `rapport`, `praksis`, `refleksion`, `redskab`, `pyramide`, `workshop`, `fundament`, `enheder`, `filer`, `valg`, `historik`, `papirkurv`, `galleri` | a folder a page |
//!
//! All but [`route`] and [`sheet`] is there in the browser only.
//!
//! # Invariants
//!
//! * [`workspace`] is the only writer; a view never holds a record but through its signal.
//! * Signals that live as long as the app are made at its root or counted, never owned by a page.
//! * No `style=` attributes, and SVG text enters the page through `components::figure` alone, or in a document, whose text
//!   is the app's own.

#![cfg_attr(
    target_arch = "wasm32",
    allow(unreachable_pub, clippy::needless_pass_by_value, reason = "so the macro of components has it")
)]

pub mod route;
pub mod sheet;

#[cfg(target_arch = "wasm32")]
mod aftale;
#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
mod compare;
#[cfg(target_arch = "wasm32")]
mod components;
#[cfg(target_arch = "wasm32")]
mod datapakke;
#[cfg(target_arch = "wasm32")]
mod desk;
#[cfg(target_arch = "wasm32")]
mod device;
#[cfg(target_arch = "wasm32")]
mod enheder;
#[cfg(target_arch = "wasm32")]
mod filer;
#[cfg(target_arch = "wasm32")]
mod fundament;
#[cfg(target_arch = "wasm32")]
mod galleri;
#[cfg(target_arch = "wasm32")]
mod historik;
#[cfg(target_arch = "wasm32")]
mod hjulet;
#[cfg(target_arch = "wasm32")]
mod import;
#[cfg(target_arch = "wasm32")]
mod indikatorer;
#[cfg(target_arch = "wasm32")]
mod inputs;
#[cfg(target_arch = "wasm32")]
mod made;
#[cfg(target_arch = "wasm32")]
mod markup;
#[cfg(target_arch = "wasm32")]
mod midtvejs;
#[cfg(target_arch = "wasm32")]
mod notices;
#[cfg(target_arch = "wasm32")]
mod origin;
#[cfg(target_arch = "wasm32")]
mod overblik;
#[cfg(target_arch = "wasm32")]
mod paper;
#[cfg(target_arch = "wasm32")]
mod papirkurv;
#[cfg(target_arch = "wasm32")]
mod pieces;
#[cfg(target_arch = "wasm32")]
mod praksis;
#[cfg(target_arch = "wasm32")]
mod pyramide;
#[cfg(target_arch = "wasm32")]
mod rail;
#[cfg(target_arch = "wasm32")]
mod rapport;
#[cfg(target_arch = "wasm32")]
mod readings;
#[cfg(target_arch = "wasm32")]
mod redskab;
#[cfg(target_arch = "wasm32")]
mod refleksion;
#[cfg(target_arch = "wasm32")]
mod samtale;
#[cfg(target_arch = "wasm32")]
mod strip;
#[cfg(target_arch = "wasm32")]
mod undo;
#[cfg(target_arch = "wasm32")]
mod valg;
#[cfg(target_arch = "wasm32")]
mod workshop;
#[cfg(target_arch = "wasm32")]
mod workspace;

#[cfg(target_arch = "wasm32")]
pub use app::mount;

/// What a page shows that is about a unit, as long as no unit was chosen.
#[cfg(target_arch = "wasm32")]
fn needs_unit(what: &str) -> made::Made {
    markup::markup!(
        r##"
        <header class="page-head">
            <h1>Vælg en enhed først</h1>
            <p class="purpose">Siden viser {} for den enhed, du arbejder med. Skriv, hvilken det er, vælg den øverst, eller åbn en fil.</p>
            <p><a class="button primary" href="#/enheder">Skriv din enhed</a></p>
        </header>"##,
        what
    )
}
