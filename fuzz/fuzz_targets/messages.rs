#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| codecatalyst_pat_fuzz::targets::messages::check(input));
