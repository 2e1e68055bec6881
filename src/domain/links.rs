//! Links to the municipality's own pages: what the foundation has a place for, and only they can fill.

use super::body::{Body, Map, Role, Words};
use super::id::Id;
use super::kind::Kind;
use super::slot::fields;
use super::text::Text;

/// Links by the ids of their places in the foundation. There is one such record in a workspace, the same for all.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Links {
    /// What the record is called.
    pub title: Text,
    /// An address a place.
    pub addresses: Map<Id, Text>,
}

impl Links {
    /// The id of the one record: files of all people meet in it.
    pub fn id() -> Option<Id> {
        Id::parse("kommunens-sider")
    }
}

/// What of a text may be followed as a link: an address on the web, and nothing else a browser would act on.
pub fn address(text: &str) -> Option<&str> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://")?;
    let is_web = ["http", "https"].iter().any(|own| scheme.eq_ignore_ascii_case(own));
    let is_sound = !rest.is_empty()
        && !rest.starts_with('/')
        && !rest.contains(|char: char| char.is_whitespace() || char.is_control());
    (is_web && is_sound).then_some(text)
}

fields!(Links { title: words("titlen"), addresses: leaves("linket", Role::Words) });

impl Body for Links {
    const KIND: Kind = Kind::Links;
    const WORDS: Words = Words { definite: "links", singular: "linksamling", plural: "linksamlinger" };
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
}
