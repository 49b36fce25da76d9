//! What the tests start from.

use codecatalyst_pat::body::Body;
use codecatalyst_pat::call::Call;
use codecatalyst_pat::error::RetryKind;
use codecatalyst_pat::request::Request;
use codecatalyst_pat::response::Response;
use codecatalyst_pat::retry::RetryQuota;
use codecatalyst_pat::token::BearerToken;
use proptest::test_runner::Config;

use crate::host::read_body;
pub(crate) use crate::host::{FixedClock, Json};

/// A token as AWS SSO gives it, with the colon in it, and easy to find where it must not be.
pub(crate) const TOKEN: &str = "aoaMARKED:MEUCmarked==";

pub(crate) fn bearer(token: &str) -> BearerToken {
    BearerToken::new(token).unwrap()
}

/// A call whose caller passed the token itself.
pub(crate) fn call(max_attempts: u32) -> Call {
    Call::new(some_request(), Some(bearer(TOKEN)), max_attempts)
}

/// A call whose caller passed a function.
pub(crate) fn call_with_token_function(max_attempts: u32) -> Call {
    Call::new(some_request(), None, max_attempts)
}

pub(crate) fn some_request() -> Request {
    Request {
        method: "DELETE",
        url: "https://example.com/v1/accessTokens/x".to_owned(),
        list: None,
    }
}

/// What a host makes of a body.
pub(crate) fn body(text: &str) -> Body {
    read_body(text.as_bytes(), true, &FixedClock(0.0))
}

/// What a host makes of a body that broke off after this text.
pub(crate) fn broken_body(text: &str) -> Body {
    read_body(text.as_bytes(), false, &FixedClock(0.0))
}

pub(crate) fn response(status: u16, text: &str) -> Response {
    Response {
        status: Some(status),
        body: body(text),
        ..Response::default()
    }
}

/// A body of the service that gives no name.
pub(crate) const MESSAGE: &str = r#"{"message":"Because."}"#;

/// A response that names its error, in the header.
pub(crate) fn named(status: u16, name: &str) -> Response {
    Response {
        error_type: Some(name.to_owned()),
        ..response(status, "{}")
    }
}

/// A quota that holds that much.
pub(crate) fn quota(balance: u32) -> RetryQuota {
    let mut quota = RetryQuota::default();
    // 35 times 14 and twice 5 make 500.
    for kind in [
        [RetryKind::Transient; 35].as_slice(),
        &[RetryKind::Throttling; 2],
    ]
    .concat()
    {
        assert!(quota.acquire(kind).is_some());
    }
    quota.release(Some(balance));
    quota
}

/// So many generated inputs. Failures are printed and not kept in files.
pub(crate) fn cases(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}
