//! The options a caller may set: their names, defaults and limits, and where requests go.

use crate::error::Error;
use crate::text::{joined, split};

/// The options of `deleteAccessToken`.
pub const NAMES: [&str; 4] = ["endpoint", "signal", "timeoutMs", "maxAttempts"];

const LISTED: &str = "endpoint, signal, timeoutMs and maxAttempts";

/// The limit of one attempt where the caller sets none, in milliseconds.
pub const DEFAULT_TIMEOUT_MS: u32 = 10_000;

/// How many requests a call may start where the caller sets no limit.
pub const DEFAULT_MAX_ATTEMPTS: u32 = 3;

/// The longest time a host's timer can wait: it fires at once if asked for more.
///
/// [HTML: timers](https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers) takes
/// a signed 32-bit integer.
pub const LONGEST_TIMER_MS: u32 = i32::MAX as u32;

/// Reads `timeoutMs`.
///
/// Fractions are rounded up, so that no limit becomes 0. What is longer than a timer can wait (24.8 days)
/// becomes [`LONGEST_TIMER_MS`].
///
/// # Errors
///
/// [`Error::InvalidArgument`] unless the number is finite and above 0.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::options::timeout_ms;
///
/// assert_eq!(timeout_ms(2_500.0), Ok(2_500));
/// assert!(timeout_ms(f64::INFINITY).is_err());
/// ```
pub fn timeout_ms(value: f64) -> Result<u32, Error> {
    if !(value.is_finite() && value > 0.0) {
        let expected = "options.timeoutMs must be a finite number of milliseconds above 0, not ";
        return Err(refused(expected, value));
    }
    Ok((value.ceil() as u32).min(LONGEST_TIMER_MS))
}

/// Reads `maxAttempts`.
///
/// # Errors
///
/// [`Error::InvalidArgument`] unless the number is an integer of 1 or more.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::options::max_attempts;
///
/// assert_eq!(max_attempts(1.0), Ok(1));
/// assert!(max_attempts(1.5).is_err());
/// ```
pub fn max_attempts(value: f64) -> Result<u32, Error> {
    if !(value.is_finite() && value >= 1.0 && value.trunc() == value) {
        let expected = "options.maxAttempts must be an integer of 1 or more, not ";
        return Err(refused(expected, value));
    }
    Ok(value as u32)
}

/// Says what was wrong with a number without printing it: formatting floats is a large part of
/// what the module would weigh.
fn refused(expected: &str, value: f64) -> Error {
    let found = if value.is_nan() {
        "NaN"
    } else if value.is_infinite() {
        "Infinity"
    } else if value == 0.0 {
        "0"
    } else if value < 0.0 {
        "a negative number"
    } else {
        "a fraction"
    };
    Error::InvalidArgument(joined(&[expected, found, "."]).into())
}

/// The error for an option that does not exist, with the nearest one that does if it looks like a
/// slip of the keyboard.
///
/// # Examples
///
/// ```
/// use codecatalyst_pat::options::unknown;
///
/// assert_eq!(
///     unknown("timeoutMS").message(),
///     "options.timeoutMS is not an option. Did you mean timeoutMs?",
/// );
/// ```
pub fn unknown(name: &str) -> Error {
    let [first, hint, last] = match nearest(name) {
        Some(known) => ["Did you mean ", known, "?"],
        None => ["The options are ", LISTED, "."],
    };
    let parts = ["options.", name, " is not an option. ", first, hint, last];
    Error::InvalidArgument(joined(&parts).into())
}

/// The known option that differs in no more than two characters in a row, upper and lower case aside: one left out,
/// doubled, mistyped, or two swapped.
fn nearest(name: &str) -> Option<&'static str> {
    NAMES.into_iter().find(|known| {
        let same = |(a, b): &(u8, u8)| a.eq_ignore_ascii_case(b);
        let start = name.bytes().zip(known.bytes()).take_while(same).count();
        let end = name
            .bytes()
            .rev()
            .zip(known.bytes().rev())
            .take_while(same)
            .count();
        let longer = name.len().max(known.len());
        start.saturating_add(end).saturating_add(2) >= longer
    })
}

/// The endpoint of the service.
pub const SERVICE: &str = "https://codecatalyst.global.api.aws";

const HTTPS: &str = "https://";
const HTTP: &str = "http://";

/// Where requests go: `https:`, or `http:` to this very machine.
#[derive(Debug, PartialEq, Eq)]
pub struct Endpoint {
    origin: String,
    path: String,
}

impl Endpoint {
    /// Checks an endpoint, as the [URL standard](https://url.spec.whatwg.org/#concept-url-serializer) writes it.
    ///
    /// Whoever calls this lets the host's own `URL` read it first, so that the request goes where this check believes
    /// it goes. A path prefix is kept, slashes at its end are not.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] unless it is an `https:` URL, or an `http:` one to `localhost`, `127.0.0.0/8` or
    /// `[::1]`, without user info, query and fragment.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::options::Endpoint;
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
        let (authority, mut path) = split(rest, b"//").unwrap_or((rest, ""));
        if split(authority, b"@@").is_some() {
            return Err(Error::invalid(
                "options.endpoint must hold no user name or password.",
            ));
        }
        if split(rest, b"?#").is_some() {
            return Err(Error::invalid(
                "options.endpoint must hold no query or fragment.",
            ));
        }
        if is_plain && !is_loopback(authority) {
            return Err(Error::invalid(
                "options.endpoint must be https: (http: is for localhost, 127.0.0.0/8 and [::1] only).",
            ));
        }
        while let Some(rest) = path.strip_suffix('/') {
            path = rest;
        }
        let slash = if path.is_empty() { "" } else { "/" };
        Ok(Self {
            origin: joined(&[scheme, authority]),
            path: joined(&[slash, path]),
        })
    }

    /// The origin, which calls share their retry budget by.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::options::Endpoint;
    ///
    /// assert_eq!(Endpoint::new("http://127.0.0.1:8080/x").unwrap().origin(), "http://127.0.0.1:8080");
    /// ```
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The path prefix: empty, or with a slash at its start and none at its end.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::options::Endpoint;
    ///
    /// assert_eq!(Endpoint::new("https://example.com/").unwrap().path(), "");
    /// ```
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// The URL standard writes every IPv4 address as four plain numbers, so one that begins with 127 is all it takes.
fn is_loopback(authority: &str) -> bool {
    let (host, _) = split(authority, b"::").unwrap_or((authority, ""));
    let is_ipv4 = host
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    (is_ipv4 && host.starts_with("127.")) || host == "localhost" || authority.starts_with("[::1]")
}
