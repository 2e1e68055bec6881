//! What plotters draws on: SVG elements with classes in place of colours.
//!
//! Plotters has an SVG backend of its own. Its marks carry colours, opacities and no names, so all had to be written
//! over; and it brings the printing of floats into the page.

use std::fmt::{self, Write as _};

use plotters::style::RGBColor;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};

/// The grid behind the figures.
pub(super) const GRID: RGBColor = RGBColor(0, 0, 0);
/// What shows the figures.
pub(super) const FIGURES: RGBColor = RGBColor(1, 0, 0);
/// What is aimed at.
pub(super) const TARGET: RGBColor = RGBColor(2, 0, 0);
/// What others have.
pub(super) const MEDIAN: RGBColor = RGBColor(3, 0, 0);
/// Where a true share may lie.
pub(super) const INTERVAL: RGBColor = RGBColor(4, 0, 0);
/// Where it begins to be counted otherwise.
pub(super) const BREAK: RGBColor = RGBColor(5, 0, 0);

/// The class of a line and that of a point, in each of the colours above.
const CLASSES: [(&str, &str); 6] = [
    ("grid", "grid"),
    ("line", "point"),
    ("target", "target"),
    ("median", "median"),
    ("interval", "interval"),
    ("break", "break"),
];

fn classes(color: BackendColor) -> (&'static str, &'static str) {
    CLASSES[usize::from(color.rgb.0).min(CLASSES.len() - 1)]
}

/// SVG text that grows as it is drawn on.
#[derive(Debug)]
pub(super) struct Marks<'t> {
    /// The elements.
    pub(super) text: &'t mut String,
    /// Width and height.
    pub(super) size: (u32, u32),
}

impl DrawingBackend for Marks<'_> {
    type ErrorType = fmt::Error;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<fmt::Error>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<fmt::Error>> {
        Ok(())
    }

    /// Nothing that is drawn comes down to single pixels.
    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Result<(), DrawingErrorKind<fmt::Error>> {
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<fmt::Error>> {
        let (class, _) = classes(style.color());
        let width = style.stroke_width();
        let draw = || {
            write!(self.text, "<polyline class=\"{class}\" stroke-width=\"{width}\" points=\"")?;
            for (x, y) in path {
                write!(self.text, "{x},{y} ")?;
            }
            self.text.write_str("\"/>")
        };
        draw().map_err(DrawingErrorKind::DrawingError)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        _: bool,
    ) -> Result<(), DrawingErrorKind<fmt::Error>> {
        let (_, class) = classes(style.color());
        write!(self.text, "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>")
            .map_err(DrawingErrorKind::DrawingError)
    }
}
