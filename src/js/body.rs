//! Reads the body of a response, up to a limit.

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;

use super::abort::{AbortGuard, Interruption};
use super::bindings::{self, Chunk, ReadResult, ReadableStream, Reader, Response};
use super::host::HostClock;
use crate::body::{Body, BodyKind, JsonValue, MAX_BODY_LENGTH};

/// How many chunks of a body are read. Chunks may be empty and come without end.
const MAX_CHUNKS: u32 = 1_000;

/// What a response has that has a body.
const BODY_MEMBERS: [&str; 3] = ["body", "text", "json"];

/// What came of a body.
#[derive(Default)]
pub(super) struct BodyText {
    bytes: Vec<u8>,
    /// Whether that is all of it, so that its connection can be used again.
    pub(super) is_whole: bool,
    /// Whether it can't be told what came.
    is_unknown: bool,
}

impl BodyText {
    /// Reads a body, as far as it comes.
    pub(super) async fn read(
        &mut self,
        response: &Response,
        guard: &AbortGuard,
    ) -> Result<(), Interruption> {
        self.is_unknown = true;
        // A wrapper around `fetch` may have read it, to log it.
        self.is_whole = response.body_used().is_ok_and(|used| used.is_truthy());
        if self.is_whole {
            return Ok(());
        }
        let stream = response.body().unwrap_or_default();
        if stream.is_null() {
            self.is_whole = true;
        } else if let Ok(reader) = stream.unchecked_ref::<ReadableStream>().get_reader() {
            self.read_chunks(&reader, guard).await?;
        } else {
            // It isn't a stream of the web's: that of node-fetch 2 is one of Node's, and a test
            // double often has nothing but one of these methods.
            let json = |thrown| response.json().map_err(|_| thrown);
            match response.text().or_else(json) {
                Ok(promise) => self.set(guard.race(&promise).await?)?,
                // A double without any body.
                Err(_) if BODY_MEMBERS.iter().all(|name| is_absent(response, name)) => {
                    self.is_whole = true;
                }
                Err(thrown) => return Err(thrown.into()),
            }
        }
        self.is_unknown = false;
        Ok(())
    }

    async fn read_chunks(
        &mut self,
        reader: &Reader,
        guard: &AbortGuard,
    ) -> Result<(), Interruption> {
        for _ in 0..MAX_CHUNKS {
            self.is_unknown = false;
            let result = guard.race(&reader.read()?).await?;
            let result = result.unchecked_into::<ReadResult>();
            self.is_whole = result.done().is_ok_and(|done| done.is_truthy());
            // A stream whose end got lost under fake timers gives the same chunk again and again.
            if self.is_whole || self.is_object() {
                break;
            }
            self.is_unknown = true;
            self.append(&result.value().unwrap_or_default())?;
            if self.bytes.len() >= MAX_BODY_LENGTH {
                break;
            }
        }
        Ok(())
    }

    /// Whether what came is a whole object: nothing that follows belongs to it.
    fn is_object(&self) -> bool {
        self.bytes.ends_with(b"}") && self.parsed(true).kind == BodyKind::Object
    }

    /// Copies the bytes of a chunk, as far as there is room.
    fn append(&mut self, chunk: &JsValue) -> Result<(), JsValue> {
        if !chunk.is_undefined() {
            let room = MAX_BODY_LENGTH.saturating_sub(self.bytes.len());
            let part = chunk.unchecked_ref::<Chunk>().subarray(0, room as u32)?;
            self.bytes.extend_from_slice(&part);
        }
        Ok(())
    }

    /// Takes what `text` or `json` resolved with.
    fn set(&mut self, value: JsValue) -> Result<(), JsValue> {
        let text = match value.dyn_into::<JsString>() {
            Ok(text) => text,
            Err(value) => bindings::stringify_json(&value)?.unchecked_into(),
        };
        // There is no JSON of undefined: a double that gives it means nothing.
        if text.is_undefined() {
            self.is_whole = true;
        } else {
            self.is_whole = text.length() as usize <= MAX_BODY_LENGTH;
            self.bytes = String::from(text.slice(0, MAX_BODY_LENGTH as u32)).into_bytes();
        }
        Ok(())
    }

    /// What the body says.
    pub(super) fn parse(&self) -> Body {
        if self.is_unknown {
            return Body::of_kind(BodyKind::Unknown);
        }
        self.parsed(self.is_whole || self.is_object())
    }

    fn parsed(&self, is_whole: bool) -> Body {
        let parse = |text: &str| bindings::parse_json(text).ok().map(Json);
        Body::new(&self.bytes, is_whole, parse, &HostClock)
    }
}

fn is_absent(response: &Response, name: &str) -> bool {
    bindings::property_or_undefined(response, name).is_undefined()
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
