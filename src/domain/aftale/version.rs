//! A version of an agreement: the verbatim text that both parties agree to.
//!
//! # Invariants
//!
//! * The content of a version is one leaf of verbatim bytes. The id of the version is the SHA-256 of these bytes.
//! * The content names its own format and format version. It must never be migrated; only the code that reads it may
//!   change.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::domain::body::{Body, KindWords};
use crate::domain::date::Date;
use crate::domain::goal::Goal;
use crate::domain::id::Id;
use crate::domain::slot::{FieldSlot, Fields, fields};
use crate::domain::sorted::SortedMap;
use crate::domain::text::UserText;

use super::bundle::AgreementBundle;
use super::{Aftale, progress::IndicatorSource};

/// A version of an agreement.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Version {
    /// The label of the version in lists. The parties do not agree to the label.
    pub title: UserText,
    /// The agreement that this is a version of.
    pub aftale: Option<Id>,
    /// The text that is agreed to: JSON, byte for byte as it was frozen.
    pub content: UserText,
}

fields!(Version { title: text("versionens navn"), aftale: parent("aftalen"), content: text("versionens indhold") });

impl Body for Version {
    const WORDS: KindWords = KindWords { definite: "versionen", singular: "version", plural: "versioner" };
    const TITLE: &'static str = "title";
}

/// Names of fields that a version leaves out, because they change after the parties have agreed.
const EXCLUDED_FIELDS: [&str; 6] = ["facts", "assents", "log", "status", "delete_by", "shared"];

/// The name of the field that a version leaves out of entries: where an initiative comes from is not agreed to.
const EXCLUDED_FROM_ENTRIES: &str = "origin";

/// The format version that this app writes. Format 1 could contain figures based on fewer than five people. Since
/// format 2 such a figure is marked as hidden.
const FORMAT: u64 = 2;

/// The content of a version, parsed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgreedContent {
    /// The number of the version within the agreement, counted from 1.
    pub number: usize,
    /// The day the version was frozen.
    pub date: Option<Date>,
    /// The fingerprint of the previous version.
    pub before: Option<Id>,
    /// The agreement as it was when the version was frozen.
    pub bundle: AgreementBundle,
    /// The names of the things that goals are anchored to, by id.
    pub names: SortedMap<Id, String>,
    /// Whether the figures are unmasked and may rest on fewer than five people. True for format 1 only.
    pub has_raw_figures: bool,
}

/// Writes the content of a new version: the text that both parties will agree to.
///
/// The same agreement on the same day always gives the same bytes.
pub fn write_content(
    bundle: &AgreementBundle,
    indicators: &dyn IndicatorSource,
    number: usize,
    previous: Option<&Id>,
    date: Date,
) -> String {
    let mut names = Map::new();
    let goals = bundle.goals.iter().map(|(id, goal)| {
        for anchor in goal.anchors.values() {
            names.insert(anchor.id().to_string(), indicators.name(anchor).into());
        }
        let mut goal = goal.clone();
        // Figures that follow an indicator are stored as they are on this day. Only figures that may be published are
        // stored, because a version travels with its agreement and never changes.
        let progress = indicators.progress(&goal, bundle.head.period).unwrap_or_default();
        goal.baseline.clone_from(&progress.from);
        goal.wanted = progress.wanted.clone().or(goal.wanted.take().filter(|figure| figure.value.is_none()));
        json!({ "id": id, "goal": to_json(&mut goal, "") })
    });
    let goals: Vec<Value> = goals.collect();
    let content = json!({
        "format": "sammenhaengsaftale",
        "version": FORMAT,
        "number": number,
        "before": previous,
        "date": date,
        "unit": bundle.unit,
        "head": to_json(&mut bundle.head.clone(), ""),
        "goals": goals,
        "names": names,
    });
    content.to_string()
}

/// The fingerprint of a content: its SHA-256 as 64 hexadecimal digits.
pub fn fingerprint(content: &str) -> Option<Id> {
    let digits = Sha256::digest(content.as_bytes());
    let mut text = String::with_capacity(64);
    for byte in digits {
        text.extend([byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0')));
    }
    Id::parse(&text)
}

/// Whether a content matches its fingerprint.
pub fn is_sound(id: &Id, content: &str) -> bool {
    fingerprint(content).as_ref() == Some(id)
}

/// The first 8 characters of a fingerprint, as printed on paper.
pub fn short_fingerprint(fingerprint: &Id) -> &str {
    fingerprint.as_str().get(..8).unwrap_or(fingerprint.as_str())
}

/// Parses the content of a version. Unknown fields are ignored.
///
/// Returns `None` if the text is not the content of a version, or has a newer format version than this app writes.
pub fn parse_content(content: &str) -> Option<AgreedContent> {
    let value: Value = serde_json::from_str(content).ok()?;
    if value["format"] != "sammenhaengsaftale" || value["version"].as_u64()? > FORMAT {
        return None;
    }
    let text = |field: &str| value[field].as_str();
    let mut head = Aftale::default();
    from_json(&mut head, &value["head"]);
    let goals = value["goals"].as_array().into_iter().flatten().filter_map(|entry| {
        let mut goal = Goal::default();
        from_json(&mut goal, &entry["goal"]);
        Some((Id::parse(entry["id"].as_str()?)?, goal))
    });
    let goals = goals.collect();
    let names = value["names"].as_object().into_iter().flatten();
    Some(AgreedContent {
        number: usize::try_from(value["number"].as_u64()?).ok()?,
        date: text("date").and_then(Date::parse),
        before: text("before").and_then(Id::parse),
        bundle: AgreementBundle {
            head,
            goals,
            unit: text("unit").unwrap_or_default().to_owned(),
            ..AgreementBundle::default()
        },
        names: names.filter_map(|(id, name)| Some((Id::parse(id)?, name.as_str()?.to_owned()))).collect(),
        has_raw_figures: value["version"].as_u64()? < 2,
    })
}

/// Converts a body or an entry to JSON, leaving out [`EXCLUDED_FIELDS`] and the field `excluded`.
fn to_json(fields: &mut dyn Fields, excluded: &str) -> Value {
    let mut object = Map::new();
    fields.each_field(&mut |name, slot| {
        if EXCLUDED_FIELDS.contains(&name) || name == excluded {
            return;
        }
        let value = match slot {
            FieldSlot::Leaf(leaf) => leaf.write(),
            FieldSlot::Leaves(leaves) => {
                let mut inner = Map::new();
                leaves.write(&mut |key, value| drop(inner.insert(key.to_owned(), value)));
                Value::Object(inner)
            }
            FieldSlot::Entries(entries) => {
                let mut inner = Map::new();
                entries.each_entry(&mut |key, entry| {
                    inner.insert(key.to_owned(), to_json(entry, EXCLUDED_FROM_ENTRIES));
                });
                Value::Object(inner)
            }
        };
        object.insert(name.to_owned(), value);
    });
    Value::Object(object)
}

/// Fills a body from JSON. Unknown fields are ignored.
fn from_json(fields: &mut dyn Fields, value: &Value) {
    fields.each_field(&mut |name, slot| {
        let value = &value[name];
        // A value that cannot be read is left out here; the agreed bytes still contain it.
        match slot {
            FieldSlot::Leaf(leaf) if !value.is_null() => drop(leaf.read(value)),
            FieldSlot::Leaf(_) => {}
            FieldSlot::Leaves(leaves) => {
                value.as_object().into_iter().flatten().for_each(|(key, value)| drop(leaves.read(key, value)));
            }
            FieldSlot::Entries(entries) => {
                for (key, value) in value.as_object().into_iter().flatten() {
                    if let Some(entry) = entries.entry(key) {
                        from_json(entry, value);
                    }
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::aftale::progress::NoIndicators;
    use crate::domain::aftale::state::AftaleEvent;
    use crate::domain::goal::{Anchor, Area, Figure, Initiative, InitiativeStatus};
    use crate::domain::indicator::Indicator;
    use crate::domain::measure::Measure;
    use crate::domain::measure::Wanted;
    use crate::domain::period::{Period, Span};
    use crate::domain::publish::{KnownFigures, Published, PublishedProgress};
    use crate::domain::series::Series;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn day() -> Date {
        Date::new(2026, 6, 1).unwrap()
    }

    fn sample_bundle() -> AgreementBundle {
        let mut goal = Goal { text: "Flere børn er med".into(), area: Some(Area::Quality), ..Goal::default() };
        goal.anchors.insert(id("fravaer"), Anchor::Indicator(id("fravaer")));
        let initiative = Initiative { text: "Legegrupper".into(), ..Initiative::default() };
        goal.initiatives.insert(id("i1"), initiative);
        let head = Aftale { title: "Aftale 2026–2028".into(), leader: "Anne".into(), ..Aftale::default() };
        AgreementBundle {
            head,
            unit: "Solstrålen".to_owned(),
            goals: vec![(id("g1"), goal)],
            ..AgreementBundle::default()
        }
    }

    #[test]
    fn fingerprint_matches_published_sha256_vectors() {
        // FIPS 180-2, appendix B.1, and the empty text.
        for (text, digits) in [
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ] {
            assert_eq!(fingerprint(text), Some(id(digits)));
        }
    }

    #[test]
    fn content_reads_back_as_the_same_agreement() {
        let content = write_content(&sample_bundle(), &NoIndicators, 1, None, day());
        let agreed = parse_content(&content).unwrap();
        assert_eq!((agreed.number, agreed.date, agreed.before), (1, Some(day()), None));
        assert_eq!(agreed.bundle, sample_bundle());
        assert_eq!(agreed.names.get(&id("fravaer")).map(String::as_str), Some("fravaer"));
    }

    /// Neither ticking off an initiative nor naming the practice that it comes from may look like a change of the agreed
    /// text.
    #[test]
    fn content_ignores_facts_log_status_and_origin_of_initiatives() {
        let before = write_content(&sample_bundle(), &NoIndicators, 1, None, day());
        let mut after = sample_bundle();
        after.head.record_event(id("f1"), AftaleEvent::Shared, day(), None);
        after.head.log.get_or_default(id("l1")).text = "Vi begyndte".into();
        let initiative = after.goals[0].1.initiatives.get_mut(&id("i1")).unwrap();
        (initiative.status, initiative.origin) = (Some(InitiativeStatus::Done), Some(id("proeven")));
        assert_eq!(write_content(&after, &NoIndicators, 1, None, day()), before);
    }

    /// The bytes of each format must stay readable for ever, because agreements are signed by their fingerprints.
    #[test]
    fn content_of_each_format_keeps_its_bytes_and_fingerprint() {
        let content = write_content(&sample_bundle(), &NoIndicators, 1, None, day());
        assert_eq!(content, include_str!("frozen-2.json").trim_end());
        for (text, has_raw_figures, digits) in [
            (include_str!("frozen-1.json"), true, FINGERPRINT_1),
            (include_str!("frozen-2.json"), false, FINGERPRINT_2),
        ] {
            let text = text.trim_end();
            assert_eq!(fingerprint(text), Some(id(digits)));
            let agreed = parse_content(text).unwrap();
            assert_eq!((agreed.bundle, agreed.has_raw_figures), (sample_bundle(), has_raw_figures));
        }
    }

    /// A figure that may not be published must not enter a version, whether it follows the indicator or was copied into
    /// the goal.
    #[test]
    fn content_holds_no_hidden_figure() {
        let year = Period::SchoolYear(2025);
        let mut series = Series { indicator: Some(id("fravaer")), ..Series::default() };
        series.set_figure(year, Measure::Percent, Some(77.7));
        series.observations.get_or_default(year).n = Some(4);
        let mut known = KnownFigures::default();
        known.add_series(&id("hus"), &id("fravaer"), &series, None);
        let source = PublishedSource { published: known.publish(), series };
        let copied =
            |period| Some(Figure { value: Some(77.7), measure: Some(Measure::Percent), period, is_hidden: false });
        for (baseline, wanted) in [(None, None), (copied(Some(year)), None), (copied(None), copied(None))] {
            let mut bundle = sample_bundle();
            (bundle.goals[0].1.baseline, bundle.goals[0].1.wanted) = (baseline, wanted);
            let content = write_content(&bundle, &source, 1, None, day());
            assert!(!content.contains("77"), "{content}");
            let agreed = parse_content(&content).unwrap();
            let lines = crate::domain::aftale::lines::goal(&agreed.bundle.goals[0].1, &NoIndicators, None);
            let line = lines.iter().find(|line| line.key == "baseline").unwrap();
            assert!(line.text.starts_with("skjult (færre end 5)"), "{}", line.text);
        }
    }

    struct PublishedSource {
        published: Published,
        series: Series,
    }

    impl IndicatorSource for PublishedSource {
        fn name(&self, anchor: &Anchor) -> String {
            anchor.id().to_string()
        }

        fn progress(&self, goal: &Goal, period: Option<Span>) -> Option<PublishedProgress> {
            let indicator = Indicator {
                id: "fravaer".to_owned(),
                name: "Fravær".to_owned(),
                about: String::new(),
                measure: Measure::Percent,
                wanted: Wanted::Down,
                is_own: false,
            };
            self.published.progress(Some(&id("hus")), goal, Some((&indicator, &self.series)), period)
        }
    }

    const FINGERPRINT_1: &str = "35780b9641b0b3b8fcef4ea77f9d0e4a4b53fb0f7fdda9dabd3eab87ee146740";
    const FINGERPRINT_2: &str = "2282eac90e3a2b71067b17ab56c0a0111e352f505c41ae0f504671fb3cea73d8";

    #[test]
    fn read_rejects_other_text_and_newer_formats() {
        for text in [
            "",
            "{}",
            "[]",
            r#"{"format":"sammenhaengsaftale","version":3,"number":1}"#,
            r#"{"format":"x","version":1,"number":1}"#,
        ] {
            assert_eq!(parse_content(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(crate::property_test_config())]

        /// A content that was edited by hand, even by one letter, must fail the check.
        #[test]
        fn is_sound_rejects_content_with_one_changed_letter(at in 0usize..400, to in any::<char>()) {
            let content = write_content(&sample_bundle(), &NoIndicators, 1, None, day());
            let original = fingerprint(&content).unwrap();
            prop_assert!(is_sound(&original, &content));
            let mut letters: Vec<char> = content.chars().collect();
            let at = at % letters.len();
            prop_assume!(letters[at] != to);
            letters[at] = to;
            let changed: String = letters.into_iter().collect();
            prop_assert!(!is_sound(&original, &changed));
            prop_assert!(fingerprint(&changed).unwrap() != original);
        }
    }
}
