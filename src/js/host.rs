//! JavaScript as the host of a call.

use std::cell::Cell;

use wasm_bindgen::prelude::*;

use super::abort::{AbortGuard, CallSignal, Interruption};
use super::bindings;
use super::fetch;
use super::from_js::{self, Options};
use super::to_js;
use crate::date::Clock;
use crate::driver::Host;
use crate::error::{CallError, Error};
use crate::request::Request;
use crate::retry::OriginStates;
use crate::step::{Event, StepContext};
use crate::token::BearerToken;

thread_local! {
    /// Taken out for a step and put back after it, so that it is never found borrowed.
    static ORIGIN_STATES: Cell<OriginStates> = const { Cell::new(OriginStates::new()) };
}

/// An error, and what was thrown, if anything was.
type HostError = (Error, Option<JsValue>);

/// Carries out one call.
pub(super) struct JsHost {
    /// Whether it is one of many deletions, which share a throttle.
    pub(super) is_bulk: bool,
    pub(super) options: Options,
    /// The caller's token, or the function that gives it.
    pub(super) token: JsValue,
    /// The id of the token to delete; undefined for a list.
    pub(super) id: JsValue,
    /// What the last action threw.
    pub(super) thrown: Option<JsValue>,
}

impl Host for JsHost {
    fn with_context<T>(&mut self, step: impl FnOnce(&mut StepContext<'_>) -> T) -> T {
        let mut states = ORIGIN_STATES.take();
        let result = states.with_origin(self.options.endpoint.origin(), |state| {
            step(&mut StepContext {
                quota: &mut state.quota,
                throttle: self.is_bulk.then_some(&mut state.throttle),
                random: bindings::random(),
                now_ms: HostClock.now_ms(),
            })
        });
        ORIGIN_STATES.set(states);
        result
    }

    fn aborted(&mut self) -> Option<Error> {
        let (error, reason) = self.options.signal.aborted()?;
        self.thrown = Some(reason);
        Some(error)
    }

    async fn ask_token(&mut self) -> Event {
        let result = ask_token(&self.token, &self.options.signal).await;
        self.event(result.map(Event::Token))
    }

    async fn send(&mut self, request: &Request, token: &BearerToken) -> Event {
        match fetch::send(request, token, &self.options).await {
            Ok(response) => self.event(Ok(Event::Response(response))),
            Err(error) if matches!(error.error, Error::Unsupported(_)) => {
                self.event(Err((error.error, error.thrown)))
            }
            Err(error) => {
                self.thrown = error.thrown;
                Event::Broken(error.error, error.response)
            }
        }
    }

    fn on_retry(&mut self, error: &CallError, token: Option<&BearerToken>, wait_ms: u32) {
        if let Some(on_retry) = &self.options.on_retry {
            let error = to_js::error_object(error, self.thrown.clone(), token);
            // A function of the package's own, which doesn't throw.
            let _ = on_retry.call3(&JsValue::UNDEFINED, &self.id, &error, &wait_ms.into());
        }
    }

    async fn sleep(&mut self, ms: u32) -> Event {
        let result = sleep(ms, &self.options.signal).await;
        self.event(result.map(|()| Event::Ready))
    }
}

impl JsHost {
    fn event(&mut self, result: Result<Event, HostError>) -> Event {
        let (event, thrown) = match result {
            Ok(event) => (event, None),
            Err((error, thrown)) => (Event::Interrupted(error), thrown),
        };
        self.thrown = thrown;
        event
    }
}

/// The caller's function may take its time: only the signal ends it.
async fn ask_token(function: &JsValue, signal: &CallSignal) -> Result<BearerToken, HostError> {
    let threw = |thrown| {
        let message = "token must be a function that gives a string: it threw instead.";
        (Error::invalid(message), Some(thrown))
    };
    let guard = AbortGuard::new(signal, None).map_err(unsupported)?;
    let promise = bindings::call(function).map_err(threw)?;
    let value = guard
        .race(&promise)
        .await
        .map_err(|interruption| match interruption {
            Interruption::Thrown(thrown) => threw(thrown),
            Interruption::Limit => aborted(signal),
        })?;
    // What the token providers of the AWS SDK give is an object.
    let token = if value.is_object() {
        bindings::get_property(&value, &"token".into()).map_err(threw)?
    } else {
        value.clone()
    };
    let expected = "token must be a function that gives a string or { token: string }";
    from_js::bearer_token(&token)
        .unwrap_or_else(|| Err(from_js::type_error(expected, &value)))
        .map_err(|error| (error, None))
}

async fn sleep(ms: u32, signal: &CallSignal) -> Result<(), HostError> {
    let guard = AbortGuard::new(signal, Some(ms)).map_err(unsupported)?;
    guard.elapsed().await;
    match signal.aborted() {
        Some((error, reason)) => Err((error, Some(reason))),
        None => Ok(()),
    }
}

fn unsupported(thrown: JsValue) -> HostError {
    (fetch::unsupported(), Some(thrown))
}

fn aborted(signal: &CallSignal) -> HostError {
    signal
        .aborted()
        .map_or((Error::Aborted, None), |(error, reason)| {
            (error, Some(reason))
        })
}

/// The time and the dates of JavaScript.
pub(super) struct HostClock;

impl Clock for HostClock {
    fn now_ms(&self) -> f64 {
        bindings::now_ms()
    }

    fn parse_date_ms(&self, date: &str) -> Option<f64> {
        bindings::parse_date_ms(date)
    }
}
