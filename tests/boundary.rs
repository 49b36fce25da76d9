//! The edge, in every host: one suite, against a mocked `fetch`.
//!
//! The tests are JavaScript modules in `tests/boundary`. Each is listed in Rust, by its title with
//! underscores, so that the runner reports it under a name of its own; a test that is missing on
//! either side fails the suite. What must hold after every test is in `support/checks.js`.
//!
//! The variables `WASM_BINDGEN_USE_*` choose the host (see `scripts/hosts.mjs`). In Node,
//! ES modules need `WASM_BINDGEN_USE_NODE_EXPERIMENTAL`.

#![cfg(target_arch = "wasm32")]

#[path = "boundary/support.rs"]
mod support;

/// Lists the tests of a file.
macro_rules! tests {
    ($file:ident: $($name:ident)*) => {
        mod $file {
            use wasm_bindgen::prelude::*;
            use wasm_bindgen_futures::JsFuture;
            use wasm_bindgen_test::wasm_bindgen_test;

            use crate::support;

            #[wasm_bindgen_test]
            fn every_test_is_listed() {
                assert_eq!(support::names(stringify!($file)), [$(stringify!($name)),*]);
            }

            $(
                #[wasm_bindgen_test]
                async fn $name() -> Result<(), JsValue> {
                    support::connect();
                    let end = support::run(stringify!($file), stringify!($name));
                    JsFuture::from(end).await.map(drop)
                }
            )*
        }
    };
}

#[path = "boundary/calls.rs"]
mod calls;
#[path = "boundary/responses.rs"]
mod responses;
#[path = "boundary/values.rs"]
mod values;

#[wasm_bindgen_test::wasm_bindgen_test]
fn every_file_is_listed() {
    let listed = [
        "aborts",
        "arguments",
        "bodies",
        "bulk",
        "callbacks",
        "causes",
        "concurrency",
        "fake_timers",
        "fetch_results",
        "globals",
        "leaks",
        "list_pages",
        "not_sent",
        "options",
        "prototypes",
        "quotations",
        "realms",
        "requests",
        "responses",
        "retries",
        "thrown_values",
        "timeouts",
    ];
    assert_eq!(support::files(), listed);
}
