//! How long the service asks to be left alone.

use crate::date::{Clock, http_date_ms, is_digits};

/// How long the service asks to be left alone, in milliseconds.
///
/// `retry_after` is the value of
/// [`Retry-After`](https://www.rfc-editor.org/rfc/rfc9110#field.retry-after), seconds or a date;
/// `amz_retry_after` that of `x-amz-retry-after`, milliseconds. Where both can be read the longer
/// one counts. What can't be read is ignored, and more than 49 days are treated as 49.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::date::Clock;
/// use codecatalyst_pat::retry::retry_after_ms;
///
/// struct Epoch;
/// impl Clock for Epoch {
///     fn now_ms(&self) -> f64 { 0.0 }
///     fn parse_date_ms(&self, _: &str) -> Option<f64> { Some(4_000.0) }
/// }
///
/// assert_eq!(retry_after_ms(Some("2"), None, &Epoch), Some(2_000));
/// assert_eq!(retry_after_ms(None, Some("150"), &Epoch), Some(150));
/// assert_eq!(retry_after_ms(Some("Thu, 01 Jan 1970 00:00:04 GMT"), None, &Epoch), Some(4_000));
/// assert_eq!(retry_after_ms(Some("soon"), None, &Epoch), None);
/// ```
pub fn retry_after_ms(
    retry_after: Option<&str>,
    amz_retry_after: Option<&str>,
    clock: &impl Clock,
) -> Option<u32> {
    let standard_ms = retry_after.and_then(|value| {
        let value = value.trim_ascii();
        let seconds = parse_digits(value).map(|seconds| seconds.saturating_mul(1_000));
        seconds.or_else(|| ms_until(value, clock))
    });
    standard_ms.max(amz_retry_after.and_then(|value| parse_digits(value.trim_ascii())))
}

/// A number of nothing but digits; one too large for the type is the largest that fits.
fn parse_digits(text: &str) -> Option<u32> {
    is_digits(text).then(|| text.parse().unwrap_or(u32::MAX))
}

/// The milliseconds from now to an HTTP date; 0 if it has passed.
fn ms_until(date: &str, clock: &impl Clock) -> Option<u32> {
    Some((http_date_ms(date, clock)? - clock.now_ms()) as u32)
}
