//! Unknown JavaScript values become typed input, or an error that names the argument.

use js_sys::{Array, JsString, Reflect};
use wasm_bindgen::prelude::*;

use super::fetch::{Deletion, Exchange};
use super::foreign::{self, get, kind, text, units};
use super::limit::Signal;
use super::rejection::Refused;
use crate::call::{Call, Credential};
use crate::error::Error;
use crate::options::{self, Endpoint};
use crate::request::{Id, Request, Secret};
use crate::text::presentable;

/// Reads the arguments of a deletion.
pub(super) fn read(token: &JsValue, id: &JsValue, given: &JsValue) -> Result<Deletion, Refused> {
    let credential = match secret(token) {
        Some(secret) => Credential::Given(secret?),
        None if token.is_function() => Credential::Asked,
        None => return Err(wrong_kind("token must be a string or a function", token).into()),
    };
    let id = match id.dyn_ref::<JsString>() {
        Some(id) => Id::new(units(id))?,
        None => return Err(wrong_kind("id must be a string", id).into()),
    };
    let options = Options::read(given, &credential)?;
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
/// Unit by unit, from the caller's string to its one place in our memory, which is overwritten in the end.
pub(super) fn secret(token: &JsValue) -> Option<Result<Secret, Error>> {
    token
        .dyn_ref::<JsString>()
        .map(|token| Secret::new(units(token)))
}

struct Options {
    endpoint: Endpoint,
    signal: Option<Signal>,
    timeout_ms: u32,
    max_attempts: u32,
}

impl Options {
    /// Reads the own properties: a polluted `Object.prototype` must not redirect a token.
    fn read(given: &JsValue, credential: &Credential) -> Result<Self, Refused> {
        let mut options = Self {
            endpoint: Endpoint::new(options::SERVICE)?,
            signal: None,
            timeout_ms: options::DEFAULT_TIMEOUT_MS,
            max_attempts: options::DEFAULT_MAX_ATTEMPTS,
        };
        if is_absent(given) {
            return Ok(options);
        }
        if !given.is_object() || Array::is_array(given) {
            return Err(wrong_kind("options must be an object", given).into());
        }
        let keys = Reflect::own_keys(given).map_err(|thrown| unreadable("options", thrown))?;
        for key in keys.iter() {
            // What is no string is a symbol, which no option is and no slip of the keyboard makes.
            let Some(name) = text(&key) else { continue };
            let name = shown(&name, credential);
            let place = String::from_iter(["options.", &name]);
            let value = Reflect::get(given, &key).map_err(|thrown| unreadable(&place, thrown))?;
            if !is_absent(&value) {
                options.set(&name, &value)?;
            }
        }
        Ok(options)
    }

    fn set(&mut self, name: &str, value: &JsValue) -> Result<(), Refused> {
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
fn endpoint(value: &JsValue) -> Result<Endpoint, Refused> {
    if !value.is_string() {
        return Err(wrong_kind("options.endpoint must be a string or a URL", value).into());
    }
    let url = foreign::new(&foreign::global("URL"), &Array::of1(value));
    let url = url.map_err(|cause| Refused {
        error: Error::InvalidArgument("options.endpoint must be an absolute https: URL.".into()),
        cause: Some(cause),
    })?;
    Ok(Endpoint::new(
        &text(&get(&url, "href")).unwrap_or_default(),
    )?)
}

fn number(value: &JsValue, expected: &str) -> Result<f64, Refused> {
    value
        .as_f64()
        .ok_or_else(|| wrong_kind(expected, value).into())
}

/// An option's name, fit for a message. A caller may have mixed something up and put the token there.
fn shown(name: &str, credential: &Credential) -> String {
    let secret = match credential {
        Credential::Given(secret) => Some(secret),
        Credential::Asked => None,
    };
    presentable(name, secret).unwrap_or_default()
}

/// The error for a value of the wrong kind.
pub(super) fn wrong_kind(expected: &str, value: &JsValue) -> Error {
    Error::InvalidArgument(String::from_iter([expected, ", not ", &kind(value), "."]).into())
}

fn unreadable(place: &str, thrown: JsValue) -> Refused {
    Refused {
        error: Error::InvalidArgument(
            String::from_iter([place, " could not be read: it threw."]).into(),
        ),
        cause: Some(thrown),
    }
}
