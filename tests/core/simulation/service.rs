//! The service behind the network: its tokens, and everything that goes wrong there.

use super::coverage::{Case, Coverage};
use super::proxy::Proxy;
use super::rng::Rng;
use super::service_response::{Body, NameIn, RetryAfter, ServiceResponse};

/// One access token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) exists: bool,
    /// Whether it is another user's.
    pub(crate) foreign: bool,
}

/// Two for single deletions, and one for each deletion of a bulk.
pub(crate) const TOKENS: usize = 2 + MAX_BULK;

/// How many deletions a bulk has at most.
pub(crate) const MAX_BULK: usize = 8;

#[derive(Debug)]
pub(crate) struct Service {
    /// The time when the schedule starts, in seconds since 1970.
    pub(crate) epoch_s: u64,
    pub(crate) tokens: [Token; TOKENS],
    /// How many requests in a hundred fail.
    pub(crate) failures: u64,
    /// What stands before it.
    proxy: Proxy,
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
    pub(crate) fn new(rng: &mut Rng, coverage: &mut Coverage) -> Self {
        let mut token = || Token {
            exists: !rng.percent(8),
            foreign: rng.percent(4),
        };
        let tokens = std::array::from_fn(|_| token());
        if !tokens[0].exists {
            coverage.note(Case::NeverExisted);
        }
        let failures = rng.pick(&[0, 20, 40, 60, 100]);
        Self {
            epoch_s: rng.below(5_000_000_000),
            tokens,
            failures,
            proxy: Proxy::new(rng),
        }
    }

    pub(crate) fn is_gone(&self, token: usize) -> bool {
        !self.tokens[token].exists
    }

    /// Responds to a request, or the proxy does.
    pub(crate) fn serve(
        &mut self,
        token: usize,
        now: u64,
        rng: &mut Rng,
        coverage: &mut Coverage,
    ) -> ServiceResponse {
        let mut response = if !self.proxy.answers(rng) {
            self.respond(token, rng, coverage)
        } else if rng.percent(60) {
            Proxy::refuse(rng, coverage)
        } else {
            Proxy::replace(self.respond(token, rng, coverage), rng, coverage)
        };
        if response.status >= 300 && rng.percent(40) {
            response.retry_after = RetryAfter::in_seconds(rng, self.epoch_s + now / 1_000);
            response.amz_retry_after = RetryAfter::in_milliseconds(rng);
            note_retry_after(&response, coverage);
        }
        response
    }

    fn respond(&mut self, token: usize, rng: &mut Rng, coverage: &mut Coverage) -> ServiceResponse {
        if rng.percent(self.failures) {
            self.fail(token, rng, coverage)
        } else {
            self.execute(token, rng, coverage)
        }
    }

    fn execute(&mut self, token: usize, rng: &mut Rng, coverage: &mut Coverage) -> ServiceResponse {
        if self.tokens[token].foreign {
            coverage.note(Case::Refused);
            return named(403, "AccessDeniedException", rng);
        }
        // The operation is idempotent: some day the service may answer so.
        if self.is_gone(token) && rng.percent(90) {
            coverage.note(Case::NotFound);
            return not_found(rng);
        }
        let mut response = ServiceResponse::new(rng.pick(&[200, 200, 204, 299]), None);
        response.deleted = self.delete(token);
        response.body = Body::Service(rng.pick(&["{}", "{}", "", " ", "{\"more\": {}}"]));
        coverage.note(Case::Executed);
        response
    }

    fn fail(&mut self, token: usize, rng: &mut Rng, coverage: &mut Coverage) -> ServiceResponse {
        let (case, mut response) = match rng.below(12) {
            0..=2 => (Case::FailedBefore, failure(rng)),
            3..=5 => (Case::FailedAfter, failure(rng)),
            6 | 7 => (Case::Throttled, throttled(rng)),
            8 if rng.percent(50) => (Case::FailedByName, failure_by_name(rng)),
            8 => (Case::ThrottledByName, throttled_by_name(rng)),
            9 => (Case::Refused, refusal(rng)),
            10 => (Case::RedirectBefore, redirect(rng)),
            _ => (Case::RedirectAfter, redirect(rng)),
        };
        if matches!(case, Case::FailedAfter | Case::RedirectAfter) {
            response.deleted = self.delete(token);
        }
        coverage.note(case);
        response
    }

    /// Deletes a token of the caller's own. Gives whether there was one.
    fn delete(&mut self, token: usize) -> bool {
        let token = &mut self.tokens[token];
        let deletes = token.exists && !token.foreign;
        token.exists &= !deletes;
        deletes
    }
}

fn named(status: u16, name: &'static str, rng: &mut Rng) -> ServiceResponse {
    ServiceResponse {
        name_in: rng.pick(&[NameIn::Header, NameIn::Code, NameIn::Type]),
        ..ServiceResponse::new(status, Some(name))
    }
}

fn not_found(rng: &mut Rng) -> ServiceResponse {
    match rng.below(5) {
        0 => ServiceResponse::new(404, None),
        1 => ServiceResponse {
            name_in: NameIn::Code,
            ..ServiceResponse::new(410, Some("ResourceNotFoundException"))
        },
        _ => named(404, "ResourceNotFoundException", rng),
    }
}

/// What may be answered before the deletion or after it.
fn failure(rng: &mut Rng) -> ServiceResponse {
    let status = rng.pick(&[500, 500, 502, 503, 503, 504, 501, 505, 599, 600, 999, 101]);
    if rng.percent(50) {
        return ServiceResponse {
            name_in: rng.pick(&[NameIn::Header, NameIn::Code, NameIn::Type]),
            ..ServiceResponse::new(status, None)
        };
    }
    named(status, "InternalServerException", rng)
}

fn throttled(rng: &mut Rng) -> ServiceResponse {
    let name = rng.pick(&[None, Some("ThrottlingException"), Some("Whatever")]);
    ServiceResponse {
        name_in: rng.pick(&[NameIn::Header, NameIn::Code, NameIn::Type]),
        ..ServiceResponse::new(429, name)
    }
}

/// Under a 404 the name stands where every client sees it: a 404 without one says that the token is
/// gone.
fn throttled_by_name(rng: &mut Rng) -> ServiceResponse {
    let status = rng.pick(&[400, 403, 404, 500, 503, 509]);
    let mut response = named(status, rng.pick(&THROTTLING), rng);
    if status == 404 {
        response.name_in = NameIn::Code;
    }
    response
}

/// A passing fault that only its name tells of.
fn failure_by_name(rng: &mut Rng) -> ServiceResponse {
    let name = rng.pick(&["RequestTimeout", "RequestTimeoutException", "TimeoutError"]);
    named(rng.pick(&[400, 403, 409, 418]), name, rng)
}

fn refusal(rng: &mut Rng) -> ServiceResponse {
    let (status, name) = rng.pick(&[
        (400, Some("ValidationException")),
        (400, None),
        (401, None),
        (402, Some("ServiceQuotaExceededException")),
        (403, Some("AccessDeniedException")),
        (408, None),
        (409, Some("ConflictException")),
        (418, Some("TeapotException")),
    ]);
    ServiceResponse {
        name_in: rng.pick(&[NameIn::Header, NameIn::Code, NameIn::Type]),
        ..ServiceResponse::new(status, name)
    }
}

fn redirect(rng: &mut Rng) -> ServiceResponse {
    ServiceResponse {
        opaque: rng.percent(50),
        ..ServiceResponse::new(rng.pick(&[301, 302, 303, 307, 308]), None)
    }
}

fn note_retry_after(response: &ServiceResponse, coverage: &mut Coverage) {
    for value in [response.retry_after, response.amz_retry_after] {
        match value {
            RetryAfter::Absent => {}
            RetryAfter::Seconds(_) => coverage.note(Case::RetryAfterInSeconds),
            RetryAfter::Milliseconds(_) => coverage.note(Case::RetryAfterInMilliseconds),
            RetryAfter::Date(_) => coverage.note(Case::RetryAfterAsDate),
            RetryAfter::Garbage(_) => coverage.note(Case::RetryAfterGarbage),
        }
    }
}
