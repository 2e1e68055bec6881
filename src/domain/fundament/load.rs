//! From texts to editions, or to the place where something is wrong.

use std::fmt;

use super::Edition;
#[cfg(not(target_arch = "wasm32"))]
use super::check;
use super::item::Item;

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

/// Loads editions. One may take items from those that stand before it.
///
/// # Errors
/// The first thing that is wrong, with its place.
pub fn load(texts: &[&str]) -> Result<Vec<Edition>, ContentError> {
    let mut editions: Vec<Edition> = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        let error = |what: String| ContentError { place: format!("edition {}", index + 1), what };
        let text = serde_json::from_str(text).map_err(|fault| error(fault.to_string()))?;
        let mut root = Item::read(text).map_err(error)?;
        take_over(&mut root, "", &editions)?;
        let edition = Edition { root };
        if editions.iter().any(|other| other.id() == edition.id()) {
            return wrong(edition.id(), "there is an edition of this id already");
        }
        // What is embedded was checked by the tests before it was shipped; the page need not carry the checks.
        #[cfg(not(target_arch = "wasm32"))]
        check::item(&edition, &edition.root, None, "")?;
        editions.push(edition);
    }
    Ok(editions)
}

pub(super) fn wrong<T>(place: &str, what: impl Into<String>) -> Result<T, ContentError> {
    Err(ContentError { place: place.to_owned(), what: what.into() })
}

/// Puts in what is taken from other editions.
fn take_over(item: &mut Item, place: &str, editions: &[Edition]) -> Result<(), ContentError> {
    let place = format!("{place}/{}", item.id);
    if let Some(from) = &item.from {
        let found = editions.iter().find(|edition| edition.id() == from).and_then(|edition| edition.find(&item.id));
        let Some(found) = found else { return wrong(&place, format!("not in the edition «{from}»")) };
        let from = from.clone();
        *item = found.clone();
        // All of it is taken: what editions share is known by that.
        mark(item, &from);
        return Ok(());
    }
    item.parts.iter_mut().try_for_each(|part| take_over(part, &place, editions))
}

fn mark(item: &mut Item, from: &str) {
    item.from = Some(from.to_owned());
    item.parts.iter_mut().for_each(|part| mark(part, from));
}
