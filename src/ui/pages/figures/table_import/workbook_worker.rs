//! The web worker that reads workbooks. It is fetched when the first workbook is chosen, and kept, so that later
//! workbooks need no network.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, MessageEvent, Worker};
use workbook::message::{Message, VERSION, WorkbookSheet};

/// Reader of workbooks. A handle that is cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct WorkbookReader(StoredValue<Rc<WorkerState>, LocalStorage>);

/// State of the reader.
#[derive(Default)]
struct WorkerState {
    /// The idle worker, once it has reported that it is ready.
    worker: RefCell<Option<Worker>>,
    /// The busy worker, and the function that resolves the promise waiting for its message.
    busy: RefCell<Option<(Worker, Function)>>,
    /// The number of the current job. The result of a stopped job is ignored, since the number has changed since.
    job: Cell<u64>,
    /// Progress of the current job: the amount done, and the total, which is 0 if unknown.
    progress: ArcRwSignal<(usize, usize)>,
}

const NOT_FETCHED: &str =
    "Læseren af regneark kunne ikke hentes. Er du på nettet? Prøv igen, eller gem regnearket som CSV, og hent det.";
const STALE: &str = "Læseren af regneark hører til en anden udgave af Kvalitetshjul. Genindlæs siden, og prøv igen.";
const ENDED: &str =
    "Regnearket er for stort eller beskadiget og kan ikke læses. Hent et mindre udsnit, eller gem det igen.";

impl WorkbookReader {
    /// Returns a reader without a worker.
    pub(crate) fn new() -> Self {
        Self(StoredValue::new_local(Rc::default()))
    }

    /// Reads the sheets of a workbook. `None` if the job was stopped.
    ///
    /// # Errors
    /// A sentence in Danish on why the workbook cannot be read.
    pub(crate) async fn read(self, workbook: &[u8]) -> Option<Result<Vec<WorkbookSheet>, String>> {
        let state = self.0.get_value();
        let job = state.job.get() + 1;
        state.job.set(job);
        let idle_worker = state.worker.borrow_mut().take();
        let worker = match idle_worker {
            Some(worker) => worker,
            None => match state.start(job).await? {
                Ok(worker) => worker,
                Err(words) => return Some(Err(words.to_owned())),
            },
        };
        let bytes = Uint8Array::from(workbook);
        let message = state.next_message(&worker, job, || worker.post_message(&bytes)).await?;
        Some(match message {
            Some(Message::Sheets(sheets)) => {
                state.worker.replace(Some(worker));
                Ok(sheets)
            }
            Some(Message::Refused(words)) => {
                state.worker.replace(Some(worker));
                Err(words)
            }
            // The worker failed, for instance out of memory, or sent an unexpected message.
            Some(Message::Ready(_)) | None => {
                worker.terminate();
                Err(ENDED.to_owned())
            }
        })
    }

    /// Returns the number of the current job; `None` if the page is gone. A job whose number has changed was stopped.
    pub(crate) fn current_job(self) -> Option<u64> {
        Some(self.0.try_get_value()?.job.get())
    }

    /// Returns the progress of the current job: the amount done, and the total.
    pub(crate) fn progress(self) -> ArcRwSignal<(usize, usize)> {
        self.0.get_value().progress.clone()
    }

    /// Stops the current job. A busy worker is terminated, since a worker cannot be stopped otherwise.
    pub(crate) fn stop(self) {
        let Some(state) = self.0.try_get_value() else { return };
        state.job.set(state.job.get() + 1);
        if let Some((worker, resolve)) = state.busy.take() {
            worker.terminate();
            drop(resolve.call0(&JsValue::UNDEFINED));
        }
    }
}

impl WorkerState {
    /// Starts a worker and waits until it is ready. `None` if the job was stopped.
    ///
    /// # Errors
    /// A sentence in Danish, if the worker cannot be fetched or is of another version.
    async fn start(&self, job: u64) -> Option<Result<Worker, &'static str>> {
        let Some(worker) = worker_address().and_then(|address| Worker::new(&address).ok()) else {
            return Some(Err(NOT_FETCHED));
        };
        let message = self.next_message(&worker, job, || Ok(())).await?;
        Some(match message {
            Some(Message::Ready(version)) if version == VERSION => Ok(worker),
            message => {
                worker.terminate();
                Err(if message.is_none() { NOT_FETCHED } else { STALE })
            }
        })
    }

    /// Calls `ask` and waits for the next message of a worker. The outer option is `None` if the job was stopped;
    /// the inner option is `None` if the worker failed or its message cannot be read.
    async fn next_message(
        &self,
        worker: &Worker,
        job: u64,
        ask: impl FnOnce() -> Result<(), JsValue>,
    ) -> Option<Option<Message>> {
        let reply = Promise::new(&mut |resolve, reject| {
            worker.set_onmessage(Some(&resolve));
            let on_error = Closure::<dyn Fn(Event)>::new(move |event: Event| {
                // The page shows the error, so the browser must not report it as an uncaught one.
                event.prevent_default();
                drop(reject.call0(&JsValue::UNDEFINED));
            });
            worker.set_onerror(Some(on_error.into_js_value().unchecked_ref()));
            self.busy.replace(Some((worker.clone(), resolve)));
        });
        let event = match ask() {
            Ok(()) => JsFuture::from(reply).await,
            Err(error) => Err(error),
        };
        if self.job.get() != job {
            return None;
        }
        self.busy.take();
        let text = event.ok().and_then(|event| event.dyn_into::<MessageEvent>().ok()?.data().as_string());
        Some(text.and_then(|text| Message::read(&text)))
    }
}

/// Returns the address of the worker. A `meta` tag holds it, since the file name contains a hash of the content.
fn worker_address() -> Option<String> {
    document().query_selector("meta[name=workbook]").ok().flatten()?.get_attribute("content")
}
