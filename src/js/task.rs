//! Runs a future as a promise.
//!
//! A future goes on right in the callback of the promise that it awaits. The executor of
//! wasm-bindgen-futures puts it into a queue behind `queueMicrotask` first: with fake timers, which
//! replace that function, a single lost callback would stop every later call for good.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

type Task = Pin<Box<dyn Future<Output = ()>>>;

#[derive(Default)]
struct Tasks {
    next_id: u64,
    waiting: BTreeMap<u64, Task>,
}

thread_local! {
    static TASKS: RefCell<Tasks> = RefCell::default();
}

struct TaskWaker(u64);

impl Wake for TaskWaker {
    /// Nothing is waiting under this id if the task has ended, or is being polled right now.
    fn wake(self: Arc<Self>) {
        let task = TASKS.with_borrow_mut(|tasks| tasks.waiting.remove(&self.0));
        if let Some(task) = task {
            poll(self, task);
        }
    }
}

fn poll(waker: Arc<TaskWaker>, mut task: Task) {
    let id = waker.0;
    let waker = Waker::from(waker);
    if task
        .as_mut()
        .poll(&mut Context::from_waker(&waker))
        .is_pending()
    {
        TASKS.with_borrow_mut(|tasks| tasks.waiting.insert(id, task));
    }
}

/// Runs a future up to its first wait, and gives the promise of its end.
pub(super) fn promise(future: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> Promise {
    let mut future = Some(future);
    Promise::new(&mut |resolve, reject| {
        if let Some(future) = future.take() {
            spawn(settle(future, resolve, reject));
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

fn spawn(future: impl Future<Output = ()> + 'static) {
    let id = TASKS.with_borrow_mut(|tasks| {
        tasks.next_id += 1;
        tasks.next_id
    });
    poll(Arc::new(TaskWaker(id)), Box::pin(future));
}
