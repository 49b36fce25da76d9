//! A proxy, a firewall or a sign-in page, which answers in the service's place.

use super::coverage::{Case, Coverage};
use super::rng::Rng;
use super::service_response::{Body, ServiceResponse};

/// What stands between the callers and the service.
#[derive(Debug)]
pub(crate) struct Proxy {
    /// How many requests in a hundred it answers itself.
    answers: u64,
}

/// Bodies that nobody takes for the service's, under whatever status.
const PAGES: [&str; 7] = [
    "<!doctype html><title>Sign in</title>",
    "Blocked by the administrator.",
    "[{\"message\":\"no\"}]",
    "\"message\"",
    "null",
    "404",
    "  \n<html>",
];

/// Bodies that are taken for the service's under a 2xx, and under no other status.
const VAGUE: [&str; 4] = ["", " \n", "{}", "{\"error\":{\"code\":\"no\"}}"];

impl Proxy {
    pub(crate) fn new(rng: &mut Rng) -> Self {
        Self {
            answers: rng.pick(&[0, 0, 20, 50, 100]),
        }
    }

    pub(crate) fn answers(&self, rng: &mut Rng) -> bool {
        rng.percent(self.answers)
    }

    /// Answers a request that it doesn't pass on.
    ///
    /// Under a 2xx that is a page: a blank 2xx and one with an object are the service's by the
    /// contract, because there is nothing to tell them from. A proxy that gives one without having
    /// passed the request on can be noticed by nobody.
    pub(crate) fn refuse(rng: &mut Rng, coverage: &mut Coverage) -> ServiceResponse {
        let status = any_status(rng);
        let body = match status {
            200..=299 => rng.pick(&PAGES),
            _ => any_body(rng),
        };
        coverage.note(match status {
            200..=299 => Case::SignInPage,
            404 => Case::NotFoundPage,
            _ => Case::ProxyRefused,
        });
        by_proxy(status, body, rng)
    }

    /// Answers a request that it has passed on, in place of what the service answered.
    ///
    /// That is no 4xx if the token was deleted: a 4xx is a refusal by the contract, whoever gives
    /// it. And it is a 2xx without a page only if the service gave a 2xx too.
    pub(crate) fn replace(
        reply: ServiceResponse,
        rng: &mut Rng,
        coverage: &mut Coverage,
    ) -> ServiceResponse {
        coverage.note(Case::ProxyReplaced);
        let status = match any_status(rng) {
            400..=499 if reply.deleted => 502,
            status => status,
        };
        let succeeded = (200..=299).contains(&reply.status);
        let body = match status {
            200..=299 if !succeeded => rng.pick(&PAGES),
            _ => any_body(rng),
        };
        ServiceResponse {
            deleted: reply.deleted,
            ..by_proxy(status, body, rng)
        }
    }
}

fn by_proxy(status: u16, body: &'static str, rng: &mut Rng) -> ServiceResponse {
    ServiceResponse {
        body: Body::Proxy(body),
        opaque: (300..=399).contains(&status) && rng.percent(50),
        ..ServiceResponse::new(status, None)
    }
}

fn any_body(rng: &mut Rng) -> &'static str {
    match rng.percent(60) {
        true => rng.pick(&PAGES),
        false => rng.pick(&VAGUE),
    }
}

fn any_status(rng: &mut Rng) -> u16 {
    match rng.below(6) {
        0 | 1 => rng.pick(&[200, 200, 203, 204]),
        2 => rng.pick(&[403, 404, 404]),
        3 => rng.pick(&[400, 401, 402, 405, 407, 408, 409, 429, 451]),
        4 => rng.pick(&[500, 502, 502, 503, 504, 511]),
        _ => rng.pick(&[101, 302, 307, 600, 999]),
    }
}
