//! The pace of a bulk after a throttling error.

use codecatalyst_pat::retry::{MAX_BACKOFF_MS, Throttle};
use proptest::prelude::*;

use crate::fixtures::cases;

/// What may happen to a throttle.
#[derive(Debug, Clone, Copy)]
enum Happening {
    Passes(u32),
    Acquires,
    Succeeds,
    IsThrottled(u32),
}

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    let happening = prop_oneof![
        2 => (0..3_000_u32).prop_map(Happening::Passes),
        1 => Just(Happening::Acquires),
        4 => Just(Happening::Succeeds),
        1 => (0..1_500_u32).prop_map(Happening::IsThrottled),
        1 => (0..30_000_u32).prop_map(Happening::IsThrottled),
    ];
    prop::collection::vec(happening, 0..60)
}

fn happen(throttle: &mut Throttle, now_ms: &mut f64, happening: Happening) {
    match happening {
        Happening::Passes(ms) => *now_ms += f64::from(ms),
        Happening::Acquires => {
            throttle.acquire(*now_ms);
        }
        Happening::Succeeds => throttle.succeeded(),
        Happening::IsThrottled(ms) => throttle.throttled(*now_ms, ms),
    }
}

/// How far apart requests start, in milliseconds, rounded up.
fn interval_ms(throttle: &Throttle, now_ms: f64) -> u32 {
    let mut throttle = throttle.clone();
    let wait_ms = throttle.acquire(now_ms);
    let now_ms = now_ms + f64::from(wait_ms);
    if wait_ms > 0 {
        assert_eq!(throttle.acquire(now_ms), 0);
    }
    throttle.acquire(now_ms)
}

#[test]
fn the_pace_is_what_the_service_took_in_a_second() {
    let mut throttle = Throttle::default();
    for _ in 0..50 {
        assert_eq!(throttle.acquire(0.0), 0);
        throttle.succeeded();
    }
    throttle.throttled(4.0, 1_000);
    assert_eq!(throttle.acquire(4.0), 1_000);
    assert_eq!(throttle.acquire(1_004.0), 0);
    assert_eq!(throttle.acquire(1_004.0), 20);
    assert_eq!(throttle.acquire(1_014.0), 10);
}

#[test]
fn a_second_throttling_error_makes_the_pace_at_most_half_as_fast() {
    let mut throttle = Throttle::default();
    assert_eq!(throttle.acquire(0.0), 0);
    (0..50).for_each(|_| throttle.succeeded());
    throttle.throttled(0.0, 1_000);
    throttle.throttled(10.0, 1_000);
    assert_eq!(interval_ms(&throttle, 1_010.0), 20, "one burst counts once");
    throttle.succeeded();
    throttle.throttled(1_020.0, 1_000);
    assert_eq!(interval_ms(&throttle, 2_020.0), 40);
}

#[test]
fn a_block_that_was_too_short_leaves_the_pace_alone() {
    let mut throttle = Throttle::default();
    assert_eq!(throttle.acquire(0.0), 0);
    (0..50).for_each(|_| throttle.succeeded());
    throttle.throttled(0.0, 100);
    throttle.throttled(110.0, 100);
    assert_eq!(interval_ms(&throttle, 210.0), 20);
}

#[test]
fn a_throttling_error_after_many_successes_does_not_make_the_pace_faster() {
    let mut throttle = Throttle::default();
    assert_eq!(throttle.acquire(0.0), 0);
    (0..10).for_each(|_| throttle.succeeded());
    throttle.throttled(0.0, 100);
    (0..50).for_each(|_| throttle.succeeded());
    let before_ms = interval_ms(&throttle, 100.0);
    throttle.throttled(110.0, 100);
    assert_eq!(interval_ms(&throttle, 210.0), before_ms);
    assert!(before_ms > 20);
}

#[test]
fn a_pace_that_is_a_guess_doubles_with_each_success() {
    let mut throttle = Throttle::default();
    throttle.throttled(0.0, 100);
    for interval in [1_000, 500, 250, 125] {
        assert_eq!(interval_ms(&throttle, 100.0), interval);
        throttle.succeeded();
    }
}

#[test]
fn a_pace_ends_once_requests_would_start_less_than_a_millisecond_apart() {
    let mut throttle = Throttle::default();
    throttle.throttled(0.0, 100);
    (0..9).for_each(|_| throttle.succeeded());
    assert_eq!(interval_ms(&throttle, 100.0), 2);
    throttle.succeeded();
    assert_eq!(interval_ms(&throttle, 100.0), 0);
}

#[test]
fn a_pace_is_forgotten_when_nothing_was_requested_for_long() {
    let mut throttle = Throttle::default();
    throttle.throttled(0.0, 100);
    assert_eq!(throttle.acquire(100.0), 0);
    assert_eq!(throttle.acquire(22_000.0), 0);
    assert_eq!(throttle.acquire(22_000.0), 0);
}

#[test]
fn idle_time_does_not_slow_the_pace() {
    let mut throttle = Throttle::default();
    assert_eq!(throttle.acquire(0.0), 0);
    throttle.succeeded();
    assert_eq!(throttle.acquire(15_000.0), 0);
    (0..50).for_each(|_| throttle.succeeded());
    throttle.throttled(15_100.0, 1_000);
    assert_eq!(interval_ms(&throttle, 16_100.0), 20);
}

#[test]
fn a_pause_counts_as_idle_time_once_it_is_longer_than_a_second() {
    for (pause_ms, expected_ms) in [(1_000.0, 1_000), (1_000.5, 500)] {
        let mut throttle = Throttle::default();
        throttle.throttled(0.0, 50);
        assert_eq!(throttle.acquire(50.0), 0);
        throttle.succeeded();
        let now_ms = 1_050.0 + pause_ms;
        assert_eq!(throttle.acquire(now_ms), 0);
        throttle.throttled(now_ms + 10.0, 50);
        assert_eq!(interval_ms(&throttle, now_ms + 60.0), expected_ms);
    }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn a_throttling_error_never_makes_the_pace_faster_and_a_success_never_slower(
        happenings in happenings(),
    ) {
        let (mut throttle, mut now_ms) = (Throttle::default(), 1e12);
        for happening in happenings {
            // A pace that is too old is forgotten, and that is no doing of what happens next.
            throttle.blocked_ms(now_ms);
            let before_ms = interval_ms(&throttle, now_ms);
            happen(&mut throttle, &mut now_ms, happening);
            match happening {
                Happening::IsThrottled(_) => {
                    prop_assert!(interval_ms(&throttle, now_ms) >= before_ms);
                }
                Happening::Succeeds => {
                    prop_assert!(interval_ms(&throttle, now_ms) <= before_ms);
                }
                Happening::Passes(_) | Happening::Acquires => {}
            }
        }
    }

    #[test]
    fn a_throttling_error_blocks_for_as_long_as_it_asks_up_to_the_cap(
        happenings in happenings(),
        wait_ms in 0..30_000_u32,
    ) {
        let (mut throttle, mut now_ms) = (Throttle::default(), 1e12);
        for happening in happenings {
            happen(&mut throttle, &mut now_ms, happening);
        }
        throttle.throttled(now_ms, wait_ms);
        let blocked_ms = throttle.blocked_ms(now_ms);
        prop_assert!(blocked_ms >= wait_ms.min(MAX_BACKOFF_MS) && blocked_ms <= MAX_BACKOFF_MS);
        prop_assert!(throttle.acquire(now_ms) >= blocked_ms);
    }

    #[test]
    fn under_any_clock_nothing_is_held_back_for_longer_than_the_cap(
        steps in prop::collection::vec((any::<f64>(), 0..3_u8, any::<u32>()), 0..40),
    ) {
        let mut throttle = Throttle::default();
        for (now_ms, step, ms) in steps {
            match step {
                0 => throttle.throttled(now_ms, ms),
                1 => throttle.succeeded(),
                _ => {}
            }
            prop_assert!(throttle.acquire(now_ms) <= MAX_BACKOFF_MS);
        }
    }
}
