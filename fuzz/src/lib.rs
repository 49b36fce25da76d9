//! The targets of cargo-fuzz. The native tests run them too.

#[path = "../../tests/core/host.rs"]
mod host;
pub mod targets;
