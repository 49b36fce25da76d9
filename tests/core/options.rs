//! Options: their limits, and the nearest name to an unknown one.

use codecatalyst_pat::error::Error;
use codecatalyst_pat::options::{
    DEFAULT_MAX_ATTEMPTS, DEFAULT_TIMEOUT_MS, MAX_TIMER_MS, concurrency, max_attempts, page_size,
    timeout_ms,
};
use proptest::prelude::*;

use crate::fixtures::cases;
use crate::tokens::refusal;

#[test]
fn a_timeout_is_a_finite_number_above_0() {
    let table = [
        (1.0, 1),
        (0.001, 1),
        (5e-324, 1),
        (2_500.5, 2_501),
        (2_147_483_647.0, MAX_TIMER_MS),
        (2_147_483_648.0, MAX_TIMER_MS),
        (1e300, MAX_TIMER_MS),
    ];
    for (value, expected) in table {
        assert_eq!(timeout_ms(value), Ok(expected));
    }
}

#[test]
fn a_number_of_attempts_is_an_integer_of_1_or_more() {
    for (value, expected) in [
        (1.0, 1),
        (3.0, 3),
        (4_294_967_295.0, u32::MAX),
        (1e300, u32::MAX),
    ] {
        assert_eq!(max_attempts(value), Ok(expected));
    }
    assert!(refusal(max_attempts(1.5)).ends_with("not a fraction."));
    assert!(refusal(max_attempts(0.5)).ends_with("not a fraction."));
}

#[test]
fn a_number_that_is_no_limit_is_described_in_words() {
    let table = [
        (0.0, "not 0."),
        (-0.0, "not 0."),
        (-1.0, "not a negative number."),
        (f64::NAN, "not NaN."),
        (f64::INFINITY, "not Infinity."),
    ];
    for (value, found) in table {
        assert!(refusal(timeout_ms(value)).ends_with(found));
        assert!(refusal(max_attempts(value)).ends_with(found));
    }
}

#[test]
fn the_defaults_are_those_of_the_contract() {
    assert_eq!((DEFAULT_TIMEOUT_MS, DEFAULT_MAX_ATTEMPTS), (10_000, 3));
}

#[test]
fn a_page_size_is_1_to_10_and_a_concurrency_1_to_64() {
    type Reader = fn(f64) -> Result<u32, Error>;
    for (read, most) in [(page_size as Reader, 10), (concurrency, 64)] {
        assert_eq!(read(1.0), Ok(1));
        assert_eq!(read(f64::from(most)), Ok(most));
        let table = [
            (0.0, "0"),
            (-1.0, "a negative number"),
            (1.5, "a fraction"),
            (f64::from(most) + 1.0, "more"),
            (f64::from(most) + 0.5, "a fraction"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "Infinity"),
        ];
        for (value, found) in table {
            let message = refusal(read(value));
            assert!(
                message.ends_with(&format!("from 1 to {most}, not {found}.")),
                "{message}"
            );
        }
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn limits_hold_for_any_number(value in any::<f64>()) {
        if let Ok(ms) = timeout_ms(value) {
            prop_assert!((1..=MAX_TIMER_MS).contains(&ms));
            prop_assert!(f64::from(ms) >= value || ms == MAX_TIMER_MS);
        }
        if let Ok(attempts) = max_attempts(value) {
            prop_assert!(f64::from(attempts) == value || attempts == u32::MAX);
        }
    }
}
