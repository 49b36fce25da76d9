//! The options a caller may set: their defaults and limits.
//!
//! Their names and types are checked in the package's JavaScript, which copies the options in the call.

use crate::error::Error;
use crate::text::concat;

/// The limit of one attempt where the caller sets none, in milliseconds.
pub const DEFAULT_TIMEOUT_MS: u32 = 10_000;

/// How many requests a call may start where the caller sets no limit.
pub const DEFAULT_MAX_ATTEMPTS: u32 = 3;

/// How many tokens a page of a list may hold, which is also the default.
pub const MAX_PAGE_SIZE: u32 = 10;

/// How many deletions are under way at once where the caller sets nothing else.
pub const DEFAULT_CONCURRENCY: u32 = 4;

/// How many deletions may be under way at once.
pub const MAX_CONCURRENCY: u32 = 64;

/// The longest time a host's timer can wait: it fires at once if asked for more.
///
/// [HTML: timers](https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers) takes
/// a signed 32-bit integer.
pub const MAX_TIMER_MS: u32 = i32::MAX as u32;

/// Reads `timeoutMs`.
///
/// Fractions are rounded up, so that no limit becomes 0. What is longer than a timer can wait
/// (24.8 days) becomes [`MAX_TIMER_MS`].
///
/// # Errors
///
/// [`Error::InvalidArgument`] unless the number is finite and above 0.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::options::timeout_ms;
///
/// assert_eq!(timeout_ms(2_500.0), Ok(2_500));
/// assert!(timeout_ms(f64::INFINITY).is_err());
/// ```
pub fn timeout_ms(value: f64) -> Result<u32, Error> {
    if !(value.is_finite() && value > 0.0) {
        let expected = "options.timeoutMs must be a finite number above 0, not ";
        return Err(wrong_number(expected, value));
    }
    Ok((value.ceil() as u32).min(MAX_TIMER_MS))
}

/// Reads `maxAttempts`.
///
/// # Errors
///
/// [`Error::InvalidArgument`] unless the number is an integer of 1 or more.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::options::max_attempts;
///
/// assert_eq!(max_attempts(1.0), Ok(1));
/// assert!(max_attempts(1.5).is_err());
/// ```
pub fn max_attempts(value: f64) -> Result<u32, Error> {
    let expected = "options.maxAttempts must be an integer of 1 or more, not ";
    integer(value, f64::MAX, expected)
}

/// Reads `pageSize`.
///
/// # Errors
///
/// [`Error::InvalidArgument`] unless the number is an integer from 1 to [`MAX_PAGE_SIZE`].
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::options::page_size;
///
/// assert_eq!(page_size(10.0), Ok(10));
/// let error = page_size(11.0).unwrap_err();
/// assert_eq!(error.message(), "options.pageSize must be an integer from 1 to 10, not more.");
/// ```
pub fn page_size(value: f64) -> Result<u32, Error> {
    let expected = "options.pageSize must be an integer from 1 to 10, not ";
    integer(value, MAX_PAGE_SIZE.into(), expected)
}

/// Reads `concurrency`.
///
/// # Errors
///
/// [`Error::InvalidArgument`] unless the number is an integer from 1 to [`MAX_CONCURRENCY`].
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::options::concurrency;
///
/// assert_eq!(concurrency(64.0), Ok(64));
/// assert!(concurrency(0.0).is_err());
/// ```
pub fn concurrency(value: f64) -> Result<u32, Error> {
    let expected = "options.concurrency must be an integer from 1 to 64, not ";
    integer(value, MAX_CONCURRENCY.into(), expected)
}

fn integer(value: f64, max: f64, expected: &str) -> Result<u32, Error> {
    if (1.0..=max).contains(&value) && value.trunc() == value {
        return Ok(value as u32);
    }
    Err(wrong_number(expected, value))
}

/// Says what was wrong with a number without printing it: formatting floats is a large part of
/// what the module would weigh.
fn wrong_number(expected: &str, value: f64) -> Error {
    let found = if value.is_nan() {
        "NaN"
    } else if value.is_infinite() {
        "Infinity"
    } else if value < 0.0 {
        "a negative number"
    } else if value == 0.0 {
        "0"
    } else if value.trunc() == value {
        "more"
    } else {
        "a fraction"
    };
    Error::InvalidArgument(concat(&[expected, found, "."]).into())
}
