//! A workspace for leak tests: every leaf that takes a text holds a unique word by a uniquely named author. A word
//! found in a file shows that the file lets its leaf through.

use kvalitetshjul::domain::body::{Field, FieldRole, Shape};
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::registry::Kind;
use kvalitetshjul::domain::slot::{FieldSlot, Fields, LeavesSlot};
use kvalitetshjul::exchange::release::{Column, ReleaseRule};
use kvalitetshjul::exchange::scope::{Scope, SharedPart};
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::{Record, Records};
use serde_json::{Map, Value, json};

/// The id of the unit.
pub(crate) const UNIT: &str = "planteskolen";
/// The id of the cycle's data package.
pub(crate) const PACKAGE: &str = "datapakke-2025";
/// A figure that rests on four persons, as a file writes it.
pub(crate) const SMALL_FIGURE: &str = "77.125";

/// Why a record or leaf with a word may be more protected than others of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sensitivity {
    /// No reason.
    Plain,
    /// The leaf is about a figure that rests on four persons.
    SmallFigure,
    /// The record is about an indicator that not all units have.
    UncommonIndicator,
}

/// A unique word and its leaf.
#[derive(Clone, Debug)]
pub(crate) struct CanaryWord {
    pub(crate) kind: Kind,
    pub(crate) entries: Option<&'static str>,
    pub(crate) field: &'static str,
    pub(crate) sensitivity: Sensitivity,
    /// The word, which is the text of the leaf.
    pub(crate) text: String,
    /// The unique name of the leaf's author.
    pub(crate) by: String,
}

/// Records and the words in them.
#[derive(Clone, Debug, Default)]
pub(crate) struct CanaryWorkspace {
    pub(crate) records: Records,
    pub(crate) words: Vec<CanaryWord>,
}

impl CanaryWorkspace {
    /// Asserts that a file holds exactly the words, and the names of their authors, that a scope releases. The answer
    /// of a forum holds no name.
    pub(crate) fn assert_holds_released_words(&self, text: &str, scope: &Scope, is_shared: bool) {
        let has_names = !matches!(scope, Scope::Share { part: SharedPart::Feedback { .. }, .. });
        for word in &self.words {
            let is_released = word.is_released(scope, is_shared);
            let location = word.location();
            assert_eq!(text.contains(&word.text), is_released, "{scope:?}, shared {is_shared}: {location}");
            let is_named = is_released && has_names;
            assert_eq!(text.contains(&word.by), is_named, "{scope:?}, shared {is_shared}: author of {location}");
        }
    }
}

impl CanaryWord {
    /// Returns whether the release table lets the word into a file of a scope. `is_shared` says whether all records
    /// that a user can share are shared.
    pub(crate) fn is_released(&self, scope: &Scope, is_shared: bool) -> bool {
        let Scope::Share { part, .. } = scope else { return true };
        let column = Column::of(part);
        let rows = column.rules(self.kind);
        let row =
            rows.iter().find(|row| row.field.name == self.field && row.entries.map(|field| field.name) == self.entries);
        let is_unmasked = !(scope.is_masked() && self.sensitivity == Sensitivity::SmallFigure);
        match row.unwrap().rule {
            ReleaseRule::Goes => true,
            ReleaseRule::Masked => is_unmasked,
            ReleaseRule::Common => is_unmasked && self.sensitivity != Sensitivity::UncommonIndicator,
            ReleaseRule::Shared | ReleaseRule::Placing => is_shared,
            ReleaseRule::Stays => false,
        }
    }

    /// Returns the kind and field of the word's leaf: `goal/text`, `goal/initiatives/text`.
    pub(crate) fn location(&self) -> String {
        let entries = self.entries.map(|entries| format!("{entries}/")).unwrap_or_default();
        format!("{}/{entries}{}", self.kind, self.field)
    }
}

/// Lists every scope of a file for others, each with a name.
pub(crate) fn share_scopes(workspace: &CanaryWorkspace) -> Vec<(&'static str, Scope)> {
    let id = |text: &str| Id::parse(text).unwrap();
    let network = workspace.records[&id(UNIT)].shown_text(&Path::root("network")).unwrap().to_owned();
    let share = |part: SharedPart| Scope::Share { part, unmasked_for: None };
    let unmasked = |part: SharedPart| Scope::Share { part, unmasked_for: Some("Bo".to_owned()) };
    vec![
        ("unit", share(SharedPart::Enhed { id: id(UNIT) })),
        ("unit unmasked", unmasked(SharedPart::Enhed { id: id(UNIT) })),
        ("conversation", share(SharedPart::Samtale { id: id("planteskolen.samtale-2025") })),
        ("agreement", share(SharedPart::Aftale { id: id("aftalen") })),
        ("package", share(SharedPart::DataPackage { units: vec![id(UNIT)], package: Some(id(PACKAGE)) })),
        ("feedback", share(SharedPart::Feedback { id: id(PACKAGE) })),
        ("network", share(SharedPart::Network { name: network.clone() })),
        ("network unmasked", unmasked(SharedPart::Network { name: network })),
        ("workshop", share(SharedPart::Workshop { id: id("workshoppen") })),
        ("meeting", share(SharedPart::Meeting { id: id("forummoedet") })),
        ("chosen", share(SharedPart::Chosen { ids: workspace.records.keys().cloned().collect() })),
    ]
}

/// Builds the workspace. `is_shared` says whether all records that a user can share are shared, or none.
pub(crate) fn canary_workspace(is_shared: bool) -> CanaryWorkspace {
    let mut all = CanaryWorkspace::default();
    let yes = |flag: Value| if is_shared { flag } else { Value::Null };
    let shared = || ("/shared", yes(json!(true)));
    let of_unit = || ("/unit", json!(UNIT));
    let plain = Sensitivity::Plain;
    all.put(Kind::Enhed, UNIT, plain, &[("/kind", json!("skole")), ("/level", json!(3))]);
    for (indicator, sensitivity) in
        [("fravaer", plain), ("egen", Sensitivity::UncommonIndicator), ("sygefravaer", Sensitivity::UncommonIndicator)]
    {
        let id = format!("{UNIT}.{indicator}");
        all.put(Kind::Series, &id, sensitivity, &[of_unit(), ("/indicator", json!(indicator))]);
        let about = [("/series", json!(id)), ("/period", json!("2024-25"))];
        all.put(Kind::Dialogue, &format!("{id}.2024-25"), plain, &about);
    }
    let about = [("/series", json!("planteskolen.fravaer")), ("/period", json!("2023-24"))];
    all.put(Kind::Dialogue, "planteskolen.fravaer.2023-24", Sensitivity::SmallFigure, &about);
    all.put(Kind::Indicator, "egen", plain, &[of_unit()]);
    all.put(Kind::Aftale, "aftalen", plain, &[of_unit()]);
    let of_agreement = || ("/aftale", json!("aftalen"));
    all.put(Kind::Version, "versionen", plain, &[of_agreement()]);
    all.put(Kind::Goal, "maalet", plain, &[of_agreement(), shared()]);
    all.put(Kind::Midtvejsstatus, "aftalen.midtvejs", plain, &[of_agreement(), shared()]);
    let released = ("/topics/e1/released", yes(json!("to_report")));
    all.put(Kind::Samtale, "planteskolen.samtale-2025", plain, &[of_unit(), released]);
    all.put(Kind::Comment, "kommentaren", plain, &[("/on", json!("maalet"))]);
    all.put(Kind::Proevehandling, "proeven", plain, &[of_unit(), shared()]);
    all.put(Kind::Reflection, "refleksionen", plain, &[of_unit()]);
    all.put(Kind::Instrument, "redskabet", plain, &[of_unit()]);
    all.put(Kind::Workshop, "workshoppen", plain, &[of_unit()]);
    all.put(Kind::Pyramid, "pyramiden", plain, &[of_unit(), shared()]);
    all.put(Kind::Deviation, "afvigelsen", plain, &[of_unit(), shared()]);
    all.put(Kind::Prototype, "prototypen", plain, &[of_unit(), shared()]);
    all.put(Kind::UnitStory, "historien", plain, &[of_unit(), shared()]);
    all.put(Kind::Package, PACKAGE, plain, &[]);
    all.put(Kind::Progress, "planteskolen.hjul-2025", plain, &[of_unit()]);
    all.put(Kind::Rapport, "planteskolen.rapport-2025", plain, &[of_unit()]);
    all.put(Kind::Links, "kommunens-sider", plain, &[]);
    all.put(Kind::UnitTask, "opgaven", plain, &[of_unit()]);
    all.put(Kind::SynReview, "planteskolen.syn", plain, &[of_unit()]);
    all.put(Kind::Meeting, "forummoedet", plain, &[("/offers/e1/to", json!(UNIT))]);
    all
}

/// A written leaf: path, value, name of the author.
type WrittenLeaf = (String, Value, String);

impl CanaryWorkspace {
    /// Adds a record with a word in every leaf that takes a text. The leaves in `given` get their given values instead.
    fn put(&mut self, kind: Kind, id: &str, sensitivity: Sensitivity, given: &[(&str, Value)]) {
        let mut leaves = Vec::new();
        for field in kind.fields() {
            match field.shape {
                Shape::Leaf => {
                    self.add_leaf(kind, None, field, &format!("/{}", field.name), sensitivity, given, &mut leaves);
                }
                Shape::Leaves => {
                    let key =
                        ["2024-25", "2026-06-30"].into_iter().find(|key| takes_key(kind, field.name, key)).unwrap();
                    let path = format!("/{}/{key}", field.name);
                    self.add_leaf(kind, None, field, &path, sensitivity, given, &mut leaves);
                    if key == "2024-25" && kind == Kind::Series && sensitivity == Sensitivity::Plain {
                        let path = format!("/{}/2023-24", field.name);
                        self.add_leaf(kind, None, field, &path, Sensitivity::SmallFigure, given, &mut leaves);
                    }
                }
                Shape::Entries(inner) => {
                    for inner_field in inner {
                        let path = format!("/{}/e1/{}", field.name, inner_field.name);
                        self.add_leaf(kind, Some(field), inner_field, &path, sensitivity, given, &mut leaves);
                    }
                }
            }
        }
        self.records.insert(Id::parse(id).unwrap(), record(kind, id, &leaves));
    }

    #[allow(clippy::too_many_arguments, reason = "all of this describes a leaf")]
    /// Adds a leaf to `leaves`, and its word to the words.
    fn add_leaf(
        &mut self,
        kind: Kind,
        entries: Option<&'static Field>,
        field: &'static Field,
        path: &str,
        sensitivity: Sensitivity,
        given: &[(&str, Value)],
        leaves: &mut Vec<WrittenLeaf>,
    ) {
        let number = self.words.len();
        let (text, by) = (format!("Plantet{number:04}ord"), format!("Skriver{number:04}en"));
        if let Some((_, value)) = given.iter().find(|(given_path, _)| *given_path == path) {
            leaves.push((path.to_owned(), value.clone(), "Alle".to_owned()));
            return;
        }
        // In a series, only the figure itself and the note about it are sensitive.
        let is_about = matches!(field.name, "observations" | "notes");
        let sensitivity = if sensitivity == Sensitivity::SmallFigure && kind == Kind::Series && !is_about {
            Sensitivity::Plain
        } else {
            sensitivity
        };
        let (n, figure) = if sensitivity == Sensitivity::SmallFigure { (4, 77.125) } else { (40, 61.5) };
        let values = [
            json!(text),
            json!({ "value": figure, "measure": "percent", "n": n, "state": "value", "source": text }),
            json!({ "version": "v1", "party": "leader", "name": text, "date": "2026-05-11" }),
            json!(["pairs", text, "Ro", "Fart", "Nær", "Fjern"]),
            json!({ "theme": text }),
        ];
        let is_object = |value: &Value| value.is_object() || value.is_array();
        let takes_objects = field.role == FieldRole::ContainsText || field.name == "anchors";
        let fits = |value: &&Value| (!is_object(value) || takes_objects) && reads(kind, entries, field, path, value);
        let Some(value) = values.iter().find(fits) else {
            assert!(!matches!(field.role, FieldRole::Text | FieldRole::ContainsText), "{kind}{path} takes no text");
            return;
        };
        leaves.push((path.to_owned(), value.clone(), by.clone()));
        let entries = entries.map(|field| field.name);
        self.words.push(CanaryWord { kind, entries, field: field.name, sensitivity, text, by });
    }
}

/// Builds a record in which each leaf has an author of its own.
fn record(kind: Kind, id: &str, leaves: &[WrittenLeaf]) -> Record {
    let values: Map<String, Value> = leaves.iter().map(|(path, value, _)| (path.clone(), value.clone())).collect();
    let (mut seen, mut writes) = (Map::new(), Vec::new());
    for (number, (path, _, by)) in leaves.iter().enumerate() {
        let mut bits = [7; 10];
        bits[0] = u8::try_from(number).unwrap();
        let actor = Actor::from_random(bits).to_string();
        seen.insert(actor.clone(), json!(2));
        writes.push(json!({ "actor": actor, "n": 2, "at": "2026-03-15T09:42:00Z", "by": by, "leaves": [path] }));
    }
    let all = json!({ "kind": kind.name(), "id": id, "leaves": values, "seen": seen, "writes": writes });
    let record: Record = serde_json::from_value(all).unwrap();
    record.check().unwrap();
    record
}

/// Calls `take` with the slot of a field.
fn with_slot(fields: &mut dyn Fields, field: &str, take: &mut dyn FnMut(FieldSlot<'_>)) {
    fields.each_field(&mut |name, slot| {
        if name == field {
            take(slot);
        }
    });
}

/// Returns whether a map of leaves accepts a key.
fn takes_key(kind: Kind, field: &str, key: &str) -> bool {
    let mut takes = false;
    with_slot(&mut *kind.blank(), field, &mut |slot| {
        if let FieldSlot::Leaves(leaves) = slot {
            takes = [json!("ord"), json!(1), json!({}), json!([])].iter().any(|value| accepts(leaves, key, value));
        }
    });
    // A map that accepts none of these values has values of its own type, under ids.
    takes || Id::parse(key).is_some() && !is_keyed_by_date(kind, field)
}

/// Returns whether a map of leaves reads a value under a key and keeps it.
fn accepts(leaves: &mut dyn LeavesSlot, key: &str, value: &Value) -> bool {
    let mut count = 0;
    let is_read = leaves.read(key, value).is_ok();
    leaves.write(&mut |_, _| count += 1);
    is_read && count > 0
}

fn is_keyed_by_date(kind: Kind, field: &str) -> bool {
    match kind {
        Kind::Series => matches!(field, "events" | "targets" | "accepted"),
        Kind::SynReview => field == "visits",
        _ => false,
    }
}

/// Returns whether the leaf at a path reads a value.
fn reads(kind: Kind, entries: Option<&Field>, field: &Field, path: &str, value: &Value) -> bool {
    let mut is_read = false;
    let mut blank = kind.blank();
    let mut try_read = |slot: FieldSlot<'_>| {
        is_read = match slot {
            FieldSlot::Leaf(leaf) => leaf.read(value).is_ok(),
            FieldSlot::Leaves(leaves) => accepts(leaves, path.rsplit('/').next().unwrap(), value),
            FieldSlot::Entries(_) => false,
        };
    };
    match entries {
        None => with_slot(&mut *blank, field.name, &mut try_read),
        Some(entries) => with_slot(&mut *blank, entries.name, &mut |slot| {
            if let FieldSlot::Entries(all) = slot {
                with_slot(all.entry("e1").unwrap(), field.name, &mut try_read);
            }
        }),
    }
    is_read
}
