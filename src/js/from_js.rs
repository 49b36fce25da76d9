//! Unknown JavaScript values become typed input, or an error that names the argument.

use js_sys::{Array, JsString, Reflect};
use wasm_bindgen::prelude::*;

use super::foreign::{self, LONGEST_TEXT, elements, get, kind, text, units};
use super::limit::Signal;
use super::rejection::refused;
use crate::call::Call;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::list::Listing;
use crate::options::{self, Operation};
use crate::request::{Id, Request, Secret};
use crate::text::{decode, joined, presentable, shorten};

/// The longest endpoint, in UTF-16 code units. Servers refuse longer URLs, and browsers cut some of them.
const LONGEST_ENDPOINT: u32 = 2_048;

/// How much of an option's name is shown, in UTF-16 code units.
const LONGEST_NAME: usize = 64;

/// The arguments of a call.
pub(super) struct Arguments {
    pub(super) operation: Operation,
    /// The token, or the caller's function that gives it.
    pub(super) token: JsValue,
    secret: Option<Secret>,
    id: Option<Id>,
    pub(super) endpoint: Endpoint,
    pub(super) signal: Signal,
    pub(super) timeout_ms: u32,
    max_attempts: u32,
    page_size: u32,
    concurrency: u32,
}

/// Reads a token; nothing if the value is not a string.
///
/// Unit by unit: every place in our memory where it has been is overwritten in the end.
pub(super) fn secret(token: &JsValue) -> Option<Result<Secret, Error>> {
    token
        .dyn_ref::<JsString>()
        .map(|token| Secret::new(units(token, usize::MAX).iter().copied()))
}

/// Reads the number of an option.
type ReadLimit = fn(f64) -> Result<u32, Error>;

impl Arguments {
    /// Nothing but the defaults. In a box, so that it never has to be moved.
    pub(super) fn new(operation: Operation, token: JsValue) -> Box<Self> {
        Box::new(Self {
            operation,
            token,
            secret: None,
            id: None,
            endpoint: Endpoint::default(),
            signal: Signal::default(),
            timeout_ms: options::DEFAULT_TIMEOUT_MS,
            max_attempts: options::DEFAULT_MAX_ATTEMPTS,
            page_size: options::LARGEST_PAGE,
            concurrency: options::DEFAULT_CONCURRENCY,
        })
    }

    /// Reads the token, the id if there is to be one, and the options.
    ///
    /// # Errors
    ///
    /// The object to reject with.
    pub(super) fn read(&mut self, id: Option<&JsValue>, given: &JsValue) -> Result<(), JsValue> {
        match secret(&self.token) {
            Some(secret) => self.secret = Some(secret?),
            None if self.token.is_function() => {}
            None => {
                return Err(wrong_kind("token must be a string or a function", &self.token).into());
            }
        }
        if let Some(id) = id {
            let Some(text) = id.dyn_ref::<JsString>() else {
                return Err(wrong_kind("id must be a string", id).into());
            };
            self.id = Some(Id::new(units(text, LONGEST_TEXT).iter().copied())?);
        }
        self.read_options(given)
    }

    /// Reads the own properties: a polluted `Object.prototype` must not redirect a token.
    fn read_options(&mut self, given: &JsValue) -> Result<(), JsValue> {
        if is_absent(given) {
            return Ok(());
        }
        if !given.is_object() || foreign::is_array(given) {
            return Err(wrong_kind("options must be an object", given).into());
        }
        let keys = Reflect::own_keys(given).map_err(|thrown| self.unreadable("options", thrown))?;
        for key in elements(&keys) {
            // What is no string is a symbol, which no option is and no slip of the keyboard makes.
            let Some(name) = text(&key) else { continue };
            let name = shown(&name, self.secret.as_ref());
            let place = joined(&["options.", &name]);
            let value =
                foreign::read(given, &key).map_err(|thrown| self.unreadable(&place, thrown))?;
            if !is_absent(&value) {
                self.set(&name, &value)?;
            }
        }
        Ok(())
    }

    fn set(&mut self, name: &str, value: &JsValue) -> Result<(), JsValue> {
        if !self.operation.options().contains(&name) {
            return Err(options::unknown(name, self.operation).into());
        }
        let (limit, read): (_, ReadLimit) = match name {
            "endpoint" => {
                self.endpoint = endpoint(value)?;
                return Ok(());
            }
            "signal" => {
                let expected = "options.signal must be an AbortSignal";
                self.signal = Signal::new(value).ok_or_else(|| wrong_kind(expected, value))?;
                return Ok(());
            }
            "timeoutMs" => (&mut self.timeout_ms, options::timeout_ms),
            "maxAttempts" => (&mut self.max_attempts, options::max_attempts),
            "pageSize" => (&mut self.page_size, options::page_size),
            _ => (&mut self.concurrency, options::concurrency),
        };
        *limit = read(number(name, value)?)?;
        Ok(())
    }

    fn unreadable(&self, place: &str, thrown: JsValue) -> JsValue {
        let message = joined(&[place, " could not be read: it threw."]);
        let error = Error::InvalidArgument(message.into());
        refused(error, Some(thrown), self.secret.as_ref())
    }

    /// Gives how many calls may be under way at once, unless the loader says that something threw.
    pub(super) fn check(&self, subject: &JsValue) -> Result<JsValue, JsValue> {
        if !foreign::is_array(subject) {
            return Ok(self.concurrency.into());
        }
        let given = subject.unchecked_ref::<Array>();
        let place = text(&given.get(0)).unwrap_or_default();
        Err(self.unreadable(&place, given.get(1)))
    }

    /// Makes a call of them. Without an id it asks for a page, and `subject` holds the marks of the pages so far.
    pub(super) fn call(&mut self, subject: &JsValue) -> Call {
        let request = match &self.id {
            Some(id) => Request::deletion(&self.endpoint, id),
            None => self.page(subject),
        };
        Call::new(request, self.secret.take(), self.max_attempts)
    }

    fn page(&self, asked: &JsValue) -> Request {
        let mut marks = Vec::new();
        for mark in elements(asked) {
            // Whole: cut short, it would be another page's.
            if let Some(mark) = mark.dyn_ref() {
                marks.push(decode(&units(mark, usize::MAX)).to_string());
            }
        }
        Request::page(&self.endpoint, Listing::new(self.page_size, marks))
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

fn number(name: &str, value: &JsValue) -> Result<f64, JsValue> {
    let expected = joined(&["options.", name, " must be a number"]);
    foreign::number(value).ok_or_else(|| wrong_kind(&expected, value).into())
}

/// An option's name, fit for a message. A caller may have mixed something up and put the token there.
fn shown(name: &str, secret: Option<&Secret>) -> String {
    let mut shown = presentable(name, secret).unwrap_or_default();
    shorten(&mut shown, LONGEST_NAME);
    shown
}

/// The error for a value of the wrong kind.
pub(super) fn wrong_kind(expected: &str, value: &JsValue) -> Error {
    Error::InvalidArgument(joined(&[expected, ", not ", &kind(value), "."]).into())
}
