//! A response of the service, and what it means.

use crate::date::Clock;
use crate::error::{Error, ResponseMetadata, ServiceError};
use crate::page::Page;
use crate::redact::{is_blank, printable};
use crate::retry::{classify, retry_after_ms};
use crate::text::split_at_byte;
use crate::token::BearerToken;

/// How much of a body is read, in UTF-16 code units.
///
/// The longest that the service may send is a page of a list whose text consists of escapes of six
/// characters; most are far shorter.
pub const MAX_BODY_LENGTH: usize = 131_072;

/// A value of parsed JSON, as the host holds it.
pub trait JsonValue: Sized {
    /// A member of an object; nothing for another value, or where the member is absent or `null`.
    fn member(&self, name: &str) -> Option<Self>;

    /// The elements of an array; nothing for another value.
    fn elements(&self) -> Option<Vec<Self>>;

    /// A string; nothing for another value.
    fn string(&self) -> Option<String>;
}

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

/// What a body says, as far as anyone needs it.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// `code`
    pub code: Option<String>,
    /// `__type`
    pub error_type: Option<String>,
    /// `message` or `Message`
    pub message: Option<String>,
    /// The page, if the body is one as the service promises it.
    pub page: Option<Page>,
}

impl Body {
    /// Reads the body of an error, or of a page.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::response::Body;
    ///
    /// assert!(Body::default().message.is_none());
    /// ```
    pub fn new<J: JsonValue>(json: &J, clock: &impl Clock) -> Self {
        let string = |name| json.member(name)?.string();
        let message = string("message").filter(|text| !is_blank(text));
        Self {
            code: string("code"),
            error_type: string("__type"),
            message: message.or_else(|| string("Message")),
            page: Page::parse(json, clock),
        }
    }
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
    /// Any 2xx means that the token is gone, whatever the body says: the service puts nothing in it
    /// that a caller could act on.
    ///
    /// # Errors
    ///
    /// [`Error::Redirect`] for 3xx and for a redirect that the host hides, else
    /// [`Error::Service`]. Its name is the first one found in the error-type header, the body's
    /// `code` and `__type`, and the status.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::response::{Body, Response};
    /// use codecatalyst_pat::token::BearerToken;
    ///
    /// let token = BearerToken::new("t").unwrap();
    /// let body = Body { message: Some("no such token".to_owned()), ..Body::default() };
    /// let response = Response { status: Some(404), body, ..Response::default() };
    /// let error = response.result(&token).unwrap_err();
    /// assert_eq!((error.name(), error.message()), ("ResourceNotFoundException", "no such token"));
    /// ```
    pub fn result(&self, token: &BearerToken) -> Result<(), Error> {
        match self.status {
            Some(200..=299) => Ok(()),
            None | Some(300..=399) => Err(Error::Redirect),
            Some(status) => Err(Error::Service(Box::new(self.service_error(status, token)))),
        }
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

    fn service_error(&self, status: u16, token: &BearerToken) -> ServiceError {
        let name = [&self.error_type, &self.body.code, &self.body.error_type]
            .into_iter()
            .find_map(|text| exception_name(&printable(text.as_ref()?, Some(token))?))
            .unwrap_or_else(|| name_of_status(status).to_owned());
        let message = self.body.message.as_ref();
        ServiceError {
            retry: classify(status, &name),
            name,
            message: message
                .and_then(|text| printable(text, Some(token)))
                .unwrap_or_else(|| "The service gave no message.".to_owned()),
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
