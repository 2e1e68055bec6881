//! Long work a little at a time, so that the page goes on answering.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;

/// For how long work may keep the page from answering, in milliseconds.
const AT_A_TIME: f64 = 25.0;

/// Work that pauses.
#[derive(Clone, Copy, Debug)]
pub struct Pauses {
    since: f64,
}

impl Pauses {
    /// Work begins.
    pub fn begin() -> Self {
        Self { since: now() }
    }

    /// Lets the browser answer its user, if it has waited for some time: `true`.
    pub async fn breathe(&mut self) -> bool {
        if now() - self.since < AT_A_TIME {
            return false;
        }
        self.breathe_now().await;
        true
    }

    /// Lets the browser answer its user.
    pub async fn breathe_now(&mut self) {
        let waited = Promise::new(&mut |resolve, _| {
            if let Some(window) = web_sys::window() {
                // Refused to no window that shows a page.
                drop(window.set_timeout_with_callback(&resolve));
            }
        });
        drop(JsFuture::from(waited).await);
        self.since = now();
    }
}

/// Milliseconds of a clock that never goes back.
fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}
