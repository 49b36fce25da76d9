//! What a run has come across, so that it can't become empty unnoticed.

macro_rules! cases {
    ($($case:ident),* $(,)?) => {
        /// Something that each run must come across.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Case { $($case),* }

        const ALL: &[Case] = &[$(Case::$case),*];
    };
}

cases! {
    // The network.
    SmoothRoundTrip, NeverArrives, ArrivesAfterTheBreak, ArrivesAfterTheTimeout, ResponseLost,
    ResponseBreaksOff, BodyHangs, ResponseLate, ArrivedAfterTheCall, NotSent,
    // The service.
    Executed, NotFound, NeverExisted, FailedBefore, FailedAfter, Throttled, ThrottledByName,
    Refused, RedirectBefore, RedirectAfter, RetryAfterInSeconds, RetryAfterInMilliseconds, RetryAfterAsDate,
    RetryAfterGarbage, DeletedByAnother, FailedByName,
    // A proxy before it.
    SignInPage, NotFoundPage, ProxyRefused, ProxyReplaced,
    // The caller and its host.
    AbortBeforeAction, AbortWhileAsking, AbortWhileSending, AbortWhileWaiting, AbortBeforeRetry,
    TokenFunctionFails, HostLacksFetch, ClockJumps, ClockStops, RandomGarbage,
    // What a call sees.
    NoResponse, TimedOut, BrokenPage, BrokenSuccess, BrokenRefusal, BrokenFailure, HeadersHidden,
    // How a call goes on and ends.
    WaitedInBackoff, WaitedForRetryAfter, HeldBack, HeldBackByPace, SpedUp, SlowedDownAgain,
    Deleted, DeletedByRetry, AlreadyDeleted, ResolvedInSpiteOfAbort, KnownRefusal, UnknownOutcome,
    RefusedBeforeItBegan, RefusedBeforeItsRetry, SentAfterRefusal, DeletedAfterRejection, NothingSent,
    OutOfAttempts, OutOfQuota, RetryAfterTooLong,
}

/// How often each case came up.
#[derive(Debug)]
pub(crate) struct Coverage([u64; ALL.len()]);

impl Coverage {
    pub(crate) fn new() -> Self {
        Self([0; ALL.len()])
    }

    pub(crate) fn note(&mut self, case: Case) {
        self.0[case as usize] += 1;
    }

    /// The cases that came up less often than that.
    pub(crate) fn rarer_than(&self, times: u64) -> Vec<Case> {
        let rare = |case: &&Case| self.0[**case as usize] < times;
        ALL.iter().filter(rare).copied().collect()
    }
}

impl std::fmt::Display for Coverage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for case in ALL {
            writeln!(f, "{:>9} {case:?}", self.0[*case as usize])?;
        }
        Ok(())
    }
}
