//! How long the page works at what a hand does: by Chromium's own record of its tasks.

use std::time::Duration;

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use serde_json::Value;

use super::Browser;
use crate::Outcome;

/// How many keys a record has room for, beside all that is done before them.
pub const MOST_KEYS: usize = 50;

/// How long after a key the next one comes: as of someone who types fast.
const BETWEEN: Duration = Duration::from_millis(120);

/// How many times slower than this the machine is made for what a hand notices.
pub const SLOWER: u32 = 4;

/// Marks each key where it comes to the page.
const MARKED: &str = "addEventListener('keydown', () => performance.mark('key'), true);";

/// What keys took, each the longest that the page worked at one go until the next, in milliseconds.
#[derive(Clone, Debug)]
pub struct Pace {
    /// The shortest first.
    pub keys: Vec<f64>,
}

impl Pace {
    /// What several records say together.
    #[must_use]
    pub fn of(records: impl IntoIterator<Item = Self>) -> Self {
        let mut keys: Vec<f64> = records.into_iter().flat_map(|record| record.keys).collect();
        keys.sort_by(f64::total_cmp);
        Self { keys }
    }

    /// That below which so many in a hundred lie.
    #[must_use]
    pub fn percentile(&self, below: usize) -> f64 {
        self.keys.get(self.keys.len() * below / 100).copied().unwrap_or_default()
    }
}

/// A task of a thread, or a mark in it; in microseconds.
struct Event {
    thread: (u64, u64),
    from: f64,
    length: f64,
}

impl Event {
    /// The event of a line of the record, where it is one of a name.
    fn read(line: &Value, name: &str) -> Option<Self> {
        let message: Value = serde_json::from_str(line["message"].as_str()?).ok()?;
        let event = &message["message"]["params"];
        (event["name"] == name).then_some(())?;
        Some(Self {
            thread: (event["pid"].as_u64()?, event["tid"].as_u64()?),
            from: event["ts"].as_f64()?,
            length: event["dur"].as_f64().unwrap_or_default(),
        })
    }
}

impl Browser {
    /// Presses keys one after the other, where the keyboard is, on a machine made [`SLOWER`], and says what they took. For a
    /// browser that [records](Self::start_recorded); its record is had once, whole, and holds [`MOST_KEYS`].
    ///
    /// # Errors
    /// The browser's, or nothing was recorded.
    pub fn pace(&self, keys: impl Iterator<Item = char>) -> Outcome<Pace> {
        self.slow_down(SLOWER)?;
        self.run(MARKED)?;
        // All in one go: what the driver does in the page to press a single key is longer than what the page does.
        let (mut typing, mut count) = (KeyActions::new("keyboard".to_owned()), 0);
        for value in keys {
            typing = typing.then(KeyAction::Down { value }).then(KeyAction::Up { value });
            typing = typing.then(KeyAction::Pause { duration: BETWEEN });
            count += 1;
        }
        self.runtime.block_on(self.client.perform_actions(typing))?;
        let record = self.log("performance")?;
        self.slow_down(1)?;
        let marks: Vec<Event> = record.iter().filter_map(|line| Event::read(line, "key")).collect();
        let page = marks.first().ok_or("no key was recorded")?.thread;
        let tasks = record.iter().filter_map(|line| Event::read(line, "RunTask"));
        let tasks: Vec<Event> = tasks.filter(|task| task.thread == page).collect();
        let mut from: Vec<f64> = marks.iter().map(|mark| mark.from).collect();
        from.sort_by(f64::total_cmp);
        if from.len() != count {
            return Err(format!("{count} keys, and {} were recorded", from.len()).into());
        }
        // After the last one comes what writes the record.
        let until = from.iter().skip(1).copied().chain(from.last().map(|last| last + 500_000.0));
        // The task in which a key comes began before it, and is not that of the key before.
        let longest = from.iter().zip(until).map(|(from, until)| {
            let of_key = tasks.iter().filter(|task| (*from..until).contains(&(task.from + task.length)));
            of_key.map(|task| task.length / 1000.0).fold(0.0, f64::max)
        });
        Ok(Pace::of([Pace { keys: longest.collect() }]))
    }
}
