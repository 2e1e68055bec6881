//! Indicators: those of the foundation, the ready-made ones for economy and staff, and those that units define.

use super::body::{Body, KindWords};
use super::fractional_index;
use super::fundament::{self, Edition, FundamentItem, Sort};
use super::goal::Area;
use super::id::Id;
use super::measure::{Measure, Wanted};
use super::slot::fields;
use super::text::UserText;

/// An indicator. Its name usually states the direction wanted, such as «Fravær reduceres».
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// The id, the same in every edition that has the indicator.
    pub id: String,
    /// The name; for an indicator of the foundation, as in the documents.
    pub name: String,
    /// How the indicator is usually measured.
    pub about: String,
    /// The default measure. For the foundation it is the product's proposal, since the documents do not define
    /// measures.
    pub measure: Measure,
    /// The direction that is better.
    pub wanted: Wanted,
    /// Whether a unit defined the indicator itself.
    pub is_own: bool,
}

/// An indicator that a unit defined itself. A unit can have any number of them.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct OwnIndicator {
    /// The name.
    pub name: UserText,
    /// The unit that defined it.
    pub unit: Option<Id>,
    /// The id of the pejlemærke in the foundation that the indicator belongs to; empty for a purely local one.
    pub pejlemaerke: Option<Id>,
    /// How the indicator is measured.
    pub about: UserText,
    /// The measure; per cent if empty.
    pub measure: Option<Measure>,
    /// The direction that is better; up if empty.
    pub wanted: Option<Wanted>,
}

/// Indicators under one heading, in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The id of the pejlemærke, or a fixed id for another group.
    pub id: String,
    /// The heading.
    pub label: String,
    /// The indicators.
    pub indicators: Vec<Indicator>,
}

/// The ready-made indicators for the two areas of an agreement without indicators in the foundation: id, name, how it
/// is measured, and area. They are the product's proposals.
const READY_MADE: [(&str, &str, &str, Area); 2] = [
    (
        "budgetafvigelse",
        "Budgettet holdes",
        "Forbrug ud over budgettet i procent af budgettet. Et minus er mindreforbrug.",
        Area::Economy,
    ),
    (
        "sygefravaer",
        "Sygefraværet falder",
        "Sygefravær i procent af arbejdstiden, fra lønsystemet. Sygefravær er helbredsoplysninger: skriv antallet af ansatte ved tallet.",
        Area::StaffWellbeing,
    ),
];

impl Indicator {
    /// Converts an item of a foundation to an indicator; `None` if the item is not an indicator.
    pub fn of(item: &FundamentItem) -> Option<Self> {
        let (measure, wanted) = (item.measure?, item.wanted?);
        let FundamentItem { id, label: name, text: about, .. } = item;
        (item.sort == Sort::Indicator).then(|| Self {
            id: id.clone(),
            name: name.clone(),
            about: about.clone(),
            measure,
            wanted,
            is_own: false,
        })
    }

    /// Returns the lowest and highest possible figure; `None` if there are no limits.
    pub fn range(&self) -> Option<(f64, f64)> {
        range(&self.id, self.measure)
    }

    /// Converts a unit's own indicator, with the id of its record.
    pub fn of_own(id: &Id, own: &OwnIndicator) -> Self {
        let name = own.name.as_str();
        Self {
            id: id.to_string(),
            name: if name.is_empty() { "Egen indikator uden navn".to_owned() } else { name.to_owned() },
            about: own.about.0.clone(),
            measure: own.measure.unwrap_or(Measure::Percent),
            wanted: own.wanted.unwrap_or_default(),
            is_own: true,
        }
    }

    /// Returns the ready-made indicators of an area of the agreement.
    fn ready_made(area: Area) -> Vec<Self> {
        let of_area = READY_MADE.iter().filter(|entry| entry.3 == area);
        of_area
            .map(|&(id, name, about, _)| Self {
                id: id.to_owned(),
                name: name.to_owned(),
                about: about.to_owned(),
                measure: Measure::Percent,
                wanted: Wanted::Down,
                is_own: false,
            })
            .collect()
    }
}

/// Returns the name of an indicator that no unit defined: a ready-made one, or one of the foundation by its newest
/// edition.
pub fn name(id: &str) -> Option<&'static str> {
    let ready_made = READY_MADE.iter().find(|entry| entry.0 == id).map(|(_, name, ..)| *name);
    ready_made.or_else(|| fundament::indicator_name(id))
}

/// Returns the lowest and highest possible figure of an indicator in a measure; `None` if there are no limits. The
/// deviation from a budget has none, since it can be negative.
pub fn range(id: &str, measure: Measure) -> Option<(f64, f64)> {
    measure.range().filter(|_| id != READY_MADE[0].0)
}

/// Returns the area of the agreement that a ready-made indicator belongs to; `None` for other indicators.
pub fn area(id: &str) -> Option<Area> {
    READY_MADE.iter().find(|entry| entry.0 == id).map(|(.., area)| *area)
}

/// Sorts indicators by a list of ids. Indicators that are not listed come last, in their original order.
pub fn in_order(indicators: Vec<Indicator>, order: &[String]) -> Vec<Indicator> {
    let rank = |indicator: &Indicator| order.iter().position(|id| *id == indicator.id).unwrap_or(order.len());
    fractional_index::sorted(indicators, &|one: &Indicator, other: &Indicator| rank(one) < rank(other))
}

/// Returns all indicators of a unit in groups: the pejlemærker of an edition, each with the unit's own indicators that
/// belong to it; then economy and staff; then the unit's other indicators.
pub fn groups(edition: Option<&Edition>, own: &[(Id, OwnIndicator)]) -> Vec<Group> {
    let own_of = |pejlemaerke: Option<&str>| -> Vec<Indicator> {
        let matching = own.iter().filter(|(_, own)| own.pejlemaerke.as_ref().map(Id::as_str) == pejlemaerke);
        matching.map(|(id, own)| Indicator::of_own(id, own)).collect()
    };
    let mut groups: Vec<Group> = Vec::new();
    for (goal, mut indicators) in edition.into_iter().flat_map(Edition::indicators) {
        indicators.extend(own_of(Some(&goal.id)));
        groups.push(Group { id: goal.id.clone(), label: goal.label.clone(), indicators });
    }
    // An indicator of a pejlemærke that the edition does not have is listed with the local ones.
    let known: Vec<String> = groups.iter().map(|group| group.id.clone()).collect();
    let elsewhere = own.iter().filter(|(_, own)| {
        own.pejlemaerke.as_ref().is_some_and(|goal| !known.iter().any(|known| known == goal.as_str()))
    });
    let local = own_of(None).into_iter().chain(elsewhere.map(|(id, own)| Indicator::of_own(id, own))).collect();
    for (id, label, indicators) in [
        ("oekonomi", "Økonomi", Indicator::ready_made(Area::Economy)),
        ("medarbejdertrivsel", "Medarbejdertrivsel", Indicator::ready_made(Area::StaffWellbeing)),
        ("egne", "Vores egne", local),
    ] {
        if !indicators.is_empty() {
            groups.push(Group { id: id.to_owned(), label: label.to_owned(), indicators });
        }
    }
    groups
}

impl Edition {
    /// Returns the pejlemærker with their indicators, in order.
    pub fn indicators(&self) -> impl Iterator<Item = (&FundamentItem, Vec<Indicator>)> {
        let with_indicators =
            |item| (item, FundamentItem::parts_of(item, Sort::Indicator).filter_map(Indicator::of).collect());
        self.of_sort(Sort::Pejlemaerke).map(with_indicators)
    }
}

fields!(OwnIndicator {
    name: text("indikatorens navn"),
    unit: parent("enheden"),
    pejlemaerke: value("pejlemærket"),
    about: text("hvordan der måles"),
    measure: value("måleenheden"),
    wanted: value("den ønskede retning"),
});

impl Body for OwnIndicator {
    const WORDS: KindWords = KindWords { definite: "indikatoren", singular: "indikator", plural: "indikatorer" };
    const TITLE: &'static str = "name";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(name: &str, goal: Option<&str>) -> OwnIndicator {
        OwnIndicator { name: name.into(), pejlemaerke: goal.and_then(Id::parse), ..OwnIndicator::default() }
    }

    #[test]
    fn in_order_puts_listed_indicators_first() {
        let all: Vec<Indicator> =
            groups(fundament::present_edition(), &[]).into_iter().flat_map(|group| group.indicators).collect();
        let ids = |all: &[Indicator]| all.iter().map(|indicator| indicator.id.clone()).collect::<Vec<_>>();
        assert_eq!(in_order(all.clone(), &[]), all);
        let order = [all[3].id.clone(), "er-her-ikke".to_owned(), all[0].id.clone()];
        let sorted = ids(&in_order(all.clone(), &order));
        assert_eq!(sorted[..3], [all[3].id.clone(), all[0].id.clone(), all[1].id.clone()]);
        assert_eq!(sorted.len(), all.len());
    }

    #[test]
    fn groups_contain_every_indicator_exactly_once() {
        let own_indicators = [
            (Id::parse("a1").unwrap(), own("Legegrupper", Some("p-ensomme"))),
            (Id::parse("a2").unwrap(), own("Udetid", None)),
            (Id::parse("a3").unwrap(), own("Fra en anden udgave", Some("p-gammel"))),
        ];
        let groups = groups(fundament::present_edition(), &own_indicators);
        let sizes: Vec<_> = groups.iter().map(|group| (group.id.as_str(), group.indicators.len())).collect();
        assert_eq!(
            sizes,
            [
                ("p-uddannelse", 7),
                ("p-ensomme", 4),
                ("p-sunde", 2),
                ("oekonomi", 1),
                ("medarbejdertrivsel", 1),
                ("egne", 2)
            ]
        );
        let all: usize = groups.iter().map(|group| group.indicators.len()).sum();
        assert_eq!(all, 12 + 2 + 3, "every indicator is listed once");
        assert_eq!(name("sygefravaer"), Some("Sygefraværet falder"));
        assert_eq!(name("fravaer"), Some("Fravær reduceres"));
        assert_eq!(name("a1"), None);
    }

    /// An indicator that both editions have keeps its id, and therefore its series.
    #[test]
    fn nine_series_continue_from_the_edition_of_11_to_the_edition_of_12() {
        let ids = |edition: &str| -> Vec<String> {
            let edition = fundament::edition(edition).unwrap();
            edition.indicators().flat_map(|(_, indicators)| indicators).map(|indicator| indicator.id).collect()
        };
        let (earlier, present) = (ids("bu-11"), ids("bu-12"));
        let unit = Id::parse("skolen").unwrap();
        let series =
            |ids: &[String]| -> Vec<Id> { ids.iter().filter_map(|id| Id::derived(&unit, &Id::parse(id)?)).collect() };
        let continued = series(&earlier).into_iter().filter(|id| series(&present).contains(id)).count();
        assert_eq!((earlier.len(), present.len(), continued), (11, 12, 9));
    }
}
