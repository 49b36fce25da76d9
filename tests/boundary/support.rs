//! The tests in JavaScript, bundled, and the module under test that is passed to them.

use codecatalyst_pat::js;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/target/boundary.js")]
extern "C" {
    #[wasm_bindgen(js_name = connect)]
    fn connect_module(exports: &Object, memory: &JsValue);

    /// The files of tests.
    pub(crate) fn files() -> Vec<String>;

    /// The tests of a file.
    pub(crate) fn names(file: &str) -> Vec<String>;

    /// Runs a test.
    pub(crate) fn run(file: &str, name: &str) -> Promise;
}

thread_local! {
    static CONNECTED: () = connect_module(&exports(), &wasm_bindgen::memory());
}

/// Passes the module to the tests, once.
pub(crate) fn connect() {
    CONNECTED.with(|()| ());
}

fn exports() -> Object {
    let exports = [
        ("setCauseFilter", set_cause_filter()),
        ("deleteAccessToken", operation(js::delete_access_token)),
        ("deleteOneOfMany", operation(js::delete_one_of_many)),
        ("listPage", operation(js::list_page)),
        ("checkBulkOptions", check_bulk_options()),
        ("argumentError", argument_error()),
        ("abortError", abort_error()),
    ];
    let object = Object::new();
    for (name, export) in exports {
        Reflect::set(&object, &name.into(), &export).unwrap_throw();
    }
    object
}

fn set_cause_filter() -> JsValue {
    Closure::<dyn Fn(Function)>::new(js::set_cause_filter).into_js_value()
}

fn operation(export: fn(JsValue, JsValue, JsValue) -> Promise) -> JsValue {
    Closure::<dyn Fn(JsValue, JsValue, JsValue) -> Promise>::new(export).into_js_value()
}

fn check_bulk_options() -> JsValue {
    let export = |token: JsValue, options: JsValue| js::check_bulk_options(&token, &options);
    Closure::<dyn Fn(JsValue, JsValue) -> Result<u32, JsValue>>::new(export).into_js_value()
}

fn argument_error() -> JsValue {
    let export =
        |token: JsValue, argument: String, thrown| js::argument_error(&token, &argument, thrown);
    Closure::<dyn Fn(JsValue, String, JsValue) -> JsValue>::new(export).into_js_value()
}

fn abort_error() -> JsValue {
    let export = |token: JsValue, reason| js::abort_error(&token, reason);
    Closure::<dyn Fn(JsValue, JsValue) -> JsValue>::new(export).into_js_value()
}
