//! A tiny executor: futures of one thread, each polled when the simulation says so.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

type Task<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Futures, by number, until they are ready.
pub(crate) struct Executor<'a, T>(Vec<Option<Task<'a, T>>>);

impl<'a, T> Executor<'a, T> {
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn spawn(&mut self, future: impl Future<Output = T> + 'a) {
        self.0.push(Some(Box::pin(future)));
    }

    /// Polls a future. Gives its output once it is ready.
    pub(crate) fn poll(&mut self, number: usize) -> Option<T> {
        let task = self.0[number].as_mut()?;
        let mut context = Context::from_waker(Waker::noop());
        let Poll::Ready(output) = task.as_mut().poll(&mut context) else {
            return None;
        };
        self.0[number] = None;
        Some(output)
    }
}
