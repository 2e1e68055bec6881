//! A browser that tests drive as a user does: elements are found by their accessible names, not by their place in the page.
//!
//! | file | purpose |
//! | --- | --- |
//! | `engine` | starts a browser and its driver |
//! | `act` | clicks, keys, typing |
//! | `files` | chosen, dropped and saved files |
//! | `inspect` | texts, values and focus; each function waits until the page is as expected |
//! | `devtools` | what only Chromium offers: network, printing, pictures, logs |
//! | `camera` | QR codes read off the screen |
//! | `viewport` | screens of given sizes, and the layout faults of a page on them |
//! | `key_latency` | how long the page works at each key |

use std::cell::Cell;
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
mod inspect;
mod key_latency;
mod viewport;

pub use devtools::Media;
use engine::Driver;
pub use engine::Engine;
pub use key_latency::{KeyLatencies, MOST_KEYS, SLOWER};
pub use viewport::Viewport;

/// How long a test waits for something to happen.
const TIMEOUT: Duration = Duration::from_secs(30);
/// The pause between two looks at the page.
const POLL_INTERVAL: Duration = Duration::from_millis(40);

/// JavaScript that every script begins with: the accessible name of an element, and whether it is visible.
const HELPERS: &str = r"
    const text = node => node.textContent.replace(/\s+/g, ' ').trim();
    const name = node => node.getAttribute('aria-label')
        ?? (node.labels?.length ? text(node.labels[0]) : text(node));
    const seen = node => node.getClientRects().length > 0;
";

/// The browser of one user, with a fresh profile.
#[derive(Debug)]
pub struct Browser {
    engine: Engine,
    runtime: Runtime,
    client: Client,
    driver: Driver,
    home: PathBuf,
    presses: Cell<usize>,
}

impl Browser {
    /// Starts a browser.
    ///
    /// # Errors
    /// The browser or its driver is not installed, or does not start.
    pub fn start(engine: Engine) -> Outcome<Self> {
        Self::begin(engine, &[], false)
    }

    /// Starts Chromium with a recording of its tasks and their durations.
    ///
    /// # Errors
    /// See [`start`](Self::start).
    pub fn start_recorded() -> Outcome<Self> {
        Self::begin(Engine::Chromium, &[], true)
    }

    /// Starts Chromium with a private window.
    ///
    /// # Errors
    /// See [`start`](Self::start).
    pub fn start_private() -> Outcome<Self> {
        let browser = Self::begin(Engine::Chromium, &["--incognito".to_owned()], false)?;
        // A private window ignores the preferences of the profile.
        let files = browser.home.join("files");
        browser.devtools("Page.setDownloadBehavior", json!({ "behavior": "allow", "downloadPath": files }))?;
        Ok(browser)
    }

    /// Starts Chromium with a camera that shows a film. The file must exist when the page opens the camera.
    ///
    /// # Errors
    /// See [`start`](Self::start).
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
        Ok(Self { engine, runtime, client, driver, home, presses: Cell::new(0) })
    }

    fn script(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        Ok(self.runtime.block_on(self.client.execute(&format!("{HELPERS}{script}"), arguments))?)
    }

    /// Runs a script two animation frames from now, when the page has done what it had planned for the next one: a new
    /// page scrolls to its top there, and a click at a place that was measured before would hit something else. A page that
    /// nobody sees has no frames; there the script runs at once.
    fn script_on_still_page(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        let waiting = format!(
            "{HELPERS}
            const done = arguments[arguments.length - 1];
            const act = () => {{ {script} }};
            if (document.hidden) done(act());
            else requestAnimationFrame(() => requestAnimationFrame(() => done(act())));"
        );
        Ok(self.runtime.block_on(self.client.execute_async(&waiting, arguments))?)
    }

    /// Repeats `look` until it returns a value.
    fn until<T>(&self, what: &str, mut look: impl FnMut() -> Outcome<Option<T>>) -> Outcome<T> {
        let start = Instant::now();
        loop {
            // A page that is being left does not answer; the next look finds the new page.
            let last = match look() {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => None,
                Err(error) => Some(error),
            };
            if start.elapsed() > TIMEOUT {
                let page = self.script("return document.body.innerText;", Vec::new()).unwrap_or_default();
                return Err(format!("waited in vain for {what} {last:?}; the page says: {page}").into());
            }
            std::thread::sleep(POLL_INTERVAL);
        }
    }

    /// Returns how often the user has pressed so far: buttons, links, options, and fields to write in them.
    pub const fn presses(&self) -> usize {
        self.presses.get()
    }

    /// Counts a press of the user.
    fn count_press(&self) {
        self.presses.set(self.presses.get() + 1);
    }

    /// Waits for a condition.
    ///
    /// # Errors
    /// The condition does not become true in time.
    pub fn wait_for(&self, what: &str, mut is_so: impl FnMut() -> Outcome<bool>) -> Outcome {
        self.until(what, || Ok(is_so()?.then_some(())))
    }

    /// Goes to an address.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn open(&self, address: &str) -> Outcome {
        Ok(self.runtime.block_on(self.client.goto(address))?)
    }

    /// Goes to an address whose server may still be starting.
    ///
    /// # Errors
    /// No server answers in time.
    pub fn open_when_there(&self, address: &str) -> Outcome {
        self.until(address, || self.open(address).map(Some))
    }

    /// Runs a script in the page. User actions have functions of their own.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn run(&self, script: &str) -> Outcome {
        self.script(script, Vec::new()).map(drop)
    }

    /// Runs a script in the page. It finds the texts in `arguments`.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn run_with(&self, script: &str, arguments: &[&str]) -> Outcome {
        self.script(script, arguments.iter().map(|text| json!(text)).collect()).map(drop)
    }

    /// Goes back in the browser's history.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn back(&self) -> Outcome {
        Ok(self.runtime.block_on(self.client.back())?)
    }

    /// Opens another tab and switches to it.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn new_tab(&self) -> Outcome<Tab> {
        self.runtime.block_on(async {
            let opened = self.client.new_window(true).await?;
            self.client.switch_to_window(opened.handle.clone()).await?;
            Ok(Tab(opened.handle))
        })
    }

    /// The current tab.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn this_tab(&self) -> Outcome<Tab> {
        Ok(Tab(self.runtime.block_on(self.client.window())?))
    }

    /// Switches to a tab.
    ///
    /// # Errors
    /// The tab is closed.
    pub fn tab(&self, tab: &Tab) -> Outcome {
        Ok(self.runtime.block_on(self.client.switch_to_window(tab.0.clone()))?)
    }

    /// Waits until the lazy chunk of the current page is loaded.
    ///
    /// # Errors
    /// The chunk is not loaded in time.
    pub fn wait_for_page(&self) -> Outcome {
        self.until("the page", || Ok((self.count(".loading")? == 0).then_some(())))
    }

    /// Kills all processes of the browser, as a loss of power does, and starts it again with the same profile. Chromium only.
    ///
    /// # Errors
    /// The browser does not start again.
    pub fn kill(&mut self) -> Outcome {
        let profile = format!("user-data-dir={}", self.home.join("profile").display());
        // Some of its processes end by themselves when others are gone, so the status of pkill says nothing.
        Command::new("pkill").args(["-KILL", "-f", &profile]).status()?;
        self.driver = self.engine.start(&self.home, &[], false)?;
        self.client = self.runtime.block_on(connect(&self.driver))?;
        Ok(())
    }

    /// Loads the page again.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn reload(&self) -> Outcome {
        Ok(self.runtime.block_on(self.client.refresh())?)
    }

    /// The address.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn address(&self) -> Outcome<String> {
        Ok(self.runtime.block_on(self.client.current_url())?.to_string())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A browser that cannot be closed is no failure of the test.
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
        match builder
            .capabilities(driver.capabilities.clone())
            .connect(&format!("http://127.0.0.1:{}", driver.port))
            .await
        {
            Ok(client) => return Ok(client),
            Err(error) if start.elapsed() > TIMEOUT => return Err(error.into()),
            Err(_) => std::thread::sleep(POLL_INTERVAL),
        }
    }
}
