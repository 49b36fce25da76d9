//! What must hold of one call. It knows what was sent and what came back, and the contract; not how
//! the call decides.

mod verdicts;

use codecatalyst_pat::error::CallError;
use codecatalyst_pat::outcome::Outcome;

use super::coverage::{Case, Coverage};
use super::observation::{Break, Class, Observation};
use super::throttle_model::ThrottleModel;

/// The longest wait before a retry.
pub(crate) const MAX_WAIT_MS: u64 = 20_000;

/// More retries than any quota of this simulation can pay.
const MAX_RETRIES: u32 = 150;

macro_rules! properties {
    ($($name:ident: $promise:literal,)*) => {
        /// A property that a caller may rely on, and that did not hold.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Violation { $($name),* }

        impl std::fmt::Display for Violation {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(match self { $(Self::$name => $promise),* })
            }
        }
    };
}

properties! {
    Gone: "resolves only if the token is gone at that moment",
    Success: "resolves on a 2xx or a ResourceNotFoundException of the service, else rejects",
    AlreadyDeleted: "alreadyDeleted only after an attempt with an unknown outcome",
    Deleted: "outcomeUnknown: false only if no attempt deleted the token or will",
    Unanswered: "outcomeUnknown: false only if a response tells what became of each attempt that may have been sent",
    Answered: "outcomeUnknown: true only if no response tells what became of an attempt that may have been sent",
    MaxAttempts: "never more than maxAttempts requests",
    RetryAfter: "never a wait shorter than Retry-After",
    MaxWait: "never a wait over the cap",
    Jitter: "never a wait longer than backoff and Retry-After ask for",
    Blocked: "nothing of a bulk starts while it is blocked",
    Paced: "after a throttling error a bulk starts no faster than its pace",
    Stopped: "nothing of a bulk is sent or waits while the service asks for more than the cap",
    Refused: "nothing of a bulk is refused for longer than that, and each is told how long",
    Held: "a bulk is held back no longer than its block and its pace ask for",
    Abort: "nothing is started after an abort",
    Ends: "every call ends",
    Retried: "what the contract retries is retried, and nothing else",
    Quota: "no retry that the quota can't pay",
    Announced: "each retry is announced once, before its wait, with the failure of its attempt",
    Asked: "the token function is asked before every attempt",
    Evidence: "what a caller is told is what happened",
    Secret: "the token appears nowhere but in the request",
}

pub(crate) type Check = Result<(), Violation>;

pub(crate) fn must(holds: bool, property: Violation) -> Check {
    holds.then_some(()).ok_or(property)
}

/// What a call wants done next.
#[derive(Debug)]
pub(crate) enum Next<'a> {
    Ask,
    Send,
    Wait(u32),
    /// An action that the signal prevented.
    Prevented,
    End(&'a Result<Outcome, CallError>),
}

/// What a call was told.
#[derive(Debug, Clone)]
pub(crate) enum Told {
    Token,
    WaitOver,
    /// The signal was aborted while no request was under way.
    Aborted {
        is_timeout: bool,
    },
    NoToken,
    NoFetch,
    AttemptEnded(Observation),
}

/// What is true at the moment of a decision.
pub(crate) struct Facts<'a> {
    pub(crate) now_ms: u64,
    /// The random number that the decision is made with.
    pub(crate) random: f64,
    pub(crate) is_gone: bool,
    /// What the shared quota holds.
    pub(crate) balance: &'a mut u32,
    pub(crate) throttle: &'a mut ThrottleModel,
    pub(crate) coverage: &'a mut Coverage,
}

#[derive(Debug)]
pub(crate) struct Invariants {
    in_bulk: bool,
    asks: bool,
    max_attempts: u32,
    token: &'static str,
    steps: u32,
    sent: u32,
    has_fresh_token: bool,
    /// Whether a new attempt begins with the next action.
    begins: bool,
    /// The name of the error that must end the call, if it was interrupted between attempts.
    interrupted_by: Option<&'static str>,
    /// What came of the attempt that just ended.
    last: Option<Observation>,
    /// Whether an attempt before that one left the outcome unknown, and whether any did.
    was_unknown: bool,
    is_unknown: bool,
    retry_cost: Option<u32>,
    not_before_ms: u64,
    /// How many retries were announced, and the wait of the last one.
    announced: u32,
    announced_ms: u32,
    /// What the error said of the outcome.
    pub(crate) rejected_with: Option<bool>,
    pub(crate) is_over: bool,
}

impl Invariants {
    pub(crate) fn new(in_bulk: bool, asks: bool, max_attempts: u32, token: &'static str) -> Self {
        Self {
            in_bulk,
            asks,
            max_attempts,
            token,
            steps: 0,
            sent: 0,
            has_fresh_token: !asks,
            begins: true,
            interrupted_by: None,
            last: None,
            was_unknown: false,
            is_unknown: false,
            retry_cost: None,
            not_before_ms: 0,
            announced: 0,
            announced_ms: 0,
            rejected_with: None,
            is_over: false,
        }
    }

    /// A request was started.
    pub(crate) fn sends(&mut self) {
        self.sent += 1;
        self.has_fresh_token = !self.asks;
    }

    /// Takes in what the call is told.
    pub(crate) fn hear(&mut self, told: &Told) {
        self.last = None;
        self.begins = matches!(told, Told::WaitOver);
        match told {
            Told::WaitOver => {}
            Told::Token => self.has_fresh_token = true,
            Told::Aborted { is_timeout: true } => self.interrupted_by = Some("TimeoutError"),
            Told::Aborted { .. } => self.interrupted_by = Some("AbortError"),
            Told::NoToken => self.interrupted_by = Some("InvalidArgumentError"),
            Told::NoFetch => self.interrupted_by = Some("NetworkError"),
            Told::AttemptEnded(observation) => {
                self.was_unknown = self.is_unknown;
                self.is_unknown |= observation.outcome_unknown();
                self.last = Some(observation.clone());
            }
        }
    }

    /// Checks what the call wants next.
    pub(crate) fn check(&mut self, next: &Next<'_>, facts: &mut Facts<'_>) -> Check {
        self.steps += 1;
        let attempts = self.max_attempts.min(MAX_RETRIES);
        let max_steps = 3 * attempts + 1 + 2 * facts.throttle.events;
        must(self.steps <= max_steps, Violation::Ends)?;
        let goes_on = !matches!(next, Next::End(_));
        must(!goes_on || !self.must_stop(), Violation::Abort)?;
        let result = self.check_next(next, facts);
        self.note_throttling(facts);
        result
    }

    fn check_next(&mut self, next: &Next<'_>, facts: &mut Facts<'_>) -> Check {
        match next {
            Next::Ask => self.check_ask(facts),
            Next::Send => self.check_send(facts),
            Next::Wait(ms) => self.check_wait(u64::from(*ms), facts),
            Next::Prevented => self.check_prevented(facts),
            Next::End(Ok(outcome)) => self.check_success(outcome, facts),
            Next::End(Err(error)) => self.check_error(error, facts),
        }
    }

    /// Lets the model of the throttle know of an attempt that was throttled.
    fn note_throttling(&self, facts: &mut Facts<'_>) {
        let Some(last) = self.last.as_ref().filter(|_| self.in_bulk) else {
            return;
        };
        let class = last.class();
        let asked_ms = u64::from(last.retry_after_ms.unwrap_or(0));
        let is_retryable = matches!(class, Class::Transient | Class::Throttling);
        if is_retryable && asked_ms > MAX_WAIT_MS {
            let name = last.error_name();
            facts.throttle.refused(asked_ms, facts.now_ms, name);
        } else if class == Class::Throttling {
            if facts.throttle.is_pacing() && !facts.throttle.is_blocked(facts.now_ms) {
                facts.coverage.note(Case::SlowedDownAgain);
            }
            let backoff_ms = facts.random * self.max_backoff_ms(1_000) as f64;
            let backoff_ms = (backoff_ms as u64).min(self.max_backoff_ms(1_000));
            facts
                .throttle
                .throttled(backoff_ms.max(asked_ms), facts.now_ms);
        }
    }

    fn max_backoff_ms(&self, base_ms: u64) -> u64 {
        let doublings = (self.sent.saturating_sub(1)).min(40);
        base_ms.saturating_mul(1 << doublings).min(MAX_WAIT_MS)
    }

    fn must_stop(&self) -> bool {
        let broken_by = self.last.as_ref().and_then(|last| last.broken_by);
        self.interrupted_by.is_some() || matches!(broken_by, Some(Break::Signal { .. }))
    }

    /// Checks the call once nothing is under way any more. `deleted` tells whether one of its
    /// requests did delete the token, sooner or later.
    pub(crate) fn check_end(&self, deleted: bool, coverage: &mut Coverage) -> Check {
        must(self.is_over, Violation::Ends)?;
        let Some(outcome_unknown) = self.rejected_with else {
            return Ok(());
        };
        must(outcome_unknown || !deleted, Violation::Deleted)?;
        must(outcome_unknown || !self.is_unknown, Violation::Unanswered)?;
        must(!outcome_unknown || self.is_unknown, Violation::Answered)?;
        let is_not_sent =
            self.last.as_ref().and_then(|last| last.broken_by) == Some(Break::NotSent);
        coverage.note(match (outcome_unknown, is_not_sent) {
            (true, _) => Case::UnknownOutcome,
            (false, true) => Case::NothingSent,
            (false, false) => Case::KnownRefusal,
        });
        Ok(())
    }
}
