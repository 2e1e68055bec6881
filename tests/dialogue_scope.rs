//! Which files include a dialogue: only those that include the figure the dialogue is about.

use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::dialogue::Dialogue;
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::period::Period;
use kvalitetshjul::domain::registry::Kind;
use kvalitetshjul::domain::series::{Observation, Series};
use kvalitetshjul::exchange::scope::{Scope, SharedPart};
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::Author;
use kvalitetshjul::record::{Record, Records};

/// Builds a unit with a series of two figures, on 40 and on 4 persons, and a dialogue about each.
fn records() -> Records {
    let author =
        Author { actor: Actor::from_random([7; 10]), at: Timestamp::parse("2026-03-15T09:42:00Z").unwrap(), by: None };
    let (unit, series) = (Id::parse("skolen").unwrap(), Id::parse("skolen.fravaer").unwrap());
    let mut body = Series { unit: Some(unit.clone()), indicator: Id::parse("fravaer"), ..Series::default() };
    let mut records = Records::new();
    for (year, n) in [(2023, 40), (2024, 4)] {
        let period = Period::SchoolYear(year);
        body.observations.insert(period, Observation { value: Some(6.1), n: Some(n), ..Observation::default() });
        let id = Dialogue::id(&series, period).unwrap();
        let dialogue = Dialogue {
            series: Some(series.clone()),
            period: Some(period),
            assessment: "Mest om mandagen".into(),
            ..Dialogue::default()
        };
        records.insert(id.clone(), Record::create(id, &dialogue, &author).unwrap());
    }
    records.insert(series.clone(), Record::create(series, &body, &author).unwrap());
    let enhed = Enhed { name: "Skolen".into(), ..Enhed::default() };
    records.insert(unit.clone(), Record::create(unit, &enhed, &author).unwrap());
    records
}

fn dialogues_in(scope: &Scope) -> Vec<String> {
    let selected = scope.select(&records());
    let dialogues = selected.iter().filter(|record| record.kind() == Some(Kind::Dialogue));
    dialogues.map(|record| record.id().to_string()).collect()
}

#[test]
fn dialogue_about_a_hidden_figure_is_left_out() {
    let unit = Id::parse("skolen").unwrap();
    let enhed = SharedPart::Enhed { id: unit.clone() };
    let shared = Scope::Share { part: enhed.clone(), unmasked_for: None };
    assert_eq!(dialogues_in(&shared), ["skolen.fravaer.2023-24"]);
    let unmasked = Scope::Share { part: enhed, unmasked_for: Some("Chefen".to_owned()) };
    assert_eq!(dialogues_in(&unmasked), ["skolen.fravaer.2023-24", "skolen.fravaer.2024-25"]);
    let package =
        Scope::Share { part: SharedPart::DataPackage { units: vec![unit], package: None }, unmasked_for: None };
    assert_eq!(dialogues_in(&package), [""; 0], "the data package holds figures without dialogues");
}
