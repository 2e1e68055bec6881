//! XML as spreadsheets write it, piece by piece. Nothing of it is looked up elsewhere: no entities of its own, no schemas.

/// A piece of XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'x> {
    /// An element begins: its name without a prefix, its attributes as they stand, whether it ends at once.
    Open(&'x str, &'x str, bool),
    /// An element ends.
    Close(&'x str),
    /// A text, its entities resolved.
    Text(String),
}

/// The pieces of a text, in order. What is not whole ends it.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            let Some(tag) = rest.strip_prefix('<') else {
                let (words, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
                rest = after;
                return Some(Piece::Text(resolved(words)));
            };
            if let Some(after) = tag.strip_prefix("![CDATA[") {
                let (words, after) = after.split_once("]]>")?;
                rest = after;
                return Some(Piece::Text(words.to_owned()));
            }
            if let Some(after) = tag.strip_prefix("!--") {
                rest = after.split_once("-->")?.1;
                continue;
            }
            let (tag, after) = tag.split_at(end_of_tag(tag)?);
            rest = &after[1..];
            if tag.starts_with(['?', '!']) {
                continue;
            }
            if let Some(name) = tag.strip_prefix('/') {
                return Some(Piece::Close(local(name.trim())));
            }
            let (tag, is_closed) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
            let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
            return Some(Piece::Open(local(name), attributes, is_closed));
        }
    })
}

/// Where a tag ends: a sign for it in quotes is none.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, letter) in tag.char_indices() {
        match (quote, letter) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), letter) if letter == open => quote = None,
            _ => {}
        }
    }
    None
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, name)| name)
}

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    while let Some((own, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let (value, after) = after[1..].split_once(quote)?;
        if local(own.trim()) == name {
            return Some(resolved(value));
        }
        rest = after;
    }
    None
}

/// A text with its entities resolved; one that is not known stands as it is.
fn resolved(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let entity = after.split_once(';').filter(|(name, _)| name.len() <= 8);
        let letter = entity.and_then(|(name, _)| match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => {
                let number = name.strip_prefix('#')?;
                let number = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => number.parse(),
                };
                char::from_u32(number.ok()?)
            }
        });
        text.push(letter.unwrap_or('&'));
        rest = entity.filter(|_| letter.is_some()).map_or(after, |(_, after)| after);
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn indicators_workbooks_xml_is_read_piece_by_piece() {
        let text = "<?xml version='1.0'?><!-- x --><a:r b=\"1 > 0\" c:d='&#230;'><t xml:space=\"preserve\"> &lt;Æ&amp;&ukendt; </t><e/><![CDATA[<x>]]></a:r>";
        let found: Vec<_> = pieces(text).collect();
        assert_eq!(
            found,
            [
                Piece::Open("r", "b=\"1 > 0\" c:d='&#230;'", false),
                Piece::Open("t", "xml:space=\"preserve\"", false),
                Piece::Text(" <Æ&&ukendt; ".to_owned()),
                Piece::Close("t"),
                Piece::Open("e", "", true),
                Piece::Text("<x>".to_owned()),
                Piece::Close("r"),
            ]
        );
        assert_eq!(attribute("b=\"1 > 0\" c:d='&#230;'", "d").as_deref(), Some("æ"));
        assert_eq!(attribute("b=\"1\"", "x"), None);
    }

    proptest! {
        #[test]
        fn indicators_workbooks_xml_of_any_kind_comes_to_an_end(text in "[<>/&;!?\\[\\]a-c\"'= æ-]{0,80}") {
            prop_assert!(pieces(&text).count() <= text.len());
        }
    }
}
