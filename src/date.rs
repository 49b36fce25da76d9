//! Dates in text: their form is checked here, the rest is left to the host.

use crate::text::{concat, split_at_byte};

/// The time and the dates of the host.
pub trait Clock {
    /// The time since 1970 in milliseconds.
    fn now_ms(&self) -> f64;

    /// Parses a date in one of the two forms that
    /// [`Date.parse`](https://tc39.es/ecma262/#sec-date.parse) must understand, that of
    /// `toISOString` and that of `toUTCString`, in milliseconds since 1970.
    fn parse_date_ms(&self, date: &str) -> Option<f64>;
}

/// An [HTTP date](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7) such as
/// `Sun, 06 Nov 1994 08:49:37 GMT`, in milliseconds since 1970.
pub(crate) fn http_date_ms(text: &str, clock: &impl Clock) -> Option<f64> {
    let is_date = has_form(text, "aaa, dd aaa dddd dd:dd:dd GMT");
    is_date.then(|| clock.parse_date_ms(text))?
}

/// A date and time of [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339#section-5.6), also without
/// seconds, and without an offset (which is then UTC), in milliseconds since 1970.
pub(crate) fn timestamp_ms(text: &str, clock: &impl Clock) -> Option<f64> {
    let text = text.to_ascii_uppercase();
    let (time, offset) = split_offset(&text)?;
    let (time, fraction) = split_at_byte(time, b'.').unwrap_or((time, "0"));
    let is_time = has_form(time, "dddd-dd-ddTdd:dd:dd");
    let is_minute = has_form(time, "dddd-dd-ddTdd:dd");
    if !(is_time || is_minute) || !is_digits(fraction) {
        return None;
    }
    let seconds = if is_minute { ":00" } else { "" };
    // Finer than a millisecond is cut off: that is the form of `toISOString`.
    let milliseconds: String = fraction.chars().chain("000".chars()).take(3).collect();
    clock.parse_date_ms(&concat(&[time, seconds, ".", &milliseconds, offset]))
}

/// A date and time, and its offset from UTC.
fn split_offset(text: &str) -> Option<(&str, &str)> {
    if let Some(time) = text.strip_suffix("Z") {
        return Some((time, "Z"));
    }
    let length = text.len().checked_sub("+00:00".len())?;
    match text.split_at_checked(length)? {
        (time, offset) if has_form(offset, "+dd:dd") || has_form(offset, "-dd:dd") => {
            Some((time, offset))
        }
        _ => Some((text, "Z")),
    }
}

/// Whether text is nothing but digits, at least one.
pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether text has a form, in which `d` is any digit and `a` any letter.
fn has_form(text: &str, form: &str) -> bool {
    let fits = |(byte, expected): (u8, u8)| match expected {
        b'd' => byte.is_ascii_digit(),
        b'a' => byte.is_ascii_alphabetic(),
        _ => byte == expected,
    };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
}
