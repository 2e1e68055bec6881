//! What two versions of an agreement say otherwise, in a form a person reads: added, dropped, reworded.

use crate::domain::goal::Goal;
use crate::domain::id::Id;
use crate::domain::period::Span;

use super::lines::{self, AftaleLine};
use super::progress::IndicatorSource;
use super::whole::AgreementBundle;

/// A piece of a text that was reworded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RewordedPiece {
    /// It stands in both.
    Kept(String),
    /// It stands in the later one alone.
    Added(String),
    /// It stood in the earlier one alone.
    Dropped(String),
}

/// What became of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineChange {
    /// It is new.
    Added(String),
    /// It is gone.
    Dropped(String),
    /// It says something else.
    Reworded(Vec<RewordedPiece>),
}

/// A line that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedLine {
    /// What it is called.
    pub label: &'static str,
    /// What became of it.
    pub became: LineChange,
}

/// What became of a part of the agreement: the head, or a goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangedPart {
    /// Lines of the head.
    Head(Vec<ChangedLine>),
    /// A goal that is new: its number and its words.
    GoalAdded(usize, String),
    /// A goal that is gone: the number it had, and its words.
    GoalDropped(usize, String),
    /// A goal with lines that are not as they were: its number now, and its words now.
    Goal(usize, String, Vec<ChangedLine>),
}

/// An agreement with what was known of what its goals hang on.
#[derive(Clone, Copy)]
#[allow(missing_debug_implementations, reason = "what is known may be anything")]
pub struct ComparedAgreement<'a> {
    /// The agreement.
    pub whole: &'a AgreementBundle,
    /// What was known.
    pub known: &'a dyn IndicatorSource,
}

impl ComparedAgreement<'_> {
    fn lines(&self, goal: &Goal) -> Vec<AftaleLine> {
        let period: Option<Span> = self.whole.head.period;
        lines::goal(goal, self.known, period)
    }

    fn head(&self) -> Vec<AftaleLine> {
        lines::head(self.whole).into_iter().chain(lines::involved(&self.whole.head)).collect()
    }
}

/// What the later says otherwise than the earlier; nothing where they say the same.
pub fn compare(earlier: ComparedAgreement<'_>, later: ComparedAgreement<'_>) -> Vec<ChangedPart> {
    let mut parts = Vec::new();
    let head = changes(&earlier.head(), &later.head());
    if !head.is_empty() {
        parts.push(ChangedPart::Head(head));
    }
    let find = |side: ComparedAgreement<'_>, id: &Id| side.whole.goal(id).map(|(_, goal)| side.lines(goal));
    for (index, (id, goal)) in later.whole.goals.iter().enumerate() {
        let words = goal.text.0.clone();
        match find(earlier, id) {
            None => parts.push(ChangedPart::GoalAdded(index + 1, words)),
            Some(before) => {
                let changes = changes(&before, &later.lines(goal));
                if !changes.is_empty() {
                    parts.push(ChangedPart::Goal(index + 1, words, changes));
                }
            }
        }
    }
    let gone = earlier.whole.goals.iter().enumerate().filter(|(_, (id, _))| later.whole.goal(id).is_none());
    parts.extend(gone.map(|(index, (_, goal))| ChangedPart::GoalDropped(index + 1, goal.text.0.clone())));
    parts
}

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
        changes.push(ChangedLine { label: line.label, became });
    }
    let gone = before.iter().filter(|line| find(after, &line.key).is_none());
    changes.extend(gone.map(|line| ChangedLine { label: line.label, became: LineChange::Dropped(line.text.clone()) }));
    changes
}

/// The most words of two texts that are matched one by one: their product. Longer ones are shown whole, before and after.
const MOST: usize = 4_000_000;

/// What became of a text, by words: as much as can be is kept.
pub fn reworded(before: &str, after: &str) -> Vec<RewordedPiece> {
    let (old, new): (Vec<&str>, Vec<&str>) = (words(before), words(after));
    let mut pieces = Vec::new();
    if old.len().saturating_mul(new.len()) > MOST {
        return vec![RewordedPiece::Dropped(before.to_owned()), RewordedPiece::Added(after.to_owned())];
    }
    // The longest common subsequence, counted from the ends of the texts.
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
            push(&mut pieces, RewordedPiece::Kept(old[row].to_owned()));
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

/// The words of a text, each with the white space behind it.
fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

/// Adds a piece, to the one before where it is of its kind.
fn push(pieces: &mut Vec<RewordedPiece>, piece: RewordedPiece) {
    match (pieces.last_mut(), piece) {
        (Some(RewordedPiece::Kept(text)), RewordedPiece::Kept(more))
        | (Some(RewordedPiece::Added(text)), RewordedPiece::Added(more))
        | (Some(RewordedPiece::Dropped(text)), RewordedPiece::Dropped(more)) => text.push_str(&more),
        (_, piece) => pieces.push(piece),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::progress::NoIndicators;
    use super::*;
    use crate::domain::goal::Initiative;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn whole(goals: &[(&str, &str)]) -> AgreementBundle {
        let goals = goals.iter().map(|(own, text)| (id(own), Goal { text: (*text).into(), ..Goal::default() }));
        AgreementBundle { goals: goals.collect(), ..AgreementBundle::default() }
    }

    fn compared(earlier: &AgreementBundle, later: &AgreementBundle) -> Vec<ChangedPart> {
        compare(
            ComparedAgreement { whole: earlier, known: &NoIndicators },
            ComparedAgreement { whole: later, known: &NoIndicators },
        )
    }

    #[test]
    fn agreement_goals_are_added_dropped_and_reworded() {
        let earlier = whole(&[("a", "Flere børn trives"), ("b", "Færre fraværsdage")]);
        let mut later = whole(&[("c", "Budgettet holder"), ("a", "Flere børn og unge trives")]);
        later.head.leader = "Anne".into();
        later.goals[1]
            .1
            .initiatives
            .insert(id("i"), Initiative { text: "Legegrupper".into(), ..Initiative::default() });
        let reworded = vec![
            RewordedPiece::Kept("Flere børn ".to_owned()),
            RewordedPiece::Added("og unge ".to_owned()),
            RewordedPiece::Kept("trives".to_owned()),
        ];
        assert_eq!(
            compared(&earlier, &later),
            [
                ChangedPart::Head(vec![ChangedLine { label: "Leder", became: LineChange::Added("Anne".to_owned()) }]),
                ChangedPart::GoalAdded(1, "Budgettet holder".to_owned()),
                ChangedPart::Goal(
                    2,
                    "Flere børn og unge trives".to_owned(),
                    vec![
                        ChangedLine { label: "Mål", became: LineChange::Reworded(reworded) },
                        ChangedLine { label: "Indsats", became: LineChange::Added("Legegrupper".to_owned()) }
                    ]
                ),
                ChangedPart::GoalDropped(2, "Færre fraværsdage".to_owned()),
            ]
        );
        assert_eq!(compared(&earlier, &earlier), []);
    }

    proptest! {
        /// A comparison that lost a word would hide it from whoever signs.
        #[test]
        fn agreement_rewording_loses_no_word(before in "[abc ]{0,30}", after in "[abc ]{0,30}") {
            let pieces = reworded(&before, &after);
            let side = |takes: fn(&RewordedPiece) -> Option<&str>| pieces.iter().filter_map(takes).collect::<String>();
            prop_assert_eq!(side(|piece| match piece { RewordedPiece::Kept(text) | RewordedPiece::Dropped(text) => Some(text), RewordedPiece::Added(_) => None }), before);
            prop_assert_eq!(side(|piece| match piece { RewordedPiece::Kept(text) | RewordedPiece::Added(text) => Some(text), RewordedPiece::Dropped(_) => None }), after);
        }
    }
}
