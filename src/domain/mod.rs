//! Types and rules of the municipality's documents.
//!
//! # Glossary
//!
//! Code is in English. The terms in this table are coined by the documents and stay Danish, spelled in ASCII.
//!
//! | term | meaning |
//! | --- | --- |
//! | `enhed` | a unit: a school, a daycare area, a club, a family service, an administration |
//! | `aftale` | *sammenhængsaftale*: the two-year development agreement of a unit |
//! | `pejlemaerke` | one of the three common goals; each indicator of the foundation belongs to one |
//! | `proevehandling` | a small, time-limited trial of a new practice |
//! | `samtale` | *kvalitetssamtale*: the conversation that prepares an agreement |
//! | `midtvejs` | *midtvejsstatus*: the status halfway through an agreement |
//! | `rapport` | *kvalitetsrapport*: the report on the development of the whole department |
//! | `syn` | one of the four shared views: on children, parents, learning and cooperation |
//! | `svarkode` | a participant's answers in a workshop as a short code for the person who runs it |
//! | `fundament` | the foundation: purpose, goals, views and approaches that a directorate works by |
//!
//! These English terms have one fixed meaning:
//!
//! | term | meaning |
//! | --- | --- |
//! | edition | one version of a foundation, such as the one with 12 indicators |
//! | body | the typed struct of a kind of record; [`body`] and [`slot`] describe its fields |
//! | indicator | what a unit's figures measure, such as absence; from the foundation, ready-made, or a unit's own |
//! | series | a unit's figures on one indicator, one observation for each period |
//! | measure | what a figure is counted in: per cent, days, kroner |
//! | cycle | eight quarters, from the 4th quarter of an odd year; one round of the quality wheel |
//! | element | one of the six parts of the wheel, such as the conversation or the report |
//! | turn | the quarters of a cycle in which an element is due, possibly only for some levels |
//! | level | the level of a leader, 1 (director) to 4 (leader of a house) |
//! | instrument | a set of items for reflection; each item is a pair of opposites or a statement |
//! | round | what an answer is about: practice now, or practice as wished |
//! | pole | one end of a pair of opposites |
//!
//! # Files
//!
//! | file | contents |
//! | --- | --- |
//! | [`registry`] | the table of all kinds of record |
//! | [`body`], [`slot`] | what a kind of record declares about its fields, and access to fields by name |
//! | [`id`], [`date`], [`period`], [`number`], [`text`] | basic values and how they are read and written |
//! | [`sorted`], [`fractional_index`] | small maps and sets; positions in lists that several people reorder |
//! | [`enhed`], [`hierarchy`], [`person`] | units, which unit lies under which, the person at this browser |
//! | [`unit_task`] | a unit's own tasks in the hierarchy of tasks |
//! | [`relations`], [`anchor_choice`] | what hangs on what; what goals and trials can be anchored to |
//! | [`unit_table`] | the rows of the table of units, and one change to several units |
//! | [`cycle`], [`wheel`], [`progress`] | the calendar of the wheel, what is due on a day, how far a unit is |
//! | [`wheel_dates`] | the dates of a unit in a cycle, which the wheel shows as dots |
//! | [`fundament`], [`instrument`] | the content: editions of the foundation, instruments of reflection |
//! | [`indicator`], [`measure`], [`series`] | indicators and figures |
//! | [`out_of_range`] | figures that their measure does not allow, and which figures were likely meant |
//! | [`series_analysis`], [`interval`], [`pattern`] | what a series shows, what chance explains, what units share |
//! | [`publish`], [`cpr`] | figures that may leave the device; detecting and masking CPR numbers |
//! | [`dialogue`], [`comment`] | what people say about a figure, and comments on records |
//! | [`aftale`], [`goal`], [`samtale`], [`midtvejs`], [`proevehandling`] | agreements and what belongs to them |
//! | [`meeting`], [`help_match`] | a meeting of units: offers of help, and decisions; offers that fit a request |
//! | [`syn_review`] | when a unit takes up the four views again |
//! | [`practice`], [`deviation`], [`prototype`] | practice of all sorts; practice that works; versions of one thing |
//! | [`practice_filter`] | the filters of the library of practice |
//! | [`similar`] | finds the texts that are like another |
//! | [`unit_story`] | a positive story that a unit tells |
//! | [`rapport`], [`package`], [`links`] | reports, the secretariat's package, links to the municipality's pages |
//! | [`reflection`], [`pyramid`], [`workshop`], [`svarkode`] | reflections, concrete statements, workshops |
//! | [`search`], [`glossary`] | search that forgives spelling, and the word list |
//! | [`missing`], [`agenda`] | the information that the app lacks about a person; the items that wait for them |
//! | [`followed`] | units as the leader above follows them |
//! | [`demo`] | an invented municipality to look around in |
//!
//! # Invariants
//!
//! * No browser, no clock, no randomness, no I/O, and no import from another module of this crate.
//! * Every body can be read from any subset of its leaves. Rules across leaves produce findings to show; they must
//!   never prevent a record from loading.
//! * Values that are only valid together (the two ends of a span, a figure and its state) are one leaf.

pub mod aftale;
pub mod agenda;
pub mod anchor_choice;
pub mod body;
pub mod comment;
pub mod cpr;
pub mod cycle;
pub mod date;
pub mod demo;
pub mod deviation;
pub mod dialogue;
pub mod enhed;
pub mod followed;
pub mod fractional_index;
pub mod fundament;
pub mod glossary;
pub mod goal;
pub mod help_match;
pub mod hierarchy;
pub mod id;
pub mod indicator;
pub mod instrument;
pub mod interval;
pub mod links;
pub mod measure;
pub mod meeting;
pub mod midtvejs;
pub mod missing;
pub mod number;
pub mod out_of_range;
pub mod package;
pub mod pattern;
pub mod period;
pub mod person;
pub mod practice;
pub mod practice_filter;
pub mod proevehandling;
pub mod progress;
pub mod prototype;
pub mod publish;
pub mod pyramid;
pub mod rapport;
pub mod reflection;
pub mod registry;
pub mod relations;
pub mod samtale;
pub mod search;
pub mod series;
pub mod series_analysis;
pub mod similar;
pub mod slot;
pub mod sorted;
pub mod svarkode;
pub mod syn_review;
pub mod text;
pub mod unit_story;
pub mod unit_table;
pub mod unit_task;
pub mod wheel;
pub mod wheel_dates;
pub mod workshop;
