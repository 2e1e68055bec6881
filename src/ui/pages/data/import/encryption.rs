//! The browser's lock: a key from a password by PBKDF2, a text sealed with it by AES-GCM. What is kept of it is
//! [`Locked`]'s.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::exchange::error::FileError;
use crate::exchange::lock::{Locked, ROUNDS};

use crate::ui::platform;

/// The lock, where the browser has one here: over https alone.
fn lock_of_browser() -> Option<JsValue> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).ok()?;
    Reflect::get(&crypto, &"subtle".into()).ok().filter(JsValue::is_object)
}

/// Whether the browser has a lock here.
pub(crate) fn is_there() -> bool {
    lock_of_browser().is_some()
}

/// Locks a text with a password.
pub(crate) async fn lock(text: &str, password: &str) -> Result<Locked, FileError> {
    // Twenty random bytes, of which sixteen and, of another twenty, twelve are taken.
    let random = |count: usize| {
        let bits = [platform::ids::random_bits(), platform::ids::random_bits()].concat();
        bits.into_iter().take(count).collect::<Vec<u8>>()
    };
    let mut locked = Locked { rounds: ROUNDS, salt: random(16), iv: random(12), sealed: Vec::new() };
    locked.sealed = turn("encrypt", &locked, text.as_bytes(), password).await.map_err(|_| FileError::CannotUnlock)?;
    Ok(locked)
}

/// The bytes of a locked file.
pub(crate) async fn unlock(locked: &Locked, password: &str) -> Result<Vec<u8>, FileError> {
    if password.is_empty() {
        return Err(FileError::NoPassword);
    }
    if !is_there() {
        return Err(FileError::CannotUnlock);
    }
    // That no byte was changed on the way is known by now.
    turn("decrypt", locked, &locked.sealed, password).await.map_err(|_| FileError::WrongPassword)
}

/// An object of names and values.
fn object(parts: &[(&str, &JsValue)]) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, value) in parts {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object.into())
}

/// Calls one of the lock's functions.
async fn call(name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let lock = lock_of_browser().ok_or(JsValue::NULL)?;
    let function: Function = Reflect::get(&lock, &name.into())?.dyn_into()?;
    let arguments: Array = arguments.iter().copied().collect();
    let promise: Promise = function.apply(&lock, &arguments)?.dyn_into()?;
    JsFuture::from(promise).await
}

/// Seals bytes, or opens sealed ones.
async fn turn(act: &str, locked: &Locked, bytes: &[u8], password: &str) -> Result<Vec<u8>, JsValue> {
    let bytes_of = |bytes: &[u8]| JsValue::from(Uint8Array::from(bytes));
    let uses = |uses: &str| JsValue::from(Array::of1(&uses.into()));
    let raw = call(
        "importKey",
        &[&"raw".into(), &bytes_of(password.as_bytes()), &"PBKDF2".into(), &false.into(), &uses("deriveKey")],
    )
    .await?;
    let hashing = object(&[
        ("name", &"PBKDF2".into()),
        ("hash", &"SHA-256".into()),
        ("salt", &bytes_of(&locked.salt)),
        ("iterations", &locked.rounds.into()),
    ])?;
    let of_key = object(&[("name", &"AES-GCM".into()), ("length", &256.into())])?;
    let key = call("deriveKey", &[&hashing, &raw, &of_key, &false.into(), &uses(act)]).await?;
    let with = object(&[("name", &"AES-GCM".into()), ("iv", &bytes_of(&locked.iv))])?;
    let turned = call(act, &[&with, &key, &bytes_of(bytes)]).await?;
    Ok(Uint8Array::new(&turned).to_vec())
}
