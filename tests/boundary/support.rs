//! What the tests import: the module under test, and files in `support`.

use codecatalyst_pat::js;
use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/tests/boundary/support/edge.js")]
extern "C" {
    #[wasm_bindgen(js_name = connect)]
    fn connect_module(exports: &Object, memory: &JsValue);
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
        ("deleteAccessToken", operation(js::delete_access_token)),
        ("deleteOneOfMany", operation(js::delete_one_of_many)),
        ("listPage", operation(js::list_page)),
        ("checkBulkOptions", check_bulk_options()),
        ("checkListOptions", check_list_options()),
        ("argumentError", argument_error()),
        ("abortError", abort_error()),
    ];
    let object = Object::new();
    for (name, export) in exports {
        Reflect::set(&object, &name.into(), &export).unwrap_throw();
    }
    object
}

fn operation(export: fn(JsValue, JsValue, JsValue) -> Promise) -> JsValue {
    Closure::<dyn Fn(JsValue, JsValue, JsValue) -> Promise>::new(export).into_js_value()
}

fn check_bulk_options() -> JsValue {
    let export = |token: JsValue, options: JsValue| js::check_bulk_options(&token, &options);
    Closure::<dyn Fn(JsValue, JsValue) -> Result<u32, JsValue>>::new(export).into_js_value()
}

fn check_list_options() -> JsValue {
    let export = |token: JsValue, options: JsValue| js::check_list_options(&token, &options);
    Closure::<dyn Fn(JsValue, JsValue) -> Result<(), JsValue>>::new(export).into_js_value()
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

/// Names files that only other JavaScript files import: wasm-bindgen copies no file without a name
/// in Rust.
macro_rules! support_files {
    ($($name:ident: $file:literal)*) => {
        $(
            #[wasm_bindgen(module = $file)]
            extern "C" {
                #[allow(dead_code)]
                type $name;
            }
        )*
    };
}

support_files! {
    PackageError: "/pkg-template/error.js"
    PackageNearest: "/pkg-template/nearest.js"
    PackageOptions: "/pkg-template/options.js"
    Assert: "/tests/boundary/support/assert.js"
    Calls: "/tests/boundary/support/calls.js"
    Checks: "/tests/boundary/support/checks.js"
    FakeClock: "/tests/boundary/support/fake-clock.js"
    Host: "/tests/boundary/support/host.js"
    HostValues: "/tests/boundary/support/host-values.js"
    Responders: "/tests/boundary/support/responders.js"
    Secrets: "/tests/boundary/support/secrets.js"
    Stubs: "/tests/boundary/support/stubs.js"
    Suite: "/tests/boundary/support/suite.js"
}
