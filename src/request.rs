//! The one HTTP request of a call.

use crate::endpoint::Endpoint;
use crate::properties::Properties;
use crate::text::concat;
use crate::token::{BearerToken, TokenId};

const JSON: &str = "application/json";

/// An HTTP request, without the token that goes with it.
#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: &'static str,
    /// The absolute URL.
    pub url: String,
    /// The page that it asks for; none for a deletion.
    pub list: Option<ListRequest>,
}

/// The body of a request for one page of a list.
#[derive(Debug, PartialEq, Eq)]
pub struct ListRequest {
    /// How many tokens the page may hold.
    pub max_results: u32,
    /// The page token that the page before gave; none for the first page.
    pub next_token: Option<String>,
}

impl ListRequest {
    /// The members of the body.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::request::ListRequest;
    ///
    /// let list = ListRequest { max_results: 10, next_token: None };
    /// let json = serde_json::to_string(&list.properties()).unwrap();
    /// assert_eq!(json, r#"{"maxResults":10}"#);
    /// ```
    pub fn properties(&self) -> Properties {
        Properties::default()
            .with("maxResults", self.max_results)
            .with_some("nextToken", self.next_token.as_deref())
    }
}

impl Request {
    /// Requests the deletion of one token.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::endpoint::Endpoint;
    /// use codecatalyst_pat::request::Request;
    /// use codecatalyst_pat::token::TokenId;
    ///
    /// let endpoint = Endpoint::new("https://example.com/api").unwrap();
    /// let request = Request::delete(&endpoint, &TokenId::new("a b").unwrap());
    /// assert_eq!(request.method, "DELETE");
    /// assert_eq!(request.url, "https://example.com/api/v1/accessTokens/a%20b");
    /// ```
    pub fn delete(endpoint: &Endpoint, id: &TokenId) -> Self {
        let segment = id.path_segment();
        Self {
            method: "DELETE",
            url: concat(&[
                endpoint.origin(),
                endpoint.path(),
                "/v1/accessTokens/",
                &segment,
            ]),
            list: None,
        }
    }

    /// Requests one page of the list of tokens.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::endpoint::Endpoint;
    /// use codecatalyst_pat::request::{ListRequest, Request};
    ///
    /// let endpoint = Endpoint::new("https://example.com/api").unwrap();
    /// let request = Request::list(&endpoint, ListRequest { max_results: 10, next_token: None });
    /// assert_eq!(request.method, "POST");
    /// assert_eq!(request.url, "https://example.com/api/v1/accessTokens");
    /// ```
    pub fn list(endpoint: &Endpoint, list: ListRequest) -> Self {
        Self {
            method: "POST",
            url: concat(&[endpoint.origin(), endpoint.path(), "/v1/accessTokens"]),
            list: Some(list),
        }
    }

    /// Whether the id in the URL is this bearer token, or holds it: such a request must not be sent.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::endpoint::Endpoint;
    /// use codecatalyst_pat::request::Request;
    /// use codecatalyst_pat::token::{BearerToken, TokenId};
    ///
    /// let request = Request::delete(&Endpoint::default(), &TokenId::new("marked:token").unwrap());
    /// assert!(request.names(&BearerToken::new("marked:token").unwrap()));
    /// assert!(!request.names(&BearerToken::new("another:token").unwrap()));
    /// ```
    pub fn names(&self, token: &BearerToken) -> bool {
        let mut segments = self.url.as_bytes().rsplit(|byte| *byte == b'/');
        let is_deletion = self.list.is_none();
        is_deletion
            && segments
                .next()
                .is_some_and(|segment| token.is_in_segment(segment))
    }

    /// Gives every header that is sent, and no other: each one more would be one more for a page's
    /// [preflight](https://fetch.spec.whatwg.org/#cors-preflight-fetch) to be allowed.
    ///
    /// # Examples
    ///
    /// ```
    /// use codecatalyst_pat::endpoint::Endpoint;
    /// use codecatalyst_pat::request::Request;
    /// use codecatalyst_pat::token::{BearerToken, TokenId};
    ///
    /// let request = Request::delete(&Endpoint::default(), &TokenId::new("x").unwrap());
    /// let token = BearerToken::new("t").unwrap();
    /// let headers: Vec<_> = request.headers(&token).collect();
    /// assert_eq!(headers, [("authorization", "Bearer t"), ("accept", "application/json")]);
    /// ```
    pub fn headers<'a>(
        &self,
        token: &'a BearerToken,
    ) -> impl Iterator<Item = (&'static str, &'a str)> {
        let content_type = self.list.as_ref().map(|_| ("content-type", JSON));
        [("authorization", token.authorization()), ("accept", JSON)]
            .into_iter()
            .chain(content_type)
    }
}
