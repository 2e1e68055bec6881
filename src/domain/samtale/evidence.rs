//! What is known about the subject of a topic, beside its figures: the texts about the latest figure, and how far the
//! goals are that hang on the subject.

use crate::domain::date::Date;
use crate::domain::dialogue::Dialogue;
use crate::domain::goal::Goal;
use crate::domain::id::Id;
use crate::domain::midtvejs::{Difference, GoalCourse, Midtvejsstatus};

/// The texts about a figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureTexts {
    /// The texts that are written, each with its Danish label.
    pub written: Vec<(&'static str, String)>,
    /// The Danish names of the texts that are not written.
    pub missing: Vec<&'static str>,
}

/// The statements of a midterm status about the goals that hang on a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MidtermEvidence {
    /// The day on which the status was finished.
    pub finished: Option<Date>,
    /// The goals, in the order of the agreement; at least one.
    pub goals: Vec<GoalEvidence>,
}

/// The statement of a midterm status about one goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalEvidence {
    /// The text of the goal.
    pub goal: String,
    /// How far the goal is.
    pub course: Option<GoalCourse>,
    /// Whether the initiatives made a difference.
    pub difference: Option<Difference>,
    /// The signs of progression that were seen; may be empty.
    pub signs: String,
}

impl FigureTexts {
    /// Collects the texts of the dialogue about a figure, and the note on the figure itself.
    pub fn of(dialogue: &Dialogue, note: &str) -> Self {
        let texts = [
            ("Faglig vurdering", "faglig vurdering", dialogue.assessment.as_str()),
            ("Børn og unge", "børns og unges stemme", dialogue.children.as_str()),
            ("Forældre", "forældres stemme", dialogue.parents.as_str()),
            ("Fagprofessionelle", "fagprofessionelles stemme", dialogue.professionals.as_str()),
            ("Bemærkning til tallet", "bemærkning til tallet", note),
            // The three texts of the dialogue note have no names of their own: the note is missing if all three are.
            ("Spørgsmål", "", dialogue.question.as_str()),
            ("Mekanisme", "", dialogue.mechanism.as_str()),
            ("Mulig indsats", "", dialogue.initiative.as_str()),
        ];
        let mut found = Self::default();
        let mut has_note = false;
        for (label, missing, text) in texts {
            let text = text.trim();
            if !text.is_empty() {
                has_note |= missing.is_empty();
                found.written.push((label, text.to_owned()));
            } else if !missing.is_empty() {
                found.missing.push(missing);
            }
        }
        if !has_note {
            found.missing.push("dialognote");
        }
        found
    }
}

/// Returns the last midterm status about the goals that hang on a subject: an indicator or a theme. `None` if no status
/// says anything about such a goal.
///
/// `agreements` are the goals and the midterm status of each agreement of the unit, the newest agreement first.
pub fn last_midterm(agreements: &[(Vec<(Id, Goal)>, Midtvejsstatus)], subject: &Id) -> Option<MidtermEvidence> {
    agreements.iter().find_map(|(goals, status)| {
        let hanging = goals.iter().filter(|(_, goal)| goal.anchors.values().any(|anchor| anchor.id() == subject));
        let goals: Vec<GoalEvidence> = hanging
            .filter_map(|(id, goal)| {
                let own = status.goals.get(id)?;
                let signs = own.signs_seen.as_str().trim().to_owned();
                let says_something = own.course.is_some() || own.difference.is_some() || !signs.is_empty();
                says_something.then(|| GoalEvidence {
                    goal: goal.text.as_str().trim().to_owned(),
                    course: own.course,
                    difference: own.difference,
                    signs,
                })
            })
            .collect();
        (!goals.is_empty()).then_some(MidtermEvidence { finished: status.finished, goals })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::goal::Anchor;
    use crate::domain::midtvejs::GoalStatus;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    #[test]
    fn texts_are_written_or_missing() {
        let none = FigureTexts::of(&Dialogue::default(), " ");
        assert!(none.written.is_empty());
        assert_eq!(
            none.missing.join(", "),
            "faglig vurdering, børns og unges stemme, forældres stemme, fagprofessionelles stemme, \
             bemærkning til tallet, dialognote"
        );

        let dialogue = Dialogue {
            assessment: " Flest om mandagen. ".into(),
            parents: "Vi ringer først kl. 9.".into(),
            mechanism: "Mandagen begynder med matematik.".into(),
            ..Dialogue::default()
        };
        let some = FigureTexts::of(&dialogue, "Uden sygdom");
        let written: Vec<_> = some.written.iter().map(|(label, text)| (*label, text.as_str())).collect();
        assert_eq!(
            written,
            [
                ("Faglig vurdering", "Flest om mandagen."),
                ("Forældre", "Vi ringer først kl. 9."),
                ("Bemærkning til tallet", "Uden sygdom"),
                ("Mekanisme", "Mandagen begynder med matematik."),
            ]
        );
        assert_eq!(some.missing, ["børns og unges stemme", "fagprofessionelles stemme"]);
    }

    /// An agreement with one goal that hangs on `anchor`, and the status of that goal.
    fn agreement(text: &str, anchor: &str, status: Option<GoalStatus>) -> (Vec<(Id, Goal)>, Midtvejsstatus) {
        let mut goal = Goal { text: text.into(), ..Goal::default() };
        goal.anchors.insert(id(anchor), Anchor::Indicator(id(anchor)));
        let mut all = Midtvejsstatus { finished: Date::new(2025, 8, 20), ..Midtvejsstatus::default() };
        if let Some(status) = status {
            all.goals.insert(id("maal"), status);
        }
        (vec![(id("maal"), goal)], all)
    }

    #[test]
    fn last_midterm_is_the_newest_that_says_something_about_a_goal_on_the_subject() {
        let reached = || GoalStatus { course: Some(GoalCourse::Reached), ..GoalStatus::default() };
        let seen = GoalStatus { signs_seen: "Flere hilser".into(), ..GoalStatus::default() };
        let blank = GoalStatus { keep: "Legegrupperne".into(), ..GoalStatus::default() };
        let all = [
            agreement("Det nye", "fravaer", None),
            agreement("Tomt", "fravaer", Some(blank)),
            agreement("Et andet", "trivsel", Some(reached())),
            agreement("Det gamle", "fravaer", Some(seen)),
            agreement("Det ældste", "fravaer", Some(reached())),
        ];
        let evidence = last_midterm(&all, &id("fravaer")).unwrap();
        assert_eq!(evidence.finished, Date::new(2025, 8, 20));
        let [goal] = &*evidence.goals else { panic!("one goal hangs on the subject") };
        assert_eq!((goal.goal.as_str(), goal.course, goal.signs.as_str()), ("Det gamle", None, "Flere hilser"));
        let other = last_midterm(&all, &id("trivsel")).unwrap();
        assert_eq!(other.goals[0].course, Some(GoalCourse::Reached));
        assert_eq!(last_midterm(&all, &id("laesning")), None);
        assert_eq!(last_midterm(&[], &id("fravaer")), None);
    }
}
