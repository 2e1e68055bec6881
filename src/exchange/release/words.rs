//! Describes in Danish what a file for others includes and what it never includes. The text is derived from the table,
//! so the page cannot promise anything else.

use crate::domain::body::{Field, FieldRole, KindWords};
use crate::domain::registry::Kind;
use crate::exchange::scope::Scope;
use crate::record::path::Path;

use super::{Column, Outgoing, ReleaseRule, is_withdrawn, release_flag};

/// The description that a page shows before a file is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReleaseSummary {
    /// The lines on what the file includes, with counts.
    pub included: Vec<String>,
    /// The lines on what the file never includes.
    pub never_included: Vec<String>,
}

/// Describes a file of a scope. `going` are the records that go into it.
pub fn summarize_release(scope: &Scope, going: &[Outgoing]) -> ReleaseSummary {
    let Scope::Share { part, .. } = scope else { return ReleaseSummary::default() };
    let column = Column::of(part);
    let lines = |&kind: &Kind| [count_line(column, kind, going), withdrawal_line(column, kind, going)];
    let mut along: Vec<String> = Kind::ALL.iter().flat_map(lines).flatten().collect();
    let mut never = Vec::new();
    if column.can_hold(Kind::Series) {
        let figures = Path::root("observations");
        let leaves =
            going.iter().filter(|record| record.kind() == Some(Kind::Series)).flat_map(|series| series.leaves());
        let is_masked = leaves.into_iter().any(|(path, leaf)| path.is_below(&figures) && leaf.is_masked());
        let network_note = if column == Column::Network { " Det kan ikke slås fra i et netværk." } else { "" };
        match (scope.is_masked(), is_masked) {
            (false, _) => along.push("Alle tal, også dem, der bygger på færre end fem personer.".to_owned()),
            (true, false) => {
                never.push(format!("Tal, der bygger på færre end fem personer – dem er der ingen af.{network_note}"));
            }
            (true, true) => {
                never.push(format!(
                    "Tal, der bygger på færre end fem personer, og det, der er skrevet om dem.{network_note}"
                ));
            }
        }
    }
    never.extend(absent_kinds_line(column));
    for &kind in Kind::ALL {
        never.extend(withheld_line(column, kind));
        never.extend(withheld_leaves_line(column, kind));
    }
    if column == Column::Feedback {
        never.push("Navne på dem, der har skrevet: svaret er forummets".to_owned());
    }
    never.extend(
        [
            "Refleksioner og andet, der kun er dit",
            "Historikken og øjebliksbillederne",
            "Ordene i det, der ligger i papirkurven",
        ]
        .map(str::to_owned),
    );
    ReleaseSummary { included: along, never_included: never }
}

/// The number of records of a kind that go, and which ones; `None` if none goes.
fn count_line(column: Column, kind: Kind, going: &[Outgoing]) -> Option<String> {
    let count = going.iter().filter(|record| record.kind() == Some(kind) && !is_mark(column, record)).count();
    let which = match condition(column, kind) {
        Some(ReleaseRule::Common) => ": de fælles indikatorer",
        Some(ReleaseRule::Placing) => ": kun det, der skal til for at placere resten",
        Some(_) if release_flag(kind) == Some("released") => ": det, der må komme i rapporten",
        Some(_) => ", som I har valgt at dele",
        None => "",
    };
    (count > 0).then(|| format!("{}{which}", counted(count, kind)))
}

/// The number of records of a kind of which only the mark goes that they are withdrawn; `None` if there is none.
fn withdrawal_line(column: Column, kind: Kind, going: &[Outgoing]) -> Option<String> {
    let count = going.iter().filter(|record| record.kind() == Some(kind) && is_mark(column, record)).count();
    (count > 0).then(|| format!("{}, som I har trukket tilbage: kun beskeden om det", counted(count, kind)))
}

/// Whether only the mark of a record goes that it is withdrawn.
fn is_mark(column: Column, record: &Outgoing) -> bool {
    column == Column::Network && is_withdrawn(record)
}

/// A number of records of a kind, in words.
fn counted(count: usize, kind: Kind) -> String {
    let KindWords { singular, plural, .. } = kind.words();
    format!("{count} {}", if count == 1 { singular } else { plural })
}

/// The first rule of a kind that makes a leaf go on a condition; `None` if no rule does.
fn condition(column: Column, kind: Kind) -> Option<ReleaseRule> {
    let is_conditional =
        |answer: &ReleaseRule| matches!(answer, ReleaseRule::Shared | ReleaseRule::Common | ReleaseRule::Placing);
    column.rules(kind).iter().map(|row| row.rule).find(is_conditional)
}

/// The line on the records or leaves of a kind that do not meet the condition to go; `None` if the kind has no
/// condition.
fn withheld_line(column: Column, kind: Kind) -> Option<String> {
    let plural = capitalize(kind.words().plural);
    match (condition(column, kind)?, release_flag(kind)) {
        (ReleaseRule::Common, _) => Some("Tal for økonomi og medarbejdere og for jeres egne indikatorer".to_owned()),
        (ReleaseRule::Placing, _) => None,
        (_, Some("released")) => Some("Det lærte, I ikke har givet lov til at bruge i rapporten".to_owned()),
        _ => Some(format!("{plural}, I ikke har valgt at dele")),
    }
}

/// The line on the kinds that are absent altogether, except private ones, which have a line of their own. Lists the
/// kinds that go instead if these are at most two.
fn absent_kinds_line(column: Column) -> Option<String> {
    let plurals = |takes: bool| -> Vec<&str> {
        let kinds = Kind::ALL.iter().filter(|kind| column.can_hold(**kind) == takes && !kind.is_private());
        // The common indicators are not records.
        let plural = |kind: &Kind| if *kind == Kind::Indicator { "egne indikatorer" } else { kind.words().plural };
        kinds.map(plural).collect()
    };
    let (go, stay) = (plurals(true), plurals(false));
    if go.len() <= 2 {
        return Some(format!("Alt andet end {}", join_names(&go)));
    }
    (!stay.is_empty()).then(|| capitalize(&join_names(&stay)))
}

/// The line on the leaves that stay of a kind that goes. Lists the leaves that go instead if these are far fewer.
fn withheld_leaves_line(column: Column, kind: Kind) -> Option<String> {
    let rows = column.rules(kind);
    let names = |stays: bool| -> Vec<&str> {
        let is_listed = |field: &Field| !matches!(field.role, FieldRole::Position | FieldRole::Parent);
        let rows = rows.iter().filter(|row| (row.rule == ReleaseRule::Stays) == stays && is_listed(row.field));
        rows.map(|row| row.field.label).collect()
    };
    let (go, stay) = (names(false), names(true));
    let definite = kind.words().definite;
    match (column.can_hold(kind), stay.len()) {
        (false, _) | (_, 0) => None,
        (true, count) if count > 2 * go.len() => Some(format!("Fra {definite} alt andet end {}", join_names(&go))),
        _ => Some(format!("Fra {definite}: {}", join_names(&stay))),
    }
}

/// Joins names with commas, or with semicolons if a name contains a comma.
fn join_names(words: &[&str]) -> String {
    words.join(if words.iter().any(|word| word.contains(',')) { "; " } else { ", " })
}

/// Makes the first letter a capital.
fn capitalize(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
