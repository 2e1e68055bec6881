//! Splits long work into slices, so that the page goes on answering.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

/// The longest slice of work, in milliseconds.
const SLICE: f64 = 25.0;

/// A piece of long work, with the start of its current slice.
#[derive(Clone, Copy, Debug)]
pub struct TimeSlices {
    slice_start: f64,
}

impl TimeSlices {
    /// Begins the first slice.
    pub fn begin() -> Self {
        Self { slice_start: now() }
    }

    /// Lets the browser handle events, if the current slice is over, and begins a new slice. Returns whether it did.
    pub async fn yield_if_due(&mut self) -> bool {
        if now() - self.slice_start < SLICE {
            return false;
        }
        self.yield_now().await;
        true
    }

    /// Lets the browser handle events, and begins a new slice.
    pub async fn yield_now(&mut self) {
        let timeout = Promise::new(&mut |resolve, _| {
            if let Some(window) = web_sys::window() {
                // A window that shows a page grants every timer.
                drop(window.set_timeout_with_callback(&resolve));
            }
        });
        // The promise is only ever resolved, never rejected.
        drop(JsFuture::from(timeout).await);
        self.slice_start = now();
    }
}

/// Milliseconds of a clock that never goes back.
fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}
