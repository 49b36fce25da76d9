//! A response: whether it is the service's, and what it means.

use crate::body::{Body, BodyKind};
use crate::date::Clock;
use crate::error::{Error, ForeignError, ResponseMetadata, RetryKind, ServiceError};
use crate::page::Page;
use crate::redact::printable;
use crate::retry::{classify, retry_after_ms};
use crate::text::{concat, split_at_byte};
use crate::token::BearerToken;

/// One response. A web page sees a header only if the service exposes it, so each may be missing.
///
/// Any of it may quote the token.
#[derive(Debug, Clone, Default)]
pub struct Response {
    /// The HTTP status; none for a redirect that the host hides.
    pub status: Option<u16>,
    /// `x-amzn-errortype`
    pub error_type: Option<String>,
    /// `x-amzn-requestid` or `x-amz-request-id`
    pub request_id: Option<String>,
    /// How long the service asked to be left alone, by `retry-after` or `x-amz-retry-after`.
    pub retry_after_ms: Option<u32>,
    /// What the body says.
    pub body: Body,
}

impl Response {
    /// A response whose body is still to come. `header` looks up a header by its name.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::date::Clock;
    /// use codecatalyst_pat::response::Response;
    ///
    /// struct Epoch;
    /// impl Clock for Epoch {
    ///     fn now_ms(&self) -> f64 { 0.0 }
    ///     fn parse_date_ms(&self, _: &str) -> Option<f64> { None }
    /// }
    ///
    /// let header = |name| (name == "retry-after").then(|| "1".to_owned());
    /// let response = Response::new(Some(429), header, &Epoch);
    /// assert_eq!(response.retry_after_ms, Some(1_000));
    /// assert_eq!(response.error_type, None);
    /// ```
    pub fn new(
        status: Option<u16>,
        header: impl Fn(&'static str) -> Option<String>,
        clock: &impl Clock,
    ) -> Self {
        let mut response = Self {
            status,
            request_id: header("x-amzn-requestid").or_else(|| header("x-amz-request-id")),
            ..Self::default()
        };
        if !response.is_success() {
            let retry_after = header("retry-after");
            let amz_retry_after = header("x-amz-retry-after");
            response.error_type = header("x-amzn-errortype");
            response.retry_after_ms =
                retry_after_ms(retry_after.as_deref(), amz_retry_after.as_deref(), clock);
        }
        response
    }

    /// Whether the status is 2xx.
    pub(crate) fn is_success(&self) -> bool {
        matches!(self.status, Some(200..=299))
    }

    /// Turns the response into the answer for the caller.
    ///
    /// A 2xx means that the token is gone if the service itself gave it. Between the caller and the
    /// service stand proxies, firewalls and sign-in pages, and none of them is taken for it: a
    /// response is the service's if it names an error, if its body is a JSON object with the text
    /// `message`, `Message`, `__type` or `code`, or if it is a 2xx whose body is blank or a JSON
    /// object.
    ///
    /// # Errors
    ///
    /// - [`Error::Redirect`] for 3xx and for a redirect that the host hides.
    /// - [`Error::Service`] for an error of the service. Its name is the first one found in the
    ///   error-type header, the body's `code` and `__type`, and the status.
    /// - [`Error::Foreign`] for any other response.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::body::Body;
    /// use codecatalyst_pat::response::Response;
    /// use codecatalyst_pat::token::BearerToken;
    ///
    /// let token = BearerToken::new("t").unwrap();
    /// let body = Body { message: Some("no such token".to_owned()), ..Body::default() };
    /// let response = Response { status: Some(404), body, ..Response::default() };
    /// let error = response.result(&token).unwrap_err();
    /// assert_eq!((error.name(), error.message()), ("ResourceNotFoundException", "no such token"));
    ///
    /// let page_of_a_proxy = Response { status: Some(404), ..Response::default() };
    /// let error = page_of_a_proxy.result(&token).unwrap_err();
    /// assert_eq!(error.name(), "UnexpectedResponseError");
    /// ```
    pub fn result(&self, token: &BearerToken) -> Result<(), Error> {
        let status = match self.status {
            None | Some(300..=399) => return Err(Error::Redirect),
            Some(status) => status,
        };
        let name = self.exception_name(token);
        match (self.is_from_service(name.as_deref()), status) {
            (true, 200..=299) => Ok(()),
            (true, _) => Err(Error::Service(Box::new(
                self.service_error(status, name, token),
            ))),
            (false, _) => Err(Error::Foreign(Box::new(self.foreign_error(status)))),
        }
    }

    /// The page of a successful response; none for a deletion. `broken` is what kept the rest of
    /// the response from coming.
    pub(crate) fn page(
        self,
        is_list: bool,
        broken: Option<Error>,
        token: &BearerToken,
    ) -> Result<Option<Page>, Error> {
        match (self.result(token), broken) {
            (Err(Error::Redirect), _) => Err(Error::Redirect),
            (Err(error), Some(_)) if self.is_enough(&error) => Err(error),
            // The rest of it would have told the error's name, or who answered.
            (Err(_), Some(error)) => Err(error),
            (Err(error), None) => Err(error),
            // Nothing came of the body: it may have been anybody's.
            (Ok(()), Some(error)) if self.body.kind == BodyKind::Blank => Err(error),
            // A deletion is done whatever becomes of the rest.
            (Ok(()), _) if !is_list => Ok(None),
            (Ok(()), Some(error)) => Err(error),
            (Ok(()), None) => self.body.page.map(Some).ok_or(Error::InvalidPage),
        }
    }

    /// Whether what came of a body that broke off settles the matter: it isn't the service's, and
    /// another attempt wouldn't help.
    fn is_enough(&self, error: &Error) -> bool {
        self.body.kind == BodyKind::Other && error.retry_kind() == RetryKind::Never
    }

    /// What is known of the response, fit to be shown.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::response::Response;
    /// use codecatalyst_pat::token::BearerToken;
    ///
    /// let token = BearerToken::new("t").unwrap();
    /// let response = Response { request_id: Some("7".to_owned()), ..Response::default() };
    /// assert_eq!(response.metadata(&token).request_id.as_deref(), Some("7"));
    /// ```
    pub fn metadata(&self, token: &BearerToken) -> ResponseMetadata {
        let request_id = self.request_id.as_ref();
        ResponseMetadata {
            status: self.status,
            request_id: request_id.and_then(|id| printable(id, Some(token))),
            retry_after_ms: self.retry_after_ms,
        }
    }

    /// The name of the error, as the service gives it.
    fn exception_name(&self, token: &BearerToken) -> Option<String> {
        [&self.error_type, &self.body.code, &self.body.error_type]
            .into_iter()
            .find_map(|text| exception_name(&printable(text.as_ref()?, Some(token))?))
    }

    fn is_from_service(&self, name: Option<&str>) -> bool {
        let confirms = matches!(self.body.kind, BodyKind::Blank | BodyKind::Object);
        name.is_some() || self.body.describes_error() || (self.is_success() && confirms)
    }

    fn service_error(
        &self,
        status: u16,
        name: Option<String>,
        token: &BearerToken,
    ) -> ServiceError {
        let name = name.unwrap_or_else(|| name_of_status(status).to_owned());
        let message = self.body.message.as_ref();
        ServiceError {
            retry: classify(status, &name),
            name,
            message: message
                .and_then(|text| printable(text, Some(token)))
                .unwrap_or_else(|| "The service gave no message.".to_owned()),
        }
    }

    /// What a gateway says of load, and that a sign-in is missing, is true; nothing else is.
    fn foreign_error(&self, status: u16) -> ForeignError {
        let retry = classify(status, "");
        let name = match status {
            401 | 408 | 429 | 500..=599 => name_of_status(status),
            _ => "UnexpectedResponseError",
        };
        let [start, end] = match (self.body.kind, retry) {
            (BodyKind::Unknown, _) => [
                "The response's body had been read already",
                ": a wrapper around fetch must read a clone() of the response.",
            ],
            (_, RetryKind::Never) => [
                "Something other than the service answered",
                ", such as a proxy, a firewall or a sign-in page. \
                 Check endpoint, and whether your network asks you to sign in.",
            ],
            _ => [
                "Something other than the service answered",
                ", such as a proxy or a load balancer. Call again later.",
            ],
        };
        let message = concat(&[start, " (status ", &status.to_string(), ")", end]);
        ForeignError {
            name,
            message,
            retry,
        }
    }
}

/// The exception's name in what the service writes, such as `aws.protocols#NotFound:http://…`;
/// nothing if nothing is left.
///
/// The rule is that of
/// [restJson1](https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization).
/// The token must be redacted before: it may hold the characters at which the text is cut.
fn exception_name(raw: &str) -> Option<String> {
    let name = split_at_byte(raw, b':').map_or(raw, |(name, _)| name);
    let name = split_at_byte(name, b',').map_or(name, |(name, _)| name);
    let name = split_at_byte(name, b'#').map_or(name, |(_, name)| name);
    let name = name.trim_ascii();
    (!name.is_empty()).then(|| name.to_owned())
}

fn name_of_status(status: u16) -> &'static str {
    match status {
        400 => "ValidationException",
        401 => "UnauthorizedException",
        402 => "ServiceQuotaExceededException",
        403 => "AccessDeniedException",
        404 => "ResourceNotFoundException",
        409 => "ConflictException",
        429 => "ThrottlingException",
        500..=599 => "InternalServerException",
        _ => "UnknownServiceError",
    }
}
