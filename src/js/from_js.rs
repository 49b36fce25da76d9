//! Arguments of any kind become typed input, or an error that names the argument.

use std::cell::Cell;

use js_sys::JsString;
use wasm_bindgen::prelude::*;

use super::abort::CallerSignal;
use super::bindings::{self, Url};
use super::text::{ascii_text, has_lone_surrogate, text};
use super::to_js::argument_error;
use crate::call::Call;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::options;
use crate::request::{ListRequest, Request};
use crate::text::concat;
use crate::token::{BearerToken, TokenId};

/// The longest endpoint, in UTF-16 code units. Servers refuse longer URLs, and browsers cut some.
const MAX_ENDPOINT_LENGTH: u32 = 2_048;

/// Where the token comes from.
pub(super) enum TokenSource {
    /// The caller gave it.
    Value(BearerToken),
    /// The caller's function gives it, before every attempt.
    Function,
}

impl TokenSource {
    pub(super) fn new(value: &JsValue) -> Result<Self, JsValue> {
        if value.is_function() {
            return Ok(Self::Function);
        }
        match bearer_token(value) {
            Some(token) => Ok(Self::Value(token?)),
            None => Err(type_error("token must be a string or a function", value).into()),
        }
    }

    /// The token to keep out of what the caller sees, if it is known.
    pub(super) fn token(&self) -> Option<&BearerToken> {
        match self {
            Self::Value(token) => Some(token),
            Self::Function => None,
        }
    }
}

/// Reads a token; nothing for a value that is not a string.
pub(super) fn bearer_token(value: &JsValue) -> Option<Result<BearerToken, Error>> {
    let text = ascii_text(value).or_else(|| value.as_string())?;
    Some(BearerToken::new(&text))
}

/// Reads the id of a token.
fn token_id(value: &JsValue) -> Result<TokenId, Error> {
    let id_text = text(value).ok_or_else(|| type_error("id must be a string", value))?;
    let id = TokenId::new(&id_text)?;
    if has_lone_surrogate(value, &id_text) {
        return Err(Error::invalid("id must not hold a lone surrogate."));
    }
    Ok(id)
}

/// Checks the number of an option.
type ReadNumber = fn(f64) -> Result<u32, Error>;

/// The options of a call.
pub(super) struct Options {
    pub(super) endpoint: Endpoint,
    pub(super) signal: CallerSignal,
    pub(super) timeout_ms: u32,
    pub(super) max_attempts: u32,
    pub(super) page_size: u32,
    pub(super) concurrency: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            endpoint: Endpoint::default(),
            signal: CallerSignal::default(),
            timeout_ms: options::DEFAULT_TIMEOUT_MS,
            max_attempts: options::DEFAULT_MAX_ATTEMPTS,
            page_size: options::MAX_PAGE_SIZE,
            concurrency: options::DEFAULT_CONCURRENCY,
        }
    }
}

impl Options {
    /// Reads the copy that the package's JavaScript made in the call. A property that threw there
    /// throws again here.
    pub(super) fn read(value: &JsValue, token: Option<&BearerToken>) -> Result<Self, JsValue> {
        let mut options = Self::default();
        if is_absent(value) {
            return Ok(options);
        }
        if !value.is_object() || bindings::is_array(value) {
            return Err(type_error("options must be an object", value).into());
        }
        let object: &bindings::Options = value.unchecked_ref();
        let members = [
            ("options.endpoint", object.endpoint()),
            ("options.signal", object.signal()),
            ("options.timeoutMs", object.timeout_ms()),
            ("options.maxAttempts", object.max_attempts()),
            ("options.pageSize", object.page_size()),
            ("options.concurrency", object.concurrency()),
        ];
        for (name, value) in members {
            let value = value.map_err(|thrown| argument_error(token, name, thrown))?;
            if !is_absent(&value) {
                options.set(name, &value)?;
            }
        }
        Ok(options)
    }

    fn set(&mut self, name: &str, value: &JsValue) -> Result<(), Error> {
        let (target, read): (_, ReadNumber) = match name {
            "options.endpoint" => {
                self.endpoint = endpoint(value)?;
                return Ok(());
            }
            "options.signal" => {
                self.signal = signal(value)?;
                return Ok(());
            }
            "options.timeoutMs" => (&mut self.timeout_ms, options::timeout_ms),
            "options.maxAttempts" => (&mut self.max_attempts, options::max_attempts),
            "options.pageSize" => (&mut self.page_size, options::page_size),
            _ => (&mut self.concurrency, options::concurrency),
        };
        *target = read(number(name, value)?)?;
        Ok(())
    }
}

/// The call that deletes a token.
pub(super) fn delete_call(
    token: &JsValue,
    id: &JsValue,
    options: &JsValue,
) -> Result<(Call, Options), JsValue> {
    let source = TokenSource::new(token)?;
    let id = token_id(id)?;
    let options = Options::read(options, source.token())?;
    let request = Request::delete(&options.endpoint, &id);
    if source.token().is_some_and(|token| request.names(token)) {
        return Err(Error::id_is_token().into());
    }
    Ok((call(request, source, &options), options))
}

/// The call for one page: the first, or the one that a page token leads to.
pub(super) fn page_call(
    token: &JsValue,
    next_token: &JsValue,
    options: &JsValue,
) -> Result<(Call, Options), JsValue> {
    let source = TokenSource::new(token)?;
    let options = Options::read(options, source.token())?;
    let list = ListRequest {
        max_results: options.page_size,
        next_token: next_token.as_string(),
    };
    let request = Request::list(&options.endpoint, list);
    Ok((call(request, source, &options), options))
}

fn call(request: Request, token: TokenSource, options: &Options) -> Call {
    let token = match token {
        TokenSource::Value(token) => Some(token),
        TokenSource::Function => None,
    };
    Call::new(request, token, options.max_attempts)
}

fn is_absent(value: &JsValue) -> bool {
    value.is_null_or_undefined()
}

thread_local! {
    /// The endpoint of the call before: to parse it takes a tenth of a call.
    static LAST_ENDPOINT: Cell<Option<(JsValue, Endpoint)>> = const { Cell::new(None) };
}

fn endpoint(value: &JsValue) -> Result<Endpoint, Error> {
    let last = LAST_ENDPOINT.take().filter(|(last, _)| last == value);
    let (value, endpoint) = match last {
        Some(last) => last,
        None => (value.clone(), parse_endpoint(value)?),
    };
    LAST_ENDPOINT.set(Some((value, endpoint.clone())));
    Ok(endpoint)
}

/// The endpoint, as the host's own `URL` parses it.
fn parse_endpoint(value: &JsValue) -> Result<Endpoint, Error> {
    let Some(string) = value.dyn_ref::<JsString>() else {
        return Err(type_error(
            "options.endpoint must be a string or a URL",
            value,
        ));
    };
    if string.length() > MAX_ENDPOINT_LENGTH {
        return Err(Error::invalid(
            "options.endpoint must have at most 2,048 characters.",
        ));
    }
    // What is thrown here quotes the endpoint, which may hold a password: it is no cause to keep.
    let href = Url::new(string).and_then(|url| url.href());
    let href =
        href.map_err(|_| Error::invalid("options.endpoint must be an absolute https: URL."))?;
    Endpoint::new(&text(&href).unwrap_or_default())
}

fn signal(value: &JsValue) -> Result<CallerSignal, Error> {
    CallerSignal::new(value).ok_or_else(|| {
        let of_controller = bindings::property_or_undefined(value, "signal");
        match CallerSignal::new(&of_controller) {
            Some(_) => Error::invalid(
                "options.signal must be an AbortSignal: pass controller.signal, not the controller.",
            ),
            None => type_error("options.signal must be an AbortSignal", value),
        }
    })
}

fn number(name: &str, value: &JsValue) -> Result<f64, Error> {
    value
        .as_f64()
        .ok_or_else(|| type_error(&concat(&[name, " must be a number"]), value))
}

/// The error for a value of the wrong type.
pub(super) fn type_error(expected: &str, value: &JsValue) -> Error {
    let found = type_name(value);
    Error::InvalidArgument(concat(&[expected, ", not ", &found, "."]).into())
}

/// What `typeof` gives, but for `null` and arrays, which it calls objects.
fn type_name(value: &JsValue) -> String {
    if value.is_null() {
        return "null".to_owned();
    }
    if bindings::is_array(value) {
        return "array".to_owned();
    }
    value.js_typeof().as_string().unwrap_or_default()
}
