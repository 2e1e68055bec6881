//! The address of the page.

/// Loads the page again.
pub(crate) fn reload() {
    if let Some(window) = web_sys::window() {
        // Refused to no page that is shown.
        drop(window.location().reload());
    }
}

/// Loads the page again, at its beginning.
pub(crate) fn begin_anew() {
    go_to("#/");
    reload();
}

/// The fragment of the address.
pub(crate) fn fragment() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Takes the question off the address, so that a reload does not ask it again.
pub(crate) fn forget_question() {
    let fragment = fragment();
    if let (Some((path, _)), Some(window)) = (fragment.split_once('?'), web_sys::window()) {
        // Refused for an address that is none; this one was just read.
        drop(window.location().set_hash(path));
    }
}

/// What the page is called in the browser's title.
pub(crate) fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(&format!("{title} – Kvalitetshjul"));
    }
}

/// Goes to an address in the app.
pub(crate) fn go_to(fragment: &str) {
    if let Some(window) = web_sys::window() {
        // Refused for an address that is none; ours are.
        drop(window.location().set_hash(fragment));
    }
}

/// Goes on to an address in the app in the place of the one that was come to: the way back does not lead here.
pub(crate) fn go_on_to(fragment: &str) {
    if let Some(window) = web_sys::window() {
        // Refused for an address that is none; ours are.
        drop(window.location().replace(fragment));
    }
}

/// The address of the app itself, without what comes after the `#`.
pub(crate) fn page_address() -> String {
    let address = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_owned()
}
