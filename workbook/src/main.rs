//! The worker: it says that it is there, and reads the books that it is sent, one after the other.

#[cfg(target_arch = "wasm32")]
fn main() {
    use wasm_bindgen::JsCast as _;
    use wasm_bindgen::closure::Closure;
    use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};
    use workbook::message::{Message, VERSION};

    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let say = {
        let scope = scope.clone();
        // Whoever started the worker hears it, or is gone.
        move |message: &Message| drop(scope.post_message(&message.text().into()))
    };
    let answer = say.clone();
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let book = js_sys::Uint8Array::new(&event.data()).to_vec();
        answer(&match workbook::sheets(&book) {
            Ok(sheets) => Message::Sheets(sheets),
            Err(refused) => Message::Refused(refused.to_string()),
        });
    });
    scope.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
    say(&Message::Ready(VERSION.to_owned()));
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The reader of workbooks runs in a browser's worker.");
}
