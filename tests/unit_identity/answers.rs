//! Answers to the question whether two units are the same.

use kvalitetshjul::domain::id::Id;
use kvalitetshjul::record::edit::Focus;
use kvalitetshjul::record::identity::{Identities, SameUnitAnswer, resolve_doubt, separate_unit, unit_answers};
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::{Record, Records};

use super::{answer, author, id, identities, import, same_unit, store_answers, unit};

/// Combines the records of several units.
fn combined<const N: usize>(units: [Records; N]) -> Records {
    units.into_iter().flatten().collect()
}

#[test]
fn answer_replaces_only_answers_about_the_same_pair() {
    let mut local = combined([unit("a", 1), unit("b", 2), unit("c", 3)]);
    answer(&mut local, "b", "a", Some(same_unit("a")), 1);
    answer(&mut local, "b", "c", Some(same_unit("c")), 1);
    let all = identities(&local);
    assert!(all.is_same(&id("a"), &id("b")) && all.is_same(&id("b"), &id("c")) && all.doubts().is_empty());
    answer(&mut local, "c", "b", None, 1);
    let all = identities(&local);
    assert!(all.is_same(&id("a"), &id("b")) && !all.is_same(&id("b"), &id("c")) && all.doubts().is_empty());
}

#[test]
fn contradictory_answers_are_in_doubt_until_settled() {
    let base = combined([unit("a", 1), unit("b", 2)]);
    let (mut one, mut other) = (base.clone(), base);
    answer(&mut one, "b", "a", Some(same_unit("b")), 1);
    answer(&mut other, "a", "b", Some(SameUnitAnswer::Different), 2);
    let files = (one.clone(), other.clone());
    import(&mut one, &files.1, 1);
    assert_eq!(import(&mut other, &files.0, 2).new_choices, 1);
    assert_eq!(one, other);
    let all = identities(&one);
    assert!(!all.is_same(&id("a"), &id("b")), "units in doubt are two units");
    assert_eq!(all.doubts(), [(id("a"), id("b"))]);
    let settled = |mut records: Records, is_same: bool| {
        let units: Vec<_> = records.values().filter_map(unit_answers).collect();
        store_answers(&mut records, resolve_doubt(&units, (&id("a"), &id("b")), is_same), 1);
        identities(&records)
    };
    let yes = settled(one.clone(), true);
    assert!(
        yes.doubts().is_empty() && yes.representative_id(&id("a")) == id("b"),
        "the unit that stood for both does again"
    );
    assert_eq!(settled(one, false), Identities::default());
}

#[test]
fn two_units_declared_different_are_not_joined_through_a_third() {
    let mut local = combined([unit("a", 1), unit("b", 2), unit("c", 3)]);
    answer(&mut local, "b", "a", Some(same_unit("a")), 1);
    answer(&mut local, "c", "b", Some(same_unit("b")), 2);
    answer(&mut local, "a", "c", Some(SameUnitAnswer::Different), 3);
    let all = identities(&local);
    assert!(!all.is_same(&id("a"), &id("c")));
    assert_eq!(all.doubts(), [(id("b"), id("c"))], "a pair declared the same is shown as two units");
    let units: Vec<_> = local.values().filter_map(unit_answers).collect();
    let mut yes = local.clone();
    store_answers(&mut yes, resolve_doubt(&units, (&id("b"), &id("c")), true), 1);
    let all = identities(&yes);
    assert!(all.is_same(&id("a"), &id("c")) && all.doubts().is_empty(), "the contradicting answer is taken back");
    store_answers(&mut local, resolve_doubt(&units, (&id("b"), &id("c")), false), 1);
    let all = identities(&local);
    assert!(all.is_same(&id("a"), &id("b")) && !all.is_same(&id("b"), &id("c")) && all.doubts().is_empty());
}

#[test]
fn answer_of_an_earlier_app_version_counts_until_the_next_answer_about_the_pair() {
    let answer_as_earlier_version = |record: &mut Record, other: &str| {
        record.write([(Path::root("@same_as"), other.into())], &mut Focus::default(), &author(9)).unwrap();
    };
    let mut local = combined([unit("a", 1), unit("b", 2), unit("c", 3)]);
    answer_as_earlier_version(local.get_mut(&id("c")).unwrap(), "b");
    assert_eq!(identities(&local).representative_id(&id("c")), id("b"));
    // An answer about another pair does not replace it.
    answer(&mut local, "a", "c", Some(same_unit("a")), 1);
    assert!(identities(&local).is_same(&id("a"), &id("b")));
    // An answer about the same pair replaces it.
    answer(&mut local, "b", "c", Some(SameUnitAnswer::Different), 1);
    let all = identities(&local);
    assert!(!all.is_same(&id("b"), &id("c")) && all.is_same(&id("a"), &id("c")) && all.doubts().is_empty());
    // A new answer of an earlier version, concurrent with that, counts too.
    answer_as_earlier_version(local.get_mut(&id("c")).unwrap(), "b");
    assert_eq!(identities(&local).doubts(), [(id("b"), id("c"))]);
}

#[test]
fn unit_taken_out_leaves_the_others_joined() {
    let check = |declared: &[(&str, &[&str])], removed: &str, expected: usize| {
        let mut local = Records::new();
        for (name, _) in declared {
            local.extend(unit(name, 1));
        }
        for (name, others) in declared {
            for other in *others {
                answer(&mut local, name, other, Some(same_unit(other)), 1);
            }
        }
        let answers = separate_unit(&local.values().filter_map(unit_answers).collect::<Vec<_>>(), &id(removed));
        assert_eq!(answers.len(), expected, "{declared:?}: {answers:?}");
        store_answers(&mut local, answers, 1);
        let all = identities(&local);
        let others: Vec<Id> = declared.iter().map(|(name, _)| id(name)).filter(|other| *other != id(removed)).collect();
        assert!(others.iter().all(|other| all.is_same(other, &others[0])), "{declared:?}");
        assert!(!all.is_same(&others[0], &id(removed)) && all.doubts().is_empty());
    };
    check(&[("a", &[]), ("b", &["a"])], "b", 1);
    check(&[("a", &["b"]), ("b", &[])], "a", 1);
    check(&[("a", &["b"]), ("b", &["a"])], "b", 1);
    check(&[("a", &[]), ("b", &["a"]), ("c", &["b"])], "b", 3);
    check(&[("a", &["b"]), ("b", &["c"]), ("c", &[])], "b", 3);
    check(&[("a", &[]), ("b", &["a"]), ("c", &["b"])], "c", 1);
    check(&[("a", &[]), ("b", &["a"]), ("c", &["b"])], "a", 1);
    check(&[("a", &[]), ("b", &["a"]), ("c", &["a"])], "a", 3);
}
