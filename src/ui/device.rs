//! What the browser is asked for: the moment, random bits, the address, files.

use std::cell::Cell;

use js_sys::Intl::Collator;
use js_sys::{Array, Date as JsDate, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, ClipboardEvent, File, HtmlAnchorElement, HtmlCanvasElement,
    HtmlImageElement, Performance, Url,
};

use crate::domain::date::{Date, Timestamp};
use crate::domain::id::Id;

/// The moment, by this device's clock.
pub(super) fn now() -> Timestamp {
    #[allow(clippy::cast_possible_truncation, reason = "a clock's seconds are far from the end of 64 bits")]
    let seconds = (JsDate::now() / 1000.0) as i64;
    Timestamp::from_seconds(seconds).or_else(|| Timestamp::from_seconds(0)).expect_throw("the epoch is a moment")
}

/// The day, where the user is.
pub(super) fn today() -> Date {
    day_of(&JsDate::new_0())
}

fn day_of(moment: &JsDate) -> Date {
    let year = u16::try_from(moment.get_full_year()).unwrap_or(1970);
    let (month, day) = (u8::try_from(moment.get_month() + 1), u8::try_from(moment.get_date()));
    Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).unwrap_or_else(|| self::now().date())
}

/// The time of day, where the user is: `10.42`.
pub(super) fn time_of_day() -> String {
    time_of(&JsDate::new_0())
}

fn time_of(moment: &JsDate) -> String {
    format!("{:02}.{:02}", moment.get_hours(), moment.get_minutes())
}

/// A moment in Danish, where the user is: `15. marts 2026 kl. 10.42`.
pub(super) fn danish(moment: Timestamp) -> String {
    let moment = js_moment(moment);
    format!("{} kl. {}", day_of(&moment).danish(), time_of(&moment))
}

/// The day of a moment, where the user is: `15. marts 2026`, or `i dag`.
pub(super) fn day_in_words(moment: Timestamp) -> String {
    let day = day_of(&js_moment(moment));
    if day == today() { "i dag".to_owned() } else { day.danish() }
}

fn js_moment(moment: Timestamp) -> JsDate {
    #[allow(clippy::cast_precision_loss, reason = "a moment's seconds are held exactly")]
    JsDate::new(&JsValue::from_f64(moment.seconds() as f64 * 1000.0))
}

/// An id that nobody else comes to.
pub(super) fn mint() -> Id {
    Id::from_random(random_bits())
}

/// 80 random bits. (`randomUUID` needs https; this does not.)
pub(super) fn random_bits() -> [u8; 10] {
    let mut bits = [0; 10];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    crypto
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bits).ok())
        .expect_throw("every browser has random bits");
    bits
}

/// The order of the Danish alphabet, as the browser knows it: Æ, Ø and Å stand last.
pub(super) struct DanishOrder(Function);

impl DanishOrder {
    pub(super) fn new() -> Self {
        Self(Collator::new(&Array::of1(&"da".into()), &Object::new()).compare())
    }

    /// Whether a word stands before another.
    pub(super) fn is_before(&self, one: &str, other: &str) -> bool {
        let order = self.0.call2(&JsValue::NULL, &one.into(), &other.into());
        order.ok().and_then(|order| order.as_f64()).is_some_and(|order| order < 0.0)
    }
}

/// A piece of work whose time is taken, for the browsers' own tools and for `cargo xtask bench`.
pub(super) struct Measured {
    name: &'static str,
}

impl Measured {
    /// Begins to take the time of some work.
    pub(super) fn begin(name: &'static str) -> Self {
        if let Some(performance) = performance() {
            // The last of each name is kept: what is listed must not grow with every save.
            performance.clear_measures_with_measure_name(name);
            // Refused for no name that is ours.
            drop(performance.mark(name));
        }
        Self { name }
    }

    /// The work is done.
    pub(super) fn end(self) {
        if let Some(performance) = performance() {
            drop(performance.measure_with_start_mark(self.name, self.name));
            performance.clear_marks_with_mark_name(self.name);
        }
    }
}

/// Milliseconds of a clock that never goes back.
pub(super) fn clock() -> f64 {
    performance().map_or(0.0, |performance| performance.now())
}

fn performance() -> Option<Performance> {
    web_sys::window().and_then(|window| window.performance())
}

/// Loads the page again.
pub(super) fn reload() {
    if let Some(window) = web_sys::window() {
        // Refused to no page that is shown.
        drop(window.location().reload());
    }
}

/// Loads the page again, at its beginning.
pub(super) fn begin_anew() {
    go_to("#/");
    reload();
}

/// How many bytes the browser keeps for this site, and how many it would; `None` where it does not say.
pub(super) async fn space() -> Option<(u64, u64)> {
    let storage = Reflect::get(&web_sys::window()?.navigator(), &"storage".into()).ok()?;
    // Not there on a page without https.
    let estimate: Function = Reflect::get(&storage, &"estimate".into()).ok()?.dyn_into().ok()?;
    let promise: Promise = estimate.call0(&storage).ok()?.dyn_into().ok()?;
    let estimated = JsFuture::from(promise).await.ok()?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of bytes")]
    let bytes = |name: &str| Some(Reflect::get(&estimated, &name.into()).ok()?.as_f64()? as u64);
    Some((bytes("usage")?, bytes("quota")?))
}

/// Asks the browser, once, not to throw away what is kept here when it needs room. Some ask the user, most decide by
/// themselves; nothing hangs on the answer.
pub(super) fn ask_to_keep() {
    thread_local!(static IS_ASKED: Cell<bool> = const { Cell::new(false) });
    let ask = || {
        let navigator = web_sys::window()?.navigator();
        let storage = Reflect::get(&navigator, &"storage".into()).ok()?;
        // Not there on a page without https.
        let persist: Function = Reflect::get(&storage, &"persist".into()).ok()?.dyn_into().ok()?;
        persist.call0(&storage).ok()
    };
    if !IS_ASKED.replace(true) {
        ask();
    }
}

/// The fragment of the address.
pub(super) fn fragment() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Takes the question off the address, so that a reload does not ask it again.
pub(super) fn forget_question() {
    let fragment = fragment();
    if let (Some((path, _)), Some(window)) = (fragment.split_once('?'), web_sys::window()) {
        // Refused for an address that is none; this one was just read.
        drop(window.location().set_hash(path));
    }
}

/// What the page is called in the browser's title.
pub(super) fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(&format!("{title} – Kvalitetshjul"));
    }
}

/// Shows the page in some colours, `light` or `dark`; with nothing in those of the device.
pub(super) fn set_colours(colours: Option<&str>) {
    let root = web_sys::window().and_then(|window| window.document()?.document_element());
    if let Some(root) = root {
        // Refused for no name that is ours.
        drop(match colours {
            Some(colours) => root.set_attribute("data-colours", colours),
            None => root.remove_attribute("data-colours"),
        });
    }
}

/// Goes to an address in the app.
pub(super) fn go_to(fragment: &str) {
    if let Some(window) = web_sys::window() {
        // Refused for an address that is none; ours are.
        drop(window.location().set_hash(fragment));
    }
}

/// Goes on to an address in the app in the place of the one that was come to: the way back does not lead here.
pub(super) fn go_on_to(fragment: &str) {
    if let Some(window) = web_sys::window() {
        // Refused for an address that is none; ours are.
        drop(window.location().replace(fragment));
    }
}

/// The address of the app itself, without what comes after the `#`.
pub(super) fn page_address() -> String {
    let address = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_owned()
}

/// Hands a text to the user as a file of a name.
pub(super) fn save_file(name: &str, text: &str) -> Result<(), JsValue> {
    save_as(name, "application/json", text)
}

/// Leads the keyboard to what has an id on the page, if it is there.
pub(super) fn focus_on(id: &str) {
    let found = leptos::prelude::document().get_element_by_id(id);
    if let Some(found) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A page without focus is still a page.
        drop(found.focus());
    }
}

/// Hands a text to the user as a file of a name and a kind.
pub(super) fn save_as(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    save_blob(name, &Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?)
}

/// Hands bytes to the user as a file of a name and a kind.
pub(super) fn save_bytes(name: &str, kind: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&Uint8Array::from(bytes));
    save_blob(name, &Blob::new_with_u8_array_sequence_and_options(&parts, &options)?)
}

/// Draws an SVG text as a picture of a size in points, and hands it to the user as a PNG file of a name.
pub(super) async fn save_picture(name: &str, svg: &str, (width, height): (i32, i32)) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let options = BlobPropertyBag::new();
    options.set_type("image/svg+xml");
    let drawing = Blob::new_with_str_sequence_and_options(&Array::of1(&svg.into()), &options)?;
    let address = Url::create_object_url_with_blob(&drawing)?;
    let image = HtmlImageElement::new()?;
    image.set_src(&address);
    let decoded = JsFuture::from(image.decode()).await;
    drop(Url::revoke_object_url(&address));
    decoded?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
    canvas.set_width(width.unsigned_abs());
    canvas.set_height(height.unsigned_abs());
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.unchecked_into();
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width.into(), height.into())?;
    let painted = JsFuture::from(Promise::new(&mut |resolve, _| {
        // Refused for a picture of others' alone; this one is ours.
        drop(canvas.to_blob(&resolve));
    }));
    save_blob(name, &painted.await?.dyn_into()?)
}

/// Puts a text on the clipboard; whether the browser let it.
pub(super) async fn copy(text: &str) -> bool {
    let Some(clipboard) =
        web_sys::window().and_then(|window| Reflect::get(&window.navigator(), &"clipboard".into()).ok())
    else {
        return false;
    };
    // Not there on a page without https.
    let write = Reflect::get(&clipboard, &"writeText".into()).ok().and_then(|write| write.dyn_into::<Function>().ok());
    let promise = write
        .and_then(|write| write.call1(&clipboard, &text.into()).ok())
        .and_then(|given| given.dyn_into::<Promise>().ok());
    match promise {
        Some(promise) => JsFuture::from(promise).await.is_ok(),
        None => false,
    }
}

/// Prints the page.
pub(super) fn print() {
    if let Some(window) = web_sys::window() {
        // Refused to no page that is shown.
        drop(window.print());
    }
}

/// Copies what a CSS selector finds, as HTML for a word processor; whether the browser did. By the way that is there on
/// every page: the newer one needs https.
pub(super) fn copy_html(html: &str, selector: &str) -> bool {
    let copied = || {
        let window = web_sys::window()?;
        let document = window.document()?;
        let selection = window.get_selection().ok()??;
        let copied = document.query_selector(selector).ok()??;
        selection.select_all_children(&copied).ok()?;
        let html = html.to_owned();
        let on_copy = Closure::<dyn Fn(ClipboardEvent)>::new(move |event: ClipboardEvent| {
            if let Some(clipboard) = event.clipboard_data()
                && clipboard.set_data("text/html", &html).is_ok()
            {
                // With the words beside it, where no HTML is taken.
                drop(clipboard.set_data("text/plain", &copied.text_content().unwrap_or_default()));
                event.prevent_default();
            }
        });
        let listener: &Function = on_copy.as_ref().unchecked_ref();
        document.add_event_listener_with_callback("copy", listener).ok()?;
        let command: Function = Reflect::get(&document, &"execCommand".into()).ok()?.dyn_into().ok()?;
        let is_done = command.call1(&document, &"copy".into()).ok()?.as_bool();
        document.remove_event_listener_with_callback("copy", listener).ok()?;
        selection.remove_all_ranges().ok()?;
        is_done
    };
    copied().unwrap_or(false)
}

/// Hands bytes to the user as a file of a name.
fn save_blob(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let address = Url::create_object_url_with_blob(blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The address must outlive the click: a browser fetches it when it gets to it.
    let revoke = Closure::once_into_js(move || drop(Url::revoke_object_url(&address)));
    leptos::prelude::set_timeout(move || drop(revoke.unchecked_ref::<Function>().call0(&JsValue::NULL)), REVOKE_AFTER);
    Ok(())
}

/// How long the address of a file handed out stays good.
const REVOKE_AFTER: std::time::Duration = std::time::Duration::from_mins(1);

/// The bytes of a file that the user chose.
pub(super) async fn read_file(file: &File) -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(file.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
