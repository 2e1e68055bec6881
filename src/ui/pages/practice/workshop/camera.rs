//! Reads QR codes with the camera, one after the other, without a press between them.
//!
//! The browser's own reader is used where there is one that works, and the worker of `scanner_worker` elsewhere.
//!
//! # Invariants
//!
//! * No picture is stored or leaves the page. The codes in sight are in memory, as long as the camera is open.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::scanner_worker::ScannerWorker;
use crate::domain::workshop::SightFilter;
use crate::store::report::report;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_text, dynamic_view, or_empty};
use crate::ui::platform;
use crate::ui::platform::clock::monotonic_ms;
use crate::ui::platform::reflect::{call, resolve};

/// The shortest time between two pictures that are read, in milliseconds.
const READ_INTERVAL: f64 = 100.0;
/// The time for which the picture's frame is green after a new code, in milliseconds.
const GREEN: f64 = 700.0;
/// The most pixels on the longer side of a picture for the worker.
const LONGEST_SIDE: f64 = 960.0;
/// The width of the camera's picture that is asked for, in pixels.
const CAMERA_WIDTH: f64 = 1280.0;
/// The `readyState` of a video that has a picture.
const HAVE_CURRENT_DATA: f64 = 2.0;

const DENIED: &str = "Kameraet kunne ikke åbnes. Giv siden lov i browseren, eller skriv koden.";
const UNREADABLE: &str = "Browseren her kan ikke læse QR-koder med kameraet. De svar, der er talt med, er her stadig. \
    Skriv koden, eller få den læst højt.";

/// Fetches what reads codes here, so that the camera works when the network is gone.
pub(super) fn prepare_reader() {
    spawn_local(async {
        if new_detector().await.is_none() {
            ScannerWorker::shared().prepare().await;
        }
    });
}

/// Shows the camera, which the user opens and closes. `on_code` is called with each code that comes into sight; a code
/// that stays in sight is passed once. If `on_code` returns that the code is new, a sound is made and the picture's frame
/// is green for a moment.
pub(crate) fn camera(on_code: impl Fn(&str) -> bool + 'static) -> BuiltView {
    let on_code: CodeHandler = Rc::new(on_code);
    let camera = Camera {
        is_open: RwSignal::new(false),
        problem: RwSignal::new(None),
        reader: StoredValue::new_local(Rc::default()),
        on_code: StoredValue::new_local(on_code),
    };
    let picture_or_button = dynamic_view(move || {
        if camera.is_open.get() { camera.open_view() } else { button("Scan med kameraet", move || camera.open()) }
    });
    let problem = dynamic_view(move || {
        or_empty(camera.problem.get().map(|words| markup!(r#"<p class="error" role="alert">{}</p>"#, words)))
    });
    build_view(view! { <div class="camera">{picture_or_button}{problem}</div> })
}

/// The camera of a page, open or closed. A handle that is cheap to copy.
#[derive(Clone, Copy)]
struct Camera {
    is_open: RwSignal<bool>,
    /// The sentence on why the camera was closed.
    problem: RwSignal<Option<&'static str>>,
    reader: StoredValue<Rc<CodeReader>, LocalStorage>,
    on_code: StoredValue<CodeHandler, LocalStorage>,
}

/// Takes a code, and returns whether it is new.
type CodeHandler = Rc<dyn Fn(&str) -> bool>;

/// The parts of an open camera. All of them are gone when its view is.
#[derive(Clone, Copy)]
struct OpenCamera {
    video: NodeRef<html::Video>,
    /// The stream of the camera, once the user has allowed it.
    stream: StoredValue<Option<JsValue>, LocalStorage>,
    /// Whether a picture has been read.
    is_reading: RwSignal<bool>,
    /// Whether a new code came a moment ago.
    is_green: RwSignal<bool>,
}

impl Camera {
    /// Opens the camera, on a press of the user.
    fn open(self) {
        platform::sound::prepare();
        self.problem.set(None);
        self.is_open.set(true);
    }

    /// Closes the camera and says why. The page may be gone by then.
    fn fail(self, words: &'static str) {
        self.problem.try_set(Some(words));
        self.is_open.try_set(false);
    }

    /// Builds the picture of the camera. The camera is opened with the view and stopped with it.
    fn open_view(self) -> BuiltView {
        let open = OpenCamera {
            video: NodeRef::new(),
            stream: StoredValue::new_local(None),
            is_reading: RwSignal::new(false),
            is_green: RwSignal::new(false),
        };
        let stream = open.stream;
        on_cleanup(move || {
            if let Some(stream) = stream.try_update_value(Option::take).flatten() {
                stop(&stream);
            }
        });
        spawn_local(self.run(open));
        let hint = dynamic_text(move || {
            let hint = if open.is_reading.get() {
                "Hold koderne op foran kameraet, én ad gangen. Du skal ikke trykke imellem dem."
            } else {
                "Gør kameraet klar …"
            };
            hint.to_owned()
        });
        let (video, is_green) = (open.video, open.is_green);
        build_view(view! {
            <div class="camera-frame" class:accepted=is_green>
                <video node_ref=video playsinline=true muted=true aria-label="Kameraets billede"></video>
            </div>
            <p class="help">{hint}</p>
            {button("Luk kameraet", move || self.is_open.set(false))}
        })
    }

    /// Opens the stream of the camera, and reads codes until the view is gone.
    async fn run(self, open: OpenCamera) {
        let stream = match open_stream().await {
            Ok(stream) => stream,
            Err(reason) => {
                // Often the user has denied the camera. The text for the user is the same for every reason.
                report("opening the camera", &reason);
                self.fail(DENIED);
                return;
            }
        };
        // The user may have closed the view before the camera was open.
        let Some(Some(video)) = open.video.try_get_untracked() else {
            stop(&stream);
            return;
        };
        let video: JsValue = video.into();
        if let Err(reason) = Reflect::set(&video, &"srcObject".into(), &stream) {
            report("showing the camera", &reason);
        }
        // The promise of `play` is not awaited: it is rejected where the view is closed at once.
        if let Err(reason) = call(&video, "play", &[]) {
            report("showing the camera", &reason);
        }
        open.stream.try_set_value(Some(stream));
        self.watch(open, &video).await;
    }

    /// Reads picture after picture, each when the one before was read.
    async fn watch(self, open: OpenCamera, video: &JsValue) {
        let (Some(reader), Some(on_code)) = (self.reader.try_get_value(), self.on_code.try_get_value()) else { return };
        let (mut filter, mut green_until) = (SightFilter::default(), 0.0);
        while open.is_open() {
            let begun = monotonic_ms();
            if number(video, "readyState") >= HAVE_CURRENT_DATA {
                let read = reader.read(video).await;
                if !open.is_open() {
                    return;
                }
                match read {
                    Ok(codes) => {
                        set(open.is_reading, true);
                        for code in filter.new_codes(&codes, monotonic_ms()) {
                            if on_code(&code) {
                                platform::sound::beep();
                                green_until = monotonic_ms() + GREEN;
                            }
                        }
                    }
                    Err(ReadError::Detector(reason)) => {
                        // The worker reads the next picture.
                        report("reading a QR code with the browser's reader", &reason);
                        reader.detector.replace(None);
                    }
                    Err(ReadError::NoReader(words)) => {
                        self.fail(words);
                        return;
                    }
                }
            }
            let now = monotonic_ms();
            set(open.is_green, now < green_until);
            pause(READ_INTERVAL - (now - begun)).await;
        }
    }
}

impl OpenCamera {
    /// Returns whether the view is still there.
    fn is_open(self) -> bool {
        self.stream.try_with_value(Option::is_some) == Some(true)
    }
}

/// Sets a signal that may be gone, if its value changes.
fn set(signal: RwSignal<bool>, value: bool) {
    if signal.try_get_untracked() == Some(!value) {
        signal.try_set(value);
    }
}

/// The reason why a picture was not read.
enum ReadError {
    /// The browser's own reader failed, for instance because the system has no such service.
    Detector(JsValue),
    /// There is no reader. The sentence is for the user.
    NoReader(&'static str),
}

/// Reads the codes in the picture that a video shows: with the browser's own reader, or with the worker.
#[derive(Default)]
struct CodeReader {
    /// Whether the browser was asked for its own reader.
    is_asked: Cell<bool>,
    /// The browser's own reader, as long as it works.
    detector: RefCell<Option<JsValue>>,
    /// The canvas on which pictures for the worker are drawn. It is not part of the page.
    canvas: RefCell<Option<JsValue>>,
}

impl CodeReader {
    async fn read(&self, video: &JsValue) -> Result<Vec<String>, ReadError> {
        if !self.is_asked.replace(true) {
            let detector = new_detector().await;
            self.detector.replace(detector);
        }
        let detector = self.detector.borrow().clone();
        if let Some(detector) = detector {
            return detect(&detector, video).await.map_err(ReadError::Detector);
        }
        match self.take_picture(video) {
            Ok((width, pixels)) => {
                let code = ScannerWorker::shared().read(width, &pixels).await.map_err(ReadError::NoReader)?;
                Ok(code.into_iter().collect())
            }
            Err(reason) => {
                report("taking a picture for the scanner", &reason);
                Err(ReadError::NoReader(UNREADABLE))
            }
        }
    }

    /// Takes a picture of a video for the worker: its width in pixels, and the buffer of its pixels.
    fn take_picture(&self, video: &JsValue) -> Result<(f64, JsValue), JsValue> {
        let (width, height) = (number(video, "videoWidth"), number(video, "videoHeight"));
        let scale = (LONGEST_SIDE / width.max(height)).min(1.0);
        let [width, height] = [width, height].map(|side| (side * scale).floor().max(1.0));
        let canvas = self.canvas()?;
        for (property, side) in [("width", width), ("height", height)] {
            Reflect::set(&canvas, &property.into(), &side.into())?;
        }
        let options = object(&[("willReadFrequently", &JsValue::TRUE)])?;
        let context = call(&canvas, "getContext", &["2d".into(), options])?;
        let [left, top] = [JsValue::from_f64(0.0), JsValue::from_f64(0.0)];
        let area = [left, top, width.into(), height.into()];
        call(&context, "drawImage", &[std::slice::from_ref(video), &area].concat())?;
        let pixels = Reflect::get(&call(&context, "getImageData", &area)?, &"data".into())?;
        Ok((width, Reflect::get(&pixels, &"buffer".into())?))
    }

    fn canvas(&self) -> Result<JsValue, JsValue> {
        let mut canvas = self.canvas.borrow_mut();
        if canvas.is_none() {
            *canvas = Some(document().create_element("canvas")?.into());
        }
        Ok(canvas.clone().unwrap_or_default())
    }
}

/// Returns the browser's own reader of QR codes. `None` where the browser has none, or none for QR codes.
async fn new_detector() -> Option<JsValue> {
    let class: Function = Reflect::get(&js_sys::global(), &"BarcodeDetector".into()).ok()?.dyn_into().ok()?;
    let formats = resolve(call(&class, "getSupportedFormats", &[]).ok()?).await.ok()?.dyn_into::<Array>().ok()?;
    let format = JsValue::from_str("qr_code");
    if !formats.includes(&format, 0) {
        return None;
    }
    let options = object(&[("formats", &Array::of1(&format))]).ok()?;
    Reflect::construct(&class, &Array::of1(&options)).ok()
}

/// Reads the codes that a video shows with the browser's own reader.
async fn detect(detector: &JsValue, video: &JsValue) -> Result<Vec<String>, JsValue> {
    let found: Array = resolve(call(detector, "detect", std::slice::from_ref(video))?).await?.dyn_into()?;
    let text = |code: JsValue| Reflect::get(&code, &"rawValue".into()).ok()?.as_string();
    Ok(found.to_vec().into_iter().filter_map(text).collect())
}

/// Opens the camera on the back of the device.
async fn open_stream() -> Result<JsValue, JsValue> {
    let window = web_sys::window().ok_or_else(|| JsValue::from_str("no window"))?;
    let devices = Reflect::get(&window.navigator(), &"mediaDevices".into())?;
    let width = object(&[("ideal", &JsValue::from_f64(CAMERA_WIDTH))])?;
    let video = object(&[("facingMode", &JsValue::from_str("environment")), ("width", &width)])?;
    let constraints = object(&[("video", &video)])?;
    resolve(call(&devices, "getUserMedia", &[constraints])?).await
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

/// Waits for some milliseconds; not at all if the number is negative.
async fn pause(milliseconds: f64) {
    let duration = Duration::from_secs_f64(milliseconds.max(0.0) / 1000.0);
    let timeout = Promise::new(&mut |resolve, _| {
        // A promise's own function does not fail.
        set_timeout(move || drop(resolve.call0(&JsValue::NULL)), duration);
    });
    // The promise is only ever resolved, never rejected.
    drop(JsFuture::from(timeout).await);
}

/// Returns a number that is a property of an object; 0 if there is none.
fn number(object: &JsValue, property: &str) -> f64 {
    Reflect::get(object, &property.into()).ok().and_then(|value| value.as_f64()).unwrap_or_default()
}

/// Creates a JavaScript object.
fn object(properties: &[(&str, &JsValue)]) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, value) in properties {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object.into())
}
