//! What ends an operation before its time: the caller's signal, a timer, or both.

use js_sys::Function;
use wasm_bindgen::prelude::*;

use super::bindings::{self, Reason, Signal};
use super::task::{self, Limit};
use crate::error::Error;

/// The caller's `AbortSignal`, or an object that behaves like one; none never aborts.
#[derive(Clone, Default)]
pub(super) struct CallerSignal(Option<JsValue>);

impl CallerSignal {
    /// Tells a signal by what it can do: one of another frame is no `instanceof` ours.
    pub(super) fn new(value: &JsValue) -> Option<Self> {
        let signal = value.unchecked_ref::<Signal>();
        let has_state = signal
            .aborted()
            .is_ok_and(|aborted| aborted.as_bool().is_some());
        let can_listen = signal.listening().is_ok_and(|method| method.is_function());
        (has_state && can_listen).then(|| Self(Some(value.clone())))
    }

    /// The error that an aborted signal means, and its reason.
    pub(super) fn aborted(&self) -> Option<(Error, JsValue)> {
        let signal = self.signal()?;
        let is_aborted = signal.aborted().is_ok_and(|aborted| aborted.is_truthy());
        is_aborted.then(|| {
            let reason = signal.reason().unwrap_or_default();
            (error_of_reason(&reason), reason)
        })
    }

    fn signal(&self) -> Option<&Signal> {
        self.0.as_ref().map(JsCast::unchecked_ref)
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
    signal: CallerSignal,
}

impl AbortGuard {
    /// Listens to the signal, and starts a timer if a time is given.
    ///
    /// # Errors
    ///
    /// What the host threw if it has no timers, or the signal when it was listened to.
    pub(super) fn new(signal: &CallerSignal, ms: Option<u32>) -> Result<Self, JsValue> {
        let (limit, end) = Limit::new();
        let mut guard = Self {
            _limit: limit,
            end,
            timer: None,
            signal: signal.clone(),
        };
        guard.start(ms)?;
        Ok(guard)
    }

    fn start(&mut self, ms: Option<u32>) -> Result<(), JsValue> {
        if let Some(signal) = self.signal.signal() {
            signal.add_event_listener("abort", &self.end)?;
        }
        if let Some(ms) = ms {
            self.timer = Some(bindings::set_timeout(&self.end, ms)?);
        }
        Ok(())
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
        // What a foreign signal or a replaced timer throws is ignored: the operation is over.
        if let Some(timer) = &self.timer {
            let _ = bindings::clear_timeout(timer);
        }
        if let Some(signal) = self.signal.signal() {
            let _ = signal.remove_event_listener("abort", &self.end);
        }
    }
}
