//! Deletes Amazon CodeCatalyst personal access tokens (PATs), and reports only outcomes that it can
//! prove.
//!
//! This crate is the inside of the npm package `codecatalyst-pat`. It has two halves:
//!
//! - the **core**, pure Rust without a clock, a random source, a network or a JavaScript type. It
//!   runs natively in tests, where a simulated service takes the place of the edge: [`token`],
//!   [`endpoint`], [`options`] and [`request`] check what the caller passed, [`response`], [`body`],
//!   [`page`] and [`date`] read what was answered, [`redact`] decides what of foreign [`text`] may
//!   be shown, [`host_error`] what a host's error proves, [`retry`] whether and when to try again,
//!   [`call`] is one call as a state machine with its [`step`]s, [`driver`] is the loop that carries
//!   out its actions, [`outcome`] and [`error`] are the ways in which a call ends, and
//!   [`properties`] the shapes of what callers get;
//! - the **edge** (`js`, WebAssembly only), the host of that loop in JavaScript: it sends requests
//!   with the host's `fetch`, waits with its timers, and converts values both ways.

pub mod body;
pub mod call;
pub mod date;
pub mod driver;
pub mod endpoint;
pub mod error;
pub mod host_error;
pub mod options;
pub mod outcome;
pub mod page;
pub mod properties;
pub mod redact;
pub mod request;
pub mod response;
pub mod retry;
pub mod step;
pub mod text;
pub mod token;

#[cfg(target_arch = "wasm32")]
pub mod js;
