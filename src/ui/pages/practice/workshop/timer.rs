//! A countdown of the suggested minutes of a phase, for those who start it. Nothing happens at its end.

use std::time::Duration;

use leptos::prelude::*;

use crate::store::report::report;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_text, dynamic_view, on_click};
use crate::ui::platform;

/// The countdown, with its button.
pub(crate) fn timer(minutes: u8) -> BuiltView {
    let total = i64::from(minutes) * 60;
    // The moment of its end in seconds, by this device's clock; `None` while it is stopped.
    let end = RwSignal::new(None::<i64>);
    let left = RwSignal::new(total);
    let tick = set_interval_with_handle(
        move || {
            if let Some(end) = end.get_untracked() {
                left.set((end - platform::clock::now().seconds()).max(0));
            }
        },
        Duration::from_millis(500),
    );
    match tick {
        Ok(tick) => on_cleanup(move || tick.clear()),
        Err(reason) => report("starting the countdown", &reason),
    }
    let is_running = Memo::new(move |_| end.with(Option::is_some));
    let text = dynamic_text(move || match left.get() {
        0 => "Tiden er gået. Gå videre, når I er klar.".to_owned(),
        left => format!("{}.{:02}", left / 60, left % 60),
    });
    let action = dynamic_view(move || {
        if is_running.get() {
            button_with_class("quiet", "Stop uret", on_click(move || end.set(None)))
        } else {
            button_with_class(
                "quiet",
                "Start uret",
                on_click(move || {
                    if left.get_untracked() == 0 {
                        left.set(total);
                    }
                    end.set(Some(platform::clock::now().seconds() + left.get_untracked()));
                }),
            )
        }
    });
    build_view(view! { <div class="timer"><span role="timer">{text}</span>{action}</div> })
}
