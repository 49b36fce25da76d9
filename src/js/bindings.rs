//! Values and globals that are not ours, each touched through a binding that catches.

use js_sys::{Array, Function, JsString, Object};
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use crate::text::decode;

/// How much of a foreign text is copied, in UTF-16 code units: text of any length may come, memory is finite.
pub(super) const LONGEST_TEXT: usize = 8_192;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Math, js_name = random)]
    fn math_random() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Date, js_name = now)]
    fn date_now() -> Result<JsValue, JsValue>;

    /// Reads a property, whose getter may throw.
    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = get)]
    pub(super) fn read(object: &JsValue, key: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Reflect)]
    fn set(object: &JsValue, key: &str, value: &JsValue) -> Result<bool, JsValue>;

    /// Whether a value is an array; a proxy that was revoked throws.
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_an_array(value: &JsValue) -> Result<bool, JsValue>;

    /// Makes an object of a class.
    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = construct)]
    pub(super) fn new(class: &JsValue, arguments: &Array) -> Result<JsValue, JsValue>;

    /// Calls a function; `this` is first among the arguments of JavaScript's own `call`.
    #[wasm_bindgen(catch, js_namespace = Reflect)]
    fn apply(function: &JsValue, this: &JsValue, arguments: &Array) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = setTimeout)]
    pub(super) fn set_timeout(callback: &Function, ms: u32) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = clearTimeout)]
    pub(super) fn clear_timeout(timer: &JsValue) -> Result<(), JsValue>;

    /// Any object, with the methods that we call if it has them.
    pub(super) type Foreign;

    #[wasm_bindgen(method, catch, js_name = addEventListener)]
    pub(super) fn listen(this: &Foreign, event: &str, listener: &Function) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = removeEventListener)]
    pub(super) fn unlisten(this: &Foreign, event: &str, listener: &Function)
    -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = get)]
    pub(super) fn header(this: &Foreign, name: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = getReader)]
    pub(super) fn reader(this: &Foreign) -> Result<Foreign, JsValue>;

    #[wasm_bindgen(method, catch, js_name = read)]
    pub(super) fn next_part(this: &Foreign) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(super) fn decode(
        this: &Foreign,
        bytes: &JsValue,
        options: &JsValue,
    ) -> Result<JsString, JsValue>;
}

/// A random number, or 0 where the host's source has been replaced by something else.
pub(super) fn random() -> f64 {
    number(&math_random().unwrap_or_default()).unwrap_or(0.0)
}

/// The time since 1970 in milliseconds.
pub(super) fn now_ms() -> f64 {
    number(&date_now().unwrap_or_default()).unwrap_or(0.0)
}

/// A property, or undefined where it can't be read.
pub(super) fn get(object: &JsValue, key: &str) -> JsValue {
    read(object, &key.into()).unwrap_or_default()
}

/// Whether a property is true.
pub(super) fn is_true(object: &JsValue, key: &str) -> bool {
    get(object, key) == JsValue::TRUE
}

/// Whether a property is that text.
pub(super) fn says(object: &JsValue, key: &str, text: &str) -> bool {
    // Compared as values of JavaScript: no binding is needed that reads text.
    let text = JsValue::from(text);
    get(object, key) == text
}

/// Sets a property to a text.
pub(super) fn put_text(object: &JsValue, key: &str, text: &str) {
    put(object, key, &text.into());
}

/// Sets a property, of an object of ours that takes any.
// Not inlined: a dozen of places would grow by more than the call.
#[inline(never)]
pub(super) fn put(object: &JsValue, key: &str, value: &JsValue) {
    let _ = set(object, key, value);
}

/// A property of the global object, looked up now: it may have been replaced.
pub(super) fn global(name: &str) -> JsValue {
    get(&js_sys::global(), name)
}

/// Calls a function as one of the global object, which every host accepts.
pub(super) fn call(function: &JsValue, arguments: &Array) -> Result<JsValue, JsValue> {
    apply(function, &js_sys::global(), arguments)
}

/// An object that inherits nothing, so that a polluted `Object.prototype` has no say in what it holds.
pub(super) fn bare() -> JsValue {
    Object::<JsValue>::create(JsValue::NULL.unchecked_ref()).into()
}

/// A string as Rust text, cut where it is unreasonably long; nothing for another value. It may hold a secret.
pub(super) fn text(value: &JsValue) -> Option<Zeroizing<String>> {
    let units = units(value.dyn_ref::<JsString>()?, LONGEST_TEXT);
    Some(decode(&units))
}

/// The first code units of a string, as JavaScript holds them. They may be secret.
pub(super) fn units(value: &JsString, most: usize) -> Zeroizing<Vec<u16>> {
    let length = (value.length() as usize).min(most);
    let mut units = Zeroizing::new(Vec::new());
    // Without the memory for it there is no text.
    if units.try_reserve_exact(length).is_ok() {
        // Numbers from 0 to 65535: charCodeAt gives no other inside the string. By way of u32, which takes less code.
        units.extend((0..length).map(|index| value.char_code_at(index as u32) as u32 as u16));
    }
    units
}

/// A number; nothing for another value.
///
/// Asked in two steps: the binding for both in one goes through memory, and its part in JavaScript is the largest of all.
pub(super) fn number(value: &JsValue) -> Option<f64> {
    (value.js_typeof() == "number").then(|| value.unchecked_into_f64())
}

/// The elements of an array: one that we made, or the loader.
pub(super) fn elements(array: &JsValue) -> impl Iterator<Item = JsValue> {
    let array = array.unchecked_ref::<Array>();
    (0..array.length()).map(|place| array.get(place))
}

/// Whether a value is an array, as far as it can be told.
pub(super) fn is_array(value: &JsValue) -> bool {
    is_an_array(value).unwrap_or_default()
}

/// What kind of value a caller gave, in words.
pub(super) fn kind(value: &JsValue) -> String {
    if value.is_null() {
        return "null".to_owned();
    }
    if is_array(value) {
        return "array".to_owned();
    }
    text(&value.js_typeof()).unwrap_or_default().to_string()
}
