//! What goes along in a file for others and what never does, in Danish: made from the table, so that the page that says so
//! cannot promise anything else.

use crate::domain::body::{Field, FieldRole, KindWords};
use crate::domain::registry::Kind;
use crate::exchange::scope::Scope;
use crate::record::path::Path;

use super::{Column, Outgoing, ReleaseRule, flag};

/// What a page says before a file is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What goes along, with counts.
    pub along: Vec<String>,
    /// What never does.
    pub never: Vec<String>,
}

/// What goes along for a scope, of the records that do, and what never does.
pub fn told(scope: &Scope, going: &[Outgoing]) -> Told {
    let Scope::Share { part, .. } = scope else { return Told::default() };
    let column = Column::of(part);
    let mut along: Vec<String> = Kind::ALL.iter().filter_map(|&kind| counted(column, kind, going)).collect();
    let mut never = Vec::new();
    if column.takes(Kind::Series) {
        let figures = Path::root("observations");
        let leaves = going.iter().filter(|record| record.kind() == Some(Kind::Series)).flat_map(|own| own.leaves());
        let is_masked = leaves.into_iter().any(|(path, leaf)| path.is_below(&figures) && leaf.is_masked());
        let unless = if column == Column::Network { " Det kan ikke slås fra i et netværk." } else { "" };
        match (scope.masks(), is_masked) {
            (false, _) => along.push("Alle tal, også dem, der bygger på færre end fem personer.".to_owned()),
            (true, false) => {
                never.push(format!("Tal, der bygger på færre end fem personer – dem er der ingen af.{unless}"));
            }
            (true, true) => {
                never
                    .push(format!("Tal, der bygger på færre end fem personer, og det, der er skrevet om dem.{unless}"));
            }
        }
    }
    never.extend(whole_kinds(column));
    for &kind in Kind::ALL {
        never.extend(unsaid(column, kind));
        never.extend(left_of(column, kind));
    }
    never.extend(
        [
            "Refleksioner og andet, der kun er dit",
            "Historikken og øjebliksbillederne",
            "Ordene i det, der ligger i papirkurven",
        ]
        .map(str::to_owned),
    );
    Told { along, never }
}

/// How many of a kind go, and which.
fn counted(column: Column, kind: Kind, going: &[Outgoing]) -> Option<String> {
    let count = going.iter().filter(|record| record.kind() == Some(kind)).count();
    let KindWords { singular, plural, .. } = kind.words();
    let which = match gate(column, kind) {
        Some(ReleaseRule::Common) => ": de fælles indikatorer",
        Some(ReleaseRule::Placing) => ": kun det, der skal til for at placere resten",
        Some(_) if flag(kind) == Some("released") => ": det, der må komme i rapporten",
        Some(_) => ", som I har valgt at dele",
        None => "",
    };
    (count > 0).then(|| format!("{count} {}{which}", if count == 1 { singular } else { plural }))
}

/// The answer that asks for more before a leaf of a kind goes.
fn gate(column: Column, kind: Kind) -> Option<ReleaseRule> {
    let is_gate =
        |answer: &ReleaseRule| matches!(answer, ReleaseRule::Shared | ReleaseRule::Common | ReleaseRule::Placing);
    column.answers(kind).iter().map(|row| row.answer).find(is_gate)
}

/// What is there of a kind and was not said to go.
fn unsaid(column: Column, kind: Kind) -> Option<String> {
    let plural = capital(kind.words().plural);
    match (gate(column, kind)?, flag(kind)) {
        (ReleaseRule::Common, _) => Some("Tal for økonomi og medarbejdere og for jeres egne indikatorer".to_owned()),
        (ReleaseRule::Placing, _) => None,
        (_, Some("released")) => Some("Det lærte, I ikke har givet lov til at bruge i rapporten".to_owned()),
        _ => Some(format!("{plural}, I ikke har valgt at dele")),
    }
}

/// The kinds of which nothing goes. What is private has a line of its own.
fn whole_kinds(column: Column) -> Option<String> {
    let plurals = |takes: bool| -> Vec<&str> {
        let kinds = Kind::ALL.iter().filter(|kind| column.takes(**kind) == takes && !kind.is_private());
        // The common indicators are no records.
        let plural = |kind: &Kind| if *kind == Kind::Indicator { "egne indikatorer" } else { kind.words().plural };
        kinds.map(plural).collect()
    };
    let (go, stay) = (plurals(true), plurals(false));
    if go.len() <= 2 {
        return Some(format!("Alt andet end {}", listed(&go)));
    }
    (!stay.is_empty()).then(|| capital(&listed(&stay)))
}

/// What of a kind stays though something of it goes: by what stays, or by what goes where that is far less to read.
fn left_of(column: Column, kind: Kind) -> Option<String> {
    let rows = column.answers(kind);
    let names = |stays: bool| -> Vec<&str> {
        let is_said = |field: &Field| !matches!(field.role, FieldRole::Quiet | FieldRole::Parent);
        let rows = rows.iter().filter(|row| (row.answer == ReleaseRule::Stays) == stays && is_said(row.field));
        rows.map(|row| row.field.label).collect()
    };
    let (go, stay) = (names(false), names(true));
    let of = kind.words().definite;
    match (column.takes(kind), stay.len()) {
        (false, _) | (_, 0) => None,
        (true, many) if many > 2 * go.len() => Some(format!("Fra {of} alt andet end {}", listed(&go))),
        _ => Some(format!("Fra {of}: {}", listed(&stay))),
    }
}

/// Words in a row. Where one of them has a comma of its own, they are set apart by more.
fn listed(words: &[&str]) -> String {
    words.join(if words.iter().any(|word| word.contains(',')) { "; " } else { ", " })
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
