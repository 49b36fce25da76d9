//! What the tests start from.

use codecatalyst_pat::body::{Body, JsonValue};
use codecatalyst_pat::call::Call;
use codecatalyst_pat::date::Clock;
use codecatalyst_pat::error::RetryKind;
use codecatalyst_pat::request::Request;
use codecatalyst_pat::response::Response;
use codecatalyst_pat::retry::RetryQuota;
use codecatalyst_pat::token::BearerToken;
use proptest::test_runner::Config;
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::{Rfc2822, Rfc3339};

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

/// Parsed JSON, as the core sees it.
pub(crate) struct Json(pub(crate) Value);

impl JsonValue for Json {
    fn member(&self, name: &str) -> Option<Self> {
        let member = self.0.as_object()?.get(name)?;
        (!member.is_null()).then(|| Self(member.clone()))
    }

    fn elements(&self) -> Option<Vec<Self>> {
        Some(self.0.as_array()?.iter().cloned().map(Self).collect())
    }

    fn string(&self) -> Option<String> {
        Some(self.0.as_str()?.to_owned())
    }
}

/// A clock that shows a time and reads dates as `Date.parse` does, apart from what only some hosts
/// take for a date.
pub(crate) struct FixedClock(pub(crate) f64);

impl Clock for FixedClock {
    fn now_ms(&self) -> f64 {
        self.0
    }

    fn parse_date_ms(&self, date: &str) -> Option<f64> {
        // A minute has 60 seconds in JavaScript.
        if date.contains(":60") {
            return None;
        }
        let date = OffsetDateTime::parse(date, &Rfc2822)
            .or_else(|_| OffsetDateTime::parse(date, &Rfc3339))
            .ok()?;
        Some((date.unix_timestamp_nanos() / 1_000_000) as f64)
    }
}

/// What a host makes of a body.
pub(crate) fn body(text: &str) -> Body {
    read_body(text, true)
}

/// What a host makes of a body that broke off after this text.
pub(crate) fn broken_body(text: &str) -> Body {
    read_body(text, false)
}

fn read_body(text: &str, is_whole: bool) -> Body {
    let parse = |text: &str| serde_json::from_str(text).ok().map(Json);
    Body::new(text.as_bytes(), is_whole, parse, &FixedClock(0.0))
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
