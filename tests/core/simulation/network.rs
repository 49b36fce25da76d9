//! One request's way to the service and back.

use super::coverage::{Case, Coverage};
use super::dice::Dice;

/// Times in milliseconds. Nobody waits longer than the limit of the attempt, but a request may still be
/// on its way then, and arrive after the caller has moved on, or gone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Journey {
    /// From the start until the request reaches the service, if it ever does.
    pub(crate) arrives: Option<u64>,
    /// From there until status and headers are back.
    pub(crate) head: u64,
    /// From there until all of the body is back.
    pub(crate) rest: u64,
    /// From the start until the connection breaks, if it does.
    pub(crate) breaks: Option<u64>,
}

const FOR_EVER: u64 = 1_000_000;

impl Journey {
    /// A journey through a network that loses so many requests in a hundred.
    pub(crate) fn new(
        dice: &mut Dice,
        losses: u64,
        timeout_ms: u64,
        coverage: &mut Coverage,
    ) -> Self {
        let smooth = Self {
            arrives: Some(dice.below(40)),
            head: dice.below(40),
            rest: dice.below(10),
            breaks: None,
        };
        if !dice.percent(losses) {
            coverage.note(Case::SmoothJourney);
            return smooth;
        }
        let (case, journey) = smooth.trouble(dice, timeout_ms);
        coverage.note(case);
        journey
    }

    fn trouble(self, dice: &mut Dice, timeout_ms: u64) -> (Case, Self) {
        let arrived = self.arrives.unwrap_or(0);
        match dice.below(7) {
            0 => (Case::NeverArrives, self.lost(dice)),
            1 => (
                Case::ArrivesAfterTheBreak,
                self.arriving_late(dice, arrived),
            ),
            2 => (
                Case::ArrivesAfterTheLimit,
                Self {
                    arrives: Some(timeout_ms + dice.between(1, 60_000)),
                    ..self
                },
            ),
            3 => (Case::ReplyLost, self.breaking(arrived, FOR_EVER, self.rest)),
            4 => (
                Case::ReplyBreaksOff,
                self.breaking(arrived + self.head, self.head, FOR_EVER),
            ),
            5 => (
                Case::BodyHangs,
                Self {
                    rest: FOR_EVER,
                    ..self
                },
            ),
            _ => (
                Case::ReplyLate,
                Self {
                    head: timeout_ms + dice.below(5_000),
                    ..self
                },
            ),
        }
    }

    fn lost(self, dice: &mut Dice) -> Self {
        let breaks = dice.below(100);
        Self {
            arrives: None,
            breaks: dice.pick(&[None, Some(breaks)]),
            ..self
        }
    }

    fn arriving_late(self, dice: &mut Dice, breaks: u64) -> Self {
        Self {
            arrives: Some(breaks + dice.between(1, 60_000)),
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
