//! Checked token and id, and the one HTTP request they make.
//!
//! Text from the caller comes in as UTF-16 code units, as JavaScript holds it: whatever turns it into
//! UTF-8 first also turns a lone surrogate into another character, and so one id into another.

use std::fmt;

use zeroize::Zeroizing;

use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::list::Listing;
use crate::text::{hex, joined};

/// The longest id, in Unicode scalar values.
const LONGEST_ID: usize = 36;

/// Below this length a text is no secret, but may well be a word of the service's message.
const SHORTEST_SECRET: usize = 8;

const SCHEME: &str = "Bearer ";

const JSON: &str = "application/json";

/// The caller's token. It can be sent, and nothing else: no `Display`, no `Clone`, a `Debug` that hides
/// it, and its memory is overwritten when it goes.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Checks a token, given as UTF-16 code units.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] unless there is at least one character and each is visible ASCII
    /// (0x21 to 0x7E): nothing else fits a header as one word.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::request::Secret;
    ///
    /// assert_eq!(Secret::new("aoaAAA:sso".encode_utf16()).unwrap().authorization(), "Bearer aoaAAA:sso");
    /// assert!(Secret::new("two words".encode_utf16()).is_err());
    /// ```
    pub fn new(units: impl Iterator<Item = u16>) -> Result<Self, Error> {
        let mut value = Zeroizing::new(String::new());
        // Reserved as a whole: text that grows leaves copies of itself behind.
        let length = units.size_hint().1.unwrap_or(0);
        if value
            .try_reserve_exact(length.saturating_add(SCHEME.len()))
            .is_err()
        {
            return Err(Error::invalid("token is too long."));
        }
        value.push_str(SCHEME);
        for unit in units {
            match u8::try_from(unit) {
                Ok(byte @ 0x21..=0x7E) => value.push(char::from(byte)),
                _ => {
                    return Err(Error::invalid(
                        "token must hold visible ASCII characters only (0x21 to 0x7E).",
                    ));
                }
            }
        }
        if value.len() == SCHEME.len() {
            return Err(Error::invalid("token must have at least one character."));
        }
        Ok(Self(value))
    }

    /// The value of the authorization header.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::request::Secret;
    ///
    /// assert_eq!(Secret::new("t".encode_utf16()).unwrap().authorization(), "Bearer t");
    /// ```
    pub fn authorization(&self) -> &str {
        &self.0
    }

    /// The token alone, to look for it where it must not be.
    ///
    /// Nothing where it is so short that it can't be a secret: it would be found in any text.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::request::Secret;
    ///
    /// assert_eq!(Secret::new("marked-token".encode_utf16()).unwrap().mark(), Some("marked-token"));
    /// assert_eq!(Secret::new("short".encode_utf16()).unwrap().mark(), None);
    /// ```
    pub fn mark(&self) -> Option<&str> {
        self.0
            .strip_prefix(SCHEME)
            .filter(|token| token.len() >= SHORTEST_SECRET)
    }

    /// Takes the token out of a text that is not ours.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::request::Secret;
    ///
    /// let secret = Secret::new("marked-token".encode_utf16()).unwrap();
    /// assert_eq!(secret.redact("marked-token is expired"), "[token] is expired");
    /// ```
    pub fn redact(&self, mut text: &str) -> String {
        let Some(token) = self.mark() else {
            return text.to_owned();
        };
        let mut redacted = String::new();
        while let Some(char) = text.chars().next() {
            text = if let Some(rest) = text.strip_prefix(token) {
                redacted.push_str("[token]");
                rest
            } else {
                redacted.push(char);
                text.get(char.len_utf8()..).unwrap_or_default()
            };
        }
        redacted
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// The id of an access token.
#[derive(Debug, PartialEq, Eq)]
pub struct Id(String);

impl Id {
    /// Checks an id, given as UTF-16 code units.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] unless there are 1 to 36 characters (Unicode scalar values), none of them
    /// a lone surrogate. `.` and `..` are refused too: [URL parsing](https://url.spec.whatwg.org/#path-state)
    /// would walk up the path and ask for the deletion of something else.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::request::Id;
    ///
    /// assert!(Id::new("4f0b9c1e-5a57-4c0e-9a8f-0c1d2e3f4a5b".encode_utf16()).is_ok());
    /// assert!(Id::new("..".encode_utf16()).is_err());
    /// ```
    pub fn new(units: impl Iterator<Item = u16>) -> Result<Self, Error> {
        let mut id = String::new();
        for (count, char) in char::decode_utf16(units).enumerate() {
            if count == LONGEST_ID {
                return Err(Error::invalid(
                    "id must have 1 to 36 characters, not more. The token comes first, then the id.",
                ));
            }
            match char {
                Ok(char) => id.push(char),
                Err(_) => {
                    return Err(Error::invalid("id must not hold a lone surrogate."));
                }
            }
        }
        match id.as_str() {
            "" => Err(Error::invalid("id must have 1 to 36 characters, not none.")),
            "." | ".." => Err(Error::invalid(
                "id must be a token's id, not \".\" or \"..\".",
            )),
            _ => Ok(Self(id)),
        }
    }

    /// The id as exactly one segment of a path.
    ///
    /// [Unreserved characters](https://www.rfc-editor.org/rfc/rfc3986#section-2.3) stay as they are, every
    /// other byte is percent-encoded, `%` included.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::request::Id;
    ///
    /// assert_eq!(Id::new("a/b%".encode_utf16()).unwrap().segment(), "a%2Fb%25");
    /// ```
    pub fn segment(&self) -> String {
        let mut segment = String::new();
        for byte in self.0.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    segment.push(char::from(byte));
                }
                _ => {
                    segment.push('%');
                    segment.push(hex(byte >> 4).to_ascii_uppercase());
                    segment.push(hex(byte & 0xF).to_ascii_uppercase());
                }
            }
        }
        segment
    }
}

/// An HTTP request, without the secret that goes with it.
#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: &'static str,
    /// The absolute URL.
    pub url: String,
    /// The page that it asks for, if it does not ask for a deletion.
    pub listing: Option<Listing>,
}

impl Request {
    /// Asks for the deletion of one token.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::endpoint::Endpoint;
    /// use codecatalyst_pat::request::{Id, Request};
    ///
    /// let endpoint = Endpoint::new("https://example.com/api").unwrap();
    /// let request = Request::deletion(&endpoint, &Id::new("a b".encode_utf16()).unwrap());
    /// assert_eq!(request.method, "DELETE");
    /// assert_eq!(request.url, "https://example.com/api/v1/accessTokens/a%20b");
    /// ```
    pub fn deletion(endpoint: &Endpoint, id: &Id) -> Self {
        let url = joined(&[
            endpoint.origin(),
            endpoint.path(),
            "/v1/accessTokens/",
            &id.segment(),
        ]);
        Self {
            method: "DELETE",
            url,
            listing: None,
        }
    }

    /// Asks for one page of the list of tokens.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::list::Listing;
    /// use codecatalyst_pat::endpoint::Endpoint;
    /// use codecatalyst_pat::request::Request;
    ///
    /// let endpoint = Endpoint::new("https://example.com/api").unwrap();
    /// let request = Request::page(&endpoint, Listing::new(10, vec![]));
    /// assert_eq!((request.method, request.url.as_str()), ("POST", "https://example.com/api/v1/accessTokens"));
    /// ```
    pub fn page(endpoint: &Endpoint, listing: Listing) -> Self {
        Self {
            method: "POST",
            url: joined(&[endpoint.origin(), endpoint.path(), "/v1/accessTokens"]),
            listing: Some(listing),
        }
    }

    /// Adds every header that is sent, and no other: each one more would be one more for a page's
    /// [preflight](https://fetch.spec.whatwg.org/#cors-preflight-fetch) to be allowed.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::endpoint::{Endpoint, SERVICE};
    /// use codecatalyst_pat::request::{Id, Request, Secret};
    ///
    /// let request = Request::deletion(&Endpoint::new(SERVICE).unwrap(), &Id::new("x".encode_utf16()).unwrap());
    /// let secret = Secret::new("t".encode_utf16()).unwrap();
    /// let mut headers = vec![];
    /// request.headers(&secret, |name, value| headers.push((name, value)));
    /// assert_eq!(headers, [("authorization", "Bearer t"), ("accept", "application/json")]);
    /// ```
    pub fn headers<'a>(&self, secret: &'a Secret, mut add: impl FnMut(&'static str, &'a str)) {
        add("authorization", secret.authorization());
        add("accept", JSON);
        if self.listing.is_some() {
            add("content-type", JSON);
        }
    }
}
