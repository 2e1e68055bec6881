//! An invented agreement of any size, for measurements.

use kvalitetshjul::domain::aftale::Aftale;
use kvalitetshjul::domain::comment::Comment;
use kvalitetshjul::domain::date::{Date, Timestamp};
use kvalitetshjul::domain::enhed::{Enhed, Level};
use kvalitetshjul::domain::goal::{Area, Goal, Initiative};
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::period::Span;
use kvalitetshjul::domain::text::UserText;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::Author;
use kvalitetshjul::record::{Record, Records};

use crate::Outcome;
use crate::sample_data::municipality::file_of;

/// The size of an agreement.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// The number of goals.
    pub goals: usize,
    /// The number of initiatives of each goal.
    pub initiatives: usize,
    /// The number of comments, distributed over the goals.
    pub comments: usize,
}

impl Size {
    /// The largest agreement that the app promises to handle: 60 goals, 300 initiatives, 200 comments.
    pub const LARGE: Self = Self { goals: 60, initiatives: 5, comments: 200 };
    /// A usual agreement.
    pub const USUAL: Self = Self { goals: 6, initiatives: 5, comments: 20 };
}

/// The address of the agreement.
pub const AGREEMENT: &str = "#/aftale/aftale";
/// The address of its first goal.
pub const FIRST_GOAL: &str = "#/aftale/aftale/goal0";
/// The label of the field with that goal's text.
pub const FIRST_TEXT: &str = "#goal0-text";

/// Writes an agreement of a size as a file.
///
/// # Errors
/// A record is invalid.
pub fn agreement(size: Size) -> Outcome<String> {
    let id = |text: &str| Id::parse(text).ok_or("no id");
    let at = Timestamp::parse("2026-05-01T08:00:00Z").ok_or("no time")?;
    let author = Author { actor: Actor::from_random([9; 10]), at, by: None };
    let words = UserText("Flere børn og unge er med i fællesskabet, og de mærker det selv. ".repeat(3));
    let mut records = Records::new();
    let mut add = |record: Record| drop(records.insert(record.id().clone(), record));
    let unit = Enhed { name: "Skolen ved Søen".into(), level: Level::new(3), ..Enhed::default() };
    add(Record::create(id("enhed")?, &unit, &author)?);
    let head = Aftale {
        title: "Aftalen".into(),
        unit: Some(id("enhed")?),
        level: Level::new(3),
        period: Some(Span { from: Date::new(2026, 8, 1), to: Date::new(2028, 7, 31) }),
        ..Aftale::default()
    };
    add(Record::create(id("aftale")?, &head, &author)?);
    for index in 0..size.goals {
        let mut goal = Goal {
            text: words.clone(),
            aftale: Some(id("aftale")?),
            area: Some(Area::ALL[index % 3]),
            signs_of_progression: words.clone(),
            expected_effect: words.clone(),
            order: Some(format!("a{index:03}")),
            ..Goal::default()
        };
        for own in 0..size.initiatives {
            let initiative = Initiative { text: words.clone(), responsible: "Teamet".into(), ..Initiative::default() };
            goal.initiatives.insert(id(&format!("i{own}"))?, initiative);
        }
        add(Record::create(id(&format!("goal{index}"))?, &goal, &author)?);
    }
    for index in 0..size.comments {
        let comment = Comment {
            text: words.clone(),
            on: Some(id(&format!("goal{}", index % size.goals))?),
            field: Some("/text".to_owned()),
            ..Comment::default()
        };
        add(Record::create(id(&format!("comment{index}"))?, &comment, &author)?);
    }
    file_of(&records)
}
