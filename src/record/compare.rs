//! Two states of a record side by side, field by field, as Danish text.

use serde_json::Value;

use crate::domain::body::FieldRole;
use crate::domain::date::Date;
use crate::domain::enhed::EnhedKind;
use crate::domain::fundament;
use crate::domain::number;
use crate::domain::package::PatternWeight;
use crate::domain::period::Period;
use crate::domain::sorted::SortedSet;
use crate::domain::text::to_lowercase_danish;

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
    /// The Danish name of the field: `forventet effekt`, `tallet for 2024/25`.
    pub label: String,
    /// The present value as text; empty if there is none.
    pub now: String,
    /// The value in the other state as text; empty if there is none.
    pub other: String,
}

impl ComparedField {
    /// Returns whether the two texts differ.
    pub fn differs(&self) -> bool {
        self.now != self.other
    }
}

/// Lists the fields of a record that have a value in either of two states; `now` is `None` if the record is not here.
/// Left out are leaves without a Danish name, positions in an order, parent records, and values in the trash.
pub fn rows(now: Option<&Record>, then: &Record) -> Vec<ComparedField> {
    let paths_now = now.into_iter().flat_map(|now| now.leaves().keys());
    let paths: SortedSet<&Path> = then.leaves().keys().chain(paths_now).collect();
    let mut rows = Vec::new();
    for path in paths.iter() {
        let Some(label) = label(then, path).or_else(|| label(now?, path)) else { continue };
        let (now, then) = (now.map(|now| shown(now, path)).unwrap_or_default(), shown(then, path));
        if !(now.is_empty() && then.is_empty()) {
            rows.push(ComparedField { path: (*path).clone(), label, now, other: then });
        }
    }
    rows
}

/// Returns the shown value of a leaf as text; empty for an entry in the trash.
fn shown(record: &Record, path: &Path) -> String {
    if record.entry_of(path).is_some_and(|entry| record.life(Some(&entry)) == Life::Deleted) {
        return String::new();
    }
    match record.leaf(path) {
        Some(leaf) if leaf.is_masked() => "(holdt tilbage)".to_owned(),
        Some(leaf) => leaf.shown().map(|value| danish_value(record, path, value)).unwrap_or_default(),
        None => String::new(),
    }
}

/// Returns the Danish name of a field; `None` for a leaf that is not shown to users as a field.
pub fn label(record: &Record, path: &Path) -> Option<String> {
    let position = position(record.kind()?, path).filter(|_| !path.is_own())?;
    if matches!(position.field.role, FieldRole::Position | FieldRole::Parent) {
        return None;
    }
    let within = record.entry_of(path).map(|entry| format!(" i {}", describe::entry_name(record, &entry)));
    let of_key = match (&position.key, position.entries) {
        (Some(key), None) => match Period::parse(key) {
            Some(period) => Some(format!(" for {}", period.danish())),
            None => fundament::indicator_name(key).map(|name| format!(" om «{name}»")),
        },
        _ => None,
    };
    Some(format!("{}{}{}", position.field.label, of_key.unwrap_or_default(), within.unwrap_or_default()))
}

/// Returns a value of a field as Danish text.
pub fn danish_value(record: &Record, path: &Path, value: &LeafValue) -> String {
    let position = record.kind().and_then(|kind| position(kind, path));
    let role = position.as_ref().map(|position| position.field.role);
    match (role, value.json()) {
        (Some(FieldRole::Text), Value::String(text)) => text.clone(),
        (_, value) => {
            // The weight of a pattern in a package has the words of another choice.
            let entries = position.and_then(|position| position.entries);
            let is_weight = entries.is_some_and(|field| field.name == "patterns");
            let weight = PatternWeight::CHOICES.iter().find(|(name, _)| is_weight && *value == *name);
            weight.map_or_else(|| plain(value), |(_, danish)| to_lowercase_danish(danish))
        }
    }
}

/// Returns a value as Danish text, other than a text that somebody typed.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(is_true) => if *is_true { "ja" } else { "nej" }.to_owned(),
        Value::Number(number) => number.as_f64().map(number::format_danish).unwrap_or_default(),
        Value::String(text) => word(text),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(parts) => {
            // The state of a figure is only of interest if there is no value; `n` is not shown.
            let is_listed = |name: &str, part: &Value| name != "n" && !(name == "state" && *part == "value");
            let first = parts.get("value").into_iter().chain(parts.get("measure")).map(plain);
            let first = first.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
            let rest = parts
                .iter()
                .filter(|(name, part)| is_listed(name, part) && !matches!(name.as_str(), "value" | "measure"));
            let all = std::iter::once(first).chain(rest.map(|(name, part)| named(name, plain(part))));
            all.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
        }
    }
}

/// Returns a part of a compound value, preceded by its Danish name if the part does not explain itself.
fn named(name: &str, words: String) -> String {
    let name = match name {
        "from" => "fra",
        "to" => "til",
        "now" => "nu",
        "wanted" => "ønsket",
        "trivsel" | "effekt" | "kvalitet" => name,
        // Stored only of a figure that somebody has confirmed.
        "confirmed" => return "beholdt".to_owned(),
        _ => return words,
    };
    if words.is_empty() { words } else { format!("{name} {words}") }
}

/// Returns a coded text in Danish: an option, a date, a period, a kind of unit, or an id of the foundation. Other texts
/// are returned unchanged.
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
        "lederforum" => "BU Lederforum",
        "committee" => "Børne- og Ungdomsudvalget",
        "joint_med" => "FællesMED",
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

    fn lines(rows: &[ComparedField]) -> Vec<String> {
        rows.iter().map(|row| format!("{}: {} | {}", row.label, row.now, row.other)).collect()
    }

    #[test]
    fn rows_lists_both_states_without_entries_in_the_trash() {
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
            lines(&rows(Some(&now), &then)),
            [
                "området: kvalitet | kvalitet",
                "forventet effekt: Mere ro | ",
                "indsatsens tekst i indsatsen «Vi spiser sammen»:  | Vi spiser sammen",
                "målets tekst: Alle er med | Flere er med",
            ]
        );
        assert_eq!(rows(None, &then).len(), 3, "the record is not here");
    }

    #[test]
    fn weight_of_a_pattern_is_not_taken_for_the_difference_that_a_goal_made() {
        use crate::domain::midtvejs::{Difference, GoalStatus, Midtvejsstatus};
        use crate::domain::package::{FoundPattern, Package};
        let id = |text: &str| Id::parse(text).unwrap();
        let words_of = |record: &Record, field: &str| {
            let rows = rows(None, record);
            rows.iter().find(|row| row.path.as_str().ends_with(field)).map(|row| row.other.clone())
        };
        let mut package = Package::default();
        let committee = Some(PatternWeight::High);
        let pattern = FoundPattern { text: "Fravær".into(), committee, ..FoundPattern::default() };
        package.patterns.insert(id("p1"), pattern);
        let record = Record::create(id("datapakke-2025"), &package, &author()).unwrap();
        assert_eq!(words_of(&record, "/committee").as_deref(), Some("vejer tungt"));
        let mut status = Midtvejsstatus::default();
        let goal = GoalStatus { difference: Some(Difference::High), ..GoalStatus::default() };
        status.goals.insert(id("g1"), goal);
        let record = Record::create(id("a1.midtvejs"), &status, &author()).unwrap();
        assert_eq!(words_of(&record, "/difference").as_deref(), Some("i høj grad"));
    }

    #[test]
    fn rows_formats_a_figure_with_period_and_measure() {
        let mut series = Series::default();
        series.set_figure(Period::SchoolYear(2024), Measure::Percent, Some(6.1));
        series.set_figure(Period::SchoolYear(2025), Measure::Percent, Some(712.0));
        series.confirm(Period::SchoolYear(2025));
        let record = Record::create(Id::parse("s1").unwrap(), &series, &author()).unwrap();
        let rows = rows(None, &record);
        let other = |index: usize| (rows[index].label.as_str(), rows[index].other.as_str());
        assert_eq!(other(0), ("tallet for 2024/25", "6,1 %"));
        assert_eq!(other(1), ("tallet for 2025/26", "712 % · beholdt"));
    }
}
