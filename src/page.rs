//! One page of a list of access tokens.

use crate::body::JsonValue;
use crate::date::{Clock, timestamp_ms};
use crate::token::MAX_ID_LENGTH;

/// The longest name of an access token, in Unicode scalar values, by
/// [AccessTokenSummary](https://docs.aws.amazon.com/codecatalyst/latest/APIReference/API_AccessTokenSummary.html).
const MAX_NAME_LENGTH: usize = 100;

/// The longest page token, in characters, by
/// [ListAccessTokens](https://docs.aws.amazon.com/codecatalyst/latest/APIReference/API_ListAccessTokens.html).
const MAX_NEXT_TOKEN_LENGTH: usize = 10_000;

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The tokens on it.
    pub items: Vec<AccessToken>,
    /// The page token of the next page; none if this is the last.
    pub next_token: Option<String>,
}

/// An access token, as its user sees it. The service never gives its secret.
#[derive(Debug, Clone, PartialEq)]
pub struct AccessToken {
    /// What it is deleted by.
    pub id: String,
    /// What its user called it.
    pub name: String,
    /// When it expires, in milliseconds since 1970.
    pub expires_ms: Option<f64>,
}

impl Page {
    /// Reads a page; nothing unless everything is there that the service promises.
    ///
    /// The exception is an `expiresTime` that can't be read: that token has none. Nothing is ever
    /// deleted because of it.
    pub(crate) fn parse<J: JsonValue>(json: &J, clock: &impl Clock) -> Option<Self> {
        let items = json.member("items")?.elements()?;
        let mut tokens = Vec::new();
        for item in &items {
            tokens.push(AccessToken::parse(item, clock)?);
        }
        let next_token = match json.member("nextToken") {
            Some(token) => Some(bounded_string(&token, MAX_NEXT_TOKEN_LENGTH)?),
            None => None,
        };
        Some(Self {
            items: tokens,
            next_token,
        })
    }
}

impl AccessToken {
    fn parse<J: JsonValue>(item: &J, clock: &impl Clock) -> Option<Self> {
        let expires = item.member("expiresTime").and_then(|time| time.string());
        Some(Self {
            id: bounded_string(&item.member("id")?, MAX_ID_LENGTH)?,
            name: bounded_string(&item.member("name")?, MAX_NAME_LENGTH)?,
            expires_ms: expires.and_then(|time| timestamp_ms(&time, clock)),
        })
    }
}

/// A string of 1 to `max_length` Unicode scalar values.
fn bounded_string<J: JsonValue>(value: &J, max_length: usize) -> Option<String> {
    let string = value.string()?;
    let length = string.chars().count();
    (1..=max_length).contains(&length).then_some(string)
}
