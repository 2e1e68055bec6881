//! Links to the municipality's own pages: what the foundation has a place for, and only they can fill.

use super::body::{Body, FieldRole, KindWords, Map};
use super::id::Id;
use super::slot::fields;
use super::text::UserText;

/// Links by the ids of their places in the foundation. There is one such record in a workspace, the same for all.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Links {
    /// What the record is called.
    pub title: UserText,
    /// An address a place.
    pub addresses: Map<Id, UserText>,
}

impl Links {
    /// The id of the one record: files of all people meet in it.
    pub fn id() -> Option<Id> {
        Id::parse("kommunens-sider")
    }
}

/// What of a text may be followed as a link: an address on the web, and nothing else a browser would act on.
pub fn address(text: &str) -> Option<&str> {
    host(text).map(|_| text.trim())
}

/// The host that a link leads to; `None` where the text may not be followed. What a browser would read otherwise than a
/// person does (a name before an `@`, a letter that only looks like another) is no address.
pub fn host(text: &str) -> Option<&str> {
    let (scheme, rest) = text.trim().split_once("://")?;
    let is_web = ["http", "https"].iter().any(|own| scheme.eq_ignore_ascii_case(own));
    let is_sound = !rest.contains(|char: char| char.is_whitespace() || char.is_control() || char == '\\');
    let place = rest.split(['/', '?', '#']).next()?;
    let (host, port) = place.split_once(':').unwrap_or((place, ""));
    let is_name = |char: char| char.is_ascii_alphanumeric() || "-.æøåöäüéÆØÅÖÄÜÉ".contains(char);
    let is_place = !host.is_empty() && host.chars().all(is_name) && port.bytes().all(|digit| digit.is_ascii_digit());
    (is_web && is_sound && is_place).then_some(host)
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
    fn wheel_only_an_address_on_the_web_is_followed() {
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
    fn trust_the_host_is_where_the_browser_goes() {
        for (text, own) in [
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
            assert_eq!(host(text), own, "{text}");
        }
    }
}
