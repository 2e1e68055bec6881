//! A meeting between three people who exchange files only: the host, and the leaders of two schools.

use kvalitetshjul::domain::aftale::Aftale;
use kvalitetshjul::domain::date::{Date, Timestamp};
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::goal::Goal;
use kvalitetshjul::domain::help_match::fitting_offers;
use kvalitetshjul::domain::meeting::Meeting;
use kvalitetshjul::domain::midtvejs::Midtvejsstatus;
use kvalitetshjul::domain::registry::RegisteredBody;
use kvalitetshjul::exchange::apply;
use kvalitetshjul::exchange::plan::Plan;
use kvalitetshjul::exchange::read::read;
use kvalitetshjul::exchange::scope::{Scope, SharedPart};
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::{Author, Focus};
use kvalitetshjul::record::life::Life;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::value::LeafValue;
use kvalitetshjul::record::{Record, Records};

use super::world::id;

const MEETING: &str = "midtvejsmoede-2025";

/// A person with their records.
struct Workspace {
    records: Records,
    author: Author,
}

impl Workspace {
    fn new(actor: u8, name: &str) -> Self {
        let at = Timestamp::parse("2027-08-20T09:42:00Z").unwrap();
        let author = Author { actor: Actor::from_random([actor; 10]), at, by: Some(name.to_owned()) };
        Self { records: Records::new(), author }
    }

    /// Creates a workspace with a school, its agreement with a goal, and its midterm status.
    fn of_school(actor: u8, name: &str, school: &str, status: &Midtvejsstatus) -> Self {
        let mut all = Self::new(actor, name);
        all.put(school, &Enhed { name: school.into(), ..Enhed::default() });
        let aftale = format!("{school}-aftale");
        let secret = format!("hemmelig-{school}");
        let head = Aftale { unit: Some(id(school)), background: secret.as_str().into(), ..Aftale::default() };
        all.put(&aftale, &head);
        let goal = Goal { text: secret.as_str().into(), aftale: Some(id(&aftale)), ..Goal::default() };
        all.put(&format!("{school}-maal"), &goal);
        let status = Midtvejsstatus { title: secret.as_str().into(), aftale: Some(id(&aftale)), ..status.clone() };
        all.put(&format!("{aftale}.midtvejs"), &status);
        all
    }

    fn put<B: RegisteredBody>(&mut self, name: &str, body: &B) {
        self.records.insert(id(name), Record::create(id(name), body, &self.author).unwrap());
    }

    fn file(&self, part: SharedPart) -> String {
        let moment = Timestamp::parse("2027-08-20T12:00:00Z").unwrap();
        write(&self.records, &Scope::Share { part, unmasked_for: None }, moment).unwrap()
    }

    fn meeting_file(&self) -> String {
        self.file(SharedPart::Meeting { id: id(MEETING) })
    }

    fn open(&mut self, file: &str) {
        let opened = read(file.as_bytes()).unwrap();
        assert!(opened.faults.is_empty(), "{:?}", opened.faults);
        let plan = Plan::make(&self.records, opened);
        let report = apply::apply(&mut self.records, plan, &self.author);
        assert!(report.faults.is_empty(), "{:?}", report.faults);
    }

    fn edit_meeting(&mut self, change: impl FnOnce(&mut Meeting)) {
        let record = self.records.get_mut(&id(MEETING)).unwrap();
        record.edit::<Meeting>(&mut Focus::default(), &self.author, change).unwrap();
    }

    fn meeting(&self) -> Meeting {
        self.records[&id(MEETING)].view().unwrap()
    }
}

/// The status of a school that shares what it asks for or offers.
fn shared(asks: &str, offers: &str) -> Midtvejsstatus {
    Midtvejsstatus { asks: asks.into(), offers: offers.into(), shared: Some(true), ..Midtvejsstatus::default() }
}

/// Creates the leaders of two schools, and a host who has the files of both and notes an offer and a decision.
fn people() -> (Workspace, Workspace, Workspace) {
    let soeen = Workspace::of_school(1, "Anne", "soeen", &shared("Fraværet er højt i udskolingen", ""));
    let aaen = Workspace::of_school(2, "Bo", "aaen", &shared("", "Vi ringer hjem ved fravær"));
    let mut host = Workspace::new(3, "Carla");
    host.open(&soeen.file(SharedPart::Enhed { id: id("soeen") }));
    host.open(&aaen.file(SharedPart::Enhed { id: id("aaen") }));
    host.put(MEETING, &Meeting { title: "Midtvejsmøde 2027".into(), ..Meeting::default() });
    host.edit_meeting(|meeting| {
        meeting.add_offer(id("o1"), id("soeen"), Some(id("aaen")));
        meeting.offers.get_mut(&id("o1")).unwrap().text = "Vi kommer på besøg".into();
        meeting.add_decision(id("b1"));
        let decision = meeting.decisions.get_mut(&id("b1")).unwrap();
        (decision.text, decision.unit) = ("Vi besøger hinanden".into(), Some(id("soeen")));
        decision.by = Date::parse("2027-10-01");
    });
    (host, soeen, aaen)
}

#[test]
fn meeting_merges_both_ways_between_three_people() {
    let (mut host, mut soeen, mut aaen) = people();
    let status = |of: &Workspace, school: &str| {
        let record = of.records.get(&id(&format!("{school}-aftale.midtvejs"))).unwrap();
        record.view::<Midtvejsstatus>().unwrap()
    };
    let fits = fitting_offers(status(&host, "soeen").asks.as_str(), &[status(&host, "aaen").offers.as_str()]);
    assert_eq!(fits.len(), 1);
    let home = host.meeting_file();
    soeen.open(&home);
    aaen.open(&home);
    // The one accepts and offers something; the other changes the text of the offer; the host adds a note meanwhile.
    soeen.edit_meeting(|meeting| {
        meeting.offers.get_mut(&id("o1")).unwrap().accepted = Some(true);
        meeting.add_offer(id("o2"), id("aaen"), Some(id("soeen")));
        meeting.offers.get_mut(&id("o2")).unwrap().text = "Kom og se vores gård".into();
    });
    aaen.edit_meeting(|meeting| meeting.offers.get_mut(&id("o1")).unwrap().text = "Vi kommer en mandag".into());
    host.edit_meeting(|meeting| meeting.notes = "God stemning".into());
    host.open(&aaen.meeting_file());
    host.open(&soeen.meeting_file());
    let meeting = host.meeting();
    let offer = &meeting.offers[&id("o1")];
    assert_eq!((offer.text.as_str(), offer.accepted), ("Vi kommer en mandag", Some(true)));
    assert_eq!((meeting.offers.len(), meeting.notes.as_str()), (2, "God stemning"));
    assert!(host.records[&id(MEETING)].choices().is_empty());
    // In the end all three have the same meeting.
    let home = host.meeting_file();
    for person in [&mut soeen, &mut aaen] {
        person.open(&home);
        assert_eq!(person.meeting(), meeting);
    }
}

#[test]
fn deleted_offer_is_deleted_everywhere_unless_somebody_changed_it() {
    let (mut host, mut soeen, mut aaen) = people();
    let offer = Path::root("offers").child("o1");
    let home = host.meeting_file();
    soeen.open(&home);
    aaen.open(&home);
    host.edit_meeting(|meeting| drop(meeting.offers.remove(&id("o1"))));
    soeen.open(&host.meeting_file());
    assert_eq!(soeen.records[&id(MEETING)].life(Some(&offer)), Life::Deleted);
    assert!(soeen.meeting().offers.is_empty());
    aaen.edit_meeting(|meeting| meeting.offers.get_mut(&id("o1")).unwrap().text = "Vi kommer gerne igen".into());
    host.open(&aaen.meeting_file());
    assert_eq!(host.records[&id(MEETING)].life(Some(&offer)), Life::DeletedButChanged);
}

/// The file has the meeting, the units that it names, and what units share. Nothing else of an agreement is in it.
#[test]
fn meeting_file_holds_no_unshared_status_and_nothing_else_of_an_agreement() {
    let (mut host, ..) = people();
    let (asks, shares) = ("udelt ønske".into(), "udelt praksis".into());
    let unshared = Midtvejsstatus { asks, shares, ..Midtvejsstatus::default() };
    let engen = Workspace::of_school(4, "Dorte", "engen", &unshared);
    host.open(&engen.file(SharedPart::Enhed { id: id("engen") }));
    let text = host.meeting_file();
    for planted in ["hemmelig-", "udelt", "engen"] {
        assert!(!text.contains(planted), "{planted}");
    }
    for released in ["Fraværet er højt i udskolingen", "Vi ringer hjem ved fravær", "Vi kommer på besøg"] {
        assert!(text.contains(released), "{released}");
    }
    let ids: Vec<String> = read(text.as_bytes()).unwrap().records.keys().map(ToString::to_string).collect();
    assert_eq!(
        ids,
        ["aaen", "aaen-aftale", "aaen-aftale.midtvejs", MEETING, "soeen", "soeen-aftale", "soeen-aftale.midtvejs",]
    );
    // A unit that the meeting names goes by its name alone.
    host.edit_meeting(|meeting| meeting.add_offer(id("o3"), id("engen"), None));
    let text = host.meeting_file();
    assert!(text.contains("\"engen\"") && !text.contains("udelt") && !text.contains("engen-aftale"));
}

/// Archives the unit, deletes the agreement, or lets two people disagree on whether the status is shared.
const REASONS_TO_STAY: [fn(&mut Workspace); 3] = [
    |host| {
        let unit = host.records.get_mut(&id("engen")).unwrap();
        unit.edit::<Enhed>(&mut Focus::default(), &host.author, |unit| unit.archived = Some(true)).unwrap();
    },
    |host| host.records.get_mut(&id("engen-aftale")).unwrap().delete(None, &host.author).unwrap(),
    |host| {
        let status = host.records.get_mut(&id("engen-aftale.midtvejs")).unwrap();
        let mut theirs = status.clone();
        let other = Author { actor: Actor::from_random([9; 10]), ..host.author.clone() };
        for (record, author, is_shared) in [(&mut *status, &host.author, true), (&mut theirs, &other, false)] {
            let write = (Path::root("shared"), LeafValue::new(is_shared.into()));
            record.write([write], &mut Focus::default(), author).unwrap();
        }
        *status = status.merge(&theirs).unwrap();
    },
];

#[test]
fn shared_status_stays_when_its_unit_agreement_or_sharing_no_longer_holds() {
    let engen = Workspace::of_school(4, "Dorte", "engen", &shared("Et ønske fra Engen", ""));
    for (index, change) in REASONS_TO_STAY.into_iter().enumerate() {
        let (mut host, ..) = people();
        host.open(&engen.file(SharedPart::Enhed { id: id("engen") }));
        assert!(host.meeting_file().contains("Et ønske fra Engen"));
        change(&mut host);
        let text = host.meeting_file();
        assert!(!text.contains("engen") && !text.contains("Et ønske fra Engen"), "{index}");
        assert!(text.contains("Fraværet er højt i udskolingen"), "{index}");
    }
}
