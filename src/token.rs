//! The bearer token and the id of an access token, both checked.

use std::fmt;

use crate::error::Error;
use crate::text::concat;

/// The longest id of an access token, in Unicode scalar values.
///
/// [DeleteAccessToken](https://docs.aws.amazon.com/codecatalyst/latest/APIReference/API_DeleteAccessToken.html)
/// states 1 to 36 characters.
pub const MAX_ID_LENGTH: usize = 36;

/// A shorter text is no secret, but may well be a word of the service's message.
const MIN_SECRET_LENGTH: usize = 8;

/// The scheme of the authorization header, by
/// [RFC 6750](https://www.rfc-editor.org/rfc/rfc6750#section-2.1).
const SCHEME: &str = "Bearer ";

/// The caller's token. It can be sent, and nothing else: no `Display`, no `Clone`, and a `Debug`
/// that hides it, so no log line can leak it by accident.
pub struct BearerToken(String);

impl BearerToken {
    /// Checks a token.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] unless there is at least one character and each is visible ASCII
    /// (0x21 to 0x7E): nothing else fits a header as one word.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::token::BearerToken;
    ///
    /// assert_eq!(BearerToken::new("aoaAAA:sso").unwrap().authorization(), "Bearer aoaAAA:sso");
    /// assert!(BearerToken::new("two words").is_err());
    /// ```
    pub fn new(token: &str) -> Result<Self, Error> {
        if token.is_empty() {
            return Err(Error::invalid("token must have at least one character."));
        }
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::invalid_token_characters());
        }
        Ok(Self(concat(&[SCHEME, token])))
    }

    /// The value of the authorization header.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::token::BearerToken;
    ///
    /// assert_eq!(BearerToken::new("t").unwrap().authorization(), "Bearer t");
    /// ```
    pub fn authorization(&self) -> &str {
        &self.0
    }

    /// The token alone, to search for it where it must not be.
    ///
    /// Nothing for a token so short that it can't be a secret: it would be found in any text.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::token::BearerToken;
    ///
    /// assert_eq!(BearerToken::new("marked-token").unwrap().secret(), Some("marked-token"));
    /// assert_eq!(BearerToken::new("short").unwrap().secret(), None);
    /// ```
    pub fn secret(&self) -> Option<&str> {
        self.0
            .strip_prefix(SCHEME)
            .filter(|token| token.len() >= MIN_SECRET_LENGTH)
    }

    /// Takes the token out of foreign text.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::token::BearerToken;
    ///
    /// let token = BearerToken::new("marked-token").unwrap();
    /// assert_eq!(token.redact("marked-token is expired"), "[token] is expired");
    /// ```
    pub fn redact(&self, text: &str) -> String {
        let Some(secret) = self.secret() else {
            return text.to_owned();
        };
        // Not `replace`, whose search is 1 KB of the module (brotli).
        let mut redacted = String::new();
        let mut rest = text.chars();
        loop {
            if let Some(after) = rest.as_str().strip_prefix(secret) {
                redacted.push_str("[token]");
                rest = after.chars();
            } else if let Some(char) = rest.next() {
                redacted.push(char);
            } else {
                return redacted;
            }
        }
    }
}

impl fmt::Debug for BearerToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BearerToken")
    }
}

/// The id of an access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenId(String);

impl TokenId {
    /// Checks an id.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] unless there are 1 to [`MAX_ID_LENGTH`] characters (Unicode
    /// scalar values). `.` and `..` are refused too:
    /// [URL parsing](https://url.spec.whatwg.org/#path-state) would walk up the path and request
    /// the deletion of something else.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::token::TokenId;
    ///
    /// assert!(TokenId::new("4f0b9c1e-5a57-4c0e-9a8f-0c1d2e3f4a5b").is_ok());
    /// assert!(TokenId::new("..").is_err());
    /// ```
    pub fn new(id: &str) -> Result<Self, Error> {
        match id {
            "" => Err(Error::invalid("id must have 1 to 36 characters, not none.")),
            "." | ".." => Err(Error::invalid(
                "id must be a token's id, not \".\" or \"..\".",
            )),
            _ if id.chars().nth(MAX_ID_LENGTH).is_some() => Err(Error::invalid(
                "id must have 1 to 36 characters, not more. The token comes first, then the id.",
            )),
            _ => Ok(Self(id.to_owned())),
        }
    }

    /// The id as exactly one segment of a path.
    ///
    /// [Unreserved characters](https://www.rfc-editor.org/rfc/rfc3986#section-2.3) stay as they
    /// are, every other byte is percent-encoded, `%` included.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::token::TokenId;
    ///
    /// assert_eq!(TokenId::new("a/b%").unwrap().path_segment(), "a%2Fb%25");
    /// ```
    pub fn path_segment(&self) -> String {
        let mut segment = String::new();
        for byte in self.0.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    segment.push(char::from(byte));
                }
                _ => segment.extend(['%', hex_digit(byte >> 4), hex_digit(byte & 0xF)]),
            }
        }
        segment
    }
}

fn hex_digit(digit: u8) -> char {
    let lower = char::from_digit(digit.into(), 16).unwrap_or('0');
    lower.to_ascii_uppercase()
}
