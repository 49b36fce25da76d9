//! What holds back deletions of many tokens once the service throttles.
//!
//! A throttling error blocks them all for as long as the service asks. If it asks for more than
//! anyone waits, they are refused until then. After that they are paced:
//! one request each interval, learned from how many the service took until it throttled. Each
//! success shortens the interval a little, so that the pace follows the service. It is a
//! client-side rate limiter with slow start and additive increase, as in the [adaptive mode of the
//! AWS SDKs](https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html).

use super::backoff::MAX_BACKOFF_MS;
use crate::error::Error;

/// The slowest pace: one request in that many milliseconds.
const MAX_INTERVAL_MS: f64 = 1_000.0;

/// Intervals shorter than a timer can tell are none.
const MIN_INTERVAL_MS: f64 = 1.0;

/// The shortest time for which a service sets a limit. What it takes in less was a burst.
const MIN_PERIOD_MS: f64 = 1_000.0;

/// How much faster the pace gets in a second of successes, in requests a second.
///
/// Where the limit is for fixed windows of a second, a pace that is too fast costs most of the next
/// window: the slower the increase, the less often.
const INCREASE_PER_S: f64 = 0.25;

/// A time before any that a clock shows, also one that was set to a year before 1970.
const NEVER_MS: f64 = f64::NEG_INFINITY;

/// What deletions of many tokens at one origin share.
#[derive(Debug, Clone, PartialEq)]
pub struct Throttle {
    blocked_until_ms: f64,
    /// How long a block may be, to notice a clock that was set back.
    max_block_ms: f64,
    /// The error that asked for the block, if nobody is to wait for its end.
    refusal: Option<Error>,
    /// How far apart requests start; 0 until the service throttles.
    interval_ms: f64,
    /// Whether the interval is a guess: the service throttled before it took anything.
    is_guess: bool,
    next_request_ms: f64,
    /// Since when successes are counted: the first request, or the end of the last block.
    counted_since_ms: f64,
    successes: u32,
}

impl Default for Throttle {
    fn default() -> Self {
        Self {
            blocked_until_ms: NEVER_MS,
            max_block_ms: f64::from(MAX_BACKOFF_MS),
            refusal: None,
            interval_ms: 0.0,
            is_guess: false,
            next_request_ms: NEVER_MS,
            counted_since_ms: NEVER_MS,
            successes: 0,
        }
    }
}

impl Throttle {
    /// Lets a request through. Gives 0 if it may start now, else the milliseconds to wait before
    /// asking again.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::retry::Throttle;
    ///
    /// let mut throttle = Throttle::default();
    /// assert_eq!(throttle.acquire(0.0), 0);
    /// throttle.throttled(0.0, 50);
    /// assert_eq!(throttle.acquire(20.0), 30);
    /// ```
    pub fn acquire(&mut self, now_ms: f64) -> u32 {
        self.forget_if_outdated(now_ms);
        let until_ms = self.until_ms();
        if now_ms - until_ms > MIN_PERIOD_MS {
            self.restart_count(now_ms);
        }
        let wait_ms = remaining_ms(until_ms, now_ms);
        if wait_ms == 0 {
            self.next_request_ms = now_ms + self.interval_ms;
        }
        wait_ms
    }

    /// How long everything is held back, in milliseconds, whatever the pace.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::retry::Throttle;
    ///
    /// let mut throttle = Throttle::default();
    /// throttle.throttled(0.0, 50);
    /// assert_eq!(throttle.blocked_ms(20.0), 30);
    /// ```
    pub fn blocked_ms(&mut self, now_ms: f64) -> u32 {
        self.forget_if_outdated(now_ms);
        remaining_ms(self.blocked_until_ms, now_ms)
    }

    /// Forgets a pace so old that it says nothing any more, and times so far off that the clock
    /// must have been set back.
    fn forget_if_outdated(&mut self, now_ms: f64) {
        let is_current = now_ms - self.until_ms() <= f64::from(MAX_BACKOFF_MS)
            && self.blocked_until_ms - now_ms <= self.max_block_ms
            && self.next_request_ms - now_ms <= MAX_INTERVAL_MS;
        if !is_current {
            *self = Self::default();
        }
    }

    fn until_ms(&self) -> f64 {
        self.blocked_until_ms.max(self.next_request_ms)
    }

    /// Holds everything back for that many milliseconds, or longer where that was asked for before.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::retry::Throttle;
    ///
    /// let mut throttle = Throttle::default();
    /// throttle.throttled(1_000.0, 50);
    /// throttle.throttled(1_010.0, 5);
    /// assert_eq!(throttle.acquire(1_020.0), 30);
    /// ```
    pub fn throttled(&mut self, now_ms: f64, wait_ms: u32) {
        self.block(now_ms, wait_ms.min(MAX_BACKOFF_MS));
    }

    /// Refuses everything for that many milliseconds, which are too many to wait for.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::error::Error;
    /// use codecatalyst_pat::retry::Throttle;
    ///
    /// let mut throttle = Throttle::default();
    /// throttle.refuse(0.0, 60_000, &Error::Network);
    /// assert_eq!(throttle.refusal(15_000.0), Some((Error::Network, 45_000)));
    /// assert_eq!(throttle.refusal(60_000.0), None);
    /// ```
    pub fn refuse(&mut self, now_ms: f64, ms: u32, error: &Error) {
        self.block(now_ms, ms);
        self.max_block_ms = self.max_block_ms.max(f64::from(ms));
        self.refusal = Some(error.clone());
    }

    /// Why nothing may be sent now, nor be waited for, and for how many milliseconds that lasts.
    pub fn refusal(&mut self, now_ms: f64) -> Option<(Error, u32)> {
        let left_ms = self.blocked_ms(now_ms);
        if left_ms == 0 {
            self.refusal = None;
            self.max_block_ms = f64::from(MAX_BACKOFF_MS);
        }
        Some((self.refusal.clone()?, left_ms))
    }

    fn block(&mut self, now_ms: f64, wait_ms: u32) {
        // More errors of one burst say nothing new of the pace.
        if self.blocked_ms(now_ms) == 0 {
            self.slow_down(now_ms, wait_ms);
        }
        let until_ms = now_ms + f64::from(wait_ms);
        self.blocked_until_ms = self.blocked_until_ms.max(until_ms);
        self.restart_count(self.blocked_until_ms);
    }

    fn restart_count(&mut self, now_ms: f64) {
        self.counted_since_ms = now_ms;
        self.successes = 0;
    }

    /// The pace that the service took; no faster than before, and no slower than half of that.
    ///
    /// If it took nothing since the last block then the block was too short. That says nothing of
    /// the pace.
    fn slow_down(&mut self, now_ms: f64, wait_ms: u32) {
        if self.successes == 0 && self.interval_ms > 0.0 {
            return;
        }
        let period_ms = (now_ms - self.counted_since_ms)
            .max(f64::from(wait_ms))
            .max(MIN_PERIOD_MS);
        let half_pace_ms = match self.interval_ms {
            0.0 => MAX_INTERVAL_MS,
            interval_ms => (interval_ms * 2.0).min(MAX_INTERVAL_MS),
        };
        self.is_guess = self.successes == 0;
        self.interval_ms = (period_ms / f64::from(self.successes.max(1)))
            .max(self.interval_ms)
            .min(half_pace_ms);
    }

    /// Counts a success, and lets the pace get a little faster; twice as fast if it is a guess.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::retry::Throttle;
    ///
    /// let mut throttle = Throttle::default();
    /// throttle.succeeded();
    /// throttle.throttled(0.0, 500);
    /// assert_eq!(throttle.acquire(500.0), 0);
    /// // One deletion a second was what the service took.
    /// assert_eq!(throttle.acquire(500.0), 1_000);
    /// ```
    pub fn succeeded(&mut self) {
        self.successes = self.successes.saturating_add(1);
        if self.interval_ms > 0.0 {
            let per_s = 1_000.0 / self.interval_ms;
            let increase_per_s = if self.is_guess {
                per_s
            } else {
                INCREASE_PER_S / per_s
            };
            self.interval_ms = 1_000.0 / (per_s + increase_per_s);
        }
        if self.interval_ms < MIN_INTERVAL_MS {
            self.interval_ms = 0.0;
        }
    }
}

fn remaining_ms(until_ms: f64, now_ms: f64) -> u32 {
    (until_ms - now_ms).ceil() as u32
}
