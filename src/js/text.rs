//! Strings of JavaScript as text of Rust.

use js_sys::{JsString, Object};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The host's `TextEncoder`, which may have been replaced.
    type TextEncoder;

    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<TextEncoder, JsValue>;

    #[wasm_bindgen(method, catch, js_name = encodeInto)]
    fn encode_into(
        this: &TextEncoder,
        text: &JsString,
        buffer: &mut [u8],
    ) -> Result<EncodeIntoResult, JsValue>;

    /// What `encodeInto` gives.
    type EncodeIntoResult;

    #[wasm_bindgen(method, getter, catch)]
    fn written(this: &EncodeIntoResult) -> Result<JsValue, JsValue>;
}

thread_local! {
    static ENCODER: Option<TextEncoder> = TextEncoder::new().ok();
}

/// A string of nothing but ASCII; nothing for another one, and for another value.
///
/// The host encodes it at once. The glue's own way takes it character by character, which for the
/// 1,500 of an SSO token is a tenth of a call.
pub(super) fn ascii_text(value: &JsValue) -> Option<String> {
    let string = value.dyn_ref::<JsString>()?;
    let mut buffer = vec![0; string.length() as usize];
    let result = ENCODER.with(|encoder| encoder.as_ref()?.encode_into(string, &mut buffer).ok())?;
    let written = result.written().ok()?.as_f64()?;
    // Any other character takes more bytes than there is room for.
    let is_ascii = written == f64::from(string.length());
    is_ascii.then(|| String::from_utf8(buffer).ok())?
}

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
