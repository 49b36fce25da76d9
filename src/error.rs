//! Every way to fail: its name, and what it says of the outcome.
//!
//! One name that callers may see has no variant here: `InitializationError` is raised by the
//! package's JavaScript when this module can't be loaded, where no Rust runs.

use std::borrow::Cow;

/// Every way in which a call can fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// An argument was refused; the text names it, what was wrong and what is expected.
    InvalidArgument(Cow<'static, str>),
    /// The host lacks what it takes to send a request, so this one was not sent; the text says what.
    Unsupported(&'static str),
    /// No response came, or it broke off, and the host doesn't say why.
    Network,
    /// The same, and the host says why; the request may have been sent.
    Disconnected,
    /// The host could not connect, so the request was not sent.
    NotConnected,
    /// The host did not accept the certificate, so the request was not sent.
    Certificate,
    /// An attempt took longer than `timeoutMs`.
    Timeout,
    /// The caller's signal was aborted because its own time limit ran out.
    SignalTimeout,
    /// The caller's signal was aborted for another reason.
    Aborted,
    /// The response is a redirect.
    Redirect,
    /// The service answered with a list that is not what it promises.
    InvalidPage,
    /// The service answered with an error.
    Service(Box<ServiceError>),
    /// Something other than the service answered: a proxy, a firewall, a sign-in page.
    Foreign(Box<ForeignError>),
}

/// An error that the service answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceError {
    /// The exception's name, such as `ResourceNotFoundException`; where the service gave none, that
    /// for its status.
    pub name: String,
    /// The service's message, or ours where it gave none.
    pub message: String,
    /// Whether the same request may succeed later, and how long to back off.
    pub retry: RetryKind,
}

/// A response that is not the service's.
///
/// It is no [`ServiceError`], so that a name derived from a status is never taken for the service's
/// word: only that may prove that a token is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignError {
    /// `UnexpectedResponseError`, or the name for a status that is believed whoever gives it.
    pub name: &'static str,
    /// Our message.
    pub message: String,
    /// Whether the same request may succeed later, and how long to back off.
    pub retry: RetryKind,
}

/// Whether the same request may succeed later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryKind {
    /// Not without a change by the caller.
    Never,
    /// It may, soon.
    Transient,
    /// It may, once the service is less busy.
    Throttling,
}

impl Error {
    /// The bearer token was passed as the id, or as a part of it.
    pub(crate) fn id_is_token() -> Self {
        Self::invalid("id is the bearer token; it must be the id of the token to delete.")
    }

    /// An argument was refused.
    pub(crate) fn invalid(message: &'static str) -> Self {
        Self::InvalidArgument(message.into())
    }

    /// Whether the host proves that the attempt that failed with this error was not sent.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::error::Error;
    ///
    /// assert!(Error::NotConnected.proves_not_sent());
    /// assert!(!Error::Network.proves_not_sent());
    /// ```
    pub fn proves_not_sent(&self) -> bool {
        matches!(self, Self::NotConnected | Self::Certificate)
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
        self.name_and_message().0
    }

    /// What happened, for a person to read.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::error::Error;
    ///
    /// assert_eq!(Error::Aborted.message(), "The signal was aborted.");
    /// ```
    pub fn message(&self) -> &str {
        self.name_and_message().1
    }

    fn name_and_message(&self) -> (&str, &str) {
        match self {
            Self::InvalidArgument(message) => ("InvalidArgumentError", message),
            Self::Unsupported(message) => ("NetworkError", message),
            Self::Network => (
                "NetworkError",
                "No complete response: the service could not be reached, \
                 or the browser blocked the request (CORS).",
            ),
            Self::Disconnected => (
                "NetworkError",
                "The connection broke before the whole response came.",
            ),
            Self::NotConnected => (
                "NetworkError",
                "There is no connection to the service: nothing was sent.",
            ),
            Self::Certificate => (
                "NetworkError",
                "The certificate at the other end is not accepted: nothing was sent. If your \
                 network's own authority has issued it, name its file in NODE_EXTRA_CA_CERTS.",
            ),
            Self::Timeout => (
                "TimeoutError",
                "The last attempt took longer than timeoutMs.",
            ),
            Self::SignalTimeout => ("TimeoutError", "The time limit of the signal ran out."),
            Self::Aborted => ("AbortError", "The signal was aborted."),
            Self::Redirect => (
                "UnexpectedResponseError",
                "The service answered with a redirect, which is not followed: \
                 it could carry the token off.",
            ),
            Self::InvalidPage => (
                "UnexpectedResponseError",
                "The service's response is not the list of tokens that it promises.",
            ),
            Self::Service(error) => (&error.name, &error.message),
            Self::Foreign(error) => (error.name, &error.message),
        }
    }

    /// Whether the same call may succeed later without a change by the caller.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::error::{Error, RetryKind};
    ///
    /// assert_eq!(Error::Network.retry_kind(), RetryKind::Transient);
    /// assert_eq!(Error::Aborted.retry_kind(), RetryKind::Never);
    /// ```
    pub fn retry_kind(&self) -> RetryKind {
        match self {
            Self::Network
            | Self::Disconnected
            | Self::NotConnected
            | Self::Certificate
            | Self::Timeout
            | Self::SignalTimeout => RetryKind::Transient,
            Self::Service(error) => error.retry,
            Self::Foreign(error) => error.retry,
            Self::InvalidArgument(_)
            | Self::Unsupported(_)
            | Self::Aborted
            | Self::Redirect
            | Self::InvalidPage => RetryKind::Never,
        }
    }
}

/// What is known of a response; empty if none came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResponseMetadata {
    /// The HTTP status, unless the host hides it.
    pub status: Option<u16>,
    /// The service's id of the request.
    pub request_id: Option<String>,
    /// How long the service asked to be left alone, in milliseconds.
    pub retry_after_ms: Option<u32>,
}

/// A failed call: what failed, and what is known of the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallError {
    /// What ended the call.
    pub error: Error,
    /// What is known of the last response.
    pub metadata: ResponseMetadata,
    /// How many requests were started.
    pub attempts: u32,
    /// Whether an attempt may have deleted the token without a response that tells.
    pub outcome_unknown: bool,
}

impl From<Error> for CallError {
    /// The failure of a call that sent nothing.
    fn from(error: Error) -> Self {
        Self {
            error,
            metadata: ResponseMetadata::default(),
            attempts: 0,
            outcome_unknown: false,
        }
    }
}
