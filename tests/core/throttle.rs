//! What holds back the deletions of a bulk, after one of them was throttled.

use codecatalyst_pat::call::Call;
use codecatalyst_pat::error::{CallError, Error};
use codecatalyst_pat::response::Response;
use codecatalyst_pat::retry::{MAX_BACKOFF_MS, RetryQuota, Throttle};
use codecatalyst_pat::step::{Action, Event, Step, StepContext};

use crate::fixtures::{
    FixedClock, MESSAGE, TOKEN, bearer, call, call_with_token_function, response,
};

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

/// The error that a step ends its call with.
fn refused(step: Step<'_>) -> CallError {
    match step {
        Step::Done(Err(error)) => error,
        step => panic!("{step:?}"),
    }
}

/// Name, attempts and `retryAfterMs` of an error.
fn summary(error: &CallError) -> (&str, u32, Option<u32>) {
    let retry_after_ms = error.metadata.retry_after_ms;
    (error.error.name(), error.attempts, retry_after_ms)
}

#[test]
fn while_more_than_20_seconds_are_asked_for_nothing_begins() {
    let (mut throttle, mut first) = (Throttle::default(), call(3));
    let end = refused(step(&mut throttle, 0.0, &mut first, throttled(Some("90"))));
    assert_eq!(summary(&end), ("ThrottlingException", 1, Some(90_000)));
    for (now_ms, left_ms) in [(0.0, 90_000), (10_000.0, 80_000), (89_999.5, 1)] {
        let mut other = call(3);
        let end = refused(step(&mut throttle, now_ms, &mut other, Event::Ready));
        assert_eq!(summary(&end), ("ThrottlingException", 0, Some(left_ms)));
        // No response came to this call.
        assert_eq!((end.metadata.status, end.metadata.request_id), (None, None));
        assert!(!end.outcome_unknown);
    }
    let mut later = call(3);
    let send = step(&mut throttle, 90_000.0, &mut later, Event::Ready);
    assert!(matches!(send, Step::Do(Action::Send(..))), "{send:?}");
}

#[test]
fn a_deletion_that_waits_to_be_retried_ends_with_its_own_attempts_and_outcome() {
    let (mut throttle, mut waiting, mut first) = (Throttle::default(), call(3), call(3));
    let lost = Event::Broken(Error::Network, None);
    assert!(wait_ms(step(&mut throttle, 0.0, &mut waiting, lost)).is_some());
    step(&mut throttle, 0.0, &mut first, throttled(Some("90")));
    let end = refused(step(&mut throttle, 50.0, &mut waiting, Event::Ready));
    assert_eq!(summary(&end), ("ThrottlingException", 1, Some(89_950)));
    assert!(end.outcome_unknown);
}

#[test]
fn a_deletion_that_asked_for_a_token_meanwhile_is_not_sent() {
    let (mut throttle, mut asking, mut first) =
        (Throttle::default(), call_with_token_function(3), call(3));
    step(&mut throttle, 0.0, &mut asking, Event::Ready);
    step(&mut throttle, 0.0, &mut first, throttled(Some("90")));
    let token = Event::Token(bearer(TOKEN));
    let end = refused(step(&mut throttle, 1_000.0, &mut asking, token));
    assert_eq!(summary(&end), ("ThrottlingException", 0, Some(89_000)));
}

#[test]
fn an_unavailable_service_that_asks_for_more_than_20_seconds_is_left_alone_too() {
    let (mut throttle, mut first, mut other) = (Throttle::default(), call(3), call(3));
    let unavailable = Event::Response(Response {
        retry_after_ms: Some(60_000),
        ..response(503, MESSAGE)
    });
    step(&mut throttle, 0.0, &mut first, unavailable);
    let end = refused(step(&mut throttle, 0.0, &mut other, Event::Ready));
    assert_eq!(summary(&end), ("InternalServerException", 0, Some(60_000)));
}

#[test]
fn a_refusal_that_is_final_stops_nobody_else() {
    let (mut throttle, mut first, mut other) = (Throttle::default(), call(3), call(3));
    let denied = Event::Response(Response {
        retry_after_ms: Some(60_000),
        ..response(403, MESSAGE)
    });
    step(&mut throttle, 0.0, &mut first, denied);
    let send = step(&mut throttle, 0.0, &mut other, Event::Ready);
    assert!(matches!(send, Step::Do(Action::Send(..))), "{send:?}");
}

#[test]
fn what_is_asked_for_later_and_is_shorter_does_not_shorten_it() {
    let mut throttle = Throttle::default();
    throttle.refuse(0.0, 90_000, &Error::Network);
    throttle.throttled(1_000.0, 50);
    throttle.refuse(2_000.0, 30_000, &Error::Timeout);
    assert_eq!(throttle.refusal(40_000.0), Some((Error::Timeout, 50_000)));
    throttle.succeeded();
    assert!(throttle.refusal(89_999.0).is_some());
    assert_eq!(throttle.refusal(90_000.0), None);
}

#[test]
fn a_clock_that_is_set_back_ends_a_refusal_that_would_last_longer_than_was_asked() {
    let mut throttle = Throttle::default();
    throttle.refuse(1e12, 90_000, &Error::Network);
    assert_eq!(throttle.refusal(1e12 - 1.0), None);
    for now_ms in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let mut throttle = Throttle::default();
        throttle.refuse(0.0, 90_000, &Error::Network);
        assert_eq!(throttle.refusal(now_ms), None);
    }
}

#[test]
fn single_deletions_are_not_refused() {
    let (mut throttle, mut first) = (Throttle::default(), call(3));
    step(&mut throttle, 0.0, &mut first, throttled(Some("90")));
    let mut single = call(3);
    let send = crate::calls::step(&mut single, Event::Ready);
    assert!(matches!(send, Step::Do(Action::Send(..))), "{send:?}");
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

#[test]
fn with_a_clock_that_stands_still_a_wait_ends_after_the_time_that_was_asked_for() {
    for now_ms in [0.5, 5.0, 1e12] {
        let (mut throttle, mut call) = (Throttle::default(), call(3));
        throttle.throttled(now_ms, 1_000);
        let step_ms = wait_ms(step(&mut throttle, now_ms, &mut call, Event::Ready));
        assert_eq!(step_ms, Some(1_000));
        let send = step(&mut throttle, now_ms, &mut call, Event::Ready);
        assert!(matches!(send, Step::Do(Action::Send(..))), "{send:?}");
    }
}
