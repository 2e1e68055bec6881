//! «Hvad mangler?»: suggestions for improving an agreement, the most useful first.
//!
//! Each goal contributes at most one suggestion. A required one blocks the freezing of a version, as
//! [`check_step`](super::step::check_step) does; the others block nothing.

use crate::domain::date::Date;
use crate::domain::goal::{Area, Goal, Horizon, Reach};
use crate::domain::id::Id;
use crate::domain::period::Span;

use super::bundle::AgreementBundle;

/// The part of an agreement that a suggestion is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AftaleGapLocation {
    /// The fields with several concurrent values.
    OpenChoices,
    /// The list of goals.
    Goals,
    /// The goals of one area.
    Area(Area),
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
    /// The field to write, as a JSON Pointer in the record of the part. `/initiatives` stands for the first initiative
    /// of a goal without initiatives. Empty where the suggestion concerns no single field.
    pub field: String,
    /// Whether the gap must be closed before a version can be frozen.
    pub is_required: bool,
    /// What to do, in Danish.
    pub text: String,
}

/// The suggestions for an agreement, the most useful first.
pub fn gaps(bundle: &AgreementBundle) -> Vec<AftaleGap> {
    let mut gaps = Vec::new();
    let mut add = |location: AftaleGapLocation, field: &str, is_required: bool, text: String| {
        gaps.push(AftaleGap { location, field: field.to_owned(), is_required, text });
    };
    let is_empty = |text: &str| text.trim().is_empty();
    if bundle.open_choices > 0 {
        let words = "Vælg, hvad der skal stå, hvor I har skrevet forskelligt";
        add(AftaleGapLocation::OpenChoices, "", true, words.to_owned());
    }
    if bundle.goals.is_empty() {
        add(AftaleGapLocation::Area(Area::ALL[0]), "", true, "Skriv jeres første mål".to_owned());
    }
    let has_no_goal_text = bundle.goals.iter().all(|(_, goal)| is_empty(goal.text.as_str()));
    // Goals with the same need share one suggestion, which leads to the first of them.
    let mut needs: Vec<(&str, &Id, String, Vec<usize>)> = Vec::new();
    for (number, id, goal) in bundle.goals.iter().enumerate().map(|(index, (id, goal))| (index + 1, id, goal)) {
        if let Some((field, words)) = first_need(goal) {
            match needs.iter_mut().find(|(need, ..)| *need == words) {
                Some((.., numbers)) => numbers.push(number),
                None => needs.push((words, id, field, vec![number])),
            }
        }
    }
    for (words, id, field, numbers) in needs {
        let is_required = has_no_goal_text && field == "/text";
        let text = format!("{words} i mål {}", join_numbers(&numbers));
        add(AftaleGapLocation::Goal(id.clone()), &field, is_required, text);
    }
    if !bundle.goals.is_empty() {
        for area in Area::ALL {
            if bundle.of_area(Some(area)).next().is_none() {
                let text = format!("Skriv et mål for {}", area.danish().to_lowercase());
                add(AftaleGapLocation::Area(area), "", false, text);
            }
        }
    }
    let head = &bundle.head;
    let has_day = |day: fn(Span) -> Option<Date>| head.period.and_then(day).is_some();
    let has_leader = !is_empty(head.leader.as_str());
    let has_parties = has_leader && !is_empty(head.counterpart.as_str());
    let has_first_day = has_day(|span| span.from);
    let has_period = has_first_day && has_day(|span| span.to.filter(|_| !span.is_reversed()));
    let about = [
        (!has_parties, if has_leader { "/counterpart" } else { "/leader" }, true, "Skriv, hvem der indgår aftalen"),
        (!has_period, if has_first_day { "/period/to" } else { "/period/from" }, true, "Skriv, hvornår aftalen gælder"),
        (head.local_med.is_none(), "/local_med", false, "Skriv datoen, hvor LokalMED har drøftet den"),
        (is_empty(head.employees.as_str()), "/employees", false, "Skriv, hvordan medarbejderne er med"),
        (is_empty(head.parents.as_str()), "/parents", false, "Skriv, hvordan forældrebestyrelsen er med"),
        (is_empty(head.children.as_str()), "/children", false, "Skriv, hvordan børn og unge er hørt"),
        (is_empty(head.themes.as_str()), "/themes", false, "Skriv, hvilke fælles temaer I tager op"),
    ];
    for (_, field, is_required, words) in about.into_iter().filter(|(is_missing, ..)| *is_missing) {
        add(AftaleGapLocation::About, field, is_required, words.to_owned());
    }
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
            .for_each(|(_, words)| add(AftaleGapLocation::Goals, "", false, words.to_owned()));
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

/// Returns the most useful suggestion for a goal, with the field to write. A goal gets one suggestion only, so that it
/// does not become a list of faults.
fn first_need(goal: &Goal) -> Option<(String, &'static str)> {
    let is_empty = |text: &str| text.trim().is_empty();
    let initiatives = goal.initiatives_in_order();
    let has_initiative = initiatives.iter().any(|(_, initiative)| !is_empty(initiative.text.as_str()));
    let without_responsible = initiatives.iter().find(|(_, initiative)| is_empty(initiative.responsible.as_str()));
    let initiative_field = |id: Option<&Id>, name: &str| {
        id.map_or_else(|| "/initiatives".to_owned(), |id| format!("/initiatives/{id}/{name}"))
    };
    let needs = [
        (is_empty(goal.text.as_str()), "/text".to_owned(), "Skriv, hvad I vil opnå,"),
        (goal.area.is_none(), "/area".to_owned(), "Vælg området"),
        (!has_initiative, initiative_field(initiatives.first().map(|(id, _)| *id), "text"), "Skriv, hvad I vil gøre,"),
        (
            is_empty(goal.signs_of_progression.as_str()),
            "/signs_of_progression".to_owned(),
            "Skriv, hvad I vil se undervejs,",
        ),
        (
            without_responsible.is_some(),
            initiative_field(without_responsible.map(|(id, _)| *id), "responsible"),
            "Skriv, hvem der har indsatsen",
        ),
        (is_empty(goal.expected_effect.as_str()), "/expected_effect".to_owned(), "Skriv, hvilken effekt I venter,"),
        (goal.reach.is_none(), "/reach".to_owned(), "Vælg fælles eller lokalt"),
        (
            goal.anchors.is_empty() && goal.reach == Some(Reach::Common),
            "/anchors".to_owned(),
            "Vælg, hvad det hænger på,",
        ),
    ];
    needs.into_iter().find(|(is_missing, ..)| *is_missing).map(|(_, field, words)| (field, words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::aftale::Aftale;
    use crate::domain::aftale::state::AftaleState;
    use crate::domain::aftale::step::{AftaleStep, StepConditions, check_step};
    use crate::domain::goal::Initiative;

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
        bundle.head = Aftale {
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

    /// Checks that the required gaps are the conditions under which [`check_step`] refuses to freeze a version.
    #[test]
    fn required_gaps_exist_exactly_where_a_version_cannot_be_frozen() {
        #[track_caller]
        fn check(bundle: &AgreementBundle, expected: &[&str]) {
            let is_named = |text: &str| !text.trim().is_empty();
            let conditions = StepConditions {
                open_choices: bundle.open_choices,
                goals: bundle.goals.iter().filter(|(_, goal)| is_named(goal.text.as_str())).count(),
                has_parties: is_named(bundle.head.leader.as_str()) && is_named(bundle.head.counterpart.as_str()),
                has_period: bundle
                    .head
                    .period
                    .is_some_and(|span| span.from.is_some() && span.to.is_some() && !span.is_reversed()),
                ..StepConditions::default()
            };
            let required: Vec<String> =
                gaps(bundle).into_iter().filter(|gap| gap.is_required).map(|gap| gap.text).collect();
            assert_eq!(required, expected);
            assert_eq!(
                required.is_empty(),
                check_step(AftaleStep::Freeze, AftaleState::Draft, &conditions).is_ok(),
                "{conditions:?}"
            );
        }
        let day = Date::new(2026, 8, 1);
        let mut bundle = AgreementBundle::default();
        check(&bundle, &["Skriv jeres første mål", "Skriv, hvem der indgår aftalen", "Skriv, hvornår aftalen gælder"]);
        bundle.head.leader = "Anne".into();
        bundle.head.period = Some(Span { from: day, to: None });
        bundle.goals = vec![(id("a"), Goal { text: " ".into(), ..Goal::default() })];
        check(
            &bundle,
            &["Skriv, hvad I vil opnå, i mål 1", "Skriv, hvem der indgår aftalen", "Skriv, hvornår aftalen gælder"],
        );
        bundle.goals.push((id("b"), Goal { text: "Målet".into(), ..Goal::default() }));
        bundle.head.counterpart = "Bo".into();
        check(&bundle, &["Skriv, hvornår aftalen gælder"]);
        bundle.head.period = Some(Span { from: day, to: Date::new(2026, 7, 31) });
        check(&bundle, &["Skriv, hvornår aftalen gælder"]);
        bundle.head.period = Some(Span { from: day, to: day });
        check(&bundle, &[]);
        bundle.open_choices = 1;
        check(&bundle, &["Vælg, hvad der skal stå, hvor I har skrevet forskelligt"]);
    }

    #[test]
    fn each_gap_names_the_field_to_write() {
        #[track_caller]
        fn check(goal: Goal, expected: &str) {
            let bundle = AgreementBundle { goals: vec![(id("a"), goal)], ..AgreementBundle::default() };
            let gap = gaps(&bundle).into_iter().find(|gap| gap.location == AftaleGapLocation::Goal(id("a")));
            assert_eq!(gap.unwrap().field, expected);
        }
        let complete = complete_goal(Area::Quality, Reach::Common, Horizon::Long);
        check(Goal::default(), "/text");
        check(Goal { area: None, ..complete.clone() }, "/area");
        check(Goal { initiatives: crate::domain::body::Entries::default(), ..complete.clone() }, "/initiatives");
        let mut goal = complete.clone();
        goal.initiatives.get_mut(&id("i1")).unwrap().text = "".into();
        check(goal, "/initiatives/i1/text");
        let mut goal = complete.clone();
        goal.initiatives.get_mut(&id("i1")).unwrap().responsible = "".into();
        check(goal, "/initiatives/i1/responsible");
        check(Goal { expected_effect: "".into(), ..complete.clone() }, "/expected_effect");
        check(Goal { reach: None, ..complete }, "/reach");
        let head = |head: Aftale| {
            let gaps = gaps(&AgreementBundle { head, ..AgreementBundle::default() }).into_iter();
            gaps.filter(|gap| gap.location == AftaleGapLocation::About).map(|gap| gap.field).collect::<Vec<_>>()
        };
        assert_eq!(head(Aftale::default())[..2], ["/leader", "/period/from"]);
        let period = Some(Span { from: Date::new(2026, 8, 1), to: None });
        assert_eq!(
            head(Aftale { leader: "Anne".into(), period, ..Aftale::default() })[..2],
            ["/counterpart", "/period/to"]
        );
    }
}
