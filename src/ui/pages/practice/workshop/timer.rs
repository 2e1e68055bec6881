//! A countdown of the suggested minutes of a phase, for those who start it. Nothing happens at its end.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use crate::domain::workshop::Timer;
use crate::store::report::report;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_text, on_click};
use crate::ui::platform;

/// The seconds of this device's clock. The signal is updated until the page is left.
pub(super) fn clock_seconds() -> RwSignal<i64> {
    let now = RwSignal::new(platform::clock::now().seconds());
    let tick = set_interval_with_handle(
        move || {
            let seconds = platform::clock::now().seconds();
            if now.try_get_untracked().is_some_and(|shown| shown != seconds) {
                now.set(seconds);
            }
        },
        Duration::from_millis(250),
    );
    match tick {
        Ok(tick) => on_cleanup(move || tick.clear()),
        Err(reason) => report("starting the countdown", &reason),
    }
    now
}

/// A countdown of its own, with its buttons.
pub(crate) fn timer(minutes: u8) -> BuiltView {
    let timer = RwSignal::new(Timer::of_minutes(minutes));
    timer_view(move || timer.get(), Rc::new(move |change: TimerChange<'_>| timer.update(|timer| change(timer))))
}

/// A change of a timer.
pub(super) type TimerChange<'c> = &'c dyn Fn(&mut Timer);

/// The countdown that `timer` gives, with the buttons that change it.
pub(super) fn timer_view(timer: impl Fn() -> Timer + Copy + 'static, change: Rc<dyn Fn(TimerChange)>) -> BuiltView {
    let now = clock_seconds();
    let text = dynamic_text(move || {
        let (timer, now) = (timer(), now.get());
        if timer.left(now) == 0 { "Tiden er gået. Gå videre, når I er klar.".to_owned() } else { timer.danish(now) }
    });
    let (toggle, add) = (Rc::clone(&change), change);
    // The label follows whether the timer runs, and not each second.
    let is_running = Memo::new({
        let timer = send_wrapper::SendWrapper::new(timer);
        move |_| timer().is_running()
    });
    let is_over = Memo::new({
        let timer = send_wrapper::SendWrapper::new(timer);
        move |_| timer().left(now.get()) == 0
    });
    let label = dynamic_text(move || if is_running.get() { "Stop uret" } else { "Start uret" }.to_owned());
    let press = move || toggle(&|timer: &mut Timer| timer.toggle(platform::clock::now().seconds()));
    let toggle_button = build_view(view! {
        <button type="button" class="quiet" disabled=move || is_over.get() on:click=on_click(press)>{label}</button>
    });
    let add = move || add(&|timer: &mut Timer| timer.add_minute(platform::clock::now().seconds()));
    build_view(view! {
        <div class="timer">
            <span role="timer">{text}</span>
            {toggle_button}
            {button_with_class("quiet", "Et minut mere", on_click(add))}
        </div>
    })
}
