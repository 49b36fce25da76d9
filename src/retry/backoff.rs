//! How long to wait before the next attempt.

use crate::error::RetryKind;

/// The longest wait before a retry, in milliseconds. If the service asks for more, the call ends.
pub const MAX_BACKOFF_MS: u32 = 20_000;

/// The base of the exponential backoff, in milliseconds.
const BASE_MS: u32 = 50;

/// The same after a throttling error.
const THROTTLING_BASE_MS: u32 = 1_000;

/// How long to wait before the next attempt, in milliseconds: full jitter, uniform from 0 to the
/// least of [`MAX_BACKOFF_MS`] and base·2^(n-1) after attempt n.
///
/// `random` is from 0 to 1. Whatever a host's random source gives instead, the wait stays in its
/// bounds.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::error::RetryKind;
/// use codecatalyst_pat::retry::backoff_ms;
///
/// assert_eq!(backoff_ms(1, RetryKind::Transient, 1.0), 50);
/// assert_eq!(backoff_ms(3, RetryKind::Throttling, 0.5), 2_000);
/// ```
pub fn backoff_ms(attempts: u32, kind: RetryKind, random: f64) -> u32 {
    let base = match kind {
        RetryKind::Throttling => THROTTLING_BASE_MS,
        RetryKind::Transient | RetryKind::Never => BASE_MS,
    };
    let doublings = attempts.saturating_sub(1).min(10);
    let max_ms = base.saturating_mul(1 << doublings).min(MAX_BACKOFF_MS);
    ((random * f64::from(max_ms)) as u32).min(max_ms)
}
