//! What holds back many deletions, after one of them was told to slow down.

use codecatalyst_pat::call::{Action, Call, Event, Surroundings};
use codecatalyst_pat::error::Error;
use codecatalyst_pat::reply::Reply;
use codecatalyst_pat::retry::{Budget, Gate, LONGEST_WAIT_MS};

use crate::given::{TOKEN, asking_call, call, reply, secret};

/// One step of one of many deletions, under the longest waits.
fn step<'a>(gate: &mut Gate, now_ms: f64, call: &'a mut Call, event: Event) -> Action<'a> {
    let mut around = Surroundings {
        budget: &mut Budget::default(),
        gate: Some(gate),
        random: 1.0,
        now_ms,
    };
    call.step(event, &mut around)
}

fn throttled(retry_after: Option<&str>) -> Event {
    Event::Replied(Reply {
        retry_after: retry_after.map(|text| text.to_owned().into()),
        ..reply(429, "")
    })
}

fn waits(action: Action<'_>) -> Option<u32> {
    match action {
        Action::Wait(ms) => Some(ms),
        _ => None,
    }
}

#[test]
fn after_a_throttling_reply_the_others_wait_too() {
    let (mut gate, mut told, mut other) = (Gate::default(), call(3), call(3));
    assert_eq!(
        waits(step(&mut gate, 0.0, &mut told, throttled(None))),
        Some(1_000)
    );
    assert_eq!(
        waits(step(&mut gate, 400.0, &mut other, Event::Ready)),
        Some(600)
    );
    let action = step(&mut gate, 1_000.0, &mut other, Event::Ready);
    assert!(matches!(action, Action::Send(..)), "{action:?}");
}

#[test]
fn what_the_service_asks_for_holds_everybody() {
    let (mut gate, mut told, mut other) = (Gate::default(), call(3), call(3));
    assert_eq!(
        waits(step(&mut gate, 0.0, &mut told, throttled(Some("7")))),
        Some(7_000)
    );
    assert_eq!(
        waits(step(&mut gate, 0.0, &mut other, Event::Ready)),
        Some(7_000)
    );
}

#[test]
fn a_call_that_ends_with_throttling_holds_the_others_all_the_same() {
    let (mut gate, mut told, mut other) = (Gate::default(), call(1), call(3));
    let action = step(&mut gate, 0.0, &mut told, throttled(None));
    assert!(matches!(action, Action::Done(Err(_))), "{action:?}");
    assert_eq!(
        waits(step(&mut gate, 0.0, &mut other, Event::Ready)),
        Some(1_000)
    );
}

#[test]
fn nobody_is_held_for_more_than_20_seconds() {
    let (mut gate, mut told, mut other) = (Gate::default(), call(3), call(3));
    let action = step(&mut gate, 0.0, &mut told, throttled(Some("90")));
    assert!(matches!(action, Action::Done(Err(_))), "{action:?}");
    assert_eq!(
        waits(step(&mut gate, 0.0, &mut other, Event::Ready)),
        Some(LONGEST_WAIT_MS)
    );
}

#[test]
fn what_is_no_throttling_holds_nobody() {
    for event in [
        Event::Replied(reply(503, "")),
        Event::Replied(reply(404, "")),
        Event::Broken(Error::Network, None),
        Event::Broken(Error::Timeout, None),
    ] {
        let (mut gate, mut failed) = (Gate::default(), call(3));
        step(&mut gate, 0.0, &mut failed, event);
        assert_eq!(gate, Gate::default());
    }
}

#[test]
fn a_call_of_its_own_is_neither_held_nor_holds_anybody() {
    let mut single = call(3);
    assert_eq!(
        waits(crate::calls::step(&mut single, throttled(None))),
        Some(1_000)
    );
    let action = crate::calls::step(&mut single, Event::Ready);
    assert!(matches!(action, Action::Send(..)), "{action:?}");
}

#[test]
fn who_asked_for_the_token_and_is_held_then_asks_again() {
    let (mut gate, mut asking) = (Gate::default(), asking_call(3));
    assert!(matches!(
        step(&mut gate, 0.0, &mut asking, Event::Ready),
        Action::Ask
    ));
    gate.hold(0.0, 300);
    let token = || Event::Token(secret(TOKEN));
    assert_eq!(waits(step(&mut gate, 0.0, &mut asking, token())), Some(300));
    assert!(matches!(
        step(&mut gate, 300.0, &mut asking, Event::Ready),
        Action::Ask
    ));
    assert!(matches!(
        step(&mut gate, 300.0, &mut asking, token()),
        Action::Send(..)
    ));
}

#[test]
fn a_clock_that_is_set_to_another_time_holds_nobody_for_long() {
    for now_ms in [
        -1e15,
        -30_000.0,
        1e15,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
    ] {
        let mut gate = Gate::default();
        gate.hold(0.0, 5_000);
        assert!(gate.left_ms(now_ms) <= LONGEST_WAIT_MS);
        assert_eq!(gate.left_ms(0.0), 0, "it has been forgotten by {now_ms}");
    }
    let mut gate = Gate::default();
    gate.hold(f64::NAN, 5_000);
    assert_eq!(gate.left_ms(0.0), 0);
}
