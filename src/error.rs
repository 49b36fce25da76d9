//! Every way to fail: its name, and what it says of the outcome.
//!
//! One name callers may see has no variant here: `InitializationError` is raised by the package's
//! loader when this module could not be loaded, so where no Rust runs.

use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// Every way in which a call can fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// An argument was refused; the text names it, what was wrong and what is expected.
    InvalidArgument(Cow<'static, str>),
    /// The host lacks what is needed to send a request, so this one was not sent.
    Unsupported,
    /// No reply came, or it broke off.
    Network,
    /// An attempt took longer than `timeoutMs`.
    Timeout,
    /// The caller's signal fired because its own time limit ran out.
    SignalTimeout,
    /// The caller's signal fired for another reason.
    Abort,
    /// The service answered with a redirect.
    Redirect,
    /// The service answered with a list that is not what it promises; the text says in what.
    Malformed(&'static str),
    /// The service answered with an error.
    Service(Box<Refusal>),
}

/// What the service said when it refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The exception's name, such as `ResourceNotFoundException`.
    pub name: String,
    /// The service's message, or ours where it gave none.
    pub message: String,
    /// Whether the same request may succeed later, and how long to hold back.
    pub retry: Retry,
}

/// Whether the same request may succeed later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Not without a change by the caller.
    Never,
    /// It may, soon.
    Transient,
    /// It may, once the service has had a rest.
    Throttled,
}

impl Error {
    /// An argument was refused.
    // Not inlined: a dozen of places would grow by more than the call.
    #[cold]
    #[inline(never)]
    pub(crate) fn invalid(message: &'static str) -> Self {
        Self::InvalidArgument(message.into())
    }

    /// The name that callers branch on.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::error::Error;
    ///
    /// assert_eq!(Error::Redirect.name(), "UnexpectedResponseError");
    /// ```
    pub fn name(&self) -> &str {
        self.told().0
    }

    /// What happened, for a person to read.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::error::Error;
    ///
    /// assert_eq!(Error::Abort.message(), "The signal was aborted.");
    /// ```
    pub fn message(&self) -> &str {
        self.told().1
    }

    /// Name and message.
    fn told(&self) -> (&str, &str) {
        match self {
            Self::InvalidArgument(message) => ("InvalidArgumentError", message),
            Self::Unsupported => (
                "NetworkError",
                "This host lacks fetch, AbortController or setTimeout: nothing was sent.",
            ),
            Self::Network => (
                "NetworkError",
                "No whole reply: the service could not be reached, or the browser blocked the request (CORS).",
            ),
            Self::Timeout => (
                "TimeoutError",
                "The last attempt took longer than timeoutMs.",
            ),
            Self::SignalTimeout => ("TimeoutError", "The time limit of the signal ran out."),
            Self::Abort => ("AbortError", "The signal was aborted."),
            Self::Redirect => (
                "UnexpectedResponseError",
                "The service answered with a redirect, which is not followed: it could carry the token off.",
            ),
            Self::Malformed(message) => ("UnexpectedResponseError", message),
            Self::Service(refusal) => (&refusal.name, &refusal.message),
        }
    }

    /// Whether the same call may succeed later without a change by the caller.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::error::{Error, Retry};
    ///
    /// assert_eq!(Error::Network.retry(), Retry::Transient);
    /// assert_eq!(Error::Abort.retry(), Retry::Never);
    /// ```
    pub fn retry(&self) -> Retry {
        match self {
            Self::Network | Self::Timeout | Self::SignalTimeout => Retry::Transient,
            Self::Service(refusal) => refusal.retry,
            Self::InvalidArgument(_)
            | Self::Unsupported
            | Self::Abort
            | Self::Redirect
            | Self::Malformed(_) => Retry::Never,
        }
    }
}

/// What a reply proves; empty where none came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The HTTP status, unless the host hides it.
    pub status: Option<u16>,
    /// The service's id of the request.
    pub request_id: Option<String>,
    /// How long the service asked to be left alone, in milliseconds.
    pub retry_after_ms: Option<u32>,
}

/// A failed call: what failed, and what is known of the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What ended the call.
    pub error: Error,
    /// What the last reply proves.
    pub evidence: Evidence,
    /// How many requests were started.
    pub attempts: u32,
    /// Whether an attempt may have deleted the token without a reply that tells.
    pub outcome_unknown: bool,
}

impl Failure {
    /// The properties of the error object that callers catch.
    ///
    /// Where the outcome is unknown and the message is ours, the message says so too: a person in a hurry reads nothing else.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::error::{Error, Evidence, Failure};
    ///
    /// let failure = Failure {
    ///     error: Error::Abort,
    ///     evidence: Evidence::default(),
    ///     attempts: 0,
    ///     outcome_unknown: false,
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&failure.properties()).unwrap(),
    ///     r#"{"name":"AbortError","message":"The signal was aborted.","attempts":0,"retryable":false,"outcomeUnknown":false}"#,
    /// );
    /// ```
    pub fn properties(&self) -> Properties {
        let mut properties = Properties::default();
        let (name, message) = self.error.told();
        let mut message = message.to_owned();
        if self.outcome_unknown && !matches!(self.error, Error::Service(_)) {
            message
                .push_str(" It is not known whether the token was deleted; calling again is safe.");
        }
        properties.text("name", Some(name));
        properties.text("message", Some(&message));
        properties.number("status", self.evidence.status.map(u32::from));
        properties.text("requestId", self.evidence.request_id.as_deref());
        properties.number("attempts", Some(self.attempts));
        properties.flag("retryable", self.error.retry() != Retry::Never);
        properties.number("retryAfterMs", self.evidence.retry_after_ms);
        properties.flag("outcomeUnknown", self.outcome_unknown);
        properties
    }
}

/// The properties of a plain object for the caller, in the caller's spelling. Absent values make none.
///
/// Not a struct with derived serialisation: that weighs more than the names and values.
#[derive(Debug, Default)]
pub struct Properties(Vec<(&'static str, Property)>);

/// The value of a property.
#[derive(Debug)]
pub enum Property {
    /// A string.
    Text(String),
    /// A number.
    Number(u32),
    /// A boolean.
    Flag(bool),
}

impl Properties {
    pub(crate) fn text(&mut self, name: &'static str, value: Option<&str>) {
        if let Some(text) = value {
            self.0.push((name, Property::Text(text.to_owned())));
        }
    }

    pub(crate) fn number(&mut self, name: &'static str, value: Option<u32>) {
        if let Some(number) = value {
            self.0.push((name, Property::Number(number)));
        }
    }

    pub(crate) fn flag(&mut self, name: &'static str, value: bool) {
        self.0.push((name, Property::Flag(value)));
    }

    /// Each property, in order.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::call::Outcome;
    ///
    /// let outcome = Outcome { attempts: 1, already_deleted: false, request_id: None, page: None };
    /// let names: Vec<_> = outcome.properties().iter().map(|(name, _)| *name).collect();
    /// assert_eq!(names, ["attempts", "alreadyDeleted"]);
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = &(&'static str, Property)> {
        self.0.iter()
    }
}

impl Serialize for Properties {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(name, value)| (*name, value)))
    }
}

impl Serialize for Property {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_u32(*number),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
        }
    }
}
