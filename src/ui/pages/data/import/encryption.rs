//! Encryption of files by the Web Crypto interface of the browser: PBKDF2 derives a key from a password, and AES-GCM
//! encrypts the text. [`Locked`] holds the parameters and the encrypted bytes.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::exchange::error::FileError;
use crate::exchange::lock::{Locked, ROUNDS};

use crate::store::report::report;
use crate::ui::platform;

/// Returns `crypto.subtle`, which exists over https only.
fn subtle_crypto() -> Option<JsValue> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).ok()?;
    Reflect::get(&crypto, &"subtle".into()).ok().filter(JsValue::is_object)
}

/// Returns whether this browser can encrypt here.
pub(crate) fn is_available() -> bool {
    subtle_crypto().is_some()
}

/// Encrypts a text with a password.
///
/// # Errors
///
/// Returns [`FileError::CannotUnlock`] if the browser cannot encrypt.
pub(crate) async fn lock(text: &str, password: &str) -> Result<Locked, FileError> {
    // Takes the first `count` of twenty random bytes.
    let random = |count: usize| {
        let bits = [platform::ids::random_bits(), platform::ids::random_bits()].concat();
        bits.into_iter().take(count).collect::<Vec<u8>>()
    };
    let mut locked = Locked { rounds: ROUNDS, salt: random(16), iv: random(12), sealed: Vec::new() };
    let sealed = async {
        let key = derive_key("encrypt", &locked, password).await?;
        apply_cipher("encrypt", &key, &locked, text.as_bytes()).await
    };
    locked.sealed = sealed.await.map_err(|error| {
        report("encrypting a file", &error);
        FileError::CannotUnlock
    })?;
    Ok(locked)
}

/// Decrypts a locked file.
///
/// # Errors
///
/// Returns [`FileError::NoPassword`] for an empty password, [`FileError::CannotUnlock`] if the browser cannot decrypt
/// here, and [`FileError::WrongPassword`] if decryption fails.
pub(crate) async fn unlock(locked: &Locked, password: &str) -> Result<Vec<u8>, FileError> {
    if password.is_empty() {
        return Err(FileError::NoPassword);
    }
    if !is_available() {
        return Err(FileError::CannotUnlock);
    }
    let key = derive_key("decrypt", locked, password).await.map_err(|error| {
        report("deriving the key of a file", &error);
        FileError::CannotUnlock
    })?;
    // The checksum has been verified by now, so a failure means that the password is wrong.
    apply_cipher("decrypt", &key, locked, &locked.sealed).await.map_err(|_| FileError::WrongPassword)
}

/// Creates a JavaScript object from names and values.
fn object(properties: &[(&str, &JsValue)]) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, value) in properties {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object.into())
}

/// Calls a function of `crypto.subtle` and awaits its promise.
async fn call(name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let subtle = subtle_crypto().ok_or(JsValue::NULL)?;
    let function: Function = Reflect::get(&subtle, &name.into())?.dyn_into()?;
    let arguments: Array = arguments.iter().copied().collect();
    let promise: Promise = function.apply(&subtle, &arguments)?.dyn_into()?;
    JsFuture::from(promise).await
}

fn to_js_bytes(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

/// Derives the key of a file from a password. `operation` is `encrypt` or `decrypt`.
async fn derive_key(operation: &str, locked: &Locked, password: &str) -> Result<JsValue, JsValue> {
    let key_usages = |usage: &str| JsValue::from(Array::of1(&usage.into()));
    let password_key = call(
        "importKey",
        &[&"raw".into(), &to_js_bytes(password.as_bytes()), &"PBKDF2".into(), &false.into(), &key_usages("deriveKey")],
    )
    .await?;
    let derivation = object(&[
        ("name", &"PBKDF2".into()),
        ("hash", &"SHA-256".into()),
        ("salt", &to_js_bytes(&locked.salt)),
        ("iterations", &locked.rounds.into()),
    ])?;
    let key_type = object(&[("name", &"AES-GCM".into()), ("length", &256.into())])?;
    call("deriveKey", &[&derivation, &password_key, &key_type, &false.into(), &key_usages(operation)]).await
}

/// Encrypts or decrypts bytes. `operation` is `encrypt` or `decrypt`.
async fn apply_cipher(operation: &str, key: &JsValue, locked: &Locked, bytes: &[u8]) -> Result<Vec<u8>, JsValue> {
    let cipher = object(&[("name", &"AES-GCM".into()), ("iv", &to_js_bytes(&locked.iv))])?;
    let output = call(operation, &[&cipher, key, &to_js_bytes(bytes)]).await?;
    Ok(Uint8Array::new(&output).to_vec())
}
