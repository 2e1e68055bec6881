//! Guards against CPR numbers in records that come in: everything in a record that can hold text or a number is
//! checked. A value with a CPR number is withheld, unless a user declared that number not to be one.
//!
//! | content | how it is checked |
//! | --- | --- |
//! | people's own text ([`FieldRole::Text`], [`FieldRole::ContainsText`]) | as text |
//! | the content of a version of an aftale | the text in it as text; fingerprints, ids and days as such |
//! | every other leaf, also of newer versions and unknown kinds | as ids: digits inside a longer word do not count |
//! | numbers, at any depth of a leaf | as figures |
//! | the author names of writes (`by`) | as text, and masked: a label has no dot to be withheld under |
//!
//! Ids and the names of leaves cannot be withheld. A record with a CPR number there is refused ([`has_cpr_in_name`]).

use serde_json::Value;

use crate::domain::aftale::Aftale;
use crate::domain::body::{Field, FieldRole, FieldTable as _, Shape};
use crate::domain::cpr::{self, Allowed};
use crate::domain::goal::Goal;
use crate::domain::registry::Kind;
use crate::record::Record;
use crate::record::path::Path;
use crate::record::view::position;

/// Withholds the values of a record that hold a CPR number, and masks such numbers in the author names. Returns the
/// paths concerned; `@by` stands for the names.
pub(super) fn withhold_cpr(record: &mut Record) -> Vec<Path> {
    let (kind, allowed) = (record.kind(), record.not_cpr());
    let mut withheld = record.withhold(|path, value| {
        if let (Some(Kind::Version), "/content", Some(content)) = (kind, path.as_str(), value.json().as_str()) {
            return version_has_cpr(content, &allowed);
        }
        // The role is looked up only if there is a match.
        let role = || kind.and_then(|kind| position(kind, path)).map_or(FieldRole::Plain, |place| place.field.role);
        has_cpr(value.json(), true, &allowed) && (is_text_role(role()) || has_cpr(value.json(), false, &allowed))
    });
    let mask = |by: &str| {
        let text = cpr::mask(by, &allowed);
        (!text.masked.is_empty()).then_some(text.save)
    };
    if record.relabel(&mask) {
        withheld.push(Path::root("@by"));
    }
    withheld
}

/// Whether the id of a record or the name of one of its leaves contains a CPR number.
pub(super) fn has_cpr_in_name(record: &Record) -> bool {
    let is_cpr = |name: &str| !cpr::find_whole_words(name).is_empty();
    let mut names = record.leaves().keys().filter(|path| !path.is_own());
    is_cpr(record.id().as_str()) || names.any(|path| is_cpr(path.as_str()))
}

/// Whether fields of a role hold people's own text.
const fn is_text_role(role: FieldRole) -> bool {
    matches!(role, FieldRole::Text | FieldRole::ContainsText)
}

/// Whether a value contains a CPR number, at any depth. Strings are checked as text if `is_text`, otherwise as ids.
fn has_cpr(value: &Value, is_text: bool, allowed: &Allowed) -> bool {
    let string_has_cpr = |text: &str| {
        let found = if is_text { cpr::find(text) } else { cpr::find_whole_words(text) };
        found.iter().any(|found| !allowed.contains(&found.digits))
    };
    match value {
        Value::String(text) => string_has_cpr(text),
        Value::Number(number) => number.as_f64().is_some_and(cpr::is_like_cpr),
        Value::Array(items) => items.iter().any(|item| has_cpr(item, is_text, allowed)),
        Value::Object(map) => map.iter().any(|(key, item)| key_has_cpr(key) || has_cpr(item, is_text, allowed)),
        Value::Null | Value::Bool(_) => false,
    }
}

/// Whether a key contains a CPR number.
fn key_has_cpr(key: &str) -> bool {
    !cpr::find_whole_words(key).is_empty()
}

/// Whether the content of a version contains a CPR number. Content that is not a JSON object is checked as text.
fn version_has_cpr(content: &str, allowed: &Allowed) -> bool {
    let Ok(Value::Object(parts)) = serde_json::from_str(content) else {
        return has_cpr(&Value::String(content.to_owned()), true, allowed);
    };
    parts.iter().any(|(part, value)| match (part.as_str(), value) {
        ("before" | "date" | "format", value) => has_cpr(value, false, allowed),
        // A thing without a name is called by its id here.
        ("names", Value::Object(names)) => {
            names.iter().any(|(id, name)| has_cpr(name, name.as_str() != Some(id), allowed) || key_has_cpr(id))
        }
        ("head", Value::Object(_)) => fields_have_cpr(value, Aftale::FIELDS, allowed),
        ("goals", Value::Array(goals)) => goals.iter().any(|entry| match entry {
            Value::Object(entry) => entry.iter().any(|(name, value)| match name.as_str() {
                "goal" => fields_have_cpr(value, Goal::FIELDS, allowed),
                "id" => has_cpr(value, false, allowed),
                _ => has_cpr(value, true, allowed),
            }),
            other => has_cpr(other, true, allowed),
        }),
        (_, value) => has_cpr(value, true, allowed),
    })
}

/// Whether a body or an entry, as a version holds it, contains a CPR number. Unknown fields are checked as text.
fn fields_have_cpr(value: &Value, fields: &[Field], allowed: &Allowed) -> bool {
    let Value::Object(parts) = value else { return has_cpr(value, true, allowed) };
    parts.iter().any(|(name, value)| match fields.iter().find(|field| field.name == name) {
        None => has_cpr(value, true, allowed),
        Some(Field { shape: Shape::Entries(inner), .. }) => match value {
            Value::Object(entries) => {
                entries.iter().any(|(key, entry)| key_has_cpr(key) || fields_have_cpr(entry, inner, allowed))
            }
            other => has_cpr(other, true, allowed),
        },
        Some(field) => has_cpr(value, is_text_role(field.role), allowed),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::aftale::bundle::AgreementBundle;
    use crate::domain::aftale::progress::NoIndicators;
    use crate::domain::aftale::version;
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
        let mut bundle = AgreementBundle {
            head,
            unit: "Solstrålen".to_owned(),
            goals: vec![(id("g1503121234"), goal)],
            ..AgreementBundle::default()
        };
        change(&mut bundle);
        version::write_content(&bundle, &NoIndicators, 2, before, Date::new(2026, 6, 1).unwrap())
    }

    /// About one second version in four hundred has ten digits that look like a CPR number in the fingerprint of the
    /// first.
    #[test]
    fn version_has_cpr_ignores_fingerprints() {
        let fingerprints = [
            "ba7816bf8f01cfea1503121234de5dae2223b00361a396177a9cb410ff61f200",
            "1503121234cfea414140de5dae2223b00361a396177a9cb410ff61f200150312ab",
            "abcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdefabcdef1503121234",
        ];
        for fingerprint in fingerprints {
            assert_eq!(cpr::find(fingerprint).len(), 1);
            assert!(!version_has_cpr(&version(|_| {}, Some(&id(fingerprint))), &Allowed::new()), "{fingerprint}");
        }
    }

    #[test]
    fn version_has_cpr_checks_every_text_of_a_version() {
        type Change = (&'static str, fn(&mut AgreementBundle));
        let changes: [Change; 9] = [
            ("title", |bundle| bundle.head.title = "Aftale x1503121234x".into()),
            ("leader", |bundle| bundle.head.leader = "Anne 150312-1234".into()),
            ("themes", |bundle| bundle.head.themes = "15-03-2012 1234".into()),
            ("unit", |bundle| bundle.unit = "Solstrålen 1503121234".to_owned()),
            ("goal", |bundle| bundle.goals[0].1.text = "barn1503121234".into()),
            ("effect", |bundle| bundle.goals[0].1.expected_effect = "150312\n1234".into()),
            ("initiative", |bundle| {
                bundle.goals[0].1.initiatives.get_mut(&id("k1503121234")).unwrap().responsible =
                    "７５０３１２-1234".into();
            }),
            ("id", |bundle| bundle.goals[0].0 = id("1503121234")),
            ("before", |_| {}),
        ];
        for (name, change) in changes {
            let before = (name == "before").then(|| id("150312-1234"));
            assert!(version_has_cpr(&version(change, before.as_ref()), &Allowed::new()), "{name}");
        }
        // Unknown members are checked as text, and so is content that is no version.
        for content in [
            r#"{"format":"sammenhaengsaftale","version":1,"hidden":"x1503121234"}"#,
            r#"{"head":{"hidden":["150312-1234"]}}"#,
            r#"{"goals":["150312-1234"]}"#,
            r#"{"names":{"fravaer":"Barn 150312-1234"}}"#,
            r#"{"goals":[{"goal":{"baseline":{"value":1503121234}}}]}"#,
            "150312-1234",
            "[\"150312-1234\"]",
        ] {
            assert!(version_has_cpr(content, &Allowed::new()), "{content}");
        }
    }
}
