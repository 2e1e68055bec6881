//! What a goal of an agreement or practice can be anchored to, in groups to choose from.

use super::body::Map;
use super::fundament::{Edition, FundamentItem, Sort};
use super::goal::Anchor;
use super::id::Id;
use super::indicator::Group;
use super::relations::{LocalFacts, item_name};
use super::unit_task::UnitTask;

/// Things of one kind that a goal or practice can be anchored to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnchorGroup {
    /// The Danish heading.
    pub title: String,
    /// The things, in sets.
    pub sets: Vec<AnchorSet>,
}

/// A part of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnchorSet {
    /// The Danish heading; empty where the group has only this set.
    pub legend: String,
    /// The things.
    pub options: Vec<AnchorOption>,
}

/// A thing that a goal or practice can be anchored to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnchorOption {
    /// The anchor.
    pub anchor: Anchor,
    /// The name of the thing.
    pub name: String,
}

/// Makes the anchor to the thing with an id.
type MakeAnchor = fn(Id) -> Anchor;

/// Returns what a goal can be anchored to beside its indicator and the themes of the cycle.
pub fn goal_groups(edition: &Edition, facts: &LocalFacts) -> Vec<AnchorGroup> {
    let pejlemaerker = of_sort("", edition, Sort::Pejlemaerke, Anchor::Pejlemaerke);
    let groups = [group("Pejlemærker", vec![pejlemaerker])].into_iter().chain(common_groups(edition, facts));
    groups.filter(|group| !group.sets.is_empty()).collect()
}

/// Returns what practice can be anchored to beside the themes of the cycle. `indicators` are those of the unit.
pub fn practice_groups(edition: &Edition, indicators: &[Group], facts: &LocalFacts) -> Vec<AnchorGroup> {
    let mut with_indicators = vec![of_sort("Pejlemærker", edition, Sort::Pejlemaerke, Anchor::Pejlemaerke)];
    for Group { label, indicators, .. } in indicators {
        let options = indicators
            .iter()
            .filter_map(|indicator| Some(option(Anchor::Indicator, Id::parse(&indicator.id)?, indicator.name.clone())));
        with_indicators.push(AnchorSet { legend: label.clone(), options: options.collect() });
    }
    let has_ended = |aftale: &Id| facts.ended.contains(aftale);
    let goals = facts.goals.iter().filter(|(_, goal)| !goal.aftale.as_ref().is_some_and(has_ended));
    let goals = goals.map(|(id, goal)| option(Anchor::Goal, id.clone(), goal.name().to_owned()));
    let goals = AnchorSet { legend: String::new(), options: goals.collect() };
    let groups = [group("Mål i aftalen", vec![goals]), group("Pejlemærker og indikatorer", with_indicators)]
        .into_iter()
        .chain(common_groups(edition, facts))
        .chain([
            group("Relationel velfærd", vec![of_sort("", edition, Sort::Pair, Anchor::Pair)]),
            group("Greb mod mangel på arbejdskraft", vec![of_sort("", edition, Sort::Lever, Anchor::Lever)]),
        ]);
    groups.filter(|group| !group.sets.is_empty()).collect()
}

/// Returns what a record is anchored to and what is not offered any more: a theme of an earlier cycle, a goal of an
/// ended agreement, a deleted task. `listed` are the anchors that were returned before; they stay when their box is
/// emptied.
pub fn not_offered(
    listed: &[Anchor],
    anchors: &Map<Id, Anchor>,
    themes: &AnchorSet,
    groups: &[AnchorGroup],
) -> Vec<Anchor> {
    let sets = std::iter::once(themes).chain(groups.iter().flat_map(|group| &group.sets));
    let offered: Vec<&Id> = sets.flat_map(|set| &set.options).map(|option| option.anchor.id()).collect();
    let is_new = |anchor: &&Anchor| listed.iter().all(|other| other.id() != anchor.id());
    let mut found: Vec<Anchor> = listed.iter().chain(anchors.values().filter(is_new)).cloned().collect();
    found.retain(|anchor| !offered.contains(&anchor.id()));
    found
}

/// Returns the groups that goals and practice share. Some may be empty.
fn common_groups(edition: &Edition, facts: &LocalFacts) -> Vec<AnchorGroup> {
    let council_goals = of_sort("", edition, Sort::Goal, Anchor::CouncilGoal);
    let council_title = format!("Byrådets mål 1–{}", council_goals.options.len());
    let own_task = |(id, task): &(Id, UnitTask)| option(Anchor::CoreService, id.clone(), task.name().to_owned());
    let own_tasks = facts.tasks.iter().map(own_task).collect();
    let own_tasks = AnchorSet { legend: "Jeres egne".to_owned(), options: own_tasks };
    // The core services of the foundation are the tasks directly under its first task, the common one.
    let first = edition.of_sort(Sort::Task).next().map(|task| task.id.as_str());
    let core_services = edition.of_sort(Sort::Task).filter(|task| task.on.first().map(String::as_str) == first);
    let core_services =
        set("Fra fundamentet", edition, core_services.filter(|task| !task.on.is_empty()), Anchor::CoreService);
    let mut syn = vec![of_sort("Hele synet", edition, Sort::Syn, Anchor::Syn)];
    syn.extend(
        edition.of_sort(Sort::Syn).map(|item| set(&item.label, edition, item.parts_of(Sort::Statement), Anchor::Syn)),
    );
    let behaviour = vec![
        of_sort("Måder at arbejde på", edition, Sort::Way, Anchor::Behaviour),
        of_sort("Forventninger i hverdagen", edition, Sort::Expectation, Anchor::Behaviour),
    ];
    vec![
        group("Temaer i Sammenhængsmodellen", vec![of_sort("", edition, Sort::Theme, Anchor::Theme)]),
        group(&council_title, vec![council_goals]),
        group("Jeres kerneydelser", vec![own_tasks, core_services]),
        group("Foretrukken praksis", vec![of_sort("", edition, Sort::Practice, Anchor::Practice)]),
        group("De fire syn", syn),
        group("Adfærd", behaviour),
    ]
}

fn option(make_anchor: MakeAnchor, id: Id, name: String) -> AnchorOption {
    AnchorOption { anchor: make_anchor(id), name }
}

/// Builds a group without its empty sets.
fn group(title: &str, mut sets: Vec<AnchorSet>) -> AnchorGroup {
    sets.retain(|set| !set.options.is_empty());
    AnchorGroup { title: title.to_owned(), sets }
}

/// Builds the set of all items of a sort.
fn of_sort(legend: &str, edition: &Edition, sort: Sort, make_anchor: MakeAnchor) -> AnchorSet {
    set(legend, edition, edition.of_sort(sort), make_anchor)
}

/// Builds a set of items.
fn set<'e>(
    legend: &str,
    edition: &Edition,
    items: impl Iterator<Item = &'e FundamentItem>,
    make_anchor: MakeAnchor,
) -> AnchorSet {
    let options = items.filter_map(|item| Some(option(make_anchor, Id::parse(&item.id)?, item_name(edition, item))));
    AnchorSet { legend: legend.to_owned(), options: options.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fundament;
    use crate::domain::goal::Goal;
    use crate::domain::indicator;
    use crate::domain::relations::RelationMap;
    use crate::domain::unit_task::UnitTask;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn facts() -> LocalFacts {
        let goal = |text: &str, aftale: &str| Goal { text: text.into(), aftale: Some(id(aftale)), ..Goal::default() };
        LocalFacts {
            goals: vec![(id("maal0"), goal("Før", "aftale0")), (id("maal1"), goal("Nu", "aftale1"))],
            ended: vec![id("aftale0")],
            tasks: vec![(id("opgave1"), UnitTask { title: "Undervisning".into(), ..UnitTask::default() })],
            ..LocalFacts::default()
        }
    }

    /// The groups, each as its title and the number of its options.
    fn sizes(groups: &[AnchorGroup]) -> Vec<(&str, usize)> {
        let size = |group: &AnchorGroup| group.sets.iter().map(|set| set.options.len()).sum::<usize>();
        groups.iter().map(|group| (group.title.as_str(), size(group))).collect()
    }

    #[test]
    fn goal_groups_offer_what_the_fundament_and_the_unit_have() {
        let edition = fundament::present_edition().unwrap();
        let common = [
            ("Temaer i Sammenhængsmodellen", 5),
            ("Byrådets mål 1–9", 9),
            ("Jeres kerneydelser", 5),
            ("Foretrukken praksis", 4),
            ("De fire syn", 18),
            ("Adfærd", 10),
        ];
        let mut expected = vec![("Pejlemærker", 3)];
        expected.extend(common);
        assert_eq!(sizes(&goal_groups(edition, &facts())), expected);
        expected[3].1 = 4;
        assert_eq!(sizes(&goal_groups(edition, &LocalFacts::default())), expected, "no tasks of the unit's own");
    }

    #[test]
    fn practice_groups_offer_goals_of_current_agreements_and_indicators_too() {
        let edition = fundament::present_edition().unwrap();
        let groups = practice_groups(edition, &indicator::groups(Some(edition), &[]), &facts());
        let sizes = sizes(&groups);
        assert_eq!(sizes[..2], [("Mål i aftalen", 1), ("Pejlemærker og indikatorer", 3 + 12 + 2)]);
        assert_eq!(sizes[8..], [("Relationel velfærd", 9), ("Greb mod mangel på arbejdskraft", 3)]);
        assert_eq!(groups[0].sets[0].options[0].name, "Nu");
    }

    /// A box that is not there cannot be emptied: the goal would hang on the deleted task for ever.
    #[test]
    fn what_is_not_offered_any_more_stays_until_it_is_offered_again() {
        let edition = fundament::present_edition().unwrap();
        let themes = AnchorSet {
            legend: String::new(),
            options: vec![option(Anchor::Theme, id("tema2"), "Til stede hver dag".to_owned())],
        };
        let chosen = |anchors: &[Anchor]| -> Map<Id, Anchor> {
            let mut map = Map::default();
            map.extend(anchors.iter().map(|anchor| (anchor.id().clone(), anchor.clone())));
            map
        };
        let (offered, deleted) = (Anchor::CoreService(id("opgave1")), Anchor::CoreService(id("slettet")));
        let (earlier, current) = (Anchor::Theme(id("tema1")), Anchor::Theme(id("tema2")));
        let ended = Anchor::Goal(id("maal0"));
        let groups = practice_groups(edition, &[], &facts());
        let all = chosen(&[offered, deleted.clone(), earlier.clone(), current, ended.clone()]);
        let listed = not_offered(&[], &all, &themes, &groups);
        assert_eq!(listed, [ended, deleted, earlier], "in the order of their ids");
        assert_eq!(not_offered(&listed, &Map::default(), &themes, &groups), listed, "emptied boxes stay");
        let again = LocalFacts { ended: Vec::new(), ..facts() };
        let groups = practice_groups(edition, &[], &again);
        assert_eq!(not_offered(&listed, &all, &themes, &groups), listed[1..], "the agreement is in force again");
    }

    /// An option whose anchor names no thing could be ticked, and nobody could follow it.
    #[test]
    fn every_option_leads_to_its_thing() {
        let (edition, facts) = (fundament::present_edition().unwrap(), facts());
        let map = RelationMap::of(edition, &facts);
        let mut groups = practice_groups(edition, &indicator::groups(Some(edition), &[]), &facts);
        groups.extend(goal_groups(edition, &facts));
        for option in groups.iter().flat_map(|group| &group.sets).flat_map(|set| &set.options) {
            let id = option.anchor.id().as_str();
            assert!(map.get(id).is_some() || indicator::name(id).is_some(), "{}", option.name);
        }
    }
}
