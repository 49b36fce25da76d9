//! The loop that carries out the actions of a call, whoever the host is.
//!
//! The edge is one [`Host`], with the `fetch` and the timers of JavaScript. The simulation in the
//! tests is another, so what it proves about this loop is true in every JavaScript host.

use std::future::Future;

use crate::call::Call;
use crate::error::{CallError, Error};
use crate::outcome::Outcome;
use crate::request::Request;
use crate::step::{Action, Event, Step, StepContext};
use crate::token::BearerToken;

/// What carries out the actions of a call.
///
/// The futures belong to one thread, as everything in a JavaScript host does.
pub trait Host {
    /// Runs one step with what it needs from outside.
    fn with_context<T>(&mut self, step: impl FnOnce(&mut StepContext<'_>) -> T) -> T;

    /// Why the call must end now, if the caller's signal was aborted.
    fn aborted(&mut self) -> Option<Error>;

    /// Asks the caller's function for a token.
    ///
    /// Gives [`Event::Token`], or [`Event::Interrupted`] if there will be none.
    fn ask_token(&mut self) -> impl Future<Output = Event>;

    /// Sends a request.
    ///
    /// Gives [`Event::Response`] for a whole response, or [`Event::Broken`] for anything less. If
    /// nothing could be sent at all it gives [`Event::Interrupted`].
    fn send(&mut self, request: &Request, token: &BearerToken) -> impl Future<Output = Event>;

    /// Learns why an attempt failed, before the wait for the next one.
    ///
    /// The token is the one that was sent, to keep it out of what the caller sees.
    fn on_retry(&mut self, error: &CallError, token: Option<&BearerToken>, wait_ms: u32);

    /// Waits.
    ///
    /// Gives [`Event::Ready`] after that many milliseconds, or [`Event::Interrupted`] before.
    fn sleep(&mut self, ms: u32) -> impl Future<Output = Event>;
}

/// Carries out a call from its first step to its last.
///
/// Nothing is begun once the caller's signal is aborted: the call then ends by its next step.
///
/// # Errors
///
/// [`CallError`] says what ended the call and what is known of the token.
pub async fn drive<H: Host>(call: &mut Call, host: &mut H) -> Result<Outcome, CallError> {
    let mut event = Event::Ready;
    loop {
        let action = match host.with_context(|context| call.step(event, context)) {
            Step::Done(result) => return result,
            Step::Do(action) => action,
        };
        event = match (host.aborted(), action) {
            (Some(error), _) => Event::Interrupted(error),
            (None, Action::AskToken) => host.ask_token().await,
            (None, Action::Send(request, token)) => host.send(request, token).await,
            (None, Action::Wait(ms)) => host.sleep(ms).await,
            (None, Action::Retry(ms, error)) => {
                host.on_retry(&error, call.token(), ms);
                host.sleep(ms).await
            }
        };
    }
}
