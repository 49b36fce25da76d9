//! Dates in text: those of HTTP headers, and those of the service.

use crate::text::number;

const MONTHS: [&str; 12] = [
    " Jan ", " Feb ", " Mar ", " Apr ", " May ", " Jun ", " Jul ", " Aug ", " Sep ", " Oct ",
    " Nov ", " Dec ",
];

/// A date such as `Sun, 06 Nov 1994 08:49:37 GMT`, in seconds since 1970; nothing for another text.
///
/// This is [the only form that may be sent](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7); the two obsolete ones
/// are not read.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::date::http_date_s;
///
/// assert_eq!(http_date_s("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777.0));
/// assert_eq!(http_date_s("tomorrow"), None);
/// ```
pub fn http_date_s(value: &str) -> Option<f64> {
    let month = MONTHS.iter().zip(1..).find(|(name, _)| is(value, 7, name));
    let seconds = time_s(value, 17)?;
    let day = day_s(field(value, 12, 16)?, month?.1, field(value, 5, 7)?)?;
    (is(value, 3, ", ") && is(value, 16, " ") && value.get(25..) == Some(" GMT"))
        .then_some(day + seconds)
}

/// A date and time of [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339#section-5.6), in milliseconds since 1970; nothing for
/// another text, and none before 1970. What is finer than a millisecond is cut off.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::date::timestamp_ms;
///
/// assert_eq!(timestamp_ms("1970-01-02T00:00:01.5Z"), Some(86_401_500.0));
/// assert_eq!(timestamp_ms("1970-01-02T00:00:00+01:00"), Some(82_800_000.0));
/// assert_eq!(timestamp_ms("1970-13-01T00:00:00Z"), None);
/// ```
pub fn timestamp_ms(value: &str) -> Option<f64> {
    let day = day_s(
        field(value, 0, 4)?,
        field(value, 5, 7)?,
        field(value, 8, 10)?,
    )?;
    let seconds = time_s(value, 11)?;
    let rest = value.get(19..)?;
    let digits = rest.strip_prefix('.').unwrap_or_default();
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let zone = if length == 0 {
        rest
    } else {
        digits.get(length..)?
    };
    let fraction = field(digits, 0, length.min(3)).unwrap_or(0);
    let ms = fraction * [1, 100, 10, 1].get(length).unwrap_or(&1);
    let separated =
        is(value, 4, "-") && is(value, 7, "-") && value.get(10..11)?.eq_ignore_ascii_case("T");
    separated.then_some((day + seconds - offset_s(zone)?) * 1_000.0 + f64::from(ms))
}

fn offset_s(zone: &str) -> Option<f64> {
    if zone.eq_ignore_ascii_case("Z") {
        return Some(0.0);
    }
    let (hours, minutes) = (field(zone, 1, 3)?, field(zone, 4, 6)?);
    let seconds = f64::from((hours * 60 + minutes) * 60);
    let exists = zone.len() == 6 && is(zone, 3, ":") && hours < 24 && minutes < 60;
    match zone.get(..1) {
        Some("+") if exists => Some(seconds),
        Some("-") if exists => Some(-seconds),
        _ => None,
    }
}

/// The seconds of a time such as `08:49:37` that stands at a place; a leap second is one more.
fn time_s(value: &str, from: usize) -> Option<f64> {
    let (hour, minute, second) = (
        field(value, from, from + 2)?,
        field(value, from + 3, from + 5)?,
        field(value, from + 6, from + 8)?,
    );
    let exists = hour < 24 && minute < 60 && second <= 60;
    (exists && is(value, from + 2, ":") && is(value, from + 5, ":"))
        .then_some(f64::from((hour * 60 + minute) * 60 + second))
}

fn field(value: &str, from: usize, to: usize) -> Option<u32> {
    number(value.get(from..to)?)
}

fn is(value: &str, from: usize, text: &str) -> bool {
    value.get(from..).is_some_and(|rest| rest.starts_with(text))
}

/// The seconds from 1970 to a date, by counting years from March on, so that a leap day comes last.
fn day_s(year: u32, month: u32, day: u32) -> Option<f64> {
    if !(year >= 1970 && (1..=12).contains(&month) && (1..=31).contains(&day)) {
        return None;
    }
    let (year, months) = if month < 3 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    let leap_days = year / 4 - year / 100 + year / 400;
    // 306 days in the ten months from March to December, spread evenly enough to round to each.
    let days = (months * 306 + 5) / 10 + day - 1;
    Some(f64::from(365 * year + leap_days + days - 719_468) * 86_400.0)
}
