//! What ends an operation before its time: the caller's signal, a timer, or both.

use js_sys::Function;
use wasm_bindgen::prelude::*;

use super::bindings::{self, Reason, Signal};
use super::task::{self, Limit};
use crate::error::Error;

/// The signal of a call; none never aborts.
#[derive(Clone)]
pub(super) struct CallSignal(pub(super) Option<Signal>);

impl CallSignal {
    /// The error that an aborted signal means, and its reason.
    pub(super) fn aborted(&self) -> Option<(Error, JsValue)> {
        let signal = self.0.as_ref().filter(|signal| signal.aborted())?;
        let reason = signal.reason();
        Some((error_of_reason(&reason), reason))
    }
}

/// The error that an abort with this reason means.
pub(super) fn error_of_reason(reason: &JsValue) -> Error {
    let name = reason.unchecked_ref::<Reason>().name().unwrap_or_default();
    if bindings::TIMEOUT_ERROR.with(|timeout_error| ***timeout_error == name) {
        Error::SignalTimeout
    } else {
        Error::Aborted
    }
}

/// What kept an operation from its result.
pub(super) enum Interruption {
    /// The signal was aborted, or the time ran out.
    Limit,
    /// The operation threw.
    Thrown(JsValue),
}

impl From<JsValue> for Interruption {
    fn from(thrown: JsValue) -> Self {
        Self::Thrown(thrown)
    }
}

/// A limit on operations. On every way out its drop clears the timer and removes the listener.
pub(super) struct AbortGuard {
    _limit: Limit,
    end: Function,
    timer: Option<JsValue>,
    signal: CallSignal,
}

impl AbortGuard {
    /// Listens to the signal, and starts a timer if a time is given.
    ///
    /// # Errors
    ///
    /// What the host threw if it has no timers.
    pub(super) fn new(signal: &CallSignal, ms: Option<u32>) -> Result<Self, JsValue> {
        let (limit, end) = Limit::new();
        let mut guard = Self {
            _limit: limit,
            end,
            timer: None,
            signal: signal.clone(),
        };
        if let Some(signal) = &guard.signal.0 {
            signal.add_listener(&guard.end);
        }
        if let Some(ms) = ms {
            guard.timer = Some(bindings::set_timeout(&guard.end, ms)?);
        }
        Ok(guard)
    }

    /// Waits for the end of an operation, which may be anything that `await` takes: another
    /// promise, a thenable, a plain value.
    ///
    /// # Errors
    ///
    /// [`Interruption`] if the limit comes first, or what the operation threw.
    pub(super) async fn race(&self, operation: &JsValue) -> Result<JsValue, Interruption> {
        let promise = bindings::resolve_promise(operation)?;
        match task::wait_for(&promise).await? {
            Some(settled) => settled.map_err(Interruption::Thrown),
            None => Err(Interruption::Limit),
        }
    }

    /// Waits for the limit itself.
    pub(super) async fn elapsed(&self) {
        task::wait_for_limit().await;
    }
}

impl Drop for AbortGuard {
    fn drop(&mut self) {
        // What a replaced timer throws is ignored: the operation is over.
        if let Some(timer) = &self.timer {
            let _ = bindings::clear_timeout(timer);
        }
        if let Some(signal) = &self.signal.0 {
            signal.remove_listener(&self.end);
        }
    }
}
