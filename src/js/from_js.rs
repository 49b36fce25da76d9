//! Arguments of any kind become typed input, or an error that names the argument.

use js_sys::JsString;
use wasm_bindgen::prelude::*;

use super::abort::CallerSignal;
use super::bindings::{self, Url};
use super::text::{has_lone_surrogate, text, whole_text};
use super::to_js::argument_error;
use crate::call::Call;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::options;
use crate::request::{ListRequest, Request};
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
    let text = whole_text(value)?;
    Some(BearerToken::new(&text))
}

/// Reads the id of a token.
pub(super) fn token_id(value: &JsValue) -> Result<TokenId, Error> {
    let text = text(value).ok_or_else(|| type_error("id must be a string", value))?;
    let id = TokenId::new(&text)?;
    if has_lone_surrogate(value, &text) {
        return Err(Error::invalid("id must not hold a lone surrogate."));
    }
    Ok(id)
}

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
        let option = |name, value: Result<JsValue, JsValue>| match value {
            Ok(value) => Ok(Some(value).filter(|value| !is_absent(value))),
            Err(thrown) => Err(argument_error(token, name, thrown)),
        };
        if let Some(value) = option("options.endpoint", object.endpoint())? {
            options.endpoint = endpoint(&value)?;
        }
        if let Some(value) = option("options.signal", object.signal())? {
            options.signal = signal(&value)?;
        }
        let numbers: [(_, _, _, ReadNumber); 4] = [
            (
                "options.timeoutMs",
                object.timeout_ms(),
                &mut options.timeout_ms,
                options::timeout_ms,
            ),
            (
                "options.maxAttempts",
                object.max_attempts(),
                &mut options.max_attempts,
                options::max_attempts,
            ),
            (
                "options.pageSize",
                object.page_size(),
                &mut options.page_size,
                options::page_size,
            ),
            (
                "options.concurrency",
                object.concurrency(),
                &mut options.concurrency,
                options::concurrency,
            ),
        ];
        for (name, value, target, read) in numbers {
            if let Some(value) = option(name, value)? {
                *target = read(number(name, &value)?)?;
            }
        }
        Ok(options)
    }
}

/// Reads the number of an option.
type ReadNumber = fn(f64) -> Result<u32, Error>;

/// A call that deletes one token.
pub(super) fn delete_call(token: TokenSource, id: &TokenId, options: &Options) -> Call {
    call(Request::delete(&options.endpoint, id), token, options)
}

/// A call for one page: the first, or the one that a page token leads to.
pub(super) fn page_call(token: TokenSource, next_token: &JsValue, options: &Options) -> Call {
    let list = ListRequest {
        max_results: options.page_size,
        next_token: whole_text(next_token).map(|text| text.to_string()),
    };
    call(Request::list(&options.endpoint, list), token, options)
}

fn call(request: Request, token: TokenSource, options: &Options) -> Call {
    let token = match token {
        TokenSource::Value(token) => Some(token),
        TokenSource::Function => None,
    };
    Call::new(request, token, options.max_attempts)
}

fn is_absent(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

/// The endpoint, as the host's own `URL` parses it.
fn endpoint(value: &JsValue) -> Result<Endpoint, Error> {
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
    CallerSignal::new(value)
        .ok_or_else(|| type_error("options.signal must be an AbortSignal", value))
}

fn number(name: &str, value: &JsValue) -> Result<f64, Error> {
    bindings::number(value).ok_or_else(|| type_error(&[name, " must be a number"].concat(), value))
}

/// The error for a value of the wrong type.
pub(super) fn type_error(expected: &str, value: &JsValue) -> Error {
    let found = type_name(value);
    Error::InvalidArgument([expected, ", not ", &found, "."].concat().into())
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
