//! Reads QR codes with the camera, in browsers that have a reader. No picture is stored or leaves the page.

use std::rc::Rc;
use std::time::Duration;

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::store::report::report;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_view, or_empty};

/// The time between two attempts to read a code.
const READ_INTERVAL: Duration = Duration::from_millis(250);

/// The camera, which the user opens and closes. `on_code` is called with each code that comes into sight; a code that
/// stays in sight is passed once. Where the browser reads no QR codes, a text says what to do instead.
pub(crate) fn camera(on_code: impl Fn(&str) + 'static) -> BuiltView {
    let Some(reader) = new_reader() else {
        return markup!(
            r#"<p class="help">Browseren her kan ikke læse QR-koder med kameraet. Skriv koden, eller få den læst højt: tegnene er valgt, så de ikke kan forveksles.</p>"#
        );
    };
    let (is_open, is_denied) = (RwSignal::new(false), RwSignal::new(false));
    let (reader, on_code) = (StoredValue::new_local(reader), Rc::new(on_code) as Rc<dyn Fn(&str)>);
    let on_code = StoredValue::new_local(on_code);
    let picture_or_button = dynamic_view(move || {
        if is_open.get() {
            open_view(reader.get_value(), on_code.get_value(), is_open, is_denied)
        } else {
            button("Scan med kameraet", move || is_open.set(true))
        }
    });
    let denied = dynamic_view(move || {
        or_empty(is_denied.get().then(|| {
            build_view(view! { <p class="error" role="alert">"Kameraet kunne ikke åbnes. Giv siden lov i browseren, eller skriv koden."</p> })
        }))
    });
    build_view(view! { <div class="camera">{picture_or_button}{denied}</div> })
}

/// The picture of the camera. The camera is opened with the view and stopped with it.
fn open_view(
    reader: JsValue,
    on_code: Rc<dyn Fn(&str)>,
    is_open: RwSignal<bool>,
    is_denied: RwSignal<bool>,
) -> BuiltView {
    let video = NodeRef::<html::Video>::new();
    let stream = StoredValue::new_local(None::<JsValue>);
    let close = move || {
        if let Some(stream) = stream.try_update_value(Option::take).flatten() {
            stop(&stream);
        }
    };
    on_cleanup(close);
    is_denied.set(false);
    spawn_local(async move {
        let opened = match open_camera().await {
            Ok(opened) => opened,
            Err(reason) => {
                // Often the user has denied the camera. The text for the user is the same for every reason.
                report("opening the camera", &reason);
                is_denied.try_set(true);
                is_open.try_set(false);
                return;
            }
        };
        // The user may have closed the view before the camera was open.
        let Some(Some(element)) = video.try_get_untracked() else {
            stop(&opened);
            return;
        };
        let element: JsValue = element.into();
        if let Err(reason) = Reflect::set(&element, &"srcObject".into(), &opened) {
            report("showing the camera", &reason);
        }
        // The promise of `play` is not awaited: it is rejected where the view is closed at once.
        if let Err(reason) = call(&element, "play", &[]) {
            report("showing the camera", &reason);
        }
        stream.try_set_value(Some(opened));
        let mut last_code = String::new();
        while is_open.try_get_untracked() == Some(true) {
            let code = read_code(&reader, &element).await;
            if let Some(code) = code.filter(|code| *code != last_code) {
                on_code(&code);
                last_code = code;
            }
            pause().await;
        }
    });
    build_view(view! {
        <video node_ref=video playsinline=true muted=true aria-label="Kameraets billede"></video>
        {button("Luk kameraet", move || is_open.set(false))}
    })
}

/// The browser's reader of QR codes. `None` where the browser has none, which the page tells its user.
fn new_reader() -> Option<JsValue> {
    let class: Function = Reflect::get(&js_sys::global(), &"BarcodeDetector".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"formats".into(), &Array::of1(&"qr_code".into())).ok()?;
    Reflect::construct(&class, &Array::of1(&options)).ok()
}

/// Opens the camera on the back of the device.
async fn open_camera() -> Result<JsValue, JsValue> {
    let window = web_sys::window().ok_or_else(|| JsValue::from_str("no window"))?;
    let devices = Reflect::get(&window.navigator(), &"mediaDevices".into())?;
    let (constraints, video) = (Object::new(), Object::new());
    Reflect::set(&video, &"facingMode".into(), &"environment".into())?;
    Reflect::set(&constraints, &"video".into(), &video)?;
    resolve(call(&devices, "getUserMedia", &[constraints.into()])?).await
}

/// The code in sight, if there is one.
async fn read_code(reader: &JsValue, video: &JsValue) -> Option<String> {
    // Reading fails while the video has no picture yet. It is tried again after `READ_INTERVAL`.
    let codes = resolve(call(reader, "detect", std::slice::from_ref(video)).ok()?).await.ok()?;
    let codes: Array = codes.dyn_into().ok()?;
    Reflect::get(&codes.get(0), &"rawValue".into()).ok()?.as_string()
}

/// Stops the camera.
fn stop(stream: &JsValue) {
    if let Err(reason) = stop_tracks(stream) {
        report("stopping the camera", &reason);
    }
}

fn stop_tracks(stream: &JsValue) -> Result<(), JsValue> {
    for track in call(stream, "getTracks", &[])?.dyn_into::<Array>()?.to_vec() {
        call(&track, "stop", &[])?;
    }
    Ok(())
}

async fn pause() {
    let timeout = Promise::new(&mut |resolve, _| {
        // A promise's own function does not fail.
        set_timeout(move || drop(resolve.call0(&JsValue::NULL)), READ_INTERVAL);
    });
    // The promise is only ever resolved, never rejected.
    drop(JsFuture::from(timeout).await);
}

/// Calls a method of a JavaScript object by its name.
fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(object, &method.into())?.dyn_into()?;
    function.apply(object, &arguments.iter().collect::<Array>())
}

/// Awaits a promise.
async fn resolve(promise: JsValue) -> Result<JsValue, JsValue> {
    JsFuture::from(promise.dyn_into::<Promise>()?).await
}
