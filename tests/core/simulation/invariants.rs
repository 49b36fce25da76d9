//! The judge of one call. It knows what was sent and what came back, and API.md; not how the machine thinks.

use codecatalyst_pat::call::Outcome;
use codecatalyst_pat::error::Failure;

use super::coverage::{Case, Coverage};
use super::held::Held;
use super::seen::{Broke, Meaning, Seen};

// The properties that a caller may rely on.
pub(crate) const GONE: &str = "resolves only if the token is gone at that moment";
pub(crate) const SUCCESS: &str = "resolves on a 2xx or a ResourceNotFoundException, else rejects";
pub(crate) const ALREADY: &str = "alreadyDeleted only after an attempt that left the outcome open";
pub(crate) const UNKNOWN: &str =
    "outcomeUnknown: false only if no attempt deleted the token or will";
pub(crate) const SILENCE: &str =
    "outcomeUnknown: false only if a reply tells what became of each attempt";
pub(crate) const OPEN: &str =
    "outcomeUnknown: true only if no reply tells what became of an attempt";
pub(crate) const ATTEMPTS: &str = "never more than maxAttempts requests";
pub(crate) const PATIENCE: &str = "never a wait under Retry-After";
pub(crate) const CAP: &str = "never a wait over the cap";
pub(crate) const JITTER: &str = "never a wait longer than backoff and Retry-After call for";
pub(crate) const GATE: &str = "after throttling, many deletions are held back together";
pub(crate) const ABORT: &str = "nothing sent after an abort";
pub(crate) const ENDS: &str = "every call ends";
pub(crate) const RETRIED: &str = "what API.md calls retried is retried, and nothing else";
pub(crate) const BUDGET: &str = "no retry that the budget can't pay";
pub(crate) const ASKED: &str = "the token function is asked before every attempt";
pub(crate) const EVIDENCE: &str = "what a caller is told is what happened";
pub(crate) const SECRET: &str = "the token appears nowhere";

/// The longest wait before a retry.
pub(crate) const CAP_MS: u64 = 20_000;

/// More retries than any budget of this simulation can pay.
const MOST_RETRIES: u32 = 150;

/// Nothing, or the property that does not hold.
pub(crate) type Ruling = Result<(), &'static str>;

/// What the machine wants done next.
#[derive(Debug)]
pub(crate) enum Next {
    Ask,
    Send,
    Wait(u32),
    Over(Result<Outcome, Failure>),
}

/// What the machine was told.
#[derive(Debug)]
pub(crate) enum Told {
    Start,
    Token,
    Waited,
    /// The signal fired while no request was under way.
    Aborted {
        is_timeout: bool,
    },
    /// The token function failed.
    NoToken,
    /// The host lacks what it takes to send.
    NoFetch,
    Ended(Seen),
}

/// What is true at the moment of a decision.
pub(crate) struct Facts<'a> {
    pub(crate) now: u64,
    pub(crate) is_gone: bool,
    /// What the shared budget holds.
    pub(crate) balance: &'a mut u32,
    /// How long many deletions are held back.
    pub(crate) held: &'a mut Held,
    pub(crate) coverage: &'a mut Coverage,
}

#[derive(Debug)]
pub(crate) struct Judge {
    one_of_many: bool,
    asks: bool,
    max_attempts: u32,
    secret: &'static str,
    steps: u32,
    sent: u32,
    has_fresh_token: bool,
    /// The name of the error that must end the call, where it was stopped between attempts.
    stopped: Option<&'static str>,
    /// What came back of the attempt that just ended.
    news: Option<Seen>,
    /// Whether an attempt before that one left the outcome open, and whether any did.
    was_open: bool,
    is_open: bool,
    cost: Option<u32>,
    not_before: u64,
    pub(crate) claims_unknown: Option<bool>,
    pub(crate) is_over: bool,
}

fn must(holds: bool, property: &'static str) -> Ruling {
    holds.then_some(()).ok_or(property)
}

impl Judge {
    pub(crate) fn new(
        one_of_many: bool,
        asks: bool,
        max_attempts: u32,
        secret: &'static str,
    ) -> Self {
        Self {
            one_of_many,
            asks,
            max_attempts,
            secret,
            steps: 0,
            sent: 0,
            has_fresh_token: !asks,
            stopped: None,
            news: None,
            was_open: false,
            is_open: false,
            cost: None,
            not_before: 0,
            claims_unknown: None,
            is_over: false,
        }
    }

    /// A request was started.
    pub(crate) fn sends(&mut self) {
        self.sent += 1;
        self.has_fresh_token = !self.asks;
    }

    /// Takes note of what the machine is told.
    pub(crate) fn hear(&mut self, told: &Told) {
        self.news = None;
        match told {
            Told::Start | Told::Waited => {}
            Told::Token => self.has_fresh_token = true,
            Told::Aborted { is_timeout: true } => self.stopped = Some("TimeoutError"),
            Told::Aborted { .. } => self.stopped = Some("AbortError"),
            Told::NoToken => self.stopped = Some("InvalidArgumentError"),
            Told::NoFetch => self.stopped = Some("NetworkError"),
            Told::Ended(seen) => {
                self.was_open = self.is_open;
                self.is_open |= seen.is_open();
                self.news = Some(seen.clone());
            }
        }
    }

    /// Rules on what the machine wants next.
    pub(crate) fn rule(&mut self, next: &Next, facts: &mut Facts<'_>) -> Ruling {
        self.steps += 1;
        let attempts = self.max_attempts.min(MOST_RETRIES) + facts.held.times;
        must(self.steps <= 3 * attempts + 1, ENDS)?;
        self.note_throttling(next, facts);
        let goes_on = !matches!(next, Next::Over(_));
        must(!goes_on || !self.is_told_to_stop(), ABORT)?;
        match next {
            Next::Ask => must(self.asks, ASKED),
            Next::Send => self.on_send(facts),
            Next::Wait(ms) => self.on_wait(u64::from(*ms), facts),
            Next::Over(Ok(outcome)) => self.on_success(outcome, facts),
            Next::Over(Err(failure)) => self.on_failure(failure, facts),
        }
    }

    fn note_throttling(&self, next: &Next, facts: &mut Facts<'_>) {
        if let (true, Some(news)) = (self.one_of_many, &self.news) {
            let waits = match next {
                Next::Wait(ms) => Some(u64::from(*ms)),
                _ => None,
            };
            facts.held.hear(news, waits, facts.now);
        }
    }

    fn is_told_to_stop(&self) -> bool {
        let broke = self.news.as_ref().and_then(|news| news.broke);
        self.stopped.is_some() || matches!(broke, Some(Broke::Signal { .. }))
    }

    fn on_send(&self, facts: &Facts<'_>) -> Ruling {
        must(self.sent < self.max_attempts, ATTEMPTS)?;
        must(facts.now >= self.not_before, PATIENCE)?;
        must(!self.one_of_many || facts.now >= facts.held.until, GATE)?;
        must(self.has_fresh_token, ASKED)
    }

    fn on_wait(&mut self, ms: u64, facts: &mut Facts<'_>) -> Ruling {
        let Some(news) = &self.news else {
            facts.coverage.note(Case::HeldBack);
            return must(
                self.one_of_many && facts.held.times > 0 && ms <= CAP_MS,
                GATE,
            );
        };
        let (base, cost) = price(news.meaning()).ok_or(RETRIED)?;
        let asked = u64::from(news.asked_ms.unwrap_or(0));
        must(self.sent < self.max_attempts, ATTEMPTS)?;
        must(ms <= CAP_MS, CAP)?;
        must(ms >= asked, PATIENCE)?;
        let backoff = base
            .saturating_mul(1 << (self.sent - 1).min(40))
            .min(CAP_MS);
        must(ms <= backoff.max(asked), JITTER)?;
        *facts.balance = facts.balance.checked_sub(cost).ok_or(BUDGET)?;
        self.cost = Some(cost);
        self.not_before = facts.now + asked;
        facts.coverage.note(if asked > backoff {
            Case::WaitedAsAsked
        } else {
            Case::WaitedInBackoff
        });
        Ok(())
    }

    fn on_success(&mut self, outcome: &Outcome, facts: &mut Facts<'_>) -> Ruling {
        self.is_over = true;
        must(facts.is_gone, GONE)?;
        must(!outcome.already_deleted || self.was_open, ALREADY)?;
        let news = self.news.as_ref().ok_or(SUCCESS)?;
        let meaning = news.meaning();
        must(
            matches!(meaning, Meaning::Success | Meaning::NotFound),
            SUCCESS,
        )?;
        must(
            outcome.already_deleted == (meaning == Meaning::NotFound),
            ALREADY,
        )?;
        must(outcome.attempts == self.sent, EVIDENCE)?;
        must(outcome.request_id == news.request_id, EVIDENCE)?;
        *facts.balance = (*facts.balance + self.cost.unwrap_or(1)).min(500);
        facts
            .coverage
            .note(match (outcome.already_deleted, self.cost, news.broke) {
                (true, ..) => Case::AlreadyDeleted,
                (_, _, Some(Broke::Signal { .. })) => Case::ResolvedInSpiteOfSignal,
                (_, Some(_), _) => Case::DeletedByRetry,
                _ => Case::Deleted,
            });
        Ok(())
    }

    fn on_failure(&mut self, failure: &Failure, facts: &mut Facts<'_>) -> Ruling {
        self.is_over = true;
        self.claims_unknown = Some(failure.outcome_unknown);
        must(failure.attempts == self.sent, EVIDENCE)?;
        must(!failure.error.message().contains(self.secret), SECRET)?;
        let told = match &self.news {
            Some(news) => {
                self.may_give_up(news, facts)?;
                must(failure.evidence.status == news.status, EVIDENCE)?;
                must(failure.evidence.request_id == news.request_id, EVIDENCE)?;
                must(failure.evidence.retry_after_ms == news.asked_ms, EVIDENCE)?;
                news.error_name()
            }
            None => self.stopped.ok_or(SUCCESS)?,
        };
        must(failure.error.name() == told, EVIDENCE)
    }

    /// Whether the call may end in failure with this attempt.
    fn may_give_up(&self, news: &Seen, facts: &mut Facts<'_>) -> Ruling {
        let meaning = news.meaning();
        must(meaning != Meaning::Success, SUCCESS)?;
        must(meaning != Meaning::NotFound || !self.was_open, SUCCESS)?;
        let Some((_, cost)) = price(meaning) else {
            return Ok(());
        };
        let asks_too_much = news.asked_ms.is_some_and(|asked| u64::from(asked) > CAP_MS);
        let reason = match () {
            () if self.sent >= self.max_attempts => Case::OutOfAttempts,
            () if asks_too_much => Case::AskedTooMuch,
            () if *facts.balance < cost => Case::OutOfBudget,
            () => return Err(RETRIED),
        };
        facts.coverage.note(reason);
        Ok(())
    }

    /// Rules on the call once nothing is under way any more. `deleted` says whether one of its requests did
    /// delete the token, sooner or later.
    pub(crate) fn last_word(&self, deleted: bool, coverage: &mut Coverage) -> Ruling {
        must(self.is_over, ENDS)?;
        let Some(claims_unknown) = self.claims_unknown else {
            return Ok(());
        };
        must(claims_unknown || !deleted, UNKNOWN)?;
        must(claims_unknown || !self.is_open, SILENCE)?;
        must(!claims_unknown || self.is_open, OPEN)?;
        coverage.note(if claims_unknown {
            Case::UnknownOutcome
        } else {
            Case::KnownRefusal
        });
        Ok(())
    }
}

/// What a retry after such an attempt costs: the base of its wait in milliseconds, and its part of the budget.
fn price(meaning: Meaning) -> Option<(u64, u32)> {
    match meaning {
        Meaning::Transient => Some((50, 14)),
        Meaning::Throttled => Some((1_000, 5)),
        Meaning::Success | Meaning::NotFound | Meaning::Final => None,
    }
}
