//! What hangs on what: the items of an edition of the foundation, and the records of a unit that hang on them [FIF-12].
//!
//! Each thing names the things that it hangs on. Both directions follow from these names alone, so a line that is
//! followed upwards can always be followed back.

use super::aftale::Aftale;
use super::body::Map;
use super::date::Date;
use super::deviation::Deviation;
use super::fractional_index;
use super::fundament::{self, Edition, FundamentItem, Sort};
use super::goal::{Anchor, Goal};
use super::id::Id;
use super::indicator::{self, Indicator, OwnIndicator};
use super::practice::PracticeSort;
use super::proevehandling::Proevehandling;
use super::prototype::Prototype;
use super::unit_task::UnitTask;

/// The sorts of item that hang on others, or that others hang on.
const RELATED_SORTS: [Sort; 12] = [
    Sort::Task,
    Sort::Theme,
    Sort::Goal,
    Sort::Pejlemaerke,
    Sort::Indicator,
    Sort::Syn,
    Sort::Statement,
    Sort::Practice,
    Sort::Way,
    Sort::Expectation,
    Sort::Pair,
    Sort::Lever,
];

/// Returns whether items of a sort hang on others, or others on them.
pub fn is_related(sort: Sort) -> bool {
    RELATED_SORTS.contains(&sort)
}

/// Returns the name of an item in lists: its label, and for a goal of the council its number before it [FIF-11, EFF].
pub fn item_name(edition: &Edition, item: &FundamentItem) -> String {
    if item.sort != Sort::Goal {
        return item.label.clone();
    }
    let index = edition.of_sort(Sort::Goal).position(|goal| goal.id == item.id).unwrap_or_default();
    format!("Mål {}: {}", index + 1, item.label)
}

/// The sort of a thing that hangs on others, or that others hang on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RelatedSort {
    /// An item of the foundation.
    Item {
        /// The sort of the item.
        sort: Sort,
        /// The id of the edition.
        edition: &'static str,
    },
    /// An indicator that is not in the foundation: a ready-made one, or one that the unit defined.
    Indicator,
    /// A theme of a cycle.
    Theme,
    /// A task of the unit's own.
    Task {
        /// The unit.
        unit: Option<Id>,
    },
    /// A goal of an agreement.
    Goal {
        /// The agreement.
        aftale: Option<Id>,
    },
    /// An initiative for reaching a goal.
    Initiative {
        /// The agreement.
        aftale: Option<Id>,
        /// The goal.
        goal: Id,
    },
    /// A positive deviation, a trial or a prototype.
    Practice(PracticeSort),
}

impl RelatedSort {
    /// Returns the Danish heading of a list of things of the sort.
    pub const fn heading(&self) -> &'static str {
        match self {
            Self::Item { sort, .. } => match sort {
                Sort::Theme => "Temaer i Sammenhængsmodellen",
                Sort::Goal => "Byrådets mål",
                Sort::Pejlemaerke => "Pejlemærker",
                Sort::Indicator => "Indikatorer",
                Sort::Task => "Opgavehierarkiet",
                Sort::Syn => "De fire syn",
                Sort::Statement => "Udsagn",
                Sort::Practice => "Foretrukken praksis",
                Sort::Way | Sort::Expectation => "Adfærd",
                Sort::Pair => "Modsætninger",
                Sort::Lever => "Greb mod mangel på arbejdskraft",
                _ => "Fundamentet",
            },
            Self::Indicator => "Andre indikatorer",
            Self::Theme => "De fælles temaer",
            Self::Task { .. } => "Jeres kerneydelser",
            Self::Goal { .. } => "Mål i aftalen",
            Self::Initiative { .. } => "Indsatser",
            Self::Practice(sort) => sort.plural(),
        }
    }
}

/// A thing that hangs on others, or that others hang on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedThing {
    /// The id of the item or the record; of an initiative, the id of its goal, a dot, and its own id.
    pub id: String,
    /// The name in lists.
    pub name: String,
    /// The sort.
    pub sort: RelatedSort,
    /// The ids of the things that it hangs on directly.
    pub on: Vec<String>,
    /// Whether it belongs to an agreement that has ended.
    pub is_past: bool,
}

/// A record of a unit that hangs on something, directly or through something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalThing {
    /// The record, or the initiative in it.
    pub thing: RelatedThing,
    /// The name of what it hangs on directly; `None` if that is the thing in question itself.
    pub through: Option<String>,
}

/// What a thing hangs on, and what hangs on it. In each list the nearest come first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relations {
    /// The things that it hangs on, at any distance.
    pub up: Vec<RelatedThing>,
    /// The items of the foundation that hang on it, at any distance.
    pub down: Vec<RelatedThing>,
    /// The records of the unit that hang on it, at any distance. Those of agreements that have ended come last.
    pub local: Vec<LocalThing>,
}

/// The records of a unit that hang on others, or that others hang on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LocalFacts {
    /// The goals of the unit's agreements, in order.
    pub goals: Vec<(Id, Goal)>,
    /// The agreements that have ended.
    pub ended: Vec<Id>,
    /// The positive deviations.
    pub deviations: Vec<(Id, Deviation)>,
    /// The trials.
    pub trials: Vec<(Id, Proevehandling)>,
    /// The prototypes.
    pub prototypes: Vec<(Id, Prototype)>,
    /// The unit's own tasks, in order.
    pub tasks: Vec<(Id, UnitTask)>,
    /// The indicators that the unit defined.
    pub indicators: Vec<(Id, OwnIndicator)>,
    /// The themes of all cycles: id and title.
    pub themes: Vec<(Id, String)>,
}

impl LocalFacts {
    /// Adds other facts.
    pub fn extend(&mut self, other: &Self) {
        self.goals.extend(other.goals.iter().cloned());
        self.ended.extend(other.ended.iter().cloned());
        self.deviations.extend(other.deviations.iter().cloned());
        self.trials.extend(other.trials.iter().cloned());
        self.prototypes.extend(other.prototypes.iter().cloned());
        self.tasks.extend(other.tasks.iter().cloned());
        self.indicators.extend(other.indicators.iter().cloned());
        self.themes.extend(other.themes.iter().cloned());
    }

    /// Adds the goals of an agreement as it is on a day. The last day belongs to the agreement.
    pub fn add_agreement(&mut self, id: Id, head: &Aftale, goals: Vec<(Id, Goal)>, today: Date) {
        self.goals.extend(goals);
        if head.period.and_then(|period| period.to).is_some_and(|last_day| last_day < today) {
            self.ended.push(id);
        }
    }

    /// Returns what goals and practice are anchored to.
    fn anchors(&self) -> impl Iterator<Item = &Anchor> {
        let goals = self.goals.iter().map(|(_, goal)| &goal.anchors);
        let deviations = self.deviations.iter().map(|(_, deviation)| &deviation.anchors);
        let trials = self.trials.iter().map(|(_, trial)| &trial.anchors);
        let prototypes = self.prototypes.iter().map(|(_, prototype)| &prototype.anchors);
        goals.chain(deviations).chain(trials).chain(prototypes).flat_map(|anchors| anchors.values())
    }
}

/// The things of an edition and of a unit, each with what it hangs on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RelationMap {
    things: Vec<RelatedThing>,
}

impl RelationMap {
    /// Builds the map of an edition and a unit. What goals and practice are anchored to, and the edition lacks, is
    /// taken from the other editions.
    pub fn of(edition: &'static Edition, facts: &LocalFacts) -> Self {
        let mut map = Self::default();
        map.add_items(edition, edition.about());
        for (id, title) in &facts.themes {
            map.add(id.to_string(), title, RelatedSort::Theme, Vec::new());
        }
        for (id, own) in &facts.indicators {
            let on = own.pejlemaerke.iter().map(ToString::to_string).collect();
            map.add(id.to_string(), &Indicator::of_own(id, own).name, RelatedSort::Indicator, on);
        }
        let core_task = edition.of_sort(Sort::Task).next().map(|task| task.id.clone());
        for (id, task) in &facts.tasks {
            let above = task.above.as_ref().map(ToString::to_string).or_else(|| core_task.clone());
            let sort = RelatedSort::Task { unit: task.unit.clone() };
            map.add(id.to_string(), task.name(), sort, above.into_iter().collect());
        }
        map.add_goals(facts);
        for (id, deviation) in &facts.deviations {
            map.add_practice(id, &deviation.name(), PracticeSort::Deviation, &deviation.anchors, None);
        }
        for (id, trial) in &facts.trials {
            map.add_practice(id, &trial.name(), PracticeSort::Trial, &trial.anchors, trial.origin.as_ref());
        }
        for (id, prototype) in &facts.prototypes {
            map.add_practice(id, &prototype.name(), PracticeSort::Prototype, &prototype.anchors, None);
        }
        for anchor in facts.anchors() {
            if map.get(anchor.id().as_str()).is_none() {
                map.add_from_elsewhere(anchor.id().as_str());
            }
        }
        map
    }

    /// Adds the items in an item, at any depth. An indicator hangs on its pejlemærke, and a statement on its view.
    fn add_items(&mut self, edition: &'static Edition, above: &FundamentItem) {
        for item in &above.parts {
            if is_related(item.sort) {
                let container = is_related(above.sort).then(|| above.id.clone());
                let on = container.into_iter().chain(item.on.iter().cloned()).collect();
                let sort = RelatedSort::Item { sort: item.sort, edition: edition.id() };
                self.add(item.id.clone(), &item_name(edition, item), sort, on);
            }
            self.add_items(edition, item);
        }
    }

    /// Adds the goals of the unit's agreements, each with its initiatives.
    fn add_goals(&mut self, facts: &LocalFacts) {
        for (id, goal) in &facts.goals {
            let first = self.things.len();
            let aftale = &goal.aftale;
            let on = goal.anchors.values().map(anchor_id).collect();
            self.add(id.to_string(), goal.name(), RelatedSort::Goal { aftale: aftale.clone() }, on);
            for (own_id, initiative) in goal.initiatives_in_order() {
                let text = initiative.text.as_str().trim();
                if !text.is_empty() {
                    let sort = RelatedSort::Initiative { aftale: aftale.clone(), goal: id.clone() };
                    self.add(format!("{id}.{own_id}"), text, sort, vec![id.to_string()]);
                }
            }
            let is_past = aftale.as_ref().is_some_and(|aftale| facts.ended.contains(aftale));
            self.things.iter_mut().skip(first).for_each(|thing| thing.is_past = is_past);
        }
    }

    /// Adds practice. It hangs on what it is anchored to, and on what its origin names.
    fn add_practice(
        &mut self,
        id: &Id,
        name: &str,
        sort: PracticeSort,
        anchors: &Map<Id, Anchor>,
        origin: Option<&Id>,
    ) {
        let named = origin.into_iter().flat_map(named_by_origin);
        let on = anchors.values().map(anchor_id).chain(named).collect();
        self.add(id.to_string(), name, RelatedSort::Practice(sort), on);
    }

    /// Adds a thing that an earlier edition has, or a ready-made indicator.
    fn add_from_elsewhere(&mut self, id: &str) {
        let of_edition = fundament::editions().iter().find_map(|edition| {
            let mut map = Self::default();
            map.add_items(edition, edition.about());
            map.things.into_iter().find(|thing| thing.id == id)
        });
        if let Some(thing) = of_edition {
            self.things.push(thing);
        } else if let Some(name) = indicator::name(id) {
            self.add(id.to_owned(), name, RelatedSort::Indicator, Vec::new());
        }
    }

    fn add(&mut self, id: String, name: &str, sort: RelatedSort, on: Vec<String>) {
        self.things.push(RelatedThing { id, name: name.to_owned(), sort, on, is_past: false });
    }

    /// Returns the thing with an id.
    pub fn get(&self, id: &str) -> Option<&RelatedThing> {
        self.things.iter().find(|thing| thing.id == id)
    }

    /// Returns what the thing with an id hangs on, and what hangs on it. Both are searched breadth first, and nothing
    /// is listed twice.
    pub fn relations(&self, id: &str) -> Relations {
        let mut relations = Relations { up: self.up(id), ..Relations::default() };
        let (mut ids, mut index) = (vec![id.to_owned()], 0);
        while let Some(current) = ids.get(index).cloned() {
            let through = self.get(&current).filter(|_| index > 0).map(|thing| thing.name.clone());
            index += 1;
            for thing in self.things.iter().filter(|thing| thing.on.contains(&current)) {
                if ids.contains(&thing.id) {
                    continue;
                }
                ids.push(thing.id.clone());
                if matches!(thing.sort, RelatedSort::Item { .. }) {
                    relations.down.push(thing.clone());
                } else {
                    relations.local.push(LocalThing { thing: thing.clone(), through: through.clone() });
                }
            }
        }
        let is_before = |one: &LocalThing, other: &LocalThing| !one.thing.is_past && other.thing.is_past;
        relations.local = fractional_index::sorted(relations.local, &is_before);
        relations
    }

    /// Returns what the thing with an id hangs on.
    fn up(&self, id: &str) -> Vec<RelatedThing> {
        let (mut ids, mut index) = (vec![id.to_owned()], 0);
        let mut up = Vec::new();
        while let Some(current) = ids.get(index).cloned() {
            index += 1;
            for above in self.get(&current).into_iter().flat_map(|thing| &thing.on) {
                if let Some(thing) = self.get(above).filter(|_| !ids.contains(above)) {
                    ids.push(above.clone());
                    up.push(thing.clone());
                }
            }
        }
        up
    }
}

/// Returns the id of what an anchor names.
fn anchor_id(anchor: &Anchor) -> String {
    anchor.id().to_string()
}

/// Returns the ids in an origin: the whole, and the parts after the id of the record. The origin of a trial that came
/// from a figure, a topic or an item of a workshop names the indicator, the topic or the item in such a part.
fn named_by_origin(origin: &Id) -> impl Iterator<Item = String> {
    let text = origin.as_str();
    std::iter::once(text).chain(text.split('.').skip(1)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::goal::Initiative;
    use crate::domain::period::Span;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn present(facts: &LocalFacts) -> RelationMap {
        RelationMap::of(fundament::present_edition().unwrap(), facts)
    }

    fn ids(things: &[RelatedThing]) -> Vec<&str> {
        things.iter().map(|thing| thing.id.as_str()).collect()
    }

    /// The local things, each as its id, with what it hangs through in brackets.
    fn local(relations: &Relations) -> Vec<String> {
        let text = |local: &LocalThing| match &local.through {
            Some(through) => format!("{} ({through})", local.thing.id),
            None => local.thing.id.clone(),
        };
        relations.local.iter().map(text).collect()
    }

    fn goal(text: &str, anchors: &[Anchor]) -> Goal {
        let mut goal = Goal { text: text.into(), aftale: Some(id("aftale1")), ..Goal::default() };
        goal.anchors.extend(anchors.iter().map(|anchor| (anchor.id().clone(), anchor.clone())));
        goal
    }

    fn trial(title: &str, anchors: &[Anchor]) -> Proevehandling {
        let mut trial = Proevehandling { title: title.into(), ..Proevehandling::default() };
        trial.anchors.extend(anchors.iter().map(|anchor| (anchor.id().clone(), anchor.clone())));
        trial
    }

    fn deviation(title: &str, anchors: &[Anchor]) -> Deviation {
        let mut deviation = Deviation { title: title.into(), ..Deviation::default() };
        deviation.anchors.extend(anchors.iter().map(|anchor| (anchor.id().clone(), anchor.clone())));
        deviation
    }

    fn prototype(title: &str, anchors: &[Anchor]) -> Prototype {
        let mut prototype = Prototype { title: title.into(), ..Prototype::default() };
        prototype.anchors.extend(anchors.iter().map(|anchor| (anchor.id().clone(), anchor.clone())));
        prototype
    }

    /// Checks that both directions agree for all things of a map, those of the unit too.
    #[track_caller]
    fn check_both_ways(map: &RelationMap) {
        for thing in &map.things {
            for above in map.relations(&thing.id).up {
                let below = map.relations(&above.id);
                let is_there = below.down.contains(thing) || below.local.iter().any(|local| local.thing == *thing);
                assert!(is_there, "{} is not under {}", thing.id, above.id);
            }
        }
    }

    /// A line that a reader follows upwards must lead back.
    #[test]
    fn relations_of_the_fundament_agree_both_ways() {
        for edition in fundament::editions() {
            let map = RelationMap::of(edition, &LocalFacts::default());
            for thing in &map.things {
                let relations = map.relations(&thing.id);
                for above in &relations.up {
                    let below = map.relations(&above.id).down;
                    assert!(below.contains(thing), "{}: {} is not under {}", edition.id(), thing.id, above.id);
                }
                for below in &relations.down {
                    let above = map.relations(&below.id).up;
                    assert!(above.contains(thing), "{}: {} is not over {}", edition.id(), thing.id, below.id);
                }
                assert!(!ids(&relations.up).contains(&thing.id.as_str()), "{} hangs on itself", thing.id);
            }
        }
    }

    #[test]
    fn present_fundament_has_things_of_every_sort_that_something_can_hang_on() {
        let map = present(&LocalFacts::default());
        for sort in RELATED_SORTS {
            let is_of_sort =
                |thing: &RelatedThing| matches!(thing.sort, RelatedSort::Item { sort: other, .. } if other == sort);
            assert!(map.things.iter().any(is_of_sort), "{sort:?}");
        }
    }

    /// The relations that the documents name, and their mapping of pejlemærker to the goals of the council.
    #[test]
    fn relations_of_the_fundament_follow_the_documents() {
        #[track_caller]
        fn check(item: &str, up: &[&str], down: &[&str]) {
            let relations = present(&LocalFacts::default()).relations(item);
            let lacks = |found: &[RelatedThing], wanted: &[&str]| {
                wanted.iter().filter(|id| !ids(found).contains(id)).map(|id| (*id).to_owned()).collect::<Vec<_>>()
            };
            assert_eq!((lacks(&relations.up, up), lacks(&relations.down, down)), (Vec::new(), Vec::new()), "{item}");
        }
        check("fravaer", &["p-uddannelse", "maal-uddannelsesparat", "maal-arbejdsmarked", "tema-laering"], &[]);
        check(
            "p-ensomme",
            &["maal-ensomme", "tema-oplevelser"],
            &["social-trivsel", "ven-netvaerk", "sunde-faellesskaber"],
        );
        check("maal-ensomme", &["tema-oplevelser"], &["p-ensomme", "social-trivsel"]);
        check("tema-sundhed", &[], &["maal-rygning", "maal-kost", "maal-aktive", "p-sunde", "overvaegt"]);
        check("relationer", &["omsorg-trivsel", "kerneopgave"], &[]);
        check("kerneopgave", &[], &["omsorg-trivsel", "relationer", "tidlig-hjaelp", "opsporing"]);
        check("hjaelp", &["samarbejdssyn"], &[]);
        check("boernesyn", &[], &["voksnes-ansvar", "aktiv-deltagelse", "vaerdifuld", "egne-ben"]);
        check("vej-data", &[], &[]);
        check("er-her-ikke", &[], &[]);
    }

    #[test]
    fn nearest_things_come_first() {
        let relations = present(&LocalFacts::default()).relations("social-trivsel");
        assert_eq!(ids(&relations.up).first(), Some(&"p-ensomme"));
        let map = present(&LocalFacts::default());
        assert_eq!(map.get("maal-ensomme").unwrap().name.split(':').next(), Some("Mål 3"));
        assert_eq!(map.get("maal-baeredygtig").unwrap().name.split(':').next(), Some("Mål 9"));
    }

    #[test]
    fn local_things_are_found_through_what_they_hang_on() {
        let mut plan = goal("Alle har en ven", &[Anchor::Indicator(id("social-trivsel"))]);
        plan.initiatives.insert(id("i1"), Initiative { text: "Legegrupper".into(), ..Initiative::default() });
        plan.initiatives.insert(id("i2"), Initiative::default());
        let of_task = goal("Alle læser", &[Anchor::CoreService(id("opgave1"))]);
        let facts = LocalFacts {
            goals: vec![(id("maal1"), plan), (id("maal2"), of_task)],
            trials: vec![
                (id("proeve1"), trial("Frokost ude", &[Anchor::Goal(id("maal1"))])),
                (id("proeve2"), trial("Åben dør", &[Anchor::Pair(id("par-3")), Anchor::Lever(id("mobilisere"))])),
            ],
            tasks: vec![(id("opgave1"), UnitTask { title: "Undervisning".into(), ..UnitTask::default() })],
            ..LocalFacts::default()
        };
        let map = present(&facts);
        let chain = ["maal1 (Den sociale trivsel styrkes)", "maal1.i1 (Alle har en ven)", "proeve1 (Alle har en ven)"];
        assert_eq!(local(&map.relations("maal-ensomme")), chain);
        assert_eq!(local(&map.relations("tema-oplevelser")), chain);
        assert_eq!(local(&map.relations("social-trivsel")), ["maal1", chain[1], chain[2]]);
        assert_eq!(local(&map.relations("maal1")), ["maal1.i1", "proeve1"]);
        assert_eq!(local(&map.relations("kerneopgave")), ["opgave1", "maal2 (Undervisning)"]);
        assert_eq!(local(&map.relations("par-3")), ["proeve2"]);
        assert_eq!(local(&map.relations("gentaenke")), Vec::<String>::new());
        let up = map.relations("proeve1").up;
        assert_eq!(ids(&up)[..4], ["maal1", "social-trivsel", "p-ensomme", "maal-ensomme"]);
        assert_eq!(ids(&map.relations("maal2").up), ["opgave1", "kerneopgave"]);
        check_both_ways(&map);
    }

    /// The three sorts of practice hang on the same things, each under a heading of its own.
    #[test]
    fn positive_deviations_and_prototypes_are_found_as_trials_are() {
        let on = [Anchor::Goal(id("maal1")), Anchor::Practice(id("variation"))];
        let facts = LocalFacts {
            goals: vec![(id("maal1"), goal("Alle har en ven", &[Anchor::Indicator(id("social-trivsel"))]))],
            deviations: vec![(id("afvigelse1"), deviation("Rolig garderobe", &on))],
            trials: vec![(id("proeve1"), trial("Frokost ude", &on))],
            prototypes: vec![
                (id("prototype1"), prototype("Tavlen", &on)),
                (id("prototype2"), prototype("Skemaet", &[Anchor::Indicator(id("fritidstilbud"))])),
            ],
            ..LocalFacts::default()
        };
        let map = present(&facts);
        let found: Vec<(String, &str)> = map
            .relations("variation")
            .local
            .into_iter()
            .map(|local| (local.thing.name.clone(), local.thing.sort.heading()))
            .collect();
        let expected =
            [("Rolig garderobe", "Positive afvigelser"), ("Frokost ude", "Prøvehandlinger"), ("Tavlen", "Prototyper")];
        assert_eq!(found, expected.map(|(name, heading)| (name.to_owned(), heading)));
        assert_eq!(local(&map.relations("maal1")), ["afvigelse1", "proeve1", "prototype1"]);
        let through_goal = local(&map.relations("maal-ensomme"));
        for practice in ["afvigelse1", "proeve1", "prototype1"] {
            let line = format!("{practice} (Alle har en ven)");
            assert!(through_goal.contains(&line), "{line} is not in {through_goal:?}");
        }
        // A prototype can hang on what only an earlier edition has.
        assert_eq!(local(&map.relations("fritidstilbud")), ["prototype2"]);
        check_both_ways(&map);
    }

    #[test]
    fn trial_hangs_on_what_its_origin_names() {
        #[track_caller]
        fn check(origin: &str, on: &str) {
            let trial = Proevehandling { origin: Some(id(origin)), ..trial("Opkald", &[]) };
            let facts = LocalFacts { trials: vec![(id("proeve1"), trial)], ..LocalFacts::default() };
            assert_eq!(local(&present(&facts).relations(on)), ["proeve1"], "{origin}");
        }
        check("skolen.fravaer", "fravaer");
        check("skolen.fravaer.2024-25", "fravaer");
        check("skolen.samtale-2025.hoejt-fravaer", "hoejt-fravaer");
        check("workshop1.par-3", "par-3");
        check("workshop1.hjaelp", "hjaelp");
    }

    /// A goal can hang on what the present edition lacks, and nobody should wonder where it went.
    #[test]
    fn anchors_outside_the_edition_are_found() {
        let anchors = [
            Anchor::Indicator(id("fritidstilbud")),
            Anchor::Indicator(id("sygefravaer")),
            Anchor::Indicator(id("eget1")),
            Anchor::Theme(id("tema1")),
            Anchor::CoreService(id("slettet")),
        ];
        let own =
            OwnIndicator { name: "Legegrupper".into(), pejlemaerke: Some(id("p-ensomme")), ..OwnIndicator::default() };
        let facts = LocalFacts {
            goals: vec![(id("maal1"), goal("Et mål", &anchors))],
            indicators: vec![(id("eget1"), own)],
            themes: vec![(id("tema1"), "Til stede hver dag".to_owned())],
            ..LocalFacts::default()
        };
        let relations = present(&facts).relations("maal1");
        let names: Vec<&str> = relations.up.iter().map(|thing| thing.name.as_str()).collect();
        for name in ["Flere indgår i fritidstilbud", "Sygefraværet falder", "Legegrupper", "Til stede hver dag"] {
            assert!(names.contains(&name), "{name} is not in {names:?}");
        }
        assert!(ids(&relations.up).contains(&"p-sunde") && ids(&relations.up).contains(&"p-ensomme"));
        assert!(!ids(&relations.up).contains(&"slettet"));
    }

    #[test]
    fn goals_of_ended_agreements_come_last() {
        let on = [Anchor::Indicator(id("fravaer"))];
        let earlier = Goal { aftale: Some(id("aftale0")), ..goal("Før", &on) };
        let facts = LocalFacts {
            goals: vec![(id("maal0"), earlier), (id("maal1"), goal("Nu", &on))],
            ended: vec![id("aftale0")],
            ..LocalFacts::default()
        };
        let relations = present(&facts).relations("fravaer");
        let found: Vec<(&str, bool)> =
            relations.local.iter().map(|local| (local.thing.name.as_str(), local.thing.is_past)).collect();
        assert_eq!(found, [("Nu", false), ("Før", true)]);
    }

    #[test]
    fn agreement_has_ended_after_its_last_day() {
        let day = |text: &str| Date::parse(text).unwrap();
        for (to, is_ended) in [(None, false), (Some("2028-02-28"), true), (Some("2028-02-29"), false)] {
            let head = Aftale { period: Some(Span { from: None, to: to.map(day) }), ..Aftale::default() };
            let mut facts = LocalFacts::default();
            facts.add_agreement(id("aftale1"), &head, vec![(id("maal1"), Goal::default())], day("2028-02-29"));
            assert_eq!((facts.goals.len(), !facts.ended.is_empty()), (1, is_ended), "{to:?}");
        }
    }

    #[test]
    fn circle_of_tasks_is_followed_once() {
        let task = |above: &str| UnitTask { above: Some(id(above)), ..UnitTask::default() };
        let facts = LocalFacts { tasks: vec![(id("a"), task("b")), (id("b"), task("a"))], ..LocalFacts::default() };
        let relations = present(&facts).relations("a");
        assert_eq!((ids(&relations.up), local(&relations)), (vec!["b"], vec!["b".to_owned()]));
    }
}
