//! The edge, in every host: one suite, against a scripted `fetch`.
//!
//! What comes from outside is JavaScript, so each test is a short play in JavaScript. `stage.js` replaces parts of the host for its
//! length, and after each one looks at what must hold however a call ended: the rejection has its promised shape and does not
//! quote the token, no rejection went unhandled, no timer runs, no listener stays, and the token is gone from memory.
//!
//! The host is chosen by the variables `WASM_BINDGEN_USE_*` (see `scripts/hosts.mjs`).

#![cfg(target_arch = "wasm32")]

// Named like their folder: that is where Rust looks for them.
mod boundary {
    mod aborts;
    mod arguments;
    mod crowds;
    mod hosts;
    mod leftovers;
    mod limits;
    mod lists;
    mod many;
    mod options;
    mod replies;
    mod requests;
    mod retries;
    mod returned;
    mod thrown;
}

use std::fmt;

use codecatalyst_pat::js::request;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

const STAGE: &str = concat!(
    include_str!("boundary/props.js"),
    include_str!("boundary/stage.js")
);

thread_local! {
    static PLAY: Function = build();
}

/// How a play went: an error says what was not as it should be.
type Played = Result<(), Complaints>;

struct Complaints(Vec<String>);

impl fmt::Debug for Complaints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

/// Builds the stage, and gives the function that plays on it.
fn build() -> Function {
    let call = |operation, token, subject, options| -> Promise {
        future_to_promise(request(operation, token, subject, options))
    };
    let call: Closure<dyn Fn(u32, JsValue, JsValue, JsValue) -> Promise> = Closure::new(call);
    Function::new_with_args("request, memory", STAGE)
        .call2(
            &JsValue::NULL,
            &call.into_js_value(),
            &wasm_bindgen::memory(),
        )
        .unwrap_throw()
        .unchecked_into()
}

/// Plays a script.
async fn play(script: &str) -> Played {
    play_each(&[""], script).await
}

/// Plays a script once for each row of a table. Each row is an expression, and in the script `row` is its value.
async fn play_each(rows: &[&str], script: &str) -> Played {
    let mut complaints = Vec::new();
    for row in rows {
        complaints.extend(complaint(script, row).await);
    }
    if complaints.is_empty() {
        Ok(())
    } else {
        Err(Complaints(complaints))
    }
}

async fn complaint(script: &str, row: &str) -> Option<String> {
    let end = PLAY.with(|play| play.call2(&JsValue::NULL, &script.into(), &row.into()));
    let end = match end {
        Ok(end) => JsFuture::from(end.unchecked_into::<Promise>()).await,
        thrown => thrown,
    };
    end.unwrap_or_else(|thrown| thrown).as_string()
}
