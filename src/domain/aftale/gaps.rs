//! «Hvad mangler?»: what would make an agreement a better one. A friendly list, the most useful first; never a wall.

use crate::domain::goal::{Area, Goal, Horizon, Reach};
use crate::domain::id::Id;

use super::whole::AgreementBundle;

/// Where something is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AftaleGapLocation {
    /// In the agreement as a whole: among its goals.
    Goals,
    /// In a goal.
    Goal(Id),
    /// In what is said of parties, period and involvement.
    About,
}

/// Something that would help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AftaleGap {
    /// Where.
    pub place: AftaleGapLocation,
    /// What to do, in Danish.
    pub words: String,
}

/// What is missing in an agreement, the most useful first.
pub fn gaps(whole: &AgreementBundle) -> Vec<AftaleGap> {
    let mut gaps = Vec::new();
    let mut add = |place: AftaleGapLocation, words: String| gaps.push(AftaleGap { place, words });
    if whole.open_choices > 0 {
        add(AftaleGapLocation::Goals, "Vælg, hvad der skal stå, hvor I har skrevet forskelligt".to_owned());
    }
    if whole.goals.is_empty() {
        add(AftaleGapLocation::Goals, "Skriv jeres første mål".to_owned());
    }
    // One line a need, and not one a goal.
    let mut needs: Vec<(&str, &Id, Vec<usize>)> = Vec::new();
    for (number, id, goal) in whole.goals.iter().enumerate().map(|(index, (id, goal))| (index + 1, id, goal)) {
        if let Some(words) = of_goal(goal) {
            match needs.iter_mut().find(|(own, ..)| *own == words) {
                Some((.., numbers)) => numbers.push(number),
                None => needs.push((words, id, vec![number])),
            }
        }
    }
    for (words, id, numbers) in needs {
        add(AftaleGapLocation::Goal(id.clone()), format!("{words} i mål {}", listed(&numbers)));
    }
    if !whole.goals.is_empty() {
        for area in Area::ALL {
            if whole.of_area(Some(area)).next().is_none() {
                add(AftaleGapLocation::Goals, format!("Skriv et mål for {}", area.danish().to_lowercase()));
            }
        }
    }
    let head = &whole.head;
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
    if whole.goals.len() > 1 {
        let has = |reach: Reach| whole.goals.iter().any(|(_, goal)| goal.reach == Some(reach));
        let looks = |horizon: Horizon| whole.goals.iter().any(|(_, goal)| goal.horizon == Some(horizon));
        let mix = [
            (!has(Reach::Common), "Tag et fælles mål med"),
            (!has(Reach::Local), "Tag et mål med, der er helt jeres eget"),
            (!looks(Horizon::Short), "Tag et mål med på kort sigt"),
            (!looks(Horizon::Long), "Tag et mål med på langt sigt"),
        ];
        mix.into_iter()
            .filter(|(is_missing, _)| *is_missing)
            .for_each(|(_, words)| add(AftaleGapLocation::Goals, words.to_owned()));
    }
    gaps
}

/// Numbers as one says them: `1, 2 og 4`.
fn listed(numbers: &[usize]) -> String {
    let words: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    match &*words {
        [before @ .., last] if !before.is_empty() => format!("{} og {last}", before.join(", ")),
        _ => words.concat(),
    }
}

/// The one thing that a goal needs first; a goal is never a list of faults.
fn of_goal(goal: &Goal) -> Option<&'static str> {
    let is_empty = |text: &str| text.trim().is_empty();
    let initiatives = || goal.initiatives.values();
    let needs = [
        (is_empty(goal.text.as_str()), "Skriv, hvad I vil opnå,"),
        (goal.area.is_none(), "Vælg området"),
        (initiatives().all(|own| is_empty(own.text.as_str())), "Skriv, hvad I vil gøre,"),
        (is_empty(goal.signs_of_progression.as_str()), "Skriv, hvad I vil se undervejs,"),
        (initiatives().any(|own| is_empty(own.responsible.as_str())), "Skriv, hvem der har indsatsen"),
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

    fn words(whole: &AgreementBundle) -> Vec<String> {
        gaps(whole).into_iter().map(|gap| gap.words).collect()
    }

    fn whole_goal(area: Area, reach: Reach, horizon: Horizon) -> Goal {
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
    fn agreement_what_is_missing_begins_with_the_first_goal() {
        assert_eq!(words(&AgreementBundle::default())[0], "Skriv jeres første mål");
        // One thing a goal: never a wall.
        let one = AgreementBundle { goals: vec![(id("g"), Goal::default())], ..AgreementBundle::default() };
        assert_eq!(words(&one).iter().filter(|words| words.ends_with("mål 1")).count(), 1);
        assert_eq!(words(&one)[0], "Skriv, hvad I vil opnå, i mål 1");
        let goals = ["a", "b", "c"].map(|own| (id(own), Goal::default()));
        let three = AgreementBundle { goals: goals.to_vec(), ..AgreementBundle::default() };
        assert_eq!(words(&three)[0], "Skriv, hvad I vil opnå, i mål 1, 2 og 3");
    }

    #[test]
    fn agreement_a_whole_one_misses_nothing() {
        let mut whole = AgreementBundle {
            goals: vec![
                (id("a"), whole_goal(Area::Quality, Reach::Common, Horizon::Long)),
                (id("b"), whole_goal(Area::Economy, Reach::Local, Horizon::Short)),
                (id("c"), whole_goal(Area::StaffWellbeing, Reach::Local, Horizon::Short)),
            ],
            ..AgreementBundle::default()
        };
        let day = Date::new(2026, 8, 1);
        let texts = ["leader", "counterpart", "employees", "parents", "children", "themes"].map(|_| "Ord".into());
        let [leader, counterpart, employees, parents, children, themes] = texts;
        whole.head = crate::domain::aftale::Aftale {
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
        assert_eq!(words(&whole), Vec::<String>::new());
        whole.goals.pop();
        assert_eq!(words(&whole), ["Skriv et mål for medarbejdertrivsel"]);
        whole.open_choices = 1;
        assert!(words(&whole)[0].contains("forskelligt"));
    }
}
