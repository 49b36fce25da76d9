//! Reads the body of a response, up to a limit.

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;
use web_sys::TextDecodeOptions;

use super::abort::{AbortGuard, Interruption};
use super::bindings::{self, ReadResult, ReadableStream, Response, TextDecoder};
use super::host::HostClock;
use crate::response::{Body, JsonValue, MAX_BODY_LENGTH};

/// How many chunks of a body are read. Chunks may be empty and come without end.
const MAX_CHUNKS: u32 = 1_000;

/// How many chunks are read of a body that says nothing: the service sends one.
const MAX_UNNEEDED_CHUNKS: u32 = 8;

/// What was read of a body.
pub(super) struct BodyText {
    text: JsString,
    /// Whether it was read to its end, so that its connection can be used again.
    pub(super) is_complete: bool,
}

/// Reads a body to its end, or as far as it may be needed. If its text isn't needed, it is only
/// drained.
pub(super) async fn read(
    response: &Response,
    guard: &AbortGuard,
    is_needed: bool,
) -> Result<BodyText, Interruption> {
    let mut body = BodyText {
        text: JsString::from(""),
        is_complete: true,
    };
    let stream = response.body().unwrap_or_default();
    if !stream.is_object() {
        return Ok(body);
    }
    let reader = stream.unchecked_into::<ReadableStream>().get_reader()?;
    let mut decoder = None;
    let max_chunks = if is_needed {
        MAX_CHUNKS
    } else {
        MAX_UNNEEDED_CHUNKS
    };
    for _ in 0..max_chunks {
        let result = guard.race(&reader.read()?).await?;
        let result = result.unchecked_into::<ReadResult>();
        if result.done().is_ok_and(|done| done.is_truthy()) {
            return Ok(body);
        }
        if is_needed {
            let text = decode(&mut decoder, &result.value().unwrap_or_default())?;
            body.text = body.text.concat(text.as_ref());
        }
        if body.text.length() as usize > MAX_BODY_LENGTH {
            break;
        }
    }
    body.is_complete = false;
    Ok(body)
}

/// Decodes a chunk, at whose end a character may be split.
fn decode(decoder: &mut Option<TextDecoder>, chunk: &JsValue) -> Result<JsString, JsValue> {
    let decoder = match decoder {
        Some(decoder) => decoder,
        None => decoder.insert(TextDecoder::new()?),
    };
    let options = TextDecodeOptions::new();
    options.set_stream(true);
    decoder.decode(chunk, &options)
}

impl BodyText {
    /// What the body says; nothing if it is no JSON.
    pub(super) fn parse(&self) -> Body {
        // To throw a SyntaxError takes longer than a whole call.
        if self.text.length() == 0 {
            return Body::default();
        }
        match bindings::parse_json(&self.text) {
            Ok(json) => Body::new(&Json(json), &HostClock),
            Err(_) => Body::default(),
        }
    }
}

/// A value that the host's `JSON.parse` gave.
struct Json(JsValue);

impl JsonValue for Json {
    /// Own members only: a polluted `Object.prototype` is no part of a response.
    fn member(&self, name: &str) -> Option<Self> {
        let value = bindings::own_property(&self.0, name)?;
        (!value.is_null()).then_some(Self(value))
    }

    fn elements(&self) -> Option<Vec<Self>> {
        let array = bindings::is_array(&self.0).then(|| self.0.unchecked_ref::<Array>())?;
        Some(array.iter().map(Self).collect())
    }

    fn string(&self) -> Option<String> {
        self.0.as_string()
    }
}
