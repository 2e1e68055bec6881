//! The table of what may leave this device: a row for each leaf, a column for each sort of file for others. `-` means
//! that the leaf stays.
//!
//! Reasons for the rules:
//!
//! * The file of a unit is for the people who work with the unit. Of a samtale it has what both parties released. The
//!   rest is between the parties, and so are comments.
//! * The files of a samtale and of an aftale are for the other party. Comments go with the aftale, because the parties
//!   answer each other in them. Explanations of figures go with the samtale. With the aftale only breaks in series go:
//!   without them, figures would be compared that are not comparable.
//! * The secretariat's package has figures and nothing that anyone wrote about them, and themes, calendar and links.
//! * A network sees its units, their common indicators, and what each unit chose to share. Practice and stories that a
//!   unit has withdrawn go as a mark: the flag and the unit. Receivers then leave out the copy that they hold.
//! * The answer of a forum has the package's patterns and themes with what the forums say about them, and no author's
//!   name: a position is the forum's. The decision is the secretariat's and does not go back.
//! * A meeting has its offers and decisions, and what the units in it share of their midtvejs status.

use crate::domain::body::Shape;
use crate::domain::registry::Kind;

use super::{Column, ReleaseRule};

/// The rules for one leaf, one for each column.
type RuleRow = [ReleaseRule; Column::ALL.len()];

macro_rules! table {
    ($($kind:ident { $($leaf:literal [$($rule:tt)*])* })*) => {
        /// The rules of a kind, in the order of its fields. The rules of entries stand in the place of their map.
        pub(super) const fn rules(kind: Kind) -> &'static [RuleRow] {
            match kind { $(Kind::$kind => &[$([$(rule!($rule)),*]),*],)* }
        }

        /// The leaves of a kind that have a row, in the same order.
        const fn leaves(kind: Kind) -> &'static [&'static str] {
            match kind { $(Kind::$kind => &[$($leaf),*],)* }
        }
    };
}

macro_rules! rule {
    (-) => {
        ReleaseRule::Stays
    };
    ($rule:ident) => {
        ReleaseRule::$rule
    };
}

table! {
    //                         unit    conversation agreement package network workshop chosen  feedback meeting
    Enhed {
        "name"                    [Goes    Goes         Goes      Goes    Goes    -        -       -        Goes]
        "kind"                    [Goes    Goes         Goes      Goes    Goes    -        -       -        Goes]
        "level"                   [Goes    Goes         Goes      Goes    Goes    -        -       -        Goes]
        "above"                   [Goes    Goes         Goes      Goes    Goes    -        -       -        Goes]
        "network"                 [Goes    Goes         Goes      Goes    Goes    -        -       -        Goes]
        "institution_number"      [Goes    Goes         Goes      Goes    Goes    -        -       -        Goes]
        "archived"                [Goes    Goes         Goes      Goes    Goes    -        -       -        Goes]
    }
    Series {
        "unit"                    [Goes    Goes         Goes      Goes    Common  -        -       -        -]
        "indicator"               [Goes    Goes         Goes      Goes    Common  -        -       -        -]
        "observations"            [Masked  Masked       Masked    Masked  Common  -        -       -        -]
        "notes"                   [Masked  Masked       -         -       -       -        -       -        -]
        "breaks"                  [Goes    Goes         Goes      -       -       -        -       -        -]
        "events"                  [Goes    Goes         -         -       -       -        -       -        -]
        "targets"                 [Goes    Goes         Goes      Goes    -       -        -       -        -]
        "near"                    [Goes    Goes         Goes      Goes    -       -        -       -        -]
        "accepted"                [Goes    Goes         -         -       -       -        -       -        -]
    }
    Indicator {
        "name"                    [Goes    Goes         Goes      Goes    -       -        -       -        -]
        "unit"                    [Goes    Goes         Goes      Goes    -       -        -       -        -]
        "pejlemaerke"             [Goes    Goes         Goes      Goes    -       -        -       -        -]
        "about"                   [Goes    Goes         Goes      Goes    -       -        -       -        -]
        "measure"                 [Goes    Goes         Goes      Goes    -       -        -       -        -]
        "wanted"                  [Goes    Goes         Goes      Goes    -       -        -       -        -]
    }
    Dialogue {
        "series"                  [Masked  Masked       -         -       -       -        -       -        -]
        "period"                  [Masked  Masked       -         -       -       -        -       -        -]
        "assessment"              [Masked  Masked       -         -       -       -        -       -        -]
        "children"                [Masked  Masked       -         -       -       -        -       -        -]
        "parents"                 [Masked  Masked       -         -       -       -        -       -        -]
        "professionals"           [Masked  Masked       -         -       -       -        -       -        -]
        "question"                [Masked  Masked       -         -       -       -        -       -        -]
        "mechanism"               [Masked  Masked       -         -       -       -        -       -        -]
        "initiative"              [Masked  Masked       -         -       -       -        -       -        -]
        "became"                  [Masked  Masked       -         -       -       -        -       -        -]
        "released"                [Masked  Masked       -         -       -       -        -       -        -]
    }
    Aftale {
        "title"                   [Goes    -            Goes      -       -       -        -       -        -]
        "unit"                    [Goes    -            Goes      -       Placing -        -       -        Placing]
        "period"                  [Goes    -            Goes      -       Placing -        -       -        Placing]
        "level"                   [Goes    -            Goes      -       Placing -        -       -        Placing]
        "leader"                  [Goes    -            Goes      -       -       -        -       -        -]
        "counterpart"             [Goes    -            Goes      -       -       -        -       -        -]
        "background"              [Goes    -            Goes      -       -       -        -       -        -]
        "local_med"               [Goes    -            Goes      -       -       -        -       -        -]
        "local_med_note"          [Goes    -            Goes      -       -       -        -       -        -]
        "employees"               [Goes    -            Goes      -       -       -        -       -        -]
        "parents"                 [Goes    -            Goes      -       -       -        -       -        -]
        "children"                [Goes    -            Goes      -       -       -        -       -        -]
        "involvement"             [Goes    -            Goes      -       -       -        -       -        -]
        "themes"                  [Goes    -            Goes      -       -       -        -       -        -]
        "previous"                [Goes    -            Goes      -       -       -        -       -        -]
        "facts"                   [Goes    -            Goes      -       -       -        -       -        -]
        "assents"                 [Goes    -            Goes      -       -       -        -       -        -]
        "log/text"                [Goes    -            Goes      -       -       -        -       -        -]
        "log/date"                [Goes    -            Goes      -       -       -        -       -        -]
        "delete_by"               [Goes    -            Goes      -       -       -        -       -        -]
    }
    Version {
        "title"                   [Goes    -            Goes      -       -       -        -       -        -]
        "aftale"                  [Goes    -            Goes      -       -       -        -       -        -]
        "content"                 [Masked  -            Masked    -       -       -        -       -        -]
    }
    Goal {
        "text"                    [Goes    -            Goes      -       Shared  -        -       -        -]
        "aftale"                  [Goes    -            Goes      -       Shared  -        -       -        -]
        "area"                    [Goes    -            Goes      -       Shared  -        -       -        -]
        "reach"                   [Goes    -            Goes      -       Shared  -        -       -        -]
        "horizon"                 [Goes    -            Goes      -       Shared  -        -       -        -]
        "anchors"                 [Goes    -            Goes      -       Shared  -        -       -        -]
        "baseline"                [Masked  -            Masked    -       -       -        -       -        -]
        "wanted"                  [Masked  -            Masked    -       -       -        -       -        -]
        "signs_of_progression"    [Goes    -            Goes      -       Shared  -        -       -        -]
        "expected_effect"         [Goes    -            Goes      -       Shared  -        -       -        -]
        "initiatives/text"        [Goes    -            Goes      -       Shared  -        -       -        -]
        "initiatives/responsible" [Goes    -            Goes      -       -       -        -       -        -]
        "initiatives/period"      [Goes    -            Goes      -       Shared  -        -       -        -]
        "initiatives/status"      [Goes    -            Goes      -       Shared  -        -       -        -]
        "initiatives/origin"      [Goes    -            Goes      -       -       -        -       -        -]
        "initiatives/order"       [Goes    -            Goes      -       Shared  -        -       -        -]
        "tek"                     [Goes    -            Goes      -       Shared  -        -       -        -]
        "origin"                  [Goes    -            Goes      -       -       -        -       -        -]
        "order"                   [Goes    -            Goes      -       Shared  -        -       -        -]
        "shared"                  [Goes    -            Goes      -       Shared  -        -       -        -]
    }
    Midtvejsstatus {
        "title"                   [Goes    -            Goes      -       -       -        -       -        -]
        "aftale"                  [Goes    -            Goes      -       Shared  -        -       -        Shared]
        "goals/signs_seen"        [Goes    -            Goes      -       -       -        -       -        -]
        "goals/course"            [Goes    -            Goes      -       -       -        -       -        -]
        "goals/difference"        [Goes    -            Goes      -       -       -        -       -        -]
        "goals/keep"              [Goes    -            Goes      -       -       -        -       -        -]
        "goals/change"            [Goes    -            Goes      -       -       -        -       -        -]
        "goals/stop"              [Goes    -            Goes      -       -       -        -       -        -]
        "shares"                  [Goes    -            Goes      -       Shared  -        -       -        Shared]
        "asks"                    [Goes    -            Goes      -       Shared  -        -       -        Shared]
        "offers"                  [Goes    -            Goes      -       Shared  -        -       -        Shared]
        "finished"                [Goes    -            Goes      -       -       -        -       -        -]
        "shared"                  [Goes    -            Goes      -       Shared  -        -       -        Shared]
    }
    Samtale {
        "title"                   [Goes    Goes         -         -       -       -        -       -        -]
        "unit"                    [Goes    Goes         -         -       -       -        -       -        -]
        "date"                    [Goes    Goes         -         -       -       -        -       -        -]
        "participants"            [-       Goes         -         -       -       -        -       -        -]
        "topics/title"            [Shared  Goes         -         -       -       -        -       -        -]
        "topics/indicator"        [Shared  Goes         -         -       -       -        -       -        -]
        "topics/agenda"           [Shared  Goes         -         -       -       -        -       -        -]
        "topics/leader"           [-       Goes         -         -       -       -        -       -        -]
        "topics/counterpart"      [-       Goes         -         -       -       -        -       -        -]
        "topics/state"            [-       Goes         -         -       -       -        -       -        -]
        "topics/mechanisms"       [-       Goes         -         -       -       -        -       -        -]
        "topics/ideas"            [-       Goes         -         -       -       -        -       -        -]
        "topics/agreed"           [-       Goes         -         -       -       -        -       -        -]
        "topics/learned"          [Shared  Goes         -         -       -       -        -       -        -]
        "topics/released"         [Shared  Goes         -         -       -       -        -       -        -]
        "topics/order"            [Shared  Goes         -         -       -       -        -       -        -]
        "conclusion"              [-       Goes         -         -       -       -        -       -        -]
    }
    Comment {
        "text"                    [-       -            Goes      -       -       -        -       -        -]
        "on"                      [-       -            Goes      -       -       -        -       -        -]
        "field"                   [-       -            Goes      -       -       -        -       -        -]
        "settled"                 [-       -            Goes      -       -       -        -       -        -]
        "author"                  [-       -            Goes      -       -       -        -       -        -]
        "date"                    [-       -            Goes      -       -       -        -       -        -]
    }
    Proevehandling {
        "title"                   [Goes    -            -         -       Shared  -        -       -        -]
        "unit"                    [Goes    -            -         -       Shared  -        -       -        -]
        "context"                 [Goes    -            -         -       Shared  -        -       -        -]
        "idea"                    [Goes    -            -         -       Shared  -        -       -        -]
        "signs_of_progression"    [Goes    -            -         -       Shared  -        -       -        -]
        "expected_effect"         [Goes    -            -         -       Shared  -        -       -        -]
        "responsible"             [Goes    -            -         -       -       -        -       -        -]
        "period"                  [Goes    -            -         -       Shared  -        -       -        -]
        "stop_rule"               [Goes    -            -         -       Shared  -        -       -        -]
        "tek_before"              [Goes    -            -         -       Shared  -        -       -        -]
        "tek_after"               [Goes    -            -         -       Shared  -        -       -        -]
        "happened"                [Goes    -            -         -       Shared  -        -       -        -]
        "learned"                 [Goes    -            -         -       Shared  -        -       -        -]
        "next"                    [Goes    -            -         -       Shared  -        -       -        -]
        "anchors"                 [Goes    -            -         -       Shared  -        -       -        -]
        "origin"                  [Goes    -            -         -       -       -        -       -        -]
        "participants"            [Goes    -            -         -       -       -        -       -        -]
        "built_on"                [Goes    -            -         -       Shared  -        -       -        -]
        "credit"                  [Goes    -            -         -       Shared  -        -       -        -]
        "plain"                   [Goes    -            -         -       -       -        -       -        -]
        "in_catalogue"            [Goes    -            -         -       -       -        -       -        -]
        "shared"                  [Goes    -            -         -       Shared  -        -       -        -]
    }
    Reflection {
        "title"                   [-       -            -         -       -       -        Goes       -        -]
        "unit"                    [-       -            -         -       -       -        Goes       -        -]
        "instrument"              [-       -            -         -       -       -        Goes       -        -]
        "wording"                 [-       -            -         -       -       -        Goes       -        -]
        "date"                    [-       -            -         -       -       -        Goes       -        -]
        "answers"                 [-       -            -         -       -       -        Goes       -        -]
        "thoughts"                [-       -            -         -       -       -        Goes       -        -]
        "weights"                 [-       -            -         -       -       -        Goes       -        -]
        "prompt"                  [-       -            -         -       -       -        Goes       -        -]
        "reply"                   [-       -            -         -       -       -        Goes       -        -]
        "try_next"                [-       -            -         -       -       -        Goes       -        -]
    }
    Instrument {
        "title"                   [Goes    -            -         -       -       -        Goes       -        -]
        "unit"                    [Goes    -            -         -       -       -        Goes       -        -]
        "form"                    [Goes    -            -         -       -       -        Goes       -        -]
        "items/text"              [Goes    -            -         -       -       -        Goes       -        -]
        "items/opposite"          [Goes    -            -         -       -       -        Goes       -        -]
        "items/order"             [Goes    -            -         -       -       -        Goes       -        -]
        "in_use"                  [Goes    -            -         -       -       -        Goes       -        -]
    }
    Workshop {
        "title"                   [Goes    -            -         -       -       Goes     -       -        -]
        "unit"                    [Goes    -            -         -       -       Goes     -       -        -]
        "instrument"              [Goes    -            -         -       -       Goes     -       -        -]
        "wording"                 [Goes    -            -         -       -       Goes     -       -        -]
        "date"                    [Goes    -            -         -       -       Goes     -       -        -]
        "groups"                  [Goes    -            -         -       -       Goes     -       -        -]
        "rooms"                   [Goes    -            -         -       -       Goes     -       -        -]
        "notes"                   [Goes    -            -         -       -       Goes     -       -        -]
        "decisions"               [Goes    -            -         -       -       Goes     -       -        -]
    }
    Pyramid {
        "statement"               [Goes    -            -         -       Shared  -        -       -        -]
        "unit"                    [Goes    -            -         -       Shared  -        -       -        -]
        "meaning"                 [Goes    -            -         -       Shared  -        -       -        -]
        "practice"                [Goes    -            -         -       Shared  -        -       -        -]
        "ideas/text"              [Goes    -            -         -       Shared  -        -       -        -]
        "ideas/group"             [Goes    -            -         -       Shared  -        -       -        -]
        "ideas/order"             [Goes    -            -         -       Shared  -        -       -        -]
        "shared"                  [Goes    -            -         -       Shared  -        -       -        -]
    }
    Package {
        "title"                   [-       -            -         Goes    -       -        -       Goes     -]
        "cycle"                   [-       -            -         Goes    -       -        -       Goes     -]
        "edition"                 [-       -            -         Goes    -       -        -       Goes     -]
        "letter"                  [-       -            -         Goes    -       -        -       -        -]
        "calendar"                [-       -            -         Goes    -       -        -       -        -]
        "patterns/text"           [-       -            -         Goes    -       -        -       Goes     -]
        "patterns/lederforum"     [-       -            -         Goes    -       -        -       Goes     -]
        "patterns/lederforum_reason" [-       -            -         Goes    -       -        -       Goes     -]
        "patterns/committee"      [-       -            -         Goes    -       -        -       Goes     -]
        "patterns/committee_reason" [-       -            -         Goes    -       -        -       Goes     -]
        "patterns/joint_med"      [-       -            -         Goes    -       -        -       Goes     -]
        "patterns/joint_med_reason" [-       -            -         Goes    -       -        -       Goes     -]
        "patterns/order"          [-       -            -         Goes    -       -        -       Goes     -]
        "themes/title"            [-       -            -         Goes    -       -        -       Goes     -]
        "themes/reason"           [-       -            -         Goes    -       -        -       Goes     -]
        "themes/lederforum"       [-       -            -         Goes    -       -        -       Goes     -]
        "themes/lederforum_reason" [-       -            -         Goes    -       -        -       Goes     -]
        "themes/committee"        [-       -            -         Goes    -       -        -       Goes     -]
        "themes/committee_reason" [-       -            -         Goes    -       -        -       Goes     -]
        "themes/joint_med"        [-       -            -         Goes    -       -        -       Goes     -]
        "themes/joint_med_priority" [-       -            -         Goes    -       -        -       Goes     -]
        "themes/proposed_by"      [-       -            -         Goes    -       -        -       Goes     -]
        "themes/decision"         [-       -            -         Goes    -       -        -       -        -]
        "themes/decision_reason"  [-       -            -         Goes    -       -        -       -        -]
        "themes/order"            [-       -            -         Goes    -       -        -       Goes     -]
        "answers/remark"          [-       -            -         Goes    -       -        -       Goes     -]
        "answers/finished"        [-       -            -         Goes    -       -        -       Goes     -]
    }
    Progress {
        "unit"                    [Goes    -            -         -       -       -        -       -        -]
        "cycle"                   [Goes    -            -         -       -       -        -       -        -]
        "elements/mark"           [Goes    -            -         -       -       -        -       -        -]
        "elements/note"           [Goes    -            -         -       -       -        -       -        -]
    }
    Rapport {
        "title"                   [Goes    -            -         -       -       -        -       -        -]
        "unit"                    [Goes    -            -         -       -       -        -       -        -]
        "writers"                 [Goes    -            -         -       -       -        -       -        -]
        "chapters/title"          [Goes    -            -         -       -       -        -       -        -]
        "chapters/text"           [Goes    -            -         -       -       -        -       -        -]
        "chapters/shown"          [Goes    -            -         -       -       -        -       -        -]
        "chapters/order"          [Goes    -            -         -       -       -        -       -        -]
        "items"                   [Goes    -            -         -       -       -        -       -        -]
        "stories/title"           [Goes    -            -         -       -       -        -       -        -]
        "stories/text"            [Goes    -            -         -       -       -        -       -        -]
        "stories/place"           [Goes    -            -         -       -       -        -       -        -]
        "stories/origin"          [Goes    -            -         -       -       -        -       -        -]
        "stories/order"           [Goes    -            -         -       -       -        -       -        -]
        "to_parents"              [Goes    -            -         -       -       -        -       -        -]
        "to_children"             [Goes    -            -         -       -       -        -       -        -]
        "to_staff"                [Goes    -            -         -       -       -        -       -        -]
        "finished"                [Goes    -            -         -       -       -        -       -        -]
    }
    Links {
        "title"                   [-       -            -         Goes    -       -        -       -        -]
        "addresses"               [-       -            -         Goes    -       -        -       -        -]
    }
    Meeting {
        "title"                   [-       -            -         -       -       -        -       -        Goes]
        "date"                    [-       -            -         -       -       -        -       -        Goes]
        "offers/text"             [-       -            -         -       -       -        -       -        Goes]
        "offers/to"               [-       -            -         -       -       -        -       -        Goes]
        "offers/from"             [-       -            -         -       -       -        -       -        Goes]
        "offers/accepted"         [-       -            -         -       -       -        -       -        Goes]
        "offers/order"            [-       -            -         -       -       -        -       -        Goes]
        "decisions/text"          [-       -            -         -       -       -        -       -        Goes]
        "decisions/who"           [-       -            -         -       -       -        -       -        Goes]
        "decisions/unit"          [-       -            -         -       -       -        -       -        Goes]
        "decisions/by"            [-       -            -         -       -       -        -       -        Goes]
        "decisions/order"         [-       -            -         -       -       -        -       -        Goes]
        "notes"                   [-       -            -         -       -       -        -       -        Goes]
    }
    UnitTask {
        "title"                   [Goes    -            Goes      -       -       -        -       -        -]
        "unit"                    [Goes    -            Goes      -       -       -        -       -        -]
        "above"                   [Goes    -            Goes      -       -       -        -       -        -]
        "order"                   [Goes    -            Goes      -       -       -        -       -        -]
    }
    SynReview {
        "unit"                    [Goes    -            -         -       -       -        -       -        -]
        "next"                    [Goes    -            -         -       -       -        -       -        -]
        "visits"                  [Goes    -            -         -       -       -        -       -        -]
    }
    Deviation {
        "title"                   [Goes    -            -         -       Shared  -        -       -        -]
        "unit"                    [Goes    -            -         -       Shared  -        -       -        -]
        "place"                   [Goes    -            -         -       Shared  -        -       -        -]
        "practice"                [Goes    -            -         -       Shared  -        -       -        -]
        "reason"                  [Goes    -            -         -       Shared  -        -       -        -]
        "elsewhere"               [Goes    -            -         -       Shared  -        -       -        -]
        "anchors"                 [Goes    -            -         -       Shared  -        -       -        -]
        "tek_before"              [Goes    -            -         -       Shared  -        -       -        -]
        "tek_after"               [Goes    -            -         -       Shared  -        -       -        -]
        "built_on"                [Goes    -            -         -       Shared  -        -       -        -]
        "credit"                  [Goes    -            -         -       Shared  -        -       -        -]
        "plain"                   [Goes    -            -         -       -       -        -       -        -]
        "in_catalogue"            [Goes    -            -         -       -       -        -       -        -]
        "shared"                  [Goes    -            -         -       Shared  -        -       -        -]
    }
    Prototype {
        "title"                   [Goes    -            -         -       Shared  -        -       -        -]
        "unit"                    [Goes    -            -         -       Shared  -        -       -        -]
        "need"                    [Goes    -            -         -       Shared  -        -       -        -]
        "versions/text"           [Goes    -            -         -       Shared  -        -       -        -]
        "versions/change"         [Goes    -            -         -       Shared  -        -       -        -]
        "versions/reason"         [Goes    -            -         -       Shared  -        -       -        -]
        "versions/outcome"        [Goes    -            -         -       Shared  -        -       -        -]
        "versions/date"           [Goes    -            -         -       Shared  -        -       -        -]
        "versions/order"          [Goes    -            -         -       Shared  -        -       -        -]
        "standing"                [Goes    -            -         -       Shared  -        -       -        -]
        "participants"            [Goes    -            -         -       -       -        -       -        -]
        "anchors"                 [Goes    -            -         -       Shared  -        -       -        -]
        "tek_before"              [Goes    -            -         -       Shared  -        -       -        -]
        "tek_after"               [Goes    -            -         -       Shared  -        -       -        -]
        "next"                    [Goes    -            -         -       Shared  -        -       -        -]
        "built_on"                [Goes    -            -         -       Shared  -        -       -        -]
        "credit"                  [Goes    -            -         -       Shared  -        -       -        -]
        "plain"                   [Goes    -            -         -       -       -        -       -        -]
        "in_catalogue"            [Goes    -            -         -       -       -        -       -        -]
        "shared"                  [Goes    -            -         -       Shared  -        -       -        -]
    }
    UnitStory {
        "title"                   [Goes    -            -         -       Shared  -        -       -        -]
        "unit"                    [Goes    -            -         -       Shared  -        -       -        -]
        "text"                    [Goes    -            -         -       Shared  -        -       -        -]
        "date"                    [Goes    -            -         -       Shared  -        -       -        -]
        "series"                  [Goes    -            -         -       Shared  -        -       -        -]
        "period"                  [Goes    -            -         -       Shared  -        -       -        -]
        "shared"                  [Goes    -            -         -       Shared  -        -       -        -]
    }
}

/// Checks at compile time that every leaf has a row, in the order of the fields.
const _: () = {
    let mut index = 0;
    while index < Kind::ALL.len() {
        check(Kind::ALL[index]);
        index += 1;
    }
};

/// Panics, at compile time, if the rows of a kind are not its leaves in order.
const fn check(kind: Kind) {
    let (fields, leaves) = (kind.fields(), leaves(kind));
    let (mut row, mut field) = (0, 0);
    while field < fields.len() {
        let name = fields[field].name;
        if let Shape::Entries(inner) = fields[field].shape {
            let mut entry_field = 0;
            while entry_field < inner.len() {
                assert!(
                    row < leaves.len() && is_leaf_name(leaves[row], name, inner[entry_field].name),
                    "a leaf has no rule: see exchange/release/rules.rs"
                );
                entry_field += 1;
                row += 1;
            }
        } else {
            assert!(
                row < leaves.len() && is_leaf_name(leaves[row], name, ""),
                "a leaf has no rule: see exchange/release/rules.rs"
            );
            row += 1;
        }
        field += 1;
    }
    assert!(row == leaves.len(), "an answer has no leaf");
}

/// Whether `leaf` is the name of a field (`text`), or of a field of entries (`initiatives/text`). `inner` is empty for
/// the former.
const fn is_leaf_name(leaf: &str, field: &str, inner: &str) -> bool {
    let length = field.len() + if inner.is_empty() { 0 } else { inner.len() + 1 };
    let (leaf, field, inner) = (leaf.as_bytes(), field.as_bytes(), inner.as_bytes());
    let mut index = 0;
    while index < length && leaf.len() == length {
        let expected = if index < field.len() {
            field[index]
        } else if index == field.len() {
            b'/'
        } else {
            inner[index - field.len() - 1]
        };
        if leaf[index] != expected {
            return false;
        }
        index += 1;
    }
    leaf.len() == length
}
