//! The guard against CPR numbers on the way in: whatever of a record can hold words or a number is looked through, and what
//! holds a CPR number that nobody said is none is withheld.
//!
//! | what | how it is looked through |
//! | --- | --- |
//! | people's own words (`Role::Words`, `Role::WordsInside`) | as words |
//! | the content of an agreement's version | the words within as words; fingerprints, ids and days as what they are |
//! | every other leaf, those of newer versions and unknown kinds among them | as ids: digits inside a longer word count for nothing |
//! | figures, at any depth of a leaf | as figures |
//! | the names that writes are labelled with (`by`) | as words, and masked: a label has no dot to be withheld under |
//!
//! Ids and the keys of leaves cannot be withheld; a record that has a CPR number there is refused ([`is_named_by_one`]).

use serde_json::Value;

use crate::domain::aftale::Aftale;
use crate::domain::body::{Field, FieldRole, FieldTable as _, Shape};
use crate::domain::cpr::{self, Allowed};
use crate::domain::goal::Goal;
use crate::domain::registry::Kind;
use crate::record::Record;
use crate::record::path::Path;
use crate::record::view::position;

/// Withholds what of a record holds a CPR number, masks its labels, and names what was found.
pub(super) fn withhold_cpr(record: &mut Record) -> Vec<Path> {
    let (kind, allowed) = (record.kind(), record.not_cpr());
    let mut named = record.withhold(|path, value| {
        if let (Some(Kind::Version), "/content", Some(content)) = (kind, path.as_str(), value.json().as_str()) {
            return in_version(content, &allowed);
        }
        // What a field is matters only where something was found.
        let role = || kind.and_then(|kind| position(kind, path)).map_or(FieldRole::Plain, |place| place.field.role);
        holds(value.json(), true, &allowed) && (is_words(role()) || holds(value.json(), false, &allowed))
    });
    let mask = |by: &str| {
        let typed = cpr::mask(by, &allowed);
        (!typed.masked.is_empty()).then_some(typed.save)
    };
    if record.relabel(&mask) {
        named.push(Path::root("@by"));
    }
    named
}

/// Whether a record, or a leaf of it, has a CPR number as its name.
pub(super) fn is_named_by_one(record: &Record) -> bool {
    let is_one = |name: &str| !cpr::find_whole_words(name).is_empty();
    let mut names = record.leaves().keys().filter(|path| !path.is_own());
    is_one(record.id().as_str()) || names.any(|path| is_one(path.as_str()))
}

const fn is_words(role: FieldRole) -> bool {
    matches!(role, FieldRole::Text | FieldRole::TextInside)
}

/// Whether there is a CPR number in a value, at any depth.
fn holds(value: &Value, is_words: bool, allowed: &Allowed) -> bool {
    let in_text = |text: &str| {
        let found = if is_words { cpr::find(text) } else { cpr::find_whole_words(text) };
        found.iter().any(|found| !allowed.contains(&found.digits))
    };
    match value {
        Value::String(text) => in_text(text),
        Value::Number(number) => number.as_f64().is_some_and(cpr::in_number),
        Value::Array(items) => items.iter().any(|item| holds(item, is_words, allowed)),
        Value::Object(map) => map.iter().any(|(key, item)| holds_key(key) || holds(item, is_words, allowed)),
        Value::Null | Value::Bool(_) => false,
    }
}

/// Whether there is a CPR number in a key.
fn holds_key(key: &str) -> bool {
    !cpr::find_whole_words(key).is_empty()
}

/// Whether there is a CPR number in the content of a version.
fn in_version(content: &str, allowed: &Allowed) -> bool {
    let Ok(Value::Object(parts)) = serde_json::from_str(content) else {
        return holds(&Value::String(content.to_owned()), true, allowed);
    };
    parts.iter().any(|(part, value)| match (part.as_str(), value) {
        ("before" | "date" | "format", value) => holds(value, false, allowed),
        // What has no name is called by its id.
        ("names", Value::Object(names)) => {
            names.iter().any(|(id, name)| holds(name, name.as_str() != Some(id), allowed) || holds_key(id))
        }
        ("head", Value::Object(_)) => in_fields(value, Aftale::FIELDS, allowed),
        ("goals", Value::Array(goals)) => goals.iter().any(|entry| match entry {
            Value::Object(entry) => entry.iter().any(|(name, value)| match name.as_str() {
                "goal" => in_fields(value, Goal::FIELDS, allowed),
                "id" => holds(value, false, allowed),
                _ => holds(value, true, allowed),
            }),
            other => holds(other, true, allowed),
        }),
        (_, value) => holds(value, true, allowed),
    })
}

/// Whether there is a CPR number in a body, or an entry of one, as a version holds it.
fn in_fields(value: &Value, fields: &[Field], allowed: &Allowed) -> bool {
    let Value::Object(parts) = value else { return holds(value, true, allowed) };
    parts.iter().any(|(name, value)| match fields.iter().find(|field| field.name == name) {
        None => holds(value, true, allowed),
        Some(Field { shape: Shape::Entries(inner), .. }) => match value {
            Value::Object(entries) => {
                entries.iter().any(|(key, entry)| holds_key(key) || in_fields(entry, inner, allowed))
            }
            other => holds(other, true, allowed),
        },
        Some(field) => holds(value, is_words(field.role), allowed),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::aftale::progress::NoIndicators;
    use crate::domain::aftale::version;
    use crate::domain::aftale::whole::AgreementBundle;
    use crate::domain::date::Date;
    use crate::domain::goal::{Anchor, Initiative};
    use crate::domain::id::Id;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn version(change: impl FnOnce(&mut AgreementBundle), before: Option<&Id>) -> String {
        let mut goal =
            Goal { text: "Flere børn er med".into(), origin: Some(id("7h1503121234xyz0")), ..Goal::default() };
        goal.anchors.insert(id("a1503121234bcdef"), Anchor::Indicator(id("a1503121234bcdef")));
        goal.initiatives.insert(id("k1503121234"), Initiative { text: "Legegrupper".into(), ..Initiative::default() });
        let head = Aftale { title: "Aftale 2026–2028".into(), leader: "Anne".into(), ..Aftale::default() };
        let mut whole = AgreementBundle {
            head,
            unit: "Solstrålen".to_owned(),
            goals: vec![(id("g1503121234"), goal)],
            ..AgreementBundle::default()
        };
        change(&mut whole);
        version::content(&whole, &NoIndicators, 2, before, Date::new(2026, 6, 1).unwrap())
    }

    /// One second version in four hundred has ten digits of a day in the fingerprint of the first.
    #[test]
    fn trust_cpr_guard_looks_at_no_fingerprint_of_a_version() {
        let prints = [
            "ba7816bf8f01cfea1503121234de5dae2223b00361a396177a9cb410ff61f200",
            "1503121234cfea414140de5dae2223b00361a396177a9cb410ff61f200150312ab",
            "abcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdef1503121234",
        ];
        for print in prints {
            assert_eq!(cpr::find(print).len(), 1);
            assert!(!in_version(&version(|_| {}, Some(&id(print))), &Allowed::new()), "{print}");
        }
    }

    #[test]
    fn trust_cpr_guard_looks_at_every_word_of_a_version() {
        type Change = (&'static str, fn(&mut AgreementBundle));
        let changes: [Change; 9] = [
            ("title", |whole| whole.head.title = "Aftale x1503121234x".into()),
            ("leader", |whole| whole.head.leader = "Anne 150312-1234".into()),
            ("themes", |whole| whole.head.themes = "15-03-2012 1234".into()),
            ("unit", |whole| whole.unit = "Solstrålen 1503121234".to_owned()),
            ("goal", |whole| whole.goals[0].1.text = "barn1503121234".into()),
            ("effect", |whole| whole.goals[0].1.expected_effect = "150312\n1234".into()),
            ("initiative", |whole| {
                whole.goals[0].1.initiatives.get_mut(&id("k1503121234")).unwrap().responsible =
                    "７５０３１２-1234".into();
            }),
            ("id", |whole| whole.goals[0].0 = id("1503121234")),
            ("before", |_| {}),
        ];
        for (name, change) in changes {
            let before = (name == "before").then(|| id("150312-1234"));
            assert!(in_version(&version(change, before.as_ref()), &Allowed::new()), "{name}");
        }
        // What no version has is words as well, and so is what is no version.
        for content in [
            r#"{"format":"sammenhaengsaftale","version":1,"hidden":"x1503121234"}"#,
            r#"{"head":{"hidden":["150312-1234"]}}"#,
            r#"{"goals":["150312-1234"]}"#,
            r#"{"names":{"fravaer":"Barn 150312-1234"}}"#,
            r#"{"goals":[{"goal":{"baseline":{"value":1503121234}}}]}"#,
            "150312-1234",
            "[\"150312-1234\"]",
        ] {
            assert!(in_version(content, &Allowed::new()), "{content}");
        }
    }
}
