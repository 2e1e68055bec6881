//! The worker that reads workbooks: fetched when the first one is chosen, and kept, so that the next needs no network.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Promise, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, MessageEvent, Worker};
use workbook::message::{Message, VERSION, WorkbookSheet};

/// The reader: a handle.
#[derive(Clone, Copy)]
pub(crate) struct WorkbookReader(StoredValue<Rc<WorkerState>, LocalStorage>);

/// What is kept of it.
#[derive(Default)]
struct WorkerState {
    /// The worker, once it has said that it is there.
    worker: RefCell<Option<Worker>>,
    /// The one that works at something, and how to end the waiting for it.
    at_work: RefCell<Option<(Worker, Function)>>,
    /// Counts what is done, so that the end of what was stopped is none of what was begun since.
    count: Cell<u64>,
    /// How far that is: how much is done, and of how much; of nothing where that cannot be told.
    progress: ArcRwSignal<(usize, usize)>,
}

const NOT_FETCHED: &str =
    "Læseren af regneark kunne ikke hentes. Er du på nettet? Prøv igen, eller gem regnearket som CSV, og hent det.";
const STALE: &str = "Læseren af regneark hører til en anden udgave af Kvalitetshjul. Genindlæs siden, og prøv igen.";
const ENDED: &str =
    "Regnearket er for stort eller beskadiget og kan ikke læses. Hent et mindre udsnit, eller gem det igen.";

impl WorkbookReader {
    pub(crate) fn new() -> Self {
        Self(StoredValue::new_local(Rc::default()))
    }

    /// The sheets of a book, or a sentence on why there are none; `None` where it was stopped.
    pub(crate) async fn read(self, book: &[u8]) -> Option<Result<Vec<WorkbookSheet>, String>> {
        let kept = self.0.get_value();
        let count = kept.count.get() + 1;
        kept.count.set(count);
        let there = kept.worker.borrow_mut().take();
        let worker = match there {
            Some(worker) => worker,
            None => match kept.begun(count).await? {
                Ok(worker) => worker,
                Err(words) => return Some(Err(words.to_owned())),
            },
        };
        let bytes = Uint8Array::from(book);
        let said = kept.said(&worker, count, || worker.post_message(&bytes)).await?;
        Some(match said {
            Some(Message::Sheets(sheets)) => {
                kept.worker.replace(Some(worker));
                Ok(sheets)
            }
            Some(Message::Refused(words)) => {
                kept.worker.replace(Some(worker));
                Err(words)
            }
            // It ran out of what it may take, or met what it does not know.
            Some(Message::Ready(_)) | None => {
                worker.terminate();
                Err(ENDED.to_owned())
            }
        })
    }

    /// The number of what is being done; `None` where the page is gone. When it is another, what was being done was stopped.
    pub(crate) fn turn(self) -> Option<u64> {
        Some(self.0.try_get_value()?.count.get())
    }

    /// How far what is being done is.
    pub(crate) fn progress(self) -> ArcRwSignal<(usize, usize)> {
        self.0.get_value().progress.clone()
    }

    /// Stops what is being read, or worked out. The worker ends with it: there is no other way to stop one.
    pub(crate) fn stop(self) {
        let Some(kept) = self.0.try_get_value() else { return };
        kept.count.set(kept.count.get() + 1);
        if let Some((worker, end)) = kept.at_work.take() {
            worker.terminate();
            drop(end.call0(&JsValue::UNDEFINED));
        }
    }
}

impl WorkerState {
    /// A worker that has said that it is there, and is of the version that this page knows.
    async fn begun(&self, count: u64) -> Option<Result<Worker, &'static str>> {
        let Some(worker) = name().and_then(|name| Worker::new(&name).ok()) else { return Some(Err(NOT_FETCHED)) };
        let said = self.said(&worker, count, || Ok(())).await?;
        Some(match said {
            Some(Message::Ready(version)) if version == VERSION => Ok(worker),
            said => {
                worker.terminate();
                Err(if said.is_none() { NOT_FETCHED } else { STALE })
            }
        })
    }

    /// What a worker says next; within, `None` where it failed, or said what is not known. `None` where it was stopped.
    async fn said(
        &self,
        worker: &Worker,
        count: u64,
        ask: impl FnOnce() -> Result<(), JsValue>,
    ) -> Option<Option<Message>> {
        let waits = Promise::new(&mut |said, failed| {
            worker.set_onmessage(Some(&said));
            let heard = Closure::<dyn Fn(Event)>::new(move |event: Event| {
                // It is said in the page: it is no error of the page's own.
                event.prevent_default();
                drop(failed.call0(&JsValue::UNDEFINED));
            });
            worker.set_onerror(Some(heard.into_js_value().unchecked_ref()));
            self.at_work.replace(Some((worker.clone(), said)));
        });
        let event = match ask() {
            Ok(()) => JsFuture::from(waits).await,
            Err(error) => Err(error),
        };
        if self.count.get() != count {
            return None;
        }
        self.at_work.take();
        let text = event.ok().and_then(|event| event.dyn_into::<MessageEvent>().ok()?.data().as_string());
        Some(text.and_then(|text| Message::read(&text)))
    }
}

/// Where the worker lies: the page says it, since its name changes with its bytes.
fn name() -> Option<String> {
    document().query_selector("meta[name=workbook]").ok().flatten()?.get_attribute("content")
}
