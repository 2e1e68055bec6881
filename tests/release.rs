//! The release table (`exchange::release`): which leaves go into a file for others. The tests read the table and the
//! text of every kind of file.

use std::collections::BTreeSet;

use kvalitetshjul::domain::body::{FieldRole, Shape};
use kvalitetshjul::domain::date::{Date, Timestamp};
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::practice::Practice;
use kvalitetshjul::domain::registry::Kind;
use kvalitetshjul::domain::unit_story::UnitStory;
use kvalitetshjul::exchange::apply;
use kvalitetshjul::exchange::error::RecordFault;
use kvalitetshjul::exchange::plan::Plan;
use kvalitetshjul::exchange::read::read;
use kvalitetshjul::exchange::release::words::{ReleaseSummary, summarize_release};
use kvalitetshjul::exchange::release::{Column, ReleaseRule, release_flag};
use kvalitetshjul::exchange::scope::Scope;
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::{Author, Focus};
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::value::LeafValue;
use kvalitetshjul::record::{Record, Records};

use crate::canary_words::{CanaryWord, CanaryWorkspace, SMALL_FIGURE, Sensitivity, canary_workspace, share_scopes};

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

/// Lists the locations of the words that a file lets through.
fn released(workspace: &CanaryWorkspace, scope: &Scope) -> BTreeSet<String> {
    let text = file(&workspace.records, scope);
    workspace.words.iter().filter(|word| text.contains(&word.text)).map(CanaryWord::location).collect()
}

/// Returns the scope of a name.
fn scope(workspace: &CanaryWorkspace, name: &str) -> Scope {
    share_scopes(workspace).into_iter().find(|(scope_name, _)| *scope_name == name).unwrap().1
}

#[test]
fn every_leaf_of_every_kind_has_a_rule_for_every_kind_of_file() {
    for &kind in Kind::ALL {
        let leaves: Vec<(Option<&str>, &str)> = kind
            .fields()
            .iter()
            .flat_map(|field| match field.shape {
                Shape::Entries(inner) => inner.iter().map(|inner_field| (Some(field.name), inner_field.name)).collect(),
                Shape::Leaf | Shape::Leaves => vec![(None, field.name)],
            })
            .collect();
        for column in Column::ALL {
            let rows = column.rules(kind);
            let answered: Vec<_> =
                rows.iter().map(|row| (row.entries.map(|field| field.name), row.field.name)).collect();
            assert_eq!(answered, leaves, "{kind} {column:?}");
            // Where leaves go only from shared records, the kind has a flag for sharing, which goes along.
            if rows.iter().any(|row| row.rule == ReleaseRule::Shared) {
                let flag = rows.iter().find(|row| Some(row.field.name) == release_flag(kind)).unwrap();
                assert_eq!(flag.rule, ReleaseRule::Shared, "{kind} {column:?}");
            }
            // A record that goes names the record it belongs to.
            if column.can_hold(kind) {
                let mut parents = rows.iter().filter(|row| row.field.role == FieldRole::Parent);
                assert!(parents.all(|row| row.rule != ReleaseRule::Stays), "{kind} {column:?}");
            }
        }
    }
}

#[test]
fn every_file_holds_exactly_the_words_that_the_table_releases() {
    for is_shared in [true, false] {
        let workspace = canary_workspace(is_shared);
        assert!(workspace.words.len() > 150, "{}", workspace.words.len());
        let all = file(&workspace.records, &Scope::Backup);
        assert!(
            all.contains(SMALL_FIGURE) && workspace.words.iter().all(|word| all.contains(&word.text)),
            "a backup holds every word"
        );
        for (name, scope) in share_scopes(&workspace) {
            let text = file(&workspace.records, &scope);
            workspace.assert_holds_released_words(&text, &scope, is_shared);
            assert_eq!(text.contains(SMALL_FIGURE), !scope.is_masked(), "{name}");
        }
    }
}

/// Compares the files with the promises made to users, which are written out here independently of the table.
#[test]
fn files_keep_the_promises_made_to_users() {
    let (shared, unshared) = (canary_workspace(true), canary_workspace(false));
    let of_kind = |words: &BTreeSet<String>, kind: &str| -> Vec<String> {
        words.iter().filter_map(|word| word.strip_prefix(&format!("{kind}/")).map(str::to_owned)).collect()
    };
    // A network gets the names of the units and the common figures.
    let network = released(&unshared, &scope(&unshared, "network"));
    let expected = ["enhed/above", "enhed/institution_number", "enhed/name", "enhed/network", "series/observations"];
    assert_eq!(network.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    let text = file(&unshared.records, &scope(&unshared, "network"));
    assert!(!text.contains("sygefravaer") && !text.contains("egen\""), "not even the ids of uncommon indicators");
    // A network also gets the records that a unit shares.
    let network = released(&shared, &scope(&shared, "network"));
    let kinds: BTreeSet<&str> = network.iter().filter_map(|word| word.split('/').next()).collect();
    let shareable = ["deviation", "goal", "midtvejsstatus", "proevehandling", "prototype", "pyramid", "unit_story"];
    assert_eq!(kinds, shareable.into_iter().chain(["enhed", "series"]).collect::<BTreeSet<_>>());
    assert_eq!(of_kind(&network, "midtvejsstatus"), ["asks", "offers", "shares"]);
    assert!(!network.contains("goal/initiatives/responsible") && network.contains("goal/initiatives/text"));
    assert!(!network.contains("proevehandling/responsible") && network.contains("proevehandling/idea"));
    assert!(!network.contains("prototype/participants") && network.contains("prototype/versions/outcome"));
    // A conversation goes to its other party alone, except for topics released to the report.
    let samtale =
        |workspace: &CanaryWorkspace, name: &str| of_kind(&released(workspace, &scope(workspace, name)), "samtale");
    assert_eq!(samtale(&unshared, "unit"), ["title"]);
    assert_eq!(
        samtale(&shared, "unit"),
        ["title", "topics/indicator", "topics/learned", "topics/order", "topics/title"]
    );
    assert!(samtale(&unshared, "conversation").contains(&"topics/leader".to_owned()));
    for name in ["agreement", "package", "network", "workshop", "chosen"] {
        assert_eq!(samtale(&shared, name), [""; 0], "{name}");
    }
    // Comments go with the agreement, links with the package, a reflection only where it was chosen itself.
    for (name, scope) in share_scopes(&shared) {
        let words = released(&shared, &scope);
        assert_eq!(!of_kind(&words, "comment").is_empty(), name == "agreement", "{name}");
        assert_eq!(!of_kind(&words, "links").is_empty(), name == "package", "{name}");
        assert_eq!(!of_kind(&words, "reflection").is_empty(), name == "chosen", "{name}");
    }
    // The package has figures and no notes about them.
    assert_eq!(
        of_kind(&released(&shared, &scope(&shared, "package")), "series"),
        ["indicator", "observations"].map(String::from)[1..]
    );
}

/// Builds records with all internal leaves (`@…`): numbers declared not to be CPR numbers, a deleted entry, a deleted
/// record, an answer about the same unit.
fn with_internal_leaves(is_shared: bool) -> Records {
    let mut records = canary_workspace(is_shared).records;
    let mut write = |name: &str, writes: Vec<(Path, LeafValue)>| {
        records.get_mut(&id(name)).unwrap().write(writes, &mut Focus::default(), &author()).unwrap();
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
fn file_of_each_scope_imported_at_home_changes_nothing() {
    for is_shared in [true, false] {
        let records = with_internal_leaves(is_shared);
        let workspace = CanaryWorkspace { records: records.clone(), ..CanaryWorkspace::default() };
        for (name, scope) in share_scopes(&workspace).into_iter().chain([("backup", Scope::Backup)]) {
            let opened = read(file(&records, &scope).as_bytes()).unwrap();
            assert!(opened.faults.is_empty() && opened.cpr.is_empty(), "{name}: {:?} {:?}", opened.faults, opened.cpr);
            let mut imported = records.clone();
            let plan = Plan::make(&imported, opened);
            assert!(plan.items.iter().all(|item| !item.has_changes() && !item.can_write_again), "{name}");
            let report = apply::apply(&mut imported, plan, &author());
            assert!(report.steps.is_empty() && report.changed.iter().next().is_none(), "{name}");
            assert_eq!(imported, records, "{name}, shared {is_shared}");
        }
    }
}

#[test]
fn internal_leaves_go_without_the_digits_of_withheld_texts() {
    let records = with_internal_leaves(true);
    let workspace = CanaryWorkspace { records: records.clone(), ..CanaryWorkspace::default() };
    let text = |name: &str| file(&records, &scope(&workspace, name));
    let digits = |name: &str| ["1503121234", "1603121234"].map(|digits| text(name).contains(digits));
    assert_eq!(digits("agreement"), [true, true]);
    assert_eq!(digits("network"), [false, true], "the goal is shared, its agreement's background is not");
    let network = read(text("network").as_bytes()).unwrap().records;
    let answers: Vec<Id> =
        network[&id("planteskolen")].read_unit_answers().into_iter().map(|(other, _)| other).collect();
    assert_eq!(answers, [id("anden")]);
    let trial = &network[&id("proeven")];
    assert!(trial.leaf(&Path::root("title")).unwrap().is_masked(), "texts of a deleted record stay");
    assert_eq!(trial.life(None), records[&id("proeven")].life(None));
}

/// Leaves and kinds of a newer version have no rule in the table.
#[test]
fn unknown_leaves_and_kinds_stay() {
    let mut records = canary_workspace(true).records;
    for path in ["/future", "/topics/e1/future", "/@future/x", "/title/deeper"] {
        let path = Path::parse(path).unwrap();
        let samtale = records.get_mut(&id("planteskolen.samtale-2025")).unwrap();
        samtale.write([(path, "Fremtidsord".into())], &mut Focus::default(), &author()).unwrap();
    }
    let unknown = serde_json::to_string(&records[&id("kommentaren")]).unwrap();
    let unknown = unknown.replace("\"comment\"", "\"moede\"").replace("\"kommentaren\"", "\"moedet\"");
    records.insert(id("moedet"), serde_json::from_str(&unknown).unwrap());
    let workspace = CanaryWorkspace { records: records.clone(), ..CanaryWorkspace::default() };
    assert!(file(&records, &Scope::Backup).contains("Fremtidsord"));
    for (name, scope) in share_scopes(&workspace) {
        let text = file(&records, &scope);
        assert!(!text.contains("Fremtidsord") && !text.contains("\"moede\""), "{name}");
    }
}

#[test]
fn record_with_an_open_choice_about_sharing_stays() {
    let workspace = canary_workspace(true);
    let network = scope(&workspace, "network");
    for name in ["maalet", "proeven", "afvigelsen"] {
        let mut records = workspace.records.clone();
        let mut theirs = records[&id(name)].clone();
        let other = Author { actor: Actor::from_random([8; 10]), ..author() };
        for (record, author, value) in
            [(records.get_mut(&id(name)).unwrap(), author(), true), (&mut theirs, other, false)]
        {
            let write = (Path::root("shared"), LeafValue::new(value.into()));
            record.write([write], &mut Focus::default(), &author).unwrap();
        }
        let merged = records[&id(name)].merge(&theirs).unwrap();
        records.insert(id(name), merged);
        assert!(!network.select(&records).iter().any(|record| record.id() == &id(name)), "{name}");
    }
}

/// The records of the canary workspace that a unit can withdraw from its network.
const WITHDRAWABLE: [&str; 4] = ["afvigelsen", "historien", "proeven", "prototypen"];

/// Shares the practice and the story of a workspace with the network, or withdraws them.
fn set_shared(records: &mut Records, is_shared: bool) {
    for name in WITHDRAWABLE {
        let write = (Path::root("shared"), LeafValue::new(is_shared.into()));
        records.get_mut(&id(name)).unwrap().write([write], &mut Focus::default(), &author()).unwrap();
    }
}

/// Opens a file and imports everything in it.
fn receive(records: &mut Records, file: &str) {
    let opened = read(file.as_bytes()).unwrap();
    assert!(opened.faults.is_empty(), "{:?}", opened.faults);
    let plan = Plan::make(records, opened);
    apply::apply(records, plan, &author());
}

/// The practice of a workspace, in the order of the ids.
fn practices(records: &Records) -> Vec<Practice> {
    let today = Date::new(2026, 3, 15).unwrap();
    let view = |record: &Record| {
        let id = record.id().clone();
        Some(match record.kind()? {
            Kind::Deviation => Practice::of_deviation(id, &record.view().unwrap()),
            Kind::Proevehandling => Practice::of_trial(id, &record.view().unwrap(), today),
            Kind::Prototype => Practice::of_prototype(id, &record.view().unwrap(), today),
            _ => return None,
        })
    };
    records.values().filter_map(view).collect()
}

/// Asserts what the library of another unit shows: how many practices, and the lines on withdrawn ones.
#[track_caller]
fn check_library(records: &Records, shown: usize, lines: &[String]) {
    let practices = practices(records);
    assert_eq!(practices.iter().filter(|practice| practice.is_in_library(false)).count(), shown);
    let withdrawn = practices.iter().filter_map(|practice| practice.withdrawn_line(false, "Planteskolen"));
    assert_eq!(withdrawn.collect::<Vec<_>>(), lines);
}

#[test]
fn withdrawn_practice_leaves_the_library_of_those_who_had_it() {
    let workspace = canary_workspace(true);
    let network = scope(&workspace, "network");
    let mut home = workspace.records.clone();
    let mut elsewhere = Records::new();
    receive(&mut elsewhere, &file(&home, &network));
    check_library(&elsewhere, 3, &[]);
    set_shared(&mut home, false);
    let withdrawal = file(&home, &network);
    receive(&mut elsewhere, &withdrawal);
    let line = |practice: Practice| format!("Planteskolen har trukket «{}» tilbage.", practice.title);
    let lines: Vec<String> = practices(&home).into_iter().map(line).collect();
    check_library(&elsewhere, 0, &lines);
    let story: UnitStory = elsewhere[&id("historien")].view().unwrap();
    assert_eq!(story.shared, Some(false));
    // Those who never had the practice have nothing to miss.
    let mut newcomer = Records::new();
    receive(&mut newcomer, &withdrawal);
    check_library(&newcomer, 0, &[]);
    // A file that was made before the withdrawal does not undo it, and the unit can share again.
    receive(&mut elsewhere, &file(&workspace.records, &network));
    check_library(&elsewhere, 0, &lines);
    set_shared(&mut home, true);
    for records in [&mut elsewhere, &mut newcomer] {
        receive(records, &file(&home, &network));
        check_library(records, 3, &[]);
    }
}

#[test]
fn withdrawal_holds_the_mark_and_no_word() {
    let workspace = canary_workspace(true);
    let network = scope(&workspace, "network");
    let mut home = workspace.records.clone();
    let mut elsewhere = Records::new();
    receive(&mut elsewhere, &file(&home, &network));
    set_shared(&mut home, false);
    receive(&mut elsewhere, &file(&home, &network));
    let kinds = WITHDRAWABLE.map(|name| home[&id(name)].kind().unwrap());
    // The file of the unit, and the file of a unit that still holds the words.
    for records in [&home, &elsewhere] {
        let text = file(records, &network);
        for word in workspace.words.iter().filter(|word| kinds.contains(&word.kind)) {
            assert!(!text.contains(&word.text) && !text.contains(&word.by), "{}", word.location());
        }
        let opened = read(text.as_bytes()).unwrap().records;
        for name in WITHDRAWABLE {
            let record = &opened[&id(name)];
            let values: Vec<String> = record
                .leaves()
                .iter()
                .filter(|(_, leaf)| leaf.known().any(|(_, value)| !value.is_null()))
                .map(|(path, _)| path.to_string())
                .collect();
            assert_eq!(values, ["/shared", "/unit"], "{name}");
        }
    }
    let summary = summarize_release(&network, &network.select(&home));
    for line in [
        "1 prøvehandling, som I har trukket tilbage: kun beskeden om det",
        "1 historie, som I har trukket tilbage: kun beskeden om det",
    ] {
        assert!(summary.included.contains(&line.to_owned()), "{:?}", summary.included);
    }
    assert!(!summary.included.iter().any(|line| line.starts_with("1 prøvehandling, som I har valgt")));
}

#[test]
fn practice_that_was_never_shared_leaves_nothing_in_a_network_file() {
    let workspace = canary_workspace(false);
    let opened = read(file(&workspace.records, &scope(&workspace, "network")).as_bytes()).unwrap().records;
    for name in WITHDRAWABLE {
        assert!(!opened.contains_key(&id(name)), "{name}");
    }
}

#[test]
fn links_are_read_from_data_packages_and_backups_only() {
    let workspace = canary_workspace(true);
    let mut records = workspace.records.clone();
    let address = Path::root("addresses").child("topi");
    records
        .get_mut(&Id::parse("kommunens-sider").unwrap())
        .unwrap()
        .write([(address, "https://viborg.dk/topi".into())], &mut Focus::default(), &author())
        .unwrap();
    let all = file(&records, &Scope::Backup);
    for (name, scope) in share_scopes(&workspace).into_iter().chain([("backup", Scope::Backup)]) {
        // A forged file: the head of any scope, with links among the records.
        let forged = all.replacen("\"backup\"", &serde_json::to_string(&scope).unwrap(), 1);
        let opened = read(forged.as_bytes()).unwrap();
        let has_links = opened.records.contains_key(&id("kommunens-sider"));
        assert_eq!(has_links, matches!(name, "package" | "backup"), "{name}");
        assert_eq!(opened.faults.iter().any(|fault| fault.fault == RecordFault::Links), !has_links, "{name}");
        assert_eq!(opened.records.len() + usize::from(!has_links), records.len(), "{name}: the other records are read");
    }
    let plan = Plan::make(&Records::new(), read(all.as_bytes()).unwrap());
    let item = plan.items.iter().find(|item| item.incoming.kind() == Some(Kind::Links)).unwrap();
    assert!(item.name.ends_with("der fører til viborg.dk"), "{}", item.name);
}

#[test]
fn page_lists_what_the_table_releases_and_withholds() {
    for is_shared in [true, false] {
        let workspace = canary_workspace(is_shared);
        for (name, scope) in share_scopes(&workspace) {
            let Scope::Share { part, .. } = &scope else { continue };
            let column = Column::of(part);
            let selected = scope.select(&workspace.records);
            let summary = summarize_release(&scope, &selected);
            let never = summary.never_included.join("\n").to_lowercase();
            for &kind in Kind::ALL {
                let words = kind.words();
                let count = selected.iter().filter(|record| record.kind() == Some(kind)).count();
                let is_listed = summary.included.iter().any(|line| {
                    line.starts_with(&format!("{count} {}", words.singular))
                        || line.starts_with(&format!("{count} {}", words.plural))
                });
                assert_eq!(is_listed, count > 0, "{name}, {kind}: {:?}", summary.included);
                let is_named = never.contains(words.plural) || never.contains("alt andet end");
                assert!(column.can_hold(kind) || kind.is_private() || is_named, "{name}, {kind}: {never}");
                for row in column.rules(kind).iter().filter(|_| column.can_hold(kind)) {
                    let is_visible = !matches!(row.field.role, FieldRole::Position | FieldRole::Parent);
                    let is_field_named = never.contains(&row.field.label.to_lowercase())
                        || never.contains(&format!("fra {} alt andet end", words.definite));
                    assert!(
                        row.rule != ReleaseRule::Stays || !is_visible || is_field_named,
                        "{name}, {kind}, {}",
                        row.field.name
                    );
                }
            }
        }
    }
    let workspace = canary_workspace(true);
    let summary_of = |name: &str| {
        let scope = scope(&workspace, name);
        summarize_release(&scope, &scope.select(&workspace.records))
    };
    let network = summary_of("network");
    assert!(network.included.contains(&"1 mål, som I har valgt at dele".to_owned()), "{:?}", network.included);
    assert!(network.included.contains(&"1 talrække: de fælles indikatorer".to_owned()), "{:?}", network.included);
    assert!(network.never_included.iter().any(|line| line.contains("Det kan ikke slås fra i et netværk.")));
    let small = |summary: &ReleaseSummary| {
        summary.never_included.iter().find(|line| line.starts_with("Tal, der bygger")).cloned().unwrap()
    };
    assert!(small(&network).contains("og det, der er skrevet om dem"));
    let mut without_figures = workspace.clone();
    without_figures.records.retain(|_, record| record.kind() != Some(Kind::Series));
    let share = scope(&without_figures, "unit");
    assert!(small(&summarize_release(&share, &share.select(&without_figures.records))).contains("dem er der ingen af"));
    assert!(summary_of("agreement").included.contains(&"1 kommentar".to_owned()));
    assert!(summary_of("workshop").never_included.contains(&"Alt andet end workshopper".to_owned()));
    assert!(workspace.words.iter().any(|word| word.sensitivity == Sensitivity::SmallFigure));
}
