//! The worker: announces itself, then reads the workbooks that it is sent, one after the other.

#[cfg(target_arch = "wasm32")]
fn main() {
    use wasm_bindgen::JsCast as _;
    use wasm_bindgen::closure::Closure;
    use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};
    use workbook::message::{Message, VERSION};

    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let send = {
        let scope = scope.clone();
        // Sending fails only if the page that started the worker is gone.
        move |message: &Message| drop(scope.post_message(&message.text().into()))
    };
    let reply = send.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let bytes = js_sys::Uint8Array::new(&event.data()).to_vec();
        reply(&match workbook::sheets(&bytes) {
            Ok(sheets) => Message::Sheets(sheets),
            Err(error) => Message::Refused(error.to_string()),
        });
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    send(&Message::Ready(VERSION.to_owned()));
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The reader of workbooks runs in a browser's worker.");
}
