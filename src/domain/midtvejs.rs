//! The status halfway through an agreement (*midtvejsstatus*), and the overview of many statuses for a BU Lederforum.

use serde::{Deserialize, Serialize};

use super::aftale::bundle::AgreementBundle;
use super::body::{Body, Entries, KindWords};
use super::date::Date;
use super::fundament::{Edition, Sort};
use super::goal::{Anchor, Goal};
use super::id::Id;
use super::slot::fields;
use super::text::UserText;

/// The status halfway through an agreement.
///
/// The id is derived from the id of the agreement, so that people who begin a status on separate devices begin the same
/// record.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Midtvejsstatus {
    /// The title of the status.
    pub title: UserText,
    /// The agreement that the status is about.
    pub aftale: Option<Id>,
    /// The status of each goal.
    pub goals: Entries<GoalStatus>,
    /// Experience that others can use: practice that works, positive stories.
    pub shares: UserText,
    /// The help that the unit asks for.
    pub asks: UserText,
    /// The help that the unit offers.
    pub offers: UserText,
    /// The day on which the status was finished.
    pub finished: Option<Date>,
    /// Whether the unit shares `shares`, `asks` and `offers` with its network.
    pub shared: Option<bool>,
}

/// The status of a goal.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct GoalStatus {
    /// The signs of progression that were seen.
    pub signs_seen: UserText,
    /// How far the goal is.
    pub course: Option<GoalCourse>,
    /// Whether the initiatives made a difference.
    pub difference: Option<Difference>,
    /// What the unit continues with.
    pub keep: UserText,
    /// What the unit changes.
    pub change: UserText,
    /// What the unit stops.
    pub stop: UserText,
}

/// How far a goal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum GoalCourse {
    /// Not begun.
    NotBegun,
    /// On its way.
    OnItsWay,
    /// Reached.
    Reached,
    /// Given up.
    GivenUp,
}

/// The degree to which something made a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// To a high degree.
    High,
    /// To some degree.
    Some,
    /// To a low degree.
    Low,
    /// Not relevant.
    NotRelevant,
}

impl GoalCourse {
    /// All values, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::NotBegun, Self::OnItsWay, Self::Reached, Self::GivenUp];

    /// The Danish name.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::NotBegun => "Ikke begyndt",
            Self::OnItsWay => "På vej",
            Self::Reached => "Nået",
            Self::GivenUp => "Opgivet",
        }
    }
}

impl Difference {
    /// All values, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::High, Self::Some, Self::Low, Self::NotRelevant];

    /// The Danish name.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::High => "I høj grad",
            Self::Some => "I nogen grad",
            Self::Low => "I ringe grad",
            Self::NotRelevant => "Ikke relevant",
        }
    }
}

impl Midtvejsstatus {
    /// The id of the status of an agreement.
    pub fn id(aftale: &Id) -> Option<Id> {
        Id::derived(aftale, &Id::parse("midtvejs")?)
    }
}

fields!(GoalStatus {
    signs_seen: text("de sete tegn"),
    course: value("målets status"),
    difference: value("om det gjorde en forskel"),
    keep: text("det, der fortsætter"),
    change: text("det, der ændres"),
    stop: text("det, der stopper"),
});

fields!(Midtvejsstatus {
    title: text("titlen"),
    aftale: parent("aftalen"),
    goals: entries("status på målet", <GoalStatus as super::body::FieldTable>::FIELDS),
    shares: text("det, I deler"),
    asks: text("det, I beder om hjælp til"),
    offers: text("den hjælp, I tilbyder"),
    finished: value("om status er færdig"),
    shared: value("om status deles med netværket"),
});

impl Body for Midtvejsstatus {
    const WORDS: KindWords =
        KindWords { definite: "midtvejsstatus", singular: "midtvejsstatus", plural: "midtvejsstatusser" };
    const TITLE: &'static str = "title";
}

/// The midtvejs status of a unit with its agreement, as input of [`by_theme`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnitMidtvejs {
    /// The agreement, including the name of the unit.
    pub bundle: AgreementBundle,
    /// The status of the agreement.
    pub status: Midtvejsstatus,
}

impl UnitMidtvejs {
    /// The first day of the agreement.
    fn first_day(&self) -> Option<Date> {
        self.bundle.head.period.and_then(|span| span.from)
    }
}

/// Returns the statuses that a meeting reads: of several statuses of one unit, the one of the agreement that begins
/// last. The order is kept. `is_same_unit` says whether two ids mean the same unit.
pub fn newest_of_each_unit(all: Vec<UnitMidtvejs>, is_same_unit: &dyn Fn(&Id, &Id) -> bool) -> Vec<UnitMidtvejs> {
    let mut newest: Vec<UnitMidtvejs> = Vec::with_capacity(all.len());
    for unit in all {
        let own = unit.bundle.head.unit.clone();
        let is_of_unit = |listed: &&mut UnitMidtvejs| {
            own.as_ref().zip(listed.bundle.head.unit.as_ref()).is_some_and(|(own, listed)| is_same_unit(own, listed))
        };
        match newest.iter_mut().find(is_of_unit) {
            Some(listed) => {
                if listed.first_day() < unit.first_day() {
                    *listed = unit;
                }
            }
            None => newest.push(unit),
        }
    }
    newest
}

/// A theme across units. Units keep the order in which they are given and must never be ranked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MidtvejsTheme {
    /// The name of the theme.
    pub name: String,
    /// The number of goals for each degree of difference, in the order of [`Difference::ALL`].
    pub differences: [usize; 4],
    /// The statements of the units about their goals in this theme.
    pub statements: Vec<UnitGoalStatus>,
}

/// The statement of a unit about a goal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnitGoalStatus {
    /// The name of the unit.
    pub unit: String,
    /// The text of the goal.
    pub goal: String,
    /// The signs that were seen.
    pub signs: String,
    /// What the unit continues with, changes and stops, each with its Danish verb. Empty texts are left out.
    pub next_steps: Vec<(&'static str, String)>,
}

/// Groups the statuses of many units by theme.
///
/// The theme of a goal is the first of the given `common` themes that the goal is anchored to. Otherwise it is the
/// pejlemærke that the goal is anchored to, directly or through an indicator. Otherwise it is the area of the goal.
pub fn by_theme(edition: &Edition, common: &[(Id, String)], all: &[UnitMidtvejs]) -> Vec<MidtvejsTheme> {
    let pejlemaerker = edition.of_sort(Sort::Pejlemaerke).map(|item| &item.label);
    let mut themes: Vec<MidtvejsTheme> = Vec::new();
    for name in common.iter().map(|(_, name)| name).chain(pejlemaerker) {
        if themes.iter().all(|theme| theme.name != *name) {
            themes.push(MidtvejsTheme { name: name.clone(), ..MidtvejsTheme::default() });
        }
    }
    for unit in all {
        for (id, goal) in &unit.bundle.goals {
            let Some(status) = unit.status.goals.get(id) else { continue };
            let name = theme_of(edition, common, goal);
            let index = themes.iter().position(|theme| theme.name == name).unwrap_or_else(|| {
                themes.push(MidtvejsTheme { name, ..MidtvejsTheme::default() });
                themes.len() - 1
            });
            let Some(theme) = themes.get_mut(index) else { continue };
            let degree = Difference::ALL.iter().position(|degree| Some(*degree) == status.difference);
            if let Some(count) = degree.and_then(|degree| theme.differences.get_mut(degree)) {
                *count += 1;
            }
            let next = [("Fortsætter", &status.keep), ("Ændrer", &status.change), ("Stopper", &status.stop)];
            let statement = UnitGoalStatus {
                unit: unit.bundle.unit.clone(),
                goal: goal.text.0.clone(),
                signs: status.signs_seen.0.clone(),
                next_steps: next
                    .into_iter()
                    .filter(|(_, text)| !text.as_str().trim().is_empty())
                    .map(|(verb, text)| (verb, text.0.clone()))
                    .collect(),
            };
            if !statement.signs.trim().is_empty() || !statement.next_steps.is_empty() {
                theme.statements.push(statement);
            }
        }
    }
    themes.retain(|theme| !theme.statements.is_empty() || theme.differences.iter().any(|count| *count > 0));
    themes
}

/// The name of the theme that a goal belongs to.
fn theme_of(edition: &Edition, common: &[(Id, String)], goal: &Goal) -> String {
    let is_common = |(id, _): &&(Id, String)| matches!(goal.anchors.get(id), Some(Anchor::Theme(_)));
    if let Some((_, name)) = common.iter().find(is_common) {
        return name.clone();
    }
    let pejlemaerke = goal.anchors.values().find_map(|anchor| {
        let id = anchor.id().as_str();
        let mut all = edition.of_sort(Sort::Pejlemaerke);
        match anchor {
            Anchor::Pejlemaerke(_) => all.find(|item| item.id == id),
            Anchor::Indicator(_) => all.find(|item| item.parts.iter().any(|part| part.id == id)),
            _ => None,
        }
    });
    match (pejlemaerke, goal.area) {
        (Some(item), _) => item.label.clone(),
        (None, Some(area)) => area.danish().to_owned(),
        (None, None) => "Uden område".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fundament;
    use crate::domain::goal::Area;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn unit_midtvejs(unit: &str, anchor: Option<&str>, difference: Difference) -> UnitMidtvejs {
        let mut goal = Goal { text: "Målet".into(), area: Some(Area::Economy), ..Goal::default() };
        if let Some(anchor) = anchor {
            goal.anchors.insert(id(anchor), Anchor::Indicator(id(anchor)));
        }
        let mut status = Midtvejsstatus::default();
        let goal_status = GoalStatus {
            signs_seen: "Vi så tegn".into(),
            difference: Some(difference),
            keep: "Legegrupperne".into(),
            ..GoalStatus::default()
        };
        status.goals.insert(id("g"), goal_status);
        UnitMidtvejs {
            bundle: AgreementBundle {
                unit: unit.to_owned(),
                goals: vec![(id("g"), goal)],
                ..AgreementBundle::default()
            },
            status,
        }
    }

    #[test]
    fn of_two_agreements_of_a_unit_the_one_that_begins_last_counts() {
        use crate::domain::aftale::Aftale;
        use crate::domain::period::Span;
        let status = |unit: &str, from: &str, asks: &str| UnitMidtvejs {
            bundle: AgreementBundle {
                head: Aftale {
                    unit: Id::parse(unit),
                    period: Some(Span { from: Date::parse(from), to: None }),
                    ..Aftale::default()
                },
                ..AgreementBundle::default()
            },
            status: Midtvejsstatus { asks: asks.into(), ..Midtvejsstatus::default() },
        };
        // «aaen» and «aaen2» are one unit; two statuses without a unit are of nobody knows which.
        let all = vec![
            status("aaen", "2024-08-01", "før"),
            status("", "", "a"),
            status("soeen", "2026-08-01", "nu"),
            status("aaen2", "2026-08-01", "nu"),
            status("soeen", "2024-08-01", "før"),
            status("", "", "b"),
            status("aaen", "", "uden dage"),
        ];
        let is_same_unit = |one: &Id, other: &Id| one.as_str().get(..4) == other.as_str().get(..4);
        let newest = newest_of_each_unit(all, &is_same_unit);
        let asks: Vec<&str> = newest.iter().map(|unit| unit.status.asks.as_str()).collect();
        assert_eq!(asks, ["nu", "a", "nu", "b"]);
    }

    /// Units keep the order in which they are given. An order by result would be a ranking.
    #[test]
    fn by_theme_groups_units_in_the_given_order() {
        let all = [
            unit_midtvejs("Børnehuset", Some("ven-netvaerk"), Difference::Low),
            unit_midtvejs("Skolen", Some("social-trivsel"), Difference::High),
            unit_midtvejs("Klubben", None, Difference::Some),
            UnitMidtvejs::default(),
        ];
        let themes = by_theme(fundament::present_edition().unwrap(), &[], &all);
        let names: Vec<_> = themes.iter().map(|theme| theme.name.as_str()).collect();
        assert_eq!(names, ["Færre føler sig ensomme", "Økonomi"]);
        assert_eq!(themes[0].differences, [1, 0, 1, 0]);
        let units: Vec<_> = themes[0].statements.iter().map(|statement| statement.unit.as_str()).collect();
        assert_eq!(units, ["Børnehuset", "Skolen"]);
        assert_eq!(themes[0].statements[0].next_steps, [("Fortsætter", "Legegrupperne".to_owned())]);

        // A prioritised theme takes precedence over the other anchors of a goal.
        let mut all = all;
        all[1].bundle.goals[0].1.anchors.insert(id("t"), Anchor::Theme(id("t")));
        let common = [(id("t"), "Fællesskaber".to_owned()), (id("u"), "Ingen har det".to_owned())];
        let themes = by_theme(fundament::present_edition().unwrap(), &common, &all);
        let names: Vec<_> = themes.iter().map(|theme| theme.name.as_str()).collect();
        assert_eq!(names, ["Fællesskaber", "Færre føler sig ensomme", "Økonomi"]);
        assert_eq!(themes[0].statements[0].unit, "Skolen");
    }
}
