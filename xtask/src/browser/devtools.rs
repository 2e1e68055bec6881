//! Commands that only Chromium offers, and the errors that a page has reported in any browser.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

use super::{Browser, Engine};
use crate::Outcome;
use crate::tools::AXE;

impl Browser {
    /// Runs a script in every later page, before the page's own scripts. Chromium only.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn before_every_page(&self, script: &str) -> Outcome {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).map(drop)
    }

    /// Blocks requests whose address matches one of these patterns (`*` matches anything). Chromium only.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn cut_off(&self, addresses: &[&str]) -> Outcome {
        self.devtools("Network.enable", json!({}))?;
        self.devtools("Network.setBlockedURLs", json!({ "urls": addresses })).map(drop)
    }

    /// Freezes the current tab, as browsers do with tabs in the background, or resumes it. Chromium only.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn put_to_sleep(&self, sleeps: bool) -> Outcome {
        let state = if sleeps { "frozen" } else { "active" };
        self.devtools("Page.setWebLifecycleState", json!({ "state": state })).map(drop)
    }

    /// Deletes everything that the browser stores for the page's origin, as a user does in the settings. Chromium only.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn clear_site_data(&self) -> Outcome {
        let origin = Url::parse(&self.address()?)?.origin().ascii_serialization();
        self.devtools("Storage.clearDataForOrigin", json!({ "origin": origin, "storageTypes": "all" })).map(drop)
    }

    /// Slows the processor down by a factor, as on a cheap device. Chromium only.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn slow_down(&self, times: u32) -> Outcome {
        self.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": times })).map(drop)
    }

    /// Taps the first element that a CSS selector matches with a finger. Chromium only.
    ///
    /// # Errors
    /// There is none, or the driver reports an error.
    pub fn tap(&self, selector: &str) -> Outcome {
        const CENTRE: &str = "
            const found = document.querySelector(arguments[0]);
            if (!found) return null;
            found.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
            const box = found.getBoundingClientRect();
            return { x: box.x + box.width / 2, y: box.y + box.height / 2 };";
        let centre =
            self.until(selector, || Ok(Some(self.script(CENTRE, vec![json!(selector)])?).filter(Value::is_object)))?;
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": true }))?;
        for (kind, points) in [("touchStart", json!([centre])), ("touchEnd", json!([]))] {
            self.devtools("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points }))?;
        }
        Ok(())
    }

    /// The violations that axe-core finds on the page. Chromium only.
    ///
    /// # Errors
    /// axe-core could not be run.
    pub fn barriers(&self, media: Media) -> Outcome<Vec<String>> {
        const RUN: &str = "
            const done = arguments[arguments.length - 1];
            axe.run({ resultTypes: ['violations'] }).then(result => done(result.violations.map(found =>
                `${found.id}: ${found.help}: ${found.nodes.map(node => node.target.join(' ')).join(', ')}`)), done);";
        self.emulate(media)?;
        let axe = std::fs::read_to_string(AXE.folder()?.join("axe.min.js"))?;
        self.runtime.block_on(async {
            self.client.execute(&axe, Vec::new()).await?;
            let found = self.client.execute_async(RUN, Vec::new()).await?;
            let found = found.as_array().ok_or_else(|| format!("axe-core failed: {found}"))?;
            Ok(found.iter().map(|words| words.as_str().unwrap_or_default().to_owned()).collect())
        })
    }

    pub(super) fn emulate(&self, media: Media) -> Outcome {
        let (medium, scheme, forced) = match media {
            Media::Light => ("screen", "light", "none"),
            Media::Dark => ("screen", "dark", "none"),
            Media::ForcedColors => ("screen", "dark", "active"),
            Media::Print => ("print", "light", "none"),
        };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "forced-colors", "value": forced },
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "media": medium, "features": features })).map(drop)
    }

    /// A picture of the whole page, as PNG, at a width in pixels. Chromium only.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn picture(&self, width: u32, media: Media) -> Outcome<Vec<u8>> {
        let size = |height: i64| json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.emulate(media)?;
        self.devtools("Emulation.setDeviceMetricsOverride", size(800))?;
        let height = self.script("return document.documentElement.scrollHeight;", Vec::new())?;
        self.devtools("Emulation.setDeviceMetricsOverride", size(height.as_i64().unwrap_or(800)))?;
        let shot = self.devtools("Page.captureScreenshot", json!({ "format": "png" }))?;
        // Later actions use the ordinary window size.
        self.devtools("Emulation.clearDeviceMetricsOverride", json!({}))?;
        Ok(STANDARD.decode(shot["data"].as_str().unwrap_or_default())?)
    }

    /// Prints the page as PDF, with the paper size that it asks for, from a light or a dark colour scheme. Chromium only.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn printed(&self, is_dark: bool) -> Outcome<Vec<u8>> {
        let scheme = if is_dark { "dark" } else { "light" };
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "media": "", "features": features }))?;
        // Backgrounds are printed, so that a dark one would be seen.
        let how = json!({ "preferCSSPageSize": true, "printBackground": true });
        let printed = self.devtools("Page.printToPDF", how)?;
        Ok(STANDARD.decode(printed["data"].as_str().unwrap_or_default())?)
    }

    pub(super) fn devtools(&self, command: &str, parameters: Value) -> Outcome<Value> {
        Ok(self.runtime.block_on(self.client.issue_cmd(DevTools { command: command.to_owned(), parameters }))?)
    }

    /// The errors, unhandled rejections and policy violations of the page.
    ///
    /// The recorder of [`Server::watched`](crate::server::Server::watched) collects them; Chromium adds its own log.
    ///
    /// # Errors
    /// The driver reports an error, or the page has no recorder.
    pub fn complaints(&self) -> Outcome<Vec<String>> {
        let recorded = self.script("return window.complaints?.() ?? null;", Vec::new())?;
        let recorded = recorded.as_array().ok_or("the page was not watched")?;
        let mut complaints: Vec<String> =
            recorded.iter().filter_map(|words| words.as_str().map(str::to_owned)).collect();
        if self.engine == Engine::Chromium {
            complaints.extend(self.chromium_log()?);
        }
        Ok(complaints)
    }

    /// The entries of a Chromium log since the last call.
    pub(super) fn log(&self, kind: &'static str) -> Outcome<Vec<Value>> {
        let log = self.runtime.block_on(self.client.issue_cmd(Log(kind)))?;
        Ok(log.as_array().cloned().unwrap_or_default())
    }

    fn chromium_log(&self) -> Outcome<Vec<String>> {
        let entries = self.log("browser")?;
        let severe = entries.iter().filter(|entry| entry["level"] == "SEVERE");
        Ok(severe.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect())
    }
}

/// The medium that a page is shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// A screen with the light colour scheme.
    Light,
    /// A screen with the dark colour scheme.
    Dark,
    /// A screen with the few colours that a user has chosen in the system, here light on dark.
    ForcedColors,
    /// Paper.
    Print,
}

/// The `WebDriver` command that runs a command of Chromium's `DevTools`.
#[derive(Debug)]
struct DevTools {
    command: String,
    parameters: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "cmd": self.command, "params": self.parameters }).to_string()))
    }
}

/// The `WebDriver` command that reads a log of Chromium.
#[derive(Debug)]
struct Log(&'static str);

impl WebDriverCompatibleCommand for Log {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "type": self.0 }).to_string()))
    }
}
