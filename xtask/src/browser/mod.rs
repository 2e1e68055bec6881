//! A browser as a person uses it: by what things are called, never by where they stand in the page.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use fantoccini::wd::WindowHandle;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::Outcome;

mod act;
mod camera;
mod devtools;
mod engine;
mod files;
mod look;
mod pace;

pub use devtools::Media;
use engine::Driver;
pub use engine::Engine;
pub use pace::{MOST_KEYS, Pace, SLOWER};

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
    engine: Engine,
    runtime: Runtime,
    client: Client,
    driver: Driver,
    home: PathBuf,
}

impl Browser {
    /// Opens a browser.
    ///
    /// # Errors
    /// It is not installed, or cannot be driven.
    pub fn start(engine: Engine) -> Outcome<Self> {
        Self::begin(engine, &[], false)
    }

    /// Opens a browser of Chromium that records how long it works at what.
    ///
    /// # Errors
    /// It is not installed, or cannot be driven.
    pub fn start_recorded() -> Outcome<Self> {
        Self::begin(Engine::Chromium, &[], true)
    }

    /// Opens a private window, of Chromium.
    ///
    /// # Errors
    /// It is not installed, or cannot be driven.
    pub fn start_private() -> Outcome<Self> {
        let browser = Self::begin(Engine::Chromium, &["--incognito".to_owned()], false)?;
        // A private window does not go by the preferences of the profile.
        let files = browser.home.join("files");
        browser.devtools("Page.setDownloadBehavior", json!({ "behavior": "allow", "downloadPath": files }))?;
        Ok(browser)
    }

    /// Opens a browser of Chromium with a camera that sees a film: a file that may come later, before the camera is opened.
    ///
    /// # Errors
    /// It is not installed, or cannot be driven.
    pub fn start_with_camera(film: &Path) -> Outcome<Self> {
        let sees = format!("--use-file-for-fake-video-capture={}", film.display());
        let flags = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", &sees];
        Self::begin(Engine::Chromium, &flags.map(str::to_owned), false)
    }

    fn begin(engine: Engine, flags: &[String], is_recorded: bool) -> Outcome<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let home = std::env::temp_dir().join(format!("kvalitetshjul-browser-{}-{count}", std::process::id()));
        let driver = engine.start(&home, flags, is_recorded)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let client = runtime.block_on(connect(&driver))?;
        Ok(Self { engine, runtime, client, driver, home })
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

    /// Waits for what a test says itself.
    ///
    /// # Errors
    /// It does not come to be.
    pub fn wait_for(&self, what: &str, mut is_so: impl FnMut() -> Outcome<bool>) -> Outcome {
        self.until(what, || Ok(is_so()?.then_some(())))
    }

    /// Goes to an address.
    ///
    /// # Errors
    /// The browser's.
    pub fn open(&self, address: &str) -> Outcome {
        Ok(self.runtime.block_on(self.client.goto(address))?)
    }

    /// Goes to an address whose server may still be starting.
    ///
    /// # Errors
    /// There is nothing there.
    pub fn open_when_there(&self, address: &str) -> Outcome {
        self.until(address, || self.open(address).map(Some))
    }

    /// Runs a script in the page: for measuring. A person's acts have names of their own.
    ///
    /// # Errors
    /// The browser's.
    pub fn run(&self, script: &str) -> Outcome {
        self.script(script, Vec::new()).map(drop)
    }

    /// The same, with texts that the script finds in `arguments`.
    ///
    /// # Errors
    /// The browser's.
    pub fn run_with(&self, script: &str, arguments: &[&str]) -> Outcome {
        self.script(script, arguments.iter().map(|text| json!(text)).collect()).map(drop)
    }

    /// Goes back, by the browser's own button.
    ///
    /// # Errors
    /// The browser's.
    pub fn back(&self) -> Outcome {
        Ok(self.runtime.block_on(self.client.back())?)
    }

    /// Opens another tab, and goes to it. Gives what [`Browser::tab`] goes by.
    ///
    /// # Errors
    /// The browser's.
    pub fn new_tab(&self) -> Outcome<Tab> {
        self.runtime.block_on(async {
            let opened = self.client.new_window(true).await?;
            self.client.switch_to_window(opened.handle.clone()).await?;
            Ok(Tab(opened.handle))
        })
    }

    /// The tab that is shown.
    ///
    /// # Errors
    /// The browser's.
    pub fn this_tab(&self) -> Outcome<Tab> {
        Ok(Tab(self.runtime.block_on(self.client.window())?))
    }

    /// Goes to a tab.
    ///
    /// # Errors
    /// It is gone.
    pub fn tab(&self, tab: &Tab) -> Outcome {
        Ok(self.runtime.block_on(self.client.switch_to_window(tab.0.clone()))?)
    }

    /// Waits until the page that was gone to is there.
    ///
    /// # Errors
    /// It does not come.
    pub fn arrive(&self) -> Outcome {
        self.until("the page", || Ok((self.count(".coming")? == 0).then_some(())))
    }

    /// Kills the browser with all its processes, as a machine does that loses its power but for its disk, and starts it
    /// again with the same profile. Chromium alone.
    ///
    /// # Errors
    /// It does not start again.
    pub fn kill(&mut self) -> Outcome {
        let profile = format!("user-data-dir={}", self.home.join("profile").display());
        // Some of its processes end by themselves when others are gone.
        Command::new("pkill").args(["-KILL", "-f", &profile]).status()?;
        self.driver = self.engine.start(&self.home, &[], false)?;
        self.client = self.runtime.block_on(connect(&self.driver))?;
        Ok(())
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
}

impl Drop for Browser {
    fn drop(&mut self) {
        // What cannot be ended or swept is no fault of the test.
        drop(self.runtime.block_on(self.client.clone().close()));
        drop(std::fs::remove_dir_all(&self.home));
    }
}

/// A tab of a browser.
#[derive(Clone, Debug)]
pub struct Tab(WindowHandle);

async fn connect(driver: &Driver) -> Outcome<Client> {
    let start = Instant::now();
    loop {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        match builder.capabilities(driver.wishes.clone()).connect(&format!("http://127.0.0.1:{}", driver.port)).await {
            Ok(client) => return Ok(client),
            Err(error) if start.elapsed() > PATIENCE => return Err(error.into()),
            Err(_) => std::thread::sleep(GLANCE),
        }
    }
}
