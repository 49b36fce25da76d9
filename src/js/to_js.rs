//! Outcomes and errors become the objects that callers get.

use js_sys::{Array, Date, JsString, Object, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use web_sys::Headers;

use super::bindings::{self, property_or_undefined};
use crate::error::{CallError, Error};
use crate::outcome::Outcome;
use crate::properties::Properties;
use crate::text::concat;
use crate::token::BearerToken;

/// How many values are searched for the token. A cause that has more is replaced.
const MAX_VALUES: u32 = 1_000;

/// Where values are found that an object doesn't own itself.
const INHERITED_PROPERTIES: [&str; 5] = ["name", "message", "stack", "cause", "headers"];

// Lets `?` end the reading of arguments with the object to reject with.
impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        error_object(&error.into(), None, None)
    }
}

/// What a deletion resolves with.
pub(super) fn delete_output(outcome: &Outcome) -> JsValue {
    object(&outcome.delete_output())
}

/// What a page resolves with. Times of expiry are dates.
pub(super) fn page_output(outcome: &Outcome) -> JsValue {
    let output = object(&outcome.page_output().unwrap_or_default());
    let items: Array = property_or_undefined(&output, "items").unchecked_into();
    let tokens = outcome.page.iter().flat_map(|page| &page.items);
    for (item, token) in items.iter().zip(tokens) {
        if let Some(ms) = token.expires_ms {
            let date = Date::new(&ms.into());
            bindings::set(item.unchecked_ref(), "expiresTime", &date);
        }
    }
    output
}

/// The object to reject with: the properties of the error, and as `cause` what was thrown.
pub(super) fn error_object(
    error: &CallError,
    cause: Option<JsValue>,
    token: Option<&BearerToken>,
) -> JsValue {
    let object = object(&error.properties());
    if let Some(cause) = cause {
        let cause = redact_cause(cause, token);
        bindings::set(object.unchecked_ref(), "cause", &cause);
    }
    object
}

/// The object to reject with where an argument threw while it was read.
pub(super) fn argument_error(
    token: Option<&BearerToken>,
    argument: &str,
    thrown: JsValue,
) -> JsValue {
    let message = concat(&[argument, " could not be read: it threw."]);
    let error = Error::InvalidArgument(message.into());
    error_object(&error.into(), Some(thrown), token)
}

/// A value of ours as text of JSON.
pub(super) fn json(properties: &Properties) -> JsValue {
    bindings::stringify_json(&object(properties)).unwrap_or_default()
}

/// For values as plain as ours nothing here can fail.
fn object(properties: &Properties) -> JsValue {
    let serializer = Serializer::new().serialize_maps_as_objects(true);
    properties.serialize(&serializer).unwrap_or_default()
}

/// A cause that doesn't quote the token: the original, or an error in its place.
fn redact_cause(cause: JsValue, token: Option<&BearerToken>) -> JsValue {
    let quotes_token = token.and_then(BearerToken::secret).is_some_and(|secret| {
        let mut search = Search {
            secret,
            visited: Array::new(),
        };
        search.finds(&cause)
    });
    if quotes_token {
        let message =
            "The original cause is withheld: it quotes the token, or is too large to search.";
        return JsError::new(message).into();
    }
    cause
}

/// A search for the token in a thrown value and in everything that can be reached from it.
struct Search<'a> {
    secret: &'a str,
    visited: Array,
}

impl Search<'_> {
    fn finds(&mut self, value: &JsValue) -> bool {
        if let Some(text) = value.dyn_ref::<JsString>() {
            return text.includes(self.secret, 0);
        }
        let has_properties = value.is_object() || value.is_function();
        if !has_properties || self.visited.includes(value, 0) {
            return false;
        }
        if self.visited.push(value) > MAX_VALUES {
            return true;
        }
        self.finds_in_headers(value) || self.finds_in_properties(value)
    }

    fn finds_in_headers(&mut self, value: &JsValue) -> bool {
        if value.dyn_ref::<Headers>().is_none() {
            return false;
        }
        let headers = value.unchecked_ref::<bindings::Headers>();
        headers
            .get("authorization")
            .is_ok_and(|header| self.finds(&header))
    }

    /// What can't be read can't quote anything.
    fn finds_in_properties(&mut self, value: &JsValue) -> bool {
        let inherited = INHERITED_PROPERTIES
            .iter()
            .any(|name| self.finds(&property_or_undefined(value, name)));
        let own = Reflect::own_keys(value.unchecked_ref::<Object>()).unwrap_or_default();
        inherited
            || own.iter().any(|key| {
                self.finds(&key)
                    || bindings::get_property(value, &key).is_ok_and(|value| self.finds(&value))
            })
    }
}
