//! QR codes: read off the screen, and shown to the page's camera. The reader of pictures (`zxing-wasm`) is independent of our
//! encoder and of the page's own reader.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kvalitetshjul::chart::qr::qr;
use serde_json::{Value, json};

use super::{Browser, Media};
use crate::Outcome;
use crate::tools::{JSQR, ZXING};

/// The ways in which a picture is worsened before it is read: a name, the scale, and the blur in pixels.
const WORN: [(&str, f64, u8); 4] =
    [("sharp", 1.0, 0), ("blurred by 1 px", 1.0, 1), ("at 30 %", 0.3, 0), ("at 30 %, blurred by 1 px", 0.3, 1)];

/// The width and height of a film, in pixels.
const FILM_SIZE: (u16, u16) = (640, 480);
/// The number of pictures of a made film in a second.
const FILM_RATE: u16 = 4;
/// How long a code is held up in a made film, in seconds.
const HELD_UP: u16 = 2;

impl Browser {
    /// Reads the QR code on the page from a picture of the screen. Chromium only.
    ///
    /// # Errors
    /// The picture contains no readable code.
    pub fn scan(&self, width: u32, media: Media) -> Outcome<String> {
        let picture = self.picture(width, media)?;
        self.read_picture(&picture)
    }

    /// Reads the QR code on the part of the page that is in sight. Chromium only.
    ///
    /// # Errors
    /// The picture contains no readable code.
    pub fn scan_screen(&self) -> Outcome<String> {
        let picture = self.screenful(0.0)?;
        self.read_picture(&picture)
    }

    /// Reads the QR code of a drawing from a picture of the drawing alone, as a camera close to the screen sees it.
    /// Chromium only.
    ///
    /// # Errors
    /// There is no such drawing, or the picture contains no readable code.
    pub fn scan_drawing(&self, selector: &str) -> Outcome<String> {
        const PLACE: &str = "
            const box = document.querySelector(arguments[0])?.getBoundingClientRect();
            if (!box?.width) return null;
            return { x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height, scale: 2 };";
        let place =
            self.until(selector, || Ok(Some(self.script(PLACE, vec![json!(selector)])?).filter(Value::is_object)))?;
        let how = json!({ "format": "png", "clip": place, "captureBeyondViewport": true });
        let shot = self.devtools("Page.captureScreenshot", how)?;
        self.read_picture(&STANDARD.decode(shot["data"].as_str().unwrap_or_default())?)
    }

    /// Reads the QR code in sight from pictures of the screen: sharp, blurred by a pixel, scaled to 30 %, and both.
    /// Returns the name of each picture and its text, which is empty where no code can be read. Chromium only.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn scan_worn(&self) -> Outcome<Vec<(&'static str, String)>> {
        let picture = self.screenful(0.0)?;
        let texts = self.read_pictures(&picture, &WORN)?;
        Ok(WORN.iter().map(|(name, ..)| *name).zip(texts).collect())
    }

    /// Reads the QR code in a picture.
    fn read_picture(&self, picture: &[u8]) -> Outcome<String> {
        let read = self.read_pictures(picture, &WORN[..1])?.concat();
        if read.is_empty() { Err("no QR code can be read on the page".into()) } else { Ok(read) }
    }

    /// Reads the QR code in a picture once for each way of worsening it. A text is empty where no code can be read.
    fn read_pictures(&self, picture: &[u8], worn: &[(&str, f64, u8)]) -> Outcome<Vec<String>> {
        const READ: &str = "
            const done = arguments[arguments.length - 1];
            const [address, ways, module] = arguments;
            const wasmBinary = Uint8Array.from(atob(module), char => char.charCodeAt(0)).buffer;
            ZXingWASM.prepareZXingModule({ overrides: { wasmBinary } });
            const picture = new Image();
            const read = async ([, scale, blur]) => {
                const [width, height] = [picture.width, picture.height].map(side => Math.round(side * scale));
                const canvas = Object.assign(document.createElement('canvas'), { width, height });
                const sheet = canvas.getContext('2d');
                sheet.imageSmoothingQuality = 'high';
                if (blur > 0) sheet.filter = `blur(${blur}px)`;
                sheet.drawImage(picture, 0, 0, width, height);
                const found = await ZXingWASM.readBarcodes(sheet.getImageData(0, 0, width, height), {
                    formats: ['QRCode'], textMode: 'Plain',
                });
                return found.find(code => code.isValid)?.text ?? '';
            };
            const readAll = async () => {
                await picture.decode();
                const texts = [];
                for (const way of ways) texts.push(await read(way));
                return texts;
            };
            picture.src = address;
            readAll().then(done, error => done(String(error)));";
        let picture = format!("data:image/png;base64,{}", STANDARD.encode(picture));
        let folder = ZXING.folder()?.join("dist");
        // A script of the driver is a function, whose variables are its own.
        let reader = std::fs::read_to_string(folder.join("iife/reader/index.js"))?;
        let reader = format!("{reader}\nwindow.ZXingWASM = ZXingWASM;");
        let module = STANDARD.encode(std::fs::read(folder.join("reader/zxing_reader.wasm"))?);
        let looked_at = self.this_tab()?;
        // On another page: the policy of this one forbids images from data.
        self.new_tab()?;
        let read = self.runtime.block_on(async {
            self.client.execute(&reader, Vec::new()).await?;
            self.client.execute_async(READ, vec![json!(picture), json!(worn), json!(module)]).await
        })?;
        self.close_tab()?;
        self.tab(&looked_at)?;
        let texts = read.as_array().ok_or_else(|| format!("the reader of QR codes failed: {read}"))?;
        Ok(texts.iter().map(|text| text.as_str().unwrap_or_default().to_owned()).collect())
    }

    /// Closes the current tab. Another one must be switched to afterwards.
    ///
    /// # Errors
    /// The driver reports an error.
    pub fn close_tab(&self) -> Outcome {
        Ok(self.runtime.block_on(self.client.close_window())?)
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
        self.close_tab()?;
        self.tab(&looked_at)?;
        let light = STANDARD.decode(light.as_str().unwrap_or_default())?;
        let mut film = film_head(10).into_bytes();
        for _ in 0..3 {
            film.extend_from_slice(b"FRAME\n");
            film.extend_from_slice(&light);
            // The planes of colour are neutral grey.
            film.resize(film.len() + 640 * 480 / 2, 128);
        }
        Ok(film)
    }

    /// Writes a film of QR codes that are held up one after the other, two seconds each, for
    /// [`start_with_camera`](Self::start_with_camera). Size, place, tilt and light differ from code to code.
    ///
    /// # Errors
    /// A text is too long for a code, or the file cannot be written.
    pub fn film_codes(film: &Path, codes: &[String]) -> Outcome {
        let mut output = BufWriter::new(File::create(film)?);
        output.write_all(film_head(FILM_RATE).as_bytes())?;
        for (number, code) in (0..).zip(codes) {
            let mut frame = b"FRAME\n".to_vec();
            frame.extend(HeldUpCode::new(number, code).ok_or("the text is too long for a code")?.light());
            // The planes of colour are neutral grey.
            frame.resize(frame.len() + usize::from(FILM_SIZE.0) * usize::from(FILM_SIZE.1) / 2, 128);
            for _ in 0..FILM_RATE * HELD_UP {
                output.write_all(&frame)?;
            }
        }
        Ok(output.flush()?)
    }

    /// Gives every later page a `BarcodeDetector` made with jsQR. Chromium has its own on phones and on macOS, but not on
    /// Linux. The camera and its picture are those of the browser.
    ///
    /// # Errors
    /// jsQR cannot be fetched.
    pub fn can_read_codes(&self) -> Outcome {
        const DETECTOR: &str = "
            window.BarcodeDetector = class {
                static async getSupportedFormats() { return ['qr_code']; }
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

/// The first line of a film in YUV4MPEG2, with its number of pictures in a second.
fn film_head(rate: u16) -> String {
    let (width, height) = FILM_SIZE;
    format!("YUV4MPEG2 W{width} H{height} F{rate}:1 Ip A1:1 C420jpeg\n")
}

/// A QR code on paper, held up to a camera in front of a wall. Lengths are in pixels of the film, light is from 16 to
/// 235.
#[derive(Debug)]
struct HeldUpCode {
    /// The modules of the code with its white margin, row by row; `true` for a dark one.
    modules: Vec<Vec<bool>>,
    /// The length of the code's side.
    side: f64,
    /// The position of its centre, from the left and from the top.
    centre: (f64, f64),
    /// Sine and cosine of its tilt.
    tilt: (f64, f64),
    paper: f64,
    ink: f64,
    wall: f64,
    /// The share of the light that is missing at the right edge of the picture.
    shade: f64,
}

impl HeldUpCode {
    /// The code with a number, at a place and in a light that depend on the number. `None` if the text is too long.
    fn new(number: u16, code: &str) -> Option<Self> {
        // A share from 0 to 1 that changes from number to number, in `steps` steps.
        let share = |factor: u16, steps: u16| f64::from(number * factor % steps) / f64::from(steps - 1);
        let side = 170.0 + 150.0 * share(37, 11);
        // A tilted square reaches 0.6 of its side from its centre.
        let place = |length: u16, share: f64| 0.6 * side + (f64::from(length) - 1.2 * side) * share;
        Some(Self {
            modules: modules_of(code)?,
            side,
            centre: (place(FILM_SIZE.0, share(17, 10)), place(FILM_SIZE.1, share(23, 7))),
            tilt: (24.0 * share(29, 25) - 12.0).to_radians().sin_cos(),
            paper: 170.0 + 55.0 * share(13, 8),
            ink: 25.0 + 40.0 * share(7, 6),
            wall: 90.0 + 60.0 * share(19, 9),
            shade: 0.3 * share(5, 4),
        })
    }

    /// The light of all pixels, row by row.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "light is from 0 to 235")]
    fn light(&self) -> Vec<u8> {
        const SAMPLES: [(f64, f64); 4] = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)];
        let (width, height) = FILM_SIZE;
        let positions = (0..height).flat_map(|y| (0..width).map(move |x| (f64::from(x), f64::from(y))));
        let pixels = positions.map(|(x, y)| {
            let sum: f64 = SAMPLES.iter().map(|(right, down)| self.light_at(x + right, y + down)).sum();
            (sum / 4.0 * (1.0 - self.shade * x / f64::from(width))).round() as u8
        });
        pixels.collect()
    }

    /// The light at a position, without the shade.
    fn light_at(&self, x: f64, y: f64) -> f64 {
        let (right, down) = (x - self.centre.0, y - self.centre.1);
        let (sine, cosine) = self.tilt;
        let across = 0.5 + (right * cosine + down * sine) / self.side;
        let along = 0.5 + (down * cosine - right * sine) / self.side;
        let module = element_at(&self.modules, along).and_then(|row| element_at(row, across));
        module.map_or(self.wall, |is_dark| if *is_dark { self.ink } else { self.paper })
    }
}

/// The element at a share of the length of a list; `None` outside.
#[allow(clippy::cast_precision_loss, reason = "a code has less than 200 modules on a side")]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the share is not negative")]
fn element_at<T>(elements: &[T], share: f64) -> Option<&T> {
    if share < 0.0 {
        return None;
    }
    elements.get((share * elements.len() as f64) as usize)
}

/// The modules of a QR code with its white margin, from our drawing of it. `None` if the text is too long for a code.
fn modules_of(code: &str) -> Option<Vec<Vec<bool>>> {
    let svg = qr(code, "");
    let (_, view_box) = svg.split_once("viewBox=\"0 0 ")?;
    let side: usize = view_box.split_once(' ')?.0.parse().ok()?;
    let (_, path) = svg.rsplit_once(" d=\"")?;
    let mut modules = vec![vec![false; side]; side];
    // A run of dark modules is written `M4 4h7v1h-7z`.
    for run in path.split_once('"')?.0.split('M').filter(|run| !run.is_empty()) {
        let (x, rest) = run.split_once(' ')?;
        let (y, rest) = rest.split_once('h')?;
        let (length, _) = rest.split_once('v')?;
        let (x, y, length): (usize, usize, usize) = (x.parse().ok()?, y.parse().ok()?, length.parse().ok()?);
        modules.get_mut(y)?.get_mut(x..x + length)?.fill(true);
    }
    Some(modules)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_those_of_the_drawing() {
        let modules = modules_of("K7QM-3XPD").unwrap();
        assert_eq!(modules.len(), 29);
        let row =
            |index: usize| modules[index].iter().map(|is_dark| if *is_dark { '#' } else { '.' }).collect::<String>();
        assert!(row(3).chars().all(|module| module == '.'), "the margin is white");
        assert!(row(4).starts_with("....#######.") && row(5).starts_with("....#.....#."), "{}", row(4));
        assert_eq!(modules_of(&"x".repeat(8000)), None);
    }

    #[test]
    fn held_up_codes_are_whole_in_the_picture() {
        for number in 0..40 {
            let code = HeldUpCode::new(number, "K7QM-3XPD").unwrap();
            let (sine, cosine) = code.tilt;
            let reach = code.side / 2.0 * (sine.abs() + cosine);
            for (centre, length) in [(code.centre.0, FILM_SIZE.0), (code.centre.1, FILM_SIZE.1)] {
                assert!(centre >= reach && centre + reach <= f64::from(length), "{number}: {code:?}");
            }
            let light = code.light();
            assert_eq!(light.len(), 640 * 480);
            assert!(light.iter().all(|light| (16..=235).contains(light)), "{number}");
        }
    }
}
