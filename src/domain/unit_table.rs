//! The rows of the table of units and their order, and one change to several units.

use super::enhed::{Enhed, EnhedKind, Level};
use super::fractional_index;
use super::hierarchy::{PlacedUnit, units_below};
use super::id::Id;
use super::text::{UserText, to_lowercase_danish};

/// A unit as the table lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedUnit {
    /// The unit's id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: Option<EnhedKind>,
    /// Its network, possibly empty.
    pub network: String,
    /// Whether it is archived.
    pub is_archived: bool,
}

/// The rows that the user wants to see, and their grouping.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableFilter {
    /// Words that a row must contain.
    pub query: String,
    /// Whether the rows are grouped by network.
    pub is_by_network: bool,
    /// Whether archived units are shown.
    pub shows_archived: bool,
}

/// Units under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkGroup {
    /// The network; empty without grouping, and for units without a network.
    pub network: String,
    /// The units.
    pub units: Vec<Id>,
}

/// Arranges the rows of the table. `units` are in the order of their names, which each group keeps. Networks are in the
/// order of `is_before`; units without a network come last.
pub fn arrange(
    units: &[ListedUnit],
    filter: &TableFilter,
    is_before: &dyn Fn(&str, &str) -> bool,
) -> Vec<NetworkGroup> {
    let query = to_lowercase_danish(&filter.query);
    let is_wanted = |unit: &&ListedUnit| {
        let kind = unit.kind.map(EnhedKind::danish).unwrap_or_default();
        let text = to_lowercase_danish(&format!("{} {} {kind}", unit.name, unit.network));
        (filter.shows_archived || !unit.is_archived) && query.split_whitespace().all(|word| text.contains(word))
    };
    let mut groups: Vec<NetworkGroup> = Vec::new();
    for unit in units.iter().filter(is_wanted) {
        let network = if filter.is_by_network { unit.network.trim() } else { "" };
        match groups.iter_mut().find(|group| group.network == network) {
            Some(group) => group.units.push(unit.id.clone()),
            None => groups.push(NetworkGroup { network: network.to_owned(), units: vec![unit.id.clone()] }),
        }
    }
    let comes_before = |one: &NetworkGroup, other: &NetworkGroup| match (&*one.network, &*other.network) {
        ("", _) => false,
        (_, "") => true,
        (network, other) => is_before(network, other),
    };
    fractional_index::sorted(groups, &comes_before)
}

/// A change to several units. Empty fields leave the units as they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnitChange {
    /// The new kind.
    pub kind: Option<EnhedKind>,
    /// The new network.
    pub network: Option<UserText>,
    /// The new level of the leaders.
    pub level: Option<Level>,
    /// The unit above; `Some(None)` for none.
    pub above: Option<Option<Id>>,
    /// Whether the units are archived.
    pub is_archived: Option<bool>,
}

impl UnitChange {
    /// Applies the change to a unit. `can_move` says whether the unit may be put under the unit above.
    pub fn apply(&self, unit: &mut Enhed, can_move: bool) {
        unit.level = self.level.or(unit.level);
        if self.kind.is_some() {
            unit.set_kind(self.kind);
        }
        if let Some(network) = &self.network {
            unit.network.clone_from(network);
        }
        if let Some(above) = self.above.as_ref().filter(|_| can_move) {
            unit.above.clone_from(above);
        }
        if let Some(is_archived) = self.is_archived.filter(|is_archived| *is_archived != unit.is_archived()) {
            unit.archived = is_archived.then_some(true);
        }
    }
}

/// Returns the chosen units that cannot be put under `above`: `above` itself and the units above it.
pub fn immovable<'c>(units: &[PlacedUnit], chosen: &'c [Id], above: &Id) -> Vec<&'c Id> {
    chosen.iter().filter(|unit| *unit == above || units_below(units, unit).contains(above)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn units() -> Vec<ListedUnit> {
        let unit = |&(name, kind, network, is_archived): &(&str, EnhedKind, &str, bool)| ListedUnit {
            id: id(name),
            name: name.to_owned(),
            kind: Some(kind),
            network: network.to_owned(),
            is_archived,
        };
        let units = [
            ("Birken", EnhedKind::Boernehus, "Vest", false),
            ("Engen", EnhedKind::Skole, "", false),
            ("Lunden", EnhedKind::Boernehus, "Vest ", true),
            ("Soeen", EnhedKind::Skole, "Nord", false),
            ("Vesterby", EnhedKind::Klub, "Nord", false),
        ];
        units.iter().map(unit).collect()
    }

    /// Checks the groups, written as `network: unit unit | network: …`.
    #[track_caller]
    fn check(query: &str, is_by_network: bool, shows_archived: bool, expected: &str) {
        let filter = TableFilter { query: query.to_owned(), is_by_network, shows_archived };
        let groups = arrange(&units(), &filter, &|one, other| one < other);
        let group = |group: &NetworkGroup| {
            let units: Vec<&str> = group.units.iter().map(Id::as_str).collect();
            format!("{}: {}", group.network, units.join(" "))
        };
        assert_eq!(groups.iter().map(group).collect::<Vec<_>>().join(" | "), expected);
    }

    #[test]
    fn table_shows_the_wanted_units_in_order() {
        check("", false, false, ": Birken Engen Soeen Vesterby");
        check("", false, true, ": Birken Engen Lunden Soeen Vesterby");
        check("", true, true, "Nord: Soeen Vesterby | Vest: Birken Lunden | : Engen");
        // A row contains all words, each in any field.
        check("vest", false, false, ": Birken Vesterby");
        check("nord SKOLE", true, false, "Nord: Soeen");
        check("lunden", false, false, "");
        check("lunden", false, true, ": Lunden");
    }

    #[test]
    fn change_writes_only_what_was_chosen() {
        let before = Enhed { name: "Birken".into(), network: "Vest".into(), above: Some(id("a")), ..Enhed::default() };
        let changed = |change: UnitChange, can_move: bool| {
            let mut unit = before.clone();
            change.apply(&mut unit, can_move);
            unit
        };
        assert_eq!(changed(UnitChange::default(), true), before);
        let all = UnitChange {
            kind: Some(EnhedKind::Boernehus),
            network: Some("Nord".into()),
            level: Level::new(4),
            above: Some(Some(id("b"))),
            is_archived: Some(true),
        };
        let expected = Enhed {
            kind: Some(EnhedKind::Boernehus),
            network: "Nord".into(),
            level: Level::new(4),
            above: Some(id("b")),
            archived: Some(true),
            ..before.clone()
        };
        assert_eq!(changed(all.clone(), true), expected);
        assert_eq!(changed(all, false).above, Some(id("a")));
        // A unit in use stores no value for `archived`.
        assert_eq!(changed(UnitChange { is_archived: Some(false), ..UnitChange::default() }, true), before);
        assert_eq!(changed(UnitChange { above: Some(None), ..UnitChange::default() }, true).above, None);
    }

    #[test]
    fn change_to_the_area_of_a_chef_gives_a_unit_without_a_level_niveau_2() {
        let kind = Some(EnhedKind::Chefomraade);
        for (before, chosen, after) in [(None, None, 2), (Level::new(3), None, 3), (Level::new(3), Level::new(4), 4)] {
            let mut unit = Enhed { level: before, ..Enhed::default() };
            UnitChange { kind, level: chosen, ..UnitChange::default() }.apply(&mut unit, true);
            assert_eq!((unit.kind, unit.level), (kind, Level::new(after)), "{before:?} {chosen:?}");
        }
    }

    #[test]
    fn no_unit_is_put_under_itself_or_a_unit_below_it() {
        let placed = |name: &str, above: &str| PlacedUnit { id: id(name), above: Id::parse(above), level: None };
        let units = [placed("dagtilbud", ""), placed("nord", "dagtilbud"), placed("sol", "nord"), placed("skole", "")];
        let chosen = ["dagtilbud", "nord", "sol", "skole"].map(id);
        let refused = |above: &str| {
            immovable(&units, &chosen, &id(above)).into_iter().map(Id::as_str).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(refused("sol"), "dagtilbud nord sol");
        assert_eq!(refused("nord"), "dagtilbud nord");
        assert_eq!(refused("skole"), "skole");
    }
}
