//! Replies of something other than the service: a proxy, a firewall, a sign-in page.

use codecatalyst_pat::body::{Body, BodyKind};
use codecatalyst_pat::error::{Error, ForeignError, RetryKind};
use codecatalyst_pat::response::Response;
use codecatalyst_pat::step::Event;

use crate::calls::{no_response, not_found, properties, run, status, summary};
use crate::fixtures::{TOKEN, bearer, broken_body, call, named, response};

/// Bodies that are not the service's, under whatever status.
const PAGES: [&str; 9] = [
    "<!doctype html><title>Sign in</title>",
    "Blocked by the administrator.",
    "404 page not found\n",
    "null",
    "7",
    "\"message\"",
    "[]",
    r#"[{"message":"no"}]"#,
    r#"{"message":"no""#,
];

/// Bodies that are the service's only under a 2xx.
const VAGUE: [&str; 7] = [
    "",
    " \r\n",
    "\u{FEFF}",
    "{}",
    " { } ",
    r#"{"error":{"message":"no"}}"#,
    r#"{"message":7,"code":null,"__type":[]}"#,
];

/// Bodies that are the service's under whatever status.
const TELLING: [&str; 6] = [
    r#"{"message":"no"}"#,
    r#"{"Message":"no"}"#,
    r#"{"__type":"x"}"#,
    r#"{"code":"x"}"#,
    r#"{"message":""}"#,
    "\u{FEFF} {\"code\":\"x\",\"more\":[1]}\n",
];

fn foreign_error(response: &Response) -> ForeignError {
    match response.result(&bearer(TOKEN)) {
        Err(Error::Foreign(error)) => *error,
        other => panic!("it is taken for the service's: {other:?}"),
    }
}

fn is_foreign(response: &Response) -> bool {
    matches!(response.result(&bearer(TOKEN)), Err(Error::Foreign(_)))
}

/// A page of a proxy.
fn page(status: u16) -> Event {
    Event::Response(response(status, "<html>"))
}

/// A page of a proxy that breaks off.
fn broken_page(status: u16) -> Event {
    page_broken_by(Error::Network, status)
}

fn page_broken_by(error: Error, status: u16) -> Event {
    let response = Response {
        body: broken_body("<htm"),
        ..response(status, "")
    };
    Event::Broken(error, Some(response))
}

#[test]
fn a_2xx_is_a_success_only_if_its_body_is_blank_or_an_object() {
    for status in [200, 201, 202, 204, 206, 299] {
        for body in [VAGUE.as_slice(), &TELLING].concat() {
            assert_eq!(response(status, body).result(&bearer(TOKEN)), Ok(()));
        }
        for body in PAGES {
            assert!(is_foreign(&response(status, body)), "{status} {body}");
        }
    }
}

#[test]
fn an_error_is_the_services_if_its_body_describes_one() {
    for status in [100, 400, 401, 403, 404, 408, 418, 429, 500, 503, 999] {
        for body in TELLING {
            assert!(!is_foreign(&response(status, body)), "{status} {body}");
        }
        for body in [VAGUE.as_slice(), &PAGES].concat() {
            assert!(is_foreign(&response(status, body)), "{status} {body}");
        }
    }
}

#[test]
fn an_error_is_the_services_if_its_header_names_one() {
    let with_header = |text: &str, body| Response {
        error_type: Some(text.to_owned()),
        ..response(404, body)
    };
    for body in [VAGUE.as_slice(), &PAGES].concat() {
        assert!(!is_foreign(&with_header("SomeException", body)), "{body}");
        for nothing in ["", " ", ":http://x", "x#"] {
            assert!(is_foreign(&with_header(nothing, body)), "{nothing} {body}");
        }
    }
}

#[test]
fn a_status_that_anyone_may_give_keeps_its_name_and_any_other_is_unexpected() {
    let table = [
        (401, "UnauthorizedException", RetryKind::Never),
        (408, "UnknownServiceError", RetryKind::Transient),
        (429, "ThrottlingException", RetryKind::Throttling),
        (500, "InternalServerException", RetryKind::Transient),
        (501, "InternalServerException", RetryKind::Never),
        (502, "InternalServerException", RetryKind::Transient),
        (503, "InternalServerException", RetryKind::Transient),
        (504, "InternalServerException", RetryKind::Transient),
        (599, "InternalServerException", RetryKind::Never),
    ];
    for (status, name, retry) in table {
        let error = foreign_error(&response(status, "<html>"));
        assert_eq!((error.name, error.retry), (name, retry), "{status}");
    }
    for status in [100, 200, 299, 400, 402, 403, 404, 407, 409, 410, 418, 600] {
        let error = foreign_error(&response(status, "<html>"));
        let expected = ("UnexpectedResponseError", RetryKind::Never);
        assert_eq!((error.name, error.retry), expected, "{status}");
    }
}

#[test]
fn the_message_says_that_something_else_answered_with_what_status_and_what_to_do() {
    let table = [
        (200, "sign in"),
        (404, "endpoint"),
        (401, "sign in"),
        (503, "again later"),
        (429, "again later"),
    ];
    for (status, advice) in table {
        let message = foreign_error(&response(status, "<html>")).message;
        let start = format!("Something other than the service answered (status {status})");
        assert!(message.starts_with(&start), "{message}");
        assert!(message.contains(advice), "{message}");
        assert!(message.len() < 200, "{message}");
    }
}

#[test]
fn a_page_of_something_else_rejects_at_once() {
    for (code, outcome_unknown) in [(200, true), (403, false), (404, false), (600, true)] {
        let result = run(call(3), vec![page(code)]);
        let expected = ("UnexpectedResponseError".into(), 1, outcome_unknown);
        assert_eq!(summary(result), expected, "{code}");
        let properties = properties(run(call(3), vec![page(code)]));
        assert_eq!(properties["status"], code);
        assert_eq!(properties["retryable"], false);
    }
}

#[test]
fn what_a_gateway_says_of_load_is_retried() {
    for code in [408, 429, 500, 502, 503, 504] {
        assert!(
            run(call(3), vec![page(code), status(200)]).is_ok(),
            "{code}"
        );
    }
}

#[test]
fn a_404_of_something_else_never_proves_that_the_token_is_gone() {
    for first in [no_response(), page(502), status(500)] {
        let result = run(call(3), vec![first, page(404)]);
        assert_eq!(summary(result), ("UnexpectedResponseError".into(), 2, true));
    }
    let blank = Event::Response(response(404, ""));
    let result = run(call(3), vec![no_response(), blank]);
    assert_eq!(summary(result), ("UnexpectedResponseError".into(), 2, true));
}

#[test]
fn a_404_of_the_service_proves_it_after_a_5xx_of_a_gateway() {
    for proof in [
        not_found(),
        Event::Response(named(404, "ResourceNotFoundException")),
    ] {
        let outcome = run(call(3), vec![page(502), proof]).unwrap();
        assert!(outcome.already_deleted);
    }
}

#[test]
fn a_page_that_breaks_off_is_judged_by_what_came() {
    for (code, outcome_unknown) in [(200, true), (404, false)] {
        let result = run(call(3), vec![broken_page(code)]);
        let expected = ("UnexpectedResponseError".into(), 1, outcome_unknown);
        assert_eq!(summary(result), expected, "{code}");
    }
    assert!(run(call(3), vec![broken_page(503), status(200)]).is_ok());
}

#[test]
fn a_signal_that_fires_during_a_page_that_would_be_retried_ends_the_call() {
    let result = run(call(3), vec![page_broken_by(Error::Aborted, 503)]);
    assert_eq!(summary(result), ("AbortError".into(), 1, true));
}

#[test]
fn a_body_that_something_else_has_read_confirms_nothing() {
    let unread = |code, name: Option<&str>| {
        Event::Response(Response {
            error_type: name.map(str::to_owned),
            body: Body::of_kind(BodyKind::Unknown),
            ..response(code, "")
        })
    };
    let result = properties(run(call(3), vec![unread(200, None)]));
    assert_eq!(result["name"], "UnexpectedResponseError");
    assert_eq!(result["outcomeUnknown"], true);
    let message = result["message"].as_str().unwrap();
    assert!(message.contains("had been read") && message.contains("clone()"));
    // The header and the status say enough.
    let name = Some("ResourceNotFoundException");
    let result = run(call(3), vec![unread(404, name)]);
    let expected = ("ResourceNotFoundException".into(), 1, false);
    assert_eq!(summary(result), expected);
    assert!(run(call(3), vec![unread(503, None), status(200)]).is_ok());
}

#[test]
fn a_2xx_whose_body_cannot_be_read_is_retried_and_its_outcome_is_unknown() {
    let unreadable = |code| {
        let response = Response {
            body: Body::of_kind(BodyKind::Unknown),
            ..response(code, "")
        };
        Event::Broken(Error::Network, Some(response))
    };
    let result = run(call(2), vec![unreadable(200), unreadable(200)]);
    assert_eq!(summary(result), ("NetworkError".into(), 2, true));
    let outcome = run(call(2), vec![unreadable(200), not_found()]).unwrap();
    assert!(outcome.already_deleted);
}
