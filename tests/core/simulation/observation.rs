//! What a caller sees of one attempt, and what the contract says of that.

/// What came of one attempt.
#[derive(Debug, Clone)]
pub(crate) struct Observation {
    /// Whether status and headers came.
    pub(crate) has_response: bool,
    /// Whether a proxy answered in the service's place, and whether that can be told by what came
    /// of the body, whatever the status.
    pub(crate) by_proxy: bool,
    pub(crate) is_page: bool,
    /// Whether nothing came of the body.
    pub(crate) is_silent: bool,
    /// None also where the host hides it.
    pub(crate) status: Option<u16>,
    pub(crate) name: Option<&'static str>,
    pub(crate) request_id: Option<String>,
    /// How long the service asked to be left alone.
    pub(crate) retry_after_ms: Option<u32>,
    /// What ended the attempt before the whole response was there.
    pub(crate) broken_by: Option<Break>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Break {
    Connection,
    /// The host says that there was no connection to send anything over.
    NotSent,
    Timeout,
    Signal {
        is_timeout: bool,
    },
}

/// What the contract says of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Success,
    NotFound,
    Transient,
    Throttling,
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

impl Observation {
    pub(crate) fn class(&self) -> Class {
        let by_signal = matches!(self.broken_by, Some(Break::Signal { .. }));
        match self.status {
            Some(200..=299) if self.is_confirmed() => Class::Success,
            _ if self.is_redirect() => Class::Final,
            _ if self.is_broken() && by_signal => Class::Final,
            _ if self.is_broken() => Class::Transient,
            status => self.class_of_error(status.unwrap_or(0)),
        }
    }

    fn class_of_error(&self, status: u16) -> Class {
        let name = self.name.unwrap_or("");
        match status {
            _ if THROTTLING.iter().any(|part| name.contains(part)) => Class::Throttling,
            429 => Class::Throttling,
            _ if name.contains("Timeout") => Class::Transient,
            _ if self.error_name() == "ResourceNotFoundException" => Class::NotFound,
            408 | 500 | 502 | 503 | 504 => Class::Transient,
            _ => Class::Final,
        }
    }

    /// Whether a 2xx is the service's, as far as it can be told. One that broke off before anything
    /// came of its body may be anybody's.
    fn is_confirmed(&self) -> bool {
        !self.is_page && (!self.is_silent || self.broken_by.is_none())
    }

    /// Whether it broke off before it told what it is. A page that is not the service's tells that
    /// by its beginning, unless its status asks for another attempt anyway.
    fn is_broken(&self) -> bool {
        let is_retried = matches!(self.status, Some(408 | 429 | 500 | 502 | 503 | 504));
        self.broken_by.is_some() && (!self.is_page || is_retried)
    }

    pub(crate) fn is_redirect(&self) -> bool {
        self.has_response && matches!(self.status, None | Some(300..=399))
    }

    /// Whether this attempt may have deleted the token, as far as its caller can tell.
    pub(crate) fn outcome_unknown(&self) -> bool {
        self.broken_by != Some(Break::NotSent) && !matches!(self.status, Some(400..=499))
    }

    /// The name of the error that ends a call with this attempt.
    pub(crate) fn error_name(&self) -> &'static str {
        match self.broken_by {
            _ if self.is_redirect() => "UnexpectedResponseError",
            _ if !self.is_broken() && self.by_proxy => self.name_of_foreign(),
            _ if !self.is_broken() => self.name.unwrap_or_else(|| self.name_of_status()),
            Some(Break::Connection | Break::NotSent) => "NetworkError",
            Some(Break::Timeout | Break::Signal { is_timeout: true }) => "TimeoutError",
            Some(Break::Signal { .. }) | None => "AbortError",
        }
    }

    /// A gateway's word on load is taken, and so is a 401.
    fn name_of_foreign(&self) -> &'static str {
        match self.status {
            Some(401 | 408 | 429 | 500..600) => self.name_of_status(),
            _ => "UnexpectedResponseError",
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
