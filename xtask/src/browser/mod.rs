//! A browser as a person uses it: by what things are called, never by where they stand in the page.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder, Locator};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use url::{ParseError, Url};

use crate::Outcome;

/// How long a person would wait for something to happen.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often they look.
const GLANCE: Duration = Duration::from_millis(40);

/// Gives what the user would call a thing, and whether it is one they could use: the JavaScript of every search.
const NAMED: &str = r"
    const text = node => node.textContent.replace(/\s+/g, ' ').trim();
    const name = node => node.getAttribute('aria-label')
        ?? (node.labels?.length ? text(node.labels[0]) : text(node));
    const seen = node => node.getClientRects().length > 0;
";

/// A browser of one person, with a profile of its own that nobody used before.
#[derive(Debug)]
pub struct Browser {
    runtime: Runtime,
    client: Client,
    driver: Child,
    home: PathBuf,
}

impl Browser {
    /// Opens Chromium.
    ///
    /// # Errors
    /// There is no Chromium, or it cannot be driven.
    pub fn chromium() -> Outcome<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let home = std::env::temp_dir().join(format!("kvalitetshjul-browser-{}-{count}", std::process::id()));
        std::fs::create_dir_all(home.join("files"))?;
        let port = free_port()?;
        let mut driver = Command::new("chromedriver");
        driver.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
        let driver = driver.spawn()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let client = runtime.block_on(connect(port, chromium_wishes(&home)))?;
        Ok(Self { runtime, client, driver, home })
    }

    fn script(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        Ok(self.runtime.block_on(self.client.execute(&format!("{NAMED}{script}"), arguments))?)
    }

    /// Looks until something is so.
    fn until<T>(&self, what: &str, mut look: impl FnMut() -> Outcome<Option<T>>) -> Outcome<T> {
        let start = Instant::now();
        loop {
            // A page that is just being left cannot be asked; the next look will find the new one.
            let last = match look() {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => None,
                Err(error) => Some(error),
            };
            if start.elapsed() > PATIENCE {
                let page = self.script("return document.body.innerText;", Vec::new()).unwrap_or_default();
                return Err(format!("waited in vain for {what} {last:?}; the page says: {page}").into());
            }
            std::thread::sleep(GLANCE);
        }
    }

    /// Goes to an address.
    ///
    /// # Errors
    /// The browser's.
    pub fn open(&self, address: &str) -> Outcome {
        Ok(self.runtime.block_on(self.client.goto(address))?)
    }

    /// Loads the page again.
    ///
    /// # Errors
    /// The browser's.
    pub fn reload(&self) -> Outcome {
        Ok(self.runtime.block_on(self.client.refresh())?)
    }

    /// The address.
    ///
    /// # Errors
    /// The browser's.
    pub fn address(&self) -> Outcome<String> {
        Ok(self.runtime.block_on(self.client.current_url())?.to_string())
    }

    /// Waits until a text can be seen.
    ///
    /// # Errors
    /// It does not come.
    pub fn see(&self, words: &str) -> Outcome {
        self.until(&format!("«{words}»"), || {
            let found = self.script("return document.body.innerText.includes(arguments[0]);", vec![json!(words)])?;
            Ok((found == true).then_some(()))
        })
    }

    /// Presses the button, or follows the link, of a name.
    ///
    /// # Errors
    /// There is none, or not one alone.
    pub fn press(&self, name: &str) -> Outcome {
        // It is only marked here, and pressed by the driver: a browser tells a person's press from a script's.
        const MARK: &str = "
            document.querySelectorAll('[data-pressed]').forEach(node => node.removeAttribute('data-pressed'));
            const found = [...document.querySelectorAll('button, a[href]')]
                .filter(node => seen(node) && name(node) === arguments[0]);
            if (found.length !== 1) return false;
            found[0].setAttribute('data-pressed', '');
            found[0].scrollIntoView({ block: 'center' });
            return true;";
        self.until(&format!("one button «{name}»"), || {
            if self.script(MARK, vec![json!(name)])? != true {
                return Ok(None);
            }
            let press = async { self.client.find(Locator::Css("[data-pressed]")).await?.click().await };
            Ok(Some(self.runtime.block_on(press)?))
        })
    }

    /// Types into the field of a label, over what stands in it, and leaves it.
    ///
    /// # Errors
    /// There is no such field.
    pub fn write(&self, label: &str, words: &str) -> Outcome {
        const FIND: &str = "
            const found = [...document.querySelectorAll('input')].filter(node => seen(node) && name(node) === arguments[0]);
            if (found.length !== 1) return null;
            found[0].scrollIntoView({ block: 'center' });
            found[0].focus();
            found[0].select();
            return found[0].id;";
        let id = self.until(&format!("a field «{label}»"), || {
            Ok(self.script(FIND, vec![json!(label)])?.as_str().map(str::to_owned))
        })?;
        self.runtime.block_on(async {
            // Selected, so that typing replaces it, as a person does it.
            let field = self.client.find(Locator::Id(&id)).await?;
            let keys = if words.is_empty() { "\u{e017}".to_owned() } else { words.to_owned() };
            field.send_keys(&keys).await?;
            field.send_keys("\u{e004}").await
        })?;
        Ok(())
    }

    /// What stands in the field of a label.
    ///
    /// # Errors
    /// There is no such field.
    pub fn read(&self, label: &str) -> Outcome<String> {
        const READ: &str = "
            const found = [...document.querySelectorAll('input')].filter(node => seen(node) && name(node) === arguments[0]);
            return found.length === 1 ? found[0].value : null;";
        self.until(&format!("a field «{label}»"), || {
            Ok(self.script(READ, vec![json!(label)])?.as_str().map(str::to_owned))
        })
    }

    /// Waits until the field of a label holds a text.
    ///
    /// # Errors
    /// It does not come to.
    pub fn see_in(&self, label: &str, words: &str) -> Outcome {
        self.until(&format!("«{words}» in «{label}»"), || Ok((self.read(label)? == words).then_some(())))
    }

    /// Presses a button that saves a file, and gives the file.
    ///
    /// # Errors
    /// No file comes.
    pub fn save_with(&self, name: &str) -> Outcome<PathBuf> {
        let files = self.home.join("files");
        let list = || -> Outcome<Vec<PathBuf>> {
            Ok(std::fs::read_dir(&files)?.map(|file| file.map(|file| file.path())).collect::<Result<_, _>>()?)
        };
        let before = list()?;
        self.press(name)?;
        self.until("a saved file", || {
            let whole = |file: &&PathBuf| file.extension().is_some_and(|ending| ending == "json");
            Ok(list()?.iter().filter(whole).find(|file| !before.contains(file)).cloned())
        })
    }

    /// Chooses a file at the one place of the page that takes files.
    ///
    /// # Errors
    /// There is no such place.
    pub fn choose(&self, file: &Path) -> Outcome {
        let file = file.to_string_lossy().into_owned();
        self.runtime.block_on(async {
            let input = self.client.find(Locator::Css("input[type=file]")).await?;
            input.send_keys(&file).await
        })?;
        Ok(())
    }

    /// A picture of the whole page, as PNG, at a width in pixels.
    ///
    /// # Errors
    /// The browser's.
    pub fn picture(&self, width: u32, media: Media) -> Outcome<Vec<u8>> {
        let (medium, scheme) = match media {
            Media::Light => ("screen", "light"),
            Media::Dark => ("screen", "dark"),
            Media::Print => ("print", "light"),
        };
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        let size = |height: i64| json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setEmulatedMedia", json!({ "media": medium, "features": features }))?;
        self.devtools("Emulation.setDeviceMetricsOverride", size(800))?;
        let height = self.script("return document.documentElement.scrollHeight;", Vec::new())?;
        self.devtools("Emulation.setDeviceMetricsOverride", size(height.as_i64().unwrap_or(800)))?;
        let shot = self.devtools("Page.captureScreenshot", json!({ "format": "png" }))?;
        Ok(STANDARD.decode(shot["data"].as_str().unwrap_or_default())?)
    }

    fn devtools(&self, command: &str, parameters: Value) -> Outcome<Value> {
        Ok(self.runtime.block_on(self.client.issue_cmd(DevTools { command: command.to_owned(), parameters }))?)
    }

    /// What the browser had to say of the page: errors, and refusals of its policy.
    ///
    /// # Errors
    /// The browser's.
    pub fn complaints(&self) -> Outcome<Vec<String>> {
        let log = self.runtime.block_on(self.client.issue_cmd(Log))?;
        let entries = log.as_array().cloned().unwrap_or_default();
        let severe = entries.iter().filter(|entry| entry["level"] == "SEVERE");
        Ok(severe.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // What cannot be ended or swept is no fault of the test.
        drop(self.runtime.block_on(self.client.clone().close()));
        drop(self.driver.kill());
        drop(self.driver.wait());
        drop(std::fs::remove_dir_all(&self.home));
    }
}

fn free_port() -> std::io::Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn chromium_wishes(home: &Path) -> Capabilities {
    let mut wishes = Capabilities::new();
    let flags = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--window-size=1366,900",
    ];
    let mut flags: Vec<String> = flags.into_iter().map(str::to_owned).collect();
    flags.push(format!("--user-data-dir={}", home.join("profile").display()));
    let options = json!({
        "args": flags,
        "prefs": { "download.default_directory": home.join("files"), "download.prompt_for_download": false },
    });
    wishes.insert("goog:chromeOptions".to_owned(), options);
    wishes.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
    wishes
}

async fn connect(port: u16, wishes: Capabilities) -> Outcome<Client> {
    let start = Instant::now();
    loop {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        match builder.capabilities(wishes.clone()).connect(&format!("http://127.0.0.1:{port}")).await {
            Ok(client) => return Ok(client),
            Err(error) if start.elapsed() > PATIENCE => return Err(error.into()),
            Err(_) => std::thread::sleep(GLANCE),
        }
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

/// Chromium's log of the page.
#[derive(Debug)]
struct Log;

impl WebDriverCompatibleCommand for Log {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}
