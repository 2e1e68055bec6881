//! New agreements: empty, from example goals, or from the agreement of the previous cycle.

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
use super::bundle::AgreementBundle;
use super::examples::{Example, examples_for};

/// The proposed two-year period of an agreement.
///
/// Niveau 3 and 4 start with the school year after the conversations, niveau 2 with the quarter after the report. The
/// documents give the length and the first date of all, 1 August; the other dates are a proposal of this app.
pub fn period(cycle: Cycle, level: Option<Level>) -> Span {
    let (year, month) = (cycle.first_year() + 1, if level.is_some_and(|level| u8::from(level) <= 2) { 10 } else { 8 });
    let last = if month == 10 { (9, 30) } else { (7, 31) };
    Span { from: Date::new(year, month, 1), to: Date::new(year + 2, last.0, last.1) }
}

/// Creates the head of a new agreement with title, unit, period and level.
pub fn head(unit: Option<Id>, cycle: Cycle, level: Option<Level>) -> Aftale {
    let period = period(cycle, level);
    let year = |day: Option<Date>| day.map(|day| day.year().to_string()).unwrap_or_default();
    let title = format!("Sammenhængsaftale {}–{}", year(period.from), year(period.to));
    Aftale { title: UserText(title), unit, period: Some(period), level, ..Aftale::default() }
}

/// Creates example goals for a kind of unit, meant to be rewritten. `mint` returns a new id on each call.
pub fn examples(kind: Option<EnhedKind>, aftale: &Id, mint: &mut dyn FnMut() -> Id) -> Vec<Goal> {
    let mut last = None;
    let mut goals = Vec::new();
    for &Example { area, text, indicator, signs, effect, initiative } in examples_for(kind) {
        let order = fractional_index::after(last.as_deref());
        let mut goal = Goal {
            text: text.into(),
            aftale: Some(aftale.clone()),
            area: Some(area),
            reach: Some(if indicator.is_empty() { Reach::Local } else { Reach::Common }),
            signs_of_progression: signs.into(),
            expected_effect: effect.into(),
            order: Some(order.clone()),
            ..Goal::default()
        };
        if let Some(indicator) = Id::parse(indicator) {
            goal.anchors.insert(indicator.clone(), Anchor::Indicator(indicator));
        }
        let initiative =
            Initiative { text: initiative.into(), order: Some(fractional_index::after(None)), ..Initiative::default() };
        goal.initiatives.insert(mint(), initiative);
        last = Some(order);
        goals.push(goal);
    }
    goals
}

/// Copies the plan of the previous cycle's agreement into a new agreement.
///
/// Parties, goals and unfinished initiatives are copied. Figures, initiatives that are done or stopped, involvement,
/// the log and all dates are not copied.
pub fn copy_previous(
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
        let carried = goal.initiatives_in_order().into_iter().filter(|(_, initiative)| {
            !matches!(initiative.status, Some(InitiativeStatus::Done | InitiativeStatus::Stopped))
        });
        let mut initiatives = Entries::<Initiative>::default();
        for (_, initiative) in carried {
            initiatives.insert(mint(), Initiative { period: None, status: None, ..initiative.clone() });
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

    fn counting_mint() -> impl FnMut() -> Id {
        let mut count = 0;
        move || {
            count += 1;
            id(&format!("m{count}"))
        }
    }

    #[test]
    fn period_is_two_years_from_the_start_of_the_level() {
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

    /// An example anchored to an unknown indicator would mislead its reader.
    #[test]
    fn examples_cover_all_areas_for_every_kind_of_unit() {
        for kind in EnhedKind::ALL.into_iter().map(Some).chain([None]) {
            let goals = examples(kind, &id("a"), &mut counting_mint());
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
    fn copy_previous_keeps_the_plan_and_drops_figures_and_finished_initiatives() {
        let mut goal = Goal {
            text: "Flere er med".into(),
            baseline: Some(Figure { value: Some(7.2), ..Figure::default() }),
            wanted: Some(Figure { value: Some(6.0), ..Figure::default() }),
            ..Goal::default()
        };
        for (name, status) in [("i1", InitiativeStatus::Running), ("i2", InitiativeStatus::Done)] {
            let day = Date::new(2026, 1, 1);
            let initiative = Initiative {
                text: name.into(),
                responsible: "Teamet".into(),
                period: Some(Span { from: day, to: day }),
                status: Some(status),
                ..Initiative::default()
            };
            goal.initiatives.insert(id(name), initiative);
        }
        let head = Aftale { leader: "Anne".into(), employees: "På personalemødet".into(), ..Aftale::default() };
        let before = AgreementBundle { head, goals: vec![(id("g"), goal)], ..AgreementBundle::default() };
        let cycle = Cycle::of(Date::parse("2028-02-11").unwrap());
        let (head, goals) = copy_previous(&before, &id("old"), &id("new"), cycle, &mut counting_mint());
        assert_eq!((head.leader.as_str(), head.employees.as_str(), head.previous), ("Anne", "", Some(id("old"))));
        let [goal] = &*goals else { panic!("expected one goal") };
        assert_eq!(
            (goal.text.as_str(), &goal.aftale, &goal.baseline, &goal.wanted),
            ("Flere er med", &Some(id("new")), &None, &None)
        );
        let initiatives: Vec<_> = goal.initiatives.values().collect();
        let [carried] = &*initiatives else { panic!("only the running initiative is copied") };
        assert_eq!((carried.responsible.as_str(), carried.period, carried.status), ("Teamet", None, None));
    }
}
