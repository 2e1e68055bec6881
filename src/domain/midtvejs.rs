//! The status halfway through an agreement (*midtvejsstatus*), and what a BU Lederforum sees in many of them.

use serde::{Deserialize, Serialize};

use super::aftale::whole::AgreementBundle;
use super::body::{Body, Entries, KindWords};
use super::date::Date;
use super::fundament::{Edition, Sort};
use super::goal::{Anchor, Goal};
use super::id::Id;
use super::slot::fields;
use super::text::UserText;

/// The status halfway through an agreement. Its id is derived from the agreement's: whoever begins it apart begins the
/// same.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Midtvejsstatus {
    /// What it is called.
    pub title: UserText,
    /// The agreement.
    pub aftale: Option<Id>,
    /// The status of each goal.
    pub goals: Entries<GoalStatus>,
    /// What others can use: practice that works, the positive stories.
    pub shares: UserText,
    /// What help is asked for.
    pub asks: UserText,
    /// What help is offered.
    pub offers: UserText,
    /// The day it was finished.
    pub finished: Option<Date>,
    /// Whether the unit shares with its network what it shares, asks for and offers here.
    pub shared: Option<bool>,
}

/// The status of a goal.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct GoalStatus {
    /// The signs of progression that were seen.
    pub signs_seen: UserText,
    /// How far it is.
    pub course: Option<GoalCourse>,
    /// Whether it made a difference.
    pub difference: Option<Difference>,
    /// What goes on.
    pub keep: UserText,
    /// What is changed.
    pub change: UserText,
    /// What stops.
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

/// Whether something made a difference.
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
    /// All, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::NotBegun, Self::OnItsWay, Self::Reached, Self::GivenUp];

    /// In Danish.
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
    /// All, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::High, Self::Some, Self::Low, Self::NotRelevant];

    /// In Danish.
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

/// A unit's status with its agreement, as a lederforum looks at it.
#[derive(Clone, Debug, Default)]
pub struct UnitMidtvejs {
    /// The agreement, with what the unit is called.
    pub whole: AgreementBundle,
    /// Its status.
    pub status: Midtvejsstatus,
}

/// A theme across units. Units stand in the order they are given: nothing here ranks them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MidtvejsTheme {
    /// What it is called.
    pub name: String,
    /// How many goals made a difference to each degree, in the order of [`Difference::ALL`].
    pub differences: [usize; 4],
    /// What each unit says of its goals there: the unit, the goal, the signs seen, and what goes on.
    pub said: Vec<UnitGoalStatus>,
}

/// What a unit says of a goal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnitGoalStatus {
    /// The unit.
    pub unit: String,
    /// The goal.
    pub goal: String,
    /// The signs that were seen.
    pub signs: String,
    /// What goes on, what is changed, what stops; each with its word.
    pub next: Vec<(&'static str, String)>,
}

/// Many units' statuses by theme: a theme of the cycle that a goal hangs on, of those given; else the pejlemærke, by itself
/// or by its indicator; else its area.
pub fn by_theme(edition: &Edition, common: &[(Id, String)], all: &[UnitMidtvejs]) -> Vec<MidtvejsTheme> {
    let pejlemaerker = edition.of_sort(Sort::Pejlemaerke).map(|item| &item.label);
    let mut themes: Vec<MidtvejsTheme> = Vec::new();
    for name in common.iter().map(|(_, name)| name).chain(pejlemaerker) {
        if themes.iter().all(|theme| theme.name != *name) {
            themes.push(MidtvejsTheme { name: name.clone(), ..MidtvejsTheme::default() });
        }
    }
    for seen in all {
        for (id, goal) in &seen.whole.goals {
            let Some(status) = seen.status.goals.get(id) else { continue };
            let name = theme_of(edition, common, goal);
            let place = themes.iter().position(|theme| theme.name == name).unwrap_or_else(|| {
                themes.push(MidtvejsTheme { name, ..MidtvejsTheme::default() });
                themes.len() - 1
            });
            let Some(theme) = themes.get_mut(place) else { continue };
            let degree = Difference::ALL.iter().position(|own| Some(*own) == status.difference);
            if let Some(count) = degree.and_then(|degree| theme.differences.get_mut(degree)) {
                *count += 1;
            }
            let next = [("Fortsætter", &status.keep), ("Ændrer", &status.change), ("Stopper", &status.stop)];
            let said = UnitGoalStatus {
                unit: seen.whole.unit.clone(),
                goal: goal.text.0.clone(),
                signs: status.signs_seen.0.clone(),
                next: next
                    .into_iter()
                    .filter(|(_, text)| !text.as_str().trim().is_empty())
                    .map(|(word, text)| (word, text.0.clone()))
                    .collect(),
            };
            if !said.signs.trim().is_empty() || !said.next.is_empty() {
                theme.said.push(said);
            }
        }
    }
    themes.retain(|theme| !theme.said.is_empty() || theme.differences.iter().any(|count| *count > 0));
    themes
}

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

    fn seen(unit: &str, anchor: Option<&str>, difference: Difference) -> UnitMidtvejs {
        let mut goal = Goal { text: "Målet".into(), area: Some(Area::Economy), ..Goal::default() };
        if let Some(anchor) = anchor {
            goal.anchors.insert(id(anchor), Anchor::Indicator(id(anchor)));
        }
        let mut status = Midtvejsstatus::default();
        let own = GoalStatus {
            signs_seen: "Vi så tegn".into(),
            difference: Some(difference),
            keep: "Legegrupperne".into(),
            ..GoalStatus::default()
        };
        status.goals.insert(id("g"), own);
        UnitMidtvejs {
            whole: AgreementBundle {
                unit: unit.to_owned(),
                goals: vec![(id("g"), goal)],
                ..AgreementBundle::default()
            },
            status,
        }
    }

    /// Units stand as they are given: a list in the order of what they reached would be a ranking.
    #[test]
    fn agreement_many_units_are_seen_by_theme_and_not_ranked() {
        let all = [
            seen("Børnehuset", Some("ven-netvaerk"), Difference::Low),
            seen("Skolen", Some("social-trivsel"), Difference::High),
            seen("Klubben", None, Difference::Some),
            UnitMidtvejs::default(),
        ];
        let themes = by_theme(fundament::present().unwrap(), &[], &all);
        let names: Vec<_> = themes.iter().map(|theme| theme.name.as_str()).collect();
        assert_eq!(names, ["Færre føler sig ensomme", "Økonomi"]);
        assert_eq!(themes[0].differences, [1, 0, 1, 0]);
        let units: Vec<_> = themes[0].said.iter().map(|said| said.unit.as_str()).collect();
        assert_eq!(units, ["Børnehuset", "Skolen"]);
        assert_eq!(themes[0].said[0].next, [("Fortsætter", "Legegrupperne".to_owned())]);

        // What both have prioritised comes first, whatever else a goal hangs on.
        let mut all = all;
        all[1].whole.goals[0].1.anchors.insert(id("t"), Anchor::Theme(id("t")));
        let common = [(id("t"), "Fællesskaber".to_owned()), (id("u"), "Ingen har det".to_owned())];
        let themes = by_theme(fundament::present().unwrap(), &common, &all);
        let names: Vec<_> = themes.iter().map(|theme| theme.name.as_str()).collect();
        assert_eq!(names, ["Fællesskaber", "Færre føler sig ensomme", "Økonomi"]);
        assert_eq!(themes[0].said[0].unit, "Skolen");
    }
}
