//! Runs a future as a promise.
//!
//! A future goes on right in the callback of the promise that it awaits. The executor of
//! wasm-bindgen-futures puts it into a queue behind `queueMicrotask` first: with fake timers, which
//! replace that function, a single lost callback would stop every later call for good.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

use js_sys::{Function, Promise};
use slab::Slab;
use wasm_bindgen::prelude::*;

type Task = Pin<Box<dyn Future<Output = ()>>>;

thread_local! {
    /// The tasks that have not ended. One that is being polled is taken out of its place.
    static TASKS: RefCell<Slab<Option<Task>>> = const { RefCell::new(Slab::new()) };
}

/// Runs a future up to its first wait, and gives the promise of its end.
pub(super) fn promise(future: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> Promise {
    let mut future = Some(future);
    Promise::new(&mut |resolve, reject| {
        if let Some(future) = future.take() {
            spawn(Box::pin(settle(future, resolve, reject)));
        }
    })
}

async fn settle(
    future: impl Future<Output = Result<JsValue, JsValue>>,
    resolve: Function,
    reject: Function,
) {
    let (function, value) = match future.await {
        Ok(value) => (resolve, value),
        Err(error) => (reject, error),
    };
    // The functions of a promise don't throw.
    let _ = function.call1(&JsValue::UNDEFINED, &value);
}

fn spawn(task: Task) {
    let id = TASKS.with_borrow_mut(|tasks| tasks.insert(None));
    poll(Arc::new(TaskWaker(id)), task);
}

fn poll(waker: Arc<TaskWaker>, mut task: Task) {
    let id = waker.0;
    let waker = Waker::from(waker);
    let state = task.as_mut().poll(&mut Context::from_waker(&waker));
    TASKS.with_borrow_mut(|tasks| match tasks.get_mut(id) {
        Some(place) if state.is_pending() => *place = Some(task),
        _ => drop(tasks.try_remove(id)),
    });
}

struct TaskWaker(usize);

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        let place = |tasks: &mut Slab<Option<Task>>| tasks.get_mut(self.0)?.take();
        if let Some(task) = TASKS.with_borrow_mut(place) {
            poll(self, task);
        }
    }
}
