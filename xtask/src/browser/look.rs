//! What a person sees: each look waits until it is so.

use serde_json::json;

use super::Browser;
use crate::Outcome;

impl Browser {
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

    /// The names of the files that the page has fetched and that hold a word.
    ///
    /// # Errors
    /// The browser's.
    pub fn fetched(&self, word: &str) -> Outcome<Vec<String>> {
        let names = self.texts_of("return performance.getEntriesByType('resource').map(entry => entry.name);")?;
        Ok(names.into_iter().filter(|name| name.contains(word)).collect())
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

    /// Waits until what a CSS selector finds says these texts.
    ///
    /// # Errors
    /// It does not.
    pub fn see_texts(&self, selector: &str, expected: &[&str]) -> Outcome {
        self.until(&format!("{expected:?} in {selector}"), || Ok((self.texts(selector)? == expected).then_some(())))
    }

    /// Waits until a CSS selector finds so many things.
    ///
    /// # Errors
    /// It finds more, or fewer.
    pub fn see_count(&self, selector: &str, expected: usize) -> Outcome {
        self.until(&format!("{expected} of {selector}"), || Ok((self.count(selector)? == expected).then_some(())))
    }
}
