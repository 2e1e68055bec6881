//! From texts to editions, or to the place where something is wrong.

use std::fmt;

use super::Edition;
#[cfg(not(target_arch = "wasm32"))]
use super::check;
use super::item::FundamentItem;

/// What is wrong with content, and where: for whoever writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentError {
    /// The ids from the edition down to the item.
    pub place: String,
    /// What is wrong there.
    pub what: String,
}

impl fmt::Display for ContentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

impl std::error::Error for ContentError {}

/// Loads editions and checks them. One may take items from those that stand before it, and its own from what lies at
/// hand of it.
///
/// # Errors
/// The first thing that is wrong, with its place.
pub fn load(texts: &[&str], at_hand: &[Edition]) -> Result<Vec<Edition>, ContentError> {
    let editions = take(texts, at_hand)?;
    // What is embedded was checked by the tests before it was shipped; the page need not carry the checks.
    #[cfg(not(target_arch = "wasm32"))]
    editions.iter().try_for_each(|edition| check::item(edition, &edition.root, None, ""))?;
    Ok(editions)
}

/// Loads editions as they stand in their texts.
///
/// # Errors
/// A text is no edition, or takes what is not there.
pub(super) fn take(texts: &[&str], at_hand: &[Edition]) -> Result<Vec<Edition>, ContentError> {
    let mut editions: Vec<Edition> = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let error = |what: String| ContentError { place: format!("edition {}", index + 1), what };
        let text = serde_json::from_str(text).map_err(|fault| error(fault.to_string()))?;
        let mut root = FundamentItem::read(text).map_err(error)?;
        let own = at_hand.iter().find(|part| part.id() == root.id);
        take_over(&mut root, "", &editions, own)?;
        if editions.iter().any(|other| other.id() == root.id) {
            return wrong(&root.id, "there is an edition of this id already");
        }
        editions.push(Edition { root });
    }
    Ok(editions)
}

pub(super) fn wrong<T>(place: &str, what: impl Into<String>) -> Result<T, ContentError> {
    Err(ContentError { place: place.to_owned(), what: what.into() })
}

/// Puts in what is taken from other editions, and from what lies at hand of the edition itself.
fn take_over(
    item: &mut FundamentItem,
    place: &str,
    editions: &[Edition],
    own: Option<&Edition>,
) -> Result<(), ContentError> {
    let place = format!("{place}/{}", item.id);
    if let Some(from) = item.from.take() {
        let own = own.filter(|own| own.id() == from);
        let edition = own.or_else(|| editions.iter().find(|edition| edition.id() == from));
        let found = edition.and_then(|edition| edition.find(&item.id));
        *item = found.ok_or_else(|| not_in(&place, &from))?.clone();
        // All of it is taken: what editions share is known by that.
        if own.is_none() {
            mark(item, &from);
        }
        return Ok(());
    }
    item.parts.iter_mut().try_for_each(|part| take_over(part, &place, editions, own))
}

fn not_in(place: &str, edition: &str) -> ContentError {
    ContentError { place: place.to_owned(), what: format!("not in the edition «{edition}»") }
}

fn mark(item: &mut FundamentItem, from: &str) {
    item.from = Some(from.to_owned());
    item.parts.iter_mut().for_each(|part| mark(part, from));
}
