//! Scripted calls: what happens in each, and how it ends.

use codecatalyst_pat::call::Call;
use codecatalyst_pat::error::{CallError, Error, ResponseMetadata};
use codecatalyst_pat::outcome::Outcome;
use codecatalyst_pat::response::Response;
use codecatalyst_pat::retry::RetryQuota;
use codecatalyst_pat::step::{Action, Event, Step, StepContext};
use serde_json::Value;

use crate::fixtures::{MESSAGE, broken_body, call, named, response};

pub(crate) type CallResult = Result<Outcome, CallError>;

/// Runs a call through what happens to it and gives its result. Waits end by themselves.
pub(crate) fn run(call: Call, events: Vec<Event>) -> CallResult {
    run_with(&mut RetryQuota::default(), call, events)
}

pub(crate) fn run_with(quota: &mut RetryQuota, mut call: Call, events: Vec<Event>) -> CallResult {
    let mut events = events.into_iter().peekable();
    let mut event = None;
    loop {
        let mut context = StepContext {
            quota,
            throttle: None,
            random: 0.5,
            now_ms: 0.0,
        };
        let action = match call.step(event.take().unwrap_or(Event::Ready), &mut context) {
            Step::Done(result) => {
                assert!(events.next().is_none(), "the call ended early: {result:?}");
                return result;
            }
            Step::Do(action) => action,
        };
        event = Some(match action {
            Action::Wait(_) | Action::Retry(..)
                if !matches!(events.peek(), Some(Event::Interrupted(_))) =>
            {
                Event::Ready
            }
            action => events
                .next()
                .unwrap_or_else(|| panic!("the call continues: {action:?}")),
        });
    }
}

/// One step under the longest waits and with a full quota.
pub(crate) fn step(call: &mut Call, event: Event) -> Step<'_> {
    let mut context = StepContext {
        quota: &mut RetryQuota::default(),
        throttle: None,
        random: 1.0,
        now_ms: 0.0,
    };
    call.step(event, &mut context)
}

pub(crate) fn success(attempts: u32, already_deleted: bool, status: u16) -> CallResult {
    Ok(Outcome {
        attempts,
        already_deleted,
        metadata: ResponseMetadata {
            status: Some(status),
            ..ResponseMetadata::default()
        },
        page: None,
    })
}

/// The properties of the error that a call ended with.
pub(crate) fn properties(result: CallResult) -> Value {
    serde_json::to_value(result.unwrap_err().properties()).unwrap()
}

/// Name, attempts and outcome of a call that failed.
pub(crate) fn summary(result: CallResult) -> (String, u32, bool) {
    let error = result.unwrap_err();
    (
        error.error.name().to_owned(),
        error.attempts,
        error.outcome_unknown,
    )
}

pub(crate) fn not_found() -> Event {
    status(404)
}

/// A response of the service without a name.
pub(crate) fn status(status: u16) -> Event {
    Event::Response(response(status, MESSAGE))
}

pub(crate) fn no_response() -> Event {
    Event::Broken(Error::Network, None)
}

/// A response that broke off after this much of its body.
pub(crate) fn broken_response(error: Error, status: u16, text: &str) -> Event {
    let response = Response {
        body: broken_body(text),
        ..response(status, "")
    };
    Event::Broken(error, Some(response))
}

/// A response of which no more came than its status.
pub(crate) fn broken_after_status(status: u16) -> Event {
    broken_response(Error::Network, status, "")
}

#[test]
fn a_2xx_resolves() {
    for code in [200, 204, 299] {
        assert_eq!(run(call(3), vec![status(code)]), success(1, false, code));
    }
}

#[test]
fn the_request_id_is_that_of_the_last_response() {
    let id = |status, id: &str| {
        Event::Response(Response {
            request_id: Some(id.to_owned()),
            ..response(status, MESSAGE)
        })
    };
    let outcome = run(call(3), vec![id(500, "a"), id(200, "b")]).unwrap();
    assert_eq!(outcome.metadata.request_id.as_deref(), Some("b"));
    let error = run(call(2), vec![id(500, "a"), id(403, "b")]).unwrap_err();
    assert_eq!(error.metadata.request_id.as_deref(), Some("b"));
}

#[test]
fn a_404_on_the_first_attempt_rejects() {
    assert_eq!(
        summary(run(call(3), vec![not_found()])),
        ("ResourceNotFoundException".into(), 1, false)
    );
}

#[test]
fn a_404_after_an_attempt_that_may_have_deleted_resolves() {
    let unknown = || {
        [
            no_response(),
            Event::Broken(Error::Timeout, None),
            status(500),
            status(503),
            Event::Response(named(503, "ThrottlingException")),
            broken_after_status(500),
        ]
    };
    for first in unknown() {
        assert_eq!(
            run(call(3), vec![first, not_found()]),
            success(2, true, 404)
        );
    }
    for first in unknown() {
        assert_eq!(
            run(call(3), vec![first, status(429), not_found()]),
            success(3, true, 404)
        );
    }
    let by_name = Event::Response(named(400, "ResourceNotFoundException"));
    assert_eq!(
        run(call(3), vec![no_response(), by_name]),
        success(2, true, 400)
    );
}

#[test]
fn a_404_after_an_attempt_that_did_not_delete_rejects() {
    for first in [
        status(429),
        status(408),
        Event::Response(named(400, "SlowDown")),
        broken_after_status(403),
    ] {
        let result = run(call(3), vec![first, not_found()]);
        assert_eq!(
            summary(result),
            ("ResourceNotFoundException".into(), 2, false)
        );
    }
}

#[test]
fn a_404_with_another_name_rejects_and_the_outcome_stays_unknown() {
    let other = Event::Response(named(404, "OtherException"));
    assert_eq!(
        summary(run(call(3), vec![no_response(), other])),
        ("OtherException".into(), 2, true)
    );
}

#[test]
fn another_refusal_after_an_unknown_outcome_leaves_it_unknown() {
    let result = run(call(3), vec![no_response(), status(403)]);
    assert_eq!(summary(result), ("AccessDeniedException".into(), 2, true));
}

#[test]
fn an_error_that_is_not_retryable_rejects_at_once() {
    for code in [400, 401, 402, 403, 409, 418] {
        let (_, attempts, unknown) = summary(run(call(3), vec![status(code)]));
        assert_eq!((attempts, unknown), (1, false), "{code}");
    }
    for code in [501, 505, 599, 600, 101] {
        let (_, attempts, unknown) = summary(run(call(3), vec![status(code)]));
        assert_eq!((attempts, unknown), (1, true), "{code}");
    }
}

#[test]
fn a_redirect_rejects_at_once_and_leaves_the_outcome_unknown() {
    let hidden = Event::Response(Response::default());
    for redirect in [
        status(302),
        hidden,
        broken_after_status(307),
        Event::Broken(Error::Network, Some(Response::default())),
    ] {
        assert_eq!(
            summary(run(call(3), vec![redirect])),
            ("UnexpectedResponseError".into(), 1, true)
        );
    }
}

#[test]
fn no_more_requests_are_started_than_max_attempts() {
    assert_eq!(
        summary(run(call(1), vec![no_response()])),
        ("NetworkError".into(), 1, true)
    );
    let timed_out = || Event::Broken(Error::Timeout, None);
    assert_eq!(
        summary(run(call(2), vec![no_response(), timed_out()])),
        ("TimeoutError".into(), 2, true)
    );
    let result = run(call(3), vec![status(503), status(429), status(500)]);
    assert_eq!(summary(result), ("InternalServerException".into(), 3, true));
}
