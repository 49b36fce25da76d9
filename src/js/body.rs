//! Reads the body of a response, up to a limit.

use js_sys::{Array, JsString};
use wasm_bindgen::prelude::*;

use super::abort::{AbortGuard, Interruption};
use super::bindings::{self, Chunk, ReadResult, ReadableStream, Reader, Response};
use super::host::HostClock;
use crate::body::{Body, BodyKind, JsonValue, MAX_BODY_LENGTH};

/// How many chunks of a body are read. Chunks may be empty and come without end.
const MAX_CHUNKS: u32 = 1_000;

/// How the reading of a body ended.
pub(super) enum End {
    /// With its end, so that its connection can be used again.
    Whole,
    /// At a limit: the rest is still under way.
    Cut,
    /// Before its end.
    Broken(Interruption),
}

/// Reads a body. Gives what it says, as far as it came.
pub(super) async fn read(response: &Response, guard: &AbortGuard) -> (Body, End) {
    // A wrapper around `fetch` may have read it, to log it.
    if response.body_used().is_ok_and(|used| used.is_truthy()) {
        return (Body::of_kind(BodyKind::Unknown), End::Whole);
    }
    let stream = response.body().unwrap_or_default();
    if stream.is_null() {
        return (Body::default(), End::Whole);
    }
    match stream.unchecked_ref::<ReadableStream>().get_reader() {
        Ok(reader) => read_chunks(&reader, guard).await,
        Err(_) if stream.is_undefined() => read_at_once(response, guard, None).await,
        Err(thrown) => read_at_once(response, guard, Some(thrown)).await,
    }
}

async fn read_chunks(reader: &Reader, guard: &AbortGuard) -> (Body, End) {
    let mut bytes = Vec::new();
    for _ in 0..MAX_CHUNKS {
        match next_chunk(reader, guard).await {
            Ok(None) => return (body_of(&bytes, true), End::Whole),
            // A stream whose end got lost under fake timers gives the same chunk again and again.
            Ok(Some(_)) if is_object(&bytes) => return (body_of(&bytes, true), End::Cut),
            Ok(Some(chunk)) => {
                if let Err(thrown) = append(&mut bytes, &chunk) {
                    return unreadable(Interruption::Thrown(thrown));
                }
            }
            Err(interruption) => return (body_of(&bytes, false), End::Broken(interruption)),
        }
        if bytes.len() >= MAX_BODY_LENGTH {
            break;
        }
    }
    (body_of(&bytes, false), End::Cut)
}

/// The next chunk; none at the end.
async fn next_chunk(reader: &Reader, guard: &AbortGuard) -> Result<Option<JsValue>, Interruption> {
    let result = guard.race(&reader.read()?).await?;
    let result = result.unchecked_into::<ReadResult>();
    let is_done = result.done().is_ok_and(|done| done.is_truthy());
    Ok((!is_done).then(|| result.value().unwrap_or_default()))
}

/// Copies the bytes of a chunk, as far as there is room.
fn append(bytes: &mut Vec<u8>, chunk: &JsValue) -> Result<(), JsValue> {
    if chunk.is_undefined() {
        return Ok(());
    }
    let room = MAX_BODY_LENGTH.saturating_sub(bytes.len());
    let part = chunk.unchecked_ref::<Chunk>().subarray(0, room as u32)?;
    bytes.extend_from_slice(&part);
    Ok(())
}

/// Reads a body that isn't a stream of the web's: that of node-fetch 2, or of a test double.
///
/// `thrown` is why it isn't one, if there is a body at all.
async fn read_at_once(
    response: &Response,
    guard: &AbortGuard,
    thrown: Option<JsValue>,
) -> (Body, End) {
    let is_method = |method: Result<JsValue, _>| method.is_ok_and(|method| method.is_function());
    let promise = match thrown {
        _ if is_method(response.text_method()) => response.text(),
        _ if is_method(response.json_method()) => response.json(),
        None => return (Body::default(), End::Whole),
        Some(thrown) => Err(thrown),
    };
    let value = match promise {
        Ok(promise) => guard.race(&promise).await,
        Err(thrown) => Err(Interruption::Thrown(thrown)),
    };
    match value {
        Ok(value) => (body_of_value(value), End::Whole),
        Err(interruption) => unreadable(interruption),
    }
}

/// What `text` or `json` resolved with.
fn body_of_value(value: JsValue) -> Body {
    match value.dyn_ref::<JsString>() {
        Some(text) => {
            let is_whole = text.length() as usize <= MAX_BODY_LENGTH;
            let text = text.slice(0, MAX_BODY_LENGTH as u32);
            body_of(String::from(text).as_bytes(), is_whole)
        }
        None if value.is_undefined() => Body::default(),
        None => Body::from_json(&Json(value), &HostClock),
    }
}

fn body_of(bytes: &[u8], is_whole: bool) -> Body {
    let parse = |text: &str| bindings::parse_json(text).ok().map(Json);
    Body::new(bytes, is_whole, parse, &HostClock)
}

/// Whether what came is a whole object: nothing that follows belongs to it.
fn is_object(bytes: &[u8]) -> bool {
    bytes.ends_with(b"}") && body_of(bytes, true).kind == BodyKind::Object
}

fn unreadable(interruption: Interruption) -> (Body, End) {
    (Body::of_kind(BodyKind::Unknown), End::Broken(interruption))
}

/// A value that the host's `JSON.parse` gave.
struct Json(JsValue);

impl JsonValue for Json {
    fn is_object(&self) -> bool {
        self.0.is_object() && !bindings::is_array(&self.0)
    }

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
