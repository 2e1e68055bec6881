//! What tabs of one browser tell one another: which records they have written.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

use crate::domain::id::Id;
use crate::record::Record;

use super::prefix;

/// The way to the other tabs, where the browser has one.
#[derive(Clone, Debug)]
pub struct Tabs {
    channel: BroadcastChannel,
}

impl Tabs {
    /// Opens the way, and hears from then on which records others have written.
    pub fn open(hear: impl Fn(Vec<Id>) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(&prefix()).ok()?;
        let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let ids = Array::from(&event.data());
            hear(ids.iter().filter_map(|id| Id::parse(&id.as_string()?)).collect());
        });
        channel.set_onmessage(Some(heard.into_js_value().unchecked_ref()));
        Some(Self { channel })
    }

    /// Tells that records have been written.
    pub fn tell(&self, written: &[Record]) {
        let ids: Array = written.iter().map(|record| JsValue::from_str(record.id().as_str())).collect();
        // Closed, at worst: then the tab is on its way out, and others will find what it wrote when they look.
        drop(self.channel.post_message(&ids));
    }

    /// Closes the way: a page that is put away must not hold it.
    pub fn close(&self) {
        self.channel.close();
    }
}
