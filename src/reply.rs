//! Status, headers and body text of a reply, and what they mean.

use zeroize::Zeroizing;

use crate::error::{Error, Evidence, Refusal};
use crate::json::Members;
use crate::request::Secret;
use crate::retry;
use crate::text::{presentable, split};

/// How much of a body is read, in UTF-16 code units. The longest that the service may send is a page of a list whose text is all
/// in escapes of six characters; most are far shorter.
pub const LONGEST_BODY: usize = 131_072;

/// One reply of the service. A web page sees a header only if the service exposes it, so each may be missing.
///
/// Any of it may quote the token, so its memory is overwritten when it goes.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    /// The HTTP status; none for a redirect that the host hides.
    pub status: Option<u16>,
    /// `x-amzn-errortype`
    pub error_type: Option<Zeroizing<String>>,
    /// `x-amzn-requestid` or `x-amz-request-id`
    pub request_id: Option<Zeroizing<String>>,
    /// `retry-after`
    pub retry_after: Option<Zeroizing<String>>,
    /// `x-amz-retry-after`
    pub amz_retry_after: Option<Zeroizing<String>>,
    /// The body, in UTF-16 code units.
    pub body: Zeroizing<Vec<u16>>,
}

impl Reply {
    /// A reply whose body is still to come. `header` looks a header up by name.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::reply::Reply;
    ///
    /// let reply = Reply::new(Some(429), |name| (name == "retry-after").then(|| "1".to_owned().into()));
    /// assert_eq!(reply.retry_after.unwrap().as_str(), "1");
    /// assert_eq!(reply.error_type, None);
    /// ```
    pub fn new(status: Option<u16>, header: impl Fn(&str) -> Option<Zeroizing<String>>) -> Self {
        Self {
            status,
            error_type: header("x-amzn-errortype"),
            request_id: header("x-amzn-requestid").or_else(|| header("x-amz-request-id")),
            retry_after: header("retry-after"),
            amz_retry_after: header("x-amz-retry-after"),
            body: Zeroizing::default(),
        }
    }

    /// Turns the reply into the answer for the caller.
    ///
    /// Any 2xx means that the token is gone, whatever the body says: the service puts nothing in it that a
    /// caller could act on.
    ///
    /// # Errors
    ///
    /// [`Error::Redirect`] for 3xx and for a redirect that the host hides, else [`Error::Service`]. Its
    /// name is the first one found in the error-type header, the body's `code` and `__type`, and the status.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::reply::Reply;
    /// use codecatalyst_pat::request::Secret;
    ///
    /// let secret = Secret::new("t".encode_utf16()).unwrap();
    /// let mut reply = Reply { status: Some(404), ..Reply::default() };
    /// reply.body.extend(r#"{"message": "no such token"}"#.encode_utf16());
    /// let error = reply.verdict(&secret).unwrap_err();
    /// assert_eq!((error.name(), error.message()), ("ResourceNotFoundException", "no such token"));
    /// ```
    pub fn verdict(&self, secret: &Secret) -> Result<(), Error> {
        match self.status {
            Some(200..=299) => Ok(()),
            None | Some(300..=399) => Err(Error::Redirect),
            Some(status) => Err(Error::Service(Box::new(self.refusal(status, secret)))),
        }
    }

    /// What the reply proves. `now_ms` is the time since 1970 in milliseconds.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::reply::Reply;
    /// use codecatalyst_pat::request::Secret;
    ///
    /// let secret = Secret::new("t".encode_utf16()).unwrap();
    /// let reply = Reply::new(Some(500), |_| Some("7".to_owned().into()));
    /// assert_eq!(reply.evidence(&secret, 0.0).request_id.as_deref(), Some("7"));
    /// assert_eq!(reply.evidence(&secret, 0.0).retry_after_ms, Some(7_000));
    /// ```
    pub fn evidence(&self, secret: &Secret, now_ms: f64) -> Evidence {
        Evidence {
            status: self.status,
            request_id: self
                .request_id
                .as_ref()
                .and_then(|id| presentable(id, Some(secret))),
            retry_after_ms: retry::retry_after_ms(
                self.retry_after.as_ref().map(|text| text.as_str()),
                self.amz_retry_after.as_ref().map(|text| text.as_str()),
                now_ms,
            ),
        }
    }

    fn refusal(&self, status: u16, secret: &Secret) -> Refusal {
        let body = Members::read(&self.body);
        let error_type = self.error_type.as_ref().map(|text| text.as_str());
        let name = [error_type, body.text("code"), body.text("__type")]
            .into_iter()
            .find_map(|text| exception(&presentable(text?, Some(secret))?))
            .unwrap_or_else(|| name_of_status(status).to_owned());
        let message = [body.text("message"), body.text("Message")]
            .into_iter()
            .find_map(|text| presentable(text?, Some(secret)))
            .unwrap_or_else(|| "The service gave no message.".to_owned());
        Refusal {
            retry: retry::of_reply(status, &name),
            name,
            message,
        }
    }
}

/// The exception's name in what the service writes, such as `aws.protocols#NotFound:http://…`; nothing if nothing is left.
///
/// The token must be out of it before: a token may hold the characters at which it is cut.
fn exception(raw: &str) -> Option<String> {
    let name = split(raw, b":,").map_or(raw, |(name, _)| name);
    let name = split(name, b"##")
        .map_or(name, |(_, name)| name)
        .trim_ascii();
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
