//! The drawing backend for plotters: SVG elements with classes in place of colours.
//!
//! The SVG backend of plotters itself is not used: its marks have colours and opacities and no classes, and it would
//! bring the printing of floats into the wasm.

use std::fmt::{self, Write as _};

use plotters::style::RGBColor;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};

/// The grid behind the figures. Colours stand for classes: the red part is an index into [`CLASSES`].
pub(super) const GRID: RGBColor = RGBColor(0, 0, 0);
/// The series' own figures.
pub(super) const FIGURES: RGBColor = RGBColor(1, 0, 0);
/// The target.
pub(super) const TARGET: RGBColor = RGBColor(2, 0, 0);
/// The median of other units.
pub(super) const MEDIAN: RGBColor = RGBColor(3, 0, 0);
/// The interval in which the true share may lie.
pub(super) const INTERVAL: RGBColor = RGBColor(4, 0, 0);
/// A break: the way of counting changes there.
pub(super) const BREAK: RGBColor = RGBColor(5, 0, 0);

/// The class of a line and the class of a point, for each of the colours above.
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

/// SVG text to which plotters' marks are appended.
#[derive(Debug)]
pub(super) struct Marks<'t> {
    /// The elements drawn so far.
    pub(super) text: &'t mut String,
    /// Width and height of the drawing.
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

    /// Does nothing: no mark of ours is drawn pixel by pixel.
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
