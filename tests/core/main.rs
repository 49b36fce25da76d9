//! The core, natively: recorded requests and replies as tables, generated inputs, and a simulated service.

#![cfg(not(target_arch = "wasm32"))]
// A test that can't go on may trap; the core may not.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used
)]

mod bodies;
mod budgets;
mod calls;
mod dates;
mod endpoints;
mod errors;
mod gates;
mod given;
mod http_date;
mod lists;
mod messages;
mod options;
mod replies;
mod requests;
mod retries;
mod simulation;
mod stops;
mod waits;
