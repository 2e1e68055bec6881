//! What was done in this page, to be undone and done again: one act is one interaction of its user.
//!
//! Undoing is new writes, as everywhere. So what an act brought may stand there again by the undoing of a later one; the
//! earlier acts are told (see [`Step`]), and a long row of acts can be undone to its beginning.

use crate::domain::id::Id;

use super::dot::Dot;
use super::edit::{Author, EditError};
use super::path::Path;
use super::step::{Step, undo_all};
use super::{Record, Records, describe};

/// So many acts are kept; the oldest are dropped.
const MOST: usize = 500;
/// For so long, in milliseconds, one who types on in a field goes on with the same act.
const PAUSE: f64 = 2_000.0;

/// When an act was done: what is done in one turn of the page is one act.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// The turn, counted.
    pub turn: u64,
    /// Milliseconds of a clock that never goes back.
    pub at: f64,
    /// Whether it is a field's own undoing, which goes on with what was typed in it however long ago.
    pub goes_on: bool,
}

/// Something that was done.
#[derive(Clone, Debug)]
struct Act {
    number: u64,
    what: String,
    /// In the order they were made.
    steps: Vec<Step>,
    last: Option<Moment>,
    /// The field that was written in last, where it was one alone.
    field: Option<(Id, Path)>,
}

/// What was done in this page, and what of it was undone: the newest last.
#[derive(Debug, Default)]
pub struct Acts {
    done: Vec<Act>,
    undone: Vec<Act>,
    count: u64,
}

/// What came of undoing an act, or of doing it again.
#[derive(Debug)]
pub struct Turned {
    /// The records as they are now.
    pub records: Vec<Record>,
    /// The names of those of which something was left alone, since it was written in since.
    pub left: Vec<String>,
}

/// Which act is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The last that was done.
    Last,
    /// The last that was undone.
    LastUndone,
    /// The one of a number.
    Number(u64),
}

impl Acts {
    /// Something was done by hand, of a step and in words that begin with a verb. Typing on in a field, and what is done
    /// in one turn, goes on with the act before; else it is a new one: `true`.
    pub fn did(&mut self, what: impl FnOnce() -> String, step: &Step, now: Moment) -> bool {
        if step.is_empty() {
            return false;
        }
        let (step, id) = (step.clone(), step.id.clone());
        let field = match &*step.leaves.keys().collect::<Vec<_>>() {
            [path] if step.added.is_empty() && !path.is_own() => Some((step.id.clone(), (*path).clone())),
            _ => None,
        };
        if let Some(last) =
            self.done.last_mut().filter(|last| self.undone.is_empty() && last.goes_on(field.as_ref(), now))
        {
            match last.steps.iter().position(|own| own.id == step.id) {
                Some(place) => {
                    let own = last.steps.remove(place);
                    last.steps.insert(place, own.then(step));
                }
                None => last.steps.push(step),
            }
            last.last = Some(now);
            last.field = field;
            // What is typed on is named by what it has become; of several records the first names the act.
            if last.steps.first().is_some_and(|first| first.id == id) {
                last.what = what();
            }
            if last.steps.iter().all(Step::is_idle)
                && let Some(idle) = self.done.pop()
            {
                // Nothing is left to undo; but what stands there now is its write.
                idle.steps.iter().for_each(|step| stand_for(&mut self.done, step, &[]));
            }
            return false;
        }
        self.add(what(), vec![step], Some(now), field);
        true
    }

    /// Something was done as a whole: a file taken in, an earlier state brought back. Gives its number.
    pub fn did_all(&mut self, what: String, steps: Vec<Step>) -> u64 {
        if steps.is_empty() {
            return 0;
        }
        self.add(what, steps, None, None)
    }

    fn add(&mut self, what: String, steps: Vec<Step>, last: Option<Moment>, field: Option<(Id, Path)>) -> u64 {
        self.undone.clear();
        self.count += 1;
        self.done.push(Act { number: self.count, what, steps, last, field });
        if self.done.len() > MOST {
            self.done.remove(0);
        }
        self.count
    }

    /// What the act was, in words, if there is one.
    pub fn what(&self, which: Which) -> Option<&str> {
        self.place(which).map(|(list, place)| self.list(list)[place].what.as_str())
    }

    /// Forgets everything that was done, or all of one record: what it once said must be nowhere.
    pub fn forget(&mut self, id: Option<&Id>) {
        for list in [&mut self.done, &mut self.undone] {
            list.retain(|act| id.is_some_and(|id| act.steps.iter().all(|step| step.id != *id)));
        }
    }

    const fn list(&self, is_undone: bool) -> &Vec<Act> {
        if is_undone { &self.undone } else { &self.done }
    }

    fn place(&self, which: Which) -> Option<(bool, usize)> {
        let last = |list: &Vec<Act>| list.len().checked_sub(1);
        match which {
            Which::Last => Some((false, last(&self.done)?)),
            Which::LastUndone => Some((true, last(&self.undone)?)),
            Which::Number(number) => Some((false, self.done.iter().position(|act| act.number == number)?)),
        }
    }

    /// Undoes an act, or does one again that was undone. `None` where there is none.
    ///
    /// # Errors
    /// See [`EditError`]; then nothing has changed.
    pub fn turn(
        &mut self,
        which: Which,
        record: impl Fn(&Id) -> Option<Record>,
        author: &Author,
    ) -> Result<Option<Turned>, EditError> {
        let Some((is_undone, place)) = self.place(which) else { return Ok(None) };
        let act = self.list(is_undone)[place].clone();
        let mut records = Records::new();
        records.extend(act.steps.iter().filter_map(|step| Some((step.id.clone(), record(&step.id)?))));
        let turned = undo_all(&mut records, &act.steps, author)?;
        let (from, to) =
            if is_undone { (&mut self.undone, &mut self.done) } else { (&mut self.done, &mut self.undone) };
        from.remove(place);
        let (mut steps, mut left) = (Vec::new(), Vec::new());
        for (id, outcome) in turned {
            let later = act.steps.iter().rev().find(|step| step.id == id);
            if let Some(later) = later {
                stand_for(from, later, &outcome.wrote);
                stand_for(to, later, &outcome.wrote);
            }
            if !outcome.left.is_empty() {
                left.extend(records.get(&id).map(describe::name));
            }
            if !outcome.step.is_empty() {
                steps.push(outcome.step);
            }
        }
        if !steps.is_empty() {
            to.push(Act { steps, last: None, field: None, ..act });
        }
        Ok(Some(Turned { records: records.into_values().collect(), left }))
    }
}

/// Tells acts of a later step of one of their records, which was undone by some writes.
fn stand_for(acts: &mut [Act], later: &Step, wrote: &[(Path, Dot)]) {
    for step in acts.iter_mut().flat_map(|act| &mut act.steps).filter(|step| step.id == later.id) {
        step.is_stood_for(later, wrote);
    }
}

impl Act {
    /// Whether what is written in a field goes on with this act: it is of the same turn, or of the field that was written in
    /// last.
    fn goes_on(&self, field: Option<&(Id, Path)>, now: Moment) -> bool {
        let Some(last) = self.last else { return false };
        let types_on = field.is_some() && self.field.as_ref() == field;
        last.turn == now.turn || ((now.goes_on || now.at - last.at < PAUSE) && types_on)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::date::Timestamp;
    use crate::domain::goal::{Anchor, Goal, Initiative};
    use crate::domain::sorted::SortedMap;
    use crate::record::choice::{Choice, Resolution};
    use crate::record::dot::Actor;
    use crate::record::edit::Focus;
    use crate::record::life::Life;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn author(actor: u8) -> Author {
        Author { actor: Actor::from_random([actor; 10]), at: Timestamp::from_seconds(0).unwrap(), by: None }
    }

    /// A page: its records, and what was done in it.
    #[derive(Default)]
    struct Page {
        records: Records,
        acts: Acts,
        now: f64,
        turn: u64,
    }

    impl Page {
        fn does(&mut self, id: &Id, act: impl FnOnce(&mut Record, &Author)) {
            let Some(before) = self.records.get(id).cloned() else { return };
            let mut after = before.clone();
            act(&mut after, &author(1));
            self.did(Some(&before), after);
        }

        fn did(&mut self, before: Option<&Record>, after: Record) {
            let now = Moment { turn: self.turn, at: self.now, goes_on: false };
            self.acts.did(|| "ændrede".to_owned(), &Step::between(before, &after), now);
            self.records.insert(after.id().clone(), after);
        }

        fn turns(&mut self, which: Which) -> Option<Vec<String>> {
            let records = &self.records;
            let turned = self.acts.turn(which, |id| records.get(id).cloned(), &author(1)).unwrap()?;
            self.records.extend(turned.records.into_iter().map(|record| (record.id().clone(), record)));
            Some(turned.left)
        }

        /// What a user sees.
        fn shown(&self) -> SortedMap<Id, (Goal, Vec<Vec<String>>)> {
            let mut shown = SortedMap::new();
            for record in self.records.values().filter(|record| record.life(None) != Life::Deleted) {
                let choices = record.choices().into_iter().map(|choice| match choice {
                    Choice::Wordings { wordings, .. } => {
                        wordings.iter().map(|wording| wording.value.plain()).collect::<Vec<_>>()
                    }
                    Choice::DeletedButChanged { .. } => Vec::new(),
                });
                let mut goal = record.view::<Goal>().unwrap();
                goal.initiatives.retain(|_, initiative| !initiative.text.as_str().is_empty());
                shown.insert(record.id().clone(), (goal, choices.collect()));
            }
            shown
        }
    }

    #[derive(Clone, Debug)]
    enum Deed {
        Create(u8),
        Text(u8, u8),
        Effect(u8, u8),
        Anchor(u8, u8),
        Initiative(u8, u8),
        RemoveInitiative(u8),
        Delete(u8),
        Restore(u8),
        Choose(u8),
        Both(u8, u8),
        Pause,
        Undo,
        Redo,
    }

    fn deeds() -> impl Strategy<Value = Vec<Deed>> {
        use Deed::*;
        let n = 0..3u8;
        let deed = prop_oneof![
            1 => n.clone().prop_map(Create),
            4 => (n.clone(), any::<u8>()).prop_map(|(a, b)| Text(a, b)),
            3 => (n.clone(), any::<u8>()).prop_map(|(a, b)| Effect(a, b)),
            2 => (n.clone(), 0..3u8).prop_map(|(a, b)| Anchor(a, b)),
            3 => (n.clone(), 0..3u8).prop_map(|(a, b)| Initiative(a, b)),
            2 => n.clone().prop_map(RemoveInitiative),
            1 => n.clone().prop_map(Delete),
            1 => n.clone().prop_map(Restore),
            1 => n.clone().prop_map(Choose),
            1 => (n.clone(), n).prop_map(|(a, b)| Both(a, b)),
            4 => Just(Pause),
            3 => Just(Undo),
            2 => Just(Redo),
        ];
        proptest::collection::vec(deed, 1..60)
    }

    fn goal(n: u8) -> Id {
        id(["g0", "g1", "g2"][usize::from(n) % 3])
    }

    fn edits(page: &mut Page, n: u8, change: impl FnOnce(&mut Goal)) {
        if page.records.get(&goal(n)).is_some_and(|record| record.life(None) == Life::Living) {
            page.does(&goal(n), |record, author| {
                record.edit::<Goal>(&mut Focus::default(), author, change).unwrap();
            });
        }
    }

    fn does(page: &mut Page, deed: &Deed) {
        page.turn += 1;
        match *deed {
            Deed::Create(n) => {
                if !page.records.contains_key(&goal(n)) {
                    let body = Goal { text: "Nyt".into(), ..Goal::default() };
                    let made = Record::create(goal(n), &body, &author(1)).unwrap();
                    page.did(None, made);
                }
            }
            Deed::Text(n, word) => edits(page, n, |goal| goal.text = format!("Tekst {word}").as_str().into()),
            Deed::Effect(n, word) => {
                edits(page, n, |goal| goal.expected_effect = format!("Effekt {word}").as_str().into());
            }
            Deed::Anchor(n, k) => edits(page, n, |goal| {
                goal.anchors.insert(id(&format!("a{k}")), Anchor::Indicator(id("fravaer")));
            }),
            Deed::Initiative(n, k) => {
                // Ids are random: none comes twice.
                let fresh = id(&format!("i{}", page.turn));
                edits(page, n, |goal| {
                    let text = format!("Indsats {k}").as_str().into();
                    goal.initiatives.insert(fresh, Initiative { text, ..Initiative::default() });
                });
            }
            Deed::RemoveInitiative(n) => edits(page, n, |goal| {
                let first = goal.initiatives.keys().next().cloned();
                first.and_then(|first| goal.initiatives.remove(&first));
            }),
            Deed::Delete(n) => {
                if page.records.get(&goal(n)).is_some_and(|record| record.life(None) == Life::Living) {
                    page.does(&goal(n), |record, author| record.delete(None, author).unwrap());
                }
            }
            Deed::Restore(n) => {
                if page.records.get(&goal(n)).is_some_and(|record| record.life(None) == Life::Deleted) {
                    page.does(&goal(n), |record, author| record.restore(None, author).unwrap());
                }
            }
            Deed::Choose(n) => page.does(&goal(n), |record, author| {
                let path = Path::root("text");
                let open = record.choices().into_iter().find_map(|choice| match choice {
                    Choice::Wordings { path: at, wordings } if *at == path => Some(wordings[1].dots[0]),
                    _ => None,
                });
                if let Some(dot) = open {
                    record.resolve(&path, Resolution::Keep(dot), &mut Focus::default(), author).unwrap();
                }
            }),
            Deed::Both(n, m) => {
                // One press that writes in two records.
                edits(page, n, |goal| goal.signs_of_progression = "Et".into());
                edits(page, m, |goal| goal.signs_of_progression = "To".into());
            }
            Deed::Pause => page.now += PAUSE,
            Deed::Undo => drop(page.turns(Which::Last)),
            Deed::Redo => drop(page.turns(Which::LastUndone)),
        }
    }

    /// A page with a goal that two people have written differently in.
    fn page() -> Page {
        let first = Record::create(goal(0), &Goal { text: "Fælles".into(), ..Goal::default() }, &author(2)).unwrap();
        let written = |actor: u8, words: &str| {
            let mut copy = first.clone();
            let change = |goal: &mut Goal| goal.text = words.into();
            copy.edit::<Goal>(&mut Focus::default(), &author(actor), change).unwrap();
            copy
        };
        let met = written(2, "Den enes").merge(&written(3, "Den andens")).unwrap();
        let mut page = Page::default();
        page.records.insert(goal(0), met);
        page
    }

    proptest! {
        #[test]
        fn safety_undoing_everything_returns_to_the_start_and_redoing_it_to_the_end(deeds in deeds()) {
            let mut page = page();
            let start = page.shown();
            for deed in &deeds {
                does(&mut page, deed);
            }
            while let Some(left) = page.turns(Which::LastUndone) {
                prop_assert_eq!(left, Vec::<String>::new());
            }
            let end = page.shown();
            for round in 0..2 {
                let mut acts = 0;
                while let Some(left) = page.turns(Which::Last) {
                    prop_assert_eq!(left, Vec::<String>::new());
                    acts += 1;
                }
                prop_assert_eq!(page.shown(), start.clone(), "round {}", round);
                for _ in 0..acts {
                    prop_assert_eq!(page.turns(Which::LastUndone), Some(Vec::new()));
                }
                prop_assert_eq!(page.shown(), end.clone(), "round {}", round);
            }
        }

        #[test]
        fn safety_undoing_never_touches_what_another_wrote(deeds in deeds(), at in 0..60usize, n in 0..3u8) {
            let mut page = page();
            let mut theirs = None;
            for (place, deed) in deeds.iter().enumerate() {
                does(&mut page, deed);
                if place == at && let Some(mut copy) = page.records.get(&goal(n)).cloned() {
                    copy.edit::<Goal>(&mut Focus::default(), &author(9), |goal| {
                        goal.text = "En andens ord".into();
                        goal.baseline = None;
                    }).unwrap();
                    theirs = copy.stamps().map(|(dot, _)| dot).find(|dot| dot.actor == author(9).actor);
                    let merged = page.records[&goal(n)].merge(&copy).unwrap();
                    page.records.insert(goal(n), merged);
                }
            }
            let holds = |page: &Page| {
                let leaf = page.records.get(&goal(n)).and_then(|record| record.leaf(&Path::root("text")));
                theirs.is_some_and(|dot| leaf.is_some_and(|leaf| leaf.get(dot).is_some()))
            };
            let stood = holds(&page);
            while page.turns(Which::Last).is_some() {
                prop_assert!(!stood || holds(&page), "their write stands");
            }
        }
    }

    #[test]
    fn safety_typing_on_is_one_act_and_a_pause_ends_it() {
        let mut page = page();
        let types = |page: &mut Page, words: &str| {
            page.turn += 1;
            edits(page, 0, |goal| goal.expected_effect = words.into());
        };
        let effect = |page: &Page| page.records[&goal(0)].view::<Goal>().unwrap().expected_effect.0;
        types(&mut page, "F");
        page.now += 300.0;
        types(&mut page, "Fl");
        page.now += PAUSE;
        types(&mut page, "Flere");
        assert_eq!(page.acts.what(Which::Last), Some("ændrede"));
        page.turns(Which::Last);
        assert_eq!(effect(&page), "Fl");
        page.turns(Which::Last);
        assert_eq!(effect(&page), "");
        assert_eq!(page.acts.what(Which::Last), None);
        page.turns(Which::LastUndone);
        assert_eq!(effect(&page), "Fl");
        // What is done anew is not followed by what was undone before.
        types(&mut page, "Færre");
        assert_eq!(page.acts.what(Which::LastUndone), None);
    }

    #[test]
    fn safety_what_is_written_in_something_new_is_an_act_of_its_own_but_for_the_word_that_made_it() {
        let effect = |words: &'static str| move |goal: &mut Goal| goal.expected_effect = words.into();
        let mut page = page();
        does(&mut page, &Deed::Create(1));
        page.turn += 1;
        edits(&mut page, 1, effect("Mere"));
        page.turns(Which::Last);
        assert_eq!(page.records[&goal(1)].life(None), Life::Living, "it is still there");

        let mut page = super::tests::page();
        does(&mut page, &Deed::Create(1));
        edits(&mut page, 1, effect("M"));
        page.turn += 1;
        edits(&mut page, 1, effect("Mere"));
        page.turns(Which::Last);
        assert_eq!(page.records[&goal(1)].life(None), Life::Deleted, "made by the first word of what was typed");
    }

    #[test]
    fn safety_one_act_of_a_number_is_undone_though_others_followed() {
        let mut page = page();
        let before = page.records[&goal(0)].clone();
        let mut theirs = before.clone();
        theirs
            .edit::<Goal>(&mut Focus::default(), &author(5), |goal| goal.expected_effect = "Fra filen".into())
            .unwrap();
        page.records.insert(goal(0), theirs.clone());
        let number = page.acts.did_all("flettede filen ind".to_owned(), vec![Step::between(Some(&before), &theirs)]);
        page.turn += 1;
        edits(&mut page, 0, |goal| goal.signs_of_progression = "Mit eget".into());
        assert_eq!(page.turns(Which::Number(number)), Some(Vec::new()));
        let shown = page.records[&goal(0)].view::<Goal>().unwrap();
        assert_eq!((shown.expected_effect.as_str(), shown.signs_of_progression.as_str()), ("", "Mit eget"));
        assert_eq!(page.turns(Which::Number(number)), None);
        assert_eq!(page.acts.what(Which::LastUndone), Some("flettede filen ind"));
    }
}
