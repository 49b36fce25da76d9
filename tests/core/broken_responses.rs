//! Scripted calls whose responses break off.

use codecatalyst_pat::error::Error;

use crate::calls::{
    broken_after_status, broken_response, no_response, not_found, properties, run, success, summary,
};
use crate::fixtures::call;

#[test]
fn a_2xx_that_breaks_off_resolves_unless_what_came_is_no_object() {
    for error in [
        Error::Network,
        Error::Timeout,
        Error::Aborted,
        Error::SignalTimeout,
    ] {
        for text in ["{", "{\"a\": [", "{}"] {
            let event = broken_response(error.clone(), 200, text);
            assert_eq!(run(call(3), vec![event]), success(1, false, 200), "{text}");
        }
    }
}

#[test]
fn a_2xx_that_breaks_off_before_anything_came_may_be_anybodys() {
    for text in ["", " "] {
        let event = || broken_response(Error::Network, 200, text);
        let failure = ("NetworkError".into(), 1, true);
        assert_eq!(summary(run(call(1), vec![event()])), failure, "{text:?}");
        let result = run(call(3), vec![event(), not_found()]);
        assert_eq!(result, success(2, true, 404), "{text:?}");
    }
}

#[test]
fn a_404_that_breaks_off_is_retried_and_leaves_the_outcome_known() {
    let result = run(call(3), vec![broken_after_status(404), not_found()]);
    assert_eq!(
        summary(result),
        ("ResourceNotFoundException".into(), 2, false)
    );
    let result = run(
        call(3),
        vec![no_response(), broken_after_status(404), not_found()],
    );
    assert_eq!(result, success(3, true, 404));
}

#[test]
fn a_404_that_breaks_off_does_not_prove_that_the_token_is_gone() {
    let result = run(call(2), vec![no_response(), broken_after_status(404)]);
    assert_eq!(summary(result), ("NetworkError".into(), 2, true));
}

#[test]
fn a_response_that_breaks_off_keeps_its_status() {
    let properties = properties(run(call(1), vec![broken_after_status(403)]));
    assert_eq!(
        (&properties["name"], &properties["status"]),
        (&"NetworkError".into(), &403.into())
    );
    assert_eq!(properties["outcomeUnknown"], false);
}
