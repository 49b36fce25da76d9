//! `Retry-After` and `x-amz-retry-after`, and HTTP dates.

use codecatalyst_pat::retry::retry_after_ms;
use proptest::prelude::*;

use crate::fixtures::{FixedClock, cases};
use crate::http_date::{asctime, fixdate, rfc850};

/// A moment in 2026, in seconds since 1970.
const NOW_S: u64 = 1_790_000_000;

/// What `Retry-After` asks for at that moment.
fn asked_ms(value: &str) -> Option<u32> {
    retry_after_ms(Some(value), None, &FixedClock((NOW_S * 1_000) as f64))
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
        assert_eq!(asked_ms(value), expected, "{value}");
    }
}

#[test]
fn a_value_that_is_neither_seconds_nor_a_date_is_ignored() {
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
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 32 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:49:37 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 06-Nov-1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08.49.37 GMT",
        "Sun  06 Nov 1994 08:49:37 GMT",
        "1994-11-06T08:49:37Z",
        "Sun, 06 Nov 1994x08:49:37 GMT",
        "Sun, 06 Nov 1994 +8:49:37 GMT",
        "Sün, 06 Nov 1994 08:49:37 GMT",
    ];
    for value in table {
        assert_eq!(asked_ms(value), None, "{value}");
    }
}

#[test]
fn retry_after_is_read_as_a_date() {
    for after in [1, 20, 86_400, 400_000] {
        assert_eq!(
            asked_ms(&fixdate(NOW_S + after)),
            Some(after as u32 * 1_000)
        );
    }
    for past in [0, 1, NOW_S - 1, NOW_S] {
        assert_eq!(asked_ms(&fixdate(past)), Some(0));
    }
    assert_eq!(asked_ms("Thu, 06 Nov 1969 08:49:37 GMT"), Some(0));
    assert_eq!(asked_ms("Fri, 31 Dec 9999 23:59:59 GMT"), Some(u32::MAX));
}

#[test]
fn the_obsolete_forms_of_a_date_are_read_too() {
    const DAY_S: u64 = 86_400;
    // Each day of a month, so that some have one digit.
    for after in (0..31).map(|day| 5 + day * DAY_S) {
        for date in [rfc850(NOW_S + after), asctime(NOW_S + after)] {
            assert_eq!(asked_ms(&date), Some(after as u32 * 1_000), "{date}");
        }
    }
    for date in [
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sun Nov 06 08:49:37 1994",
    ] {
        assert_eq!(asked_ms(date), Some(0), "{date}");
    }
}

#[test]
fn a_year_of_two_digits_is_at_most_50_years_ahead() {
    const YEAR_S: u64 = 31_556_952;
    let years = |now_s: u64, ahead: u64| {
        let date = rfc850(now_s + ahead * YEAR_S);
        let clock = FixedClock((now_s * 1_000) as f64);
        // More than 49 days are 49.
        retry_after_ms(Some(&date), None, &clock) == Some(u32::MAX)
    };
    // In the middle of a century, shortly before its end, and shortly after its beginning.
    for now_s in [NOW_S, 4_099_680_000, 4_102_444_800 + 86_400] {
        for ahead in [1, 20, 49, 50] {
            assert!(years(now_s, ahead), "{ahead} years ahead of {now_s}");
        }
        for ahead in [51, 52, 75, 99] {
            assert!(!years(now_s, ahead), "{ahead} years ahead of {now_s}");
        }
    }
}

#[test]
fn a_year_of_two_digits_is_told_by_the_day() {
    // Half a century after the moment in September 2026.
    let table = [
        ("Wednesday, 01-Jan-76 00:00:00 GMT", Some(u32::MAX)),
        ("Friday, 31-Dec-76 00:00:00 GMT", Some(0)),
    ];
    for (date, expected) in table {
        assert_eq!(asked_ms(date), expected, "{date}");
    }
}

#[test]
fn a_date_that_has_nearly_an_obsolete_form_is_ignored() {
    for date in [
        "Sunday 06-Nov-94 08:49:37 GMT",
        "Sunday, 6-Nov-94 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37",
        "Sunday, 06-Nov-94 08:49:37 UTC",
        "Su4day, 06-Nov-94 08:49:37 GMT",
        "Sunday, 06-Xyz-94 08:49:37 GMT",
        "Sunday, 00-Nov-94 08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994",
        "Sun Nov  6 08:49:37 94",
        "Sun Nov  6 08:49:37 1994 GMT",
        "Sun Nov    08:49:37 1994",
        "Sun, Nov  6 08:49:37 1994",
        "Sunday Nov  6 08:49:37 1994",
    ] {
        assert_eq!(asked_ms(date), None, "{date}");
    }
}

#[test]
fn a_clock_that_shows_nonsense_panics_nothing() {
    let date = "Thu, 01 Jan 1970 00:00:05 GMT";
    let at = |now_ms| retry_after_ms(Some(date), None, &FixedClock(now_ms));
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
        assert_eq!(
            retry_after_ms(seconds, milliseconds, &FixedClock(0.0)),
            expected
        );
    }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn every_date_is_read_to_the_second(
        second in 0..253_402_300_800_u64,
        ahead in 0..4_000_000_u64,
    ) {
        let now_ms = (second * 1_000) as f64;
        let date = fixdate(second + ahead);
        if second + ahead < 253_402_300_800 {
            let asked_ms = retry_after_ms(Some(&date), None, &FixedClock(now_ms));
            prop_assert_eq!(asked_ms, Some(ahead as u32 * 1_000));
        }
    }

    #[test]
    fn every_date_in_an_obsolete_form_is_read_to_the_second(
        second in 0..253_000_000_000_u64,
        ahead in 0..4_000_000_u64,
    ) {
        for date in [rfc850(second + ahead), asctime(second + ahead)] {
            let clock = FixedClock((second * 1_000) as f64);
            let asked_ms = retry_after_ms(Some(&date), None, &clock);
            prop_assert_eq!(asked_ms, Some(ahead as u32 * 1_000), "{}", date);
        }
    }

    #[test]
    fn any_values_are_read_without_a_panic(
        first in any::<Option<String>>(),
        second in any::<Option<String>>(),
        now_ms in any::<f64>(),
    ) {
        let _ = retry_after_ms(first.as_deref(), second.as_deref(), &FixedClock(now_ms));
    }

    #[test]
    fn a_date_with_a_typing_mistake_panics_nothing(
        at in 0..29_usize,
        typo in "\\PC{0,2}",
        now_ms in any::<f64>(),
    ) {
        let mut date = fixdate(NOW_S);
        date.replace_range(at..date.len().min(at + 1), &typo);
        let _ = retry_after_ms(Some(&date), None, &FixedClock(now_ms));
    }
}
