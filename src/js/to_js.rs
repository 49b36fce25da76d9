//! Outcomes and errors become the objects that callers get.

use js_sys::{Array, Date};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use super::bindings::{self, property_or_undefined};
use super::cause::shown_cause;
use crate::error::{CallError, Error};
use crate::outcome::Outcome;
use crate::properties::Properties;
use crate::text::concat;
use crate::token::BearerToken;

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
        bindings::set(object.unchecked_ref(), "cause", &shown_cause(&cause, token));
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
