//! Validation of the items of an edition. Native only: the tests check the embedded content before it is shipped.

use super::Edition;
use super::item::{FundamentItem, Sort};
use super::load::{ContentError, error_at};
use crate::domain::cycle::QUARTERS;
use crate::domain::enhed::Level;

/// Checks an item and everything in it. `place` is the path of the ids above the item, for error messages.
pub(super) fn check_item(
    editions: &[Edition],
    edition: &Edition,
    item: &FundamentItem,
    parent: Option<&FundamentItem>,
    place: &str,
) -> Result<(), ContentError> {
    let place = &*format!("{place}/{}", item.id);
    let is_id = |id: &str| !id.is_empty() && id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    if !is_id(&item.id) {
        return error_at(place, "an id is of a–z, 0–9 and -");
    }
    if edition.about().all().filter(|other| other.id == item.id).count() > 1 {
        return error_at(place, "the id is there twice");
    }
    let fits = parent.map_or(item.sort == Sort::Edition, |parent| item.sort.parents().contains(&parent.sort));
    if !fits {
        return error_at(place, format!("{:?} may not lie in {:?}", item.sort, parent.map(|parent| parent.sort)));
    }
    if item.label.is_empty() {
        return error_at(place, "no label");
    }
    let may_lack_text = matches!(item.sort, Sort::Pair | Sort::Row | Sort::Cell) && !item.parts.is_empty();
    if item.text.is_empty() && !may_lack_text {
        return error_at(place, "no text");
    }
    if parent.is_none() && item.source.is_empty() {
        return error_at(place, "no source");
    }
    check_references(editions, edition, item, place)?;
    check_fields(edition, item, place)?;
    item.parts.iter().try_for_each(|part| check_item(editions, edition, part, Some(item), place))
}

/// Checks that the items an item refers to exist and have a permitted sort.
fn check_references(
    editions: &[Edition],
    edition: &Edition,
    item: &FundamentItem,
    place: &str,
) -> Result<(), ContentError> {
    let permitted: Option<&[Sort]> = match item.sort {
        Sort::Task => Some(&[Sort::Task]),
        Sort::Goal => Some(&[Sort::Theme]),
        Sort::Pejlemaerke => Some(&[Sort::Goal]),
        Sort::Point => Some(&[Sort::Indicator]),
        _ => None,
    };
    for id in &item.on {
        // The indicators that follow a goal of a draft today are in other editions.
        let is_indicator = |found: &&FundamentItem| found.sort == Sort::Indicator;
        let elsewhere = || editions.iter().find_map(|other| other.find(id).filter(is_indicator));
        let Some(found) = edition.find(id).or_else(elsewhere) else {
            return error_at(place, format!("hangs on «{id}», which is not there"));
        };
        if permitted.is_some_and(|sorts| !sorts.contains(&found.sort)) {
            return error_at(place, format!("may not hang on «{id}», a {:?}", found.sort));
        }
    }
    if item.sort == Sort::Task {
        check_task(edition, item, place)?;
    }
    Ok(())
}

/// Checks that every task except the first leads up to the first one, without a cycle.
fn check_task(edition: &Edition, item: &FundamentItem, place: &str) -> Result<(), ContentError> {
    let is_first = edition.of_sort(Sort::Task).next().is_some_and(|first| first.id == item.id);
    let mut above = item;
    // After as many steps as there are tasks, `above` is the first task or part of a cycle.
    for _ in edition.of_sort(Sort::Task) {
        match above.on.first().and_then(|id| edition.find(id)) {
            Some(next) => above = next,
            None => break,
        }
    }
    if is_first != item.on.is_empty() || !above.on.is_empty() {
        return error_at(place, "a task hangs on the level above, and the first on nothing");
    }
    Ok(())
}

/// Checks the fields that the item's sort requires or forbids.
fn check_fields(edition: &Edition, item: &FundamentItem, place: &str) -> Result<(), ContentError> {
    let is_indicator = item.sort == Sort::Indicator;
    if is_indicator != item.measure.is_some() || is_indicator != item.wanted.is_some() {
        return error_at(place, "an indicator has a measure and a wanted direction, and nothing else has");
    }
    if item.sort == Sort::Pair && item.parts_of(Sort::Pole).count() != 2 {
        return error_at(place, "a pair has two poles");
    }
    if (item.sort == Sort::Element) == item.quarters.is_empty() {
        return error_at(place, "an element of the wheel has its quarters, and nothing else has");
    }
    let levels = item.quarters.iter().flat_map(|turn| &turn.levels).chain(&item.concerns);
    if levels.into_iter().any(|&level| Level::new(level).is_none()) {
        return error_at(place, "a level is 1 to 4");
    }
    for turn in &item.quarters {
        if !(1..=turn.to).contains(&turn.from) || turn.to > QUARTERS {
            return error_at(place, "the quarters of the cycle are 1 to 8, the first before the last");
        }
        let after = turn.after.as_deref().map(|id| edition.find(id).map(|item| item.sort));
        if after.is_some_and(|sort| sort != Some(Sort::Element)) {
            return error_at(place, format!("comes after {:?}, which is no element", turn.after));
        }
    }
    Ok(())
}
