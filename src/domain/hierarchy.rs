//! The hierarchy of units: the houses under an area, the schools under an administration.

use super::enhed::Level;
use super::id::Id;
use super::sorted::SortedSet;

/// A unit with the data that determine its position in the hierarchy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedUnit {
    /// The unit's id.
    pub id: Id,
    /// The unit directly above it.
    pub above: Option<Id>,
    /// The level of its leader.
    pub level: Option<Level>,
}

/// Returns all units under a unit, at any depth. Merged files of different people can contain a cycle of units; no unit
/// is ever returned as lying under itself.
pub fn units_below(units: &[PlacedUnit], unit: &Id) -> SortedSet<Id> {
    let mut under = SortedSet::new();
    loop {
        let is_new = |candidate: &&PlacedUnit| {
            let above = candidate.above.as_ref();
            let lies_under = above.is_some_and(|above| above == unit || under.contains(above));
            lies_under && candidate.id != *unit && !under.contains(&candidate.id)
        };
        let more: Vec<Id> = units.iter().filter(is_new).map(|candidate| candidate.id.clone()).collect();
        if more.is_empty() {
            return under;
        }
        under.extend(more);
    }
}

/// Returns the units that a unit may be put under: all except itself and the units under it.
pub fn possible_parents<'u>(units: &'u [PlacedUnit], unit: &Id) -> Vec<&'u Id> {
    let under = units_below(units, unit);
    units.iter().map(|candidate| &candidate.id).filter(|id| *id != unit && !under.contains(*id)).collect()
}

/// Returns the unit of a leader whose level is `level` and who is looking at the unit `looked_at`.
///
/// This is the first unit of that level among the unit looked at and those above it; otherwise the only unit of that
/// level, if there is exactly one.
pub fn unit_of_leader<'u>(units: &'u [PlacedUnit], looked_at: Option<&Id>, level: Option<Level>) -> Option<&'u Id> {
    let find = |id: &Id| units.iter().find(|candidate| candidate.id == *id);
    let is_of_level = |candidate: &PlacedUnit| level.is_some() && candidate.level == level;
    let mut current = looked_at.and_then(find);
    // At most as many steps as there are units, since units in a cycle have no top.
    for _ in units {
        match current {
            Some(candidate) if is_of_level(candidate) => return Some(&candidate.id),
            Some(PlacedUnit { above: Some(above), .. }) => current = find(above),
            _ => break,
        }
    }
    let mut of_level = units.iter().filter(|candidate| is_of_level(candidate));
    match (of_level.next(), of_level.next()) {
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
        let unit = |&(name, above, level): &(&str, &str, u8)| PlacedUnit {
            id: id(name),
            above: Id::parse(above),
            level: Level::new(level),
        };
        units.iter().map(unit).collect()
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
    fn under_finds_units_at_any_depth() {
        let units = placed(&UNITS);
        let under =
            |unit: &str| units_below(&units, &id(unit)).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        assert_eq!(under("dagtilbud"), "nord sol");
        assert_eq!(under("nord"), "sol");
        assert_eq!(under("sol"), "");
        let above: Vec<_> = possible_parents(&units, &id("nord")).into_iter().map(Id::as_str).collect();
        assert_eq!(above, ["dagtilbud", "skoler", "soeen", "aaen"]);
    }

    #[test]
    fn own_finds_the_unit_of_the_leaders_level_above_the_unit_looked_at() {
        let units = placed(&UNITS);
        let own = |looked_at: &str, level: u8| {
            unit_of_leader(&units, Id::parse(looked_at).as_ref(), Level::new(level)).map(Id::as_str)
        };
        assert_eq!(own("skoler", 2), Some("skoler"));
        assert_eq!(own("soeen", 2), Some("skoler"));
        assert_eq!(own("sol", 2), Some("dagtilbud"));
        assert_eq!(own("sol", 3), Some("nord"));
        // Two units have the level, and neither lies above the unit looked at.
        assert_eq!(own("aaen", 2), None);
        assert_eq!(own("", 4), Some("sol"));
        assert_eq!(own("", 0), None);
    }

    proptest! {
        #![proptest_config(crate::property_test_config())]

        #[test]
        fn cycles_of_units_terminate_and_no_unit_is_under_itself(above in prop::collection::vec(0usize..9, 8)) {
            let names = ["a", "b", "c", "d", "e", "f", "g", "h", ""];
            let unit = |(&above, name): (&usize, &str)| {
                PlacedUnit { id: id(name), above: Id::parse(names[above]), level: None }
            };
            let units: Vec<PlacedUnit> = above.iter().zip(names).map(unit).collect();
            for unit in &units {
                let under = units_below(&units, &unit.id);
                prop_assert!(!under.contains(&unit.id) && under.len() < units.len());
                prop_assert!(possible_parents(&units, &unit.id).iter().all(|above| !under.contains(*above)));
            }
            prop_assert_eq!(unit_of_leader(&units, Some(&units[0].id), Level::new(2)), None);
        }
    }
}
