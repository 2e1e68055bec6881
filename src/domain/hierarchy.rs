//! Which unit lies under which: an area's houses, an administration's schools.

use super::enhed::Level;
use super::id::Id;
use super::sorted::SortedSet;

/// A unit with what its place among others goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedUnit {
    /// The unit.
    pub id: Id,
    /// The unit above it.
    pub above: Option<Id>,
    /// The level of its leader.
    pub level: Option<Level>,
}

/// All units under one, at any depth. Files from different people may make a ring; nobody is in it twice, and nobody is
/// under themselves.
pub fn under(units: &[PlacedUnit], unit: &Id) -> SortedSet<Id> {
    let mut under = SortedSet::new();
    loop {
        let is_new = |own: &&PlacedUnit| {
            let above = own.above.as_ref();
            let lies_under = above.is_some_and(|above| above == unit || under.contains(above));
            lies_under && own.id != *unit && !under.contains(&own.id)
        };
        let more: Vec<Id> = units.iter().filter(is_new).map(|own| own.id.clone()).collect();
        if more.is_empty() {
            return under;
        }
        under.extend(more);
    }
}

/// The units that one may be put under: not itself, and none that lies under it.
pub fn may_be_above<'u>(units: &'u [PlacedUnit], unit: &Id) -> Vec<&'u Id> {
    let under = under(units, unit);
    units.iter().map(|own| &own.id).filter(|id| *id != unit && !under.contains(*id)).collect()
}

/// The unit of whoever leads several, on a level, while they look at one: that one, or the first above it of their level;
/// else the only one of their level that there is.
pub fn own<'u>(units: &'u [PlacedUnit], looked_at: Option<&Id>, level: Option<Level>) -> Option<&'u Id> {
    let find = |id: &Id| units.iter().find(|own| own.id == *id);
    let is_theirs = |own: &PlacedUnit| level.is_some() && own.level == level;
    let mut at = looked_at.and_then(find);
    // As often as there are units: a ring has no top.
    for _ in units {
        match at {
            Some(own) if is_theirs(own) => return Some(&own.id),
            Some(PlacedUnit { above: Some(above), .. }) => at = find(above),
            _ => break,
        }
    }
    let mut theirs = units.iter().filter(|own| is_theirs(own));
    match (theirs.next(), theirs.next()) {
        (Some(only), None) => Some(&only.id),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn placed(units: &[(&str, &str, u8)]) -> Vec<PlacedUnit> {
        let of = |&(own, above, level): &(&str, &str, u8)| PlacedUnit {
            id: id(own),
            above: Id::parse(above),
            level: Level::new(level),
        };
        units.iter().map(of).collect()
    }

    const UNITS: [(&str, &str, u8); 6] = [
        ("dagtilbud", "", 2),
        ("skoler", "", 2),
        ("nord", "dagtilbud", 3),
        ("sol", "nord", 4),
        ("soeen", "skoler", 3),
        ("aaen", "", 3),
    ];

    #[test]
    fn chef_all_units_under_one_at_any_depth() {
        let units = placed(&UNITS);
        let under = |unit: &str| under(&units, &id(unit)).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        assert_eq!(under("dagtilbud"), "nord sol");
        assert_eq!(under("nord"), "sol");
        assert_eq!(under("sol"), "");
        let above: Vec<_> = may_be_above(&units, &id("nord")).into_iter().map(Id::as_str).collect();
        assert_eq!(above, ["dagtilbud", "skoler", "soeen", "aaen"]);
    }

    #[test]
    fn chef_looks_at_a_school_and_still_has_a_unit_of_their_own() {
        let units = placed(&UNITS);
        let own =
            |looked_at: &str, level: u8| own(&units, Id::parse(looked_at).as_ref(), Level::new(level)).map(Id::as_str);
        assert_eq!(own("skoler", 2), Some("skoler"));
        assert_eq!(own("soeen", 2), Some("skoler"));
        assert_eq!(own("sol", 2), Some("dagtilbud"));
        assert_eq!(own("sol", 3), Some("nord"));
        // Nothing says which of two it is.
        assert_eq!(own("aaen", 2), None);
        assert_eq!(own("", 4), Some("sol"));
        assert_eq!(own("", 0), None);
    }

    proptest! {
        /// Whatever files have made of it: nobody lies under themselves, and it ends.
        #[test]
        fn chef_a_ring_has_an_end(above in prop::collection::vec(0usize..9, 8)) {
            let names = ["a", "b", "c", "d", "e", "f", "g", "h", ""];
            let units: Vec<PlacedUnit> =
                above.iter().zip(names).map(|(&above, own)| PlacedUnit { id: id(own), above: Id::parse(names[above]), level: None }).collect();
            for unit in &units {
                let under = under(&units, &unit.id);
                prop_assert!(!under.contains(&unit.id) && under.len() < units.len());
                prop_assert!(may_be_above(&units, &unit.id).iter().all(|above| !under.contains(*above)));
            }
            prop_assert_eq!(own(&units, Some(&units[0].id), Level::new(2)), None);
        }
    }
}
