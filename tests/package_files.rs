//! Files of the secretariat's data package: the file for a unit holds its own figures and what all units share, nothing
//! else.

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

fn put<B: RegisteredBody>(records: &mut Records, name: &str, body: &B) {
    records.insert(id(name), Record::create(id(name), body, &author()).unwrap());
}

/// Builds two schools, each with figures, an indicator of its own and an agreement; a reflection; and the packages of
/// two cycles.
fn municipality() -> Records {
    let mut records = Records::new();
    for unit in ["soeen", "aaen"] {
        put(&mut records, unit, &Enhed { name: unit.into(), above: Some(id("skoler")), ..Enhed::default() });
        let unit_indicator = format!("udetid-{unit}");
        put(
            &mut records,
            &unit_indicator,
            &OwnIndicator { name: "Udetid".into(), unit: Some(id(unit)), ..OwnIndicator::default() },
        );
        for indicator in ["fravaer", unit_indicator.as_str()] {
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

/// Writes the package file for some units and reads it back.
fn package_file(records: &Records, units: &[&str]) -> Records {
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
fn file_for_a_unit_holds_its_own_and_shared_records_only() {
    let all = municipality();
    assert_eq!(
        ids(&package_file(&all, &["soeen"])),
        BTreeSet::from(["datapakke-2025", "soeen", "soeen.fravaer", "soeen.udetid-soeen", "udetid-soeen"])
    );
    let all_units = package_file(&all, &["soeen", "aaen", "skoler"]);
    assert_eq!(all_units.len(), 10, "{:?}", ids(&all_units));
    assert!(!ids(&all_units).contains("aftale-soeen") && !ids(&all_units).contains("min"));
}

#[test]
fn figures_on_few_persons_are_masked() {
    let file = package_file(&municipality(), &["soeen"]);
    let figure = |year: &str| Path::root("observations").child(year);
    let series = &file[&id("soeen.fravaer")];
    assert!(
        series.leaf(&figure("2024-25")).unwrap().is_masked() && !series.leaf(&figure("2023-24")).unwrap().is_masked()
    );
}

/// [`SharedPart::package_records`] drops, once for all units, what no package file can hold. The files are the same
/// without it.
#[test]
fn dropping_irrelevant_records_first_changes_no_file() {
    let all = municipality();
    let relevant = SharedPart::package_records(all.clone());
    assert!(relevant.len() < all.len());
    for units in [&["soeen"][..], &["aaen"], &["soeen", "aaen", "skoler"]] {
        assert_eq!(package_file(&relevant, units), package_file(&all, units), "{units:?}");
    }
}

#[test]
fn package_import_keeps_an_agreement_already_started() {
    let sent = package_file(&municipality(), &["soeen"]);
    let mut local = Records::new();
    put(&mut local, "aftale-soeen", &Aftale { unit: Some(id("soeen")), leader: "Anne".into(), ..Aftale::default() });
    let text = write(&sent, &Scope::Backup, moment()).unwrap();
    let plan = Plan::make(&local, read(text.as_bytes()).unwrap());
    apply::apply(&mut local, plan, &author());
    assert_eq!(local.len(), sent.len() + 1);
    let package: Package = local[&id("datapakke-2025")].view().unwrap();
    assert_eq!(package.themes_for_units().len(), 1);
}
