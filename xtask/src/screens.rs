//! Takes pictures of every page: of the whole page, and of the visible part on screens of given sizes.
//!
//! | picture | shows |
//! | --- | --- |
//! | `NAME-WIDTH-light`, `-dark`, `-print` | the whole page, at three widths |
//! | `NAME-WIDTHxHEIGHT-top`, `-scrolled` | the visible part at the top, and in the middle of the page |
//! | `NAME-WIDTHxHEIGHT-dark`, `-forced` | the visible part at the top in dark colours, and in forced colours |

use std::fs;
use std::path::PathBuf;

use crate::Outcome;
use crate::browser::{Browser, Engine, Media, Viewport};
use crate::build::{bundle, dist};
use crate::pages;
use crate::process::{root, stage};
use crate::server::Server;
use crate::tools;

/// The widths of a phone, a laptop and a projector, in pixels.
const WIDTHS: [u32; 3] = [390, 1366, 1920];

/// The screens that are also photographed in dark and in forced colours.
const IN_EVERY_COLOUR: [Viewport; 2] = [Viewport::PHONE, Viewport::LAPTOP];

/// The scroll position of a scrolled picture, as a share of the scrollable height.
const SCROLLED: f64 = 0.5;

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
    for screen in Viewport::ALL {
        take_screenfuls(name, browser, screen)?;
    }
    for width in WIDTHS {
        for (mode, media) in [("print", Media::Print), ("dark", Media::Dark), ("light", Media::Light)] {
            fs::write(folder().join(format!("{name}-{width}-{mode}.png")), browser.picture(width, media)?)?;
        }
    }
    Ok(())
}

fn take_screenfuls(name: &str, browser: &Browser, screen: Viewport) -> Outcome {
    let write = |part: &str, picture: Vec<u8>| {
        fs::write(folder().join(format!("{name}-{}-{part}.png", screen.name)), picture).map_err(Into::into)
    };
    browser.on_screen(screen, Media::Light, || {
        write("top", browser.screenful(0.0)?)?;
        write("scrolled", browser.screenful(SCROLLED)?)
    })?;
    if IN_EVERY_COLOUR.contains(&screen) {
        for (part, media) in [("dark", Media::Dark), ("forced", Media::ForcedColors)] {
            browser.on_screen(screen, media, || write(part, browser.screenful(0.0)?))?;
        }
    }
    Ok(())
}
