//! Thrown values: what they prove, and what callers see of them.

use std::cell::Cell;

use js_sys::Function;
use wasm_bindgen::prelude::*;

use super::bindings::{self, get_property, property_or_undefined};
use super::text::text;
use crate::error::Error;
use crate::host_error::{self, HostError, MAX_ERRORS};
use crate::token::BearerToken;

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
        if !bindings::is_array(&errors) {
            return Vec::new();
        }
        let length = property_or_undefined(&errors, "length").as_f64();
        let length = (length.unwrap_or_default() as usize).min(MAX_ERRORS);
        let error = |index: usize| get_property(&errors, &index.into()).unwrap_or_default();
        (0..length).map(error).map(Self).collect()
    }
}

/// The error for what `fetch` threw.
pub(super) fn network_error(thrown: &JsValue) -> Error {
    host_error::network_error(&Thrown(thrown.clone()))
}

thread_local! {
    static FILTER: Cell<Option<Function>> = const { Cell::new(None) };
}

/// Sets the function of the package's JavaScript that decides which thrown values callers may see.
pub(super) fn set_filter(filter: Function) {
    FILTER.set(Some(filter));
}

/// A thrown value, or what callers may see in its place. Without a filter they see nothing of it.
pub(super) fn shown_cause(cause: &JsValue, token: Option<&BearerToken>) -> JsValue {
    let token = token.and_then(BearerToken::secret).unwrap_or_default();
    let filter = FILTER.take();
    let shown = filter
        .as_ref()
        .and_then(|filter| filter.call2(&JsValue::UNDEFINED, cause, &token.into()).ok());
    FILTER.set(filter);
    shown.unwrap_or_default()
}
