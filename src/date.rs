//! Dates in text: those of HTTP headers, and those of the service.

const MONTHS: &[u8] = b"JanFebMarAprMayJunJulAugSepOctNovDec";

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
    let value = value.as_bytes();
    let name = value.get(8..11)?;
    let month = MONTHS.chunks(3).position(|month| month == name)?;
    let [year, _, day, hour, minute, second] = fields(value, b"???, 22 ??? 0000 33:44:55 GMT")?;
    let seconds = seconds([year, month as u32 + 1, day, hour, minute, second]);
    seconds.filter(|_| value.len() == 29)
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
    let value = value.as_bytes();
    let seconds = seconds(fields(value, b"0000-11-22?33:44:55")?)?;
    let mut rest = value.get(19..)?;
    let (mut ms, mut unit) = (0, 100);
    if let [b'.', fraction @ ..] = rest
        && let [b'0'..=b'9', ..] = fraction
    {
        rest = fraction;
        while let [digit @ b'0'..=b'9', others @ ..] = rest {
            ms += u32::from(digit - b'0') * unit;
            unit /= 10;
            rest = others;
        }
    }
    let seconds = seconds - offset_s(rest)?;
    let is_separated = matches!(value.get(10), Some(b'T' | b't'));
    is_separated.then_some(seconds * 1_000.0 + f64::from(ms))
}

fn offset_s(zone: &[u8]) -> Option<f64> {
    if let b"Z" | b"z" = zone {
        return Some(0.0);
    }
    let [_, _, _, hours, minutes, _] = fields(zone, b"?33:44")?;
    let seconds = f64::from((hours * 60 + minutes) * 60);
    let exists = zone.len() == 6 && hours < 24 && minutes < 60;
    match zone.first() {
        Some(b'+') if exists => Some(seconds),
        Some(b'-') if exists => Some(-seconds),
        _ => None,
    }
}

/// The numbers in a text that begins in a certain form: year, month, day, hour, minute and second. In the form, a digit says which
/// of them a digit of the text belongs to, and a question mark stands for any byte.
fn fields(text: &[u8], form: &[u8]) -> Option<[u32; 6]> {
    let mut fields = [0; 6];
    for (expected, byte) in form.iter().zip(text) {
        match expected {
            b'0'..=b'5' => {
                let field = fields.get_mut(usize::from(*expected - b'0'))?;
                *field = *field * 10 + char::from(*byte).to_digit(10)?;
            }
            _ if expected == byte || *expected == b'?' => {}
            _ => return None,
        }
    }
    (text.len() >= form.len()).then_some(fields)
}

/// The seconds from 1970 to a date and time, by counting years from March on, so that a leap day comes last. A leap second is one more.
fn seconds([year, month, day, hour, minute, second]: [u32; 6]) -> Option<f64> {
    let exists = year >= 1970
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60;
    let (year, months) = if month < 3 {
        (year.checked_sub(1)?, month + 9)
    } else {
        (year, month - 3)
    };
    let leap_days = year / 4 - year / 100 + year / 400;
    // 306 days in the ten months from March to December, spread evenly enough to round to each.
    let days = 365 * year + leap_days + (months * 306 + 5) / 10 + day;
    let days = f64::from(days) - 719_469.0;
    exists.then_some(days * 86_400.0 + f64::from((hour * 60 + minute) * 60 + second))
}
