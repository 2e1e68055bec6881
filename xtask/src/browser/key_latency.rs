//! Measures how long the page works at each key, from Chromium's recording of its tasks.

use std::time::Duration;

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use serde_json::Value;

use super::Browser;
use crate::Outcome;

/// The number of keys that fit into one recording.
pub const MOST_KEYS: usize = 50;

/// The pause between two keys: that of a fast typist.
const KEY_INTERVAL: Duration = Duration::from_millis(120);

/// The factor by which the processor is slowed down while keys are measured.
pub const SLOWER: u32 = 4;

/// Script that marks each key in the recording.
const MARK_KEYS: &str = "addEventListener('keydown', () => performance.mark('key'), true);";

/// For each key the duration of the longest task until the next key, in milliseconds.
#[derive(Clone, Debug)]
pub struct KeyLatencies {
    /// The durations in ascending order.
    pub keys: Vec<f64>,
}

impl KeyLatencies {
    /// Joins several recordings.
    #[must_use]
    pub fn of(records: impl IntoIterator<Item = Self>) -> Self {
        let mut keys: Vec<f64> = records.into_iter().flat_map(|record| record.keys).collect();
        keys.sort_by(f64::total_cmp);
        Self { keys }
    }

    /// The duration below which `below` per cent of the keys lie.
    #[must_use]
    pub fn percentile(&self, below: usize) -> f64 {
        self.keys.get(self.keys.len() * below / 100).copied().unwrap_or_default()
    }
}

/// A task of a thread, or a mark in it. Times are in microseconds.
struct Event {
    thread: (u64, u64),
    from: f64,
    length: f64,
}

impl Event {
    /// Reads the event of a line of the recording; `None` when it has another name.
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
    /// Presses keys in the focused element on a processor made [`SLOWER`], and measures each.
    ///
    /// The browser must be started [recorded](Self::start_recorded). Its recording is read once and holds [`MOST_KEYS`].
    ///
    /// # Errors
    /// The driver reports an error, or a key was not recorded.
    pub fn measure_keys(&self, keys: impl Iterator<Item = char>) -> Outcome<KeyLatencies> {
        self.slow_down(SLOWER)?;
        self.run(MARK_KEYS)?;
        // One command for all keys: the driver's own work in the page for a command takes longer than the page's for a key.
        let (mut typing, mut count) = (KeyActions::new("keyboard".to_owned()), 0);
        for value in keys {
            typing = typing.then(KeyAction::Down { value }).then(KeyAction::Up { value });
            typing = typing.then(KeyAction::Pause { duration: KEY_INTERVAL });
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
        // The work after the last key writes the recording.
        let until = from.iter().skip(1).copied().chain(from.last().map(|last| last + 500_000.0));
        // The task of a key begins before the key's mark, and ends after it.

        let longest = from.iter().zip(until).map(|(from, until)| {
            let of_key = tasks.iter().filter(|task| (*from..until).contains(&(task.from + task.length)));
            of_key.map(|task| task.length / 1000.0).fold(0.0, f64::max)
        });
        Ok(KeyLatencies::of([KeyLatencies { keys: longest.collect() }]))
    }
}
