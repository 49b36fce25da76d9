//! Dates in text: their form is checked here, the rest is left to the host.

use std::ops::Range;

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

/// The mean length of a year in the Gregorian calendar.
const YEAR_MS: f64 = 365.2425 * 86_400_000.0;

/// How far ahead a year of two digits may be, by
/// [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7-9).
const MAX_AHEAD_MS: f64 = 50.0 * YEAR_MS;

/// The form of a date that may still be sent, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
const FIXDATE: &str = "aaa, dd aaa dddd dd:dd:dd GMT";

/// An [HTTP date](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7) in any of its three forms,
/// in milliseconds since 1970.
pub(crate) fn http_date_ms(text: &str, clock: &impl Clock) -> Option<f64> {
    if has_form(text, FIXDATE) {
        return clock.parse_date_ms(text);
    }
    asctime_ms(text, clock).or_else(|| rfc850_ms(text, clock))
}

/// A date such as `Sun Nov  6 08:49:37 1994`.
fn asctime_ms(text: &str, clock: &impl Clock) -> Option<f64> {
    let ranges = [8..10, 4..7, 20..24, 11..19];
    let fields = fields(text, "aaa aaa _d dd:dd:dd dddd", ranges)?;
    fixdate_ms(text, fields, clock)
}

/// A date such as `Sunday, 06-Nov-94 08:49:37 GMT`: the latest with such a year that is not too far
/// ahead.
fn rfc850_ms(text: &str, clock: &impl Clock) -> Option<f64> {
    let (_, date) = split_at_byte(text, b',')?;
    let ranges = [1..3, 4..7, 8..10, 11..19];
    let [day, month, year, time] = fields(date, " dd-aaa-dd dd:dd:dd GMT", ranges)?;
    let digits: u32 = year.parse().ok()?;
    let max_ms = clock.now_ms() + MAX_AHEAD_MS;
    let max_year = (1970.0 + max_ms / YEAR_MS) as u32;
    let year = max_year.saturating_sub(max_year.wrapping_sub(digits) % 100);
    let in_year = |year: u32| fixdate_ms(text, [day, month, &year.to_string(), time], clock);
    let ms = in_year(year).filter(|ms| *ms <= max_ms);
    ms.or_else(|| in_year(year.saturating_sub(100)))
}

/// Day, month, year and time, if text has the form.
fn fields<'a>(text: &'a str, form: &str, ranges: [Range<usize>; 4]) -> Option<[&'a str; 4]> {
    let text = has_form(text, form).then_some(text)?;
    Some(ranges.map(|range| text.get(range).unwrap_or_default()))
}

/// Parses day, month, year and time in the form that every host understands. The text begins with
/// the weekday.
fn fixdate_ms(text: &str, [day, month, year, time]: [&str; 4], clock: &impl Clock) -> Option<f64> {
    let day = day.trim_ascii();
    let zero = if day.len() < 2 { "0" } else { "" };
    let weekday = text.get(..3)?;
    let date = concat(&[
        weekday, ", ", zero, day, " ", month, " ", year, " ", time, " GMT",
    ]);
    has_form(&date, FIXDATE).then(|| clock.parse_date_ms(&date))?
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
        (time, offset) if is_offset(offset) => Some((time, offset)),
        _ => Some((text, "Z")),
    }
}

/// Whether text is an offset of less than a day: some hosts take a longer one too.
fn is_offset(text: &str) -> bool {
    let has_form = has_form(text, "+dd:dd") || has_form(text, "-dd:dd");
    has_form && text.get(1..3) < Some("24") && text.get(4..) < Some("60")
}

/// Whether text is nothing but digits, at least one.
pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether text has a form, in which `d` is any digit, `_` a digit or a space, and `a` any letter.
fn has_form(text: &str, form: &str) -> bool {
    let fits = |(byte, expected): (u8, u8)| match expected {
        b'd' => byte.is_ascii_digit(),
        b'_' => byte.is_ascii_digit() || byte == b' ',
        b'a' => byte.is_ascii_alphabetic(),
        _ => byte == expected,
    };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
}
