//! A version of an agreement: what both parties agree to, laid down word for word.
//!
//! Its content is one leaf of verbatim bytes, and its id is their SHA-256. The content says of itself what it is (its
//! format and version), and is never migrated: only what reads it may change.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::domain::body::{Body, KindWords};
use crate::domain::date::Date;
use crate::domain::goal::Goal;
use crate::domain::id::Id;
use crate::domain::slot::{FieldSlot, Fields, fields};
use crate::domain::sorted::SortedMap;
use crate::domain::text::UserText;

use super::whole::AgreementBundle;
use super::{Aftale, progress::IndicatorSource};

/// A version of an agreement.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Version {
    /// What it is called in lists: a label, and no part of what is agreed to.
    pub title: UserText,
    /// The agreement.
    pub aftale: Option<Id>,
    /// What is agreed to: JSON text, byte for byte as it was laid down.
    pub content: UserText,
}

fields!(Version { title: text("versionens navn"), aftale: parent("aftalen"), content: text("versionens indhold") });

impl Body for Version {
    const WORDS: KindWords = KindWords { definite: "versionen", singular: "version", plural: "versioner" };
    const TITLE: &'static str = "title";
}

/// What is no part of what is agreed to: what happens to an agreement afterwards.
const AFTERWARDS: [&str; 6] = ["facts", "assents", "log", "status", "delete_by", "shared"];

/// The format of the contents that this version of the app writes. In the first format a figure could rest on fewer than
/// five; since the second such a figure says that it is hidden.
const FORMAT: u64 = 2;

/// What was agreed to, read from a version.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AgreedContent {
    /// Which version of the agreement it is, from 1.
    pub number: usize,
    /// The day it was laid down.
    pub date: Option<Date>,
    /// The fingerprint of the version before.
    pub before: Option<Id>,
    /// The agreement as it was.
    pub whole: AgreementBundle,
    /// What things were called that goals hang on.
    pub names: SortedMap<Id, String>,
    /// Whether its figures are as they were known, and not as they may be published: so it is in the first format.
    pub has_raw_figures: bool,
}

/// Lays an agreement down: the bytes that both will agree to. The same agreement on the same day is the same bytes.
pub fn content(
    whole: &AgreementBundle,
    known: &dyn IndicatorSource,
    number: usize,
    before: Option<&Id>,
    date: Date,
) -> String {
    let mut names = Map::new();
    let goals = whole.goals.iter().map(|(id, goal)| {
        for anchor in goal.anchors.values() {
            names.insert(anchor.id().to_string(), known.name(anchor).into());
        }
        let mut goal = goal.clone();
        // The figures as they are on the day: what follows the indicator stands still in what is agreed to. They are those
        // that may be published, since a version goes wherever its agreement goes, and is never changed.
        let progress = known.progress(&goal, whole.head.period).unwrap_or_default();
        goal.baseline.clone_from(&progress.from);
        goal.wanted = progress.wanted.clone().or(goal.wanted.take().filter(|figure| figure.value.is_none()));
        json!({ "id": id, "goal": to_json(&mut goal) })
    });
    let goals: Vec<Value> = goals.collect();
    let content = json!({
        "format": "sammenhaengsaftale",
        "version": FORMAT,
        "number": number,
        "before": before,
        "date": date,
        "unit": whole.unit,
        "head": to_json(&mut whole.head.clone()),
        "goals": goals,
        "names": names,
    });
    content.to_string()
}

/// The fingerprint of a content: 64 hexadecimal digits of its SHA-256.
pub fn fingerprint(content: &str) -> Option<Id> {
    let digits = Sha256::digest(content.as_bytes());
    let mut text = String::with_capacity(64);
    for byte in digits {
        text.extend([byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0')));
    }
    Id::parse(&text)
}

/// Whether a content is what its fingerprint says.
pub fn is_sound(id: &Id, content: &str) -> bool {
    fingerprint(content).as_ref() == Some(id)
}

/// The first 8 characters of a fingerprint: what stands on the print.
pub fn short(fingerprint: &Id) -> &str {
    fingerprint.as_str().get(..8).unwrap_or(fingerprint.as_str())
}

/// Reads what was agreed to. What this version does not know of it is passed over; `None` where it is no content at all,
/// or one of a format to come.
pub fn read(content: &str) -> Option<AgreedContent> {
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
        whole: AgreementBundle {
            head,
            goals,
            unit: text("unit").unwrap_or_default().to_owned(),
            ..AgreementBundle::default()
        },
        names: names.filter_map(|(id, name)| Some((Id::parse(id)?, name.as_str()?.to_owned()))).collect(),
        has_raw_figures: value["version"].as_u64()? < 2,
    })
}

/// A body as JSON, without what happens to an agreement afterwards.
fn to_json(fields: &mut dyn Fields) -> Value {
    let mut object = Map::new();
    fields.each_field(&mut |name, slot| {
        if AFTERWARDS.contains(&name) {
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
                entries.each_entry(&mut |key, entry| drop(inner.insert(key.to_owned(), to_json(entry))));
                Value::Object(inner)
            }
        };
        object.insert(name.to_owned(), value);
    });
    Value::Object(object)
}

/// Fills a body from JSON, as far as it knows what is in it.
fn from_json(fields: &mut dyn Fields, value: &Value) {
    fields.each_field(&mut |name, slot| {
        let value = &value[name];
        // What does not fit is left out of the view; the bytes are what was agreed to.
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

    use super::super::progress::NoIndicators;
    use super::super::state::AftaleEvent;
    use super::*;
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

    fn whole() -> AgreementBundle {
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
    fn agreement_the_fingerprint_is_the_one_of_the_standard() {
        // FIPS 180-2, appendix B.1, and the empty text.
        for (text, digits) in [
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ] {
            assert_eq!(fingerprint(text), Some(id(digits)));
        }
    }

    #[test]
    fn agreement_a_version_reads_back() {
        let content = content(&whole(), &NoIndicators, 1, None, day());
        let agreed = read(&content).unwrap();
        assert_eq!((agreed.number, agreed.date, agreed.before), (1, Some(day()), None));
        assert_eq!(agreed.whole, whole());
        assert_eq!(agreed.names.get(&id("fravaer")).map(String::as_str), Some("fravaer"));
    }

    /// What happens afterwards is no other agreement: ticking an initiative off must not look like a change of its words.
    #[test]
    fn agreement_what_happens_afterwards_is_no_part_of_it() {
        let before = content(&whole(), &NoIndicators, 1, None, day());
        let mut after = whole();
        after.head.note(id("f1"), AftaleEvent::Shared, day(), None);
        after.head.log.get_or_default(id("l1")).text = "Vi begyndte".into();
        after.goals[0].1.initiatives.get_mut(&id("i1")).unwrap().status = Some(InitiativeStatus::Done);
        assert_eq!(content(&after, &NoIndicators, 1, None, day()), before);
    }

    /// The bytes of each format stand for ever: agreements are signed by them.
    #[test]
    fn agreement_the_bytes_of_a_version_do_not_change() {
        let content = content(&whole(), &NoIndicators, 1, None, day());
        assert_eq!(content, include_str!("frozen-2.json").trim_end());
        for (text, has_raw_figures, digits) in
            [(include_str!("frozen-1.json"), true, FROZEN_1), (include_str!("frozen-2.json"), false, FROZEN_2)]
        {
            let text = text.trim_end();
            assert_eq!(fingerprint(text), Some(id(digits)));
            let agreed = read(text).unwrap();
            assert_eq!((agreed.whole, agreed.has_raw_figures), (whole(), has_raw_figures));
        }
    }

    /// A figure that may not be published is not in the version, neither followed nor copied into the goal.
    #[test]
    fn trust_a_version_holds_no_hidden_figure() {
        let year = Period::SchoolYear(2025);
        let mut series = Series { indicator: Some(id("fravaer")), ..Series::default() };
        series.set_figure(year, Measure::Percent, Some(77.7));
        series.observations.get_or_default(year).n = Some(4);
        let mut known = KnownFigures::default();
        known.add_series(&id("hus"), &id("fravaer"), &series, None);
        let known = Followed { published: known.publish(), series };
        let copied =
            |period| Some(Figure { value: Some(77.7), measure: Some(Measure::Percent), period, is_hidden: false });
        for (baseline, wanted) in [(None, None), (copied(Some(year)), None), (copied(None), copied(None))] {
            let mut whole = whole();
            (whole.goals[0].1.baseline, whole.goals[0].1.wanted) = (baseline, wanted);
            let content = content(&whole, &known, 1, None, day());
            assert!(!content.contains("77"), "{content}");
            let agreed = read(&content).unwrap();
            let lines = crate::domain::aftale::lines::goal(&agreed.whole.goals[0].1, &NoIndicators, None);
            let line = lines.iter().find(|line| line.key == "baseline").unwrap();
            assert!(line.text.starts_with("skjult (færre end 5)"), "{}", line.text);
        }
    }

    struct Followed {
        published: Published,
        series: Series,
    }

    impl IndicatorSource for Followed {
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

    const FROZEN_1: &str = "35780b9641b0b3b8fcef4ea77f9d0e4a4b53fb0f7fdda9dabd3eab87ee146740";
    const FROZEN_2: &str = "2282eac90e3a2b71067b17ab56c0a0111e352f505c41ae0f504671fb3cea73d8";

    #[test]
    fn agreement_what_is_no_version_is_not_read() {
        for text in [
            "",
            "{}",
            "[]",
            r#"{"format":"sammenhaengsaftale","version":3,"number":1}"#,
            r#"{"format":"x","version":1,"number":1}"#,
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        /// A content that was changed by a hand, be it in one letter, is not the one that was agreed to.
        #[test]
        fn agreement_no_change_of_a_version_goes_unseen(at in 0usize..400, to in any::<char>()) {
            let content = content(&whole(), &NoIndicators, 1, None, day());
            let print = fingerprint(&content).unwrap();
            prop_assert!(is_sound(&print, &content));
            let mut letters: Vec<char> = content.chars().collect();
            let at = at % letters.len();
            prop_assume!(letters[at] != to);
            letters[at] = to;
            let changed: String = letters.into_iter().collect();
            prop_assert!(!is_sound(&print, &changed));
            prop_assert!(fingerprint(&changed).unwrap() != print);
        }
    }
}
