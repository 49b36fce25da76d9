//! Dates and times to wait are read as they were meant, or not at all.

use codecatalyst_pat::retry::retry_after_ms;
use serde_json::json;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::host::{FixedClock, read_body};

/// The input is a value of `expiresTime`, of `retry-after` and of `x-amz-retry-after`.
pub fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    check_expiry(&text);
    check_wait(&text);
}

/// Written anew, a time that was read is read as the same.
fn check_expiry(text: &str) {
    let Some(ms) = expires_ms(text) else {
        return;
    };
    assert!(ms.is_finite());
    let time = OffsetDateTime::from_unix_timestamp_nanos(ms as i128 * 1_000_000).expect("a time");
    // An offset may lead out of the years that have four digits.
    if (0..=9_999).contains(&time.year()) {
        let again = time.format(&Rfc3339).expect("a text");
        assert_eq!(expires_ms(&again), Some(ms), "{text} as {again}");
    }
}

fn expires_ms(text: &str) -> Option<f64> {
    let token = json!({ "id": "1", "name": "n", "expiresTime": text });
    let page = json!({ "items": [token] });
    let body = read_body(page.to_string().as_bytes(), true, &FixedClock(0.0));
    body.page?.items.first()?.expires_ms
}

/// A number is taken as it is; a date is as far away as the clock says.
fn check_wait(text: &str) {
    let digits = text.trim_ascii();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = is_number.then(|| digits.parse().unwrap_or(u32::MAX));
    let early = FixedClock(0.0);
    assert_eq!(retry_after_ms(None, Some(text), &early), number);

    let wait_ms = retry_after_ms(Some(text), None, &early);
    if is_number {
        assert_eq!(wait_ms, number.map(|seconds| seconds.saturating_mul(1_000)));
    } else if let Some(wait_ms) = wait_ms {
        check_date(text, wait_ms);
    }
}

/// The later it is, the less there is to wait. A year of two digits, which only a date with hyphens
/// has, may be of another century then.
fn check_date(text: &str, wait_ms: u32) {
    if text.contains('-') {
        return;
    }
    let after = |now_ms| retry_after_ms(Some(text), None, &FixedClock(now_ms));
    assert!(after(86_400_000.0) <= Some(wait_ms), "{text}");
    assert_eq!(after(f64::from(u32::MAX) * 1e6), Some(0), "{text}");
}
