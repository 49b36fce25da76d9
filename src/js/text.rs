//! Strings of JavaScript as text of Rust.

use js_sys::{JsString, Object};
use wasm_bindgen::prelude::*;

/// How much of a header or a name is read, in UTF-16 code units: text of any length may come,
/// memory is finite.
const MAX_TEXT_LENGTH: u32 = 8_192;

/// A string, cut where it is unreasonably long; nothing for another value.
pub(super) fn text(value: &JsValue) -> Option<String> {
    let string = value.dyn_ref::<JsString>()?;
    if string.length() > MAX_TEXT_LENGTH {
        return string.slice(0, MAX_TEXT_LENGTH).as_string();
    }
    string.as_string()
}

/// Whether a string holds a lone surrogate, given the text that was read of it.
///
/// Reading turns it into U+FFFD, which is another character, so comparing tells them apart.
pub(super) fn has_lone_surrogate(value: &JsValue, text: &str) -> bool {
    let has_replacement = text.chars().any(|char| char == char::REPLACEMENT_CHARACTER);
    has_replacement && !Object::is(&JsValue::from(text), value)
}
