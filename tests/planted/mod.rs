//! A workspace in which every leaf that takes a text holds a word of its own, written by somebody of their own: what any of
//! them is found in has let it through.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

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

/// The unit.
pub(crate) const UNIT: &str = "planteskolen";
/// The package of the cycle.
pub(crate) const PACKAGE: &str = "datapakke-2025";
/// A figure that rests on four persons, as it stands in a file.
pub(crate) const SMALL: &str = "77.125";

/// What is special about a record or a leaf that a word is planted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing.
    Plain,
    /// It belongs to a figure that rests on four persons.
    Small,
    /// It is of an indicator that not all units have.
    Uncommon,
}

/// A word, and where it was planted.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub(crate) kind: Kind,
    pub(crate) entries: Option<&'static str>,
    pub(crate) field: &'static str,
    pub(crate) standing: Standing,
    /// The word in the leaf.
    pub(crate) text: String,
    /// The name of who wrote it.
    pub(crate) by: String,
}

/// Records, and what was planted in them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Planted {
    pub(crate) records: Records,
    pub(crate) words: Vec<Word>,
}

impl Word {
    /// Whether the table lets it through, in a file of a scope. `is_shared`: whether what can be shared is.
    pub(crate) fn goes(&self, scope: &Scope, is_shared: bool) -> bool {
        let Scope::Share { part, .. } = scope else { return true };
        let column = Column::of(part);
        let rows = column.answers(self.kind);
        let row =
            rows.iter().find(|row| row.field.name == self.field && row.entries.map(|field| field.name) == self.entries);
        let is_shown = !(scope.masks() && self.standing == Standing::Small);
        match row.unwrap().answer {
            ReleaseRule::Goes => true,
            ReleaseRule::Masked => is_shown,
            ReleaseRule::Common => is_shown && self.standing != Standing::Uncommon,
            ReleaseRule::Shared | ReleaseRule::Placing => is_shared,
            ReleaseRule::Stays => false,
        }
    }

    /// Where it was planted: `goal/text`.
    pub(crate) fn place(&self) -> String {
        let entries = self.entries.map(|entries| format!("{entries}/")).unwrap_or_default();
        format!("{}/{entries}{}", self.kind, self.field)
    }
}

/// Every scope of a file for others, each with a name.
pub(crate) fn shares(planted: &Planted) -> Vec<(&'static str, Scope)> {
    let id = |text: &str| Id::parse(text).unwrap();
    let network = planted.records[&id(UNIT)].shown_text(&Path::root("network")).unwrap().to_owned();
    let share = |part: SharedPart| Scope::Share { part, unmasked_for: None };
    let unmasked = |part: SharedPart| Scope::Share { part, unmasked_for: Some("Bo".to_owned()) };
    vec![
        ("unit", share(SharedPart::Enhed { id: id(UNIT) })),
        ("unit unmasked", unmasked(SharedPart::Enhed { id: id(UNIT) })),
        ("conversation", share(SharedPart::Samtale { id: id("planteskolen.samtale-2025") })),
        ("agreement", share(SharedPart::Aftale { id: id("aftalen") })),
        ("package", share(SharedPart::DataPackage { units: vec![id(UNIT)], package: Some(id(PACKAGE)) })),
        ("network", share(SharedPart::Network { name: network.clone() })),
        ("network unmasked", unmasked(SharedPart::Network { name: network })),
        ("workshop", share(SharedPart::Workshop { id: id("workshoppen") })),
        ("chosen", share(SharedPart::Chosen { ids: planted.records.keys().cloned().collect() })),
    ]
}

/// The workspace; with all that can be shared shared, or none of it.
pub(crate) fn planted(is_shared: bool) -> Planted {
    let mut all = Planted::default();
    let yes = |flag: Value| if is_shared { flag } else { Value::Null };
    let shared = || ("/shared", yes(json!(true)));
    let of_unit = || ("/unit", json!(UNIT));
    let plain = Standing::Plain;
    all.put(Kind::Enhed, UNIT, plain, &[("/kind", json!("skole")), ("/level", json!(3))]);
    for (indicator, standing) in [("fravaer", plain), ("egen", Standing::Uncommon), ("sygefravaer", Standing::Uncommon)]
    {
        let id = format!("{UNIT}.{indicator}");
        all.put(Kind::Series, &id, standing, &[of_unit(), ("/indicator", json!(indicator))]);
        let about = [("/series", json!(id)), ("/period", json!("2024-25"))];
        all.put(Kind::Dialogue, &format!("{id}.2024-25"), plain, &about);
    }
    let about = [("/series", json!("planteskolen.fravaer")), ("/period", json!("2023-24"))];
    all.put(Kind::Dialogue, "planteskolen.fravaer.2023-24", Standing::Small, &about);
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
    all.put(Kind::Package, PACKAGE, plain, &[]);
    all.put(Kind::Progress, "planteskolen.hjul-2025", plain, &[of_unit()]);
    all.put(Kind::Rapport, "planteskolen.rapport-2025", plain, &[of_unit()]);
    all.put(Kind::Links, "kommunens-sider", plain, &[]);
    all
}

/// A leaf as it is written: its path, its value, and who wrote it.
type Leaf = (String, Value, String);

impl Planted {
    /// Plants a record: a word in every leaf that takes one, but for the leaves that are given.
    fn put(&mut self, kind: Kind, id: &str, standing: Standing, given: &[(&str, Value)]) {
        let mut leaves = Vec::new();
        for field in kind.fields() {
            match field.shape {
                Shape::Leaf => self.leaf(kind, None, field, &format!("/{}", field.name), standing, given, &mut leaves),
                Shape::Leaves => {
                    let key =
                        ["2024-25", "2026-06-30"].into_iter().find(|key| takes_key(kind, field.name, key)).unwrap();
                    let path = format!("/{}/{key}", field.name);
                    self.leaf(kind, None, field, &path, standing, given, &mut leaves);
                    if key == "2024-25" && kind == Kind::Series && standing == Standing::Plain {
                        let path = format!("/{}/2023-24", field.name);
                        self.leaf(kind, None, field, &path, Standing::Small, given, &mut leaves);
                    }
                }
                Shape::Entries(inner) => {
                    for own in inner {
                        let path = format!("/{}/e1/{}", field.name, own.name);
                        self.leaf(kind, Some(field), own, &path, standing, given, &mut leaves);
                    }
                }
            }
        }
        self.records.insert(Id::parse(id).unwrap(), record(kind, id, &leaves));
    }

    #[allow(clippy::too_many_arguments, reason = "a leaf is all of this")]
    fn leaf(
        &mut self,
        kind: Kind,
        entries: Option<&'static Field>,
        field: &'static Field,
        path: &str,
        standing: Standing,
        given: &[(&str, Value)],
        leaves: &mut Vec<Leaf>,
    ) {
        let number = self.words.len();
        let (text, by) = (format!("Plantet{number:04}ord"), format!("Skriver{number:04}en"));
        if let Some((_, value)) = given.iter().find(|(own, _)| *own == path) {
            leaves.push((path.to_owned(), value.clone(), "Alle".to_owned()));
            return;
        }
        // Words about a figure that goes elsewhere than it are no less about it, but are no part of it.
        let is_about = matches!(field.name, "observations" | "notes");
        let standing =
            if standing == Standing::Small && kind == Kind::Series && !is_about { Standing::Plain } else { standing };
        let (n, figure) = if standing == Standing::Small { (4, 77.125) } else { (40, 61.5) };
        let values = [
            json!(text),
            json!({ "value": figure, "measure": "percent", "n": n, "state": "value", "source": text }),
            json!({ "version": "v1", "party": "leader", "name": text, "date": "2026-05-11" }),
            json!(["pairs", text, "Ro", "Fart", "Nær", "Fjern"]),
        ];
        let is_object = |value: &Value| value.is_object() || value.is_array();
        let fits = |value: &&Value| {
            (!is_object(value) || field.role == FieldRole::TextInside) && reads(kind, entries, field, path, value)
        };
        let Some(value) = values.iter().find(fits) else {
            assert!(!matches!(field.role, FieldRole::Text | FieldRole::TextInside), "{kind}{path} takes no word");
            return;
        };
        leaves.push((path.to_owned(), value.clone(), by.clone()));
        let entries = entries.map(|field| field.name);
        self.words.push(Word { kind, entries, field: field.name, standing, text, by });
    }
}

/// A record of leaves that each somebody wrote.
fn record(kind: Kind, id: &str, leaves: &[Leaf]) -> Record {
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

fn with_slot(fields: &mut dyn Fields, of: &str, take: &mut dyn FnMut(FieldSlot<'_>)) {
    fields.each_field(&mut |name, slot| {
        if name == of {
            take(slot);
        }
    });
}

/// Whether a map of leaves has a place for a key.
fn takes_key(kind: Kind, of: &str, key: &str) -> bool {
    let mut takes = false;
    with_slot(&mut *kind.blank(), of, &mut |slot| {
        if let FieldSlot::Leaves(leaves) = slot {
            takes = [json!("ord"), json!(1), json!({}), json!([])].iter().any(|value| has_place(leaves, key, value));
        }
    });
    // What takes none of these takes an own sort of value, and any key.
    takes || Id::parse(key).is_some() && !is_dated(kind, of)
}

fn has_place(leaves: &mut dyn LeavesSlot, key: &str, value: &Value) -> bool {
    let mut count = 0;
    let is_read = leaves.read(key, value).is_ok();
    leaves.write(&mut |_, _| count += 1);
    is_read && count > 0
}

fn is_dated(kind: Kind, of: &str) -> bool {
    kind == Kind::Series && matches!(of, "events" | "targets" | "accepted")
}

fn reads(kind: Kind, entries: Option<&Field>, field: &Field, path: &str, value: &Value) -> bool {
    let mut is_read = false;
    let mut blank = kind.blank();
    let mut look = |slot: FieldSlot<'_>| {
        is_read = match slot {
            FieldSlot::Leaf(leaf) => leaf.read(value).is_ok(),
            FieldSlot::Leaves(leaves) => has_place(leaves, path.rsplit('/').next().unwrap(), value),
            FieldSlot::Entries(_) => false,
        };
    };
    match entries {
        None => with_slot(&mut *blank, field.name, &mut look),
        Some(entries) => with_slot(&mut *blank, entries.name, &mut |slot| {
            if let FieldSlot::Entries(all) = slot {
                with_slot(all.entry("e1").unwrap(), field.name, &mut look);
            }
        }),
    }
    is_read
}
