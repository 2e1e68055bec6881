//! The time by the clock of this device, and measuring how long work takes.

use js_sys::Date as JsDate;
use wasm_bindgen::prelude::*;
use web_sys::Performance;

use crate::domain::date::Date;
use crate::domain::date::Timestamp;

/// Returns the current moment.
pub(crate) fn now() -> Timestamp {
    #[allow(clippy::cast_possible_truncation, reason = "the seconds since 1970 fit in 64 bits")]
    let seconds = (JsDate::now() / 1000.0) as i64;
    Timestamp::from_seconds(seconds)
        .or_else(|| Timestamp::from_seconds(0))
        .expect_throw("second 0 is a valid timestamp")
}

/// Returns the current day in the time zone of the user.
pub(crate) fn today() -> Date {
    day_of(&JsDate::new_0())
}

fn day_of(moment: &JsDate) -> Date {
    let year = u16::try_from(moment.get_full_year()).unwrap_or(1970);
    let (month, day) = (u8::try_from(moment.get_month() + 1), u8::try_from(moment.get_date()));
    Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).unwrap_or_else(|| self::now().date())
}

/// Returns the time of day in the time zone of the user: `10.42`.
pub(crate) fn time_of_day() -> String {
    time_of(&JsDate::new_0())
}

fn time_of(moment: &JsDate) -> String {
    format!("{:02}.{:02}", moment.get_hours(), moment.get_minutes())
}

/// Formats a moment in Danish, in the time zone of the user: `15. marts 2026 kl. 10.42`.
pub(crate) fn danish(moment: Timestamp) -> String {
    let moment = js_moment(moment);
    format!("{} kl. {}", day_of(&moment).danish(), time_of(&moment))
}

/// Formats the day of a moment in Danish, in the time zone of the user: `15. marts 2026`, or `i dag`.
pub(crate) fn day_in_words(moment: Timestamp) -> String {
    let day = day_of(&js_moment(moment));
    if day == today() { "i dag".to_owned() } else { day.danish() }
}

fn js_moment(moment: Timestamp) -> JsDate {
    #[allow(clippy::cast_precision_loss, reason = "an f64 holds the seconds of any timestamp exactly")]
    JsDate::new(&JsValue::from_f64(moment.seconds() as f64 * 1000.0))
}

/// A piece of work whose duration is measured, for the developer tools of browsers and for `cargo xtask bench`.
pub(crate) struct Measured {
    name: &'static str,
}

impl Measured {
    /// Starts a measurement.
    pub(crate) fn begin(name: &'static str) -> Self {
        if let Some(performance) = performance() {
            // Only the latest measurement of each name is kept: the list must not grow with every save.
            performance.clear_measures_with_measure_name(name);
            // Marking fails for reserved names only; no name of this app is reserved.
            drop(performance.mark(name));
        }
        Self { name }
    }

    /// Ends the measurement.
    pub(crate) fn end(self) {
        if let Some(performance) = performance() {
            drop(performance.measure_with_start_mark(self.name, self.name));
            performance.clear_marks_with_mark_name(self.name);
        }
    }
}

/// Returns the milliseconds of a clock that never goes back.
pub(crate) fn monotonic_ms() -> f64 {
    performance().map_or(0.0, |performance| performance.now())
}

fn performance() -> Option<Performance> {
    web_sys::window().and_then(|window| window.performance())
}
