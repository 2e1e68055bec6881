//! «Hvad mangler?»: suggestions for improving an agreement, the most useful first.
//!
//! Suggestions never block anything. Each goal contributes at most one suggestion.

use crate::domain::goal::{Area, Goal, Horizon, Reach};
use crate::domain::id::Id;

use super::bundle::AgreementBundle;

/// The part of an agreement that a suggestion is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AftaleGapLocation {
    /// The list of goals.
    Goals,
    /// One goal.
    Goal(Id),
    /// The head: parties, period and involvement.
    About,
}

/// A suggestion for improving an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AftaleGap {
    /// The part that the suggestion is about.
    pub location: AftaleGapLocation,
    /// What to do, in Danish.
    pub text: String,
}

/// The suggestions for an agreement, the most useful first.
pub fn gaps(bundle: &AgreementBundle) -> Vec<AftaleGap> {
    let mut gaps = Vec::new();
    let mut add = |place: AftaleGapLocation, words: String| gaps.push(AftaleGap { location: place, text: words });
    if bundle.open_choices > 0 {
        add(AftaleGapLocation::Goals, "Vælg, hvad der skal stå, hvor I har skrevet forskelligt".to_owned());
    }
    if bundle.goals.is_empty() {
        add(AftaleGapLocation::Goals, "Skriv jeres første mål".to_owned());
    }
    // Goals with the same need share one suggestion.
    let mut needs: Vec<(&str, &Id, Vec<usize>)> = Vec::new();
    for (number, id, goal) in bundle.goals.iter().enumerate().map(|(index, (id, goal))| (index + 1, id, goal)) {
        if let Some(words) = first_need(goal) {
            match needs.iter_mut().find(|(need, ..)| *need == words) {
                Some((.., numbers)) => numbers.push(number),
                None => needs.push((words, id, vec![number])),
            }
        }
    }
    for (words, id, numbers) in needs {
        add(AftaleGapLocation::Goal(id.clone()), format!("{words} i mål {}", join_numbers(&numbers)));
    }
    if !bundle.goals.is_empty() {
        for area in Area::ALL {
            if bundle.of_area(Some(area)).next().is_none() {
                add(AftaleGapLocation::Goals, format!("Skriv et mål for {}", area.danish().to_lowercase()));
            }
        }
    }
    let head = &bundle.head;
    let is_empty = |text: &str| text.trim().is_empty();
    let about = [
        (is_empty(head.leader.as_str()) || is_empty(head.counterpart.as_str()), "Skriv, hvem der indgår aftalen"),
        (head.period.is_none_or(|span| span.from.is_none() || span.to.is_none()), "Skriv, hvornår aftalen gælder"),
        (head.local_med.is_none(), "Skriv datoen, hvor LokalMED har drøftet den"),
        (is_empty(head.employees.as_str()), "Skriv, hvordan medarbejderne er med"),
        (is_empty(head.parents.as_str()), "Skriv, hvordan forældrebestyrelsen er med"),
        (is_empty(head.children.as_str()), "Skriv, hvordan børn og unge er hørt"),
        (is_empty(head.themes.as_str()), "Skriv, hvilke fælles temaer I tager op"),
    ];
    let about = about.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, words)| words.to_owned());
    about.for_each(|words| add(AftaleGapLocation::About, words));
    if bundle.goals.len() > 1 {
        let has_reach = |reach: Reach| bundle.goals.iter().any(|(_, goal)| goal.reach == Some(reach));
        let has_horizon = |horizon: Horizon| bundle.goals.iter().any(|(_, goal)| goal.horizon == Some(horizon));
        let mix = [
            (!has_reach(Reach::Common), "Tag et fælles mål med"),
            (!has_reach(Reach::Local), "Tag et mål med, der er helt jeres eget"),
            (!has_horizon(Horizon::Short), "Tag et mål med på kort sigt"),
            (!has_horizon(Horizon::Long), "Tag et mål med på langt sigt"),
        ];
        mix.into_iter()
            .filter(|(is_missing, _)| *is_missing)
            .for_each(|(_, words)| add(AftaleGapLocation::Goals, words.to_owned()));
    }
    gaps
}

/// Joins numbers into a Danish list: `1, 2 og 4`.
fn join_numbers(numbers: &[usize]) -> String {
    let words: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    match &*words {
        [rest @ .., last] if !rest.is_empty() => format!("{} og {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

/// The most useful suggestion for a goal. Only one is given, so that no goal becomes a list of faults.
fn first_need(goal: &Goal) -> Option<&'static str> {
    let is_empty = |text: &str| text.trim().is_empty();
    let initiatives = || goal.initiatives.values();
    let needs = [
        (is_empty(goal.text.as_str()), "Skriv, hvad I vil opnå,"),
        (goal.area.is_none(), "Vælg området"),
        (initiatives().all(|initiative| is_empty(initiative.text.as_str())), "Skriv, hvad I vil gøre,"),
        (is_empty(goal.signs_of_progression.as_str()), "Skriv, hvad I vil se undervejs,"),
        (initiatives().any(|initiative| is_empty(initiative.responsible.as_str())), "Skriv, hvem der har indsatsen"),
        (is_empty(goal.expected_effect.as_str()), "Skriv, hvilken effekt I venter,"),
        (goal.reach.is_none(), "Vælg fælles eller lokalt"),
        (goal.anchors.is_empty() && goal.reach == Some(Reach::Common), "Vælg, hvad det hænger på,"),
    ];
    needs.into_iter().find(|(is_missing, _)| *is_missing).map(|(_, words)| words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Date;
    use crate::domain::goal::Initiative;
    use crate::domain::period::Span;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn words(bundle: &AgreementBundle) -> Vec<String> {
        gaps(bundle).into_iter().map(|gap| gap.text).collect()
    }

    fn complete_goal(area: Area, reach: Reach, horizon: Horizon) -> Goal {
        let mut goal = Goal {
            text: "Målet".into(),
            area: Some(area),
            reach: Some(reach),
            horizon: Some(horizon),
            signs_of_progression: "Tegn".into(),
            expected_effect: "Effekt".into(),
            ..Goal::default()
        };
        goal.anchors.insert(id("fravaer"), crate::domain::goal::Anchor::Indicator(id("fravaer")));
        let initiative = Initiative { text: "Indsats".into(), responsible: "Teamet".into(), ..Initiative::default() };
        goal.initiatives.insert(id("i1"), initiative);
        goal
    }

    #[test]
    fn gaps_name_one_need_per_goal_and_join_goals_with_the_same_need() {
        assert_eq!(words(&AgreementBundle::default())[0], "Skriv jeres første mål");
        // Each goal gets one suggestion at most.
        let one = AgreementBundle { goals: vec![(id("g"), Goal::default())], ..AgreementBundle::default() };
        assert_eq!(words(&one).iter().filter(|words| words.ends_with("mål 1")).count(), 1);
        assert_eq!(words(&one)[0], "Skriv, hvad I vil opnå, i mål 1");
        let goals = ["a", "b", "c"].map(|goal| (id(goal), Goal::default()));
        let three = AgreementBundle { goals: goals.to_vec(), ..AgreementBundle::default() };
        assert_eq!(words(&three)[0], "Skriv, hvad I vil opnå, i mål 1, 2 og 3");
    }

    #[test]
    fn gaps_are_empty_for_a_complete_agreement() {
        let mut bundle = AgreementBundle {
            goals: vec![
                (id("a"), complete_goal(Area::Quality, Reach::Common, Horizon::Long)),
                (id("b"), complete_goal(Area::Economy, Reach::Local, Horizon::Short)),
                (id("c"), complete_goal(Area::StaffWellbeing, Reach::Local, Horizon::Short)),
            ],
            ..AgreementBundle::default()
        };
        let day = Date::new(2026, 8, 1);
        let texts = ["leader", "counterpart", "employees", "parents", "children", "themes"].map(|_| "Ord".into());
        let [leader, counterpart, employees, parents, children, themes] = texts;
        bundle.head = crate::domain::aftale::Aftale {
            leader,
            counterpart,
            employees,
            parents,
            children,
            themes,
            period: Some(Span { from: day, to: day }),
            local_med: day,
            ..Default::default()
        };
        assert_eq!(words(&bundle), Vec::<String>::new());
        bundle.goals.pop();
        assert_eq!(words(&bundle), ["Skriv et mål for medarbejdertrivsel"]);
        bundle.open_choices = 1;
        assert!(words(&bundle)[0].contains("forskelligt"));
    }
}
