//! A new agreement: empty, from examples, or from the one of the cycle before.

use crate::domain::body::Entries;
use crate::domain::cycle::Cycle;
use crate::domain::date::Date;
use crate::domain::enhed::{EnhedKind, Level};
use crate::domain::fractional_index;
use crate::domain::goal::{Anchor, Goal, Initiative, InitiativeStatus, Reach};
use crate::domain::id::Id;
use crate::domain::period::Span;
use crate::domain::text::UserText;

use super::Aftale;
use super::examples::{Example, of};
use super::whole::AgreementBundle;

/// The two years that an agreement of a cycle is proposed to hold: niveau 3 and 4 from the school year after the
/// conversations, niveau 2 from the quarter after the report. (The documents give the length, and the first date of all,
/// 1 August; the rest is a proposal.)
pub fn period(cycle: Cycle, level: Option<Level>) -> Span {
    let (year, month) = (cycle.begins() + 1, if level.is_some_and(|level| u8::from(level) <= 2) { 10 } else { 8 });
    let last = if month == 10 { (9, 30) } else { (7, 31) };
    Span { from: Date::new(year, month, 1), to: Date::new(year + 2, last.0, last.1) }
}

/// A new head, with what is known already.
pub fn head(unit: Option<Id>, cycle: Cycle, level: Option<Level>) -> Aftale {
    let period = period(cycle, level);
    let year = |day: Option<Date>| day.map(|day| day.year().to_string()).unwrap_or_default();
    let title = format!("Sammenhængsaftale {}–{}", year(period.from), year(period.to));
    Aftale { title: UserText(title), unit, period: Some(period), level, ..Aftale::default() }
}

/// Goals to begin with, for a kind of unit; to be rewritten.
pub fn examples(kind: Option<EnhedKind>, aftale: &Id, mint: &mut dyn FnMut() -> Id) -> Vec<Goal> {
    let mut last = None;
    let mut made = Vec::new();
    for &Example { area, text, indicator, signs, effect, initiative } in of(kind) {
        let place = fractional_index::after(last.as_deref());
        let mut goal = Goal {
            text: text.into(),
            aftale: Some(aftale.clone()),
            area: Some(area),
            reach: Some(if indicator.is_empty() { Reach::Local } else { Reach::Common }),
            signs_of_progression: signs.into(),
            expected_effect: effect.into(),
            order: Some(place.clone()),
            ..Goal::default()
        };
        if let Some(indicator) = Id::parse(indicator) {
            goal.anchors.insert(indicator.clone(), Anchor::Indicator(indicator));
        }
        let own =
            Initiative { text: initiative.into(), order: Some(fractional_index::after(None)), ..Initiative::default() };
        goal.initiatives.insert(mint(), own);
        last = Some(place);
        made.push(goal);
    }
    made
}

/// The agreement of the cycle before, carried on: the plan follows, the figures do not. What was done or stopped stays
/// behind, and so does all that is of its own time: who was involved, the log, the days.
pub fn copied(
    before: &AgreementBundle,
    previous: &Id,
    aftale: &Id,
    cycle: Cycle,
    mint: &mut dyn FnMut() -> Id,
) -> (Aftale, Vec<Goal>) {
    let old = &before.head;
    let head = Aftale {
        leader: old.leader.clone(),
        counterpart: old.counterpart.clone(),
        previous: Some(previous.clone()),
        ..head(old.unit.clone(), cycle, old.level)
    };
    let goals = before.goals.iter().map(|(_, goal)| {
        let carried = goal
            .initiatives_in_order()
            .into_iter()
            .filter(|(_, own)| !matches!(own.status, Some(InitiativeStatus::Done | InitiativeStatus::Stopped)));
        let mut initiatives = Entries::<Initiative>::default();
        for (_, own) in carried {
            initiatives.insert(mint(), Initiative { period: None, status: None, ..own.clone() });
        }
        Goal {
            aftale: Some(aftale.clone()),
            baseline: None,
            wanted: None,
            origin: None,
            shared: None,
            initiatives,
            ..goal.clone()
        }
    });
    (head, goals.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fundament;
    use crate::domain::goal::{Area, Figure};

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn minted() -> impl FnMut() -> Id {
        let mut count = 0;
        move || {
            count += 1;
            id(&format!("m{count}"))
        }
    }

    #[test]
    fn agreement_two_years_from_the_level_s_own_moment() {
        let cycle = Cycle::of(Date::parse("2026-05-11").unwrap());
        let days = |level| {
            let span = period(cycle, Level::new(level));
            (span.from.unwrap().to_string(), span.to.unwrap().to_string())
        };
        assert_eq!(days(3), ("2026-08-01".to_owned(), "2028-07-31".to_owned()));
        assert_eq!(days(4), days(3));
        assert_eq!(days(2), ("2026-10-01".to_owned(), "2028-09-30".to_owned()));
        assert_eq!(head(None, cycle, Level::new(3)).title.as_str(), "Sammenhængsaftale 2026–2028");
    }

    /// An example that hangs on an indicator nobody has would lead its reader nowhere.
    #[test]
    fn agreement_every_kind_of_unit_has_examples_in_all_areas() {
        for kind in EnhedKind::ALL.into_iter().map(Some).chain([None]) {
            let goals = examples(kind, &id("a"), &mut minted());
            for area in Area::ALL {
                assert!(goals.iter().any(|goal| goal.area == Some(area)), "{kind:?} {area:?}");
            }
            for goal in goals {
                assert!(!goal.signs_of_progression.as_str().is_empty() && goal.initiatives.len() == 1, "{kind:?}");
                for anchor in goal.anchors.keys() {
                    assert!(fundament::indicator_name(anchor.as_str()).is_some(), "{anchor}");
                }
            }
        }
    }

    #[test]
    fn agreement_the_plan_follows_and_the_figures_do_not() {
        let mut goal = Goal {
            text: "Flere er med".into(),
            baseline: Some(Figure { value: Some(7.2), ..Figure::default() }),
            wanted: Some(Figure { value: Some(6.0), ..Figure::default() }),
            ..Goal::default()
        };
        for (own, status) in [("i1", InitiativeStatus::Running), ("i2", InitiativeStatus::Done)] {
            let day = Date::new(2026, 1, 1);
            let initiative = Initiative {
                text: own.into(),
                responsible: "Teamet".into(),
                period: Some(Span { from: day, to: day }),
                status: Some(status),
                ..Initiative::default()
            };
            goal.initiatives.insert(id(own), initiative);
        }
        let head = Aftale { leader: "Anne".into(), employees: "På personalemødet".into(), ..Aftale::default() };
        let before = AgreementBundle { head, goals: vec![(id("g"), goal)], ..AgreementBundle::default() };
        let cycle = Cycle::of(Date::parse("2028-02-11").unwrap());
        let (head, goals) = copied(&before, &id("old"), &id("new"), cycle, &mut minted());
        assert_eq!((head.leader.as_str(), head.employees.as_str(), head.previous), ("Anne", "", Some(id("old"))));
        let [goal] = &*goals else { panic!("one goal") };
        assert_eq!(
            (goal.text.as_str(), &goal.aftale, &goal.baseline, &goal.wanted),
            ("Flere er med", &Some(id("new")), &None, &None)
        );
        let initiatives: Vec<_> = goal.initiatives.values().collect();
        let [carried] = &*initiatives else { panic!("what was done stays behind") };
        assert_eq!((carried.responsible.as_str(), carried.period, carried.status), ("Teamet", None, None));
    }
}
