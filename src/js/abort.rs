//! What ends an operation before its time: the caller's signal, a timer, or both.

use js_sys::{Array, Function, Object, Promise};
use wasm_bindgen::prelude::*;

use super::foreign::{self, Foreign};
use crate::error::Error;

/// The caller's `AbortSignal`, or an object that behaves like one. By default there is none, which never fires.
#[derive(Clone, Default)]
pub(super) struct Signal(JsValue);

impl Signal {
    /// Tells a signal by what it can do: one of another frame is no `instanceof` ours.
    pub(super) fn new(value: &JsValue) -> Option<Self> {
        let is_signal = foreign::get(value, "aborted").js_typeof() == "boolean"
            && foreign::get(value, "addEventListener").is_function();
        is_signal.then(|| Self(value.clone()))
    }

    /// What it means that the signal has fired, and its reason; nothing if it has not.
    pub(super) fn aborted(&self) -> Option<(Error, JsValue)> {
        if !(self.is_there() && foreign::is_true(&self.0, "aborted")) {
            return None;
        }
        let reason = foreign::get(&self.0, "reason");
        let is_timeout = foreign::says(&reason, "name", "TimeoutError");
        let error = if is_timeout {
            Error::SignalTimeout
        } else {
            Error::Abort
        };
        Some((error, reason))
    }

    fn is_there(&self) -> bool {
        !self.0.is_undefined()
    }

    fn object(&self) -> &Foreign {
        self.0.unchecked_ref()
    }
}

/// A limit on operations. On every way out its drop clears the timer and takes the listener off the signal.
pub(super) struct Limit {
    over: Promise,
    mark: JsValue,
    stop: Function,
    timer: JsValue,
    signal: Signal,
}

impl Limit {
    /// A limit that has not begun.
    pub(super) fn new(signal: Signal) -> Self {
        let mut stop = JsValue::UNDEFINED;
        let over = Promise::new_typed::<JsValue>(&mut |resolve, _| stop = resolve.into());
        let mark = JsValue::from(Object::new());
        let stop = stop
            .unchecked_ref::<Function>()
            .bind1(&JsValue::UNDEFINED, &mark)
            .unchecked_into();
        Self {
            over,
            mark,
            stop,
            timer: JsValue::UNDEFINED,
            signal,
        }
    }

    /// Listens to the signal, and starts the clock if a time is given.
    ///
    /// # Errors
    ///
    /// What the host threw if it has no timers, or the signal when it was listened to.
    pub(super) fn start(&mut self, ms: Option<u32>) -> Result<(), JsValue> {
        if self.signal.is_there() {
            self.signal.object().listen("abort", &self.stop)?;
        }
        if let Some(ms) = ms {
            self.timer = foreign::set_timeout(&self.stop, ms)?;
        }
        Ok(())
    }

    /// A promise of the end.
    pub(super) fn over(&self) -> Promise {
        self.over.clone()
    }

    /// A promise of the operation's end or the limit's, whichever comes first. An operation may be anything that `await`
    /// takes: another promise, a thenable, a plain value.
    pub(super) fn on(&self, operation: &JsValue) -> Promise {
        Promise::race(&Array::of2(&self.over, operation))
    }

    /// Whether a promise settled because the limit came first.
    pub(super) fn is_over(&self, value: &JsValue) -> bool {
        *value == self.mark
    }
}

impl Drop for Limit {
    fn drop(&mut self) {
        // What a foreign signal or a replaced timer throws here has nobody left to hear it.
        let _ = foreign::clear_timeout(&self.timer);
        if self.signal.is_there() {
            let _ = self.signal.object().unlisten("abort", &self.stop);
        }
    }
}
