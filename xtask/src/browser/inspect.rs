//! What a user sees on the page. Functions named `see…` wait until the page is as expected.

use serde_json::json;

use super::Browser;
use crate::Outcome;

impl Browser {
    /// The texts that a script returns.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn texts_of(&self, script: &str) -> Outcome<Vec<String>> {
        let texts = self.script(script, Vec::new())?;
        Ok(texts.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect())
    }

    /// The texts of all elements that a CSS selector matches.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn texts(&self, selector: &str) -> Outcome<Vec<String>> {
        self.texts_of(&format!("return [...document.querySelectorAll(`{selector}`)].map(text);"))
    }

    /// The values of all fields that a CSS selector matches.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn values(&self, selector: &str) -> Outcome<Vec<String>> {
        self.texts_of(&format!("return [...document.querySelectorAll(`{selector}`)].map(field => field.value);"))
    }

    /// The number of elements that a CSS selector matches.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn count(&self, selector: &str) -> Outcome<usize> {
        Ok(self.texts(selector)?.len())
    }

    /// Everything that the browser stores for the page's origin, as text.
    ///
    /// # Errors
    /// The driver reports an error.
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

    /// Waits until a script returns a number.
    ///
    /// # Errors
    /// The script returns none in time.
    pub fn number(&self, script: &str) -> Outcome<f64> {
        self.until(script, || Ok(self.script(script, Vec::new())?.as_f64()))
    }

    /// Waits until a script returns a number above a limit.
    ///
    /// # Errors
    /// The script returns none in time.
    pub fn number_after(&self, script: &str, last: f64) -> Outcome<f64> {
        self.until(script, || Ok(self.script(script, Vec::new())?.as_f64().filter(|number| *number > last)))
    }

    /// The addresses of the fetched files whose name contains a word.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn fetched(&self, word: &str) -> Outcome<Vec<String>> {
        let names = self.texts_of("return performance.getEntriesByType('resource').map(entry => entry.name);")?;
        Ok(names.into_iter().filter(|name| name.contains(word)).collect())
    }

    /// Waits until a text is on the page.
    ///
    /// # Errors
    /// The text does not appear in time.
    pub fn see(&self, words: &str) -> Outcome {
        self.until(&format!("«{words}»"), || {
            let found = self.script("return document.body.innerText.includes(arguments[0]);", vec![json!(words)])?;
            Ok((found == true).then_some(()))
        })
    }

    /// Waits until the heading of the page is a text.
    ///
    /// # Errors
    /// The heading is another one.
    pub fn see_heading(&self, words: &str) -> Outcome {
        self.until(&format!("the heading «{words}»"), || Ok((self.texts("h1")? == [words]).then_some(())))
    }

    /// Whether a text is on the page now.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn sees(&self, words: &str) -> Outcome<bool> {
        Ok(self.script("return document.body.innerText.includes(arguments[0]);", vec![json!(words)])? == true)
    }

    /// An attribute of the focused element; empty when it has none.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn focused(&self, attribute: &str) -> Outcome<String> {
        let value =
            self.script("return document.activeElement?.getAttribute(arguments[0]);", vec![json!(attribute)])?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the focused element has an attribute with a value. The page moves the focus in its next frame.
    ///
    /// # Errors
    /// Another element has the focus; the error shows its tag.
    pub fn see_focus(&self, attribute: &str, value: &str) -> Outcome {
        const FOCUSED: &str = "return [document.activeElement?.cloneNode(false)?.outerHTML ?? 'nothing'];";
        let seen = self.until(&format!("the focus at {attribute}={value}"), || {
            Ok((self.focused(attribute)? == value).then_some(()))
        });
        seen.map_err(|error| {
            let focused = self.texts_of(FOCUSED).unwrap_or_default();
            format!("focused is {focused:?}; {error}").into()
        })
    }

    /// By how many pixels the page is wider than a screen of a given width and zoom factor. Chromium only.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn overflow(&self, width: u32, scale: f64) -> Outcome<f64> {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width in pixels")]
        let seen = (f64::from(width) / scale) as u32;
        let size = json!({ "width": seen, "height": 800, "deviceScaleFactor": scale, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size)?;
        self.number("return document.documentElement.scrollWidth - document.documentElement.clientWidth;")
    }

    /// The value of the field with a label, after the page has read its stores.
    ///
    /// # Errors
    /// There is no such field.
    pub fn read_when_loaded(&self, label: &str) -> Outcome<String> {
        self.until("the stores to be read", || {
            let strip = self.texts(".status-bar")?.concat();
            Ok((!strip.is_empty() && !strip.starts_with("Henter")).then_some(()))
        })?;
        self.read(label)
    }

    /// The value of the field with a label.
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

    /// Waits until the field with a label has a value.
    ///
    /// # Errors
    /// The value is another one.
    pub fn see_in(&self, label: &str, words: &str) -> Outcome {
        self.until(&format!("«{words}» in «{label}»"), || Ok((self.read(label)? == words).then_some(())))
    }

    /// The SVG source of all drawings on the page.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn drawings(&self) -> Outcome<Vec<String>> {
        let drawings =
            self.script("return [...document.querySelectorAll('svg')].map(svg => svg.outerHTML);", vec![])?;
        let drawings = drawings.as_array().cloned().unwrap_or_default();
        Ok(drawings.iter().filter_map(|svg| svg.as_str().map(str::to_owned)).collect())
    }

    /// Waits until the elements that a CSS selector matches have these texts.
    ///
    /// # Errors
    /// The texts are others.
    pub fn see_texts(&self, selector: &str, expected: &[&str]) -> Outcome {
        self.until(&format!("{expected:?} in {selector}"), || Ok((self.texts(selector)? == expected).then_some(())))
    }

    /// Waits until a CSS selector matches a number of elements.
    ///
    /// # Errors
    /// It matches more or fewer.
    pub fn see_count(&self, selector: &str, expected: usize) -> Outcome {
        self.until(&format!("{expected} of {selector}"), || Ok((self.count(selector)? == expected).then_some(())))
    }
}
