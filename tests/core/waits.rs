//! Scripted calls that wait: how long, and what it costs.

use codecatalyst_pat::error::Error;
use codecatalyst_pat::response::Response;
use codecatalyst_pat::step::{Action, Event, Step};

use crate::calls::{no_response, not_found, properties, run, run_with, status, step, summary};
use crate::fixtures::{FixedClock, call, quota};

fn retry_after(status: u16, seconds: &str) -> Response {
    let header = |name| (name == "retry-after").then(|| seconds.to_owned());
    Response::new(Some(status), header, &FixedClock(0.0))
}

/// Checks that a step is a wait of that many milliseconds before a retry.
#[track_caller]
fn assert_waits(step: Step<'_>, ms: u32) {
    assert!(
        matches!(step, Step::Do(Action::Retry(wait, _)) if wait == ms),
        "{step:?}"
    );
}

#[test]
fn retry_after_is_obeyed_up_to_20_seconds() {
    for (seconds, ms) in [("0", 50), ("1", 1_000), ("20", 20_000)] {
        let mut call = call(3);
        assert_waits(
            step(&mut call, Event::Response(retry_after(503, seconds))),
            ms,
        );
    }
}

#[test]
fn retry_after_of_a_response_that_breaks_off_is_obeyed() {
    let mut call = call(3);
    let broken = Event::Broken(Error::Timeout, Some(retry_after(503, "3")));
    assert_waits(step(&mut call, broken), 3_000);
}

#[test]
fn retry_after_of_more_than_20_seconds_ends_the_call_at_once_and_is_reported() {
    for (seconds, ms) in [
        ("21", 21_000),
        ("3600", 3_600_000),
        ("99999999999", u32::MAX),
    ] {
        let response = Event::Response(retry_after(429, seconds));
        let properties = properties(run(call(3), vec![response]));
        assert_eq!(properties["retryAfterMs"], ms);
        assert_eq!(properties["attempts"], 1);
        assert_eq!(properties["retryable"], true);
    }
}

#[test]
fn waits_grow_from_attempt_to_attempt() {
    let mut call = call(9);
    for ms in [50, 100, 200] {
        assert_waits(step(&mut call, no_response()), ms);
        step(&mut call, Event::Ready);
    }
    assert_waits(step(&mut call, status(429)), 8_000);
}

#[test]
fn an_empty_quota_means_no_retry() {
    for (balance, event) in [(13, status(503)), (4, status(429)), (0, no_response())] {
        let (_, attempts, _) = summary(run_with(&mut quota(balance), call(3), vec![event]));
        assert_eq!(attempts, 1);
    }
}

#[test]
fn a_call_pays_for_its_retries_and_gets_the_last_one_back_if_it_succeeds() {
    let table = [
        (vec![status(200)], 101),
        (vec![status(403)], 100),
        (vec![no_response(), status(200)], 100),
        (vec![status(429), status(200)], 100),
        (vec![no_response(), not_found()], 100),
        (vec![no_response(), status(403)], 86),
        (vec![status(429), status(403)], 95),
        (vec![no_response(), status(429), status(200)], 86),
        (vec![status(429), no_response(), status(200)], 95),
        (vec![no_response(), status(429), no_response()], 81),
        (vec![no_response(), Event::Interrupted(Error::Aborted)], 86),
    ];
    for (events, balance) in table {
        let mut shared = quota(100);
        let _ = run_with(&mut shared, call(3), events);
        assert_eq!(shared, quota(balance));
    }
}
