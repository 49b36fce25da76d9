//! Dates in text: their form is checked here, the rest is left to the host.

use std::ops::Range;

use crate::text::{concat, split_at_byte};

/// The time and the dates of the host.
pub trait Clock {
    /// The time since 1970 in milliseconds.
    fn now_ms(&self) -> f64;

    /// Parses a date in the form of `toISOString`, also without milliseconds and with an offset, in
    /// milliseconds since 1970.
    ///
    /// [`Date.parse`](https://tc39.es/ecma262/#sec-date.parse) must understand it in every host.
    fn parse_date_ms(&self, date: &str) -> Option<f64>;
}

/// The mean length of a year in the Gregorian calendar.
const YEAR_MS: f64 = 365.2425 * 86_400_000.0;

/// How far ahead a year of two digits may be, by
/// [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7-9).
const MAX_AHEAD_MS: f64 = 50.0 * YEAR_MS;

/// The months in HTTP dates, and in those of `toISOString`.
const MONTHS: [(&str, &str); 12] = [
    ("Jan", "01"),
    ("Feb", "02"),
    ("Mar", "03"),
    ("Apr", "04"),
    ("May", "05"),
    ("Jun", "06"),
    ("Jul", "07"),
    ("Aug", "08"),
    ("Sep", "09"),
    ("Oct", "10"),
    ("Nov", "11"),
    ("Dec", "12"),
];

/// Day, month, year and time of an HTTP date, as they are written.
type Fields<'a> = [&'a str; 4];

/// An [HTTP date](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7) in any of its three forms,
/// in milliseconds since 1970.
pub(crate) fn http_date_ms(text: &str, clock: &impl Clock) -> Option<f64> {
    let fixdate = fields(
        text,
        "aaa, dd aaa dddd dd:dd:dd GMT",
        [5..7, 8..11, 12..16, 17..25],
    );
    let asctime = || {
        fields(
            text,
            "aaa aaa _d dd:dd:dd dddd",
            [8..10, 4..7, 20..24, 11..19],
        )
    };
    match fixdate.or_else(asctime) {
        Some(fields) => fields_ms(fields, clock),
        None => rfc850_ms(text, clock),
    }
}

/// A date such as `Sunday, 06-Nov-94 08:49:37 GMT`: the latest one with such a year that is not too
/// far ahead.
fn rfc850_ms(text: &str, clock: &impl Clock) -> Option<f64> {
    let (weekday, date) = split_at_byte(text, b',')?;
    let is_weekday = weekday.bytes().all(|byte| byte.is_ascii_alphabetic());
    let date = is_weekday.then_some(date)?;
    let [day, month, year, time] =
        fields(date, " dd-aaa-dd dd:dd:dd GMT", [1..3, 4..7, 8..10, 11..19])?;
    let now_ms = clock.now_ms();
    let century = (1970.0 + now_ms / YEAR_MS) as u32 / 100;
    [
        century.saturating_add(1),
        century,
        century.saturating_sub(1),
    ]
    .into_iter()
    .filter_map(|century| {
        let year = concat(&[&century.to_string(), year]);
        fields_ms([day, month, &year, time], clock)
    })
    .find(|ms| *ms - now_ms <= MAX_AHEAD_MS)
}

/// The fields of a date, if its text has the form.
fn fields<'a>(text: &'a str, form: &str, ranges: [Range<usize>; 4]) -> Option<Fields<'a>> {
    let text = has_form(text, form).then_some(text)?;
    let [day, month, year, time] = ranges;
    Some([
        text.get(day)?,
        text.get(month)?,
        text.get(year)?,
        text.get(time)?,
    ])
}

fn fields_ms([day, month, year, time]: Fields<'_>, clock: &impl Clock) -> Option<f64> {
    let (_, month) = MONTHS.iter().find(|(name, _)| *name == month)?;
    let (zero, day) = match day.strip_prefix(" ") {
        Some(digit) => ("0", digit),
        None => ("", day),
    };
    clock.parse_date_ms(&concat(&[
        year, "-", month, "-", zero, day, "T", time, ".000Z",
    ]))
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
