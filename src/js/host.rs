//! JavaScript as the host of a call.

use std::cell::Cell;

use wasm_bindgen::prelude::*;

use super::abort::{AbortGuard, CallerSignal, Interruption};
use super::bindings;
use super::fetch;
use super::from_js::{self, Options};
use crate::date::Clock;
use crate::driver::Host;
use crate::error::Error;
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
        let Options {
            signal, timeout_ms, ..
        } = &self.options;
        match fetch::send(request, token, signal, *timeout_ms).await {
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
async fn ask_token(function: &JsValue, signal: &CallerSignal) -> Result<BearerToken, HostError> {
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
    let expected = "token must be a function that gives a string";
    from_js::bearer_token(&value)
        .unwrap_or_else(|| Err(from_js::type_error(expected, &value)))
        .map_err(|error| (error, None))
}

async fn sleep(ms: u32, signal: &CallerSignal) -> Result<(), HostError> {
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

fn aborted(signal: &CallerSignal) -> HostError {
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
