//! Reads printed pages with the programs of poppler: the position of each line, and the brightness of each page.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;
use crate::process::{output, root, run};

/// A PDF file, with pictures of its pages beside it.
#[derive(Debug)]
pub struct Pdf {
    file: PathBuf,
}

/// A page: its size, and the lines on it. Lengths are in points (1/72 inch) from the upper left corner.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
    /// The lines, in the order of the file.
    pub lines: Vec<Line>,
}

/// A line of text.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// The text.
    pub text: String,
    /// The left edge.
    pub left: f64,
    /// The upper edge.
    pub top: f64,
    /// The right edge.
    pub right: f64,
    /// The lower edge.
    pub bottom: f64,
}

/// The brightness of a page, from 0 (black) to 255.
#[derive(Clone, Copy, Debug)]
pub struct Light {
    /// The darkest point.
    pub darkest: u8,
    /// The mean.
    pub mean: u64,
    /// The upper left corner.
    pub corner: u8,
}

impl Pdf {
    /// Writes a PDF into `target/print`, with pictures of its pages beside it.
    ///
    /// # Errors
    /// The bytes are no PDF, or the folder cannot be written to.
    pub fn keep(name: &str, bytes: &[u8]) -> Outcome<Self> {
        let folder = root().join("target/print");
        std::fs::create_dir_all(&folder)?;
        let pdf = Self { file: folder.join(format!("{name}.pdf")) };
        std::fs::write(&pdf.file, bytes)?;
        run(Command::new("pdftoppm").args(["-r", "72", "-png"]).arg(&pdf.file).arg(folder.join(name)))?;
        Ok(pdf)
    }

    /// The pages.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn pages(&self) -> Outcome<Vec<Page>> {
        let layout = output(Command::new("pdftotext").arg("-bbox-layout").arg(&self.file).arg("-"))?;
        Ok(pages(&layout))
    }

    /// The brightness of each page.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn light(&self) -> Outcome<Vec<Light>> {
        let count = self.pages()?.len();
        (1..=count).map(|page| light(&self.file, page)).collect()
    }
}

/// Reads the output of `pdftotext -bbox-layout`, which has one element on each line.
fn pages(layout: &str) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    for element in layout.lines().map(str::trim) {
        let number = |name: &str| -> f64 {
            let value = element.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split('"').next());
            value.and_then(|value| value.parse().ok()).unwrap_or_default()
        };
        if element.starts_with("<page ") {
            pages.push(Page { width: number("width"), height: number("height"), lines: Vec::new() });
        }
        let Some(page) = pages.last_mut() else { continue };
        if element.starts_with("<line ") {
            let line = Line {
                text: String::new(),
                left: number("xMin"),
                top: number("yMin"),
                right: number("xMax"),
                bottom: number("yMax"),
            };
            page.lines.push(line);
        } else if let (true, Some(line)) = (element.starts_with("<word "), page.lines.last_mut()) {
            let word = element.split_once('>').map_or("", |(_, rest)| rest).trim_end_matches("</word>");
            if !line.text.is_empty() {
                line.text.push(' ');
            }
            let word = word.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
            line.text.push_str(&word);
        }
    }
    pages
}

fn light(file: &Path, page: usize) -> Outcome<Light> {
    let page = page.to_string();
    let printed = Command::new("pdftoppm").args(["-r", "36", "-gray", "-f", &page, "-l", &page]).arg(file).output()?;
    // PGM: three lines ("P5", size, 255), then one byte for each point.
    let head = printed.stdout.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(2);
    let points = head.and_then(|(at, _)| printed.stdout.get(at + 1..)).filter(|points| !points.is_empty());
    let points = points.ok_or("pdftoppm gave no picture")?;
    let sum: u64 = points.iter().map(|&point| u64::from(point)).sum();
    let darkest = points.iter().copied().min().unwrap_or_default();
    Ok(Light { darkest, mean: sum / points.len() as u64, corner: points[0] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_with_their_positions() {
        let layout = "<doc>\n<page width=\"595.92\" height=\"842.88\">\n<flow>\n<block xMin=\"51\">\n\
            <line xMin=\"51.0\" yMin=\"56.5\" xMax=\"190.25\" yMax=\"70.0\">\n\
            <word xMin=\"51\" yMin=\"56\" xMax=\"90\" yMax=\"70\">Mål</word>\n\
            <word xMin=\"92\" yMin=\"56\" xMax=\"190\" yMax=\"70\">&amp;&lt;tegn</word>\n</line>\n</page>\n<page width=\"1\" height=\"2\">";
        let pages = pages(layout);
        let [first, second] = &*pages else { panic!("{pages:?}") };
        assert!((first.width - 595.92).abs() < 1e-9 && second.lines.is_empty());
        let [line] = &*first.lines else { panic!("{first:?}") };
        assert_eq!(line.text, "Mål &<tegn");
        assert!((line.right - 190.25).abs() < 1e-9 && (line.bottom - 70.0).abs() < 1e-9);
    }
}
