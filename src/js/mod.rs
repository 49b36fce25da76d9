//! The edge: carries out the actions of the state machine with what a JavaScript host offers.
//!
//! Whatever comes from outside (arguments, options, replies, what is thrown, even globals) may be anything at all.
//! An exception that passes through Rust leaves the caller's promise pending for ever, so each
//! touch of a foreign value goes through a binding that catches.

mod arguments;
mod fetch;
mod foreign;
mod limit;
mod rejection;

use std::cell::Cell;
use std::ops::ControlFlow;

use js_sys::Promise;
use lol_alloc::{FreeListAllocator, LockedAllocator};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::call::{Action, Call, Event, Surroundings};
use crate::options::Operation;
use crate::retry::Origins;
use arguments::Arguments;
use fetch::{Exchange, Happened};

/// Smaller than the default allocator by two kilobytes of what callers download. One list of what is free, without gaps side by
/// side: short for as few values as a call keeps.
#[global_allocator]
static ALLOCATOR: LockedAllocator<FreeListAllocator> =
    LockedAllocator::new(FreeListAllocator::new());

thread_local! {
    /// Taken out for a step and put back after it, so that nobody can find it borrowed.
    static ORIGINS: Cell<Origins> = const { Cell::new(Origins::new()) };
}

/// What is added to an operation whose arguments are only checked.
const CHECK: u32 = 4;

/// Carries out one call: a deletion, or one page of a list. The package's loader makes the public functions of it.
///
/// | `operation` | `subject` | Resolves with |
/// |---|---|---|
/// | 0 a deletion | the id | `{ attempts, alreadyDeleted, requestId? }` |
/// | 1 one deletion of many | the id | the same |
/// | 2 a page of a list | an array of the `nextToken`s so far | `{ items, nextToken? }` |
/// | 4 more: nothing is sent, the arguments are checked | nothing | how many may be under way at once |
///
/// A check whose subject is an array `[place, thrown]` rejects: that place in the arguments was read by the loader, and threw.
///
/// One function, and in it one place that waits, with plain code around it: each more, in functions that call each other, made
/// the module a tenth larger.
///
/// # Errors
///
/// An object with the properties of a [`crate::error::Failure`], and `cause` where something was thrown at us.
#[wasm_bindgen(skip_typescript)]
pub async fn request(
    operation: u32,
    token: JsValue,
    subject: JsValue,
    options: JsValue,
) -> Result<JsValue, JsValue> {
    let kind = match operation & 3 {
        0 => Operation::Deletion,
        1 => Operation::Deletions,
        _ => Operation::List,
    };
    let id = (operation < 2).then_some(&subject);
    let mut arguments = Arguments::new(kind, token);
    arguments.read(id, &options)?;
    if operation & CHECK != 0 {
        return arguments.check(&subject);
    }
    let mut run = Run {
        call: arguments.call(&subject),
        arguments,
        exchange: Exchange::default(),
    };
    let mut next = run.go_on((Event::Ready, None));
    loop {
        match next {
            ControlFlow::Continue(promise) => {
                next = run.settled(JsFuture::from(promise).await);
            }
            ControlFlow::Break(result) => return result,
        }
    }
}

/// One call, and what is under way for it.
struct Run {
    call: Call,
    arguments: Box<Arguments>,
    exchange: Exchange,
}

/// A promise to wait for, or how the call ended.
type Next = ControlFlow<Result<JsValue, JsValue>, Promise>;

impl Run {
    /// Goes on when the promise of the step before has settled.
    fn settled(&mut self, settled: Result<JsValue, JsValue>) -> Next {
        match self.exchange.settled(settled, &self.arguments.signal) {
            ControlFlow::Continue(promise) => ControlFlow::Continue(promise),
            ControlFlow::Break(happened) => self.go_on(happened),
        }
    }

    /// Steps the machine until there is something to wait for.
    fn go_on(&mut self, mut happened: Happened) -> Next {
        loop {
            let (event, cause) = happened;
            let action = step(&mut self.call, event, &self.arguments);
            if let Action::Done(result) = action {
                return ControlFlow::Break(match result {
                    Ok(outcome) => Ok(rejection::resolution(&outcome)),
                    Err(failure) => Err(rejection::of(&failure, cause, self.call.secret())),
                });
            }
            if let Some((error, reason)) = self.arguments.signal.aborted() {
                happened = (Event::Stopped(error), Some(reason));
                continue;
            }
            match self.exchange.begin(&action, &self.arguments) {
                Ok(promise) => return ControlFlow::Continue(promise),
                Err(failed) => happened = failed,
            }
        }
    }
}

/// Steps the machine with what the calls to its origin share, a random number and the time.
fn step<'a>(call: &'a mut Call, event: Event, arguments: &Arguments) -> Action<'a> {
    ORIGINS.with(|kept| {
        let mut origins = kept.take();
        let action = origins.lend(arguments.endpoint.origin(), |shared| {
            let mut around = Surroundings {
                budget: &mut shared.budget,
                gate: (arguments.operation == Operation::Deletions).then_some(&mut shared.gate),
                random: foreign::random(),
                now_ms: foreign::now_ms(),
            };
            call.step(event, &mut around)
        });
        kept.set(origins);
        action
    })
}
