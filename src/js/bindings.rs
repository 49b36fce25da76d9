//! Typed bindings for values and globals that may be anybody's: arguments, responses, thrown
//! values, and what a test or a polyfill has put in the place of a global.
//!
//! Each of them catches. An exception that passes through Rust would leave the caller's promise
//! pending for ever, and a getter, a proxy or a replaced global may throw at any touch. What is ours
//! needs no catching: the options and the signal that the package's JavaScript makes, and the types
//! of web-sys and js-sys.

use js_sys::{Function, JsString, Object};
use wasm_bindgen::prelude::*;
use web_sys::RequestInit;

// rustfmt deletes the values.
#[rustfmt::skip]
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, static_string)]
    pub(super) static TIMEOUT_ERROR: JsString = "TimeoutError";

    #[wasm_bindgen(thread_local_v2, static_string)]
    pub(super) static OPAQUE_REDIRECT: JsString = "opaqueredirect";
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Math, js_name = random)]
    fn math_random() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Date, js_name = now)]
    fn date_now() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Date, js_name = parse)]
    fn date_parse(text: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = JSON, js_name = parse)]
    pub(super) fn parse_json(text: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = JSON, js_name = stringify)]
    pub(super) fn stringify_json(value: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Object, js_name = hasOwn)]
    fn has_own(object: &JsValue, name: &str) -> Result<bool, JsValue>;

    /// Reads a property, whose getter may throw.
    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = get)]
    pub(super) fn get_property(object: &JsValue, key: &JsValue) -> Result<JsValue, JsValue>;

    /// Whether a value is an array; a revoked proxy throws.
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_array_or_throws(value: &JsValue) -> Result<bool, JsValue>;

    /// The promise that `await` would wait for. The getters of what is given may throw.
    #[wasm_bindgen(catch, js_namespace = Promise, js_name = resolve)]
    pub(super) fn resolve_promise(value: &JsValue) -> Result<JsValue, JsValue>;

    /// Has functions called when a promise settles: exactly one of them, once, and later, because
    /// it is the host's own `then`, which a promise of the caller's may have replaced.
    #[wasm_bindgen(catch, js_namespace = ["Promise", "prototype", "then"], js_name = call)]
    pub(super) fn then(
        promise: &JsValue,
        resolved: &Function,
        rejected: &Function,
    ) -> Result<JsValue, JsValue>;

    // Not the function's own `call`, which may be anything.
    #[wasm_bindgen(catch, js_namespace = ["Function", "prototype", "call"], js_name = call)]
    fn call0(function: &JsValue, receiver: &Global) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["Function", "prototype", "call"], js_name = call)]
    fn call2(
        function: &JsValue,
        receiver: &Global,
        url: &str,
        init: &RequestInit,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = setTimeout)]
    pub(super) fn set_timeout(callback: &Function, ms: u32) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = clearTimeout)]
    pub(super) fn clear_timeout(timer: &JsValue) -> Result<(), JsValue>;

    /// Sets a property of an object that is ours, which can't fail.
    #[wasm_bindgen(js_namespace = Reflect, js_name = set)]
    pub(super) fn set_text(object: &Object, name: &str, value: &str) -> bool;

    /// Sets a property of an object that is ours, which can't fail.
    #[wasm_bindgen(js_namespace = Reflect, js_name = set)]
    pub(super) fn set(object: &Object, name: &str, value: &JsValue) -> bool;

    /// The global object. Its properties are looked up at each use: they may have been replaced.
    type Global;

    #[wasm_bindgen(thread_local_v2, js_name = globalThis)]
    static GLOBAL: Global;

    #[wasm_bindgen(method, getter, catch, js_name = fetch)]
    fn fetch(this: &Global) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, catch, js_name = Request)]
    fn request_class(this: &Global) -> Result<JsValue, JsValue>;

    /// The host's `Request`.
    type Request;

    #[wasm_bindgen(constructor, catch)]
    fn new(url: &str, init: &JsValue) -> Result<Request, JsValue>;

    /// The options, as the package's JavaScript has checked them: an object without a prototype,
    /// whose properties are data of these types. To read them throws nothing.
    pub(super) type Options;

    #[wasm_bindgen(method, getter)]
    pub(super) fn endpoint(this: &Options) -> Option<JsString>;

    #[wasm_bindgen(method, getter)]
    pub(super) fn signal(this: &Options) -> Option<Signal>;

    #[wasm_bindgen(method, getter, js_name = timeoutMs)]
    pub(super) fn timeout_ms(this: &Options) -> Option<f64>;

    #[wasm_bindgen(method, getter, js_name = maxAttempts)]
    pub(super) fn max_attempts(this: &Options) -> Option<f64>;

    #[wasm_bindgen(method, getter)]
    pub(super) fn fetch(this: &Options) -> Option<Function>;

    #[wasm_bindgen(method, getter, js_name = onRetry)]
    pub(super) fn on_retry(this: &Options) -> Option<Function>;

    #[wasm_bindgen(method, getter, js_name = pageSize)]
    pub(super) fn page_size(this: &Options) -> Option<f64>;

    #[wasm_bindgen(method, getter)]
    pub(super) fn concurrency(this: &Options) -> Option<f64>;

    /// A `Cancellation` of the package's JavaScript, which follows the caller's signal and throws
    /// nothing.
    #[derive(Clone)]
    pub(super) type Signal;

    #[wasm_bindgen(method, getter)]
    pub(super) fn aborted(this: &Signal) -> bool;

    #[wasm_bindgen(method, getter)]
    pub(super) fn reason(this: &Signal) -> JsValue;

    #[wasm_bindgen(method, js_name = addListener)]
    pub(super) fn add_listener(this: &Signal, listener: &Function);

    #[wasm_bindgen(method, js_name = removeListener)]
    pub(super) fn remove_listener(this: &Signal, listener: &Function);

    /// A thrown value or an abort reason.
    pub(super) type Reason;

    #[wasm_bindgen(method, getter, catch)]
    pub(super) fn name(this: &Reason) -> Result<JsValue, JsValue>;

    /// What `fetch` resolved with.
    pub(super) type Response;

    #[wasm_bindgen(method, getter, catch)]
    pub(super) fn status(this: &Response) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, catch, js_name = type)]
    pub(super) fn response_type(this: &Response) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, catch)]
    pub(super) fn headers(this: &Response) -> Result<Headers, JsValue>;

    #[wasm_bindgen(method, getter, catch)]
    pub(super) fn body(this: &Response) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, catch, js_name = bodyUsed)]
    pub(super) fn body_used(this: &Response) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(super) fn text(this: &Response) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(super) fn json(this: &Response) -> Result<JsValue, JsValue>;

    /// The headers of a response, or of anything else that has a method `get`.
    pub(super) type Headers;

    #[wasm_bindgen(method, catch)]
    pub(super) fn get(this: &Headers, name: &str) -> Result<JsValue, JsValue>;

    /// The body of a response.
    pub(super) type ReadableStream;

    #[wasm_bindgen(method, catch, js_name = getReader)]
    pub(super) fn get_reader(this: &ReadableStream) -> Result<Reader, JsValue>;

    /// The reader of a body.
    pub(super) type Reader;

    #[wasm_bindgen(method, catch)]
    pub(super) fn read(this: &Reader) -> Result<JsValue, JsValue>;

    /// What a reader's `read` resolves with.
    pub(super) type ReadResult;

    #[wasm_bindgen(method, getter, catch)]
    pub(super) fn done(this: &ReadResult) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, catch)]
    pub(super) fn value(this: &ReadResult) -> Result<JsValue, JsValue>;

    /// A chunk of a body: bytes, of this realm or of another one.
    pub(super) type Chunk;

    /// Copies a part of it.
    #[wasm_bindgen(method, catch)]
    pub(super) fn subarray(this: &Chunk, start: u32, end: u32) -> Result<Vec<u8>, JsValue>;

    /// The host's `URL`.
    #[wasm_bindgen(js_name = URL)]
    pub(super) type Url;

    #[wasm_bindgen(constructor, js_class = URL, catch)]
    pub(super) fn new(url: &JsString) -> Result<Url, JsValue>;

    #[wasm_bindgen(method, js_class = URL, getter, catch)]
    pub(super) fn href(this: &Url) -> Result<JsValue, JsValue>;
}

/// A random number, or 0 if the host's source has been replaced by something else.
pub(super) fn random() -> f64 {
    math_random().unwrap_or_default().as_f64().unwrap_or(0.0)
}

/// The time since 1970 in milliseconds.
pub(super) fn now_ms() -> f64 {
    date_now().unwrap_or_default().as_f64().unwrap_or(0.0)
}

/// A date in milliseconds since 1970.
pub(super) fn parse_date_ms(date: &str) -> Option<f64> {
    date_parse(date).ok()?.as_f64().filter(|ms| !ms.is_nan())
}

/// The host's `fetch`; nothing if it has none.
pub(super) fn fetch() -> Option<JsValue> {
    let fetch = GLOBAL.with(Global::fetch);
    fetch.ok().filter(JsValue::is_function)
}

/// Whether the host has a global function of this name.
pub(super) fn has_global_function(name: &str) -> bool {
    GLOBAL.with(|global| property_or_undefined(global, name).is_function())
}

/// The host's `Request`, to tell whether it has been replaced.
pub(super) fn request_class() -> JsValue {
    GLOBAL.with(Global::request_class).unwrap_or_default()
}

/// Whether the host's `Request` can be constructed.
pub(super) fn accepts_request(url: &str, init: &JsValue) -> bool {
    Request::new(url, init).is_ok()
}

/// Calls the caller's function.
pub(super) fn call(function: &JsValue) -> Result<JsValue, JsValue> {
    GLOBAL.with(|global| call0(function, global))
}

/// Calls `fetch` with the `this` that every host accepts for its own functions.
pub(super) fn call_fetch(
    fetch: &JsValue,
    url: &str,
    init: &RequestInit,
) -> Result<JsValue, JsValue> {
    GLOBAL.with(|global| call2(fetch, global, url, init))
}

/// A property, or undefined where it can't be read.
pub(super) fn property_or_undefined(object: &JsValue, name: &str) -> JsValue {
    get_property(object, &name.into()).unwrap_or_default()
}

/// A property that the object doesn't inherit.
pub(super) fn own_property(object: &JsValue, name: &str) -> Option<JsValue> {
    let is_own = has_own(object, name).unwrap_or_default();
    is_own.then(|| property_or_undefined(object, name))
}

/// An object without a prototype, so that a polluted `Object.prototype` can't add members to it.
pub(super) fn null_prototype_object() -> Object {
    Object::<JsValue>::create(JsValue::NULL.unchecked_ref()).unchecked_into()
}

/// Whether a value is an array, as far as it can be told.
pub(super) fn is_array(value: &JsValue) -> bool {
    is_array_or_throws(value).unwrap_or_default()
}
