//! Performs one action of a history and checks its outcome.

use kvalitetshjul::domain::aftale::Aftale;
use kvalitetshjul::domain::comment::Comment;
use kvalitetshjul::domain::date::Date;
use kvalitetshjul::domain::deviation::Deviation;
use kvalitetshjul::domain::dialogue::Dialogue;
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::goal::{Anchor, Goal, Horizon, Initiative};
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::measure::Measure;
use kvalitetshjul::domain::meeting::Meeting;
use kvalitetshjul::domain::package::{FeedbackForum, Package, PackageTheme, Priority};
use kvalitetshjul::domain::period::Period;
use kvalitetshjul::domain::proevehandling::Proevehandling;
use kvalitetshjul::domain::prototype::Prototype;
use kvalitetshjul::domain::reflection::Reflection;
use kvalitetshjul::domain::registry::Kind;
use kvalitetshjul::domain::series::{Observation, Series};
use kvalitetshjul::domain::syn_review::SynReview;
use kvalitetshjul::domain::text::UserText;
use kvalitetshjul::domain::unit_story::UnitStory;
use kvalitetshjul::domain::unit_task::UnitTask;
use kvalitetshjul::exchange::out_of_sight::in_sight;
use kvalitetshjul::exchange::scope::{Scope, SharedPart};
use kvalitetshjul::record::choice::{Choice, Resolution};
use kvalitetshjul::record::delta::RecordDelta;
use kvalitetshjul::record::edit::Focus;
use kvalitetshjul::record::leaf::LeafState;
use kvalitetshjul::record::life::Life;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::undo_stack::UndoDirection;
use kvalitetshjul::record::value::LeafValue;

use super::actions::{Action, OlderGoal, OlderInitiative};
use super::world::{PEOPLE, RECORDS, World, first_goal, id, pick, text_path};

/// Edits a meeting: the notes, a new offer of help, the removal of one, the text of one, or the answer to one.
fn edit_meeting(meeting: &mut Meeting, k: u8, key: &Id, word: UserText) {
    let first = meeting.offers.keys().next().cloned();
    match (k % 5, first) {
        (0, _) => meeting.notes = word,
        (1, Some(first)) => drop(meeting.offers.remove(&first)),
        (2, Some(first)) => meeting.offers.get_mut(&first).unwrap().text = word,
        (3, Some(first)) => meeting.offers.get_mut(&first).unwrap().accepted = Some(k < 128),
        _ => {
            meeting.add_offer(key.clone(), id("enhed1"), Some(id("enhed2")));
            meeting.offers.get_mut(key).unwrap().text = word;
        }
    }
}

/// Edits a package as forums do: a priority, a reason, a remark, or a proposed theme.
fn edit_package(package: &mut Package, k: u8, key: &Id, word: UserText) {
    match k % 4 {
        0 => package.themes.get_or_default(id("tema1")).committee_reason = word,
        1 => package.answers.get_or_default(id("lederforum")).remark = word,
        2 => {
            let theme = PackageTheme { title: word, ..PackageTheme::new(Some(FeedbackForum::JointMed)) };
            package.themes.insert(key.clone(), theme);
        }
        _ => {
            let priority = if k < 128 { Priority::Prioritised } else { Priority::NotNow };
            package.themes.get_or_default(id("tema1")).lederforum = Some(priority);
        }
    }
}

/// The mark with which a unit shares a record with its network, or withdraws it.
fn sharing_mark(n: u8) -> Option<bool> {
    [None, Some(true), Some(false)][usize::from(n) % 3]
}

/// Edits a positive deviation: what people do, what it builds on, or whether it is shared.
fn edit_deviation(deviation: &mut Deviation, k: u8, n: u8, word: UserText) {
    match k % 4 {
        0 => deviation.practice = word,
        1 => deviation.built_on = Some(id("proeve1")),
        2 => deviation.shared = sharing_mark(n),
        _ => deviation.reason = word,
    }
}

/// Edits a prototype: a new version, the removal of one, the outcome of one, who takes part, the version that stands,
/// or whether it is shared.
fn edit_prototype(prototype: &mut Prototype, (k, n): (u8, u8), key: &Id, word: UserText) {
    let first = prototype.versions.keys().next().cloned();
    match (k % 6, first) {
        (0, _) => prototype.shared = sharing_mark(n),
        (1, Some(first)) => drop(prototype.versions.remove(&first)),
        (2, Some(first)) => prototype.versions.get_mut(&first).unwrap().outcome = word,
        (3, first) => prototype.standing = first,
        (4, _) => drop(prototype.participants.insert(id("boern"), word)),
        _ => {
            prototype.add_version(key.clone());
            prototype.versions.get_mut(key).unwrap().change = word;
        }
    }
}

/// Edits a trial: the idea, what it is anchored to, or whether it is shared.
fn edit_trial(trial: &mut Proevehandling, k: u8, n: u8, word: UserText) {
    let key = id(&format!("k{}", n % 3));
    match k % 6 {
        0 => trial.idea = word,
        5 => trial.shared = sharing_mark(n),
        1 => drop(trial.anchors.remove(&key)),
        2 => drop(trial.anchors.insert(key, Anchor::Goal(id("goal1")))),
        3 => drop(trial.anchors.insert(key, Anchor::CoreService(id("opgave1")))),
        _ => drop(trial.anchors.insert(key, Anchor::Pair(id(&format!("par-{n}"))))),
    }
}

/// Edits a review of the four views: the next day, the removal of a text, or the text of a day.
fn edit_review(review: &mut SynReview, k: u8, word: UserText) {
    let day = Date::new(2026, k % 3 + 1, 10).unwrap();
    match k % 5 {
        0 => review.next = Some(day),
        1 => drop(review.visits.remove(&day)),
        _ => drop(review.visits.insert(day, word)),
    }
}

impl World {
    /// Performs an action of a person on a record, chosen by `selector`.
    #[allow(clippy::too_many_lines, reason = "one arm for each action")]
    pub(crate) fn act(&mut self, user: u8, selector: u8, action: &Action) {
        let user = usize::from(user) % PEOPLE;
        // Mostly the first goal, so that many actions concern one record.
        let goal = if selector.is_multiple_of(4) { id("goal2") } else { first_goal() };
        let any = if selector < 80 { first_goal() } else { id(RECORDS[usize::from(selector) % RECORDS.len()]) };
        match *action {
            Action::EditText(n) => {
                let word = self.word(n);
                self.edit_goal(user, &goal, |goal| goal.text = word);
            }
            Action::ClearText => self.edit_goal(user, &goal, |goal| goal.text = UserText::default()),
            Action::EditEffect(n) => {
                let word = self.word(n);
                self.edit_goal(user, &goal, |goal| goal.expected_effect = word);
            }
            Action::EditOrder(n) => self.edit_goal(user, &goal, |goal| goal.order = Some(format!("{n:x}"))),
            Action::EditHorizon(n) => {
                let horizon = [None, Some(Horizon::Short), Some(Horizon::Long)][usize::from(n) % 3];
                self.edit_goal(user, &goal, |goal| goal.horizon = horizon);
            }
            Action::AddInitiative(n) => {
                let text = self.word(n);
                self.minted += 1;
                let key = id(&format!("i{}", self.minted));
                self.edit_goal(user, &goal, |goal| {
                    goal.initiatives.insert(key, Initiative { text, ..Initiative::default() });
                });
            }
            Action::EditInitiative(k, n) => {
                let word = self.word(n);
                self.edit_goal(user, &goal, |goal| {
                    let keys: Vec<Id> = goal.initiatives.keys().cloned().collect();
                    if let Some(key) = pick(&keys, k) {
                        let initiative = goal.initiatives.get_mut(key).unwrap();
                        match n % 7 {
                            0 => initiative.origin = Some(id("proeve1")),
                            1 | 2 => initiative.responsible = word,
                            _ => initiative.text = word,
                        }
                    }
                });
            }
            Action::RemoveInitiative(k) => self.edit_goal(user, &goal, |goal| {
                let keys: Vec<Id> = goal.initiatives.keys().cloned().collect();
                if let Some(key) = pick(&keys, k) {
                    goal.initiatives.remove(key);
                }
            }),
            Action::SetAnchor(k, n) => self.edit_goal(user, &goal, |goal| {
                goal.anchors.insert(id(&format!("k{}", k % 3)), Anchor::Theme(id(&format!("t{n}"))));
            }),
            Action::RemoveAnchor(k) => self.edit_goal(user, &goal, |goal| {
                goal.anchors.remove(&id(&format!("k{}", k % 3)));
            }),
            Action::OlderVersion(k, n) => {
                let word = self.word(n);
                self.minted += 1;
                let key = id(&format!("i{}", self.minted));
                self.edit_undoable(user, &goal, |record, focus, author| {
                    let change = |goal: &mut OlderGoal| match k % 4 {
                        0 => goal.text = word,
                        1 => {
                            goal.initiatives.insert(key, OlderInitiative { text: word });
                        }
                        2 => {
                            goal.initiatives.retain({
                                let mut is_first = true;
                                move |_, _| !std::mem::take(&mut is_first)
                            });
                        }
                        _ => {
                            if let Some((_, first)) = goal.initiatives.iter_mut().next() {
                                first.text = word;
                            }
                        }
                    };
                    record.edit::<OlderGoal>(focus, author, change).unwrap();
                });
            }
            Action::WriteRaw(k, n) => {
                let word = self.word(n);
                let path =
                    ["/future/deep/leaf", "/effect", "/expected_effect@", "/expected_effect", "/initiatives/i1/future"];
                let path = Path::parse(path[usize::from(k) % path.len()]).unwrap();
                let value = LeafValue::from(word.as_str());
                self.edit_undoable(user, &goal, |record, focus, author| {
                    record.write([(path, value)], focus, author).unwrap();
                });
            }
            Action::EditOther(k, n) => {
                let word = self.word(n);
                let key = id(&format!("o{}", self.minted));
                self.edit_undoable(user, &any, |record, focus, author| {
                    let edited = match record.kind().unwrap() {
                        Kind::Goal => record.edit::<Goal>(focus, author, |goal| goal.expected_effect = word),
                        // Sometimes the name, after which imports no longer ask whether the units are the same.
                        Kind::Enhed => record.edit::<Enhed>(focus, author, |unit| {
                            *(if k < 30 { &mut unit.name } else { &mut unit.institution_number }) = word;
                        }),
                        Kind::Aftale => record.edit::<Aftale>(focus, author, |head| {
                            *(if k % 2 == 0 { &mut head.title } else { &mut head.background }) = word;
                        }),
                        Kind::Meeting => record.edit::<Meeting>(focus, author, |meeting| {
                            edit_meeting(meeting, k, &key, word);
                        }),
                        Kind::Package => record.edit::<Package>(focus, author, |package| {
                            edit_package(package, k, &key, word);
                        }),
                        Kind::UnitTask => record.edit::<UnitTask>(focus, author, |task| {
                            if k.is_multiple_of(3) {
                                task.order = Some(format!("{n:x}"));
                            } else {
                                task.title = word;
                            }
                        }),
                        Kind::Proevehandling => record.edit::<Proevehandling>(focus, author, |trial| {
                            edit_trial(trial, k, n, word);
                        }),
                        Kind::Deviation => record.edit::<Deviation>(focus, author, |deviation| {
                            edit_deviation(deviation, k, n, word);
                        }),
                        Kind::Prototype => record.edit::<Prototype>(focus, author, |prototype| {
                            edit_prototype(prototype, (k, n), &key, word);
                        }),
                        Kind::UnitStory => record.edit::<UnitStory>(focus, author, |story| {
                            if k.is_multiple_of(3) {
                                story.shared = sharing_mark(n);
                            } else {
                                story.text = word;
                            }
                        }),
                        Kind::Dialogue => record.edit::<Dialogue>(focus, author, |dialogue| {
                            if k.is_multiple_of(3) {
                                dialogue.released = sharing_mark(n);
                            } else {
                                dialogue.children = word;
                            }
                        }),
                        Kind::Comment => record.edit::<Comment>(focus, author, |comment| comment.text = word),
                        Kind::Reflection => {
                            record.edit::<Reflection>(focus, author, |reflection| reflection.reply = word)
                        }
                        Kind::SynReview => {
                            record.edit::<SynReview>(focus, author, |review| edit_review(review, k, word))
                        }
                        _ => record.edit::<Series>(focus, author, |series| {
                            series.notes.insert(Period::SchoolYear(2020 + u16::from(k % 3)), word);
                        }),
                    };
                    edited.unwrap();
                });
            }
            Action::WriteFigure(k, n) => {
                let series = id(if selector.is_multiple_of(2) { "enhed1.fravaer" } else { "enhed2.fravaer" });
                // Half of the figures rest on fewer than five persons and are masked in shared files.
                let figure = Observation {
                    value: Some(f64::from(n)),
                    measure: Some(Measure::Percent),
                    n: Some(if n % 2 == 0 { 3 } else { 40 }),
                    ..Observation::default()
                };
                self.edit_undoable(user, &series, |record, focus, author| {
                    let change = |series: &mut Series| {
                        series.observations.insert(Period::SchoolYear(2020 + u16::from(k % 3)), figure);
                    };
                    record.edit::<Series>(focus, author, change).unwrap();
                });
            }
            Action::AnswerSameUnit => {
                let units = [id("enhed1"), id("enhed2")];
                let (one, other) = (&units[usize::from(selector % 2)], &units[usize::from(1 - selector % 2)]);
                self.edit_undoable(user, one, |unit, _, author| unit.set_same_as(Some(other), author).unwrap());
            }
            Action::Focus => {
                let id = first_goal();
                if self.is_in_sight(user, &id)
                    && let Some(record) = self.people[user].records.get(&id).cloned()
                {
                    let person = &mut self.people[user];
                    person.focus.enter(&record, text_path());
                    let dots = record.leaf(&text_path()).map(|leaf| leaf.dots().collect()).unwrap_or_default();
                    person.focused = Some((text_path(), dots));
                }
            }
            Action::TypeInFocus(n) => {
                if self.people[user].focused.is_some() {
                    let word = self.word(n);
                    self.edit_goal(user, &first_goal(), |goal| goal.text = word);
                }
            }
            Action::Delete => self.delete(user, &any, None),
            Action::Restore => {
                if self.people[user].records.get(&any).is_some_and(|record| record.life(None) != Life::Living) {
                    self.edit_undoable(user, &any, |record, _, author| record.restore(None, author).unwrap());
                }
            }
            Action::DeleteEntry(k) => {
                if let Some(entry) = pick(&self.entries(user, &goal), k).cloned() {
                    self.delete(user, &goal, Some(&entry));
                }
            }
            Action::RestoreEntry(k) => {
                if let Some(entry) = pick(&self.entries(user, &goal), k).cloned() {
                    self.edit_undoable(user, &goal, |record, _, author| record.restore(Some(&entry), author).unwrap());
                }
            }
            Action::Clear(k) => {
                let (of, entry) = self.choose_deleted(user, k, &any, &goal);
                let life = self.people[user].records.get(&of).map(|record| record.life(entry.as_ref()));
                if life == Some(Life::Deleted) && self.is_in_sight(user, &of) {
                    self.leave_field(user);
                    self.edit_undoable(user, &of, |record, _, author| {
                        record.empty_trash(entry.as_ref(), author).unwrap();
                    });
                    let record = &self.people[user].records[&of];
                    assert_eq!(record.life(entry.as_ref()), Life::Deleted, "an emptied record stays in the trash");
                }
            }
            Action::Forget(k) => {
                let (of, entry) = self.choose_deleted(user, k, &any, &goal);
                if !self.is_in_sight(user, &of) {
                    return;
                }
                let person = &mut self.people[user];
                let Some(record) = person.records.get_mut(&of) else { return };
                let before = record.clone();
                let result = record.forget(entry.as_ref());
                assert_eq!(result.is_ok(), before.life(entry.as_ref()) == Life::Deleted);
                if result.is_ok() {
                    person.earlier.remove(&of);
                    for (path, leaf) in record.leaves() {
                        for (dot, state) in leaf.states() {
                            let earlier_state = before.leaf(path).and_then(|leaf| leaf.get(dot));
                            if *state != LeafState::Forgotten || earlier_state == Some(&LeafState::Forgotten) {
                                continue;
                            }
                            let key = (of.clone(), path.clone(), dot);
                            // A withheld value may be forgotten only after a deletion by somebody who was shown it.
                            if earlier_state == Some(&LeafState::Withheld) {
                                let is_known = self.log.deletions.iter().any(|((deleted, _, by), known)| {
                                    *deleted == of && before.seen().has(*by) && known.contains(&(path.clone(), dot))
                                });
                                assert!(is_known, "{of}{path}: forgotten by somebody who was not shown it");
                            }
                            self.log.forgotten.insert(key);
                        }
                    }
                }
            }
            Action::Undo(k) => {
                if let Some(step) = pick(&self.people[user].steps, k).cloned() {
                    self.undo(user, &step);
                }
            }
            Action::UndoLast => {
                if let Some(step) = self.people[user].steps.last().cloned() {
                    self.undo(user, &step);
                }
            }
            Action::DeleteThenMore(k) => {
                // A record that is deleted right after a file was opened is often masked.
                let user_number = u8::try_from(user).unwrap();
                if k % 3 == 0 {
                    self.act(user_number, selector, &Action::OpenFile(k, 1));
                }
                self.act(user_number, selector, &if k % 2 == 0 { Action::Delete } else { Action::DeleteEntry(k) });
                let more = match (k / 6) % 4 {
                    0 | 1 => vec![Action::Clear(k)],
                    2 => vec![Action::UndoLast, Action::UndoLast],
                    _ => vec![Action::Forget(k)],
                };
                for action in &more {
                    self.act(user_number, selector, action);
                }
            }
            Action::Resolve(n) => self.resolve_choice(user, n, if selector.is_multiple_of(2) { &any } else { &goal }),
            Action::Reload => self.reload(user),
            Action::SnapshotStore => {
                let records = self.people[user].records.clone();
                self.stores.push(records);
            }
            Action::RevertToSnapshot(k) => {
                if let Some(records) = pick(&self.stores, k).cloned() {
                    self.people[user].records = records;
                    self.people[user].earlier.clear();
                    self.reload(user);
                }
            }
            Action::MergeFrom(peer) => {
                let peer_records = in_sight(self.people[usize::from(peer) % PEOPLE].records.clone());
                for (id, remote) in peer_records {
                    let local = &mut self.people[user].records;
                    let merged = local.get(&id).map_or_else(|| remote.clone(), |record| record.merge(&remote).unwrap());
                    local.insert(id.clone(), merged);
                    self.check(user, &id);
                }
            }
            Action::SaveFile(masked) => {
                let mut records = in_sight(self.people[user].records.clone());
                if masked {
                    for record in records.values_mut() {
                        record.withhold(|path, _| path.as_str().len() % 2 == 0);
                    }
                }
                self.save_file(user, &records, &Scope::Backup);
            }
            Action::SharePart(n) => {
                let part = match n % 8 {
                    0 => SharedPart::Enhed { id: id("enhed1") },
                    1 => SharedPart::Enhed { id: id("enhed2") },
                    2 => SharedPart::Aftale { id: id("aftale1") },
                    3 => SharedPart::DataPackage { units: vec![id("enhed1"), id("enhed2")], package: None },
                    4 => SharedPart::Network { name: "Nord".to_owned() },
                    5 => SharedPart::Meeting { id: id("moede1") },
                    6 => SharedPart::Feedback { id: id("datapakke-2025") },
                    _ => SharedPart::Chosen { ids: vec![id("goal1"), id("refleksion1"), id("enhed1.fravaer")] },
                };
                let unmasked_for = (n % 5 == 0).then(|| "Bo".to_owned());
                let records = in_sight(self.people[user].records.clone());
                self.save_file(user, &records, &Scope::Share { part, unmasked_for });
            }
            Action::OpenFile(k, n) => {
                let Some(file) = pick(&self.files, k).cloned() else { return };
                self.open_file(user, &file, Some(n));
            }
            Action::OpenThree(k, n) => {
                let file = |at: u8| pick(&self.files, k.wrapping_add(at.wrapping_mul(n))).cloned();
                let (Some(one), Some(two), Some(three)) = (file(0), file(1), file(2)) else { return };
                let before = self.people[user].clone();
                let mut outcomes = Vec::new();
                for order in [[&one, &two, &three], [&three, &one, &two], [&two, &three, &one]] {
                    self.people[user] = before.clone();
                    for file in order {
                        self.open_file(user, file, None);
                    }
                    outcomes.push(in_sight(self.people[user].records.clone()));
                }
                assert!(outcomes.windows(2).all(|two| two[0] == two[1]), "the order of files changed the records");
            }
            Action::UndoImport => self.undo_import(user, UndoDirection::Last),
            Action::RedoImport => self.undo_import(user, UndoDirection::LastUndone),
        }
        self.check(user, &goal);
        self.check(user, &any);
    }

    /// Undoes an earlier edit of a person.
    fn undo(&mut self, user: usize, step: &RecordDelta) {
        let mut undone = None;
        self.is_undo = true;
        self.write(user, &step.id, |record, _, author| undone = Some(record.undo(step, author).unwrap()));
        self.is_undo = false;
        let undone = undone.unwrap();
        for path in undone.skipped.iter().flatten() {
            assert!(!undone.inverse.leaves.contains_key(path), "{path}: undo wrote a field that it reports as skipped");
        }
        if !undone.inverse.is_empty() {
            self.people[user].steps.push(undone.inverse);
        }
        self.check(user, &step.id);
    }

    /// Deletes a record or an entry. It is then in the trash, even if some of its values are withheld from the person.
    fn delete(&mut self, user: usize, id: &Id, entry: Option<&Path>) {
        self.edit_undoable(user, id, |record, _, author| {
            record.delete(entry, author).unwrap();
            assert_eq!(record.life(entry), Life::Deleted, "the deleted record or entry is not in the trash");
        });
    }

    /// Chooses a record, or an entry of a goal, to be emptied or forgotten.
    fn choose_deleted(&self, user: usize, k: u8, any: &Id, goal: &Id) -> (Id, Option<Path>) {
        if k.is_multiple_of(2) {
            (any.clone(), None)
        } else {
            (goal.clone(), pick(&self.entries(user, goal), k).cloned())
        }
    }

    /// Ends the focus of a person, as opening the trash or a choice does.
    pub(crate) fn leave_field(&mut self, user: usize) {
        self.people[user].focused = None;
        self.people[user].focus = Focus::default();
    }

    /// Resolves an open choice of a record.
    fn resolve_choice(&mut self, user: usize, n: u8, id: &Id) {
        let word = self.word(n);
        let Some(record) = self.people[user].records.get(id).cloned().filter(|_| self.is_in_sight(user, id)) else {
            return;
        };
        let choices = record.choices();
        match pick(&choices, n) {
            Some(Choice::Wordings { path, wordings }) => {
                let resolution = match n % 3 {
                    0 => Resolution::Keep(pick(wordings, n).unwrap().dots[0]),
                    1 if text_path() == **path => Resolution::All,
                    _ if text_path() == **path => Resolution::Replace(LeafValue::from(word.as_str())),
                    _ => Resolution::Keep(wordings[0].dots[0]),
                };
                let mut shown = Focus::default();
                shown.enter(&record, (*path).clone());
                // A choice shows the current values, not those that the field showed on focus.
                self.leave_field(user);
                self.edit_undoable(user, id, |record, _, author| {
                    record.resolve(path, resolution, &mut shown, author).unwrap();
                });
            }
            Some(Choice::DeletedButChanged { entry }) => {
                self.edit_undoable(user, id, |record, _, author| {
                    if n.is_multiple_of(2) {
                        record.restore(entry.as_ref(), author).unwrap();
                    } else {
                        record.delete(entry.as_ref(), author).unwrap();
                    }
                });
            }
            None => {}
        }
        self.check(user, id);
    }
}
