//! The secretariat's package as files: each unit's has its own figures and what is common, and nothing else.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use std::collections::BTreeSet;

use kvalitetshjul::domain::aftale::Aftale;
use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::indicator::OwnIndicator;
use kvalitetshjul::domain::package::{Package, PackageTheme};
use kvalitetshjul::domain::period::Period;
use kvalitetshjul::domain::reflection::Reflection;
use kvalitetshjul::domain::registry::RegisteredBody;
use kvalitetshjul::domain::series::{Observation, Series};
use kvalitetshjul::exchange::apply;
use kvalitetshjul::exchange::plan::Plan;
use kvalitetshjul::exchange::read::read;
use kvalitetshjul::exchange::scope::{Scope, SharedPart};
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::Author;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::{Record, Records};

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn moment() -> Timestamp {
    Timestamp::parse("2026-01-15T09:42:00Z").unwrap()
}

fn author() -> Author {
    Author { actor: Actor::from_random([7; 10]), at: moment(), by: None }
}

fn put<B: RegisteredBody>(records: &mut Records, own: &str, body: &B) {
    records.insert(id(own), Record::create(id(own), body, &author()).unwrap());
}

/// Two schools with figures, an own indicator each, an agreement, a reflection; and the packages of two cycles.
fn municipality() -> Records {
    let mut records = Records::new();
    for unit in ["soeen", "aaen"] {
        put(&mut records, unit, &Enhed { name: unit.into(), above: Some(id("skoler")), ..Enhed::default() });
        let own = format!("udetid-{unit}");
        put(
            &mut records,
            &own,
            &OwnIndicator { name: "Udetid".into(), unit: Some(id(unit)), ..OwnIndicator::default() },
        );
        for indicator in ["fravaer", own.as_str()] {
            let mut series = Series { unit: Some(id(unit)), indicator: Some(id(indicator)), ..Series::default() };
            for (year, n) in [(2023, 40), (2024, 4)] {
                let figure = Observation { value: Some(6.25), n: Some(n), ..Observation::default() };
                series.observations.insert(Period::SchoolYear(year), figure);
            }
            put(&mut records, &format!("{unit}.{indicator}"), &series);
        }
        put(&mut records, &format!("aftale-{unit}"), &Aftale { unit: Some(id(unit)), ..Aftale::default() });
    }
    put(&mut records, "skoler", &Enhed { name: "Skoleafdelingen".into(), ..Enhed::default() });
    put(&mut records, "min", &Reflection::default());
    for package in ["datapakke-2025", "datapakke-2027"] {
        let mut body = Package { title: package.into(), ..Package::default() };
        body.themes.insert(id("t1"), PackageTheme { title: "Fællesskaber".into(), ..PackageTheme::default() });
        put(&mut records, package, &body);
    }
    records
}

fn of(records: &Records, units: &[&str]) -> Records {
    let part = SharedPart::DataPackage {
        units: units.iter().map(|unit| id(unit)).collect(),
        package: Some(id("datapakke-2025")),
    };
    let text = write(records, &Scope::Share { part, unmasked_for: None }, moment()).unwrap();
    read(text.as_bytes()).unwrap().records
}

fn ids(records: &Records) -> BTreeSet<&str> {
    records.keys().map(Id::as_str).collect()
}

#[test]
fn package_a_unit_gets_its_own_and_what_is_common() {
    let all = municipality();
    assert_eq!(
        ids(&of(&all, &["soeen"])),
        BTreeSet::from(["datapakke-2025", "soeen", "soeen.fravaer", "soeen.udetid-soeen", "udetid-soeen"])
    );
    let whole = of(&all, &["soeen", "aaen", "skoler"]);
    assert_eq!(whole.len(), 10, "{:?}", ids(&whole));
    assert!(!ids(&whole).contains("aftale-soeen") && !ids(&whole).contains("min"));
}

#[test]
fn package_small_numbers_stay_at_home() {
    let file = of(&municipality(), &["soeen"]);
    let at = |year: &str| Path::root("observations").child(year);
    let series = &file[&id("soeen.fravaer")];
    assert!(series.leaf(&at("2024-25")).unwrap().is_masked() && !series.leaf(&at("2023-24")).unwrap().is_masked());
}

/// Where a file is made for each unit, what cannot be in any of them is left out first: that changes none of them.
#[test]
fn package_what_is_gone_through_once_is_all_that_is_needed() {
    let all = municipality();
    let held = SharedPart::package_records(all.clone());
    assert!(held.len() < all.len());
    for units in [&["soeen"][..], &["aaen"], &["soeen", "aaen", "skoler"]] {
        assert_eq!(of(&held, units), of(&all, units), "{units:?}");
    }
}

/// A leader has written what a package knows nothing of: it stands, and the themes are there.
#[test]
fn package_comes_to_a_leader_who_has_begun_already() {
    let sent = of(&municipality(), &["soeen"]);
    let mut here = Records::new();
    put(&mut here, "aftale-soeen", &Aftale { unit: Some(id("soeen")), leader: "Anne".into(), ..Aftale::default() });
    let text = write(&sent, &Scope::Backup, moment()).unwrap();
    let plan = Plan::make(&here, read(text.as_bytes()).unwrap());
    apply::apply(&mut here, plan, &author());
    assert_eq!(here.len(), sent.len() + 1);
    let package: Package = here[&id("datapakke-2025")].view().unwrap();
    assert_eq!(package.themes_for_units().len(), 1);
}
