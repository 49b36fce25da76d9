//! A bulk against a service that throttles: how much of its limit is used, and how much is wasted.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use codecatalyst_pat::call::Call;
use codecatalyst_pat::driver::{Host, drive};
use codecatalyst_pat::error::{CallError, Error};
use codecatalyst_pat::request::Request;
use codecatalyst_pat::response::Response;
use codecatalyst_pat::retry::{RetryQuota, Throttle};
use codecatalyst_pat::step::{Event, StepContext};
use codecatalyst_pat::token::BearerToken;

use super::executor::Executor;
use super::rng::Rng;
use crate::fixtures::{bearer, response, some_request};

const DELETIONS: u32 = 500;
const CONCURRENCY: usize = 16;
const LIMIT_PER_S: f64 = 50.0;

/// No bulk here takes longer.
const MAX_DURATION_MS: u64 = 120_000;

/// How the service limits requests.
#[derive(Debug, Clone, Copy)]
enum Limit {
    /// A token bucket that holds a second's worth.
    Bucket { tokens: f64, filled_ms: u64 },
    /// So many in each second by the clock.
    Window { second: u64, taken: f64 },
}

impl Limit {
    const BUCKET: Self = Self::Bucket {
        tokens: LIMIT_PER_S,
        filled_ms: 0,
    };
    const WINDOW: Self = Self::Window {
        second: 0,
        taken: 0.0,
    };

    fn allows(&mut self, now_ms: u64) -> bool {
        match self {
            Self::Bucket { tokens, filled_ms } => {
                let gained = (now_ms - *filled_ms) as f64 * LIMIT_PER_S / 1_000.0;
                *tokens = (*tokens + gained).min(LIMIT_PER_S);
                *filled_ms = now_ms;
                let allows = *tokens >= 1.0;
                *tokens -= f64::from(u8::from(allows));
                allows
            }
            Self::Window { second, taken } => {
                if *second != now_ms / 1_000 {
                    (*second, *taken) = (now_ms / 1_000, 0.0);
                }
                *taken += 1.0;
                *taken <= LIMIT_PER_S
            }
        }
    }
}

/// A service behind a network without losses, and what the deletions of a bulk share.
struct BulkSim {
    now_ms: u64,
    latency_ms: u64,
    limit: Limit,
    retry_after_ms: Option<u32>,
    /// What happens, by time and order.
    agenda: BTreeMap<(u64, u32), Happening>,
    happenings: u32,
    inbox: [Option<Event>; CONCURRENCY],
    rng: Rng,
    quota: RetryQuota,
    throttle: Throttle,
    accepted: u32,
    throttled: u32,
    started: u32,
}

enum Happening {
    Arrive(usize),
    Tell(usize, Box<Event>),
}

impl BulkSim {
    fn after(&mut self, ms: u64, happening: Happening) {
        self.happenings += 1;
        let key = (self.now_ms + ms, self.happenings);
        self.agenda.insert(key, happening);
    }

    fn arrive(&mut self, worker: usize) {
        let response = if self.limit.allows(self.now_ms) {
            self.accepted += 1;
            response(200, "")
        } else {
            self.throttled += 1;
            Response {
                retry_after_ms: self.retry_after_ms,
                ..response(429, "")
            }
        };
        let back_ms = self.latency_ms - self.latency_ms / 2;
        self.after(
            back_ms,
            Happening::Tell(worker, Event::Response(response).into()),
        );
    }
}

struct BulkHost {
    sim: Rc<RefCell<BulkSim>>,
    worker: usize,
}

impl BulkHost {
    async fn event(&self) -> Event {
        poll_fn(|_| match self.sim.borrow_mut().inbox[self.worker].take() {
            Some(event) => Poll::Ready(event),
            None => Poll::Pending,
        })
        .await
    }
}

impl Host for BulkHost {
    fn with_context<T>(&mut self, step: impl FnOnce(&mut StepContext<'_>) -> T) -> T {
        let sim = &mut *self.sim.borrow_mut();
        step(&mut StepContext {
            quota: &mut sim.quota,
            throttle: Some(&mut sim.throttle),
            random: sim.rng.below(1_001) as f64 / 1_000.0,
            now_ms: sim.now_ms as f64,
        })
    }

    fn aborted(&mut self) -> Option<Error> {
        None
    }

    async fn ask_token(&mut self) -> Event {
        Event::Interrupted(Error::Unsupported("No fetch."))
    }

    async fn send(&mut self, _: &Request, _: &BearerToken) -> Event {
        let there_ms = self.sim.borrow().latency_ms / 2;
        let arrive = Happening::Arrive(self.worker);
        self.sim.borrow_mut().after(there_ms, arrive);
        self.event().await
    }

    fn on_retry(&mut self, _: &CallError, _: Option<&BearerToken>, _: u32) {}

    async fn sleep(&mut self, ms: u32) -> Event {
        let wake = Happening::Tell(self.worker, Event::Ready.into());
        self.sim.borrow_mut().after(u64::from(ms), wake);
        self.event().await
    }
}

/// Deletes tokens until none is left. Gives how many deletions failed.
async fn work(mut host: BulkHost, failed: Rc<Cell<u32>>) {
    loop {
        let started = host.sim.borrow().started;
        if started == DELETIONS {
            return;
        }
        host.sim.borrow_mut().started += 1;
        let mut call = Call::new(some_request(), Some(bearer("marked-token")), 3);
        let result = drive(&mut call, &mut host).await;
        failed.set(failed.get() + u32::from(result.is_err()));
    }
}

/// What came of a bulk.
#[derive(Debug)]
struct Outcome {
    useful_per_s: f64,
    /// The part of all requests that was throttled.
    wasted: f64,
    accepted: u32,
    throttled: u32,
    failed: u32,
}

fn run(limit: Limit, latency_ms: u64, retry_after_ms: Option<u32>, seed: u64) -> Outcome {
    let sim = Rc::new(RefCell::new(BulkSim {
        now_ms: 0,
        latency_ms,
        limit,
        retry_after_ms,
        agenda: BTreeMap::new(),
        happenings: 0,
        inbox: [const { None }; CONCURRENCY],
        rng: Rng::new(seed),
        quota: RetryQuota::default(),
        throttle: Throttle::default(),
        accepted: 0,
        throttled: 0,
        started: 0,
    }));
    let failed = Rc::new(Cell::new(0));
    let mut workers = Executor::new();
    for worker in 0..CONCURRENCY {
        let host = BulkHost {
            sim: Rc::clone(&sim),
            worker,
        };
        workers.spawn(work(host, Rc::clone(&failed)));
        workers.poll(worker);
    }
    loop {
        let Some(((at_ms, _), happening)) = sim.borrow_mut().agenda.pop_first() else {
            break;
        };
        assert!(at_ms < MAX_DURATION_MS, "the bulk does not end");
        sim.borrow_mut().now_ms = at_ms;
        match happening {
            Happening::Arrive(worker) => sim.borrow_mut().arrive(worker),
            Happening::Tell(worker, event) => {
                sim.borrow_mut().inbox[worker] = Some(*event);
                workers.poll(worker);
            }
        }
    }
    let sim = sim.borrow();
    let requests = f64::from(sim.accepted + sim.throttled);
    Outcome {
        useful_per_s: f64::from(sim.accepted) * 1_000.0 / sim.now_ms as f64,
        wasted: f64::from(sim.throttled) / requests,
        accepted: sim.accepted,
        throttled: sim.throttled,
        failed: failed.get(),
    }
}

const RETRY_AFTER_MS: Option<u32> = Some(1_000);

/// Runs a bulk with several seeds, under short and long latencies.
fn assert_outcome(limit: Limit, retry_after_ms: Option<u32>, min_per_s: f64, max_wasted: f64) {
    for latency_ms in [1, 50] {
        for seed in 0..5 {
            let outcome = run(limit, latency_ms, retry_after_ms, seed);
            println!("{latency_ms} ms, seed {seed}: {outcome:?}");
            assert!(outcome.useful_per_s >= min_per_s, "{outcome:?}");
            assert!(outcome.wasted <= max_wasted, "{outcome:?}");
            assert_eq!(outcome.failed, 0);
        }
    }
}

#[test]
fn a_bulk_uses_a_token_bucket_to_the_full_and_wastes_little() {
    assert_outcome(Limit::BUCKET, RETRY_AFTER_MS, 50.0, 0.032);
}

#[test]
fn a_bulk_uses_fixed_windows_nearly_to_the_full_and_wastes_little() {
    assert_outcome(Limit::WINDOW, RETRY_AFTER_MS, 48.0, 0.032);
}

#[test]
fn a_bulk_finds_the_pace_without_retry_after_too() {
    assert_outcome(Limit::BUCKET, None, 50.0, 0.035);
    assert_outcome(Limit::WINDOW, None, 40.0, 0.04);
}

#[test]
fn a_bulk_that_is_told_to_stay_away_stops_asking() {
    for latency_ms in [1, 50] {
        for seed in 0..5 {
            let outcome = run(Limit::BUCKET, latency_ms, Some(3_600_000), seed);
            // What was under way when the service said so, and nothing after that.
            assert!(outcome.throttled <= CONCURRENCY as u32, "{outcome:?}");
            assert_eq!(outcome.accepted + outcome.failed, DELETIONS, "{outcome:?}");
            assert!(outcome.failed > DELETIONS / 2, "{outcome:?}");
        }
    }
}
