//! Charts as SVG text: figures over time, distributions of answers, the quality wheel, QR codes. Pure.
//!
//! Plotters draws marks and grid of the line chart on a backend of ours. Scales, ticks, labels and every other drawing
//! are ours.
//!
//! | file | purpose |
//! | --- | --- |
//! | [`mod@line`] | a series over its periods, with targets, breaks, events and medians |
//! | `marks` | the drawing backend that turns plotters' marks into SVG elements with classes |
//! | `labels` | spreads the labels at line ends so that none covers another |
//! | [`scale`] | maps figures to positions on an axis, and chooses ticks |
//! | [`spark`] | a series in the size of a word |
//! | [`standalone`] | a drawing as a file or inside a document, with colours of its own |
//! | [`distribution`] | the number of answers at each point of a scale, as bars |
//! | [`wheel`] | the quality wheel over two years |
//! | [`qr`] | QR codes |
//! | [`wall`] | the answers of a workshop on a wall, without text |
//!
//! # Invariants
//!
//! * A missing figure must never be drawn as zero, and a line must never bridge it: the line has a gap.
//! * Colours are classes, never values: the page's style decides, in light, dark and print. ([`standalone`] adds
//!   colours for use outside the page, [`qr`] is black on white.)
//! * There must be no `style=` attribute, and no fixed width or height in a drawing on a page.

pub mod distribution;
mod labels;
pub mod line;
mod marks;
pub mod qr;
pub mod scale;
pub mod spark;
pub mod standalone;
pub mod wall;
pub mod wheel;

/// Escapes a text for SVG and HTML, between elements or in an attribute.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
