//! Scripted calls that wait: how long, and at whose cost.

use codecatalyst_pat::call::{Action, Event};
use codecatalyst_pat::error::Error;
use codecatalyst_pat::reply::Reply;

use crate::calls::{gist, gone, lost, rejection, run, run_with, status, step};
use crate::given::{budget, call, reply};

fn asks(status: u16, seconds: &str) -> Reply {
    Reply {
        retry_after: Some(seconds.to_owned().into()),
        ..reply(status, "")
    }
}

#[test]
fn what_is_asked_for_up_to_20_seconds_is_waited() {
    for (seconds, ms) in [("0", 50), ("1", 1_000), ("20", 20_000)] {
        let mut call = call(3);
        let action = step(&mut call, Event::Replied(asks(503, seconds)));
        assert!(
            matches!(action, Action::Wait(wait) if wait == ms),
            "{action:?}"
        );
    }
}

#[test]
fn what_a_reply_asked_that_broke_off_is_waited() {
    let mut call = call(3);
    let action = step(
        &mut call,
        Event::Broken(Error::Timeout, Some(asks(503, "3"))),
    );
    assert!(matches!(action, Action::Wait(3_000)), "{action:?}");
}

#[test]
fn more_than_20_seconds_end_the_call_now_and_say_so() {
    for (seconds, ms) in [
        ("21", 21_000),
        ("3600", 3_600_000),
        ("99999999999", u32::MAX),
    ] {
        let report = rejection(run(call(3), vec![Event::Replied(asks(429, seconds))]));
        assert_eq!(
            (&report["retryAfterMs"], &report["attempts"]),
            (&ms.into(), &1.into())
        );
        assert_eq!(report["retryable"], true);
    }
}

#[test]
fn waits_grow_from_attempt_to_attempt() {
    let mut call = call(9);
    for ms in [50, 100, 200] {
        let action = step(&mut call, lost());
        assert!(
            matches!(action, Action::Wait(wait) if wait == ms),
            "{action:?}"
        );
        step(&mut call, Event::Ready);
    }
    let action = step(&mut call, status(429));
    assert!(matches!(action, Action::Wait(8_000)), "{action:?}");
}

#[test]
fn an_empty_budget_means_no_retry() {
    for (balance, event) in [(13, status(503)), (4, status(429)), (0, lost())] {
        let (_, attempts, _) = gist(run_with(&mut budget(balance), call(3), vec![event]));
        assert_eq!(attempts, 1);
    }
}

#[test]
fn a_call_pays_for_its_retries_and_gets_the_last_one_back_if_it_succeeds() {
    let table = [
        (vec![status(200)], 101),
        (vec![status(403)], 100),
        (vec![lost(), status(200)], 100),
        (vec![status(429), status(200)], 100),
        (vec![lost(), gone()], 100),
        (vec![lost(), status(403)], 86),
        (vec![status(429), status(403)], 95),
        (vec![lost(), status(429), status(200)], 86),
        (vec![status(429), lost(), status(200)], 95),
        (vec![lost(), status(429), lost()], 81),
        (vec![lost(), Event::Stopped(Error::Abort)], 86),
    ];
    for (events, balance) in table {
        let mut shared = budget(100);
        let _ = run_with(&mut shared, call(3), events);
        assert_eq!(shared, budget(balance));
    }
}
