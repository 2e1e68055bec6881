//! Merging entries that two people add under the same key, as both parties do with a topic of their conversation:
//! fields that only one of them fills open no choice.

use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::samtale::{Agenda, Samtale, Topic};
use kvalitetshjul::record::Record;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::{Author, Focus};
use kvalitetshjul::record::path::Path;

fn author(user: u8) -> Author {
    Author { actor: Actor::from_random([user; 10]), at: Timestamp::parse("2026-02-11T08:00:00Z").unwrap(), by: None }
}

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// Creates a copy of the conversation in which a person added the topic and filled one field of it.
fn prepared(user: u8, field: &str, words: &str) -> Record {
    let mut record = Record::create(id("samtale"), &Samtale::default(), &author(user)).unwrap();
    let add_topic = |samtale: &mut Samtale| {
        let topic = Topic {
            title: "Til stede".into(),
            agenda: Some(Agenda::On),
            order: Some("a0".to_owned()),
            ..Topic::default()
        };
        samtale.topics.insert(id("t"), topic);
    };
    record.edit(&mut Focus::default(), &author(user), add_topic).unwrap();
    let path = Path::root("topics").child("t").child(field);
    record.write([(path, words.into())], &mut Focus::default(), &author(user)).unwrap();
    record
}

#[test]
fn merge_of_the_same_new_topic_keeps_both_preparations_without_a_choice() {
    let leader = prepared(1, "leader", "Det er svært.");
    let both = leader.merge(&prepared(2, "counterpart", "Jeg vil høre.")).unwrap();
    assert_eq!(both.choices().len(), 0, "{:?}", both.choices());
    let body: Samtale = both.view().unwrap();
    let topic = &body.topics[&id("t")];
    assert_eq!((topic.leader.as_str(), topic.counterpart.as_str()), ("Det er svært.", "Jeg vil høre."));

    // Emptying a field is a write, so it conflicts with a concurrent change of the field.
    let mut emptied = both.clone();
    let path = Path::root("topics").child("t").child("leader");
    let null = serde_json::from_str("null").unwrap();
    emptied.write([(path.clone(), null)], &mut Focus::default(), &author(1)).unwrap();
    let mut changed = both;
    changed.write([(path, "Det er meget svært.".into())], &mut Focus::default(), &author(2)).unwrap();
    assert_eq!(emptied.merge(&changed).unwrap().choices().len(), 1);
}

#[test]
fn entry_added_again_after_its_deletion_starts_empty() {
    let mut record = prepared(1, "leader", "Gamle ord");
    record
        .edit(&mut Focus::default(), &author(1), |samtale: &mut Samtale| drop(samtale.topics.remove(&id("t"))))
        .unwrap();
    let add_again = |samtale: &mut Samtale| {
        samtale.topics.insert(id("t"), Topic { title: "Nyt".into(), ..Topic::default() });
    };
    record.edit(&mut Focus::default(), &author(1), add_again).unwrap();
    let body: Samtale = record.view().unwrap();
    assert_eq!((body.topics[&id("t")].title.as_str(), body.topics[&id("t")].leader.as_str()), ("Nyt", ""));
}
