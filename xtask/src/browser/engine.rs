//! Starts the three browser engines that the page is tested in, and their drivers.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::Instant;

use fantoccini::wd::Capabilities;
use serde_json::{Value, json};

use super::{POLL_INTERVAL, TIMEOUT};
use crate::Outcome;
use crate::tools::{GECKODRIVER, find};

/// A browser engine. Every browser in common use has one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chrome, Edge, Opera, Samsung Internet.
    Chromium,
    /// Firefox.
    Firefox,
    /// Safari, and every browser on an iPhone or iPad. Tested here as `WebKitGTK`.
    WebKit,
}

/// Declares a test in every engine for each function that takes an [`Engine`].
#[macro_export]
macro_rules! in_every_engine {
    ($($test:ident)*) => {
        mod chromium { $(#[test] fn $test() { super::$test($crate::browser::Engine::Chromium); })* }
        mod firefox { $(#[test] fn $test() { super::$test($crate::browser::Engine::Firefox); })* }
        mod webkit { $(#[test] fn $test() { super::$test($crate::browser::Engine::WebKit); })* }
    };
}

/// The trace categories that Chromium records: tasks with their durations, and the marks of the page. (`toplevel` also
/// contains them, but its other events soon fill the recording.)
const TASKS: &str = "disabled-by-default-devtools.timeline,blink.user_timing";

/// How often a driver is started when its port turns out to be taken.
const ATTEMPTS: usize = 5;

/// A running driver. It ends when the value is dropped.
#[derive(Debug)]
pub(super) struct Driver {
    /// The processes, in the order in which they are ended.
    processes: Vec<Child>,
    pub(super) port: u16,
    /// The capabilities that a session is requested with.
    pub(super) capabilities: Capabilities,
}

impl Engine {
    /// Starts the driver of the engine with a fresh home folder. Files that the page saves go to `files` in it.
    ///
    /// Only Chromium has flags and a recording of its tasks.
    ///
    /// # Errors
    /// A program is not installed, or does not start.
    pub(super) fn start(self, home: &Path, flags: &[String], is_recorded: bool) -> Outcome<Driver> {
        let files = home.join("files");
        fs::create_dir_all(&files)?;
        let mut display = None;
        if self == Self::WebKit {
            display = Some(start_display()?);
            write_download_folder(home)?;
        }
        let (driver, port) = self.start_driver(home, display.as_ref().map(|(_, name)| name.as_str()))?;
        let processes = [Some(driver), display.map(|(display, _)| display)].into_iter().flatten().collect();
        Ok(Driver { processes, port, capabilities: self.capabilities(home, &files, flags, is_recorded)? })
    }

    /// Starts a driver, and returns it with its port when it listens there.
    ///
    /// A free port may be taken before the driver binds it. The driver then ends, and is started with another port.
    fn start_driver(self, home: &Path, display: Option<&str>) -> Outcome<(Child, u16)> {
        for _ in 0..ATTEMPTS {
            let port = free_port()?;
            let mut driver = self.driver_command(home, display, port)?.spawn()?;
            let start = Instant::now();
            while driver.try_wait()?.is_none() && start.elapsed() < TIMEOUT {
                if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                    return Ok((driver, port));
                }
                std::thread::sleep(POLL_INTERVAL);
            }
            drop(driver.kill());
            driver.wait()?;
        }
        Err(format!("the driver of {self:?} does not start").into())
    }

    fn driver_command(self, home: &Path, display: Option<&str>, port: u16) -> Outcome<Command> {
        let mut driver = match self {
            Self::Chromium => Command::new("chromedriver"),
            Self::Firefox => {
                let mut driver = Command::new(GECKODRIVER.program()?);
                driver.args(["--websocket-port", &free_port()?.to_string()]);
                driver
            }
            Self::WebKit => Command::new("WebKitWebDriver"),
        };
        driver.arg(format!("--port={port}")).stdout(Stdio::null()).stderr(Stdio::null());
        if let Some(display) = display {
            driver.env("DISPLAY", display).env("HOME", home).env_remove("XDG_CONFIG_HOME");
        }
        Ok(driver)
    }

    fn capabilities(self, home: &Path, files: &Path, flags: &[String], is_recorded: bool) -> Outcome<Capabilities> {
        let mut capabilities = Capabilities::new();
        match self {
            Self::Chromium => {
                let mut options = chromium_options(home, files, flags);
                let mut logs = json!({ "browser": "ALL" });
                if is_recorded {
                    options["perfLoggingPrefs"] =
                        json!({ "enableNetwork": false, "enablePage": false, "traceCategories": TASKS });
                    logs["performance"] = json!("ALL");
                }
                capabilities.insert("goog:chromeOptions".to_owned(), options);
                capabilities.insert("goog:loggingPrefs".to_owned(), logs);
            }
            Self::Firefox => {
                let options = json!({
                    "binary": find("firefox-esr").ok_or("firefox-esr is missing")?,
                    "args": ["-headless", "--width=1366", "--height=900"],
                    "prefs": {
                        // The panel of downloads would take the focus from the page until it is closed.
                        "browser.download.alwaysOpenPanel": false,
                        "browser.download.folderList": 2,
                        "browser.download.dir": files,
                        "browser.helperApps.neverAsk.saveToDisk": "application/json",
                    },
                });
                capabilities.insert("moz:firefoxOptions".to_owned(), options);
            }
            Self::WebKit => {
                let options = json!({ "binary": mini_browser()?, "args": ["--automation"] });
                capabilities.insert("webkitgtk:browserOptions".to_owned(), options);
            }
        }
        Ok(capabilities)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // A process that cannot be ended is no failure of the test.
        for process in &mut self.processes {
            drop(process.kill());
            drop(process.wait());
        }
    }
}

/// Finds a free port that no other browser of this process was given.
fn free_port() -> std::io::Result<u16> {
    static GIVEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    loop {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        if GIVEN.lock().map_or(true, |mut given| given.insert(port)) {
            return Ok(port);
        }
    }
}

fn chromium_options(home: &Path, files: &Path, more: &[String]) -> Value {
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
    flags.extend_from_slice(more);
    json!({
        "args": flags,
        "prefs": { "download.default_directory": files, "download.prompt_for_download": false },
    })
}

/// The browser of `WebKitGTK`, in the folder of its library.
fn mini_browser() -> Outcome<PathBuf> {
    for folder in fs::read_dir("/usr/lib")? {
        let file = folder?.path().join("webkit2gtk-4.1/MiniBrowser");
        if file.is_file() {
            return Ok(file);
        }
    }
    Err("MiniBrowser is missing: it comes with webkit2gtk-driver".into())
}

/// Writes the setting that names the download folder.
fn write_download_folder(home: &Path) -> Outcome {
    fs::create_dir_all(home.join(".config"))?;
    Ok(fs::write(home.join(".config/user-dirs.dirs"), "XDG_DOWNLOAD_DIR=\"$HOME/files\"\n")?)
}

/// Starts a virtual display, and returns it with its name.
fn start_display() -> Outcome<(Child, String)> {
    let mut display = Command::new("Xvfb");
    display.args(["-displayfd", "1", "-screen", "0", "1366x900x24", "-nolisten", "tcp"]);
    let mut display = display.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    // Xvfb prints the number of the display when it is ready.
    let mut number = String::new();
    if let Some(printed) = &mut display.stdout {
        let mut byte = [0];
        while printed.read(&mut byte)? == 1 && byte != *b"\n" {
            number.push(char::from(byte[0]));
        }
    }
    Ok((display, format!(":{number}")))
}
