//! Unknown JavaScript values become typed input, or an error that names the argument.

use js_sys::{Array, JsString, Reflect};
use wasm_bindgen::prelude::*;

use super::fetch::{Deletion, Exchange};
use super::foreign::{self, LONGEST_TEXT, get, kind, text, units};
use super::limit::Signal;
use super::rejection::refused;
use crate::call::{Call, Credential};
use crate::error::Error;
use crate::options::{self, Endpoint};
use crate::request::{Id, Request, Secret};
use crate::text::{joined, presentable};

/// The longest endpoint, in UTF-16 code units. Servers refuse longer URLs, and browsers cut some of them.
const LONGEST_ENDPOINT: u32 = 2_048;

/// How much of an option's name is shown, in characters.
const LONGEST_NAME: usize = 64;

/// Reads the arguments of a deletion.
///
/// # Errors
///
/// The object to reject with.
pub(super) fn read(token: &JsValue, id: &JsValue, given: &JsValue) -> Result<Deletion, JsValue> {
    let credential = match secret(token) {
        Some(secret) => Credential::Given(secret?),
        None if token.is_function() => Credential::Asked,
        None => return Err(wrong_kind("token must be a string or a function", token).into()),
    };
    let id = match id.dyn_ref::<JsString>() {
        Some(id) => Id::new(units(id, LONGEST_TEXT).iter().copied())?,
        None => return Err(wrong_kind("id must be a string", id).into()),
    };
    let options = Options::read(given, credential.secret())?;
    let request = Request::deletion(&options.endpoint, &id);
    Ok(Deletion {
        call: Call::new(request, credential, options.max_attempts),
        origin: options.endpoint.origin().to_owned(),
        ask: token.clone(),
        signal: options.signal,
        timeout_ms: options.timeout_ms,
        exchange: Exchange::default(),
    })
}

/// Reads a token; nothing if the value is not a string.
///
/// Unit by unit: every place in our memory where it has been is overwritten in the end.
pub(super) fn secret(token: &JsValue) -> Option<Result<Secret, Error>> {
    token
        .dyn_ref::<JsString>()
        .map(|token| Secret::new(units(token, usize::MAX).iter().copied()))
}

struct Options {
    endpoint: Endpoint,
    signal: Option<Signal>,
    timeout_ms: u32,
    max_attempts: u32,
}

impl Options {
    /// Reads the own properties: a polluted `Object.prototype` must not redirect a token.
    fn read(given: &JsValue, secret: Option<&Secret>) -> Result<Self, JsValue> {
        let mut options = Self {
            endpoint: Endpoint::new(options::SERVICE)?,
            signal: None,
            timeout_ms: options::DEFAULT_TIMEOUT_MS,
            max_attempts: options::DEFAULT_MAX_ATTEMPTS,
        };
        if is_absent(given) {
            return Ok(options);
        }
        if !given.is_object() || foreign::is_array(given) {
            return Err(wrong_kind("options must be an object", given).into());
        }
        let keys =
            Reflect::own_keys(given).map_err(|thrown| unreadable("options", thrown, secret))?;
        for key in keys.iter() {
            // What is no string is a symbol, which no option is and no slip of the keyboard makes.
            let Some(name) = text(&key) else { continue };
            let name = shown(&name, secret);
            let place = joined(&["options.", &name]);
            let value =
                foreign::read(given, &key).map_err(|thrown| unreadable(&place, thrown, secret))?;
            if !is_absent(&value) {
                options.set(&name, &value)?;
            }
        }
        Ok(options)
    }

    fn set(&mut self, name: &str, value: &JsValue) -> Result<(), JsValue> {
        match name {
            "endpoint" => self.endpoint = endpoint(value)?,
            "signal" => match Signal::new(value) {
                Some(signal) => self.signal = Some(signal),
                None => {
                    return Err(wrong_kind("options.signal must be an AbortSignal", value).into());
                }
            },
            "timeoutMs" => {
                let expected = "options.timeoutMs must be a number of milliseconds";
                self.timeout_ms = options::timeout_ms(number(value, expected)?)?;
            }
            "maxAttempts" => {
                let expected = "options.maxAttempts must be a number";
                self.max_attempts = options::max_attempts(number(value, expected)?)?;
            }
            _ => return Err(options::unknown(name).into()),
        }
        Ok(())
    }
}

fn is_absent(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

/// The endpoint, as the host's own `URL` writes it.
fn endpoint(value: &JsValue) -> Result<Endpoint, JsValue> {
    let Some(given) = value.dyn_ref::<JsString>() else {
        return Err(wrong_kind("options.endpoint must be a string or a URL", value).into());
    };
    if given.length() > LONGEST_ENDPOINT {
        return Err(Error::invalid("options.endpoint must have at most 2,048 characters.").into());
    }
    // What is thrown here quotes the endpoint, which may hold a password: it is no cause to pass on.
    let url = foreign::new(
        &foreign::global("URL"),
        &Array::of2(value, &JsValue::UNDEFINED),
    )
    .map_err(|_| Error::invalid("options.endpoint must be an absolute https: URL."))?;
    let href = text(&get(&url, "href")).unwrap_or_default();
    Ok(Endpoint::new(&href)?)
}

fn number(value: &JsValue, expected: &str) -> Result<f64, JsValue> {
    foreign::number(value).ok_or_else(|| wrong_kind(expected, value).into())
}

/// An option's name, fit for a message. A caller may have mixed something up and put the token there.
fn shown(name: &str, secret: Option<&Secret>) -> String {
    let shown = presentable(name, secret).unwrap_or_default();
    shown.chars().take(LONGEST_NAME).collect()
}

/// The error for a value of the wrong kind.
pub(super) fn wrong_kind(expected: &str, value: &JsValue) -> Error {
    Error::InvalidArgument(joined(&[expected, ", not ", &kind(value), "."]).into())
}

fn unreadable(place: &str, thrown: JsValue, secret: Option<&Secret>) -> JsValue {
    let message = joined(&[place, " could not be read: it threw."]);
    refused(Error::InvalidArgument(message.into()), Some(thrown), secret)
}
