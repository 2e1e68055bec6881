//! What is said of a figure goes into a file only where the figure itself does.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

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
        let said = Dialogue {
            series: Some(series.clone()),
            period: Some(period),
            assessment: "Mest om mandagen".into(),
            ..Dialogue::default()
        };
        records.insert(id.clone(), Record::create(id, &said, &author).unwrap());
    }
    records.insert(series.clone(), Record::create(series, &body, &author).unwrap());
    let enhed = Enhed { name: "Skolen".into(), ..Enhed::default() };
    records.insert(unit.clone(), Record::create(unit, &enhed, &author).unwrap());
    records
}

fn said_in(scope: &Scope) -> Vec<String> {
    let selected = scope.select(&records());
    let said = selected.iter().filter(|record| record.kind() == Some(Kind::Dialogue));
    said.map(|record| record.id().to_string()).collect()
}

#[test]
fn indicators_what_is_said_of_a_hidden_figure_stays_here() {
    let unit = Id::parse("skolen").unwrap();
    let enhed = SharedPart::Enhed { id: unit.clone() };
    let shared = Scope::Share { part: enhed.clone(), unmasked_for: None };
    assert_eq!(said_in(&shared), ["skolen.fravaer.2023-24"]);
    let unmasked = Scope::Share { part: enhed, unmasked_for: Some("Chefen".to_owned()) };
    assert_eq!(said_in(&unmasked), ["skolen.fravaer.2023-24", "skolen.fravaer.2024-25"]);
    let package =
        Scope::Share { part: SharedPart::DataPackage { units: vec![unit], package: None }, unmasked_for: None };
    assert_eq!(said_in(&package), [""; 0], "the secretariat's package carries figures alone");
}
