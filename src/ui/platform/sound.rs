//! A short sound, for a user who looks at the room and not at the screen.

use std::cell::RefCell;

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::prelude::*;

use crate::store::report::report;
use crate::ui::platform::reflect::{call, get};

/// The frequency of the sound, in hertz.
const FREQUENCY: f64 = 880.0;
/// The volume of the sound; 1 is as loud as the device is set.
const VOLUME: f64 = 0.15;
/// The time in which the sound reaches its volume, in seconds. A sound that begins at once clicks.
const RISE: f64 = 0.01;
/// The length of the sound, in seconds.
const LENGTH: f64 = 0.15;

thread_local! {
    /// The browser's audio, once it is open.
    static AUDIO: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// Opens the audio of the browser. Some browsers allow that only while a press is handled, so this is called then, and
/// [`beep`] later.
pub(crate) fn prepare() {
    let open = || -> Result<(), JsValue> {
        if let Some(audio) = audio()? {
            // The promise is not awaited: a browser that refuses stays silent.
            call(&audio, "resume", &[])?;
        }
        Ok(())
    };
    if let Err(reason) = open() {
        report("opening the audio", &reason);
    }
}

/// Makes one short, soft sound. A device without audio stays silent.
pub(crate) fn beep() {
    if let Err(reason) = play() {
        report("making a sound", &reason);
    }
}

fn play() -> Result<(), JsValue> {
    let Some(audio) = audio()? else { return Ok(()) };
    let (oscillator, gain) = (call(&audio, "createOscillator", &[])?, call(&audio, "createGain", &[])?);
    let now = get(&audio, "currentTime")?.as_f64().unwrap_or_default();
    Reflect::set(&get(&oscillator, "frequency")?, &"value".into(), &FREQUENCY.into())?;
    let volume = get(&gain, "gain")?;
    call(&volume, "setValueAtTime", &[JsValue::from_f64(0.0), now.into()])?;
    for (value, moment) in [(VOLUME, now + RISE), (0.0, now + LENGTH)] {
        call(&volume, "linearRampToValueAtTime", &[value.into(), moment.into()])?;
    }
    call(&oscillator, "connect", std::slice::from_ref(&gain))?;
    call(&gain, "connect", &[get(&audio, "destination")?])?;
    call(&oscillator, "start", &[])?;
    call(&oscillator, "stop", &[(now + LENGTH).into()])?;
    Ok(())
}

/// Returns the browser's audio, opened at the first call; `None` where the browser has none.
fn audio() -> Result<Option<JsValue>, JsValue> {
    AUDIO.with_borrow_mut(|audio| {
        if audio.is_none() {
            let class = get(&js_sys::global(), "AudioContext")?;
            let Ok(class) = class.dyn_into::<Function>() else { return Ok(None) };
            *audio = Some(Reflect::construct(&class, &Array::new())?);
        }
        Ok(audio.clone())
    })
}
