//! What a user does on a page: clicks, keys, typing, pasting.

use std::time::Instant;

use fantoccini::Locator;
use fantoccini::error::{CmdError, ErrorStatus};
use serde_json::json;

use super::{Browser, Engine, POLL_INTERVAL, TIMEOUT};
use crate::Outcome;

impl Browser {
    /// Chooses an option of the select box with a label. The beginning of the label is enough, since a label may contain the
    /// select box itself.
    ///
    /// # Errors
    /// Not exactly one select box has the label, or it has no such option.
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
        self.count_press();
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
    /// The escape key.
    pub const ESCAPE: char = '\u{e00c}';
    /// The tab key.
    pub const TAB: char = '\u{e004}';
    /// The key that opens the menu of a field.
    pub const F2: char = '\u{e032}';

    /// Presses a key in the focused element.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn key(&self, key: char) -> Outcome {
        self.keys(&key.to_string())
    }

    /// Presses Ctrl+Z.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn undo_by_key(&self) -> Outcome {
        self.keys("\u{e009}z\u{e000}")
    }

    /// Presses Ctrl+Y.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn redo_by_key(&self) -> Outcome {
        self.keys("\u{e009}y\u{e000}")
    }

    /// Focuses the first element that a CSS selector matches.
    ///
    /// # Errors
    /// There is none, or it cannot be focused.
    pub fn focus(&self, selector: &str) -> Outcome {
        self.until(selector, || {
            const FOCUS: &str = "
                const found = document.querySelector(arguments[0]);
                found?.focus();
                return document.activeElement === found;";
            Ok((self.script(FOCUS, vec![json!(selector)])? == true).then_some(()))
        })
    }

    /// Clicks the button, link or summary with a name.
    ///
    /// # Errors
    /// Not exactly one has the name.
    pub fn press(&self, name: &str) -> Outcome {
        const FIND: &str = "
            const found = [...document.querySelectorAll('button, a[href], summary')]
                .filter(node => seen(node) && name(node) === arguments[0]);";
        self.press_found(&format!("one button «{name}»"), FIND, name)
    }

    /// Opens the menu of a field, which says who wrote the content.
    ///
    /// # Errors
    /// Not exactly one field with a menu has the label.
    pub fn open_field_menu(&self, label: &str) -> Outcome {
        self.press(&format!("Mere om feltet {label}"))
    }

    /// Clicks the single node in `found` of a script, until the page has received the click.
    ///
    /// The script only marks the node and the driver clicks it, because a browser treats a user's click and a script's
    /// differently. A click is lost when the page replaces or moves the node between the driver's look and its click, and
    /// some drivers lose clicks on a busy machine. A lost click is repeated; a received one is not.
    fn press_found(&self, what: &str, find: &str, name: &str) -> Outcome {
        const MARK: &str = "
            document.querySelectorAll('[data-pressed]').forEach(node => node.removeAttribute('data-pressed'));
            if (found.length !== 1) return false;
            window.pressHasCome = false;
            found[0].addEventListener('click', () => { window.pressHasCome = true; }, { capture: true, once: true });
            found[0].setAttribute('data-pressed', '');
            found[0].scrollIntoView({ block: 'center' });
            return true;";
        // The variable is missing on a page that the click has led to.
        const HAS_COME: &str = "return window.pressHasCome !== false;";
        self.count_press();
        self.until(what, || {
            if self.script_on_still_page(&format!("{find}{MARK}"), vec![json!(name)])? != true {
                return Ok(None);
            }
            let press = async { self.client.find(Locator::Css("[data-pressed]")).await?.click().await };
            self.runtime.block_on(press)?;
            let pressed = Instant::now();
            // A page that is being left does not answer: it has received the click.
            while self.script(HAS_COME, Vec::new()).is_ok_and(|has_come| has_come != true) {
                if pressed.elapsed() > TIMEOUT / 15 {
                    return Ok(None);
                }
                std::thread::sleep(POLL_INTERVAL);
            }
            Ok(Some(()))
        })
    }

    /// Clicks a button or link, and waits until the words are on the page.
    ///
    /// # Errors
    /// There is no such button, or the words do not appear.
    pub fn go(&self, name: &str, words: &str) -> Outcome {
        self.press(name)?;
        self.until(&format!("«{words}» after «{name}»"), || Ok(self.sees(words)?.then_some(())))
    }

    /// Toggles the radio button or checkbox with a name.
    ///
    /// # Errors
    /// Not exactly one has the name.
    pub fn pick(&self, name: &str) -> Outcome {
        const MARK: &str = "
            document.querySelectorAll('[data-pressed]').forEach(node => node.removeAttribute('data-pressed'));
            const found = [...document.querySelectorAll('input[type=radio], input[type=checkbox]')]
                .filter(node => seen(node) && name(node) === arguments[0]);
            if (found.length !== 1) return null;
            found[0].setAttribute('data-pressed', '');
            found[0].scrollIntoView({ block: 'center' });
            return found[0].checked;";
        let before = self.until(&format!("one option «{name}»"), || {
            Ok(self.script_on_still_page(MARK, vec![json!(name)])?.as_bool())
        })?;
        self.count_press();
        // On a busy machine a driver sometimes loses a click before the page receives it.
        self.until(&format!("«{name}» to be picked"), || {
            if self.script_on_still_page(MARK, vec![json!(name)])?.as_bool() != Some(before) {
                return Ok(Some(()));
            }
            let press = async { self.client.find(Locator::Css("[data-pressed]")).await?.click().await };
            self.runtime.block_on(press)?;
            Ok(None)
        })
    }

    /// Checks the radio button or checkbox with a name, unless it is checked already.
    ///
    /// # Errors
    /// Not exactly one has the name.
    pub fn choose_option(&self, name: &str) -> Outcome {
        const IS_PICKED: &str = "
            const found = [...document.querySelectorAll('input[type=radio], input[type=checkbox]')]
                .filter(node => seen(node) && name(node) === arguments[0]);
            return found.length === 1 ? found[0].checked : null;";
        let is_picked =
            self.until(&format!("one option «{name}»"), || Ok(self.script(IS_PICKED, vec![json!(name)])?.as_bool()))?;
        if is_picked { Ok(()) } else { self.pick(name) }
    }

    /// Clicks the first element that a CSS selector matches, where several have the same name.
    ///
    /// # Errors
    /// There is none.
    pub fn follow(&self, selector: &str) -> Outcome {
        const FIND: &str = "const found = [...document.querySelectorAll(arguments[0])].slice(0, 1);";
        self.press_found(selector, FIND, selector)
    }

    /// Replaces the value of the field with a label by typing, and leaves the field.
    ///
    /// # Errors
    /// Not exactly one field has the label.
    pub fn write(&self, label: &str, words: &str) -> Outcome {
        const FIND: &str = "
            const found = [...document.querySelectorAll('input, textarea')].filter(node => seen(node) && name(node) === arguments[0]);
            if (found.length !== 1) return null;
            found[0].scrollIntoView({ block: 'center' });
            found[0].focus();
            found[0].select();
            return found[0].id;";
        self.count_press();
        let id = self.until(&format!("a field «{label}»"), || {
            Ok(self.script(FIND, vec![json!(label)])?.as_str().map(str::to_owned))
        })?;
        let keys = if words.is_empty() { "\u{e017}" } else { words };
        // The value is selected, so typing replaces it.
        self.send_keys(&id, keys)?;
        if self.engine == Engine::WebKit && self.read(label)? != words {
            // On a busy machine its driver sometimes loses keys before the page receives them.
            self.until(&format!("the field «{label}»"), || {
                Ok(self.script(FIND, vec![json!(label)])?.as_str().map(drop))
            })?;
            self.send_keys(&id, keys)?;
        }
        self.send_keys(&id, "\u{e004}")
    }

    /// Types in a field, as soon as the browser can: a new field may not be laid out yet. In that case the browser types
    /// nothing and reports it.
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

    /// Types at the end of the field with a label, and stays in it.
    ///
    /// # Errors
    /// Not exactly one field has the label.
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

    /// Presses keys in the focused element. A modifier is held until the end.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn keys(&self, keys: &str) -> Outcome {
        Ok(self.runtime.block_on(async { self.client.active_element().await?.send_keys(keys).await })?)
    }

    /// Pastes a text into the focused element.
    ///
    /// # Errors
    /// The driver reports an error, or the element does not handle the paste.
    pub fn paste(&self, words: &str) -> Outcome {
        const PASTE: &str = "
            const data = new DataTransfer();
            data.setData('text/plain', arguments[0]);
            // Firefox reads `data`, the others read `clipboardData`.
            const event = new ClipboardEvent('paste', {
                clipboardData: data, dataType: 'text/plain', data: arguments[0], bubbles: true, cancelable: true,
            });
            document.activeElement.dispatchEvent(event);
            return event.defaultPrevented;";
        let was_handled = self.script(PASTE, vec![json!(words)])?;
        if was_handled == true { Ok(()) } else { Err("the focused element does not handle the paste".into()) }
    }
}
