//! The table of what may leave this device: a row a leaf, a column a sort of file for others; `-` stays.
//!
//! Why it is as it is:
//!
//! * A unit's file is for those who work with the unit. Of a conversation it has what both parties released; the rest is
//!   between them, and so are comments.
//! * A conversation's file and an agreement's are for the other party. Comments go with the agreement: that is how the
//!   parties answer one another. What explains the figures goes with the conversation; with the agreement the breaks alone,
//!   without which figures are compared that are none of each other's.
//! * The secretariat's package has figures, and nothing that anyone wrote about them; themes, calendar and links.
//! * A network sees which units there are, their common indicators, and what each unit chose to share.

use crate::domain::body::Shape;
use crate::domain::registry::Kind;

use super::{Column, ReleaseRule};

/// The answers to one leaf, a column each.
type Answers = [ReleaseRule; Column::ALL.len()];

macro_rules! table {
    ($($kind:ident { $($leaf:literal [$($answer:tt)*])* })*) => {
        /// The answers of a kind, in the order of its fields, those of entries in the place of their map.
        pub(super) const fn answers(kind: Kind) -> &'static [Answers] {
            match kind { $(Kind::$kind => &[$([$(answer!($answer)),*]),*],)* }
        }

        /// The leaves that a kind has answers for.
        const fn leaves(kind: Kind) -> &'static [&'static str] {
            match kind { $(Kind::$kind => &[$($leaf),*],)* }
        }
    };
}

macro_rules! answer {
    (-) => {
        ReleaseRule::Stays
    };
    ($answer:ident) => {
        ReleaseRule::$answer
    };
}

table! {
    //                         unit    conversation agreement package network workshop chosen
    Enhed {
        "name"                    [Goes    Goes         Goes      Goes    Goes    -        -]
        "kind"                    [Goes    Goes         Goes      Goes    Goes    -        -]
        "level"                   [Goes    Goes         Goes      Goes    Goes    -        -]
        "above"                   [Goes    Goes         Goes      Goes    Goes    -        -]
        "network"                 [Goes    Goes         Goes      Goes    Goes    -        -]
        "institution_number"      [Goes    Goes         Goes      Goes    Goes    -        -]
    }
    Series {
        "unit"                    [Goes    Goes         Goes      Goes    Common  -        -]
        "indicator"               [Goes    Goes         Goes      Goes    Common  -        -]
        "observations"            [Masked  Masked       Masked    Masked  Common  -        -]
        "notes"                   [Masked  Masked       -         -       -       -        -]
        "breaks"                  [Goes    Goes         Goes      -       -       -        -]
        "events"                  [Goes    Goes         -         -       -       -        -]
        "targets"                 [Goes    Goes         Goes      Goes    -       -        -]
        "near"                    [Goes    Goes         Goes      Goes    -       -        -]
        "accepted"                [Goes    Goes         -         -       -       -        -]
    }
    Indicator {
        "name"                    [Goes    Goes         Goes      Goes    -       -        -]
        "unit"                    [Goes    Goes         Goes      Goes    -       -        -]
        "pejlemaerke"             [Goes    Goes         Goes      Goes    -       -        -]
        "about"                   [Goes    Goes         Goes      Goes    -       -        -]
        "measure"                 [Goes    Goes         Goes      Goes    -       -        -]
        "wanted"                  [Goes    Goes         Goes      Goes    -       -        -]
    }
    Dialogue {
        "series"                  [Masked  Masked       -         -       -       -        -]
        "period"                  [Masked  Masked       -         -       -       -        -]
        "assessment"              [Masked  Masked       -         -       -       -        -]
        "children"                [Masked  Masked       -         -       -       -        -]
        "parents"                 [Masked  Masked       -         -       -       -        -]
        "professionals"           [Masked  Masked       -         -       -       -        -]
        "question"                [Masked  Masked       -         -       -       -        -]
        "mechanism"               [Masked  Masked       -         -       -       -        -]
        "initiative"              [Masked  Masked       -         -       -       -        -]
        "became"                  [Masked  Masked       -         -       -       -        -]
    }
    Aftale {
        "title"                   [Goes    -            Goes      -       -       -        -]
        "unit"                    [Goes    -            Goes      -       Placing -        -]
        "period"                  [Goes    -            Goes      -       Placing -        -]
        "level"                   [Goes    -            Goes      -       Placing -        -]
        "leader"                  [Goes    -            Goes      -       -       -        -]
        "counterpart"             [Goes    -            Goes      -       -       -        -]
        "background"              [Goes    -            Goes      -       -       -        -]
        "local_med"               [Goes    -            Goes      -       -       -        -]
        "local_med_note"          [Goes    -            Goes      -       -       -        -]
        "employees"               [Goes    -            Goes      -       -       -        -]
        "parents"                 [Goes    -            Goes      -       -       -        -]
        "children"                [Goes    -            Goes      -       -       -        -]
        "involvement"             [Goes    -            Goes      -       -       -        -]
        "themes"                  [Goes    -            Goes      -       -       -        -]
        "previous"                [Goes    -            Goes      -       -       -        -]
        "facts"                   [Goes    -            Goes      -       -       -        -]
        "assents"                 [Goes    -            Goes      -       -       -        -]
        "log/text"                [Goes    -            Goes      -       -       -        -]
        "log/date"                [Goes    -            Goes      -       -       -        -]
        "delete_by"               [Goes    -            Goes      -       -       -        -]
    }
    Version {
        "title"                   [Goes    -            Goes      -       -       -        -]
        "aftale"                  [Goes    -            Goes      -       -       -        -]
        "content"                 [Masked  -            Masked    -       -       -        -]
    }
    Goal {
        "text"                    [Goes    -            Goes      -       Shared  -        -]
        "aftale"                  [Goes    -            Goes      -       Shared  -        -]
        "area"                    [Goes    -            Goes      -       Shared  -        -]
        "reach"                   [Goes    -            Goes      -       Shared  -        -]
        "horizon"                 [Goes    -            Goes      -       Shared  -        -]
        "anchors"                 [Goes    -            Goes      -       Shared  -        -]
        "baseline"                [Masked  -            Masked    -       -       -        -]
        "wanted"                  [Masked  -            Masked    -       -       -        -]
        "signs_of_progression"    [Goes    -            Goes      -       Shared  -        -]
        "expected_effect"         [Goes    -            Goes      -       Shared  -        -]
        "initiatives/text"        [Goes    -            Goes      -       Shared  -        -]
        "initiatives/responsible" [Goes    -            Goes      -       -       -        -]
        "initiatives/period"      [Goes    -            Goes      -       Shared  -        -]
        "initiatives/status"      [Goes    -            Goes      -       Shared  -        -]
        "initiatives/order"       [Goes    -            Goes      -       Shared  -        -]
        "tek"                     [Goes    -            Goes      -       Shared  -        -]
        "origin"                  [Goes    -            Goes      -       -       -        -]
        "order"                   [Goes    -            Goes      -       Shared  -        -]
        "shared"                  [Goes    -            Goes      -       Shared  -        -]
    }
    Midtvejsstatus {
        "title"                   [Goes    -            Goes      -       -       -        -]
        "aftale"                  [Goes    -            Goes      -       Shared  -        -]
        "goals/signs_seen"        [Goes    -            Goes      -       -       -        -]
        "goals/course"            [Goes    -            Goes      -       -       -        -]
        "goals/difference"        [Goes    -            Goes      -       -       -        -]
        "goals/keep"              [Goes    -            Goes      -       -       -        -]
        "goals/change"            [Goes    -            Goes      -       -       -        -]
        "goals/stop"              [Goes    -            Goes      -       -       -        -]
        "shares"                  [Goes    -            Goes      -       Shared  -        -]
        "asks"                    [Goes    -            Goes      -       Shared  -        -]
        "offers"                  [Goes    -            Goes      -       Shared  -        -]
        "finished"                [Goes    -            Goes      -       -       -        -]
        "shared"                  [Goes    -            Goes      -       Shared  -        -]
    }
    Samtale {
        "title"                   [Goes    Goes         -         -       -       -        -]
        "unit"                    [Goes    Goes         -         -       -       -        -]
        "date"                    [Goes    Goes         -         -       -       -        -]
        "participants"            [-       Goes         -         -       -       -        -]
        "topics/title"            [Shared  Goes         -         -       -       -        -]
        "topics/indicator"        [Shared  Goes         -         -       -       -        -]
        "topics/agenda"           [Shared  Goes         -         -       -       -        -]
        "topics/leader"           [-       Goes         -         -       -       -        -]
        "topics/counterpart"      [-       Goes         -         -       -       -        -]
        "topics/state"            [-       Goes         -         -       -       -        -]
        "topics/mechanisms"       [-       Goes         -         -       -       -        -]
        "topics/ideas"            [-       Goes         -         -       -       -        -]
        "topics/agreed"           [-       Goes         -         -       -       -        -]
        "topics/learned"          [Shared  Goes         -         -       -       -        -]
        "topics/released"         [Shared  Goes         -         -       -       -        -]
        "topics/order"            [Shared  Goes         -         -       -       -        -]
        "conclusion"              [-       Goes         -         -       -       -        -]
    }
    Comment {
        "text"                    [-       -            Goes      -       -       -        -]
        "on"                      [-       -            Goes      -       -       -        -]
        "field"                   [-       -            Goes      -       -       -        -]
        "settled"                 [-       -            Goes      -       -       -        -]
        "author"                  [-       -            Goes      -       -       -        -]
        "date"                    [-       -            Goes      -       -       -        -]
    }
    Proevehandling {
        "title"                   [Goes    -            -         -       Shared  -        -]
        "unit"                    [Goes    -            -         -       Shared  -        -]
        "context"                 [Goes    -            -         -       Shared  -        -]
        "idea"                    [Goes    -            -         -       Shared  -        -]
        "signs_of_progression"    [Goes    -            -         -       Shared  -        -]
        "expected_effect"         [Goes    -            -         -       Shared  -        -]
        "period"                  [Goes    -            -         -       Shared  -        -]
        "stop_rule"               [Goes    -            -         -       Shared  -        -]
        "tek_before"              [Goes    -            -         -       Shared  -        -]
        "tek_after"               [Goes    -            -         -       Shared  -        -]
        "happened"                [Goes    -            -         -       Shared  -        -]
        "learned"                 [Goes    -            -         -       Shared  -        -]
        "next"                    [Goes    -            -         -       Shared  -        -]
        "origin"                  [Goes    -            -         -       -       -        -]
        "shared"                  [Goes    -            -         -       Shared  -        -]
    }
    Reflection {
        "title"                   [-       -            -         -       -       -        Goes]
        "unit"                    [-       -            -         -       -       -        Goes]
        "instrument"              [-       -            -         -       -       -        Goes]
        "wording"                 [-       -            -         -       -       -        Goes]
        "date"                    [-       -            -         -       -       -        Goes]
        "answers"                 [-       -            -         -       -       -        Goes]
        "thoughts"                [-       -            -         -       -       -        Goes]
        "weights"                 [-       -            -         -       -       -        Goes]
        "prompt"                  [-       -            -         -       -       -        Goes]
        "reply"                   [-       -            -         -       -       -        Goes]
        "try_next"                [-       -            -         -       -       -        Goes]
    }
    Instrument {
        "title"                   [Goes    -            -         -       -       -        Goes]
        "unit"                    [Goes    -            -         -       -       -        Goes]
        "form"                    [Goes    -            -         -       -       -        Goes]
        "items/text"              [Goes    -            -         -       -       -        Goes]
        "items/opposite"          [Goes    -            -         -       -       -        Goes]
        "items/order"             [Goes    -            -         -       -       -        Goes]
        "in_use"                  [Goes    -            -         -       -       -        Goes]
    }
    Workshop {
        "title"                   [Goes    -            -         -       -       Goes     -]
        "unit"                    [Goes    -            -         -       -       Goes     -]
        "instrument"              [Goes    -            -         -       -       Goes     -]
        "wording"                 [Goes    -            -         -       -       Goes     -]
        "date"                    [Goes    -            -         -       -       Goes     -]
        "groups"                  [Goes    -            -         -       -       Goes     -]
        "rooms"                   [Goes    -            -         -       -       Goes     -]
        "notes"                   [Goes    -            -         -       -       Goes     -]
        "decisions"               [Goes    -            -         -       -       Goes     -]
    }
    Pyramid {
        "statement"               [Goes    -            -         -       Shared  -        -]
        "unit"                    [Goes    -            -         -       Shared  -        -]
        "meaning"                 [Goes    -            -         -       Shared  -        -]
        "practice"                [Goes    -            -         -       Shared  -        -]
        "ideas/text"              [Goes    -            -         -       Shared  -        -]
        "ideas/group"             [Goes    -            -         -       Shared  -        -]
        "ideas/order"             [Goes    -            -         -       Shared  -        -]
        "shared"                  [Goes    -            -         -       Shared  -        -]
    }
    Package {
        "title"                   [-       -            -         Goes    -       -        -]
        "cycle"                   [-       -            -         Goes    -       -        -]
        "edition"                 [-       -            -         Goes    -       -        -]
        "letter"                  [-       -            -         Goes    -       -        -]
        "calendar"                [-       -            -         Goes    -       -        -]
        "patterns/text"           [-       -            -         Goes    -       -        -]
        "patterns/order"          [-       -            -         Goes    -       -        -]
        "themes/title"            [-       -            -         Goes    -       -        -]
        "themes/reason"           [-       -            -         Goes    -       -        -]
        "themes/lederforum"       [-       -            -         Goes    -       -        -]
        "themes/committee"        [-       -            -         Goes    -       -        -]
        "themes/joint_med"        [-       -            -         Goes    -       -        -]
        "themes/order"            [-       -            -         Goes    -       -        -]
    }
    Progress {
        "unit"                    [Goes    -            -         -       -       -        -]
        "cycle"                   [Goes    -            -         -       -       -        -]
        "elements/mark"           [Goes    -            -         -       -       -        -]
        "elements/note"           [Goes    -            -         -       -       -        -]
    }
    Rapport {
        "title"                   [Goes    -            -         -       -       -        -]
        "unit"                    [Goes    -            -         -       -       -        -]
        "writers"                 [Goes    -            -         -       -       -        -]
        "chapters/title"          [Goes    -            -         -       -       -        -]
        "chapters/text"           [Goes    -            -         -       -       -        -]
        "chapters/shown"          [Goes    -            -         -       -       -        -]
        "chapters/order"          [Goes    -            -         -       -       -        -]
        "items"                   [Goes    -            -         -       -       -        -]
        "stories/title"           [Goes    -            -         -       -       -        -]
        "stories/text"            [Goes    -            -         -       -       -        -]
        "stories/place"           [Goes    -            -         -       -       -        -]
        "stories/origin"          [Goes    -            -         -       -       -        -]
        "stories/order"           [Goes    -            -         -       -       -        -]
        "to_parents"              [Goes    -            -         -       -       -        -]
        "to_children"             [Goes    -            -         -       -       -        -]
        "to_staff"                [Goes    -            -         -       -       -        -]
        "finished"                [Goes    -            -         -       -       -        -]
    }
    Links {
        "title"                   [-       -            -         Goes    -       -        -]
        "addresses"               [-       -            -         Goes    -       -        -]
    }
}

/// Every leaf has an answer, and stands where its field does: what is not so does not compile.
const _: () = {
    let mut at = 0;
    while at < Kind::ALL.len() {
        check(Kind::ALL[at]);
        at += 1;
    }
};

const fn check(kind: Kind) {
    let (fields, leaves) = (kind.fields(), leaves(kind));
    let (mut at, mut of) = (0, 0);
    while of < fields.len() {
        let name = fields[of].name;
        if let Shape::Entries(inner) = fields[of].shape {
            let mut own = 0;
            while own < inner.len() {
                assert!(at < leaves.len() && is_leaf(leaves[at], name, inner[own].name), "a leaf has no answer");
                own += 1;
                at += 1;
            }
        } else {
            assert!(at < leaves.len() && is_leaf(leaves[at], name, ""), "a leaf has no answer");
            at += 1;
        }
        of += 1;
    }
    assert!(at == leaves.len(), "an answer has no leaf");
}

/// Whether a text names a field, or a field of entries: `text`, `initiatives/text`.
const fn is_leaf(leaf: &str, field: &str, inner: &str) -> bool {
    let whole = field.len() + if inner.is_empty() { 0 } else { inner.len() + 1 };
    let (leaf, field, inner) = (leaf.as_bytes(), field.as_bytes(), inner.as_bytes());
    let mut at = 0;
    while at < whole && leaf.len() == whole {
        let own = if at < field.len() {
            field[at]
        } else if at == field.len() {
            b'/'
        } else {
            inner[at - field.len() - 1]
        };
        if leaf[at] != own {
            return false;
        }
        at += 1;
    }
    leaf.len() == whole
}
