//! What a person does with files.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use fantoccini::Locator;
use serde_json::json;

use super::Browser;
use crate::Outcome;

impl Browser {
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
        let mut length = 0;
        let saved = self.until("a saved file", || {
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
        let input = self.until("a place that takes files", || {
            Ok(Some(self.runtime.block_on(self.client.find(Locator::Css("input[type=file]")))?))
        })?;
        // Once: whoever chooses twice has chosen two files.
        Ok(self.runtime.block_on(input.send_keys(&names.join("\n")))?)
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
        if self.count(".look")? > 0 {
            self.press("Flet ind")?;
            self.until("the file to be taken in", || Ok((self.count(".look")? == 0).then_some(())))?;
        }
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
}
