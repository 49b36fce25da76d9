//! Every way to fail: each variant, each name, and what callers see of it.

use std::borrow::Cow;

use codecatalyst_pat::call::{Call, Event, Outcome};
use codecatalyst_pat::error::{Error, Evidence, Failure, Refusal, Retry};
use codecatalyst_pat::reply::Reply;
use serde_json::{Value, json};

use crate::calls::{rejection, run};
use crate::given::{asking_call, call, named, reply};

const HINT: &str = " It is not known whether the token was deleted; calling again is safe.";

fn refused(retry: Retry) -> Error {
    Error::Service(Box::new(Refusal {
        name: "SomeException".to_owned(),
        message: "Some message.".to_owned(),
        retry,
    }))
}

/// One of each variant.
fn every_error() -> [Error; 9] {
    [
        Error::InvalidArgument(Cow::Borrowed("Some argument.")),
        Error::Unsupported,
        Error::Network,
        Error::Timeout,
        Error::SignalTimeout,
        Error::Abort,
        Error::Redirect,
        Error::Malformed("Some list."),
        refused(Retry::Throttled),
    ]
}

/// What API.md says of a variant. It names each, so that a new one does not compile until it has its line here.
fn contract(error: &Error) -> (&'static str, Retry) {
    match error {
        Error::InvalidArgument(_) => ("InvalidArgumentError", Retry::Never),
        Error::Unsupported => ("NetworkError", Retry::Never),
        Error::Network => ("NetworkError", Retry::Transient),
        Error::Timeout | Error::SignalTimeout => ("TimeoutError", Retry::Transient),
        Error::Abort => ("AbortError", Retry::Never),
        Error::Redirect | Error::Malformed(_) => ("UnexpectedResponseError", Retry::Never),
        Error::Service(_) => ("SomeException", Retry::Throttled),
    }
}

fn failure(error: Error, outcome_unknown: bool) -> Failure {
    Failure {
        error,
        evidence: Evidence::default(),
        attempts: 0,
        outcome_unknown,
    }
}

fn report(failure: &Failure) -> Value {
    serde_json::to_value(failure.properties()).unwrap()
}

#[test]
fn every_variant_has_the_name_of_the_contract() {
    for error in every_error() {
        assert_eq!((error.name(), error.retry()), contract(&error));
    }
}

#[test]
fn every_message_is_a_sentence_of_its_own() {
    let errors = every_error();
    for (index, error) in errors.iter().enumerate() {
        assert!(error.message().ends_with('.') && error.message().len() < 200);
        assert!(
            errors[..index]
                .iter()
                .all(|other| other.message() != error.message())
        );
    }
}

#[test]
fn a_report_tells_all_there_is() {
    let evidence = Evidence {
        status: Some(429),
        request_id: Some("4f0b".to_owned()),
        retry_after_ms: Some(60_000),
    };
    let failure = Failure {
        evidence,
        attempts: 2,
        ..failure(refused(Retry::Throttled), true)
    };
    let expected = json!({
        "name": "SomeException",
        "message": "Some message.",
        "status": 429,
        "requestId": "4f0b",
        "attempts": 2,
        "retryable": true,
        "retryAfterMs": 60_000,
        "outcomeUnknown": true,
    });
    assert_eq!(report(&failure), expected);
}

#[test]
fn what_did_not_come_is_absent_from_a_report() {
    let expected = json!({
        "name": "AbortError",
        "message": "The signal was aborted.",
        "attempts": 0,
        "retryable": false,
        "outcomeUnknown": false,
    });
    assert_eq!(report(&failure(Error::Abort, false)), expected);
}

#[test]
fn only_what_may_succeed_later_is_retryable() {
    for error in every_error() {
        let retryable = contract(&error).1 != Retry::Never;
        assert_eq!(report(&failure(error, false))["retryable"], retryable);
    }
    assert_eq!(
        report(&failure(refused(Retry::Never), false))["retryable"],
        false
    );
    assert_eq!(
        report(&failure(refused(Retry::Transient), false))["retryable"],
        true
    );
}

#[test]
fn a_message_of_ours_says_that_the_outcome_is_unknown_the_services_is_left_alone() {
    for error in every_error() {
        let text = error.message().to_owned();
        let hint = if matches!(error, Error::Service(_)) {
            ""
        } else {
            HINT
        };
        assert_eq!(
            report(&failure(error.clone(), true))["message"],
            format!("{text}{hint}")
        );
        assert_eq!(report(&failure(error, false))["message"], text);
    }
}

#[test]
fn an_outcome_is_told_in_the_words_of_the_contract() {
    let outcome = |request_id| Outcome {
        page: None,
        attempts: 2,
        already_deleted: true,
        request_id,
    };
    let expected = json!({ "attempts": 2, "alreadyDeleted": true });
    assert_eq!(
        serde_json::to_value(outcome(None).properties()).unwrap(),
        expected
    );
    let expected = json!({ "attempts": 2, "alreadyDeleted": true, "requestId": "7" });
    assert_eq!(
        serde_json::to_value(outcome(Some("7".to_owned())).properties()).unwrap(),
        expected
    );
}

/// The name of the error that a call ends with.
fn name_of(call: Call, events: Vec<Event>) -> String {
    let report = rejection(run(call, events));
    report["name"].as_str().unwrap().to_owned()
}

fn name_of_reply(reply: Reply) -> String {
    name_of(call(1), vec![Event::Replied(reply)])
}

#[test]
fn each_exception_of_the_service_keeps_its_name() {
    let table = [
        (400, "ValidationException"),
        (402, "ServiceQuotaExceededException"),
        (403, "AccessDeniedException"),
        (404, "ResourceNotFoundException"),
        (409, "ConflictException"),
        (429, "ThrottlingException"),
        (418, "SomeNewException"),
    ];
    for (status, name) in table {
        assert_eq!(name_of_reply(named(status, name)), name);
    }
}

#[test]
fn a_401_without_a_name_is_an_unauthorized_exception() {
    assert_eq!(name_of_reply(reply(401, "")), "UnauthorizedException");
}

#[test]
fn a_5xx_without_a_name_is_an_internal_server_exception() {
    assert_eq!(
        name_of_reply(reply(502, "<html>")),
        "InternalServerException"
    );
}

#[test]
fn another_status_without_a_name_is_an_unknown_service_error() {
    assert_eq!(name_of_reply(reply(418, "")), "UnknownServiceError");
}

#[test]
fn a_token_function_that_gives_none_is_an_invalid_argument_error() {
    let error = Error::InvalidArgument("It threw.".into());
    assert_eq!(
        name_of(asking_call(3), vec![Event::Stopped(error)]),
        "InvalidArgumentError"
    );
}

#[test]
fn no_reply_is_a_network_error() {
    assert_eq!(
        name_of(call(1), vec![Event::Broken(Error::Network, None)]),
        "NetworkError"
    );
}

#[test]
fn a_host_without_fetch_is_a_network_error() {
    assert_eq!(
        name_of(call(3), vec![Event::Stopped(Error::Unsupported)]),
        "NetworkError"
    );
}

#[test]
fn an_attempt_that_takes_too_long_is_a_timeout_error() {
    assert_eq!(
        name_of(call(1), vec![Event::Broken(Error::Timeout, None)]),
        "TimeoutError"
    );
}

#[test]
fn a_signal_whose_time_ran_out_is_a_timeout_error() {
    assert_eq!(
        name_of(call(3), vec![Event::Stopped(Error::SignalTimeout)]),
        "TimeoutError"
    );
}

#[test]
fn a_signal_that_fired_is_an_abort_error() {
    assert_eq!(
        name_of(call(3), vec![Event::Stopped(Error::Abort)]),
        "AbortError"
    );
}

#[test]
fn a_redirect_is_an_unexpected_response_error() {
    assert_eq!(name_of_reply(reply(302, "")), "UnexpectedResponseError");
}
