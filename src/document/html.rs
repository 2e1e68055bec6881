//! Builds HTML text in which users' text is always escaped.

use crate::chart::distribution::small_distribution;
use crate::chart::escaped;
use crate::chart::line::{LineChart, line_chart};
use crate::chart::standalone::with_paper_colors;

/// HTML text, made of nothing but the app's own markup and drawings, and escaped text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

/// The style sheet of a document. The page uses the same.
const STYLE: &str = include_str!("../../style/paper.css");

impl Html {
    /// Appends markup of the app's own.
    pub fn put(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Appends text of one line, escaped.
    pub fn say(&mut self, text: &str) -> &mut Self {
        self.0.push_str(&escaped(text));
        self
    }

    /// Appends text of several lines, escaped, with line breaks.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for (index, line) in text.trim().lines().enumerate() {
            if index > 0 {
                self.put("<br>");
            }
            self.say(line);
        }
        self
    }

    /// Appends text of several paragraphs, escaped. An empty line separates paragraphs.
    pub fn paragraphs(&mut self, text: &str) -> &mut Self {
        for paragraph in text.replace("\r\n", "\n").split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            self.put("<p>").text(paragraph).put("</p>");
        }
        self
    }

    /// Appends a line chart.
    pub fn drawing(&mut self, chart: &LineChart<'_>) -> &mut Self {
        self.0.push_str(&with_paper_colors(&line_chart(chart)));
        self
    }

    /// Appends a small drawing of how many people chose each point of a scale. See [`small_distribution`].
    pub fn distribution(&mut self, counts: &[u16], name: &str, has_ends: bool) -> &mut Self {
        self.0.push_str(&small_distribution(counts, name, has_ends));
        self
    }

    /// The HTML text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text as a complete HTML file that needs no other file.
    pub fn page(&self, title: &str) -> String {
        format!(
            "<!doctype html>\n<html lang=\"da\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{}</title>\n<style>\n{STYLE}\nbody {{ margin: 2rem auto; padding: 0 1rem; max-width: 46rem; }}\n\
             @media print {{ body {{ margin: 0; padding: 0; max-width: none; }} }}\n</style>\n</head>\n<body>\n{}\n</body>\n</html>\n",
            escaped(title),
            self.0
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_users_is_escaped() {
        let mut html = Html::default();
        html.paragraphs("En\nto\n\n\n<tre>");
        assert_eq!(html.as_str(), "<p>En<br>to</p><p>&lt;tre&gt;</p>");
        let mut html = Html::default();
        html.put("<p>").text("<script>alert(1)</script>\n\"&").put("</p>");
        assert_eq!(html.as_str(), "<p>&lt;script&gt;alert(1)&lt;/script&gt;<br>&quot;&amp;</p>");
        let page = html.page("</title><script>");
        assert!(page.contains("<title>&lt;/title&gt;&lt;script&gt;</title>"));
    }
}
