//! Runs a future as a promise.
//!
//! A future goes on right in the callback of the promise that it awaits. The executor of
//! wasm-bindgen-futures puts it into a queue behind `queueMicrotask` first: with fake timers, which
//! replace that function, a single lost callback would stop every later call for good. And it
//! makes two closures for each promise, where a task of ours has two for its whole life: that
//! spares a fifth of a call's CPU.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use js_sys::{Function, Promise};
use slab::Slab;
use wasm_bindgen::prelude::*;

use super::bindings;

type Settled = Result<JsValue, JsValue>;

struct Task {
    future: Pin<Box<dyn Future<Output = ()>>>,
    callbacks: Rc<Callbacks>,
}

/// What the promises that a task awaits call.
struct Callbacks {
    resolved: Function,
    rejected: Function,
}

thread_local! {
    /// The tasks that have not ended. One that is being polled is taken out of its place.
    static TASKS: RefCell<Slab<Option<Task>>> = const { RefCell::new(Slab::new()) };

    /// The callbacks of the task that is being polled.
    static CURRENT: Cell<Option<Rc<Callbacks>>> = const { Cell::new(None) };

    /// How the promise settled that the task being polled has awaited.
    static SETTLED: Cell<Option<Settled>> = const { Cell::new(None) };

    static RESUME: Closure<dyn Fn(usize, bool, JsValue)> = Closure::new(resume);
}

/// Runs a future up to its first wait, and gives the promise of its end.
pub(super) fn promise(future: impl Future<Output = Settled> + 'static) -> Promise {
    let mut future = Some(future);
    Promise::new(&mut |resolve, reject| {
        if let Some(future) = future.take() {
            spawn(Box::pin(settle(future, resolve, reject)));
        }
    })
}

/// Waits for a promise, within [`promise`].
pub(super) async fn wait_for(promise: &Promise) -> Settled {
    let mut is_awaited = false;
    poll_fn(|_| {
        if is_awaited {
            return SETTLED.take().map_or(Poll::Pending, Poll::Ready);
        }
        is_awaited = true;
        let callbacks = CURRENT.take();
        if let Some(Callbacks { resolved, rejected }) = callbacks.as_deref() {
            bindings::then(promise, resolved, rejected);
        }
        CURRENT.set(callbacks);
        Poll::Pending
    })
    .await
}

async fn settle(future: impl Future<Output = Settled>, resolve: Function, reject: Function) {
    let (function, value) = match future.await {
        Ok(value) => (resolve, value),
        Err(error) => (reject, error),
    };
    // The functions of a promise don't throw.
    let _ = function.call1(&JsValue::UNDEFINED, &value);
}

fn spawn(future: Pin<Box<dyn Future<Output = ()>>>) {
    let id = TASKS.with_borrow_mut(|tasks| tasks.insert(None));
    let callback = |is_resolved: bool| {
        let resume = |resume: &Closure<_>| resume.as_ref().unchecked_ref::<Function>().clone();
        let bound = RESUME.with(resume).bind2(
            &JsValue::UNDEFINED,
            &JsValue::from(id),
            &JsValue::from(is_resolved),
        );
        bound.unchecked_into()
    };
    let callbacks = Rc::new(Callbacks {
        resolved: callback(true),
        rejected: callback(false),
    });
    poll(id, Task { future, callbacks });
}

fn resume(id: usize, is_resolved: bool, value: JsValue) {
    let place = |tasks: &mut Slab<Option<Task>>| tasks.get_mut(id)?.take();
    if let Some(task) = TASKS.with_borrow_mut(place) {
        SETTLED.set(Some(if is_resolved { Ok(value) } else { Err(value) }));
        poll(id, task);
    }
}

fn poll(id: usize, mut task: Task) {
    // A task may start another one: by a `fetch` that calls us.
    let outer = CURRENT.replace(Some(task.callbacks.clone()));
    let state = task
        .future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()));
    CURRENT.set(outer);
    TASKS.with_borrow_mut(|tasks| match tasks.get_mut(id) {
        Some(place) if state.is_pending() => *place = Some(task),
        _ => drop(tasks.try_remove(id)),
    });
}
