//! Takes pictures of every page: on a phone, a laptop and a projector, in light, dark and print.

use std::fs;
use std::path::PathBuf;

use crate::Outcome;
use crate::browser::{Browser, Engine, Media};
use crate::build::{bundle, dist};
use crate::pages;
use crate::process::{root, stage};
use crate::server::Server;
use crate::tools;

/// The widths of a phone, a laptop and a projector, in pixels.
const WIDTHS: [u32; 3] = [390, 1366, 1920];

/// The folder of the pictures.
pub fn folder() -> PathBuf {
    root().join("target/screens")
}

/// Builds the bundle and takes pictures of every page, or of those whose name contains one of the words.
///
/// # Errors
/// The build failed, or a page cannot be reached.
pub fn run(words: &[&str]) -> Outcome {
    stage("browsers", tools::browsers)?;
    stage("bundle", bundle)?;
    fs::create_dir_all(folder())?;
    let server = Server::start(dist(), "/")?;
    let browser = Browser::start(Engine::Chromium)?;
    let is_meant = |name: &str| words.is_empty() || words.iter().any(|word| name.contains(word));
    pages::each(&server, &browser, |name| if is_meant(name) { take(name, &browser) } else { Ok(()) })?;
    println!("{}", folder().display());
    Ok(())
}

fn take(name: &str, browser: &Browser) -> Outcome {
    for width in WIDTHS {
        for (mode, media) in [("print", Media::Print), ("dark", Media::Dark), ("light", Media::Light)] {
            fs::write(folder().join(format!("{name}-{width}-{mode}.png")), browser.picture(width, media)?)?;
        }
    }
    Ok(())
}
