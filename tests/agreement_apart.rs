//! Two who make the same entry apart, as both parties do with a topic of their conversation, have written each their own and
//! nothing against one another.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::samtale::{Agenda, Samtale, Topic};
use kvalitetshjul::record::Record;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::{Author, Focus};
use kvalitetshjul::record::path::Path;

fn author(who: u8) -> Author {
    Author { actor: Actor::from_random([who; 10]), at: Timestamp::parse("2026-02-11T08:00:00Z").unwrap(), by: None }
}

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// A conversation in which someone has taken a topic up and prepared it.
fn prepared(who: u8, field: &str, words: &str) -> Record {
    let mut record = Record::create(id("samtale"), &Samtale::default(), &author(who)).unwrap();
    let take = |samtale: &mut Samtale| {
        let topic = Topic {
            title: "Til stede".into(),
            agenda: Some(Agenda::On),
            order: Some("a0".to_owned()),
            ..Topic::default()
        };
        samtale.topics.insert(id("t"), topic);
    };
    record.edit(&mut Focus::default(), &author(who), take).unwrap();
    let path = Path::root("topics").child("t").child(field);
    record.write([(path, words.into())], &mut Focus::default(), &author(who)).unwrap();
    record
}

#[test]
fn agreement_both_take_up_the_same_topic_and_prepare_it_apart() {
    let leader = prepared(1, "leader", "Det er svært.");
    let both = leader.merge(&prepared(2, "counterpart", "Jeg vil høre.")).unwrap();
    assert_eq!(both.choices().len(), 0, "{:?}", both.choices());
    let body: Samtale = both.view().unwrap();
    let topic = &body.topics[&id("t")];
    assert_eq!((topic.leader.as_str(), topic.counterpart.as_str()), ("Det er svært.", "Jeg vil høre."));

    // What one of them took back is still a wording beside the other's.
    let mut emptied = both.clone();
    let path = Path::root("topics").child("t").child("leader");
    let nothing = serde_json::from_str("null").unwrap();
    emptied.write([(path.clone(), nothing)], &mut Focus::default(), &author(1)).unwrap();
    let mut changed = both;
    changed.write([(path, "Det er meget svært.".into())], &mut Focus::default(), &author(2)).unwrap();
    assert_eq!(emptied.merge(&changed).unwrap().choices().len(), 1);
}

/// A topic that was deleted and is made again begins anew: what stood in it does not come back by itself.
#[test]
fn agreement_an_entry_made_again_begins_empty() {
    let mut record = prepared(1, "leader", "Gamle ord");
    record
        .edit(&mut Focus::default(), &author(1), |samtale: &mut Samtale| drop(samtale.topics.remove(&id("t"))))
        .unwrap();
    let again = |samtale: &mut Samtale| {
        samtale.topics.insert(id("t"), Topic { title: "Nyt".into(), ..Topic::default() });
    };
    record.edit(&mut Focus::default(), &author(1), again).unwrap();
    let body: Samtale = record.view().unwrap();
    assert_eq!((body.topics[&id("t")].title.as_str(), body.topics[&id("t")].leader.as_str()), ("Nyt", ""));
}
