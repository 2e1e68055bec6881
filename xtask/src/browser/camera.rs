//! A camera that reads QR codes off the screen, by a reader that is not ours.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::{Browser, Media};
use crate::Outcome;
use crate::tools::JSQR;

impl Browser {
    /// Reads the QR code on the page, as a camera sees it: off a picture, by an independent reader. Chromium alone.
    ///
    /// # Errors
    /// There is no code that can be read.
    pub fn scan(&self, width: u32, media: Media) -> Outcome<String> {
        const READ: &str = "
            const done = arguments[arguments.length - 1];
            const picture = new Image();
            picture.onerror = () => done('');
            picture.onload = () => {
                const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height });
                const sheet = canvas.getContext('2d');
                sheet.drawImage(picture, 0, 0);
                const seen = sheet.getImageData(0, 0, canvas.width, canvas.height);
                done(jsQR(seen.data, seen.width, seen.height)?.data ?? '');
            };
            picture.src = arguments[0];";
        let picture = self.picture(width, media)?;
        let reader = std::fs::read_to_string(JSQR.folder()?.join("dist/jsQR.js"))?;
        let looked_at = self.this_tab()?;
        // Elsewhere: the page's own policy forbids pictures.
        self.new_tab()?;
        let picture = format!("data:image/png;base64,{}", STANDARD.encode(picture));
        let read = self.runtime.block_on(async {
            self.client.execute(&reader, Vec::new()).await?;
            self.client.execute_async(READ, vec![json!(picture)]).await
        })?;
        self.tab(&looked_at)?;
        let read = read.as_str().unwrap_or_default();
        if read.is_empty() { Err("no QR code can be read on the page".into()) } else { Ok(read.to_owned()) }
    }

    /// Takes the network away from the page, or gives it back. Chromium alone.
    ///
    /// # Errors
    /// The browser's.
    pub fn set_offline(&self, is_offline: bool) -> Outcome {
        let conditions =
            json!({ "offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.devtools("Network.enable", json!({}))?;
        self.devtools("Network.emulateNetworkConditions", conditions).map(drop)
    }
}
