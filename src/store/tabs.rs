//! Messages between the tabs of one browser: the ids of records that a tab has written.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

use crate::domain::id::Id;
use crate::record::Record;

use super::prefix;

/// A channel to the other tabs.
#[derive(Clone, Debug)]
pub struct Tabs {
    channel: BroadcastChannel,
}

impl Tabs {
    /// Opens the channel, and calls `hear` from then on with the ids of records that other tabs have written. `None`
    /// where the browser has no such channel: a page then learns what others wrote when it is shown again.
    pub fn open(hear: impl Fn(Vec<Id>) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(&prefix()).ok()?;
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let ids = Array::from(&event.data());
            hear(ids.iter().filter_map(|id| Id::parse(&id.as_string()?)).collect());
        });
        channel.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
        Some(Self { channel })
    }

    /// Tells the other tabs that records have been written.
    pub fn announce(&self, written: &[Record]) {
        let ids: Array = written.iter().map(|record| JsValue::from_str(record.id().as_str())).collect();
        // Fails on a closed channel alone. This tab is being left then; other tabs find what it wrote by the count of
        // writes.
        drop(self.channel.post_message(&ids));
    }

    /// Closes the channel. A page that is put to sleep must not hold it.
    pub fn close(&self) {
        self.channel.close();
    }
}
