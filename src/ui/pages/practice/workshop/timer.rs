//! The suggested minutes of a phase, counted down for those who wish it. Nothing happens when they are over.

use std::time::Duration;

use leptos::prelude::*;

use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_text, dynamic_view, on_click};
use crate::ui::platform;

/// A clock that counts minutes down.
pub(crate) fn timer(minutes: u8) -> BuiltView {
    let all = i64::from(minutes) * 60;
    // When it ends, by this device's clock, as long as it runs.
    let ends = RwSignal::new(None::<i64>);
    let left = RwSignal::new(all);
    let tick = set_interval_with_handle(
        move || {
            if let Some(ends) = ends.get_untracked() {
                left.set((ends - platform::clock::now().seconds()).max(0));
            }
        },
        Duration::from_millis(500),
    );
    on_cleanup(move || {
        if let Ok(tick) = tick {
            tick.clear();
        }
    });
    let is_running = Memo::new(move |_| ends.with(Option::is_some));
    let words = dynamic_text(move || match left.get() {
        0 => "Tiden er gået. Gå videre, når I er klar.".to_owned(),
        left => format!("{}.{:02}", left / 60, left % 60),
    });
    let act = dynamic_view(move || {
        if is_running.get() {
            button_with_class("quiet", "Stop uret", on_click(move || ends.set(None)))
        } else {
            button_with_class(
                "quiet",
                "Start uret",
                on_click(move || {
                    if left.get_untracked() == 0 {
                        left.set(all);
                    }
                    ends.set(Some(platform::clock::now().seconds() + left.get_untracked()));
                }),
            )
        }
    });
    build_view(view! { <div class="timer"><span role="timer">{words}</span>{act}</div> })
}
