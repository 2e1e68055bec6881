//! The web worker that reads QR codes. It is fetched on the pages of workshops in a browser that reads none itself, and kept
//! as long as the app is open, so that the camera needs no network.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Array, Function, Promise};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, MessageEvent, Worker};

use crate::store::report::report;

/// The time that the worker may take to be fetched.
const START_PATIENCE: Duration = Duration::from_secs(30);
/// The time that the worker may take to read one picture.
const READ_PATIENCE: Duration = Duration::from_secs(5);
/// The number of pictures in a row at which workers end before the scanner gives up. A worker may end at a rare picture.
const MOST_FAILURES: u8 = 10;

const NOT_FETCHED: &str = "Læseren af QR-koder kunne ikke hentes. De svar, der er talt med, er her stadig. \
    Er du på nettet? Prøv igen, eller skriv koden.";
const ENDED: &str =
    "Læseren af QR-koder er gået i stå. De svar, der er talt med, er her stadig. Prøv igen, eller skriv koden.";

thread_local! {
    /// The scanner of the app.
    static SHARED: Rc<ScannerWorker> = Rc::default();
}

/// Reads the QR codes in pictures, in a worker that is started when it is needed.
#[derive(Default)]
pub(crate) struct ScannerWorker {
    /// The idle worker, once one is ready.
    idle: RefCell<Option<RunningWorker>>,
    /// The number of pictures in a row at which workers have ended.
    failures: Cell<u8>,
}

impl ScannerWorker {
    /// Returns the scanner of the app.
    pub(crate) fn shared() -> Rc<Self> {
        SHARED.with(Rc::clone)
    }

    /// Starts the worker ahead of the first picture. Without a network nothing happens: the first picture tries again.
    pub(crate) async fn prepare(&self) {
        if self.idle.borrow().is_none()
            && let Ok(running) = RunningWorker::start().await
        {
            self.idle.replace(Some(running));
        }
    }

    /// Reads a code in a picture: its width in pixels, and the buffer of its pixels, which the page loses. A picture at
    /// which the worker ends gives no code, and the next one goes to a new worker.
    ///
    /// # Errors
    /// A sentence in Danish on why no codes can be read.
    pub(crate) async fn read(&self, width: f64, pixels: &JsValue) -> Result<Option<String>, &'static str> {
        let idle = self.idle.borrow_mut().take();
        let running = match idle {
            Some(running) => running,
            None => RunningWorker::start().await?,
        };
        let picture = Array::of2(&width.into(), pixels);
        let ask = || running.worker.post_message_with_transfer(&picture, &Array::of1(pixels));
        if let Some(code) = running.next_message(READ_PATIENCE, ask).await {
            self.failures.set(0);
            self.idle.replace(Some(running));
            return Ok(Some(code).filter(|code| !code.is_empty()));
        }
        report("reading a QR code", &"the worker ended or was too slow");
        let failures = self.failures.get() + 1;
        if failures < MOST_FAILURES {
            self.failures.set(failures);
            return Ok(None);
        }
        self.failures.set(0);
        Err(ENDED)
    }
}

/// A worker. It ends when this is dropped.
struct RunningWorker {
    worker: Worker,
    /// The function that resolves the promise of the next message, as long as one is awaited.
    resolve: Rc<RefCell<Option<Function>>>,
}

impl RunningWorker {
    /// Starts a worker, and waits until it is ready.
    ///
    /// # Errors
    /// A sentence in Danish, if the worker cannot be fetched.
    async fn start() -> Result<Self, &'static str> {
        let worker = worker_address().and_then(|address| Worker::new(&address).ok()).ok_or(NOT_FETCHED)?;
        let resolve = Rc::<RefCell<Option<Function>>>::default();
        let on_error = {
            let resolve = Rc::clone(&resolve);
            Closure::<dyn Fn(Event)>::new(move |event: Event| {
                // The page goes on without the worker, so the browser must not report the error as an uncaught one.
                event.prevent_default();
                let resolve = resolve.borrow_mut().take();
                if let Some(resolve) = resolve {
                    // A promise's own function does not fail.
                    drop(resolve.call0(&JsValue::UNDEFINED));
                }
            })
        };
        worker.set_onerror(Some(on_error.into_js_value().unchecked_ref()));
        let running = Self { worker, resolve };
        // The first message says that the worker is ready.
        running.next_message(START_PATIENCE, || Ok(())).await.map(|_| running).ok_or(NOT_FETCHED)
    }

    /// Calls `ask` and waits for the next message. `None` if the worker failed, took longer than `patience`, or sent
    /// something else.
    async fn next_message(&self, patience: Duration, ask: impl FnOnce() -> Result<(), JsValue>) -> Option<String> {
        let answer = Promise::new(&mut |resolve, _| {
            self.worker.set_onmessage(Some(&resolve));
            self.resolve.replace(Some(resolve.clone()));
            // A promise that is resolved already stays as it is.
            set_timeout(move || drop(resolve.call0(&JsValue::UNDEFINED)), patience);
        });
        if let Err(reason) = ask() {
            report("sending a picture to the scanner", &reason);
            return None;
        }
        let event = JsFuture::from(answer).await.ok()?;
        event.dyn_into::<MessageEvent>().ok()?.data().as_string()
    }
}

impl Drop for RunningWorker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// Returns the address of the worker. A `meta` tag holds it, since the file name contains a hash of the content.
fn worker_address() -> Option<String> {
    document().query_selector("meta[name=scanner]").ok().flatten()?.get_attribute("content")
}
