//! What is settled before a schedule starts.

use codecatalyst_pat::call::Call;

use super::invariants::Invariants;
use super::rng::Rng;
use crate::fixtures::{bearer, some_request};

/// Long enough to be searched for in messages.
pub(crate) const TOKEN: &str = "marked-token";

/// What one caller wants.
#[derive(Debug)]
pub(crate) struct Scenario {
    /// Which token is to be deleted.
    pub(crate) target: usize,
    pub(crate) starts_ms: u64,
    pub(crate) max_attempts: u32,
    pub(crate) timeout_ms: u64,
    /// Whether it is one deletion of a bulk: these are held back together.
    pub(crate) in_bulk: bool,
    /// Whether the token comes from a function.
    pub(crate) asks: bool,
    /// Whether headers are hidden from the caller, as from a page in a browser.
    pub(crate) hides_headers: bool,
    pub(crate) signal: Option<Signal>,
}

/// When the caller's signal is aborted, and why.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signal {
    pub(crate) aborts_ms: u64,
    pub(crate) is_timeout: bool,
}

impl Scenario {
    pub(crate) fn new(rng: &mut Rng) -> Self {
        let starts_ms = rng.below(200);
        let timeout_ms = rng.pick(&[1, 60, 300, 1_000, 1_000, 10_000, 10_000]);
        Self {
            target: usize::from(rng.percent(25)),
            starts_ms,
            max_attempts: max_attempts(rng),
            timeout_ms,
            in_bulk: rng.percent(50),
            asks: rng.percent(25),
            hides_headers: rng.percent(20),
            signal: signal(rng, starts_ms, timeout_ms),
        }
    }

    /// One deletion of a bulk that goes on for some seconds.
    pub(crate) fn in_bulk(target: usize, rng: &mut Rng) -> Self {
        let starts_ms = rng.below(10) * rng.below(1_000) + rng.pick(&[0, 0, 0, 25_000]);
        let scenario = Self::new(rng);
        Self {
            target,
            starts_ms,
            in_bulk: true,
            signal: signal(rng, starts_ms, scenario.timeout_ms),
            ..scenario
        }
    }

    pub(crate) fn call(&self) -> Call {
        let token = (!self.asks).then(|| bearer(TOKEN));
        Call::new(some_request(), token, self.max_attempts)
    }

    pub(crate) fn invariants(&self) -> Invariants {
        Invariants::new(self.in_bulk, self.asks, self.max_attempts, TOKEN)
    }
}

/// Now and then so many that only the quota ends the call.
fn max_attempts(rng: &mut Rng) -> u32 {
    match rng.below(200) {
        0 => u32::MAX,
        1..50 => rng.between(1, 10) as u32,
        _ => rng.between(1, 4) as u32,
    }
}

/// Now and then just when the first attempt times out.
fn signal(rng: &mut Rng, starts_ms: u64, timeout_ms: u64) -> Option<Signal> {
    let longest = rng.pick(&[1, 50, 200, 2_000, 20_000, 60_000]);
    let aborts_ms = match rng.percent(5) {
        true => starts_ms + timeout_ms,
        false => (starts_ms + rng.below(longest)).saturating_sub(10),
    };
    let is_timeout = rng.percent(40);
    rng.percent(40).then_some(Signal {
        aborts_ms,
        is_timeout,
    })
}
