//! What is answered, by the service or by a proxy, and how that looks to a client.

use codecatalyst_pat::response::Response;

use super::rng::Rng;
use crate::fixtures::FixedClock;
use crate::http_date;

/// Where an error's name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameIn {
    Header,
    Code,
    Type,
}

/// How the service asks to be left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RetryAfter {
    Absent,
    Seconds(u64),
    Milliseconds(u64),
    /// Until so many seconds since 1970.
    Date(u64),
    Garbage(&'static str),
}

impl RetryAfter {
    /// A value of `retry-after`.
    pub(crate) fn in_seconds(rng: &mut Rng, now_s: u64) -> Self {
        match rng.below(8) {
            0 | 1 => Self::Seconds(rng.below(23)),
            2 => Self::Seconds(rng.pick(&[0, 20, 21, 3_600, u64::MAX])),
            3 | 4 => Self::Date(now_s + rng.below(30)),
            5 => Self::Date(rng.pick(&[0, now_s.saturating_sub(86_400), now_s + 86_400])),
            6 => Self::Garbage(rng.pick(&["soon", "-1", "1.5", "", "5, 10", "1e3"])),
            _ => Self::Absent,
        }
    }

    /// A value of `x-amz-retry-after`.
    pub(crate) fn in_milliseconds(rng: &mut Rng) -> Self {
        match rng.below(6) {
            0 => Self::Milliseconds(rng.below(23_000)),
            1 => Self::Milliseconds(rng.pick(&[0, 20_000, 20_001, u64::MAX])),
            2 => Self::Garbage(rng.pick(&["soon", "-1", "0x10", ""])),
            _ => Self::Absent,
        }
    }

    /// The shortest wait for a client whose clock shows this time.
    fn wait_ms(self, client_ms: f64) -> Option<u64> {
        match self {
            Self::Absent | Self::Garbage(_) => None,
            Self::Seconds(seconds) => Some(seconds.saturating_mul(1_000)),
            Self::Milliseconds(ms) => Some(ms),
            // What is left by the client's own clock; nothing if that shows no number.
            Self::Date(at) => Some(((at * 1_000) as f64 - client_ms) as u64),
        }
    }

    fn header(self) -> Option<String> {
        match self {
            Self::Absent => None,
            Self::Garbage(value) => Some(value.to_owned()),
            Self::Seconds(number) | Self::Milliseconds(number) => Some(number.to_string()),
            Self::Date(at) if at % 2 == 0 => Some(http_date::fixdate(at)),
            Self::Date(at) => Some(http_date::asctime(at)),
        }
    }
}

/// The body of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Body {
    /// What the service writes: an object where there is an error, else this.
    Service(&'static str),
    /// What a proxy writes in the service's place.
    Proxy(&'static str),
}

/// One response.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ServiceResponse {
    pub(crate) status: u16,
    /// The host shows a redirect without its status.
    pub(crate) opaque: bool,
    pub(crate) name: Option<&'static str>,
    pub(crate) name_in: NameIn,
    pub(crate) retry_after: RetryAfter,
    pub(crate) amz_retry_after: RetryAfter,
    pub(crate) body: Body,
    /// Whether this request is the one that deleted the token.
    pub(crate) deleted: bool,
}

impl ServiceResponse {
    pub(crate) fn new(status: u16, name: Option<&'static str>) -> Self {
        Self {
            status,
            opaque: false,
            name,
            name_in: NameIn::Header,
            retry_after: RetryAfter::Absent,
            amz_retry_after: RetryAfter::Absent,
            body: Body::Service("{}"),
            deleted: false,
        }
    }

    pub(crate) fn is_by_proxy(&self) -> bool {
        matches!(self.body, Body::Proxy(_))
    }

    /// Whether a client can tell by the body that it isn't the service's, even if it broke off.
    pub(crate) fn is_page(&self) -> bool {
        let is_page = |text: &str| !text.trim().is_empty() && !text.starts_with('{');
        matches!(self.body, Body::Proxy(text) if is_page(text))
    }

    pub(crate) fn visible_status(&self) -> Option<u16> {
        (!self.opaque).then_some(self.status)
    }

    /// The name, for a client that may not see the headers.
    pub(crate) fn visible_name(&self, hides_headers: bool) -> Option<&'static str> {
        let is_visible = !hides_headers || self.name_in != NameIn::Header;
        self.name.filter(|_| is_visible)
    }

    /// The shortest wait, for a client that may not see the headers. More than 49 days count as 49.
    pub(crate) fn retry_after_ms(&self, hides_headers: bool, client_ms: f64) -> Option<u32> {
        let wait_ms = self.retry_after.wait_ms(client_ms);
        let amz_wait_ms = self.amz_retry_after.wait_ms(client_ms);
        let wait_ms = wait_ms.max(amz_wait_ms).filter(|_| !hides_headers)?;
        Some(u32::try_from(wait_ms).unwrap_or(u32::MAX))
    }

    /// Status and headers as a client gets them. A page in a browser gets the status only.
    pub(crate) fn head(&self, hides_headers: bool, request: usize, client_ms: f64) -> Response {
        let header = |name: &str| match name {
            _ if hides_headers => None,
            "x-amzn-errortype" if self.name_in == NameIn::Header => self.name.map(str::to_owned),
            "x-amzn-requestid" if !self.is_by_proxy() => Some(request.to_string()),
            "retry-after" => self.retry_after.header(),
            "x-amz-retry-after" => self.amz_retry_after.header(),
            _ => None,
        };
        let headers = |name| header(name);
        Response::new(self.visible_status(), headers, &FixedClock(client_ms))
    }

    /// The body, which quotes the token if there is an error; or what came of it if it broke off.
    ///
    /// Of a proxy's page at least the beginning comes along with the head: a 2xx of which nothing
    /// came but its head is taken for the service's.
    pub(crate) fn text(&self, token: &str, is_whole: bool, request: usize) -> String {
        let message = format!("\"message\":\"{token} is not welcome\"");
        let text = match (self.body, self.name_in, self.name) {
            (Body::Proxy(text), ..) => text.to_owned(),
            (Body::Service(text), ..) if (200..300).contains(&self.status) => text.to_owned(),
            (_, NameIn::Code, Some(name)) => format!("{{\"code\":\"{name}\",{message}}}"),
            (_, NameIn::Type, Some(name)) => {
                format!("{{{message},\"__type\":\"aws.x#{name}:http\"}}")
            }
            (_, NameIn::Header, Some(_)) | (_, _, None) => format!("{{{message}}}"),
        };
        let came = match request % 3 {
            _ if is_whole => text.len(),
            0 => 0,
            1 => text.len(),
            _ => text.len().div_ceil(2),
        };
        text[..came].to_owned()
    }
}
