//! Messages between the tabs of one browser: the ids of records that a tab has written, and texts about state outside the
//! records.

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

/// A channel of texts to the other tabs, about state outside the records.
///
/// The text itself is sent, not the news that it has changed: another tab may see this tab's localStorage later than
/// its message.
#[derive(Clone, Debug)]
pub struct TextChannel {
    channel: BroadcastChannel,
}

impl TextChannel {
    /// Opens the channel with a name, and calls `hear` from then on with the texts that other tabs send. `None` where the
    /// browser has no such channel.
    pub fn open(name: &str, hear: impl Fn(String) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(&format!("{}{name}", prefix())).ok()?;
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                hear(text);
            }
        });
        channel.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
        Some(Self { channel })
    }

    /// Sends a text to the other tabs.
    pub fn send(&self, text: &str) {
        // Fails on a closed channel alone, and this one is open as long as the page.
        drop(self.channel.post_message(&text.into()));
    }
}
