//! Two states of a record side by side, field by field, in words.

use serde_json::Value;

use crate::domain::body::FieldRole;
use crate::domain::date::Date;
use crate::domain::enhed::EnhedKind;
use crate::domain::fundament;
use crate::domain::number;
use crate::domain::period::Period;
use crate::domain::sorted::SortedSet;

use super::describe;
use super::life::Life;
use super::path::Path;
use super::tree::Record;
use super::value::LeafValue;
use super::view::position;

/// A field in two states of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedField {
    /// The leaf.
    pub path: Path,
    /// What a person calls it: `forventet effekt`, `tallet for 2024/25`.
    pub label: String,
    /// What stands there now, in words; empty where nothing does.
    pub now: String,
    /// What stood, or stands, there in the other state.
    pub then: String,
}

impl ComparedField {
    /// Whether the two say otherwise.
    pub fn differs(&self) -> bool {
        self.now != self.then
    }
}

/// The fields of a record in two states, those that say something in either. Left out is what this version knows no words
/// for, where the record lies, and what is in the trash.
pub fn rows(now: Option<&Record>, then: &Record) -> Vec<ComparedField> {
    let of_now = now.into_iter().flat_map(|now| now.leaves().keys());
    let paths: SortedSet<&Path> = then.leaves().keys().chain(of_now).collect();
    let mut rows = Vec::new();
    for path in paths.iter() {
        let Some(label) = label(then, path).or_else(|| label(now?, path)) else { continue };
        let (now, then) = (now.map(|now| shown(now, path)).unwrap_or_default(), shown(then, path));
        if !(now.is_empty() && then.is_empty()) {
            rows.push(ComparedField { path: (*path).clone(), label, now, then });
        }
    }
    rows
}

fn shown(record: &Record, path: &Path) -> String {
    if record.entry_of(path).is_some_and(|entry| record.life(Some(&entry)) == Life::Deleted) {
        return String::new();
    }
    match record.leaf(path) {
        Some(leaf) if leaf.is_masked() => "(holdt tilbage)".to_owned(),
        Some(leaf) => leaf.shown().map(|value| words(record, path, value)).unwrap_or_default(),
        None => String::new(),
    }
}

/// What a person calls a field; `None` for what is no field to them.
pub fn label(record: &Record, path: &Path) -> Option<String> {
    let place = position(record.kind()?, path).filter(|_| !path.is_own())?;
    if matches!(place.field.role, FieldRole::Quiet | FieldRole::Parent) {
        return None;
    }
    let within = record.entry_of(path).map(|entry| format!(" i {}", describe::entry_name(record, &entry)));
    let of_key = match (&place.key, place.entries) {
        (Some(key), None) => match Period::parse(key) {
            Some(period) => Some(format!(" for {}", period.danish())),
            None => fundament::indicator_name(key).map(|name| format!(" om «{name}»")),
        },
        _ => None,
    };
    Some(format!("{}{}{}", place.field.label, of_key.unwrap_or_default(), within.unwrap_or_default()))
}

/// A value of a field as a person reads it.
pub fn words(record: &Record, path: &Path, value: &LeafValue) -> String {
    let role = record.kind().and_then(|kind| position(kind, path)).map(|place| place.field.role);
    match (role, value.json()) {
        (Some(FieldRole::Text), Value::String(text)) => text.clone(),
        (_, value) => plain(value),
    }
}

/// A value that is no one's own words.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(is_so) => if *is_so { "ja" } else { "nej" }.to_owned(),
        Value::Number(number) => number.as_f64().map(number::danish).unwrap_or_default(),
        Value::String(text) => word(text),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(parts) => {
            // A figure's state says something where there is none.
            let is_said = |name: &str, part: &Value| name != "n" && !(name == "state" && *part == "value");
            let first = parts.get("value").into_iter().chain(parts.get("measure")).map(plain);
            let first = first.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
            let rest = parts
                .iter()
                .filter(|(name, part)| is_said(name, part) && !matches!(name.as_str(), "value" | "measure"));
            let all = std::iter::once(first).chain(rest.map(|(name, part)| named(name, plain(part))));
            all.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
        }
    }
}

/// A part of a value that is several, with what it is where that is not seen from itself.
fn named(name: &str, words: String) -> String {
    let name = match name {
        "from" => "fra",
        "to" => "til",
        "now" => "nu",
        "wanted" => "ønsket",
        "trivsel" | "effekt" | "kvalitet" => name,
        _ => return words,
    };
    if words.is_empty() { words } else { format!("{name} {words}") }
}

/// A word that stands for a choice, a day, or something of the foundation.
fn word(text: &str) -> String {
    if let Some(date) = Date::parse(text) {
        return date.danish();
    }
    if let Some(period) = Period::parse(text) {
        return period.danish();
    }
    let kind = serde_json::from_value::<EnhedKind>(Value::String(text.to_owned()));
    let known = match text {
        "quality" => "kvalitet",
        "economy" => "økonomi",
        "staff_wellbeing" => "medarbejdertrivsel",
        "common" => "fælles for alle",
        "local" => "lokalt",
        "short" => "kort sigt",
        "long" => "længere sigt",
        "planned" | "not_begun" => "ikke begyndt",
        "started" => "begyndt",
        "running" => "i gang",
        "done" => "gjort",
        "stopped" => "stoppet",
        "missing" => "mangler",
        "unpublished" => "ikke offentliggjort",
        "hidden" => "skjult",
        "percent" => "%",
        "index" => "indeks",
        "days" => "dage",
        "number" => "antal",
        "million_kroner" => "mio. kr.",
        "up" => "op",
        "down" => "ned",
        "high" => "i høj grad",
        "some" => "i nogen grad",
        "low" => "i ringe grad",
        "not_relevant" => "ikke relevant",
        "on_its_way" => "på vej",
        "reached" => "nået",
        "given_up" => "opgivet",
        "prioritised" => "prioriteret",
        "not_now" => "ikke denne gang",
        "scale" => "skalér",
        "adjust" => "justér",
        "stop" => "stop – det er ikke vejen",
        "on" => "på dagsordenen",
        "off" => "taget af dagsordenen",
        "in" => "med",
        "out" => "ikke med",
        "to_report" => "må komme i rapporten",
        "pairs" => "mellem to modsætninger",
        "statements" => "udsagn",
        "corners" => "hjørner i en trekant",
        "weights" => "vægte, der er 100 tilsammen",
        "leader" => "lederen",
        "counterpart" => "modparten",
        "shared" => "delt",
        "withdrawn" => "trukket tilbage",
        "frozen" => "lagt fast",
        "revision" => "under revision",
        "midterm" => "midtvejs",
        "closed" => "afsluttet",
        "reopened" => "åbnet igen",
        other => {
            let kind = kind.ok().map(EnhedKind::danish);
            return kind.or_else(|| fundament::name(other)).unwrap_or(other).to_owned();
        }
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Timestamp;
    use crate::domain::goal::{Area, Goal, Initiative};
    use crate::domain::id::Id;
    use crate::domain::measure::Measure;
    use crate::domain::series::Series;
    use crate::record::dot::Actor;
    use crate::record::edit::{Author, Focus};

    fn author() -> Author {
        Author { actor: Actor::from_random([1; 10]), at: Timestamp::from_seconds(0).unwrap(), by: None }
    }

    fn said(rows: &[ComparedField]) -> Vec<String> {
        rows.iter().map(|row| format!("{}: {} | {}", row.label, row.now, row.then)).collect()
    }

    #[test]
    fn safety_two_states_of_a_goal_are_read_side_by_side() {
        let id = |text: &str| Id::parse(text).unwrap();
        let mut goal = Goal { text: "Flere er med".into(), area: Some(Area::Quality), ..Goal::default() };
        goal.initiatives.insert(id("i1"), Initiative { text: "Vi spiser sammen".into(), ..Initiative::default() });
        let then = Record::create(id("g1"), &goal, &author()).unwrap();
        let mut now = then.clone();
        now.edit::<Goal>(&mut Focus::default(), &author(), |goal| {
            goal.text = "Alle er med".into();
            goal.expected_effect = "Mere ro".into();
            goal.initiatives.remove(&id("i1"));
        })
        .unwrap();
        assert_eq!(
            said(&rows(Some(&now), &then)),
            [
                "området: kvalitet | kvalitet",
                "forventet effekt: Mere ro | ",
                "indsatsens tekst i indsatsen «Vi spiser sammen»:  | Vi spiser sammen",
                "målets tekst: Alle er med | Flere er med",
            ]
        );
        assert_eq!(rows(None, &then).len(), 3, "one that is not here at all");
    }

    #[test]
    fn safety_a_figure_is_read_as_one() {
        let mut series = Series::default();
        series.set_figure(Period::SchoolYear(2024), Measure::Percent, Some(6.1));
        let record = Record::create(Id::parse("s1").unwrap(), &series, &author()).unwrap();
        let rows = rows(None, &record);
        assert_eq!((rows[0].label.as_str(), rows[0].then.as_str()), ("tallet for 2024/25", "6,1 %"));
    }
}
