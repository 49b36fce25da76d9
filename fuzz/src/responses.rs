//! Whatever the reply, a call ends in a verdict that may be shown.

use codecatalyst_pat::call::Call;
use codecatalyst_pat::error::{CallError, Error};
use codecatalyst_pat::outcome::Outcome;
use codecatalyst_pat::request::{ListRequest, Request};
use codecatalyst_pat::response::{Body, Response};
use codecatalyst_pat::retry::RetryQuota;
use codecatalyst_pat::step::{Event, Step, StepContext};
use codecatalyst_pat::token::BearerToken;

use super::TOKEN;
use super::host::{FixedClock, Json};
use super::messages::{check_line, check_redacted};

/// The input is a reply as HTTP writes it, from the status on: `404`, headers, an empty line, the body.
/// No status is a redirect that the host hides; `cut` behind the status, a body that broke off.
pub fn check(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let (response, is_cut) = parse(&text);
    let reply = || match is_cut {
        false => Event::Response(response.clone()),
        true => Event::Broken(Error::Network, Some(response.clone())),
    };
    for list in [false, true] {
        check_verdict(&response, list, [reply()]);
        check_verdict(
            &response,
            list,
            [Event::Broken(Error::Network, None), reply()],
        );
        check_verdict(&response, list, [reply(), reply(), reply()]);
    }
}

fn parse(text: &str) -> (Response, bool) {
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
    if let Ok(json) = serde_json::from_str(body) {
        response.body = Body::new(&Json(json), &clock);
    }
    (response, is_cut)
}

/// Plays a call in which every attempt ends as it is told.
fn check_verdict<const N: usize>(response: &Response, list: bool, ends: [Event; N]) {
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
            Step::Done(Ok(outcome)) => return check_outcome(&outcome, response, attempts, list),
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

fn check_outcome(outcome: &Outcome, response: &Response, attempts: u32, list: bool) {
    assert_eq!(outcome.attempts, attempts);
    assert_eq!(outcome.page.is_some(), list);
    let is_success = matches!(response.status, Some(200..=299));
    assert!(is_success != outcome.already_deleted);
    // A deletion that found nothing is a success only after an attempt that may have deleted it.
    assert!(!outcome.already_deleted || attempts > 1 && !list);
    check_shown(&outcome.delete_output());
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
fn check_shown(properties: &codecatalyst_pat::properties::Properties) {
    let json = serde_json::to_value(properties).expect("JSON");
    for value in json.as_object().expect("an object").values() {
        check_redacted(value.as_str().unwrap_or(""));
    }
}
