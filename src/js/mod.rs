//! The edge: carries out the actions of the state machine with what a JavaScript host offers.
//!
//! Whatever comes from outside (arguments, options, replies, what is thrown, even globals) may be anything at all.
//! An exception that passes through Rust leaves the caller's promise pending for ever, so each
//! touch of a foreign value goes through a binding that catches.

mod arguments;
mod fetch;
mod foreign;
mod limit;
mod rejection;

use std::cell::Cell;
use std::ops::ControlFlow;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::retry::Budgets;

/// Smaller than the default allocator by more than a kilobyte of what callers download.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

thread_local! {
    /// Taken out for a step and put back after it, so that nobody can find it borrowed.
    static BUDGETS: Cell<Budgets> = const { Cell::new(Budgets::new()) };
}

/// Deletes an access token.
///
/// The package's `index.d.ts` says what callers are promised; this is the same function, with plain
/// objects for its errors.
///
/// There is one place that waits, and all else is plain code around it: several of them, in functions that call each
/// other, made the module a tenth larger.
///
/// # Errors
///
/// An object with the properties of a [`crate::error::Failure`], and `cause` where something was thrown at us.
#[wasm_bindgen(js_name = deleteAccessToken, skip_typescript)]
pub async fn delete_access_token(
    token: JsValue,
    id: JsValue,
    options: JsValue,
) -> Result<JsValue, JsValue> {
    let mut deletion = arguments::read(&token, &id, &options)?;
    let mut next = deletion.start();
    loop {
        match next {
            ControlFlow::Continue(promise) => {
                next = deletion.settled(JsFuture::from(promise).await);
            }
            ControlFlow::Break(result) => return result,
        }
    }
}
