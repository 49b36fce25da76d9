//! Again or not, and when.

use codecatalyst_pat::error::Retry;
use codecatalyst_pat::retry::{
    FULL_BUDGET, LONGEST_WAIT_MS, THROTTLING_NAMES, backoff_ms, of_reply, retry_after_ms,
};
use proptest::prelude::*;

use crate::given::cases;
use crate::http_date::{asctime, fixdate, rfc850};

/// A moment in 2026, in seconds since 1970.
const NOW_S: u64 = 1_790_000_000;

#[test]
fn the_names_that_throttle_are_those_of_the_aws_sdks() {
    let names = [
        "BandwidthLimitExceeded",
        "EC2ThrottledException",
        "LimitExceededException",
        "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionInProgressException",
    ];
    assert_eq!(THROTTLING_NAMES.split(' ').collect::<Vec<_>>(), names);
    for name in names {
        for status in [100, 400, 403, 404, 409, 429, 500, 503, 999] {
            assert_eq!(of_reply(status, name), Retry::Throttled, "{status} {name}");
        }
    }
}

#[test]
fn a_name_that_only_looks_like_throttling_does_not_count() {
    for name in [
        "",
        "throttling",
        "Throttling ",
        "ThrottlingExceptions",
        "LimitExceeded",
        "Slow",
    ] {
        assert_eq!(of_reply(400, name), Retry::Never, "{name}");
        assert_eq!(of_reply(503, name), Retry::Transient, "{name}");
    }
}

#[test]
fn seven_statuses_are_worth_another_try() {
    for status in 100..1_000 {
        let expected = match status {
            429 => Retry::Throttled,
            408 | 500 | 502 | 503 | 504 => Retry::Transient,
            _ => Retry::Never,
        };
        assert_eq!(of_reply(status, "AnyException"), expected, "{status}");
        assert_eq!(
            of_reply(status, "ResourceNotFoundException"),
            expected,
            "{status}"
        );
    }
}

#[test]
fn the_longest_waits_double_up_to_the_cap() {
    let longest = |retry| (1..=12).map(move |attempt| backoff_ms(attempt, retry, 1.0));
    let transient = [
        50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 20_000, 20_000, 20_000,
    ];
    assert!(longest(Retry::Transient).eq(transient));
    let throttled = [1_000, 2_000, 4_000, 8_000, 16_000, 20_000];
    assert!(longest(Retry::Throttled).take(6).eq(throttled));
    assert!(
        longest(Retry::Throttled)
            .skip(5)
            .all(|ms| ms == LONGEST_WAIT_MS)
    );
    assert_eq!(backoff_ms(u32::MAX, Retry::Transient, 1.0), LONGEST_WAIT_MS);
    assert_eq!(backoff_ms(0, Retry::Transient, 1.0), 50);
}

#[test]
fn waits_are_spread_evenly_from_0_to_the_longest() {
    for (random, ms) in [
        (0.0, 0),
        (0.25, 250),
        (0.5, 500),
        (0.999, 999),
        (1.0, 1_000),
    ] {
        assert_eq!(backoff_ms(1, Retry::Throttled, random), ms);
    }
}

#[test]
fn a_source_of_randomness_that_is_broken_keeps_its_bounds() {
    let table = [
        (f64::NAN, 0),
        (f64::NEG_INFINITY, 0),
        (-1.0, 0),
        (-0.0, 0),
        (f64::INFINITY, 100),
        (2.0, 100),
        (1e300, 100),
    ];
    for (random, ms) in table {
        assert_eq!(backoff_ms(2, Retry::Transient, random), ms);
    }
}

/// What `Retry-After` asks for at that moment.
fn asked(value: &str) -> Option<u32> {
    retry_after_ms(Some(value), None, (NOW_S * 1_000) as f64)
}

#[test]
fn retry_after_is_read_as_seconds() {
    let table = [
        ("0", Some(0)),
        ("1", Some(1_000)),
        (" 20\t", Some(20_000)),
        ("007", Some(7_000)),
        ("4294967", Some(4_294_967_000)),
        ("4294968", Some(u32::MAX)),
        ("99999999999999999999999999", Some(u32::MAX)),
    ];
    for (value, expected) in table {
        assert_eq!(asked(value), expected, "{value}");
    }
}

#[test]
fn what_is_neither_seconds_nor_a_date_is_ignored() {
    let table = [
        "",
        " ",
        "-1",
        "+1",
        "1.5",
        "1e3",
        "0x10",
        "1s",
        "soon",
        "5, 10",
        "١",
        "1 2",
        "NaN",
        "Infinity",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 GMT x",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 32 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:49:37 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 06 Nov 1969 08:49:37 GMT",
        "Sun, 06-Nov-1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08.49.37 GMT",
        "Sun  06 Nov 1994 08:49:37 GMT",
        "1994-11-06T08:49:37Z",
        "Sun, 06 Nov 1994x08:49:37 GMT",
        "Sun, 06 Nov 1994 +8:49:37 GMT",
        "Sün, 06 Nov 1994 08:49:37 GMT",
    ];
    for value in table {
        assert_eq!(asked(value), None, "{value}");
    }
}

#[test]
fn retry_after_is_read_as_a_date() {
    for after in [1, 20, 86_400, 400_000] {
        assert_eq!(asked(&fixdate(NOW_S + after)), Some(after as u32 * 1_000));
    }
    for past in [0, 1, NOW_S - 1, NOW_S] {
        assert_eq!(asked(&fixdate(past)), Some(0));
    }
    assert_eq!(asked("Fri, 31 Dec 9999 23:59:60 GMT"), Some(u32::MAX));
}

#[test]
fn the_obsolete_forms_of_a_date_are_not_read() {
    for date in [rfc850(NOW_S + 5), asctime(NOW_S + 5)] {
        assert_eq!(asked(&date), None, "{date}");
    }
}

#[test]
fn a_clock_that_shows_nonsense_traps_nothing() {
    let at = |now_ms| retry_after_ms(Some("Thu, 01 Jan 1970 00:00:05 GMT"), None, now_ms);
    let table = [
        (0.0, 5_000),
        (4_999.0, 1),
        (5_000.0, 0),
        (-1.0, 5_001),
        (f64::NAN, 0),
        (f64::INFINITY, 0),
        (f64::NEG_INFINITY, u32::MAX),
        (1e300, 0),
    ];
    for (now_ms, expected) in table {
        assert_eq!(at(now_ms), Some(expected), "{now_ms}");
    }
}

#[test]
fn of_both_headers_the_longer_wait_counts() {
    let table = [
        (None, None, None),
        (None, Some("150"), Some(150)),
        (Some("1"), Some("150"), Some(1_000)),
        (Some("1"), Some("1500"), Some(1_500)),
        (Some("soon"), Some(" 150 "), Some(150)),
        (Some("1"), Some("soon"), Some(1_000)),
        (Some("1"), Some("-5"), Some(1_000)),
        (None, Some("1.5"), None),
        (None, Some("Thu, 01 Jan 2099 00:00:00 GMT"), None),
        (None, Some("99999999999999999999"), Some(u32::MAX)),
    ];
    for (seconds, milliseconds, expected) in table {
        assert_eq!(retry_after_ms(seconds, milliseconds, 0.0), expected);
    }
}

#[test]
fn the_limits_are_those_of_the_contract() {
    assert_eq!((LONGEST_WAIT_MS, FULL_BUDGET), (20_000, 500));
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn a_wait_keeps_its_bounds(attempt in any::<u32>(), random in any::<f64>(), throttled in any::<bool>()) {
        let (retry, base) = if throttled { (Retry::Throttled, 1_000) } else { (Retry::Transient, 50) };
        let doublings = attempt.saturating_sub(1).min(20);
        let longest = (base << doublings).min(20_000);
        prop_assert!(u64::from(backoff_ms(attempt, retry, random)) <= longest);
    }

    #[test]
    fn every_date_is_read_to_the_second(second in 0..253_402_300_800_u64, ahead in 0..4_000_000_u64) {
        let now_ms = (second * 1_000) as f64;
        let date = fixdate(second + ahead);
        if second + ahead < 253_402_300_800 {
            prop_assert_eq!(retry_after_ms(Some(&date), None, now_ms), Some(ahead as u32 * 1_000));
        }
    }

    #[test]
    fn whatever_is_asked_nothing_traps(
        first in any::<Option<String>>(),
        second in any::<Option<String>>(),
        now_ms in any::<f64>(),
    ) {
        let _ = retry_after_ms(first.as_deref(), second.as_deref(), now_ms);
    }

    #[test]
    fn a_date_with_a_slip_traps_nothing(at in 0..29_usize, slip in "\\PC{0,2}", now_ms in any::<f64>()) {
        let mut date = fixdate(NOW_S);
        date.replace_range(at..date.len().min(at + 1), &slip);
        let _ = retry_after_ms(Some(&date), None, now_ms);
    }
}
