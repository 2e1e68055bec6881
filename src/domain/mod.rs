//! The words of the documents as types and rules.
//!
//! # Glossary
//!
//! Code is in English; these terms of art are the documents' own and stay Danish, ASCII-spelled.
//!
//! | here | meaning |
//! | --- | --- |
//! | `enhed` | a unit: a school, a daycare area, a club, a family service, an administration |
//! | `aftale` | *sammenhængsaftale*: the two-year development agreement of a unit |
//! | `pejlemaerke` | one of the three goals that the indicators hang on |
//! | `proevehandling` | a small, time-limited trial of a new practice |
//! | `samtale` | *kvalitetssamtale*: the conversation that the agreement comes from |
//! | `midtvejsstatus` | the status halfway through an agreement |
//! | `rapport` | *kvalitetsrapport*: the whole area's account of its development |
//! | `syn` | one of the four shared views of child, parent, learning and cooperation |
//! | `svarkode` | a participant's answers as a short code for whoever runs the workshop |
//! | `fundament` | an edition of purpose, goals, views and approaches |
//!
//! # Invariants
//!
//! * No browser, no clock, no randomness, no I/O, and nothing of the other rooms.
//! * Every body deserialises from any subset of its leaves: rules that reach across leaves are findings to show, never
//!   reasons not to load.
//! * What must hold together (a from–to, a figure with its state) is one leaf.

pub mod aftale;
pub mod body;
pub mod comment;
pub mod cpr;
pub mod cycle;
pub mod date;
pub mod dialogue;
pub mod enhed;
pub mod followed;
pub mod fractional_index;
pub mod fundament;
pub mod goal;
pub mod hierarchy;
pub mod id;
pub mod indicator;
pub mod instrument;
pub mod interval;
pub mod links;
pub mod measure;
pub mod midtvejs;
pub mod missing;
pub mod number;
pub mod package;
pub mod pattern;
pub mod period;
pub mod person;
pub mod proevehandling;
pub mod progress;
pub mod publish;
pub mod pyramid;
pub mod rapport;
pub mod reflection;
pub mod registry;
pub mod samtale;
pub mod series;
pub mod series_analysis;
pub mod slot;
pub mod sorted;
pub mod svarkode;
pub mod text;
pub mod wheel;
pub mod workshop;
