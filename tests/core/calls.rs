//! Scripted calls: what happens in each, and how it ends.

use codecatalyst_pat::call::{Action, Call, Event, Outcome, Surroundings};
use codecatalyst_pat::error::{Error, Failure};
use codecatalyst_pat::reply::Reply;
use codecatalyst_pat::retry::Budget;
use serde_json::Value;

use crate::given::{call, named, reply};

type End = Result<Outcome, Failure>;

/// Runs a call through what happens to it, and gives the end it comes to then. Nobody has to be told to wait.
pub(crate) fn run(call: Call, events: Vec<Event>) -> End {
    run_with(&mut Budget::default(), call, events)
}

pub(crate) fn run_with(budget: &mut Budget, mut call: Call, events: Vec<Event>) -> End {
    let mut events = events.into_iter().peekable();
    let mut event = None;
    loop {
        let mut around = Surroundings {
            budget,
            gate: None,
            random: 0.5,
            now_ms: 0.0,
        };
        let action = call.step(event.take().unwrap_or(Event::Ready), &mut around);
        event = Some(match action {
            Action::Done(end) => {
                assert!(events.next().is_none(), "the call ended early: {end:?}");
                return end;
            }
            Action::Wait(_) if !matches!(events.peek(), Some(Event::Stopped(_))) => Event::Ready,
            action => events
                .next()
                .unwrap_or_else(|| panic!("the call goes on: {action:?}")),
        });
    }
}

/// One step under the longest waits, with all the budget there is.
pub(crate) fn step(call: &mut Call, event: Event) -> Action<'_> {
    let mut around = Surroundings {
        budget: &mut Budget::default(),
        gate: None,
        random: 1.0,
        now_ms: 0.0,
    };
    call.step(event, &mut around)
}

fn resolution(attempts: u32, already_deleted: bool) -> End {
    Ok(Outcome {
        attempts,
        already_deleted,
        request_id: None,
        page: None,
    })
}

/// What the caller of a call that failed is told.
pub(crate) fn rejection(end: End) -> Value {
    serde_json::to_value(end.unwrap_err().properties()).unwrap()
}

/// Name, attempts and outcome of a call that failed.
pub(crate) fn gist(end: End) -> (String, u32, bool) {
    let failure = end.unwrap_err();
    (
        failure.error.name().to_owned(),
        failure.attempts,
        failure.outcome_unknown,
    )
}

pub(crate) fn gone() -> Event {
    Event::Replied(reply(404, ""))
}

pub(crate) fn status(status: u16) -> Event {
    Event::Replied(reply(status, ""))
}

pub(crate) fn lost() -> Event {
    Event::Broken(Error::Network, None)
}

/// A reply of which no more came than its status.
fn broken_off(status: u16) -> Event {
    Event::Broken(Error::Network, Some(reply(status, "")))
}

#[test]
fn a_2xx_resolves() {
    for code in [200, 204, 299] {
        assert_eq!(run(call(3), vec![status(code)]), resolution(1, false));
    }
}

#[test]
fn the_request_id_of_the_last_request_is_told() {
    let id = |status, id: &str| {
        Event::Replied(Reply {
            request_id: Some(id.to_owned().into()),
            ..reply(status, "")
        })
    };
    let end = run(call(3), vec![id(500, "a"), id(200, "b")]).unwrap();
    assert_eq!(end.request_id.as_deref(), Some("b"));
    let failure = run(call(2), vec![id(500, "a"), id(403, "b")]).unwrap_err();
    assert_eq!(failure.evidence.request_id.as_deref(), Some("b"));
}

#[test]
fn a_404_at_the_first_try_rejects() {
    assert_eq!(
        gist(run(call(3), vec![gone()])),
        ("ResourceNotFoundException".into(), 1, false)
    );
}

#[test]
fn a_404_after_an_attempt_that_may_have_deleted_resolves() {
    let open = || {
        [
            lost(),
            Event::Broken(Error::Timeout, None),
            status(500),
            status(503),
            Event::Replied(named(503, "ThrottlingException")),
            broken_off(500),
        ]
    };
    for first in open() {
        assert_eq!(run(call(3), vec![first, gone()]), resolution(2, true));
    }
    for first in open() {
        assert_eq!(
            run(call(3), vec![first, status(429), gone()]),
            resolution(3, true)
        );
    }
    let by_name = Event::Replied(named(400, "ResourceNotFoundException"));
    assert_eq!(run(call(3), vec![lost(), by_name]), resolution(2, true));
}

#[test]
fn a_404_after_an_attempt_that_deleted_nothing_rejects() {
    for first in [
        status(429),
        status(408),
        Event::Replied(named(400, "SlowDown")),
        broken_off(403),
    ] {
        let end = run(call(3), vec![first, gone()]);
        assert_eq!(gist(end), ("ResourceNotFoundException".into(), 2, false));
    }
}

#[test]
fn a_404_with_another_name_rejects_and_the_outcome_stays_unknown() {
    let other = Event::Replied(named(404, "OtherException"));
    assert_eq!(
        gist(run(call(3), vec![lost(), other])),
        ("OtherException".into(), 2, true)
    );
}

#[test]
fn a_refusal_after_an_open_attempt_leaves_the_outcome_unknown() {
    let end = run(call(3), vec![lost(), status(403)]);
    assert_eq!(gist(end), ("AccessDeniedException".into(), 2, true));
}

#[test]
fn what_is_not_worth_another_try_rejects_at_once() {
    for code in [400, 401, 402, 403, 409, 418] {
        let (_, attempts, unknown) = gist(run(call(3), vec![status(code)]));
        assert_eq!((attempts, unknown), (1, false), "{code}");
    }
    for code in [501, 505, 599, 600, 101] {
        let (_, attempts, unknown) = gist(run(call(3), vec![status(code)]));
        assert_eq!((attempts, unknown), (1, true), "{code}");
    }
}

#[test]
fn a_redirect_rejects_at_once_and_leaves_the_outcome_unknown() {
    let hidden = Event::Replied(Reply::default());
    for redirect in [
        status(302),
        hidden,
        broken_off(307),
        Event::Broken(Error::Network, Some(Reply::default())),
    ] {
        assert_eq!(
            gist(run(call(3), vec![redirect])),
            ("UnexpectedResponseError".into(), 1, true)
        );
    }
}

#[test]
fn a_2xx_that_breaks_off_resolves() {
    for error in [
        Error::Network,
        Error::Timeout,
        Error::Abort,
        Error::SignalTimeout,
    ] {
        let event = Event::Broken(error, Some(reply(200, "")));
        assert_eq!(run(call(3), vec![event]), resolution(1, false));
    }
}

#[test]
fn a_404_that_breaks_off_is_retried_and_leaves_nothing_open() {
    let end = run(call(3), vec![broken_off(404), gone()]);
    assert_eq!(gist(end), ("ResourceNotFoundException".into(), 2, false));
    let end = run(call(3), vec![lost(), broken_off(404), gone()]);
    assert_eq!(end, resolution(3, true));
}

#[test]
fn a_404_that_breaks_off_does_not_say_that_the_token_is_gone() {
    let end = run(call(2), vec![lost(), broken_off(404)]);
    assert_eq!(gist(end), ("NetworkError".into(), 2, true));
}

#[test]
fn a_reply_that_breaks_off_keeps_its_status_as_evidence() {
    let report = rejection(run(call(1), vec![broken_off(403)]));
    assert_eq!(
        (&report["name"], &report["status"]),
        (&"NetworkError".into(), &403.into())
    );
    assert_eq!(report["outcomeUnknown"], false);
}

#[test]
fn no_more_requests_are_started_than_allowed() {
    assert_eq!(
        gist(run(call(1), vec![lost()])),
        ("NetworkError".into(), 1, true)
    );
    let timed_out = || Event::Broken(Error::Timeout, None);
    assert_eq!(
        gist(run(call(2), vec![lost(), timed_out()])),
        ("TimeoutError".into(), 2, true)
    );
    let end = run(call(3), vec![status(503), status(429), status(500)]);
    assert_eq!(gist(end), ("InternalServerException".into(), 3, true));
}
