//! Scripted calls that are stopped from outside, and those whose token comes from a function.

use codecatalyst_pat::call::{Action, Event};
use codecatalyst_pat::error::Error;

use crate::calls::{gist, lost, rejection, run, status, step};
use crate::given::{TOKEN, asking_call, call, reply, secret};

#[test]
fn an_abort_before_anything_is_sent_ends_the_call() {
    let end = run(call(3), vec![Event::Stopped(Error::Abort)]);
    assert_eq!(gist(end), ("AbortError".into(), 0, false));
}

#[test]
fn an_abort_while_a_request_is_under_way_ends_the_call() {
    let end = run(call(3), vec![Event::Broken(Error::Abort, None)]);
    assert_eq!(gist(end), ("AbortError".into(), 1, true));
    let end = run(
        call(3),
        vec![Event::Broken(Error::Abort, Some(reply(403, "")))],
    );
    assert_eq!(gist(end), ("AbortError".into(), 1, false));
    let end = run(
        call(3),
        vec![Event::Broken(Error::Abort, Some(reply(503, "")))],
    );
    assert_eq!(gist(end), ("AbortError".into(), 1, true));
}

#[test]
fn an_abort_while_waiting_ends_the_call() {
    let end = run(call(3), vec![lost(), Event::Stopped(Error::Abort)]);
    assert_eq!(gist(end), ("AbortError".into(), 1, true));
    let report = rejection(run(
        call(3),
        vec![status(429), Event::Stopped(Error::Abort)],
    ));
    assert_eq!(
        (&report["attempts"], &report["outcomeUnknown"]),
        (&1.into(), &false.into())
    );
    assert_eq!(report.get("status"), None);
}

#[test]
fn a_signal_whose_time_ran_out_ends_the_call_though_its_error_is_retryable() {
    let report = rejection(run(
        call(3),
        vec![Event::Broken(Error::SignalTimeout, None)],
    ));
    assert_eq!(
        (&report["name"], &report["retryable"]),
        (&"TimeoutError".into(), &true.into())
    );
}

#[test]
fn a_host_without_fetch_ends_the_call_with_no_request_counted() {
    let end = run(call(3), vec![Event::Stopped(Error::Unsupported)]);
    assert_eq!(gist(end), ("NetworkError".into(), 0, false));
}

#[test]
fn a_function_is_asked_before_every_attempt() {
    let mut call = asking_call(3);
    assert!(matches!(step(&mut call, Event::Ready), Action::Ask));
    for token in ["first-token", "second-token"] {
        let action = step(&mut call, Event::Token(secret(token)));
        let Action::Send(request, sent) = action else {
            panic!("{action:?}")
        };
        assert!(request.url.ends_with("/v1/accessTokens/x"));
        assert_eq!(sent.authorization(), format!("Bearer {token}"));
        assert!(matches!(step(&mut call, lost()), Action::Wait(_)));
        assert!(matches!(step(&mut call, Event::Ready), Action::Ask));
        assert_eq!(call.secret().and_then(|secret| secret.mark()), Some(token));
    }
}

#[test]
fn a_token_that_was_given_is_sent_each_time() {
    let mut call = call(3);
    step(&mut call, lost());
    let action = step(&mut call, Event::Ready);
    assert!(matches!(action, Action::Send(_, sent) if sent.mark() == Some(TOKEN)));
}

#[test]
fn a_function_that_fails_ends_the_call() {
    let failed = || Event::Stopped(Error::InvalidArgument("It threw.".into()));
    let token = Event::Token(secret(TOKEN));
    assert_eq!(
        gist(run(asking_call(3), vec![failed()])),
        ("InvalidArgumentError".into(), 0, false)
    );
    let end = run(asking_call(3), vec![token, lost(), failed()]);
    assert_eq!(gist(end), ("InvalidArgumentError".into(), 1, true));
}

#[test]
fn the_token_function_can_fail_after_the_wait_too() {
    let mut call = asking_call(3);
    for event in [Event::Token(secret(TOKEN)), lost(), Event::Ready] {
        step(&mut call, event);
    }
    let failed = Event::Stopped(Error::InvalidArgument("It threw.".into()));
    let Action::Done(end) = step(&mut call, failed) else {
        panic!("it goes on")
    };
    assert_eq!(gist(end), ("InvalidArgumentError".into(), 1, true));
}
