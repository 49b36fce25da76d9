//! When a token expires: timestamps, as a table and generated.

use codecatalyst_pat::body::Body;
use codecatalyst_pat::date::Clock;
use codecatalyst_pat::page::AccessToken;
use proptest::prelude::*;
use serde_json::json;

use crate::fixtures::{Json, body, cases};
use crate::http_date::rfc3339;

/// What is read of a token with this `expiresTime`.
fn expires_ms(text: &str) -> Option<f64> {
    let token = json!({ "id": "1", "name": "n", "expiresTime": text });
    let body = body(&json!({ "items": [token] }).to_string());
    let page = body.page.expect("a page");
    let [AccessToken { expires_ms, .. }] = page.items[..] else {
        panic!("not one token: {page:?}");
    };
    expires_ms
}

#[test]
fn a_timestamp_is_read_to_the_millisecond() {
    let table = [
        ("1994-11-06T08:49:37Z", 784_111_777_000.0),
        ("1994-11-06t08:49:37z", 784_111_777_000.0),
        ("1994-11-06T08:49:37.5Z", 784_111_777_500.0),
        ("1994-11-06T08:49:37.08Z", 784_111_777_080.0),
        ("1994-11-06T08:49:37.0809Z", 784_111_777_080.0),
        ("1994-11-06T08:49:37.123456789123Z", 784_111_777_123.0),
        ("1994-11-06T09:49:37+01:00", 784_111_777_000.0),
        ("1994-11-06T01:19:37.25-07:30", 784_111_777_250.0),
        ("1994-11-06T08:49:37-00:00", 784_111_777_000.0),
        ("2000-02-29T00:00:00Z", 951_782_400_000.0),
        ("9999-12-31T23:59:59Z", 253_402_300_799_000.0),
        ("1969-12-31T23:59:59Z", -1_000.0),
    ];
    for (text, ms) in table {
        assert_eq!(expires_ms(text), Some(ms), "{text}");
    }
}

#[test]
fn a_timestamp_without_seconds_or_without_an_offset_is_read_too() {
    let table = [
        ("1994-11-06T08:49:37", 784_111_777_000.0),
        ("1994-11-06T08:49:37.5", 784_111_777_500.0),
        ("1994-11-06T08:49Z", 784_111_740_000.0),
        ("1994-11-06T08:49", 784_111_740_000.0),
        ("1994-11-06T09:49+01:00", 784_111_740_000.0),
    ];
    for (text, ms) in table {
        assert_eq!(expires_ms(text), Some(ms), "{text}");
    }
}

#[test]
fn a_token_whose_timestamp_cannot_be_read_has_none() {
    let table = [
        "",
        "soon",
        "tomorrow",
        "784111777",
        "1994-11-06",
        "1994-11-06 08:49:37Z",
        "1994-13-06T08:49:37Z",
        "1994-00-06T08:49:37Z",
        "1994-11-00T08:49:37Z",
        "1994-11-32T08:49:37Z",
        "1994-11-06T24:49:37Z",
        "1994-11-06T08:60:37Z",
        "1994-11-06T08:49:60Z",
        "1994-11-06T08:49:61Z",
        "1994-11-06T08:49:37.Z",
        "1994-11-06T08:49:37Zulu",
        "1994-11-06T08:49:37+0100",
        "1994-11-06T08:49:37+24:00",
        "1994-11-06T08:49:37-24:00",
        "1994-11-06T08:49:37-25:00",
        "1994-11-06T08:49:37-99:99",
        "1994-11-06T08:49:37+01:60",
        "1994-11-06T08:49:37*01:00",
        "1994-11-06T08:49:37+01:000",
        "1994/11/06T08:49:37Z",
        "1994-11-06T08.49.37Z",
        "+994-11-06T08:49:37Z",
        "١٩٩٤-11-06T08:49:37Z",
        "Sun, 06 Nov 1994 08:49:37 GMT",
    ];
    for text in table {
        assert_eq!(expires_ms(text), None, "{text}");
    }
}

/// A host that takes anything for a date.
struct AnyDate;

impl Clock for AnyDate {
    fn now_ms(&self) -> f64 {
        0.0
    }

    fn parse_date_ms(&self, _: &str) -> Option<f64> {
        Some(0.0)
    }
}

#[test]
fn an_offset_of_a_day_or_more_is_refused_though_the_host_takes_it() {
    let is_read = |offset: &str| {
        let time = format!("1994-11-06T08:49:37{offset}");
        let text = json!({ "items": [{ "id": "1", "name": "n", "expiresTime": time }] });
        let parse = |text: &str| serde_json::from_str(text).ok().map(Json);
        let body = Body::new(text.to_string().as_bytes(), true, parse, &AnyDate);
        body.page.unwrap().items[0].expires_ms.is_some()
    };
    for offset in ["Z", "+23:59", "-23:59", "+00:00", ""] {
        assert!(is_read(offset), "{offset}");
    }
    for offset in ["-24:00", "-25:00", "+24:00", "+99:00", "+01:60", "-00:99"] {
        assert!(!is_read(offset), "{offset}");
    }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn every_second_up_to_the_year_9999_is_read_as_it_was_written(
        seconds in 0..253_402_300_800_u64,
        ms in 0..1_000_u32,
        offset in -1_439..1_440_i64,
    ) {
        let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
        let sign = if offset < 0 { '-' } else { '+' };
        let text = format!("{}.{ms:03}{sign}{hours:02}:{minutes:02}", rfc3339(seconds));
        let expected = seconds as f64 * 1_000.0 + f64::from(ms) - offset as f64 * 60_000.0;
        prop_assert_eq!(expires_ms(&text), Some(expected), "{}", text);
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "[0-9TZ:.+-]{0,30}|\\PC{0,30}") {
        let _ = expires_ms(&text);
    }
}
