//! What one caller's host is in the simulation: it posts what the call wants, and is told what came
//! of it.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use codecatalyst_pat::driver::Host;
use codecatalyst_pat::error::{CallError, Error};
use codecatalyst_pat::request::Request;
use codecatalyst_pat::response::Response;
use codecatalyst_pat::step::{Event, StepContext};
use codecatalyst_pat::token::BearerToken;

use super::super::coverage::Case;
use super::super::invariants::{Next, Told, Violation};
use super::super::observation::{Break, Observation};
use super::super::scenario::TOKEN;
use super::State;
use crate::fixtures::{bearer, body, broken_body};

pub(super) struct SimHost<'a> {
    pub(super) state: Rc<RefCell<State<'a>>>,
    pub(super) caller: usize,
}

impl Host for SimHost<'_> {
    fn with_context<T>(&mut self, step: impl FnOnce(&mut StepContext<'_>) -> T) -> T {
        let state = &mut *self.state.borrow_mut();
        let random = state.random();
        let caller = &mut state.callers[self.caller];
        caller.random = random;
        let in_bulk = caller.scenario.in_bulk;
        let now_ms = state.clock_ms();
        step(&mut StepContext {
            quota: &mut state.quota,
            throttle: in_bulk.then_some(&mut state.throttle),
            random,
            now_ms,
        })
    }

    fn aborted(&mut self) -> Option<Error> {
        let mut state = self.state.borrow_mut();
        let signal = state.callers[self.caller].scenario.signal?;
        if signal.aborts_ms > state.now_ms {
            return None;
        }
        state.coverage.note(Case::AbortBeforeAction);
        state.check(self.caller, &Next::Prevented);
        // A loop that goes on regardless would never end.
        if state.violation.is_some() {
            return None;
        }
        let is_timeout = signal.is_timeout;
        state.tell(self.caller, &Told::Aborted { is_timeout });
        Some(signal_error(is_timeout))
    }

    async fn ask_token(&mut self) -> Event {
        self.carry_out(Next::Ask).await
    }

    async fn send(&mut self, _: &Request, token: &BearerToken) -> Event {
        assert_eq!(token.secret(), Some(TOKEN));
        self.carry_out(Next::Send).await
    }

    fn on_retry(&mut self, error: &CallError, token: Option<&BearerToken>, wait_ms: u32) {
        let mut state = self.state.borrow_mut();
        let result = state.callers[self.caller].invariants.check_announcement(
            error,
            token.and_then(BearerToken::secret),
            wait_ms,
        );
        state.violation = state.violation.or(result.err());
    }

    async fn sleep(&mut self, ms: u32) -> Event {
        self.carry_out(Next::Wait(ms)).await
    }
}

impl SimHost<'_> {
    async fn carry_out(&self, next: Next<'_>) -> Event {
        self.state.borrow_mut().start(self.caller, &next);
        poll_fn(|_| match self.state.borrow_mut().next_event(self.caller) {
            Some(event) => Poll::Ready(event),
            None => Poll::Pending,
        })
        .await
    }
}

impl State<'_> {
    /// A number from 0 to 1, if all is well with the host.
    fn random(&mut self) -> f64 {
        if self.rng.percent(90) {
            return self.rng.below(1_001) as f64 / 1_000.0;
        }
        self.coverage.note(Case::RandomGarbage);
        let garbage = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 2.0, 1e300];
        self.rng.pick(&garbage)
    }

    fn start(&mut self, caller: usize, next: &Next<'_>) {
        self.check(caller, next);
        let signal = self.callers[caller].scenario.signal;
        if signal.is_some_and(|signal| signal.aborts_ms <= self.now_ms) {
            self.violation = self.violation.or(Some(Violation::Abort));
        }
        if self.violation.is_none() {
            self.carry_out(caller, next);
        }
    }

    fn tell(&mut self, caller: usize, told: &Told) {
        self.trace(|| format!("caller {caller} is told {told:?}"));
        self.callers[caller].invariants.hear(told);
    }

    /// What a call is told now, if anything.
    fn next_event(&mut self, caller: usize) -> Option<Event> {
        let told = self.callers[caller].inbox.take()?;
        self.tell(caller, &told);
        Some(match told {
            Told::Token => Event::Token(bearer(TOKEN)),
            Told::WaitOver => Event::Ready,
            Told::Aborted { is_timeout } => Event::Interrupted(signal_error(is_timeout)),
            Told::NoToken => Event::Interrupted(Error::InvalidArgument("It threw.".into())),
            Told::NoFetch => Event::Interrupted(Error::Unsupported("No fetch.")),
            Told::AttemptEnded(observation) => self.attempt_ended(caller, &observation),
        })
    }

    fn attempt_ended(&self, caller: usize, observation: &Observation) -> Event {
        let error = match observation.broken_by {
            None => return Event::Response(self.response(caller, true)),
            Some(Break::Connection) => Error::Network,
            Some(Break::NotSent) => Error::NotConnected,
            Some(Break::Timeout) => Error::Timeout,
            Some(Break::Signal { is_timeout }) => signal_error(is_timeout),
        };
        let has_response = observation.has_response;
        Event::Broken(error, has_response.then(|| self.response(caller, false)))
    }

    /// The response to a caller's last request, with all of its body or a part.
    fn response(&self, caller: usize, is_whole: bool) -> Response {
        let hides_headers = self.callers[caller].scenario.hides_headers;
        let Some((request, sent)) = self.exchange(caller) else {
            return Response::default();
        };
        let mut response = sent.head(hides_headers, request, self.clock_ms());
        let text = sent.text(TOKEN, is_whole, request);
        response.body = if is_whole {
            body(&text)
        } else {
            broken_body(&text)
        };
        response
    }
}

fn signal_error(is_timeout: bool) -> Error {
    if is_timeout {
        Error::SignalTimeout
    } else {
        Error::Aborted
    }
}
