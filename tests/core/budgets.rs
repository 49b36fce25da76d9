//! What retries may cost.

use codecatalyst_pat::call::{Action, Event, Surroundings};
use codecatalyst_pat::error::Retry;
use codecatalyst_pat::reply::Reply;
use codecatalyst_pat::retry::{Budget, Origins, Shared};

use crate::given::{budget, call, reply};

const CALLS: u32 = 10_000;

/// How many requests a service sees of many calls, one after another, that share one budget.
fn traffic(answer: impl Fn(u32) -> Reply) -> u32 {
    let mut shared = Budget::default();
    let mut requests = 0;
    for number in 0..CALLS {
        let mut call = call(3);
        let mut event = None;
        loop {
            let mut around = Surroundings {
                budget: &mut shared,
                gate: None,
                random: 0.0,
                now_ms: 0.0,
            };
            let action = call.step(event.take().unwrap_or(Event::Ready), &mut around);
            event = Some(match action {
                Action::Send(..) => {
                    requests += 1;
                    Event::Replied(answer(number))
                }
                Action::Wait(_) => Event::Ready,
                _ => break,
            });
        }
    }
    requests
}

#[test]
fn a_retry_costs_14_after_throttling_5() {
    let mut budget = Budget::default();
    assert_eq!(budget.pay(Retry::Transient), Some(14));
    assert_eq!(budget, crate::given::budget(486));
    assert_eq!(budget.pay(Retry::Throttled), Some(5));
    assert_eq!(budget, crate::given::budget(481));
    assert_eq!(budget.pay(Retry::Never), None);
    assert_eq!(budget, crate::given::budget(481));
}

#[test]
fn a_budget_pays_to_its_end_and_no_further() {
    let paid = |mut budget: Budget, retry| std::iter::from_fn(|| budget.pay(retry)).count();
    assert_eq!(paid(budget(500), Retry::Transient), 35);
    assert_eq!(paid(budget(500), Retry::Throttled), 100);
    assert_eq!(paid(budget(14), Retry::Transient), 1);
    assert_eq!(paid(budget(13), Retry::Transient), 0);
    assert_eq!(paid(budget(13), Retry::Throttled), 2);
    assert_eq!(paid(budget(0), Retry::Throttled), 0);
}

#[test]
fn a_refused_retry_costs_nothing() {
    let mut poor = budget(13);
    assert_eq!(poor.pay(Retry::Transient), None);
    assert_eq!(poor, budget(13));
}

#[test]
fn a_success_gives_back_the_cost_of_its_retry_else_1() {
    let mut poor = budget(0);
    poor.succeeded(None);
    assert_eq!(poor, budget(1));
    poor.succeeded(Some(14));
    assert_eq!(poor, budget(15));
}

#[test]
fn a_budget_is_never_more_than_full() {
    let mut full = Budget::default();
    full.succeeded(None);
    full.succeeded(Some(u32::MAX));
    assert_eq!(full, Budget::default());
    assert_eq!(full, budget(500));
}

#[test]
fn each_origin_has_its_own_budget() {
    let mut budgets = Origins::default();
    let pay = |shared: &mut Shared| shared.budget.pay(Retry::Transient);
    assert_eq!(budgets.lend("https://a", pay), Some(14));
    assert_eq!(budgets.lend("https://a", pay), Some(14));
    assert_eq!(budgets.lend("https://b", pay), Some(14));
    assert_eq!(budgets.lend("https://a", |a| a.budget.clone()), budget(472));
    assert_eq!(budgets.lend("https://b", |b| b.budget.clone()), budget(486));
    assert_eq!(
        budgets.lend("https://c", |c| c.budget.clone()),
        Budget::default()
    );
}

#[test]
fn a_full_budget_is_not_kept() {
    let mut budgets = Origins::default();
    for number in 0..1_000 {
        budgets.lend(&format!("https://h{number}"), |shared| {
            shared.budget.succeeded(None)
        });
    }
    budgets.lend("https://a", |shared| shared.budget.pay(Retry::Transient));
    budgets.lend("https://a", |shared| shared.budget.succeeded(Some(14)));
    assert_eq!(format!("{budgets:?}"), format!("{:?}", Origins::default()));
}

fn service_sees_at_most(requests: u32, answer: impl Fn(u32) -> Reply) {
    let seen = traffic(answer);
    assert!(seen <= requests, "{seen} requests for {CALLS} calls");
}

#[test]
fn in_a_storm_the_service_sees_little_more_than_the_calls() {
    service_sees_at_most(CALLS + 35, |_| reply(503, ""));
    service_sees_at_most(CALLS + 100, |_| reply(429, ""));
}

#[test]
fn in_a_storm_that_spares_some_calls_their_successes_pay_for_little_more() {
    // At one in 29, and one in 11, what is given back pays for all that is retried.
    for every in [2, 6, 11, 29] {
        let strikes = |call: u32| call.is_multiple_of(every);
        let status = |strikes, status| reply(if strikes { status } else { 200 }, "");
        service_sees_at_most(CALLS * 11 / 10, |call| status(strikes(call), 503));
        service_sees_at_most(CALLS * 11 / 10, |call| status(!strikes(call), 503));
        // A retry after throttling costs what five successes give, so it can be a fifth more at worst.
        service_sees_at_most(CALLS * 12 / 10, |call| status(strikes(call), 429));
        service_sees_at_most(CALLS * 12 / 10, |call| status(!strikes(call), 429));
    }
}
