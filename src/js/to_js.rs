//! An error of ours becomes the object that callers catch.

use js_sys::{Array, Date, JsString, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Headers;

use serde::Serialize;
use serde_wasm_bindgen::Serializer;

use super::foreign::{Foreign, elements, get, put, read};
use crate::call::Outcome;
use crate::error::{Error, Evidence, Failure, Properties};
use crate::list::Page;
use crate::request::Secret;

/// How many values are looked at in search of the token. A cause that has more is replaced.
const MOST_VALUES: u32 = 1_000;

/// Where values are kept that an object does not own itself.
const INHERITED: [&str; 5] = ["name", "message", "stack", "cause", "headers"];

// This is what lets `?` leave the reading of the arguments with the object to reject with.
impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        refused(error, None, None)
    }
}

/// The object to reject with where an argument was refused, perhaps because something was thrown while we read it.
// Not inlined: a dozen of places would grow by more than the call.
#[inline(never)]
pub(super) fn refused(error: Error, cause: Option<JsValue>, secret: Option<&Secret>) -> JsValue {
    let failure = Failure {
        error,
        evidence: Evidence::default(),
        attempts: 0,
        outcome_unknown: false,
    };
    of(&failure, cause, secret)
}

/// A plain object with an own property for each entry. For values as plain as ours nothing here can fail.
pub(super) fn object(properties: &Properties) -> JsValue {
    let object = JsValue::from(Object::new());
    for (name, value) in properties.iter() {
        let value = value.serialize(&Serializer::new()).unwrap_or_default();
        put(&object, name, &value);
    }
    object
}

/// What a call resolves with.
pub(super) fn resolution(outcome: &Outcome) -> JsValue {
    match &outcome.page {
        Some(page) => listed(page),
        None => object(&outcome.properties()),
    }
}

fn listed(page: &Page) -> JsValue {
    let items = Array::new();
    for token in &page.tokens {
        let item = object(&token.properties());
        if let Some(ms) = token.expires_ms {
            put(&item, "expiresTime", &Date::new(&ms.into()));
        }
        items.push(&item);
    }
    let listed = object(&page.properties());
    put(&listed, "items", &items);
    listed
}

/// The object to reject with: the failure's report, and as `cause` what was thrown at us.
pub(super) fn of(failure: &Failure, cause: Option<JsValue>, secret: Option<&Secret>) -> JsValue {
    let rejection = object(&failure.properties());
    if let Some(cause) = cause {
        put(&rejection, "cause", &without(secret, cause));
    }
    rejection
}

/// A cause that does not quote the token: the original, or an error in its place.
fn without(secret: Option<&Secret>, cause: JsValue) -> JsValue {
    let quotes = secret.and_then(Secret::mark).is_some_and(|token| {
        Search {
            token,
            seen: Array::new(),
        }
        .finds(&cause)
    });
    if quotes {
        return JsError::new(
            "The original cause is withheld: it quotes the token, or is too large to tell.",
        )
        .into();
    }
    cause
}

/// The search for the token in a thrown value and in all that can be reached from it.
struct Search<'a> {
    token: &'a str,
    seen: Array,
}

impl Search<'_> {
    fn finds(&self, value: &JsValue) -> bool {
        if let Some(text) = value.dyn_ref::<JsString>() {
            return text.includes(self.token, 0);
        }
        if !(value.is_object() || value.is_function()) || self.seen.includes(value, 0) {
            return false;
        }
        if self.seen.push(value) > MOST_VALUES {
            return true;
        }
        self.finds_in_headers(value) || self.finds_in_properties(value)
    }

    fn finds_in_headers(&self, value: &JsValue) -> bool {
        let headers = value.dyn_ref::<Headers>();
        let headers = headers.map(|headers| headers.unchecked_ref::<Foreign>());
        let header = headers.and_then(|headers| headers.header("authorization").ok());
        header.is_some_and(|header| self.finds(&header))
    }

    /// What can't be read can't quote anything.
    fn finds_in_properties(&self, value: &JsValue) -> bool {
        let own = Reflect::own_keys(value).unwrap_or_default();
        let inherited = INHERITED
            .into_iter()
            .any(|key| self.finds(&get(value, key)));
        inherited
            || elements(&own).any(|key| {
                self.finds(&key) || read(value, &key).is_ok_and(|value| self.finds(&value))
            })
    }
}
