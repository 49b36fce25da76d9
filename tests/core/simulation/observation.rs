//! What a caller saw of one attempt, and what API.md says of that.

/// What came back of one attempt.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// Whether status and headers came.
    pub(crate) answered: bool,
    /// None also where the host hides it.
    pub(crate) status: Option<u16>,
    pub(crate) name: Option<&'static str>,
    pub(crate) request_id: Option<String>,
    /// How long the service asked to be left alone.
    pub(crate) asked_ms: Option<u32>,
    /// What ended the attempt before all of the reply was there.
    pub(crate) broke: Option<Broke>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broke {
    Connection,
    TimeUp,
    Signal { is_timeout: bool },
}

/// What API.md says of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    Success,
    NotFound,
    Transient,
    Throttled,
    Final,
}

/// Parts of the names by which the simulated service throttles, and of no other name it gives.
const THROTTLING: [&str; 5] = [
    "Thrott",
    "SlowDown",
    "TooMany",
    "PriorRequest",
    "LimitExceeded",
];

impl Seen {
    pub(crate) fn meaning(&self) -> Meaning {
        let by_signal = matches!(self.broke, Some(Broke::Signal { .. }));
        match self.status {
            Some(200..=299) => Meaning::Success,
            _ if self.is_redirect() || by_signal => Meaning::Final,
            _ if self.broke.is_some() => Meaning::Transient,
            status => self.meaning_of_error(status.unwrap_or(0)),
        }
    }

    fn meaning_of_error(&self, status: u16) -> Meaning {
        let name = self.name.unwrap_or("");
        match status {
            _ if THROTTLING.iter().any(|part| name.contains(part)) => Meaning::Throttled,
            429 => Meaning::Throttled,
            _ if self.error_name() == "ResourceNotFoundException" => Meaning::NotFound,
            408 | 500 | 502 | 503 | 504 => Meaning::Transient,
            _ => Meaning::Final,
        }
    }

    pub(crate) fn is_redirect(&self) -> bool {
        self.answered && matches!(self.status, None | Some(300..=399))
    }

    /// Whether the token may have been deleted by this attempt, as far as its caller can tell.
    pub(crate) fn is_open(&self) -> bool {
        !matches!(self.status, Some(400..=499))
    }

    /// The name of the error that ends a call with this attempt.
    pub(crate) fn error_name(&self) -> &'static str {
        match self.broke {
            _ if self.is_redirect() => "UnexpectedResponseError",
            Some(Broke::Connection) => "NetworkError",
            Some(Broke::TimeUp | Broke::Signal { is_timeout: true }) => "TimeoutError",
            Some(Broke::Signal { .. }) => "AbortError",
            None => self.name.unwrap_or_else(|| self.name_of_status()),
        }
    }

    fn name_of_status(&self) -> &'static str {
        match self.status.unwrap_or(0) {
            400 => "ValidationException",
            401 => "UnauthorizedException",
            402 => "ServiceQuotaExceededException",
            403 => "AccessDeniedException",
            404 => "ResourceNotFoundException",
            409 => "ConflictException",
            429 => "ThrottlingException",
            500..600 => "InternalServerException",
            _ => "UnknownServiceError",
        }
    }
}
