//! Files of the secretariat's data package: the file for a unit holds its own figures and what all units share, nothing
//! else. Files of the forums that answer on it: their positions, and no person's name.

use std::collections::BTreeSet;

use kvalitetshjul::domain::aftale::Aftale;
use kvalitetshjul::domain::date::{Date, Timestamp};
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::indicator::OwnIndicator;
use kvalitetshjul::domain::package::{
    Decision, FeedbackForum, FoundPattern, Package, PackageTheme, PatternWeight, Priority,
};
use kvalitetshjul::domain::period::{Period, Span};
use kvalitetshjul::domain::reflection::Reflection;
use kvalitetshjul::domain::registry::RegisteredBody;
use kvalitetshjul::domain::series::{Observation, Series};
use kvalitetshjul::exchange::apply;
use kvalitetshjul::exchange::plan::Plan;
use kvalitetshjul::exchange::read::read;
use kvalitetshjul::exchange::release::words::summarize_release;
use kvalitetshjul::exchange::scope::{Scope, SharedPart};
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::record::choice::Choice;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::{Author, Focus};
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

/// The record of the package that the forums answer on.
const PACKAGE: &str = "datapakke-2025";

/// A person with a name of their own, which no answer of a forum may hold.
fn person(number: u8, name: &str) -> Author {
    Author { actor: Actor::from_random([number; 10]), at: moment(), by: Some(name.to_owned()) }
}

fn secretary() -> Author {
    person(1, "Sanne Sekretær")
}

/// Builds the secretariat's records: a package with a pattern and two themes, and words that stay at home.
fn secretariat() -> Records {
    let mut package = Package { title: "Datapakke".into(), letter: "Brevord".into(), ..Package::default() };
    let span = Span { from: Date::new(2026, 2, 1), to: Date::new(2026, 4, 30) };
    package.calendar.insert(id("kvalitetssamtale"), span);
    package.patterns.insert(id("p1"), FoundPattern { text: "Fravær stiger".into(), ..FoundPattern::default() });
    for (name, title) in [("t1", "Til stede"), ("t2", "En ven")] {
        let theme = PackageTheme { title: title.into(), reason: "Tallene".into(), ..PackageTheme::default() };
        package.themes.insert(id(name), theme);
    }
    let mut records = Records::new();
    records.insert(id(PACKAGE), Record::create(id(PACKAGE), &package, &secretary()).unwrap());
    put(&mut records, "soeen", &Enhed { name: "Skolen ved Søen".into(), ..Enhed::default() });
    records
}

fn edit(records: &mut Records, author: &Author, change: impl FnOnce(&mut Package)) {
    records.get_mut(&id(PACKAGE)).unwrap().edit::<Package>(&mut Focus::default(), author, change).unwrap();
}

fn theme<'p>(package: &'p mut Package, name: &str) -> &'p mut PackageTheme {
    package.themes.get_mut(&id(name)).unwrap()
}

fn package_of(records: &Records) -> Package {
    records[&id(PACKAGE)].view().unwrap()
}

fn file_of(records: &Records, part: SharedPart) -> String {
    write(records, &Scope::Share { part, unmasked_for: None }, moment()).unwrap()
}

/// The file from the secretariat to the forums.
fn to_forums(records: &Records) -> String {
    file_of(records, SharedPart::DataPackage { units: Vec::new(), package: Some(id(PACKAGE)) })
}

/// The answer of a forum to the secretariat.
fn to_secretariat(records: &Records) -> String {
    file_of(records, SharedPart::Feedback { id: id(PACKAGE) })
}

/// Opens a file and imports everything in it.
fn receive(records: &mut Records, file: &str) {
    let opened = read(file.as_bytes()).unwrap();
    assert!(opened.faults.is_empty(), "{:?}", opened.faults);
    let plan = Plan::make(records, opened);
    apply::apply(records, plan, &author());
}

/// Starts a browser of a forum with the file of the secretariat.
fn forum(file: &str) -> Records {
    let mut records = Records::new();
    receive(&mut records, file);
    records
}

fn has_open_choice(records: &Records) -> bool {
    records[&id(PACKAGE)].choices().iter().any(|choice| matches!(choice, Choice::Wordings { .. }))
}

#[test]
fn two_forums_answer_by_files_and_the_secretariat_decides() {
    let mut home = secretariat();
    let (mut leaders, mut joint_med) = (forum(&to_forums(&home)), forum(&to_forums(&home)));
    let (anne, mia) = (person(2, "Anne Leder"), person(3, "Mia Med"));
    edit(&mut leaders, &anne, |package| {
        let pattern = package.patterns.get_mut(&id("p1")).unwrap();
        (pattern.lederforum, pattern.lederforum_reason) = (Some(PatternWeight::High), "Vi ser det".into());
        (theme(package, "t1").lederforum, theme(package, "t2").lederforum) =
            (Some(Priority::Prioritised), Some(Priority::NotNow));
        let proposal = PackageTheme { title: "Ro".into(), ..PackageTheme::new(Some(FeedbackForum::Lederforum)) };
        package.themes.insert(id("t3"), proposal);
    });
    edit(&mut joint_med, &mia, |package| {
        theme(package, "t1").joint_med_priority = Some(Priority::Prioritised);
        theme(package, "t1").joint_med = "Det fylder".into();
        package.answers.get_or_default(FeedbackForum::JointMed.id().unwrap()).finished = Date::new(2026, 2, 11);
    });
    // Meanwhile the secretariat writes on.
    edit(&mut home, &secretary(), |package| theme(package, "t2").committee = Some(Priority::Prioritised));
    for file in [to_secretariat(&joint_med), to_secretariat(&leaders)] {
        receive(&mut home, &file);
    }
    let package = package_of(&home);
    assert_eq!(package.awaited_forums(), [FeedbackForum::Committee]);
    assert_eq!(package.themes[&id("t3")].proposed_by, Some(FeedbackForum::Lederforum));
    assert_eq!(package.patterns[&id("p1")].lederforum_reason.as_str(), "Vi ser det");
    assert_eq!((package.letter.as_str(), package.calendar.iter().count()), ("Brevord", 1), "nothing is lost at home");

    // The secretariat decides, and BU Lederforum answers again without knowing of it.
    edit(&mut home, &secretary(), |package| {
        let decided = theme(package, "t2");
        (decided.decision, decided.decision_reason) = (Some(Priority::NotNow), "Besluttet på mødet".into());
    });
    edit(&mut leaders, &anne, |package| theme(package, "t2").lederforum = Some(Priority::Prioritised));
    receive(&mut home, &to_secretariat(&leaders));
    let package = package_of(&home);
    let decided = &package.themes[&id("t2")];
    assert_eq!((decided.lederforum, decided.outcome()), (Some(Priority::Prioritised), Decision::NotNow));
    assert!(!has_open_choice(&home), "an answer that is given again replaces the first");

    // The package goes out again: the forums read the decision, and one another.
    for records in [&mut leaders, &mut joint_med] {
        receive(records, &to_forums(&home));
        assert_eq!(package_of(records), package, "everyone has the same package");
    }
    // An answer that comes late, or again, changes nothing.
    let before = home.clone();
    for file in [to_secretariat(&leaders), to_secretariat(&joint_med)] {
        receive(&mut home, &file);
    }
    assert_eq!(home, before);
}

#[test]
fn members_of_one_forum_who_disagree_leave_an_open_choice_at_their_field() {
    let mut home = secretariat();
    for (number, name, priority) in [(2, "Anne Leder", Priority::Prioritised), (3, "Bo Leder", Priority::NotNow)] {
        let mut member = forum(&to_forums(&secretariat()));
        edit(&mut member, &person(number, name), |package| theme(package, "t1").lederforum = Some(priority));
        receive(&mut home, &to_secretariat(&member));
    }
    let paths: Vec<String> = home[&id(PACKAGE)]
        .choices()
        .iter()
        .filter_map(|choice| match choice {
            Choice::Wordings { path, .. } => Some(path.to_string()),
            Choice::DeletedButChanged { .. } => None,
        })
        .collect();
    assert_eq!(paths, ["/themes/t1/lederforum"]);
}

#[test]
fn answer_of_a_forum_holds_its_position_and_nothing_of_the_secretariat_or_of_persons() {
    let mut records = secretariat();
    edit(&mut records, &secretary(), |package| {
        let decided = theme(package, "t1");
        (decided.decision, decided.decision_reason) = (Some(Priority::Prioritised), "Beslutningsord".into());
    });
    let mut leaders = forum(&to_forums(&records));
    edit(&mut leaders, &person(2, "Anne Leder"), |package| {
        theme(package, "t1").lederforum_reason = "Begrundelsesord".into();
        package.answers.get_or_default(FeedbackForum::Lederforum.id().unwrap()).remark = "Bemærkningsord".into();
    });
    let text = to_secretariat(&leaders);
    for word in ["Begrundelsesord", "Bemærkningsord", "Fravær stiger", "Til stede"] {
        assert!(text.contains(word), "{word} is not in the file");
    }
    for word in ["Brevord", "2026-04-30", "Beslutningsord", "Anne Leder", "Sanne Sekretær", "Skolen ved Søen"] {
        assert!(!text.contains(word), "{word} is in the file");
    }
    let opened = read(text.as_bytes()).unwrap();
    assert_eq!(ids(&opened.records), BTreeSet::from([PACKAGE]));
    assert!(opened.records[&id(PACKAGE)].stamps().all(|(_, stamp)| stamp.by.is_none()));
    // Names that a browser knows stay there.
    receive(&mut leaders, &text);
    assert!(leaders[&id(PACKAGE)].stamps().any(|(_, stamp)| stamp.by.as_deref() == Some("Anne Leder")));
    // The page says so before the file is made.
    let scope = Scope::Share { part: SharedPart::Feedback { id: id(PACKAGE) }, unmasked_for: None };
    let never = summarize_release(&scope, &scope.select(&leaders)).never_included.join("\n");
    for words in ["svaret er forummets", "sekretariatets brev", "begrundelsen for beslutningen", "Alt andet end"] {
        assert!(never.contains(words), "{words}: {never}");
    }
}

/// A package as versions before the answers of the forums wrote it.
#[test]
fn package_of_an_older_version_reads_and_can_be_answered() {
    const LEAVES: [&str; 7] = [
        "/title",
        "/patterns/p1/text",
        "/themes/t1/title",
        "/themes/t1/reason",
        "/themes/t1/lederforum",
        "/themes/t1/committee",
        "/themes/t1/joint_med",
    ];
    let mut records = secretariat();
    edit(&mut records, &secretary(), |package| {
        let prioritised = theme(package, "t1");
        prioritised.lederforum = Some(Priority::Prioritised);
        prioritised.joint_med = "Vi er enige".into();
    });
    let body = package_of(&records);
    let mut older = serde_json::to_value(Record::create(id(PACKAGE), &body, &secretary()).unwrap()).unwrap();
    older["leaves"].as_object_mut().unwrap().retain(|path, _| LEAVES.contains(&path.as_str()));
    let mut home = Records::new();
    home.insert(id(PACKAGE), serde_json::from_value(older).unwrap());
    let package = package_of(&home);
    assert_eq!(package.awaited_forums(), [FeedbackForum::Committee]);
    assert_eq!(package.themes[&id("t1")].outcome(), Decision::Open);
    let mut committee = forum(&to_forums(&home));
    edit(&mut committee, &person(4, "Ulla"), |package| theme(package, "t1").committee = Some(Priority::Prioritised));
    receive(&mut home, &to_secretariat(&committee));
    assert_eq!(package_of(&home).themes[&id("t1")].outcome(), Decision::Chosen);
    assert!(!has_open_choice(&home));
}
