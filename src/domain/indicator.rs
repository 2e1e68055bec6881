//! The indicators that a unit's figures are kept on: those of the foundation, those for economy and staff, and a unit's
//! own.

use super::body::{Body, KindWords};
use super::fractional_index;
use super::fundament::{self, Edition, FundamentItem, Sort};
use super::goal::Area;
use super::id::Id;
use super::measure::{Measure, Wanted};
use super::slot::fields;
use super::text::UserText;

/// An indicator: its name states the wanted direction, as a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Its id, the same in every edition that has it.
    pub id: String,
    /// Its name, as the documents have it.
    pub name: String,
    /// How it is measured, as a rule.
    pub about: String,
    /// What it is counted in by default; a proposal, since the documents do not define the measures.
    pub measure: Measure,
    /// Which way is better.
    pub wanted: Wanted,
    /// Whether it is a unit's own.
    pub is_own: bool,
}

/// An indicator of a unit's own. There may be any number of them.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct OwnIndicator {
    /// What it is called.
    pub name: UserText,
    /// The unit whose it is.
    pub unit: Option<Id>,
    /// The pejlemærke that it says something of, by its id in the foundation; none for one that is wholly local.
    pub pejlemaerke: Option<Id>,
    /// How it is measured.
    pub about: UserText,
    /// What it is counted in; per cent where nothing is said.
    pub measure: Option<Measure>,
    /// Which way is better; up where nothing is said.
    pub wanted: Option<Wanted>,
}

/// Indicators under one heading, in the order they are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The id of the pejlemærke, or the group's own.
    pub id: String,
    /// The heading.
    pub label: String,
    /// The indicators.
    pub indicators: Vec<Indicator>,
}

/// The ready-made indicators for the two areas of an agreement that the foundation has none for: their id, name, way of
/// measuring and area. Proposals.
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
    /// An item of a foundation as an indicator, if it is one.
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

    /// The whole range that a figure can lie in, where there is one: a budget can be gone under.
    pub fn range(&self) -> Option<(f64, f64)> {
        self.measure.range().filter(|_| self.id != READY_MADE[0].0)
    }

    /// A unit's own indicator, by the id of its record.
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

    /// The ready-made indicators of an area of the agreement.
    fn ready_made(area: Area) -> Vec<Self> {
        let of_area = READY_MADE.iter().filter(|(.., own)| *own == area);
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

/// The name of an indicator that is nobody's own: of the foundation in its newest edition that has it, or ready-made.
pub fn name(id: &str) -> Option<&'static str> {
    let ready_made = READY_MADE.iter().find(|(own, ..)| *own == id).map(|(_, name, ..)| *name);
    ready_made.or_else(|| fundament::indicator_name(id))
}

/// Which of the agreement's areas a ready-made indicator is of.
pub fn area(id: &str) -> Option<Area> {
    READY_MADE.iter().find(|(own, ..)| *own == id).map(|(.., area)| *area)
}

/// Indicators in an order of ids; those that are not in it come after, in their own.
pub fn in_order(indicators: Vec<Indicator>, order: &[String]) -> Vec<Indicator> {
    let place = |own: &Indicator| order.iter().position(|id| *id == own.id).unwrap_or(order.len());
    fractional_index::sorted(indicators, &|one: &Indicator, other: &Indicator| place(one) < place(other))
}

/// All indicators of a unit under their headings: the pejlemærker of an edition with the unit's own that are tied to
/// them, economy and staff, and what is wholly local.
pub fn groups(edition: Option<&Edition>, own: &[(Id, OwnIndicator)]) -> Vec<Group> {
    let tied_to = |pejlemaerke: Option<&str>| -> Vec<Indicator> {
        let tied = own.iter().filter(|(_, own)| own.pejlemaerke.as_ref().map(Id::as_str) == pejlemaerke);
        tied.map(|(id, own)| Indicator::of_own(id, own)).collect()
    };
    let mut groups: Vec<Group> = Vec::new();
    for (goal, mut indicators) in edition.into_iter().flat_map(Edition::indicators) {
        indicators.extend(tied_to(Some(&goal.id)));
        groups.push(Group { id: goal.id.clone(), label: goal.label.clone(), indicators });
    }
    // What is tied to a pejlemærke that the edition does not have is still the unit's.
    let known: Vec<String> = groups.iter().map(|group| group.id.clone()).collect();
    let elsewhere = own.iter().filter(|(_, own)| {
        own.pejlemaerke.as_ref().is_some_and(|goal| !known.iter().any(|known| known == goal.as_str()))
    });
    let local = tied_to(None).into_iter().chain(elsewhere.map(|(id, own)| Indicator::of_own(id, own))).collect();
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
    /// The pejlemærker with their indicators, in order.
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
    fn indicators_stand_in_the_order_that_was_said() {
        let all: Vec<Indicator> =
            groups(fundament::present(), &[]).into_iter().flat_map(|group| group.indicators).collect();
        let ids = |all: &[Indicator]| all.iter().map(|own| own.id.clone()).collect::<Vec<_>>();
        assert_eq!(in_order(all.clone(), &[]), all);
        let order = [all[3].id.clone(), "er-her-ikke".to_owned(), all[0].id.clone()];
        let sorted = ids(&in_order(all.clone(), &order));
        assert_eq!(sorted[..3], [all[3].id.clone(), all[0].id.clone(), all[1].id.clone()]);
        assert_eq!(sorted.len(), all.len());
    }

    #[test]
    fn indicators_of_a_unit_stand_under_their_headings() {
        let mine = [
            (Id::parse("a1").unwrap(), own("Legegrupper", Some("p-ensomme"))),
            (Id::parse("a2").unwrap(), own("Udetid", None)),
            (Id::parse("a3").unwrap(), own("Fra en anden udgave", Some("p-gammel"))),
        ];
        let groups = groups(fundament::present(), &mine);
        let told: Vec<_> = groups.iter().map(|group| (group.id.as_str(), group.indicators.len())).collect();
        assert_eq!(
            told,
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
        assert_eq!(all, 12 + 2 + 3, "none is lost, none stands twice");
        assert_eq!(name("sygefravaer"), Some("Sygefraværet falder"));
        assert_eq!(name("fravaer"), Some("Fravær reduceres"));
        assert_eq!(name("a1"), None);
    }

    /// What a unit wrote on the 11 indicators goes on among the 12: the same indicator has the same id, and so the same
    /// series.
    #[test]
    fn indicators_series_go_on_from_11_to_12() {
        let ids = |edition: &str| -> Vec<String> {
            let edition = fundament::edition(edition).unwrap();
            edition.indicators().flat_map(|(_, indicators)| indicators).map(|indicator| indicator.id).collect()
        };
        let (before, now) = (ids("bu-11"), ids("bu-12"));
        let unit = Id::parse("skolen").unwrap();
        let series =
            |ids: &[String]| -> Vec<Id> { ids.iter().filter_map(|id| Id::derived(&unit, &Id::parse(id)?)).collect() };
        let goes_on = series(&before).into_iter().filter(|id| series(&now).contains(id)).count();
        assert_eq!((before.len(), now.len(), goes_on), (11, 12, 9));
    }
}
