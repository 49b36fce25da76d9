//! What errors of a host prove: a code that is not known proves nothing.

use codecatalyst_pat::error::Error;
use codecatalyst_pat::host_error::{HostError, MAX_ERRORS, network_error};
use codecatalyst_pat::step::Event;
use serde_json::{Value, json};

use crate::calls::{properties, run};
use crate::fixtures::{call, response};

/// An error as JSON.
struct Fake(Value);

impl Fake {
    fn text(&self, name: &str) -> Option<String> {
        Some(self.0.get(name)?.as_str()?.to_owned())
    }
}

impl HostError for Fake {
    fn code(&self) -> Option<String> {
        self.text("code")
    }

    fn syscall(&self) -> Option<String> {
        self.text("syscall")
    }

    fn cause(&self) -> Option<Self> {
        self.0.get("cause").cloned().map(Self)
    }

    fn errors(&self) -> Vec<Self> {
        let errors = self.0.get("errors").and_then(Value::as_array);
        errors.into_iter().flatten().cloned().map(Self).collect()
    }
}

fn meaning(error: Value) -> Error {
    network_error(&Fake(error))
}

/// An error as `fetch` of Node gives it.
fn fetch_failed(cause: Value) -> Error {
    meaning(json!({ "cause": cause }))
}

#[test]
fn a_code_that_comes_before_the_connection_proves_that_nothing_was_sent() {
    let codes = [
        "ENOTFOUND",
        "EAI_AGAIN",
        "EAI_FAIL",
        "ECONNREFUSED",
        "EHOSTUNREACH",
        "ENETUNREACH",
        "UND_ERR_CONNECT_TIMEOUT",
        "UND_ERR_PRX_TLS",
        "UND_ERR_PRX_CONN",
        "UND_ERR_SOCKS5_AUTH_REJECTED",
        "ERR_PROXY_TUNNEL",
        "ConnectionRefused",
        "FailedToOpenSocket",
    ];
    for code in codes {
        assert_eq!(
            fetch_failed(json!({ "code": code })),
            Error::NotConnected,
            "{code}"
        );
        assert_eq!(
            meaning(json!({ "code": code })),
            Error::NotConnected,
            "{code}"
        );
    }
}

#[test]
fn a_certificate_that_is_not_accepted_proves_that_nothing_was_sent() {
    let codes = [
        "CERT_HAS_EXPIRED",
        "DEPTH_ZERO_SELF_SIGNED_CERT",
        "ERR_TLS_CERT_ALTNAME_INVALID",
        "SELF_SIGNED_CERT_IN_CHAIN",
        "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
        "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    ];
    for code in codes {
        assert_eq!(
            fetch_failed(json!({ "code": code })),
            Error::Certificate,
            "{code}"
        );
    }
    let of_proxy = json!({ "code": "UND_ERR_PRX_TLS", "cause": { "code": "CERT_HAS_EXPIRED" } });
    assert_eq!(fetch_failed(of_proxy), Error::Certificate);
}

#[test]
fn another_code_proves_nothing() {
    let codes = [
        "ECONNRESET",
        "EPIPE",
        "ETIMEDOUT",
        "ECONNABORTED",
        "EPROTO",
        "UND_ERR_SOCKET",
        "UND_ERR_ABORTED",
        "UND_ERR_HEADERS_TIMEOUT",
        "ERR_SSL_WRONG_VERSION_NUMBER",
        "econnrefused",
        "ECONNREFUSED ",
        "EAI",
        "",
    ];
    for code in codes {
        assert_eq!(
            fetch_failed(json!({ "code": code })),
            Error::Disconnected,
            "{code:?}"
        );
    }
}

#[test]
fn without_a_code_nothing_is_known() {
    let errors = [
        json!({}),
        json!({ "code": 20, "cause": { "message": "ECONNREFUSED", "syscall": "connect" } }),
        json!({ "errors": [] }),
    ];
    for error in errors {
        assert_eq!(meaning(error), Error::Network);
    }
}

#[test]
fn the_system_call_says_more_than_the_code() {
    let table = [
        ("ETIMEDOUT", "connect", Error::NotConnected),
        ("ETIMEDOUT", "read", Error::Disconnected),
        ("EACCES", "connect", Error::NotConnected),
        ("EHOSTUNREACH", "connect", Error::NotConnected),
        ("EHOSTUNREACH", "read", Error::Disconnected),
        ("ENETUNREACH", "write", Error::Disconnected),
        ("ENOTFOUND", "getaddrinfo", Error::NotConnected),
        ("ECONNREFUSED", "", Error::Disconnected),
    ];
    for (code, syscall, expected) in table {
        let error = json!({ "code": code, "syscall": syscall });
        assert_eq!(fetch_failed(error), expected, "{code} of {syscall}");
    }
}

#[test]
fn every_code_on_the_chain_of_causes_must_prove_it() {
    let chain = |outer: &str, inner: &str| {
        fetch_failed(json!({ "code": outer, "cause": { "cause": { "code": inner } } }))
    };
    assert_eq!(
        chain("UND_ERR_PRX_CONN", "ECONNREFUSED"),
        Error::NotConnected
    );
    assert_eq!(
        chain("UND_ERR_REQ_RETRY", "ECONNREFUSED"),
        Error::Disconnected
    );
    assert_eq!(chain("ECONNREFUSED", "UND_ERR_SOCKET"), Error::Disconnected);
}

#[test]
fn every_error_of_an_aggregate_must_prove_it() {
    let aggregate = |errors: Value| fetch_failed(json!({ "code": "ETIMEDOUT", "errors": errors }));
    let refused = json!({ "code": "ECONNREFUSED", "syscall": "connect" });
    let late = json!({ "code": "ETIMEDOUT", "syscall": "connect" });
    let reset = json!({ "code": "ECONNRESET", "syscall": "read" });
    assert_eq!(aggregate(json!([refused])), Error::NotConnected);
    assert_eq!(aggregate(json!([refused, late])), Error::NotConnected);
    assert_eq!(aggregate(json!([refused, reset])), Error::Disconnected);
    assert_eq!(aggregate(json!([reset, refused])), Error::Disconnected);
    assert_eq!(aggregate(json!([refused, {}])), Error::Disconnected);
    assert_eq!(
        aggregate(json!([{ "errors": [refused, late] }, refused])),
        Error::NotConnected
    );
    assert_eq!(aggregate(json!([])), Error::Disconnected);
}

#[test]
fn more_errors_than_are_looked_at_prove_nothing() {
    let refused = json!({ "code": "ECONNREFUSED" });
    let many = |count: usize| meaning(json!({ "errors": vec![refused.clone(); count] }));
    assert_eq!(many(MAX_ERRORS - 1), Error::NotConnected);
    assert_eq!(many(MAX_ERRORS), Error::Disconnected);
    let chain =
        |length: usize| (1..length).fold(refused.clone(), |cause, _| json!({ "cause": cause }));
    assert_eq!(meaning(chain(MAX_ERRORS)), Error::NotConnected);
    assert_eq!(meaning(chain(MAX_ERRORS + 1)), Error::Disconnected);
}

#[test]
fn only_an_attempt_that_may_have_been_sent_leaves_the_outcome_unknown() {
    let broken = |error: Error| Event::Broken(error, None);
    let table = [
        (vec![broken(Error::NotConnected)], false),
        (vec![broken(Error::Certificate)], false),
        (
            vec![
                broken(Error::NotConnected),
                Event::Ready,
                broken(Error::Certificate),
            ],
            false,
        ),
        (vec![broken(Error::Disconnected)], true),
        (vec![broken(Error::Network)], true),
        (
            vec![
                broken(Error::Network),
                Event::Ready,
                broken(Error::NotConnected),
            ],
            true,
        ),
        (
            vec![
                broken(Error::NotConnected),
                Event::Ready,
                broken(Error::Timeout),
            ],
            true,
        ),
    ];
    for (events, outcome_unknown) in table {
        let attempts = events.len().div_ceil(2) as u32;
        let what = format!("{events:?}");
        let properties = properties(run(call(attempts), events));
        assert_eq!(properties["outcomeUnknown"], outcome_unknown, "{what}");
        assert_eq!(properties["attempts"], attempts, "{what}");
        assert_eq!(properties["retryable"], true, "{what}");
    }
}

#[test]
fn a_404_after_an_attempt_that_was_not_sent_is_a_404() {
    let events = vec![
        Event::Broken(Error::NotConnected, None),
        Event::Ready,
        Event::Response(response(404, "{\"message\":\"No such token.\"}")),
    ];
    assert_eq!(
        properties(run(call(3), events))["name"],
        "ResourceNotFoundException"
    );
}
