//! A simulated service, network and clock drive the machine, from a seed.
//!
//! Each schedule is settled by one number, so a failure can be replayed:
//! `SIMULATION_SEED=<n> cargo test --test native simulation -- --nocapture` runs that schedule alone and
//! prints what happened in it.

mod answer;
mod coverage;
mod dice;
mod held;
mod judge;
mod network;
mod plan;
mod seen;
mod service;
mod world;

use coverage::Coverage;
use world::World;

const FIRST_SEED: u64 = 20_220_928;
const SCHEDULES: u64 = 120_000;

/// How often each case must come up in a run.
const OFTEN_ENOUGH: u64 = 100;

#[test]
fn every_schedule_keeps_every_promise() {
    if let Some(seed) = chosen_seed() {
        println!("{}", replay(seed));
        return;
    }
    let mut coverage = Coverage::new();
    for seed in FIRST_SEED..FIRST_SEED + SCHEDULES {
        if World::new(seed, false, &mut coverage).run().is_err() {
            panic!("{}", replay(seed));
        }
    }
    println!("{coverage}");
    let rare = coverage.rarer_than(OFTEN_ENOUGH);
    assert!(rare.is_empty(), "hardly ever came up: {rare:?}");
}

#[test]
fn a_seed_tells_the_same_story_each_time() {
    assert_eq!(story(FIRST_SEED).1, story(FIRST_SEED).1);
    assert_ne!(story(FIRST_SEED).1, story(FIRST_SEED + 1).1);
}

fn chosen_seed() -> Option<u64> {
    let seed = std::env::var("SIMULATION_SEED").ok()?;
    Some(seed.parse().expect("SIMULATION_SEED must be a number"))
}

/// Runs one schedule again, this time with all that happens in it.
fn replay(seed: u64) -> String {
    let (ruling, trace) = story(seed);
    let verdict = match ruling {
        Ok(()) => "every property holds".to_owned(),
        Err(property) => format!("DOES NOT HOLD: {property}"),
    };
    format!(
        "{trace}\n\n{verdict}\nreplay: SIMULATION_SEED={seed} cargo test --test native simulation -- --nocapture"
    )
}

fn story(seed: u64) -> (judge::Ruling, String) {
    let mut coverage = Coverage::new();
    let mut world = World::new(seed, true, &mut coverage);
    let ruling = world.run();
    (ruling, world.trace())
}
