//! Files that a user saves, chooses or drops.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use fantoccini::Locator;
use serde_json::json;

use super::Browser;
use crate::Outcome;

impl Browser {
    /// Clicks a button that saves a JSON file, and returns the file.
    ///
    /// # Errors
    /// No file is saved in time.
    pub fn save_with(&self, name: &str) -> Outcome<PathBuf> {
        self.save(name, "json")
    }

    /// Clicks a button that saves a text file, and returns the file.
    ///
    /// # Errors
    /// No file is saved in time.
    pub fn save_text_with(&self, name: &str) -> Outcome<PathBuf> {
        self.save(name, "txt")
    }

    /// Clicks a button that saves a file with an ending, and returns the file.
    ///
    /// # Errors
    /// No file is saved in time.
    pub fn save_as(&self, name: &str, ending: &str) -> Outcome<PathBuf> {
        self.save(name, ending)
    }

    fn save(&self, name: &str, ending: &str) -> Outcome<PathBuf> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        self.press(name)?;
        let mut length = 0;
        let saved = self.until("a saved file", || {
            let files = std::fs::read_dir(self.home.join("files"))?;
            // An unfinished file has another ending, except in a private window.
            let of_ending = |file: &PathBuf| file.extension().is_some_and(|own| own == ending);
            let found = files.flatten().map(|file| file.path()).find(of_ending);
            let now = found.as_ref().and_then(|file| file.metadata().ok()).map_or(0, |about| about.len());
            let is_complete = now > 0 && now == std::mem::replace(&mut length, now);
            Ok(found.filter(|_| is_complete))
        })?;
        // Each file is moved to its own folder: browsers rename a second file of the same name in different ways.
        let folder = self.home.join(format!("saved-{}", COUNT.fetch_add(1, Ordering::Relaxed)));
        std::fs::create_dir(&folder)?;
        let file = folder.join(saved.file_name().unwrap_or_default());
        std::fs::rename(&saved, &file)?;
        Ok(file)
    }

    /// Opens a file with the page's file field, and imports everything in it.
    ///
    /// # Errors
    /// The page has no file field.
    pub fn choose(&self, file: &Path) -> Outcome {
        self.look_into(&[file])?;
        self.take_in()
    }

    /// Opens files with the page's file field, and waits for the preview or the error.
    ///
    /// # Errors
    /// The page has no file field.
    pub fn look_into(&self, files: &[&Path]) -> Outcome {
        self.count_press();
        self.forget_report()?;
        self.choose_and_go_on(files)?;
        self.see_report()
    }

    /// Opens files with the page's file field, without waiting.
    ///
    /// # Errors
    /// The page has no file field.
    pub fn choose_and_go_on(&self, files: &[&Path]) -> Outcome {
        let names: Vec<_> = files.iter().map(|file| file.to_string_lossy()).collect();
        let input = self.until("a place that takes files", || {
            Ok(Some(self.runtime.block_on(self.client.find(Locator::Css("input[type=file]")))?))
        })?;
        // Not repeated: choosing twice would open the files twice.
        Ok(self.runtime.block_on(input.send_keys(&names.join("\n")))?)
    }

    /// Chooses a file in the file field that a CSS selector matches.
    ///
    /// # Errors
    /// There is no such field.
    pub fn choose_at(&self, selector: &str, file: &Path) -> Outcome {
        let file = file.to_string_lossy().into_owned();
        self.until(selector, || {
            let send = async { self.client.find(Locator::Css(selector)).await?.send_keys(&file).await };
            Ok(Some(self.runtime.block_on(send)?))
        })
    }

    /// Marks the current report, so that a later one can be told from it.
    fn forget_report(&self) -> Outcome {
        const MARK: &str = "
            document.querySelectorAll('[aria-label=\"Om filen\"]').forEach(node => node.setAttribute('data-stale', ''));";
        self.script(MARK, Vec::new()).map(drop)
    }

    /// Waits for a new report or preview.
    fn see_report(&self) -> Outcome {
        const SAID: &str = "
            const said = document.querySelector('[aria-label=\"Om filen\"]:not([data-stale])');
            return said !== null && said.querySelector('progress') === null;";
        self.until("what came of the file", || Ok((self.script(SAID, Vec::new())? == true).then_some(())))
    }

    /// Accepts everything in the preview, where it offers anything, and waits for the report.
    ///
    /// # Errors
    /// No report appears in time.
    pub fn take_in(&self) -> Outcome {
        if self.count(".import-preview")? > 0 {
            self.press("Flet ind")?;
            self.until("the file to be taken in", || Ok((self.count(".import-preview")? == 0).then_some(())))?;
        }
        self.see_report()
    }

    /// Drops a file on the window, and imports everything in it.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn drop_file(&self, file: &Path) -> Outcome {
        self.drop_and_look_into(&[file])?;
        self.take_in()
    }

    /// Drops files on the window, and waits for the preview or the error.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn drop_and_look_into(&self, files: &[&Path]) -> Outcome {
        self.forget_report()?;
        self.drop_and_go_on(files)?;
        self.see_report()
    }

    /// Drops files on the window, without waiting.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn drop_and_go_on(&self, files: &[&Path]) -> Outcome {
        // Drivers cannot drag files in from outside; the page receives the same event.
        const DROP: &str = "
            const dragged = new DataTransfer();
            for (const [name, bytes] of arguments[0]) dragged.items.add(new File([new Uint8Array(bytes)], name));
            for (const kind of ['dragover', 'drop']) {
                const event = new DragEvent(kind, { dataTransfer: dragged, bubbles: true, cancelable: true });
                document.body.dispatchEvent(event);
                if (!event.defaultPrevented) throw new Error('the page lets the browser leave for the file');
            }";
        let mut dropped = Vec::new();
        for file in files {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            dropped.push(json!([name, std::fs::read(file)?]));
        }
        self.script(DROP, vec![json!(dropped)]).map(drop)
    }
}
