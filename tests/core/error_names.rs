//! Each name of an error, and what makes a call end with it.

use codecatalyst_pat::call::Call;
use codecatalyst_pat::error::Error;
use codecatalyst_pat::response::Response;
use codecatalyst_pat::step::Event;

use crate::calls::{properties, run};
use crate::fixtures::{MESSAGE, call, call_with_token_function, named, response};

/// The name of the error that a call ends with.
fn name_of(call: Call, events: Vec<Event>) -> String {
    let properties = properties(run(call, events));
    properties["name"].as_str().unwrap().to_owned()
}

fn name_of_response(response: Response) -> String {
    name_of(call(1), vec![Event::Response(response)])
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
        assert_eq!(name_of_response(named(status, name)), name);
    }
}

#[test]
fn a_401_without_a_name_is_an_unauthorized_exception() {
    assert_eq!(name_of_response(response(401, "")), "UnauthorizedException");
}

#[test]
fn a_5xx_without_a_name_is_an_internal_server_exception() {
    assert_eq!(
        name_of_response(response(502, "<html>")),
        "InternalServerException"
    );
}

#[test]
fn another_status_without_a_name_is_an_unknown_service_error() {
    assert_eq!(
        name_of_response(response(418, MESSAGE)),
        "UnknownServiceError"
    );
}

#[test]
fn a_reply_of_something_else_is_an_unexpected_response_error() {
    for status in [200, 403, 404] {
        assert_eq!(
            name_of_response(response(status, "<html>")),
            "UnexpectedResponseError"
        );
    }
}

#[test]
fn a_token_function_that_fails_is_an_invalid_argument_error() {
    let error = Error::InvalidArgument("It threw.".into());
    assert_eq!(
        name_of(call_with_token_function(3), vec![Event::Interrupted(error)]),
        "InvalidArgumentError"
    );
}

#[test]
fn no_response_is_a_network_error() {
    assert_eq!(
        name_of(call(1), vec![Event::Broken(Error::Network, None)]),
        "NetworkError"
    );
}

#[test]
fn a_host_without_fetch_is_a_network_error() {
    assert_eq!(
        name_of(
            call(3),
            vec![Event::Interrupted(Error::Unsupported("No fetch."))]
        ),
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
fn a_signal_that_times_out_is_a_timeout_error() {
    assert_eq!(
        name_of(call(3), vec![Event::Interrupted(Error::SignalTimeout)]),
        "TimeoutError"
    );
}

#[test]
fn a_signal_that_is_aborted_is_an_abort_error() {
    assert_eq!(
        name_of(call(3), vec![Event::Interrupted(Error::Aborted)]),
        "AbortError"
    );
}

#[test]
fn a_redirect_is_an_unexpected_response_error() {
    assert_eq!(
        name_of_response(response(302, "")),
        "UnexpectedResponseError"
    );
}
