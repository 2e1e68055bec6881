//! What a person does in a page.

use std::time::Instant;

use fantoccini::Locator;
use fantoccini::error::{CmdError, ErrorStatus};
use serde_json::json;

use super::{Browser, Engine, GLANCE, PATIENCE};
use crate::Outcome;

impl Browser {
    /// Chooses one of a list, by what both are called; of the list the beginning will do, since a label may hold it.
    ///
    /// # Errors
    /// There is not exactly one such list, or nothing of that name in it.
    pub fn choose_in(&self, label: &str, option: &str) -> Outcome {
        const CHOOSE: &str = "
            const lists = [...document.querySelectorAll('select')].filter(seen);
            const exact = lists.filter(node => name(node) === arguments[0]);
            const found = exact.length ? exact : lists.filter(node => name(node).startsWith(arguments[0]));
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

    /// Presses the button, or follows the link, of a name.
    ///
    /// # Errors
    /// There is none, or not one alone.
    pub fn press(&self, name: &str) -> Outcome {
        const FIND: &str = "
            const found = [...document.querySelectorAll('button, a[href], summary')]
                .filter(node => seen(node) && name(node) === arguments[0]);";
        self.press_found(&format!("one button «{name}»"), FIND, name)
    }

    /// Presses the one node in `found` of a script, until the press comes to it.
    ///
    /// The node is only marked by the script, and pressed by the driver: a browser tells a person's press from a script's. A
    /// press is lost where the page puts another node in the place of this one, or moves it, between the driver's look and
    /// its press, and some drivers lose one on a busy machine. Such a press is repeated; one that came is not.
    fn press_found(&self, what: &str, find: &str, name: &str) -> Outcome {
        const MARK: &str = "
            document.querySelectorAll('[data-pressed]').forEach(node => node.removeAttribute('data-pressed'));
            if (found.length !== 1) return false;
            window.pressHasCome = false;
            found[0].addEventListener('click', () => { window.pressHasCome = true; }, { capture: true, once: true });
            found[0].setAttribute('data-pressed', '');
            found[0].scrollIntoView({ block: 'center' });
            return true;";
        // In a page that was gone to by the press nothing is known of it.
        const HAS_COME: &str = "return window.pressHasCome !== false;";
        self.until(what, || {
            if self.script(&format!("{find}{MARK}"), vec![json!(name)])? != true {
                return Ok(None);
            }
            let press = async { self.client.find(Locator::Css("[data-pressed]")).await?.click().await };
            self.runtime.block_on(press)?;
            let pressed = Instant::now();
            // A page that is being left says nothing: the press came.
            while self.script(HAS_COME, Vec::new()).is_ok_and(|has_come| has_come != true) {
                if pressed.elapsed() > PATIENCE / 15 {
                    return Ok(None);
                }
                std::thread::sleep(GLANCE);
            }
            Ok(Some(()))
        })
    }

    /// Presses what leads to a place, and waits until it is there: until its words can be seen.
    ///
    /// # Errors
    /// There is no such button, or it does not lead there.
    pub fn go(&self, name: &str, words: &str) -> Outcome {
        self.press(name)?;
        self.until(&format!("«{words}» after «{name}»"), || Ok(self.sees(words)?.then_some(())))
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
        const FIND: &str = "const found = [...document.querySelectorAll(arguments[0])].slice(0, 1);";
        self.press_found(selector, FIND, selector)
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

    /// Presses keys in a field, as soon as the browser can write in it: what has just come into the page may not be laid out
    /// yet. A browser that says so has typed nothing.
    fn send_keys(&self, id: &str, keys: &str) -> Outcome {
        let sent = self.until(&format!("a field «{id}» that can be written in"), || {
            let typing = async { self.client.find(Locator::Id(id)).await?.send_keys(keys).await };
            match self.runtime.block_on(typing) {
                Err(CmdError::Standard(error)) if error.error == ErrorStatus::ElementNotInteractable => Ok(None),
                typed => Ok(Some(typed)),
            }
        })?;
        Ok(sent?)
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
}
