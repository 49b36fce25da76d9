//! One request's way to the service and back.

use super::coverage::{Case, Coverage};
use super::rng::Rng;

/// Times in milliseconds. No caller waits longer than the limit of the attempt, but a request may
/// still be on its way then, and arrive after the caller has moved on or ended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RoundTrip {
    /// From the start until the request reaches the service, if it ever does.
    pub(crate) arrives: Option<u64>,
    /// From there until status and headers are back.
    pub(crate) head: u64,
    /// From there until all of the body is back.
    pub(crate) rest: u64,
    /// From the start until the connection breaks, if it does.
    pub(crate) breaks: Option<u64>,
    /// Whether the host can prove that nothing was sent, and says so.
    pub(crate) is_not_sent: bool,
}

const FOREVER: u64 = 1_000_000;

impl RoundTrip {
    /// A round trip through a network that loses so many requests in a hundred.
    pub(crate) fn new(
        rng: &mut Rng,
        losses: u64,
        timeout_ms: u64,
        coverage: &mut Coverage,
    ) -> Self {
        let smooth = Self {
            arrives: Some(rng.below(40)),
            head: rng.below(40),
            rest: rng.below(10),
            breaks: None,
            is_not_sent: false,
        };
        if !rng.percent(losses) {
            coverage.note(Case::SmoothRoundTrip);
            return smooth;
        }
        let (case, round_trip) = smooth.failing(rng, timeout_ms);
        coverage.note(case);
        round_trip
    }

    fn failing(self, rng: &mut Rng, timeout_ms: u64) -> (Case, Self) {
        let arrived = self.arrives.unwrap_or(0);
        match rng.below(8) {
            0 => (Case::NeverArrives, self.lost(rng)),
            7 => (Case::NotSent, self.not_sent(rng)),
            1 => (Case::ArrivesAfterTheBreak, self.arriving_late(rng, arrived)),
            2 => (
                Case::ArrivesAfterTheTimeout,
                Self {
                    arrives: Some(timeout_ms + rng.between(1, 60_000)),
                    ..self
                },
            ),
            3 => (
                Case::ResponseLost,
                self.breaking(arrived, FOREVER, self.rest),
            ),
            4 => (
                Case::ResponseBreaksOff,
                self.breaking(arrived + self.head, self.head, FOREVER),
            ),
            5 => (
                Case::BodyHangs,
                Self {
                    rest: FOREVER,
                    ..self
                },
            ),
            _ => (
                Case::ResponseLate,
                Self {
                    head: timeout_ms + rng.below(5_000),
                    ..self
                },
            ),
        }
    }

    fn lost(self, rng: &mut Rng) -> Self {
        let breaks = rng.below(100);
        Self {
            arrives: None,
            breaks: rng.pick(&[None, Some(breaks)]),
            ..self
        }
    }

    fn not_sent(self, rng: &mut Rng) -> Self {
        Self {
            arrives: None,
            breaks: Some(rng.below(100)),
            is_not_sent: true,
            ..self
        }
    }

    fn arriving_late(self, rng: &mut Rng, breaks: u64) -> Self {
        Self {
            arrives: Some(breaks + rng.between(1, 60_000)),
            breaks: Some(breaks),
            ..self
        }
    }

    /// The connection breaks soon after that time.
    fn breaking(self, after: u64, head: u64, rest: u64) -> Self {
        Self {
            head,
            rest,
            breaks: Some(after + 5),
            ..self
        }
    }
}
