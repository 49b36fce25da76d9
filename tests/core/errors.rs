//! Every way to fail: each variant, and what callers see of it.

use std::borrow::Cow;

use codecatalyst_pat::error::{
    CallError, Error, ForeignError, ResponseMetadata, RetryKind, ServiceError,
};
use codecatalyst_pat::outcome::Outcome;
use serde_json::{Value, json};

const HINT: &str = " It is not known whether the token was deleted; calling again is safe.";

fn service_error(retry: RetryKind) -> Error {
    Error::Service(Box::new(ServiceError {
        name: "SomeException".to_owned(),
        message: "Some message.".to_owned(),
        retry,
    }))
}

fn foreign_error() -> Error {
    Error::Foreign(Box::new(ForeignError {
        name: "UnexpectedResponseError",
        message: "Some proxy.".to_owned(),
        retry: RetryKind::Never,
    }))
}

/// One of each variant.
fn every_error() -> [Error; 13] {
    [
        Error::InvalidArgument(Cow::Borrowed("Some argument.")),
        Error::Unsupported("No fetch."),
        Error::Network,
        Error::Disconnected,
        Error::NotConnected,
        Error::Certificate,
        Error::Timeout,
        Error::SignalTimeout,
        Error::Aborted,
        Error::Redirect,
        Error::InvalidPage,
        service_error(RetryKind::Throttling),
        foreign_error(),
    ]
}

/// The contract of a variant. It names each, so that a new one does not compile until it has its
/// line here.
fn contract(error: &Error) -> (&'static str, RetryKind) {
    match error {
        Error::InvalidArgument(_) => ("InvalidArgumentError", RetryKind::Never),
        Error::Unsupported(_) => ("NetworkError", RetryKind::Never),
        Error::Network | Error::Disconnected | Error::NotConnected | Error::Certificate => {
            ("NetworkError", RetryKind::Transient)
        }
        Error::Timeout | Error::SignalTimeout => ("TimeoutError", RetryKind::Transient),
        Error::Aborted => ("AbortError", RetryKind::Never),
        Error::Redirect | Error::InvalidPage => ("UnexpectedResponseError", RetryKind::Never),
        Error::Service(_) => ("SomeException", RetryKind::Throttling),
        Error::Foreign(_) => ("UnexpectedResponseError", RetryKind::Never),
    }
}

fn call_error(error: Error, outcome_unknown: bool) -> CallError {
    CallError {
        error,
        metadata: ResponseMetadata::default(),
        attempts: 0,
        outcome_unknown,
    }
}

fn properties_of(error: &CallError) -> Value {
    serde_json::to_value(error.properties()).unwrap()
}

#[test]
fn every_variant_has_the_name_of_the_contract() {
    for error in every_error() {
        assert_eq!((error.name(), error.retry_kind()), contract(&error));
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
fn the_properties_tell_everything_that_is_known() {
    let metadata = ResponseMetadata {
        status: Some(429),
        request_id: Some("4f0b".to_owned()),
        retry_after_ms: Some(60_000),
    };
    let error = CallError {
        metadata,
        attempts: 2,
        ..call_error(service_error(RetryKind::Throttling), true)
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
    assert_eq!(properties_of(&error), expected);
}

#[test]
fn a_property_that_is_not_known_is_absent() {
    let expected = json!({
        "name": "AbortError",
        "message": "The signal was aborted.",
        "attempts": 0,
        "retryable": false,
        "outcomeUnknown": false,
    });
    assert_eq!(properties_of(&call_error(Error::Aborted, false)), expected);
}

#[test]
fn only_what_may_succeed_later_is_retryable() {
    for error in every_error() {
        let retryable = contract(&error).1 != RetryKind::Never;
        assert_eq!(
            properties_of(&call_error(error, false))["retryable"],
            retryable
        );
    }
    assert_eq!(
        properties_of(&call_error(service_error(RetryKind::Never), false))["retryable"],
        false
    );
    assert_eq!(
        properties_of(&call_error(service_error(RetryKind::Transient), false))["retryable"],
        true
    );
}

#[test]
fn only_our_own_messages_say_that_the_outcome_is_unknown() {
    for error in every_error() {
        let text = error.message().to_owned();
        let hint = if matches!(error, Error::Service(_)) {
            ""
        } else {
            HINT
        };
        assert_eq!(
            properties_of(&call_error(error.clone(), true))["message"],
            format!("{text}{hint}")
        );
        assert_eq!(properties_of(&call_error(error, false))["message"], text);
    }
}

#[test]
fn an_outcome_has_the_properties_of_the_contract() {
    let outcome = |request_id| Outcome {
        page: None,
        attempts: 2,
        already_deleted: true,
        metadata: ResponseMetadata {
            request_id,
            ..ResponseMetadata::default()
        },
    };
    let expected = json!({ "attempts": 2, "alreadyDeleted": true });
    assert_eq!(
        serde_json::to_value(outcome(None).delete_output()).unwrap(),
        expected
    );
    let expected = json!({ "attempts": 2, "alreadyDeleted": true, "requestId": "7" });
    assert_eq!(
        serde_json::to_value(outcome(Some("7".to_owned())).delete_output()).unwrap(),
        expected
    );
}
