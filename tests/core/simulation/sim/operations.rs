//! What callers do that takes time, and how it ends.

use super::super::coverage::Case;
use super::super::invariants::{Next, Told};
use super::super::network::RoundTrip;
use super::super::observation::{Break, Observation};
use super::super::service_response::ServiceResponse;
use super::{End, Happening, Operation, Request, State};

impl State<'_> {
    /// Starts what a call wants done next. What ends at once is told at once.
    pub(super) fn carry_out(&mut self, caller: usize, next: &Next<'_>) {
        self.callers[caller].operations += 1;
        match next {
            Next::Send if self.rng.percent(1) => {
                self.coverage.note(Case::HostLacksFetch);
                self.callers[caller].inbox = Some(Told::NoFetch);
                return;
            }
            Next::Send => self.send(caller),
            Next::Wait(ms) => self.wait(caller, u64::from(*ms)),
            Next::Ask | Next::Prevented | Next::End(_) => self.ask(caller),
        }
        self.listen_to_signal(caller);
    }

    fn listen_to_signal(&mut self, caller: usize) {
        if let Some(signal) = self.callers[caller].scenario.signal {
            let is_timeout = signal.is_timeout;
            let after_ms = signal.aborts_ms - self.now_ms;
            let end = End::Broken(Break::Signal { is_timeout });
            self.end_after(caller, after_ms, end);
        }
    }

    fn end_after(&mut self, caller: usize, ms: u64, end: End) {
        let operation = self.callers[caller].operations;
        let happening = Happening::End(caller, operation, end);
        self.agenda.push((self.now_ms + ms, happening));
    }

    fn ask(&mut self, caller: usize) {
        self.callers[caller].operation = Operation::Ask;
        let ms = self.rng.below(300);
        let end = if self.rng.percent(4) {
            End::Failed
        } else {
            End::Done
        };
        self.end_after(caller, ms, end);
    }

    /// Timers may be late, never early.
    fn wait(&mut self, caller: usize, ms: u64) {
        self.callers[caller].operation = Operation::Wait;
        let late_ms = self.rng.pick(&[0, 0, 1, 40]);
        self.end_after(caller, ms + late_ms, End::Done);
    }

    fn send(&mut self, caller: usize) {
        let timeout_ms = self.callers[caller].scenario.timeout_ms;
        let round_trip = RoundTrip::new(&mut self.rng, self.losses, timeout_ms, self.coverage);
        self.callers[caller].invariants.sends();
        self.callers[caller].operation = Operation::Send(self.requests.len());
        self.end_after(caller, timeout_ms, End::Broken(Break::Timeout));
        if let Some(ms) = round_trip.breaks {
            let by = match round_trip.is_not_sent {
                true => Break::NotSent,
                false => Break::Connection,
            };
            self.end_after(caller, ms, End::Broken(by));
        }
        if let Some(ms) = round_trip.arrives {
            let happening = Happening::Arrive(self.requests.len());
            self.agenda.push((self.now_ms + ms, happening));
        }
        self.requests.push(Request {
            caller,
            operation: self.callers[caller].operations,
            round_trip,
            response: None,
            head_ms: 0,
        });
    }

    /// A request reaches the service, whatever its caller does by now.
    pub(super) fn arrive(&mut self, request: usize) {
        let sent = &mut self.requests[request];
        let caller = &self.callers[sent.caller];
        let target = caller.scenario.target;
        let response = self
            .service
            .serve(target, self.now_ms, &mut self.rng, self.coverage);
        sent.head_ms = self.now_ms + sent.round_trip.head;
        sent.response = Some(response);
        if caller.invariants.is_over {
            self.coverage.note(Case::ArrivedAfterTheCall);
        }
        if caller.invariants.rejected_with.is_some() && response.deleted {
            self.coverage.note(Case::DeletedAfterRejection);
        }
        let end = Happening::End(sent.caller, sent.operation, End::Done);
        self.agenda.push((sent.head_ms + sent.round_trip.rest, end));
        self.trace(|| format!("request {request} arrives: {response:?}"));
    }

    /// How a caller's operation ended.
    pub(super) fn told(&mut self, caller: usize, end: End) -> Told {
        let operation = self.callers[caller].operation;
        if let End::Broken(Break::Signal { .. }) = end {
            self.coverage.note(match operation {
                Operation::Ask => Case::AbortWhileAsking,
                Operation::Send(_) => Case::AbortWhileSending,
                Operation::Wait => Case::AbortWhileWaiting,
            });
        }
        match (operation, end) {
            (Operation::Send(_), End::Broken(by)) => {
                Told::AttemptEnded(self.observe(caller, Some(by)))
            }
            (Operation::Send(_), _) => Told::AttemptEnded(self.observe(caller, None)),
            (_, End::Broken(Break::Signal { is_timeout })) => Told::Aborted { is_timeout },
            (Operation::Ask, End::Failed) => {
                self.coverage.note(Case::TokenFunctionFails);
                Told::NoToken
            }
            (Operation::Ask, _) => Told::Token,
            (Operation::Wait, _) => Told::WaitOver,
        }
    }

    /// What a caller sees of its last request.
    fn observe(&mut self, caller: usize, broken_by: Option<Break>) -> Observation {
        let hides_headers = self.callers[caller].scenario.hides_headers;
        let clock_ms = self.clock_ms();
        let head = self
            .exchange(caller)
            .filter(|(request, _)| self.requests[*request].head_ms <= self.now_ms);
        let response = head.map(|(_, response)| response);
        let by_proxy = response.is_some_and(|response| response.is_by_proxy());
        let request_id = head.map(|(request, _)| request.to_string());
        let is_whole = broken_by.is_none();
        let is_silent = head.is_some_and(|(request, response)| {
            response.text("", is_whole, request).trim().is_empty()
        });
        let observation = Observation {
            has_response: head.is_some(),
            by_proxy,
            is_page: !is_silent && response.is_some_and(|response| response.is_page()),
            is_silent,
            status: response.and_then(|response| response.visible_status()),
            name: response.and_then(|response| response.visible_name(hides_headers)),
            request_id: request_id.filter(|_| !hides_headers && !by_proxy),
            retry_after_ms: response
                .and_then(|response| response.retry_after_ms(hides_headers, clock_ms)),
            broken_by,
        };
        self.note_observation(&observation, hides_headers);
        observation
    }

    /// A caller's last request and the response to it, if the service has given one.
    pub(super) fn exchange(&self, caller: usize) -> Option<(usize, ServiceResponse)> {
        match self.callers[caller].operation {
            Operation::Send(request) => Some((request, self.requests[request].response?)),
            _ => None,
        }
    }

    fn note_observation(&mut self, observation: &Observation, hides_headers: bool) {
        if observation.has_response && hides_headers {
            self.coverage.note(Case::HeadersHidden);
        }
        if observation.broken_by == Some(Break::Timeout) {
            self.coverage.note(Case::TimedOut);
        }
        match (observation.broken_by, observation.status) {
            (None, _) => {}
            (Some(_), Some(_)) if observation.is_page => self.coverage.note(Case::BrokenPage),
            (Some(_), None) => self.coverage.note(Case::NoResponse),
            (Some(_), Some(200..=299)) => self.coverage.note(Case::BrokenSuccess),
            (Some(_), Some(400..=499)) => self.coverage.note(Case::BrokenRefusal),
            (Some(_), Some(_)) => self.coverage.note(Case::BrokenFailure),
        }
    }
}
