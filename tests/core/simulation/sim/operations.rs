//! What callers do that takes time, and how it ends.

use super::super::answer::Answer;
use super::super::coverage::Case;
use super::super::judge::{Next, Told};
use super::super::network::Journey;
use super::super::seen::{Broke, Seen};
use super::{Does, End, Happens, Request, World};

impl World<'_> {
    /// Starts what the machine wants done next. What ends at once is told at once.
    pub(super) fn carry_out(&mut self, who: usize, next: &Next) -> Option<Told> {
        self.callers[who].operation += 1;
        if matches!(next, Next::Over(_)) {
            return None;
        }
        if let Some(told) = self.aborted(who) {
            self.coverage.note(Case::SignalBeforeSending);
            return Some(told);
        }
        match next {
            Next::Send if self.dice.percent(1) => {
                self.coverage.note(Case::HostLacksFetch);
                return Some(Told::NoFetch);
            }
            Next::Send => self.send(who),
            Next::Wait(ms) => self.wait(who, u64::from(*ms)),
            Next::Ask | Next::Over(_) => self.ask(who),
        }
        self.listen_to_the_signal(who);
        None
    }

    /// The edge looks at the signal before it does anything.
    fn aborted(&self, who: usize) -> Option<Told> {
        let signal = self.callers[who].plan.signal?;
        (signal.fires <= self.now).then_some(Told::Aborted {
            is_timeout: signal.is_timeout,
        })
    }

    fn listen_to_the_signal(&mut self, who: usize) {
        if let Some(signal) = self.callers[who].plan.signal {
            let is_timeout = signal.is_timeout;
            let after = signal.fires - self.now;
            self.end_after(who, after, End::Broke(Broke::Signal { is_timeout }));
        }
    }

    fn end_after(&mut self, who: usize, ms: u64, end: End) {
        let operation = self.callers[who].operation;
        let happens = Happens::End(who, operation, end);
        self.agenda.push((self.now + ms, happens));
    }

    fn ask(&mut self, who: usize) {
        self.callers[who].does = Does::Ask;
        let ms = self.dice.below(300);
        let end = if self.dice.percent(4) {
            End::Failed
        } else {
            End::Itself
        };
        self.end_after(who, ms, end);
    }

    /// Timers may be late, never early.
    fn wait(&mut self, who: usize, ms: u64) {
        self.callers[who].does = Does::Wait;
        let late = self.dice.pick(&[0, 0, 1, 40]);
        self.end_after(who, ms + late, End::Itself);
    }

    fn send(&mut self, who: usize) {
        let timeout_ms = self.callers[who].plan.timeout_ms;
        let journey = Journey::new(&mut self.dice, self.losses, timeout_ms, self.coverage);
        self.callers[who].judge.sends();
        self.callers[who].does = Does::Send(self.requests.len());
        self.end_after(who, timeout_ms, End::Broke(Broke::TimeUp));
        if let Some(ms) = journey.breaks {
            self.end_after(who, ms, End::Broke(Broke::Connection));
        }
        if let Some(ms) = journey.arrives {
            let happens = Happens::Arrive(self.requests.len());
            self.agenda.push((self.now + ms, happens));
        }
        self.requests.push(Request {
            caller: who,
            operation: self.callers[who].operation,
            journey,
            answer: None,
            head_at: 0,
        });
    }

    /// A request reaches the service, whatever its caller does by now.
    pub(super) fn arrive(&mut self, request: usize) {
        let sent = &mut self.requests[request];
        let caller = &self.callers[sent.caller];
        let token = caller.plan.token;
        let answer = self
            .service
            .serve(token, self.now, &mut self.dice, self.coverage);
        sent.head_at = self.now + sent.journey.head;
        sent.answer = Some(answer);
        if caller.judge.is_over {
            self.coverage.note(Case::ArrivedAfterTheCall);
        }
        if caller.judge.claims_unknown.is_some() && answer.deleted {
            self.coverage.note(Case::DeletedAfterRejection);
        }
        let happens = Happens::End(sent.caller, sent.operation, End::Itself);
        self.agenda
            .push((sent.head_at + sent.journey.rest, happens));
        self.say(|| format!("request {request} arrives: {answer:?}"));
    }

    /// How a caller's operation ended.
    pub(super) fn told(&mut self, who: usize, end: End) -> Told {
        let does = self.callers[who].does;
        if let End::Broke(Broke::Signal { .. }) = end {
            self.coverage.note(match does {
                Does::Ask => Case::SignalWhileAsking,
                Does::Send(_) => Case::SignalWhileSending,
                Does::Wait => Case::SignalWhileWaiting,
            });
        }
        match (does, end) {
            (Does::Send(_), End::Broke(broke)) => Told::Ended(self.seen(who, Some(broke))),
            (Does::Send(_), _) => Told::Ended(self.seen(who, None)),
            (_, End::Broke(Broke::Signal { is_timeout })) => Told::Aborted { is_timeout },
            (Does::Ask, End::Failed) => {
                self.coverage.note(Case::TokenFunctionFails);
                Told::NoToken
            }
            (Does::Ask, _) => Told::Token,
            (Does::Wait, _) => Told::Waited,
        }
    }

    /// What a caller sees of the request that it has sent last.
    fn seen(&mut self, who: usize, broke: Option<Broke>) -> Seen {
        let page = self.callers[who].plan.page;
        let head = self.exchange(who).filter(|_| self.head_is_back(who));
        let clock_ms = self.clock_ms();
        let seen = Seen {
            answered: head.is_some(),
            status: head.and_then(|(_, answer)| answer.seen_status()),
            name: head.and_then(|(_, answer)| answer.seen_name(page)),
            request_id: head
                .filter(|_| !page)
                .map(|(request, _)| request.to_string()),
            asked_ms: head.and_then(|(_, answer)| answer.asked_ms(page, clock_ms)),
            broke,
        };
        self.note_what_is_seen(&seen, page);
        seen
    }

    /// The request that a caller has sent last, and its answer, if the service has given one.
    pub(super) fn exchange(&self, who: usize) -> Option<(usize, Answer)> {
        match self.callers[who].does {
            Does::Send(request) => Some((request, self.requests[request].answer?)),
            _ => None,
        }
    }

    fn head_is_back(&self, who: usize) -> bool {
        matches!(self.callers[who].does, Does::Send(request) if self.requests[request].head_at <= self.now)
    }

    fn note_what_is_seen(&mut self, seen: &Seen, page: bool) {
        if seen.answered && page {
            self.coverage.note(Case::HeadersHidden);
        }
        if seen.broke == Some(Broke::TimeUp) {
            self.coverage.note(Case::TimedOut);
        }
        match (seen.broke, seen.status) {
            (None, _) => {}
            (Some(_), None) => self.coverage.note(Case::Unanswered),
            (Some(_), Some(200..=299)) => self.coverage.note(Case::BrokenSuccess),
            (Some(_), Some(400..=499)) => self.coverage.note(Case::BrokenRefusal),
            (Some(_), Some(_)) => self.coverage.note(Case::BrokenFailure),
        }
    }
}
