//! The bearer token and the id of an access token, both checked.

use std::fmt;

use crate::error::Error;
use crate::redact::find_quotation;
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
    /// (0x21 to 0x7E): nothing else fits a header as one word. The message tells what usually goes
    /// wrong: a line break from a file, or the scheme of a header.
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
            return Err(Error::invalid(expected_token(token)));
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

    /// Takes the token out of foreign text, also a part of it: an error message may have been cut.
    ///
    /// Taken out is each run of at least 16 characters of the token, or all of a shorter token.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::token::BearerToken;
    ///
    /// let token = BearerToken::new("marked-token:0123456789").unwrap();
    /// assert_eq!(token.redact("marked-token:0123456789 expired"), "[token] expired");
    /// assert_eq!(token.redact("marked-token:0123…"), "[token]…");
    /// assert_eq!(token.redact("a marked-token"), "a marked-token");
    /// ```
    pub fn redact(&self, text: &str) -> String {
        let mut redacted = String::new();
        let mut rest = text;
        while let Some((before, after)) = self.split_at_quotation(rest) {
            redacted.push_str(before);
            redacted.push_str("[token]");
            rest = after;
        }
        redacted.push_str(rest);
        redacted
    }

    /// Whether [`redact`](Self::redact) would take something out of a text.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::token::BearerToken;
    ///
    /// let token = BearerToken::new("marked-token").unwrap();
    /// assert!(token.is_quoted_in("marked-token is expired"));
    /// assert!(!token.is_quoted_in("marked"));
    /// ```
    pub fn is_quoted_in(&self, text: &str) -> bool {
        self.split_at_quotation(text).is_some()
    }

    /// Whether a segment of a path is this token, or holds it, percent-encoded. A token that is no
    /// secret may well be a part of an id.
    pub(crate) fn is_in_segment(&self, segment: &[u8]) -> bool {
        let token = self.0.strip_prefix(SCHEME).unwrap_or_default();
        if token.len() > MAX_ID_LENGTH {
            return false;
        }
        let encoded = percent_encoded(token);
        match self.secret() {
            Some(_) => segment
                .windows(encoded.len())
                .any(|part| part == encoded.as_bytes()),
            None => segment == encoded.as_bytes(),
        }
    }

    /// What comes before and after the first quotation in a text.
    fn split_at_quotation<'a>(&self, text: &'a str) -> Option<(&'a str, &'a str)> {
        let quotation = find_quotation(text.as_bytes(), self.secret()?.as_bytes())?;
        // The token is ASCII, so its ends are ends of characters.
        Some((text.get(..quotation.start)?, text.get(quotation.end..)?))
    }
}

/// What a token with a character that fits no header should have been.
fn expected_token(token: &str) -> &'static str {
    let start = token.get(..SCHEME.len());
    if start.is_some_and(|start| start.eq_ignore_ascii_case(SCHEME)) {
        "token must not begin with the word Bearer: pass only what follows it."
    } else if ends_with_line_break(token) {
        "token must not end with a line break: trim it, for example by token.trim()."
    } else if token.bytes().any(|byte| byte.is_ascii_whitespace()) {
        "token must be one word: it holds a space, a tab or a line break."
    } else {
        "token must hold visible ASCII characters only (0x21 to 0x7E)."
    }
}

fn ends_with_line_break(text: &str) -> bool {
    matches!(text.as_bytes().last(), Some(b'\n' | b'\r'))
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
    /// the deletion of something else. So is a line break at the end, which a file with CRLF leaves
    /// at each of its ids: the service knows no such token.
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
            _ if ends_with_line_break(id) => Err(Error::invalid(
                "id must not end with a line break: trim it. A file whose lines end with CRLF \
                 leaves one at each id.",
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
        percent_encoded(&self.0)
    }
}

fn percent_encoded(text: &str) -> String {
    let mut segment = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                segment.push(char::from(byte));
            }
            _ => segment.extend(['%', hex_digit(byte >> 4), hex_digit(byte & 0xF)]),
        }
    }
    segment
}

fn hex_digit(digit: u8) -> char {
    let lower = char::from_digit(digit.into(), 16).unwrap_or('0');
    lower.to_ascii_uppercase()
}
