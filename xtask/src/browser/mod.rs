//! A browser as a person uses it: by what things are called, never by where they stand in the page.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fantoccini::wd::{WebDriverCompatibleCommand, WindowHandle};
use fantoccini::{Client, ClientBuilder, Locator};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use url::{ParseError, Url};

use crate::Outcome;
use crate::tools::AXE;

mod camera;
mod engine;

use engine::Driver;
pub use engine::Engine;

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
        Self::begin(engine, false)
    }

    /// Opens a private window, of Chromium.
    ///
    /// # Errors
    /// It is not installed, or cannot be driven.
    pub fn start_private() -> Outcome<Self> {
        let browser = Self::begin(Engine::Chromium, true)?;
        // A private window does not go by the preferences of the profile.
        let files = browser.home.join("files");
        browser.devtools("Page.setDownloadBehavior", json!({ "behavior": "allow", "downloadPath": files }))?;
        Ok(browser)
    }

    fn begin(engine: Engine, is_private: bool) -> Outcome<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let home = std::env::temp_dir().join(format!("kvalitetshjul-browser-{}-{count}", std::process::id()));
        let driver = engine.start(&home, is_private)?;
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

    /// Runs a script in every page from now on, before the page's own. Chromium alone.
    ///
    /// # Errors
    /// The browser's.
    pub fn before_every_page(&self, script: &str) -> Outcome {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).map(drop)
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

    /// The texts that a script gives.
    ///
    /// # Errors
    /// The browser's.
    pub fn texts_of(&self, script: &str) -> Outcome<Vec<String>> {
        let texts = self.script(script, Vec::new())?;
        Ok(texts.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect())
    }

    /// The texts of all that a CSS selector finds.
    ///
    /// # Errors
    /// The browser's.
    pub fn texts(&self, selector: &str) -> Outcome<Vec<String>> {
        self.texts_of(&format!("return [...document.querySelectorAll(`{selector}`)].map(text);"))
    }

    /// What stands in all fields that a CSS selector finds.
    ///
    /// # Errors
    /// The browser's.
    pub fn values(&self, selector: &str) -> Outcome<Vec<String>> {
        self.texts_of(&format!("return [...document.querySelectorAll(`{selector}`)].map(field => field.value);"))
    }

    /// How many things a CSS selector finds.
    ///
    /// # Errors
    /// The browser's.
    pub fn count(&self, selector: &str) -> Outcome<usize> {
        Ok(self.texts(selector)?.len())
    }

    /// All that the browser keeps for the page's origin, as text.
    ///
    /// # Errors
    /// The browser's.
    pub fn stored(&self) -> Outcome<String> {
        const ALL: &str = "
            const done = arguments[arguments.length - 1];
            const all = [JSON.stringify(localStorage)];
            (async () => {
                for (const { name } of await indexedDB.databases()) {
                    const database = await new Promise((resolve, reject) => {
                        const opening = indexedDB.open(name);
                        opening.onsuccess = () => resolve(opening.result);
                        opening.onerror = reject;
                    });
                    for (const store of database.objectStoreNames) {
                        all.push(await new Promise(resolve => {
                            const texts = database.transaction(store).objectStore(store).getAll();
                            texts.onsuccess = () => resolve(JSON.stringify(texts.result));
                        }));
                    }
                    database.close();
                }
                done(all.join('\\n'));
            })();";
        let all = self.runtime.block_on(self.client.execute_async(ALL, Vec::new()))?;
        Ok(all.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until a script gives a number.
    ///
    /// # Errors
    /// It does not.
    pub fn number(&self, script: &str) -> Outcome<f64> {
        self.until(script, || Ok(self.script(script, Vec::new())?.as_f64()))
    }

    /// Waits until a script gives a number above another.
    ///
    /// # Errors
    /// It does not.
    pub fn number_after(&self, script: &str, last: f64) -> Outcome<f64> {
        self.until(script, || Ok(self.script(script, Vec::new())?.as_f64().filter(|number| *number > last)))
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

    /// Lets nothing come any more whose address is like one of these (`*` stands for anything). Chromium alone.
    ///
    /// # Errors
    /// The browser's.
    pub fn cut_off(&self, addresses: &[&str]) -> Outcome {
        self.devtools("Network.enable", json!({}))?;
        self.devtools("Network.setBlockedURLs", json!({ "urls": addresses })).map(drop)
    }

    /// The names of the files that the page has fetched and that hold a word.
    ///
    /// # Errors
    /// The browser's.
    pub fn fetched(&self, word: &str) -> Outcome<Vec<String>> {
        let names = self.texts_of("return performance.getEntriesByType('resource').map(entry => entry.name);")?;
        Ok(names.into_iter().filter(|name| name.contains(word)).collect())
    }

    /// Waits until the page that was gone to is there.
    ///
    /// # Errors
    /// It does not come.
    pub fn arrive(&self) -> Outcome {
        self.until("the page", || Ok((self.count(".coming")? == 0).then_some(())))
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

    /// Kills the browser with all its processes, as a machine does that loses its power but for its disk, and starts it
    /// again with the same profile. Chromium alone.
    ///
    /// # Errors
    /// It does not start again.
    pub fn kill(&mut self) -> Outcome {
        let profile = format!("user-data-dir={}", self.home.join("profile").display());
        // Some of its processes end by themselves when others are gone.
        Command::new("pkill").args(["-KILL", "-f", &profile]).status()?;
        self.driver = self.engine.start(&self.home, false)?;
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

    /// Waits until a text is the heading of the page.
    ///
    /// # Errors
    /// It does not come.
    pub fn see_heading(&self, words: &str) -> Outcome {
        self.until(&format!("the heading «{words}»"), || Ok((self.texts("h1")? == [words]).then_some(())))
    }

    /// Whether a text can be seen now.
    ///
    /// # Errors
    /// The browser's.
    pub fn sees(&self, words: &str) -> Outcome<bool> {
        Ok(self.script("return document.body.innerText.includes(arguments[0]);", vec![json!(words)])? == true)
    }

    /// Chooses one of a list, by what both are called.
    ///
    /// # Errors
    /// There is not exactly one such list, or nothing of that name in it.
    pub fn choose_in(&self, label: &str, option: &str) -> Outcome {
        const CHOOSE: &str = "
            const found = [...document.querySelectorAll('select')].filter(node => seen(node) && name(node) === arguments[0]);
            const option = [...(found[0]?.options ?? [])].find(option => text(option) === arguments[1]);
            if (found.length !== 1 || !option) return false;
            found[0].focus();
            found[0].value = option.value;
            found[0].dispatchEvent(new Event('change', { bubbles: true }));
            return true;";
        self.until(&format!("«{option}» in the list «{label}»"), || {
            Ok((self.script(CHOOSE, vec![json!(label), json!(option)])? == true).then_some(()))
        })
    }

    /// Makes the page work so many times slower than the machine is, as on a cheap one. Chromium alone.
    ///
    /// # Errors
    /// The browser's.
    pub fn slow_down(&self, times: u32) -> Outcome {
        self.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": times })).map(drop)
    }

    /// The arrow key to the right.
    pub const RIGHT: char = '\u{e014}';
    /// The arrow key to the left.
    pub const LEFT: char = '\u{e012}';
    /// The enter key.
    pub const ENTER: char = '\u{e007}';

    /// Presses a key, where the keyboard is.
    ///
    /// # Errors
    /// The browser's.
    pub fn key(&self, key: char) -> Outcome {
        self.keys(&key.to_string())
    }

    /// Presses the keys that undo.
    ///
    /// # Errors
    /// The browser's.
    pub fn undo_by_key(&self) -> Outcome {
        self.keys("\u{e009}z\u{e000}")
    }

    /// Presses the keys that do again what was undone.
    ///
    /// # Errors
    /// The browser's.
    pub fn redo_by_key(&self) -> Outcome {
        self.keys("\u{e009}y\u{e000}")
    }

    /// Goes with the keyboard to what a CSS selector finds first.
    ///
    /// # Errors
    /// There is none.
    pub fn focus(&self, selector: &str) -> Outcome {
        self.until(selector, || {
            const FOCUS: &str = "
                const found = document.querySelector(arguments[0]);
                found?.focus();
                return document.activeElement === found;";
            Ok((self.script(FOCUS, vec![json!(selector)])? == true).then_some(()))
        })
    }

    /// An attribute of what the keyboard is at.
    ///
    /// # Errors
    /// The browser's.
    pub fn focused(&self, attribute: &str) -> Outcome<String> {
        let value =
            self.script("return document.activeElement?.getAttribute(arguments[0]);", vec![json!(attribute)])?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the keyboard is at what has this value of an attribute: it is led there with the next frame.
    ///
    /// # Errors
    /// It is somewhere else.
    pub fn see_focus(&self, attribute: &str, value: &str) -> Outcome {
        self.until(&format!("the keyboard at {attribute}={value}"), || {
            Ok((self.focused(attribute)? == value).then_some(()))
        })
    }

    /// How many pixels the page is wider than a screen of a width, magnified so many times. Chromium alone.
    ///
    /// # Errors
    /// The browser's.
    pub fn overflow(&self, width: u32, scale: f64) -> Outcome<f64> {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width in pixels")]
        let seen = (f64::from(width) / scale) as u32;
        let size = json!({ "width": seen, "height": 800, "deviceScaleFactor": scale, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size)?;
        self.number("return document.documentElement.scrollWidth - document.documentElement.clientWidth;")
    }

    /// Presses the button, or follows the link, of a name.
    ///
    /// # Errors
    /// There is none, or not one alone.
    pub fn press(&self, name: &str) -> Outcome {
        // It is only marked here, and pressed by the driver: a browser tells a person's press from a script's.
        const MARK: &str = "
            document.querySelectorAll('[data-pressed]').forEach(node => node.removeAttribute('data-pressed'));
            const found = [...document.querySelectorAll('button, a[href], summary')]
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

    /// Presses what leads to a place, and waits until it is there: until its words can be seen.
    ///
    /// # Errors
    /// There is no such button, or it does not lead there.
    pub fn go(&self, name: &str, words: &str) -> Outcome {
        self.press(name)?;
        let mut pressed = Instant::now();
        self.until(&format!("«{words}» after «{name}»"), || {
            if self.sees(words)? {
                return Ok(Some(()));
            }
            if self.engine == Engine::WebKit && pressed.elapsed() > PATIENCE / 8 {
                // On a busy machine its driver loses a press now and then, before it comes to the page.
                pressed = Instant::now();
                self.press(name)?;
            }
            Ok(None)
        })
    }

    /// Picks the option of a name: a radio button or a box to tick.
    ///
    /// # Errors
    /// There is none, or not one alone.
    pub fn pick(&self, name: &str) -> Outcome {
        const MARK: &str = "
            document.querySelectorAll('[data-pressed]').forEach(node => node.removeAttribute('data-pressed'));
            const found = [...document.querySelectorAll('input[type=radio], input[type=checkbox]')]
                .filter(node => seen(node) && name(node) === arguments[0]);
            if (found.length !== 1) return null;
            found[0].setAttribute('data-pressed', '');
            found[0].scrollIntoView({ block: 'center' });
            return found[0].checked;";
        let before =
            self.until(&format!("one option «{name}»"), || Ok(self.script(MARK, vec![json!(name)])?.as_bool()))?;
        // On a busy machine a driver loses a press now and then, before it comes to the page.
        self.until(&format!("«{name}» to be picked"), || {
            if self.script(MARK, vec![json!(name)])?.as_bool() != Some(before) {
                return Ok(Some(()));
            }
            let press = async { self.client.find(Locator::Css("[data-pressed]")).await?.click().await };
            self.runtime.block_on(press)?;
            Ok(None)
        })
    }

    /// Picks one of several, whether or not it is picked already.
    ///
    /// # Errors
    /// There is none, or not one alone.
    pub fn choose_option(&self, name: &str) -> Outcome {
        const IS_PICKED: &str = "
            const found = [...document.querySelectorAll('input[type=radio], input[type=checkbox]')]
                .filter(node => seen(node) && name(node) === arguments[0]);
            return found.length === 1 ? found[0].checked : null;";
        let is_picked =
            self.until(&format!("one option «{name}»"), || Ok(self.script(IS_PICKED, vec![json!(name)])?.as_bool()))?;
        if is_picked { Ok(()) } else { self.pick(name) }
    }

    /// Follows the link that a CSS selector finds first, where its name alone does not tell it from others.
    ///
    /// # Errors
    /// There is none.
    pub fn follow(&self, selector: &str) -> Outcome {
        self.until(selector, || {
            let press = async { self.client.find(Locator::Css(selector)).await?.click().await };
            Ok(Some(self.runtime.block_on(press)?))
        })
    }

    /// Types into the field of a label, over what stands in it, and leaves it.
    ///
    /// # Errors
    /// There is no such field.
    pub fn write(&self, label: &str, words: &str) -> Outcome {
        const FIND: &str = "
            const found = [...document.querySelectorAll('input, textarea')].filter(node => seen(node) && name(node) === arguments[0]);
            if (found.length !== 1) return null;
            found[0].scrollIntoView({ block: 'center' });
            found[0].focus();
            found[0].select();
            return found[0].id;";
        let id = self.until(&format!("a field «{label}»"), || {
            Ok(self.script(FIND, vec![json!(label)])?.as_str().map(str::to_owned))
        })?;
        let keys = if words.is_empty() { "\u{e017}" } else { words };
        // Selected, so that typing replaces it, as a person does it.
        self.send_keys(&id, keys)?;
        if self.engine == Engine::WebKit && self.read(label)? != words {
            // On a busy machine its driver loses keys now and then, before they come to the page.
            self.until(&format!("the field «{label}»"), || {
                Ok(self.script(FIND, vec![json!(label)])?.as_str().map(drop))
            })?;
            self.send_keys(&id, keys)?;
        }
        self.send_keys(&id, "\u{e004}")
    }

    fn send_keys(&self, id: &str, keys: &str) -> Outcome {
        Ok(self.runtime.block_on(async { self.client.find(Locator::Id(id)).await?.send_keys(keys).await })?)
    }

    /// Types on in the field of a label, after what stands in it, and stays there.
    ///
    /// # Errors
    /// There is no such field.
    pub fn type_on(&self, label: &str, words: &str) -> Outcome {
        const FIND: &str = "
            const found = [...document.querySelectorAll('input, textarea')].filter(node => seen(node) && name(node) === arguments[0]);
            if (found.length !== 1) return null;
            found[0].focus();
            found[0].setSelectionRange(found[0].value.length, found[0].value.length);
            return found[0].id;";
        let id = self.until(&format!("a field «{label}»"), || {
            Ok(self.script(FIND, vec![json!(label)])?.as_str().map(str::to_owned))
        })?;
        if !words.is_empty() {
            self.send_keys(&id, words)?;
        }
        Ok(())
    }

    /// What stands in the field of a label, once the page has read its stores.
    ///
    /// # Errors
    /// There is no such field.
    pub fn read_when_loaded(&self, label: &str) -> Outcome<String> {
        self.until("the stores to be read", || {
            let strip = self.texts(".strip")?.concat();
            Ok((!strip.is_empty() && !strip.starts_with("Henter")).then_some(()))
        })?;
        self.read(label)
    }

    /// What stands in the field of a label.
    ///
    /// # Errors
    /// There is no such field.
    pub fn read(&self, label: &str) -> Outcome<String> {
        const READ: &str = "
            const found = [...document.querySelectorAll('input, textarea')].filter(node => seen(node) && name(node) === arguments[0]);
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

    /// The drawings of the page, as they stand in it.
    ///
    /// # Errors
    /// The browser's.
    pub fn drawings(&self) -> Outcome<Vec<String>> {
        let drawings =
            self.script("return [...document.querySelectorAll('svg')].map(svg => svg.outerHTML);", vec![])?;
        let drawings = drawings.as_array().cloned().unwrap_or_default();
        Ok(drawings.iter().filter_map(|svg| svg.as_str().map(str::to_owned)).collect())
    }

    /// Presses a button that saves a file, and gives the file.
    ///
    /// # Errors
    /// No file comes.
    pub fn save_with(&self, name: &str) -> Outcome<PathBuf> {
        self.save(name, "json")
    }

    /// Presses a button that saves a plain text, and gives the file.
    ///
    /// # Errors
    /// No file comes.
    pub fn save_text_with(&self, name: &str) -> Outcome<PathBuf> {
        self.save(name, "txt")
    }

    /// Presses a button that saves a file of some ending, and gives the file.
    ///
    /// # Errors
    /// No file comes.
    pub fn save_as(&self, name: &str, ending: &str) -> Outcome<PathBuf> {
        self.save(name, ending)
    }

    fn save(&self, name: &str, ending: &str) -> Outcome<PathBuf> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        self.press(name)?;
        let start = Instant::now();
        let mut is_pressed_again = false;
        let mut length = 0;
        let saved = self.until("a saved file", || {
            if self.engine == Engine::WebKit && !is_pressed_again && start.elapsed() > PATIENCE / 4 {
                // On a busy machine its driver loses a press now and then, before it comes to the page.
                is_pressed_again = true;
                self.press(name)?;
            }
            let files = std::fs::read_dir(self.home.join("files"))?;
            // While it is being written it has another ending; in a private window it may be there before it is whole.
            let of_ending = |file: &PathBuf| file.extension().is_some_and(|own| own == ending);
            let found = files.flatten().map(|file| file.path()).find(of_ending);
            let now = found.as_ref().and_then(|file| file.metadata().ok()).map_or(0, |about| about.len());
            let is_whole = now > 0 && now == std::mem::replace(&mut length, now);
            Ok(found.filter(|_| is_whole))
        })?;
        // Each in a folder of its own: browsers differ in what they do when a file of the name is there already.
        let kept = self.home.join(format!("saved-{}", COUNT.fetch_add(1, Ordering::Relaxed)));
        std::fs::create_dir(&kept)?;
        let kept = kept.join(saved.file_name().unwrap_or_default());
        std::fs::rename(&saved, &kept)?;
        Ok(kept)
    }

    /// Chooses a file at the one place of the page that takes files, and takes in all that it brings.
    ///
    /// # Errors
    /// There is no such place.
    pub fn choose(&self, file: &Path) -> Outcome {
        self.look_into(&[file])?;
        self.take_in()
    }

    /// Chooses files at the one place of the page that takes files, and waits until it is said what they bring, or why not.
    ///
    /// # Errors
    /// There is no such place.
    pub fn look_into(&self, files: &[&Path]) -> Outcome {
        self.forget_report()?;
        self.choose_and_go_on(files)?;
        self.see_report()
    }

    /// Chooses files at the one place of the page that takes files, and goes on at once.
    ///
    /// # Errors
    /// There is no such place.
    pub fn choose_and_go_on(&self, files: &[&Path]) -> Outcome {
        let names: Vec<_> = files.iter().map(|file| file.to_string_lossy()).collect();
        self.runtime.block_on(async {
            let input = self.client.find(Locator::Css("input[type=file]")).await?;
            input.send_keys(&names.join("\n")).await
        })?;
        Ok(())
    }

    /// Chooses a file at the place that a CSS selector finds.
    ///
    /// # Errors
    /// There is no such place.
    pub fn choose_at(&self, selector: &str, file: &Path) -> Outcome {
        let file = file.to_string_lossy().into_owned();
        self.until(selector, || {
            let send = async { self.client.find(Locator::Css(selector)).await?.send_keys(&file).await };
            Ok(Some(self.runtime.block_on(send)?))
        })
    }

    /// Chooses an option in the list of a label.
    ///
    /// # Errors
    /// There is no such list, or no such option in it.
    pub fn choose_in_list(&self, label: &str, option: &str) -> Outcome {
        const CHOOSE: &str = "
            const found = [...document.querySelectorAll('select')].filter(node => seen(node) && name(node).startsWith(arguments[0]));
            if (found.length !== 1) return false;
            const option = [...found[0].options].find(option => option.text === arguments[1]);
            if (!option) return false;
            found[0].value = option.value;
            found[0].dispatchEvent(new Event('change', { bubbles: true }));
            return true;";
        self.until(&format!("«{option}» in the list «{label}»"), || {
            Ok((self.script(CHOOSE, vec![json!(label), json!(option)])? == true).then_some(()))
        })
    }

    /// Presses keys one after the other, where the keyboard is; a modifier is held until the end.
    ///
    /// # Errors
    /// The browser's.
    pub fn keys(&self, keys: &str) -> Outcome {
        Ok(self.runtime.block_on(async { self.client.active_element().await?.send_keys(keys).await })?)
    }

    /// Pastes a text where the keyboard is, as if it were on the clipboard.
    ///
    /// # Errors
    /// The browser's.
    pub fn paste(&self, words: &str) -> Outcome {
        const PASTE: &str = "
            const data = new DataTransfer();
            data.setData('text/plain', arguments[0]);
            // Firefox takes the text by itself, the others as dragged data.
            const event = new ClipboardEvent('paste', {
                clipboardData: data, dataType: 'text/plain', data: arguments[0], bubbles: true, cancelable: true,
            });
            document.activeElement.dispatchEvent(event);
            return event.defaultPrevented;";
        let was_taken = self.script(PASTE, vec![json!(words)])?;
        if was_taken == true { Ok(()) } else { Err("nothing takes what is pasted".into()) }
    }

    /// Waits until what a CSS selector finds says these texts.
    ///
    /// # Errors
    /// It does not.
    pub fn see_texts(&self, selector: &str, expected: &[&str]) -> Outcome {
        self.until(&format!("{expected:?} in {selector}"), || Ok((self.texts(selector)? == expected).then_some(())))
    }

    /// What is said of files from now on is new.
    fn forget_report(&self) -> Outcome {
        const MARK: &str = "
            document.querySelectorAll('[aria-label=\"Om filen\"]').forEach(node => node.setAttribute('data-stale', ''));";
        self.script(MARK, Vec::new()).map(drop)
    }

    /// Waits until it is said what came of files, or would.
    fn see_report(&self) -> Outcome {
        const SAID: &str = "
            const said = document.querySelector('[aria-label=\"Om filen\"]:not([data-stale])');
            return said !== null && said.querySelector('progress') === null;";
        self.until("what came of the file", || Ok((self.script(SAID, Vec::new())? == true).then_some(())))
    }

    /// Takes in all that a file would bring, where it would bring anything, and waits for what came of it.
    ///
    /// # Errors
    /// It does not come.
    pub fn take_in(&self) -> Outcome {
        let mut pressed: Option<Instant> = None;
        self.until("the file to be taken in", || {
            if self.count(".look")? == 0 {
                return Ok(Some(()));
            }
            // On a busy machine a driver loses a press now and then, before it comes to the page.
            if pressed.is_none_or(|pressed| pressed.elapsed() > PATIENCE / 8) {
                pressed = Some(Instant::now());
                self.press("Flet ind")?;
            }
            Ok(None)
        })?;
        self.see_report()
    }

    /// Drops a file on the window, and takes in all that it brings.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn drop_file(&self, file: &Path) -> Outcome {
        // No driver drags files in from outside; what the page hears is the same.
        const DROP: &str = "
            const dragged = new DataTransfer();
            dragged.items.add(new File([arguments[1]], arguments[0]));
            for (const kind of ['dragover', 'drop']) {
                const event = new DragEvent(kind, { dataTransfer: dragged, bubbles: true, cancelable: true });
                document.body.dispatchEvent(event);
                if (!event.defaultPrevented) throw new Error('the page lets the browser leave for the file');
            }";
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        self.forget_report()?;
        self.script(DROP, vec![json!(name), json!(std::fs::read_to_string(file)?)])?;
        self.see_report()?;
        self.take_in()
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
        Ok(STANDARD.decode(shot["data"].as_str().unwrap_or_default())?)
    }

    fn devtools(&self, command: &str, parameters: Value) -> Outcome<Value> {
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

    fn chromium_log(&self) -> Outcome<Vec<String>> {
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
