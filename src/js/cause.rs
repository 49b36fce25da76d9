//! Thrown values: what they prove, and which of them callers may see.

use js_sys::{Array, Error as JsError};
use wasm_bindgen::prelude::*;

use super::bindings::{self, get_property, property_or_undefined};
use super::text::text;
use crate::error::Error;
use crate::host_error::{self, HostError, MAX_ERRORS};
use crate::redact::printable;
use crate::text::concat;
use crate::token::BearerToken;

/// How many values and keys of a cause are searched for the token.
const MAX_VALUES: u32 = 1_000;

/// How much text of a cause is searched for the token, in UTF-16 code units.
const MAX_TEXT_LENGTH: u32 = 131_072;

/// A value that was thrown.
struct Thrown(JsValue);

impl HostError for Thrown {
    fn code(&self) -> Option<String> {
        text(&property_or_undefined(&self.0, "code"))
    }

    fn syscall(&self) -> Option<String> {
        text(&property_or_undefined(&self.0, "syscall"))
    }

    fn cause(&self) -> Option<Self> {
        let cause = property_or_undefined(&self.0, "cause");
        cause.is_object().then_some(Self(cause))
    }

    fn errors(&self) -> Vec<Self> {
        let errors = property_or_undefined(&self.0, "errors");
        let length = array_length(&errors).min(MAX_ERRORS as u32);
        let error = |index: u32| get_property(&errors, &index.into()).unwrap_or_default();
        (0..length).map(error).map(Self).collect()
    }
}

/// The error for what `fetch` threw.
pub(super) fn network_error(thrown: &JsValue) -> Error {
    host_error::network_error(&Thrown(thrown.clone()))
}

/// A thrown value as callers may see it.
///
/// It is passed on if it is plainly an error, an object or an array of plain values, or a primitive,
/// and doesn't quote the token. In the place of anything else stands an error that says why.
pub(super) fn shown_cause(cause: JsValue, token: Option<&BearerToken>) -> JsValue {
    let mut search = Search {
        token,
        values_left: MAX_VALUES,
        text_left: MAX_TEXT_LENGTH,
        visited: Array::new(),
    };
    match search.value(&cause) {
        Ok(()) => cause,
        Err(message) => {
            let error = JsError::new(&message);
            if let Some(code) = first_code(&Thrown(cause), token) {
                bindings::set_text(&error, "code", &code);
            }
            error.into()
        }
    }
}

/// The code in the chain of causes, which tells why there is no connection.
fn first_code(thrown: &Thrown, token: Option<&BearerToken>) -> Option<String> {
    let mut causes = std::iter::successors(thrown.cause(), Thrown::cause);
    let code = thrown.code().or_else(|| {
        causes
            .by_ref()
            .take(MAX_ERRORS)
            .find_map(|cause| cause.code())
    });
    code.and_then(|code| printable(&code, token))
}

/// Why a value can't be shown.
type Hidden = String;

const QUOTES_TOKEN: &str = "What was thrown can't be shown: it quotes the token.";
const TOO_LARGE: &str = "What was thrown can't be shown: it is too large to search for the token.";
const UNREADABLE: &str =
    "What was thrown can't be shown: it can't be read, and may hold the token.";

/// A search for the token, and for what may hide it, in a value and everything that it holds.
struct Search<'a> {
    token: Option<&'a BearerToken>,
    values_left: u32,
    text_left: u32,
    visited: Array,
}

impl Search<'_> {
    fn value(&mut self, value: &JsValue) -> Result<(), Hidden> {
        spend(&mut self.values_left, 1)?;
        if value.is_function() || value.is_symbol() {
            return Err(self.not_plain(value));
        }
        if !value.is_object() {
            return self.text_of(value);
        }
        if self.visited.includes(value, 0) {
            return Ok(());
        }
        self.visited.push(value);
        let prototypes = prototypes(value).ok_or(UNREADABLE)?;
        match (prototypes.as_slice(), bindings::is_array(value)) {
            ([], false) => self.own_properties(value, false),
            ([_], true) => {
                spend(&mut self.values_left, array_length(value))?;
                self.own_properties(value, false)
            }
            ([.., base], false) if bindings::has_own_property(base, "message") => {
                self.error(value, &prototypes)
            }
            _ => Err(self.not_plain(value)),
        }
    }

    /// An error of any class. The getters of its class are read: those of a `DOMException` give its
    /// name and message. So are its texts: `toString` and `toJSON` may tell what no property does.
    fn error(&mut self, error: &JsValue, prototypes: &[JsValue]) -> Result<(), Hidden> {
        self.own_properties(error, true)?;
        for prototype in prototypes {
            for key in self.keys(prototype)?.iter() {
                let value = get_property(error, &key).map_err(|_| UNREADABLE)?;
                if !value.is_function() {
                    self.value(&value)?;
                }
            }
        }
        // What can't be put into JSON, such as a ring, can't leak in this way.
        let json = bindings::stringify_json(error).unwrap_or_default();
        self.text_of(&json)?;
        self.text_of(error)
    }

    /// A getter may give anything, at any time, so it isn't plain; but for `stack`, which is one in
    /// some hosts. Errors of Node have a `toString` of their own.
    fn own_properties(&mut self, object: &JsValue, is_error: bool) -> Result<(), Hidden> {
        for key in self.keys(object)?.iter() {
            let descriptor =
                bindings::own_property_descriptor(object, &key).map_err(|_| UNREADABLE)?;
            let value = match bindings::own_property(&descriptor, "value") {
                Some(value) => value,
                None if key == "stack" => get_property(object, &key).map_err(|_| UNREADABLE)?,
                None => return Err(UNREADABLE.to_owned()),
            };
            if !(is_error && value.is_function() && key == "toString") {
                self.value(&value)?;
            }
        }
        Ok(())
    }

    fn keys(&mut self, object: &JsValue) -> Result<Array, Hidden> {
        let keys = bindings::own_keys(object).map_err(|_| UNREADABLE)?;
        spend(&mut self.values_left, keys.length())?;
        for key in keys.iter() {
            self.text_of(&key)?;
        }
        Ok(keys)
    }

    /// The text of a primitive, a key or an error.
    fn text_of(&mut self, value: &JsValue) -> Result<(), Hidden> {
        let text = bindings::to_text(value).map_err(|_| UNREADABLE)?;
        spend(&mut self.text_left, text.length())?;
        match (self.token, text.as_string()) {
            (Some(token), Some(text)) if token.is_quoted_in(&text) => Err(QUOTES_TOKEN.to_owned()),
            _ => Ok(()),
        }
    }

    fn not_plain(&self, value: &JsValue) -> Hidden {
        let constructor = property_or_undefined(value, "constructor");
        let name = text(&property_or_undefined(&constructor, "name"));
        let name = name.and_then(|name| printable(&name, self.token));
        let name = name.or_else(|| value.js_typeof().as_string());
        concat(&[
            "A value of class ",
            name.as_deref().unwrap_or_default(),
            " was thrown, which can't be shown: it may hold the token.",
        ])
    }
}

fn spend(left: &mut u32, amount: u32) -> Result<(), Hidden> {
    *left = left.checked_sub(amount).ok_or(TOO_LARGE)?;
    Ok(())
}

/// The length of an array; 0 for another value.
fn array_length(value: &JsValue) -> u32 {
    let is_array = bindings::is_array(value);
    let length = is_array.then(|| property_or_undefined(value, "length").as_f64());
    length.flatten().unwrap_or_default() as u32
}

/// The prototypes of an object between itself and the host's `Object.prototype`, of any realm;
/// nothing if they can't be read or are too many.
fn prototypes(object: &JsValue) -> Option<Vec<JsValue>> {
    let mut prototypes = Vec::new();
    let mut last = bindings::prototype_of(object).ok()?;
    while !last.is_null() && !bindings::has_own_property(&last, "isPrototypeOf") {
        if prototypes.len() == MAX_ERRORS {
            return None;
        }
        let next = bindings::prototype_of(&last).ok()?;
        prototypes.push(std::mem::replace(&mut last, next));
    }
    Some(prototypes)
}
