//! Where leaves belong in typed bodies, and reading bodies from leaves.

use super::*;
use crate::domain::enhed::Enhed;
use crate::domain::goal::{Anchor, Area, Goal, Initiative};
use crate::domain::series::Series;
use crate::record::fixtures::{deletion, goal, id, path, record_of, value_text};

/// `expected`: the field, the key, and the field of the entries, `-` for none.
#[track_caller]
fn check_position(kind: Kind, leaf: &str, expected: Option<(&str, &str, &str)>) {
    let found = position(kind, &path(leaf));
    let found = found.as_ref().map(|position| {
        (position.field.name, position.key.as_deref().unwrap_or("-"), position.entries.map_or("-", |field| field.name))
    });
    assert_eq!(found, expected, "{kind} {leaf}");
}

#[test]
fn position_finds_fields_keys_and_entries() {
    check_position(Kind::Goal, "/text", Some(("text", "-", "-")));
    check_position(Kind::Goal, "/anchors/k1", Some(("anchors", "k1", "-")));
    check_position(Kind::Goal, "/anchors/a~1b", Some(("anchors", "a/b", "-")));
    check_position(Kind::Goal, "/initiatives/i1/text", Some(("text", "i1", "initiatives")));
    check_position(Kind::Series, "/observations/2024", Some(("observations", "2024", "-")));
    check_position(Kind::Enhed, "/name", Some(("name", "-", "-")));
}

#[test]
fn position_is_none_for_unknown_leaves() {
    for leaf in [
        "/future",
        "/name",
        "/text/more",
        "/anchors",
        "/anchors/k1/more",
        "/initiatives",
        "/initiatives/i1",
        "/initiatives/i1/future",
        "/initiatives/i1/text/more",
        "/initiatives/i1/@deleted",
        "/@deleted",
    ] {
        check_position(Kind::Goal, leaf, None);
    }
}

#[test]
fn quiet_are_positions_and_own_leaves() {
    for (leaf, expected) in [
        ("/order", true),
        ("/initiatives/i1/order", true),
        ("/@deleted", true),
        ("/@not_cpr/1", true),
        ("/initiatives/i1/@deleted", true),
        ("/text", false),
        ("/aftale", false),
        ("/future", false),
        ("/future/order", false),
    ] {
        assert_eq!(is_quiet(Some(Kind::Goal), &path(leaf)), expected, "{leaf}");
    }
    assert!(is_quiet(None, &path("/@deleted")) && !is_quiet(None, &path("/order")), "of an unknown kind");
}

#[track_caller]
fn check_view(leaves: &[&str], expected: &Goal) {
    assert_eq!(&goal(leaves).view::<Goal>().unwrap(), expected, "{leaves:?}");
}

#[test]
fn view_reads_the_shown_values() {
    check_view(&["/future = 1a 7"], &Goal::default());
    check_view(&["/text = 1a Et"], &Goal { text: "Et".into(), ..Goal::default() });
    check_view(&["/text = 2a Et | 2b To"], &Goal { text: "To".into(), ..Goal::default() });
    check_view(&["/text = 1a Et | 2b ?"], &Goal { text: "Et".into(), ..Goal::default() });
    check_view(&["/text = 1a ? | 2b x", "/area = 1a -"], &Goal::default());
    check_view(&["/area = 1a quality"], &Goal { area: Some(Area::Quality), ..Goal::default() });
}

#[test]
fn view_reads_maps_without_empty_leaves_and_deleted_entries() {
    let mut expected = Goal::default();
    expected.anchors.insert(id("k1"), Anchor::Theme(id("t1")));
    check_view(&[r#"/anchors/k1 = 1a {"theme":"t1"}"#, "/anchors/k2 = 1a -", "/anchors/k 3 = 1a 7"], &expected);

    let sang = Initiative { text: "Sang".into(), ..Initiative::default() };
    let with_sang = |key: &str| {
        let mut goal = Goal::default();
        goal.initiatives.insert(id(key), sang.clone());
        goal
    };
    let deleted = format!("/initiatives/i1/@deleted = 2a {}", deletion("1a"));
    check_view(&["/initiatives/i1/text = 1a Sang"], &with_sang("i1"));
    check_view(&[&deleted, "/initiatives/i1/text = 1a Et", "/initiatives/i2/text = 1a Sang"], &with_sang("i2"));
    check_view(&[&deleted, "/initiatives/i1/text = 2b Sang"], &with_sang("i1"));
    let mut empty = Goal::default();
    empty.initiatives.insert(id("i1"), Initiative::default());
    check_view(&["/initiatives/i1/text = 1a ?"], &empty);
}

#[test]
fn view_refuses_another_kind_and_values_that_do_not_fit() {
    assert!(goal(&["/text = 1a Et"]).view::<Enhed>().is_err());
    for leaf in ["/text = 1a 7", "/area = 1a wild", "/anchors/k1 = 1a 7", "/initiatives/i1/text = 1a 7"] {
        assert!(goal(&[leaf]).view::<Goal>().is_err(), "{leaf}");
    }
    // In the trash, or not shown.
    let deleted = format!("/initiatives/i1/@deleted = 2a {}", deletion("1a"));
    check_view(&[&deleted, "/initiatives/i1/text = 1a 7"], &Goal::default());
    check_view(&["/text = 1a 7 | 2b Et"], &Goal { text: "Et".into(), ..Goal::default() });
}

#[track_caller]
fn check_misfit(kind: &str, leaves: &[&str], expected: Option<&str>) {
    let misfit = record_of(kind, "r1", leaves).check().err();
    assert_eq!(misfit.as_ref().map(|misfit| misfit.path.as_str()), expected, "{leaves:?}");
    assert!(misfit.is_none_or(|misfit| !misfit.why.is_empty()));
}

#[test]
fn check_finds_every_known_value_that_does_not_fit() {
    check_misfit("goal", &["/text = 1a 7"], Some("/text"));
    check_misfit("goal", &["/text = 1a 7 | 2b Et"], Some("/text"));
    check_misfit("goal", &["/area = 1a quality | 2b wild"], Some("/area"));
    check_misfit("goal", &["/anchors/k1 = 1a t1"], Some("/anchors/k1"));
    check_misfit("goal", &["/initiatives/i1/status = 1a wild"], Some("/initiatives/i1/status"));
    let deleted = format!("/initiatives/i1/@deleted = 2a {}", deletion("1a"));
    check_misfit("goal", &[&deleted, "/initiatives/i1/text = 1a 7"], Some("/initiatives/i1/text"));
    check_misfit("goal", &["/area = 1a wild", "/text = 1a 7"], Some("/area"));
    check_misfit("series", &["/notes/2024 = 1a 7"], Some("/notes/2024"));
}

#[test]
fn check_accepts_unknown_leaves_and_values_that_are_not_here() {
    check_misfit("goal", &["/text = 1a Et", "/area = 1a economy", "/initiatives/i1/status = 1a done"], None);
    check_misfit("goal", &["/text = 1a -", "/area = 1a ?", "/horizon = 1a x"], None);
    check_misfit(
        "goal",
        &["/future = 1a {}", "/initiatives/i1/future = 1a 7", "/@deleted = 1a 7", "/text/more = 1a 7"],
        None,
    );
    check_misfit("future", &["/text = 1a 7"], None);
    // A key that this version does not know is no field of the body.
    check_misfit("series", &["/notes/never = 1a 7"], None);
}

#[test]
fn leaves_of_lists_every_leaf_and_reads_back() {
    let mut body = Goal { text: "Et".into(), ..Goal::default() };
    body.anchors.insert(id("k1"), Anchor::Theme(id("t1")));
    body.initiatives.insert(id("i1"), Initiative { text: "Sang".into(), ..Initiative::default() });
    let leaves = leaves_of(&mut body);
    let filled: Vec<_> = leaves.iter().filter(|(_, value)| !value.is_null()).collect();
    let filled: Vec<_> = filled.into_iter().map(|(path, value)| format!("{path} = {}", value_text(value))).collect();
    assert_eq!(filled, [r#"/anchors/k1 = {"theme":"t1"}"#, "/initiatives/i1/text = Sang", "/text = Et"]);
    // 15 fields of a goal, of which two maps have one leaf and six leaves.
    assert_eq!(leaves.len(), Kind::Goal.fields().len() - 2 + 1 + 6);
    let written: Vec<_> = leaves.iter().map(|(path, value)| format!("{path} = 1a {}", value_text(value))).collect();
    check_view(&written.iter().map(String::as_str).collect::<Vec<_>>(), &body);
    assert_eq!(leaves_of(&mut Series::default()).len(), 3, "empty maps have no leaves");
}

#[test]
fn keys_below_lists_each_key_once() {
    let record = goal(&[
        "/initiatives/a~1b/text = 1a Et",
        "/initiatives/i1/@deleted = 1a 7",
        "/initiatives/i1/text = 1a Et",
        "/initiatives/i10/text = 1a Et",
        "/initiatives2/i3/text = 1a Et",
    ]);
    assert_eq!(record.keys_below(&path("/initiatives")), ["a/b", "i1", "i10"]);
    assert_eq!(record.keys_below(&path("/anchors")), Vec::<String>::new());
}
