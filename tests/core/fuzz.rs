//! The targets of cargo-fuzz without cargo-fuzz: their seeds, and inputs made of them.
//!
//! Each input follows from one number, so a failure can be replayed:
//! `FUZZ_SEED=<n> cargo test --test native fuzz` runs that input alone, for every target.

#[allow(unreachable_pub)]
#[path = "../../fuzz/src/targets/mod.rs"]
mod targets;

use std::fs;
use std::path::Path;

use crate::simulation::rng::Rng;

const FIRST_SEED: u64 = 20_220_928;
const INPUTS: u64 = 4_000;

/// The most changes to one seed.
const MAX_CHANGES: u64 = 6;

#[test]
fn every_target_holds_for_its_seeds_and_for_what_is_made_of_them() {
    let words = dictionary();
    for (name, check) in targets::TARGETS {
        let seeds = seeds_of(name);
        for seed in &seeds {
            run(name, check, "a seed", seed);
        }
        for number in numbers() {
            let input = changed(&seeds, &words, &mut Rng::new(number));
            run(name, check, &format!("FUZZ_SEED={number}"), &input);
        }
    }
}

fn numbers() -> Vec<u64> {
    match std::env::var("FUZZ_SEED") {
        Ok(seed) => vec![seed.parse().expect("FUZZ_SEED must be a number")],
        Err(_) => (FIRST_SEED..FIRST_SEED + inputs()).collect(),
    }
}

/// How many inputs are made for each target.
fn inputs() -> u64 {
    let inputs = std::env::var("FUZZ_INPUTS");
    inputs.map_or(INPUTS, |inputs| {
        inputs.parse().expect("FUZZ_INPUTS must be a number")
    })
}

/// Says which input it was if the target panics.
fn run(name: &str, check: targets::Target, origin: &str, input: &[u8]) {
    struct OnPanic<'a>(&'a str, &'a str, &'a [u8]);
    impl Drop for OnPanic<'_> {
        fn drop(&mut self) {
            if std::thread::panicking() {
                let input = self.2.escape_ascii();
                eprintln!("target {}, {}: \"{input}\"", self.0, self.1);
            }
        }
    }
    let _on_panic = OnPanic(name, origin, input);
    check(input);
}

fn seeds_of(name: &str) -> Vec<Vec<u8>> {
    let folder = fuzz_folder().join("seeds").join(name);
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("a folder of seeds")
        .map(|entry| entry.expect("a seed").path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{name} has no seeds");
    files
        .iter()
        .map(|file| fs::read(file).expect("a seed"))
        .collect()
}

/// The words of the dictionary that cargo-fuzz gets too, one in quotes on each line.
fn dictionary() -> Vec<Vec<u8>> {
    let text = fs::read_to_string(fuzz_folder().join("dictionary.txt")).expect("the dictionary");
    let words = text
        .lines()
        .filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
    words.map(unescaped).collect()
}

/// Undoes the escapes of a dictionary: `\x0A`, `\"` and `\\`.
fn unescaped(word: &str) -> Vec<u8> {
    let mut bytes = word.bytes();
    let mut plain = Vec::new();
    while let Some(byte) = bytes.next() {
        let escaped = if byte == b'\\' { bytes.next() } else { None };
        plain.push(match escaped {
            Some(b'x') => {
                let digits = [bytes.next().unwrap(), bytes.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            Some(escaped) => escaped,
            None => byte,
        });
    }
    plain
}

fn fuzz_folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz"))
}

/// One seed with a few changes.
fn changed(seeds: &[Vec<u8>], words: &[Vec<u8>], rng: &mut Rng) -> Vec<u8> {
    let mut input = pick(seeds, rng).clone();
    for _ in 0..rng.between(1, MAX_CHANGES) {
        let start = rng.below(input.len() as u64 + 1) as usize;
        let length = rng.below(12).min((input.len() - start) as u64) as usize;
        let range = start..start + length;
        let replacement = match rng.below(6) {
            0 => Vec::new(),
            1 => vec![rng.next_u64() as u8],
            2 => input[range.clone()].repeat(2),
            3 => pick(seeds, rng).clone(),
            _ => pick(words, rng).clone(),
        };
        // A word is put in, or stands in the place of something.
        let end = if rng.percent(50) { start } else { range.end };
        input.splice(start..end, replacement);
    }
    input
}

fn pick<'a>(from: &'a [Vec<u8>], rng: &mut Rng) -> &'a Vec<u8> {
    &from[rng.below(from.len() as u64) as usize]
}
