//! A simulated service, network and clock around the real loop of a call, from a seed.
//!
//! Each schedule is settled by one number, so a failure can be replayed:
//! `SIMULATION_SEED=<n> cargo test --test native simulation -- --nocapture` runs that schedule alone
//! and prints what happened in it. `SIMULATION_SCHEDULES=<n>` runs so many.

mod bulk;
mod coverage;
mod executor;
mod invariants;
mod network;
mod observation;
mod proxy;
pub(crate) mod rng;
mod scenario;
mod service;
mod service_response;
mod sim;
mod throttle_model;

use coverage::Coverage;
use sim::Sim;

const FIRST_SEED: u64 = 20_220_928;
const SCHEDULES: u64 = 120_000;

/// How often each case must come up in so many.
const MIN_CASES: u64 = 100;

#[test]
fn every_schedule_keeps_every_promise() {
    if let Some(seed) = number("SIMULATION_SEED") {
        println!("{}", replay(seed));
        return;
    }
    let mut coverage = Coverage::new();
    let schedules = number("SIMULATION_SCHEDULES").unwrap_or(SCHEDULES);
    for seed in FIRST_SEED..FIRST_SEED + schedules {
        if Sim::new(seed, false, &mut coverage).run().is_err() {
            panic!("{}", replay(seed));
        }
    }
    println!("{coverage}");
    let rare = coverage.rarer_than(MIN_CASES * schedules / SCHEDULES);
    assert!(rare.is_empty(), "hardly ever came up: {rare:?}");
}

#[test]
fn a_seed_gives_the_same_schedule_each_time() {
    assert_eq!(run_traced(FIRST_SEED).1, run_traced(FIRST_SEED).1);
    assert_ne!(run_traced(FIRST_SEED).1, run_traced(FIRST_SEED + 1).1);
}

/// A number from the environment.
fn number(name: &str) -> Option<u64> {
    let value = std::env::var(name).ok()?;
    let number = value.parse();
    Some(number.unwrap_or_else(|_| panic!("{name} must be a number")))
}

/// Runs one schedule again, this time with a record of everything that happens in it.
fn replay(seed: u64) -> String {
    let (result, trace) = run_traced(seed);
    let verdict = match result {
        Ok(()) => "every property holds".to_owned(),
        Err(property) => format!("DOES NOT HOLD: {property}"),
    };
    format!(
        "{trace}\n\n{verdict}\nreplay: SIMULATION_SEED={seed} \
         cargo test --test native simulation -- --nocapture"
    )
}

fn run_traced(seed: u64) -> (invariants::Check, String) {
    let mut coverage = Coverage::new();
    let mut sim = Sim::new(seed, true, &mut coverage);
    let result = sim.run();
    (result, sim.trace())
}
