//! Again or not, and when: backoff, what the service asks for, and the retry budget.
//!
//! The numbers are those of the AWS SDKs' standard retry mode. Random numbers and the time are arguments.

use crate::date::http_date_s;
use crate::error::Retry;
use crate::text::number;

/// The longest wait before a retry, in milliseconds. If the service asks for more, the call ends.
pub const LONGEST_WAIT_MS: u32 = 20_000;

/// What a full retry budget holds.
pub const FULL_BUDGET: u32 = 500;

/// What the first try of a call gives the budget if it succeeds.
const FIRST_TRY_GIVES: u32 = 1;

/// The names by which AWS services throttle, with spaces between them: a list of texts would be a list of addresses too.
///
/// The list of the AWS SDKs, in
/// [their classification of errors](https://github.com/smithy-lang/smithy-typescript/blob/main/packages/service-error-classification/src/constants.ts).
pub const THROTTLING_NAMES: &str = "BandwidthLimitExceeded EC2ThrottledException LimitExceededException \
    PriorRequestNotComplete ProvisionedThroughputExceededException RequestLimitExceeded RequestThrottled \
    RequestThrottledException SlowDown ThrottledException Throttling ThrottlingException TooManyRequestsException \
    TransactionInProgressException";

/// Whether an error reply is worth another try.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::error::Retry;
/// use codecatalyst_pat::retry::of_reply;
///
/// assert_eq!(of_reply(503, "InternalServerException"), Retry::Transient);
/// assert_eq!(of_reply(400, "SlowDown"), Retry::Throttled);
/// assert_eq!(of_reply(404, "ResourceNotFoundException"), Retry::Never);
/// ```
pub fn of_reply(status: u16, name: &str) -> Retry {
    let mut throttling = THROTTLING_NAMES.as_bytes().split(|byte| *byte == b' ');
    match status {
        _ if throttling.any(|known| known == name.as_bytes()) => Retry::Throttled,
        429 => Retry::Throttled,
        408 | 500 | 502 | 503 | 504 => Retry::Transient,
        _ => Retry::Never,
    }
}

/// How long to wait before the next attempt, in milliseconds: full jitter, uniform from 0 to
/// the least of [`LONGEST_WAIT_MS`] and base·2^(n-1) after attempt n.
///
/// `random` is from 0 to 1; whatever a host's random source gives instead, the wait stays in its bounds.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::error::Retry;
/// use codecatalyst_pat::retry::backoff_ms;
///
/// assert_eq!(backoff_ms(1, Retry::Transient, 1.0), 50);
/// assert_eq!(backoff_ms(3, Retry::Throttled, 0.5), 2_000);
/// ```
pub fn backoff_ms(attempts: u32, retry: Retry, random: f64) -> u32 {
    let base: u32 = if retry == Retry::Throttled { 1_000 } else { 50 };
    let doublings = attempts.saturating_sub(1).min(10);
    let cap = base.saturating_mul(1 << doublings).min(LONGEST_WAIT_MS);
    ((random * f64::from(cap)) as u32).min(cap)
}

/// How long the service asked to be left alone, in milliseconds.
///
/// `retry_after` is the value of [`Retry-After`](https://www.rfc-editor.org/rfc/rfc9110#field.retry-after),
/// seconds or a date; `amz_retry_after` that of `x-amz-retry-after`, milliseconds. Where both can be read the longer
/// one counts; what can't be read is ignored, and more than 49 days are as good as 49. `now_ms` is the time since 1970 in milliseconds.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::retry::retry_after_ms;
///
/// assert_eq!(retry_after_ms(Some("2"), None, 0.0), Some(2_000));
/// assert_eq!(retry_after_ms(None, Some("150"), 0.0), Some(150));
/// assert_eq!(retry_after_ms(Some("Thu, 01 Jan 1970 00:00:05 GMT"), None, 1_000.0), Some(4_000));
/// assert_eq!(retry_after_ms(Some("soon"), None, 0.0), None);
/// ```
pub fn retry_after_ms(
    retry_after: Option<&str>,
    amz_retry_after: Option<&str>,
    now_ms: f64,
) -> Option<u32> {
    let asked = retry_after.and_then(|value| {
        let value = value.trim_ascii();
        let seconds = number(value).map(|seconds| seconds.saturating_mul(1_000));
        seconds.or_else(|| until(value, now_ms))
    });
    asked.max(amz_retry_after.and_then(|value| number(value.trim_ascii())))
}

/// The milliseconds from now to an HTTP date; none are left if it has passed.
fn until(value: &str, now_ms: f64) -> Option<u32> {
    Some((http_date_s(value)? * 1_000.0 - now_ms) as u32)
}

/// What retries may cost, shared by all calls to one origin, so that many callers do not
/// turn a service's bad moment into a storm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget(u32);

impl Default for Budget {
    fn default() -> Self {
        Self(FULL_BUDGET)
    }
}

impl Budget {
    /// Pays for a retry, or says that the budget can't.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::error::Retry;
    /// use codecatalyst_pat::retry::Budget;
    ///
    /// let mut budget = Budget::default();
    /// assert_eq!(budget.pay(Retry::Transient), Some(14));
    /// assert_eq!(budget.pay(Retry::Throttled), Some(5));
    /// assert_eq!(budget.pay(Retry::Never), None);
    /// ```
    pub fn pay(&mut self, retry: Retry) -> Option<u32> {
        let cost = match retry {
            Retry::Never => return None,
            Retry::Transient => 14,
            Retry::Throttled => 5,
        };
        self.0 = self.0.checked_sub(cost)?;
        Some(cost)
    }

    /// Takes back what a successful call earned: the cost of the retry that succeeded, or a little for
    /// a first try.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::error::Retry;
    /// use codecatalyst_pat::retry::Budget;
    ///
    /// let mut budget = Budget::default();
    /// let cost = budget.pay(Retry::Transient);
    /// budget.succeeded(cost);
    /// assert_eq!(budget, Budget::default());
    /// ```
    pub fn succeeded(&mut self, cost: Option<u32>) {
        let gain = cost.unwrap_or(FIRST_TRY_GIVES);
        self.0 = self.0.saturating_add(gain).min(FULL_BUDGET);
    }
}

/// What holds back many deletions to one origin: after a throttling reply to one of them, all the others wait too.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Gate {
    until_ms: f64,
}

impl Gate {
    /// Holds everybody back for so many milliseconds, or longer where that was asked for before.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::retry::Gate;
    ///
    /// let mut gate = Gate::default();
    /// gate.hold(1_000.0, 50);
    /// gate.hold(1_010.0, 5);
    /// assert_eq!(gate.left_ms(1_020.0), 30);
    /// ```
    pub fn hold(&mut self, now_ms: f64, ms: u32) {
        let left = self.left_ms(now_ms);
        self.until_ms = now_ms + f64::from(left.max(ms.min(LONGEST_WAIT_MS)));
    }

    /// How long to wait before the next request, in milliseconds.
    ///
    /// More than [`LONGEST_WAIT_MS`] was never asked for: then the clock was put back, and nobody is held.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::retry::Gate;
    ///
    /// let mut gate = Gate::default();
    /// assert_eq!(gate.left_ms(0.0), 0);
    /// gate.hold(90_000.0, 50);
    /// assert_eq!(gate.left_ms(60_000.0), 0);
    /// ```
    pub fn left_ms(&mut self, now_ms: f64) -> u32 {
        let left = (self.until_ms - now_ms).ceil() as u32;
        if left == 0 || left > LONGEST_WAIT_MS {
            *self = Self::default();
            return 0;
        }
        left
    }
}

/// What calls to one origin share.
#[derive(Debug, Default, PartialEq)]
pub struct Shared {
    /// What their retries may cost.
    pub budget: Budget,
    /// What holds back many deletions at once.
    pub gate: Gate,
}

/// What is shared, for each origin. Where nothing has been used up nothing is kept, so that many origins take no memory.
#[derive(Debug, Default)]
pub struct Origins(Vec<(String, Shared)>);

impl Origins {
    /// Nothing used up at any origin.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::retry::{Origins, Shared};
    ///
    /// Origins::new().lend("https://example.com", |shared| assert_eq!(*shared, Shared::default()));
    /// ```
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Lends what the calls to an origin share to one step of a call.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::error::Retry;
    /// use codecatalyst_pat::retry::{Origins, Shared};
    ///
    /// let mut origins = Origins::default();
    /// origins.lend("https://example.com", |shared| shared.budget.pay(Retry::Transient));
    /// origins.lend("https://example.com", |shared| assert_ne!(*shared, Shared::default()));
    /// origins.lend("https://example.org", |shared| assert_eq!(*shared, Shared::default()));
    /// ```
    pub fn lend<T>(&mut self, origin: &str, step: impl FnOnce(&mut Shared) -> T) -> T {
        let mut shared = Shared::default();
        if let Some(place) = self.0.iter().position(|(known, _)| known == origin) {
            shared = self.0.swap_remove(place).1;
        }
        let result = step(&mut shared);
        if shared != Shared::default() {
            self.0.push((origin.to_owned(), shared));
        }
        result
    }
}
