//! Whatever the reply, a call ends in a verdict that may be shown.

use codecatalyst_pat::call::Call;
use codecatalyst_pat::error::{CallError, Error};
use codecatalyst_pat::outcome::Outcome;
use codecatalyst_pat::properties::Properties;
use codecatalyst_pat::request::{ListRequest, Request};
use codecatalyst_pat::response::Response;
use codecatalyst_pat::retry::RetryQuota;
use codecatalyst_pat::step::{Event, Step, StepContext};
use codecatalyst_pat::token::BearerToken;
use serde_json::Value;

use super::TOKEN;
use super::messages::{check_line, check_redacted};
use crate::host::{FixedClock, read_body};

/// A reply as HTTP writes it.
struct Reply<'a> {
    response: Response,
    body: &'a str,
    is_cut: bool,
}

/// The input is a reply from the status on: `404`, headers, an empty line, the body. No status is a
/// redirect that the host hides; `cut` behind the status, a body that broke off.
pub fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let reply = parse(&text);
    let event = || match reply.is_cut {
        false => Event::Response(reply.response.clone()),
        true => Event::Broken(Error::Network, Some(reply.response.clone())),
    };
    for list in [false, true] {
        let lost = Event::Broken(Error::Network, None);
        check_verdict(&reply, list, [event()]);
        check_verdict(&reply, list, [lost, event()]);
        check_verdict(&reply, list, [event(), event(), event()]);
    }
}

fn parse(text: &str) -> Reply<'_> {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let status_line = lines.next().unwrap_or("");
    let (status, is_cut) = match status_line.split_once(' ') {
        Some((status, "cut")) => (status, true),
        _ => (status_line, false),
    };
    let headers: Vec<_> = lines.filter_map(|line| line.split_once(": ")).collect();
    let header = |name| {
        let (_, value) = headers.iter().find(|(other, _)| *other == name)?;
        Some((*value).to_owned())
    };
    let clock = FixedClock(784_111_777_000.0);
    let mut response = Response::new(status.parse().ok(), header, &clock);
    response.body = read_body(body.as_bytes(), !is_cut, &clock);
    Reply {
        response,
        body,
        is_cut,
    }
}

/// Plays a call in which every attempt ends as it is told.
fn check_verdict<const N: usize>(reply: &Reply<'_>, list: bool, ends: [Event; N]) {
    let mut call = Call::new(request(list), BearerToken::new(TOKEN).ok(), N as u32);
    let mut quota = RetryQuota::default();
    let mut context = StepContext {
        quota: &mut quota,
        throttle: None,
        random: 0.5,
        now_ms: 0.0,
    };
    let mut events = ends.into_iter();
    let mut attempts = 0;
    loop {
        assert!(matches!(call.step(Event::Ready, &mut context), Step::Do(_)));
        let event = events.next().expect("no more attempts than are allowed");
        attempts += 1;
        match call.step(event, &mut context) {
            Step::Do(_) => {}
            Step::Done(Ok(outcome)) => return check_outcome(&outcome, reply, attempts, list),
            Step::Done(Err(error)) => return check_error(&error, attempts, list),
        }
    }
}

fn request(list: bool) -> Request {
    Request {
        method: "DELETE",
        url: "https://example.com/v1/accessTokens/x".to_owned(),
        list: list.then_some(ListRequest {
            max_results: 10,
            next_token: None,
        }),
    }
}

fn check_outcome(outcome: &Outcome, reply: &Reply<'_>, attempts: u32, list: bool) {
    assert_eq!(outcome.attempts, attempts);
    assert_eq!(outcome.page.is_some(), list);
    if outcome.already_deleted {
        // A deletion that found nothing is a success only after an attempt that may have deleted it.
        assert!(attempts > 1 && !list);
        assert!(says_not_found(reply));
    } else {
        assert!(confirms(reply));
    }
    check_shown(&outcome.delete_output());
}

/// Whether the service itself says that the token is gone, in other words than those of the core. A
/// body that broke off is judged by what came; if nothing did, it confirms nothing.
fn confirms(reply: &Reply<'_>) -> bool {
    let is_success = matches!(reply.response.status, Some(200..=299));
    let is_blank = trimmed(reply.body).is_empty() && !reply.is_cut;
    is_success && (is_object(reply) || is_blank)
}

fn says_not_found(Reply { response, body, .. }: &Reply<'_>) -> bool {
    const NAME: &str = "ResourceNotFoundException";
    let is_named = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
    let is_object = trimmed(body).starts_with('{');
    match response.status {
        Some(404) => is_named(&response.error_type) || is_object,
        _ => {
            is_named(&response.error_type)
                || is_object && body.contains("Exception")
                || body.contains(NAME)
        }
    }
}

/// Whether the body is a JSON object, or the beginning of one if it broke off.
fn is_object(reply: &Reply<'_>) -> bool {
    let body = trimmed(reply.body);
    let json = serde_json::from_str::<Value>(body);
    json.is_ok_and(|json| json.is_object()) || reply.is_cut && body.starts_with('{')
}

fn trimmed(body: &str) -> &str {
    body.strip_prefix('\u{FEFF}').unwrap_or(body).trim_ascii()
}

fn check_error(error: &CallError, attempts: u32, list: bool) {
    assert_eq!(error.attempts, attempts);
    check_line(error.error.name());
    check_line(error.error.message());
    assert!(
        !list || !error.outcome_unknown,
        "a list leaves nothing unknown"
    );
    check_shown(&error.properties());
}

/// Nothing that callers get has the token in it.
fn check_shown(properties: &Properties) {
    let json = serde_json::to_value(properties).expect("JSON");
    for value in json.as_object().expect("an object").values() {
        check_redacted(value.as_str().unwrap_or(""));
    }
}
