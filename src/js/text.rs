//! Text of JavaScript as text of Rust. It may hold a secret, so its memory is overwritten on drop.

use std::cell::OnceCell;

use js_sys::{JsString, Object};
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use super::bindings::{self, TextEncoder};

/// How much of a header or a name is read, in UTF-16 code units: text of any length may come,
/// memory is finite.
pub(super) const MAX_TEXT_LENGTH: u32 = 8_192;

/// The most bytes that one UTF-16 code unit takes in UTF-8.
const MAX_BYTES_PER_UNIT: usize = 3;

thread_local! {
    static ENCODER: OnceCell<TextEncoder> = const { OnceCell::new() };
}

/// A string, cut where it is unreasonably long; nothing for another value.
pub(super) fn text(value: &JsValue) -> Option<Zeroizing<String>> {
    read(value.dyn_ref()?, MAX_TEXT_LENGTH)
}

/// A string; nothing for another value.
pub(super) fn whole_text(value: &JsValue) -> Option<Zeroizing<String>> {
    read(value.dyn_ref()?, u32::MAX)
}

/// Whether a string holds a lone surrogate, given the text that was read of it.
///
/// Reading turns it into U+FFFD, which is another character, so comparing tells them apart.
pub(super) fn has_lone_surrogate(value: &JsValue, text: &str) -> bool {
    text.contains(char::REPLACEMENT_CHARACTER) && !Object::is(&JsValue::from(text), value)
}

/// Encodes straight into memory of ours: the glue's own way may leave a copy in memory that it
/// frees.
fn read(string: &JsString, max_units: u32) -> Option<Zeroizing<String>> {
    let units = usize::try_from(string.length().min(max_units)).ok()?;
    let size = units.checked_mul(MAX_BYTES_PER_UNIT)?;
    let mut buffer = Zeroizing::new(Vec::new());
    // Without the memory for it there is no text.
    buffer.try_reserve_exact(size).ok()?;
    buffer.resize(size, 0);
    let written = encode(string, &mut buffer)?;
    buffer.truncate(written);
    String::from_utf8(std::mem::take(&mut *buffer))
        .ok()
        .map(Zeroizing::new)
}

/// Gives the number of bytes written.
fn encode(string: &JsString, buffer: &mut [u8]) -> Option<usize> {
    ENCODER.with(|encoder| {
        let encoder = match encoder.get() {
            Some(encoder) => encoder,
            None => {
                encoder.get_or_init(|| TextEncoder::new().unwrap_or_else(JsCast::unchecked_into))
            }
        };
        let result = encoder.encode_into(string, buffer).ok()?;
        bindings::number(&result.written().ok()?).map(|written| written as usize)
    })
}
