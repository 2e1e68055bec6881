//! What may leave the device in a file for others: the table, and the bytes of every file that goes by it.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use std::collections::BTreeSet;

use kvalitetshjul::domain::body::{FieldRole, Shape};
use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::registry::Kind;
use kvalitetshjul::exchange::apply;
use kvalitetshjul::exchange::error::RecordFault;
use kvalitetshjul::exchange::plan::Plan;
use kvalitetshjul::exchange::read::read;
use kvalitetshjul::exchange::release::words::{Told, told};
use kvalitetshjul::exchange::release::{Column, ReleaseRule, flag};
use kvalitetshjul::exchange::scope::Scope;
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::{Author, Focus};
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::value::LeafValue;
use kvalitetshjul::record::{Record, Records};

mod planted;

use planted::{Planted, SMALL, Standing, planted, shares};

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn author() -> Author {
    Author { actor: Actor::from_random([9; 10]), at: moment(), by: None }
}

fn moment() -> Timestamp {
    Timestamp::parse("2026-03-15T09:42:00Z").unwrap()
}

fn file(records: &Records, scope: &Scope) -> String {
    write(records, scope, moment()).unwrap()
}

/// The places of the words that a file lets through.
fn found(planted: &Planted, scope: &Scope) -> BTreeSet<String> {
    let text = file(&planted.records, scope);
    planted.words.iter().filter(|word| text.contains(&word.text)).map(planted::Word::place).collect()
}

fn scope(planted: &Planted, name: &str) -> Scope {
    shares(planted).into_iter().find(|(own, _)| *own == name).unwrap().1
}

#[test]
fn trust_every_leaf_of_every_kind_has_an_answer_for_every_sort_of_file() {
    for &kind in Kind::ALL {
        let leaves: Vec<(Option<&str>, &str)> = kind
            .fields()
            .iter()
            .flat_map(|field| match field.shape {
                Shape::Entries(inner) => inner.iter().map(|own| (Some(field.name), own.name)).collect(),
                Shape::Leaf | Shape::Leaves => vec![(None, field.name)],
            })
            .collect();
        for column in Column::ALL {
            let rows = column.answers(kind);
            let answered: Vec<_> =
                rows.iter().map(|row| (row.entries.map(|field| field.name), row.field.name)).collect();
            assert_eq!(answered, leaves, "{kind} {column:?}");
            // What others share goes by a flag that there is, and the flag goes with it.
            if rows.iter().any(|row| row.answer == ReleaseRule::Shared) {
                let flag = rows.iter().find(|row| Some(row.field.name) == flag(kind)).unwrap();
                assert_eq!(flag.answer, ReleaseRule::Shared, "{kind} {column:?}");
            }
            // What goes can be placed.
            if column.takes(kind) {
                let mut parents = rows.iter().filter(|row| row.field.role == FieldRole::Parent);
                assert!(parents.all(|row| row.answer != ReleaseRule::Stays), "{kind} {column:?}");
            }
        }
    }
}

#[test]
fn trust_every_file_has_exactly_the_words_that_the_table_lets_through() {
    for is_shared in [true, false] {
        let planted = planted(is_shared);
        assert!(planted.words.len() > 150, "{}", planted.words.len());
        let all = file(&planted.records, &Scope::Backup);
        assert!(
            all.contains(SMALL) && planted.words.iter().all(|word| all.contains(&word.text)),
            "a copy of everything"
        );
        for (name, scope) in shares(&planted) {
            let text = file(&planted.records, &scope);
            for word in &planted.words {
                let goes = word.goes(&scope, is_shared);
                assert_eq!(text.contains(&word.text), goes, "{name}, shared {is_shared}: {}", word.place());
                assert_eq!(text.contains(&word.by), goes, "{name}, shared {is_shared}: who wrote {}", word.place());
            }
            assert_eq!(text.contains(SMALL), !scope.masks(), "{name}");
        }
    }
}

/// The table is held against what was promised, in words that are not the table's.
#[test]
fn trust_the_promises_hold_whatever_the_table_says() {
    let (shared, unshared) = (planted(true), planted(false));
    let of_kind = |words: &BTreeSet<String>, kind: &str| -> Vec<String> {
        words.iter().filter_map(|word| word.strip_prefix(&format!("{kind}/")).map(str::to_owned)).collect()
    };
    // A network: who they are, and the common figures.
    let network = found(&unshared, &scope(&unshared, "network"));
    let expected = ["enhed/above", "enhed/institution_number", "enhed/name", "enhed/network", "series/observations"];
    assert_eq!(network.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    let text = file(&unshared.records, &scope(&unshared, "network"));
    assert!(!text.contains("sygefravaer") && !text.contains("egen\""), "not even that there are others");
    // And what they chose to share.
    let network = found(&shared, &scope(&shared, "network"));
    let kinds: BTreeSet<&str> = network.iter().filter_map(|word| word.split('/').next()).collect();
    assert_eq!(kinds, BTreeSet::from(["enhed", "goal", "midtvejsstatus", "proevehandling", "pyramid", "series"]));
    assert_eq!(of_kind(&network, "midtvejsstatus"), ["asks", "offers", "shares"]);
    assert!(!network.contains("goal/initiatives/responsible") && network.contains("goal/initiatives/text"));
    // What is said at a conversation stays between both, but for what may come into the report.
    let talk = |planted: &Planted, name: &str| of_kind(&found(planted, &scope(planted, name)), "samtale");
    assert_eq!(talk(&unshared, "unit"), ["title"]);
    assert_eq!(talk(&shared, "unit"), ["title", "topics/indicator", "topics/learned", "topics/order", "topics/title"]);
    assert!(talk(&unshared, "conversation").contains(&"topics/leader".to_owned()));
    for name in ["agreement", "package", "network", "workshop", "chosen"] {
        assert_eq!(talk(&shared, name), [""; 0], "{name}");
    }
    // Comments are the parties' own; links are the secretariat's; reflections are one's own.
    for (name, scope) in shares(&shared) {
        let words = found(&shared, &scope);
        assert_eq!(!of_kind(&words, "comment").is_empty(), name == "agreement", "{name}");
        assert_eq!(!of_kind(&words, "links").is_empty(), name == "package", "{name}");
        assert_eq!(!of_kind(&words, "reflection").is_empty(), name == "chosen", "{name}");
    }
    // The package has figures, and no words about them.
    assert_eq!(
        of_kind(&found(&shared, &scope(&shared, "package")), "series"),
        ["indicator", "observations"].map(String::from)[1..]
    );
}

/// Records with all that a record keeps for itself: a number that is none, a deletion, an entry in the trash, an identity.
fn with_own_leaves(is_shared: bool) -> Records {
    let mut records = planted(is_shared).records;
    let mut write = |of: &str, writes: Vec<(Path, LeafValue)>| {
        records.get_mut(&id(of)).unwrap().write(writes, &mut Focus::default(), &author()).unwrap();
    };
    write("aftalen", vec![(Path::root("background"), "Ring 1503121234".into()), Record::not_cpr_leaf("1503121234")]);
    write("maalet", vec![(Path::root("text"), "Sag 1603121234".into()), Record::not_cpr_leaf("1603121234")]);
    let idea = Path::root("ideas").child("e1");
    records.get_mut(&id("pyramiden")).unwrap().delete(Some(&idea), &author()).unwrap();
    records.get_mut(&id("proeven")).unwrap().delete(None, &author()).unwrap();
    records.get_mut(&id("planteskolen")).unwrap().set_same_as(Some(&id("anden")), &author()).unwrap();
    records
}

#[test]
fn trust_a_file_of_each_scope_that_comes_home_changes_nothing() {
    for is_shared in [true, false] {
        let records = with_own_leaves(is_shared);
        let planted = Planted { records: records.clone(), ..Planted::default() };
        for (name, scope) in shares(&planted).into_iter().chain([("backup", Scope::Backup)]) {
            let opened = read(file(&records, &scope).as_bytes()).unwrap();
            assert!(opened.faults.is_empty() && opened.cpr.is_empty(), "{name}: {:?} {:?}", opened.faults, opened.cpr);
            let mut home = records.clone();
            let plan = Plan::make(&home, opened);
            assert!(plan.items.iter().all(|item| !item.brings() && !item.can_write_again), "{name}");
            let report = apply::apply(&mut home, plan, &author());
            assert!(report.steps.is_empty() && report.changed.iter().next().is_none(), "{name}");
            assert_eq!(home, records, "{name}, shared {is_shared}");
        }
    }
}

#[test]
fn trust_what_a_record_keeps_for_itself_goes_without_the_digits_of_what_stays() {
    let records = with_own_leaves(true);
    let planted = Planted { records: records.clone(), ..Planted::default() };
    let text = |name: &str| file(&records, &scope(&planted, name));
    let digits = |name: &str| ["1503121234", "1603121234"].map(|digits| text(name).contains(digits));
    assert_eq!(digits("agreement"), [true, true]);
    assert_eq!(digits("network"), [false, true], "the goal is shared, the background of its agreement is not");
    let network = read(text("network").as_bytes()).unwrap().records;
    let answers: Vec<Id> = network[&id("planteskolen")].answers().into_iter().map(|(other, _)| other).collect();
    assert_eq!(answers, [id("anden")]);
    let trial = &network[&id("proeven")];
    assert!(trial.leaf(&Path::root("title")).unwrap().is_masked(), "the words of what is in the trash stay");
    assert_eq!(trial.life(None), records[&id("proeven")].life(None));
}

/// A leaf of a version to come has no answer, and a record of a kind to come none either.
#[test]
fn trust_what_this_version_does_not_know_stays() {
    let mut records = planted(true).records;
    for path in ["/future", "/topics/e1/future", "/@future/x", "/title/deeper"] {
        let path = Path::parse(path).unwrap();
        let talk = records.get_mut(&id("planteskolen.samtale-2025")).unwrap();
        talk.write([(path, "Fremtidsord".into())], &mut Focus::default(), &author()).unwrap();
    }
    let unknown = serde_json::to_string(&records[&id("kommentaren")]).unwrap();
    let unknown = unknown.replace("\"comment\"", "\"moede\"").replace("\"kommentaren\"", "\"moedet\"");
    records.insert(id("moedet"), serde_json::from_str(&unknown).unwrap());
    let planted = Planted { records: records.clone(), ..Planted::default() };
    assert!(file(&records, &Scope::Backup).contains("Fremtidsord"));
    for (name, scope) in shares(&planted) {
        let text = file(&records, &scope);
        assert!(!text.contains("Fremtidsord") && !text.contains("\"moede\""), "{name}");
    }
}

#[test]
fn trust_while_two_disagree_about_sharing_nothing_is_shared() {
    let planted = planted(true);
    let network = scope(&planted, "network");
    let mut records = planted.records.clone();
    let mut theirs = records[&id("maalet")].clone();
    let other = Author { actor: Actor::from_random([8; 10]), ..author() };
    for (record, author, value) in
        [(records.get_mut(&id("maalet")).unwrap(), author(), true), (&mut theirs, other, false)]
    {
        let write = (Path::root("shared"), LeafValue::new(value.into()));
        record.write([write], &mut Focus::default(), &author).unwrap();
    }
    let merged = records[&id("maalet")].merge(&theirs).unwrap();
    records.insert(id("maalet"), merged);
    assert!(!network.select(&records).iter().any(|record| record.id() == &id("maalet")));
}

#[test]
fn trust_links_are_taken_from_the_secretariat_and_from_ones_own_copy_alone() {
    let planted = planted(true);
    let mut records = planted.records.clone();
    let place = Path::root("addresses").child("topi");
    records
        .get_mut(&Id::parse("kommunens-sider").unwrap())
        .unwrap()
        .write([(place, "https://viborg.dk/topi".into())], &mut Focus::default(), &author())
        .unwrap();
    let all = file(&records, &Scope::Backup);
    for (name, scope) in shares(&planted).into_iter().chain([("backup", Scope::Backup)]) {
        // Somebody's own making: the head of any scope, with links in it.
        let made = all.replacen("\"backup\"", &serde_json::to_string(&scope).unwrap(), 1);
        let opened = read(made.as_bytes()).unwrap();
        let is_taken = opened.records.contains_key(&id("kommunens-sider"));
        assert_eq!(is_taken, matches!(name, "package" | "backup"), "{name}");
        assert_eq!(opened.faults.iter().any(|fault| fault.fault == RecordFault::Links), !is_taken, "{name}");
        assert_eq!(opened.records.len() + usize::from(!is_taken), records.len(), "{name}: the rest is offered");
    }
    let plan = Plan::make(&Records::new(), read(all.as_bytes()).unwrap());
    let item = plan.items.iter().find(|item| item.incoming.kind() == Some(Kind::Links)).unwrap();
    assert!(item.name.ends_with("der fører til viborg.dk"), "{}", item.name);
}

#[test]
fn trust_the_page_says_what_the_table_does() {
    for is_shared in [true, false] {
        let planted = planted(is_shared);
        for (name, scope) in shares(&planted) {
            let Scope::Share { part, .. } = &scope else { continue };
            let column = Column::of(part);
            let going = scope.select(&planted.records);
            let told = told(&scope, &going);
            let never = told.never.join("\n").to_lowercase();
            for &kind in Kind::ALL {
                let words = kind.words();
                let count = going.iter().filter(|record| record.kind() == Some(kind)).count();
                let is_along = told.along.iter().any(|line| {
                    line.starts_with(&format!("{count} {}", words.singular))
                        || line.starts_with(&format!("{count} {}", words.plural))
                });
                assert_eq!(is_along, count > 0, "{name}, {kind}: {:?}", told.along);
                let is_none = never.contains(words.plural) || never.contains("alt andet end");
                assert!(column.takes(kind) || kind.is_private() || is_none, "{name}, {kind}: {never}");
                for row in column.answers(kind).iter().filter(|_| column.takes(kind)) {
                    let is_said = !matches!(row.field.role, FieldRole::Quiet | FieldRole::Parent);
                    let named = never.contains(&row.field.label.to_lowercase())
                        || never.contains(&format!("fra {} alt andet end", words.definite));
                    assert!(
                        row.answer != ReleaseRule::Stays || !is_said || named,
                        "{name}, {kind}, {}",
                        row.field.name
                    );
                }
            }
        }
    }
    let planted = planted(true);
    let of = |name: &str| {
        let scope = scope(&planted, name);
        told(&scope, &scope.select(&planted.records))
    };
    let network = of("network");
    assert!(network.along.contains(&"1 mål, som I har valgt at dele".to_owned()), "{:?}", network.along);
    assert!(network.along.contains(&"1 talrække: de fælles indikatorer".to_owned()), "{:?}", network.along);
    assert!(network.never.iter().any(|line| line.contains("Det kan ikke slås fra i et netværk.")));
    let small = |told: &Told| told.never.iter().find(|line| line.starts_with("Tal, der bygger")).cloned().unwrap();
    assert!(small(&network).contains("og det, der er skrevet om dem"));
    let mut large = planted.clone();
    large.records.retain(|_, record| record.kind() != Some(Kind::Series));
    let share = scope(&large, "unit");
    assert!(small(&told(&share, &share.select(&large.records))).contains("dem er der ingen af"));
    assert!(of("agreement").along.contains(&"1 kommentar".to_owned()));
    assert!(of("workshop").never.contains(&"Alt andet end workshopper".to_owned()));
    assert!(planted.words.iter().any(|word| word.standing == Standing::Small));
}
