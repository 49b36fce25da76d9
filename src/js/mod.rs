//! The edge: carries out calls with what a JavaScript host offers.
//!
//! Whatever comes from outside (arguments, options, responses, thrown values, even globals) may be
//! anything at all. An exception that passes through Rust leaves the caller's promise pending for
//! ever, so each touch of a foreign value goes through a binding that catches. Only the options and
//! the signal of a call are ours: the package's JavaScript makes them of what the caller passed.
//!
//! The functions here are what the package's JavaScript calls. What they reject with or throw is a
//! plain object with the properties of a [`CallError`](crate::error::CallError), and `cause` where
//! something was thrown.

mod abort;
mod bindings;
mod body;
mod cause;
mod fetch;
mod from_js;
mod host;
mod task;
mod text;
mod to_js;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

use talc::wasm::WasmDynamicTalc;
use zeroizing_alloc::ZeroAlloc;

use crate::call::Call;
use crate::driver::drive;
use crate::error::Error;
use crate::outcome::Outcome;
use from_js::{Options, TokenSource};
use host::JsHost;

/// Overwrites all memory that is freed: a token, and text that may quote it, leave no copy behind.
/// talc is 1.6 KB smaller to download than the default allocator.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<WasmDynamicTalc> = ZeroAlloc(talc::wasm::new_wasm_dynamic_allocator());

/// Sets the function that decides which thrown values callers may see. It is called with what was
/// thrown and the token, empty if it isn't known, and returns what is shown as the cause.
#[wasm_bindgen(js_name = setCauseFilter, skip_typescript)]
pub fn set_cause_filter(filter: Function) {
    cause::set_filter(filter);
}

/// Deletes one token.
///
/// Resolves with `{ attempts, alreadyDeleted, requestId? }`.
#[wasm_bindgen(js_name = deleteAccessToken, skip_typescript)]
pub fn delete_access_token(token: JsValue, id: JsValue, options: JsValue) -> Promise {
    let call = from_js::delete_call(&token, &id, options.unchecked_ref());
    start(call, false, token, id, to_js::delete_output)
}

/// Deletes one of many tokens: all such deletions at an origin share a throttle.
///
/// Resolves as [`delete_access_token`] does.
#[wasm_bindgen(js_name = deleteOneOfMany, skip_typescript)]
pub fn delete_one_of_many(token: JsValue, id: JsValue, options: JsValue) -> Promise {
    let call = from_js::delete_call(&token, &id, options.unchecked_ref());
    start(call, true, token, id, to_js::delete_output)
}

/// Requests one page of the list of tokens: the first, or the one that a page token leads to.
///
/// Resolves with `{ items, nextToken?, attempts, status?, requestId? }`.
#[wasm_bindgen(js_name = listPage, skip_typescript)]
pub fn list_page(token: JsValue, next_token: JsValue, options: JsValue) -> Promise {
    let call = from_js::page_call(&token, &next_token, options.unchecked_ref());
    start(call, false, token, JsValue::UNDEFINED, to_js::page_output)
}

/// Checks the arguments that all deletions of `deleteAccessTokens` have in common. Returns how many
/// may be under way at once.
///
/// # Errors
///
/// The properties of an `InvalidArgumentError`.
#[wasm_bindgen(js_name = checkBulkOptions, skip_typescript)]
pub fn check_bulk_options(token: &JsValue, options: &JsValue) -> Result<u32, JsValue> {
    TokenSource::new(token)?;
    Options::read(options.unchecked_ref())?;
    Ok(from_js::concurrency(options.unchecked_ref())?)
}

/// The error for an argument that threw while the package's JavaScript read it. What was thrown may
/// quote the token.
#[wasm_bindgen(js_name = argumentError, skip_typescript)]
pub fn argument_error(token: &JsValue, argument: &str, thrown: JsValue) -> JsValue {
    let source = TokenSource::new(token).ok();
    let token = source.as_ref().and_then(TokenSource::token);
    to_js::argument_error(token, argument, thrown)
}

/// The error for a signal that was aborted while nothing was under way.
#[wasm_bindgen(js_name = abortError, skip_typescript)]
pub fn abort_error(token: &JsValue, reason: JsValue) -> JsValue {
    let source = TokenSource::new(token).ok();
    let token = source.as_ref().and_then(TokenSource::token);
    let error = abort::error_of_reason(&reason);
    to_js::error_object(&error.into(), Some(reason), token)
}

/// Runs a call, unless its arguments were refused.
fn start(
    call: Result<(Call, Options), Error>,
    is_bulk: bool,
    token: JsValue,
    id: JsValue,
    output: fn(&Outcome) -> JsValue,
) -> Promise {
    match call {
        Ok((call, options)) => task::promise(run(call, options, is_bulk, token, id, output)),
        Err(error) => Promise::reject(&error.into()),
    }
}

async fn run(
    mut call: Call,
    options: Options,
    is_bulk: bool,
    token: JsValue,
    id: JsValue,
    output: fn(&Outcome) -> JsValue,
) -> Result<JsValue, JsValue> {
    let mut host = JsHost {
        is_bulk,
        options,
        token,
        id,
        thrown: None,
    };
    match drive(&mut call, &mut host).await {
        Ok(outcome) => Ok(output(&outcome)),
        Err(error) => Err(to_js::error_object(&error, host.thrown, call.token())),
    }
}
