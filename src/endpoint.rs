//! Where requests go.

use crate::error::Error;
use crate::text::{concat, split_at_byte};

/// The endpoint of the service.
pub const SERVICE: &str = "https://codecatalyst.global.api.aws";

const HTTPS: &str = "https://";
const HTTP: &str = "http://";

/// Where requests go: `https:`, or `http:` to this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    origin: String,
    path: String,
}

impl Default for Endpoint {
    fn default() -> Self {
        Self {
            origin: SERVICE.to_owned(),
            path: String::new(),
        }
    }
}

impl Endpoint {
    /// Checks an endpoint, as the
    /// [URL standard](https://url.spec.whatwg.org/#concept-url-serializer) serializes it.
    ///
    /// The host's own `URL` parses it first, so that the request goes where this check believes it
    /// goes. A path prefix is kept, slashes at its end are not.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] unless it is an `https:` URL, or an `http:` one to `localhost`,
    /// `127.0.0.0/8` or `[::1]`, without user info, query and fragment.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::endpoint::Endpoint;
    ///
    /// let endpoint = Endpoint::new("https://example.com/api/").unwrap();
    /// assert_eq!((endpoint.origin(), endpoint.path()), ("https://example.com", "/api"));
    /// assert!(Endpoint::new("http://example.com/").is_err());
    /// ```
    pub fn new(href: &str) -> Result<Self, Error> {
        let is_plain = href.starts_with(HTTP);
        let scheme = if is_plain { HTTP } else { HTTPS };
        let Some(rest) = href.strip_prefix(scheme) else {
            return Err(Error::invalid(
                "options.endpoint must be an absolute https: URL.",
            ));
        };
        let (authority, mut path) = split_at_byte(rest, b'/').unwrap_or((rest, ""));
        if split_at_byte(authority, b'@').is_some() {
            return Err(Error::invalid(
                "options.endpoint must hold no user name or password.",
            ));
        }
        if rest.bytes().any(|byte| byte == b'?' || byte == b'#') {
            return Err(Error::invalid(
                "options.endpoint must hold no query or fragment.",
            ));
        }
        if is_plain && !is_loopback(authority) {
            return Err(Error::invalid(
                "options.endpoint must be https: \
                 (http: is for localhost, 127.0.0.0/8 and [::1] only).",
            ));
        }
        while let Some(shorter) = path.strip_suffix("/") {
            path = shorter;
        }
        let slash = if path.is_empty() { "" } else { "/" };
        Ok(Self {
            origin: concat(&[scheme, authority]),
            path: concat(&[slash, path]),
        })
    }

    /// The origin. Calls to the same one share their retry quota.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::endpoint::Endpoint;
    ///
    /// let endpoint = Endpoint::new("http://127.0.0.1:8080/x").unwrap();
    /// assert_eq!(endpoint.origin(), "http://127.0.0.1:8080");
    /// ```
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The path prefix: empty, or with a slash at its start and none at its end.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::endpoint::Endpoint;
    ///
    /// assert_eq!(Endpoint::new("https://example.com/").unwrap().path(), "");
    /// ```
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// The URL standard serializes every IPv4 address as four plain numbers, so its start is enough.
fn is_loopback(authority: &str) -> bool {
    let (host, _) = split_at_byte(authority, b':').unwrap_or((authority, ""));
    let is_ipv4 = host
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    (is_ipv4 && host.starts_with("127.")) || host == "localhost" || authority.starts_with("[::1]")
}
