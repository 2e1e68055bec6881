//! HTML text that holds people's words as words.

use crate::chart::escaped;
use crate::chart::line::{LineChart, line};
use crate::chart::standalone::inline;

/// HTML text, made of the app's own markup and drawings and of escaped words alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

/// How a document looks: the same sheet that the page has.
const STYLE: &str = include_str!("../../style/paper.css");

impl Html {
    /// Adds markup of the app's own.
    pub fn put(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Adds words.
    pub fn say(&mut self, words: &str) -> &mut Self {
        self.0.push_str(&escaped(words));
        self
    }

    /// Adds a text of several lines, each on a line of its own.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for (index, line) in text.trim().lines().enumerate() {
            if index > 0 {
                self.put("<br>");
            }
            self.say(line);
        }
        self
    }

    /// Adds a text of paragraphs: an empty line parts them.
    pub fn paragraphs(&mut self, text: &str) -> &mut Self {
        for paragraph in text.replace("\r\n", "\n").split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            self.put("<p>").text(paragraph).put("</p>");
        }
        self
    }

    /// Adds a drawing.
    pub fn drawing(&mut self, drawn: &LineChart<'_>) -> &mut Self {
        self.0.push_str(&inline(&line(drawn)));
        self
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A whole file of it, that needs nothing beside it.
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
    fn agreement_what_people_wrote_is_never_markup() {
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
