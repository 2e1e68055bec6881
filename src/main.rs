//! Mounts the app.

#[cfg(target_arch = "wasm32")]
fn main() {
    kvalitetshjul::ui::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("Kvalitetshjul runs in a browser: cargo xtask serve");
}
