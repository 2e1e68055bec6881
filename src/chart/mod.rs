//! Charts: plotters draws marks and grid as SVG text; scales, ticks and every word are ours. Pure.
//!
//! # Invariants
//!
//! * Missing is never zero, and never bridged: a line has a gap where a figure is missing.
//! * Colours are classes, never values: the page's style decides, in light, dark and print.
//! * No `style=` attributes, no fixed width or height.

pub mod distribution;
mod labels;
pub mod line;
mod marks;
pub mod qr;
pub mod scale;
pub mod spark;
pub mod standalone;
pub mod wheel;

/// Text as it stands in SVG and HTML, between elements or in an attribute.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
