//! What the tests start from.

use codecatalyst_pat::call::Call;
use codecatalyst_pat::error::Retry;
use codecatalyst_pat::reply::Reply;
use codecatalyst_pat::request::{Request, Secret};
use codecatalyst_pat::retry::Budget;
use proptest::test_runner::Config;

/// A token as AWS SSO gives it, with the colon in it, and easy to find where it must not be.
pub(crate) const TOKEN: &str = "aoaMARKED:MEUCmarked==";

pub(crate) fn secret(token: &str) -> Secret {
    Secret::new(token.encode_utf16()).unwrap()
}

/// A call whose caller gave the token itself.
pub(crate) fn call(max_attempts: u32) -> Call {
    Call::new(some_request(), Some(secret(TOKEN)), max_attempts)
}

/// A call whose caller gave a function.
pub(crate) fn asking_call(max_attempts: u32) -> Call {
    Call::new(some_request(), None, max_attempts)
}

fn some_request() -> Request {
    Request {
        method: "DELETE",
        url: "https://example.com/v1/accessTokens/x".to_owned(),
        listing: None,
    }
}

pub(crate) fn reply(status: u16, body: &str) -> Reply {
    let mut reply = Reply {
        status: Some(status),
        ..Reply::default()
    };
    reply.body.extend(body.encode_utf16());
    reply
}

/// A reply that names its error, in the header.
pub(crate) fn named(status: u16, name: &str) -> Reply {
    Reply {
        error_type: Some(name.to_owned().into()),
        ..reply(status, "{}")
    }
}

/// What a request's headers are.
pub(crate) fn headers<'a>(request: &Request, secret: &'a Secret) -> Vec<(&'static str, &'a str)> {
    let mut headers = Vec::new();
    request.headers(secret, |name, value| headers.push((name, value)));
    headers
}

/// A budget that holds so much.
pub(crate) fn budget(balance: u32) -> Budget {
    let mut budget = Budget::default();
    // 35 times 14 and twice 5 make 500.
    for retry in [[Retry::Transient; 35].as_slice(), &[Retry::Throttled; 2]].concat() {
        assert!(budget.pay(retry).is_some());
    }
    budget.succeeded(Some(balance));
    budget
}

/// So many generated inputs. Failures are printed and not kept in files.
pub(crate) fn cases(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}
