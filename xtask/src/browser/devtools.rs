//! What only Chromium can be asked, and what every browser has to complain of.

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
    /// Runs a script in every page from now on, before the page's own. Chromium alone.
    ///
    /// # Errors
    /// The browser's.
    pub fn before_every_page(&self, script: &str) -> Outcome {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).map(drop)
    }

    /// Lets nothing come any more whose address is like one of these (`*` stands for anything). Chromium alone.
    ///
    /// # Errors
    /// The browser's.
    pub fn cut_off(&self, addresses: &[&str]) -> Outcome {
        self.devtools("Network.enable", json!({}))?;
        self.devtools("Network.setBlockedURLs", json!({ "urls": addresses })).map(drop)
    }

    /// Puts the tab that is shown to sleep, as browsers do with tabs that nobody has looked at for long, or wakes it.
    /// Chromium alone.
    ///
    /// # Errors
    /// The browser's.
    pub fn put_to_sleep(&self, sleeps: bool) -> Outcome {
        let state = if sleeps { "frozen" } else { "active" };
        self.devtools("Page.setWebLifecycleState", json!({ "state": state })).map(drop)
    }

    /// Clears all that the browser keeps for the page's origin, as its user does in its settings. Chromium alone.
    ///
    /// # Errors
    /// The browser's.
    pub fn clear_site_data(&self) -> Outcome {
        let origin = Url::parse(&self.address()?)?.origin().ascii_serialization();
        self.devtools("Storage.clearDataForOrigin", json!({ "origin": origin, "storageTypes": "all" })).map(drop)
    }

    /// Makes the page work so many times slower than the machine is, as on a cheap one. Chromium alone.
    ///
    /// # Errors
    /// The browser's.
    pub fn slow_down(&self, times: u32) -> Outcome {
        self.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": times })).map(drop)
    }

    /// What axe-core finds to keep people out, as the page is now. Chromium alone.
    ///
    /// # Errors
    /// It could not be run.
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

    fn emulate(&self, media: Media) -> Outcome {
        let (medium, scheme) = match media {
            Media::Light => ("screen", "light"),
            Media::Dark => ("screen", "dark"),
            Media::Print => ("print", "light"),
        };
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "media": medium, "features": features })).map(drop)
    }

    /// A picture of the whole page, as PNG, at a width in pixels. Chromium alone.
    ///
    /// # Errors
    /// The browser's.
    pub fn picture(&self, width: u32, media: Media) -> Outcome<Vec<u8>> {
        let size = |height: i64| json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.emulate(media)?;
        self.devtools("Emulation.setDeviceMetricsOverride", size(800))?;
        let height = self.script("return document.documentElement.scrollHeight;", Vec::new())?;
        self.devtools("Emulation.setDeviceMetricsOverride", size(height.as_i64().unwrap_or(800)))?;
        let shot = self.devtools("Page.captureScreenshot", json!({ "format": "png" }))?;
        // What is done next is done in an ordinary window.
        self.devtools("Emulation.clearDeviceMetricsOverride", json!({}))?;
        Ok(STANDARD.decode(shot["data"].as_str().unwrap_or_default())?)
    }

    /// The page as it is printed, as PDF, on the paper that it asks for; from a room of light colours or of dark. Chromium
    /// alone.
    ///
    /// # Errors
    /// The browser's.
    pub fn printed(&self, is_dark: bool) -> Outcome<Vec<u8>> {
        let scheme = if is_dark { "dark" } else { "light" };
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "media": "", "features": features }))?;
        // With its backgrounds: so a dark one would be seen.
        let how = json!({ "preferCSSPageSize": true, "printBackground": true });
        let printed = self.devtools("Page.printToPDF", how)?;
        Ok(STANDARD.decode(printed["data"].as_str().unwrap_or_default())?)
    }

    pub(super) fn devtools(&self, command: &str, parameters: Value) -> Outcome<Value> {
        Ok(self.runtime.block_on(self.client.issue_cmd(DevTools { command: command.to_owned(), parameters }))?)
    }

    /// What went wrong in the page: errors, promises broken, refusals of its policy, by the recorder that
    /// [`Server::watched`](crate::server::Server::watched) puts in; in Chromium its own log as well.
    ///
    /// # Errors
    /// The browser's, or there was no recorder.
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

    /// What Chromium has written in one of its logs since it was asked last.
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

/// How a page is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// On a screen, in light colours.
    Light,
    /// On a screen, in dark colours.
    Dark,
    /// On paper.
    Print,
}

/// A command of Chromium's own.
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

/// One of Chromium's logs.
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
