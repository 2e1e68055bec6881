//! What two people agree to, through files: what cannot be changed without being seen, and what every order of files
//! comes to.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use kvalitetshjul::domain::aftale::progress::NoIndicators;
use kvalitetshjul::domain::aftale::state::{AftaleEvent, AftaleState};
use kvalitetshjul::domain::aftale::version::{Version, content, fingerprint, is_sound, read};
use kvalitetshjul::domain::aftale::whole::AgreementBundle;
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

/// An agreement with one goal and a version that waits for both.
fn frozen() -> (Records, Id) {
    let goal = Goal { text: "Flere børn er med".into(), aftale: Some(id("a1")), ..Goal::default() };
    let mut head =
        Aftale { title: "Aftalen".into(), leader: "Anne".into(), counterpart: "Bo".into(), ..Aftale::default() };
    let whole =
        AgreementBundle { head: head.clone(), goals: vec![(id("g1"), goal.clone())], ..AgreementBundle::default() };
    let text = content(&whole, &NoIndicators, 1, None, day());
    let version = fingerprint(&text).unwrap();
    head.note(id("f1"), AftaleEvent::Frozen, day(), Some(version.clone()));
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
fn agreement_a_changed_content_is_put_aside_where_the_version_is_and_seen_where_it_is_not() {
    let (here, version) = frozen();
    let changed = file(&here).replace("Flere børn er med", "Færre børn er med");
    let opened = read_file(changed.as_bytes()).unwrap();
    let elsewhere = version_in(&opened.records, &version);
    assert!(!is_sound(&version, elsewhere.content.as_str()), "the fingerprint tells");
    // Where the version is, the changed one contradicts it: one write with two values.
    let plan = Plan::make(&here, opened);
    assert!(plan.faults.iter().any(|fault| fault.name.contains("version")), "{:?}", plan.faults);
    assert!(is_sound(&version, version_in(&here, &version).content.as_str()));
}

#[test]
fn agreement_a_changed_fingerprint_is_seen() {
    let (here, version) = frozen();
    let other = id(&"0".repeat(64));
    let opened = read_file(file(&here).replace(version.as_str(), other.as_str()).as_bytes()).unwrap();
    assert!(!is_sound(&other, version_in(&opened.records, &other).content.as_str()));
}

/// Both changed is another version: nobody has agreed to it, and where the first one is both are there.
#[test]
fn agreement_content_and_fingerprint_changed_is_another_version_that_nobody_agreed_to() {
    let (mut here, version) = frozen();
    let bo = author(2);
    here.get_mut(&id("a1"))
        .unwrap()
        .edit::<Aftale>(&mut Focus::default(), &bo, |head| {
            for party in Party::ALL {
                head.agree(&version, party, day());
            }
        })
        .unwrap();
    let text = version_in(&here, &version).content.0.replace("Flere børn", "Færre børn");
    let other = fingerprint(&text).unwrap();
    let forged = Version { title: "1 af aftalen".into(), aftale: Some(id("a1")), content: UserText(text) };
    let mut elsewhere = here.clone();
    elsewhere.remove(&version);
    elsewhere.insert(other.clone(), Record::create(other.clone(), &forged, &author(3)).unwrap());
    let opened = read_file(file(&elsewhere).as_bytes()).unwrap();
    let head: Aftale = opened.records[&id("a1")].view().unwrap();
    // What was agreed to is named by its own fingerprint, which is not here.
    assert!(head.is_agreed(&version) && !head.is_agreed(&other));
    assert!(!opened.records.contains_key(&version));
    let plan = Plan::make(&here, opened);
    let brought = plan.items.iter().find(|item| *item.incoming.id() == other).unwrap();
    assert_eq!(brought.standing, ImportStatus::New, "it stands beside the first, and is none that was agreed to");
}

/// Two say yes apart, and a file comes late: the state is the same whatever is opened first.
#[test]
fn agreement_two_who_agree_apart_come_to_the_same() {
    let (sent, version) = frozen();
    let agreed = |by: u8, party: Party| {
        let mut own = sent.clone();
        let record = own.get_mut(&id("a1")).unwrap();
        record.edit::<Aftale>(&mut Focus::default(), &author(by), |head| head.agree(&version, party, day())).unwrap();
        own[&id("a1")].clone()
    };
    let (anne, bo) = (agreed(1, Party::Leader), agreed(2, Party::Counterpart));
    let late = sent[&id("a1")].clone();
    for order in [[&anne, &bo, &late], [&late, &bo, &anne], [&bo, &late, &anne]] {
        let merged = order[0].merge(order[1]).unwrap().merge(order[2]).unwrap();
        assert!(merged.choices().is_empty(), "saying yes is no open choice");
        let head: Aftale = merged.view().unwrap();
        let standing = head.standing(0);
        assert_eq!((standing.state, standing.agreed.as_slice()), (AftaleState::InForce, &[version.clone()][..]));
    }
    assert_eq!(read(version_in(&sent, &version).content.as_str()).unwrap().whole.goals.len(), 1);
}

/// A version of the first format may hold a figure that rests on fewer than five. Of a version of today it is known that it
/// does not.
#[test]
fn trust_versions_of_the_first_format_stay_at_home() {
    let (mut here, version) = frozen();
    let text = version_in(&here, &version).content.0.replace(r#""version":2"#, r#""version":1"#);
    let first = fingerprint(&text).unwrap();
    let body = Version { title: "1 af aftalen".into(), aftale: Some(id("a1")), content: UserText(text) };
    here.insert(first.clone(), Record::create(first.clone(), &body, &author(1)).unwrap());
    let path = kvalitetshjul::record::path::Path::root("content");
    let is_withheld = |unmasked_for: Option<&str>, version: &Id| {
        let scope =
            Scope::Share { part: SharedPart::Aftale { id: id("a1") }, unmasked_for: unmasked_for.map(str::to_owned) };
        let text = write(&here, &scope, moment()).unwrap();
        let opened = read_file(text.as_bytes()).unwrap();
        assert!(opened.faults.is_empty(), "it is withheld, not damaged");
        opened.records[version].leaf(&path).unwrap().is_masked()
    };
    assert!(is_withheld(None, &first) && !is_withheld(None, &version));
    assert!(!is_withheld(Some("Bo"), &first), "one named recipient has it whole");
    // Where it was withheld it is no content at all, and where it stood it is as it was.
    let opened = read_file(file(&here).as_bytes()).unwrap();
    assert_eq!(read(version_in(&opened.records, &first).content.as_str()), None);
    let plan = Plan::make(&here, opened);
    assert!(plan.faults.is_empty(), "{:?}", plan.faults);
    let (mut home, author) = (here.clone(), author(2));
    kvalitetshjul::exchange::apply::apply(&mut home, plan, &author);
    assert!(is_sound(&first, version_in(&home, &first).content.as_str()));
}
