//! The service behind the network: its tokens, and all that goes wrong there.

use super::answer::{Answer, Asks, Place};
use super::coverage::{Case, Coverage};
use super::dice::Dice;

/// One access token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) exists: bool,
    /// Whether it is another user's.
    pub(crate) foreign: bool,
}

#[derive(Debug)]
pub(crate) struct Service {
    /// The time when the schedule starts, in seconds since 1970.
    pub(crate) epoch_s: u64,
    pub(crate) tokens: [Token; 2],
    /// How many requests in a hundred meet trouble.
    pub(crate) trouble: u64,
}

/// Names by which AWS services throttle, as the AWS SDKs list them.
const THROTTLING: [&str; 7] = [
    "ThrottlingException",
    "SlowDown",
    "TooManyRequestsException",
    "PriorRequestNotComplete",
    "EC2ThrottledException",
    "Throttling",
    "RequestLimitExceeded",
];

impl Service {
    pub(crate) fn new(dice: &mut Dice, coverage: &mut Coverage) -> Self {
        let mut token = || Token {
            exists: !dice.percent(8),
            foreign: dice.percent(4),
        };
        let tokens = [token(), token()];
        if !tokens[0].exists {
            coverage.note(Case::NeverExisted);
        }
        let trouble = dice.pick(&[0, 20, 40, 60, 100]);
        Self {
            epoch_s: dice.below(5_000_000_000),
            tokens,
            trouble,
        }
    }

    pub(crate) fn is_gone(&self, token: usize) -> bool {
        !self.tokens[token].exists
    }

    /// Takes in a request and answers it.
    pub(crate) fn serve(
        &mut self,
        token: usize,
        now: u64,
        dice: &mut Dice,
        coverage: &mut Coverage,
    ) -> Answer {
        let mut answer = if dice.percent(self.trouble) {
            self.fail(token, dice, coverage)
        } else {
            self.work(token, dice, coverage)
        };
        if answer.status >= 300 && dice.percent(40) {
            answer.retry_after = Asks::in_seconds(dice, self.epoch_s + now / 1_000);
            answer.amz_retry_after = Asks::in_milliseconds(dice);
            note_asks(&answer, coverage);
        }
        answer
    }

    fn work(&mut self, token: usize, dice: &mut Dice, coverage: &mut Coverage) -> Answer {
        if self.tokens[token].foreign {
            coverage.note(Case::Refused);
            return named(403, "AccessDeniedException", dice);
        }
        // The operation is idempotent: some day it may say so.
        if self.is_gone(token) && dice.percent(90) {
            coverage.note(Case::NotFound);
            return not_found(dice);
        }
        let mut answer = Answer::new(dice.pick(&[200, 200, 204, 299]), None);
        answer.deleted = self.delete(token);
        coverage.note(Case::Worked);
        answer
    }

    fn fail(&mut self, token: usize, dice: &mut Dice, coverage: &mut Coverage) -> Answer {
        let (case, mut answer) = match dice.below(12) {
            0..=2 => (Case::FailedBefore, failure(dice)),
            3..=5 => (Case::FailedAfter, failure(dice)),
            6 | 7 => (Case::Throttled, throttled(dice)),
            8 => (Case::ThrottledByName, throttled_by_name(dice)),
            9 => (Case::Refused, refusal(dice)),
            10 => (Case::RedirectBefore, redirect(dice)),
            _ => (Case::RedirectAfter, redirect(dice)),
        };
        if matches!(case, Case::FailedAfter | Case::RedirectAfter) {
            answer.deleted = self.delete(token);
        }
        coverage.note(case);
        answer
    }

    /// Deletes a token of the caller's own, and says whether there was one.
    fn delete(&mut self, token: usize) -> bool {
        let token = &mut self.tokens[token];
        let deletes = token.exists && !token.foreign;
        token.exists &= !deletes;
        deletes
    }
}

fn named(status: u16, name: &'static str, dice: &mut Dice) -> Answer {
    Answer {
        place: dice.pick(&[Place::Header, Place::Code, Place::Type]),
        ..Answer::new(status, Some(name))
    }
}

fn not_found(dice: &mut Dice) -> Answer {
    match dice.below(5) {
        0 => Answer::new(404, None),
        1 => Answer {
            place: Place::Code,
            ..Answer::new(410, Some("ResourceNotFoundException"))
        },
        _ => named(404, "ResourceNotFoundException", dice),
    }
}

/// What may be said before the work or after it.
fn failure(dice: &mut Dice) -> Answer {
    let status = dice.pick(&[500, 500, 502, 503, 503, 504, 501, 505, 599, 600, 999, 101]);
    if dice.percent(50) {
        return Answer {
            place: dice.pick(&[Place::Header, Place::Code, Place::Type]),
            ..Answer::new(status, None)
        };
    }
    named(status, "InternalServerException", dice)
}

fn throttled(dice: &mut Dice) -> Answer {
    let name = dice.pick(&[None, Some("ThrottlingException"), Some("Whatever")]);
    Answer {
        place: dice.pick(&[Place::Header, Place::Code, Place::Type]),
        ..Answer::new(429, name)
    }
}

/// Under a 404 the name stands where every client sees it: without it a 404 says that the token is gone.
fn throttled_by_name(dice: &mut Dice) -> Answer {
    let status = dice.pick(&[400, 403, 404, 500, 503, 509]);
    let mut answer = named(status, dice.pick(&THROTTLING), dice);
    if status == 404 {
        answer.place = Place::Code;
    }
    answer
}

fn refusal(dice: &mut Dice) -> Answer {
    let (status, name) = dice.pick(&[
        (400, Some("ValidationException")),
        (400, None),
        (401, None),
        (402, Some("ServiceQuotaExceededException")),
        (403, Some("AccessDeniedException")),
        (408, None),
        (409, Some("ConflictException")),
        (418, Some("TeapotException")),
    ]);
    Answer {
        place: dice.pick(&[Place::Header, Place::Code, Place::Type]),
        ..Answer::new(status, name)
    }
}

fn redirect(dice: &mut Dice) -> Answer {
    Answer {
        opaque: dice.percent(50),
        ..Answer::new(dice.pick(&[301, 302, 303, 307, 308]), None)
    }
}

fn note_asks(answer: &Answer, coverage: &mut Coverage) {
    for asks in [answer.retry_after, answer.amz_retry_after] {
        match asks {
            Asks::Nothing => {}
            Asks::Seconds(_) => coverage.note(Case::AskedInSeconds),
            Asks::Milliseconds(_) => coverage.note(Case::AskedInMilliseconds),
            Asks::Date(_) => coverage.note(Case::AskedByDate),
            Asks::Garbage(_) => coverage.note(Case::AskedInGarbage),
        }
    }
}
