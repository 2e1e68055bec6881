//! Screens of given sizes, with touch or without, and the layout faults of a page on them. Chromium only.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::{Browser, Media};
use crate::Outcome;

/// The script that finds the layout faults of a page. Its first comment describes its result.
const LAYOUT_FAULTS: &str = include_str!("layout_faults.js");

/// The size of a screen, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewport {
    /// The name of the screen, for files and messages.
    pub name: &'static str,
    /// The width.
    pub width: u32,
    /// The height.
    pub height: u32,
    /// Whether the screen is a phone's: operated by touch, with a layout that follows the viewport meta tag.
    pub is_phone: bool,
}

impl Viewport {
    /// A common phone.
    pub const PHONE: Self = Self { name: "390x844", width: 390, height: 844, is_phone: true };
    /// A small phone, or a phone with large text.
    pub const SMALL_PHONE: Self = Self { name: "360x640", width: 360, height: 640, is_phone: true };
    /// A laptop.
    pub const LAPTOP: Self = Self { name: "1366x768", width: 1366, height: 768, is_phone: false };
    /// A low screen.
    pub const LOW: Self = Self { name: "1280x720", width: 1280, height: 720, is_phone: false };
    /// A large screen, or a projector.
    pub const LARGE: Self = Self { name: "1920x1080", width: 1920, height: 1080, is_phone: false };
    /// Every screen.
    pub const ALL: [Self; 5] = [Self::PHONE, Self::SMALL_PHONE, Self::LAPTOP, Self::LOW, Self::LARGE];
}

impl Browser {
    /// Runs actions on a screen of a given size, in a medium, and then restores the ordinary window.
    ///
    /// # Errors
    /// The driver reports an error, or the error of `act`.
    pub fn on_screen<T>(&self, screen: Viewport, media: Media, act: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
        let Viewport { width, height, is_phone, .. } = screen;
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": is_phone });
        self.emulate(media)?;
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": is_phone }))?;
        self.devtools("Emulation.setDeviceMetricsOverride", size)?;
        let outcome = act();
        self.devtools("Emulation.clearDeviceMetricsOverride", json!({}))?;
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": false }))?;
        self.emulate(Media::Light)?;
        outcome
    }

    /// Returns the elements that are covered, cut, or too small to be read or hit, at every scroll position.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn layout_faults(&self, screen: Viewport) -> Outcome<Vec<String>> {
        self.on_screen(screen, Media::Light, || {
            let faults = self.script(LAYOUT_FAULTS, vec![json!(screen.width)])?;
            let faults = faults.as_array().ok_or("the page was not looked at")?;
            Ok(faults.iter().filter_map(|fault| fault.as_str().map(str::to_owned)).collect())
        })
    }

    /// Returns the controls whose edge is invisible in forced colours, where backgrounds and shadows are not shown.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn borderless_controls(&self) -> Outcome<Vec<String>> {
        const FIND: &str = "
            const hasEdge = (node, part) => {
                const style = getComputedStyle(node, part);
                return ['Top', 'Bottom', 'Left', 'Right'].some(side => parseFloat(style[`border${side}Width`]) >= 1
                    && style[`border${side}Style`] !== 'none' && style[`border${side}Color`] !== 'rgba(0, 0, 0, 0)');
            };
            const isDrawn = node => hasEdge(node) || ['::before', '::after'].some(part =>
                getComputedStyle(node, part).content !== 'none' && hasEdge(node, part));
            const CONTROLS = 'button, .button, select, textarea, input[type=text], input[type=date], '
                + 'input[type=password], input[type=radio], input[type=checkbox]';
            const isNative = node => node.matches('[type=radio], [type=checkbox]')
                && getComputedStyle(node).appearance !== 'none';
            const isLink = node => getComputedStyle(node).textDecorationLine === 'underline';
            return [...document.querySelectorAll(CONTROLS)]
                .filter(node => seen(node) && !isNative(node) && !isLink(node) && !isDrawn(node))
                .map(node => `${node.tagName.toLowerCase()}.${node.className} «${name(node)}»`);";
        self.emulate(Media::ForcedColors)?;
        self.texts_of(FIND)
    }

    /// Takes a picture of the screen as PNG, after scrolling the page by a share of its scrollable height.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn screenful(&self, scrolled: f64) -> Outcome<Vec<u8>> {
        const SCROLL: &str = "
            const end = document.documentElement.scrollHeight - innerHeight;
            window.scrollTo({ top: end * arguments[0], left: 0, behavior: 'instant' });";
        self.script(SCROLL, vec![json!(scrolled)])?;
        let shot = self.devtools("Page.captureScreenshot", json!({ "format": "png" }))?;
        self.script(SCROLL, vec![json!(0.0)])?;
        Ok(STANDARD.decode(shot["data"].as_str().unwrap_or_default())?)
    }
}
