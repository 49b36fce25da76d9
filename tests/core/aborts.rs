//! Scripted calls that are interrupted, and those whose token comes from a function.

use codecatalyst_pat::error::Error;
use codecatalyst_pat::step::{Action, Event, Step};

use crate::calls::{no_response, properties, run, status, step, summary};
use crate::fixtures::{MESSAGE, TOKEN, bearer, call, call_with_token_function, response};

fn aborted() -> Event {
    Event::Interrupted(Error::Aborted)
}

fn token_function_failed() -> Event {
    Event::Interrupted(Error::InvalidArgument("It threw.".into()))
}

#[test]
fn an_abort_before_anything_is_sent_ends_the_call() {
    let result = run(call(3), vec![aborted()]);
    assert_eq!(summary(result), ("AbortError".into(), 0, false));
}

#[test]
fn an_abort_while_a_request_is_under_way_ends_the_call() {
    for (status, outcome_unknown) in [(None, true), (Some(403), false), (Some(503), true)] {
        let response = status.map(|status| response(status, MESSAGE));
        let result = run(call(3), vec![Event::Broken(Error::Aborted, response)]);
        assert_eq!(summary(result), ("AbortError".into(), 1, outcome_unknown));
    }
}

#[test]
fn an_abort_while_waiting_ends_the_call() {
    let result = run(call(3), vec![no_response(), aborted()]);
    assert_eq!(summary(result), ("AbortError".into(), 1, true));
    let properties = properties(run(call(3), vec![status(429), aborted()]));
    assert_eq!(properties["attempts"], 1);
    assert_eq!(properties["outcomeUnknown"], false);
    assert_eq!(properties.get("status"), None);
}

#[test]
fn a_signal_that_times_out_ends_the_call_though_its_error_is_retryable() {
    let events = vec![Event::Broken(Error::SignalTimeout, None)];
    let properties = properties(run(call(3), events));
    assert_eq!(properties["name"], "TimeoutError");
    assert_eq!(properties["retryable"], true);
}

#[test]
fn a_host_without_fetch_ends_the_call_with_no_request_counted() {
    let result = run(
        call(3),
        vec![Event::Interrupted(Error::Unsupported("No fetch."))],
    );
    assert_eq!(summary(result), ("NetworkError".into(), 0, false));
}

#[test]
fn a_token_function_is_asked_before_every_attempt() {
    let mut call = call_with_token_function(3);
    assert!(matches!(
        step(&mut call, Event::Ready),
        Step::Do(Action::AskToken)
    ));
    for token in ["first-token", "second-token"] {
        match step(&mut call, Event::Token(bearer(token))) {
            Step::Do(Action::Send(request, sent)) => {
                assert!(request.url.ends_with("/v1/accessTokens/x"));
                assert_eq!(sent.authorization(), format!("Bearer {token}"));
            }
            step => panic!("{step:?}"),
        }
        let wait = step(&mut call, no_response());
        assert!(matches!(wait, Step::Do(Action::Retry(..))));
        let ask = step(&mut call, Event::Ready);
        assert!(matches!(ask, Step::Do(Action::AskToken)));
        assert_eq!(call.token().and_then(|token| token.secret()), Some(token));
    }
}

#[test]
fn a_token_passed_as_a_string_is_sent_on_every_attempt() {
    let mut call = call(3);
    step(&mut call, no_response());
    let send = step(&mut call, Event::Ready);
    assert!(matches!(send, Step::Do(Action::Send(_, sent)) if sent.secret() == Some(TOKEN)));
}

#[test]
fn a_token_function_that_fails_ends_the_call() {
    let result = run(call_with_token_function(3), vec![token_function_failed()]);
    assert_eq!(summary(result), ("InvalidArgumentError".into(), 0, false));
    let token = Event::Token(bearer(TOKEN));
    let events = vec![token, no_response(), token_function_failed()];
    let result = run(call_with_token_function(3), events);
    assert_eq!(summary(result), ("InvalidArgumentError".into(), 1, true));
}

#[test]
fn a_token_function_that_fails_after_a_wait_ends_the_call() {
    let mut call = call_with_token_function(3);
    for event in [Event::Token(bearer(TOKEN)), no_response(), Event::Ready] {
        step(&mut call, event);
    }
    let Step::Done(result) = step(&mut call, token_function_failed()) else {
        panic!("the call continues")
    };
    assert_eq!(summary(result), ("InvalidArgumentError".into(), 1, true));
}
