//! Runs a future as a promise.
//!
//! A future goes on right in the callback of the promise that it awaits. The executor of
//! wasm-bindgen-futures puts it into a queue behind `queueMicrotask` first: with fake timers, which
//! replace that function, a single lost callback would stop every later call for good. And it
//! makes two closures for each promise, where a task of ours binds two functions for its whole
//! life: that spares a fifth of a call's CPU.

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use js_sys::{Function, Promise};
use slab::Slab;
use wasm_bindgen::prelude::*;

use super::bindings;

type Settled = Result<JsValue, JsValue>;

/// Gets the index of a task, the id of a wait or of a limit, and the value of a promise.
type Callback = Closure<dyn Fn(usize, u32, JsValue)>;

/// A future that has not ended, and what it waits for.
#[derive(Default)]
struct Task {
    /// None while it is polled.
    future: Option<Pin<Box<dyn Future<Output = ()>>>>,
    /// What the promises that it awaits call; none before the first.
    callbacks: Option<Callbacks>,
    /// Tells the callbacks from those of a wait that was given up. 0: it waits for no promise.
    wait_id: u32,
    /// How the promise settled.
    settled: Option<Settled>,
    /// The limit on its waits. 0: there is none.
    limit_id: u32,
    is_limit_reached: bool,
}

struct Callbacks {
    resolved: Function,
    rejected: Function,
}

thread_local! {
    static TASKS: RefCell<Slab<Task>> = const { RefCell::new(Slab::new()) };

    /// The index of the task that is being polled.
    static CURRENT: Cell<usize> = const { Cell::new(0) };

    static LAST_ID: Cell<u32> = const { Cell::new(0) };

    static RESOLVED: Callback = Closure::new(|index, id, value| settle(index, id, Ok(value)));
    static REJECTED: Callback = Closure::new(|index, id, value| settle(index, id, Err(value)));
    static LIMIT_REACHED: Callback = Closure::new(|index, id, _| interrupt(index, id));
}

/// Runs a future up to its first wait, and gives the promise of its end.
pub(super) fn promise(future: impl Future<Output = Settled> + 'static) -> Promise {
    let mut future = Some(future);
    Promise::new(&mut |resolve, reject| {
        if let Some(future) = future.take() {
            let index = TASKS.with_borrow_mut(|tasks| tasks.insert(Task::default()));
            poll(index, Box::pin(end(future, resolve, reject)));
        }
    })
}

async fn end(future: impl Future<Output = Settled>, resolve: Function, reject: Function) {
    let (function, value) = match future.await {
        Ok(value) => (resolve, value),
        Err(error) => (reject, error),
    };
    // The functions of a promise don't throw.
    let _ = function.call1(&JsValue::UNDEFINED, &value);
}

fn poll(index: usize, mut future: Pin<Box<dyn Future<Output = ()>>>) {
    // A task may start another one: by a `fetch` that calls us.
    let outer = CURRENT.replace(index);
    let state = future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()));
    CURRENT.set(outer);
    TASKS.with_borrow_mut(|tasks| match tasks.get_mut(index) {
        Some(task) if state.is_pending() => task.future = Some(future),
        _ => drop(tasks.try_remove(index)),
    });
}

/// Waits for a promise, within [`promise`]. Gives nothing if the [`Limit`] is reached first.
///
/// # Errors
///
/// What the host throws if the promise is none of its own.
pub(super) async fn wait_for(promise: &JsValue) -> Result<Option<Settled>, JsValue> {
    let callbacks = with_current(|task| task.callbacks.take()).flatten();
    let callbacks = callbacks.unwrap_or_else(new_callbacks);
    // Also if the limit is reached: a rejection that nobody handles would end a Node process.
    let result = bindings::then(promise, &callbacks.resolved, &callbacks.rejected);
    with_current(|task| task.callbacks = Some(callbacks));
    result?;
    Ok(next_event().await)
}

/// Waits for the [`Limit`] alone.
pub(super) async fn wait_for_limit() {
    next_event().await;
}

/// Waits for the promise or the limit, whichever comes first.
async fn next_event() -> Option<Settled> {
    let event = |task: &mut Task| match task.settled.take() {
        None if task.is_limit_reached => {
            // The promise may settle during a later wait.
            task.callbacks = None;
            task.wait_id = 0;
            Poll::Ready(None)
        }
        None => Poll::Pending,
        settled => Poll::Ready(settled),
    };
    poll_fn(|_| with_current(event).unwrap_or(Poll::Pending)).await
}

fn new_callbacks() -> Callbacks {
    let id = next_id();
    with_current(|task| task.wait_id = id);
    Callbacks {
        resolved: RESOLVED.with(|callback| bind(callback, id)),
        rejected: REJECTED.with(|callback| bind(callback, id)),
    }
}

/// A limit on the waits of a task, while it lives.
pub(super) struct Limit;

impl Limit {
    /// Sets a limit for the task that is being polled. Gives the function to call when the limit is
    /// reached.
    pub(super) fn new() -> (Self, Function) {
        let id = next_id();
        with_current(|task| task.limit_id = id);
        (Self, LIMIT_REACHED.with(|callback| bind(callback, id)))
    }
}

impl Drop for Limit {
    fn drop(&mut self) {
        with_current(|task| {
            task.limit_id = 0;
            task.is_limit_reached = false;
        });
    }
}

/// What is done must not call JavaScript, which may call us.
fn with_current<T>(act: impl FnOnce(&mut Task) -> T) -> Option<T> {
    TASKS.with_borrow_mut(|tasks| tasks.get_mut(CURRENT.get()).map(act))
}

fn next_id() -> u32 {
    let id = LAST_ID.get().wrapping_add(1);
    LAST_ID.set(id);
    id
}

fn bind(callback: &Callback, id: u32) -> Function {
    let function: &Function = callback.as_ref().unchecked_ref();
    let index = JsValue::from(CURRENT.get());
    let bound = function.bind2(&JsValue::UNDEFINED, &index, &JsValue::from(id));
    bound.unchecked_into()
}

fn settle(index: usize, wait_id: u32, settled: Settled) {
    resume(index, |task| {
        let is_awaited = task.wait_id == wait_id;
        if is_awaited {
            task.settled = Some(settled);
        }
        is_awaited
    });
}

fn interrupt(index: usize, limit_id: u32) {
    resume(index, |task| {
        task.is_limit_reached |= task.limit_id == limit_id;
        task.is_limit_reached
    });
}

/// Polls a task if the event is for it.
fn resume(index: usize, is_event: impl FnOnce(&mut Task) -> bool) {
    let future = TASKS.with_borrow_mut(|tasks| {
        let task = tasks.get_mut(index)?;
        is_event(task).then(|| task.future.take())?
    });
    if let Some(future) = future {
        poll(index, future);
    }
}
