//! How long the deletions of a bulk must be held back, and how long they may be, by our own
//! account.
//!
//! It knows the true time, not the callers' clock.

use super::invariants::{MAX_WAIT_MS, Violation, must};

/// No limit of a service is for less.
const PERIOD_MS: f64 = 1_000.0;

/// The slowest pace.
const MAX_INTERVAL_MS: f64 = 1_000.0;

/// A time before the schedule.
const NEVER_MS: f64 = f64::NEG_INFINITY;

/// Differences that only rounding makes.
const EPSILON_MS: f64 = 0.01;

#[derive(Debug)]
pub(crate) struct ThrottleModel {
    /// Until when nothing may start.
    blocked_until_ms: f64,
    /// How far apart deletions must start.
    interval_ms: f64,
    /// Whether the interval was set before anything succeeded.
    is_guess: bool,
    /// Before when nothing may start, by the pace.
    next_ms: f64,
    counted_since_ms: f64,
    successes: u32,
    /// Once the callers' clock was set nobody can tell the pace, nor how much of a block is left.
    clock_was_set: bool,
    /// Until when nothing may be sent nor waited for, and the name of the error that asked for it.
    refused_until_ms: f64,
    refusal: Option<&'static str>,
    /// What may have sent a waiting call back to waiting.
    pub(crate) events: u32,
    pub(crate) was_throttled: bool,
}

impl ThrottleModel {
    pub(crate) fn new() -> Self {
        Self {
            blocked_until_ms: NEVER_MS,
            interval_ms: 0.0,
            is_guess: false,
            next_ms: NEVER_MS,
            counted_since_ms: NEVER_MS,
            successes: 0,
            clock_was_set: false,
            refused_until_ms: NEVER_MS,
            refusal: None,
            events: 0,
            was_throttled: false,
        }
    }

    /// Whether a deletion is held back now.
    pub(crate) fn check_start(&self, now_ms: u64) -> Result<(), Violation> {
        self.check_block(now_ms)?;
        let is_early = now_ms as f64 + EPSILON_MS < self.next_ms;
        (!is_early).then_some(()).ok_or(Violation::Paced)
    }

    pub(crate) fn check_block(&self, now_ms: u64) -> Result<(), Violation> {
        must(!self.is_refusing(now_ms), Violation::Stopped)?;
        let is_blocked = (now_ms as f64) < self.blocked_until_ms;
        (!is_blocked).then_some(()).ok_or(Violation::Blocked)
    }

    /// Whether a deletion that is held back for so long now has to be.
    pub(crate) fn check_held(&self, ms: u64, now_ms: u64) -> Result<(), Violation> {
        must(!self.is_refusing(now_ms), Violation::Stopped)?;
        let left_ms = self.until_ms() - now_ms as f64 + EPSILON_MS;
        let is_due = self.clock_was_set || (ms as f64) <= left_ms.ceil();
        let may_be_held = self.was_throttled || self.clock_was_set;
        let is_held = may_be_held && ms <= MAX_WAIT_MS && is_due;
        is_held.then_some(()).ok_or(Violation::Held)
    }

    fn is_refusing(&self, now_ms: u64) -> bool {
        (now_ms as f64) < self.refused_until_ms
    }

    /// Whether an earlier refusal is over.
    pub(crate) fn has_refused(&self, now_ms: u64) -> bool {
        self.refusal.is_some() && !self.is_refusing(now_ms)
    }

    /// Whether a deletion that is refused now, for so long still, has to be. Gives the name of its
    /// error.
    pub(crate) fn check_refused(
        &self,
        left_ms: Option<u32>,
        now_ms: u64,
    ) -> Result<&'static str, Violation> {
        let is_told = left_ms.map(f64::from) == Some(self.refused_until_ms - now_ms as f64);
        let is_due = self.clock_was_set || (self.is_refusing(now_ms) && is_told);
        must(is_due, Violation::Refused)?;
        self.refusal.ok_or(Violation::Refused)
    }

    pub(crate) fn is_blocked(&self, now_ms: u64) -> bool {
        self.check_block(now_ms).is_err()
    }

    pub(crate) fn is_pacing(&self) -> bool {
        self.interval_ms > 0.0
    }

    /// A deletion wants to start an attempt, and does if it may.
    pub(crate) fn attempt(&mut self, now_ms: u64) {
        self.forget_if_outdated(now_ms);
        let now = now_ms as f64;
        if now - self.until_ms() > PERIOD_MS {
            (self.counted_since_ms, self.successes) = (now, 0);
        }
        if self.check_start(now_ms).is_ok() {
            self.events += 1;
            self.next_ms = now + self.interval_ms;
        }
        self.distrust();
    }

    /// A deletion was throttled. It waits so long, or would if it had an attempt left.
    pub(crate) fn throttled(&mut self, wait_ms: u64, now_ms: u64) {
        self.forget_if_outdated(now_ms);
        self.was_throttled = true;
        self.events += 1;
        let (now, wait_ms) = (now_ms as f64, wait_ms as f64);
        if !self.is_blocked(now_ms) {
            let period_ms = (now - self.counted_since_ms).max(wait_ms).max(PERIOD_MS);
            self.slow_down(period_ms);
        }
        self.blocked_until_ms = self.blocked_until_ms.max(now + wait_ms);
        (self.counted_since_ms, self.successes) = (self.blocked_until_ms, 0);
        self.distrust();
    }

    /// A deletion was asked to stay away for longer than anyone waits.
    pub(crate) fn refused(&mut self, asked_ms: u64, now_ms: u64, name: &'static str) {
        self.throttled(asked_ms, now_ms);
        self.refused_until_ms = self.blocked_until_ms;
        self.refusal = Some(name);
    }

    fn slow_down(&mut self, period_ms: f64) {
        let taken = f64::from(self.successes.max(1));
        let interval_ms = (period_ms / taken).min(MAX_INTERVAL_MS);
        if !self.is_pacing() {
            (self.interval_ms, self.is_guess) = (interval_ms, self.successes == 0);
        } else if self.successes > 0 {
            let half_pace_ms = (2.0 * self.interval_ms).min(MAX_INTERVAL_MS);
            self.interval_ms = interval_ms.clamp(self.interval_ms, half_pace_ms);
            self.is_guess = false;
        }
    }

    /// A deletion succeeded.
    pub(crate) fn succeeded(&mut self) {
        self.successes += 1;
        if self.is_pacing() {
            let per_s = 1_000.0 / self.interval_ms;
            let increase = if self.is_guess { per_s } else { 0.25 / per_s };
            self.interval_ms = 1_000.0 / (per_s + increase);
        }
    }

    pub(crate) fn clock_set(&mut self) {
        self.events += 1;
        self.clock_was_set = true;
        (self.blocked_until_ms, self.refused_until_ms) = (NEVER_MS, NEVER_MS);
        self.distrust();
    }

    /// Under a clock that shows nonsense, or stands still, nobody can tell how long a block lasts.
    pub(crate) fn clock_is_useless(&mut self) {
        (self.blocked_until_ms, self.refused_until_ms) = (NEVER_MS, NEVER_MS);
    }

    fn until_ms(&self) -> f64 {
        self.blocked_until_ms.max(self.next_ms)
    }

    fn forget_if_outdated(&mut self, now_ms: u64) {
        if now_ms as f64 - self.until_ms() > MAX_WAIT_MS as f64 {
            (self.interval_ms, self.next_ms) = (0.0, NEVER_MS);
            (self.counted_since_ms, self.successes) = (NEVER_MS, 0);
        }
    }

    fn distrust(&mut self) {
        if self.clock_was_set {
            (self.interval_ms, self.next_ms) = (0.0, NEVER_MS);
        }
    }
}
