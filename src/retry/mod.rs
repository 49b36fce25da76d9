//! Whether and when to try again.
//!
//! The numbers are those of the [AWS SDKs' standard retry
//! mode](https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html). Random
//! numbers and the time are arguments.

mod backoff;
mod classify;
mod quota;
mod retry_after;
mod throttle;

pub use backoff::{MAX_BACKOFF_MS, backoff_ms};
pub use classify::{THROTTLING_NAMES, TRANSIENT_NAMES, classify};
pub use quota::{QUOTA_CAPACITY, RetryQuota};
pub use retry_after::retry_after_ms;
pub use throttle::Throttle;

/// What calls to one origin share.
#[derive(Debug, Default, PartialEq)]
pub struct OriginState {
    /// What their retries may cost.
    pub quota: RetryQuota,
    /// What holds back deletions of many tokens.
    pub throttle: Throttle,
}

/// What calls share, by origin.
///
/// Only what differs from the default is kept, so that many origins take no memory.
#[derive(Debug, Default)]
pub struct OriginStates(Vec<(String, OriginState)>);

impl OriginStates {
    /// No origin has been called yet.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::retry::{OriginState, OriginStates};
    ///
    /// OriginStates::new().with_origin("https://example.com", |state| {
    ///     assert_eq!(*state, OriginState::default());
    /// });
    /// ```
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Gives one step of a call access to what the calls to its origin share.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::error::RetryKind;
    /// use codecatalyst_pat::retry::{OriginState, OriginStates};
    ///
    /// let mut states = OriginStates::default();
    /// states.with_origin("https://a.example", |state| state.quota.acquire(RetryKind::Transient));
    /// states.with_origin("https://a.example", |state| assert_ne!(*state, OriginState::default()));
    /// states.with_origin("https://b.example", |state| assert_eq!(*state, OriginState::default()));
    /// ```
    pub fn with_origin<T>(&mut self, origin: &str, step: impl FnOnce(&mut OriginState) -> T) -> T {
        let mut state = OriginState::default();
        if let Some(index) = self.0.iter().position(|(known, _)| known == origin) {
            state = self.0.swap_remove(index).1;
        }
        let result = step(&mut state);
        if state != OriginState::default() {
            self.0.push((origin.to_owned(), state));
        }
        result
    }
}
