//! What holds back deletions of many tokens once the service throttles.
//!
//! A throttling error blocks them all for as long as the service asks. After that they are paced:
//! one request each interval, learned from how many the service took until it throttled. Each
//! success shortens the interval a little, so that the pace follows the service. It is a
//! client-side rate limiter with additive increase, as in the [adaptive mode of the AWS
//! SDKs](https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html).

use super::backoff::MAX_BACKOFF_MS;

/// The slowest pace: one request in that many milliseconds.
const MAX_INTERVAL_MS: f64 = 1_000.0;

/// Intervals shorter than a timer can tell are none.
const MIN_INTERVAL_MS: f64 = 1.0;

/// How much faster the pace gets in a second of successes, in requests a second.
const INCREASE_PER_S: f64 = 1.0;

/// What deletions of many tokens at one origin share.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Throttle {
    blocked_until_ms: f64,
    /// How far apart requests start; 0 until the service throttles.
    interval_ms: f64,
    next_request_ms: f64,
    /// When the successes began that are counted now.
    counted_since_ms: Option<f64>,
    successes: u32,
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
        let until_ms = self.blocked_until_ms.max(self.next_request_ms);
        let wait_ms = self.remaining_ms(until_ms, now_ms);
        if wait_ms == 0 {
            self.counted_since_ms.get_or_insert(now_ms);
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
        self.remaining_ms(self.blocked_until_ms, now_ms)
    }

    /// More than [`MAX_BACKOFF_MS`] is never asked for: then the clock was set back, and nothing is
    /// held back.
    fn remaining_ms(&mut self, until_ms: f64, now_ms: f64) -> u32 {
        let remaining_ms = (until_ms - now_ms).ceil() as u32;
        if remaining_ms > MAX_BACKOFF_MS {
            *self = Self::default();
            return 0;
        }
        remaining_ms
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
        let wait_ms = wait_ms.min(MAX_BACKOFF_MS);
        // More errors of one burst say nothing new of the pace.
        if self.blocked_ms(now_ms) == 0 {
            self.slow_down(now_ms, wait_ms);
        }
        let until_ms = now_ms + f64::from(wait_ms);
        self.blocked_until_ms = self.blocked_until_ms.max(until_ms);
        self.counted_since_ms = Some(self.blocked_until_ms);
        self.successes = 0;
    }

    /// The pace that the service took, with the time it asks for now; never a faster one.
    fn slow_down(&mut self, now_ms: f64, wait_ms: u32) {
        let counted_ms = self
            .counted_since_ms
            .map_or(0.0, |since_ms| (now_ms - since_ms).max(0.0));
        let taken_ms = counted_ms + f64::from(wait_ms);
        let interval_ms = taken_ms / f64::from(self.successes.max(1));
        self.interval_ms = self.interval_ms.max(interval_ms).min(MAX_INTERVAL_MS);
    }

    /// Counts a success, and lets the pace get a little faster.
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
    /// // One deletion took 500 ms, so the next starts 500 ms later.
    /// assert_eq!(throttle.acquire(500.0), 500);
    /// ```
    pub fn succeeded(&mut self) {
        self.successes = self.successes.saturating_add(1);
        if self.interval_ms > 0.0 {
            let per_s = 1_000.0 / self.interval_ms;
            self.interval_ms = 1_000.0 / (per_s + INCREASE_PER_S / per_s);
        }
        if self.interval_ms < MIN_INTERVAL_MS {
            self.interval_ms = 0.0;
        }
    }
}
