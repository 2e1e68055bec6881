//! Links to the municipality's own pages. The foundation has places for them, and the municipality fills them in.

use super::body::{Body, FieldRole, KindWords, Map};
use super::id::Id;
use super::slot::fields;
use super::text::UserText;

/// The links to the municipality's pages. There is one such record, with a fixed id.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Links {
    /// The title of the record.
    pub title: UserText,
    /// The addresses, by the ids of their places in the foundation.
    pub addresses: Map<Id, UserText>,
}

impl Links {
    /// The fixed id of the record, so that the files of all people are merged into it.
    pub fn id() -> Option<Id> {
        Id::parse("kommunens-sider")
    }
}

/// The address in a text that may be followed as a link. `None` if the text is not an `http` or `https` address.
pub fn address(text: &str) -> Option<&str> {
    host(text).map(|_| text.trim())
}

/// The host that a link leads to; `None` if the text may not be followed.
///
/// Addresses that a browser reads differently from a person are refused, such as a name before an `@` or a letter that
/// only looks like another.
pub fn host(text: &str) -> Option<&str> {
    let (scheme, rest) = text.trim().split_once("://")?;
    let is_web = ["http", "https"].iter().any(|allowed| scheme.eq_ignore_ascii_case(allowed));
    let is_sound = !rest.contains(|char: char| char.is_whitespace() || char.is_control() || char == '\\');
    let authority = rest.split(['/', '?', '#']).next()?;
    let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
    let is_host_char = |char: char| char.is_ascii_alphanumeric() || "-.æøåöäüéÆØÅÖÄÜÉ".contains(char);
    let is_authority =
        !host.is_empty() && host.chars().all(is_host_char) && port.bytes().all(|digit| digit.is_ascii_digit());
    (is_web && is_sound && is_authority).then_some(host)
}

fields!(Links { title: text("titlen"), addresses: leaves("linket", FieldRole::Text) });

impl Body for Links {
    const WORDS: KindWords = KindWords { definite: "links", singular: "linksamling", plural: "linksamlinger" };
    const TITLE: &'static str = "title";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_accepts_web_addresses_only() {
        for good in ["https://viborg.dk/x?y=1#z", "HTTP://intra", "  https://æ.dk  "] {
            assert_eq!(address(good), Some(good.trim()), "{good}");
        }
        for bad in
            ["", "viborg.dk", "javascript:alert(1)", "https://", "https:///x", "https://a b", "data:text/html,x", "ht"]
        {
            assert_eq!(address(bad), None, "{bad}");
        }
    }

    #[test]
    fn host_refuses_misleading_addresses() {
        for (text, expected) in [
            ("https://viborg.dk/x?y=a@b#z", Some("viborg.dk")),
            ("https://viborg.dk?https://andre.dk", Some("viborg.dk")),
            ("http://intra:8080/x", Some("intra")),
            ("https://blåbær.dk", Some("blåbær.dk")),
            ("https://viborg.dk@andre.dk", None),
            ("https://viborg.dk:a@andre.dk", None),
            ("https://andre.dk\\.viborg.dk", None),
            ("https://viborg。dk", None),
            ("https://v\u{456}borg.dk", None),
            ("https://viborg.dk\u{200b}x", None),
            ("https://v%69borg.dk", None),
        ] {
            assert_eq!(host(text), expected, "{text}");
        }
    }
}
