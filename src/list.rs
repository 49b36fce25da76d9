//! A list of tokens, page by page: what is asked, and what a reply must hold.

use crate::date::timestamp_ms;
use crate::error::{Error, Properties};
use crate::json::{Members, Value};
use crate::text::{joined, quoted};

/// The longest id and the longest name, in Unicode scalar values, and the longest mark of a page in characters.
const LONGEST_ID: usize = 36;
const LONGEST_NAME: usize = 100;
const LONGEST_NEXT_TOKEN: usize = 10_000;

/// One page that is asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Listing {
    /// The body of the request.
    pub body: String,
    /// The marks of the pages that were asked for so far, the one of this page last.
    pub asked: Vec<String>,
}

/// One page that came.
#[derive(Debug, PartialEq)]
pub struct Page {
    /// What is on it.
    pub tokens: Vec<AccessToken>,
    /// The mark of the next page; none if this is the last.
    pub next_token: Option<String>,
}

/// An access token, as its user sees it. Its secret is never told.
#[derive(Debug, PartialEq)]
pub struct AccessToken {
    /// What it is deleted by.
    pub id: String,
    /// What its user called it.
    pub name: String,
    /// When it ends to be valid, in milliseconds since 1970.
    pub expires_ms: Option<f64>,
}

impl Page {
    /// The properties of the object that goes out, apart from the tokens.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::list::Page;
    ///
    /// let page = Page { tokens: vec![], next_token: Some("m".to_owned()) };
    /// assert_eq!(serde_json::to_string(&page.properties()).unwrap(), r#"{"nextToken":"m"}"#);
    /// ```
    pub fn properties(&self) -> Properties {
        let mut properties = Properties::default();
        properties.text("nextToken", self.next_token.as_deref());
        properties
    }
}

impl AccessToken {
    /// The properties of the object that callers get, apart from the date.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::list::AccessToken;
    ///
    /// let token = AccessToken { id: "4f0b".to_owned(), name: "Laptop".to_owned(), expires_ms: None };
    /// assert_eq!(serde_json::to_string(&token.properties()).unwrap(), r#"{"id":"4f0b","name":"Laptop"}"#);
    /// ```
    pub fn properties(&self) -> Properties {
        let mut properties = Properties::default();
        properties.text("id", Some(&self.id));
        properties.text("name", Some(&self.name));
        properties
    }
}

impl Listing {
    /// Asks for the page that the last mark leads to, or for the first where there is none.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::list::Listing;
    ///
    /// assert_eq!(Listing::new(10, vec![]).body, r#"{"maxResults":10}"#);
    /// assert_eq!(Listing::new(5, vec!["m".to_owned()]).body, r#"{"maxResults":5,"nextToken":"m"}"#);
    /// ```
    pub fn new(page_size: u32, asked: Vec<String>) -> Self {
        // One digit, or the largest: formatting numbers would be a large part of what the module weighs.
        let digit = char::from_digit(page_size, 10).map(String::from);
        let mut body = joined(&["{\"maxResults\":", digit.as_deref().unwrap_or("10")]);
        if let Some(mark) = asked.last() {
            body.push_str(",\"nextToken\":");
            body.push_str(&quoted(mark));
        }
        body.push('}');
        Self { body, asked }
    }

    /// Reads the page in the body of a reply, given as UTF-16 code units.
    ///
    /// # Errors
    ///
    /// [`Error::Malformed`] if it is not what the service promises, or leads to a page that was asked for before: the list would
    /// have no end.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::list::Listing;
    ///
    /// let listing = Listing::new(10, vec![]);
    /// let page = |text: &str| listing.page(&text.encode_utf16().collect::<Vec<_>>());
    /// let read = page(r#"{"items": [{"id": "4f0b", "name": "Laptop"}], "nextToken": "m"}"#).unwrap();
    /// assert_eq!((read.tokens[0].name.as_str(), read.next_token.as_deref()), ("Laptop", Some("m")));
    /// assert!(page(r#"{"items": [{"id": "4f0b"}]}"#).is_err());
    /// ```
    pub fn page(&self, body: &[u16]) -> Result<Page, Error> {
        let Some(page) = promised(body) else {
            let message = "The service's reply is not the list of tokens that it promises.";
            return Err(Error::Malformed(message));
        };
        if let Some(mark) = &page.next_token
            && self.asked.contains(mark)
        {
            let message =
                "The service's list of tokens leads back to a page that was there before.";
            return Err(Error::Malformed(message));
        }
        Ok(page)
    }
}

/// A page, if all is there that the service promises.
fn promised(body: &[u16]) -> Option<Page> {
    let members = Members::read(body);
    // 0x5B is the bracket of an array.
    let items = match members.get("items")? {
        Value::Nested(items @ [0x5B, ..]) if members.is_whole => items,
        _ => return None,
    };
    let mut tokens = Vec::new();
    for (key, item) in &Members::read(items).all {
        tokens.push(token(key, item)?);
    }
    let next_token = match optional(&members, "nextToken")? {
        Some(mark) => Some(fit(mark, LONGEST_NEXT_TOKEN)?),
        None => None,
    };
    Some(Page { tokens, next_token })
}

/// An item of an array, which has no key, as a token.
fn token(key: &str, item: &Value<'_>) -> Option<AccessToken> {
    let (true, Value::Nested(item)) = (key.is_empty(), item) else {
        return None;
    };
    let item = Members::read(item);
    let expires_ms = match optional(&item, "expiresTime")? {
        Some(time) => Some(timestamp_ms(time)?),
        None => None,
    };
    Some(AccessToken {
        id: fit(item.text("id")?, LONGEST_ID)?,
        name: fit(item.text("name")?, LONGEST_NAME)?,
        expires_ms,
    })
}

/// The text of a member that may be missing; nothing at all if it is there and no text.
fn optional<'a>(members: &'a Members<'_>, key: &str) -> Option<Option<&'a str>> {
    match members.get(key) {
        None | Some(Value::Null) => Some(None),
        Some(Value::Text(text)) => Some(Some(text)),
        Some(_) => None,
    }
}

/// A text within its limits, in Unicode scalar values.
fn fit(text: &str, longest: usize) -> Option<String> {
    // Every byte but those that go on with a character.
    let length = text.bytes().filter(|byte| byte & 0xC0 != 0x80).count();
    (1..=longest).contains(&length).then(|| text.to_owned())
}
