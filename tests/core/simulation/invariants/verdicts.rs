//! What must hold of each action of a call, and of its end.

use codecatalyst_pat::error::CallError;
use codecatalyst_pat::outcome::Outcome;

use super::super::coverage::Case;
use super::super::observation::{Break, Class, Observation};
use super::{Check, Facts, Invariants, MAX_WAIT_MS, Violation, must};

impl Invariants {
    pub(super) fn check_ask(&self, facts: &mut Facts<'_>) -> Check {
        must(self.asks && self.begins, Violation::Asked)?;
        self.check_start(facts)
    }

    pub(super) fn check_send(&self, facts: &mut Facts<'_>) -> Check {
        must(self.sent < self.max_attempts, Violation::MaxAttempts)?;
        must(facts.now_ms >= self.not_before_ms, Violation::RetryAfter)?;
        must(self.has_fresh_token, Violation::Asked)?;
        if self.in_bulk && facts.throttle.has_refused(facts.now_ms) {
            facts.coverage.note(Case::SentAfterRefusal);
        }
        match self.in_bulk {
            false => Ok(()),
            true if self.begins => self.check_start(facts),
            true => facts.throttle.check_block(facts.now_ms),
        }
    }

    /// An attempt begins.
    fn check_start(&self, facts: &mut Facts<'_>) -> Check {
        if !self.in_bulk {
            return Ok(());
        }
        let result = facts.throttle.check_start(facts.now_ms);
        facts.throttle.attempt(facts.now_ms);
        result
    }

    pub(super) fn check_wait(&mut self, ms: u64, facts: &mut Facts<'_>) -> Check {
        let Some(last) = self.last.clone() else {
            return self.check_held(ms, facts);
        };
        let asked_ms = u64::from(last.retry_after_ms.unwrap_or(0));
        let backoff_ms = self.check_retry(&last, facts)?;
        must(self.announced == self.sent, Violation::Announced)?;
        must(ms == u64::from(self.announced_ms), Violation::Announced)?;
        must(ms <= MAX_WAIT_MS, Violation::MaxWait)?;
        must(ms >= asked_ms, Violation::RetryAfter)?;
        must(ms <= backoff_ms.max(asked_ms), Violation::Jitter)?;
        facts.coverage.note(if asked_ms > backoff_ms {
            Case::WaitedForRetryAfter
        } else {
            Case::WaitedInBackoff
        });
        Ok(())
    }

    fn check_held(&self, ms: u64, facts: &mut Facts<'_>) -> Check {
        must(self.in_bulk, Violation::Held)?;
        facts
            .coverage
            .note(match facts.throttle.is_blocked(facts.now_ms) {
                true => Case::HeldBack,
                false => Case::HeldBackByPace,
            });
        let result = facts.throttle.check_held(ms, facts.now_ms);
        if self.begins {
            facts.throttle.attempt(facts.now_ms);
        }
        result
    }

    /// A retry is to follow. Gives the longest backoff before it.
    fn check_retry(&mut self, last: &Observation, facts: &mut Facts<'_>) -> Result<u64, Violation> {
        let (base_ms, cost) = price(last.class()).ok_or(Violation::Retried)?;
        must(self.sent < self.max_attempts, Violation::MaxAttempts)?;
        *facts.balance = facts.balance.checked_sub(cost).ok_or(Violation::Quota)?;
        self.retry_cost = Some(cost);
        self.not_before_ms = facts.now_ms + u64::from(last.retry_after_ms.unwrap_or(0));
        Ok(self.max_backoff_ms(base_ms))
    }

    /// The host learns of a retry.
    pub(in super::super) fn check_announcement(
        &mut self,
        error: &CallError,
        token: Option<&str>,
        wait_ms: u32,
    ) -> Check {
        self.announced += 1;
        self.announced_ms = wait_ms;
        let last = self.last.as_ref().ok_or(Violation::Announced)?;
        must(self.announced == self.sent, Violation::Announced)?;
        must(error.attempts == self.sent, Violation::Announced)?;
        must(
            error.error.name() == last.error_name(),
            Violation::Announced,
        )?;
        must(token == Some(self.token), Violation::Secret)
    }

    /// The signal prevented an action that nobody saw.
    pub(super) fn check_prevented(&mut self, facts: &mut Facts<'_>) -> Check {
        if let Some(last) = self.last.clone() {
            facts.coverage.note(Case::AbortBeforeRetry);
            self.check_retry(&last, facts)?;
        } else if self.in_bulk && self.begins {
            facts.throttle.attempt(facts.now_ms);
        }
        Ok(())
    }

    pub(super) fn check_success(&mut self, outcome: &Outcome, facts: &mut Facts<'_>) -> Check {
        self.is_over = true;
        must(facts.is_gone, Violation::Gone)?;
        let may_be_ours = !outcome.already_deleted || self.was_unknown;
        must(may_be_ours, Violation::AlreadyDeleted)?;
        let last = self.last.as_ref().ok_or(Violation::Success)?;
        let class = last.class();
        let is_gone = matches!(class, Class::Success | Class::NotFound);
        must(is_gone, Violation::Success)?;
        let was_gone = class == Class::NotFound;
        must(
            outcome.already_deleted == was_gone,
            Violation::AlreadyDeleted,
        )?;
        must(self.announced + 1 == self.sent, Violation::Announced)?;
        must(outcome.attempts == self.sent, Violation::Evidence)?;
        must(outcome.metadata.status == last.status, Violation::Evidence)?;
        must(
            outcome.metadata.request_id == last.request_id,
            Violation::Evidence,
        )?;
        *facts.balance = (*facts.balance + self.retry_cost.unwrap_or(1)).min(500);
        self.note_success(outcome, facts);
        Ok(())
    }

    fn note_success(&self, outcome: &Outcome, facts: &mut Facts<'_>) {
        if self.in_bulk {
            if facts.throttle.is_pacing() {
                facts.coverage.note(Case::SpedUp);
            }
            facts.throttle.succeeded();
        }
        let broken_by = self.last.as_ref().and_then(|last| last.broken_by);
        let case = match (outcome.already_deleted, self.retry_cost, broken_by) {
            (true, ..) => Case::AlreadyDeleted,
            (_, _, Some(Break::Signal { .. })) => Case::ResolvedInSpiteOfAbort,
            (_, Some(_), _) => Case::DeletedByRetry,
            _ => Case::Deleted,
        };
        facts.coverage.note(case);
    }

    pub(super) fn check_error(&mut self, error: &CallError, facts: &mut Facts<'_>) -> Check {
        self.is_over = true;
        self.rejected_with = Some(error.outcome_unknown);
        must(error.attempts == self.sent, Violation::Evidence)?;
        let quotes_token = error.error.message().contains(self.token);
        must(!quotes_token, Violation::Secret)?;
        let name = match &self.last {
            Some(last) => {
                self.check_giving_up(last, facts)?;
                let metadata = &error.metadata;
                must(metadata.status == last.status, Violation::Evidence)?;
                must(metadata.request_id == last.request_id, Violation::Evidence)?;
                must(
                    metadata.retry_after_ms == last.retry_after_ms,
                    Violation::Evidence,
                )?;
                last.error_name()
            }
            None if self.interrupted_by.is_none() => self.check_refused(error, facts)?,
            None => self.interrupted_by.ok_or(Violation::Success)?,
        };
        must(error.error.name() == name, Violation::Evidence)
    }

    /// The call may end because its bulk was told to stay away.
    fn check_refused(
        &self,
        error: &CallError,
        facts: &mut Facts<'_>,
    ) -> Result<&'static str, Violation> {
        must(self.in_bulk, Violation::Refused)?;
        must(error.metadata.status.is_none(), Violation::Evidence)?;
        facts.coverage.note(match self.sent {
            0 => Case::RefusedBeforeItBegan,
            _ => Case::RefusedBeforeItsRetry,
        });
        let left_ms = error.metadata.retry_after_ms;
        facts.throttle.check_refused(left_ms, facts.now_ms)
    }

    /// The call may end in an error with this attempt.
    fn check_giving_up(&self, last: &Observation, facts: &mut Facts<'_>) -> Check {
        let class = last.class();
        must(class != Class::Success, Violation::Success)?;
        let is_ours = class == Class::NotFound && self.was_unknown;
        must(!is_ours, Violation::Success)?;
        let Some((_, cost)) = price(class) else {
            return Ok(());
        };
        let asked_ms = u64::from(last.retry_after_ms.unwrap_or(0));
        let reason = match () {
            () if self.sent >= self.max_attempts => Case::OutOfAttempts,
            () if asked_ms > MAX_WAIT_MS => Case::RetryAfterTooLong,
            () if *facts.balance < cost => Case::OutOfQuota,
            () => return Err(Violation::Retried),
        };
        facts.coverage.note(reason);
        Ok(())
    }
}

/// What a retry after such an attempt costs: the base of its backoff in milliseconds, and its part
/// of the quota.
fn price(class: Class) -> Option<(u64, u32)> {
    match class {
        Class::Transient => Some((50, 14)),
        Class::Throttling => Some((1_000, 5)),
        Class::Success | Class::NotFound | Class::Final => None,
    }
}
