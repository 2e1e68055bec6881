//! QR codes: read off the screen, and shown to the page's camera. The reader (jsQR) is independent of our encoder.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::{Browser, Media};
use crate::Outcome;
use crate::tools::JSQR;

impl Browser {
    /// Reads the QR code on the page from a picture of the screen. Chromium only.
    ///
    /// # Errors
    /// The picture contains no readable code.
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
        // On another page: the policy of this one forbids images from data.
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

    /// Films the page: one frame as YUV4MPEG2, 640 × 480, for [`start_with_camera`](Self::start_with_camera). Chromium only.
    ///
    /// # Errors
    /// The driver reports an error.
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
        // On another page: the policy of this one forbids images from data.
        self.new_tab()?;
        let light = self.runtime.block_on(self.client.execute_async(SEE, vec![json!(picture)]))?;
        self.tab(&looked_at)?;
        let light = STANDARD.decode(light.as_str().unwrap_or_default())?;
        let mut film = b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n".to_vec();
        for _ in 0..3 {
            film.extend_from_slice(b"FRAME\n");
            film.extend_from_slice(&light);
            // The planes of colour are neutral grey.
            film.resize(film.len() + 640 * 480 / 2, 128);
        }
        Ok(film)
    }

    /// Gives every later page a `BarcodeDetector` made with jsQR. Chromium has its own on phones and on macOS, but not on
    /// Linux. The camera and its picture are those of the browser.
    ///
    /// # Errors
    /// jsQR cannot be fetched.
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

    /// Switches the network of the page off or on. Chromium only.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn set_offline(&self, is_offline: bool) -> Outcome {
        let conditions =
            json!({ "offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.devtools("Network.enable", json!({}))?;
        self.devtools("Network.emulateNetworkConditions", conditions).map(drop)
    }
}
