//! Which errors are retried, and how long the backoff is.

use codecatalyst_pat::error::RetryKind;
use codecatalyst_pat::retry::{
    MAX_BACKOFF_MS, QUOTA_CAPACITY, THROTTLING_NAMES, TRANSIENT_NAMES, backoff_ms, classify,
};
use proptest::prelude::*;

use crate::fixtures::cases;

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
    assert_eq!(THROTTLING_NAMES, names);
    for name in names {
        for status in [100, 400, 403, 404, 409, 429, 500, 503, 999] {
            assert_eq!(
                classify(status, name),
                RetryKind::Throttling,
                "{status} {name}"
            );
        }
    }
}

#[test]
fn the_names_of_passing_faults_are_those_of_the_aws_sdks_and_count_under_any_status() {
    let names = ["TimeoutError", "RequestTimeout", "RequestTimeoutException"];
    assert_eq!(TRANSIENT_NAMES, names);
    for name in names {
        for status in [100, 400, 403, 404, 409, 501, 503, 999] {
            assert_eq!(
                classify(status, name),
                RetryKind::Transient,
                "{status} {name}"
            );
        }
        assert_eq!(classify(429, name), RetryKind::Throttling, "{name}");
    }
}

#[test]
fn a_name_that_only_resembles_one_that_is_retried_does_not_count() {
    for name in [
        "RequestTimeouts",
        "requesttimeout",
        "Timeout",
        "",
        "throttling",
        "Throttling ",
        "ThrottlingExceptions",
        "LimitExceeded",
        "Slow",
    ] {
        assert_eq!(classify(400, name), RetryKind::Never, "{name}");
        assert_eq!(classify(503, name), RetryKind::Transient, "{name}");
    }
}

#[test]
fn six_statuses_are_retried() {
    for status in 100..1_000 {
        let expected = match status {
            429 => RetryKind::Throttling,
            408 | 500 | 502 | 503 | 504 => RetryKind::Transient,
            _ => RetryKind::Never,
        };
        assert_eq!(classify(status, "AnyException"), expected, "{status}");
        assert_eq!(
            classify(status, "ResourceNotFoundException"),
            expected,
            "{status}"
        );
    }
}

#[test]
fn the_longest_waits_double_up_to_the_cap() {
    let longest = |kind| (1..=12).map(move |attempt| backoff_ms(attempt, kind, 1.0));
    let transient = [
        50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 20_000, 20_000, 20_000,
    ];
    assert!(longest(RetryKind::Transient).eq(transient));
    let throttled = [1_000, 2_000, 4_000, 8_000, 16_000, 20_000];
    assert!(longest(RetryKind::Throttling).take(6).eq(throttled));
    assert!(
        longest(RetryKind::Throttling)
            .skip(5)
            .all(|ms| ms == MAX_BACKOFF_MS)
    );
    assert_eq!(
        backoff_ms(u32::MAX, RetryKind::Transient, 1.0),
        MAX_BACKOFF_MS
    );
    assert_eq!(backoff_ms(0, RetryKind::Transient, 1.0), 50);
}

#[test]
fn waits_are_uniform_from_0_to_the_longest() {
    for (random, ms) in [
        (0.0, 0),
        (0.25, 250),
        (0.5, 500),
        (0.999, 999),
        (1.0, 1_000),
    ] {
        assert_eq!(backoff_ms(1, RetryKind::Throttling, random), ms);
    }
}

#[test]
fn a_broken_random_source_keeps_the_wait_in_its_bounds() {
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
        assert_eq!(backoff_ms(2, RetryKind::Transient, random), ms);
    }
}

#[test]
fn the_limits_are_those_of_the_contract() {
    assert_eq!((MAX_BACKOFF_MS, QUOTA_CAPACITY), (20_000, 500));
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn a_wait_stays_in_its_bounds(
        attempt in any::<u32>(),
        random in any::<f64>(),
        throttled in any::<bool>(),
    ) {
        let (kind, base) = match throttled {
            true => (RetryKind::Throttling, 1_000),
            false => (RetryKind::Transient, 50),
        };
        let doublings = attempt.saturating_sub(1).min(20);
        let longest = (base << doublings).min(20_000);
        prop_assert!(u64::from(backoff_ms(attempt, kind, random)) <= longest);
    }
}
