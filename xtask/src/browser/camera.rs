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

    /// A film of the page as a camera held before it sees it: YUV4MPEG2, 640 × 480, for
    /// [`start_with_camera`](Self::start_with_camera). Chromium alone.
    ///
    /// # Errors
    /// The browser's.
    pub fn film(&self, width: u32, media: Media) -> Outcome<Vec<u8>> {
        const SEE: &str = "
            const done = arguments[arguments.length - 1];
            const picture = new Image();
            picture.onerror = () => done('');
            picture.onload = () => {
                const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
                const sheet = canvas.getContext('2d');
                sheet.fillStyle = '#777';
                sheet.fillRect(0, 0, 640, 480);
                const scale = Math.min(640 / picture.width, 480 / picture.height);
                const [width, height] = [picture.width * scale, picture.height * scale];
                sheet.drawImage(picture, (640 - width) / 2, (480 - height) / 2, width, height);
                const seen = sheet.getImageData(0, 0, 640, 480).data;
                let light = '';
                for (let at = 0; at < seen.length; at += 4) {
                    light += String.fromCharCode(Math.round(16 + (seen[at] * 66 + seen[at + 1] * 129 + seen[at + 2] * 25) / 256));
                }
                done(btoa(light));
            };
            picture.src = arguments[0];";
        let picture = format!("data:image/png;base64,{}", STANDARD.encode(self.picture(width, media)?));
        let looked_at = self.this_tab()?;
        // Elsewhere: the page's own policy forbids pictures.
        self.new_tab()?;
        let light = self.runtime.block_on(self.client.execute_async(SEE, vec![json!(picture)]))?;
        self.tab(&looked_at)?;
        let light = STANDARD.decode(light.as_str().unwrap_or_default())?;
        let mut film = b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n".to_vec();
        for _ in 0..3 {
            film.extend_from_slice(b"FRAME\n");
            film.extend_from_slice(&light);
            // Without colours.
            film.resize(film.len() + 640 * 480 / 2, 128);
        }
        Ok(film)
    }

    /// Lets every page from now on read QR codes as browsers with a `BarcodeDetector` do: Chromium has one on telephones and
    /// on a Mac, and none here. The reader is one that is not ours; the camera and its picture are the browser's.
    ///
    /// # Errors
    /// The reader cannot be fetched.
    pub fn can_read_codes(&self) -> Outcome {
        const DETECTOR: &str = "
            window.BarcodeDetector = class {
                constructor(options) { this.formats = options.formats; }
                async detect(video) {
                    if (!this.formats.includes('qr_code') || !video.videoWidth) return [];
                    const canvas = Object.assign(document.createElement('canvas'), { width: video.videoWidth, height: video.videoHeight });
                    const sheet = canvas.getContext('2d');
                    sheet.drawImage(video, 0, 0);
                    const seen = sheet.getImageData(0, 0, canvas.width, canvas.height);
                    const found = jsQR(seen.data, seen.width, seen.height);
                    return found ? [{ rawValue: found.data }] : [];
                }
            };";
        let reader = std::fs::read_to_string(JSQR.folder()?.join("dist/jsQR.js"))?;
        self.before_every_page(&format!("{reader}\n{DETECTOR}"))
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
