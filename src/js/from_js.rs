//! Arguments of any kind become typed input, or an error that names the argument.

use std::cell::Cell;

use js_sys::{Function, JsString};
use wasm_bindgen::prelude::*;

use super::abort::CallSignal;
use super::bindings::{self, Url};
use super::text::{ascii_text, has_lone_surrogate, text};
use crate::call::Call;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::options::{
    self, DEFAULT_CONCURRENCY, DEFAULT_MAX_ATTEMPTS, DEFAULT_TIMEOUT_MS, MAX_PAGE_SIZE,
};
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
    pub(super) fn new(value: &JsValue) -> Result<Self, Error> {
        if value.is_function() {
            return Ok(Self::Function);
        }
        match bearer_token(value) {
            Some(token) => Ok(Self::Value(token?)),
            None => Err(type_error("token must be a string or a function", value)),
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

/// The options that all calls have.
pub(super) struct Options {
    pub(super) endpoint: Endpoint,
    pub(super) signal: CallSignal,
    pub(super) timeout_ms: u32,
    pub(super) max_attempts: u32,
    pub(super) fetch: Option<Function>,
    pub(super) on_retry: Option<Function>,
}

impl Options {
    /// Reads what the package's JavaScript made of the caller's options.
    pub(super) fn read(object: &bindings::Options) -> Result<Self, Error> {
        let endpoint = object.endpoint().map(endpoint).transpose()?;
        Ok(Self {
            endpoint: endpoint.unwrap_or_default(),
            signal: CallSignal(object.signal()),
            timeout_ms: number(object.timeout_ms(), options::timeout_ms)?
                .unwrap_or(DEFAULT_TIMEOUT_MS),
            max_attempts: number(object.max_attempts(), options::max_attempts)?
                .unwrap_or(DEFAULT_MAX_ATTEMPTS),
            fetch: object.fetch(),
            on_retry: object.on_retry(),
        })
    }
}

/// How many tokens a page may hold.
pub(super) fn page_size(options: &bindings::Options) -> Result<u32, Error> {
    let size = number(options.page_size(), options::page_size)?;
    Ok(size.unwrap_or(MAX_PAGE_SIZE))
}

/// How many deletions may be under way at once.
pub(super) fn concurrency(options: &bindings::Options) -> Result<u32, Error> {
    let concurrency = number(options.concurrency(), options::concurrency)?;
    Ok(concurrency.unwrap_or(DEFAULT_CONCURRENCY))
}

/// Checks the number of an option, if it is set.
fn number(value: Option<f64>, check: fn(f64) -> Result<u32, Error>) -> Result<Option<u32>, Error> {
    value.map(check).transpose()
}

/// The call that deletes a token.
pub(super) fn delete_call(
    token: &JsValue,
    id: &JsValue,
    options: &bindings::Options,
) -> Result<(Call, Options), Error> {
    let source = TokenSource::new(token)?;
    let id = token_id(id)?;
    let options = Options::read(options)?;
    let request = Request::delete(&options.endpoint, &id);
    if source.token().is_some_and(|token| request.names(token)) {
        return Err(Error::id_is_token());
    }
    Ok((call(request, source, &options), options))
}

/// The call for one page: the first, or the one that a page token leads to.
pub(super) fn page_call(
    token: &JsValue,
    next_token: &JsValue,
    options: &bindings::Options,
) -> Result<(Call, Options), Error> {
    let source = TokenSource::new(token)?;
    let own_options = Options::read(options)?;
    let list = ListRequest {
        max_results: page_size(options)?,
        next_token: next_token.as_string(),
    };
    let request = Request::list(&own_options.endpoint, list);
    Ok((call(request, source, &own_options), own_options))
}

fn call(request: Request, token: TokenSource, options: &Options) -> Call {
    let token = match token {
        TokenSource::Value(token) => Some(token),
        TokenSource::Function => None,
    };
    Call::new(request, token, options.max_attempts)
}

thread_local! {
    /// The endpoint of the call before: to parse it takes a tenth of a call.
    static LAST_ENDPOINT: Cell<Option<(JsString, Endpoint)>> = const { Cell::new(None) };
}

fn endpoint(string: JsString) -> Result<Endpoint, Error> {
    let last = LAST_ENDPOINT.take().filter(|(last, _)| *last == string);
    let last = match last {
        Some(last) => last,
        None => {
            let endpoint = parse_endpoint(&string)?;
            (string, endpoint)
        }
    };
    let endpoint = last.1.clone();
    LAST_ENDPOINT.set(Some(last));
    Ok(endpoint)
}

/// The endpoint, as the host's own `URL` parses it.
fn parse_endpoint(string: &JsString) -> Result<Endpoint, Error> {
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
