//! What the browser is asked for: the moment, random bits, the address, files.

use std::cell::Cell;

use js_sys::Intl::Collator;
use js_sys::{Array, Date as JsDate, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Performance, Url};

use crate::domain::date::{Date, Timestamp};

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
    #[allow(clippy::cast_precision_loss, reason = "a moment's seconds are held exactly")]
    let moment = JsDate::new(&JsValue::from_f64(moment.seconds() as f64 * 1000.0));
    format!("{} kl. {}", day_of(&moment).danish(), time_of(&moment))
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

/// Prints the page, as its style for paper has it.
pub(super) fn print_page() {
    if let Some(window) = web_sys::window() {
        // Refused by browsers that have no printer.
        drop(window.print());
    }
}

/// The address of the app itself, without what comes after the `#`.
pub(super) fn page_address() -> String {
    let address = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_owned()
}

/// Puts a text where the user can paste it from; whether the browser has such a place.
pub(super) fn copy(text: &str) -> bool {
    let copy = || {
        let navigator = web_sys::window()?.navigator();
        // Not there on a page without https.
        let clipboard = Reflect::get(&navigator, &"clipboard".into()).ok()?;
        let write: Function = Reflect::get(&clipboard, &"writeText".into()).ok()?.dyn_into().ok()?;
        let promise: Promise = write.call1(&clipboard, &text.into()).ok()?.dyn_into().ok()?;
        leptos::task::spawn_local(async move { drop(JsFuture::from(promise).await) });
        Some(())
    };
    copy().is_some()
}

/// Hands a text to the user as a file of a name.
pub(super) fn save_file(name: &str, text: &str) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind)?;
    let address = Url::create_object_url_with_blob(&blob)?;
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
