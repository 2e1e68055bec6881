//! The differences between two versions of an agreement as readable parts: added, dropped, reworded.

use crate::domain::goal::Goal;
use crate::domain::id::Id;
use crate::domain::period::Span;

use super::bundle::AgreementBundle;
use super::lines::{self, AftaleLine};
use super::progress::IndicatorSource;

/// A piece of a reworded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RewordedPiece {
    /// The piece is in both texts.
    Unchanged(String),
    /// The piece is only in the later text.
    Added(String),
    /// The piece is only in the earlier text.
    Dropped(String),
}

/// The change of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineChange {
    /// The line is new.
    Added(String),
    /// The line is gone.
    Dropped(String),
    /// The line has another text.
    Reworded(Vec<RewordedPiece>),
}

/// A line that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedLine {
    /// The Danish label of the line.
    pub label: &'static str,
    /// The change.
    pub change: LineChange,
}

/// The change of a part of the agreement: the head or a goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangedPart {
    /// Changed lines of the head.
    Head(Vec<ChangedLine>),
    /// A new goal: its number and its text.
    GoalAdded(usize, String),
    /// A goal that is gone: its old number and its old text.
    GoalDropped(usize, String),
    /// A goal with changed lines: its new number, its new text, and the lines.
    Goal(usize, String, Vec<ChangedLine>),
}

/// An agreement to compare, with the indicator data of its goals.
#[derive(Clone, Copy)]
#[allow(missing_debug_implementations, reason = "an `IndicatorSource` need not be debuggable")]
pub struct ComparedAgreement<'a> {
    /// The agreement.
    pub bundle: &'a AgreementBundle,
    /// The indicator data.
    pub indicators: &'a dyn IndicatorSource,
}

impl ComparedAgreement<'_> {
    fn lines(&self, goal: &Goal) -> Vec<AftaleLine> {
        let period: Option<Span> = self.bundle.head.period;
        lines::goal(goal, self.indicators, period)
    }

    fn head(&self) -> Vec<AftaleLine> {
        lines::head(self.bundle).into_iter().chain(lines::involved(&self.bundle.head)).collect()
    }
}

/// Lists the changes from the earlier agreement to the later one; empty if there are none.
pub fn compare(earlier: ComparedAgreement<'_>, later: ComparedAgreement<'_>) -> Vec<ChangedPart> {
    let mut parts = Vec::new();
    let head = changes(&earlier.head(), &later.head());
    if !head.is_empty() {
        parts.push(ChangedPart::Head(head));
    }
    let find = |side: ComparedAgreement<'_>, id: &Id| side.bundle.goal(id).map(|(_, goal)| side.lines(goal));
    for (index, (id, goal)) in later.bundle.goals.iter().enumerate() {
        let text = goal.text.0.clone();
        match find(earlier, id) {
            None => parts.push(ChangedPart::GoalAdded(index + 1, text)),
            Some(before) => {
                let changes = changes(&before, &later.lines(goal));
                if !changes.is_empty() {
                    parts.push(ChangedPart::Goal(index + 1, text, changes));
                }
            }
        }
    }
    let gone = earlier.bundle.goals.iter().enumerate().filter(|(_, (id, _))| later.bundle.goal(id).is_none());
    parts.extend(gone.map(|(index, (_, goal))| ChangedPart::GoalDropped(index + 1, goal.text.0.clone())));
    parts
}

/// Lists the changed lines; lines are matched by key.
fn changes(before: &[AftaleLine], after: &[AftaleLine]) -> Vec<ChangedLine> {
    let find =
        |lines: &[AftaleLine], key: &str| lines.iter().find(|line| line.key == key).map(|line| line.text.clone());
    let mut changes: Vec<ChangedLine> = Vec::new();
    for line in after {
        let became = match find(before, &line.key) {
            None => LineChange::Added(line.text.clone()),
            Some(text) if text == line.text => continue,
            Some(text) => LineChange::Reworded(reworded(&text, &line.text)),
        };
        changes.push(ChangedLine { label: line.label, change: became });
    }
    let gone = before.iter().filter(|line| find(after, &line.key).is_none());
    changes.extend(gone.map(|line| ChangedLine { label: line.label, change: LineChange::Dropped(line.text.clone()) }));
    changes
}

/// The largest product of two word counts for which words are matched one by one. Longer texts are shown in full,
/// before and after.
const MAX_WORD_PAIRS: usize = 4_000_000;

/// Splits the change of a text into pieces by words, keeping as many words as possible.
pub fn reworded(before: &str, after: &str) -> Vec<RewordedPiece> {
    let (old, new): (Vec<&str>, Vec<&str>) = (words(before), words(after));
    let mut pieces = Vec::new();
    if old.len().saturating_mul(new.len()) > MAX_WORD_PAIRS {
        return vec![RewordedPiece::Dropped(before.to_owned()), RewordedPiece::Added(after.to_owned())];
    }
    // The lengths of the longest common subsequences, computed from the ends of the texts.
    let width = new.len() + 1;
    let mut longest = vec![0u32; (old.len() + 1) * width];
    for row in (0..old.len()).rev() {
        for column in (0..new.len()).rev() {
            longest[row * width + column] = if old[row] == new[column] {
                longest[(row + 1) * width + column + 1] + 1
            } else {
                longest[(row + 1) * width + column].max(longest[row * width + column + 1])
            };
        }
    }
    let (mut row, mut column) = (0, 0);
    while row < old.len() || column < new.len() {
        if row < old.len() && column < new.len() && old[row] == new[column] {
            push(&mut pieces, RewordedPiece::Unchanged(old[row].to_owned()));
            (row, column) = (row + 1, column + 1);
        } else if column == new.len()
            || (row < old.len() && longest[(row + 1) * width + column] >= longest[row * width + column + 1])
        {
            push(&mut pieces, RewordedPiece::Dropped(old[row].to_owned()));
            row += 1;
        } else {
            push(&mut pieces, RewordedPiece::Added(new[column].to_owned()));
            column += 1;
        }
    }
    pieces
}

/// Splits a text into words, each with the white space that follows it.
fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

/// Appends a piece, joining it to the previous piece if both are of the same kind.
fn push(pieces: &mut Vec<RewordedPiece>, piece: RewordedPiece) {
    match (pieces.last_mut(), piece) {
        (Some(RewordedPiece::Unchanged(text)), RewordedPiece::Unchanged(more))
        | (Some(RewordedPiece::Added(text)), RewordedPiece::Added(more))
        | (Some(RewordedPiece::Dropped(text)), RewordedPiece::Dropped(more)) => text.push_str(&more),
        (_, piece) => pieces.push(piece),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::aftale::progress::NoIndicators;
    use crate::domain::goal::Initiative;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn bundle_with(goals: &[(&str, &str)]) -> AgreementBundle {
        let goals = goals.iter().map(|(goal, text)| (id(goal), Goal { text: (*text).into(), ..Goal::default() }));
        AgreementBundle { goals: goals.collect(), ..AgreementBundle::default() }
    }

    fn compared(earlier: &AgreementBundle, later: &AgreementBundle) -> Vec<ChangedPart> {
        compare(
            ComparedAgreement { bundle: earlier, indicators: &NoIndicators },
            ComparedAgreement { bundle: later, indicators: &NoIndicators },
        )
    }

    #[test]
    fn compare_finds_added_dropped_and_reworded_goals() {
        let earlier = bundle_with(&[("a", "Flere børn trives"), ("b", "Færre fraværsdage")]);
        let mut later = bundle_with(&[("c", "Budgettet holder"), ("a", "Flere børn og unge trives")]);
        later.head.leader = "Anne".into();
        later.goals[1]
            .1
            .initiatives
            .insert(id("i"), Initiative { text: "Legegrupper".into(), ..Initiative::default() });
        let reworded = vec![
            RewordedPiece::Unchanged("Flere børn ".to_owned()),
            RewordedPiece::Added("og unge ".to_owned()),
            RewordedPiece::Unchanged("trives".to_owned()),
        ];
        assert_eq!(
            compared(&earlier, &later),
            [
                ChangedPart::Head(vec![ChangedLine { label: "Leder", change: LineChange::Added("Anne".to_owned()) }]),
                ChangedPart::GoalAdded(1, "Budgettet holder".to_owned()),
                ChangedPart::Goal(
                    2,
                    "Flere børn og unge trives".to_owned(),
                    vec![
                        ChangedLine { label: "Mål", change: LineChange::Reworded(reworded) },
                        ChangedLine { label: "Indsats", change: LineChange::Added("Legegrupper".to_owned()) }
                    ]
                ),
                ChangedPart::GoalDropped(2, "Færre fraværsdage".to_owned()),
            ]
        );
        assert_eq!(compared(&earlier, &earlier), []);
    }

    proptest! {
        #![proptest_config(crate::property_test_config())]

        /// A comparison that lost a word would hide it from the person who signs.
        #[test]
        fn reworded_keeps_every_word_of_both_texts(before in "[abc ]{0,30}", after in "[abc ]{0,30}") {
            let pieces = reworded(&before, &after);
            let side = |select: fn(&RewordedPiece) -> Option<&str>| pieces.iter().filter_map(select).collect::<String>();
            prop_assert_eq!(side(|piece| match piece { RewordedPiece::Unchanged(text) | RewordedPiece::Dropped(text) => Some(text), RewordedPiece::Added(_) => None }), before);
            prop_assert_eq!(side(|piece| match piece { RewordedPiece::Unchanged(text) | RewordedPiece::Added(text) => Some(text), RewordedPiece::Dropped(_) => None }), after);
        }
    }
}
