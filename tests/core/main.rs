//! The core, natively: recorded requests and responses as tables, generated inputs, and a simulated
//! service.

#![cfg(not(target_arch = "wasm32"))]
// A test that can't go on may panic; the core may not.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used
)]

mod aborts;
mod bodies;
mod broken_responses;
mod calls;
mod dates;
mod endpoints;
mod error_names;
mod errors;
mod fixtures;
mod foreign;
mod fuzz;
mod host;
mod host_errors;
mod http_date;
mod messages;
mod options;
mod pace;
mod pages;
mod quota;
mod requests;
mod responses;
mod retries;
mod retry_after;
mod simulation;
mod throttle;
mod tokens;
mod waits;
