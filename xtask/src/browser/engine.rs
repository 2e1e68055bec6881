//! The three engines that the page is tried in, and how each is started and driven.

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

use super::{GLANCE, PATIENCE};
use crate::Outcome;
use crate::tools::{GECKODRIVER, find};

/// What a browser shows pages with. Every browser in use is one of these, under one name or another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chrome, Edge, Opera, Samsung's.
    Chromium,
    /// Firefox.
    Firefox,
    /// Safari, and every browser of an iPhone or iPad. Driven here as `WebKitGTK`.
    WebKit,
}

/// Gives each walk, a function of an engine, a test in each engine.
#[macro_export]
macro_rules! in_every_engine {
    ($($walk:ident)*) => {
        mod chromium { $(#[test] fn $walk() { super::$walk($crate::browser::Engine::Chromium); })* }
        mod firefox { $(#[test] fn $walk() { super::$walk($crate::browser::Engine::Firefox); })* }
        mod webkit { $(#[test] fn $walk() { super::$walk($crate::browser::Engine::WebKit); })* }
    };
}

/// What Chromium records of its tasks: each with its length, and the marks that a page sets among them. (`toplevel` has them
/// too, with so much else that the record is soon full.)
const TASKS: &str = "disabled-by-default-devtools.timeline,blink.user_timing";

/// How often a driver is started that finds its port taken.
const TRIES: usize = 5;

/// A driver that runs, as long as this is kept.
#[derive(Debug)]
pub(super) struct Driver {
    /// Ended in this order.
    processes: Vec<Child>,
    pub(super) port: u16,
    /// What a session is to be begun with.
    pub(super) wishes: Capabilities,
}

impl Engine {
    /// Starts the engine's driver with a home that nobody lived in before; saved files come to lie in `files` there. Flags, and
    /// that its tasks are recorded, are for Chromium alone.
    ///
    /// # Errors
    /// Something it takes is not installed, or does not start.
    pub(super) fn start(self, home: &Path, flags: &[String], is_recorded: bool) -> Outcome<Driver> {
        let files = home.join("files");
        fs::create_dir_all(&files)?;
        let mut display = None;
        if self == Self::WebKit {
            display = Some(screen()?);
            settle_in(home)?;
        }
        let (driver, port) = self.listening(home, display.as_ref().map(|(_, name)| name.as_str()))?;
        let processes = [Some(driver), display.map(|(screen, _)| screen)].into_iter().flatten().collect();
        Ok(Driver { processes, port, wishes: self.wishes(home, &files, flags, is_recorded)? })
    }

    /// Starts a driver, and gives it with its port when it listens there. A port that was free may be taken by the time that
    /// the driver asks for it: then the driver ends, and is started with another.
    fn listening(self, home: &Path, display: Option<&str>) -> Outcome<(Child, u16)> {
        for _ in 0..TRIES {
            let port = free_port()?;
            let mut driver = self.driver(home, display, port)?.spawn()?;
            let start = Instant::now();
            while driver.try_wait()?.is_none() && start.elapsed() < PATIENCE {
                if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                    return Ok((driver, port));
                }
                std::thread::sleep(GLANCE);
            }
            drop(driver.kill());
            driver.wait()?;
        }
        Err(format!("the driver of {self:?} does not start").into())
    }

    fn driver(self, home: &Path, display: Option<&str>, port: u16) -> Outcome<Command> {
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

    fn wishes(self, home: &Path, files: &Path, flags: &[String], is_recorded: bool) -> Outcome<Capabilities> {
        let mut wishes = Capabilities::new();
        match self {
            Self::Chromium => {
                let mut options = chromium_options(home, files, flags);
                let mut logs = json!({ "browser": "ALL" });
                if is_recorded {
                    options["perfLoggingPrefs"] =
                        json!({ "enableNetwork": false, "enablePage": false, "traceCategories": TASKS });
                    logs["performance"] = json!("ALL");
                }
                wishes.insert("goog:chromeOptions".to_owned(), options);
                wishes.insert("goog:loggingPrefs".to_owned(), logs);
            }
            Self::Firefox => {
                let options = json!({
                    "binary": find("firefox-esr").ok_or("firefox-esr is missing")?,
                    "args": ["-headless", "--width=1366", "--height=900"],
                    "prefs": {
                        // A panel over the page would take the keyboard from it, until someone clicks it away.
                        "browser.download.alwaysOpenPanel": false,
                        "browser.download.folderList": 2,
                        "browser.download.dir": files,
                        "browser.helperApps.neverAsk.saveToDisk": "application/json",
                    },
                });
                wishes.insert("moz:firefoxOptions".to_owned(), options);
            }
            Self::WebKit => {
                let options = json!({ "binary": mini_browser()?, "args": ["--automation"] });
                wishes.insert("webkitgtk:browserOptions".to_owned(), options);
            }
        }
        Ok(wishes)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // What cannot be ended is no fault of the test.
        for process in &mut self.processes {
            drop(process.kill());
            drop(process.wait());
        }
    }
}

/// A port that is free, and that no other browser of this process was given.
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

/// `WebKitGTK`'s own browser lies where its library does.
fn mini_browser() -> Outcome<PathBuf> {
    for folder in fs::read_dir("/usr/lib")? {
        let file = folder?.path().join("webkit2gtk-4.1/MiniBrowser");
        if file.is_file() {
            return Ok(file);
        }
    }
    Err("MiniBrowser is missing: it comes with webkit2gtk-driver".into())
}

/// Tells programs of the desktop where saved files go.
fn settle_in(home: &Path) -> Outcome {
    fs::create_dir_all(home.join(".config"))?;
    Ok(fs::write(home.join(".config/user-dirs.dirs"), "XDG_DOWNLOAD_DIR=\"$HOME/files\"\n")?)
}

/// A screen that nobody looks at, and its name.
fn screen() -> Outcome<(Child, String)> {
    let mut screen = Command::new("Xvfb");
    screen.args(["-displayfd", "1", "-screen", "0", "1366x900x24", "-nolisten", "tcp"]);
    let mut screen = screen.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    // It writes its number when it is ready.
    let mut number = String::new();
    if let Some(said) = &mut screen.stdout {
        let mut byte = [0];
        while said.read(&mut byte)? == 1 && byte != *b"\n" {
            number.push(char::from(byte[0]));
        }
    }
    Ok((screen, format!(":{number}")))
}
