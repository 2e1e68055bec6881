//! Reads editions from JSON texts.

use std::fmt;

use super::Edition;
#[cfg(not(target_arch = "wasm32"))]
use super::check;
use super::item::FundamentItem;

/// An error in the content of an edition, for authors of content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentError {
    /// The ids from the edition down to the item, joined by `/`.
    pub place: String,
    /// What is wrong with the item.
    pub what: String,
}

impl fmt::Display for ContentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

impl std::error::Error for ContentError {}

/// Reads editions and, natively, checks them.
///
/// An edition can copy items from the editions before it in `texts`, and from its own sections in `at_hand`.
///
/// # Errors
/// The first error in the content, with its place.
pub fn load(texts: &[&str], at_hand: &[Edition]) -> Result<Vec<Edition>, ContentError> {
    let editions = read_editions(texts, at_hand)?;
    // The tests check the embedded content before it is shipped, so the page does not need the checks.
    #[cfg(not(target_arch = "wasm32"))]
    editions.iter().try_for_each(|edition| check::check_item(&editions, edition, &edition.root, None, ""))?;
    Ok(editions)
}

/// Reads editions without checking them.
///
/// # Errors
/// A text is not an edition, or an edition copies an item that does not exist.
pub(super) fn read_editions(texts: &[&str], at_hand: &[Edition]) -> Result<Vec<Edition>, ContentError> {
    let mut editions: Vec<Edition> = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let error = |what: String| ContentError { place: format!("edition {}", index + 1), what };
        let text = serde_json::from_str(text).map_err(|cause| error(cause.to_string()))?;
        let mut root = FundamentItem::read(text).map_err(error)?;
        let own_sections = at_hand.iter().find(|part| part.id() == root.id);
        resolve_copies(&mut root, "", &editions, own_sections)?;
        if editions.iter().any(|other| other.id() == root.id) {
            return error_at(&root.id, "there is an edition of this id already");
        }
        editions.push(Edition { root });
    }
    Ok(editions)
}

/// Returns an error at a place.
pub(super) fn error_at<T>(place: &str, what: impl Into<String>) -> Result<T, ContentError> {
    Err(ContentError { place: place.to_owned(), what: what.into() })
}

/// Replaces items that refer to another edition, or to the sections at hand of their own edition, by copies.
fn resolve_copies(
    item: &mut FundamentItem,
    place: &str,
    editions: &[Edition],
    own_sections: Option<&Edition>,
) -> Result<(), ContentError> {
    let place = format!("{place}/{}", item.id);
    if let Some(from) = item.from.take() {
        let own_sections = own_sections.filter(|own| own.id() == from);
        let edition = own_sections.or_else(|| editions.iter().find(|edition| edition.id() == from));
        let found = edition.and_then(|edition| edition.find(&item.id));
        *item = found.ok_or_else(|| missing_item(&place, &from))?.clone();
        // The mark tells which items editions share.
        if own_sections.is_none() {
            mark_origin(item, &from);
        }
        return Ok(());
    }
    item.parts.iter_mut().try_for_each(|part| resolve_copies(part, &place, editions, own_sections))
}

fn missing_item(place: &str, edition: &str) -> ContentError {
    ContentError { place: place.to_owned(), what: format!("not in the edition «{edition}»") }
}

/// Records on an item and all its parts the edition that they come from.
fn mark_origin(item: &mut FundamentItem, from: &str) {
    item.from = Some(from.to_owned());
    item.parts.iter_mut().for_each(|part| mark_origin(part, from));
}
