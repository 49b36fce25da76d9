//! What retries may cost, so that many callers don't turn a service's bad moment into a storm.

use crate::error::RetryKind;

/// What a full retry quota holds.
pub const QUOTA_CAPACITY: u32 = 500;

/// What a retry costs.
const RETRY_COST: u32 = 14;

/// What a retry costs after a throttling error.
const THROTTLING_RETRY_COST: u32 = 5;

/// What a call that succeeds on its first attempt gives back.
const FIRST_ATTEMPT_REFUND: u32 = 1;

/// The retry quota that all calls to one origin share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryQuota(u32);

impl Default for RetryQuota {
    fn default() -> Self {
        Self(QUOTA_CAPACITY)
    }
}

impl RetryQuota {
    /// Pays for a retry. Gives its cost, or nothing if the quota can't pay it.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::error::RetryKind;
    /// use codecatalyst_pat::retry::RetryQuota;
    ///
    /// let mut quota = RetryQuota::default();
    /// assert_eq!(quota.acquire(RetryKind::Transient), Some(14));
    /// assert_eq!(quota.acquire(RetryKind::Throttling), Some(5));
    /// assert_eq!(quota.acquire(RetryKind::Never), None);
    /// ```
    pub fn acquire(&mut self, kind: RetryKind) -> Option<u32> {
        let cost = match kind {
            RetryKind::Never => return None,
            RetryKind::Transient => RETRY_COST,
            RetryKind::Throttling => THROTTLING_RETRY_COST,
        };
        self.0 = self.0.checked_sub(cost)?;
        Some(cost)
    }

    /// Takes back what a successful call earned: the cost of the retry that succeeded, or a little
    /// for a first attempt.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::error::RetryKind;
    /// use codecatalyst_pat::retry::RetryQuota;
    ///
    /// let mut quota = RetryQuota::default();
    /// let cost = quota.acquire(RetryKind::Transient);
    /// quota.release(cost);
    /// assert_eq!(quota, RetryQuota::default());
    /// ```
    pub fn release(&mut self, cost: Option<u32>) {
        let refund = cost.unwrap_or(FIRST_ATTEMPT_REFUND);
        self.0 = self.0.saturating_add(refund).min(QUOTA_CAPACITY);
    }
}
