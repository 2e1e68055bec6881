//! What must hold of every item of an edition, for each sort.

use super::Edition;
use super::item::{FundamentItem, Sort};
use super::load::{ContentError, wrong};
use crate::domain::cycle::QUARTERS;
use crate::domain::enhed::Level;

/// Checks an item and all that lies in it.
pub(super) fn item(
    edition: &Edition,
    item: &FundamentItem,
    parent: Option<&FundamentItem>,
    place: &str,
) -> Result<(), ContentError> {
    let place = &*format!("{place}/{}", item.id);
    let is_id = |id: &str| !id.is_empty() && id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    if !is_id(&item.id) {
        return wrong(place, "an id is of a–z, 0–9 and -");
    }
    if edition.about().all().filter(|other| other.id == item.id).count() > 1 {
        return wrong(place, "the id is there twice");
    }
    let fits = parent.map_or(item.sort == Sort::Edition, |parent| item.sort.parents().contains(&parent.sort));
    if !fits {
        return wrong(place, format!("{:?} may not lie in {:?}", item.sort, parent.map(|parent| parent.sort)));
    }
    if item.label.is_empty() {
        return wrong(place, "no label");
    }
    let speaks_by_its_parts = matches!(item.sort, Sort::Pair | Sort::Row | Sort::Cell) && !item.parts.is_empty();
    if item.text.is_empty() && !speaks_by_its_parts {
        return wrong(place, "no text");
    }
    if parent.is_none() && item.source.is_empty() {
        return wrong(place, "no source");
    }
    references(edition, item, place)?;
    own(edition, item, place)?;
    item.parts.iter().try_for_each(|part| self::item(edition, part, Some(item), place))
}

/// What it hangs on is there, and of a sort it can hang on.
fn references(edition: &Edition, item: &FundamentItem, place: &str) -> Result<(), ContentError> {
    let on: Option<&[Sort]> = match item.sort {
        Sort::Task => Some(&[Sort::Task]),
        Sort::Goal => Some(&[Sort::Theme]),
        Sort::Pejlemaerke => Some(&[Sort::Goal]),
        _ => None,
    };
    for id in &item.on {
        let Some(found) = edition.find(id) else {
            return wrong(place, format!("hangs on «{id}», which is not there"));
        };
        if on.is_some_and(|sorts| !sorts.contains(&found.sort)) {
            return wrong(place, format!("may not hang on «{id}», a {:?}", found.sort));
        }
    }
    if item.sort == Sort::Task {
        task(edition, item, place)?;
    }
    Ok(())
}

/// No task without one above it, but for the first.
fn task(edition: &Edition, item: &FundamentItem, place: &str) -> Result<(), ContentError> {
    let is_first = edition.of_sort(Sort::Task).next().is_some_and(|first| first.id == item.id);
    let mut above = item;
    // As many steps as there are tasks lead to the first, or in a circle.
    for _ in edition.of_sort(Sort::Task) {
        match above.on.first().and_then(|id| edition.find(id)) {
            Some(next) => above = next,
            None => break,
        }
    }
    if is_first != item.on.is_empty() || !above.on.is_empty() {
        return wrong(place, "a task hangs on the level above, and the first on nothing");
    }
    Ok(())
}

/// What its own sort asks of it.
fn own(edition: &Edition, item: &FundamentItem, place: &str) -> Result<(), ContentError> {
    let is_indicator = item.sort == Sort::Indicator;
    if is_indicator != item.measure.is_some() || is_indicator != item.wanted.is_some() {
        return wrong(place, "an indicator has a measure and a wanted direction, and nothing else has");
    }
    if item.sort == Sort::Pair && item.parts_of(Sort::Pole).count() != 2 {
        return wrong(place, "a pair has two poles");
    }
    if (item.sort == Sort::Element) == item.quarters.is_empty() {
        return wrong(place, "an element of the wheel has its quarters, and nothing else has");
    }
    let levels = item.quarters.iter().flat_map(|turn| &turn.levels).chain(&item.concerns);
    if levels.into_iter().any(|&level| Level::new(level).is_none()) {
        return wrong(place, "a level is 1 to 4");
    }
    for turn in &item.quarters {
        if !(1..=turn.to).contains(&turn.from) || turn.to > QUARTERS {
            return wrong(place, "the quarters of the cycle are 1 to 8, the first before the last");
        }
        let after = turn.after.as_deref().map(|id| edition.find(id).map(|item| item.sort));
        if after.is_some_and(|sort| sort != Some(Sort::Element)) {
            return wrong(place, format!("comes after {:?}, which is no element", turn.after));
        }
    }
    Ok(())
}
