//! What holds back the deletions of a bulk, after one of them was throttled.

use codecatalyst_pat::call::Call;
use codecatalyst_pat::error::Error;
use codecatalyst_pat::response::Response;
use codecatalyst_pat::retry::{MAX_BACKOFF_MS, RetryQuota, Throttle};
use codecatalyst_pat::step::{Action, Event, Step, StepContext};

use crate::fixtures::{FixedClock, TOKEN, bearer, call, call_with_token_function, response};

/// One step of one deletion of a bulk, under the longest waits.
fn step<'a>(throttle: &mut Throttle, now_ms: f64, call: &'a mut Call, event: Event) -> Step<'a> {
    let mut context = StepContext {
        quota: &mut RetryQuota::default(),
        throttle: Some(throttle),
        random: 1.0,
        now_ms,
    };
    call.step(event, &mut context)
}

fn throttled(retry_after: Option<&str>) -> Event {
    let header = |name| match name {
        "retry-after" => retry_after.map(|text| text.to_owned()),
        _ => None,
    };
    let clock = FixedClock(0.0);
    Event::Response(Response::new(Some(429), header, &clock))
}

fn wait_ms(step: Step<'_>) -> Option<u32> {
    match step {
        Step::Do(Action::Wait(ms) | Action::Retry(ms, _)) => Some(ms),
        _ => None,
    }
}

#[test]
fn after_a_throttling_error_the_other_deletions_wait_too() {
    let (mut throttle, mut first, mut other) = (Throttle::default(), call(3), call(3));
    let step_ms = wait_ms(step(&mut throttle, 0.0, &mut first, throttled(None)));
    assert_eq!(step_ms, Some(1_000));
    let step_ms = wait_ms(step(&mut throttle, 400.0, &mut other, Event::Ready));
    assert_eq!(step_ms, Some(600));
    let send = step(&mut throttle, 1_000.0, &mut other, Event::Ready);
    assert!(matches!(send, Step::Do(Action::Send(..))), "{send:?}");
}

#[test]
fn retry_after_holds_back_every_deletion() {
    let (mut throttle, mut first, mut other) = (Throttle::default(), call(3), call(3));
    let step_ms = wait_ms(step(&mut throttle, 0.0, &mut first, throttled(Some("7"))));
    assert_eq!(step_ms, Some(7_000));
    let step_ms = wait_ms(step(&mut throttle, 0.0, &mut other, Event::Ready));
    assert_eq!(step_ms, Some(7_000));
}

#[test]
fn a_call_that_ends_with_a_throttling_error_still_holds_back_the_others() {
    let (mut throttle, mut first, mut other) = (Throttle::default(), call(1), call(3));
    let end = step(&mut throttle, 0.0, &mut first, throttled(None));
    assert!(matches!(end, Step::Done(Err(_))), "{end:?}");
    let step_ms = wait_ms(step(&mut throttle, 0.0, &mut other, Event::Ready));
    assert_eq!(step_ms, Some(1_000));
}

#[test]
fn nothing_is_held_back_for_more_than_20_seconds() {
    let (mut throttle, mut first, mut other) = (Throttle::default(), call(3), call(3));
    let end = step(&mut throttle, 0.0, &mut first, throttled(Some("90")));
    assert!(matches!(end, Step::Done(Err(_))), "{end:?}");
    let step_ms = wait_ms(step(&mut throttle, 0.0, &mut other, Event::Ready));
    assert_eq!(step_ms, Some(MAX_BACKOFF_MS));
}

#[test]
fn an_error_that_is_no_throttling_holds_nothing_back() {
    for event in [
        Event::Response(response(503, "")),
        Event::Response(response(404, "")),
        Event::Broken(Error::Network, None),
        Event::Broken(Error::Timeout, None),
    ] {
        let (mut throttle, mut failed) = (Throttle::default(), call(3));
        step(&mut throttle, 0.0, &mut failed, event);
        assert_eq!(throttle, Throttle::default());
    }
}

#[test]
fn a_single_deletion_neither_is_held_back_nor_holds_others_back() {
    let mut single = call(3);
    let step_ms = wait_ms(crate::calls::step(&mut single, throttled(None)));
    assert_eq!(step_ms, Some(1_000));
    let send = crate::calls::step(&mut single, Event::Ready);
    assert!(matches!(send, Step::Do(Action::Send(..))), "{send:?}");
}

#[test]
fn a_deletion_held_back_after_it_asked_for_a_token_asks_again() {
    let (mut throttle, mut asking) = (Throttle::default(), call_with_token_function(3));
    let is_ask = |step: Step<'_>| matches!(step, Step::Do(Action::AskToken));
    assert!(is_ask(step(&mut throttle, 0.0, &mut asking, Event::Ready)));
    throttle.throttled(0.0, 300);
    let token = || Event::Token(bearer(TOKEN));
    let step_ms = wait_ms(step(&mut throttle, 0.0, &mut asking, token()));
    assert_eq!(step_ms, Some(300));
    assert!(is_ask(step(
        &mut throttle,
        300.0,
        &mut asking,
        Event::Ready
    )));
    let send = step(&mut throttle, 300.0, &mut asking, token());
    assert!(matches!(send, Step::Do(Action::Send(..))), "{send:?}");
}

#[test]
fn a_clock_set_to_another_time_holds_nothing_back_for_long() {
    for now_ms in [
        -1e15,
        -30_000.0,
        1e15,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
    ] {
        let mut throttle = Throttle::default();
        throttle.throttled(0.0, 5_000);
        assert!(throttle.acquire(now_ms) <= MAX_BACKOFF_MS);
        assert_eq!(throttle.blocked_ms(0.0), 0, "forgotten by {now_ms}");
    }
    let mut throttle = Throttle::default();
    throttle.throttled(f64::NAN, 5_000);
    assert_eq!(throttle.acquire(0.0), 0);
}

#[test]
fn a_clock_that_stands_still_holds_nothing_back_for_ever() {
    let mut throttle = Throttle::default();
    throttle.throttled(5.0, 1_000);
    let mut calls = [call(3), call(3), call(3)];
    for call in &mut calls {
        let step_ms = wait_ms(step(&mut throttle, 5.0, call, Event::Ready));
        assert_eq!(step_ms, Some(1_000));
    }
    for call in &mut calls {
        let is_send = |step: Step<'_>| matches!(step, Step::Do(Action::Send(..)));
        let mut steps = (0..5).map(|_| is_send(step(&mut throttle, 5.0, call, Event::Ready)));
        assert!(steps.any(|is_send| is_send));
    }
}
