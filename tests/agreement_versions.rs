//! Versions of an agreement in files: a changed version is detected, and both parties reach the same state whatever the
//! order of files.

use kvalitetshjul::domain::aftale::bundle::AgreementBundle;
use kvalitetshjul::domain::aftale::progress::NoIndicators;
use kvalitetshjul::domain::aftale::state::{AftaleEvent, AftaleState};
use kvalitetshjul::domain::aftale::version::{Version, fingerprint, is_sound, parse_content, write_content};
use kvalitetshjul::domain::aftale::{Aftale, Party};
use kvalitetshjul::domain::date::{Date, Timestamp};
use kvalitetshjul::domain::goal::Goal;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::text::UserText;
use kvalitetshjul::exchange::plan::{ImportStatus, Plan};
use kvalitetshjul::exchange::read::read as read_file;
use kvalitetshjul::exchange::scope::{Scope, SharedPart};
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::{Author, Focus};
use kvalitetshjul::record::{Record, Records};

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn moment() -> Timestamp {
    Timestamp::parse("2026-06-01T10:00:00Z").unwrap()
}

fn author(name: u8) -> Author {
    Author { actor: Actor::from_random([name; 10]), at: moment(), by: None }
}

fn day() -> Date {
    Date::new(2026, 6, 1).unwrap()
}

/// Builds an agreement with one goal and a frozen version to which nobody has agreed yet.
fn with_frozen_version() -> (Records, Id) {
    let goal = Goal { text: "Flere børn er med".into(), aftale: Some(id("a1")), ..Goal::default() };
    let mut head =
        Aftale { title: "Aftalen".into(), leader: "Anne".into(), counterpart: "Bo".into(), ..Aftale::default() };
    let bundle =
        AgreementBundle { head: head.clone(), goals: vec![(id("g1"), goal.clone())], ..AgreementBundle::default() };
    let text = write_content(&bundle, &NoIndicators, 1, None, day());
    let version = fingerprint(&text).unwrap();
    head.record_event(id("f1"), AftaleEvent::Frozen, day(), Some(version.clone()));
    let body = Version { title: "1 af aftalen".into(), aftale: Some(id("a1")), content: UserText(text) };
    let anne = author(1);
    let records = [
        Record::create(id("a1"), &head, &anne).unwrap(),
        Record::create(id("g1"), &goal, &anne).unwrap(),
        Record::create(version.clone(), &body, &anne).unwrap(),
    ];
    (records.into_iter().map(|record| (record.id().clone(), record)).collect(), version)
}

fn file(records: &Records) -> String {
    write(records, &Scope::Share { part: SharedPart::Aftale { id: id("a1") }, unmasked_for: None }, moment()).unwrap()
}

fn version_in(records: &Records, version: &Id) -> Version {
    records[version].view().unwrap()
}

#[test]
fn changed_content_fails_its_fingerprint_and_is_rejected_beside_the_original() {
    let (local, version) = with_frozen_version();
    let changed = file(&local).replace("Flere børn er med", "Færre børn er med");
    let opened = read_file(changed.as_bytes()).unwrap();
    let incoming = version_in(&opened.records, &version);
    assert!(!is_sound(&version, incoming.content.as_str()), "the fingerprint does not match");
    // Beside the original, the changed copy is one write with two values, which is a fault.
    let plan = Plan::make(&local, opened);
    assert!(plan.faults.iter().any(|fault| fault.name.contains("version")), "{:?}", plan.faults);
    assert!(is_sound(&version, version_in(&local, &version).content.as_str()));
}

#[test]
fn changed_fingerprint_does_not_match_the_content() {
    let (local, version) = with_frozen_version();
    let other = id(&"0".repeat(64));
    let opened = read_file(file(&local).replace(version.as_str(), other.as_str()).as_bytes()).unwrap();
    assert!(!is_sound(&other, version_in(&opened.records, &other).content.as_str()));
}

/// With content and fingerprint changed, the record is another version, imported beside the original without anyone's
/// agreement.
#[test]
fn forged_version_with_matching_fingerprint_is_one_nobody_agreed_to() {
    let (mut local, version) = with_frozen_version();
    let bo = author(2);
    local
        .get_mut(&id("a1"))
        .unwrap()
        .edit::<Aftale>(&mut Focus::default(), &bo, |head| {
            for party in Party::ALL {
                head.record_assent(&version, party, day());
            }
        })
        .unwrap();
    let text = version_in(&local, &version).content.0.replace("Flere børn", "Færre børn");
    let other = fingerprint(&text).unwrap();
    let forged = Version { title: "1 af aftalen".into(), aftale: Some(id("a1")), content: UserText(text) };
    let mut sender = local.clone();
    sender.remove(&version);
    sender.insert(other.clone(), Record::create(other.clone(), &forged, &author(3)).unwrap());
    let opened = read_file(file(&sender).as_bytes()).unwrap();
    let head: Aftale = opened.records[&id("a1")].view().unwrap();
    // The agreement names the agreed version by its fingerprint, and the file has no version of that fingerprint.
    assert!(head.is_agreed(&version) && !head.is_agreed(&other));
    assert!(!opened.records.contains_key(&version));
    let plan = Plan::make(&local, opened);
    let item = plan.items.iter().find(|item| *item.incoming.id() == other).unwrap();
    assert_eq!(item.status, ImportStatus::New, "it is imported beside the original");
}

/// An old file that arrives late changes nothing either.
#[test]
fn concurrent_consents_merge_to_in_force_in_any_order() {
    let (sent, version) = with_frozen_version();
    let agreed = |by: u8, party: Party| {
        let mut records = sent.clone();
        let record = records.get_mut(&id("a1")).unwrap();
        record
            .edit::<Aftale>(&mut Focus::default(), &author(by), |head| head.record_assent(&version, party, day()))
            .unwrap();
        records[&id("a1")].clone()
    };
    let (anne, bo) = (agreed(1, Party::Leader), agreed(2, Party::Counterpart));
    let late = sent[&id("a1")].clone();
    for order in [[&anne, &bo, &late], [&late, &bo, &anne], [&bo, &late, &anne]] {
        let merged = order[0].merge(order[1]).unwrap().merge(order[2]).unwrap();
        assert!(merged.choices().is_empty(), "consents open no choice");
        let head: Aftale = merged.view().unwrap();
        let status = head.status(0);
        assert_eq!((status.state, status.agreed.as_slice()), (AftaleState::InForce, &[version.clone()][..]));
    }
    assert_eq!(parse_content(version_in(&sent, &version).content.as_str()).unwrap().bundle.goals.len(), 1);
}

/// A version of format 1 may hold a figure that rests on fewer than five persons; one of format 2 never does.
#[test]
fn content_of_a_format_1_version_is_masked_in_shared_files() {
    let (mut local, version) = with_frozen_version();
    let text = version_in(&local, &version).content.0.replace(r#""version":2"#, r#""version":1"#);
    let first = fingerprint(&text).unwrap();
    let body = Version { title: "1 af aftalen".into(), aftale: Some(id("a1")), content: UserText(text) };
    local.insert(first.clone(), Record::create(first.clone(), &body, &author(1)).unwrap());
    let path = kvalitetshjul::record::path::Path::root("content");
    let is_withheld = |unmasked_for: Option<&str>, version: &Id| {
        let scope =
            Scope::Share { part: SharedPart::Aftale { id: id("a1") }, unmasked_for: unmasked_for.map(str::to_owned) };
        let text = write(&local, &scope, moment()).unwrap();
        let opened = read_file(text.as_bytes()).unwrap();
        assert!(opened.faults.is_empty(), "a masked version is no damaged one");
        opened.records[version].leaf(&path).unwrap().is_masked()
    };
    assert!(is_withheld(None, &first) && !is_withheld(None, &version));
    assert!(!is_withheld(Some("Bo"), &first), "a file for one named recipient is unmasked");
    // The recipient of the masked copy has no content; importing the copy at home leaves the content as it was.
    let opened = read_file(file(&local).as_bytes()).unwrap();
    assert_eq!(parse_content(version_in(&opened.records, &first).content.as_str()), None);
    let plan = Plan::make(&local, opened);
    assert!(plan.faults.is_empty(), "{:?}", plan.faults);
    let (mut imported, author) = (local.clone(), author(2));
    kvalitetshjul::exchange::apply::apply(&mut imported, plan, &author);
    assert!(is_sound(&first, version_in(&imported, &first).content.as_str()));
}
