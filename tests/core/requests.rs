//! Requests: what is sent, for a deletion and for a page of a list.

use codecatalyst_pat::endpoint::{Endpoint, SERVICE};
use codecatalyst_pat::request::{ListRequest, Request};
use codecatalyst_pat::token::TokenId;
use proptest::prelude::*;

use crate::fixtures::{TOKEN, bearer, cases};

const JSON: &str = "application/json";

fn headers(request: &Request) -> Vec<(&'static str, String)> {
    let token = bearer(TOKEN);
    let headers = request.headers(&token);
    headers
        .map(|(name, value)| (name, value.to_owned()))
        .collect()
}

fn list(max_results: u32, next_token: Option<&str>) -> Request {
    let next_token = next_token.map(str::to_owned);
    let list = ListRequest {
        max_results,
        next_token,
    };
    Request::list(&Endpoint::new("https://example.com").unwrap(), list)
}

fn list_body(request: &Request) -> String {
    serde_json::to_string(&request.list.as_ref().unwrap().properties()).unwrap()
}

#[test]
fn a_deletion_is_one_request_with_two_headers() {
    let endpoint = Endpoint::new("http://localhost:8080/api//").unwrap();
    let request = Request::delete(&endpoint, &TokenId::new("a/b").unwrap());
    let expected = Request {
        method: "DELETE",
        url: "http://localhost:8080/api/v1/accessTokens/a%2Fb".to_owned(),
        list: None,
    };
    assert_eq!(request, expected);
    let authorization = format!("Bearer {TOKEN}");
    let expected = [("authorization", authorization), ("accept", JSON.into())];
    assert_eq!(headers(&request), expected);
}

#[test]
fn the_default_endpoint_is_the_service() {
    let id = TokenId::new("x").unwrap();
    let url = "https://codecatalyst.global.api.aws/v1/accessTokens/x";
    for endpoint in [Endpoint::default(), Endpoint::new(SERVICE).unwrap()] {
        assert_eq!(Request::delete(&endpoint, &id).url, url);
    }
}

#[test]
fn a_page_is_requested_with_three_headers_and_a_body() {
    let request = list(10, Some("m\"\n"));
    assert_eq!(request.method, "POST");
    assert_eq!(request.url, "https://example.com/v1/accessTokens");
    let expected = [
        ("authorization", format!("Bearer {TOKEN}")),
        ("accept", JSON.into()),
        ("content-type", JSON.into()),
    ];
    assert_eq!(headers(&request), expected);
    let body = r#"{"maxResults":10,"nextToken":"m\"\n"}"#;
    assert_eq!(list_body(&request), body);
}

#[test]
fn every_page_size_is_written_as_a_number() {
    for size in 1..=10 {
        let expected = serde_json::json!({ "maxResults": size }).to_string();
        assert_eq!(list_body(&list(size, None)), expected);
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn any_page_token_is_sent_as_it_was_given(next_token in any::<String>()) {
        let body = list_body(&list(10, Some(&next_token)));
        let body: serde_json::Value = serde_json::from_str(&body)?;
        let expected = serde_json::json!({ "maxResults": 10, "nextToken": next_token });
        prop_assert_eq!(body, expected);
    }
}
