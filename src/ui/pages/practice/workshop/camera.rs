//! The camera, where the browser can read QR codes by itself. Pictures are looked at and forgotten; none leaves the page.

use std::rc::Rc;
use std::time::Duration;

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_view, or_empty};

/// How often the camera's picture is looked at.
const GLANCE: Duration = Duration::from_millis(250);

/// The camera, opened and closed by its user; `on_code` gets each code that comes into sight, once. Where the browser reads no
/// QR codes it says what to do instead.
pub(crate) fn camera(on_code: impl Fn(&str) + 'static) -> BuiltView {
    let Some(reader) = reader() else {
        return markup!(
            r#"<p class="help">Browseren her kan ikke læse QR-koder med kameraet. Skriv koden, eller få den læst højt: tegnene er valgt, så de ikke kan forveksles.</p>"#
        );
    };
    let (is_open, is_denied) = (RwSignal::new(false), RwSignal::new(false));
    let (reader, on_code) = (StoredValue::new_local(reader), Rc::new(on_code) as Rc<dyn Fn(&str)>);
    let on_code = StoredValue::new_local(on_code);
    let seen = dynamic_view(move || {
        if is_open.get() {
            view(reader.get_value(), on_code.get_value(), is_open, is_denied)
        } else {
            button("Scan med kameraet", move || is_open.set(true))
        }
    });
    let denied = dynamic_view(move || {
        or_empty(is_denied.get().then(|| {
            build_view(view! { <p class="error" role="alert">"Kameraet kunne ikke åbnes. Giv siden lov i browseren, eller skriv koden."</p> })
        }))
    });
    build_view(view! { <div class="camera">{seen}{denied}</div> })
}

fn view(reader: JsValue, on_code: Rc<dyn Fn(&str)>, is_open: RwSignal<bool>, is_denied: RwSignal<bool>) -> BuiltView {
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
        let Some(opened) = opened().await else {
            is_denied.try_set(true);
            is_open.try_set(false);
            return;
        };
        // It may have been closed before the camera was there.
        let Some(Some(shown)) = video.try_get_untracked() else {
            stop(&opened);
            return;
        };
        let shown: JsValue = shown.into();
        drop(Reflect::set(&shown, &"srcObject".into(), &opened));
        drop(call(&shown, "play", &[]));
        stream.try_set_value(Some(opened));
        let mut last = String::new();
        while is_open.try_get_untracked() == Some(true) {
            let found = read(&reader, &shown).await;
            // What stays in sight is one code.
            if let Some(code) = found.filter(|code| *code != last) {
                on_code(&code);
                last = code;
            }
            pause().await;
        }
    });
    build_view(view! {
        <video node_ref=video playsinline=true muted=true aria-label="Kameraets billede"></video>
        {button("Luk kameraet", move || is_open.set(false))}
    })
}

/// What reads QR codes, where the browser has it.
fn reader() -> Option<JsValue> {
    let class: Function = Reflect::get(&js_sys::global(), &"BarcodeDetector".into()).ok()?.dyn_into().ok()?;
    let kinds = Object::new();
    Reflect::set(&kinds, &"formats".into(), &Array::of1(&"qr_code".into())).ok()?;
    Reflect::construct(&class, &Array::of1(&kinds)).ok()
}

/// The camera that looks away from its user, opened.
async fn opened() -> Option<JsValue> {
    let devices = Reflect::get(&web_sys::window()?.navigator(), &"mediaDevices".into()).ok()?;
    let (wish, video) = (Object::new(), Object::new());
    Reflect::set(&video, &"facingMode".into(), &"environment".into()).ok()?;
    Reflect::set(&wish, &"video".into(), &video).ok()?;
    awaited(call(&devices, "getUserMedia", &[wish.into()])?).await
}

/// The code in sight, if there is one.
async fn read(reader: &JsValue, video: &JsValue) -> Option<String> {
    let found: Array = awaited(call(reader, "detect", std::slice::from_ref(video))?).await?.dyn_into().ok()?;
    Reflect::get(&found.get(0), &"rawValue".into()).ok()?.as_string()
}

fn stop(stream: &JsValue) {
    let tracks = call(stream, "getTracks", &[]).and_then(|tracks| tracks.dyn_into::<Array>().ok());
    for track in tracks.into_iter().flat_map(|tracks| tracks.to_vec()) {
        call(&track, "stop", &[]);
    }
}

async fn pause() {
    let after = Promise::new(&mut |resolve, _| {
        // No call of a promise's own fails.
        set_timeout(move || drop(resolve.call0(&JsValue::NULL)), GLANCE);
    });
    drop(JsFuture::from(after).await);
}

fn call(of: &JsValue, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let function: Function = Reflect::get(of, &name.into()).ok()?.dyn_into().ok()?;
    function.apply(of, &arguments.iter().collect::<Array>()).ok()
}

async fn awaited(promise: JsValue) -> Option<JsValue> {
    JsFuture::from(promise.dyn_into::<Promise>().ok()?).await.ok()
}
