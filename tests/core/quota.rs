//! What retries may cost.

use codecatalyst_pat::error::RetryKind;
use codecatalyst_pat::response::Response;
use codecatalyst_pat::retry::{OriginState, OriginStates, RetryQuota};
use codecatalyst_pat::step::{Action, Event, Step, StepContext};

use crate::fixtures::{call, quota, response};

const CALLS: u32 = 10_000;

/// How many requests a service sees of many calls, one after another, that share one quota.
fn traffic(respond: impl Fn(u32) -> Response) -> u32 {
    let mut shared = RetryQuota::default();
    let mut requests = 0;
    for number in 0..CALLS {
        let mut call = call(3);
        let mut event = None;
        loop {
            let mut context = StepContext {
                quota: &mut shared,
                throttle: None,
                random: 0.0,
                now_ms: 0.0,
            };
            let step = call.step(event.take().unwrap_or(Event::Ready), &mut context);
            event = Some(match step {
                Step::Do(Action::Send(..)) => {
                    requests += 1;
                    Event::Response(respond(number))
                }
                Step::Do(Action::Retry(..)) => Event::Ready,
                _ => break,
            });
        }
    }
    requests
}

#[test]
fn a_retry_costs_14_or_5_after_throttling() {
    let mut quota = RetryQuota::default();
    assert_eq!(quota.acquire(RetryKind::Transient), Some(14));
    assert_eq!(quota, crate::fixtures::quota(486));
    assert_eq!(quota.acquire(RetryKind::Throttling), Some(5));
    assert_eq!(quota, crate::fixtures::quota(481));
    assert_eq!(quota.acquire(RetryKind::Never), None);
    assert_eq!(quota, crate::fixtures::quota(481));
}

#[test]
fn a_quota_pays_until_it_is_empty() {
    let paid = |mut quota: RetryQuota, kind| {
        std::iter::from_fn(|| quota.acquire(kind))
            .take(1_000)
            .count()
    };
    assert_eq!(paid(quota(500), RetryKind::Transient), 35);
    assert_eq!(paid(quota(500), RetryKind::Throttling), 100);
    assert_eq!(paid(quota(14), RetryKind::Transient), 1);
    assert_eq!(paid(quota(13), RetryKind::Transient), 0);
    assert_eq!(paid(quota(13), RetryKind::Throttling), 2);
    assert_eq!(paid(quota(0), RetryKind::Throttling), 0);
}

#[test]
fn a_retry_that_the_quota_cannot_pay_costs_nothing() {
    let mut poor = quota(13);
    assert_eq!(poor.acquire(RetryKind::Transient), None);
    assert_eq!(poor, quota(13));
}

#[test]
fn a_success_refunds_the_cost_of_its_retry_or_1() {
    let mut poor = quota(0);
    poor.release(None);
    assert_eq!(poor, quota(1));
    poor.release(Some(14));
    assert_eq!(poor, quota(15));
}

#[test]
fn a_quota_never_exceeds_its_capacity() {
    let mut full = RetryQuota::default();
    full.release(None);
    full.release(Some(u32::MAX));
    assert_eq!(full, RetryQuota::default());
    assert_eq!(full, quota(500));
}

#[test]
fn each_origin_has_its_own_quota() {
    let mut states = OriginStates::default();
    let acquire = |state: &mut OriginState| state.quota.acquire(RetryKind::Transient);
    assert_eq!(states.with_origin("https://a", acquire), Some(14));
    assert_eq!(states.with_origin("https://a", acquire), Some(14));
    assert_eq!(states.with_origin("https://b", acquire), Some(14));
    assert_eq!(
        states.with_origin("https://a", |a| a.quota.clone()),
        quota(472)
    );
    assert_eq!(
        states.with_origin("https://b", |b| b.quota.clone()),
        quota(486)
    );
    assert_eq!(
        states.with_origin("https://c", |c| c.quota.clone()),
        RetryQuota::default()
    );
}

#[test]
fn a_full_quota_is_not_kept() {
    let mut states = OriginStates::default();
    for number in 0..1_000 {
        states.with_origin(&format!("https://h{number}"), |state| {
            state.quota.release(None)
        });
    }
    states.with_origin("https://a", |state| {
        state.quota.acquire(RetryKind::Transient)
    });
    states.with_origin("https://a", |state| state.quota.release(Some(14)));
    assert_eq!(
        format!("{states:?}"),
        format!("{:?}", OriginStates::default())
    );
}

fn assert_traffic(max_requests: u32, respond: impl Fn(u32) -> Response) {
    let requests = traffic(respond);
    assert!(
        requests <= max_requests,
        "{requests} requests for {CALLS} calls"
    );
}

#[test]
fn in_an_outage_retries_add_little_traffic() {
    assert_traffic(CALLS + 35, |_| response(503, ""));
    assert_traffic(CALLS + 100, |_| response(429, ""));
}

#[test]
fn in_a_partial_outage_successes_pay_for_few_retries() {
    // At one in 29, and one in 11, refunds pay for every retry.
    for every in [2, 6, 11, 29] {
        let fails = |call: u32| call.is_multiple_of(every);
        let status = |fails, status| response(if fails { status } else { 200 }, "");
        assert_traffic(CALLS * 11 / 10, |call| status(fails(call), 503));
        assert_traffic(CALLS * 11 / 10, |call| status(!fails(call), 503));
        // A retry after throttling costs what five successes refund: a fifth more traffic at most.
        assert_traffic(CALLS * 12 / 10, |call| status(fails(call), 429));
        assert_traffic(CALLS * 12 / 10, |call| status(!fails(call), 429));
    }
}
