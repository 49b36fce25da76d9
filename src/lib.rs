//! Deletes Amazon CodeCatalyst personal access tokens (PATs), and tells the truth about the outcome.
//!
//! This crate is the inside of the npm package `codecatalyst-pat`. It has two halves:
//!
//! - the **core**, pure Rust that knows no clock, no random source, no network and no JavaScript type.
//!   It runs natively in tests, where a simulated service takes the place of the edge:
//!   [`options`], [`endpoint`] and [`request`] check what the caller gave, [`reply`] and [`list`] read what the service
//!   answered (as [`json`], [`date`] and other [`text`]), [`retry`] says whether and when to try again, [`call`] is one call as a state
//!   machine, and [`error`] lists every way to fail;
//! - the **edge** (`js`, only in WebAssembly), which carries out the actions of the state machine with
//!   the host's `fetch` and timers, and turns values of one language into the other's.

pub mod call;
pub mod date;
pub mod endpoint;
pub mod error;
pub mod json;
pub mod list;
pub mod options;
pub mod reply;
pub mod request;
pub mod retry;
pub mod text;

#[cfg(target_arch = "wasm32")]
pub mod js;
