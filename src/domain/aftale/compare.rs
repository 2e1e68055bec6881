//! What two versions of an agreement say otherwise, in a form a person reads: added, dropped, reworded.

use crate::domain::goal::Goal;
use crate::domain::id::Id;
use crate::domain::period::Span;

use super::lines::{self, Line};
use super::progress::Known;
use super::whole::Whole;

/// A piece of a text that was reworded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// It stands in both.
    Kept(String),
    /// It stands in the later one alone.
    Added(String),
    /// It stood in the earlier one alone.
    Dropped(String),
}

/// What became of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    /// It is new.
    Added(String),
    /// It is gone.
    Dropped(String),
    /// It says something else.
    Reworded(Vec<Piece>),
}

/// A line that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is called.
    pub label: &'static str,
    /// What became of it.
    pub became: Became,
}

/// What became of a part of the agreement: the head, or a goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Lines of the head.
    Head(Vec<Change>),
    /// A goal that is new: its number and its words.
    GoalAdded(usize, String),
    /// A goal that is gone: the number it had, and its words.
    GoalDropped(usize, String),
    /// A goal with lines that are not as they were: its number now, and its words now.
    Goal(usize, String, Vec<Change>),
}

/// An agreement with what was known of what its goals hang on.
#[derive(Clone, Copy)]
#[allow(missing_debug_implementations, reason = "what is known may be anything")]
pub struct Side<'a> {
    /// The agreement.
    pub whole: &'a Whole,
    /// What was known.
    pub known: &'a dyn Known,
}

impl Side<'_> {
    fn lines(&self, goal: &Goal) -> Vec<Line> {
        let period: Option<Span> = self.whole.head.period;
        lines::goal(goal, self.known, period)
    }

    fn head(&self) -> Vec<Line> {
        lines::head(self.whole).into_iter().chain(lines::involved(&self.whole.head)).collect()
    }
}

/// What the later says otherwise than the earlier; nothing where they say the same.
pub fn compare(earlier: Side<'_>, later: Side<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    let head = changes(&earlier.head(), &later.head());
    if !head.is_empty() {
        parts.push(Part::Head(head));
    }
    let find = |side: Side<'_>, id: &Id| side.whole.goal(id).map(|(_, goal)| side.lines(goal));
    for (index, (id, goal)) in later.whole.goals.iter().enumerate() {
        let words = goal.text.0.clone();
        match find(earlier, id) {
            None => parts.push(Part::GoalAdded(index + 1, words)),
            Some(before) => {
                let changes = changes(&before, &later.lines(goal));
                if !changes.is_empty() {
                    parts.push(Part::Goal(index + 1, words, changes));
                }
            }
        }
    }
    let gone = earlier.whole.goals.iter().enumerate().filter(|(_, (id, _))| later.whole.goal(id).is_none());
    parts.extend(gone.map(|(index, (_, goal))| Part::GoalDropped(index + 1, goal.text.0.clone())));
    parts
}

fn changes(before: &[Line], after: &[Line]) -> Vec<Change> {
    let find = |lines: &[Line], key: &str| lines.iter().find(|line| line.key == key).map(|line| line.text.clone());
    let mut changes: Vec<Change> = Vec::new();
    for line in after {
        let became = match find(before, &line.key) {
            None => Became::Added(line.text.clone()),
            Some(text) if text == line.text => continue,
            Some(text) => Became::Reworded(reworded(&text, &line.text)),
        };
        changes.push(Change { label: line.label, became });
    }
    let gone = before.iter().filter(|line| find(after, &line.key).is_none());
    changes.extend(gone.map(|line| Change { label: line.label, became: Became::Dropped(line.text.clone()) }));
    changes
}

/// The most words of two texts that are matched one by one: their product. Longer ones are shown whole, before and after.
const MOST: usize = 4_000_000;

/// What became of a text, by words: as much as can be is kept.
pub fn reworded(before: &str, after: &str) -> Vec<Piece> {
    let (old, new): (Vec<&str>, Vec<&str>) = (words(before), words(after));
    let mut pieces = Vec::new();
    if old.len().saturating_mul(new.len()) > MOST {
        return vec![Piece::Dropped(before.to_owned()), Piece::Added(after.to_owned())];
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
            push(&mut pieces, Piece::Kept(old[row].to_owned()));
            (row, column) = (row + 1, column + 1);
        } else if column == new.len()
            || (row < old.len() && longest[(row + 1) * width + column] >= longest[row * width + column + 1])
        {
            push(&mut pieces, Piece::Dropped(old[row].to_owned()));
            row += 1;
        } else {
            push(&mut pieces, Piece::Added(new[column].to_owned()));
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
fn push(pieces: &mut Vec<Piece>, piece: Piece) {
    match (pieces.last_mut(), piece) {
        (Some(Piece::Kept(text)), Piece::Kept(more))
        | (Some(Piece::Added(text)), Piece::Added(more))
        | (Some(Piece::Dropped(text)), Piece::Dropped(more)) => text.push_str(&more),
        (_, piece) => pieces.push(piece),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::progress::Nothing;
    use super::*;
    use crate::domain::goal::Initiative;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn whole(goals: &[(&str, &str)]) -> Whole {
        let goals = goals.iter().map(|(own, text)| (id(own), Goal { text: (*text).into(), ..Goal::default() }));
        Whole { goals: goals.collect(), ..Whole::default() }
    }

    fn compared(earlier: &Whole, later: &Whole) -> Vec<Part> {
        compare(Side { whole: earlier, known: &Nothing }, Side { whole: later, known: &Nothing })
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
            Piece::Kept("Flere børn ".to_owned()),
            Piece::Added("og unge ".to_owned()),
            Piece::Kept("trives".to_owned()),
        ];
        assert_eq!(
            compared(&earlier, &later),
            [
                Part::Head(vec![Change { label: "Leder", became: Became::Added("Anne".to_owned()) }]),
                Part::GoalAdded(1, "Budgettet holder".to_owned()),
                Part::Goal(
                    2,
                    "Flere børn og unge trives".to_owned(),
                    vec![
                        Change { label: "Mål", became: Became::Reworded(reworded) },
                        Change { label: "Indsats", became: Became::Added("Legegrupper".to_owned()) }
                    ]
                ),
                Part::GoalDropped(2, "Færre fraværsdage".to_owned()),
            ]
        );
        assert_eq!(compared(&earlier, &earlier), []);
    }

    proptest! {
        /// A comparison that lost a word would hide it from whoever signs.
        #[test]
        fn agreement_rewording_loses_no_word(before in "[abc ]{0,30}", after in "[abc ]{0,30}") {
            let pieces = reworded(&before, &after);
            let side = |takes: fn(&Piece) -> Option<&str>| pieces.iter().filter_map(takes).collect::<String>();
            prop_assert_eq!(side(|piece| match piece { Piece::Kept(text) | Piece::Dropped(text) => Some(text), Piece::Added(_) => None }), before);
            prop_assert_eq!(side(|piece| match piece { Piece::Kept(text) | Piece::Added(text) => Some(text), Piece::Dropped(_) => None }), after);
        }
    }
}
